package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

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
var notOf = map[SheetField][]string{FieldCode: {"机关", "数据来源"}, FieldFine: {"没收", "大写", "缴"}, FieldNumber: {"立案", "告知", "责改", "责令"}}

// SheetColumn is a column of a sheet, from 1.
type SheetColumn struct {
	N     int
	Title string // with the title above it where headers are merged; of two alike the letter is added
}

// Letters are what spreadsheets call the column.
func (c SheetColumn) Letters() string { return columnLetters(c.N) }

// SheetHead is what was recognised at the top of a sheet.
type SheetHead struct {
	Row     int // the last row of the header, from 1
	Columns []SheetColumn
	Of      map[SheetField]int // the column of a field; 0: none
	Notes   []string           // what a person should look at
}

// headLook is how many rows a header is looked for in.
const headLook = 20

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
			list[i].Title += "（" + columnLetters(list[i].N) + " 列）"
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

// columnLetters is a column's name: 1 → A.
func columnLetters(n int) (s string) {
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
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
			bare, _, _ := strings.Cut(t.Title, "（"+columnLetters(t.N)+" 列）")
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
				notes = append(notes, fmt.Sprintf("“%s”有 %d 列（%s、%s 列），用了前一列，请确认。", f.Label, len(exact), columnLetters(exact[0].N), columnLetters(exact[1].N)))
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
		if x.Fine, err = sheetMoney(v, strings.Contains(title, "万元")); err != nil {
			return x, false, fmt.Errorf("“%s”的“%s”不是金额：%w", title, registryClip(v), err)
		}
		x.Has[FieldFine] = true
	}
	if v, title := get(FieldOn); v != "" {
		if x.DecidedOn, err = SheetDate(v); err != nil {
			return x, false, fmt.Errorf("“%s”的“%s”不是日期", title, registryClip(v))
		}
		x.Has[FieldOn] = true
	}
	if v, _ := get(FieldKinds); v != "" {
		x.Kinds = strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("、，,;；/+ \n", r) })
		x.Has[FieldKinds] = len(x.Kinds) > 0
	}
	return x, false, nil
}

func registryClip(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// sheetMoney reads an amount of a cell. In a column of 万元 a plain number counts those; with its unit written, 2万元 and 20,000.00 are what they say everywhere. A spreadsheet may keep
// 0.3 as 0.30000000000000004: what is behind the sixth decimal of 万元, or the second of 元, is rounded where it is such a trace.
func sheetMoney(v string, wan bool) (registry.Money, error) {
	plain := strings.ReplaceAll(strings.TrimSpace(registry.HalfWidth(v)), ",", "")
	if f, err := strconv.ParseFloat(plain, 64); err == nil {
		scale, digits := 100.0, 2
		if wan {
			scale, digits = 1000000.0, 6
		}
		text := strconv.FormatFloat(f, 'f', digits, 64)
		back, _ := strconv.ParseFloat(text, 64)
		if f < 0 || f > 1e9 || (f-back)*scale > 0.001 || (back-f)*scale > 0.001 {
			return 0, errors.New("是负数、太大，或者小数过多")
		}
		n, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
		return registry.Money(n), err
	}
	return registry.ParseYuan(v)
}

// SheetDate reads a date of a cell: as people write it, or the number of days that spreadsheets keep, also with a time of day behind it.
func SheetDate(v string) (registry.Date, error) {
	if f, err := strconv.ParseFloat(v, 64); err == nil && f >= 20000 && f < 80000 && (len(v) == 5 || strings.Contains(v, ".")) {
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(f))
		return registry.Day(t.Year(), int(t.Month()), t.Day()), nil
	}
	day, _, _ := strings.Cut(strings.TrimSpace(strings.NewReplacer("/", "-", "T", " ").Replace(registry.HalfWidth(v))), " ")
	return registry.ParseDate(day)
}

// RowsOfCSV are the rows of a text table in UTF-8, UTF-16 or GB 18030, whose values are apart by commas, tabs or semicolons, as its first line tells.
func RowsOfCSV(b []byte) (iter.Seq2[[]string, error], error) {
	text, err := Decode(b)
	if err != nil {
		return nil, err
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	first, _, _ := strings.Cut(text, "\n")
	comma := ','
	for _, c := range "\t;" {
		if strings.Count(first, string(c)) > strings.Count(first, string(comma)) {
			comma = c
		}
	}
	return func(yield func([]string, error) bool) { // from the beginning each time
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, comma
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				err = fmt.Errorf("第 %d 行读不出来，文件可能损坏", lineOf(r))
			}
			for i, c := range cells {
				cells[i] = strings.TrimPrefix(c, "'") // how text that looks like a formula is kept from being one
			}
			if !yield(cells, err) || err != nil {
				return
			}
		}
	}, nil
}

func lineOf(r *csv.Reader) int {
	line, _ := r.FieldPos(0)
	return line
}
