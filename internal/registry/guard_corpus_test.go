package registry

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The corpus is made anew from a seed at each run: planted leaks (classes × spellings × places), all of which must be found, and clean paragraphs,
// of which fewer than one in a hundred may be refused or asked about. A third of the spellings and of the sentences were kept aside while the guard
// was made; the figures of both parts are printed apart.

const corpusSeed = 20261129

// keptAside tells whether a spelling or a sentence is of the third that nothing was tuned on.
func keptAside(name string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()%3 == 0
}

// spelling writes a word in another way; it gives "" where the word has none.
type spelling struct {
	name  string
	write func(r *rand.Rand, s string) string
}

// allBetween puts a sign between the characters of a word.
func allBetween(sign string) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, s string) string { return strings.Join(strings.Split(s, ""), sign) }
}

// once puts a sign at one place inside a word.
func once(sign string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, s string) string {
		runes := []rune(s)
		if len(runes) < 2 {
			return ""
		}
		at := 1 + r.IntN(len(runes)-1)
		return string(runes[:at]) + sign + string(runes[at:])
	}
}

func replacing(pairs string) func(*rand.Rand, string) string {
	p := []rune(pairs)
	return func(_ *rand.Rand, s string) string {
		out := strings.Map(func(c rune) rune {
			for i := 0; i+1 < len(p); i += 2 {
				if p[i] == c {
					return p[i+1]
				}
			}
			return c
		}, s)
		if out == s {
			return ""
		}
		return out
	}
}

func digitsFrom(zero rune) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, s string) string {
		return strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				return zero + c - '0'
			}
			return c
		}, s)
	}
}

func grouped(sign string, sizes ...int) func(*rand.Rand, string) string {
	return func(_ *rand.Rand, s string) string {
		var parts []string
		for i := 0; len(s) > 0; i++ {
			n := min(sizes[i%len(sizes)], len(s))
			parts = append(parts, s[:n])
			s = s[n:]
		}
		return strings.Join(parts, sign)
	}
}

var asTyped = spelling{"as recorded", func(_ *rand.Rand, s string) string { return s }}

var invisibles = []spelling{
	{"zero-width space", once("\u200b")}, {"word joiner", once("\u2060")}, {"soft hyphen", once("\u00ad")}, {"right-to-left override", once("\u202e")}, {"isolate", once("\u2066")},
	{"variation selector", once("\ufe0f")}, {"byte order mark", once("\ufeff")}, {"tag", once("\U000e0041")}, {"combining mark", once("\u0301")},
}

var nameSpellings = slices.Concat(invisibles, []spelling{asTyped,
	{"a blank", once(" ")}, {"a wide blank", once("　")}, {"a line break", once("\n")}, {"a tab", once("\t")}, {"blanks between", allBetween(" ")}, {"wide blanks between", allBetween("　")},
	{"hyphens between", allBetween("-")}, {"dots between", allBetween("·")}, {"bullets between", allBetween("•")}, {"slashes between", allBetween("/")}, {"low lines between", allBetween("_")}, {"bars between", allBetween("|")},
	{"stars between", allBetween("*")}, {"plus between", allBetween("+")}, {"tildes between", allBetween("~")}, {"dashes between", allBetween("—")}, {"full-width dots between", allBetween("．")},
	{"equal signs between", allBetween("=")}, {"carets between", allBetween("^")}, {"hash signs between", allBetween("#")},
	{"traditional", replacing("张張陈陳刘劉赵趙杨楊吴吳孙孫马馬叶葉绿綠养養场場兴興丰豐华華贵貴国國强強龙龍凤鳳东東广廣农農业業园園镇鎮岗崗围圍庄莊")},
	{"radicals", replacing("大⼤王⺩高⾼力⼒木⽊水⽔山⼭生⽣金⾦马⻢龙⻰见⻅鱼⻥黄⻩长⻓")},
	{"compatibility ideographs", replacing("金金李李林林龙龍凉凉梁梁")},
})

var numberSpellings = slices.Concat(invisibles, []spelling{asTyped,
	{"full width", digitsFrom('０')}, {"Arabic-Indic", digitsFrom('٠')}, {"extended Arabic-Indic", digitsFrom('۰')}, {"Devanagari", digitsFrom('०')}, {"Bengali", digitsFrom('০')}, {"Thai", digitsFrom('๐')},
	{"bold", digitsFrom('𝟎')}, {"monospace", digitsFrom('𝟶')},
	{"Chinese", replacing("0零1一2二3三4四5五6六7七8八9九")}, {"Chinese with a ring", replacing("0〇1一2二3三4四5五6六7七8八9九")}, {"Chinese in full", replacing("0零1壹2贰3叁4肆5伍6陆7柒8捌9玖")}, {"read out", replacing("0零1幺2二3三4四5五6六7七8八9九")},
	{"circled", replacing("0⓪1①2②3③4④5⑤6⑥7⑦8⑧9⑨")}, {"raised", replacing("0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹")}, {"half Chinese", replacing("0零1一8八")},
	{"a blank", once(" ")}, {"a line break", once("\n")}, {"blanks between", allBetween(" ")}, {"hyphens between", allBetween("-")},
})

var groupSpellings = []spelling{
	{"groups of four", grouped(" ", 3, 4, 4)}, {"hyphened groups", grouped("-", 3, 4, 4)}, {"dotted groups", grouped(".", 3, 4, 4)}, {"groups with points", grouped("·", 3, 4, 4)}, {"dashed groups", grouped("—", 3, 4, 4)},
	{"slashed groups", grouped("/", 3, 4, 4)}, {"groups with commas", grouped("、", 3, 4, 4)},
}

// planted is a class of leaks: words, and how they may be spelt. A word with a colon tells the words before it, which are not respelt.
type planted struct {
	class     string
	words     []string
	spellings []spelling
}

func corpusFile() *CaseFile {
	lng, lat := 112.305612, 22.184433
	f := guardFile()
	f.Case.FoundOn = Day(2026, 3, 12)
	f.Parties[0].Name, f.Parties[0].LegalPerson = "恩平市高坡金兴养殖有限公司", "王大力"
	f.OtherNames = []string{"恩平市旧岗丰华畜牧有限公司", "石龙围养鸭场"}
	f.Parties[0].Phone, f.Parties[0].CreditCode = "0750-7712346", "91440704304226404T"
	f.Farm.ReceivingWater, f.Farm.Place = "蚬冈河", Place{Longitude: &lng, Latitude: &lat}
	f.Farm.ContactPhone = "13800138001"
	f.Inspections[0].PresentName = "阿强（场长）"
	f.Inspections[0].StartedOn = Day(2026, 3, 12)
	return f
}

func plantedClasses() []planted {
	days := []spelling{asTyped, {"year.month.day", func(_ *rand.Rand, _ string) string { return "2026.3.12" }}, {"year/month/day", func(_ *rand.Rand, _ string) string { return "2026/03/12" }}, {"ISO", func(_ *rand.Rand, _ string) string { return "2026-03-12" }},
		{"Chinese", func(_ *rand.Rand, _ string) string { return "二〇二六年三月十二日" }}, {"Chinese with zero", func(_ *rand.Rand, _ string) string { return "二零二六年三月十二日" }}, {"8 figures", func(_ *rand.Rand, _ string) string { return "20260312" }},
		{"short year", func(_ *rand.Rand, _ string) string { return "26年3月12日" }}, {"no year", func(_ *rand.Rand, _ string) string { return "3月12日" }}, {"号", func(_ *rand.Rand, _ string) string { return "3月12号" }}, {"mixed", func(_ *rand.Rand, _ string) string { return "二〇二六年3月12日" }},
		{"blanks", func(_ *rand.Rand, _ string) string { return "2026 年 3 月 12 日" }}, {"this month", func(_ *rand.Rand, _ string) string { return "当月12日" }}, {"English", func(_ *rand.Rand, _ string) string { return "Mar 12, 2026" }}, {"that year", func(_ *rand.Rand, _ string) string { return "同年三月十二日" }}}
	brackets := []spelling{asTyped, {"square", replacing("〔[〕]")}, {"round", replacing("〔（〕）")}, {"corner", replacing("〔【〕】")}, {"small", replacing("〔﹝〕﹞")}, {"half width", replacing("〔(〕)")}, {"full-width square", replacing("〔［〕］")}, {"no brackets", func(_ *rand.Rand, s string) string { return strings.NewReplacer("〔", "", "〕", "").Replace(s) }},
		{"第", func(_ *rand.Rand, s string) string { return strings.Replace(s, "〕", "〕第", 1) }}, {"leading zero", func(_ *rand.Rand, s string) string { return strings.Replace(s, "〕", "〕0", 1) }}, {"Chinese year", func(_ *rand.Rand, s string) string { return strings.Replace(s, "2026", "二〇二六", 1) }}, {"年", func(_ *rand.Rand, s string) string { return strings.Replace(s, "2026", "2026年", 1) }},
		{"blanks", allBetween(" ")}, {"full width", digitsFrom('０')}, {"zero-width", once("\u200b")}, {"angle", replacing("〔〈〕〉")}}
	some := func(names ...string) (list []spelling) {
		for _, s := range slices.Concat(nameSpellings, numberSpellings, groupSpellings) {
			if slices.Contains(names, s.name) && !slices.ContainsFunc(list, func(x spelling) bool { return x.name == s.name }) {
				list = append(list, s)
			}
		}
		return list
	}
	plain := some("as recorded", "full width", "zero-width space", "word joiner", "soft hyphen", "isolate", "tag", "Arabic-Indic", "Devanagari", "circled", "a blank", "bold")
	signs := some("as recorded", "zero-width space", "a blank", "soft hyphen", "a line break", "wide blanks between", "isolate")
	return []planted{
		{"当事人名称", []string{"恩平市高坡金兴养殖有限公司", "恩平市低坡养殖场", "恩平市第三坡养殖有限公司"}, nameSpellings},
		{"简称和字号", []string{"绿源牧歌", "高坡金兴", "高坡金兴养殖"}, nameSpellings},
		{"曾用名和并入的名称", []string{"恩平市旧岗丰华畜牧有限公司", "旧岗丰华", "石龙围养鸭场", "石龙围"}, nameSpellings},
		{"人名", []string{"王大力", "李四光", "钱七巧", "赵六顺", "吴记录", "郑执法", "褚拍照", "卫审核", "孙八一", "阿依古丽"}[:9], nameSpellings},
		{"两字人名", []string{"张三", "阿强"}, some("as recorded", "a blank", "a wide blank", "a line break", "zero-width space", "hyphens between", "dots between", "slashes between", "soft hyphen", "traditional", "tag")},
		{"地址", []string{"成平村", "沙湖镇", "成平村委会"}, nameSpellings},
		{"水体", []string{"蚬冈河"}, nameSpellings},
		{"身份证号", []string{"440799197503151235"}, slices.Concat(numberSpellings, groupSpellings)},
		{"别人的身份证号", []string{"11010519491231002X", "440785198811170034"}, some("as recorded", "full width", "Arabic-Indic", "Devanagari", "circled", "Chinese", "Chinese with a ring", "zero-width space", "soft hyphen", "tag", "a blank", "bold", "isolate")},
		{"遮了一部分的证号", []string{"440785********0034", "4407851988****0034", "440785198811******", "44078519881117****", "4407**19881117**34"}, some("as recorded", "full width", "Arabic-Indic", "zero-width space", "bold", "tag")},
		{"旧身份证号", []string{"440799750315123"}, plain},
		{"手机号码", []string{"13800138001"}, slices.Concat(numberSpellings, groupSpellings)},
		{"别人的手机号码", []string{"13712345678", "19912345678"}, slices.Concat(some("as recorded", "full width", "Arabic-Indic", "Devanagari", "Bengali", "circled", "Chinese", "read out", "half Chinese", "zero-width space", "soft hyphen", "blanks between", "hyphens between", "bold"), groupSpellings)},
		{"座机号码", []string{"0750-7712346", "0750 7712346", "（0750）7712346", "07507712346", "电话7712346", "400-830-1234", "+86 750 7712346"}, some("as recorded", "full width", "Arabic-Indic", "circled", "zero-width space", "tag")},
		{"统一社会信用代码", []string{"91440704304226404T", "91440785MA5TE5T12P", "91440785ma5te5t12p"}, some("as recorded", "full width", "zero-width space", "a blank", "soft hyphen", "circled", "Arabic-Indic", "tag", "bold")},
		{"银行账号", []string{"6222001234567890123", "6222 0012 3456 7890 123", "账号：44001670101053"}, plain},
		{"经纬度", []string{"东经112.3056度", "112°18′20″", "112.305612", "22.184433", "北纬22°11′"}, some("as recorded", "full width", "zero-width space", "Arabic-Indic", "tag", "bold")},
		{"车牌", []string{"粤J12345", "粤J·12345", "粤JD12345", "粤J12345D", "粤J1234挂", "粤 J 12345", "WJ粤1234X"}, some("as recorded", "full width", "zero-width space", "soft hyphen", "circled", "tag")},
		{"邮箱和网络账号", []string{"abc.d@example.com", "QQ：123456789", "微信号abc_12345", "加V abc12345", "抖音号：nongchang88"}, some("as recorded", "zero-width space", "tag", "full width")},
		{"网址", []string{"https://example.com/a/1", "www.example.com", "example.cn/show/12"}, some("as recorded", "zero-width space", "tag")},
		{"文号", []string{"江恩环罚〔2026〕21号", "江恩环立〔2026〕5号"}, brackets},
		{"证据和票据号", []string{"证〔2026〕3号", "44070012345"}, some("as recorded", "full width", "zero-width space", "soft hyphen", "tag")},
		{"案件的日期", []string{"2026年3月12日"}, days},
		{"别的日期", []string{"2024年10月5日", "2024-10-05", "二〇二四年十月五日", "10月5日上午", "10月5号"}, signs},
		{"涉密标志", []string{"秘密★10年", "机密★", "绝密", "内部资料", "内部文件 注意保存", "严禁外传"}, some("as recorded", "zero-width space", "a blank", "soft hyphen", "tag")},
		{"未成年人", []string{"15岁", "未成年", "年仅九岁"}, some("as recorded", "zero-width space", "full width", "tag")},
		{"别处的地名", []string{"恩平市大槐镇", "位于横陂镇", "位于塘劳村", "流入锦江", "沿新平大道"}, signs},
		{"别人的姓名加称呼", []string{"，冯阿福场长", "负责人冯阿福在场", "举报人梁小莲反映", "，岑老板"}, some("as recorded", "zero-width space", "soft hyphen", "tag")},
	}
}

// carriers are the places of a bulletin, with words around the leak.
var carriers = []struct{ place, before, after string }{
	{"标题", "", "违法排污案"}, {"标题", "关于", "的典型案例"}, {"导语", "为发挥警示作用，现公布", "等典型案例。"}, {"署名", "供稿：", ""}, {"案情", "2026年3月，执法人员检查发现，", "，该场废水未经处理直接外排。"},
	{"案情", "经查，", "\n该场未配套建设污染防治设施。"}, {"案情", "（", "）存栏生猪2300头。"}, {"查处", "市生态环境局责令其改正，罚款20万元。", "。"}, {"查处", "根据“", "”的材料，依法处罚。"}, {"文件名", "典型案例-", ".pdf"},
}

// Every planted leak is found, refused or asked about.
func TestGuardCorpusPlanted(t *testing.T) {
	b, r := DefaultBureau(), rand.New(rand.NewPCG(corpusSeed, 1))
	g := b.Guard(b.SecretsOf(corpusFile()), nil)
	classes := plantedClasses()
	type count struct{ tried, caught int }
	per, kept, tuned := map[string]*count{}, &count{}, &count{}
	missed := map[string]bool{}
	for tried := 0; tried < 10_000; {
		c := classes[tried%len(classes)]
		s := c.spellings[r.IntN(len(c.spellings))]
		word := c.words[r.IntN(len(c.words))]
		text := s.write(r, word)
		if text == "" {
			text = word
		}
		tried++
		at := carriers[r.IntN(len(carriers))]
		n := per[c.class]
		if n == nil {
			n = &count{}
			per[c.class] = n
		}
		part := tuned
		if keptAside(s.name) {
			part = kept
		}
		n.tried++
		part.tried++
		typed := CleanText(at.before + text + at.after)
		if len(g.Find(typed)) > 0 {
			n.caught++
			part.caught++
			continue
		}
		if key := c.class + " " + s.name + " " + word + " " + at.before; !missed[key] && len(missed) < 60 {
			missed[key] = true
			t.Errorf("%s, %s, in %s: %q is not found", c.class, s.name, at.place, typed)
		}
	}
	for _, c := range classes {
		t.Logf("%s：试 %d，查出 %d，漏 %d", c.class, per[c.class].tried, per[c.class].caught, per[c.class].tried-per[c.class].caught)
	}
	t.Logf("参与调整的写法：试 %d，查出 %d；留出的写法：试 %d，查出 %d", tuned.tried, tuned.caught, kept.tried, kept.caught)
}

// cleanSentences are those of bulletins: {n} is a number, {m} a month, {d} a county, {s} a species.
var cleanSentences = []string{
	"{y}年{m}月，市生态环境局{b}执法人员对{d}某养殖有限公司进行现场检查。", "该场存栏{s}{n}头，年出栏约{n}头。", "该养殖户存栏蛋鸡{n}羽，未建设粪污处理设施。", "现场检查时，该场正在生产，配套的沼气池未正常运行。",
	"废水经场区东侧的土沟流入附近河涌。", "养殖废水未经处理，通过直径{k}毫米的PVC管排入外环境。", "经监测，排放口化学需氧量浓度为{n}mg/L，超标{x}倍。", "氨氮浓度为{k}.{k}毫克/升，总磷为{k}.2毫克/升，均超过限值。",
	"上述行为违反了《中华人民共和国水污染防治法》第三十九条的规定。", "依据《中华人民共和国水污染防治法》第八十三条第（三）项，责令其改正违法行为，处罚款{w}万元。", "依据《畜禽规模养殖污染防治条例》第三十九条、第四十条，罚款人民币{n}00元。",
	"市生态环境局{b}依法立案，并于同月作出行政处罚决定。", "当事人在规定期限内缴纳了全部罚款。", "该公司未申请行政复议，也未提起行政诉讼。", "复查时，该场已完成整改，新建集污池{k}个，容积合计{n}立方米。",
	"《畜禽养殖业污染物排放标准》（DB44/613-2009）表5规定，化学需氧量限值为400mg/L。", "监测依据GB 18596-2001、HJ/T 81-2001和HJ 1029-2019。", "本法自2026年8月15日起施行。", "《中华人民共和国行政处罚法》（2021年1月22日修订）第三十三条规定了不予处罚的情形。",
	"根据《广东省生态环境行政处罚自由裁量权规定》（粤环发〔2021〕7号），裁量等次为一般。", "无排污许可证排放污染物的，由生态环境主管部门责令改正或者限制生产、停产整治，处20万元以上100万元以下的罚款。", "{y}年全市共查处畜禽养殖环境违法案件{k}宗，罚款合计{n}万元。",
	"该养殖场将粪污运往农田还田利用，但消纳土地面积不足。", "执法人员使用无人机巡查，发现鱼塘水体发黑发臭。", "群众通过12345热线反映臭气扰民，投诉{k}件。", "环保举报热线为12369。", "该案适用从轻处罚，罚款为裁量基准的{k}%。",
	"养殖场负责人表示将尽快整改。", "当事人承认上述违法事实。", "现场负责人在检查记录上签字确认。", "该场负责人因涉嫌污染环境罪，被移送公安机关。", "公安机关对直接责任人员处行政拘留{k}日。",
	"规模养殖场应当建设与养殖规模相适应的粪污贮存、处理与利用设施。", "散养户也应当防止粪便、污水渗漏和溢流。", "以案说法：以逃避监管的方式排放污染物，情节严重的可以责令停业、关闭。", "各养殖场户要引以为戒，落实主体责任。", "{d}位于潭江流域，水环境敏感。",
	"该场投资额{n}万元，未依法报批环境影响评价文件即开工建设。", "责令停止建设，处建设项目总投资额百分之{c}的罚款。", "沉淀池长{k}米、宽{k}米、深{x}米，池底无防渗措施。", "黑膜沼气池破损，沼液溢流至场外排水沟。", "排放口设在场区西北角围墙外。",
	"该合作社养殖{s}{n}头，干清粪工艺，尿液进入三级沉淀池。", "采样结果：悬浮物{n}mg/L，粪大肠菌群{k}000个/L，pH值7.2。", "每日产生养殖废水约{k}吨，集污池仅能贮存{k}天。", "罚款金额在5万元以上10万元以下，本案处{w}万元。", "执法人员当场制作检查笔录并拍照取证。",
	"同一违法行为不得给予两次以上罚款。", "按日连续处罚共计{k}日，每日{w}万元。", "当事人逾期不履行行政处罚决定，依法申请人民法院强制执行。", "该场属于禁养区外的规模养殖场，已取得排污许可登记。", "村民饮用水未受影响，农村道路旁的沟渠已清理。", "乡镇政府和村委会配合开展整治，自然村内的散户签订承诺书。",
	"{y}年第{q}季度，{d}开展畜禽养殖污染专项整治行动。", "畜禽粪污资源化利用率达到{k}%以上。", "该案件入选{y}年度典型案例。", "文书由市生态环境局依法送达。", "涉案养殖场已于{m}月底清栏。", "{d}某家庭农场雨污分流不彻底，雨季污水溢流。",
	"从本案看，养殖场主不能以“不知道”为由免除责任。", "对主动消除或者减轻违法行为危害后果的，应当从轻或者减轻处罚。", "经调查，{d}某养殖户在未办理任何手续的情况下扩建猪舍{k}栋。", "现场查明的排放去向为：集污池—明沟—溢流口—鱼塘。", "企业应当按照排污许可证规定的污染物种类、浓度、总量排放。",
	"粪污经固液分离后，固体部分制作有机肥。", "总面积{n}平方米，距离最近的居民点约{k}00米。", "案件{c}：{d}某养殖专业合作社未经验收投入生产案。", "（一）责令立即停止违法排放；（二）罚款{w}万元。", "行政机关应当自立案之日起九十日内作出行政处罚决定。", "被处罚人可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。",
	"沿河两岸的养殖场户是本次检查的重点。", "养殖废水流入农田灌溉渠，造成水体发黑。", "该水库为饮用水水源地，一级保护区内禁止养殖。", "检查组来到该村，走访周边居民。", "污水沿管道排至村边水塘。", "主要污染物去除率不足{k}%，设施形同虚设。",
}

// cleanParagraph composes a paragraph out of some sentences.
func cleanParagraph(b *Bureau, r *rand.Rand, from []string) string {
	var out strings.Builder
	for range 3 + r.IntN(4) {
		d := b.Districts[r.IntN(len(b.Districts))]
		out.WriteString(strings.NewReplacer("{y}", fmt.Sprint(2019+r.IntN(8)), "{m}", fmt.Sprint(1+r.IntN(12)), "{d}", d.Name, "{b}", d.Branch, "{n}", fmt.Sprint(100+r.IntN(9900)), "{k}", fmt.Sprint(2+r.IntN(90)),
			"{x}", fmt.Sprintf("%d.%d", r.IntN(9), r.IntN(100)), "{w}", fmt.Sprintf("%d.%d", 1+r.IntN(60), r.IntN(10)), "{s}", []string{"生猪", "母猪", "肉牛", "奶牛", "山羊"}[r.IntN(5)],
			"{q}", fmt.Sprint(1+r.IntN(4)), "{c}", []string{"一", "二", "三", "四", "五"}[r.IntN(5)]).Replace(from[r.IntN(len(from))]))
	}
	return out.String()
}

func TestGuardCorpusClean(t *testing.T) {
	b := DefaultBureau()
	g := b.Guard(b.SecretsOf(corpusFile()), nil)
	var parts [2][]string
	for _, s := range cleanSentences {
		if keptAside(s) {
			parts[1] = append(parts[1], s)
		} else {
			parts[0] = append(parts[0], s)
		}
	}
	for i, name := range []string{"参与调整的句子", "留出的句子"} {
		r := rand.New(rand.NewPCG(corpusSeed, uint64(2+i)))
		wrong, all := 0, 1000
		told := map[string]bool{}
		for range all {
			text := cleanParagraph(b, r, parts[i])
			if leaks := g.Find(text); len(leaks) > 0 {
				wrong++
				for _, l := range leaks {
					if key := l.Kind + l.Before + l.After; !told[key] && len(told) < 25 {
						told[key] = true
						t.Logf("%s（%t）：%s[%s]%s", l.Kind, l.Asked, l.Before, l.Text, l.After)
					}
				}
			}
		}
		t.Logf("%s（%d 句）：%d 段，误报 %d", name, len(parts[i]), all, wrong)
		if wrong*100 >= all {
			t.Errorf("%s: %d of %d clean paragraphs are refused or asked about, want fewer than one in a hundred", name, wrong, all)
		}
	}
}
