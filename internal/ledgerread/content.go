package ledgerread

import (
	"regexp"
	"strings"

	"casebook/internal/registry"
)

// contents tell what a column holds whose title says nothing: four of five values must be such.
var contents = []struct {
	field string
	holds func(r *reader, c Cell) bool
}{
	{"credit_code", func(_ *reader, c Cell) bool { return registry.CheckCreditCode(registry.NormalizeCode(c.Text)) == nil }},
	{"decision_number", func(_ *reader, c Cell) bool { return decisionLike.MatchString(registry.NormalizeDocNumber(c.Text)) }},
	{"district", func(r *reader, c Cell) bool { return r.places.of(c.Text).Code != "" && len([]rune(c.Text)) <= 8 }},
	{"species", func(_ *reader, c Cell) bool { return speciesOf(c.Text) != "" && len([]rune(c.Text)) <= 4 }},
	{"party", func(_ *reader, c Cell) bool { return c.Kind == Text && partyLike.MatchString(c.Text) }},
}

var (
	decisionLike = regexp.MustCompile(`罚.*〔\d{4}〕\d+号$`)
	partyLike    = regexp.MustCompile(`(公司|养殖场|猪场|鸡场|牛场|农场|合作社|牧场)$`)
)

const contentLook = 30 // values of a column

// byContent names columns by their first values. taken are the fields that have a column.
func (r *reader) byContent(h *head, sample []Row) {
	for i := range h.columns {
		c := &h.columns[i]
		if c.Field != "" {
			continue
		}
		for _, k := range contents {
			if h.column(k.field) != nil {
				continue
			}
			have, fit := 0, 0
			for _, row := range sample {
				if c.N <= len(row.Cells) && row.Cells[c.N-1].Text != "" && have < contentLook && !totalWord.MatchString(row.Cells[c.N-1].Text) {
					if have++; k.holds(r, row.Cells[c.N-1]) {
						fit++
					}
				}
			}
			if have >= 2 && fit*5 >= have*4 {
				c.Field = k.field
				break
			}
		}
	}
}

// untitled are columns that have values and no title: they are there for byContent.
func (h *head) untitled(sample []Row) {
	titled := map[int]bool{}
	for _, c := range h.columns {
		titled[c.N] = true
	}
	for _, row := range sample {
		for i, c := range row.Cells {
			if c.Text != "" && !titled[i+1] {
				titled[i+1] = true
				h.columns = append(h.columns, Column{N: i + 1, Title: letters(i+1) + " 列"})
			}
		}
	}
}

// speciesWords are what ledgers call animals, in the terms of the register; the longer word first.
var speciesWords = []struct{ species, words string }{
	{"生猪", "能繁母猪 母猪 仔猪 商品猪 育肥猪 肉猪 种猪 生猪 黑猪 猪"}, {"奶牛", "奶牛"}, {"肉牛", "肉牛 黄牛 水牛 牛"}, {"羊", "山羊 绵羊 湖羊 肉羊 羊"},
	{"蛋鸡", "蛋鸡"}, {"肉鸡", "肉鸡 三黄鸡 黄羽鸡 白羽鸡 麻鸡 土鸡 清远鸡 鸡"}, {"鹌鹑", "鹌鹑"}, {"鸽", "肉鸽 乳鸽 鸽子 鸽"}, {"鸭", "肉鸭 蛋鸭 麻鸭 鸭"}, {"鹅", "狮头鹅 肉鹅 鹅"}, {"兔", "肉兔 獭兔 兔"},
}

// speciesOf is the species that a cell names: the first; empty where it names none. 鸡 alone is 肉鸡 or 蛋鸡, and is neither.
func speciesOf(text string) string {
	best, at := "", len(text)+1
	for _, s := range speciesWords {
		for _, w := range strings.Fields(s.words) {
			if w == "鸡" || w == "土鸡" {
				continue
			}
			if i := strings.Index(text, w); i >= 0 && i < at {
				best, at = s.species, i
			}
		}
	}
	return best
}
