package casework_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

func TestMergeFarms(t *testing.T) {
	s := service(t)
	first, second := aCase(t, s, registry.OriginField), aCase(t, s, registry.OriginField)
	keep, twice := first.FarmID, second.FarmID
	other, err := s.Farm(ctx, officer, twice)
	if err != nil {
		t.Fatal(err)
	}
	other.Town, other.Permit = "牛江镇", registry.Approval{State: "已办理", Number: "X-1"}
	if err := s.ChangeFarm(ctx, officer, &other); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.AddAttachment(ctx, officer, "farm", int64(twice), "平面图.txt", strings.NewReader("图"), "k"); err != nil {
		t.Fatal(err)
	}
	merge := func(x registry.FarmMerge) error { return s.MergeFarms(ctx, officer, &x) }
	for what, x := range map[string]registry.FarmMerge{
		"itself":      {FarmID: keep, IntoID: keep, Merging: registry.Merging{Reason: "同"}},
		"no reason":   {FarmID: twice, IntoID: keep},
		"no field":    {FarmID: twice, IntoID: keep, Taken: []string{"voided"}, Merging: registry.Merging{Reason: "同"}},
		"none chosen": {IntoID: keep, Merging: registry.Merging{Reason: "同"}},
	} {
		if err := merge(x); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	m := registry.FarmMerge{FarmID: twice, IntoID: keep, Taken: []string{"permit"}, Merging: registry.Merging{Reason: "同一许可证"}}
	if err := s.MergeFarms(ctx, officer, &m); err != nil {
		t.Fatal(err)
	}
	page, err := s.FarmPage(ctx, officer, keep)
	if err != nil {
		t.Fatal(err)
	}
	if f := page.Farm; f.Permit.Number != "X-1" || f.Town != "沙湖镇" || len(page.Inspections) != 2 || len(page.Cases) != 2 || len(page.Attachments) != 1 || len(page.Merges) != 1 {
		t.Errorf("the farm that stays: permit %q, town %q, %d inspections, %d cases, %d files, %d merges",
			f.Permit.Number, f.Town, len(page.Inspections), len(page.Cases), len(page.Attachments), len(page.Merges))
	}
	list, err := s.Farms(ctx, officer, casework.FarmFilter{}, casework.Page{Limit: 10})
	if err != nil || len(list.Rows) != 1 || list.Count != 1 {
		t.Errorf("%d farms are listed (%v), want the one that stays", len(list.Rows), err)
	}
	gone, err := s.Farm(ctx, officer, twice)
	if err != nil || gone.MergedInto != keep {
		t.Fatalf("merged into %d, %v", gone.MergedInto, err)
	}
	gone.Note = "改"
	if err := s.ChangeFarm(ctx, officer, &gone); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a merged farm was edited: %v", err)
	}
	if _, err := s.AddInspection(ctx, officer, &registry.Inspection{FarmID: twice, Kind: "日常检查"}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an inspection of a merged farm: %v", err)
	}
	if err := s.Void(ctx, officer, "farm", int64(twice), gone.Version, "误登"); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a merged farm was voided: %v", err)
	}
	if err := merge(registry.FarmMerge{FarmID: keep, IntoID: twice, Merging: registry.Merging{Reason: "反"}}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("merged into one that is merged: %v", err)
	}
	verified(t, s)
	if _, left, err := s.UnmergeFarm(ctx, officer, m.ID, m.Version, "是两家"); err != nil || len(left) != 0 {
		t.Fatal(left, err)
	}
	c, err := s.Case(ctx, officer, second.ID)
	if err != nil || c.FarmID != twice {
		t.Errorf("after the merge was undone the case is of farm %d (%v), want %d", c.FarmID, err, twice)
	}
	verified(t, s)
}

// A second farm or party like one that is there is asked about, and the reason is kept.
func TestSecondIsAskedAbout(t *testing.T) {
	s := service(t)
	at := func(lng, lat float64, datum string) registry.Place {
		return registry.Place{Longitude: &lng, Latitude: &lat, Datum: datum}
	}
	first := registry.Farm{Name: "绿源猪场(一)", DistrictCode: "440785", Place: at(112.3, 22.2, "CGCS2000"), Permit: registry.Approval{State: "已办理", Number: "X-1"}}
	if _, err := s.AddFarm(ctx, officer, &first); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		what string
		farm registry.Farm
		why  string // empty: it is another
	}{
		{"its name in other signs", registry.Farm{Name: "绿源 猪场（一）", DistrictCode: "440785"}, "名称和辖区相同"},
		{"its name in another district", registry.Farm{Name: "绿源猪场(一)", DistrictCode: "440781"}, ""},
		{"its permit", registry.Farm{Name: "红源猪场", DistrictCode: "440785", Permit: registry.Approval{State: "已办理", Number: "X-1"}}, "许可证或登记编号相同"},
		{"60 m away", registry.Farm{Name: "近场", DistrictCode: "440785", Place: at(112.3005, 22.2003, "WGS-84")}, "相距约"},
		{"150 m away", registry.Farm{Name: "远场", DistrictCode: "440785", Place: at(112.3, 22.20136, "CGCS2000")}, ""},
		{"of another datum", registry.Farm{Name: "图场", DistrictCode: "440785", Place: at(112.3, 22.2, "GCJ-02")}, ""},
	} {
		farm := x.farm
		_, err := s.AddFarm(ctx, officer, &farm)
		var e *registry.Error
		switch {
		case x.why == "" && err != nil:
			t.Errorf("%s: %v", x.what, err)
		case x.why != "" && (!errors.As(err, &e) || e.Kind != registry.KindConflict || len(e.References) != 1 || e.References[0].ID != int64(first.ID) || !strings.Contains(e.References[0].Why, x.why)):
			t.Errorf("%s: %v; want it asked, as %s", x.what, err, x.why)
		}
	}
	anyway := registry.Farm{Name: "绿源猪场（一）", DistrictCode: "440785"}
	if _, err := s.AddFarmAnyway(ctx, officer, &anyway, "隔壁的另一家"); err != nil || !strings.Contains(anyway.Note, "隔壁的另一家") || !strings.Contains(anyway.Note, fmt.Sprint(first.ID)) {
		t.Errorf("registered anyway: %v, note %q", err, anyway.Note)
	}
	mustVoid(t, s, "farm", int64(anyway.ID))
	groups, _, err := s.SameFarms(ctx, officer, "name", casework.Page{Limit: 5})
	if err != nil || len(groups) != 0 {
		t.Errorf("voided farms are no duplicates: %v, %v", groups, err)
	}
	p := registry.Party{Name: "甲公司", Kind: "公司", CreditCode: "91350100M000100Y43"}
	q := registry.Party{Name: "乙公司", Kind: "公司", CreditCode: "91350100M000100Y43"}
	if _, err := s.AddParty(ctx, officer, &p); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddParty(ctx, officer, &q); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("two parties of one code: %v", err)
	}
	if _, err := s.AddPartyAnyway(ctx, officer, &q, "登记机关换发"); err != nil || !strings.Contains(q.Note, "登记机关换发") {
		t.Errorf("registered anyway: %v, note %q", err, q.Note)
	}
}

// Groups of farms that may be one come page by page, each once.
func TestSameFarmsArePaged(t *testing.T) {
	s := service(t)
	for i := range 14 {
		lng, lat := 112+float64(i/2)*0.1, 22.0
		x := registry.Farm{Name: fmt.Sprintf("第%d场", i/2), DistrictCode: "440785", Place: registry.Place{Longitude: &lng, Latitude: &lat}, Permit: registry.Approval{Number: fmt.Sprintf("X-%d", i/2)}}
		if _, err := s.AddFarmAnyway(ctx, officer, &x, "待合并"); err != nil {
			t.Fatal(err)
		}
	}
	for _, by := range []string{"name", "permit", "place"} {
		var ids []registry.FarmID
		p := casework.Page{Limit: 3}
		for range 10 {
			groups, next, err := s.SameFarms(ctx, officer, by, p)
			if err != nil || len(groups) > 3 {
				t.Fatalf("%s: %d groups, %v", by, len(groups), err)
			}
			for _, g := range groups {
				if len(g.Farms) != 2 {
					t.Errorf("%s: %q has %d farms", by, g.Why, len(g.Farms))
				}
				ids = append(ids, g.Farms[0].ID)
			}
			if p.Cursor = next; next == "" {
				break
			}
		}
		slices.Sort(ids)
		if len(ids) != 7 || len(slices.Compact(ids)) != 7 {
			t.Errorf("%s: groups of %v, want seven", by, ids)
		}
	}
	for _, by := range []string{"name", "permit", "place"} {
		if _, _, err := s.SameFarms(ctx, officer, by, casework.Page{Limit: 3, Cursor: "bm8"}); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%s: a cursor that is none: %v", by, err)
		}
	}
}

// What rests on a part of a case keeps it there.
func TestPartsOfACaseStay(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	fine := registry.Yuan(1000)
	p := registry.Penalty{CaseID: c.ID, PartyID: c.Parties[0].PartyID, Kind: "罚款", Amount: &fine}
	e := registry.Evidence{CaseID: c.ID, InspectionID: c.Inspections[0], Kind: "照片", Title: "渗坑照片"}
	for _, err := range []error{errOf(s.AddPenalty(ctx, officer, &p)), errOf(s.AddEvidence(ctx, officer, &e))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	d := registry.Document{CaseID: c.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 5, 1)}
	if _, err := s.AddDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	p.DocumentID = d.ID
	if err := s.ChangePenalty(ctx, officer, &p); err != nil {
		t.Fatal(err)
	}
	paid := registry.Payment{CaseID: c.ID, PenaltyID: p.ID, Kind: registry.PaidFine, Amount: fine}
	if _, err := s.AddPayment(ctx, officer, &paid); err != nil {
		t.Fatal(err)
	}
	fresh := func() registry.Case {
		x, err := s.Case(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	withoutParty, withoutInspection := fresh(), fresh()
	withoutParty.Parties, withoutInspection.Inspections = nil, nil
	for what, x := range map[string]struct {
		err   error
		rests string
	}{
		"the party":      {s.ChangeCase(ctx, officer, &withoutParty), fmt.Sprintf("penalty %d", p.ID)},
		"the inspection": {s.ChangeCase(ctx, officer, &withoutInspection), fmt.Sprintf("evidence %d", e.ID)},
		"the decision":   {s.RemoveDocument(ctx, officer, d.ID, d.Version), fmt.Sprintf("penalty %d", p.ID)},
		"the penalty":    {s.RemovePenalty(ctx, officer, p.ID, p.Version), fmt.Sprintf("payment %d", paid.ID)},
	} {
		var e *registry.Error
		if !errors.As(x.err, &e) || e.Kind != registry.KindConflict || len(e.References) == 0 || fmt.Sprintf("%s %d", e.References[0].Entity, e.References[0].ID) != x.rests {
			t.Errorf("%s was taken away, or without saying that %s rests on it: %v", what, x.rests, x.err)
		}
	}
	for _, err := range []error{s.RemovePayment(ctx, officer, paid.ID, paid.Version), s.RemovePenalty(ctx, officer, p.ID, p.Version), s.RemoveEvidence(ctx, officer, e.ID, e.Version)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	bare := fresh()
	bare.Parties, bare.Inspections = nil, nil
	if err := s.ChangeCase(ctx, officer, &bare); err != nil {
		t.Errorf("nothing rests on them any more: %v", err)
	}
}
