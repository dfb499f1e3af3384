package webtest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// Planter writes a word of its own into every text field that is empty, so that a field added tomorrow is planted too.
type Planter struct {
	Words []string
}

func (p *Planter) word() string {
	w := "秘" + registry.ChineseNumeral(len(p.Words)+1) + "密"
	p.Words = append(p.Words, w)
	return w
}

// Plant fills the empty text fields of the struct x points to, but for the named JSON fields: dictionaries, dates, codes that a
// check would refuse, and what the server sets itself.
func (p *Planter) Plant(x any, but ...string) { p.walk(reflect.ValueOf(x).Elem(), but) }

func (p *Planter) walk(v reflect.Value, but []string) {
	switch {
	case v.Type() == reflect.TypeFor[registry.Date]() || v.Type() == reflect.TypeFor[registry.Meta]():
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			p.walk(v.Index(i), but)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			f := v.Field(i)
			if slices.Contains(but, name) {
				continue
			}
			if f.Kind() == reflect.String {
				if f.Type() == reflect.TypeFor[string]() && f.Len() == 0 {
					f.SetString(p.word())
				}
				continue
			}
			p.walk(f, but)
		}
	}
}

// SecretCase is an own case with a planted word in every free text of every record on it. The public names stay empty: they are
// what may be published.
func SecretCase(t testing.TB, a *App) (registry.CaseID, *Planter) {
	t.Helper()
	ctx, officer, s, p := context.Background(), a.Actor(registry.RoleOfficer), a.Service, &Planter{}
	n := func(v int64) *int64 { return &v }
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	party := registry.Party{Kind: "公司", CreditCode: "91350100M000100Y43", Phone: "13800138000"}
	p.Plant(&party, "public_name", "id_kind", "id_number", "credit_code_override")
	must(s.AddParty(ctx, officer, &party))
	person := registry.Party{Kind: "自然人", IDNumber: "11010519491231002X", Phone: "13900139000"}
	p.Plant(&person, "public_name", "id_kind", "credit_code", "credit_code_override")
	must(s.AddParty(ctx, officer, &person))
	farm := registry.Farm{DistrictCode: "440785", OperatorID: party.ID, Herds: []registry.Herd{{Species: "生猪", Count: n(5300), Basis: "存栏", Qualifier: "多"}},
		Facilities: []registry.Facility{{Kind: "鱼塘"}}, ContactPhone: "13700137000"}
	farm.EIA.Number, farm.Permit.Number = "恩环审〔2019〕77号", "91440785MA0000001X001V"
	p.Plant(&farm, "public_name", "operation", "raising_mode", "manure_mode", "entrusted", "eia_carried", "in_tanjiang", "relation", "state", "lining", "kind", "datum", "qualifier")
	must(s.AddFarm(ctx, officer, &farm))
	check := registry.Inspection{FarmID: farm.ID, PartyID: party.ID, Kind: "专项检查", StartedOn: registry.Day(2024, 10, 5), DistrictCode: "440785", Result: registry.ViolationFound,
		State: registry.InspectionDraft, Officers: []registry.OfficerRef{{}, {}}, PresentPhone: "13600136000", PresentIDNumber: "11010519491231002X",
		Herds: []registry.Herd{{Species: "生猪", Count: n(5300), Basis: "存栏"}},
		Path:  registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源"}, {Kind: "鱼塘", Lining: "无防渗"}, {Kind: "其他"}, {Kind: "水体"}}}}
	p.Plant(&check, "start_time", "end_time", "datum", "certificate_shown", "rights_told", "lining", "submitted_by", "rectified", "qualifier", "present_gender", "present_id_number", "recusal", "signature")
	must(s.AddInspection(ctx, officer, &check))
	sample := registry.Sample{InspectionID: check.ID, Medium: "废水", SampledOn: registry.Day(2024, 10, 5),
		Results: []registry.SampleResult{{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "282", Limit: "80", LimitFrom: "报告所印", Verdict: "超标"}}}
	p.Plant(&sample, "sampled_time")
	must(s.AddSample(ctx, officer, &sample))
	c := registry.Case{DistrictCode: "440785", FarmID: farm.ID, FoundOn: registry.Day(2024, 10, 5), Source: "日常检查", Inspections: []registry.InspectionID{check.ID},
		Parties: []registry.CaseParty{{PartyID: party.ID, Role: "单位"}, {PartyID: person.ID, Role: "责任人"}}}
	p.Plant(&c)
	must(s.AddCase(ctx, officer, &c))
	var typeCode string
	for _, vt := range s.Law().ViolationTypes() {
		if typeCode == "" || vt.Code == "evade_supervision" {
			typeCode = vt.Code
		}
	}
	v := registry.Violation{CaseID: c.ID, TypeCode: typeCode, ActTo: registry.Day(2024, 10, 5), Citations: []registry.Citation{
		{Role: registry.RoleBreached, Law: "中华人民共和国水污染防治法", Provision: registry.Provision{Article: 39}},
		{Role: registry.RoleBreached, Provision: registry.Provision{Article: 1}}}}
	p.Plant(&v, "end_basis", "continuing", "version_choice", "law_id", "version_id", "text_hash", "standing", "held")
	must(s.AddViolation(ctx, officer, &v))
	for i, kind := range []registry.DocKind{registry.DocOrder, registry.DocFiling, registry.DocDecision, registry.DocDetention, registry.DocOther} {
		d := registry.Document{CaseID: c.ID, Seq: int64(i + 1), Kind: kind, NumberTyped: fmt.Sprintf("江恩环罚〔2024〕%d号", 7000+i), MadeOn: registry.Day(2024, 11, 1+i)}
		if kind == registry.DocDecision {
			d.ServedOn = registry.Day(2024, 11, 8) // fit for a bulletin
		}
		p.Plant(&d, "number_normalized", "service_mode", "order_mode", "result")
		must(s.AddDocument(ctx, officer, &d))
	}
	amount := registry.Money(20000000)
	fine := registry.Penalty{CaseID: c.ID, Kind: "罚款", Amount: &amount}
	p.Plant(&fine)
	must(s.AddPenalty(ctx, officer, &fine))
	exhibit := registry.Evidence{CaseID: c.ID, Kind: "照片"}
	p.Plant(&exhibit, "made_time")
	must(s.AddEvidence(ctx, officer, &exhibit))
	p.Words = append(p.Words, party.CreditCode, party.Phone, person.IDNumber, person.Phone, farm.ContactPhone, check.PresentPhone, check.PresentIDNumber, farm.EIA.Number, farm.Permit.Number,
		"江恩环罚", "10月5日", "2024-10-05", "11月1日")
	return c.ID, p
}
