package cite

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// named is what a name in a text stands for.
type named struct {
	name string // full name of a catalogue law, or as printed
	law  *Law   // nil where the catalogue has none
	none bool   // a plan, a standard, a contract: its 第三条 is no citation of a law
	// version is the version the name itself carries: 《广东省环境保护条例（2022年修正）》.
	version VersionWords
}

func (n *named) zero() bool { return n.name == "" && !n.none }

// nameTrie finds the longest catalogue name that ends at a place: names are in it back to front.
type nameTrie struct {
	next map[rune]*nameTrie
	law  *Law
}

func (n *nameTrie) insert(name string, law *Law) {
	r := []rune(name)
	for _, c := range slices.Backward(r) {
		if n.next == nil {
			n.next = map[rune]*nameTrie{}
		}
		child := n.next[c]
		if child == nil {
			child = &nameTrie{}
			n.next[c] = child
		}
		n = child
	}
	n.law = law
}

// nameIndex finds laws by the names that texts give them.
type nameIndex struct {
	exact map[string]*Law
	ends  *nameTrie
}

func newNameIndex(laws []Law) nameIndex {
	x := nameIndex{exact: map[string]*Law{}, ends: &nameTrie{}}
	for i := range laws {
		for _, name := range laws[i].names() {
			folded := string(foldName(name))
			x.exact[folded] = &laws[i]
			x.ends.insert(folded, &laws[i])
		}
	}
	return x
}

// foldName gives a name the shape it has in a running text.
func foldName(name string) []rune {
	var r []rune
	for _, c := range name {
		if c = fold(c); c != ' ' && c != registry.Unseen {
			r = append(r, c)
		}
	}
	return r
}

// endingAt is the longest catalogue name that ends before i, and where it begins.
func (n *nameTrie) endingAt(t *running, i int) (law *Law, start int) {
	for j := i - 1; j >= 0; j-- {
		if n = n.next[t.r[j]]; n == nil {
			return law, start
		}
		if n.law != nil {
			law, start = n.law, j
		}
	}
	return law, start
}

// lawEndings are how the title of a law or a rule with articles ends. Plans, standards, notices, contracts and forms have sections
// and 第三条 too, but are no law.
var lawEndings = []string{"法典", "法", "条例", "规定", "办法", "细则", "解释", "规则", "决定", "通则", "基准", "名录", "准则"}

// generic names stand for the law of that ending named before: 该条例, 《办法》.
var generic = []string{"法典", "法律", "法", "条例", "规定", "办法", "细则", "司法解释", "解释", "规则"}

// lawlike reports whether a title is that of a law, leaving a final （试行） out of account.
func lawlike(title string) bool {
	if strings.HasSuffix(title, "）") {
		if i := strings.LastIndex(title, "（"); i > 0 {
			title = title[:i]
		}
	}
	for _, e := range lawEndings {
		if strings.HasSuffix(title, e) && len(title) > len(e) {
			return !strings.HasSuffix(title, "方法") && !strings.HasSuffix(title, "做法") && !strings.HasSuffix(title, "看法")
		}
	}
	return false
}

// title reads 《…》 at i, with titles inside it, and says where it ends. Its length is bounded, so that ten thousand opening marks
// cost no more than their number.
func (t *running) title(i int) (name []rune, end int, ok bool) {
	const longest = 90
	depth := 0
	for j := i; j < len(t.r) && j-i <= longest; j++ {
		switch t.r[j] {
		case '《', '〈':
			depth++
		case '》', '〉':
			if depth--; depth == 0 {
				return t.r[i+1 : j], j + 1, j > i+1
			}
		case '。', '；':
			return nil, i, false
		}
	}
	return nil, i, false
}

// closingBracket is the partner of an opening bracket; 0 for anything else.
func closingBracket(open rune) rune {
	switch open {
	case '（':
		return '）'
	case '〔':
		return '〕'
	case '[':
		return ']'
	case '【':
		return '】'
	case '〖':
		return '〗'
	}
	return 0
}

// parenthesis reads （…） at i, or brackets of another shape, and says where it ends.
func (t *running) parenthesis(i int) (inside, end int, ok bool) {
	const longest = 120
	if i >= len(t.r) {
		return 0, i, false
	}
	closing := closingBracket(t.r[i])
	if closing == 0 {
		return 0, i, false
	}
	depth := 0
	for j := i; j < len(t.r) && j-i <= longest; j++ {
		switch t.r[j] {
		case t.r[i]:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i + 1, j + 1, true
			}
		case '。':
			return 0, i, false
		}
	}
	return 0, i, false
}

// readVersion finds 2017年6月27日第二次修正 in [i,end).
func (t *running) readVersion(i, end int) (v VersionWords) {
	for ; i+4 <= end; i++ {
		if t.r[i] != '1' && t.r[i] != '2' || !isDigit(t.r[i+1]) || !isDigit(t.r[i+2]) || !isDigit(t.r[i+3]) {
			continue
		}
		if y := string(t.r[i : i+4]); y < "1949" || y > "2099" || i+4 < end && isDigit(t.r[i+4]) || i > 0 && isDigit(t.r[i-1]) {
			continue
		} else {
			v.Year = y
		}
		for j := i + 4; j < end; j++ {
			for _, k := range [...]string{"修正", "修订", "修改", "通过", "公布", "施行", "颁布", "发布", "版", "本"} {
				if t.has(j, k) && j+len([]rune(k)) <= end {
					v.Kind = k
					return v
				}
			}
			if t.r[j] == '，' || t.r[j] == '、' {
				break
			}
		}
		if i+5 >= end { // （2017） alone
			return v
		}
		v = VersionWords{}
	}
	return v
}

// resolve says what a printed title stands for: what the text itself introduced it for (以下简称), the law meant by a bare 《条例》, a
// catalogue law, another law, or no law at all.
func (s *citing) resolve(name []rune) named {
	if n, ok := s.abbreviation(name); ok {
		return n
	}
	title := string(name)
	if slices.Contains(generic, title) || title == "本法" || title == "该法" {
		return s.lastOf(strings.TrimPrefix(strings.TrimPrefix(title, "本"), "该"))
	}
	if law, ok := s.names.exact[title]; ok {
		return named{name: law.Name, law: law}
	}
	var v VersionWords
	if strings.HasSuffix(title, "）") { // 《广东省环境保护条例（2022年修正）》
		if i := strings.LastIndex(title, "（"); i > 0 {
			inside := running{r: []rune(title[i:])}
			v = inside.readVersion(0, len(inside.r))
			if law, ok := s.names.exact[title[:i]]; ok {
				return named{name: law.Name, law: law, version: v}
			}
			if v.Year != "" {
				title = title[:i]
			}
		}
	}
	for _, prefix := range [...]string{"新", "原", "旧", "国务院", "中华人民共和国"} {
		if law, ok := s.names.exact[strings.TrimPrefix(title, prefix)]; ok {
			return named{name: law.Name, law: law, version: v}
		}
	}
	if law, ok := s.names.exact["中华人民共和国"+title]; ok {
		return named{name: law.Name, law: law, version: v}
	}
	if strings.ContainsAny(title, "〈《") && lawlike(title) { // 《…关于适用〈…法〉的解释》 printed with other marks
		if law, ok := s.names.exact[strings.NewReplacer("《", "〈", "》", "〉").Replace(title)]; ok {
			return named{name: law.Name, law: law, version: v}
		}
	}
	if !lawlike(title) {
		return named{name: title, none: true}
	}
	return named{name: title, version: v}
}

// abbreviation finds what the text introduced a name for, the last introduction first.
func (s *citing) abbreviation(name []rune) (named, bool) {
	for _, a := range slices.Backward(s.abbreviations) {
		if slices.Equal(a.short, name) {
			return a.meaning, true
		}
	}
	return named{}, false
}

// maxAbbreviations bounds what a text may introduce: a hostile one must not make every later name slow.
const maxAbbreviations = 64

type abbreviation struct {
	short   []rune
	meaning named
}

var introductions = []string{"以下简称为", "以下简称", "以下统称为", "以下统称", "以下均称", "以下称为", "以下称", "下简称", "下称", "简称为", "简称"}

// introduce reads 以下简称《水法》 or 以下称“固废法” at i, which follows the law, and remembers it until it is redefined.
func (s *citing) introduce(i int, meaning named) (end int, ok bool) {
	j := s.t.skip(i, introductions...)
	if j == i {
		return i, false
	}
	j = s.t.skip(j, "：")
	var short []rune
	if name, next, ok := s.t.title(s.t.skip(j, "“", "\"", "‘")); ok {
		short, j = name, s.t.skip(next, "”", "\"", "’")
	} else {
		quoted := s.t.skip(j, "“", "\"", "‘", "「")
		k := quoted
		for k < len(s.t.r) && k-quoted <= 30 && !strings.ContainsRune("”\"’」）），。；：", s.t.r[k]) {
			k++
		}
		if k == quoted || k-quoted > 30 {
			return j, true
		}
		short, j = s.t.r[quoted:k], s.t.skip(k, "”", "\"", "’", "」")
	}
	if len(s.abbreviations) == maxAbbreviations {
		s.abbreviations = slices.Delete(s.abbreviations, 0, 1)
	}
	s.abbreviations = append(s.abbreviations, abbreviation{short, meaning})
	return j, true
}

// lastOf is the law named last whose title ends so: what 该条例 and 《办法》 point at. 法 also takes a 法典.
func (s *citing) lastOf(ending string) named {
	if ending == "法律" {
		ending = "法"
	}
	if ending == "司法解释" {
		ending = "解释"
	}
	for _, n := range slices.Backward(s.recent) {
		title := n.name
		if i := strings.LastIndex(title, "（"); i > 0 && strings.HasSuffix(title, "）") {
			title = title[:i]
		}
		if strings.HasSuffix(title, ending) || ending == "法" && strings.HasSuffix(title, "法典") {
			return n
		}
	}
	return named{}
}

// remember keeps the laws named last, each once, the latest at the end.
func (s *citing) remember(n named) {
	if n.none || n.zero() {
		return
	}
	s.recent = slices.DeleteFunc(s.recent, func(o named) bool { return o.name == n.name })
	if len(s.recent) == 32 {
		s.recent = slices.Delete(s.recent, 0, 1)
	}
	s.recent = append(s.recent, n)
}

// pointers point back at a law: 该法第十条.
var pointers = []string{"该", "本", "同", "此", "上述", "前述", "前"}

// nameBefore finds the law's name that ends before i without 《》: 固废法第一百零七条, 该条例第十三条, 水法 where the text introduced it.
func (s *citing) nameBefore(i int) (n named, start int, ok bool) {
	t := s.t
	if i == 0 || !endsLaw(t.r[i-1]) && t.r[i-1] != '者' && len(s.abbreviations) == 0 {
		return n, i, false
	}
	for _, a := range slices.Backward(s.abbreviations) {
		if len(a.short) <= i && slices.Equal(t.r[i-len(a.short):i], a.short) {
			return a.meaning, i - len(a.short), true
		}
	}
	law, start := s.names.ends.endingAt(t, i)
	if law != nil {
		return named{name: law.Name, law: law}, t.openTitle(start), true
	}
	for _, g := range generic {
		if !t.endsWith(i, g) {
			continue
		}
		j := i - len([]rune(g))
		for _, p := range pointers {
			if t.endsWith(j, p) {
				return s.lastOf(g), j - len([]rune(p)), true
			}
		}
	}
	if t.endsWith(i, "后者") && len(s.recent) > 0 {
		return s.recent[len(s.recent)-1], i - 2, true
	}
	return s.unknownBefore(i)
}

func endsLaw(c rune) bool {
	switch c {
	case '法', '典', '例', '定', '则', '释', '律':
		return true
	}
	return false
}

// openTitle takes in a 《 whose 》 was lost.
func (t *running) openTitle(start int) int {
	if start > 0 && t.r[start-1] == '《' {
		return start - 1
	}
	return start
}

// leadingWords lead to the name of a law.
var leadingWords = []string{"违反", "违反了", "依据", "根据", "依照", "按照", "适用", "触犯", "涉嫌"}

// unknownBefore takes what stands between 违反 or another such word and i, or between the beginning of a paragraph and i, for the name of a
// law that the catalogue does not know. A line above that is a heading is no part of it.
func (s *citing) unknownBefore(i int) (n named, start int, ok bool) {
	const longest = 30
	t := s.t
	line, j := -1, i // line: where a line begins inside the name
	led := false
	for ; j > 0 && i-j <= longest; j-- {
		if led = t.endsWithAny(j, leadingWords); led || t.stopsName(j) || j < i && t.gap[j] >= gapIndent {
			break
		}
		if j < i && t.gap[j] == gapLine {
			if line > 0 {
				break // the whole line above has no such word
			}
			line = j
		}
	}
	places := []int{j, line}
	if line > j && t.headingAbove(line, led) {
		places = []int{line, j}
	}
	for _, from := range places {
		if from < 0 || from < j || i-from > longest {
			continue
		}
		if n, start, ok = unknown(t.r[from:i], from); ok {
			return n, start, true
		}
	}
	return n, i, false
}

// stopsName reports whether what stands before j belongs to no law's name.
func (t *running) stopsName(j int) bool {
	c := t.r[j-1]
	return c < 0x80 || strings.ContainsRune("，。；：、！？“”《》〈〉（）「」『』【】〖〗〔〕", c) || c == '和' && !t.endsWith(j, "共和") || c == '及' || c == '与'
}

// unknown takes a name for that of a law, if it can be one.
func unknown(r []rune, start int) (n named, begin int, ok bool) {
	name := string(r)
	if len(r) < 3 || !lawlike(name) || strings.ContainsAny(name, "的了这该我你是") {
		return n, start + len(r), false
	}
	return named{name: name}, start, true
}

// headingAbove reports whether the line above the one that begins at i is a heading, rather than broken by its column: it is numbered and has
// no comma, or it is shorter than the line under it. led: 违反 or another such word stands in it, so that the sentence goes on.
func (t *running) headingAbove(i int, led bool) bool {
	const widest = 80
	from, to := i-1, i+1
	for from > 0 && i-from < widest && t.gap[from] < gapLine {
		from--
	}
	for to < len(t.r) && to-i < widest && t.gap[to] < gapLine {
		to++
	}
	if !strings.ContainsAny(string(t.r[from:i]), "，。；：") && t.numbered(from) {
		return true
	}
	width := i - from
	if t.gap[from] >= gapIndent {
		width += 2
	}
	return !led && (width < 10 || width+2 < to-i)
}

// numbered reports whether a heading's number stands at i: 二、 （一） 3. 第四章.
func (t *running) numbered(i int) bool {
	if t.has(i, "第") {
		return t.chapter(i) > i
	}
	_, end, bracketed, ok := t.readOrdinal(i)
	return ok && (bracketed || end < len(t.r) && (t.r[end] == '、' || t.r[end] == '.' || t.r[end] == '．'))
}

// otherLaws are real laws that people mistake for the short name of another: by their short name, the full name and the other.
var otherLaws = map[string]struct{ full, mistaken string }{"水法": {"中华人民共和国水法", "水污染防治法"}, "中华人民共和国水法": {"中华人民共和国水法", "水污染防治法"}}

// resembling names the catalogue law that a printed name was perhaps meant for: its own name with words left out or put in.
func (s *citing) resembling(name string) string {
	if known, ok := s.suggested[name]; ok {
		return known
	}
	best, least := "", 9
	r := []rune(strings.TrimPrefix(name, "中华人民共和国"))
	for _, law := range s.laws {
		for _, n := range law.names() {
			o := foldName(strings.TrimPrefix(n, "中华人民共和国"))
			apart := len(o) - len(r)
			if apart < 0 {
				apart = -apart
			}
			if apart > 0 && apart < least && min(len(r), len(o)) >= 4 && (within(r, o) || within(o, r)) {
				best, least = law.ShortName, apart
			}
		}
	}
	if len(s.suggested) < 1000 {
		s.suggested[name] = best
	}
	return best
}

// within reports whether the characters of a stand in b in their order.
func within(a, b []rune) bool {
	i := 0
	for _, c := range b {
		if i < len(a) && a[i] == c {
			i++
		}
	}
	return i == len(a)
}
