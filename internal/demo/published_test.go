package demo

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// describe tells every fact of a published case, a line a fact; what was not published gives no line.
func describe(f *registry.CaseFile) []string {
	var out []string
	add := func(key string, parts ...any) {
		var words []string
		for _, p := range parts {
			if s := fmt.Sprint(p); s != "" {
				words = append(words, s)
			}
		}
		if len(words) > 0 {
			out = append(out, key+": "+strings.Join(words, " "))
		}
	}
	herd := func(h registry.Herd) string {
		n := "?"
		if h.Count != nil {
			n = fmt.Sprint(*h.Count)
		}
		return strings.TrimSpace(h.Species + h.Stage + " " + h.Basis + n + h.Qualifier + " " + h.AsOf.String())
	}
	c, farm := f.Case, f.Farm
	add("case", c.Origin, c.DistrictCode, c.FoundOn, c.Number, c.Source, c.Stage, f.Campaign.Name)
	add("organs", f.DecidingOrgan.Name, f.HandlingOrgan.Name)
	for i, p := range f.Parties {
		add("party", c.Parties[i].Role, p.Kind, p.Name, p.PublicName, c.Parties[i].NameAtAct, p.CreditCode, p.IDNumber, p.LegalPerson, p.Phone, p.Address)
	}
	add("farm", farm.Name, farm.PublicName, farm.RaisingMode, farm.ManureMode, farm.Town, farm.Address, farm.InTanjiang, farm.ControlSection)
	if farm.AreaM2 != nil {
		add("area", *farm.AreaM2)
	}
	for _, h := range farm.Herds {
		add("herd", herd(h))
	}
	for _, x := range farm.Facilities {
		add("facility", x.Kind, x.Name, x.Capacity, x.Lining, x.State)
	}
	for _, a := range []struct {
		name string
		a    registry.Approval
	}{{"eia", farm.EIA}, {"acceptance", farm.Acceptance}, {"permit", farm.Permit}} {
		add(a.name, a.a.State, a.a.Kind, a.a.Number, a.a.On, a.a.ValidTo)
	}
	add("zone", farm.Zone.Relation, farm.Zone.PlanName, farm.Zone.PlanNumber, farm.Zone.PlanOn, farm.Zone.Evidence, farm.Zone.CheckedOn)
	for _, x := range f.Inspections {
		add("inspection", x.State, x.Result, x.Kind, x.StartedOn, x.StartTime, x.Place, x.PresentName, x.Others, len(x.Officers))
		for i, n := range x.Path.Nodes {
			add("path", n.Kind, n.Name, n.Lining, n.State, "after", x.Path.Predecessors(i+1))
		}
		add("water", x.Path.ReceivingWater)
	}
	for _, x := range f.Samples {
		add("sample", x.Medium, x.Point, x.SampledOn, x.SamplingOrgan, x.AnalysisOrgan, x.ReportNumber, x.StandardCited)
		for _, r := range x.Results {
			add("result", r.Pollutant, r.ValueText(), r.Limit, r.LimitRef)
		}
	}
	for _, x := range f.Evidence {
		add("evidence", x.Kind, x.Title, x.Number, x.Maker, x.MadeOn)
	}
	for _, v := range f.Violations {
		add("violation", v.TypeCode, v.ActFrom, v.ActTo, v.Continuing)
		for _, k := range v.Citations {
			add(string(k.Standing)+" "+string(k.Role), k.String(), k.VersionID, k.Holding)
		}
		for _, e := range v.Checklist {
			add("element", e.Key, e.Answer)
		}
	}
	for _, d := range f.Documents {
		add("document", d.Kind, d.OrderMode, d.Result, d.OrganName, d.Number, d.MadeOn, d.ServedOn, d.DueOn, d.ResultOn)
		if d.Persons != nil || d.Amount != nil {
			add("document", "has persons or an amount")
		}
	}
	for _, p := range f.Penalties {
		amount := "?"
		if p.Amount != nil {
			amount = p.Amount.String()
		}
		add("penalty", p.Kind, amount, p.PayBy)
	}
	for _, n := range f.ReviewNotes {
		add("note", n.Severity, n.Kind)
	}
	return out
}

func lines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		out = append(out, strings.TrimSpace(l))
	}
	return out
}

// publishedFacts are the facts of the published page, case by case, one a line; anything more or less is a defect.
var publishedFacts = []struct {
	id    registry.CaseID
	name  string
	facts string
}{
	{1, "恩平", `
		case: 公开资料补录 440785 2024-10 已处罚 畜禽养殖场环境执法专项行动
		organs: 江门市生态环境局 江门市生态环境局恩平分局
		party: 单位 公司 恩平某畜牧有限公司 恩平某畜牧有限公司 恩平某畜牧有限公司
		farm: 恩平某畜牧有限公司 恩平某畜牧有限公司
		herd: 生猪母猪 存栏5300多 2024-10
		facility: 废水处理设施
		facility: 废气治理设施 堆粪棚旁废气治理设施 闲置停运
		facility: 堆粪棚
		facility: 鱼塘 鱼塘A 无防渗
		facility: 鱼塘 鱼塘B 无防渗
		eia: 已办理
		acceptance: 已办理
		permit: 已办理
		inspection: 已提交 发现违法 2024-10 0
		path: 产生源 部分未经处理的养殖废水 after []
		path: 鱼塘 鱼塘A 无防渗 after [1]
		path: 管道 水泥管道 中间断裂 after [2]
		path: 断裂处 水泥管道断裂处 渗漏 after [3]
		path: 鱼塘 鱼塘B 无防渗 after [3]
		path: 外环境 外环境 after [5]
		path: 土壤 周边土壤 污水渗入 after [2 4 5]
		sample: 废水 鱼塘A水质
		sample: 废水 鱼塘B水质
		result: 其他 超标（数值未公布）
		sample: 废水 渗漏处水质
		sample: 土壤 渗漏处土壤
		violation: WATER_EVASION
		published violated: 《中华人民共和国水污染防治法》第三十九条 2017 held
		review basis: 《中华人民共和国水污染防治法》第八十三条第（三）项 2017 held
		review basis: 《排污许可管理条例》第三十四条第（二）项 2021 held
		review violated: 《中华人民共和国水污染防治法》第四十条第三款 2017 held
		review basis: 《中华人民共和国水污染防治法》第八十五条第一款第（九）项 2017 held
		element: discharge 具备
		element: means 具备
		element: evasion 待查
		element: evidence 具备
		violation: WATER_EXCEED
		published violated: 《中华人民共和国水污染防治法》第十条 2017 held
		review basis: 《中华人民共和国水污染防治法》第八十三条第（二）项 2017 held
		review basis: 《排污许可管理条例》第三十四条第（一）项 2021 held
		element: discharge 具备
		element: sample 具备
		element: standard 待查
		element: exceed 具备
		violation: FACILITY_IDLE_AIR
		published violated: 《广东省环境保护条例》第二十三条第三款 2022 held
		review basis: 《广东省环境保护条例》第六十七条第二款 2022 held
		element: facility 具备
		element: idle 具备
		element: approval 待查
		document: 立案
		document: 责令改正 立即改正
		document: 行政处罚决定
		document: 移送行政拘留 公安机关
		document: 损害赔偿磋商 已开展
		document: 修复方案 已完成
		document: 修复实施 已开展
		penalty: 种类未公布 ?
		note: 轻微 标点
		note: 提示 一致
		note: 提示 竞合提示
		note: 待核 缺项`},
	{2, "鹤山", `
		case: 公开资料补录 440784 2024-06 已处罚 畜禽养殖场环境执法专项行动
		organs: 江门市生态环境局 江门市生态环境局鹤山分局
		party: 单位 未知 鹤山市某畜禽养殖场 鹤山市某畜禽养殖场 鹤山市某畜禽养殖场
		farm: 鹤山市某畜禽养殖场 鹤山市某畜禽养殖场
		herd: 生猪 ? 2024-06
		facility: 沉淀池 两级沉淀池 满溢
		facility: 其他 收集塘
		inspection: 已提交 发现违法 2024-06 鹤山市环境保护监测站（采样监测） 0
		path: 产生源 猪舍粪污废水 after []
		path: 沉淀池 两级沉淀池 满载溢流 after [1]
		path: 雨水管渠 雨水管道 after [2]
		path: 收集塘 收集塘 after [3]
		path: 溢流口 收集塘东南角溢流口 正在外流 after [4]
		path: 雨水管渠 附近雨水渠 after [5]
		path: 水体 场旁河流 after [6]
		water: 场旁河流（名称未公布）
		sample: 废水 收集塘溢流口外排水 鹤山市环境保护监测站 《畜禽养殖业污染物排放标准》（DB44/613—2009）表1
		result: 氨氮 超标（数值未公布） DB44/613—2009 表1（通报所印）
		result: 总磷 超标（数值未公布） DB44/613—2009 表1（通报所印）
		violation: WATER_EVASION
		published violated: 《中华人民共和国水污染防治法》第三十九条 2017 held
		review basis: 《中华人民共和国水污染防治法》第八十三条第（三）项 2017 held
		review violated: 《中华人民共和国水污染防治法》第十条 2017 held
		review basis: 《中华人民共和国水污染防治法》第八十三条第（二）项 2017 held
		element: discharge 具备
		element: means 待查
		element: evasion 待查
		element: evidence 具备
		document: 立案
		document: 责令改正 立即改正
		document: 行政处罚决定
		document: 移送行政拘留 公安机关
		penalty: 种类未公布 ?
		note: 轻微 标点
		note: 重大 表号
		note: 轻微 术语
		note: 待核 漏引
		note: 提示 时效提示
		note: 待核 缺项`},
	{3, "开平", `
		case: 公开资料补录 440783 2024-05 已处罚 畜禽养殖场环境执法专项行动
		organs: 江门市生态环境局 江门市生态环境局开平分局
		party: 单位 公司 开平市某农业科技有限公司 开平市某农业科技有限公司 开平市某农业科技有限公司
		farm: 开平市某农业科技有限公司 开平市某农业科技有限公司
		herd: 生猪 存栏1300 2024-05
		facility: 沉淀池
		facility: 氧化塘
		facility: 鱼塘 消纳鱼塘
		facility: 其他 自行建设的污染防治配套设施 不合格
		eia: 登记表
		inspection: 已提交 发现违法 2024-05 0
		path: 产生源 养殖废水 after []
		path: 沉淀池 沉淀池 after [1]
		path: 氧化塘 氧化塘 after [2]
		path: 鱼塘 鱼塘 消纳 after [3]
		violation: LIVESTOCK_NO_FACILITY
		published violated: 《畜禽规模养殖污染防治条例》第十三条第二款 2013 held
		review basis: 《畜禽规模养殖污染防治条例》第三十九条 2013 held
		element: farm 具备
		element: facility 具备
		element: entrust 具备
		element: operating 具备
		document: 立案
		document: 责令改正 立即改正
		document: 行政处罚决定
		penalty: 种类未公布 ?
		note: 轻微 文件名
		note: 提示 用语来源
		note: 轻微 版面重复
		note: 待核 命令形式
		note: 待核 缺项`},
	{4, "台山", `
		case: 公开资料补录 440781 2024-02 已处罚 畜禽养殖场环境执法专项行动
		organs: 江门市生态环境局 江门市生态环境局台山分局
		party: 单位 未知 台山市某养殖场 台山市某养殖场 台山市某养殖场
		farm: 台山市某养殖场 台山市某养殖场
		area: 66700
		zone: 禁养区内 台山市畜禽养殖禁养区划定调整方案 台府〔2020〕19号 2020 遥感影像图、禁养区划定方案与遥感测绘结果分析报告比对 2024-02
		inspection: 已提交 发现违法 2024-02 0
		evidence: 遥感影像 涉案地块遥感影像图
		evidence: 规划文件 台山市畜禽养殖禁养区划定调整方案 台府〔2020〕19号 台山市人民政府
		evidence: 测绘报告 遥感测绘结果分析报告
		violation: NO_FARM_ZONE_OPERATE 是
		published violated: 《广东省环境保护条例》第四十九条第二款 2022 held
		review basis: 《广东省环境保护条例》第七十七条 2022 held
		element: zone 具备
		element: in_force 待查
		element: operate 具备
		element: order 待查
		element: refuse 具备
		document: 责令改正 限期改正
		document: 复查 拒不改正
		document: 立案
		document: 行政处罚决定
		document: 报政府责令拆除或关闭 台山市人民政府
		penalty: 种类未公布 ?
		note: 轻微 版面重复
		note: 待核 缺项`},
	{5, "新会", `
		case: 公开资料补录 440705 2024-06 已处罚 畜禽养殖场环境执法专项行动
		organs: 江门市生态环境局 江门市生态环境局新会分局
		party: 单位 未知 新会区某养牛场 新会区某养牛场 新会区某养牛场
		farm: 新会区某养牛场 新会区某养牛场 自繁自养
		herd: 肉牛 存栏150 2024-06
		facility: 收集沟渠 场内沟渠
		facility: 其他 白色塑胶管道 破损
		facility: 隔渣池 粪污收集隔渣池
		inspection: 已提交 发现违法 2024-06 0
		path: 产生源 粪污和牛栏清洗废水 after []
		path: 沟渠 场内沟渠 after [1]
		path: 管道 白色塑胶管道 断裂 after [2]
		path: 隔渣池 粪污收集隔渣池 after [3]
		path: 断裂处 管道断裂口 废水直接外流 after [3]
		path: 沟渠 牛栏旁水沟 after [5]
		path: 水体 场旁溪流 after [6]
		water: 场旁溪流（名称未公布）
		violation: LIVESTOCK_DIRECT_DISCHARGE
		published violated: 《畜禽规模养殖污染防治条例》第二十条 2013 held
		review basis: 《畜禽规模养殖污染防治条例》第四十一条 2013 held
		review basis: 《江门市潭江流域水质保护条例》第三十六条第二款 2016 held
		review basis: 《江门市潭江流域水质保护条例》第三十六条第二款 2019 held
		element: waste 具备
		element: untreated 具备
		element: environment 具备
		element: evidence 具备
		document: 立案
		document: 责令改正 立即改正
		document: 行政处罚决定
		penalty: 种类未公布 ?
		note: 待核 措施名称
		note: 待核 缺项`},
}

func TestPublishedCases(t *testing.T) {
	s, _ := loaded(t)
	for _, c := range publishedFacts {
		t.Run(c.name, func(t *testing.T) {
			got, want := describe(caseFile(t, s, c.id)), lines(c.facts)
			for i := range max(len(got), len(want)) {
				var g, w string
				if i < len(got) {
					g = got[i]
				}
				if i < len(want) {
					w = want[i]
				}
				if g != w {
					t.Errorf("fact %d of case %d:\n got %s\nwant %s", i+1, c.id, g, w)
				}
			}
		})
	}
}

// TestPublishedCasesHaveNoDefect: what a newspaper did not print is no defect, nobody is late for it, and each fine lies on its own range.
func TestPublishedCasesHaveNoDefect(t *testing.T) {
	s, _ := loaded(t)
	for id := registry.CaseID(1); id <= 5; id++ {
		page, err := s.CasePage(context.Background(), registry.CommandLine, id)
		if err != nil {
			t.Fatal(err)
		}
		if page.Case.Origin != registry.OriginPublished {
			t.Fatalf("case %d is of %s", id, page.Case.Origin)
		}
		for _, f := range procedure.Checks(page.Facts) {
			if f.Verdict == procedure.Defect || f.Code == "AMOUNT_IN_RANGE" && len(page.Penalties) > 0 && page.Penalties[0].Amount != nil && f.Verdict != procedure.Sound {
				t.Errorf("case %d: %s %s: %s", id, f.Verdict, f.Title, f.What)
			}
		}
		for _, c := range procedure.Clocks(page.Facts) {
			if c.State == procedure.Overdue {
				t.Errorf("case %d: %s is %s", id, c.Rule.Name, c.Words())
			}
		}
	}
}
