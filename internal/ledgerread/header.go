package ledgerread

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// Column is a column of a table.
type Column struct {
	N     int    // from 1
	Title string // with those above it where headers are merged: 处罚决定·文号
	Field string // what it holds; empty: not known
	Wan   bool   // counts in 万元

	Hidden bool // in its sheet
	out    bool // a person left it out
}

// LeftOut says why nothing of the column is brought in; empty: it is.
func (c *Column) LeftOut() string {
	f := fieldNamed[c.Field]
	switch {
	case f == nil && c.Title == c.untitled():
		return "没有列名，从内容也看不出是什么"
	case f == nil:
		return "按“列的对应”不导入"
	case f.Name == "seq":
		return "只是行的编号"
	case f.Name == "capital":
		return "只用来核对罚款金额，没有小写时才采用"
	case f.as == asKnown:
		return "登记册不保存这一项（" + f.Label + "）"
	}
	return ""
}

// Letters are what spreadsheets call the column.
func (c *Column) Letters() string { return letters(c.N) }

// head is a header: its rows and columns.
type head struct {
	rows    []int // from 1; none where the table has no header
	from    int   // the first row that is the table's
	columns []Column
	titles  map[int]string // what each column's lowest title is: a header that comes again has them
	farms   bool           // the table registers farms
	visits  bool           // the table tells of inspections
	nobody  bool           // no column says which case or farm a row is about
}

// Where a header is looked for, and what it must name.
const (
	headLook   = 40 // rows with something in them
	headRows   = 3
	headTitles = 2 // fields
	longTitle  = 60
)

// grid are the first rows of a sheet as texts, merged cells filled in sideways, with their numbers.
type grid struct {
	rows    []int
	cells   [][]string
	numeric []bool // a row with numbers in it is no header
	wide    bool   // the sheet tells what is merged
}

// findHead finds the header in the first rows: of one, two or three rows, that which names most fields; of equals the lower number of rows. A row that another
// table of the sheet begins with is none: something like a record stands between.
func findHead(g *grid) *head {
	var best *head
	bestScore, bestLast := 0, 0
	for last := range g.rows {
		if best != nil && slices.Contains(g.numeric[bestLast+1:last], true) {
			break
		}
		for n := 1; n <= headRows && n <= last+1; n++ {
			if n > 1 && (g.rows[last]-g.rows[last-n+1] != n-1 || g.numeric[last-n+1]) || g.numeric[last] {
				break
			}
			h := headAt(g, last, n)
			if h == nil {
				continue
			}
			if score := h.score(); score > bestScore {
				best, bestScore, bestLast = h, score, last
			}
		}
	}
	if best != nil && g.under(bestLast) && len(best.rows) < headRows {
		if h := headAt(g, bestLast+1, len(best.rows)+1); h != nil && h.score() > 0 {
			return h
		}
	}
	return best
}

// under tells that the row after a header belongs to it: it has titles under those that are merged sideways, and nothing of its own elsewhere.
func (g *grid) under(last int) bool {
	if last+1 >= len(g.rows) || g.rows[last+1] != g.rows[last]+1 || g.numeric[last+1] {
		return false
	}
	some := false
	for c, t := range g.cells[last+1] {
		above := at(g.cells[last], c)
		switch {
		case t == "" || t == above:
		case above == "" && c > 0 && !g.wide || above != "" && (at(g.cells[last], c+1) == above || c > 0 && at(g.cells[last], c-1) == above):
			some = true
		default:
			return false
		}
	}
	return some
}

// score counts the fields; a row of title that names nothing costs.
func (h *head) score() (n int) {
	for _, c := range h.columns {
		if c.Field != "" {
			n += 4
		}
	}
	if n < 4*headTitles {
		return 0
	}
	return n - len(h.rows)
}

// headAt reads the n rows that end with a row of the grid as a header; nil where they cannot be one.
func headAt(g *grid, last, n int) *head {
	h := &head{titles: map[int]string{}}
	width := 0
	for i := last - n + 1; i <= last; i++ {
		h.rows = append(h.rows, g.rows[i])
		width = max(width, len(g.cells[i]))
	}
	parent := ""
	for c := range width {
		var parts []string
		for i := last - n + 1; i <= last; i++ {
			t := at(g.cells[i], c)
			if len([]rune(t)) > longTitle {
				return nil
			}
			if i < last && t == "" && i == last-n+1 && at(g.cells[last], c) != "" {
				t = parent // merged sideways in a file that does not say so
			}
			if i == last-n+1 && t != "" {
				parent = t
			}
			if t != "" && !slices.Contains(parts, t) {
				parts = append(parts, t)
			}
		}
		if len(parts) == 0 {
			continue
		}
		title := strings.Join(parts, "·")
		h.columns = append(h.columns, Column{N: c + 1, Title: title, Wan: wanTitle(title)})
		h.titles[c+1] = parts[len(parts)-1]
	}
	h.from = h.rows[0]
	h.name()
	return h
}

func at(row []string, c int) string {
	if c < len(row) {
		return row[c]
	}
	return ""
}

// name gives the columns their fields: titles that are one of its words first, then those that hold one, those that say of which step what they are, then the short ones.
func (h *head) name() {
	taken := map[string]bool{}
	for _, pass := range []func(*Column) *field{exactly, partly, composed, weakly} {
		for i := range h.columns {
			c := &h.columns[i]
			if c.Field != "" {
				continue
			}
			if f := pass(c); f != nil && (!taken[f.Name] || f.as == asKnown) {
				c.Field, taken[f.Name] = f.Name, true
			}
		}
	}
	h.settle()
}

// caseFields are those that only a ledger of cases has.
var caseFields = []string{"decision_number", "fine_yuan", "decided_on", "filed_on", "narrative", "type", "penalty_kinds", "content", "violated", "found_on", "number", "order_number"}

// stepFields are those of which one makes a row a case, beside the number and the name of it.
var stepFields = []string{"decision_number", "fine_yuan", "taken_yuan", "decided_on", "filed_on", "filed_number", "penalty_kinds", "content", "violated", "basis", "number", "title", "order_number", "order_on",
	"notice_number", "notice_on", "no_penalty_number", "no_penalty_on", "closed_on", "own_id"}

// settle tells from the fields whether the table registers farms, inspections, or nothing at all.
func (h *head) settle() {
	has := func(field string) bool { return h.column(field) != nil }
	h.nobody = !slices.ContainsFunc(identities, has)
	h.visits = !slices.ContainsFunc(stepFields, has) && (has("party") || has("farm")) && (has("inspected_on") || has("found_on") && (has("inspectors") || has("result") || has("inspection_kind")))
	h.farms = !h.visits && !slices.ContainsFunc(caseFields, has) && (has("farm") || has("party") && (has("head_count") || has("species")))
}

// untitled is what a column without a title is called.
func (c *Column) untitled() string { return letters(c.N) + " 列" }

// leaf and whole are the lowest title of a column and all of them in a row.
func (c *Column) leaf() string {
	if i := strings.LastIndex(c.Title, "·"); i >= 0 {
		return c.Title[i+len("·"):]
	}
	return c.Title
}

func (c *Column) whole() string { return wholeMarks.Replace(c.Title) }

// wholeMarks are what joins titles, and words of the upper that say nothing: 处罚决定情况·文号.
var wholeMarks = strings.NewReplacer("基本情况·", "", "基本信息·", "", "情况·", "", "信息·", "", "内容·", "", "环节·", "", "阶段·", "", "·", "")

func exactly(c *Column) *field {
	if strings.Contains(c.Title, "·") {
		if f := titleOf[titleKey(c.whole())]; f != nil {
			return f
		}
	}
	f := titleOf[titleKey(c.leaf())]
	if f == nil || f.weak && len([]rune(titleKey(c.leaf()))) <= 2 || f.Name == "seq" && c.N > 2 || f.excludes(c.whole()) {
		return nil
	}
	if titleKey(c.leaf()) == titleKey("金额") {
		return nil
	}
	return f
}

// partly finds the longest word of a field that the title holds.
func partly(c *Column) (best *field) {
	title, most := titleKey(c.whole()), 2
	if len([]rune(title)) > 24 {
		return nil
	}
	if i := strings.IndexByte(title, '('); i > 0 && strings.HasSuffix(title, ")") { // 当事人（身份证号）: what stands before is what it is
		if f := titleOf[title[:i]]; f != nil && (!f.weak || utf8.RuneCountInString(title[:i]) > 2) && !f.excludes(title) {
			return f
		}
	}
	for i := range fields {
		f := &fields[i]
		if f.excludes(title) || f.as == asKnown {
			continue
		}
		for _, w := range f.keys {
			if n := utf8.RuneCountInString(w); n > most && strings.Contains(title, w) {
				best, most = f, n
			}
		}
	}
	return best
}

// steps are the words by which a title says of which step its day or its number is, in the order in which they are looked for: 处罚决定书送达时间 is that of the service.
var titleSteps = []struct{ words, day, number string }{
	{"送达", "served_on", ""}, {"不予", "no_penalty_on", "no_penalty_number"}, {"告知", "notice_on", "notice_number"}, {"责令,责改,改正", "order_on", "order_number"}, {"缴,入库,交款", "paid_on", ""},
	{"结案,办结", "closed_on", ""}, {string(registry.DocFiling), "filed_on", "filed_number"}, {"采样", "sampled_on", ""}, {"报告,监测", "", "report_number"}, {"决定,处罚,罚书,下达", "decided_on", "decision_number"},
	{"检查,巡查,执法", "inspected_on", ""}, {"发现,案发", "found_on", ""}, {"排污许可,排污登记,排污证", "", "permit_number"},
}

var (
	dayTitle    = lazyregexp.New(`(日期|时间|日|年月)$`)
	numberTitle = lazyregexp.New(`(号|号码|文书)$`)
	fineTitle   = lazyregexp.New(`^(处|行政)?(罚金|罚没款|罚没|罚款|处罚款)(金|数)?额?$`)
	headTitle   = lazyregexp.New(`(实际|目前|现有?|年末|当前)?存栏(量|数|数量|规模|情况)?$`)
	causeTitle  = lazyregexp.New(`(违法|违规|所犯|案件)(事由|情节|问题)$|案由`)
)

// composed understands a title by its parts: what it is of, and whether it is a day, a number or an amount.
func composed(c *Column) *field {
	title := strings.NewReplacer("(登记)", "", "(盖章)", "", "(万)", "").Replace(titleKey(c.whole()))
	is := func(name string) *field {
		if f := fieldNamed[name]; f != nil && !f.excludes(title) {
			return f
		}
		return nil
	}
	day, number := dayTitle.MatchString(title), numberTitle.MatchString(title)
	switch {
	case utf8.RuneCountInString(title) > 24:
	case day || number:
		for _, s := range titleSteps {
			if slices.ContainsFunc(strings.Split(s.words, ","), func(w string) bool { return strings.Contains(title, w) }) {
				return is(map[bool]string{true: s.day, false: s.number}[day])
			}
		}
	case fineTitle.MatchString(title):
		return is("fine_yuan")
	case headTitle.MatchString(title):
		return is("head_count")
	case causeTitle.MatchString(title):
		return is("narrative")
	}
	return nil
}

// weakly takes 文号, 日期 and 金额 for the decision's.
func weakly(c *Column) *field {
	f := titleOf[titleKey(c.leaf())]
	if f == nil || f.excludes(c.whole()) || f.Name == "seq" {
		return nil
	}
	return f
}

func (f *field) excludes(title string) bool {
	if f.not == "" {
		return false
	}
	for _, w := range strings.Split(f.not, ",") {
		if strings.Contains(title, w) {
			return true
		}
	}
	return false
}

// rest has what no field keeps go to the note: what has a title, and no values that a person left out.
func (h *head) rest() {
	if h.column("own_id") != nil || h.nobody {
		return // one of our exports: its record has all that
	}
	for i := range h.columns {
		if c := &h.columns[i]; c.Field == "" && !c.out && c.Title != c.untitled() {
			c.Field = otherField
		}
	}
}

// again tells that a row is the header once more, as at the top of each printed page.
func (h *head) again(cells []Cell) bool {
	same, filled := 0, 0
	for i, c := range cells {
		if c.Text == "" {
			continue
		}
		filled++
		if t := h.titles[i+1]; t != "" && (t == c.Text || titleKey(t) == titleKey(c.Text)) {
			same++
		}
		if filled == 2 && same == 0 { // nearly all rows: they are told by their first cells
			return false
		}
	}
	return same >= 2 && same*3 >= filled*2
}

// column is the column of a field; nil where there is none.
func (h *head) column(field string) *Column {
	for i := range h.columns {
		if h.columns[i].Field == field {
			return &h.columns[i]
		}
	}
	return nil
}
