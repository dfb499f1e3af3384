package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Profile is a form of export as data: which sheets, with which columns in which order, which rows, sorted by what. The program's own
// are the table Profiles; one that a person made is read by Custom.
type Profile struct {
	Key     string // on the command line and in addresses: credit; of a person's own: its name
	Name    string // 信用中国双公示
	About   string // what it is for, in one sentence
	Sheets  []ProfileSheet
	Summary bool   // 汇总 stands before the sheets
	Notice  string // what whoever hands the file on must know
	credit  bool   // the template of the credit platform is explained in 说明
	bare    bool   // nothing before the first sheet: a template that a platform reads
}

// Title is what the export is called behind the bureau's name.
func (p *Profile) Title() string {
	if p.Key == "ledger" {
		return "行政处罚案件台账"
	}
	return p.Name
}

// FileTitle is what files of it are called.
func (p *Profile) FileTitle() string {
	if p.Key == "ledger" {
		return "案件台账"
	}
	return p.Name
}

// Bare tells that the workbook begins with the profile's own sheets: a platform reads them.
func (p *Profile) Bare() bool { return p.bare }

// Credit tells that the rows follow CreditTemplate: identifying numbers stand in them whole.
func (p *Profile) Credit() bool { return p.credit }

// Basis is the date that counts where nobody says which: of a list of penalties that of the decision, else that of the finding.
func (p *Profile) Basis() Basis {
	for _, s := range p.Sheets {
		if s.Base != SheetDecisions && s.Base != SheetCredit && s.Base != SheetCreditCheck {
			return BasisFound
		}
	}
	if len(p.Sheets) == 0 {
		return BasisFound
	}
	return BasisDecided
}

// ProfileSheet is one sheet of a profile: some columns of a base, and some of its rows.
type ProfileSheet struct {
	Base    SheetID
	Name    string   // empty: the base's
	About   string   // one row is one …; empty: the base's
	Columns []string // keys, in order; nil: all that the base has without being asked
	Where   []Test   // all of them hold
	Sort    []Order  // nil: as the cases come
}

// Order is one column to sort by.
type Order struct {
	Column string
	Down   bool
}

// Profiles are the program's own forms of export, in the order of the list to choose from.
var Profiles = []Profile{
	{Key: "ledger", Name: "内部台账", About: "行政处罚案件台账：案件、违法行为、处罚与措施、监测数据、证据、法条引用六张明细表，汇总逐项与明细核对。",
		Sheets: ledgerSheets(), Summary: true},
	{Key: "credit", Name: "信用中国双公示", About: "行政处罚信息双公示上报模板，30 列；不能上报的逐条列在“校验结果”，不混入上报表。", credit: true, bare: true,
		Sheets: []ProfileSheet{{Base: SheetCredit}, {Base: SheetCreditCheck}}},
	{Key: "public", Name: "公示摘要", About: "对外公示用的处罚摘要：当事人只用公开用名，没有个人信息、地址、代码和自由填写的文字。", bare: true,
		Notice: "只含允许公开的项目；未成年人案件、涉及国家秘密、商业秘密或个人隐私的案件是否公示，由人判断后删去。",
		Sheets: []ProfileSheet{{Base: SheetDecisions, Name: "公示摘要", About: "一行一份有效的处罚决定、一个被处罚人",
			Columns: []string{"doc_number", "public_title", "public_kind", "public_party", "types", "breached", "basis", "kinds", "fines", "taken", "organ", "made_on"},
			Where:   []Test{{"state", OpIs, stateInForce}}}}},
	{Key: "five", Name: "五类案件", About: "按日计罚、查封扣押、限产停产、移送行政拘留、移送涉嫌环境污染犯罪，各一张表，件数与人数分开。", Summary: true,
		Sheets: []ProfileSheet{measureSheet(Fives[0]), measureSheet(Fives[1]), measureSheet(Fives[2]), measureSheet(Fives[3]), measureSheet(Fives[4])}},
	{Key: "monthly", Name: "月报", About: "汇总统计：主要数字和各分类表；数字与台账逐项核对，不带明细。条件里选定月份。", Summary: true},
	{Key: "yearly", Name: "年报", About: "汇总统计，另附全年处罚决定和五类案件清单。条件里选定年份。", Summary: true,
		Sheets: []ProfileSheet{{Base: SheetDecisions, Columns: []string{"number", "title", "district", "doc_number", "made_on", "party", "types", "kinds", "fines", "taken", "paid", "owed", "state"}},
			{Base: SheetMeasures}}},
	{Key: "reconcile", Name: "对账", About: "与财政、其他系统核对：一行一份处罚决定、一个被处罚人，文号、当事人、罚没、缴款。",
		Sheets: []ProfileSheet{{Base: SheetDecisions, Name: "对账", Columns: []string{"doc_number", "made_on", "party", "number", "district", "fines", "fines_unknown", "taken", "due", "paid", "owed",
			"pay_by", "paid_on", "state", "id"}}}},
}

// ledgerSheets are the detail sheets whole, each in the place of its SheetID.
func ledgerSheets() []ProfileSheet {
	list := make([]ProfileSheet, SheetCount)
	for i := range list {
		list[i].Base = SheetID(i)
	}
	return list
}

func measureSheet(kind string) ProfileSheet {
	return ProfileSheet{Base: SheetMeasures, Name: kind, Where: []Test{{"five", OpIs, kind}}}
}

// ProfileByName finds one of the program's own by key or name.
func ProfileByName(name string) (Profile, bool) {
	for _, p := range Profiles {
		if name == p.Key || name == p.Name {
			return p, true
		}
	}
	return Profile{}, false
}

// ProfileRows are what a person's own profile may list, by the key that is stored.
var ProfileRows = []struct {
	Key   string
	Sheet SheetID
}{
	{"cases", SheetCases}, {"violations", SheetViolations}, {"actions", SheetActions}, {"decisions", SheetDecisions}, {"measures", SheetMeasures},
	{"samples", SheetSamples}, {"evidence", SheetEvidence}, {"citations", SheetCitations},
}

// BaseSheet is the sheet of a base by its key.
func BaseSheet(key string) (SheetID, bool) {
	for _, b := range ProfileRows {
		if b.Key == key {
			return b.Sheet, true
		}
	}
	return 0, false
}

// Custom makes a profile of what a person put together. What it names and there is not is told by field, as the form and the command say it.
func Custom(x *registry.ExportProfile) (Profile, error) {
	var p registry.Problems
	base, ok := BaseSheet(x.Rows)
	if !ok {
		p.Add("rows", "没有“%s”这种明细；请从列表选择", x.Rows)
		return Profile{}, p.Err()
	}
	s := &Sheets[base]
	sheet := ProfileSheet{Base: base, Columns: x.Columns}
	for i, key := range x.Columns {
		if _, ok := s.column(key); !ok {
			p.Add("columns", "“%s”没有列“%s”；可选：%s", s.Name, key, s.titles())
		} else if slices.Index(x.Columns, key) < i {
			p.Add("columns", "列“%s”选了两次", s.title(key))
		}
	}
	for i, f := range x.Filters {
		t, err := s.test(f)
		if err != nil {
			p.Merge(fmt.Sprintf("filters.%d.", i), err)
		}
		sheet.Where = append(sheet.Where, t)
	}
	for i, o := range x.Sort {
		if _, ok := s.column(o.Column); !ok {
			p.Add(fmt.Sprintf("sort.%d.column", i), "“%s”没有列“%s”", s.Name, o.Column)
		}
		sheet.Sort = append(sheet.Sort, Order{o.Column, o.Down})
	}
	return Profile{Key: x.Name, Name: x.Name, About: x.Note, Sheets: []ProfileSheet{sheet}}, p.Err()
}

// test reads one filter of a person's profile.
func (s *Sheet) test(f registry.ProfileFilter) (Test, error) {
	var p registry.Problems
	t := Test{Column: f.Column, Op: Compare(f.Op), Value: f.Value}
	col, ok := s.column(f.Column)
	if !ok {
		p.Add("column", "“%s”没有列“%s”", s.Name, f.Column)
	}
	if !slices.Contains(Compares, t.Op) {
		p.Add("op", "没有“%s”这种比较，可选：%s", f.Op, joinCompares())
	}
	switch t.Op {
	case OpKnown, OpNone:
		if f.Value != "" {
			p.Add("value", "“%s”不用填值", f.Op)
		}
	case OpLeast, OpMost:
		if !ok {
			break
		}
		if err := t.bound(s.Columns[col].Kind); err != nil {
			p.Add("value", "%s：%s", s.Columns[col].Title, err)
		}
	default:
		if f.Value == "" {
			p.Add("value", "请填写要比较的值；要找没有值的，选“%s”", OpNone)
		}
	}
	return t, p.Err()
}

func joinCompares() string {
	var list []string
	for _, c := range Compares {
		list = append(list, string(c))
	}
	return strings.Join(list, "、")
}

func (s *Sheet) column(key string) (int, bool) {
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Key == key })
	return i, i >= 0
}

func (s *Sheet) title(key string) string {
	if i, ok := s.column(key); ok {
		return s.Columns[i].Title
	}
	return key
}

func (s *Sheet) titles() string {
	var list []string
	for _, c := range s.Columns {
		list = append(list, c.Key+"（"+c.Title+"）")
	}
	return strings.Join(list, "、")
}

// Test is a condition on a column of a row.
type Test struct {
	Column string
	Op     Compare
	Value  string
}

// Compare is how a Test compares.
type Compare string

// The comparisons. A date of which only the month is known is neither before nor after a day of it: 不小于 takes what may be so.
const (
	OpIs       Compare = "等于"
	OpIsNot    Compare = "不等于"
	OpContains Compare = "包含"
	OpLeast    Compare = "不小于"
	OpMost     Compare = "不大于"
	OpKnown    Compare = "有值"
	OpNone     Compare = "空白或未知"
)

// Compares lists the comparisons as they are offered.
var Compares = []Compare{OpIs, OpIsNot, OpContains, OpLeast, OpMost, OpKnown, OpNone}

// bound says why a value is no bound of a column's kind.
func (t Test) bound(k Kind) (err error) {
	switch k {
	case KindDate:
		var d registry.Date
		if d, err = registry.ParseDate(t.Value); err == nil && d.IsZero() {
			err = fmt.Errorf("请填写日期")
		}
	case KindMoney:
		_, err = registry.ParseYuan(t.Value)
	case KindInteger, KindOrdinal, KindNumber:
		if _, e := strconv.ParseFloat(t.Value, 64); e != nil {
			err = fmt.Errorf("“%s”不是数字", t.Value)
		}
	default:
		err = fmt.Errorf("文字没有大小，请用“%s”或“%s”", OpIs, OpContains)
	}
	return err
}

// holds tells whether a cell fulfils the test. What is unknown fulfils no bound.
func (t *Test) holds(c *Cell) bool {
	known := c.Kind != Empty && c.Kind != CellUnknown
	switch t.Op {
	case OpIs:
		return t.same(c)
	case OpIsNot:
		return !t.same(c)
	case OpContains:
		return strings.Contains(registry.Fold(c.String()), registry.Fold(t.Value))
	case OpKnown:
		return known
	case OpNone:
		return !known
	case OpLeast, OpMost:
		return known && t.within(c)
	}
	return false
}

func (t *Test) same(c *Cell) bool {
	switch c.Kind {
	case CellMoney:
		m, err := registry.ParseYuan(t.Value)
		return err == nil && m.Fen() == c.N
	case CellDate:
		d, err := registry.ParseDate(t.Value)
		return err == nil && d == c.Date
	}
	return c.String() == t.Value
}

func (t *Test) within(c *Cell) bool {
	least := t.Op == OpLeast
	switch c.Kind {
	case CellDate:
		d, err := registry.ParseDate(t.Value)
		switch {
		case err != nil:
			return false
		case least:
			return c.Date.Latest() >= d.Earliest()
		}
		return c.Date.Earliest() <= d.Latest()
	case CellMoney:
		m, err := registry.ParseYuan(t.Value)
		return err == nil && (least && c.N >= m.Fen() || !least && c.N <= m.Fen())
	case CellInteger, CellNumber:
		have, err1 := strconv.ParseFloat(c.String(), 64)
		bound, err2 := strconv.ParseFloat(t.Value, 64)
		return err1 == nil && err2 == nil && (least && have >= bound || !least && have <= bound)
	}
	return false
}

// View is a sheet of a profile with its columns found: what a writer lays out, and what rows are cut by.
type View struct {
	Sheet
	Base  SheetID
	Whole bool // all rows and, in their places, all columns that the base has without being asked: formulas may count on it

	columns []int
	where   []Test
	tested  []int // the column of each test
	sort    []Order
	sorted  []int
}

// Views are the sheets of a profile. Long texts stand on the sheet of the cases where they are asked for, addresses of records where the
// server's is known.
func (p *Profile) Views(o *LedgerOptions) []View {
	list := make([]View, len(p.Sheets))
	for i, ps := range p.Sheets {
		s := Sheets[ps.Base]
		v := View{Sheet: s, Base: ps.Base, where: ps.Where, sort: ps.Sort}
		if ps.Columns == nil {
			for j := range s.plain() {
				v.columns = append(v.columns, j)
			}
			v.Whole = len(ps.Where) == 0
			for j, c := range s.Columns[s.plain():] {
				if ps.Base == SheetCases && (o.Narratives && narrative[c.Key] || o.PublicURL != "" && c.Key == linkKey) {
					v.columns = append(v.columns, s.plain()+j)
				}
			}
		} else {
			v.Freeze, v.Groups = 1, nil
		}
		for _, key := range ps.Columns {
			v.columns = append(v.columns, s.Index(key))
		}
		for _, t := range v.where {
			v.tested = append(v.tested, s.Index(t.Column))
		}
		for _, k := range v.sort {
			v.sorted = append(v.sorted, s.Index(k.Column))
		}
		v.Columns = make([]Column, len(v.columns))
		for j, c := range v.columns {
			v.Columns[j] = s.Columns[c]
		}
		if ps.Name != "" {
			v.Name, v.Title = ps.Name, ps.Name
		}
		if ps.About != "" {
			v.About = ps.About
		}
		list[i] = v
	}
	return list
}

// takes tells whether a row of the base belongs to the view.
func (v *View) takes(row []Cell) bool {
	for i := range v.where {
		if !v.where[i].holds(&row[v.tested[i]]) {
			return false
		}
	}
	return true
}

// cut puts the cells of the view's columns into out.
func (v *View) cut(out, row []Cell) []Cell {
	for _, c := range v.columns {
		out = append(out, row[c])
	}
	return out
}
