package paper

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// visitRecord is 现场检查（勘察）笔录 (生态环境行政处罚办法第二十八条).
func visitRecord(w *writer) {
	w.p.Number = w.has("笔录编号")
	w.add(Block{Form: []Row{
		{label("检查时间", 2), value("自 "+w.v("检查开始时间")+" 至 "+w.v("检查结束时间"), 10)},
		{label("检查地点", 2), value(join("　", w.has("检查地点"), w.has("检查地点坐标")), 10)},
		w.coded("被检查单位（人）", "被检查单位"),
		w.pair("法定代表人（负责人）", "法定代表人", "住所（住址）", "当事人地址"),
		{label("现场负责人", 2), value(w.has("现场负责人"), 2), label("职务", 1), value(w.has("现场负责人职务"), 3), label("电话", 1), value(w.has("现场负责人电话"), 3)},
		{label("性别、身份证号码", 2), w.orByHand(join("　", w.has("现场负责人性别"), w.has("现场负责人证件"))), label("工作单位", 2), w.orByHand(w.has("现场负责人单位"))},
		{label("住址", 2), w.orByHand(w.has("现场负责人住址")), label("与本案关系", 2), handwritten(1, 4)},
		w.row("检查人员", "检查人员"),
		w.pair("记录人", "记录人", "其他参加人", "其他参加人"),
	}})
	w.heading("一、表明身份、告知权利义务")
	w.wording("told")
	w.text("执法证件：" + w.v("出示执法证件") + "；权利义务：" + w.v("告知权利义务") + "。")
	if asked := w.has("检查时申请回避"); asked != "" {
		w.text("被检查人对执法证件和上述告知的确认：□ 已看清、已听清；" + asked + "。")
	} else {
		w.add(Block{Plain: "被检查人对执法证件和上述告知的确认：□ 已看清、已听清　　□ 申请回避，理由：" + Blank + "　　□ 不申请回避"})
	}
	w.signs("被检查人（签名）：" + hand + dated)
	w.heading("二、基本情况")
	w.text("存栏情况：" + sentence(w.v("存栏情况")))
	if built := w.has("建设生产情况"); built != "" {
		w.text("建设、生产情况：" + sentence(built))
	}
	w.text("环保手续：" + sentence(w.v("环保手续")))
	w.text("治理设施（建设情况）：" + sentence(w.v("治理设施")))
	w.heading("三、现场检查情况")
	w.text(w.v("检查情况"))
	if x := w.Inspection; x != nil && len(x.Path.Nodes) > 0 {
		w.text("排放去向：")
		w.add(Block{Path: &x.Path})
	}
	w.heading("四、采样、拍照和录像情况")
	w.text("采样：" + sentence(cmp.Or(w.has("样品"), "未采样")))
	w.text("拍照录像：" + sentence(w.v("拍照录像情况")))
	w.heading("五、被检查人意见")
	w.text(w.v("被检查人意见"))
	w.end()
	w.wording("read")
	w.signs("被检查人（签名或者盖章）："+hand+dated,
		"检查人员（签名）："+hand+"、"+hand+dated,
		"记录人（签名）："+hand+dated,
		"见证人、其他参加人（签名）："+hand+dated)
	if why := w.has("未签名的原因"); why != "" && w.Inspection.Signature != registry.Signatures[0] {
		w.text("被检查人" + sentence(join("；见证人：", why, w.has("检查见证人"))))
	}
	w.refusal()
}

// samplingRecord is 采样记录. What officers and the station write down on the spot, and the register does not hold, stays a field to write in.
func samplingRecord(w *writer) {
	if w.Inspection != nil {
		w.p.Number = prefixed("所附笔录：", w.has("笔录编号"))
	}
	w.add(Block{Form: []Row{
		w.row("被采样单位（人）", "被检查单位"),
		w.row("采样地点", "检查地点"),
		{label("天气", 2), handwritten(1, 4), label("生产和治理设施工况", 2), handwritten(1, 4)},
		w.row("采样单位", "采样单位"),
		w.row("执法人员", "检查人员"),
	}})
	var rows [][]string
	for i := range w.Samples {
		x := &w.Samples[i]
		var items []string
		for _, r := range x.Results {
			items = append(items, r.Pollutant)
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), cmp.Or(x.Code, " "), x.Point, x.Medium, join(" ", x.SampledOn.String(), x.SampledTime), cmp.Or(strings.Join(items, "、"), " "), " ", " "})
	}
	w.used["样品"] = true
	if len(rows) > 0 {
		w.add(table([]report.SheetColumn{{Head: "序号", Width: 6}, {Head: "样品编号", Width: 17}, {Head: "点位", Width: 16}, {Head: "类别", Width: 8}, {Head: "采样时间", Width: 13},
			{Head: "监测项目", Width: 20}, {Head: "体积、容器、保存剂", Width: 12}, {Head: "封条号", Width: 8}}, rows))
	}
	w.wording("basis")
	w.add(Block{Form: []Row{
		{label("采样依据和方法", 2), handwritten(2, 10)},
		{label("送样人", 2), handwritten(1, 2), label("接样人", 2), handwritten(1, 2), label("交接时间和温度", 2), handwritten(1, 2)},
	}})
	w.end()
	w.signs("被采样单位在场人（签名或者盖章）："+hand+dated,
		"采样人员（签名、上岗证号）："+hand+"、"+hand+dated,
		"执法人员（签名）："+hand+"、"+hand+dated)
	w.refusal()
}

// sampledBy are the organs that took the samples.
func sampledBy(s *Source) string {
	var list []string
	for i := range s.Samples {
		if o := s.Samples[i].SamplingOrgan; o != "" && !strings.Contains(strings.Join(list, "、"), o) {
			list = append(list, o)
		}
	}
	return strings.Join(list, "、")
}

// photoPage is 证据照片页: each photo with the five facts that make it count (案卷评查细则).
func photoPage(w *writer) {
	n := 0
	for i := range w.Exhibits {
		x := &w.Exhibits[i]
		if x.Kind != "照片" {
			continue
		}
		n++
		if pic, ok := w.Pictures[x.AttachmentID]; ok {
			pic.Caption, pic.Alt = "", x.Title
			w.add(Block{Picture: &pic, Keep: true})
		} else {
			w.add(Block{Form: []Row{{Cell{Text: "（照片粘贴处）", Width: 12, Lines: photoLines}}}, Keep: true})
		}
		w.add(Block{Keep: true, Form: []Row{
			{label(fmt.Sprintf("照片%d", n), 2), value(x.Number, 4), label("证明对象", 2), value(photoSubject(x), 4)},
			{label("拍摄时间", 2), value(photoTime(x), 4), label("拍摄人", 2), value(x.Maker, 4)},
			{label("拍摄地点", 2), value(photoPlace(x), 10)},
			{label("证明内容", 2), value(x.Proves, 10)},
			{label("说明", 2), value(x.Note, 10)},
		}})
		w.add(Block{Gap: true})
	}
	w.used["照片"] = true
	w.end()
	w.wording("copy")
	w.signs("拍摄人（签名）："+hand+"　执法人员（签名）："+hand+"、"+hand, "当事人（签名或者盖章）："+hand+dated)
}

// photoSubject is 证明对象 of a photo: what is in it; its title where nobody said that apart.
func photoSubject(x *registry.Exhibit) string { return cmp.Or(x.Subject, x.Title) }

// photoTime is when it was taken, to the minute where that is known.
func photoTime(x *registry.Exhibit) string {
	return cmp.Or(moment(x.MadeOn, x.MadeTime), x.MadeOn.Chinese())
}

// photoPlace is where it was taken; the place of the visit where nobody said that apart.
func photoPlace(x *registry.Exhibit) string {
	if x.Place == "" && x.From != nil {
		return x.From.Place
	}
	return x.Place
}

// photoLines is how high the room is for a photo that is pasted in: two stand on a page.
const photoLines = 12

// photos tells the photos of the record, and is empty where one of them lacks one of its five facts.
func photos(s *Source) string {
	var list []string
	for i := range s.Exhibits {
		x := &s.Exhibits[i]
		if x.Kind != "照片" {
			continue
		}
		if photoSubject(x) == "" || x.MadeOn.IsZero() || x.Maker == "" || x.Proves == "" || photoPlace(x) == "" {
			return ""
		}
		list = append(list, photoSubject(x))
	}
	return strings.Join(list, "、")
}

// catalogue is 证据目录: name, day, who gave it, what it proves (案卷评查细则).
func catalogue(w *writer) {
	w.p.Number = w.has("立案号")
	w.add(Block{Plain: "案由：" + w.v("案由")})
	var rows [][]string
	for i := range w.Exhibits {
		x := &w.Exhibits[i]
		pages := " "
		if x.Pages != nil {
			pages = fmt.Sprint(*x.Pages)
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), join("\n", x.Title, x.Number), x.Kind, cmp.Or(x.MadeOn.String(), " "), cmp.Or(x.Maker, " "), cmp.Or(x.Proves, " "), pages})
	}
	w.used["证据"], w.used["证据要素"] = true, true
	if len(rows) > 0 {
		w.add(table([]report.SheetColumn{{Head: "序号", Width: 6}, {Head: "证据名称、编号", Width: 26}, {Head: "种类", Width: 10}, {Head: "提取（作出）时间", Width: 15},
			{Head: "提供（作出）单位", Width: 17}, {Head: "证明内容", Width: 20}, {Head: "页数", Width: 6}}, rows))
	}
	w.end()
	w.signs("制作人（签名）："+hand+dated, "核对人（签名）："+hand+dated)
}

// exhibitLines are the evidence as a decision lists it: name, day, who gave it, what it proves.
func exhibitLines(s *Source) (list []string) {
	for i := range s.Exhibits {
		x := &s.Exhibits[i]
		if x.File != nil { // nobody has said what it proves
			continue
		}
		list = append(list, join("，", join("", x.Title, prefixed("（", x.Number)+suffix(x.Number, "）")), x.MadeOn.Chinese(), prefixed("由", x.Maker)+suffix(x.Maker, made(x.Kind)),
			prefixed("证明", strings.TrimRight(x.Proves, "。"))))
	}
	return list
}

// made is what a maker did with a piece of evidence.
func made(kind string) string {
	switch kind {
	case "照片", "视听资料":
		return "拍摄"
	case "现场检查笔录", "调查询问笔录", "勘验笔录":
		return "制作"
	case "监测报告", "鉴定意见", "测绘报告":
		return "出具"
	}
	return "提供"
}

func suffix(s, end string) string {
	if s == "" {
		return ""
	}
	return end
}

// investigated are the days on which the case was looked into.
func investigated(s *Source) string {
	var days []string
	for i := range s.file().Inspections {
		x := &s.file().Inspections[i]
		if d := day(x.StartedOn); d != "" && x.Kind != registry.Recheck && !s.day().Before(x.StartedOn) {
			days = append(days, d)
		}
	}
	return strings.Join(days, "、")
}

// completeExhibits is empty where a piece of evidence lacks its day, its maker or what it proves.
func completeExhibits(s *Source) string {
	for i := range s.Exhibits {
		if x := &s.Exhibits[i]; x.MadeOn.IsZero() || x.Maker == "" || x.Proves == "" {
			return ""
		}
	}
	return "齐全"
}
