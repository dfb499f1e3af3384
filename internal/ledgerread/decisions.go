package ledgerread

import (
	"errors"
	"fmt"
	"strings"

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
	return head, head.Of[FieldNumber] > 0
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
			case title == "":
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
	Row       int // in the sheet, from 1
	Number    string
	Party     string
	Code      string
	Fine      registry.Money
	DecidedOn registry.Date
	Kinds     []string
	Has       map[SheetField]bool
}

// ReadRow reads a row by the columns that were chosen. The error names the column and the value that cannot be read. blank tells that the row has no value at all, in any column.
func (h *SheetHead) ReadRow(n int, cells []string) (x SheetRow, blank bool, err error) {
	x = SheetRow{Row: n, Has: map[SheetField]bool{}}
	blank = true
	for _, c := range cells {
		blank = blank && strings.TrimSpace(c) == ""
	}
	if blank {
		return x, true, nil
	}
	get := func(f SheetField) (value, title string) {
		c := h.Of[f]
		if c == 0 || c > len(cells) {
			return "", ""
		}
		for _, t := range h.Columns {
			if t.N == c {
				title = t.Title
			}
		}
		return registry.CleanText(cells[c-1]), title
	}
	if x.Number, _ = get(FieldNumber); x.Number == "" {
		return x, false, errors.New("没有文号")
	}
	x.Has[FieldNumber] = true
	if x.Party, _ = get(FieldParty); x.Party != "" {
		x.Has[FieldParty] = true
	}
	if code, _ := get(FieldCode); code != "" {
		x.Code, x.Has[FieldCode] = registry.NormalizeCode(code), true
	}
	if v, title := get(FieldFine); v != "" {
		if x.Fine, err = moneyOf(Cell{Text: v, Kind: Number}, wanTitle(title)); err != nil {
			return x, false, fmt.Errorf("“%s”的“%s”不是金额：%w", title, clip(v), err)
		}
		x.Has[FieldFine] = true
	}
	if v, title := get(FieldOn); v != "" {
		if x.DecidedOn, err = dateOf(Cell{Text: v}, false); err != nil {
			return x, false, fmt.Errorf("“%s”的“%s”不是日期", title, clip(v))
		}
		x.Has[FieldOn] = true
	}
	if v, _ := get(FieldKinds); v != "" {
		x.Kinds = strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("、，,;；/+ \n", r) })
		x.Has[FieldKinds] = len(x.Kinds) > 0
	}
	return x, false, nil
}
