package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// statWorld is a register whose records are edited at random.
type statWorld struct {
	testing.TB
	s    *casework.Service
	db   *store.DB
	g    *rand.Rand
	done map[string]int // which edits went through
}

func (w *statWorld) any(ids int64) int64 { return 1 + w.g.Int64N(ids) }

func (w *statWorld) max(table string) (n int64) {
	w.Helper()
	for id := int64(1); ; id++ {
		var err error
		_ = w.db.Read(context.Background(), func(tx *store.Tx) error {
			switch table {
			case "case":
				_, err = store.Cases.Get(tx, id)
			case "farm":
				_, err = store.Farms.Get(tx, id)
			case "inspection":
				_, err = store.Inspections.Get(tx, id)
			case "penalty":
				_, err = store.Penalties.Get(tx, id)
			case "organ":
				_, err = store.Organs.Get(tx, id)
			}
			return nil
		})
		if err != nil {
			return id - 1
		}
	}
}

// edit makes one random change. What the register refuses is passed over.
func (w *statWorld) edit(sizes map[string]int64) {
	ctx, a, s := context.Background(), registry.CommandLine, w.s
	admin := registry.Actor{UserID: 1, Username: "admin", DisplayName: "管理员", Role: registry.RoleAdmin}
	id := registry.CaseID(w.any(sizes["case"]))
	f := caseFile(w, s, id)
	day := registry.Day(2023+w.g.IntN(4), 1+w.g.IntN(10), 1+w.g.IntN(28))
	amount := registry.Yuan(int64(1000 * (1 + w.g.IntN(300))))
	edits := []struct {
		name string
		do   func() error
	}{
		{"void", func() error { return s.Void(ctx, admin, "case", int64(id), f.Case.Version, "重复登记的案件") }},
		{"unvoid", func() error { return s.Unvoid(ctx, admin, "case", int64(id), f.Case.Version, "仍要办理") }},
		{"found", func() error {
			f.Case.FoundOn = []registry.Date{day, day.ToMonth(), registry.Year(2025), {}}[w.g.IntN(4)]
			return s.ChangeCase(ctx, a, &f.Case)
		}},
		{"district", func() error {
			f.Case.DistrictCode = s.Bureau().Districts[w.g.IntN(len(s.Bureau().Districts))].Code
			return s.ChangeCase(ctx, a, &f.Case)
		}},
		{"unit", func() error {
			f.Case.HandlingOrganID = registry.OrganID(w.any(sizes["organ"]))
			return s.ChangeCase(ctx, a, &f.Case)
		}},
		{"closing", func() error {
			_, err := s.AddDocument(ctx, a, &registry.Document{CaseID: id, Kind: registry.DocClosing, MadeOn: day})
			return err
		}},
		{"decision and fine", func() error {
			d := registry.Document{CaseID: id, Kind: registry.DocDecision, MadeOn: day}
			if _, err := s.AddDocument(ctx, a, &d); err != nil {
				return err
			}
			_, err := s.AddPenalty(ctx, a, &registry.Penalty{CaseID: id, DocumentID: d.ID, Kind: "罚款", Amount: []*registry.Money{&amount, nil}[w.g.IntN(2)]})
			return err
		}},
		{"annulment", func() error {
			_, err := s.AddDocument(ctx, a, &registry.Document{CaseID: id, Kind: registry.DocAnnulled, MadeOn: registry.Day(2026, 11, 1)})
			return err
		}},
		{"transfer", func() error {
			persons := int64(w.g.IntN(4))
			_, err := s.AddDocument(ctx, a, &registry.Document{CaseID: id, Kind: registry.DocDetention, MadeOn: day, Persons: []*int64{&persons, nil}[w.g.IntN(2)]})
			return err
		}},
		{"payment", func() error {
			if len(f.Penalties) == 0 {
				return nil
			}
			_, err := s.AddPayment(ctx, a, &registry.Payment{CaseID: id, PenaltyID: f.Penalties[0].ID, Kind: registry.PaidFine, PaidOn: day, Amount: amount})
			return err
		}},
		{"type", func() error {
			if len(f.Violations) == 0 {
				return nil
			}
			v := f.Violations[0]
			v.TypeCode = []string{"WATER_EVASION", "WATER_EXCEED", ""}[w.g.IntN(3)]
			return s.ChangeViolation(ctx, a, &v)
		}},
		{"herd of the farm", func() error {
			if f.Farm == nil {
				return nil
			}
			n := w.g.Int64N(20000)
			f.Farm.Herds = []registry.Herd{{Species: registry.Species[w.g.IntN(len(registry.Species))], Count: &n, Basis: "存栏"}}
			return s.ChangeFarm(ctx, a, f.Farm)
		}},
		{"merge of farms", func() error {
			return s.MergeFarms(ctx, a, &registry.FarmMerge{FarmID: registry.FarmID(w.any(sizes["farm"])), IntoID: registry.FarmID(w.any(sizes["farm"])), Merging: registry.Merging{Reason: "同一场"}})
		}},
		{"inspection", func() error {
			if len(f.Inspections) == 0 {
				return nil
			}
			x := f.Inspections[0]
			x.StartedOn, x.EndedOn = day.ToMonth(), registry.Date{}
			return s.ChangeInspection(ctx, a, &x)
		}},
		{"district of a unit", func() error {
			o := registry.Organ{}
			_ = w.db.Read(ctx, func(tx *store.Tx) (err error) { o, err = store.Organs.Get(tx, sizes["organ"]); return err })
			o.DistrictCode = s.Bureau().Districts[w.g.IntN(len(s.Bureau().Districts))].Code
			return s.ChangeOrgan(ctx, a, &o)
		}},
	}
	e := edits[w.g.IntN(len(edits))]
	if e.do() == nil {
		w.done[e.name]++
	}
}

// TestStatisticsOfRandomRegisters: after any edits, each figure of the page is that counted from the files of the cases, for every date that may count, of
// the whole register, of a district and of a branch; whether or not facts were added up in between; and the ledger's own counting agrees.
func TestStatisticsOfRandomRegisters(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 25
	}
	ctx := context.Background()
	for seed := range *registers {
		s, db := loaded(t)
		if err := Synthesize(ctx, s, n, uint64(seed+1), nil); err != nil {
			t.Fatal(err)
		}
		if err := s.RefreshDue(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddOrgan(ctx, registry.CommandLine, &registry.Organ{Name: "示例执法中队", ShortName: "示例中队", Kind: "其他", Active: true, DistrictCode: s.Bureau().Districts[0].Code}); err != nil {
			t.Fatal(err)
		}
		w := &statWorld{t, s, db, rand.New(rand.NewPCG(uint64(seed), 3)), map[string]int{}}
		sizes := map[string]int64{}
		for _, table := range []string{"case", "farm", "organ"} {
			sizes[table] = w.max(table)
		}
		for round := range 3 {
			for range 2 * n {
				w.edit(sizes)
			}
			w.same(seed, round)
			if round == 1 {
				if err := db.FoldFacts(ctx); err != nil {
					t.Fatal(err)
				}
				w.same(seed, round)
			}
		}
		r, err := s.Verify(ctx, registry.CommandLine)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range r.Defects {
			t.Errorf("seed %d: verify: %s", seed, d)
		}
		t.Log(w.done)
		if len(w.done) < 12 {
			t.Errorf("only these edits went through: %v", w.done)
		}
	}
}

func (w *statWorld) same(seed, round int) {
	w.Helper()
	ctx, s := context.Background(), w.s
	bureau := *s.Bureau()
	district := bureau.Districts[w.g.IntN(len(bureau.Districts))]
	officer := registry.Actor{UserID: 9, DisplayName: "示例", Role: registry.RoleOfficer, Branch: &registry.Branch{Name: district.Name + "分局", DistrictCode: district.Code}}
	ask := casework.StatisticsAsk{From: registry.Month(2023, 1), To: registry.Month(2026, 11)}
	some := casework.StatisticsAsk{From: registry.Month(2025, 3), To: registry.Month(2026, 2)}
	in := ask
	in.DistrictCode = district.Code
	for _, narrowed := range []bool{false, true} {
		bureau.OwnBranchOnly = narrowed
		if err := s.ChangeBureau(ctx, registry.CommandLine, &bureau); err != nil {
			w.Fatal(err)
		}
		bureau = *s.Bureau()
		for _, c := range []struct {
			what string
			a    registry.Actor
			q    casework.StatisticsAsk
		}{{"all", registry.CommandLine, ask}, {"a year", registry.CommandLine, some}, {"a district", registry.CommandLine, in}, {"a branch", officer, ask}} {
			for _, b := range report.Bases {
				c.q.Basis = b
				kept, _, err := s.Statistics(ctx, c.a, c.q)
				if err != nil {
					w.Fatal(err)
				}
				counted, _, err := s.CountedStatistics(ctx, c.a, c.q, casework.Export{})
				if err != nil {
					w.Fatal(err)
				}
				what := fmt.Sprintf("seed %d, round %d, %s by %s, narrowed %v", seed, round, c.what, b, narrowed)
				for i := range kept.Figures {
					if !reflect.DeepEqual(kept.Figures[i], counted.Figures[i]) {
						w.Errorf("%s: figure %+v, counted %+v", what, kept.Figures[i], counted.Figures[i])
					}
				}
				for i := range kept.Sections {
					if !reflect.DeepEqual(kept.Sections[i], counted.Sections[i]) {
						w.Errorf("%s: section %+v,\ncounted %+v", what, kept.Sections[i], counted.Sections[i])
					}
				}
				if !reflect.DeepEqual(kept, counted) {
					w.Errorf("%s: statistics differ", what)
				}
				w.ledger(what, c.a, c.q, kept)
				if round == 2 {
					w.lists(what, c.a, kept)
				}
				if c.what == "all" && (b == registry.BasisDecided || b == registry.BasisPaid) {
					w.months(what, c.a, b)
				}
			}
		}
	}
}

// ledger compares what the ledger counts, which knows nothing of facts.
func (w *statWorld) ledger(what string, a registry.Actor, q casework.StatisticsAsk, kept *report.Statistics) {
	w.Helper()
	a.Role = registry.RoleAuditor // who may export; what the branch reads stays
	sum, err := w.s.Summary(context.Background(), a, casework.Export{Cases: casework.LedgerFilter{DistrictCode: q.DistrictCode}, Basis: q.Basis})
	if err != nil {
		w.Fatal(err)
	}
	byMonth := map[string][2]int64{}
	for i, row := range sum.Table("months").Rows {
		fines := sum.Table("fines").Rows[i].Cells
		byMonth[row.Cells[0].Text] = [2]int64{row.Cells[len(row.Cells)-1].N, fines[len(fines)-2].N}
	}
	cases, money := kept.Section("months"), kept.Section("fines")
	for i, row := range cases.Rows {
		fines := money.Rows[i].Cells
		month := row.Cells[0].Text
		if row.Cells[len(row.Cells)-1].N == 0 && q.Basis == registry.BasisPaid {
			continue // a payment alone
		}
		if got := [2]int64{row.Cells[len(row.Cells)-1].N, fines[len(fines)-2].N}; got != byMonth[month] {
			w.Errorf("%s: %s has %d, the ledger %d", what, month, got, byMonth[month])
		}
	}
	if q.From.Before(registry.Month(2023, 2)) && kept.Cases+kept.Unknown == int64(sum.Cases) { // the period holds all that is dated
		for _, c := range []struct{ section, table string }{{"types", "types"}, {"species", "species"}, {"stages", "stage"}} {
			want := map[string]int64{}
			for _, r := range sum.Table(c.table).Rows {
				want[r.Cells[0].Text] = r.Cells[1].N
			}
			for _, r := range kept.Section(c.section).Rows {
				if kept.Unknown == 0 && want[r.Cells[0].Text] != r.Cells[1].N || r.Cells[1].N > want[r.Cells[0].Text] && r.Cells[0].Text != "未知" {
					w.Errorf("%s: %s has %d cases, the ledger %d", what, r.Cells[0].Text, r.Cells[1].N, want[r.Cells[0].Text])
				}
			}
		}
	}
}

// months compares each month of the page with what the ledger's rule says of it, which closed months and the periods of the export page go by.
func (w *statWorld) months(what string, a registry.Actor, b registry.Basis) {
	w.Helper()
	for n := 12 * 2024; n < 12*2027-1; n++ {
		m := registry.Month(n/12, n%12+1)
		st, _, err := w.s.Statistics(context.Background(), a, casework.StatisticsAsk{From: m, To: m, Basis: b})
		if err != nil {
			w.Fatal(err)
		}
		var t store.Tallied
		if err := w.db.Read(context.Background(), func(tx *store.Tx) (err error) {
			t, err = tx.Tally(b, m, m)
			return err
		}); err != nil {
			w.Fatal(err)
		}
		switch b {
		case registry.BasisDecided:
			if n, due := st.Figure("decisions").Value.N, st.Figure("due").Value.N; n != int64(t.N) || due != int64(t.Money.Total) {
				w.Errorf("%s: %s has %d decisions of %d, by the rule %d of %d", what, m, n, due, t.N, t.Money.Total)
			}
			w.done["months with decisions"] += min(t.N, 1)
		case registry.BasisPaid:
			if paid := st.Figure("paid").Value.N; paid != int64(t.Money.Total) {
				w.Errorf("%s: %s has %d paid, by the rule %d", what, m, paid, t.Money.Total)
			}
		}
	}
}

// lists follows every number to the list behind it: one that counts cases or inspections has as many rows.
func (w *statWorld) lists(what string, a registry.Actor, st *report.Statistics) {
	w.Helper()
	for _, f := range st.Figures {
		w.follow(what+", "+f.Key, a, f.Ask, f.Value, f.Key != "decisions" && f.Unit != "元" && f.Value.Kind == report.CellInteger)
	}
	for _, s := range st.Sections {
		for _, row := range append(s.Rows, s.Total) {
			for i, c := range row.Cells {
				column := s.Columns[i]
				counts := column.Kind == report.KindInteger && s.Key != "clocks" && column.Key != "unknown" && !(s.Key == "fives" && column.Key != "cases")
				w.follow(fmt.Sprintf("%s, %s %s %s", what, s.Key, row.Cells[0].Text, column.Key), a, row.Asks[i], c, counts)
			}
		}
	}
}

func (w *statWorld) follow(what string, a registry.Actor, ask report.Ask, c report.Cell, counts bool) {
	w.Helper()
	ctx, s := context.Background(), w.s
	date := func(text string) registry.Date {
		d, err := registry.ParseDate(text)
		if err != nil {
			w.Fatal(err)
		}
		return d
	}
	f := casework.CaseFilter{DistrictCode: ask.District, TypeCode: ask.Type, Stage: ask.Stage, Line: ask.Line, Undated: ask.Undated, From: date(ask.From), To: date(ask.To)}
	switch ask.List {
	case report.AskCounted:
		f.Counted = ask.Basis
	case report.AskDated:
		f.By = ask.Basis
	case report.AskPartyCases:
		f.PartyID, f.Counted = registry.PartyID(ask.ID), registry.BasisFound
	case report.AskInspections:
		in := casework.InspectionFilter{DistrictCode: ask.District, Result: ask.Result, Cased: ask.Cased, Monthly: true, From: f.From, To: f.To}
		list, err := s.Inspections(ctx, a, in, casework.Page{Limit: 1000})
		if err != nil || counts && int64(len(list.Rows)) != c.N {
			w.Errorf("%s: %d, the list has %d inspections, %v", what, c.N, len(list.Rows), err)
		}
		w.done["followed inspections"]++
		return
	case report.AskRepeaters:
		rows, _, err := s.Parties(ctx, a, casework.PartyFilter{Repeated: ask.From + ".." + ask.To, DistrictCode: ask.District}, casework.Page{Limit: 1000})
		if err != nil || int64(len(rows)) != c.N || c.N == 0 {
			w.Errorf("%s: %d, the list has %d parties, %v", what, c.N, len(rows), err)
		}
		w.done["followed parties"]++
		return
	case report.AskFarms:
		list, err := s.Farms(ctx, a, casework.FarmFilter{DistrictCode: ask.District, Idle: ask.From}, casework.Page{Limit: 1000})
		if err != nil || int64(len(list.Rows)) != c.N || c.N == 0 {
			w.Errorf("%s: %d, the list has %d farms, %v", what, c.N, len(list.Rows), err)
		}
		w.done["followed farms"]++
		return
	case "", report.AskDue, report.AskParty, report.AskFarm:
		if counts && c.N > 0 && ask.List == "" {
			w.Errorf("%s: %d has no list", what, c.N)
		}
		return
	default:
		w.Fatalf("%s: what list is %q?", what, ask.List)
	}
	if err := s.CheckCases(f); err != nil {
		w.Errorf("%s: %v", what, err)
		return
	}
	list, err := s.Cases(ctx, a, f, casework.Page{Limit: 1000})
	if err != nil || counts && int64(len(list.Rows)) != c.N {
		w.Errorf("%s: %d, the list has %d cases, %v: %+v", what, c.N, len(list.Rows), err, ask)
	}
	if !counts && c.Kind != report.Text("").Kind && c.N != 0 && len(list.Rows) == 0 {
		w.Errorf("%s: %d, nothing stands behind it: %+v", what, c.N, ask)
	}
	short, err := s.Cases(ctx, a, f, casework.Page{Limit: 1})
	if err != nil || short.Count != len(list.Rows) {
		w.Errorf("%s: the count of the list is %d, it has %d cases, %v: %+v", what, short.Count, len(list.Rows), err, ask)
	}
	w.done["followed "+string(ask.List)]++
}
