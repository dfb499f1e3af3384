package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebook/internal/intake"
	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// step is a document or act of the procedure and the words by which a text tells it. A text that says why not is left alone.
type step struct {
	kind registry.DocKind
	says *lazyregexp.Regexp
	but  *lazyregexp.Regexp // of the clause: it says something else
}

var steps = []step{
	{registry.DocOrder, lazyregexp.New(`责令[^，。；]{0,24}(?:改正|整改|治理|停止违法行为|停止排放|消除污染)|责改`), nil},
	{registry.DocNotFiled, lazyregexp.New(`不予立案`), nil},
	{registry.DocFiling, lazyregexp.New(`立案`), lazyregexp.New(`不予立案|立案侦查|公安[^，。；]*立案|结案`)},
	{registry.DocSeizure, lazyregexp.New(`查封|扣押`), lazyregexp.New(`解除|未`)},
	{registry.DocNotice, lazyregexp.New(`(?:事先|听证)[^，。；]{0,8}告知|拟(?:作出|处|对|给予)[^，。；]{0,24}(?:处罚|罚款)`), nil},
	{registry.DocDecision, lazyregexp.New(`行政处罚决定|(?:作出|给予|予以|实施|进行|下达)[^，。；]{0,16}处罚|处(?:以|予)?[^，。；]{0,20}罚款|罚款[^，。；]{0,10}元|依法处罚|立案处罚`),
		lazyregexp.New(`拟|不予|免予|免于|告知|可以|应当|由[^，。；]*主管部门|以上[^，。；]*以下`)},
	{registry.DocNoPenalty, lazyregexp.New(`(?:不予|免予|免于)(?:行政)?处罚`), nil},
	{registry.DocDailyPenalty, lazyregexp.New(`按日(?:连续|计)`), lazyregexp.New(`可以|应当`)},
	{registry.DocCrime, lazyregexp.New(`移送[^。；]*(?:犯罪|刑事)|(?:犯罪|刑事责任)[^。；]*移送`), nil},
	{registry.DocDetention, lazyregexp.New(`移送[^。；]*(?:公安|拘留)`), lazyregexp.New(`犯罪|刑事`)},
	{registry.DocReport, lazyregexp.New(`报[^，。；]{0,14}政府[^。；]*(?:拆除|关闭|关停)|报请[^，。；]{0,14}政府`), nil},
	{registry.DocDamageTalks, lazyregexp.New(`损害(?:赔偿)?(?:的|事宜)?磋商|损害赔偿`), nil},
	{registry.DocRepairPlan, lazyregexp.New(`修复方案`), nil},
	{registry.DocRepair, lazyregexp.New(`(?:开展|着手|实施|启动|完成)[^，。；]{0,10}修复(?:工作|工程|。|$)`), nil},
	{registry.DocRecheck, lazyregexp.New(`复查|复核检查|后督察`), nil},
	{registry.DocEnforcement, lazyregexp.New(`申请[^，。；]{0,14}强制执行`), nil},
	{registry.DocClosing, lazyregexp.New(`结案`), nil},
}

// clauses end at a full stop or semicolon; a comma joins what is said of one step.
var clauseEnd = lazyregexp.New(`[。；;\n]`)

// stepsOf lists the steps that the text tells of how the case was handled, one of a kind, in its order.
func stepsOf(d *intake.Draft) []registry.Document {
	said := d.Handling
	if said == "" {
		said = strings.Join(d.Measures, "。")
	}
	var list []registry.Document
	for _, sentence := range clauseEnd.Split(said, -1) {
		type place struct {
			at int
			x  registry.Document
		}
		var here []place
		for _, s := range steps {
			at := s.says.FindStringIndex(sentence)
			if at == nil || s.but != nil && s.but.MatchString(partOf(sentence, at)) ||
				slices.ContainsFunc(list, func(x registry.Document) bool { return x.Kind == s.kind }) {
				continue
			}
			here = append(here, place{at[0], document(s.kind, sentence, at)})
		}
		slices.SortStableFunc(here, func(a, b place) int { return cmp.Compare(a.at, b.at) })
		for _, p := range here {
			list = append(list, p.x)
		}
	}
	return list
}

// partOf is the part between commas that holds a place of a sentence.
func partOf(sentence string, at []int) string {
	from, to := 0, len(sentence)
	if i := strings.LastIndex(sentence[:at[0]], "，"); i >= 0 {
		from = i
	}
	if i := strings.Index(sentence[at[1]:], "，"); i >= 0 {
		to = at[1] + i
	}
	return sentence[from:to]
}

// document is a step with what its sentence tells of it: mode and term of an order, day, number, whom it went to, of how many, what came of it.
func document(kind registry.DocKind, sentence string, at []int) registry.Document {
	x := registry.Document{Kind: kind, Content: strings.TrimSpace(sentence) + "。", NumberTyped: numberOf(kind, sentence), MadeOn: dayOf(sentence, at[0])}
	for _, r := range results {
		if x.Result == "" && r.of == kind && r.told.MatchString(sentence) {
			x.Result = r.result
		}
	}
	switch kind {
	case registry.DocOrder:
		switch part := partOf(sentence, at); {
		case strings.Contains(part, "立即"):
			x.OrderMode = "立即改正"
		case inTerm.MatchString(part), inTerm.MatchString(sentence):
			x.OrderMode = "限期改正"
		case strings.Contains(sentence, "立即"):
			x.OrderMode = "立即改正"
		}
		if m := dueDay.FindStringSubmatch(sentence); m != nil {
			x.DueOn = chineseDay(m)
		}
	case registry.DocDetention, registry.DocCrime:
		x.OrganName = string(registry.DeciderPolice)
		if m := referred.FindStringSubmatch(sentence); m != nil {
			x.People, x.Persons = m[2], countWord(m[1])
		}
	case registry.DocReport:
		if m := government.FindStringSubmatch(sentence); m != nil {
			x.OrganName = m[1]
		}
	}
	return x
}

var (
	inTerm     = lazyregexp.New(`限期|限定期限|期限内|\d+(?:个工作)?日内|月内|[日月底]前`)
	dueDay     = lazyregexp.New(`(\d{4})年(\d{1,2})月(\d{1,2})日(?:之|以)?前`)
	madeDay    = lazyregexp.New(`(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?`)
	otherDay   = lazyregexp.New(`检查|发现|接到|举报|采样|前|复查|以来`)
	referred   = lazyregexp.New(`对(?:该[\p{Han}]{1,3}的?)?(?:([一二两三四五六七八九十]|\d+)名)?((?:相关|有关|直接|主要)?(?:责任人员?|涉案人员|直接负责的主管人员|负责人))`)
	government = lazyregexp.New(`报(?:请|告|经)?([\p{Han}]{2,10}?(?:人民政府|[市县区]政府))`)
	numbered   = lazyregexp.New(`[\p{Han}]{2,12}〔\d{4}〕\d+号`)
)

// results are what a sentence tells of what came of a step; the first counts.
var results = []struct {
	of     registry.DocKind
	result string
	told   *lazyregexp.Regexp
}{
	{registry.DocRecheck, "拒不改正", lazyregexp.New(`拒不`)},
	{registry.DocRecheck, "未改正", lazyregexp.New(`仍未|未(?:完成)?(?:整改|改正)|没有(?:整改|改正)`)},
	{registry.DocRecheck, "已改正", lazyregexp.New(`(?:已|均)(?:经)?(?:完成)?(?:整改|改正)|整改到位|完成整改`)},
	{registry.DocDetention, "已决定拘留", lazyregexp.New(`公安[^。；]*(?:已|作出|决定|依法)[^。；]{0,12}拘留[\p{Han}\d]{0,4}[日天]`)},
	{registry.DocDamageTalks, "已完成", lazyregexp.New(`磋商(?:达成|成功|完成)|达成[^，。；]*(?:磋商|赔偿)|签订[^，。；]*协议`)},
	{registry.DocDamageTalks, "已开展", lazyregexp.New(`已|开展|启动|进行|初步|展开`)},
	{registry.DocRepairPlan, "已完成", lazyregexp.New(`(?:制定|编制|完成|提交|制订)[^，。；]{0,6}修复方案|修复方案[^，。；]{0,6}(?:已|制定|编制|完成)`)},
	{registry.DocRepair, "已完成", lazyregexp.New(`完成[^，。；]{0,10}修复|修复(?:工作)?(?:已)?完成`)},
	{registry.DocRepair, "已开展", lazyregexp.New(`开展|着手|实施|启动|动工`)},
}

// signs are the characters by which the number of a document tells its kind, in the order in which they are looked for.
var signs = []struct {
	of   registry.DocKind
	sign string
}{{registry.DocNotice, "告"}, {registry.DocOrder, "责"}, {registry.DocSeizure, "封"}, {registry.DocDecision, "罚"}, {registry.DocFiling, "立"}}

// numberOf is the number that a sentence prints of a document of the kind.
func numberOf(kind registry.DocKind, sentence string) string {
	for _, n := range numbered.FindAllString(sentence, -1) {
		for _, s := range signs {
			if strings.Contains(n, s.sign) {
				if s.of == kind {
					return strings.TrimPrefix(n, "文号")
				}
				break
			}
		}
	}
	return ""
}

// dayOf is the day in front of a step, where nothing else is told between them.
func dayOf(sentence string, at int) registry.Date {
	list := madeDay.FindAllStringSubmatchIndex(sentence[:at], -1)
	if len(list) == 0 {
		return registry.Date{}
	}
	last := list[len(list)-1]
	if between := sentence[last[1]:at]; utf8.RuneCountInString(between) > 24 || otherDay.MatchString(between) || stepIn(between) {
		return registry.Date{}
	}
	return chineseDay(madeDay.FindStringSubmatch(sentence[last[0]:last[1]]))
}

func stepIn(s string) bool {
	return slices.ContainsFunc(steps, func(x step) bool { return x.says.MatchString(s) })
}

// chineseDay is the day or month of three groups; zero where no calendar has it.
func chineseDay(m []string) registry.Date {
	s := fmt.Sprintf("%s-%02s", m[1], m[2])
	if m[3] != "" {
		s += fmt.Sprintf("-%02s", m[3])
	}
	on, err := registry.ParseDate(s)
	if err != nil {
		return registry.Date{}
	}
	return on
}

// countWord is 三 or 3 as a number; nil for none.
func countWord(s string) *int64 {
	if i := strings.Index("一二三四五六七八九十", s); s != "" && i >= 0 {
		n := int64(i/len("一") + 1)
		return &n
	}
	if s == "两" {
		s = "2"
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}
