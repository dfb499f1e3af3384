package ledgerread

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/statute/cite"
)

// Options are what the reader must know from outside, and what a person corrected.
type Options struct {
	Bureau   *registry.Bureau
	Towns    map[string][]string // of its districts, by their code
	Law      *statute.Catalogue
	District string            // code: of rows that tell none
	Titles   map[string]string // title → field, as a person corrected it; an empty field leaves the column out
}

// Ledger is what was read. Each row that is not blank is in exactly one of Accepted, Rejected and Ignored.
type Ledger struct {
	Sheets   []Read
	Accepted []Accepted
	Rejected []Rejected
	Ignored  []Ignored
	Totals   []Total
}

// Read is a table as it was understood. A sheet may have several, one below the other; one that has none is there without columns.
type Read struct {
	Name    string // of its sheet
	Heads   []int  // rows of the header; none where the columns are told by what stands in them alone
	From    int    // the first row that is the table's
	To      int    // the row that another table of the sheet begins at; 0: none does
	Columns []Column
	Farms   bool
	Visits  bool
	Sample  [][]string // the first values of each column, for the mapping page
}

// Headless tells that nothing but the values says what the columns hold: a person should look.
func (x *Read) Headless() bool { return len(x.Columns) > 0 && len(x.Heads) == 0 }

// Holds is what the table has: cases, farms or inspections; empty where it is none.
func (x *Read) Holds() string {
	switch {
	case len(x.Columns) == 0:
		return ""
	case x.Farms:
		return "farms"
	case x.Visits:
		return "inspections"
	}
	return "cases"
}

// Accepted is a row that can be brought in.
type Accepted struct {
	Sheet    string
	Row      int
	Record   Record
	Warnings []string
}

// Rejected is a row that cannot, with the first cell that is the reason.
type Rejected struct {
	Sheet  string
	Row    int
	Reason string
	Column string // title; empty where it is the row as a whole
	Value  string
}

// Ignored is a row that is none of a table's.
type Ignored struct {
	Sheet string
	Row   int
	Why   string
}

type reader struct {
	ctx    context.Context
	o      *Options
	places *places
	out    *Ledger
	cites  map[string][]cite.Mention
	ours   bool // a sheet is one of our own exports
}

// ReadBook reads all sheets of a book.
func ReadBook(ctx context.Context, b *Book, o Options) (*Ledger, error) {
	r := &reader{ctx: ctx, o: &o, places: newPlaces(o.Bureau, o.Towns), out: &Ledger{}, cites: map[string][]cite.Mention{}}
	r.ours = b.has("一览") && b.has("汇总") // of totals alone no sheet has our titles
	for _, s := range b.Sheets {
		if err := r.sheet(s); err != nil {
			return nil, err
		}
	}
	if r.ours && len(r.out.Accepted)+len(r.out.Rejected) == 0 {
		return nil, refuse("这是本系统导出的表，里面没有可以导回的案件行（明细、汇总、公示摘要、五类案件、月报、年报和对账都不是）。要导回的请用“内部台账”（CSV 的用其中“案件台账”一张）或“信用中国双公示”")
	}
	return r.out, nil
}

// cited reads a text's citations; ledgers repeat the same few.
func (r *reader) cited(text string) []cite.Mention {
	list, ok := r.cites[text]
	if !ok {
		list = r.o.Law.Citations(text, registry.Date{})
		if len(r.cites) < 5000 {
			r.cites[strings.Clone(text)] = list
		}
	}
	return list
}

// tableRead is a sheet on its way.
type tableRead struct {
	r        *reader
	sheet    *Sheet
	head     *head
	columns  map[int]*Column // by number
	own      bool            // a sheet of our own exports that has no records of its own
	wan      bool            // 单位：万元 stands above the table
	district registry.District
	section  registry.District
	samples  map[int][]string // the first values of each column
	sums     map[int]*sums
	merges   []Merge         // downwards, in the order of their rows
	wide     map[[2]int]bool // row and column of those that go sideways
	carried  []carry
	seen     map[string]int // number of a decision → its row
}

// carry is a merged cell that reaches down.
type carry struct {
	m    Merge
	cell Cell
}

const (
	buffered    = headLook + contentLook
	samplesKept = 3
)

func (r *reader) sheet(s *Sheet) error {
	t := &tableRead{r: r, sheet: s, sums: map[int]*sums{}, wide: map[[2]int]bool{}, seen: map[string]int{}}
	for _, m := range s.Merges {
		if m.ToRow > m.Row {
			t.merges = append(t.merges, m)
		}
		if m.ToCol > m.Col {
			t.wide[[2]int{m.Row, m.Col}] = true
		}
	}
	slices.SortFunc(t.merges, func(a, b Merge) int { return a.Row - b.Row })
	next, stop := iter.Pull2(s.Rows())
	defer stop()
	var first []Row
	for len(first) < buffered {
		row, err, ok := next()
		if !ok {
			break
		}
		if err != nil {
			return err
		}
		row.Cells = slices.Clone(row.Cells)
		first = append(first, row)
	}
	t.find(first)
	for _, row := range first {
		t.row(row)
	}
	for n := 0; ; n++ {
		row, err, ok := next()
		if !ok {
			break
		}
		if err == nil && n%1000 == 0 {
			err = r.ctx.Err()
		}
		if err != nil {
			return err
		}
		t.row(row)
	}
	t.close(0)
	return nil
}

// Has tells whether a row of the sheet is the table's.
func (x *Read) Has(row int) bool { return row >= x.From && (x.To == 0 || row < x.To) }

// close notes the table that was read.
func (t *tableRead) close(to int) {
	read := Read{Name: t.sheet.Name, To: to}
	if t.head != nil {
		read.Heads, read.From, read.Columns, read.Farms, read.Visits = t.head.rows, t.head.from, t.head.columns, t.head.farms, t.head.visits
		for _, c := range t.head.columns {
			read.Sample = append(read.Sample, t.samples[c.N])
		}
	}
	t.r.out.Sheets = append(t.r.out.Sheets, read)
}

// begin goes over to a table.
func (t *tableRead) begin(h *head) {
	t.head, t.sums, t.samples, t.section = h, map[int]*sums{}, map[int][]string{}, registry.District{}
	t.corrected()
	if !t.r.ours {
		h.rest()
	}
	t.index()
	t.own = t.ours()
	t.r.ours = t.r.ours || t.own
}

// find finds the header and what the columns hold.
func (t *tableRead) find(first []Row) {
	if t.sheet.Hidden {
		return
	}
	h := findHead(t.grid(first))
	if h != nil {
		sample := below(first, h.rows[len(h.rows)-1])
		h.untitled(sample)
		t.r.byContent(h, sample, contents)
		h.settle()
	}
	if h == nil || h.nobody {
		h = cmp.Or(t.unknown(first), h, t.r.headless(first))
	}
	if h == nil {
		return
	}
	t.above(first, h.from)
	t.begin(h)
}

// above takes from the rows above the table what they say of all of it: the district, and that amounts count in 万元.
func (t *tableRead) above(first []Row, from int) {
	for _, row := range first {
		if row.N >= from {
			break
		}
		for _, c := range row.Cells {
			text := registry.Fold(c.Text)
			t.wan = t.wan || strings.Contains(text, "单位:万元") || strings.Contains(text, "金额单位:万元")
			if d := t.r.places.named(c.Text); t.district.Code == "" {
				t.district = d
			}
		}
	}
	if t.district.Code == "" {
		t.district = t.r.places.of(t.sheet.Name)
	}
}

// corrected gives the columns the fields that a person gave their titles.
func (t *tableRead) corrected() {
	for i := range t.head.columns {
		c := &t.head.columns[i]
		given, ok := t.r.o.Titles[c.Title]
		if !ok {
			continue
		}
		for k := range t.head.columns {
			if given != "" && given != otherField && t.head.columns[k].Field == given {
				t.head.columns[k].Field = ""
			}
		}
		if c.Field = given; fieldNamed[given] == nil {
			c.Field, c.out = "", true
		}
	}
	t.head.settle()
}

func (t *tableRead) index() {
	t.columns = map[int]*Column{}
	for i := range t.head.columns {
		c := &t.head.columns[i]
		if t.wan && !strings.Contains(c.Title, "元") {
			c.Wan = true
		}
		c.Hidden = t.sheet.HidesColumn(c.N)
		t.columns[c.N] = c
	}
}

// grid are the first rows as the header is looked for in: merged titles stand in each of their columns and rows.
func (t *tableRead) grid(first []Row) *grid {
	g := &grid{wide: len(t.sheet.Merges) > 0}
	at := map[int]int{}
	for _, row := range first[:min(len(first), headLook)] {
		cells, numeric := make([]string, len(row.Cells)), false
		for i, c := range row.Cells {
			cells[i] = strings.Join(strings.Fields(c.Text), "")
			numeric = numeric || c.Text != "" && (c.Kind != Text || isInteger(c.Text) || valueLike(c))
		}
		at[row.N] = len(g.rows)
		g.rows, g.cells, g.numeric = append(g.rows, row.N), append(g.cells, cells), append(g.numeric, numeric)
	}
	for _, m := range t.sheet.Merges {
		i, ok := at[m.Row]
		if !ok || m.ToCol > maxColumns || m.Col > len(g.cells[i]) {
			continue
		}
		text := g.cells[i][m.Col-1]
		for row := m.Row; row <= min(m.ToRow, m.Row+headRows); row++ {
			j, ok := at[row]
			if !ok {
				continue
			}
			for len(g.cells[j]) < m.ToCol {
				g.cells[j] = append(g.cells[j], "")
			}
			for col := m.Col; col <= m.ToCol; col++ {
				g.cells[j][col-1] = text
			}
		}
	}
	return g
}

func (t *tableRead) ignore(row int, why string) {
	t.r.out.Ignored = append(t.r.out.Ignored, Ignored{t.sheet.Name, row, why})
}

// row puts a row into its list.
func (t *tableRead) row(row Row) {
	if !slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Text != "" }) {
		return
	}
	switch {
	case t.sheet.Hidden:
		t.ignore(row.N, whyHidden)
		return
	case t.head == nil:
		t.ignore(row.N, whyNoTable)
		return
	case row.N < t.head.from:
		t.ignore(row.N, whyBefore)
		return
	case slices.Contains(t.head.rows, row.N):
		t.ignore(row.N, whyHead)
		return
	case t.own:
		t.ignore(row.N, whyOurs)
		return
	case t.head.nobody:
		t.sample(row)
		t.ignore(row.N, whyNobody)
		return
	}
	t.reach(&row)
	if why := t.kind(row); why != "" {
		t.ignore(row.N, why)
		switch why {
		case whyTotal:
			t.total(row)
		case whySection:
			for _, c := range row.Cells {
				if d := t.r.places.named(strings.TrimLeft(c.Text, "一二三四五六七八九十（）()、.．0123456789 ")); d.Code != "" {
					t.section = d
				}
			}
		}
		return
	}
	if h := t.second(row); h != nil {
		t.close(row.N)
		t.begin(h)
		t.ignore(row.N, whyHead)
		return
	}
	t.sample(row)
	t.record(row)
}

// sample keeps the first values of each column.
func (t *tableRead) sample(row Row) {
	for i, c := range row.Cells {
		if values := t.samples[i+1]; c.Text != "" && len(values) < samplesKept {
			t.samples[i+1] = append(values, strings.Clone(clip(c.Text)))
		}
	}
}

// second is the header of another table below the first.
func (t *tableRead) second(row Row) *head {
	exact, filled := 0, 0
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		cells[i] = strings.Join(strings.Fields(c.Text), "")
		if filled++; c.Kind != Text || filled == 3 && exact == 0 {
			return nil
		}
		if titleOf[titleKey(cells[i])] != nil {
			exact++
		}
	}
	if exact < 3 {
		return nil
	}
	return headAt(&grid{rows: []int{row.N}, cells: [][]string{cells}, numeric: []bool{false}}, 0, 1)
}

// ours tells a sheet of our own exports that has no records of its own: 违法行为, 处罚与措施, 说明 …; those of decisions, of which a case may have several; and any whose
// parties have a public name instead of their own.
func (t *tableRead) ours() bool {
	if t.r.ours && t.sheet.Name == "说明" || t.has(veiledTitle) {
		return true
	}
	for id := range report.Sheets {
		if s := &report.Sheets[id]; t.isOur(report.SheetID(id), s.Name, s.Columns) {
			return true
		}
	}
	for i := range report.Profiles {
		for _, s := range report.Profiles[i].Sheets {
			all := report.Sheets[s.Base].Columns
			if s.Columns != nil {
				all = slices.DeleteFunc(slices.Clone(all), func(c report.Column) bool { return !slices.Contains(s.Columns, c.Key) })
			}
			if t.isOur(s.Base, s.Name, all) {
				return true
			}
		}
	}
	return false
}

// isOur tells that the table has the titles of a sheet of ours. A text has the name of its file, and no other ledger has so many of our titles.
func (t *tableRead) isOur(base report.SheetID, name string, columns []report.Column) bool {
	if base == report.SheetCases || base == report.SheetCredit {
		return false
	}
	same := 0
	for _, c := range columns {
		if t.has(c.Title) {
			same++
		}
	}
	return same*5 >= len(columns)*4 && (name == t.sheet.Name || len(columns) >= 6 && len(t.head.columns) <= len(columns)+2)
}

func (t *tableRead) has(title string) bool {
	return slices.ContainsFunc(t.head.columns, func(h Column) bool { return h.Title == title })
}

// veiledTitle is the title of the column of public names.
var veiledTitle = func() string {
	list := report.Sheets[report.SheetDecisions].Columns
	return list[slices.IndexFunc(list, func(c report.Column) bool { return c.Key == "public_party" })].Title
}()

// reach fills in cells that are merged with one above, and forgets those that end.
func (t *tableRead) reach(row *Row) {
	for len(t.merges) > 0 && t.merges[0].Row <= row.N {
		m := t.merges[0]
		t.merges = t.merges[1:]
		if m.Row == row.N && m.Col <= len(row.Cells) && len(t.carried) < maxColumns {
			t.carried = append(t.carried, carry{m, row.Cells[m.Col-1]})
		}
	}
	t.carried = slices.DeleteFunc(t.carried, func(c carry) bool { return c.m.ToRow < row.N })
}

// withCarried are the cells of a row with those that reach down to it.
func (t *tableRead) withCarried(row Row) (cells []Cell, warnings []string) {
	cells = row.Cells
	for _, c := range t.carried {
		if c.m.Row == row.N || c.m.Col <= len(cells) && cells[c.m.Col-1].Text != "" {
			continue
		}
		col := t.columns[c.m.Col]
		if col == nil || fieldNamed[col.Field] == nil || c.cell.Text == "" {
			continue
		}
		if as := fieldNamed[col.Field].as; as == asMoney || as == asCount {
			warnings = append(warnings, fmt.Sprintf("“%s”与第 %d 行合并，只计在第 %d 行", clip(col.Title), c.m.Row, c.m.Row))
			continue
		}
		cells = slices.Grow(cells, max(0, c.m.Col-len(cells)))
		for len(cells) < c.m.Col {
			cells = append(cells, Cell{})
		}
		cells[c.m.Col-1] = c.cell
	}
	return cells, warnings
}

// record reads a row of the table.
func (t *tableRead) record(row Row) {
	rec := Record{Farms: t.head.farms, Visits: t.head.visits}
	var warnings []string
	reject := func(col *Column, value string, reason string) {
		x := Rejected{Sheet: t.sheet.Name, Row: row.N, Reason: reason, Value: clip(value)}
		if col != nil {
			x.Column = col.Title
		}
		t.r.out.Rejected = append(t.r.out.Rejected, x)
	}
	if row.Hidden {
		warnings = append(warnings, "这一行在工作表里是隐藏的")
	}
	cells, carried := t.withCarried(row)
	warnings = append(warnings, carried...)
	var failed func()
	for i, c := range cells {
		col := t.columns[i+1]
		if col == nil || c.Text == "" || col.Field == "" {
			continue
		}
		f := fieldNamed[col.Field]
		if f == nil || f.to == nil && !slices.Contains(toRecord, f.as) {
			continue
		}
		x := cellRead{r: t.r, col: col, from04: t.sheet.From04}
		err := x.read(&rec, f, c)
		if f.as == asMoney || f.as == asCount {
			t.count(col.N, t.numberOf(&rec, f), err == nil)
		}
		if err != nil && failed == nil {
			failed = func() { reject(col, c.Text, err.Error()) }
		}
		warnings = append(warnings, x.warnings...)
	}
	if failed != nil {
		failed()
		return
	}
	warnings = append(warnings, t.complete(&rec, cells)...)
	if reason := t.impossible(&rec, cells); reason != "" {
		reject(nil, "", reason)
		return
	}
	warnings = append(warnings, t.doubts(&rec, row.N)...)
	t.r.out.Accepted = append(t.r.out.Accepted, Accepted{t.sheet.Name, row.N, rec, warnings})
}

// toRecord are the ways of reading that know by themselves where a value goes.
var toRecord = []kindOf{asCode, asPerson, asResult, asOther}

// numberOf is what a cell adds to its column's total.
func (t *tableRead) numberOf(rec *Record, f *field) int64 {
	switch v := f.to(rec).(type) {
	case **registry.Money:
		if *v != nil {
			return int64(**v)
		}
	case **int64:
		if *v != nil && v == &rec.Heads {
			return headsOf(rec)
		}
		if *v != nil {
			return **v
		}
	}
	return 0
}

// headsOf are the animals of all species.
func headsOf(rec *Record) (n int64) {
	for _, h := range rec.Herds {
		if h.Count != nil {
			n += *h.Count
		}
	}
	if n == 0 && rec.Heads != nil {
		return *rec.Heads
	}
	return n
}
