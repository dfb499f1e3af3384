package store

import (
	"reflect"
	"slices"
	"testing"

	"casebook/internal/registry"
)

// TestClockFiles: they are the files, less what no clock asks for; CountedFiles are those less what neither a clock nor a count does.
func TestClockFiles(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	side := newSide(t, db, "恩平", "440785")
	read(t, db, func(tx *Tx) error {
		whole, err := tx.CaseFile(side.cas.ID)
		if err != nil {
			return err
		}
		files, err := tx.ClockFiles([]registry.CaseID{side.cas.ID})
		if err != nil {
			return err
		}
		if whole.Farm == nil || len(whole.Evidence) == 0 || len(whole.ReviewNotes) == 0 || len(whole.Documents) == 0 || len(whole.Payments) == 0 || len(whole.Interrogations) == 0 {
			t.Fatalf("the file holds too little: %+v", whole)
		}
		counted, err := tx.CountedFiles([]registry.CaseID{side.cas.ID})
		if err != nil {
			return err
		}
		if len(whole.Inspections) == 0 || whole.Inspections[0].Findings == "" || len(whole.Violations) == 0 || whole.Violations[0].Facts == "" {
			t.Fatalf("the file tells too little: %+v", whole)
		}
		less := *whole
		less.Evidence, less.Files, less.ReviewNotes, less.Interrogations = nil, nil, nil, nil
		less.Case.Summary, less.Farm.Facilities = "", nil
		less.Inspections, less.Violations = slices.Clone(less.Inspections), slices.Clone(less.Violations)
		for i := range less.Inspections {
			less.Inspections[i].Findings, less.Inspections[i].Path = "", registry.DischargePath{}
		}
		for i := range less.Violations {
			less.Violations[i].Facts, less.Violations[i].Checklist = "", nil
		}
		if !reflect.DeepEqual(&less, counted[0]) {
			t.Errorf("CountedFiles:\n got %+v\nwant %+v", counted[0], &less)
		}
		whole.Farm, whole.Campaign, whole.Evidence, whole.Files, whole.ReviewNotes, whole.Publications, whole.Interrogations = nil, nil, nil, nil, nil, nil, nil
		for i := range whole.Violations {
			whole.Violations[i].Citations = nil
		}
		for i := range whole.Documents {
			whole.Documents[i].Citations = nil
		}
		if !reflect.DeepEqual(whole, files[0]) {
			t.Errorf("ClockFiles:\n got %+v\nwant %+v", files[0], whole)
		}
		return nil
	})
}
