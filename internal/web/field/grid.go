package field

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// gridFields lists the inputs of the grid of samples, both ways.
func gridFields(f *kit.Form, rows *[]registry.GridRow) {
	kit.Rows(f, "grid", rows, func(f *kit.Form, x *registry.GridRow) {
		f.Text("code", &x.Code)
		f.Text("point", &x.Point)
		f.Text("medium", &x.Medium)
		f.Text("sampled_time", &x.Time)
		f.Text("pollutant", &x.Pollutant)
		f.Text("value", &x.Value)
		f.Text("unit", &x.Unit)
		f.Text("limit", &x.Limit)
		f.Text("limit_ref", &x.LimitRef)
		f.Text("limit_reason", &x.LimitReason)
		f.Text("verdict", &x.Verdict)
	})
}

// readGrid reads the rows that were typed and, behind them, the block that was pasted.
func readGrid(f *kit.Form, on registry.Date) (rows []registry.GridRow, samples []registry.Sample, places []registry.GridPlace) {
	gridFields(f, &rows)
	pasted, err := registry.ReadGrid(f.Values.Get("grid_text"))
	if err == nil && len(rows)+len(pasted) > registry.MaxGridRows {
		err = fmt.Errorf("一共 %d 行，一次最多 %d 行；请分几次登记，没有登记任何一行", len(rows)+len(pasted), registry.MaxGridRows)
	}
	if err != nil {
		f.Add("grid_text", "%s", err)
		return rows, nil, nil
	}
	if len(pasted) > 0 { // they are rows from now on
		rows = append(rows, pasted...)
		shown := kit.Form{Filling: true, Values: f.Values, Counts: f.Counts}
		gridFields(&shown, &rows)
		f.Values.Del("grid_text")
	}
	samples, places = registry.SamplesOfGrid(rows, on)
	for i := range samples {
		samples[i].StandardCited = f.Value("standard")
	}
	return rows, samples, places
}

// gather reads the samples of a visit.
func (v *visit) gather(f *kit.Form, x *registry.Inspection) {
	_, v.Samples, v.places = readGrid(f, x.StartedOn)
}

// gridField is the input of the grid that a problem of a sample is about: samples.1.results.0.value is grid.3.value.
func (v *visit) gridField(field string) string { return gridField(v.places, field) }

func gridField(places []registry.GridPlace, field string) string {
	rest, ok := strings.CutPrefix(field, "samples.")
	if !ok {
		return field
	}
	number, rest, _ := strings.Cut(rest, ".")
	sample, _ := strconv.Atoi(number)
	result := -1
	if at, found := strings.CutPrefix(rest, "results."); found {
		number, name, _ := strings.Cut(at, ".")
		result, _ = strconv.Atoi(number)
		rest = name
	}
	if rest == "kind" {
		rest = "value"
	}
	for i, p := range places {
		if p.Sample == sample && (result < 0 || p.Result == result) {
			return fmt.Sprintf("grid.%d.%s", i, rest)
		}
	}
	return "grid"
}

// judged is a row of the grid with what the register says of it.
type judged struct {
	Limit    string `json:"limit"`
	Unit     string `json:"unit"`
	Ref      string `json:"ref"`
	Verdict  string `json:"verdict"`
	Multiple string `json:"multiple"`
	Open     string `json:"open"` // what stands in the way of a limit
	Problem  string `json:"problem"`
}

// judge tells the script what limits, units and verdicts follow for the rows of the grid; nothing is stored.
func (s area) judge(r *kit.Request) error {
	f, err := r.ReadForm(visitLabels)
	if err != nil {
		return err
	}
	x := registry.Inspection{}
	view.InspectionFields(f, &x)
	x.Clean()
	f.Errors = nil
	rows, samples, places := readGrid(f, x.StartedOn)
	if len(f.Errors) > 0 {
		return r.JSON(http.StatusUnprocessableEntity, map[string]any{"message": f.Errors[0].Message})
	}
	list, err := s.judgements(r, x, rows, samples, places)
	if err != nil {
		return err
	}
	return r.JSON(http.StatusOK, map[string]any{"rows": list, "odd": registry.SampleTimesOdd(&x, samples)})
}

func (s area) judgements(r *kit.Request, x registry.Inspection, rows []registry.GridRow, samples []registry.Sample, places []registry.GridPlace) ([]judged, error) {
	x.Origin = cmp.Or(x.Origin, registry.OriginField)
	problems, open, err := s.Service.JudgeSamples(r.Ctx(), r.Actor, &x, samples)
	if err != nil {
		return nil, err
	}
	list := make([]judged, len(rows))
	for i, p := range places {
		if p.Result < 0 {
			continue
		}
		res := samples[p.Sample].Results[p.Result]
		list[i] = judged{Limit: res.Limit, Unit: cmp.Or(res.Unit, res.LimitUnit), Ref: res.LimitRef, Verdict: res.Verdict}
		if res.Limit == "" {
			list[i].Open = open[p.Sample][p.Result]
		}
		if m, ok := res.Multiple(); ok {
			list[i].Multiple = m
		}
	}
	if problems != nil {
		for _, p := range kit.ProblemOf(problems).Errors {
			var i int
			if _, err := fmt.Sscanf(gridField(places, p.Field), "grid.%d.", &i); err == nil && i < len(list) {
				list[i].Problem = p.Message
			}
		}
	}
	return list, nil
}

// samplesPage is the grid for an inspection that is registered.
type samplesPage struct {
	kit.Layout
	Form       *kit.Form
	Inspection registry.Inspection
	Name       string
	Judged     []judged
	Odd        []string
	Have       int
}

func (samplesPage) Template() string { return "field/samples" }

// JudgedAt is what the register says of a row.
func (p samplesPage) JudgedAt(row string) *judged {
	n, err := strconv.Atoi(strings.TrimPrefix(row, "grid."))
	if err != nil || n >= len(p.Judged) || p.Judged[n] == (judged{}) {
		return nil
	}
	return &p.Judged[n]
}

func (s area) samplesForm(r *kit.Request) error {
	x, err := s.inspectionOf(r)
	if err != nil {
		return err
	}
	f := r.NewForm(visitLabels)
	gridFields(f, &[]registry.GridRow{})
	return s.samplesShow(r, f, samplesPage{Inspection: x})
}

func (s area) inspectionOf(r *kit.Request) (x registry.Inspection, err error) {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return x, err
	}
	return s.Service.Inspection(r.Ctx(), r.Actor, id)
}

func (s area) samplesShow(r *kit.Request, f *kit.Form, p samplesPage) error {
	p.Layout, p.Form, p.Name = r.Layout("成批登记样品").FullWidth(), f, view.InspectionName(s.Server, r, p.Inspection.ID)
	have, err := s.Service.Samples(r.Ctx(), r.Actor, p.Inspection.ID)
	if err != nil {
		return err
	}
	p.Have = len(have)
	return r.Form(f, p)
}

// samplesAdd registers the samples of a grid, all or none; the button 填入限值 shows what the register says of them first.
func (s area) samplesAdd(r *kit.Request) error {
	x, err := s.inspectionOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(visitLabels)
	if err != nil {
		return err
	}
	rows, samples, places := readGrid(f, x.StartedOn)
	p := samplesPage{Inspection: x, Odd: registry.SampleTimesOdd(&x, samples)}
	if f.OK() && len(samples) == 0 {
		f.Add("grid_text", "没有样品：请在表格中填写，或粘贴一块")
	}
	if !f.OK() {
		if len(samples) > 0 {
			if p.Judged, err = s.judgements(r, x, rows, samples, places); err != nil {
				return err
			}
		}
		return s.samplesShow(r, f, p)
	}
	added, err := s.Service.AddSamples(r.Ctx(), r.Actor, x.ID, f.ClientUID, samples)
	if err := f.Refuse(err); err != nil {
		return err
	}
	if len(f.Errors) > 0 || f.Status != 0 {
		for i, e := range f.Errors {
			f.Errors[i].Field = gridField(places, e.Field)
		}
		return s.samplesShow(r, f, p)
	}
	message := fmt.Sprintf("已登记 %d 个样品。", added)
	if len(p.Odd) > 0 {
		message += "请核对：" + strings.Join(p.Odd, "；") + "。"
	}
	return r.DoneAt(message, fmt.Sprintf("/inspections/%d#samples", x.ID))
}
