package ledgerread

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Column is a column of a table.
type Column struct {
	N     int    // from 1
	Title string // with those above it where headers are merged: 处罚决定·文号
	Field string // what it holds; empty: not known
	Wan   bool   // counts in 万元
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
}

// findHead finds the header in the first rows: of one, two or three rows, that which names most fields; of equals the lower number of rows.
func findHead(g *grid) *head {
	var best *head
	bestScore := 0
	for last := range g.rows {
		for n := 1; n <= headRows && n <= last+1; n++ {
			if n > 1 && (g.rows[last]-g.rows[last-n+1] != n-1 || g.numeric[last-n+1]) || g.numeric[last] {
				break
			}
			h := headAt(g, last, n)
			if h == nil {
				continue
			}
			if score := h.score(); score > bestScore {
				best, bestScore = h, score
			}
		}
	}
	return best
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

// name gives the columns their fields: titles that are one of its words first, then those that hold one, then the short ones.
func (h *head) name() {
	taken := map[string]bool{}
	for _, pass := range []func(*Column) *field{exactly, partly, weakly} {
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

// settle tells from the fields whether the table registers farms, or nothing at all.
func (h *head) settle() {
	has := func(field string) bool { return h.column(field) != nil }
	h.nobody = !slices.ContainsFunc(identities, has)
	h.farms = !slices.ContainsFunc(caseFields, has) && (has("farm") || has("party") && (has("head_count") || has("species")))
}

// leaf and whole are the lowest title of a column and all of them in a row.
func (c *Column) leaf() string {
	if i := strings.LastIndex(c.Title, "·"); i >= 0 {
		return c.Title[i+len("·"):]
	}
	return c.Title
}

func (c *Column) whole() string { return strings.ReplaceAll(c.Title, "·", "") }

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
		if f := titleOf[title[:i]]; f != nil && !f.weak && !f.excludes(title) {
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
