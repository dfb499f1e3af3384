package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// faults lists what a case's page calls a problem: checks that found one, and clocks that somebody did or does not keep.
func faults(t *testing.T, s *casework.Service, id registry.CaseID) (list []string) {
	t.Helper()
	page, err := s.CasePage(context.Background(), registry.CommandLine, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range procedure.Checks(page.Facts) {
		if f.Verdict == procedure.Defect {
			list = append(list, fmt.Sprintf("%d %s: %s", id, f.Code, f.What))
		}
	}
	for _, c := range procedure.Clocks(page.Facts) {
		if c.State == procedure.Overdue || c.State == procedure.Late {
			list = append(list, fmt.Sprintf("%d %s: %s", id, c.Rule.Code, c.Words()))
		}
	}
	return list
}

// What the pages of the demonstration call a problem is in its facts, and nothing else is: a newspaper that does not print the day of a
// publication or payment has not missed it. The invented case has one on purpose, which its page explains.
func TestDemoHasNoFalseFault(t *testing.T) {
	ctx := context.Background()
	s, db := loaded(t)
	var got []string
	for id := registry.CaseID(1); id <= registry.CaseID(verify(t, db).Cases); id++ {
		got = append(got, faults(t, s, id)...)
	}
	want := []string{"6 PARTY_NAME: 责令改正上的当事人是“江门市江海区示例牧业公司”，案件登记为“江门市江海区示例牧业有限公司”"}
	if !slices.Equal(got, want) {
		t.Errorf("the demonstration shows the faults\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	due, err := s.DueCases(ctx, registry.CommandLine, casework.DueFilter{}, "", casework.Page{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range due.Rows {
		t.Errorf("case %d is due: %s on %s; the published cases are not watched, and the invented ones are closed", r.ID, r.DueCode, r.DueOn)
	}
}
