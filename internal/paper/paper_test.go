package paper

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// required is what practice says each paper must hold (办法第二十八条, 处罚法第五十九条, 案卷评查细则 2024): written here once more, so that an item
// cannot leave the table unseen.
var required = map[string]string{
	"visit": "检查开始时间 检查结束时间 检查地点 检查地点坐标 检查人员 记录人 被检查单位 当事人号码 法定代表人 当事人地址 现场负责人 现场负责人职务 出示执法证件 告知权利义务 " +
		"存栏情况 环保手续 治理设施 检查情况 拍照录像情况 被检查人意见 笔录编号",
	"interrogation": "询问笔录编号 询问开始时间 询问结束时间 询问地点 询问人 询问记录人 被询问人 被询问人性别 被询问人年龄 被询问人证件 被询问人单位 被询问人职务 被询问人电话 被询问人住址 " +
		"与本案关系 送达地址 监护人 出示证件情况 告知权利情况 申请回避情况 问答 被询问人意见",
	"sampling":   "被检查单位 检查地点 样品 采样单位 检查人员",
	"photos":     "照片",
	"catalogue":  "案由 立案号 证据 证据要素",
	"order":      "文号 当事人 当事人号码 当事人地址 法定代表人 调查日期 违法事实 证据 违反条款 责令依据 改正内容 改正期限 复议机关 复议期限 管辖法院 诉讼期限 作出日期",
	"review":     "案由 立案号 当事人 当事人号码 承办人员 违法事实 违反条款 处罚依据 裁量理由 文书内容 法制审核人 作出日期",
	"discussion": "案由 立案号 作出日期 主持人 讨论人员 会议记录人 违法事实 处罚依据 裁量理由 文书内容",
	"notice": "文号 当事人 当事人号码 当事人地址 法定代表人 案由 违法事实 证据 违反条款 处罚依据 拟处罚内容 裁量理由 陈述申辩期限 告知依据 听证申请期限 听证依据 联系方式 " +
		"作出日期",
	"decision": "文号 当事人 当事人号码 当事人地址 法定代表人 案由 调查日期 违法事实 证据 违反条款 告知书文号 告知书送达日期 陈述申辩情况 处罚依据 裁量理由 处罚内容 缴款期限 " +
		"缴款方式 加处罚款规定 复议机关 复议期限 管辖法院 诉讼期限 作出日期",
	"service":  "当事人 案由 文书名称 文号 当事人地址 送达方式 送达日期 送达人",
	"transfer": "文号 受移送机关 案由 当事人 当事人号码 当事人地址 法定代表人 移送人数 案情 违法事实 移送依据 文书内容 承办人 作出日期",
	"closing":  "案由 当事人 当事人号码 法定代表人 立案号 处罚决定 缴款情况 改正复查情况 文书内容 承办人 审核人 审批人 作出日期",
}

// Of an empty record each paper can be made, lists all that it needs, and every required item has its place on it.
func TestEveryPaperHoldsWhatItNeeds(t *testing.T) {
	law := statute.Embedded()
	for i := range Kinds {
		k := &Kinds[i]
		t.Run(k.Key, func(t *testing.T) {
			s := &Source{Bureau: registry.DefaultBureau(), Law: law, Today: registry.Day(2025, 6, 27)}
			switch k.Of {
			case "document":
				s.Document = &registry.Document{Kind: registry.DocPublication}
				if k.Docs != nil {
					s.Document.Kind = k.Docs[0]
				}
			case "interrogation":
				s.Interrogation = &registry.Interrogation{}
			case "inspection":
				s.Inspection = &registry.Inspection{}
			}
			p, used := compose(k, s)
			var names []string
			for _, n := range k.Needs {
				names = append(names, n.Item)
				if !used[n.Item] {
					t.Errorf("%s is required and nowhere on the paper", n.Item)
				}
				x, ok := item(n.Item)
				if !ok {
					t.Fatalf("no item %s", n.Item)
				}
				if n.Asks != AsksFile {
					ref, err := law.Reference(n.Asks)
					if err != nil {
						t.Fatal(err)
					}
					if s.says(ref.LawID, ref.Provision) == "" {
						t.Errorf("%s rests on %s, which the catalogue does not hold in force", n.Item, n.Asks)
					}
				}
				missing := slices.ContainsFunc(p.Missing, func(m Missing) bool { return m.Name == n.Item })
				if unasked := n.Unless != nil && n.Unless(s); missing != (x.Value(s) == "" && !unasked) {
					t.Errorf("%s: listed as missing %v, its value is %q", n.Item, missing, x.Value(s))
				}
			}
			for _, want := range strings.Fields(required[k.Key]) {
				if !slices.Contains(names, want) {
					t.Errorf("practice asks for %s, the table does not", want)
				}
			}
			if got := len(strings.Fields(required[k.Key])); got != len(names) {
				t.Errorf("the table asks for %d items, the list of practice has %d: %v", len(names), got, names)
			}
		})
	}
	if len(required) != len(Kinds) {
		t.Errorf("%d kinds, the list of practice has %d", len(Kinds), len(required))
	}
}

// A term stands on paper only while the rule is in force: no law, no number.
func TestTermsComeFromTheCatalogue(t *testing.T) {
	s := &Source{Bureau: registry.DefaultBureau(), Law: statute.Embedded(), Today: registry.Day(2025, 6, 27), Document: &registry.Document{}}
	for _, c := range []struct {
		on         registry.Date
		code, want string
	}{
		{registry.Day(2025, 6, 27), "RECON_APPLY", "六十日"}, {registry.Day(2025, 6, 27), "SUIT_DIRECT", "六个月"}, {registry.Day(2025, 6, 27), "HEARING_REQUEST", "五个工作日"},
		{registry.Day(2025, 6, 27), "STATEMENT_DEFENCE", "五个工作日"}, {registry.Day(2025, 6, 27), "FINE_PAY", "十五日"}, {registry.Day(2026, 9, 1), "RECON_APPLY", "六十日"},
		{registry.Day(2023, 6, 1), "RECON_APPLY", ""}, {registry.Day(2020, 6, 1), "HEARING_REQUEST", ""}, {registry.Day(2025, 6, 27), "NO_SUCH_RULE", ""},
	} {
		s.Document.MadeOn = c.on
		if got := s.term(c.code); got != c.want {
			t.Errorf("%s on %s is %q, want %q", c.code, c.on, got, c.want)
		}
	}
	s.Document.MadeOn = registry.Day(2020, 6, 1) // before the penalty law of 2021
	if got := s.article(penaltyLaw, at(44)); got != "" {
		t.Errorf("in 2020 the paper cites %s", got)
	}
	if got := s.doubt("STATEMENT_DEFENCE"); got != "" {
		t.Errorf("a rule not in force is doubted: %s", got)
	}
}

// What an administrator writes is checked: a brace that stands for nothing, or a wording that there is not, is refused in words.
func TestWordingsAreChecked(t *testing.T) {
	decision, _ := WordingGroup("decision")
	for _, c := range []struct {
		key, text, want string
	}{
		{"lead", "{案由}，现已审查终结。", ""}, {"lead", "", ""}, {"lead", "{案号}，现已审查终结。", "{案号}不是这份文书的字段；可用的有：文号、当事人"},
		{"lead", "{案由，现已审查终结。", "花括号没有成对"}, {"preamble", "开头", "没有“preamble”这一段用语"}, {"lead", strings.Repeat("长", 4001), "太长"},
	} {
		err := decision.CheckWordings(map[string]string{c.key: c.text})
		if got := problems(err); c.want == "" && err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s %.20q: %s, want %s", c.key, c.text, got, c.want)
		}
	}
	for _, g := range WordingGroups() { // what is shipped passes
		texts := map[string]string{}
		for _, w := range g.Wordings {
			texts[w.Key] = w.Default
		}
		if err := g.CheckWordings(texts); err != nil {
			t.Errorf("%s: %s", g.Key, problems(err))
		}
	}
}

func problems(err error) string {
	var words []string
	var e *registry.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			words = append(words, f.Message)
		}
	}
	return strings.Join(words, "；")
}
