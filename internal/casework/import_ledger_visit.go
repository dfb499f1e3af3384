package casework

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// visit writes the inspection of a row, with its sample; of a case that tells of one it is the inspection that found the act.
func (im *ledgerImporter) visit(x *LedgerMatch, farm registry.FarmID, party registry.PartyID, result string) (registry.InspectionID, error) {
	rec := &x.Record
	organ, err := im.organ(rec.DistrictCode)
	if err != nil {
		return 0, err
	}
	ins := registry.Inspection{Origin: imported, FarmID: farm, PartyID: party, OrganID: organ, StartedOn: rec.FoundOn, DistrictCode: rec.DistrictCode, Place: rec.Address, Findings: rec.Facts,
		Result: result, State: registry.InspectionSubmitted, Officers: inspectorsOf(rec), Kind: visitKind(rec), Facilities: rec.Facilities, Note: im.note(x)}
	if registry.RecheckResults.Has(rec.Rectified) && ins.Kind == registry.Recheck {
		ins.Rectified = rec.Rectified
	}
	for _, h := range rec.AllHerds() {
		if h.Basis == inStock {
			h.AsOf = rec.FoundOn
			ins.Herds = append(ins.Herds, h)
		}
	}
	if err := im.b.Inspection(&ins); err != nil {
		return 0, err
	}
	im.made("inspection", int64(ins.ID))
	return ins.ID, im.sample(rec, ins.ID)
}

const inStock = "存栏"

// organ is the branch of a district.
func (im *ledgerImporter) organ(district string) (registry.OrganID, error) {
	if id, ok := im.organs[district]; ok {
		return id, nil
	}
	c := registry.Case{DistrictCode: district}
	if err := fillOrgans(im.b.tx, &c); err != nil {
		return 0, err
	}
	im.organs[district] = c.HandlingOrganID
	return c.HandlingOrganID, nil
}

// inspectorsOf are the people that a row names, each once.
func inspectorsOf(rec *ledgerread.Record) (list []registry.OfficerRef) {
	for _, name := range strings.FieldsFunc(cmp.Or(rec.Inspectors, rec.Officers), func(r rune) bool { return strings.ContainsRune("、，,;；/ \n", r) }) {
		if x := (registry.OfficerRef{Name: name}); !slices.Contains(list, x) && len(list) < 20 {
			list = append(list, x)
		}
	}
	return list
}

// visitKind is the kind of inspection that a row names; empty where it is none of the register's.
func visitKind(rec *ledgerread.Record) string {
	for _, k := range registry.InspectionKinds {
		if k != "其他" && strings.Contains(rec.VisitKind, k) {
			return k
		}
	}
	return ""
}

// sampled tells that a row tells of a sample.
func sampled(rec *ledgerread.Record) bool {
	return len(rec.Results) > 0 || rec.ReportNumber != "" || !rec.SampledOn.IsZero() || rec.SamplePoint != ""
}

// sample writes what was measured. A register's sample has a point: of one that the ledger does not tell that is said.
func (im *ledgerImporter) sample(rec *ledgerread.Record, of registry.InspectionID) error {
	if !sampled(rec) {
		return nil
	}
	x := registry.Sample{InspectionID: of, Point: cmp.Or(rec.SamplePoint, "台账未写明"), SampledOn: cmp.Or(rec.SampledOn, rec.InspectedOn), ReportNumber: rec.ReportNumber, Results: slices.Clone(rec.Results)}
	if rec.OverTimes != "" {
		x.Conclusion = "超标倍数：" + rec.OverTimes
	}
	if err := im.b.Sample(&x); err != nil {
		return err
	}
	im.made("sample", int64(x.ID))
	return nil
}

// visitRow writes a row of a ledger of inspections.
func (im *ledgerImporter) visitRow(x *LedgerMatch) (registry.InspectionID, error) {
	rec := &x.Record
	party, err := im.operator(rec)
	if err != nil {
		return 0, err
	}
	farm, err := im.farm(rec, party)
	if err != nil {
		return 0, err
	}
	return im.visit(x, farm, party, rec.Result)
}

// operator is the party of a row about a farm: of one that is called as the farm and has no code nothing is known but that.
func (im *ledgerImporter) operator(rec *ledgerread.Record) (registry.PartyID, error) {
	if rec.Party == "" || rec.Code == "" && rec.Person == "" && registry.NameKey(rec.Party) == registry.NameKey(rec.Farm) {
		return 0, nil
	}
	return im.party(rec)
}

// visit finds the inspection that a row is of: of the same farm on the same day.
func (m *matcher) visit(x *LedgerMatch) error {
	rec := &x.Record
	farm := m.near[nearKey("farm", rec)]
	if farm == 0 {
		same, err := m.tx.SameFarms(&registry.Farm{Name: rec.Farm, DistrictCode: rec.DistrictCode})
		if err != nil || len(same) == 0 {
			return err
		}
		farm = same[0].ID
	}
	ids, err := m.tx.InspectionsOn(registry.FarmID(farm), rec.FoundOn)
	if err != nil {
		return err
	}
	for _, id := range ids {
		ins, err := store.Inspections.Get(m.tx, int64(id))
		if err != nil {
			return err
		}
		if ins.StartedOn != rec.FoundOn {
			continue
		}
		x.Entity, x.ID, x.Why = "inspection", int64(id), "养殖场和检查日期相同"
		if err := m.compareVisit(x, &ins); err != nil {
			return err
		}
		x.settle()
		return nil
	}
	return nil
}

func (m *matcher) compareVisit(x *LedgerMatch, ins *registry.Inspection) error {
	rec, fixed := &x.Record, ""
	title, err := m.tx.ClosedCaseOn(ins.ID)
	if err != nil {
		return err
	}
	switch {
	case title != "":
		fixed = fixedClosed
	case ins.Origin == registry.OriginField && ins.State == registry.InspectionSubmitted:
		fixed = "现场检查记录请在检查里更正"
	}
	of := func(fn func(ins *registry.Inspection)) ledgerEdit { return set("inspection", int64(ins.ID), fn) }
	x.fills("检查情况", ins.Findings, rec.Facts, fixed, of(func(ins *registry.Inspection) { ins.Findings = rec.Facts }))
	x.fills("检查类型", ins.Kind, visitKind(rec), fixed, of(func(ins *registry.Inspection) { ins.Kind = visitKind(rec) }))
	x.fills("治污设施", ins.Facilities, rec.Facilities, fixed, of(func(ins *registry.Inspection) { ins.Facilities = rec.Facilities }))
	if here := decided(ins.Result); decided(rec.Result) != "" {
		x.differs("检查结果", here, rec.Result, fixed, of(func(ins *registry.Inspection) { ins.Result = rec.Result }))
	}
	samples, err := m.tx.SamplesOf([]registry.InspectionID{ins.ID})
	if err != nil || !sampled(rec) || len(samples[ins.ID]) > 0 {
		return err
	}
	x.differs("样品", "", "一份", fixed, ledgerEdit{add: func(im *ledgerImporter) error { return im.sample(rec, ins.ID) }})
	return nil
}

// decided is a result of an inspection that says something.
func decided(result string) string {
	if result == registry.Undecided {
		return ""
	}
	return result
}
