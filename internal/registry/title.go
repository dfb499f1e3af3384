package registry

import "strings"

// TitleParts cuts a title where a line may end, between its words and behind its phrases: a browser then breaks it nowhere else. A long part of
// which no word is known is cut too.
func TitleParts(title string) (parts []string) {
	const long = 6
	text := []rune(title)
	from := 0
	for i := 1; i < len(text); i++ {
		if cost := TitleSeam(text, i); cost <= seamWord && text[i] != ' ' || cost <= seamAny && i-from >= long {
			if noLineBegins(text[i]) || noLineEnds(text[i-1]) || text[i] < 0x80 && text[i-1] < 0x80 {
				continue
			}
			parts, from = append(parts, string(text[from:i])), i
		}
	}
	return append(parts, string(text[from:]))
}

func noLineBegins(r rune) bool {
	return strings.ContainsRune("、，。：；！？）》”’〕】％%·—…", r)
}
func noLineEnds(r rune) bool { return strings.ContainsRune("（《“‘〔【", r) }

// wordsOfTitles are the words that titles of bulletins are made of: a break inside one tears it.
var wordsOfTitles = func() (list [][]rune) {
	for w := range strings.FieldsSeq(`
		环境执法专项行动 执法专项行动 专项行动 专项执法 典型案例 环境执法 生态环境局 生态环境 环境保护 环境违法 违法行为 违法 养殖场 养殖业 养猪场 养牛场 养鸡场 养殖户 专业户 畜禽 养殖
		污染防治 水污染 污染物 污染 排污 排放 外排 偷排 漏排 直排 超标 溢流 渗漏 渗坑 暗管 雨水 污水 废水 废气 废弃物 粪污 粪便 固体废物 危险废物 沉淀池 氧化塘 鱼塘 沟渠 河流 溪流 水体 土壤 畜禽禁养区 禁养区 限养区
		配套 建设 设施 处理 无害化 治理 闲置 停运 擅自 未经 直接 逃避 监管 监测 自动监测 数据 造假 弄虚作假 拒不 改正 拒不改正 整改 合格 不合格 投产 投入 使用 生产 许可证 环评 验收 备案 登记
		有限公司 有限责任公司 股份有限公司 合作社 家庭农场 农业 科技 畜牧 发展 公司 生猪 母猪 肉牛 奶牛 蛋鸡 肉鸡 分局 某某
		通报 公布 公开 曝光 警示 以案说法 处罚 立案 查处 移送 拘留 案件 附件 示意图 路径`) {
		list = append(list, []rune(w))
	}
	return list
}()

var titleCompany = []rune("有限公司")

// What a break costs a title. SeamLast is where only a line that holds no more is broken.
const (
	seamNone = 0
	seamWord = 2   // between words
	seamAny  = 7   // where we know nothing
	seamTorn = 20  // inside a word
	SeamLast = 200 // inside a name in 《》, between a number and its unit, inside 有限公司: only where a line holds no more
)

// TitleSeam is what a break before character i costs a title: nothing where a phrase ends, little between words, much inside one.
func TitleSeam(text []rune, i int) float64 {
	if i >= len(text) {
		return seamNone
	}
	before, after := text[i-1], text[i]
	if inTitleName(text, i) || titleWordAt(text, i, titleCompany) == inWord || isTitleCount(before) && strings.ContainsRune("年月日起批例个项宗头只家户件次名人条款号期吨万亿元亩米倍％%", after) {
		return SeamLast
	}
	if strings.ContainsRune("的地得了着等们之", after) {
		return seamTorn
	}
	switch before {
	case '、', '，', '：', '》', '”', '）', ' ', 0x3000:
		return seamNone
	case '第', '不', '未', '某', '约', '近':
		return seamTorn
	}
	if strings.ContainsRune("案性化者市县区局厅司起例内外中里上下后时", after) {
		return seamTorn
	}
	beside := false
	for _, w := range wordsOfTitles {
		switch titleWordAt(text, i, w) {
		case inWord:
			return seamTorn
		case besideWord:
			beside = true
		}
	}
	if isTitleCount(after) && !isTitleCount(before) {
		for j := i + 1; j < min(i+4, len(text)); j++ {
			if strings.ContainsRune("起批例个项宗", text[j]) {
				return seamNone // … | 五起典型案例
			}
		}
	}
	if beside || before == '的' {
		return seamWord
	}
	return seamAny
}

// inTitleName says whether a break before character i falls inside a name in 《》.
func inTitleName(text []rune, i int) bool {
	for k := i - 1; k >= 0 && text[k] != '》'; k-- {
		if text[k] == '《' {
			return true
		}
	}
	return false
}

const (
	inWord     = 1
	besideWord = 2
)

// titleWordAt tells whether a break before character i falls inside the word, just beside it, or neither.
func titleWordAt(text []rune, i int, word []rune) int {
	at := 0
	for start := max(0, i-len(word)); start <= i && start+len(word) <= len(text); start++ {
		same := true
		for k, r := range word {
			same = same && text[start+k] == r
		}
		switch {
		case same && start < i && i < start+len(word):
			return inWord
		case same:
			at = besideWord
		}
	}
	return at
}

func isTitleCount(r rune) bool {
	return r >= '0' && r <= '9' || strings.ContainsRune("一二三四五六七八九十百两几", r)
}
