package imports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// rowsShown is how many rows of a verdict a page shows; the workbook has all that were rejected.
const rowsShown = 100

type ledgerStartPage struct {
	kit.Layout
	Problem string
	Batches []registry.LedgerBatch
}

func (ledgerStartPage) Template() string { return "imports/ledger-start" }

func (s area) ledgerStart(r *kit.Request) error { return s.ledgerStartWith(r, http.StatusOK, "") }

func (s area) ledgerStartWith(r *kit.Request, status int, problem string) error {
	batches, err := s.Service.LedgerBatches(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return r.PageStatus(status, ledgerStartPage{r.Layout("导入台账"), problem, batches})
}

// ledgerUpload keeps the file for the pages that look through it, and refuses at once what cannot be read.
func (s area) ledgerUpload(r *kit.Request) error {
	name, file, err := s.receiveLedger(r)
	if err == nil {
		if _, err = s.planLedger(r, file, name); err == nil {
			return r.DoneAt("已上传，下面是每一行的结论，还没有写入。", "/imports/ledger/"+file+"?name="+url.QueryEscape(name))
		}
	}
	if registry.KindOf(err) != registry.KindInvalid {
		return err
	}
	return s.ledgerStartWith(r, http.StatusUnprocessableEntity, kit.FirstProblem(err))
}

func (s area) receiveLedger(r *kit.Request) (name, file string, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return "", "", kit.BadRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return "", "", registry.Invalid("file", "请选择要导入的台账")
		case kit.IsTooLarge(err):
			return "", "", registry.Invalid("file", "文件太大：最大 %d MB。请只留需要的工作表，或分年度上传", ledgerread.MaxFile>>20)
		case err != nil:
			return "", "", kit.BadRequest("上传的内容不完整，请重试。")
		case part.FormName() == "file" && part.FileName() != "":
			file, err = s.Service.KeepLedger(r.Actor, part)
			return filepath.Base(part.FileName()), file, err
		}
	}
}

// planLedger reads the kept file as the address says: with the mapping of a name, and what was chosen for single columns.
func (s area) planLedger(r *kit.Request, file, name string) (p plannedLedger, err error) {
	p.ask = casework.LedgerAsked{Filename: name, District: r.QueryParam("district"), Titles: map[string]string{}}
	if p.ask.File, err = s.Service.KeptLedger(r.Actor, file); err != nil {
		return p, err
	}
	p.Mapping = r.QueryParam("mapping")
	kept, err := s.Service.LedgerMapping(r.Ctx(), r.Actor, p.Mapping)
	if err != nil {
		return p, err
	}
	for title, field := range kept {
		p.ask.Titles[title] = field
	}
	if p.LedgerPlan, err = s.Service.PlanLedger(r.Ctx(), r.Actor, p.ask); err != nil {
		return p, err
	}
	chosen := false
	for i := range p.Sheets {
		for _, c := range p.Sheets[i].Columns {
			if q := columnName(i, c.N); r.QueryParams().Has(q) && r.QueryParam(q) != c.Field {
				p.ask.Titles[c.Title], chosen = r.QueryParam(q), true
			}
		}
	}
	if chosen {
		p.LedgerPlan, err = s.Service.PlanLedger(r.Ctx(), r.Actor, p.ask)
	}
	return p, err
}

func columnName(sheet, column int) string { return fmt.Sprintf("c%d.%d", sheet, column) }

type plannedLedger struct {
	casework.LedgerPlan
	ask     casework.LedgerAsked
	Mapping string
}

// ledgerColumn is a column with what it holds, as the mapping form shows it.
type ledgerColumn struct {
	Name, Label, Sample, Value string
}

type ledgerSheet struct {
	Name    string
	Farms   bool
	Columns []ledgerColumn
}

type ledgerPage struct {
	kit.Layout
	File, Name, Action, Workbook                         string
	Problem                                              string
	Plan                                                 plannedLedger
	New, Same, Different, Rejects, Ignores               int
	Sheets                                               []ledgerSheet
	Fields, Districts, Mappings                          []kit.Option
	District                                             string
	Rows                                                 []casework.LedgerMatch // new ones with warnings first come first
	Conflicts                                            []casework.LedgerMatch
	Rejected                                             []ledgerread.Rejected
	Ignored                                              []ledgerread.Ignored
	Totals                                               []ledgerread.Total
	Warned, MoreRows, MoreConflicts, MoreRejected, MoreI int
}

func (ledgerPage) Template() string { return "imports/ledger-read" }

func (s area) ledgerShow(r *kit.Request) error {
	p, err := s.ledgerPage(r)
	if err != nil {
		return err
	}
	return r.Page(p)
}

func (s area) ledgerPage(r *kit.Request) (p ledgerPage, err error) {
	p = ledgerPage{Layout: r.Layout("导入台账").FullWidth(), File: r.Param("ledger"), Name: cmp.Or(r.QueryParam("name"), "上传的台账")}
	p.Action, p.Workbook = ledgerAt(r, ""), ledgerAt(r, "/rejected.xlsx")
	if p.Plan, err = s.planLedger(r, p.File, p.Name); err != nil {
		return p, err
	}
	plan := &p.Plan
	p.District = plan.ask.District
	p.New, p.Same, p.Different = plan.Count(casework.FateNew), plan.Count(casework.FateSame), plan.Count(casework.FateConflict)
	p.Rejects, p.Ignores, p.Totals = len(plan.Rejected), len(plan.Ignored), plan.Totals
	for i := range plan.Matches {
		switch x := plan.Matches[i]; {
		case x.Fate == casework.FateConflict:
			p.Conflicts = append(p.Conflicts, x)
		case x.Fate == casework.FateNew && len(x.Warnings) > 0:
			p.Warned++
			p.Rows = append(p.Rows, x)
		}
	}
	p.Rows, p.MoreRows = firstOf(p.Rows)
	p.Conflicts, p.MoreConflicts = firstOf(p.Conflicts)
	p.Rejected, p.MoreRejected = firstOf(plan.Rejected)
	p.Ignored, p.MoreI = firstOf(plan.Ignored)
	p.Sheets = ledgerSheets(plan.Sheets)
	for _, f := range ledgerread.Fields() {
		p.Fields = append(p.Fields, kit.Option{Value: f.Name, Label: f.Label})
	}
	for _, d := range s.Service.Bureau().Districts {
		p.Districts = append(p.Districts, kit.Option{Value: d.Code, Label: d.Name})
	}
	names, err := s.Service.LedgerMappings(r.Ctx(), r.Actor)
	for _, n := range names {
		p.Mappings = append(p.Mappings, kit.Option{Value: n, Label: n})
	}
	return p, err
}

// ledgerAt is the address of the ledger that the request is about, with what was chosen for it.
func ledgerAt(r *kit.Request, what string) string {
	return "/imports/ledger/" + url.PathEscape(r.Param("ledger")) + what + "?" + r.QueryParams().Encode()
}

func firstOf[T any](list []T) (shown []T, more int) {
	shown = list[:min(len(list), rowsShown)]
	return shown, len(list) - len(shown)
}

func ledgerSheets(list []ledgerread.Read) (out []ledgerSheet) {
	for i := range list {
		x := ledgerSheet{Name: list[i].Name, Farms: list[i].Farms}
		for k, c := range list[i].Columns {
			col := ledgerColumn{Name: columnName(i, c.N), Label: c.Letters() + " · " + c.Title, Value: c.Field}
			for n, v := range list[i].Sample[k] {
				if n > 0 {
					col.Sample += "，"
				}
				col.Sample += kit.Clip(v)
			}
			x.Columns = append(x.Columns, col)
		}
		if len(x.Columns) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// ledgerImport brings in what is new. Sent twice, the second finds all of it there.
func (s area) ledgerImport(r *kit.Request) error {
	f, err := r.ReadForm(nil)
	if err != nil {
		return err
	}
	p, err := s.planLedger(r, r.Param("ledger"), cmp.Or(r.QueryParam("name"), "上传的台账"))
	if err != nil {
		return err
	}
	p.ask.MappingName = cmp.Or(f.Value("mapping_name"), p.Mapping)
	_, batch, err := s.Service.ImportLedger(r.Ctx(), r.Actor, p.ask)
	if registry.KindOf(err) == registry.KindInvalid {
		page, again := s.ledgerPage(r)
		if again != nil {
			return again
		}
		page.Problem = kit.FirstProblem(err)
		return r.PageStatus(http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	if batch.ID == 0 {
		return r.DoneAt("没有新的记录，什么也没有写入。", ledgerAt(r, ""))
	}
	return r.Done(fmt.Sprintf("已导入 %d 行。", len(batch.Rows)), "/imports/batches/%d", batch.ID)
}

type batchPage struct {
	kit.Layout
	Batch registry.LedgerBatch
	Rows  []registry.LedgerRow
	More  int
}

func (batchPage) Template() string { return "imports/ledger-batch" }

func batchID(r *kit.Request) (registry.LedgerBatchID, error) {
	n, err := strconv.ParseInt(r.Param("id"), 10, 64)
	if err != nil {
		return 0, registry.NotFound("导入批次", r.Param("id"))
	}
	return registry.LedgerBatchID(n), nil
}

func (s area) batchShow(r *kit.Request) error {
	id, err := batchID(r)
	if err != nil {
		return err
	}
	x, err := s.Service.LedgerBatch(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := batchPage{Layout: r.Layout("导入批次"), Batch: x}
	p.Rows, p.More = firstOf(x.Rows)
	return r.Page(p)
}

func (s area) batchUndo(r *kit.Request) error {
	id, err := batchID(r)
	if err != nil {
		return err
	}
	if err := s.Service.UndoLedger(r.Ctx(), r.Actor, id); err != nil {
		return err
	}
	return r.Done("已撤销，登记册回到导入以前。", "/imports/batches/%d", id)
}
