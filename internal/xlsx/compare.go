package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
)

// A workbook that came back is compared with one that was made anew: what differs is told by sheet, case and column.

// Change is what kind of difference it is.
type Change string

// The changes, from the first workbook to the second.
const (
	Changed Change = "改动"
	Added   Change = "增加"
	Lost    Change = "缺少"
)

// Difference is one cell or one row in which two workbooks differ.
type Difference struct {
	Change  Change
	Sheet   string
	Row     int    // in the first workbook; of what it lacks, in the second
	Case    string // number or name of the case, where the row is one's
	Column  string // its title, or its letter where the sheet has none; empty of a whole row
	Was, Is string
}

// Differences are those of two workbooks.
type Differences struct {
	List  []Difference // the first of them
	Cells int          // changed, in rows that both have
	Added int          // rows
	Lost  int          // rows
	Parts []string     // of the files, by name, whose content differs: also formulas, styles, properties
}

// None tells whether nothing differs, to the letter.
func (d *Differences) None() bool { return len(d.Parts) == 0 && d.Same() }

// Same tells whether all cells are the same.
func (d *Differences) Same() bool { return d.Cells+d.Added+d.Lost == 0 }

func (d *Differences) add(x Difference) {
	switch {
	case x.Change == Added:
		d.Added++
	case x.Change == Lost:
		d.Lost++
	default:
		d.Cells++
	}
	if len(d.List) < mostRemembers {
		d.List = append(d.List, x)
	}
}

// Compare tells what differs from the first workbook to the second. Rows are matched by case: a case more or less does not move the rest. It reads both
// sheet by sheet, with memory that grows by a few bytes a case.
func Compare(was, is *Workbook) (d Differences, err error) {
	for name, sum := range was.parts {
		if other, ok := is.parts[name]; !ok || other != sum {
			d.Parts = append(d.Parts, name)
		}
	}
	for name := range is.parts {
		if _, ok := was.parts[name]; !ok {
			d.Parts = append(d.Parts, name)
		}
	}
	slices.Sort(d.Parts)
	if len(d.Parts) == 0 {
		return d, nil
	}
	for _, x := range is.renames(was) {
		d.add(x)
	}
	old, now := was.sheets(), is.sheets()
	cases, err := matchCases(was, is)
	if err != nil {
		return d, unreadable(err)
	}
	for _, rows := range []bool{true, false} { // first the rows of cases, then the sheets of figures that follow from them
		for i, name := range old {
			if sameSheet(was, is, i) {
				continue
			}
			if !slices.Contains(now, name) || is.lacks(name) {
				if rows {
					d.add(Difference{Change: Lost, Sheet: name, Column: "整张工作表"})
				}
				continue
			}
			if err := compareSheet(was, is, name, rows, cases, &d); err != nil {
				return d, unreadable(fmt.Errorf("工作表“%s”：%w", name, err))
			}
		}
	}
	for _, name := range now {
		if !slices.Contains(old, name) {
			d.add(Difference{Change: Added, Sheet: name, Column: "整张工作表"})
		}
	}
	return d, nil
}

// unreadable says of a workbook whose sheets cannot be read that it is so: it is whoever sent it who can do something about it.
func unreadable(err error) error {
	return registry.Invalid("file", "文件里的工作表读不出来，不能逐行比较（%v）", err)
}

// sameSheet tells whether a sheet is the same in both to the letter, by its part: where both books name their parts alike, and as this package does, a
// sheet's part bears its number.
func sameSheet(was, is *Workbook, i int) bool {
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", sheetPart(i)} {
		if was.parts[name] != is.parts[name] {
			return false
		}
	}
	_, there := is.parts[sheetPart(i)]
	return there
}

// sheetPart is the part of a sheet, from 0, as this package and most programs name it.
func sheetPart(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

// group are the rows of one case in a sheet.
type group struct {
	number string
	at     []int
	rows   [][]string
}

// groups hands out the rows of a sheet by case.
type groups struct {
	r       *rowsOf
	pending bool
}

func (g *groups) next() (x group, ok bool) {
	for g.pending || g.r.next() {
		g.pending = false
		if len(g.r.row) == 0 {
			continue
		}
		if ok && g.r.row[0] != x.number {
			g.pending = true
			return x, true
		}
		x.number, ok = g.r.row[0], true
		x.at, x.rows = append(x.at, g.r.n), append(x.rows, slices.Clone(g.r.row))
	}
	return x, ok
}

// byCase tells by the header whether the rows of a sheet are of cases: its first column is the number of the case.
func byCase(header []string) bool {
	return len(header) > 1 && (header[0] == "序号" || header[0] == "案件序号")
}

// compareSheet compares a sheet of rows of cases, or one of another kind; the other kind is left alone.
func compareSheet(was, is *Workbook, name string, rows bool, cases pairs, d *Differences) error {
	a, err := was.rows(name)
	if err != nil {
		return err
	}
	defer a.close()
	a.next()
	if byCase(a.row) != rows {
		return a.err
	}
	b, err := is.rows(name)
	if err != nil {
		return err
	}
	defer b.close()
	b.next()
	s := sheetComparison{name: name, header: slices.Clone(a.row), d: d}
	s.row(a.n, "", a.row, b.row, 0)
	if rows {
		s.cases(&groups{r: a}, &groups{r: b}, cases)
		s.replaced(was, is)
	} else {
		moved := d.Added + d.Lost
		s.plain(a.rest(), b.rest())
		if !was.formulasOf(name).any() {
			s.replaced(was, is)
		} else if d.Added+d.Lost == moved { // else a formula stands in another row
			if err := s.formulas(was, is, max(a.n, b.n)); err != nil {
				return err
			}
		}
	}
	if a.err != nil {
		return a.err
	}
	return b.err
}

// CompareRows tells what differs between the rows of a sheet that are kept as text, their titles first.
func CompareRows(sheet string, was, is [][]string) (d Differences) {
	for _, rows := range [][][]string{was, is} {
		for _, row := range rows {
			for i := range row {
				row[i] = plainNumber(row[i])
			}
		}
	}
	s := sheetComparison{name: sheet, header: was[0], d: &d}
	s.plain(was[1:], is[1:])
	return d
}

// mostPlain is how many rows of a sheet of figures are kept and compared: a ledger's has some hundred.
const mostPlain = 5000

// rest are the rows that are left of a sheet of figures.
func (r *rowsOf) rest() (list [][]string) {
	for len(list) < mostPlain && r.next() {
		list = append(list, slices.Clone(r.row))
	}
	if len(list) == mostPlain && r.next() {
		r.err = fmt.Errorf("有 %d 行以上，不是台账的工作表", mostPlain)
	}
	for len(list) > 0 && begin(list[len(list)-1]) == "" {
		list = list[:len(list)-1]
	}
	return list
}

// plain compares the rows of a sheet of figures, which follow its first: what is alike at both ends and in between stays, and of the rest rows that begin
// alike are one row.
func (s *sheetComparison) plain(a, b [][]string) {
	n := 0 // rows before a and b
	for len(a) > 0 && len(b) > 0 && alike(a[0], b[0]) {
		a, b, n = a[1:], b[1:], n+1
	}
	for len(a) > 0 && len(b) > 0 && alike(a[len(a)-1], b[len(b)-1]) {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		at, to := n+i+2, n+j+2
		switch {
		case i < len(a) && j < len(b) && (alike(a[i], b[j]) || begin(a[i]) == begin(b[j])):
			s.row(at, "", a[i], b[j], 0)
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || !contains(b[j:], begin(a[i])) && contains(a[i:], begin(b[j]))):
			s.add(Lost, at, a[i])
			i++
		case j < len(b) && (i == len(a) || !contains(a[i:], begin(b[j])) && contains(b[j:], begin(a[i]))):
			s.add(Added, to, b[j])
			j++
		default:
			s.row(at, "", a[i], b[j], 0)
			i, j = i+1, j+1
		}
	}
}

func (s *sheetComparison) add(c Change, n int, row []string) {
	s.d.add(Difference{Change: c, Sheet: s.name, Row: n, Case: begin(row)})
}

func alike(a, b []string) bool { return slices.Equal(filled(a), filled(b)) }

// begin is what a row is known by: its first text.
func begin(row []string) string {
	for _, cell := range row {
		if cell != "" {
			return cell
		}
	}
	return ""
}

func contains(rows [][]string, first string) bool {
	return slices.ContainsFunc(rows, func(row []string) bool { return begin(row) == first })
}

type sheetComparison struct {
	name   string
	header []string
	d      *Differences
}

// formulas compares those of a sheet of figures: a total may be right and what makes it changed.
func (s *sheetComparison) formulas(was, is *Workbook, rows int) error {
	for row := 1; row <= rows; row++ {
		for col := range 16 {
			cell := fmt.Sprintf("%s%d", letters(col), row)
			x, err := was.f.GetCellFormula(s.name, cell)
			if err != nil {
				return err
			}
			y, err := is.f.GetCellFormula(is.own(s.name), cell)
			if err != nil {
				return err
			}
			if strings.ReplaceAll(x, "'", "") != strings.ReplaceAll(y, "'", "") { // another program quotes the names of sheets otherwise
				s.d.add(Difference{Change: Changed, Sheet: s.name, Row: row, Column: letters(col) + " 列公式", Was: x, Is: y})
			}
		}
	}
	return nil
}

// replaced tells which values of a list of cases are formulas now: those written here have none.
func (s *sheetComparison) replaced(was, is *Workbook) {
	x := is.formulasOf(s.name)
	if x == nil || was.formulasOf(s.name).any() {
		return
	}
	for i := range x.n {
		d := Difference{Change: Changed, Sheet: s.name, Was: "值", Is: "公式"}
		if i < len(x.cells) {
			if col, row, err := excelize.CellNameToCoordinates(x.cells[i]); err == nil {
				d.Row, d.Column = row, s.column(col-1)
			}
		}
		s.d.add(d)
	}
}

// row compares two rows cell by cell, from a column on.
func (s *sheetComparison) row(n int, name string, a, b []string, from int) {
	for i := from; i < max(len(a), len(b)); i++ {
		x, y := at(a, i), at(b, i)
		if x != y {
			column := s.column(i)
			s.d.add(Difference{Change: Changed, Sheet: s.name, Row: n, Case: name, Column: column, Was: shown(column, x), Is: shown(column, y)})
		}
	}
}

func at(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func (s *sheetComparison) column(i int) string {
	if (byCase(s.header) || len(filled(s.header)) >= fewestTitles) && at(s.header, i) != "" {
		return s.header[i]
	}
	return letters(i) + " 列"
}

// fewestTitles are more cells than a title above a table of figures has.
const fewestTitles = 5

// shown is a value as the sheet shows it: a day, which is kept as a number.
func shown(column, value string) string {
	days, err := strconv.Atoi(value)
	if err != nil || days < 10_000 || days > 99_999 || !strings.Contains(column, "日") {
		return value
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days).Format(time.DateOnly)
}

// cases merges the rows of both by case, in their order.
func (s *sheetComparison) cases(a, b *groups, p pairs) {
	x, moreA := a.next()
	y, moreB := b.next()
	for moreA || moreB {
		to, stays := p.of(x.number)
		known := p.known(y.number)
		switch {
		case moreA && moreB && stays && to == y.number:
			s.group(x, y)
			if p.all && x.number != y.number { // else the number moves where a case before it comes or goes
				s.d.add(Difference{Change: Changed, Sheet: s.name, Row: x.at[0], Case: s.caseOf(x.rows[0]), Column: s.column(0), Was: x.number, Is: y.number})
			}
			x, moreA = a.next()
			y, moreB = b.next()
		case moreA && (!stays || !moreB || known && earlier(to, y.number)):
			s.whole(Lost, x)
			x, moreA = a.next()
		default:
			s.whole(Added, y)
			y, moreB = b.next()
		}
	}
}

// earlier compares two numbers of cases.
func earlier(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

func (s *sheetComparison) whole(c Change, x group) {
	for i, row := range x.rows {
		s.d.add(Difference{Change: c, Sheet: s.name, Row: x.at[i], Case: s.caseOf(row)})
	}
}

// caseOf is what a row calls its case: number and name.
func (s *sheetComparison) caseOf(row []string) string {
	var words []string
	for _, title := range []string{"案件编号", "案件名称（案由）", "案件名称"} {
		if i := slices.Index(s.header, title); i >= 0 && at(row, i) != "" {
			words = append(words, at(row, i))
		}
	}
	return strings.Join(words, " ")
}

// group compares the rows of one case: those that are alike are matched first, the others in their order.
func (s *sheetComparison) group(x, y group) {
	if len(x.rows) == len(y.rows) {
		for i := range x.rows {
			s.row(x.at[i], s.caseOf(x.rows[i]), x.rows[i], y.rows[i], 1)
		}
		return
	}
	used := make([]bool, len(y.rows))
	var rest []int
	for i, row := range x.rows {
		j := slices.IndexFunc(y.rows, func(other []string) bool { return slices.Equal(trimmed(row), trimmed(other)) })
		for j >= 0 && used[j] {
			k := slices.IndexFunc(y.rows[j+1:], func(other []string) bool { return slices.Equal(trimmed(row), trimmed(other)) })
			if k < 0 {
				j = -1
				break
			}
			j += k + 1
		}
		if j < 0 {
			rest = append(rest, i)
			continue
		}
		used[j] = true
	}
	j := 0
	for _, i := range rest {
		for j < len(used) && used[j] {
			j++
		}
		if j == len(used) {
			s.d.add(Difference{Change: Lost, Sheet: s.name, Row: x.at[i], Case: s.caseOf(x.rows[i])})
			continue
		}
		used[j] = true
		s.row(x.at[i], s.caseOf(x.rows[i]), x.rows[i], y.rows[j], 1)
	}
	for j := range used {
		if !used[j] {
			s.d.add(Difference{Change: Added, Sheet: s.name, Row: y.at[j], Case: s.caseOf(y.rows[j])})
		}
	}
}

// trimmed is a row of a case without the case's number.
func trimmed(row []string) []string {
	return filled(row[min(1, len(row)):])
}

// filled is a row without the empty cells at its end.
func filled(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// Words sum the differences up.
func (d *Differences) Words() string {
	switch {
	case d.None():
		return "完全相同"
	case d.Same():
		return "各单元格的值和公式都相同；格式、图、批注或文件属性不同，如用别的程序打开后另存过"
	}
	return fmt.Sprintf("改动 %d 个单元格，增加 %d 行，缺少 %d 行", d.Cells, d.Added, d.Lost)
}

// Lines tell the differences one by one, as many as were kept.
func (d *Differences) Lines() (list []string) {
	for _, x := range d.List {
		list = append(list, x.String())
	}
	if more := d.Cells + d.Added + d.Lost - len(d.List); more > 0 {
		list = append(list, fmt.Sprintf("……另有 %d 处", more))
	}
	return list
}

// String is a difference in one line.
func (x Difference) String() string {
	place := x.Sheet
	if x.Row > 0 {
		place += fmt.Sprintf(" 第 %d 行", x.Row)
	}
	if x.Case != "" {
		place += "（" + x.Case + "）"
	}
	if x.Change != Changed {
		return strings.TrimSpace(fmt.Sprintf("%s：%s %s", x.Change, place, x.Column))
	}
	return fmt.Sprintf("改动：%s “%s”：“%s” → “%s”", place, x.Column, clip(x.Was, 80), clip(x.Is, 80))
}
