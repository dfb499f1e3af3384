package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// TestRepeatersAreCounted: who has several cases, in any span of months, of the register, a district or a branch, is what the files of the cases say, also after
// cases went to other months, districts, units and parties, were voided, and parties merged; and the pages of the list name each of them once.
func TestRepeatersAreCounted(t *testing.T) {
	ctx := context.Background()
	s, db := loaded(t)
	if err := Synthesize(ctx, s, 40, 7, nil); err != nil {
		t.Fatal(err)
	}
	w := &statWorld{t, s, db, rand.New(rand.NewPCG(7, 5)), map[string]int{}}
	sizes := map[string]int64{"case": w.max("case"), "farm": w.max("farm"), "organ": w.max("organ")}
	for range 6 {
		for range 30 {
			w.edit(sizes)
			w.parties(sizes["case"])
		}
		for _, span := range []string{"2023-01..2026-11", "2024-03..2024-03", "2024-06..2025-05", "2022-01..2022-06"} {
			w.repeaters(span, "")
			w.repeaters(span, s.Bureau().Districts[w.g.IntN(len(s.Bureau().Districts))].Code)
		}
	}
	if w.done["parties"] < 20 || w.done["merge of parties"] == 0 {
		t.Errorf("only these edits went through: %v", w.done)
	}
	r, err := s.Verify(ctx, registry.CommandLine)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %v", err, r.Defects)
	}
}

// parties gives a case the parties of another one, or merges its first with another's.
func (w *statWorld) parties(cases int64) {
	ctx, a := context.Background(), registry.CommandLine
	one, other := caseFile(w, w.s, registry.CaseID(w.any(cases))), caseFile(w, w.s, registry.CaseID(w.any(cases)))
	if len(one.Case.Parties) == 0 || len(other.Case.Parties) == 0 {
		return
	}
	if w.g.IntN(8) == 0 {
		if w.s.MergeParties(ctx, a, &registry.PartyMerge{PartyID: one.Case.Parties[0].PartyID, IntoID: other.Case.Parties[0].PartyID, Merging: registry.Merging{Reason: "同一人"}}) == nil {
			w.done["merge of parties"]++
		}
		return
	}
	one.Case.Parties = append(slices.Clone(other.Case.Parties[:1]), one.Case.Parties[w.g.IntN(2):]...)
	if w.s.ChangeCase(ctx, a, &one.Case) == nil {
		w.done["parties"]++
	}
}

func (w *statWorld) repeaters(span, district string) {
	w.Helper()
	ctx := context.Background()
	cases := map[registry.PartyID]map[registry.CaseID]bool{}
	for id := range registry.CaseID(w.max("case")) {
		f := caseFile(w, w.s, id+1)
		d := f.Case.FoundOn
		if month := d.ToMonth().String(); f.Case.IsVoid() || d.Precision() < registry.PrecisionMonth || month < span[:7] || month > span[9:] || district != "" && f.Case.DistrictCode != district {
			continue
		}
		for _, p := range f.Case.Parties {
			if cases[p.PartyID] == nil {
				cases[p.PartyID] = map[registry.CaseID]bool{}
			}
			cases[p.PartyID][f.Case.ID] = true
		}
	}
	want, got := map[registry.PartyID]int{}, map[registry.PartyID]int{}
	for id, of := range cases {
		if len(of) > 1 {
			want[id] = len(of)
		}
	}
	var n int
	if err := w.db.Read(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.CountRepeats(store.Repeats{From: span[:7], To: span[9:], DistrictCode: district})
		return err
	}); err != nil || n != len(want) {
		w.Errorf("%s %s: %d parties are counted, %d have several cases (%v)", span, district, n, len(want), err)
	}
	page := store.Page{Limit: 3}
	for {
		rows, next, err := w.s.Parties(ctx, registry.CommandLine, casework.PartyFilter{Repeated: span, DistrictCode: district}, page)
		if err != nil {
			w.Fatal(err)
		}
		for _, r := range rows {
			if got[r.ID] != 0 {
				w.Errorf("%s %s: party %d stands in the list twice", span, district, r.ID)
			}
			got[r.ID] = r.Cases
		}
		if page.Cursor = next; next == "" {
			break
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.Errorf("%s %s: the list has %v, the files %v", span, district, got, want)
	}
}
