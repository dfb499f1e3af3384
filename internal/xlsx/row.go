package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// maxCellText is Excel's limit for one cell, in UTF-16 units. What is longer is cut by Excel itself without a word, so it
// is cut here with one.
const maxCellText = 32767

// cell is a value with its look, and perhaps the live formula that the value is the cached result of.
type cell struct {
	report.Cell
	style   int
	formula string
}

// appendRow writes one row. columns holds the letters of the columns; a height of 0 leaves it to the program.
func appendRow(b []byte, n int, height float64, columns []string, cells []cell, cut *int) []byte {
	var figures [20]byte
	row := strconv.AppendInt(figures[:0], int64(n), 10) // once for all its cells
	b = append(b, `<row r="`...)
	b = append(b, row...)
	if height > 0 {
		// Without customHeight this is what the program would have measured itself: it may measure again after an edit.
		b = append(b, `" ht="`...)
		b = strconv.AppendFloat(b, height, 'f', -1, 64)
	}
	b = append(b, `">`...)
	for i := range cells {
		b = append(b, `<c r="`...)
		b = append(b, columns[i]...)
		b = append(b, row...)
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(cells[i].style), 10)
		b = appendValue(b, &cells[i], cut)
	}
	return append(b, `</row>`...)
}

// appendValue closes the opening tag and writes type, formula and value.
func appendValue(b []byte, c *cell, cut *int) []byte {
	if c.formula != "" {
		return appendFormula(b, c)
	}
	switch c.Kind {
	case report.Empty:
		return append(b, `"/>`...)
	case report.CellDate:
		if serial, ok := serial(c.Date); ok {
			b = append(b, `"><v>`...)
			b = strconv.AppendInt(b, serial, 10)
			return append(b, `</v></c>`...)
		}
		return appendText(b, c.Date.String(), cut)
	case report.CellMoney:
		b = append(b, `"><v>`...)
		b = appendYuan(b, c.N)
		return append(b, `</v></c>`...)
	case report.CellInteger:
		b = append(b, `"><v>`...)
		b = strconv.AppendInt(b, c.N, 10)
		return append(b, `</v></c>`...)
	case report.CellNumber:
		b = append(b, `"><v>`...)
		b = append(b, c.Text...)
		return append(b, `</v></c>`...)
	}
	return appendText(b, c.Text, cut)
}

// appendFormula writes a formula with its result, so that a viewer that does not calculate shows the number too.
func appendFormula(b []byte, c *cell) []byte {
	text := c.Kind == report.CellText
	if text {
		b = append(b, `" t="str`...)
	}
	b = append(b, `"><f>`...)
	b = appendEscaped(b, c.formula)
	b = append(b, `</f><v>`...)
	switch {
	case text:
		b = appendEscaped(b, c.Text)
	case c.Kind == report.CellMoney:
		b = appendYuan(b, c.N)
	case c.Kind == report.CellNumber: // as a program would write what it calculated
		text := c.Text
		if strings.Contains(text, ".") {
			text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		}
		b = append(b, text...)
	default:
		b = strconv.AppendInt(b, c.N, 10)
	}
	return append(b, `</v></c>`...)
}

// appendYuan writes 分 as 元 exactly, without passing through a float.
func appendYuan(b []byte, fen int64) []byte {
	if fen < 0 {
		b, fen = append(b, '-'), -fen
	}
	b = strconv.AppendInt(b, fen/100, 10)
	if c := fen % 100; c != 0 {
		b = append(b, '.', byte('0'+c/10))
		if c%10 != 0 {
			b = append(b, byte('0'+c%10))
		}
	}
	return b
}

// serial is the day number of a full date. Before March 1900 Excel counts a 29 February that never was: such a date, like
// one of which only the month is known, stays text.
func serial(d registry.Date) (int64, bool) {
	if d.Precision() != registry.PrecisionDay {
		return 0, false
	}
	y, m, day := d.YMD()
	n := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC).Unix()/86400 + 25569
	return n, n > 60
}

// appendText writes an inline string: always text, never a formula, whatever it begins with.
func appendText(b []byte, s string, cut *int) []byte {
	if len(s) > maxCellText {
		var did bool
		if s, did = shorten(s); did {
			*cut++
		}
	}
	b = append(b, `" t="inlineStr"><is><t`...)
	if keepSpace(s) {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = append(b, '>')
	b = appendEscaped(b, s)
	return append(b, `</t></is></c>`...)
}

func keepSpace(s string) bool {
	if s == "" {
		return false
	}
	return s[0] <= ' ' || s[len(s)-1] <= ' ' || strings.IndexByte(s, '\n') >= 0
}

// shorten cuts text that a cell cannot hold and says so at its end.
func shorten(s string) (string, bool) {
	units, total := 0, 0
	end := 0
	const room = maxCellText - 64 // the note below, with the largest number, is shorter
	for i, r := range s {
		n := utf16.RuneLen(r)
		if n < 0 {
			n = 1
		}
		if units += n; units <= room {
			end = i + utf8.RuneLen(r)
		}
		total++
	}
	if units <= maxCellText {
		return s, false
	}
	return s[:min(end, len(s))] + fmt.Sprintf("……〔全文 %d 字，超出单元格上限，此处截断〕", total), true
}

// appendEscaped writes s as XML character data: markup escaped, \r as \n, characters that XML 1.0 forbids left out, broken
// UTF-8 replaced. A literal _x0041_ is what Excel would read as the letter A: its first underscore is written _x005F_.
func appendEscaped(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	start := 0
	for i := 0; i < len(s); i++ {
		if !special[s[i]] {
			continue
		}
		var with string
		skip := 1
		switch c := s[i]; {
		case c == '&':
			with = "&amp;"
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '\r':
			if with = "\n"; i+1 < len(s) && s[i+1] == '\n' {
				skip = 2
			}
		case c < ' ': // XML 1.0 has no such character
		case c == 0xEF && strings.HasPrefix(s[i:], "\uFFFE"), c == 0xEF && strings.HasPrefix(s[i:], "\uFFFF"):
			skip = 3
		case c == '_' && isEscape(s[i:]):
			with = "_x005F_"
		default:
			continue
		}
		b = append(b, s[start:i]...)
		b = append(b, with...)
		start = i + skip
		i += skip - 1
	}
	return append(b, s[start:]...)
}

// special are the bytes at which appendEscaped stops to look.
var special = func() (t [256]bool) {
	for c := range ' ' {
		t[c] = c != '\n' && c != '\t'
	}
	for _, c := range []byte{'&', '<', '>', '_', 0xEF} {
		t[c] = true
	}
	return t
}()

func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// guarded reports whether text begins like a formula. As an inline string it is harmless in the file; but a person who
// edits such a cell would make a formula of it, so it also takes the text format (@), as codes do. The value itself is
// not changed: an auditor compares it with the record.
func guarded(s string) bool { return report.FormulaLike(s) }

// letters is a column's name: 0 → A, 26 → AA.
func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// lines is how many lines a text takes in a column of a width in half-width characters.
func lines(s string, width float64) int {
	if float64(2*len(s)) <= width { // cannot need a second line: most cells
		return 1
	}
	total, w := 1, 0.0
	for _, r := range s {
		switch {
		case r == '\n':
			total, w = total+1, 0
			continue
		case r < 0x1100:
			w++
		default:
			w += 2
		}
		if w > width {
			total++
			w = 2
		}
	}
	return total
}
