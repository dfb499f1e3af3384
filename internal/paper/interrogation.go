package paper

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/registry"
)

func asked(f func(x *registry.Interrogation) string) func(*Source) string {
	return func(s *Source) string {
		if s.Interrogation == nil {
			return ""
		}
		return f(s.Interrogation)
	}
}

func hidden(mask func(string) string, f func(x *registry.Interrogation) string) func(*Source) string {
	return func(s *Source) string { return s.secret(asked(f)(s), mask) }
}

// withheld stands for an address: a part of one tells where somebody lives.
func withheld(address string) string {
	if address == "" {
		return ""
	}
	return "***"
}

var interrogationItems = []Item{
	{"询问笔录编号", "interrogation.number", asked(func(x *registry.Interrogation) string { return x.Number })},
	{"询问开始时间", "interrogation.start_time", asked(func(x *registry.Interrogation) string { return moment(x.AskedOn, x.StartTime) })},
	{"询问结束时间", "interrogation.end_time", asked(func(x *registry.Interrogation) string { return moment(x.AskedOn, x.EndTime) })},
	{"询问地点", "interrogation.place", asked(func(x *registry.Interrogation) string { return x.Place })},
	{"询问人", "interrogation.officers", asked(func(x *registry.Interrogation) string { return certified(x.Officers) })},
	{"询问记录人", "interrogation.recorder", asked(func(x *registry.Interrogation) string { return x.Recorder })},
	{"被询问人", "interrogation.name", asked(func(x *registry.Interrogation) string { return x.Name })},
	{"被询问人性别", "interrogation.gender", asked(func(x *registry.Interrogation) string { return x.Gender })},
	{"被询问人年龄", "interrogation.age", asked(func(x *registry.Interrogation) string {
		if x.Age == nil {
			return ""
		}
		return fmt.Sprint(*x.Age)
	})},
	{"被询问人证件", "interrogation.id_number", func(s *Source) string {
		number := hidden(registry.MaskID, func(x *registry.Interrogation) string { return x.IDNumber })(s)
		return prefixed(asked(func(x *registry.Interrogation) string { return x.IDKind })(s)+" ", number)
	}},
	{"被询问人单位", "interrogation.employer", asked(func(x *registry.Interrogation) string { return x.Employer })},
	{"被询问人职务", "interrogation.title", asked(func(x *registry.Interrogation) string { return x.Title })},
	{"被询问人电话", "interrogation.phone", hidden(registry.MaskPhone, func(x *registry.Interrogation) string { return x.Phone })},
	{"被询问人住址", "interrogation.address", hidden(withheld, func(x *registry.Interrogation) string { return x.Address })},
	{"与本案关系", "interrogation.relation", asked(func(x *registry.Interrogation) string { return x.Relation })},
	{"送达地址", "interrogation.service_address", hidden(withheld, func(x *registry.Interrogation) string { return x.ServiceAddress })},
	{"监护人", "interrogation.guardian", asked(func(x *registry.Interrogation) string { return x.Guardian })},
	{"出示证件情况", "interrogation.certificate_shown", asked(func(x *registry.Interrogation) string { return tri(x.CertificateShown, "已出示", "未出示") })},
	{"告知权利情况", "interrogation.rights_told", asked(func(x *registry.Interrogation) string { return tri(x.RightsTold, "已告知", "未告知") })},
	{"申请回避情况", "interrogation.recusal", asked(func(x *registry.Interrogation) string {
		return join("，理由：", tri(x.Recusal, "申请回避", "不申请回避"), x.RecusalReason)
	})},
	{"问答", "interrogation.answers", asked(answers)},
	{"被询问人意见", "interrogation.opinion", asked(func(x *registry.Interrogation) string { return x.Opinion })},
}

// certified are officers of whom there are two at least, each with a certificate (行政处罚法第四十二条第一款); empty where that cannot be said.
func certified(list []registry.OfficerRef) string {
	if len(list) < 2 {
		return ""
	}
	for _, o := range list {
		if o.CertNo == "" {
			return ""
		}
	}
	return officers(list)
}

func answers(x *registry.Interrogation) string {
	var lines []string
	for _, a := range x.Answers {
		lines = append(lines, "问："+a.Question, "答："+cmp.Or(strings.ReplaceAll(a.Answer, "\n", "　"), Blank))
	}
	return strings.Join(lines, "\n")
}

// interrogation is 调查询问笔录.
func interrogation(w *writer) {
	w.p.Number = w.has("询问笔录编号")
	w.add(Block{Form: []Row{
		{label("询问时间", 2), value("自 "+w.v("询问开始时间")+" 至 "+w.v("询问结束时间"), 10)},
		w.row("询问地点", "询问地点"),
		{label("被询问人", 2), value(w.has("被询问人"), 3), label("性别", 1), value(w.has("被询问人性别"), 2), label("年龄", 1), value(w.has("被询问人年龄"), 3)},
		w.row("身份证件", "被询问人证件"),
		w.pair("工作单位", "被询问人单位", "职务", "被询问人职务"),
		w.pair("电话", "被询问人电话", "与本案关系", "与本案关系"),
		w.row("住址", "被询问人住址"),
		w.row("送达地址（经本人确认）", "送达地址"),
		w.row("询问人", "询问人"),
		w.pair("记录人", "询问记录人", "监护人（未成年人）", "监护人"),
	}})
	w.heading("一、表明身份、告知权利义务")
	w.wording("told")
	w.text("执法证件：" + w.v("出示证件情况") + "；权利义务：" + w.v("告知权利情况") + "；被询问人：" + w.v("申请回避情况") + "。")
	w.signs("被询问人（签名）：" + hand + dated)
	w.heading("二、询问内容")
	w.text(w.v("问答"))
	w.heading("三、被询问人意见")
	w.text(w.v("被询问人意见"))
	w.end()
	w.wording("read")
	lines := []string{"被询问人（签名或者盖章）：" + hand + dated, "询问人（签名）：" + hand + "、" + hand + dated, "记录人（签名）：" + hand + dated}
	if !ofAge(w.Source) {
		lines = append(lines, "监护人（签名）："+hand+dated)
	}
	w.signs(lines...)
	if x := w.Interrogation; x != nil && x.Refusal != "" {
		w.add(Block{Note: "执法人员注明："})
		w.text(sentence(x.Refusal) + prefixed("见证人：", sentence(x.Witness)))
		w.signs("执法人员（签名）："+hand+"、"+hand, "见证人（签名）："+hand)
		return
	}
	w.refusal()
}
