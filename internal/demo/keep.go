package demo

import (
	"fmt"

	"casebook/internal/registry"
)

// keep stores a case file. Until it is stored, its parts refer to each other by place, counted from 1: Case.Parties[i] is
// Parties[i]; a sample belongs to the first inspection unless InspectionID names another place; a penalty's DocumentID and a
// payment's PenaltyID are places in Documents and Penalties. A farm or party that has an id was stored before.
func (l *loader) keep(f *registry.CaseFile) error {
	c := &f.Case
	step := func(what string, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %s: %w", c.Title, what, err)
		}
		return nil
	}
	if err := step("parties", l.keepParties(f)); err != nil {
		return err
	}
	if err := step("farm", l.keepFarm(f)); err != nil {
		return err
	}
	if err := step("inspections", l.keepInspections(f)); err != nil {
		return err
	}
	c.DecidingOrganID, c.HandlingOrganID = l.units.city, l.units.branches[c.DistrictCode]
	if err := step("case", l.b.Case(c)); err != nil {
		return err
	}
	if err := step("evidence", l.keepEvidence(f)); err != nil {
		return err
	}
	for i := range f.Violations {
		x := &f.Violations[i]
		x.CaseID, x.Seq = c.ID, int64(i+1)
		for j := range x.Checklist {
			for k, place := range x.Checklist[j].Evidence { // a file names its exhibits by their places
				x.Checklist[j].Evidence[k] = f.Evidence[place-1].ID
			}
		}
		if err := step("violation", l.b.Violation(x)); err != nil {
			return err
		}
	}
	for i := range f.Documents {
		x := &f.Documents[i]
		x.CaseID, x.Seq = c.ID, int64(i+1)
		if err := step("document "+string(x.Kind), l.b.Document(x)); err != nil {
			return err
		}
	}
	for i := range f.Interrogations {
		x := &f.Interrogations[i]
		x.CaseID = c.ID
		if err := step("interrogation", l.b.Interrogation(x)); err != nil {
			return err
		}
	}
	if err := step("money", l.keepMoney(f)); err != nil {
		return err
	}
	for i := range f.ReviewNotes {
		x := &f.ReviewNotes[i]
		x.CaseID = c.ID
		if err := step("review note", l.b.ReviewNote(x)); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) keepParties(f *registry.CaseFile) error {
	for i := range f.Parties {
		p := &f.Parties[i]
		if p.ID == 0 {
			if err := l.b.Party(p); err != nil {
				return err
			}
		}
		f.Case.Parties[i].PartyID = p.ID
		if f.Case.Parties[i].NameAtAct == "" {
			f.Case.Parties[i].NameAtAct = p.Name
		}
	}
	return nil
}

func (l *loader) keepFarm(f *registry.CaseFile) error {
	if f.Farm.ID == 0 {
		if len(f.Parties) > 0 {
			f.Farm.OperatorID = f.Parties[0].ID
		}
		if err := l.b.Farm(f.Farm); err != nil {
			return err
		}
	}
	f.Case.FarmID = f.Farm.ID
	return nil
}

func (l *loader) keepInspections(f *registry.CaseFile) error {
	for i := range f.Inspections {
		x := &f.Inspections[i]
		x.FarmID, x.DistrictCode, x.OrganID = f.Farm.ID, f.Farm.DistrictCode, l.units.branches[f.Farm.DistrictCode]
		if len(f.Parties) > 0 {
			x.PartyID = f.Parties[0].ID
		}
		if err := l.b.Inspection(x); err != nil {
			return err
		}
		f.Case.Inspections = append(f.Case.Inspections, x.ID)
	}
	for i := range f.Samples {
		x := &f.Samples[i]
		x.InspectionID = f.Inspections[max(x.InspectionID, 1)-1].ID
		if err := l.b.Sample(x); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) keepEvidence(f *registry.CaseFile) error {
	for i := range f.Evidence {
		x := &f.Evidence[i]
		x.CaseID, x.Seq = f.Case.ID, int64(i+1)
		if x.InspectionID != 0 {
			x.InspectionID = f.Inspections[x.InspectionID-1].ID
		}
		if err := l.b.Evidence(x); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) keepMoney(f *registry.CaseFile) error {
	for i := range f.Penalties {
		x := &f.Penalties[i]
		x.CaseID = f.Case.ID
		if x.DocumentID != 0 {
			x.DocumentID = f.Documents[x.DocumentID-1].ID
		}
		if x.PartyID == 0 && len(f.Parties) > 0 {
			x.PartyID = f.Parties[0].ID
		}
		if err := l.b.Penalty(x); err != nil {
			return err
		}
	}
	for i := range f.Payments {
		x := &f.Payments[i]
		x.CaseID, x.PenaltyID = f.Case.ID, f.Penalties[x.PenaltyID-1].ID
		if err := l.b.Payment(x); err != nil {
			return err
		}
	}
	return nil
}

func count(n int64) *int64 { return &n }

func yuan(n int64) *registry.Money {
	m := registry.Yuan(n)
	return &m
}
