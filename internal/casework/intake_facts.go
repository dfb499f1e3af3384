package casework

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/intake/facts"
	"casebook/internal/registry"
)

// withoutLeft are the facts of the text without those that a person did not take.
func (d *AcceptedDraft) withoutLeft() facts.Facts {
	f := d.Facts
	for key, drop := range map[string]func(){
		facts.Operation: func() { f.Farm.Operation = "" }, facts.Raising: func() { f.Farm.RaisingMode = "" }, facts.Area: func() { f.Farm.AreaM2 = nil },
		facts.EIA: func() { f.Farm.EIA, f.Farm.EIACarried = registry.Approval{}, "" }, facts.Acceptance: func() { f.Farm.Acceptance = registry.Approval{} },
		facts.Permit: func() { f.Farm.Permit = registry.Approval{} }, facts.Entrusted: func() { f.Farm.Entrusted = "" }, facts.Zone: func() { f.Farm.Zone = registry.Zone{} },
		facts.Path: func() { f.Path = registry.DischargePath{} }, facts.Others: func() { f.Others = "" }, facts.Source: func() { f.Source, f.Kind = "", "" },
		facts.Damage: func() { f.Damage = nil },
	} {
		if slices.Contains(d.Left, key) {
			drop()
		}
	}
	f.Farm.Facilities = taken(d.Left, facts.Facility, f.Farm.Facilities)
	f.Samples = taken(d.Left, facts.Sample, f.Samples)
	f.Evidence = taken(d.Left, facts.Exhibit, f.Evidence)
	return f
}

// taken are the items of a list of facts but those whose keys (facility.2) are among the left.
func taken[T any](left []string, key string, list []T) (kept []T) {
	for i, x := range list {
		if !slices.Contains(left, fmt.Sprintf("%s.%d", key, i)) {
			kept = append(kept, x)
		}
	}
	return kept
}

// fillFarm gives the farm what the text tells of it.
func (d *AcceptedDraft) fillFarm(x *registry.Farm) {
	told := &d.Facts.Farm
	x.Operation, x.RaisingMode, x.AreaM2, x.Entrusted, x.Facilities = told.Operation, told.RaisingMode, told.AreaM2, told.Entrusted, told.Facilities
	x.EIA, x.EIACarried, x.Acceptance, x.Permit = told.EIA, told.EIACarried, told.Acceptance, told.Permit
	if x.Zone = told.Zone; x.Zone.Relation != "" {
		x.Zone.CheckedOn = d.FoundOn
	}
}

// tellActs gives each act what the facts tell of it: whether it went on, what it damaged, which questions of its type they answer. A person
// corrects it in the case.
func (d *AcceptedDraft) tellActs() {
	f := &d.Facts
	for i := range d.Violations {
		v := &d.Violations[i]
		switch water := strings.HasPrefix(v.TypeCode, "WATER_") || strings.HasPrefix(v.TypeCode, "LIVESTOCK_D"); {
		case f.Still && f.Farm.Zone.Relation != "" && strings.HasPrefix(v.TypeCode, "NO_FARM_ZONE"):
			v.EndBasis, v.Continuing = "责令期限届满后仍在进行", registry.Yes
		case f.Idle && strings.HasPrefix(v.TypeCode, "FACILITY_IDLE"), f.Ongoing && water:
			v.EndBasis = "检查时仍在进行"
		}
		v.Checklist = answered(v.TypeCode, d)
	}
	if len(f.Damage) > 0 && len(d.Violations) > 0 {
		d.Violations[0].Damage = f.Damage
	}
}

// answers are the questions of a type's checklist that a fact answers by itself. What takes judgement is left to a person.
var answers = []struct {
	code, key string
	told      func(d *AcceptedDraft) bool
}{
	{"WATER_EVASION", "discharge", func(d *AcceptedDraft) bool { return reaches(d, "外环境", "水体") }},
	{"WATER_EVASION", "means", func(d *AcceptedDraft) bool { // an unlined pit, a pipe that is broken: 渗坑, 裂隙
		return slices.ContainsFunc(d.Facts.Path.Nodes, func(n registry.PathNode) bool { return n.Lining == "无防渗" })
	}},
	{"WATER_EVASION", "evidence", func(d *AcceptedDraft) bool { return len(d.Facts.Path.Nodes) > 0 && len(d.Facts.Samples) > 0 }},
	{"WATER_EXCEED", "discharge", func(d *AcceptedDraft) bool { return reaches(d, "外环境", "水体") }},
	{"WATER_EXCEED", "sample", func(d *AcceptedDraft) bool { return len(d.Facts.Samples) > 0 }},
	{"WATER_EXCEED", "exceed", func(d *AcceptedDraft) bool {
		return slices.ContainsFunc(d.Facts.Samples, func(x registry.Sample) bool { return x.Exceeds() })
	}},
	{"FACILITY_IDLE_AIR", "facility", func(d *AcceptedDraft) bool { return standsIdle(d) }},
	{"FACILITY_IDLE_AIR", "idle", func(d *AcceptedDraft) bool { return standsIdle(d) }},
	{"LIVESTOCK_NO_FACILITY", "farm", func(d *AcceptedDraft) bool { return d.Herd.Count != nil }},
	{"LIVESTOCK_NO_FACILITY", "facility", func(d *AcceptedDraft) bool {
		return slices.ContainsFunc(d.Facts.Farm.Facilities, func(x registry.Facility) bool { return x.State == "不合格" || x.State == "未建" })
	}},
	{"LIVESTOCK_NO_FACILITY", "entrust", func(d *AcceptedDraft) bool { return d.Facts.Farm.Entrusted == registry.No }},
	{"LIVESTOCK_NO_FACILITY", "operating", func(d *AcceptedDraft) bool { return d.Facts.Farm.Operation == "已投产" }},
	{"NO_FARM_ZONE_OPERATE", "zone", func(d *AcceptedDraft) bool { return d.Facts.Farm.Zone.Relation == "禁养区内" }},
	{"NO_FARM_ZONE_OPERATE", "operate", func(d *AcceptedDraft) bool { return d.Facts.Farm.Operation == "已投产" }},
	{"NO_FARM_ZONE_OPERATE", "refuse", func(d *AcceptedDraft) bool {
		return slices.ContainsFunc(d.Documents, func(x registry.Document) bool { return x.Kind == registry.DocRecheck && x.Result == "拒不改正" })
	}},
	{"LIVESTOCK_DIRECT_DISCHARGE", "waste", func(d *AcceptedDraft) bool { return reaches(d, "产生源") }},
	{"LIVESTOCK_DIRECT_DISCHARGE", "evidence", func(d *AcceptedDraft) bool { return d.Facts.Path.ReceivingWater != "" }},
	{"LIVESTOCK_DIRECT_DISCHARGE", "untreated", func(d *AcceptedDraft) bool {
		return strings.Contains(d.Narrative, "未经无害化处理") || strings.Contains(d.Narrative, "未经处理")
	}},
	{"LIVESTOCK_DIRECT_DISCHARGE", "environment", func(d *AcceptedDraft) bool {
		return d.Facts.Path.ReceivingWater != "" || reaches(d, "外环境", "土壤")
	}},
}

func reaches(d *AcceptedDraft, kinds ...string) bool {
	return slices.ContainsFunc(d.Facts.Path.Nodes, func(n registry.PathNode) bool { return slices.Contains(kinds, n.Kind) })
}

// standsIdle is for a facility against waste gas that was found idle.
func standsIdle(d *AcceptedDraft) bool {
	return slices.ContainsFunc(d.Facts.Farm.Facilities, func(x registry.Facility) bool { return x.Kind == "废气治理设施" && x.State == "闲置停运" })
}

func answered(code string, d *AcceptedDraft) (list []registry.ElementAnswer) {
	for _, a := range answers {
		if a.code == code && a.told(d) {
			list = append(list, registry.ElementAnswer{Key: a.key, Answer: "具备", Note: "据通报所述，未另核实。"})
		}
	}
	return list
}
