package casework_test

import (
	"reflect"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store/storetest"
)

// counted is a service that counts its statements, and how often it reads whole case files.
type counted struct {
	*casework.Service
	statements, files int
}

func countedService(t *testing.T) *counted {
	t.Helper()
	c := &counted{}
	c.Service, _ = serviceIn(t, storetest.Dir(t), func(query string) {
		c.statements++
		if strings.Contains(query, " FROM review_notes WHERE case_id IN ") { // the last part of a file
			c.files++
		}
	})
	return c
}

func TestCaseFileIsReadOnceAWrite(t *testing.T) {
	s := countedService(t)
	c := aCase(t, s.Service, registry.OriginField)
	x := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", Facts: "外排", ActTo: registry.Day(2025, 3, 4)}
	d := registry.Document{CaseID: c.ID, Kind: registry.DocOrder}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"add a violation", func() error { _, err := s.AddViolation(ctx, officer, &x); return err }},
		{"change a violation", func() error { x.Note = "改"; return s.ChangeViolation(ctx, officer, &x) }},
		{"confirm its citations", func() error { _, err := s.ConfirmCitations(ctx, officer, x.ID, x.Version); return err }},
		{"add a document", func() error { _, err := s.AddDocument(ctx, officer, &d); return err }},
	} {
		s.files = 0
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if s.files != 1 { // by Settle, after the rows changed
			t.Errorf("%s reads the case file %d times, want once", step.name, s.files)
		}
	}
}

// A page of a case reads the file once, and those of the cases that it is compared with together.
func TestCasePage(t *testing.T) {
	s := countedService(t)
	if err := demo.Load(ctx, s.Service); err != nil {
		t.Fatal(err)
	}
	list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range list.Rows {
		s.files, s.statements = 0, 0
		p, err := s.CasePage(ctx, officer, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if s.files > 2 || s.statements > 60 {
			t.Errorf("the page of case %d takes %d statements and reads files %d times", row.ID, s.statements, s.files)
		}
		f, err := s.CaseFile(ctx, officer, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(&p.CaseFile, f) || !reflect.DeepEqual(p.Facts.File, f) {
			t.Errorf("case %d: the page's file, or that of its facts, is not the case's", row.ID)
		}
		if !reflect.DeepEqual(p.Offers, s.Offers(f)) || !reflect.DeepEqual(p.Ranges, s.FineRanges(f)) || len(p.Facts.Ranges) != len(p.Ranges) {
			t.Errorf("case %d: the page offers other articles or ranges than the catalogue", row.ID)
		}
		for _, d := range f.Documents {
			if d.OrganID != 0 && p.Organs[d.OrganID] == "" {
				t.Errorf("case %d: unit %d of a document has no name on the page", row.ID, d.OrganID)
			}
		}
	}
}

// Another case of the party is on the page, with its facts.
func TestCasePageRepeats(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	other := *c
	other.ID, other.Meta, other.Title = 0, registry.Meta{}, "绿源牧业另案"
	if _, err := s.AddCase(ctx, officer, &other); err != nil {
		t.Fatal(err)
	}
	p, err := s.CasePage(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p.Repeats.Compared != 1 || p.MoreRelated {
		t.Errorf("compared with %d cases, more %t; want 1, false", p.Repeats.Compared, p.MoreRelated)
	}
	if n := len(procedure.Checks(p.Facts)); n == 0 {
		t.Error("the facts of the page answer no check")
	}
}
