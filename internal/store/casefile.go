package store

import (
	"fmt"
	"maps"
	"slices"

	"casebook/internal/registry"
)

// parts are what a file holds beside the case, its parties, inspections, violations, documents and penalties.
type parts uint16

const (
	withUnits     parts = 1 << iota // the deciding and the handling one
	withSamples                     // of the inspections
	withPayments                    // money received
	withCitations                   // of violations and documents
	withTold                        // publications, and bulletins of ours
	withFarm                        // and the campaign
	withWords                       // narratives and lists that are kept packed, but who inspected
	withRest                        // remarks, exhibits, interrogations, files
	asRecords                       // the case and its own rows whole, as revisions hold them; what the program computes of them is compared (verification)
	forCounts     = withUnits | withSamples | withPayments | withCitations | withTold | withFarm
	whole         = forCounts | withWords | withRest
)

func (p parts) has(one parts) bool { return p&one != 0 }

// CaseFiles reads whole cases by id, in the order of ids, with a fixed number of queries however many there are.
// Callers bound the batch (the export reads a few hundred at a time). Where reading is narrowed, those of another branch are left out.
func (tx *Tx) CaseFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	return tx.caseFiles(ids, whole)
}

// ClockFiles are CaseFiles with only what clocks run by. What they do not ask for is empty: the farm, citations, evidence, files, remarks.
func (tx *Tx) ClockFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	return tx.caseFiles(ids, withUnits|withSamples|withPayments|withTold|withWords)
}

// CountedFiles are CaseFiles with only what clocks run by and what is counted. What neither asks for is empty: evidence, interrogations, files, remarks, and the
// narratives and lists that are kept packed (Summary, Findings, Path, Facts, Checklist, Facilities), which took a fifth of reading the files.
func (tx *Tx) CountedFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	return tx.caseFiles(ids, forCounts)
}

// ComparedFiles are CaseFiles with only what one case is compared with another by: parties, inspections, violations with their citations,
// documents, and penalties. Whatever else a file holds is left out.
func (tx *Tx) ComparedFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	return tx.caseFiles(ids, withCitations|withWords)
}

func (tx *Tx) caseFiles(ids []registry.CaseID, p parts) ([]*registry.CaseFile, error) {
	ids, err := tx.readable(ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	list := func(alias string) (string, []any) {
		q := newQuery("WHERE " + alias + " IN ")
		q.add(in(q, ids))
		return q.sql(), q.args
	}
	cases, err := tx.casesByID(ids, p)
	if err != nil {
		return nil, err
	}
	files := map[registry.CaseID]*registry.CaseFile{}
	ptrs := make([]*registry.Case, len(cases))
	for i := range cases {
		f := &registry.CaseFile{Case: cases[i]}
		files[cases[i].ID], ptrs[i] = f, &f.Case
	}
	if err := tx.loadCaseLists(ptrs); err != nil {
		return nil, err
	}
	if err := tx.attachNouns(ptrs, files, p); err != nil {
		return nil, err
	}
	clause, args := list("case_id")
	if err := tx.attachOwn(files, clause, args, p); err != nil {
		return nil, err
	}
	if p.has(withTold) {
		if err := tx.attachTold(files); err != nil {
			return nil, err
		}
	}
	if p.has(withRest) {
		if err := tx.attachMore(ptrs, files, clause, args); err != nil {
			return nil, err
		}
	}
	kinds, err := tx.Kinds()
	if err != nil {
		return nil, err
	}
	out := make([]*registry.CaseFile, 0, len(ids))
	for _, id := range ids {
		if f := files[id]; f != nil {
			registry.SortDocuments(f.Documents)
			if len(kinds) > 0 {
				f.Kinds = kinds
			}
			out = append(out, f)
		}
	}
	return out, nil
}

// CaseRows are the rows of cases in the order of ids, without what hangs on them; zero where there is none, or one of another branch where reading is
// narrowed.
func (tx *Tx) CaseRows(ids []registry.CaseID) ([]registry.Case, error) {
	own, err := tx.readable(ids)
	if err != nil {
		return nil, err
	}
	list, err := tx.casesByID(own, whole)
	if err != nil {
		return nil, err
	}
	of := make(map[registry.CaseID]registry.Case, len(list))
	for _, c := range list {
		of[c.ID] = c
	}
	out := make([]registry.Case, len(ids))
	for i, id := range ids {
		out[i] = of[id]
	}
	return out, nil
}

// fewIDs is how many rows by id the planner still looks up one by one: for two hundred it reads all cases of a register of ten thousand.
const fewIDs = 50

// casesByID reads the rows of cases, without what hangs on them.
func (tx *Tx) casesByID(ids []registry.CaseID, with parts) (list []registry.Case, err error) {
	for few := range slices.Chunk(ids, fewIDs) {
		q := newQuery("WHERE id IN ")
		q.add(in(q, few))
		cases, err := Cases.parted(tx, with, q.sql(), q.args...)
		if err != nil {
			return nil, err
		}
		list = append(list, cases...)
	}
	return list, nil
}

// CaseGrounds reads what of a case decides which law applies to its acts: the case, its farm and its inspections. The rest of the
// file is empty.
func (tx *Tx) CaseGrounds(id registry.CaseID) (*registry.CaseFile, error) {
	c, err := Cases.Get(tx, int64(id))
	if err != nil {
		return nil, err
	}
	farms, err := byIDs(tx, Farms, []registry.FarmID{c.FarmID})
	if err != nil {
		return nil, err
	}
	inspections, err := byIDs(tx, Inspections, c.Inspections)
	if err != nil {
		return nil, err
	}
	f := &registry.CaseFile{Case: c, Farm: pointer(farms, c.FarmID)}
	for _, i := range c.Inspections {
		f.Inspections = append(f.Inspections, inspections[i])
	}
	return f, nil
}

// CaseFile reads one whole case.
func (tx *Tx) CaseFile(id registry.CaseID) (*registry.CaseFile, error) {
	files, err := tx.CaseFiles([]registry.CaseID{id})
	if err != nil {
		return nil, fmt.Errorf("read case %d: %w", id, err)
	}
	if len(files) == 0 {
		return nil, registry.NotFound("案件", id)
	}
	return files[0], nil
}

// attachNouns joins what cases refer to: farms, organs, campaigns, parties, inspections and their samples.
func (tx *Tx) attachNouns(cases []*registry.Case, files map[registry.CaseID]*registry.CaseFile, with parts) error {
	var farmIDs []registry.FarmID
	var organIDs []registry.OrganID
	var campaignIDs []registry.CampaignID
	var partyIDs []registry.PartyID
	var inspectionIDs []registry.InspectionID
	for _, c := range cases {
		if with.has(withUnits) {
			organIDs = append(organIDs, c.DecidingOrganID, c.HandlingOrganID)
		}
		if with.has(withFarm) {
			farmIDs, campaignIDs = append(farmIDs, c.FarmID), append(campaignIDs, c.CampaignID)
		}
		for _, p := range c.Parties {
			partyIDs = append(partyIDs, p.PartyID)
		}
		inspectionIDs = append(inspectionIDs, c.Inspections...)
	}
	farms, err := partsByIDs(tx, Farms, farmIDs, with&^asRecords)
	if err != nil {
		return err
	}
	organs, err := tx.organsByID(organIDs)
	if err != nil {
		return err
	}
	campaigns, err := byIDs(tx, Campaigns, campaignIDs)
	if err != nil {
		return err
	}
	inspections, err := partsByIDs(tx, Inspections, inspectionIDs, with&^asRecords)
	if err != nil {
		return err
	}
	for _, i := range inspections {
		partyIDs = append(partyIDs, i.PartyID)
	}
	parties, err := byIDs(tx, Parties, partyIDs)
	if err != nil {
		return err
	}
	var samples map[registry.InspectionID][]registry.Sample
	if with.has(withSamples) {
		if samples, err = tx.SamplesOf(inspectionIDs); err != nil {
			return err
		}
	}
	for _, c := range cases {
		f := files[c.ID]
		f.Farm, f.Campaign = pointer(farms, c.FarmID), pointer(campaigns, c.CampaignID)
		f.DecidingOrgan, f.HandlingOrgan = pointer(organs, c.DecidingOrganID), pointer(organs, c.HandlingOrganID)
		for _, p := range c.Parties {
			f.Parties = append(f.Parties, parties[p.PartyID])
		}
		for _, id := range c.Inspections {
			i := inspections[id]
			f.Inspections = append(f.Inspections, i)
			f.Samples = append(f.Samples, samples[id]...)
			if p, ok := parties[i.PartyID]; ok && !named(f.Parties, p.ID) && !named(f.Inspected, p.ID) {
				f.Inspected = append(f.Inspected, p)
			}
		}
	}
	return nil
}

func named(list []registry.Party, id registry.PartyID) bool {
	return slices.ContainsFunc(list, func(p registry.Party) bool { return p.ID == id })
}

// attachOwn reads what cases are about: violations, documents, penalties, money received.
func (tx *Tx) attachOwn(files map[registry.CaseID]*registry.CaseFile, clause string, args []any, with parts) error {
	citations := func(owner string) (cited map[citing][]registry.Citation, err error) {
		if with.has(withCitations) {
			cited, err = tx.citations(owner, "c."+clause[len("WHERE "):], args...)
		}
		return cited, err
	}
	violations, err := Violations.parted(tx, with, clause+" ORDER BY case_id, seq, id", args...)
	if err != nil {
		return err
	}
	cited, err := citations("violation")
	if err != nil {
		return err
	}
	for i := range violations {
		v := &violations[i]
		v.Citations = cited[citing{v.CaseID, int64(v.ID)}]
	}
	byCase(violations, func(v *registry.Violation) registry.CaseID { return v.CaseID }, func(id registry.CaseID, list []registry.Violation) { files[id].Violations = list })
	documents, err := Documents.parted(tx, with|withWords, clause+" ORDER BY case_id, seq, id", args...)
	if err != nil {
		return err
	}
	if cited, err = citations("document"); err != nil {
		return err
	}
	for i := range documents {
		d := &documents[i]
		d.Citations = cited[citing{d.CaseID, int64(d.ID)}]
	}
	byCase(documents, func(d *registry.Document) registry.CaseID { return d.CaseID }, func(id registry.CaseID, list []registry.Document) { files[id].Documents = list })
	penalties, err := Penalties.parted(tx, with|withWords, clause+" ORDER BY case_id, id", args...)
	if err != nil {
		return err
	}
	byCase(penalties, func(p *registry.Penalty) registry.CaseID { return p.CaseID }, func(id registry.CaseID, list []registry.Penalty) { files[id].Penalties = list })
	if !with.has(withPayments) {
		return nil
	}
	payments, err := Payments.parted(tx, with|withWords, clause+" ORDER BY case_id, paid_on, id", args...)
	byCase(payments, func(p *registry.Payment) registry.CaseID { return p.CaseID }, func(id registry.CaseID, list []registry.Payment) { files[id].Payments = list })
	return err
}

// byCase parts rows that are in the order of their cases.
func byCase[T any](rows []T, of func(*T) registry.CaseID, take func(registry.CaseID, []T)) {
	for len(rows) > 0 {
		id, n := of(&rows[0]), 1
		for n < len(rows) && of(&rows[n]) == id {
			n++
		}
		take(id, rows[:n:n])
		rows = rows[n:]
	}
}

// attachTold reads what was published of cases.
func (tx *Tx) attachTold(files map[registry.CaseID]*registry.CaseFile) error {
	ids := slices.Sorted(maps.Keys(files))
	told, err := tx.publicationsOf(ids)
	if err != nil {
		return err
	}
	bulletins, err := tx.bulletinsTelling(ids)
	for id, f := range files {
		f.Publications, f.Bulletins = told[id], bulletins[id]
	}
	return err
}

// attachMore reads what else is in a whole file: remarks, exhibits and files.
func (tx *Tx) attachMore(cases []*registry.Case, files map[registry.CaseID]*registry.CaseFile, clause string, args []any) error {
	notes, err := ReviewNotes.list(tx, clause+" ORDER BY case_id, id", args...)
	if err != nil {
		return err
	}
	for _, n := range notes {
		files[n.CaseID].ReviewNotes = append(files[n.CaseID].ReviewNotes, n)
	}
	if err := tx.attachEvidence(cases, files); err != nil {
		return err
	}
	if err := tx.attachInterrogations(cases, files); err != nil {
		return err
	}
	return tx.loadFiles(files)
}

// loadFiles reads what is known of the files that exhibits and documents name, with one query. Those of inspections are there already.
func (tx *Tx) loadFiles(cases map[registry.CaseID]*registry.CaseFile) error {
	of, ids := filesNamed(cases)
	if len(ids) == 0 {
		return nil
	}
	q := newQuery(attachmentColumns + "WHERE id IN ")
	q.add(in(q, ids) + " ORDER BY id")
	list, err := tx.attachments(q.sql(), q.args...)
	for _, a := range list {
		for _, f := range of[a.ID] {
			f.Files = append(f.Files, a)
		}
	}
	return err
}

// filesNamed are the files that exhibits and documents name and that their cases do not have yet, in order, with the cases.
func filesNamed(cases map[registry.CaseID]*registry.CaseFile) (of map[registry.AttachmentID][]*registry.CaseFile, ids []registry.AttachmentID) {
	of = map[registry.AttachmentID][]*registry.CaseFile{}
	for _, f := range cases {
		known := map[registry.AttachmentID]bool{0: true}
		for i := range f.Files {
			known[f.Files[i].ID] = true
		}
		named := func(id registry.AttachmentID) {
			if !known[id] {
				known[id], of[id] = true, append(of[id], f)
			}
		}
		for i := range f.Evidence {
			named(f.Evidence[i].AttachmentID)
		}
		for i := range f.Documents {
			named(f.Documents[i].AttachmentID)
		}
	}
	return of, slices.Sorted(maps.Keys(of))
}
