package ledgerread

import (
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// content tells what a column holds by its values: four of five must be such.
type content struct {
	field string
	holds func(r *reader, c Cell) bool
}

// contents are for columns whose title says nothing.
var contents = []content{
	{"credit_code", func(_ *reader, c Cell) bool { return codeLike.MatchString(registry.NormalizeCode(c.Text)) }}, // a wrong one too: its row is rejected
	{"decision_number", func(_ *reader, c Cell) bool { return decisionLike.MatchString(registry.NormalizeDocNumber(c.Text)) }},
	{"town", func(_ *reader, c Cell) bool { return townLike.MatchString(c.Text) }},
	{"handling_organ", func(_ *reader, c Cell) bool { return c.Kind == Text && unitLike.MatchString(c.Text) }},
	{"district", func(r *reader, c Cell) bool { return r.places.of(c.Text).Code != "" && len([]rune(c.Text)) <= 8 }},
	{"species", func(_ *reader, c Cell) bool { return speciesOf(c.Text) != "" && len([]rune(c.Text)) <= 4 }},
	{"party", func(_ *reader, c Cell) bool { return c.Kind == Text && partyLike.MatchString(c.Text) }},
}

// bareContents are for columns of a table without a header, where nothing but the values can tell; a plain number stays unknown, and of several dates the first is taken.
var bareContents = append(slices.Clone(contents), content{"farm", func(_ *reader, c Cell) bool { return c.Kind == Text && farmLike.MatchString(c.Text) }},
	content{"decided_on", func(_ *reader, c Cell) bool { return dateLike(c) }},
	content{"fine_yuan", func(_ *reader, c Cell) bool {
		_, err := moneyOf(c, false)
		return err == nil && (c.Kind == Text && strings.Contains(c.Text, "元") || c.As == ShownWan)
	}},
	content{"head_count", func(_ *reader, c Cell) bool { return countLike.MatchString(c.Text) }},
	content{"address", func(_ *reader, c Cell) bool { return c.Kind == Text && addressLike.MatchString(c.Text) }},
	content{"violated", func(_ *reader, c Cell) bool {
		return strings.Contains(c.Text, "《") && strings.Contains(c.Text, "》第")
	}},
)

// dateLike tells a date by its form; a number is one where the sheet shows it so.
func dateLike(c Cell) bool {
	if c.Kind == Number && c.As == Plain || c.Kind == Text && isInteger(c.Text) && len(c.Text) != len("20240603") {
		return false
	}
	_, err := dateOf(c, false)
	return err == nil || wrongDay.MatchString(strings.Join(strings.Fields(c.Text), ""))
}

// valueLike tells a cell that no header has: a day, a number of a decision, a code.
func valueLike(c Cell) bool {
	return dayParts.MatchString(c.Text+" 0:") || codeLike.MatchString(c.Text) || decisionLike.MatchString(registry.NormalizeDocNumber(c.Text))
}

var (
	codeLike     = lazyregexp.New(`^[159Y][1-9]\d{6}[0-9A-Z]{10}$`)
	wrongDay     = lazyregexp.New(`^(\d{4}年)?\d{1,2}月\d{1,2}日$`) // a day without a year, or that no month has
	countLike    = lazyregexp.New(`\d[\d,.]*[万余多]*[头只羽匹]`)
	addressLike  = lazyregexp.New(`\p{Han}(镇|乡|街道|村|路)`)
	townLike     = lazyregexp.New(`^\p{Han}{1,4}(镇|乡|街道)$`)
	unitLike     = lazyregexp.New(`(分局|环境局|环境保护局|环保局|环保所|执法[支大中]队|人民政府|街道办事处)$`)
	farmLike     = lazyregexp.New(`(养殖场|[猪鸡牛羊鸭鹅鸽兔]场|养殖户|农场|牧场)$`)
	decisionLike = lazyregexp.New(`罚.*〔\d{4}〕\d+号$`)
	partyLike    = lazyregexp.New(`(公司|养殖场|饲养场|养殖户|养殖小区|养殖基地|[猪鸡牛羊鸭鹅鸽兔]场|农场|农庄|牧场|牧业|合作社)(（.*）)?$`)
)

const contentLook = 30 // values of a column

// byContent names columns by their first values. taken are the fields that have a column.
func (r *reader) byContent(h *head, sample []Row, contents []content) {
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
				h.columns = append(h.columns, Column{N: i + 1, Title: (&Column{N: i + 1}).untitled()})
			}
		}
	}
}

// unknown is the head of a table whose titles say too little: a row of short words above columns that are told by what stands in them. nil where there is none.
func (t *tableRead) unknown(first []Row) (best *head) {
	g, most := t.grid(first), headTitles-1
	for last := range g.rows {
		if g.numeric[last] || !words(g.cells[last]) {
			continue
		}
		h := headAt(g, last, 1)
		if h == nil || len(h.columns) < 3 {
			continue
		}
		sample := below(first, g.rows[last])
		h.untitled(sample)
		t.r.byContent(h, sample, bareContents)
		h.settle()
		n := 0
		for _, c := range h.columns {
			if f := fieldNamed[c.Field]; f != nil && (f.to != nil || f.as == asCode) {
				n++
			}
		}
		if !h.nobody && n > most {
			best, most = h, n
		}
	}
	return best
}

// words tells a row that may be titles of nobody's list: short texts without figures.
func words(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return len([]rune(s)) > 15 || strings.ContainsAny(s, "0123456789。，") })
}

func below(rows []Row, last int) []Row {
	return slices.DeleteFunc(slices.Clone(rows), func(row Row) bool { return row.N <= last })
}

// headless is the head of a table that begins at once, with its columns told by their values; nil where these do not say which cases or farms it is of.
func (r *reader) headless(first []Row) *head {
	h := &head{titles: map[int]string{}}
	sample := slices.DeleteFunc(slices.Clone(first), func(row Row) bool { return filled(row) < 3 })
	if len(sample) < 2 {
		return nil
	}
	h.untitled(sample)
	slices.SortFunc(h.columns, func(a, b Column) int { return a.N - b.N })
	r.byContent(h, sample, bareContents)
	n := 0
	for _, c := range h.columns {
		if c.Field != "" {
			n++
		}
	}
	if n < headTitles || h.column("party") == nil && h.column("farm") == nil && h.column("decision_number") == nil && h.column("credit_code") == nil {
		return nil
	}
	if c := h.column("decided_on"); c != nil && h.column("decision_number") == nil && h.column("fine_yuan") == nil {
		c.Field = "found_on" // without a decision the day is that of the matter
	}
	h.from = sample[0].N
	h.settle()
	return h
}

func filled(row Row) (n int) {
	for _, c := range row.Cells {
		if c.Text != "" {
			n++
		}
	}
	return n
}

// otherSpecies is the register's word for animals that it does not count by themselves.
const otherSpecies = "其他"

// speciesWords are what ledgers call animals, in the terms of the register; the longer word first, and first those that another is a part of (牛蛙).
// Those of 其他 are what is kept on farms besides; the list is ours.
var speciesWords = []struct{ species, words string }{
	{otherSpecies, "其他 其它 梅花鹿 马鹿 驯鹿 鹿 毛驴 驴 骡 养马 马匹 马 骆驼 羊驼 火鸡 珍珠鸡 雉鸡 山鸡 鹧鸪 鸵鸟 鸸鹋 水貂 貂 银狐 狐狸 貉 豪猪 竹鼠 牛蛙"},
	{"生猪", "能繁母猪 母猪 仔猪 商品猪 育肥猪 肉猪 种猪 生猪 黑猪 猪"}, {"奶牛", "奶牛"}, {"肉牛", "肉牛 黄牛 水牛 牛"}, {"羊", "山羊 绵羊 湖羊 肉羊 羊"},
	{"蛋鸡", "蛋鸡"}, {"肉鸡", "肉鸡 三黄鸡 黄羽鸡 白羽鸡 麻鸡 土鸡 清远鸡 鸡"}, {"鹌鹑", "鹌鹑"}, {"鸽", "肉鸽 乳鸽 鸽子 鸽"}, {"鸭", "肉鸭 蛋鸭 麻鸭 番鸭 鸭"}, {"鹅", "狮头鹅 肉鹅 鹅"}, {"兔", "肉兔 獭兔 兔"},
}

// speciesOf is the species that a cell names: the first; empty where it names none. 鸡 alone is 肉鸡 or 蛋鸡, and is neither; 马 is a name too.
func speciesOf(text string) string {
	best, at := "", len(text)+1
	for _, s := range speciesWords {
		for _, w := range strings.Fields(s.words) {
			if w == "鸡" || w == "土鸡" || w == "马" && strings.TrimRight(text, "0123456789匹头") != w {
				continue
			}
			if i := strings.Index(text, w); i >= 0 && i < at {
				best, at = s.species, i
			}
		}
	}
	return best
}
