package demo

import (
	"context"
	"slices"
	"strings"
	"testing"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

func TestLoadTwice(t *testing.T) {
	s, db := loaded(t)
	before := verify(t, db)
	if err := Load(context.Background(), s); err != nil {
		t.Fatalf("a second Load: %v", err)
	}
	if after := verify(t, db); after.AuditEntries != before.AuditEntries {
		t.Errorf("a second Load wrote %d audit entries, want none", after.AuditEntries-before.AuditEntries)
	}
}

func TestLoadRefusesRealData(t *testing.T) {
	s, _ := open(t)
	ctx := context.Background()
	if _, err := s.AddFarm(ctx, registry.CommandLine, &registry.Farm{Name: "真实养殖场", DistrictCode: "440785"}); err != nil {
		t.Fatal(err)
	}
	if err := Load(ctx, s); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("Load into a register with data: %v, want a conflict", err)
	}
}

// An administrator may have entered the bureau before anybody thinks of a demonstration.
func TestLoadKeepsOrgans(t *testing.T) {
	s, _ := open(t)
	ctx := context.Background()
	if _, err := s.AddOrgan(ctx, registry.CommandLine, &registry.Organ{Name: bureau, Kind: "市局", DistrictCode: cityCode, Active: true}); err != nil {
		t.Fatal(err)
	}
	if err := Load(ctx, s); err != nil {
		t.Fatal(err)
	}
	organs, err := s.Organs(ctx, registry.CommandLine)
	if err != nil || len(organs) != 9 {
		t.Errorf("Organs: %d, %v; want the bureau, seven branches and a station", len(organs), err)
	}
}

// The invented case must be one that a file review would pass, but for what it shows on purpose.
func TestSampleCase(t *testing.T) {
	s, _ := loaded(t)
	f := caseFile(t, s, 6)
	if f.Case.Stage != registry.StageClosed || f.Case.Origin != registry.OriginSample || !strings.Contains(f.Case.Title, "示例") {
		t.Fatalf("case 6 is %s, %s, %s", f.Case.Title, f.Case.Origin, f.Case.Stage)
	}
	doc := func(kind registry.DocKind) registry.Document {
		d, ok := f.Document(kind)
		if !ok {
			t.Fatalf("the case has no %s", kind)
		}
		return d
	}
	cal := s.Law().Calendar()
	filed, notice, decision := doc(registry.DocFiling), doc("事先（听证）告知"), doc(registry.DocDecision)
	order, detention := doc(registry.DocOrder), doc(registry.DocDetention)
	for _, c := range []struct {
		what      string
		got, most int
	}{
		{"filing, days after the finding", calendarDays(f.Case.FoundOn, filed.MadeOn), 15},
		{"decision, days after filing with one extension and the hearing", calendarDays(filed.MadeOn, decision.MadeOn), 90 + 30 + 23},
		{"service, working days after the decision", workingDays(cal, decision.MadeOn, decision.ServedOn), 7},
		{"publicity, working days after the decision", workingDays(cal, decision.MadeOn, doc("公示").MadeOn), 7},
		{"credit ledger, working days after the decision", workingDays(cal, decision.MadeOn, doc("双公示上报").MadeOn), 7},
		{"order served, working days after the report", workingDays(cal, f.Samples[0].ReportOn, order.ServedOn), 3},
		{"re-check, days after the order's service", calendarDays(order.ServedOn, doc(registry.DocRecheck).MadeOn), 30},
		{"defence, working days after the notice", workingDays(cal, notice.ServedOn, doc("陈述申辩").MadeOn), 5},
		{"transfer, working days after the decision", workingDays(cal, decision.MadeOn, detention.MadeOn), 3},
		{"last payment, days after service", calendarDays(decision.ServedOn, f.Payments[1].PaidOn), 15},
	} {
		if c.got < 0 || c.got > c.most {
			t.Errorf("%s: %d, want 0 to %d", c.what, c.got, c.most)
		}
	}
	if n := workingDays(cal, notice.ServedOn, decision.MadeOn); n <= 5 {
		t.Errorf("the decision came %d working days after the notice, before the time for a defence was over", n)
	}
	for _, d := range f.Documents {
		if day, ok := d.MadeOn.Time(); !ok || !isWorkingDay(cal, registry.DateOf(day)) {
			t.Errorf("%s was made on %s, no working day", d.Kind, d.MadeOn)
		}
	}
	if len(f.Inspections[0].Officers) != 2 {
		t.Errorf("%d officers, want 2", len(f.Inspections[0].Officers))
	}
	officers, err := s.Officers(context.Background(), registry.CommandLine)
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range f.Inspections[0].Officers {
		i := slices.IndexFunc(officers, func(o registry.Officer) bool { return o.ID == ref.OfficerID })
		if valid, known := officers[i].ValidOn(f.Case.FoundOn); !valid || !known {
			t.Errorf("the certificate of %s is not valid on %s", ref.Name, f.Case.FoundOn)
		}
	}
	multiples := map[string]string{}
	for _, r := range f.Samples[0].Results {
		m, _ := r.Multiple()
		multiples[r.Pollutant] = m
	}
	if multiples["化学需氧量"] != "2.00" || multiples["氨氮"] != "1.60" || multiples["总磷"] != "" {
		t.Errorf("multiples are %v", multiples)
	}
	if fines := f.Fines(); fines.Total != registry.Yuan(225000) || fines.Unknown != 0 || f.Paid() != fines.Total || *decision.Amount != fines.Total {
		t.Errorf("fines %+v, paid %s, decided %s", fines, f.Paid(), decision.Amount)
	}
	for i, v := range f.Violations {
		o, err := s.Law().Offer(v.TypeCode, v.ActFrom, v.ActTo, statute.Circumstances{PermitHolder: new(bool), InTanjiangBasin: new(bool), DistrictCode: sampleDistrict})
		if err != nil {
			t.Fatal(err)
		}
		r := o.Candidates[0].Penalties[0]
		if a := *f.Penalties[i].Amount; a < *r.Min || a > *r.Max {
			t.Errorf("fine %s of %s is outside %s to %s", a, v.TypeCode, r.Min, r.Max)
		}
		for _, c := range v.Citations {
			if c.Holding != registry.Held {
				t.Errorf("%s: %s is %s", v.TypeCode, c, c.Holding)
			}
		}
	}
	for _, p := range f.Parties {
		if p.CreditCode != "" && registry.CheckCreditCode(p.CreditCode) != nil || p.IDNumber != "" && registry.CheckPersonID(p.IDNumber) != nil {
			t.Errorf("codes of %s: %s %s", p.Name, p.CreditCode, p.IDNumber)
		}
	}
}

// What the page of the invented case explains: every clock that ran was kept, one defect and one doubt stand there on purpose, and each
// side track has its outcome.
func TestSampleProcedure(t *testing.T) {
	s, _ := loaded(t)
	for _, c := range []struct {
		id                 registry.CaseID
		defects, doubts    []string
		late               []string
		branches, amountOf string
	}{
		{6, []string{"PARTY_NAME"}, []string{"CERTIFICATES"}, nil,
			"先行登记保存 查封扣押 移送行政拘留 生态环境损害赔偿 行政复议", "225,000 225,000"},
		{7, nil, nil, nil, "按日连续处罚 行政复议 撤销处罚与重新决定", "100,000 100,000"},
	} {
		page, err := s.CasePage(context.Background(), registry.CommandLine, c.id)
		if err != nil {
			t.Fatal(err)
		}
		f, x := &page.CaseFile, page.Facts
		var defects, doubts, late []string
		for _, k := range procedure.Checks(x) {
			switch k.Verdict {
			case procedure.Defect:
				defects = append(defects, k.Code)
			case procedure.CannotTell:
				doubts = append(doubts, k.Code)
			}
			if k.Verdict != procedure.Sound {
				t.Logf("case %d: %s %s: %s", c.id, k.Verdict, k.Title, k.What)
			}
		}
		for _, k := range procedure.Clocks(x) {
			if k.State != procedure.InTime && k.State != procedure.Lapsed {
				late = append(late, k.Rule.Code+" "+k.Words()+" "+k.Note)
			}
		}
		if !slices.Equal(defects, c.defects) || !slices.Equal(doubts, c.doubts) {
			t.Errorf("case %d: defects %v, doubts %v; want %v and %v", c.id, defects, doubts, c.defects, c.doubts)
		}
		if !slices.Equal(late, c.late) {
			t.Errorf("case %d: clocks that were not kept: %q, want %q", c.id, late, c.late)
		}
		var branches []string
		for _, b := range procedure.Branches(f) {
			branches = append(branches, b.Kind)
			if b.Open {
				t.Errorf("case %d: %s has no outcome: %s", c.id, b.Kind, b.State)
			}
		}
		if got := strings.Join(branches, " "); got != c.branches {
			t.Errorf("case %d: side tracks %s, want %s", c.id, got, c.branches)
		}
		sum := procedure.AccountOf(x).Totals
		if got := sum.Due.Total.String() + " " + (sum.Paid - sum.Refunded).String(); got != c.amountOf || !sum.Reconciles() {
			t.Errorf("case %d: due and paid %s, want %s; reconciles %v", c.id, got, c.amountOf, sum.Reconciles())
		}
	}
}

// The published cases show what their source did not say: a referral without its answer, a decision of the government.
func TestPublishedBranches(t *testing.T) {
	s, _ := loaded(t)
	for id, want := range map[registry.CaseID]string{
		1: "移送行政拘留：已移送，公安机关的决定未公布 生态环境损害赔偿：修复中（磋商 1 次）：已开展",
		2: "移送行政拘留：已移送，公安机关的决定未公布",
		3: "", 5: "",
		4: "报政府责令拆除或关闭：已报请，台山市人民政府的决定未公布",
	} {
		var got []string
		for _, b := range procedure.Branches(caseFile(t, s, id)) {
			got = append(got, b.Kind+"："+b.State)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("case %d: %v, want %s", id, got, want)
		}
	}
}

func TestCleanInspection(t *testing.T) {
	s, _ := loaded(t)
	l, err := s.Inspections(context.Background(), registry.CommandLine, store.InspectionFilter{}, store.Page{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Inspection(context.Background(), registry.CommandLine, registry.InspectionID(len(l.Rows)))
	if err != nil || x.Result != registry.NoViolationFound || x.Origin != registry.OriginSample || x.State != registry.InspectionSubmitted {
		t.Errorf("the last of %d inspections is %+v, %v; want an invented one that found nothing", len(l.Rows), x, err)
	}
}

func calendarDays(from, to registry.Date) int {
	a, _ := from.Time()
	b, _ := to.Time()
	return int(b.Sub(a).Hours() / 24)
}

// workingDays counts the working days after from up to and including to.
func workingDays(cal statute.Calendar, from, to registry.Date) int {
	n := 0
	for d := from.AddDays(1); !to.Before(d); d = d.AddDays(1) {
		if isWorkingDay(cal, d) {
			n++
		}
	}
	return n
}

func isWorkingDay(cal statute.Calendar, d registry.Date) bool {
	for _, x := range cal.Days {
		if x.Date == d {
			return !x.Holiday
		}
	}
	t, _ := d.Time()
	return t.Weekday() != 0 && t.Weekday() != 6
}
