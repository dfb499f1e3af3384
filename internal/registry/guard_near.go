package registry

import (
	"slices"
	"strings"
	"sync"

	"casebook/internal/lazyregexp"
	"casebook/internal/pinyin"
)

// What is near to a name of the bulletin's own cases, and leads to it all the same: a part of it is masked (黎某珍), words stand in it (黎女士秀珍), it is
// told by half (珍姐, 黎厂长, 旺发猪场), by its sound (li xiuzhen, 宏太盛) or its first letters (LXZ). It may be an ordinary word, so all of it is asked
// about. Names of the rest of the register are not looked for so: with 100,000 of them some would be near to every sentence.

// nearness is how a word is looked for that is no secret as it stands.
type nearness int

const (
	nearNone   nearness = iota // a secret as it stands
	nearPart                   // a part of a long number, or of a name behind its county; asked about as it stands
	nearPerson                 // whole name of a person
	nearCore                   // what a name of a company or a farm is short for
	nearPlace                  // of a town or a village, without 镇 or 村
)

// nearNames are the names that what is near to is looked for.
type nearNames struct {
	names  []nearName
	byRune map[rune][]int // names, by the characters that a find can begin with
	sounds trie           // of Latin letters
	spoken []spokenName   // by the needles of sounds
	seen   map[Secret]bool
}

type nearName struct {
	kind   string
	how    nearness
	runes  []rune
	family int // characters of the surname
}

// spokenName is a name as it sounds.
type spokenName struct {
	name   int
	letter bool // first letters alone: only Latin letters are they
}

var compoundSurnames = strings.Fields("欧阳 司徒 上官 诸葛 司马 皇甫 尉迟 令狐 东方 慕容 端木 公孙 夏侯 淳于 南宫 长孙 宇文 独孤 轩辕 澹台")

// add takes a name.
func (n *nearNames) add(s Secret) {
	key := Secret{s.Kind, guardKey(Fold(s.Text)), s.near}
	if n.seen[key] {
		return
	}
	if n.seen == nil {
		n.seen, n.byRune = map[Secret]bool{}, map[rune][]int{}
	}
	n.seen[key] = true
	x := nearName{kind: s.Kind, how: s.near, runes: []rune(key.Text)}
	size := len(x.runes)
	if x.how == nearPerson {
		x.family = 1
		if size >= 3 && slices.Contains(compoundSurnames, string(x.runes[:2])) {
			x.family = 2
		}
	}
	at := len(n.names)
	n.names = append(n.names, x)
	starts := slices.Concat(x.runes[:min(2, size)], x.runes[x.family:min(x.family+1, size)], x.runes[max(0, size-2):])
	slices.Sort(starts)
	for _, r := range slices.Compact(starts) {
		n.byRune[r] = append(n.byRune[r], at)
	}
	n.speak(at)
}

// speak adds how a name sounds: from its first to its last character, a person's also with the surname behind, and its first letters.
func (n *nearNames) speak(at int) {
	x := n.names[at]
	sounds := make([]string, len(x.runes))
	for i, r := range x.runes {
		if sounds[i] = soundOf(r); sounds[i] == "" {
			return
		}
	}
	n.spell(at, sounds)
	if as := surnameSounds[x.runes[0]]; as != "" && x.how == nearPerson {
		n.spell(at, append([]string{as}, sounds[1:]...))
	}
}

// surnameSounds are surnames that are read otherwise than the character usually is; 尉 is the one of 尉迟.
var surnameSounds = map[rune]string{'区': "ou", '仇': "qiu", '解': "xie", '盖': "ge", '朴': "piao", '缪': "miao", '尉': "yu", '黑': "he", '员': "yun", '召': "shao", '乐': "yue", '薄': "bo", '繁': "po", '祭': "zhai", '种': "chong",
	'句': "gou", '折': "she", '隗': "wei", '洗': "xian", '长': "zhang", '覃': "tan", '翟': "di", '牟': "mu"}

// nameSounds are characters that the dictionary reads as no name does.
var nameSounds = map[rune]string{'晟': "sheng", '阚': "kan"}

// spell adds the spellings of a name by the sounds of its characters.
func (n *nearNames) spell(at int, sounds []string) {
	x := n.names[at]
	firsts := make([]string, len(sounds))
	for i, s := range sounds {
		firsts[i] = s[:1]
	}
	put := func(letter bool, parts ...string) {
		if s := strings.Join(parts, ""); (len(s) >= 3 || x.how == nearCore) && (!letter || !technical[s]) {
			ends := n.sounds.end([]rune(s))
			*ends = append(*ends, len(n.spoken))
			n.spoken = append(n.spoken, spokenName{at, letter})
		}
	}
	put(false, sounds...)
	if x.how == nearPlace {
		return
	}
	put(true, firsts...)
	if x.how == nearPerson {
		put(false, append(slices.Clone(sounds[x.family:]), sounds[:x.family]...)...)
		put(false, append(slices.Clone(sounds[:x.family]), firsts[x.family:]...)...)
		put(true, append(slices.Clone(firsts[x.family:]), sounds[:x.family]...)...)
	}
}

// technical are short words of bulletins that no name's first letters are told by.
var technical = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields("cod bod toc doc pdf gps pvc ppr pac pam mbr sbr abr led app usb cad gis iso nox voc vocs hdpe ph gb hj db dna pcr ntu www com jpg png xls ppt tif csv mp") {
		words[w] = true
	}
	return words
}()

// hits finds what is near to the names.
func (n *nearNames) hits(r *read) (hits []hit) {
	if len(n.names) == 0 {
		return nil
	}
	f := &r.plain
	for at, c := range f.runes {
		first := at
		if maskSign(c) && at+1 < len(f.runes) { // 某秀珍
			first = at + 1
		}
		for _, k := range n.byRune[f.runes[first]] {
			x := &n.names[k]
			if size := x.at(f.runes, at); size > 0 {
				hits = append(hits, hit{kind: x.kind, asked: true, span: span{f.at[at], f.at[at+size-1] + 1}})
			}
		}
	}
	return append(hits, n.soundHits(r)...)
}

// maskSign is what stands for one character of a name.
func maskSign(r rune) bool {
	return r == '某' || r == '…' || strings.ContainsRune(surelyMask+"○?_", r)
}

// at tells how many characters from a place on are near to the name; none where they are not, or are the name itself, which others find.
func (x *nearName) at(s []rune, at int) int {
	switch x.how {
	case nearPerson:
		return max(x.masked(s, at), x.filled(s, at), x.given(s, at), x.called(s, at), x.turned(s, at))
	case nearCore:
		return max(x.masked(s, at), x.filled(s, at), x.short(s, at), x.turned(s, at))
	case nearPlace:
		return x.place(s, at)
	}
	return 0
}

// masked: the characters of the name, one and more of them masked by a sign or three, or by a Latin letter, two and more its own, of a person not the
// surname alone. Between them may stand a sign.
func (x *nearName) masked(s []rune, at int) int {
	if len(x.runes) < 3 {
		return 0
	}
	i, own, masks, given := at, 0, 0, 0
	for k, r := range x.runes {
		if k > 0 && i < len(s) && (s[i] == '-' || s[i] == '.' || s[i] == '/' || s[i] == ',') {
			i++
		}
		from := i
		for i < len(s) && s[i] != r && maskSign(s[i]) && i-from < 3 {
			i++
		}
		switch {
		case i > from:
			masks++
		case i < len(s) && s[i] == r:
			if i, own = i+1, own+1; k >= x.family {
				given++
			}
		case k > 0 && i < len(s) && s[i] >= 'a' && s[i] <= 'z':
			i, masks = i+1, masks+1
		default:
			return 0
		}
	}
	if masks == 0 || own < 2 || given == 0 && x.how == nearPerson {
		return 0
	}
	if rest := len(x.runes) - x.family; x.how == nearPerson && own == rest && s[at] != x.runes[0] && ordinary[string(x.runes[x.family:])] {
		return 0 // 某建设单位, where somebody is called 李建设
	}
	return i - at
}

// fillers stand in a name, or between its bearer's surname and what else he is called.
var fillers = strings.Fields("女士 先生 老板 同志 小姐 师傅 某某 某 名叫 名字叫 名为 名 叫 姓 氏 总 场长 厂长 镇长 主任 队长 经理 的")

const mostFilled = 6

// filled: the characters of the name in their order, with words or a few signs, letters or figures in one place of it or more.
func (x *nearName) filled(s []rune, at int) int {
	if s[at] != x.runes[0] {
		return 0
	}
	i, k, gap, gaps := at+1, 1, 0, 0
	for k < len(x.runes) {
		if i >= len(s) || gap > mostFilled {
			return 0
		}
		if s[i] == x.runes[k] {
			i, k, gap = i+1, k+1, 0
			continue
		}
		n := 0
		for _, w := range fillers {
			if startsWith(s[i:], w) {
				n = max(n, RuneLen(w))
			}
		}
		if to := slices.Index(s[i:min(len(s), i+mostFilled)], ')'); s[i] == '(' && to > 0 {
			n = to + 1 // (笔误)
		}
		if n == 0 && (s[i] < 0x2E80 || !letter(s[i])) && gapOf(s[i:i+1]) != gapEnd {
			n = 1
		}
		if n == 0 {
			return 0
		}
		i, gap, gaps = i+n, gap+n, gaps+n
	}
	if gaps == 0 || len(x.runes) == 2 && (figureOf(x.runes[1]) != stop && i < len(s) && strings.ContainsRune("人名户家位宗起个日月", s[i])) { // 张某三人
		return 0
	}
	return i - at
}

// turned: three and more characters from the last to the first, or the surname behind the given name.
func (x *nearName) turned(s []rune, at int) int {
	size := len(x.runes)
	if size < 3 || at+size > len(s) || s[at] != x.runes[size-1] && s[at] != x.runes[x.family] {
		return 0
	}
	given := size - x.family
	mirrored, behind, both := true, x.how == nearPerson, x.how == nearPerson // 珍秀黎, 秀珍黎, 辉建欧阳
	for i := range size {
		mirrored = mirrored && s[at+i] == x.runes[size-1-i]
		behind = behind && s[at+i] == x.runes[(i+x.family)%size]
		if i < given {
			both = both && s[at+i] == x.runes[size-1-i]
		} else {
			both = both && s[at+i] == x.runes[i-given]
		}
	}
	if mirrored || behind || both {
		return size
	}
	return 0
}

func startsWith(s []rune, word string) bool {
	i := 0
	for _, r := range word {
		if i >= len(s) || s[i] != r {
			return false
		}
		i++
	}
	return true
}

// given: what a person is called beside the surname, of two characters that are no ordinary word.
func (x *nearName) given(s []rune, at int) int {
	given := x.runes[x.family:]
	if len(given) != 2 || ordinary[string(given)] || !startsWith(s[at:], string(given)) {
		return 0
	}
	return 2
}

const (
	callsBefore = "老小阿姓"
	callsBehind = `^(?:"?姓|氏|家(?:[^禽畜庭]|$)|记|(?:厂|场|队|科|局|董|校)(?:[^\p{Han}]|$)|某?(?:老细|老总|东家|头家|掌柜|当家|总(?:[^磷氮量数额体投面计共和结是之部]|$)|场长|厂长|老板|先生|女士|小姐|老师|师傅|队长|科长|主任|书记|局长|所长|镇长|村长|站长|组长|股长|会长|社长|董事长|理事长|总监|主管|支书|警官|律师|医生|[婶嫂伯叔姨姐哥妹]|经理|会计|司机|大姐|大哥|大叔|大妈|阿姨|工程师|工(?:[^作程业艺地人厂序]|$)))`
	kinBehind   = "姐哥叔伯婶嫂姨仔爷婆妹弟总记"
)

var calledBehind = lazyregexp.New(callsBehind)

// called: by the surname and what one is (黎厂长, 老黎), or by the last character and kin (珍姐, 阿珍).
func (x *nearName) called(s []rune, at int) int {
	family, last := string(x.runes[:x.family]), x.runes[len(x.runes)-1]
	next := rune(0)
	if at+1 < len(s) {
		next = s[at+1]
	}
	switch {
	case startsWith(s[at:], family):
		if m := calledBehind.FindString(string(s[at+x.family : min(len(s), at+x.family+5)])); m != "" && !strings.HasPrefix(m, "某") {
			if strings.HasPrefix(m, "家") { // not what stands behind it
				m = "家"
			}
			return min(x.family+RuneLen(m), len(s)-at)
		}
		if x.family == 2 && len(x.runes) == 4 && at+2 < len(s) && s[at+2] == last { // 司徒敏
			return 3
		}
		if at > 0 && strings.ContainsRune(callsBefore, s[at-1]) {
			return x.family
		}
	case slices.Contains(x.runes[x.family:], s[at]) && figureOf(s[at]) == stop:
		if !strings.ContainsRune("民大小工人", s[at]) && strings.ContainsRune(kinBehind, next) && next != 0 && (next != '总' && next != '记' || at+2 >= len(s) || !letter(s[at+2])) {
			return 2
		}
		if at > 0 && s[at-1] == '阿' {
			return 1
		}
	}
	return 0
}

var tradeBehind = lazyregexp.New(`^["”』」)]?(?:` + trades + `|(?:种|肉|蛋|奶)?(?:猪|鸡|鸭|鹅|鸽|牛|羊|兔)?(?:场|厂|舍|公司)|农庄|牧场|农场|合作社|集团|牌|品牌|老板)`)

// short: what a name is short for, of two characters, or the first or the last two of more before a trade: 旺发, 宏泰养殖, 泰盛养殖.
func (x *nearName) short(s []rune, at int) int {
	if len(x.runes) == 2 && s[at] == x.runes[0] && at+2 < len(s) && maskSign(s[at+1]) && !strings.ContainsRune(nameSurnames, s[at]) && tradeBehind.MatchString(string(s[at+2:min(len(s), at+8)])) {
		return 2 // 鸿某牧业
	}
	if len(x.runes) > 4 {
		return 0
	}
	const n = 2
	for _, half := range []string{string(x.runes[:n]), string(x.runes[len(x.runes)-n:])} {
		if !startsWith(s[at:], half) || ordinary[half] || nameTrade.all(half) {
			continue
		}
		if len(x.runes) == n {
			return n
		}
		if m := tradeBehind.FindString(string(s[at+n : min(len(s), at+n+6)])); m != "" {
			return n + RuneLen(m)
		}
	}
	return 0
}

// place: the word of a town or a village, where it is no part of another.
func (x *nearName) place(s []rune, at int) int {
	word := string(x.runes)
	if len(x.runes) == 2 && at+2 < len(s) && strings.ContainsRune("镇村乡街圩", s[at+2]) && (s[at] == x.runes[0] && maskSign(s[at+1]) || maskSign(s[at]) && s[at+1] == x.runes[1]) { // 双某镇
		return 3
	}
	if !startsWith(s[at:], word) || ordinary[word] {
		return 0
	}
	if behind := at + len(x.runes); notTownBehind.MatchString(string(s[behind:min(len(s), behind+2)])) { // 共和 in 共和国
		return 0
	}
	return len(x.runes)
}

var placeForm = lazyregexp.New(`^(?:自然村|村(?:[^民庄]|$)|镇|乡|街道|社区|圩)`)

var syllables = sync.OnceValue(func() []string {
	table := make([]string, 0x9FFF-0x4E00+1)
	for i := range table {
		table[i] = pinyin.Syllable(rune(0x4E00 + i))
	}
	for r, as := range nameSounds {
		table[r-0x4E00] = as
	}
	return table
})

// soundOf is how a character is usually read; empty for what is none.
func soundOf(r rune) string {
	if r >= 0x4E00 && r <= 0x9FFF {
		return syllables()[r-0x4E00]
	}
	return pinyin.Syllable(r)
}

// soundHits finds names that are told by their sound: Chinese characters are their syllables, Latin letters stand as they are.
func (n *nearNames) soundHits(r *read) (hits []hit) {
	if len(n.spoken) == 0 {
		return nil
	}
	table, s := syllables(), r.plain.runes
	latin := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= 'a' && s[i] <= 'z' }
	breaks := func(i int) bool { return !latin(i-1) || !latin(i) || r.plain.at[i]-r.plain.at[i-1] > 1 } // a word begins, or a blank stands before it
	for from := range s {
		if latin(from) && !breaks(from) {
			continue
		}
		node, on := int32(0), true
		for to := from; to < len(s) && on; to++ {
			switch c := s[to]; {
			case latin(to):
				node, on = n.sounds.step(node, c)
			case c >= 0x4E00 && c <= 0x9FFF:
				for _, l := range table[c-0x4E00] {
					if node, on = n.sounds.step(node, l); !on {
						break
					}
				}
			default:
				on = to > from && !isFigure(c) && (c == '.' || c == ',' || gapOf(s[to:to+1]) < gapComma)
				continue
			}
			if !on || latin(to) && !breaks(to+1) {
				continue
			}
			for _, k := range n.sounds.ends[node] {
				if x := &n.names[n.spoken[k].name]; x.sounds(s[from:to+1], n.spoken[k].letter, s[to+1:min(len(s), to+7)]) {
					hits = append(hits, hit{kind: x.kind, asked: true, span: span{r.plain.at[from], r.plain.at[to] + 1}})
				}
			}
		}
	}
	return hits
}

// sounds tells whether what sounds as the name stands for it: Latin letters do, and other characters of three syllables and more, the first of a person's
// name being a surname. letters: it has but the first letters of some. A short one of a company needs its trade behind it.
func (x *nearName) sounds(s []rune, letters bool, behind []rune) bool {
	var typed []rune
	latin := 0
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z':
			latin++
		case c >= 0x4E00 && c <= 0x9FFF:
			typed = append(typed, c)
		}
	}
	if trade := x.how == nearCore && tradeBehind.MatchString(string(behind)); x.how == nearCore && len(x.runes) == 2 && latin < 5 {
		return trade && (len(typed) == 0 || !slices.Equal(typed, x.runes) && !ordinary[string(typed)] && !nameTrade.all(string(typed)) && (typed[0] == x.runes[0] || typed[1] == x.runes[1]))
	}
	switch {
	case x.how == nearPlace && latin == 0 && len(typed) == 2: // 三和村委会
		return !slices.Equal(typed, x.runes) && (typed[0] == x.runes[0] || typed[1] == x.runes[1]) && placeForm.MatchString(string(behind))
	case letters:
		return len(typed) == 0 || x.how == nearPerson && slices.Equal(typed, x.runes[:x.family])
	case latin > 0:
		return latin >= 4 || len(typed) > 0 || x.how == nearCore
	case len(x.runes) < 3 || slices.Equal(typed, x.runes) || len(typed) != len(x.runes):
		return false
	}
	same := 0
	for i, c := range typed {
		if c == x.runes[i] {
			same++
		}
	}
	return same > 0 && (x.how != nearPerson || typed[0] == x.runes[0] || strings.ContainsRune(nameSurnames, typed[0]))
}

// ordinary are words of bulletins that are also names.
var ordinary = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`示例 执法 记录 审核 拍照 检查 监测 采样 见证 在场 到场 负责 管理 经营 整改 处理 建设 文明 卫生 环保 长江 和平 国庆 胜利 光明 平安 健康 建军 解放 向阳 生产 丰收 劳动 学习 志愿 成功 发展 立新 富强 民主 自由 公正 法治 爱国 敬业 诚信 友善 美丽 高兴
		国标 长期 伟大 永久 东方 南方 北方 西方 中华 联合 团结 示范 中心 新建 前进 红旗 东风 共同 统一 安全 明确 严格 严明 清洁 清新 清水 海水 江水 河水 水源 水塘 山塘 山坡 大田 荷塘 大江 三江 水口 河口
		山口 路口 出口 长沙 白沙 平原 高山 大山 水库 新城 旧城 中山 广东 广州 佛山 现代 生态 绿色 循环 农业 畜牧 养殖 科技 兴农 惠农 利民 为民 国民 人民 公平 正义 进步 先进 先锋 创新 创业 振兴 复兴 兴旺
		永续 持续 安定 安宁 稳定 兴业 立业 就业 富民 强国 保国 国家 春天 春季 夏季 秋季 冬季 春节 元旦 阳光 月光 光辉 光荣 荣誉 优良 良好 良知 文化 文书 学文 志气 力量 大力 有力 得力 努力 合力 水生 共和 大同 大众 河东 河西 江南 江北 环市`) {
		words[w] = true
	}
	return words
}()
