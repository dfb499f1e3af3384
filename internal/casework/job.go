package casework

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// An export of size, and a verification of a large register, are jobs: asked for and left alone, run two at a time for the whole register, whichever server
// they were asked of. A job is its owner's; what a verification found is for everybody who audits.

const (
	// JobAbove is how many cases are exported or verified at once while somebody waits; more are a job.
	JobAbove = 2000
	// JobKept is how long a job and its file are kept after it has ended.
	JobKept = 7 * 24 * time.Hour
	// jobsAtOnce run together, and openJobs may wait for one person.
	jobsAtOnce = 2
	openJobs   = 10
	// jobsShown is how many a list shows.
	jobsShown = 50
)

// FileMaker writes an export as a file of one format; sheet is the one of a file that holds one.
type FileMaker func(sheet string) report.LedgerWriter

// Job is a job as its list shows it. Place is how many are before it in the queue and it; 0 where it does not wait.
type Job struct {
	registry.Job
	Place int
}

// Verified is what a verification found; ok is false where the job has none.
func (x *Job) Verified() (r VerifyReport, ok bool) {
	return r, x.Kind == registry.JobVerify && len(x.Report) > 0 && json.Unmarshal(x.Report, &r) == nil
}

// AskExport makes an export a job where it reads more cases than above; asked is false where it is not, or where what it searches for may not be kept.
func (s *Service) AskExport(ctx context.Context, a registry.Actor, x Export, above int) (id registry.JobID, asked bool, err error) {
	form, err := s.ExportForm(ctx, a, x)
	if err != nil {
		return 0, false, err
	}
	x = x.complete()
	if s.files == nil || withoutNumbers(x.Cases.Q) != x.Cases.Q {
		return 0, false, nil
	}
	large := false
	if err := s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		large, err = s.large(tx, a, x, above)
		return err
	}); err != nil || !large {
		return 0, false, err
	}
	request, err := requestOf(x)
	if err != nil {
		return 0, false, err
	}
	id, err = s.ask(ctx, a, registry.Job{Kind: registry.JobExport, Title: form.Name, Words: append(append(s.ownWords(a), s.filterWords(x.Cases)...), x.words()...), Request: request})
	return id, err == nil, err
}

// large tells whether an export reads more cases than somebody should wait for.
func (s *Service) large(tx *store.Tx, a registry.Actor, x Export, above int) (bool, error) {
	x.Cases.Asking = s.asking(a)
	r, err := s.reading(tx, x)
	if err != nil {
		return false, err
	}
	if r.past != nil {
		n, err := r.past.Registered(above + 1)
		return n > above, err
	}
	n, err := tx.CasesUpTo(r.cases, above+1)
	return n > above, err
}

// AskVerify makes a verification of the register a job.
func (s *Service) AskVerify(ctx context.Context, a registry.Actor, v VerifyAsked) (registry.JobID, error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return 0, err
	}
	request, err := json.Marshal(v)
	if err != nil {
		return 0, err
	}
	return s.ask(ctx, a, registry.Job{Kind: registry.JobVerify, Title: "核验登记册", Words: []string{v.words()}, Request: request})
}

// LargeRegister tells whether the register has more cases than above: who has it verified does not wait for that.
func (s *Service) LargeRegister(ctx context.Context, a registry.Actor, above int) (large bool, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		n, err := tx.CasesUpTo(store.CaseFilter{IncludeVoided: true}, above+1)
		large = n > above
		return err
	})
	return large && s.files != nil, err
}

// ask puts a job into the queue, unless the same one of the same person is in it.
func (s *Service) ask(ctx context.Context, a registry.Actor, x registry.Job) (id registry.JobID, err error) {
	x.Owner, x.RemoteIP, x.CreatedAt = a.Username, a.RemoteIP, s.now()
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		open, err := tx.OpenJobs()
		if err != nil {
			return err
		}
		own := 0
		for i := range open {
			if open[i].Owner != x.Owner {
				continue
			}
			if own++; open[i].Kind == x.Kind && bytes.Equal(open[i].Request, x.Request) {
				id = open[i].ID
				return nil
			}
		}
		if own >= openJobs {
			return registry.Conflict("您已有 %d 个任务在排队或进行，请等它们完成，或取消不要的。", own)
		}
		again := x // the closure may run again
		err = tx.AddJob(&again)
		id = again.ID
		return err
	})
	if err == nil {
		s.jobs.wake()
	}
	return id, err
}

// Jobs are a person's exports or imports that are jobs, or the verifications, newest first.
func (s *Service) Jobs(ctx context.Context, a registry.Actor, kind registry.JobKind) (list []Job, err error) {
	err = s.read(ctx, a, permOf(kind), func(tx *store.Tx) error {
		var found []registry.Job
		if kind == registry.JobVerify {
			found, err = tx.JobsOfKind(kind, jobsShown)
		} else {
			found, err = tx.JobsOf(a.Username, kind, jobsShown)
		}
		if err != nil {
			return err
		}
		open, err := tx.OpenJobs()
		if err != nil {
			return err
		}
		places, place := map[registry.JobID]int{}, 0
		for i := range open {
			if open[i].State == registry.JobWaiting {
				place++
				places[open[i].ID] = place
			}
		}
		list = nil
		for _, x := range found {
			s.jobs.now(&x)
			list = append(list, Job{x, places[x.ID]})
		}
		return nil
	})
	return list, err
}

func permOf(kind registry.JobKind) registry.Permission {
	switch kind {
	case registry.JobVerify:
		return registry.PermAuditRead
	case registry.JobImport:
		return registry.PermRecordWrite
	}
	return registry.PermExport
}

// job is one of the person's own.
func (s *Service) job(tx *store.Tx, a registry.Actor, kind registry.JobKind, id registry.JobID) (x registry.Job, err error) {
	if err := a.May(permOf(kind)); err != nil {
		return x, err
	}
	x, err = tx.Job(id)
	if err == nil && (x.Kind != kind || x.Owner != a.Username) {
		err = registry.NotFound("任务", id)
	}
	return x, err
}

// changeJob changes a person's own job.
func (s *Service) changeJob(ctx context.Context, a registry.Actor, kind registry.JobKind, id registry.JobID, change func(tx *store.Tx, x *registry.Job) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		x, err := s.job(tx, a, kind, id)
		if err != nil {
			return err
		}
		was, run := x.State, x.Run
		if err := change(tx, &x); err != nil {
			return err
		}
		ok, err := tx.PutJob(&x, was, run)
		if err == nil && !ok {
			err = registry.Conflict("这个任务刚刚有了变化，请刷新后再试。")
		}
		return err
	})
}

// CancelJob takes a job out of the queue, or stops it at once: what it holds is free before this returns where it runs on this server, and within a
// second or two where it runs on another.
func (s *Service) CancelJob(ctx context.Context, a registry.Actor, kind registry.JobKind, id registry.JobID) error {
	if kind == registry.JobImport { // it has the turn to write: only when it has let go of it can anything be noted
		if err := s.read(ctx, a, permOf(kind), func(tx *store.Tx) error { _, err := s.job(tx, a, kind, id); return err }); err != nil {
			return err
		}
		s.jobs.stop(id, errCancelled)
	}
	err := s.changeJob(ctx, a, kind, id, func(_ *store.Tx, x *registry.Job) error {
		if !x.Open() {
			return registry.Conflict("这个任务已经结束（%s），不用取消。", x.State)
		}
		now := s.now()
		x.State, x.Trouble, x.EndedAt, x.ExpiresAt = registry.JobCancelled, "", now, now.Add(JobKept)
		return nil
	})
	if err == nil {
		s.jobs.stop(id, errCancelled)
		s.jobs.wake()
	}
	return err
}

// RunAgain puts a job that has ended into the queue again. An export is made of the same state of the register as before, and has the same bytes.
func (s *Service) RunAgain(ctx context.Context, a registry.Actor, kind registry.JobKind, id registry.JobID) error {
	err := s.changeJob(ctx, a, kind, id, func(_ *store.Tx, x *registry.Job) error {
		if x.Open() {
			return registry.Conflict("这个任务还在%s，不用重新生成。", x.State)
		}
		if kind == registry.JobImport && x.State == registry.JobDone {
			return registry.Conflict("这个任务已经完成，不用再做。")
		}
		x.State, x.Trouble, x.Done, x.Total, x.Doing, x.Node = registry.JobWaiting, "", 0, 0, "", ""
		x.BegunAt, x.BeatAt, x.EndedAt, x.ExpiresAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		return nil
	})
	if err == nil {
		s.jobs.wake()
	}
	return err
}

// DropJob forgets a job that has ended, with its file.
func (s *Service) DropJob(ctx context.Context, a registry.Actor, kind registry.JobKind, id registry.JobID) error {
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		x, err := s.job(tx, a, kind, id)
		if err != nil {
			return err
		}
		if x.Open() {
			return registry.Conflict("这个任务还在%s，请先取消再删除。", x.State)
		}
		return tx.DropJob(id)
	}); err != nil {
		return err
	}
	return s.db.Unavailable(s.db.DropJobFile(id))
}

// OpenJobFile opens the file of an export that has been made, for its owner.
func (s *Service) OpenJobFile(ctx context.Context, a registry.Actor, id registry.JobID) (x registry.Job, f *os.File, err error) {
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		if x, err = s.job(tx, a, registry.JobExport, id); err != nil {
			return err
		}
		r, err := tx.ExportRecord(cmp.Or(x.Export, -1))
		if err == nil && len(s.ownWords(a)) > 0 && r.Branch != a.Branch.DistrictCode { // made for another branch, of which its owner was
			err = registry.NotFound("任务", id)
		}
		return err
	})
	if err != nil {
		return x, nil, err
	}
	if x.State != registry.JobDone {
		return x, nil, registry.Conflict("这份导出还没有做完（%s），没有文件可以下载。", x.State)
	}
	f, err = s.db.OpenJobFile(id)
	if registry.KindOf(err) == registry.KindNotFound {
		err = registry.NotFound("导出的文件", "登记册可能是从备份恢复的，备份里没有导出的文件；请在“我的导出”里重新生成")
	}
	return x, f, err
}
