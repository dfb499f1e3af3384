package records

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var sampleLabels = kit.LabelsOf(registry.SampleFields, nil)

// sampleView is a sample with what is computed of its results.
type sampleView struct {
	registry.Sample
	Rows     []sampleResult
	Odd      []statute.StandardRemark // about the standards it names
	TellsDoc registry.Date            // the day on which a document of the case told the result, where the sample has none of its own
}

type sampleResult struct {
	registry.SampleResult
	Multiple string // by how much the limit is exceeded; empty where that cannot be computed
}

// Title is how a sample is spoken of: its number, else its point.
func (v sampleView) Title() string { return cmp.Or(v.Code, v.Point) }

func sampleViews(law *statute.Catalogue, ins *registry.Inspection, farm *registry.Farm, list []registry.Sample, told []registry.Document) []sampleView {
	file := registry.CaseFile{Documents: told}
	views := make([]sampleView, len(list))
	for i, x := range list {
		views[i].Sample = x
		views[i].Odd = law.SampleRemarks(&x, statute.SampleQuestion(law, &x, ins, farm))
		if x.ToldOn.IsZero() {
			views[i].TellsDoc = file.SampleToldOn(&x)
		}
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
	kit.Layout
	Form       *kit.Form
	Sample     registry.Sample
	Inspection registry.Inspection
	Name       string // of the inspection
	Limits     []offeredLimit
	Of         casework.SampleLimits // what the catalogue says of what is typed
	Pollutants registry.Terms
}

func (sampleFormPage) Template() string { return "records/samples-form" }

// rowLimits is what the catalogue offers for one row of the form.
type rowLimits struct {
	Missing string // why a person chooses, or what is missing to tell
	Open    string // why the numbers of the row give no verdict
	Taken   string // the option that is the row's limit
	Options []rowLimit
}

// rowLimit is one limit to choose.
type rowLimit struct{ Ref, Text, Unit, Why string }

// Offered is what stands below a row; nothing where no pollutant is typed yet.
func (p sampleFormPage) Offered(row string) *rowLimits {
	n, err := strconv.Atoi(strings.TrimPrefix(row, "results."))
	if err != nil || n >= len(p.Sample.Results) || n >= len(p.Of.Offers) || p.Sample.Results[n].Pollutant == "" {
		return nil
	}
	o, r := p.Of.Offers[n], &p.Sample.Results[n]
	v := &rowLimits{Missing: o.Missing}
	_, v.Open = r.Judged()
	for _, l := range o.Options {
		v.Options = append(v.Options, rowLimit{Ref: l.Ref(), Text: l.Text(), Unit: l.Unit, Why: l.Why})
		if l.Is(r) && r.LimitRef == l.Ref() {
			v.Taken = l.Ref()
		}
	}
	return v
}

// pressFill is the button 按标准填入.
const pressFill = "limits"

// fillLimits puts the limits into the form that were chosen in its rows, and answers the button 按标准填入: then those too about which the
// catalogue leaves no choice. The form comes back filled in, and nothing is stored.
func (s area) fillLimits(r *kit.Request, f *kit.Form, x *registry.Sample) error {
	l, err := s.Service.LimitsOf(r.Ctx(), r.Actor, x)
	if err != nil {
		return err
	}
	for i := range x.Results {
		at := func(field string) string { return fmt.Sprintf("results.%d.%s", i, field) }
		res, offer := &x.Results[i], l.Offers[i]
		pick := f.Value(at("pick"))
		n := slices.IndexFunc(offer.Options, func(o statute.Limit) bool { return o.Ref() == pick })
		switch {
		case n >= 0:
			offer.Options[n].Fill(res)
		case f.Adding == pressFill && offer.Only != nil && res.Limit == "":
			offer.Only.Fill(res)
		default:
			continue
		}
		for name, v := range map[string]string{"limit": res.Limit, "limit_from": res.LimitFrom, "limit_ref": res.LimitRef, "unit": res.Unit, "limit_unit": res.LimitUnit, "pick": ""} {
			f.Values.Set(at(name), v)
		}
	}
	return nil
}

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
		for _, l := range law.OfferLimits(statute.LimitQuestion{Pollutant: pollutant, On: on, District: district, Farm: farm, Medium: medium}).Options {
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
			row := offeredLimitRow{l.Pollutant, view.BoundMark(l.StandardLimit), l.Value, l.Unit, l.Basis}
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
func (s area) sampleForm(r *kit.Request, f *kit.Form, x registry.Sample) error {
	ins, err := s.Service.Inspection(r.Ctx(), r.Actor, x.InspectionID)
	if err != nil {
		return err
	}
	p := sampleFormPage{Layout: r.Layout("登记样品"), Form: f, Sample: x, Inspection: ins, Name: view.InspectionName(s.Server, r, ins.ID), Pollutants: registry.Pollutants}
	if x.ID != 0 {
		p.Title = "修改样品"
	}
	if p.Of, err = s.Service.LimitsOf(r.Ctx(), r.Actor, &x); err != nil {
		return err
	}
	p.Limits = offeredLimits(s.Service.Law(), x.Medium, p.Of.On, p.Of.District, p.Of.FarmKind)
	return r.Form(f, p)
}

// sampleEditing is a sample on its form.
func (s area) sampleEditing(r *kit.Request, stored registry.Sample) kit.Editing[registry.Sample] {
	saved := "样品已登记。"
	if stored.ID != 0 {
		saved = "样品已保存。"
	}
	home := func(x registry.Sample) string { return fmt.Sprintf("/inspections/%d#samples", x.InspectionID) }
	return kit.Editing[registry.Sample]{
		Record: stored, Labels: sampleLabels, Fields: view.SampleFields,
		Check: func(f *kit.Form, x *registry.Sample) error { return s.fillLimits(r, f, x) },
		Page:  func(f *kit.Form, x registry.Sample) error { return s.sampleForm(r, f, x) },
		Add:   s.Service.AddSample, Change: s.Service.ChangeSample,
		Remove: func(version int64) error { return s.Service.RemoveSample(r.Ctx(), r.Actor, stored.ID, version) },
		Saved:  func(x registry.Sample) error { return r.DoneAt(saved, home(x)) },
		Title:  func(x registry.Sample) string { return x.Point }, Home: home,
		Address: func(x registry.Sample) string { return fmt.Sprintf("/samples/%d", x.ID) },
	}
}

func (s area) sampleNew(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	ins, err := s.Service.Inspection(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	x := registry.Sample{InspectionID: id, Medium: "废水", SampledOn: ins.StartedOn}
	before, err := s.Service.Samples(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	if n := len(before); n > 0 { // taken on the same visit, by the same people
		x.Medium, x.SampledOn, x.SamplingOrgan, x.AnalysisOrgan = before[n-1].Medium, before[n-1].SampledOn, before[n-1].SamplingOrgan, before[n-1].AnalysisOrgan
	}
	return s.sampleEditing(r, registry.Sample{InspectionID: id}).Show(r, x)
}

func (s area) newSample(r *kit.Request) (e kit.Editing[registry.Sample], err error) {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	return s.sampleEditing(r, registry.Sample{InspectionID: id}), err
}

func (s area) storedSample(r *kit.Request) (kit.Editing[registry.Sample], error) {
	x, err := s.sampleByID(r)
	return s.sampleEditing(r, x), err
}

// sampleShow leads to the inspection, where samples are shown.
func (s area) sampleShow(r *kit.Request) error {
	x, err := s.sampleByID(r)
	if err != nil {
		return err
	}
	return r.Go("/inspections/%d#samples", x.InspectionID)
}

func (s area) sampleByID(r *kit.Request) (registry.Sample, error) {
	id, err := kit.PathID[registry.SampleID](r, "id")
	if err != nil {
		return registry.Sample{}, err
	}
	return s.Service.Sample(r.Ctx(), r.Actor, id)
}
