package demo

import (
	"context"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func TestBulletin(t *testing.T) {
	s, _ := loaded(t)
	b, err := s.Bulletin(context.Background(), registry.CommandLine, 1)
	if err != nil {
		t.Fatal(err)
	}
	if b.State != registry.BulletinApproved || b.Origin != registry.OriginPublished || b.Issuer != bureau || b.Byline == "" || b.Lead == "" || b.Dated != registry.Month(2024, 12) || b.CampaignID == 0 || b.ApprovedAt == nil {
		t.Errorf("bulletin 1 is %+v", b)
	}
	quoted := [][]string{
		{"第十条", "第三十九条", "第二十三条第三款"}, {"第三十九条"}, {"第十三条第二款"}, {"第四十九条第二款"}, {"第二十条"},
	}
	if len(b.Cases) != len(quoted) {
		t.Fatalf("bulletin 1 has %d cases, want %d", len(b.Cases), len(quoted))
	}
	for i, c := range b.Cases {
		if c.CaseID != registry.CaseID(i+1) || c.Facts == "" || c.Handling == "" {
			t.Errorf("case %d of the bulletin is %d, facts %q, handling %q", i+1, c.CaseID, c.Facts, c.Handling)
		}
		var got []string
		for _, q := range c.Quotes {
			got = append(got, q.Provision.String())
			if statute.TextHash(q.Text) != q.TextHash || q.Text == "" {
				t.Errorf("case %d: the quotation of %s does not match its hash", i+1, q.Provision)
			}
		}
		if strings.Join(got, " ") != strings.Join(quoted[i], " ") {
			t.Errorf("case %d quotes %v, want %v", i+1, got, quoted[i])
		}
		f := caseFile(t, s, c.CaseID)
		if leaks := registry.DefaultBureau().FindLeaks(c.Title+"\n"+c.Facts+"\n"+c.Handling, registry.DefaultBureau().SecretsOf(f)); len(leaks) > 0 {
			t.Errorf("case %d leaks %v", i+1, leaks)
		}
		// The composed copy must be the retelling itself: a mask would show that it held a secret.
		if c.Facts != f.Case.Summary || c.Handling != f.Case.Handling || c.Title != f.Case.Title {
			t.Errorf("case %d: the published copy differs from the retelling:\n%s\n%s", i+1, c.Facts+c.Handling, f.Case.Summary+f.Case.Handling)
		}
	}
	if leaks := registry.DefaultBureau().FindLeaks(b.PublicText(), nil); len(leaks) > 0 {
		t.Errorf("the bulletin leaks %v", leaks)
	}
}
