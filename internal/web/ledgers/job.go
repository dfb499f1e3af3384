package ledgers

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// Long work: exports of size are 我的导出 of who asked for them, verifications everybody's who audits.

type jobListPage struct {
	kit.Layout
	Rows  []jobRow
	Open  bool // something waits or runs
	Above int  // cases from which an export is a job
	Days  int  // that a file is kept
}

func (jobListPage) Template() string { return "ledgers/jobs" }

// jobRow is a job as a list shows it.
type jobRow struct {
	casework.Job
	Format            string
	Filter, Size, Now string
	Tone              string // of its state
	Own               bool
	Again             string // the page that asks for it of the present; empty where it cannot be
	Redo              bool   // an import that did not come to its end can be run again
	Report            *casework.VerifyReport
	Imported          *casework.LedgerDone
}

// jobNow is what the page is told of a job while it waits or runs.
type jobNow struct {
	ID      registry.JobID    `json:"id"`
	State   registry.JobState `json:"state"`
	Now     string            `json:"now"`
	Percent int               `json:"percent"` // below 0 where it cannot tell
}

func jobRowOf(x casework.Job, r *kit.Request) jobRow {
	row := jobRow{Job: x, Filter: filterText(x.Words), Now: nowWords(&x), Own: x.Owner == r.Actor.Username}
	switch x.State {
	case registry.JobDone:
		row.Tone, row.Size = "accent", view.SizeText(x.Size)
	case registry.JobFailed, registry.JobBroken:
		row.Tone = "warn"
	}
	if asked, masked, err := casework.ExportOf(x.Request); x.Kind == registry.JobExport && err == nil && !masked {
		row.Again, row.Format = "/exports?"+exportQuery(asked).Encode(), asked.Format
	}
	row.Redo = x.Kind == registry.JobImport && !x.Open() && x.State != registry.JobDone
	if report, ok := x.Verified(); ok && x.State == registry.JobDone {
		if row.Report = &report; len(report.Defects) > 0 {
			row.Tone = "danger"
		}
	}
	if done, ok := x.Imported(); ok {
		row.Imported = &done
	}
	return row
}

// percentOf is how much of a job is done; below 0 where it cannot tell.
func percentOf(x *casework.Job) int {
	if x.State == registry.JobRunning && x.Total == 0 {
		return -1
	}
	return x.Percent()
}

// nowWords say how far a job is.
func nowWords(x *casework.Job) string {
	switch {
	case x.State == registry.JobWaiting:
		return fmt.Sprintf("排在第 %d 位", x.Place)
	case x.State != registry.JobRunning:
		return ""
	case x.Total > 0:
		return fmt.Sprintf("%s %s / %s", x.Doing, kit.Thousands(x.Done), kit.Thousands(x.Total))
	}
	return cmp.Or(x.Doing, "开始")
}

func (s area) jobList(r *kit.Request) error {
	p := jobListPage{Layout: r.Layout("我的导出").FullWidth(), Above: s.JobAbove(), Days: int(casework.JobKept / (24 * time.Hour))}
	var err error
	p.Rows, p.Open, err = s.jobRows(r, registry.JobExport)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// importJobsPage are a person's ledgers that are brought in, or taken back, behind.
type importJobsPage struct {
	kit.Layout
	Rows []jobRow
	Open bool
	Days int
}

func (importJobsPage) Template() string { return "ledgers/import-jobs" }

func (s area) importJobs(r *kit.Request) (err error) {
	p := importJobsPage{Layout: r.Layout("后台导入").FullWidth(), Days: int(casework.JobKept / (24 * time.Hour))}
	if p.Rows, p.Open, err = s.jobRows(r, registry.JobImport); err != nil {
		return err
	}
	return r.Page(p)
}

func (s area) jobRows(r *kit.Request, kind registry.JobKind) (rows []jobRow, open bool, err error) {
	jobs, err := s.Service.Jobs(r.Ctx(), r.Actor, kind)
	for _, x := range jobs {
		rows = append(rows, jobRowOf(x, r))
		open = open || x.Open()
	}
	return rows, open, err
}

// jobEvents tells how far the jobs of a kind are.
func (s area) jobEvents(kind registry.JobKind) func(*kit.Request) error {
	return func(r *kit.Request) error {
		return r.Events(func() (any, bool, error) {
			jobs, err := s.Service.Jobs(r.Ctx(), r.Actor, kind)
			list, open := []jobNow{}, false
			for i := range jobs {
				x := &jobs[i]
				list = append(list, jobNow{x.ID, x.State, nowWords(x), percentOf(x)})
				open = open || x.Open()
			}
			return list, open, err
		})
	}
}

// jobFile hands out the file of an export; what was cut off goes on where it stopped.
func (s area) jobFile(r *kit.Request) error {
	id, err := kit.PathID[registry.JobID](r, "id")
	if err != nil {
		return err
	}
	x, f, err := s.Service.OpenJobFile(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	h := r.Response().Header()
	for _, format := range fileFormats {
		if strings.HasSuffix(x.Filename, "."+format.Name) {
			h.Set("Content-Type", format.Type)
		}
	}
	h.Set("Content-Disposition", kit.FileDisposition(x.Filename))
	h.Set("ETag", `"`+x.SHA256+`"`)
	http.ServeContent(r.Response(), r.Request(), "", time.Time{}, f)
	return nil
}

// jobAct is a button of a job.
func (s area) jobAct(kind registry.JobKind, home, done string, act func(r *kit.Request, kind registry.JobKind, id registry.JobID) error) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[registry.JobID](r, "id")
		if err != nil {
			return err
		}
		err = act(r, kind, id)
		if registry.KindOf(err) == registry.KindConflict { // it ended meanwhile: the page shows how it is now
			r.Flash("warn", kit.FirstProblem(err))
			return r.Redirect(http.StatusSeeOther, home)
		}
		if err != nil {
			return err
		}
		return r.DoneAt(done, home)
	}
}

func (s area) cancelJob(r *kit.Request, kind registry.JobKind, id registry.JobID) error {
	return s.Service.CancelJob(r.Ctx(), r.Actor, kind, id)
}

func (s area) runAgain(r *kit.Request, kind registry.JobKind, id registry.JobID) error {
	return s.Service.RunAgain(r.Ctx(), r.Actor, kind, id)
}

func (s area) dropJob(r *kit.Request, kind registry.JobKind, id registry.JobID) error {
	return s.Service.DropJob(r.Ctx(), r.Actor, kind, id)
}

type registerPage struct {
	kit.Layout
	Rows []jobRow
	Open bool
	Days int
}

func (registerPage) Template() string { return "ledgers/verify-register" }

func (s area) registerChecks(r *kit.Request) error {
	p := registerPage{Layout: r.Layout("核验登记册").FullWidth(), Days: int(casework.JobKept / (24 * time.Hour))}
	var err error
	p.Rows, p.Open, err = s.jobRows(r, registry.JobVerify)
	if err != nil {
		return err
	}
	return r.Page(p)
}

func (s area) checkRegister(r *kit.Request) error {
	f, err := r.ReadForm(kit.Labels{"scope": "范围"})
	if err != nil {
		return err
	}
	scope := ""
	f.Text("scope", &scope)
	if scope != "all" && scope != "since" {
		return registry.Invalid("scope", "范围应是 all（全部）或 since（上次核验以来）")
	}
	if _, err := s.Service.AskVerify(r.Ctx(), r.Actor, casework.VerifyAsked{Since: scope == "since"}); err != nil {
		return err
	}
	return r.Done("核验已开始；可以离开这一页，结果留在这里", "/verify/register")
}
