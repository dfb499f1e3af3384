package demo

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// digest is a case file without the times of storing, as text to compare.
func digest(tb testing.TB, s *casework.Service, id registry.CaseID) string {
	tb.Helper()
	f := caseFile(tb, s, id)
	if len(f.Parties) == 0 || f.Farm == nil {
		tb.Fatalf("case %d has no party or farm", id)
	}
	b, err := json.Marshal(f)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func TestSynthesize(t *testing.T) {
	if testing.Short() {
		t.Skip("makes hundreds of synthetic cases")
	}
	const n = 200
	ctx := context.Background()
	s, db := loaded(t)
	var told []int
	if err := Synthesize(ctx, s, n, 7, func(done int) { told = append(told, done) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []int{n}) {
		t.Errorf("progress told %v, want [%d]", told, n)
	}
	r := verify(t, db)
	if r.Cases != 7+n {
		t.Errorf("verify read %d cases, want %d", r.Cases, 7+n)
	}
	stages, districts, species := map[registry.Stage]int{}, map[string]int{}, map[string]int{}
	sampled, paid := 0, 0
	for id := registry.CaseID(8); id <= 7+n; id++ {
		f := caseFile(t, s, id)
		stages[f.Case.Stage]++
		districts[f.Case.DistrictCode]++
		species[f.Farm.MainSpecies()]++
		sampled += min(len(f.Samples), 1)
		paid += min(len(f.Payments), 1)
		if f.Case.Origin != registry.OriginSample || f.Farm.Origin != registry.OriginSample || f.Parties[0].Origin != registry.OriginSample || f.Inspections[0].Origin != registry.OriginSample {
			t.Errorf("case %d is not marked as 示例 throughout", id)
		}
		if len(f.Violations) == 0 || f.Inspections[0].Findings == "" {
			t.Errorf("case %d has no violation or findings", id)
		}
		if k := registry.RuneLen(f.Inspections[0].Findings); k < 140 || k > 320 {
			t.Errorf("the findings of case %d have %d characters, want about 150 to 300:\n%s", id, k, f.Inspections[0].Findings)
		}
		checkFines(t, s, f)
		if f.Paid() > f.Fines().Total {
			t.Errorf("case %d: paid %s of %s", id, f.Paid(), f.Fines().Total)
		}
		for i, d := range f.Documents {
			if i > 0 && d.MadeOn.Before(f.Documents[i-1].MadeOn) {
				t.Errorf("case %d: %s on %s is out of order", id, d.Kind, d.MadeOn)
			}
		}
	}
	for _, d := range registry.DefaultBureau().Districts {
		if districts[d.Code] == 0 {
			t.Errorf("no case in %s", d.Name)
		}
	}
	for _, st := range []registry.Stage{registry.StageOpened, registry.StageNotFiled, registry.StageFiled, registry.StageNotified, registry.StageDecided, registry.StageNoPenalty, registry.StageAnnulled, registry.StageClosed} {
		if stages[st] == 0 {
			t.Errorf("no case at %s: %v", st, stages)
		}
	}
	if sampled < n*2/5 || sampled > n*3/5 || paid == 0 || len(species) < 6 {
		t.Errorf("sampled %d, paid %d, species %v", sampled, paid, species)
	}
}

// checkFines asks that a fine lie in the range of some penalty of the case's first violation.
func checkFines(t *testing.T, s *casework.Service, f *registry.CaseFile) {
	t.Helper()
	for _, p := range f.Penalties {
		v := f.Violations[0]
		o, err := s.Law().Offer(v.TypeCode, registry.Date{}, v.ActTo, statute.Circumstances{})
		if err != nil {
			t.Fatal(err)
		}
		in := false
		for _, c := range o.Candidates {
			for _, r := range c.Penalties {
				in = in || r.Kind == "罚款" && r.Max != nil && *p.Amount <= *r.Max && (r.Min == nil || *p.Amount >= *r.Min)
			}
		}
		if !in {
			t.Errorf("case %d: fine %s is in no range of %s", f.Case.ID, p.Amount, v.TypeCode)
		}
	}
}

func TestSynthesizeIsDeterministic(t *testing.T) {
	if testing.Short() {
		t.Skip("makes hundreds of synthetic cases")
	}
	ctx := context.Background()
	a, _ := loaded(t)
	b, _ := loaded(t)
	for _, s := range []*casework.Service{a, b} {
		if err := Synthesize(ctx, s, 30, 42, nil); err != nil {
			t.Fatal(err)
		}
	}
	other, _ := loaded(t)
	if err := Synthesize(ctx, other, 30, 43, nil); err != nil {
		t.Fatal(err)
	}
	same := 0
	for id := registry.CaseID(8); id <= 37; id++ {
		x := digest(t, a, id)
		if y := digest(t, b, id); x != y {
			t.Fatalf("case %d differs between two runs of one seed:\n%s\n%s", id, x, y)
		}
		if x == digest(t, other, id) {
			same++
		}
	}
	if same > 0 {
		t.Errorf("%d cases are the same with another seed", same)
	}
}

// A second run must find numbers that the first did not take, and an empty register needs no Load before.
func TestSynthesizeTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("makes hundreds of synthetic cases")
	}
	ctx := context.Background()
	s, db := open(t)
	for seed := range uint64(2) {
		if err := Synthesize(ctx, s, 120, seed, nil); err != nil {
			t.Fatalf("run %d: %v", seed+1, err)
		}
	}
	if r := verify(t, db); r.Cases != 240 {
		t.Errorf("%d cases, want 240", r.Cases)
	}
	if _, demo, err := s.IsDemo(ctx); !demo || err != nil {
		t.Errorf("IsDemo: %v, %v; want a demonstration", demo, err)
	}
}

func TestSynthesizeStops(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	s, _ := open(t)
	if err := Synthesize(ctx, s, 10, 1, nil); err == nil {
		t.Error("Synthesize went on after its context ended")
	}
}

// What a transaction made is settled and indexed without being read again: a reading must come to the same words.
func TestSynthesizeIndexesAsRead(t *testing.T) {
	s, db := loaded(t)
	if err := Synthesize(context.Background(), s, 60, 5, nil); err != nil {
		t.Fatal(err)
	}
	verify(t, db)
	texts := func() map[string]string {
		raw := enginetest.Raw(t, db.Dir())
		defer raw.Close() //nolint:errcheck // read only
		rows, err := raw.Query("SELECT entity || entity_id, text, codes || guarded FROM search_texts")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close() //nolint:errcheck // rows.Err tells
		m := map[string]string{}
		for rows.Next() {
			var name, others string
			var text []byte
			if err := rows.Scan(&name, &text, &others); err != nil {
				t.Fatal(err)
			}
			m[name] = string(text) + others
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return m
	}
	made := texts()
	storetest.Exec(t, db, "DELETE FROM settings WHERE name = 'search_form'")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(context.Background(), db.Dir(), store.Options{Now: time.Now()}) // indexes anew
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close() //nolint:errcheck // of a test
	read := texts()
	if len(made) < 150 || len(read) != len(made) {
		t.Errorf("%d records in the index, %d after a reading", len(made), len(read))
	}
	for name, text := range read {
		if made[name] != text {
			t.Errorf("%s is indexed as %q, read as %q", name, made[name], text)
		}
	}
}
