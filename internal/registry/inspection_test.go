package registry

import (
	"slices"
	"strconv"
	"testing"
)

func validInspection() Inspection {
	return Inspection{Origin: OriginField, FarmID: 1, Kind: "日常检查", Result: ViolationFound, State: InspectionDraft, DistrictCode: "440785",
		StartedOn: Day(2024, 10, 5), StartTime: "09:00", EndedOn: Day(2024, 10, 5), EndTime: "10:30", Place: "场内", Findings: "有废水。", CertificateShown: Yes, RightsTold: Yes,
		Officers: []OfficerRef{{Name: "甲", CertNo: "A1"}, {Name: "乙", CertNo: "A2"}}, Path: DischargePath{Nodes: []PathNode{{Kind: "收集池", Name: "一号池"}, {Kind: "沟渠", Name: "沟"}}}}
}

func TestInspectionClean(t *testing.T) {
	checkClean(t, Inspection{Number: " 1 ", Kind: " 暗查", DistrictCode: "440785 ", Place: " 场内", Recorder: "记 ", Others: " 镇", PresentName: "甲\u200b", PresentTitle: " 场长",
		PresentPhone: "1 ", Findings: "甲\r\n乙", Result: " 待定", Media: " 3张", PartyOpinion: "属实 ", Note: " 注", Path: DischargePath{ReceivingWater: " 锦江 "},
		Officers: []OfficerRef{{Name: " 甲 ", CertNo: " ａ 1"}}},
		Inspection{Number: "1", Kind: "暗查", DistrictCode: "440785", Place: "场内", Recorder: "记", Others: "镇", PresentName: "甲", PresentTitle: "场长",
			PresentPhone: "1", Findings: "甲\n乙", Result: "待定", Media: "3张", PartyOpinion: "属实", Note: "注", Path: DischargePath{ReceivingWater: "锦江"},
			Officers: []OfficerRef{{Name: "甲", CertNo: "A1"}}, Origin: OriginField, State: InspectionDraft})
	checkClean(t, Inspection{Origin: OriginPublished, State: InspectionSubmitted}, Inspection{Origin: OriginPublished, State: InspectionSubmitted, Result: "待定"})
}

func TestInspectionValidate(t *testing.T) {
	checkRules(t, validInspection, []limit[Inspection]{
		{"number", 200, func(x *Inspection) *string { return &x.Number }},
		{"place", 500, func(x *Inspection) *string { return &x.Place }},
		{"recorder", 200, func(x *Inspection) *string { return &x.Recorder }},
		{"others", 500, func(x *Inspection) *string { return &x.Others }},
		{"present_name", 200, func(x *Inspection) *string { return &x.PresentName }},
		{"present_title", 200, func(x *Inspection) *string { return &x.PresentTitle }},
		{"present_phone", 50, func(x *Inspection) *string { return &x.PresentPhone }},
		{"findings", 20000, func(x *Inspection) *string { return &x.Findings }},
		{"media", 500, func(x *Inspection) *string { return &x.Media }},
		{"party_opinion", 20000, func(x *Inspection) *string { return &x.PartyOpinion }},
		{"note", 20000, func(x *Inspection) *string { return &x.Note }},
		{"officers.0.name", 200, func(x *Inspection) *string { return &x.Officers[0].Name }},
		{"officers.0.cert_no", 50, func(x *Inspection) *string { return &x.Officers[0].CertNo }},
		{"path.receiving_water", 200, func(x *Inspection) *string { return &x.Path.ReceivingWater }},
		{"path.nodes.1.name", 60, func(x *Inspection) *string { return &x.Path.Nodes[1].Name }},
		{"path.nodes.0.state", 60, func(x *Inspection) *string { return &x.Path.Nodes[0].State }},
	}, []rule[Inspection]{
		{"a draft with a farm", func(x *Inspection) { *x = Inspection{FarmID: 1} }, nil},
		{"of no farm", func(x *Inspection) { x.FarmID = 0 }, []string{"farm_id: 请选择养殖场"}},
		{"unknown words", func(x *Inspection) { x.Kind, x.Origin, x.Result, x.State = "甲", "乙", "丙", "丁" },
			[]string{"kind: " + outside("甲", InspectionKinds), "origin: " + outside("乙", Origins), "result: " + outside("丙", InspectionResults), "state: " + outside("丁", InspectionStates)}},
		{"no district", func(x *Inspection) { x.DistrictCode = "" }, nil},
		{"district of no code", func(x *Inspection) { x.DistrictCode = "4401" }, []string{"district_code: 辖区代码“4401”应为六位数字"}},
		{"times that are none", func(x *Inspection) { x.StartTime, x.EndTime = "25:00", "下午" },
			[]string{"start_time: 没有“25:00”这个时间；请写成 09:30 这样的 24 小时制，午夜写 00:00", "end_time: 时间请写成 09:30 这样的 24 小时制"}},
		{"ended on an earlier day", func(x *Inspection) { x.EndedOn = Day(2024, 10, 4) }, []string{"ended_on: 结束日期早于开始日期"}},
		{"ended that month", func(x *Inspection) { x.EndedOn = Month(2024, 10) }, nil},
		{"a time that is none is not compared", func(x *Inspection) { x.StartTime, x.EndTime = "9:60", "09:00" },
			[]string{"start_time: 没有“9:60”这个时间；请写成 09:30 这样的 24 小时制，午夜写 00:00"}},
		{"ended before it began", func(x *Inspection) { x.EndTime = "08:59" }, []string{"end_time: 结束时间早于开始时间；检查跨过午夜的，请把检查结束日期填为第二天"}},
		{"ended early the next day", func(x *Inspection) { x.EndedOn, x.EndTime = Day(2024, 10, 6), "01:00" }, nil},
		{"twenty-one officers", func(x *Inspection) {
			x.Officers = nil
			for i := range 21 {
				x.Officers = append(x.Officers, OfficerRef{Name: "甲", CertNo: strconv.Itoa(i)})
			}
		}, []string{"officers: 检查人员最多 20 名"}},
		{"officer without a name", func(x *Inspection) { x.Officers[0].Name = "" }, []string{"officers.0.name: 请填写检查人员姓名"}},
		{"officer twice", func(x *Inspection) { x.Officers[1] = x.Officers[0] }, []string{"officers.1.name: 同一检查人员填了两次"}},
		{"two of one name", func(x *Inspection) { x.Officers[1].Name = x.Officers[0].Name }, nil},
		{"point without latitude", func(x *Inspection) { x.Position.Longitude = ptr(112.0) }, []string{"position.longitude: 经度和纬度请一并填写"}},
		{"herd of an unknown species", func(x *Inspection) { x.Herds = []Herd{{Species: "龙"}} }, []string{"herds.0.species: " + outside("龙", Species)}},
		{"place on the path without a name", func(x *Inspection) { x.Path.Nodes[0].Name = "" }, []string{"path.nodes.0.name: 请填写环节名称"}},
		{"unknown words of the path", func(x *Inspection) { x.Path.Nodes[0].Kind, x.Path.Nodes[0].Lining = "甲", "乙" },
			[]string{"path.nodes.0.kind: " + outside("甲", PathKinds), "path.nodes.0.lining: " + outside("乙", Linings)}},
		{"water that comes from further down", func(x *Inspection) { x.Path.Nodes[0].After, x.Path.Nodes[1].After = []int{2}, []int{2} },
			[]string{"path.nodes.0.after: 第 1 个环节的上游只能是它前面的环节（1 至 0）", "path.nodes.1.after: 第 2 个环节的上游只能是它前面的环节（1 至 1）"}},
		{"forty-one places on the path", func(x *Inspection) {
			x.Path.Nodes = nil
			for range 41 {
				x.Path.Nodes = append(x.Path.Nodes, PathNode{Name: "池"})
			}
		}, []string{"path: 排污路径最多 40 个环节"}},
	})
}

// An own record is submitted whole; what another source tells is submitted as it is.
func TestInspectionCheckSubmit(t *testing.T) {
	today := Day(2024, 10, 5)
	for _, c := range []rule[Inspection]{
		{"whole", func(x *Inspection) {}, nil},
		{"published", func(x *Inspection) { *x = Inspection{Origin: OriginPublished} }, nil},
		{"nothing", func(x *Inspection) { *x = Inspection{Origin: OriginField} }, []string{"kind: 请填写检查类型", "started_on: 提交前请填写检查开始的年月日", "start_time: 请填写检查开始时间",
			"end_time: 请填写检查结束时间", "place: 请填写检查地点", "findings: 请填写检查发现的情况", "result: 请选择检查结果：发现违法，或未发现违法",
			"officers: 现场检查应有两名以上执法人员（行政处罚法第四十二条），现在是 0 名", "certificate_shown: 请记录是否出示执法证件；未出示的请在备注说明后由负责人处理",
			"rights_told: 请记录是否告知申请回避等权利和配合义务"}},
		{"only its month", func(x *Inspection) { x.StartedOn = Month(2024, 10) }, []string{"started_on: 提交前请填写检查开始的年月日"}},
		{"of tomorrow", func(x *Inspection) { x.StartedOn = Day(2024, 10, 6) }, []string{"started_on: 检查日期在今天之后，请核对"}},
		{"undecided", func(x *Inspection) { x.Result = "待定" }, []string{"result: 请选择检查结果：发现违法，或未发现违法"}},
		{"without a certificate", func(x *Inspection) { x.Officers[1].CertNo = "" }, []string{"officers.1.cert_no: 请填写执法证号"}},
		{"in secret", func(x *Inspection) { x.Kind, x.CertificateShown, x.RightsTold = "暗查", TriUnknown, No }, nil},
		{"rights not told", func(x *Inspection) { x.RightsTold = No }, []string{"rights_told: 请记录是否告知申请回避等权利和配合义务"}},
	} {
		x := validInspection()
		c.edit(&x)
		if got := fieldsOf(x.CheckSubmit(today)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
