package store

import (
	"cmp"
	"slices"

	"casebook/internal/registry"
)

// indexCase gathers what a person may remember of a case: names, also those on documents and those its parties and its farm had before or
// elsewhere, findings, numbers, officers, and the codes of its district and violation types.
func (tx *Tx) indexCase(f *registry.CaseFile) (changed bool, err error) {
	d := newSearchDoc()
	d.texts(inRow, f.Case.Title, f.Case.Number)
	d.code(districtCode(f.Case.DistrictCode))
	if f.Farm != nil {
		if err := tx.farmWords(d, f.Farm, true); err != nil {
			return false, err
		}
	}
	if err := tx.casePartyWords(d, f); err != nil {
		return false, err
	}
	d.texts(inSummary, f.Case.Summary)
	d.texts(inHandling, f.Case.Handling)
	for i := range f.Publications {
		for _, c := range f.Publications[i].Cases {
			d.texts(inPrinted, c.Title)
		}
	}
	for i := range f.Violations {
		v := &f.Violations[i]
		if v.TypeCode != "" {
			d.code(typeCode(v.TypeCode))
		}
		d.texts(inFacts, v.Facts)
		d.texts(inPlace, v.Place)
	}
	documents := slices.Clone(f.Documents)
	slices.SortFunc(documents, func(a, b registry.Document) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	for i := range documents {
		x := &documents[i]
		d.texts(inNumber, x.Number)
		d.names(inDocumentParty, x.PartyName)
		d.texts(inDocumentPeople, x.People)
		for _, p := range x.Participants {
			d.texts(inDocumentPeople, p.Name)
		}
	}
	return tx.indexDoc("case", int64(f.Case.ID), d)
}

// casePartyWords adds the parties of a case, under any of their names, and those of its inspections with who was there.
func (tx *Tx) casePartyWords(d *searchDoc, f *registry.CaseFile) error {
	for i := range f.Inspections {
		x := &f.Inspections[i]
		d.texts(inNumber, x.Number)
		for _, o := range x.Officers {
			d.texts(inOfficer, o.Name, o.CertNo)
		}
		d.texts(inOfficer, x.Recorder)
		d.texts(inPresent, x.PresentName, x.Others)
		d.texts(inPlace, x.Place)
		d.texts(inFindings, x.Findings)
	}
	for _, p := range f.Case.Parties {
		if err := tx.partyWords(d, inParty, p.PartyID, p.NameAtAct); err != nil {
			return err
		}
	}
	for i := range f.Inspections {
		if err := tx.partyWords(d, inInspected, f.Inspections[i].PartyID); err != nil {
			return err
		}
	}
	return nil
}
