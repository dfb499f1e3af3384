package demo

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// describe tells every fact of a published case, a line a fact; what was not published gives no line.
func describe(f *registry.CaseFile) []string {
	var out []string
	add := func(key string, parts ...any) {
		var words []string
		for _, p := range parts {
			if s := fmt.Sprint(p); s != "" {
				words = append(words, s)
			}
		}
		if len(words) > 0 {
			out = append(out, key+": "+strings.Join(words, " "))
		}
	}
	herd := func(h registry.Herd) string {
		n := "?"
		if h.Count != nil {
			n = fmt.Sprint(*h.Count)
		}
		return strings.TrimSpace(h.Species + h.Stage + " " + h.Basis + n + h.Qualifier + " " + h.AsOf.String())
	}
	c, farm := f.Case, f.Farm
	add("case", c.Origin, c.DistrictCode, c.FoundOn, c.Number, c.Source, c.Stage, f.Campaign.Name)
	add("organs", f.DecidingOrgan.Name, f.HandlingOrgan.Name)
	for i, p := range f.Parties {
		add("party", c.Parties[i].Role, p.Kind, p.Name, p.PublicName, c.Parties[i].NameAtAct, p.CreditCode, p.IDNumber, p.LegalPerson, p.Phone, p.Address)
	}
	add("farm", farm.Name, farm.PublicName, farm.RaisingMode, farm.ManureMode, farm.Town, farm.Address, farm.InTanjiang, farm.ControlSection)
	if farm.AreaM2 != nil {
		add("area", *farm.AreaM2)
	}
	for _, h := range farm.Herds {
		add("herd", herd(h))
	}
	for _, x := range farm.Facilities {
		add("facility", x.Kind, x.Name, x.Capacity, x.Lining, x.State)
	}
	for _, a := range []struct {
		name string
		a    registry.Approval
	}{{"eia", farm.EIA}, {"acceptance", farm.Acceptance}, {"permit", farm.Permit}} {
		add(a.name, a.a.State, a.a.Kind, a.a.Number, a.a.On, a.a.ValidTo)
	}
	add("zone", farm.Zone.Relation, farm.Zone.PlanName, farm.Zone.PlanNumber, farm.Zone.PlanOn, farm.Zone.Evidence, farm.Zone.CheckedOn)
	for _, x := range f.Inspections {
		add("inspection", x.State, x.Result, x.Kind, x.StartedOn, x.StartTime, x.Place, x.PresentName, x.Others, len(x.Officers))
		for i, n := range x.Path.Nodes {
			add("path", n.Kind, n.Name, n.Lining, n.State, "after", x.Path.Predecessors(i+1))
		}
		add("water", x.Path.ReceivingWater)
	}
	for _, x := range f.Samples {
		add("sample", x.Medium, x.Point, x.SampledOn, x.SamplingOrgan, x.AnalysisOrgan, x.ReportNumber, x.StandardCited)
		for _, r := range x.Results {
			add("result", r.Pollutant, r.ValueText(), r.Limit, r.LimitRef)
		}
	}
	for _, x := range f.Evidence {
		add("evidence", x.Kind, x.Title, x.Number, x.Maker, x.MadeOn)
	}
	for _, v := range f.Violations {
		add("violation", v.TypeCode, v.ActFrom, v.ActTo, v.Continuing)
		for _, k := range v.Citations {
			add(string(k.Standing)+" "+string(k.Role), k.String(), k.VersionID, k.Holding)
		}
		for _, e := range v.Checklist {
			add("element", e.Key, e.Answer)
		}
	}
	for _, d := range f.Documents {
		add("document", d.Kind, d.OrderMode, d.Result, d.OrganName, d.Number, d.MadeOn, d.ServedOn, d.DueOn, d.ResultOn)
		if d.Persons != nil || d.Amount != nil {
			add("document", "has persons or an amount")
		}
	}
	for _, p := range f.Penalties {
		amount := "?"
		if p.Amount != nil {
			amount = p.Amount.String()
		}
		add("penalty", p.Kind, amount, p.PayBy)
	}
	for _, n := range f.ReviewNotes {
		add("note", n.Severity, n.Kind)
	}
	return out
}

func lines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		out = append(out, strings.TrimSpace(l))
	}
	return out
}

const decides = "organs: 江门市生态环境局 江门市生态环境局"

var publishedFacts = []struct {
	id    registry.CaseID
	name  string
	facts string
}{}

func TestPublishedCases(t *testing.T) {
	s, _ := loaded(t)
	for _, c := range publishedFacts {
		t.Run(c.name, func(t *testing.T) {
			got, want := describe(caseFile(t, s, c.id)), lines(c.facts)
			for i := range max(len(got), len(want)) {
				var g, w string
				if i < len(got) {
					g = got[i]
				}
				if i < len(want) {
					w = want[i]
				}
				if g != w {
					t.Errorf("fact %d of case %d:\n got %s\nwant %s", i+1, c.id, g, w)
				}
			}
		})
	}
}

func TestPrintFacts(t *testing.T) {
	s, _ := loaded(t)
	for id := registry.CaseID(1); id <= 5; id++ {
		fmt.Println("=====", id)
		for _, l := range describe(caseFile(t, s, id)) {
			fmt.Println("\t\t" + l)
		}
	}
}

var _ = cmp.Compare[int]
var _ = slices.Sort[[]int]
var _ = reflect.DeepEqual
var _ = context.Background
