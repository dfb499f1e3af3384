package store

import (
	"strings"

	"casebook/internal/registry"
)

// Validate refuses conditions that select nothing by mistake: words that no case of the bureau can have, and a span that ends before
// it begins. What they would select looks like an answer.
func (f CaseFilter) Validate(b *registry.Bureau) error {
	p := span(f.From, f.To)
	p.district(b, f.DistrictCode)
	p.word("stage", f.Stage, "阶段", registry.StageTerms())
	p.word("origin", f.Origin, "来源性质", registry.Origins)
	if len(f.IDs) > MostChosen {
		p.Add("ids", "一次最多选 %d 件案件，现在是 %d 件", MostChosen, len(f.IDs))
	}
	if f.By != "" && !f.By.Valid() {
		p.Add("date", "统计日期“%s”不对，可选：found（发现）、filed（立案）、decided（决定）、paid（缴款）、closed（结案）", f.By)
	}
	if f.Counted != "" && !f.Counted.Valid() {
		p.Add("counted", "统计日期“%s”不对，可选：found（发现）、filed（立案）、decided（决定）、paid（缴款）、closed（结案）", f.Counted)
	}
	switch {
	case f.Line != "" && f.Counted == "" && !f.Spanned():
		p.Add("line", "统计分项要和统计日期（counted）、或按立案、决定、缴款、结案日期的期间一起用")
	case f.Undated && f.Counted == "":
		p.Add("undated", "统计月份未知的案件，要写明按哪个日期统计（counted）")
	case f.Counted != "" && f.By != "" && f.By != f.Counted:
		p.Add("date", "按日期列出（date）和按统计月份列出（counted）只能选一种")
	}
	for _, end := range []struct {
		field string
		on    registry.Date
	}{{"from", f.From}, {"to", f.To}} {
		if f.Counted != "" && end.on.Precision() == registry.PrecisionDay {
			p.Add(end.field, "统计按整月计算，请只写到月，如 %s", end.on.ToMonth())
		}
	}
	return p.Err()
}

// Validate is that of CaseFilter for inspections.
func (f InspectionFilter) Validate(b *registry.Bureau) error {
	p := span(f.From, f.To)
	p.district(b, f.DistrictCode)
	p.word("kind", f.Kind, "检查类型", registry.InspectionKinds)
	p.word("result", f.Result, "检查结果", registry.InspectionResults)
	p.word("state", f.State, "状态", registry.InspectionStates)
	p.word("origin", f.Origin, "来源", registry.Origins)
	return p.Err()
}

// Validate is that of CaseFilter for farms.
func (f FarmFilter) Validate() error {
	var p registry.Problems
	if d, err := registry.ParseDate(f.Idle); f.Idle != "" && (err != nil || d.Precision() != registry.PrecisionYear) {
		p.Add("idle", "没有检查的年份“%s”不对，请写四位数字，如 2026", f.Idle)
	}
	return p.Err()
}

// Validate is that of CaseFilter for parties.
func (f PartyFilter) Validate(b *registry.Bureau) error {
	var p filterProblems
	p.district(b, f.DistrictCode)
	from, to, ok := strings.Cut(f.Repeated, "..")
	first, err := registry.ParseDate(from)
	last, err2 := registry.ParseDate(to)
	switch {
	case f.Repeated == "" && f.DistrictCode != "":
		p.Add("district_code", "辖区要和多次涉案的期间（repeated）一起用：当事人本身不属于哪个辖区")
	case f.Repeated == "":
	case !ok || err != nil || err2 != nil || first.Precision() != registry.PrecisionMonth || last.Precision() != registry.PrecisionMonth:
		p.Add("repeated", "多次涉案的期间“%s”不对，请写起止月份，如 2026-01..2026-06", f.Repeated)
	case last.Before(first):
		p.Add("repeated", "截止月份 %s 早于起始月份 %s，请对调或改正", last, first)
	}
	return p.Err()
}

func (f PartyFilter) repeats() Repeats {
	from, to, _ := strings.Cut(f.Repeated, "..")
	return Repeats{from, to, f.DistrictCode}
}

type filterProblems struct{ registry.Problems }

func (p *filterProblems) word(field, value, label string, of registry.Terms) {
	if value != "" && !of.Has(value) {
		p.Add(field, "%s没有“%s”", label, value)
	}
}

func (p *filterProblems) district(b *registry.Bureau, code string) {
	if _, ok := b.District(code); code != "" && !ok {
		p.Add("district_code", "没有代码为 %s 的辖区", code)
	}
}

func span(from, to registry.Date) *filterProblems {
	var p filterProblems
	if err := registry.CheckSpan(from, to); err != nil {
		p.Add("to", "%s", err)
	}
	return &p
}
