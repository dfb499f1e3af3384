package procedure

import (
	"cmp"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// sampleQuestion asks for the standards of one of the case's samples.
func (x *Facts) sampleQuestion(s *registry.Sample) statute.LimitQuestion {
	var ins *registry.Inspection
	if i := slices.IndexFunc(x.File.Inspections, func(i registry.Inspection) bool { return i.ID == s.InspectionID }); i >= 0 {
		ins = &x.File.Inspections[i]
	}
	return statute.SampleQuestion(x.Law, s, ins, x.File.Farm)
}

// standardsApply asks whether the standards that the samples name applied where and when they were taken.
func (x *Facts) standardsApply(f *Finding) {
	for i := range x.File.Samples {
		s := &x.File.Samples[i]
		remarks := x.Law.SampleRemarks(s, x.sampleQuestion(s))
		for _, r := range remarks {
			v := CannotTell
			if r.Wrong {
				v = Defect
			}
			f.worse(v, "%s：%s", cmp.Or(s.Code, s.Point), r.Text)
		}
		if len(remarks) == 0 && len(x.Law.HeldStandards(s)) > 0 {
			f.worse(Sound, "所引标准在采样当日适用")
		}
	}
}

// verdicts compares every verdict of the samples with its numbers, whatever the kind of result.
func (x *Facts) verdicts(f *Finding) {
	for _, s := range x.File.Samples {
		for _, r := range s.Results {
			where := cmp.Or(s.Code, s.Point) + " " + r.Pollutant
			says, open := r.Judged()
			reason := cmp.Or(r.VerdictReason, r.Note)
			switch {
			case r.Kind == registry.ResultVerdict:
				f.worse(CannotTell, "%s：报告只有结论“%s”，没有公布数值，不能核对", where, cmp.Or(r.Verdict, "未填"))
			case says == "" && open == "" && (r.Verdict == "" || r.Verdict == registry.VerdictNone):
			case says == "" && open == "":
				f.worse(CannotTell, "%s：没有限值，结论“%s”无法核对", where, r.Verdict)
			case says == "":
				f.worse(CannotTell, "%s：%s（结论：%s）", where, open, cmp.Or(r.Verdict, "未填"))
			case r.Verdict == "":
				f.worse(CannotTell, "%s：没有写结论，按数值应为“%s”", where, says)
			case says == r.Verdict:
				f.worse(Sound, "各项结论与数值一致")
			case reason == "":
				f.worse(Defect, "%s：结果 %s、限值 %s 应为“%s”，结论写“%s”，没有理由", where, r.ValueText(), r.Limit, says, r.Verdict)
			default:
				f.worse(CannotTell, "%s：结果 %s、限值 %s 应为“%s”，结论写“%s”，理由：%s", where, r.ValueText(), r.Limit, says, r.Verdict, reason)
			}
		}
	}
}
