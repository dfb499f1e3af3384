package report

import "casebook/internal/registry"

// resultView is one pollutant of one sample; r is nil for a sample that has no results yet.
type resultView struct {
	*caseView
	s *registry.Sample
	r *registry.SampleResult
}

func (c *caseView) results() []resultView {
	var out []resultView
	for i := range c.f.Samples {
		s := &c.f.Samples[i]
		if len(s.Results) == 0 {
			out = append(out, resultView{c, s, nil})
		}
		for j := range s.Results {
			out = append(out, resultView{c, s, &s.Results[j]})
		}
	}
	return out
}

func ofResult(get func(resultView, *registry.SampleResult) Cell) func(resultView) Cell {
	return func(v resultView) Cell {
		if v.r == nil {
			return Cell{}
		}
		return get(v, v.r)
	}
}

var sampleColumns = append(leading(func(v resultView) *caseView { return v.caseView }), []column[resultView]{
	{Column{"code", "样品编号", KindCode, 18, false, ""}, func(v resultView) Cell { return TextOr(v.s.Code, v.unknown) }},
	{Column{"point", "采样点位", KindText, 24, true, ""}, func(v resultView) Cell { return TextOr(v.s.Point, v.unknown) }},
	{Column{"medium", "介质", KindText, 9, false, ""}, func(v resultView) Cell { return Text(v.s.Medium) }},
	{Column{"sampled_on", "采样日期", KindDate, 12, false, ""}, func(v resultView) Cell { return DateOr(v.s.SampledOn, v.unknown) }},
	{Column{"sampled_time", "采样时间", KindCode, 9, false, ""}, func(v resultView) Cell { return Text(v.s.SampledTime) }},
	{Column{"pollutant", "监测项目", KindText, 16, false, ""}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.Pollutant) })},
	{Column{"value", "监测值", KindNumber, 14, false, "按报告所印的位数；小于、大于某值和未检出为文本；报告只给结论的写“数值未公布”"}, ofResult(resultValue)},
	{Column{"unit", "单位", KindText, 10, false, ""}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.Unit) })},
	{Column{"limit", "限值", KindNumber, 12, false, ""}, ofResult(func(v resultView, r *registry.SampleResult) Cell {
		if r.Limit == "" {
			return Unknown(v.unknown)
		}
		return Number(r.Limit)
	})},
	{Column{"limit_unit", "限值单位", KindText, 10, false, "与结果单位不同的才写；单位不同的不比较"}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.LimitUnit) })},
	{Column{"verdict", "结论", KindText, 8, false, "报告的结论"}, ofResult(func(v resultView, r *registry.SampleResult) Cell { return TextOr(r.Verdict, v.unknown) })},
	{Column{"multiple", "超标倍数", KindNumber, 10, false, "（监测值－限值）÷限值，两位小数；数值或限值未知、未超标和 pH 不计算"}, ofResult(func(_ resultView, r *registry.SampleResult) Cell {
		if m, ok := r.Multiple(); ok {
			return Number(m)
		}
		return Cell{}
	})},
	{Column{"limit_from", "限值来源", KindText, 10, false, "标准目录，或报告所印"}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.LimitFrom) })},
	{Column{"limit_ref", "限值依据", KindText, 26, true, ""}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.LimitRef) })},
	{Column{"limit_reason", "改用其他限值的理由", KindText, 24, true, "限值与标准目录所列不同的"}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.LimitReason) })},
	{Column{"verdict_reason", "结论与数值不一致的理由", KindText, 24, true, ""}, ofResult(func(_ resultView, r *registry.SampleResult) Cell { return Text(r.VerdictReason) })},
	{Column{"sampler", "采样单位", KindText, 24, true, ""}, func(v resultView) Cell { return TextOr(v.s.SamplingOrgan, v.unknown) }},
	{Column{"analyst", "分析单位", KindText, 24, true, ""}, func(v resultView) Cell { return Text(v.s.AnalysisOrgan) }},
	{Column{"report", "报告编号", KindCode, 20, false, ""}, func(v resultView) Cell { return TextOr(v.s.ReportNumber, v.unknown) }},
	{Column{"report_on", "报告日期", KindDate, 12, false, ""}, func(v resultView) Cell { return DateCell(v.s.ReportOn) }},
	{Column{"told_on", "告知当事人日期", KindDate, 12, false, "监测结果告知当事人；缺失是案卷的致命缺陷"}, func(v resultView) Cell { return DateCell(v.f.SampleToldOn(v.s)) }},
	{Column{"cited", "报告所引标准", KindText, 26, true, "按原文"}, func(v resultView) Cell { return Text(v.s.StandardCited) }},
	{Column{"review", "标准复核意见", KindText, 30, true, ""}, func(v resultView) Cell { return Text(v.s.StandardReview) }},
	{Column{"conclusion", "样品结论", KindText, 24, true, ""}, func(v resultView) Cell { return Text(v.s.Conclusion) }},
	{Column{"note", "备注", KindText, 24, true, ""}, func(v resultView) Cell {
		if v.r != nil {
			return Text(joined("；", v.r.Note, v.s.Note))
		}
		return Text(v.s.Note)
	}},
	idColumn(func(v resultView) *caseView { return v.caseView }),
}...)

const valueUnpublished = "数值未公布"

func resultValue(v resultView, r *registry.SampleResult) Cell {
	switch {
	case r.Kind == registry.ResultVerdict:
		return Unknown(valueUnpublished)
	case r.Kind == registry.ResultValue || r.Kind == "":
		if r.Value == "" {
			return Unknown(v.unknown)
		}
		return Number(r.Value)
	}
	return Text(r.ValueText())
}

// evidenceView is a piece of evidence: the case's own, one of its inspections, or a file of theirs.
type evidenceView struct {
	*caseView
	e *registry.Exhibit
	i int
}

var evidenceColumns = append(leading(func(v evidenceView) *caseView { return v.caseView }), []column[evidenceView]{
	{Column{"i", "案内序号", KindOrdinal, 6, false, ""}, func(v evidenceView) Cell { return Integer(v.i) }},
	{Column{"kind", "证据种类", KindText, 14, false, ""}, func(v evidenceView) Cell { return Text(v.e.Kind) }},
	{Column{"name", "证据名称", KindText, 36, true, ""}, func(v evidenceView) Cell { return Text(v.e.Title) }},
	{Column{"code", "编号", KindCode, 20, false, ""}, func(v evidenceView) Cell { return Text(v.e.Number) }},
	{Column{"source", "出处", KindText, 18, false, "取自哪次检查；空白：只登记在案件上。几个案件依据同一次检查的，只列在其中一案，不重复"}, func(v evidenceView) Cell { return Text(v.e.Source()) }},
	{Column{"maker", "制作或提供者", KindText, 20, true, ""}, func(v evidenceView) Cell { return TextOr(v.e.Maker, v.unknown) }},
	{Column{"made_on", "日期", KindDate, 12, false, ""}, func(v evidenceView) Cell { return DateOr(v.e.MadeOn, v.unknown) }},
	{Column{"made_time", "时间", KindText, 8, false, ""}, func(v evidenceView) Cell { return Text(v.e.MadeTime) }},
	{Column{"place", "地点", KindText, 20, true, ""}, func(v evidenceView) Cell { return Text(v.e.Place) }},
	{Column{"subject", "证明对象", KindText, 20, true, ""}, func(v evidenceView) Cell { return Text(v.e.Subject) }},
	{Column{"proves", "证明事项", KindText, 44, true, ""}, func(v evidenceView) Cell { return TextOr(v.e.Proves, v.unknown) }},
	{Column{"pages", "页数", KindInteger, 7, false, ""}, func(v evidenceView) Cell {
		if v.e.Pages == nil {
			return Cell{}
		}
		return IntegerOr(v.e.Pages, "")
	}},
	{Column{"file", "电子文件", KindText, 9, false, "登记库中是否存有文件；内容与扩展名不符的写明"}, func(v evidenceView) Cell {
		if v.e.AttachmentID != 0 {
			return Text(joined("；", "有", v.f.FileDoubt(v.e.AttachmentID)))
		}
		return Text("无")
	}},
	{Column{"note", "备注", KindText, 30, true, ""}, func(v evidenceView) Cell {
		if v.e.File != nil {
			return Text(registry.FileOnly)
		}
		return Text(v.e.Note)
	}},
	idColumn(func(v evidenceView) *caseView { return v.caseView }),
}...)

// citationView is one citation and where it stands: on a violation, or on a document.
type citationView struct {
	*caseView
	where string
	c     *registry.Citation
}

func (c *caseView) citations() []citationView {
	var out []citationView
	for i := range c.f.Violations {
		v := &c.f.Violations[i]
		where := "违法行为" + Integer(i+1).String() + "：" + c.violationLabel(v.TypeCode)
		for j := range v.Citations {
			out = append(out, citationView{c, where, &v.Citations[j]})
		}
	}
	for i := range c.f.Documents {
		d := &c.f.Documents[i]
		for j := range d.Citations {
			out = append(out, citationView{c, categoryDocument + "：" + joined(" ", string(d.Kind), d.Number), &d.Citations[j]})
		}
	}
	return out
}

var roleWords = map[registry.CitationRole]string{registry.RoleBreached: "违反条款", registry.RoleBasis: "处罚（责令）依据", registry.RoleQuote: "引用"}

// standingReview is the word of a citation that is our own remark; formulas in the workbook ask for it.
const standingReview = "复核意见"

var standingWords = map[registry.CitationStanding]string{registry.StandingPublished: "原文引用", registry.StandingConfirmed: "确认",
	registry.StandingChanged: "变更", registry.StandingReview: standingReview}

var holdingWords = map[registry.Holding]string{registry.Held: "本库收录", registry.NotHeld: "本库未收录", registry.Absent: "该版本无此条", registry.UnknownLaw: "本库无此法"}

var citationColumns = append(leading(func(v citationView) *caseView { return v.caseView }), []column[citationView]{
	{Column{"where", "出处", KindText, 30, true, "引用在哪一项违法行为或哪一份文书上"}, func(v citationView) Cell { return Text(v.where) }},
	{Column{"role", "作用", KindText, 16, false, "违反条款、处罚（责令）依据或引用"}, func(v citationView) Cell { return Text(word(roleWords, v.c.Role)) }},
	{Column{"standing", "引用来源", KindText, 10, false, "原文引用：公开材料所印；确认：承办人采用系统提供的条款；变更：承办人另选；复核意见：登记库的意见，不计入案件的引用"}, func(v citationView) Cell { return Text(word(standingWords, v.c.Standing)) }},
	{Column{"law", "法律名称", KindText, 34, true, ""}, func(v citationView) Cell { return Text(v.c.Law) }},
	{Column{"version", "版本", KindText, 14, false, ""}, func(v citationView) Cell {
		if v.c.VersionID == "" {
			return Unknown("未确定")
		}
		if v.o.Labels.Version != nil {
			if s := v.o.Labels.Version(*v.c); s != "" {
				return Text(s)
			}
		}
		return Text(v.c.VersionID)
	}},
	{Column{"provision", "条款", KindText, 20, false, ""}, func(v citationView) Cell { return TextOr(v.c.Provision.String(), v.unknown) }},
	{Column{"article", "条", KindOrdinal, 6, false, ""}, func(v citationView) Cell { return ordinal(v.c.Article) }},
	{Column{"sub", "之", KindOrdinal, 5, false, "第一百二十条之一为 1"}, func(v citationView) Cell { return ordinal(v.c.Sub) }},
	{Column{"paragraph", "款", KindOrdinal, 5, false, "空白：没有指明"}, func(v citationView) Cell { return ordinal(v.c.Paragraph) }},
	{Column{"item", "项", KindOrdinal, 5, false, ""}, func(v citationView) Cell { return ordinal(v.c.Item) }},
	{Column{"subitem", "目", KindOrdinal, 5, false, ""}, func(v citationView) Cell { return ordinal(v.c.Subitem) }},
	{Column{"held", "收录情况", KindText, 12, false, "本库只收录摘编：未收录不等于不存在"}, func(v citationView) Cell { return Text(word(holdingWords, v.c.Holding)) }},
	{Column{"checked", "核对", KindText, 18, false, "所收录文本是否经官方文本核对"}, func(v citationView) Cell {
		switch {
		case v.c.Holding != registry.Held:
			return Cell{}
		case v.o.Labels.Checked != nil && v.o.Labels.Checked(*v.c):
			return Text("已核对")
		}
		return Text("未经官方文本核对")
	}},
	{Column{"hash", "文本指纹", KindCode, 15, false, "所引文本 SHA-256 的前 12 位"}, func(v citationView) Cell { return Text(v.c.TextHash[:min(12, len(v.c.TextHash))]) }},
	{Column{"text", "录入文本", KindText, 40, true, "本库未收录时由人录入的条文"}, func(v citationView) Cell { return Text(v.c.Text) }},
	{Column{"reason", "理由", KindText, 30, true, "为何与系统提供的不同，或为何用此版本"}, func(v citationView) Cell { return Text(v.c.Reason) }},
	{Column{"note", "备注", KindText, 24, true, ""}, func(v citationView) Cell { return Text(v.c.Note) }},
	idColumn(func(v citationView) *caseView { return v.caseView }),
}...)

// word is the Chinese word of a code; an unknown code shows as itself.
func word[K ~string](words map[K]string, k K) string {
	if w, ok := words[k]; ok {
		return w
	}
	return string(k)
}
