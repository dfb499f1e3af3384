package registry

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
)

// docNumber is the shape of a number as platforms give them: 江恩环罚〔2024〕12号, 江恩环罚字〔2024〕第12号.
var docNumber = lazyregexp.New(`^[^〔〕0-9]+〔([0-9]{4})〕第?[0-9]{1,6}(-[0-9]{1,3})?号$`)

// NumberDoubts says in Chinese what is odd about a document's number: an unusual shape, another year than the document's. It is
// recorded as it was typed. Other organs number as they like.
func (b *Bureau) NumberDoubts(x *Document) []string {
	if x.Number == "" || x.OrganName != "" {
		return nil
	}
	m := docNumber.FindStringSubmatch(x.Number)
	if m == nil {
		return []string{"文号与常见写法（" + b.SampleNumber() + "）不同"}
	}
	if !x.MadeOn.IsZero() {
		if year, _, _ := x.MadeOn.YMD(); fmt.Sprint(year) != m[1] {
			return []string{fmt.Sprintf("文号的年份是 %s，作出日期在 %d 年", m[1], year)}
		}
	}
	return nil
}

// docNumberKey takes a folded number with its year and figure in one form apart: up to the figure, and a part behind a hyphen.
var docNumberKey = lazyregexp.New(`^(.+?\([0-9]{4}\)[0-9]+(?:-[0-9]+)?)号?$`)

// DocNumberKey is what two spellings of one number have in common: folded, the year and figure in Arabic, without 第, 号, leading zeros and
// closing points. 江恩环罚﹝2026﹞第07号 and 江恩环罚〔2026〕7 are one number; 江恩环罚字〔2026〕7号 is of another series. A number of another shape
// is only folded. Empty stays empty.
func DocNumberKey(s string) string {
	s = Fold(s)
	if writtenAsKey(s) {
		return strings.TrimSuffix(s, "号")
	}
	s = strings.Trim(FoldNumbers(s), ".,;:")
	if !strings.Contains(s, ")") {
		return s // most of what is asked is no number
	}
	if m := docNumberKey.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}

// writtenAsKey tells whether a folded text is written as a key already, but for the 号 behind it, as nearly all numbers are: 江恩环罚(2026)7号. The expressions cost ten times that.
func writtenAsKey(s string) bool {
	open := strings.IndexByte(s, '(')
	if open <= 0 || strings.IndexByte(".,;:", s[0]) >= 0 || strings.Contains(s[:open], "《") {
		return false
	}
	figures := func(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
	s = strings.TrimSuffix(s[open+1:], "号")
	if figures(s) != 4 || len(s) < len("2026)7") || s[4] != ')' || s[5] == '0' {
		return false
	}
	s = s[5:]
	if first, second, parted := strings.Cut(s, "-"); parted {
		return figures(first) == len(first) && first != "" && figures(second) == len(second) && second != ""
	}
	return figures(s) == len(s)
}

// yearAndFigure is where the number of a document shows in a folded text: the year in brackets, in figures of either kind, and the figure.
var yearAndFigure = lazyregexp.New(`[(《]([0-9]{4}|[○零一二三四五六七八九]{4})年?[)》]第?0*([0-9])`)

var chineseFigures = strings.NewReplacer("○", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// FoldNumbers writes the document numbers inside a folded text in one form: (二○二六年)第07号 as (2026)7号. The rest stays.
func FoldNumbers(s string) string {
	if !mayHoldYear(s) {
		return s
	}
	return yearAndFigure.ReplaceAllStringFunc(s, func(number string) string {
		return oneNumber(yearAndFigure.FindStringSubmatch(number))
	})
}

// mayHoldYear tells whether a figure stands behind a bracket: the titles of laws are in brackets too.
func mayHoldYear(s string) bool {
	behind := false
	for _, r := range s {
		if behind && (isFigure(r) || strings.ContainsRune("○零一二三四五六七八九", r)) {
			return true
		}
		behind = r == '(' || r == '《'
	}
	return false
}

func oneNumber(m []string) string { return "(" + chineseFigures.Replace(m[1]) + ")" + m[2] }

// NumberExample is what numbers of a kind look like in a district: 江恩环罚〔2024〕n号. Empty where the series is not known.
func (b *Bureau) NumberExample(districtCode string, k DocumentKind, year int) string {
	d, ok := b.District(districtCode)
	if !ok || k.Code == "" || year == 0 {
		return ""
	}
	return b.number(d.Abbr, k.Code, year, "n")
}

// NumberSeries is the beginning that the keys of all numbers of a kind, a district and a year have in common (DocNumberKey). Empty where the
// series is not known, or its numbers do not end with the figure.
func (b *Bureau) NumberSeries(districtCode string, k DocumentKind, year int) string {
	d, ok := b.District(districtCode)
	if !ok || k.Code == "" || year == 0 {
		return ""
	}
	series, ends := strings.CutSuffix(DocNumberKey(NormalizeDocNumber(b.number(d.Abbr, k.Code, year, "1"))), "1")
	if !ends {
		return ""
	}
	return series
}

// NumberAfter is the number that follows those of a series, given by their keys: 江恩环罚〔2024〕13号 after …12. Numbers that are left out are not
// given again. Empty where the series is not known.
func (b *Bureau) NumberAfter(districtCode string, k DocumentKind, year int, keys []string) string {
	series, last := b.NumberSeries(districtCode, k, year), 0
	if series == "" {
		return ""
	}
	for _, key := range keys {
		figure, of := strings.CutPrefix(key, series)
		figure, _, _ = strings.Cut(figure, "-")
		if n, err := strconv.Atoi(figure); of && err == nil {
			last = max(last, n)
		}
	}
	d, _ := b.District(districtCode)
	return b.number(d.Abbr, k.Code, year, strconv.Itoa(last+1))
}
