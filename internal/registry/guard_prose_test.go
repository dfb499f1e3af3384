package registry

import (
	"strings"
	"testing"
)

// A publisher writes as people write. None of this gets past the guard.
func TestGuardSpellingsOfPeople(t *testing.T) {
	b := DefaultBureau()
	f := guardFile()
	f.Parties[0].Phone = "0750-7712346"
	f.Inspections[0].PresentName = "王大力（场长）"
	f.Inspections[0].Others = "陈小明/谭大牛、养殖场管理人员"
	f.Farm.ContactName = "叶小草 老板"
	f.Parties[1].LegalPerson = "岑老板"
	secrets := b.SecretsOf(f)
	for _, text := range []string{
		"恩平市高坡生态养殖有限公司", "高坡生态养殖公司", "高坡（生态）养殖", "恩平高坡生态养殖场", "恩平市高坡养殖有限公司", "低坡养殖的猪粪", "第三坡的猪粪",
		"见证人王大力", "陈小明在场", "谭大牛在场", "叶小草在场", "岑老板在场",
		"440799(19750315)1235", "440799（19750315）1235", "440799.19750315.1235", "440799_19750315_1235", "440799/1975/0315/1235", "440799，19750315，1235",
		"1 3 8 0 0 1 3 8 0 0 1", "1-3-8-0-0-1-3-8-0-0-1", "138/0013/8001", "138_0013_8001", "138、0013、8001", "(138)0013-8001", "（138）00138001", "138 — 0013 — 8001",
		"电话7712346", "(0750)-7712346", "护照号码E12345678", "加V：abc12345",
		"10月5日，执法人员", "同年10月5日", "24年10月5日", "十月五日上午", "照片20241005", "当年十二月二十日",
		"恩环罚〔2026〕21号", "位于沙湖的一家养殖场", "恩平沙湖某养殖场",
	} {
		if len(b.FindLeaks(text, secrets)) == 0 {
			t.Errorf("FindLeaks(%q) finds nothing", text)
		}
	}
}

// What people type where a name, a number or a place belongs is often an ordinary word; it must not bar that word from every bulletin.
func TestGuardLeavesOrdinaryWords(t *testing.T) {
	b := DefaultBureau()
	others := func(s string) func(f *CaseFile) {
		return func(f *CaseFile) { f.Inspections = []Inspection{{Others: s}} }
	}
	present := func(s string) func(f *CaseFile) {
		return func(f *CaseFile) { f.Inspections = []Inspection{{PresentName: s}} }
	}
	party := func(s string) func(f *CaseFile) { return func(f *CaseFile) { f.Parties = []Party{{Name: s}} } }
	for _, c := range []struct {
		record func(f *CaseFile)
		text   string
	}{
		{others("周边群众"), "周边群众反映臭气扰民"},
		{others("养殖场管理人员"), "现场管理人员在场"},
		{others("安全员、司机、施工人员、单位代表"), "司机将粪水倾倒，安全员和施工人员、单位代表在场"},
		{others("李某"), "李某在场"},
		{present("负责人"), "该场负责人在场"},
		{present("李某某"), "李某某在场"},
		{present("不详"), "存栏不详"},
		{func(f *CaseFile) { f.Inspections = []Inspection{{Place: "猪舍"}} }, "猪舍排出废水"},
		{func(f *CaseFile) { f.Inspections = []Inspection{{Number: "12"}} }, "2012年投产，罚款12万元"},
		{func(f *CaseFile) { f.Violations = []Violation{{Place: "东南角"}} }, "养殖场东南角溢流"},
		{func(f *CaseFile) { f.Violations = []Violation{{Place: "3号集污池旁"}} }, "3号集污池旁溢流"},
		{func(f *CaseFile) { f.Evidence = []Evidence{{Number: "01"}} }, "超标2.01倍"},
		{func(f *CaseFile) { f.Evidence = []Evidence{{Number: "1-3"}} }, "第1-3项"},
		{func(f *CaseFile) { f.Payments = []Payment{{Receipt: "2000"}} }, "存栏2000头，罚款20000元"},
		{func(f *CaseFile) { f.Samples = []Sample{{ReportNumber: "第5号"}} }, "第5号标准"},
		{func(f *CaseFile) { f.Documents = []Document{{Number: "无文号"}} }, "无文号的告知书"},
		{func(f *CaseFile) { f.Farm = &Farm{Address: "成平村机耕路旁", ContactName: "场主"} }, "机耕路旁，场主在场"},
		{party("恩平市畜禽废弃物处理有限公司"), "未建设畜禽废弃物处理设施"},
		{party("恩平市环保有机肥有限公司"), "粪便制作有机肥，环保有机肥外售"},
		{party("江门市资源化利用科技有限公司"), "粪污资源化利用"},
		{party("某养殖场"), "某养殖场排放"},
		{party("养殖场"), "该养殖场排放"},
	} {
		f := &CaseFile{}
		c.record(f)
		if leaks := b.FindLeaks(c.text, b.SecretsOf(f)); len(leaks) > 0 {
			t.Errorf("FindLeaks(%q) = %v, want nothing", c.text, leaks)
		}
	}
}

// Bulletins as they are written, with amounts, limits, standards, laws and months: nothing in them is anybody's.
func TestGuardPassesBulletins(t *testing.T) {
	b := DefaultBureau()
	f := guardFile()
	f.Inspections[0].Number, f.Evidence[0].Number, f.Payments[0].Receipt = "12", "01", "2000"
	secrets := b.SecretsOf(f)
	for _, text := range []string{
		"2024年10月，江门市生态环境局执法人员对恩平市某养殖场进行检查，该场存栏生猪2300头，配套建设集污池3个（容积合计1500立方米）、沼气池1座、黑膜沼气池1个。经监测，排放口化学需氧量浓度为1380mg/L，氨氮浓度为138 mg/L，总磷浓度为 28.6 mg/L，分别超过《畜禽养殖业污染物排放标准》（DB44/613-2009）表5限值（400mg/L、80mg/L、8.0mg/L）2.45倍、0.73倍和2.58倍。当事人的行为违反了《中华人民共和国水污染防治法》第三十九条、第十条的规定，依据第八十三条第（二）项、第（三）项，责令其改正违法行为，并处罚款人民币20.5万元（大写：贰拾万伍仟元整）。",
		"2023年6月至2024年3月，该养殖户存栏蛋鸡13800-14000羽，未依法进行环境影响评价即开工建设，总投资额 1380013.80 元，罚款占总投资额1.5%，即人民币20700.21元。依据《中华人民共和国行政处罚法》（2021年修订）第三十二条、第三十三条，《广东省生态环境行政处罚自由裁量权规定》（粤环发〔2021〕7号）从轻处罚。限30日内改正，15日内缴纳罚款。",
		"粪大肠菌群数为2.4×10⁴个/L（限值1000个/100mL），pH值为6～9，色度80倍，GB 18596-2001、HJ/T 81-2001、HJ 1029-2019、GB/T 36195-2018、NY/T 1168-2006 均为现行标准。12345热线、12369环保举报热线收到群众投诉5件。举报电话：12345。国土空间图斑编号不公开。",
		"案例一：无排污许可证排放污染物案。案例二：以逃避监管的方式排放污染物案。2025年第1季度，全市共查处畜禽养殖环境违法案件12宗，罚款合计1,234,567元，移送公安机关行政拘留3宗3人，刑事立案1宗。适用《中华人民共和国生态环境法典》第一千一百零七条，自2026年8月15日起施行。",
		"《畜禽规模养殖污染防治条例》（国务院令第643号）第三十九条：“违反本条例规定，畜禽养殖场、养殖小区依法应当进行环境影响评价而未进行的，由有权审批该项目环境影响评价文件的环境保护主管部门责令停止建设，限期补办手续；逾期不补办手续的，处5万元以上50万元以下的罚款。”面积 12000-15000平方米，距河道150-200米，雨水沟长1200米、宽0.5米、深0.8米；储液池液位1.8米；每日产生废水量约20-25吨；工作时间8:30-12:00。",
		"无人机航拍发现该场通过直径110毫米的PVC管将废水排入场外水沟，管长约35米。经采样监测（报告由有资质单位出具），COD 3.56×10³ mg/L。查封18000千瓦时配电箱1个，期限30日。2024年8月、9月两次复查，均未改正，按日连续处罚28日，每日2万元，共计56万元。",
		"法〔2020〕1号、环办环评〔2020〕33号、农办牧〔2022〕19号；国令第736号；主席令第七十号；中华人民共和国主席令第87号（2017年6月27日修正）。",
		"年出栏生猪 10000 头（折合存栏 5000 头）；1个生产周期180天；编号为DA001的排气筒、DW001的排放口；许可量 COD 12.5 t/a；投资3600.0000万元；罚没收入2000 0000元。",
	} {
		if leaks := b.FindLeaks(text, secrets); len(leaks) > 0 {
			t.Errorf("%v in %s", leaks, text)
		}
	}
}

// One place is told once, by the longest of what is found there.
func TestGuardTellsTheLongestFind(t *testing.T) {
	b := DefaultBureau()
	leaks := b.FindLeaks("沙湖镇绿源牧歌养殖场排放", b.SecretsOf(guardFile()))
	if len(leaks) != 1 || !strings.HasPrefix(leaks[0].Text, "沙湖镇绿源牧歌养殖场") {
		t.Errorf("found %v, want the farm's name alone", leaks)
	}
}
