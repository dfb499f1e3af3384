package pdf

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// sample is a bulletin of five invented cases, as long and as varied as a published one.
func sample() report.Bulletin {
	water := report.StatuteQuote{
		Law: "中华人民共和国水污染防治法", Provision: "第三十九条", Version: "2017年修正",
		Text: "禁止利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物。",
	}
	fine := report.StatuteQuote{
		Law: "中华人民共和国水污染防治法", Provision: "第八十三条", Version: "2017年修正", Checked: true,
		Text: "违反本法规定，有下列行为之一的，由县级以上人民政府环境保护主管部门责令改正或者责令限制生产、停产整治，并处十万元以上一百万元以下的罚款；情节严重的，报经有批准权的人民政府批准，责令停业、关闭：\n" +
			"（一）未依法取得排污许可证排放水污染物的；\n" +
			"（二）超过水污染物排放标准或者超过重点水污染物排放总量控制指标排放水污染物的；\n" +
			"（三）利用渗井、渗坑、裂隙、溶洞，私设暗管，篡改、伪造监测数据，或者不正常运行水污染防治设施等逃避监管的方式排放水污染物的；\n" +
			"（四）未按照规定进行预处理，向污水集中处理设施排放不符合处理工艺要求的工业废水的。",
	}
	return report.Bulletin{
		Title:  "关于畜禽养殖环境执法专项行动五起典型案例的通报",
		Issuer: "某市生态环境局",
		Dated:  "2024年12月",
		Lead: "为推动规模养殖场落实污染防治主体责任，今年以来，我局组织各分局开展畜禽养殖环境执法专项行动，采取日常巡查、交叉检查和无人机航测相结合的方式，依法查处了一批违法排污行为。\n" +
			"现将其中五起典型案例予以通报。各养殖场（户）应当引以为戒，对照检查，及时整改；各分局要举一反三，加强指导和监管。",
		Marks: []string{"示例（虚构数据）", "草稿　未经审核"},
		Cases: []report.BulletinCase{{
			Label: "案件一", Title: "恩平市某畜牧有限公司私设暗管排放养殖废水案",
			Facts: []string{
				"2024年10月，恩平分局执法人员对恩平市某畜牧有限公司进行现场检查。该公司存栏母猪5300多头，已取得环评批复和排污许可证，并通过竣工环境保护验收，配套建有处理能力为600m³/d的废水处理设施。检查时，氧化塘东侧堤埂下埋有一根直径160mm的PVC管，管口正向场外沟渠排水。",
				"经采样监测，外排水中化学需氧量为812mg/L、氨氮(NH₃-N)为246mg/L，分别超过《畜禽养殖业污染物排放标准》（DB44/613-2009）表1限值1.03倍和2.08倍；下游沟渠水体发黑、有异味。另查明，堆粪棚配套的除臭设施自当月起停用，现场不能提供停运报告。",
			},
			Handling: []string{"上述行为违反了《中华人民共和国水污染防治法》第十条、第三十九条和《广东省环境保护条例》第二十三条第三款的规定。恩平分局责令该公司立即改正，依法作出行政处罚（恩环罚〔2024〕12号），并将案件移送公安机关，由公安机关对直接负责的主管人员依法处以行政拘留。"},
			Quotes:   []report.StatuteQuote{water, fine},
		}, {
			Label: "案件二", Title: "鹤山市某养殖场粪污经雨水沟外排案",
			Facts:    []string{"2024年6月，鹤山分局执法人员在巡查中发现，鹤山市某养殖场一栋育肥舍的粪污进入两级沉淀池后，因池体已满而漫出，沿雨水沟流入场外的收集塘，再由塘边溢流口排向农灌渠。监测站当场采样，溢流口水样中氨氮、总磷均超过《畜禽养殖业污染物排放标准》（DB44/613-2009）规定的限值。"},
			Handling: []string{"该场的行为违反了《中华人民共和国水污染防治法》第三十九条的规定。鹤山分局依法立案，责令其立即改正，并处以罚款；涉嫌以逃避监管的方式排放污染物的线索已移送公安机关。"},
			Quotes:   []report.StatuteQuote{water},
		}, {
			Label: "案件三", Title: "开平市某农业科技有限公司未配套建设粪污处理设施即投入生产案",
			Facts:    []string{"2024年5月，开平分局检查发现，开平市某农业科技有限公司存栏生猪1300头，养殖废水经沉淀池、氧化塘后全部进入鱼塘消纳。经核对环境影响登记资料，该公司没有按要求建设固液分离和厌氧发酵设施，现有设施达不到防治要求，也没有委托他人对养殖废弃物进行综合利用和无害化处理，养殖场却已投入使用。"},
			Handling: []string{"该公司违反了《畜禽规模养殖污染防治条例》第十三条第二款的规定。开平分局责令其停止使用并限期建设配套设施，同时作出行政处罚。复查时，新建的固液分离和沼气工程已经投入运行。"},
			Quotes: []report.StatuteQuote{{Law: "畜禽规模养殖污染防治条例", Provision: "第十三条第二款", Version: "2013年公布", Checked: true,
				Text: "未建设污染防治配套设施、自行建设的配套设施不合格，或者未委托他人对畜禽养殖废弃物进行综合利用和无害化处理的，畜禽养殖场、养殖小区不得投入生产或者使用。"}},
		}, {
			Label: "案件四", Title: "台山市某养殖场在畜禽禁养区内从事养殖案",
			Facts:    []string{"2024年2月，台山分局执法人员对台山市某养殖场进行检查，该场占地约6.67公顷，正在从事生猪养殖。经将现场坐标与禁养区划定图、近三年遥感影像比对，该场全部位于畜禽禁养区内，且在禁养区划定公布后仍继续扩建猪舍。"},
			Handling: []string{"该场的行为违反了《广东省环境保护条例》第四十九条第二款的规定。台山分局下达责令改正违法行为决定书，限期清栏；期满复查，该场仍未停止养殖。台山分局遂依法立案处罚，并报请台山市人民政府责令关闭。"},
			Quotes: []report.StatuteQuote{{Law: "广东省环境保护条例", Provision: "第四十九条第二款", Version: "2022年修正",
				Text: "畜禽禁养区内不得从事畜禽养殖业。"}},
		}, {
			Label: "案件五", Title: "新会区某养牛场直接排放未经处理的养殖废弃物案",
			Facts:    []string{"2024年6月，新会分局执法人员对新会区某养牛场进行检查，该场自繁自养肉牛150头，牛粪和冲栏水由明沟收集，经一根白色软管送往粪污池。检查时软管在中途断开，粪水直接流入牛栏旁的水沟，最后汇入附近溪流，沿途可见明显的粪渣和泡沫。"},
			Handling: []string{"该场违反了《畜禽规模养殖污染防治条例》第二十条的规定。新会分局责令其立即停止排放、清理沟渠，并依法作出行政处罚。"},
			Quotes: []report.StatuteQuote{{Law: "畜禽规模养殖污染防治条例", Provision: "第二十条", Version: "2013年公布",
				Text: "向环境排放经过处理的畜禽养殖废弃物，应当符合国家和地方规定的污染物排放标准和总量控制指标。畜禽养殖废弃物未经处理，不得直接向环境排放。"}},
		}},
		Notes: []string{
			"本通报为系统演示用的虚构示例，案情、单位和数值均非真实案件。",
			"标有“未经官方文本核对”的法条文本，引用前请以国家法律法规数据库的官方文本为准。",
		},
		Created: time.Date(2024, 12, 6, 9, 0, 0, 0, time.UTC),
	}
}

// bulletinBytes prints a bulletin or fails the test.
func bulletinBytes(t testing.TB, b report.Bulletin) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteBulletin(&out, b); err != nil {
		t.Fatalf("WriteBulletin: %v", err)
	}
	return out.Bytes()
}

// TestKeepSample leaves the sample in each design beside where CASEBOOK_SAMPLE_PDF says, to be looked at.
func TestKeepSample(t *testing.T) {
	path := os.Getenv("CASEBOOK_SAMPLE_PDF")
	if path == "" {
		t.Skip("CASEBOOK_SAMPLE_PDF is not set")
	}
	for _, design := range registry.BulletinDesigns {
		file := strings.TrimSuffix(path, ".pdf") + "-" + design + ".pdf"
		if err := os.WriteFile(file, bulletinBytes(t, designed(design)), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Println("wrote", file)
	}
}
