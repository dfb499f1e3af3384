package facts

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/registry"
)

// told are the facts of a text as a line each: 设施: 鱼塘A，无防渗.
func told(f Facts) (list []string) {
	for _, x := range f.Told {
		list = append(list, x.Label+": "+x.Value)
	}
	return list
}

func TestFacts(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"该场占地面积约12亩，正在从事肉鸭养殖。", "生产情况: 已投产|占地面积: 约12亩"},
		{"占地1.2万平方米。", "占地面积: 1.2万平方米"},
		{"该公司尚未投入生产。", "生产情况: 未投产"},
		{"该场已停产清栏。", "生产情况: 停产"},
		{"该场未办理环评手续，也没有取得排污许可证。", "环评: 未办理|排污许可: 未办理"},
		{"环评批复、竣工环保验收均已办理，持有排污许可证。", "环评: 已办理|环保验收: 已办理|排污许可: 已办理"},
		{"环评：已办理；排污许可证：未办理。", "环评: 已办理|排污许可: 未办理"},
		{"未按环评要求建设污染防治设施。", "环评要求: 未落实|设施: 环评要求配套的污染防治设施，未建"},
		{"违反了《排污许可管理条例》第二条。", ""},
		{"该公司排污许可证管理类别为简化管理。", "排污许可类别: 简化管理"},
		{"没有把粪污委托有资质的单位处理。", "委托他人处理: 否"},
		{"粪污委托某环保公司清运。", "委托他人处理: 是"},
		{"市局委托第三方监测机构采样。", ""},
		{"养殖棚位于禁养区内。", "禁养区: 禁养区内"},
		{"经比对，养殖棚不在禁养区范围内。", ""},
		{"一套污水处理站没有运行，处于闲置状态。", "设施: 废水处理设施，闲置停运（1）"},
		{"粪水从破损的集污池渗出，经排水沟流入青溪。", "排污路径: 粪水 → 集污池 → 排水沟 → 青溪|设施: 集污池，破损"},
		{"两口鱼塘已经满溢，粪水漫出塘外流入附近农田。", "排污路径: 粪水 → 周边农田|设施: 鱼塘（2）"},
		{"监测人员对废水总排口采样，化学需氧量浓度为315毫克/升，超过《畜禽养殖业污染物排放标准》（GB 18596-2001）表5限值。", "采样: 废水总排口：化学需氧量315mg/L超标"},
		{"执法人员在水沟采样，氨氮、总磷均超标。", "采样: 水沟：氨氮超标、总磷超标"},
		{"有现场检查笔录、现场照片和调查询问笔录等证据为证。", "现场检查笔录: 现场检查笔录|照片: 现场照片|调查询问笔录: 调查询问笔录"},
		{"根据群众举报，执法人员到场检查。", "案件来源: 群众举报"},
		{"在“双随机”抽查中发现问题。", "案件来源: 双随机"},
		{"废水流入河道，造成地表水污染损害。", "受损害的: 地表水|排污路径: 废水 → 河道"},
		{"市委召开会议，学习有关精神。", ""},
		{"该场占地１２亩，建有鱼塘Ａ。", "占地面积: 12亩|设施: 鱼塘A"},
		{"无害化处理池已建成，环评手续齐全。", "环评: 已办理|设施: 无害化处理设施"},
		{"该公司未造成污染并已取得排污许可证。", "排污许可: 已办理"},
		{"1号棚不在禁养区内，2号棚位于禁养区内。", "禁养区: 禁养区内"},
		{"检查该场是否位于禁养区内。", ""},
		{"该公司篡改自动监测数据。", ""},
		{"经自动监控发现超标。", "案件来源: 自动监控"},
		{"未造成地表水污染损害。", ""},
		{"废水经沉淀池后未排入河道。", "排污路径: 废水 → 沉淀池|设施: 沉淀池"},
		{"《监测报告一》（1号）和《监测报告二》没有收到；有《某场监测报告》（甲号）、《某场复测监测报告》（乙号）为证。", "监测报告: 某场监测报告|监测报告: 某场复测监测报告"},
		{"信宜市某奶牛场沼液池破损。两座沉淀池均未做防渗。", "设施: 沼液池，破损|设施: 沉淀池，无防渗（2）"},
		{"建有废水、废气治理设施各两套。", "设施: 废水处理设施（2）|设施: 废气治理设施（2）"},
		{"对水质造成的损害有待鉴定。", ""},
		{"《环境影响报告。该场占地3亩。", "占地面积: 3亩"},
	} {
		if got := strings.Join(told(Read(Case{Narrative: tt.text})), "|"); got != tt.want {
			t.Errorf("facts of %q\n got  %s\n want %s", tt.text, got, tt.want)
		}
	}
}

// A path that leaves the way it should have taken says where from; what is broken, full, or unlined says so.
func TestPath(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"猪舍粪水经场内沟渠流进集污池，再由软管抽到沉淀池。软管中间断裂，粪水从断口直接流到路边水沟，最后流入旁边小河。",
			"猪舍粪水|场内沟渠|集污池|软管(中间断裂)|沉淀池|管道断口(废水直接外流)<4|路边水沟<6|场旁小河<7"},
		{"养殖废水处理流程为：废水—沉淀池—氧化塘—鱼塘消纳。", "养殖废水|沉淀池|氧化塘|鱼塘(消纳)"},
		{"沉淀池已装满，废水漫出后流入雨水渠。", "废水|雨水渠"},
		{"废水从没有防渗的鱼塘A流到鱼塘B，渗入土壤。", "废水|鱼塘A/无防渗|鱼塘B/无防渗|周边土壤(污水渗入)<2,3"},
		{"经对鱼塘A、鱼塘B水质采样监测，外排水超标。", ""},
		{"粪污收集池满溢流入旁边水沟，最后汇入五华河。", "粪污|粪污收集池(满载溢流)|旁边水沟|五华河"},
		{"废水经连接鱼塘A和鱼塘B的水泥管道排到场外。", "废水|鱼塘A|水泥管道|鱼塘B|外环境"},
	} {
		var list []string
		for _, n := range Read(Case{Narrative: tt.text}).Path.Nodes {
			s := n.Name
			if n.Lining != "" {
				s += "/" + n.Lining
			}
			if n.State != "" {
				s += "(" + n.State + ")"
			}
			for i, a := range n.After {
				s += map[bool]string{true: "<", false: ","}[i == 0] + string(rune('0'+a))
			}
			list = append(list, s)
		}
		if got := strings.Join(list, "|"); got != tt.want {
			t.Errorf("path of %q\n got  %s\n want %s", tt.text, got, tt.want)
		}
	}
}

func TestSamples(t *testing.T) {
	f := Read(Case{Narrative: "监测人员对废水总排口采样，化学需氧量浓度为315毫克/升，超过《畜禽养殖业污染物排放标准》（GB 18596-2001）表5限值。"})
	if len(f.Samples) != 1 || f.Samples[0].StandardCited != "《畜禽养殖业污染物排放标准》（GB 18596-2001）表5" {
		t.Fatalf("samples = %+v", f.Samples)
	}
	f = Read(Case{Narrative: "某县环境监测站对鱼塘A、鱼塘B水质和渗漏处的土壤采样，外排水超标。废水从鱼塘A流到鱼塘B，再排入外环境。"})
	var list []string
	for _, x := range f.Samples {
		list = append(list, x.Point+"/"+x.Medium)
	}
	if got := strings.Join(list, "|"); got != "鱼塘A水质/废水|鱼塘B水质/废水|渗漏处土壤/土壤" || f.Others != "某县环境监测站（采样监测）" {
		t.Errorf("samples %s, others %q", got, f.Others)
	}
	if i := slices.IndexFunc(f.Samples, func(x registry.Sample) bool { return x.Exceeds() }); i != 1 {
		t.Errorf("sample %d is over the limit; want that of the last pond the water passes", i+1)
	}
}

// Whatever the text, the words that told a fact are in it, and what was read is what a record may hold.
func FuzzFacts(f *testing.F) {
	for _, s := range []string{"", "废水经管道断裂处流入鱼塘A旁的水沟", "对、和水质采样，氨氮超标", "连接鱼塘A和鱼塘B的水泥管道断裂，废水流入土壤", "《》的鱼塘旁的", "占地9999999999999999999亩"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, narrative, handling string) {
		if !utf8.ValidString(narrative + handling) {
			t.Skip()
		}
		got := Read(Case{Narrative: narrative, Handling: handling})
		n := utf8.RuneCountInString(narrative) + utf8.RuneCountInString(handling)
		for _, x := range got.Told {
			if x.Start < 0 || x.End < x.Start || x.End > n || x.Key == "" {
				t.Fatalf("fact %+v of %d characters", x, n)
			}
		}
		for i, p := range got.Path.Nodes {
			for _, a := range p.After {
				if a < 1 || a > i {
					t.Fatalf("node %d of %+v comes from %d", i+1, got.Path.Nodes, a)
				}
			}
		}
	})
}
