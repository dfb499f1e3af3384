package casework_test

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

// The page of a bulletin says until when each decision may be contested; of one that was not served nobody can tell, and of one that is contested its result
// is told.
func TestContestTerms(t *testing.T) {
	s := service(t) // on 2026-11-22
	for _, c := range []struct {
		served registry.Date
		more   registry.DocKind
		want   string
	}{
		{registry.Date{}, "", "没有登记送达，复议、诉讼期限无法判断"},
		{registry.Day(2026, 11, 2), "", "复议期限至 2027-01-01"},
		{registry.Day(2025, 5, 8), "", "复议期限至 2025-07-07，已届满；起诉期限至 2025-11-10，已届满"},
		{registry.Day(2025, 5, 8), registry.DocReconsideration, "行政复议：没有结果"},
	} {
		x := aCase(t, s, registry.OriginField)
		if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: x.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 5, 6), ServedOn: c.served}); err != nil {
			t.Fatal(err)
		}
		if c.more != "" {
			if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: x.ID, Kind: c.more, MadeOn: registry.Day(2025, 6, 6)}); err != nil {
				t.Fatal(err)
			}
		}
		b := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: x.ID}}}
		if _, err := s.AddBulletin(ctx, publisher, &b); err != nil {
			t.Fatal(err)
		}
		p, err := s.BulletinPage(ctx, publisher, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Fitness[0].Contest; !strings.Contains(got, c.want) || c.more != "" && strings.Contains(got, "期限至") {
			t.Errorf("served on %s: %q, want %q", c.served, got, c.want)
		}
	}
}
