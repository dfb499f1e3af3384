package casework_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// where says whom a case and its farm, inspections and penalties name.
func where(t *testing.T, s *casework.Service, id registry.CaseID) string {
	t.Helper()
	f, err := s.CaseFile(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range f.Case.Parties {
		fmt.Fprintf(&b, "case %d %s ", p.PartyID, p.NameAtAct)
	}
	fmt.Fprintf(&b, "farm %d", f.Farm.OperatorID)
	for _, i := range f.Inspections {
		fmt.Fprintf(&b, " inspection %d", i.PartyID)
	}
	for _, p := range f.Penalties {
		fmt.Fprintf(&b, " penalty %d", p.PartyID)
	}
	return b.String()
}

func TestMergeAndUnmerge(t *testing.T) {
	s := service(t)
	first, second := aCase(t, s, registry.OriginField), aCase(t, s, registry.OriginField)
	keep, twice := first.Parties[0].PartyID, second.Parties[0].PartyID
	fine := registry.Yuan(20000)
	penalty := func(c *registry.Case, party registry.PartyID) {
		t.Helper()
		if _, err := s.AddPenalty(ctx, officer, &registry.Penalty{CaseID: c.ID, PartyID: party, Kind: "罚款", Amount: &fine}); err != nil {
			t.Fatal(err)
		}
	}
	penalty(second, twice)
	before := [2]string{where(t, s, first.ID), where(t, s, second.ID)}

	m := registry.PartyMerge{PartyID: twice, IntoID: keep, Merging: registry.Merging{Reason: "同一执照，录入两次"}}
	if err := s.MergeParties(ctx, publisher, &m); registry.KindOf(err) != registry.KindForbidden {
		t.Fatalf("a publisher merged: %v", err)
	}
	if err := s.MergeParties(ctx, officer, &m); err != nil {
		t.Fatal(err)
	}
	id := strings.NewReplacer(fmt.Sprintf(" %d", twice), fmt.Sprintf(" %d", keep))
	if got, want := where(t, s, second.ID), id.Replace(before[1]); got != want || got == before[1] {
		t.Errorf("after merging: %s, want %s", got, want)
	}
	rows, _, err := s.Parties(ctx, officer, casework.PartyFilter{Q: "绿源"}, casework.Page{Limit: 10})
	if err != nil || len(rows) != 1 || rows[0].ID != keep {
		t.Errorf("the list has %d (%v), want only the one that stays", len(rows), err)
	}
	hidden, err := s.Party(ctx, officer, twice)
	if err != nil || hidden.MergedInto != keep {
		t.Fatalf("merged party: into %d, %v", hidden.MergedInto, err)
	}
	hidden.Note = "改"
	if err := s.ChangeParty(ctx, officer, &hidden); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a merged party was edited: %v", err)
	}
	if _, err := s.AddFarm(ctx, officer, &registry.Farm{Name: "新场", DistrictCode: "440785", OperatorID: twice}); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "已并入") {
		t.Errorf("a farm for a merged party: %v", err)
	}
	if err := s.MergeParties(ctx, officer, &registry.PartyMerge{PartyID: keep, IntoID: twice, Merging: registry.Merging{Reason: "反过来"}}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("merged into one that is merged: %v", err)
	}

	penalty(second, keep)                      // registered while merged: it goes back with its case
	third := aCase(t, s, registry.OriginField) // and this one was never the other's
	third.Parties[0].PartyID = keep
	if err := s.ChangeCase(ctx, officer, third); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Unmerge(ctx, officer, m.ID, m.Version+5, ""); registry.KindOf(err) != registry.KindStale {
		t.Errorf("undone at another version: %v", err)
	}
	x, left, err := s.Unmerge(ctx, officer, m.ID, m.Version, "是两家")
	if err != nil || len(left) != 0 {
		t.Fatalf("undo: %v, left %v", err, left)
	}
	if x.UndoneAt == nil || x.UndoReason != "是两家" || x.UndoneBy != officer.Username {
		t.Errorf("the merge does not say that it was undone: %+v", x)
	}
	after := [2]string{where(t, s, first.ID), where(t, s, second.ID)}
	if want := before[1] + fmt.Sprintf(" penalty %d", twice); after[0] != before[0] || after[1] != want {
		t.Errorf("after undoing:\n%s\n%s\nwant\n%s\n%s", after[0], after[1], before[0], want)
	}
	if got := where(t, s, third.ID); !strings.HasPrefix(got, fmt.Sprintf("case %d ", keep)) {
		t.Errorf("undoing took a case that was never the other's: %s", got)
	}
	if _, _, err := s.Unmerge(ctx, officer, m.ID, x.Version, ""); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("undone twice: %v", err)
	}
	r, err := s.Verify(ctx, auditor)
	if err != nil || len(r.Defects) != 0 {
		t.Errorf("verify: %v, %q", err, r.Defects)
	}
}

func TestUnmergeLeavesWhatSomebodyChanged(t *testing.T) {
	s := service(t)
	first, second := aCase(t, s, registry.OriginField), aCase(t, s, registry.OriginField)
	m := registry.PartyMerge{PartyID: second.Parties[0].PartyID, IntoID: first.Parties[0].PartyID, Merging: registry.Merging{Reason: "同一家"}}
	if err := s.MergeParties(ctx, officer, &m); err != nil {
		t.Fatal(err)
	}
	buyer := registry.Party{Name: "买主", Kind: "公司"}
	if _, err := s.AddParty(ctx, officer, &buyer); err != nil {
		t.Fatal(err)
	}
	farm, err := s.Farm(ctx, officer, second.FarmID)
	if err != nil {
		t.Fatal(err)
	}
	farm.OperatorID = buyer.ID
	if err := s.ChangeFarm(ctx, officer, &farm); err != nil {
		t.Fatal(err)
	}
	_, left, err := s.Unmerge(ctx, officer, m.ID, m.Version, "")
	if err != nil || len(left) != 1 || left[0].Entity != "farm" {
		t.Fatalf("left %v, %v; want the farm that was sold meanwhile", left, err)
	}
	if farm, err = s.Farm(ctx, officer, second.FarmID); err != nil || farm.OperatorID != buyer.ID {
		t.Errorf("undoing took the farm from its buyer: %d, %v", farm.OperatorID, err)
	}
}

func TestMergeRefusesPartiesOfOneCase(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	person := registry.Party{Name: "梁示例", Kind: "自然人"}
	if _, err := s.AddParty(ctx, officer, &person); err != nil {
		t.Fatal(err)
	}
	c.Parties = append(c.Parties, registry.CaseParty{PartyID: person.ID, Role: "责任人"})
	if err := s.ChangeCase(ctx, officer, c); err != nil {
		t.Fatal(err)
	}
	err := s.MergeParties(ctx, officer, &registry.PartyMerge{PartyID: person.ID, IntoID: c.Parties[0].PartyID, Merging: registry.Merging{Reason: "误"}})
	if registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), c.Title) {
		t.Errorf("company and responsible person of one case merged: %v", err)
	}
}

func TestChainedMerges(t *testing.T) {
	s := service(t)
	var ids []registry.PartyID
	var cases []registry.CaseID
	for range 3 {
		c := aCase(t, s, registry.OriginField)
		ids, cases = append(ids, c.Parties[0].PartyID), append(cases, c.ID)
	}
	low := registry.PartyMerge{PartyID: ids[2], IntoID: ids[1], Merging: registry.Merging{Reason: "同一家"}}
	high := registry.PartyMerge{PartyID: ids[1], IntoID: ids[0], Merging: registry.Merging{Reason: "同一家"}}
	for _, m := range []*registry.PartyMerge{&low, &high} {
		if err := s.MergeParties(ctx, officer, m); err != nil {
			t.Fatal(err)
		}
	}
	if got := where(t, s, cases[2]); !strings.HasPrefix(got, fmt.Sprintf("case %d ", ids[0])) {
		t.Fatalf("the third's case did not follow: %s", got)
	}
	if _, _, err := s.Unmerge(ctx, officer, low.ID, low.Version, ""); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the lower merge was undone before the higher: %v", err)
	}
	for _, m := range []*registry.PartyMerge{&high, &low} {
		if _, _, err := s.Unmerge(ctx, officer, m.ID, m.Version, ""); err != nil {
			t.Fatal(err)
		}
	}
	for i := range cases {
		if got := where(t, s, cases[i]); !strings.HasPrefix(got, fmt.Sprintf("case %d ", ids[i])) {
			t.Errorf("case %d: %s, want party %d again", i, got, ids[i])
		}
	}
}

func TestSameParties(t *testing.T) {
	s := service(t)
	for _, p := range []registry.Party{
		{Name: "恩平绿源养殖（普通合伙）", Kind: "其他组织"}, {Name: "恩平绿源养殖(普通合伙)", Kind: "其他组织"},
		{Name: "台山甲公司", Kind: "公司", CreditCode: "91440704304226404T"}, {Name: "台山乙公司", Kind: "公司", CreditCode: "91440704304226404T"},
		{Name: "开平某牧业有限公司", Kind: "公司"}, {Name: "开平鸿运牧业有限公司", Kind: "公司"}, {Name: "鹤山独一家", Kind: "公司"},
		{Name: "新会一", Kind: "自然人", IDNumber: "11010519491231002X"}, {Name: "新会二", Kind: "自然人", IDNumber: "11010519491231002X"},
	} {
		if _, err := s.AddPartyAnyway(ctx, officer, &p, "待核对"); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	list := func(limit int) {
		t.Helper()
		got = nil
		for cursor := ""; ; {
			groups, next, err := s.SameParties(ctx, officer, casework.Page{Limit: limit, Cursor: cursor})
			if err != nil || len(groups) > limit {
				t.Fatal(err, len(groups))
			}
			for _, g := range groups {
				line := g.Why
				for _, p := range g.Parties {
					line += " " + p.Name
				}
				got = append(got, line)
			}
			if cursor = next; next == "" {
				return
			}
			if raw, err := base64.RawURLEncoding.DecodeString(next); err != nil || strings.Contains(string(raw), "1949") || strings.Contains(string(raw), "9144") {
				t.Errorf("the address of the next page tells a number: %s, %v", raw, err)
			}
		}
	}
	want := []string{"统一社会信用代码相同 台山甲公司 台山乙公司", "证件号码相同 新会一 新会二", "名称只有全半角、括号或空格不同 恩平绿源养殖（普通合伙） 恩平绿源养殖(普通合伙)", "公开名称中的“某”可以指另一个 开平某牧业有限公司 开平鸿运牧业有限公司"}
	for _, limit := range []int{1, 2, 50} {
		if list(limit); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("pages of %d: %q, want %q", limit, got, want)
		}
	}
	for _, bad := range []string{"x", "e30x", base64.RawURLEncoding.EncodeToString([]byte(`{"w":9,"p":0}`)), base64.RawURLEncoding.EncodeToString([]byte(`{"w":3,"p":999}`))} {
		if _, _, err := s.SameParties(ctx, officer, casework.Page{Limit: 5, Cursor: bad}); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("cursor %q: %v, want it refused", bad, err)
		}
	}
}
