package imports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

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
		if _, err = s.planLedger(r, file, name, casework.LedgerChoices{}); err == nil {
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
func (s area) planLedger(r *kit.Request, file, name string, choices casework.LedgerChoices) (p plannedLedger, err error) {
	p.ask = casework.LedgerAsked{Filename: name, District: r.QueryParam("district"), Titles: map[string]string{}, Choices: choices}
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
	if r.QueryParams().Has("under") && r.QueryParam("under") != p.Mapping { // another mapping was chosen: what the columns showed was without it
		return p, nil
	}
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
	Name, Holds string
	Headless    bool
	Columns     []ledgerColumn
}

type ledgerPage struct {
	kit.Layout
	File, Name, Action, Workbook           string
	Problem                                string
	Plan                                   plannedLedger
	New, Same, Updates, Conflicts, Rejects int
	Ignores, Warned                        int
	Headless, Behind, Writes               bool
	Sheets                                 []ledgerSheet
	Fields, Districts, Mappings            []kit.Option
	District, MappingName, Seen            string
	Near                                   []nearChoice
	Kinds                                  []ledgerTable // rows of which the register has a record: to be completed, and in conflict
	Tables                                 []ledgerTable // the others
	Totals                                 []ledgerread.Total
}

func (ledgerPage) Template() string { return "imports/ledger-read" }

// nearChoice is a name that the register has under another perhaps.
type nearChoice struct {
	casework.NearName
	Options []kit.Option
	Value   string
}

func (s area) ledgerShow(r *kit.Request) error {
	p, err := s.ledgerPage(r, nil)
	if err != nil {
		return err
	}
	return r.Page(p)
}

// ledgerPage is the verdict; f is what was chosen in vain, nil where nothing was.
func (s area) ledgerPage(r *kit.Request, f *kit.Form) (p ledgerPage, err error) {
	p = ledgerPage{Layout: r.Layout("导入台账").FullWidth(), File: r.Param("ledger"), Name: cmp.Or(r.QueryParam("name"), "上传的台账")}
	p.Action, p.Workbook = ledgerAt(r, ""), ledgerAt(r, "/rejected.xlsx")
	var choices casework.LedgerChoices
	if f != nil {
		choices, p.MappingName = choicesOf(f), f.Value("mapping_name")
	}
	if p.Plan, err = s.planLedger(r, p.File, p.Name, choices); err != nil {
		return p, err
	}
	plan := &p.Plan
	p.District, p.Seen = plan.ask.District, plan.Seen()
	p.New, p.Same, p.Updates, p.Conflicts = plan.Count(casework.FateNew), plan.Count(casework.FateSame), plan.Count(casework.FateUpdate), plan.Count(casework.FateConflict)
	p.Rejects, p.Ignores, p.Totals = len(plan.Rejected), len(plan.Ignored), plan.Totals
	p.Kinds, p.Tables, p.Warned = kindTables(plan, choices), verdictTables(plan), warned(plan)
	p.Behind = p.New+p.Updates+p.Conflicts > s.ledgerAbove()
	p.Writes = p.New > 0 || slices.ContainsFunc(p.Kinds, func(t ledgerTable) bool { return t.Kind != "" })
	for i := range plan.Near {
		p.Near = append(p.Near, nearChoiceOf(plan.Near[i]))
	}
	p.Sheets = ledgerSheets(plan.Sheets)
	p.Headless = slices.ContainsFunc(p.Sheets, func(x ledgerSheet) bool { return x.Headless })
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

func nearChoiceOf(x casework.NearName) nearChoice {
	c := nearChoice{NearName: x}
	for _, g := range x.Suggestions {
		c.Options = append(c.Options, kit.Option{Value: strconv.FormatInt(g.ID, 10), Label: fmt.Sprintf("就是“%s”（编号 %d，%d 分）", g.Name, g.ID, g.Score)})
	}
	if x.Chosen != 0 {
		c.Value = strconv.FormatInt(x.Chosen, 10)
	}
	return c
}

// ledgerAbove is how many rows are brought in while somebody waits.
func (s area) ledgerAbove() int { return cmp.Or(s.Options.JobAbove, casework.LedgerAbove) }

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
		x := ledgerSheet{Name: list[i].Name, Holds: map[string]string{"farms": "养殖场", "inspections": "检查", "cases": "案件"}[list[i].Holds()], Headless: list[i].Headless()}
		for k, c := range list[i].Columns {
			col := ledgerColumn{Name: columnName(i, c.N), Label: c.Letters() + " · " + c.Title, Value: c.Field}
			if c.Hidden {
				col.Label += "（隐藏的列）"
			}
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

// choicesOf are those of the form: all.KIND, row.KEY and near.KEY.
func choicesOf(f *kit.Form) casework.LedgerChoices {
	c := casework.LedgerChoices{All: map[casework.Fate]bool{}, Rows: map[string]bool{}, Near: map[string]int64{}, Seen: f.Value("seen")}
	for kind, fate := range ledgerKinds {
		c.All[fate] = f.Value("all."+kind) == chosenUpdate
	}
	for name := range f.Values {
		if key, ok := strings.CutPrefix(name, "row."); ok && f.Value(name) != "" {
			c.Rows[key] = f.Value(name) == chosenUpdate
		}
		if key, ok := strings.CutPrefix(name, "near."); ok {
			if id, err := strconv.ParseInt(f.Value(name), 10, 64); err == nil {
				c.Near[key] = id
			}
		}
	}
	return c
}

// ledgerImport brings in what is new, and what was chosen. Sent twice, the second finds all of it there.
func (s area) ledgerImport(r *kit.Request) error {
	f, err := r.ReadForm(nil)
	if err != nil {
		return err
	}
	p, err := s.planLedger(r, r.Param("ledger"), cmp.Or(r.QueryParam("name"), "上传的台账"), choicesOf(f))
	if err != nil {
		return err
	}
	p.ask.MappingName = cmp.Or(f.Value("mapping_name"), p.Mapping)
	if n := p.Chosen(p.ask.Choices); n > s.ledgerAbove() {
		if _, err := s.Service.AskLedger(r.Ctx(), r.Actor, r.Param("ledger"), p.ask, n); err != nil {
			return err
		}
		return r.DoneAt("已排队，在后台写入；可以离开这一页。", "/imports/jobs")
	}
	_, batch, err := s.Service.ImportLedger(r.Ctx(), r.Actor, p.ask)
	if registry.KindOf(err) == registry.KindInvalid {
		page, again := s.ledgerPage(r, f)
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
		return r.DoneAt("没有新的记录，也没有选择更新，什么也没有写入。", ledgerAt(r, ""))
	}
	return r.Done(fmt.Sprintf("已写入：新增 %d 行，更新 %d 行。", batch.New, batch.Updates), "/imports/batches/%d", batch.ID)
}

type batchPage struct {
	kit.Layout
	Batch registry.LedgerBatch
	Rows  []registry.LedgerRow
	More  int
}

// At is where what a row became is shown.
func (batchPage) At(x registry.LedgerRow) string {
	return ledgerNouns[x.Entity].at + strconv.FormatInt(x.ID, 10)
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
	x, err := s.Service.LedgerBatch(r.Ctx(), r.Actor, id)
	if err == nil && len(x.Rows) > s.ledgerAbove() {
		if _, err := s.Service.AskUndoLedger(r.Ctx(), r.Actor, x); err != nil {
			return err
		}
		return r.DoneAt("已排队，在后台撤销；可以离开这一页。", "/imports/jobs")
	}
	if err := s.Service.UndoLedger(r.Ctx(), r.Actor, id); err != nil {
		return err
	}
	return r.Done("已撤销，登记册回到导入以前。", "/imports/batches/%d", id)
}
