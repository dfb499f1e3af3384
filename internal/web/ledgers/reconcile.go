package ledgers

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

type reconcileStartPage struct {
	kit.Layout
	Problem string
}

func (reconcileStartPage) Template() string { return "ledgers/reconcile-start" }

func (s area) reconcileStart(r *kit.Request) error {
	return r.Page(reconcileStartPage{Layout: r.Layout("对账")})
}

// reconcileUpload keeps the file for the pages that compare it, and refuses at once what cannot be read.
func (s area) reconcileUpload(r *kit.Request) error {
	name, file, err := s.receiveSheet(r)
	if err == nil {
		if _, err = s.openTable(r, file, ""); err == nil {
			return r.DoneAt("已上传，下面是核对结果。", "/reconcile/"+file+"?name="+url.QueryEscape(name))
		}
	}
	if registry.KindOf(err) != registry.KindInvalid {
		return err
	}
	return r.PageStatus(422, reconcileStartPage{r.Layout("对账"), kit.FirstProblem(err)})
}

func (s area) receiveSheet(r *kit.Request) (name, file string, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return "", "", kit.BadRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return "", "", registry.Invalid("file", "请选择要上传的表格")
		case kit.IsTooLarge(err):
			return "", "", registry.Invalid("file", "文件太大：最大 20 MB。请只留需要核对的列，或分年度上传")
		case err != nil:
			return "", "", kit.BadRequest("上传的内容不完整，请重试。")
		case part.FormName() == "file" && part.FileName() != "":
			file, err = s.Service.KeepSheet(r.Ctx(), r.Actor, part)
			return part.FileName(), file, err
		}
	}
}

// table is an uploaded table: its sheets, and the rows of the one that was chosen.
type table struct {
	sheets []string
	sheet  string
	rows   iter.Seq2[ledgerread.PlainRow, error]
}

// openTable opens an uploaded table: a workbook, or text.
func (s area) openTable(r *kit.Request, file, sheet string) (t table, err error) {
	b, err := s.Service.Sheet(r.Actor, file)
	if err != nil {
		return t, err
	}
	book, err := ledgerread.Open(b, "")
	if err != nil {
		return t, err
	}
	chosen := book.Sheet(sheet)
	if chosen == nil {
		return t, registry.Invalid("file", "工作簿里没有可见的工作表")
	}
	if sheet == "" { // a cover may stand first
		for _, name := range book.VisibleSheets() {
			first, err := firstRows(book.Sheet(name).Plain())
			if err != nil {
				return t, err
			}
			if _, ok := ledgerread.HeadOf(first); ok {
				chosen = book.Sheet(name)
				break
			}
		}
	}
	t = table{sheet: chosen.Name, rows: chosen.Plain()}
	if len(book.Sheets) > 1 {
		t.sheets = book.VisibleSheets()
	}
	return t, nil
}

// reconcileColumn is a field with the column that holds it.
type reconcileColumn struct {
	Name, Label, Value string
	Options            []kit.Option
}

type reconcilePage struct {
	kit.Layout
	File, Name   string
	Sheets       []kit.Option
	Sheet        string
	Head         ledgerread.SheetHead
	Columns      []reconcileColumn
	From, To     string
	Problem      string // why nothing is compared yet
	Result       *casework.Reconciliation
	Shown        []casework.Difference
	Workbook     string
	Different    int
	There, Here  int
	UnreadShown  []casework.Unread
	MoreUnread   int
	MoreDiffered int
}

func (reconcilePage) Template() string { return "ledgers/reconcile-show" }

// shownDifferences is how many differences, and unreadable rows, the page shows; the workbook has all.
const shownDifferences = 300

// reconcile reads what the address asks for, and compares. A problem of the table or the columns is told on the page.
func (s area) reconcile(r *kit.Request) (p reconcilePage, err error) {
	file := r.Param("file")
	p = reconcilePage{Layout: r.Layout("对账").FullWidth(), File: file, Name: cmp.Or(r.QueryParam("name"), "上传的表格"), From: r.QueryParam("from"), To: r.QueryParam("to")}
	t, err := s.openTable(r, file, r.QueryParam("sheet"))
	if registry.KindOf(err) == registry.KindInvalid {
		p.Problem = kit.FirstProblem(err)
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Sheet = t.sheet
	for _, name := range t.sheets {
		p.Sheets = append(p.Sheets, kit.Option{Value: name, Label: name})
	}
	if p.Problem, err = p.recognise(r, t.rows); err != nil || p.Problem != "" {
		return p, err
	}
	from, to, problem := p.period(t.rows, r)
	if p.Problem = problem; problem != "" {
		return p, nil
	}
	result, err := s.Service.Reconcile(r.Ctx(), r.Actor, p.Head, t.rows, from, to)
	if registry.KindOf(err) == registry.KindInvalid {
		p.Problem = kit.FirstProblem(err)
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Result = &result
	p.Different, p.There, p.Here = result.Count(casework.Different), result.Count(casework.OnlyThere), result.Count(casework.OnlyHere)
	p.Shown, p.UnreadShown = result.Differences[:min(len(result.Differences), shownDifferences)], result.Unread[:min(len(result.Unread), shownDifferences)]
	p.MoreDiffered, p.MoreUnread = len(result.Differences)-len(p.Shown), len(result.Unread)-len(p.UnreadShown)
	p.Workbook = "/reconcile/" + url.PathEscape(file) + "/result.xlsx?" + r.QueryParams().Encode()
	return p, nil
}

// firstRows are those in which a header is looked for.
func firstRows(rows iter.Seq2[ledgerread.PlainRow, error]) (first [][]string, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		if first = append(first, row.Cells); len(first) == 20 {
			break
		}
	}
	return first, nil
}

// recognise finds the header and the columns, or takes those of the address.
func (p *reconcilePage) recognise(r *kit.Request, rows iter.Seq2[ledgerread.PlainRow, error]) (problem string, err error) {
	first, err := firstRows(rows)
	if err != nil {
		return kit.FirstProblem(err), nil
	}
	if len(first) == 0 {
		return "这张工作表是空的。", nil
	}
	head, ok := ledgerread.HeadOf(first)
	if row, err := strconv.Atoi(r.QueryParam("row")); err == nil && row > 0 && (row != head.Row || !ok) {
		head = ledgerread.HeadAt(first, row)
	} else if !ok && head.Row == 0 {
		head = ledgerread.HeadAt(first, 1)
	}
	options := []kit.Option{}
	for _, c := range head.Columns {
		options = append(options, kit.Option{Value: strconv.Itoa(c.N), Label: c.Letters() + "：" + kit.Clip(c.Title)})
	}
	for _, f := range ledgerread.SheetFields {
		name := string(f.Field)
		if r.QueryParams().Has(name) {
			head.Of[f.Field], _ = strconv.Atoi(r.QueryParam(name))
		}
		value := ""
		if head.Of[f.Field] > 0 {
			value = strconv.Itoa(head.Of[f.Field])
		}
		p.Columns = append(p.Columns, reconcileColumn{name, f.Label, value, options})
	}
	p.Head = head
	if head.Of[ledgerread.FieldNumber] <= 0 {
		return "没有认出“决定书文号”在哪一列。请指出表头在第几行、文号是哪一列，再核对。", nil
	}
	return "", nil
}

// period is the days of the decisions that the other side should have: those typed, else from the first to the last day in the table.
func (p *reconcilePage) period(rows iter.Seq2[ledgerread.PlainRow, error], r *kit.Request) (from, to registry.Date, problem string) {
	var err error
	if from, err = registry.ParseDate(p.From); err == nil {
		to, err = registry.ParseDate(p.To)
	}
	if err == nil {
		err = registry.CheckSpan(from, to)
	}
	if err != nil {
		return from, to, "决定日期的起止有误：" + err.Error()
	}
	if r.QueryParams().Has("from") || r.QueryParams().Has("to") || p.Head.Of[ledgerread.FieldOn] == 0 {
		return from, to, ""
	}
	n := 0
	for row, err := range rows {
		if err != nil {
			return from, to, kit.FirstProblem(err)
		}
		if n++; n <= p.Head.Row {
			continue
		}
		x, err := p.Head.ReadRow(n, row)
		if _, aside := p.Head.Aside(row); aside || err != nil || x.DecidedOn.IsZero() {
			continue
		}
		if from.IsZero() || x.DecidedOn.Before(from) {
			from = x.DecidedOn
		}
		if to.IsZero() || to.Before(x.DecidedOn) {
			to = x.DecidedOn
		}
	}
	p.From, p.To = from.String(), to.String()
	return from, to, ""
}

func (s area) reconcileShow(r *kit.Request) error {
	p, err := s.reconcile(r)
	if err != nil {
		return err
	}
	if p.Problem != "" {
		return r.PageStatus(422, p)
	}
	return r.Page(p)
}

var (
	differenceColumns = []report.Column{
		{Key: "side", Title: "差异", Width: 12, Meaning: "内容不同；只在对方；只在本册"},
		{Key: "number", Title: "决定书文号", Kind: report.KindCode, Width: 28},
		{Key: "field", Title: "字段", Width: 18},
		{Key: "here", Title: "本册", Width: 40, Wrap: true, Meaning: "登记册里的值；只在本册的为当事人"},
		{Key: "there", Title: "对方", Width: 40, Wrap: true, Meaning: "上传的表里的值；只在对方的为当事人"},
		{Key: "row", Title: "对方第几行", Kind: report.KindOrdinal, Width: 12},
		{Key: "case", Title: "案件编号（登记册）", Kind: report.KindOrdinal, Width: 20},
	}
	unreadColumns = []report.Column{
		{Key: "row", Title: "对方第几行", Kind: report.KindOrdinal, Width: 12},
		{Key: "why", Title: "没有核对的原因", Width: 90, Wrap: true},
	}
)

// reconcileWorkbook is all that comparing came to, as a file.
func (s area) reconcileWorkbook(r *kit.Request) error {
	sha256, err := s.Service.SheetHash(r.Actor, r.Param("file"))
	if err != nil {
		return err
	}
	words := []string{"对方的表：" + cmp.Or(r.QueryParam("name"), "上传的表格")}
	return s.Service.SealedListing(r.Ctx(), r.Actor, registry.PermReconcile, casework.Export{Table: sha256}, casework.KindReconciliation, words, r.Response(),
		func() (report.Listing, error) { return s.reconciled(r, sha256) }, sealedListing(r))
}

// reconciled compares, and puts all differences into a listing.
func (s area) reconciled(r *kit.Request, sha256 string) (l report.Listing, err error) {
	p, err := s.reconcile(r)
	if err != nil {
		return l, err
	}
	if p.Problem != "" {
		return l, registry.Invalid("file", "%s", p.Problem)
	}
	ordinal := func(n int64) report.Cell {
		if n == 0 {
			return report.Cell{}
		}
		return report.Integer(int(n))
	}
	var differences, unread [][]report.Cell
	for _, d := range p.Result.Differences {
		differences = append(differences, []report.Cell{report.Text(string(d.Side)), report.Text(d.Number), report.Text(d.Field), report.Text(d.Here), report.Text(d.There), ordinal(int64(d.Row)), ordinal(int64(d.CaseID))})
	}
	for _, u := range p.Result.Unread {
		unread = append(unread, []report.Cell{report.Integer(u.Row), report.Text(u.Why)})
	}
	var columns []string
	for _, c := range p.Columns {
		for _, o := range c.Options {
			if o.Value == c.Value {
				columns = append(columns, c.Label+" = "+o.Label)
			}
		}
	}
	return report.Listing{
		Title: s.Service.Bureau().Name + "对账结果", Demo: s.Options.Demo,
		Notes: [][2]string{
			{"对方的表", p.Name + " " + p.Sheet + "，SHA-256 " + sha256}, {"列的对应", fmt.Sprintf("表头在第 %d 行；%s", p.Head.Row, strings.Join(columns, "；"))},
			{"决定日期", cmp.Or(p.From, "不限") + " 至 " + cmp.Or(p.To, "不限") + "：本册在这以外的决定，对方没有的不列"},
			{"结果", fmt.Sprintf("读出 %d 行，本册 %d 份决定，一致 %d 份；另有 %d 行是合计、说明、签字或重复的表头，不核对；%d 行在对方表里是隐藏的，也核对了", p.Result.Rows, p.Result.Here, p.Result.Same, p.Result.Aside, p.Result.Hidden)},
		},
		Sheets: []report.ListSheet{
			{Sheet: report.Sheet{Name: "差异", Title: "对账差异", About: "一行一处差异", Columns: differenceColumns, Freeze: 2}, Rows: report.RowsOf(differences)},
			{Sheet: report.Sheet{Name: "没有核对的行", Title: "没有核对的行", About: "一行一行读不出来的", Columns: unreadColumns, Freeze: 1}, Rows: report.RowsOf(unread)},
		}}, nil
}
