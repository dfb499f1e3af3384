package cite

import (
	"iter"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Reader reads citations by the names of one catalogue's laws. It is read-only and safe for concurrent use.
type Reader struct {
	catalogue Catalogue
	laws      []Law
	names     nameIndex
}

// NewReader makes a reader that knows the laws by their names and asks the catalogue for the rest.
func NewReader(laws []Law, catalogue Catalogue) *Reader {
	return &Reader{catalogue: catalogue, laws: laws, names: newNameIndex(laws)}
}

// Citations finds every provision of a law that a text cites, in reading order. Where a citation names no version, it is looked up
// in the one in force on the day; a zero day leaves the version open.
//
// The grammar, a law's name followed by its provisions:
//
//	《law》（2017年修正）第三十九条第二款第（三）项第1目
//	第一百二十条之一; lists 第十条、第三十九条和第四十条第一款; ranges 第七条至第九条; Arabic 第83条第2款
//
// The name may be a short one of the catalogue's (固废法), one that the text introduced (以下简称《水法》, until it is redefined), or
// point back (该法, 本条例, 《办法》). White space may stand anywhere. What points at no law is no citation: an article's own heading,
// 前款, sections of a plan, tables of a standard.
//
// It reads the text once, in time and memory proportional to its length.
func (r *Reader) Citations(text string, on registry.Date) []Mention {
	list := []Mention{}
	for m := range r.Each(text, on) {
		list = append(list, m)
	}
	return list
}

// Each is Citations for whoever passes them on: each is answered for as soon as it is read, and no list of them is kept.
func (r *Reader) Each(text string, on registry.Date) iter.Seq[Mention] {
	return func(yield func(Mention) bool) {
		s := &citing{
			Reader: r, t: read(text), on: on, yield: yield, budget: quoteBudget,
			suggested: map[string]string{}, found: map[Cited]Found{}, official: map[Cited][]officialText{},
		}
		s.scan()
	}
}

// citing is the reading of one text.
type citing struct {
	*Reader
	t  *running
	on registry.Date

	recent        []named // laws named so far, the last at the end
	abbreviations []abbreviation
	last          named // what the last name stood for, also where it was no law
	lastEnd       int   // where it ended
	latest        group // the citation read last; its span is empty before the first
	outside       group // the last one that does not stand in another's quotation
	quotedTo      int   // where the quotations read so far end

	yield   func(Mention) bool
	stopped bool // yield has had enough

	// What has been answered already: a text cites the same few provisions again and again.
	suggested map[string]string
	found     map[Cited]Found
	official  map[Cited][]officialText
	budget    int // cells of quote comparison left

	paragraphs []int // where paragraphs end that a quotation ends with; nil until the first asks
}

// group is one citation as printed: one law, one list of provisions, one span.
type group struct {
	law        named
	start, end int // runes
	provisions []registry.Provision
	version    VersionWords
	long       bool
	role       registry.CitationRole
	quote      *Quote
	quoteTo    int // rune behind the quoted text
}

func (s *citing) scan() {
	t := s.t
	for i := 0; i < len(t.r) && !s.stopped; {
		switch t.r[i] {
		case '《', '〈':
			i = s.titleAt(i)
		case '第':
			i = s.bareAt(i)
		case '条':
			i = s.unmarkedAt(i)
		case '简', '称', '下':
			i = s.introductionAt(i)
		default:
			i++
		}
	}
}

// titleAt reads a title and the provisions behind it.
func (s *citing) titleAt(i int) int {
	name, end, ok := s.t.title(i)
	if !ok {
		return i + 1
	}
	n := s.resolve(name)
	if n.version.Year == "" {
		n.version = s.t.versionBefore(i)
	}
	return s.provisionsAfter(i, end, n)
}

// provisionsAfter reads what may stand between a law's name, which ends at j, and its provisions.
func (s *citing) provisionsAfter(start, j int, n named) int {
	t := s.t
	version := n.version
	s.last, s.lastEnd = n, j
	s.remember(n)
	nameEnd := j
	for {
		if inside, end, ok := t.parenthesis(j); ok {
			if k := t.introductionWithin(inside, end); k >= 0 {
				s.introduce(k, n)
			} else if v := t.readVersion(inside, end-1); v.Year != "" {
				version = v
			}
			if _, _, _, ordinal := t.readOrdinal(j); ordinal && version.Year == "" { // 《…》（三）: an enumeration, no year
				break
			}
			j = end
			continue
		}
		if k := t.skip(j, "的", "中的", "中", "之", "里", "”", "\"", "等法律法规", "正文", "，"); k > j && !t.has(j, "之一") {
			j = k
			continue
		}
		if k := t.yearWords(j); k > j {
			version = t.readVersion(j, k)
			j = k
			continue
		}
		if k := t.chapter(j); k > j {
			j = k
			continue
		}
		break
	}
	p, ok := t.readProvisions(j)
	if ok && p.list[0] == (registry.Provision{Article: 1}) && t.heads(j, p) && !t.endsWithAny(start, leadingWords) {
		return p.end // a document's title, and its first article under it
	}
	if !ok && j < len(t.r) && t.r[j] != '（' { // 《水法》39条
		if e, loose := t.readElement(j, true); loose && e.level == 1 && t.r[j] != '第' && len(e.nums) == 1 && !t.counted(e.end) {
			p, ok = t.readProvisionsLoose(j)
		}
	}
	if !ok {
		return nameEnd
	}
	if n.none || n.zero() && start == nameEnd {
		return p.end
	}
	s.emit(group{law: n, start: start, end: p.end, provisions: p.list, version: version, long: p.long})
	return p.end
}

// versionBefore reads 2017年修正的 before a title.
func (t *running) versionBefore(i int) VersionWords {
	from := max(0, i-16)
	if i == 0 || t.r[i-1] != '的' && t.r[i-1] != '版' {
		return VersionWords{}
	}
	for j := i - 1; j > from; j-- {
		if strings.ContainsRune("。；，、《》", t.r[j]) {
			from = j
		}
	}
	if v := t.readVersion(from, i); v.Kind != "" && v.Kind != "施行" && v.Kind != "发布" && v.Kind != "公布" {
		return v
	}
	return VersionWords{}
}

func (s *citing) emit(g group) {
	s.last, s.lastEnd, s.latest = g.law, g.end, g
	s.assignRole(&s.latest)
	s.answer(&s.latest)
}

// introductionWithin finds 以下简称 in [i,end).
func (t *running) introductionWithin(i, end int) int {
	for ; i < end; i++ {
		if c := t.r[i]; c != '以' && c != '下' && c != '简' {
			continue
		}
		for _, w := range introductions {
			if t.has(i, w) {
				return i
			}
		}
	}
	return -1
}

// introductionAt reads 以下简称 that follows a law without brackets: 《水污染防治法》，以下简称《水法》.
func (s *citing) introductionAt(i int) int {
	t := s.t
	if s.lastEnd == 0 || i-s.lastEnd > 8 || s.last.zero() {
		return i + 1
	}
	begin := i
	if i > 0 && t.r[i-1] == '以' {
		begin--
	}
	if end, ok := s.introduce(begin, s.last); ok {
		return max(end, i+1)
	}
	return i + 1
}

// yearWords moves past 2017年修正 or 2018年版 without brackets.
func (t *running) yearWords(i int) int {
	if i+5 >= len(t.r) || t.r[i] < '1' || t.r[i] > '2' {
		return i
	}
	for j := i + 4; j < len(t.r) && j < i+20; j++ {
		if t.r[j] == '第' {
			if t.readVersion(i, j).Year != "" {
				return j
			}
			return i
		}
	}
	return i
}

// chapter moves past 第四章 or 第二节 that stands between the law and the article.
func (t *running) chapter(i int) int {
	if i >= len(t.r) || t.r[i] != '第' {
		return i
	}
	_, j, ok := t.readNumber(i + 1)
	if ok && j < len(t.r) && (t.r[j] == '编' || t.r[j] == '章' || t.r[j] == '节') {
		return j + 1
	}
	return i
}

// bareAt reads provisions at 第 that no 《》 leads to: the name stands before them, or the law was named just now.
func (s *citing) bareAt(i int) int {
	t := s.t
	p, ok := t.readProvisions(i)
	if !ok {
		return i + 1
	}
	heading := t.heads(i, p)
	if start, n, v, ok := s.nameLeadingTo(i); ok && (!heading || t.endsWithAny(start, leadingWords)) {
		if t.underTitle(start, i, p.end) {
			return p.end
		}
		s.last = n
		s.remember(n)
		if !n.none {
			s.emit(group{law: n, start: start, end: p.end, provisions: p.list, version: v, long: p.long})
		}
		return p.end
	}
	n, ok := s.carried(i, p.end)
	if heading && !t.endsWithAny(i, leadingWords) {
		return p.end
	}
	if !ok {
		n, ok = s.opening(i, p.end)
	}
	if ok && !t.counted(p.end) {
		s.emit(group{law: n, start: i, end: p.end, provisions: p.list, long: p.long})
	}
	return p.end
}

// heads reports whether provisions at i are an article's own heading: one article begins a line, and a blank parts it from its text. In a text
// with blanks everywhere (OCR) it parts nothing.
func (t *running) heads(i int, p provisions) bool {
	end, first := p.end, p.list[0]
	if t.gap[i] < gapLine || end >= len(t.r) || t.gap[end] == gapNone || slices.Contains(t.gap[i+1:end], gapSpace) {
		return false
	}
	article := registry.Provision{Article: first.Article, Sub: first.Sub}
	return len(p.list) == 1 && first == article && !strings.ContainsRune("的之、，；。：）》”和及与或至", t.r[end])
}

// underTitle reports whether provisions at [i,end) are the first article of a document, whose title stands in the line above, from start on.
func (t *running) underTitle(start, i, end int) bool {
	return t.gap[start] >= gapLine && t.gap[i] >= gapLine && !t.endsWithAny(start, leadingWords) &&
		end < len(t.r) && t.gap[end] < gapLine && !t.said(end) && !strings.ContainsRune("，；。：）、”", t.r[end])
}

// said reports whether the words at i speak of the provision that ends there: 第九十九条规定, 第四十条所称, 第三条的. An article's own text does not begin so.
func (t *running) said(i int) bool {
	for {
		if t.skip(i, "的", "之", "规定", "所称", "所指", "所列", "所述", "所谓", "所说", "明确", "明文", "指出", "载明", "列明", "列举", "设定", "是关于", "系关于", "、第", "和第", "及第", "至第") > i {
			return true
		}
		j := t.skip(i, "均", "都", "也", "还", "则", "又", "只", "仅", "已经", "已", "分别", "同时", "并未", "并没有", "没有", "未", "中", "本身", "对此", "就此", "并")
		if j == i {
			return false
		}
		i = j
	}
}

// opening is the law of a provision that opens a line or a sentence and is spoken of (第八十三条规定…): the one cited before it, or the only
// one that the text has named. At the beginning of a line it is a citation also where the text names none.
func (s *citing) opening(i, end int) (n named, ok bool) {
	const near = 800
	t := s.t
	line := t.gap[i] >= gapLine
	if !t.said(end) || !line && !t.endsSentence(i) {
		return n, false
	}
	switch {
	case s.last.none:
		return n, false // a plan's or a contract's
	case !s.last.zero() && i-s.lastEnd <= near, len(s.recent) == 1 && s.recent[0].name == s.last.name:
		return s.last, true
	}
	return n, line
}

// unmarkedAt reads 固废法107条, where 第 was left out: i is at 条.
func (s *citing) unmarkedAt(i int) int {
	t := s.t
	j := i
	for j > 0 && i-j < 8 && (digitOf(t.r[j-1]) >= 0 || unitOf(t.r[j-1]) > 0 || t.r[j-1] >= '0' && t.r[j-1] <= '9') {
		j--
	}
	if j == i || j == 0 || t.r[j-1] == '第' || j <= s.lastEnd && s.latest.end > j {
		return i + 1
	}
	if !endsLaw(t.r[j-1]) || t.counted(i+1) {
		return i + 1
	}
	law, start := s.names.ends.endingAt(t, j)
	if law == nil {
		return i + 1
	}
	p, ok := t.readProvisionsLoose(j)
	if !ok {
		return i + 1
	}
	n := named{name: law.Name, law: law}
	s.remember(n)
	s.emit(group{law: n, start: t.openTitle(start), end: p.end, provisions: p.list, long: p.long})
	return p.end
}

// nameLeadingTo finds the name that stands before i, over 的 and （2017年修正）.
func (s *citing) nameLeadingTo(i int) (start int, n named, v VersionWords, ok bool) {
	t := s.t
	for steps := 0; steps < 4 && i > 0; steps++ {
		if n, start, ok := s.nameBefore(i); ok {
			return start, n, v, true
		}
		switch c := t.r[i-1]; {
		case strings.ContainsRune("的之中”’\"》〉」』】〗〕]}>＞", c):
			i--
		case c == '）':
			if n, start, ok := s.nameBefore(i - 1); ok && start > 0 && t.r[start-1] == '（' && (start == 1 || t.r[start-2] != '》') {
				return start, n, v, true // （水污染防治法）, from a keyboard without 《
			}
			j := i - 1
			for j > 0 && i-j < 60 && t.r[j] != '（' {
				j--
			}
			if t.r[j] != '（' {
				return 0, n, v, false
			}
			if words := t.readVersion(j+1, i-1); words.Year != "" {
				v = words
			}
			i = j
		case (c >= '0' && c <= '9') || c == '版' || c == '正' || c == '订': // 水污染防治法2017年修正第十条
			j := i
			for j > 0 && i-j < 14 && t.r[j-1] < 0x80 == (t.r[j] < 0x80) {
				j--
			}
			k := i
			for k > 0 && i-k < 14 && !endsLaw(t.r[k-1]) {
				k--
			}
			words := t.readVersion(k, i)
			if words.Year == "" {
				return 0, n, v, false
			}
			v, i = words, k
		default:
			return 0, n, v, false
		}
	}
	return 0, n, v, false
}

// carried is the law that a provision without a name goes on with: the text has just cited it (…第十条的规定和第三十九条), or cites on
// in the same sentence (依据第八十三条). A heading of its own goes on with nothing.
func (s *citing) carried(i, end int) (n named, ok bool) {
	t := s.t
	g := &s.latest
	if g.end == 0 || t.gap[i] >= gapLine && !t.joins(i) {
		return n, false
	}
	if g.law.zero() || s.last.name != g.law.name || i < g.end || i-g.end > 800 {
		return n, false
	}
	from := t.afterQuotation(g.end)
	if from >= i {
		return n, false
	}
	between := t.r[from:i]
	for _, c := range between {
		if c == '。' || c == '；' && len(between) > 120 || c == '《' || len(between) > 300 {
			return n, false
		}
	}
	if glue(between) {
		return g.law, true
	}
	if (t.has(end, "规定") || t.has(end, "的规定") || t.has(end, "之规定")) && t.gap[i] == gapNone &&
		(between[len(between)-1] == '；' || between[len(between)-1] == '，') {
		return g.law, true // 《…》第二条规定…；第三十三条规定…
	}
	for _, w := range [...]string{"依据", "依照", "根据", "按照", "违反", "违反了", "适用", "参照", "依据其", "根据其", "按照其", "依照其", "按", "依"} {
		if t.endsWith(i, w) {
			return g.law, true
		}
	}
	return n, false
}

// endsSentence reports whether a sentence ends before i.
func (t *running) endsSentence(i int) bool {
	if i > 1 && strings.ContainsRune("”」』", t.r[i-1]) {
		i--
	}
	return i > 0 && strings.ContainsRune("。；！？", t.r[i-1])
}

// afterQuotation moves past the words that a citation quotes: 第十二条第一款“…”和第二十条.
func (t *running) afterQuotation(i int) int {
	j := t.skip(t.skipAll(i, "的", "之", "规定"), "：", "，")
	if j < len(t.r) && closes(t.r[j]) != 0 {
		if end := t.closing(j+1, closes(t.r[j])); end > j+1 {
			return end + 1
		}
	}
	return i
}

// joins reports whether the text goes on over the line break before i: the line above does not end its sentence.
func (t *running) joins(i int) bool {
	return i > 0 && !strings.ContainsRune("。；：！？”》", t.r[i-1])
}

// readProvisionsLoose reads provisions whose first article lacks its 第.
func (t *running) readProvisionsLoose(i int) (p provisions, ok bool) {
	e, ok := t.readElement(i, true)
	if !ok || e.level != 1 {
		return p, false
	}
	t.add(&p, e, false, false)
	p.end = e.end
	t.readRest(&p)
	return p, true
}
