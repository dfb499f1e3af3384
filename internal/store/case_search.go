package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// indexCase gathers what a person may remember of a case: names, also those on documents and those its parties and its farm had before or
// elsewhere, findings, numbers, officers, and the codes of its district and violation types. Only the id of x is used.
func (tx *Tx) indexCase(x *registry.Case) (changed bool, err error) {
	d := newSearchDoc()
	var title, number, district, summary, handling string
	var farm registry.FarmID
	if err := tx.one([]any{&title, &number, &district, reference[registry.FarmID]{&farm}, &summary, &handling},
		"SELECT title, number, district_code, farm_id, summary, handling FROM cases WHERE id = $1", x.ID); err != nil {
		return false, err
	}
	d.texts(inRow, title, number)
	d.code(districtCode(district))
	if farm != 0 {
		if err := tx.farmWords(d, farm, true); err != nil {
			return false, err
		}
	}
	if err := tx.casePartyWords(d, x.ID); err != nil {
		return false, err
	}
	d.texts(inSummary, summary)
	d.texts(inHandling, handling)
	for _, q := range []struct {
		query string
		read  func(scan func(...any) error) error
	}{
		{"SELECT title FROM publication_cases WHERE case_id = $1 ORDER BY publication_id, seq", func(scan func(...any) error) error {
			var title string
			err := scan(&title)
			d.texts(inPrinted, title)
			return err
		}},
		{"SELECT type_code, facts, place FROM violations WHERE case_id = $1 ORDER BY seq", func(scan func(...any) error) error {
			var code, facts, place string
			err := scan(&code, &facts, &place)
			if code != "" {
				d.code(typeCode(code))
			}
			d.texts(inFacts, facts)
			d.texts(inPlace, place)
			return err
		}},
		{"SELECT number_normalized, party_name, people, participants FROM documents WHERE case_id = $1 ORDER BY seq, id", func(scan func(...any) error) error {
			var number, party, people string
			var participants []registry.Participant
			err := scan(&number, &party, &people, jsonValue{&participants})
			d.texts(inNumber, number)
			d.names(inDocumentParty, party)
			d.texts(inDocumentPeople, people)
			for _, p := range participants {
				d.texts(inDocumentPeople, p.Name)
			}
			return err
		}},
	} {
		if err := tx.each(func(rows *sql.Rows) error { return q.read(rows.Scan) }, q.query, x.ID); err != nil {
			return false, err
		}
	}
	return tx.indexDoc("case", int64(x.ID), d)
}

// casePartyWords adds the parties of a case, under any of their names, and those of its inspections with who was there.
func (tx *Tx) casePartyWords(d *searchDoc, id registry.CaseID) error {
	var parties []registry.CaseParty
	var inspected []registry.PartyID
	if err := tx.each(func(rows *sql.Rows) error {
		var p registry.CaseParty
		err := rows.Scan(&p.PartyID, &p.NameAtAct)
		parties = append(parties, p)
		return err
	}, "SELECT party_id, name_at_act FROM case_parties WHERE case_id = $1 ORDER BY seq", id); err != nil {
		return err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var number, findings, place, recorder, present, others string
		var party registry.PartyID
		var officers []registry.OfficerRef
		err := rows.Scan(&number, &findings, &place, jsonValue{&officers}, &recorder, &present, &others, reference[registry.PartyID]{&party})
		d.texts(inNumber, number)
		for _, o := range officers {
			d.texts(inOfficer, o.Name, o.CertNo)
		}
		d.texts(inOfficer, recorder)
		d.texts(inPresent, present, others)
		d.texts(inPlace, place)
		d.texts(inFindings, findings)
		inspected = append(inspected, party)
		return err
	}, `SELECT i.number, i.findings, i.place, i.officers, i.recorder, i.present_name, i.others, i.party_id
		FROM case_inspections ci JOIN inspections i ON i.id = ci.inspection_id WHERE ci.case_id = $1 ORDER BY ci.seq`, id); err != nil {
		return err
	}
	for _, p := range parties {
		if err := tx.partyWords(d, inParty, p.PartyID, p.NameAtAct); err != nil {
			return err
		}
	}
	for _, p := range inspected {
		if err := tx.partyWords(d, inInspected, p); err != nil {
			return err
		}
	}
	return nil
}
