package ledgerread

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// SheetField is a value of a decision that a sheet of another system may have a column of.
type SheetField string

// The fields of a sheet. The number finds the decision; the others are compared.
const (
	FieldNumber SheetField = "number"
	FieldParty  SheetField = "party"
	FieldCode   SheetField = "code"
	FieldFine   SheetField = "fine"
	FieldOn     SheetField = "decided_on"
	FieldKinds  SheetField = "kinds"
)

// SheetFields are the fields with the titles they are known by: a title that is one of the words, else one that holds one. The columns of 信用中国's template are among them.
var SheetFields = []struct {
	Field SheetField
	Label string
	Words []string
}{
	{FieldNumber, "决定书文号", []string{"行政处罚决定书文号", "处罚决定书文号", "决定书文号", "处罚决定文书号", "处罚文号", "决定文号", "文号"}},
	{FieldParty, "当事人", []string{"行政相对人名称", "当事人名称", "当事人", "被处罚人", "处罚对象", "单位名称", "企业名称", "相对人"}},
	{FieldCode, "统一社会信用代码", []string{"行政相对人代码_1（统一社会信用代码）", "统一社会信用代码", "社会信用代码", "信用代码"}},
	{FieldFine, "罚款金额", []string{"罚款金额（万元）", "罚款金额(万元)", "罚款金额（元）", "罚款金额", "处罚金额", "罚款数额", "罚款"}},
	{FieldOn, "决定日期", []string{"处罚决定日期", "决定日期", "决定书日期", "处罚日期", "作出决定日期"}},
	{FieldKinds, "处罚种类", []string{"处罚类别", "处罚种类", "处罚类型"}},
}

// notOf are words of titles that hold a word of a field, of somebody else.
var notOf = map[SheetField][]string{FieldCode: {"机关", "数据来源"}, FieldFine: {"没收", "大写", "缴"}, FieldNumber: {string(registry.DocFiling), "告知", "责改", "责令"}}

// SheetColumn is a column of a sheet, from 1.
type SheetColumn struct {
	N     int
	Title string // with the title above it where headers are merged; of two alike the letter is added
}

// Letters are what spreadsheets call the column.
func (c SheetColumn) Letters() string { return letters(c.N) }

// SheetHead is what was recognised at the top of a sheet.
type SheetHead struct {
	Row     int // the last row of the header, from 1
	Columns []SheetColumn
	Of      map[SheetField]int // the column of a field; 0: none
	Wan     bool               // amounts count in 万元 where their title does not say otherwise: it stands above the table
	Notes   []string           // what a person should look at
}

// HeadOf finds the header in the first rows of a sheet: the row whose titles, alone or below merged ones, name most fields. ok is false where none names the number of a decision.
func HeadOf(rows [][]string) (head SheetHead, ok bool) {
	best := 0
	for r := range rows[:min(len(rows), headLook)] {
		for _, double := range []bool{false, true} {
			if double && r == 0 {
				continue
			}
			titles := titlesOf(rows, r, double)
			of, notes := fieldsOf(titles)
			score := 2 * len(of)
			if of[FieldNumber] == 0 {
				score--
			}
			if score > best {
				best, head = score, SheetHead{Row: r + 1, Columns: titles, Of: of, Notes: notes}
			}
		}
	}
	head.above(rows)
	return head, head.Of[FieldNumber] > 0
}

// above takes from the rows above the header in which unit amounts count.
func (h *SheetHead) above(rows [][]string) {
	for _, row := range rows[:min(max(h.Row-1, 0), len(rows))] {
		for c := range row {
			if unit := registry.Fold(cellAt(row, c)); strings.Contains(unit, "单位:万元") && !h.Wan {
				h.Wan = true
				h.Notes = append(h.Notes, "表头上方写明单位是万元，金额按万元读；列名里写明“元”的除外。")
			}
		}
	}
}

// wan tells that a column of amounts counts in 万元.
func (h *SheetHead) wan(title string) bool {
	folded := registry.Fold(title)
	return wanTitle(title) || h.Wan && !strings.Contains(folded, "(元)") && !strings.Contains(folded, "单位:元")
}

// HeadAt is the header that a person says ends in a row, from 1.
func HeadAt(rows [][]string, row int) SheetHead {
	row = min(max(row, 1), max(len(rows), 1))
	if len(rows) == 0 {
		return SheetHead{Row: 1, Of: map[SheetField]int{}}
	}
	head := SheetHead{Row: row, Columns: titlesOf(rows, row-1, false)}
	head.Of, head.Notes = fieldsOf(head.Columns)
	if row > 1 {
		if titles := titlesOf(rows, row-1, true); len(titles) > 0 {
			if of, notes := fieldsOf(titles); len(of) > len(head.Of) {
				head.Columns, head.Of, head.Notes = titles, of, notes
			}
		}
	}
	head.above(rows)
	return head
}

// titlesOf are the titles in row r; double puts those of the row above before them: a merged one stands in its first column and is blank in the others.
func titlesOf(rows [][]string, r int, double bool) (list []SheetColumn) {
	row := rows[r]
	width := len(row)
	var above []string
	if double {
		above = rows[r-1]
		width = max(width, len(above))
	}
	seen := map[string]int{}
	parent := ""
	for c := range width {
		title := cellAt(row, c)
		if double {
			if a := cellAt(above, c); a != "" {
				parent = a
			}
			switch {
			case title == "", title == cellAt(above, c):
				title = cellAt(above, c) // merged downwards
			case parent != "":
				title = parent + "·" + title
			}
		}
		if title == "" {
			continue
		}
		seen[title]++
		list = append(list, SheetColumn{c + 1, title})
	}
	for i := range list {
		if seen[list[i].Title] > 1 {
			list[i].Title += "（" + letters(list[i].N) + " 列）"
		}
	}
	return list
}

func cellAt(row []string, c int) string {
	if c >= len(row) {
		return ""
	}
	return strings.Join(strings.Fields(registry.CleanText(row[c])), "")
}

// fieldsOf tells which columns hold which fields: a title that is a word before one that holds one, and of several the first, which is noted.
func fieldsOf(titles []SheetColumn) (of map[SheetField]int, notes []string) {
	of = map[SheetField]int{}
	taken := map[int]bool{}
	for _, f := range SheetFields {
		var exact, part []SheetColumn
		for _, t := range titles {
			if taken[t.N] || len([]rune(t.Title)) > 60 {
				continue
			}
			bare, _, _ := strings.Cut(t.Title, "（"+letters(t.N)+" 列）")
			last := bare[strings.LastIndex(bare, "·")+len("·"):]
			if !strings.Contains(bare, "·") {
				last = bare
			}
			switch {
			case holdsAny(bare, notOf[f.Field]):
			case isAny(last, f.Words):
				exact = append(exact, t)
			case holdsAny(bare, f.Words):
				part = append(part, t)
			}
		}
		if found := append(exact, part...); len(found) > 0 {
			of[f.Field], taken[found[0].N] = found[0].N, true
			if len(exact) > 1 {
				notes = append(notes, fmt.Sprintf("“%s”有 %d 列（%s、%s 列），用了前一列，请确认。", f.Label, len(exact), letters(exact[0].N), letters(exact[1].N)))
			}
		}
	}
	return of, notes
}

func isAny(s string, words []string) bool {
	for _, w := range words {
		if registry.Fold(s) == registry.Fold(w) {
			return true
		}
	}
	return false
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// SheetRow is a row of a sheet as it was read. A field whose column is empty is not in Has.
type SheetRow struct {
	Row       int      // in the sheet, from 1
	On        bool     // goes on with the decision of the row above: their cells of the number are merged
	More      []string // parties of the rows that go on with it
	Number    string
	Party     string
	Code      string
	Fine      registry.Money
	DecidedOn registry.Date
	Kinds     []string
	Has       map[SheetField]bool
}

// Aside reports whether a row is none of the table: nothing but what is merged with the row above, the header again on a further page, the numbers of the
// columns, a total, a note, or a place for a signature.
func (h *SheetHead) Aside(row PlainRow) (blank, aside bool) {
	cells := make([]Cell, len(row.Cells))
	var first []string
	for i, text := range row.Cells {
		cells[i] = Cell{Text: registry.CleanText(text), Kind: Text}
		if cells[i].Text != "" && !slices.Contains(row.Carried, i+1) {
			first = append(first, strings.Join(strings.Fields(cells[i].Text), ""))
		}
	}
	if len(first) == 0 {
		return true, false
	}
	number := cellAt(row.Cells, h.Of[FieldNumber]-1)
	for _, c := range h.Columns {
		if c.N == h.Of[FieldNumber] && number != "" && strings.HasSuffix(c.Title, number) {
			return false, true
		}
	}
	total := totalWord.MatchString(first[0]) || len(first) > 1 && isInteger(first[0]) && totalWord.MatchString(first[1])
	return false, total && !digitsBehindYear.MatchString(number) || len(first) <= 4 && toBeSigned(cells) || len(first) <= 2 && noteWord.MatchString(first[0]) || len(first) >= 3 && columnNumbers(cells)
}

// digitsBehindYear is what the number of a decision has and a total has not.
var digitsBehindYear = lazyregexp.New(`\d{4}\D+\d`)

// bareYear is a number whose year has no brackets, as systems that strip signs write it: 江恩环罚2024-12号, 江恩环罚2024年第12号.
var bareYear = lazyregexp.New(`^(\D+?)((?:19|20)\d\d)(?:年?第|年|[-—–_/\s]+第?)0*(\d+)号?$`)

// NumberKey is registry.DocNumberKey of a number as other systems write it.
func NumberKey(s string) string {
	if m := bareYear.FindStringSubmatch(registry.Fold(s)); m != nil {
		s = m[1] + "(" + m[2] + ")" + m[3] + "号"
	}
	return registry.DocNumberKey(s)
}

// ReadRow reads a row by the columns that were chosen. The error names the column and the value that cannot be read.
func (h *SheetHead) ReadRow(n int, row PlainRow) (x SheetRow, err error) {
	x = SheetRow{Row: n, Has: map[SheetField]bool{}, On: slices.Contains(row.Carried, h.Of[FieldNumber])}
	cells := row.Cells
	get := func(f SheetField) (value, title string) {
		c := h.Of[f]
		if c == 0 || c > len(cells) {
			return "", ""
		}
		if x.On && f != FieldNumber && slices.Contains(row.Carried, c) {
			return "", "" // said in the row above
		}
		for _, t := range h.Columns {
			if t.N == c {
				title = t.Title
			}
		}
		return registry.CleanText(cells[c-1]), title
	}
	if x.Number, _ = get(FieldNumber); x.Number == "" {
		return x, errors.New("没有文号")
	}
	x.Has[FieldNumber] = true
	if x.Party, _ = get(FieldParty); x.Party != "" {
		x.Has[FieldParty] = true
	}
	if code, _ := get(FieldCode); code != "" {
		x.Code, x.Has[FieldCode] = registry.NormalizeCode(code), true
	}
	if v, title := get(FieldFine); v != "" {
		if x.Fine, err = moneyOf(Cell{Text: v, Kind: Number}, h.wan(title)); err != nil {
			return x, fmt.Errorf("“%s”的“%s”不是金额：%w", title, clip(v), err)
		}
		x.Has[FieldFine] = true
	}
	if v, title := get(FieldOn); v != "" {
		if x.DecidedOn, err = dateOf(Cell{Text: v}, false); err != nil {
			return x, fmt.Errorf("“%s”的“%s”不是日期", title, clip(v))
		}
		x.Has[FieldOn] = true
	}
	if v, _ := get(FieldKinds); v != "" {
		x.Kinds = strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("、，,;；/+ \n", r) })
		x.Has[FieldKinds] = len(x.Kinds) > 0
	}
	return x, nil
}

// Join adds a row that goes on with this one's decision: a further party, a further fine.
func (x *SheetRow) Join(o *SheetRow) {
	if o.Has[FieldParty] {
		x.More = append(x.More, o.Party)
	}
	if o.Has[FieldFine] {
		x.Fine, x.Has[FieldFine] = x.Fine+o.Fine, true
	}
	x.Kinds = append(x.Kinds, o.Kinds...)
}
