package web

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

var sampleLabels = labelsOf(registry.SampleFields, nil)

var sampleEditing = editing[registry.Sample, *registry.Sample]{sampleLabels, sampleFields}

func sampleFields(f *Form, x *registry.Sample) {
	f.meta(&x.Meta)
	f.text("code", &x.Code)
	f.text("point", &x.Point)
	f.text("medium", &x.Medium)
	f.date("sampled_on", &x.SampledOn)
	f.text("sampled_time", &x.SampledTime)
	f.text("sampling_organ", &x.SamplingOrgan)
	f.text("analysis_organ", &x.AnalysisOrgan)
	f.text("report_number", &x.ReportNumber)
	f.date("report_on", &x.ReportOn)
	f.date("told_on", &x.ToldOn)
	f.text("standard_cited", &x.StandardCited)
	f.text("standard_review", &x.StandardReview)
	rows(f, "results", &x.Results, func(f *Form, x *registry.SampleResult) {
		f.text("pollutant", &x.Pollutant)
		f.text("kind", &x.Kind)
		f.text("value", &x.Value)
		f.text("unit", &x.Unit)
		f.text("limit", &x.Limit)
		f.text("limit_from", &x.LimitFrom)
		f.text("limit_ref", &x.LimitRef)
		f.text("verdict", &x.Verdict)
		f.text("note", &x.Note)
	})
	f.text("conclusion", &x.Conclusion)
	f.text("note", &x.Note)
}

// sampleView is a sample with what is computed of its results.
type sampleView struct {
	registry.Sample
	Rows []sampleResult
}

type sampleResult struct {
	registry.SampleResult
	Multiple string // by how much the limit is exceeded; empty where that cannot be computed
}

// Title is how a sample is spoken of: its number, else its point.
func (v sampleView) Title() string { return cmp.Or(v.Code, v.Point) }

func sampleViews(list []registry.Sample) []sampleView {
	views := make([]sampleView, len(list))
	for i, x := range list {
		views[i].Sample = x
		for _, res := range x.Results {
			row := sampleResult{SampleResult: res}
			if m, ok := res.Multiple(); ok {
				row.Multiple = m + " 倍"
			}
			views[i].Rows = append(views[i].Rows, row)
		}
	}
	return views
}

type sampleFormPage struct {
	Layout
	Form       *Form
	Sample     registry.Sample
	Inspection registry.Inspection
	Name       string // of the inspection
	Limits     []offeredLimit
	FarmKind   string // 新建场 or 现有场, where the farm's records tell
	FarmWhy    string
	LimitsOn   registry.Date
	District   string
	Pollutants registry.Terms
}

func (sampleFormPage) Template() string { return "samples/form" }

// offeredLimit is what one table of one standard says, for 标准目录所列限值.
type offeredLimit struct {
	Ref        string // DB44/613-2009 表5 珠三角, as a result names it
	Why        string // why it may not be the one
	Confidence string // of its values
	Rows       []offeredLimitRow
	Unchecked  []string // pollutants whose value nobody has found in the official text
}

type offeredLimitRow struct {
	Pollutant, Bound, Value, Unit, Basis string
}

// offeredLimits groups the limits that the catalogue lists for a day, a place and a medium.
func offeredLimits(law *statute.Catalogue, medium string, on registry.Date, district, farm string) []offeredLimit {
	var list []offeredLimit
	for _, pollutant := range registry.Pollutants {
		for _, l := range law.Answer(statute.LimitQuestion{Pollutant: pollutant, On: on, District: district, Farm: farm}) {
			if medium != "" && l.Medium != "" && registry.Media.Has(l.Medium) && l.Medium != medium {
				continue
			}
			i := slices.IndexFunc(list, func(t offeredLimit) bool { return t.Ref == l.Ref() })
			if i < 0 {
				i = len(list)
				list = append(list, offeredLimit{Ref: l.Ref(), Confidence: statute.ConfidenceLabel(l.Confidence)})
			}
			t := &list[i]
			if l.Value == "" {
				t.Unchecked = append(t.Unchecked, l.Pollutant)
				continue
			}
			t.Why, t.Confidence = l.Why, statute.ConfidenceLabel(l.Confidence)
			row := offeredLimitRow{l.Pollutant, boundMark(l.StandardLimit), l.Value, l.Unit, l.Basis}
			if len(t.Rows) > 0 && t.Rows[0].Basis == row.Basis {
				row.Basis = "" // said once
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return list
}

// sampleForm shows the form beside the limits that the catalogue lists for the day and the district. It offers them; which one
// binds is on the report, and for a person to say.
func (s *Server) sampleForm(r *request, f *Form, x registry.Sample) error {
	ins, err := s.service.Inspection(r.ctx(), r.actor, x.InspectionID)
	if err != nil {
		return err
	}
	p := sampleFormPage{Layout: r.layout("登记样品"), Form: f, Sample: x, Inspection: ins, Name: s.inspectionName(r, ins.ID), LimitsOn: ins.StartedOn, District: ins.DistrictCode, Pollutants: registry.Pollutants}
	if x.ID != 0 {
		p.Title = "修改样品"
	}
	if d, err := registry.ParseDate(f.Value("sampled_on")); err == nil && !d.IsZero() {
		p.LimitsOn = d
	}
	if ins.FarmID != 0 {
		farm, err := s.service.Farm(r.ctx(), r.actor, ins.FarmID)
		if err != nil {
			return err
		}
		p.FarmKind, p.FarmWhy = s.service.Law().FarmKind(farm.ProductionSince, farm.EIA.On)
	}
	p.Limits = offeredLimits(s.service.Law(), f.Value("medium"), p.LimitsOn, p.District, p.FarmKind)
	return r.form(f, p)
}

func (s *Server) sampleNew(r *request) error {
	id, err := pathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	ins, err := s.service.Inspection(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	x := registry.Sample{InspectionID: id, Medium: "废水", SampledOn: ins.StartedOn}
	return s.sampleForm(r, sampleEditing.fill(r, &x), x)
}

func (s *Server) sampleCreate(r *request) error {
	id, err := pathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	x := registry.Sample{InspectionID: id}
	f, err := sampleEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		typed := x
		repeated, err := s.service.AddSample(r.ctx(), r.actor, &x)
		repeated, err = sampleEditing.before(&x, repeated, err)
		switch {
		case err == nil && repeated:
			return sampleEditing.again(r, &typed, &x, about{What: "样品 " + x.Point, Href: fmt.Sprintf("/samples/%d", x.ID)}, "样品已登记。")
		case err == nil:
			return r.done("样品已登记。", "/inspections/%d#samples", id)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.sampleForm(r, f, registry.Sample{InspectionID: id})
}

// sampleShow leads to the inspection, where samples are shown.
func (s *Server) sampleShow(r *request) error {
	x, err := s.sampleByID(r)
	if err != nil {
		return err
	}
	return r.redirect("/inspections/%d#samples", x.InspectionID)
}

func (s *Server) sampleEdit(r *request) error {
	x, err := s.sampleByID(r)
	if err != nil {
		return err
	}
	return s.sampleForm(r, sampleEditing.fill(r, &x), x)
}

func (s *Server) sampleUpdate(r *request) error {
	current, err := s.sampleByID(r)
	if err != nil {
		return err
	}
	x := current
	f, err := sampleEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		err := s.service.ChangeSample(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("样品已保存。", "/inspections/%d#samples", current.InspectionID)
		}
		if registry.KindOf(err) == registry.KindStale {
			a := about{What: "样品 " + current.Point, Href: fmt.Sprintf("/inspections/%d#samples", current.InspectionID)}
			return sampleEditing.stale(r, err, f.Version, &x, &current, a)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.sampleForm(r, f, current)
}

func (s *Server) sampleDelete(r *request) error {
	x, err := s.sampleByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(sampleLabels)
	if err != nil {
		return err
	}
	err = s.service.RemoveSample(r.ctx(), r.actor, x.ID, f.Version)
	return r.deleted(err, "样品", fmt.Sprintf("/inspections/%d#samples", x.InspectionID))
}

func (s *Server) sampleByID(r *request) (registry.Sample, error) {
	id, err := pathID[registry.SampleID](r, "id")
	if err != nil {
		return registry.Sample{}, err
	}
	return s.service.Sample(r.ctx(), r.actor, id)
}
