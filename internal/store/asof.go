package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store/packing"
)

// Past is the register as it was when an entry of the audit chain was written, told from the revisions alone: of each record the newest one up to
// that entry, unless the record was deleted then. What follows from records (a case's stage, its branch) is computed from them anew.
//
// Files are read as CaseFiles reads today's, a batch with a fixed number of queries. A body that is damaged is an error: a past with holes would
// look like an answer.
type Past struct {
	tx     *Tx
	Seq    int64 // the last entry that counts
	kinds  registry.Kinds
	told   map[registry.PublicationID]registry.Publication // as they were then, of those that changed since
	organs map[registry.OrganID]registry.Organ
}

// PositionOn is the last entry of the audit chain at the end of a day (Beijing time) with the newest record up to it; found is false where nothing was
// recorded by then. It is the entry before the first one of a later day, so that it stays what it is once that day has begun, whatever clocks do. Days
// behind today are no days: a clock that was wrong once wrote them.
func (tx *Tx) PositionOn(day, today registry.Date) (p Position, found bool, err error) {
	var first sql.NullInt64
	if err := tx.one([]any{&first}, "SELECT MIN(seq) FROM audit_days WHERE day > $1 AND day <= $2", day.Latest(), today.Latest()); err != nil {
		return p, false, err
	}
	last := first.Int64 - 1
	if !first.Valid {
		if last, _, err = tx.AuditHead(); err != nil {
			return p, false, err
		}
	}
	p, err = tx.PositionAt(last)
	return p, p.Seq > 0, err
}

// PositionAt is the newest record up to an entry of the chain, not counting what is no part of the data: exports and heads that were signed, accounts.
// Zero where there is none.
func (tx *Tx) PositionAt(seq int64) (p Position, err error) {
	err = tx.one([]any{&p.Seq, actedAt{&p.At}, hexed{&p.Hash}}, `SELECT a.seq, a.at, a.hash FROM audit_log a
		WHERE a.seq = (SELECT r.audit_seq FROM revisions r WHERE r.entity NOT IN ('export', 'audit_head', 'user') AND r.audit_seq <= $1 ORDER BY r.audit_seq DESC LIMIT 1)`, seq)
	if noRows(err) {
		return Position{}, nil
	}
	return p, err
}

// keepDay notes an entry as the first of its day, unless there is an earlier one.
func (tx *Tx) keepDay(day string, seq int64) error {
	_, err := tx.exec("INSERT INTO audit_days (day, seq) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING", day, seq)
	return err
}

// AsOf is the register as it was at an entry of the chain.
func (tx *Tx) AsOf(seq int64) (*Past, error) {
	p := &Past{tx: tx, Seq: seq, organs: map[registry.OrganID]registry.Organ{}}
	kinds, err := allOf[registry.KeptKind](p, "document_kind")
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(kinds)) {
		p.kinds = append(p.kinds, kinds[id].DocumentKind)
	}
	organs, err := allOf[registry.Organ](p, "organ")
	for id, o := range organs {
		p.organs[registry.OrganID(id)] = o
	}
	return p, err
}

// Organs are the units as they were, by id.
func (p *Past) Organs() map[registry.OrganID]registry.Organ { return p.organs }

// Bureau is the bureau as it was; the program's default where none had been set.
func (p *Past) Bureau() (*registry.Bureau, error) {
	m, err := allOf[registry.Bureau](p, "bureau")
	if b, ok := m[int64(registry.TheBureau)]; ok && err == nil {
		return &b, nil
	}
	return registry.DefaultBureau(), err
}

// Later are the ids of a noun that were first recorded after then.
func (p *Past) Later(entity string) (map[int64]bool, error) {
	later := map[int64]bool{}
	err := p.tx.each(func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		later[id] = true
		return err
	}, "SELECT r.entity_id FROM revisions r WHERE r.entity = $1 AND r.audit_seq > $2", entity, p.Seq)
	return later, err
}

// Laws are the law texts and the marks on them that were there, but for those that came later.
func (p *Past) Laws(laterTexts, laterChecks map[int64]bool) (texts []statute.StoredText, checks []statute.Check, err error) {
	rows, err := p.tx.LawTexts()
	if err != nil {
		return nil, nil, err
	}
	for _, x := range rows {
		if !laterTexts[x.ID] {
			texts = append(texts, x.StoredText)
		}
	}
	marks, err := p.tx.LawChecks()
	for _, x := range marks {
		if !laterChecks[x.ID] {
			checks = append(checks, x.Check)
		}
	}
	return texts, checks, err
}

// MayBeVoided are the cases that may have been voided then: those that are now, and those whose voiding was taken back since.
func (p *Past) MayBeVoided() (ids []registry.CaseID, err error) {
	err = p.tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM cases WHERE voided <> '' AND id > 0
		UNION SELECT a.entity_id FROM audit_log a WHERE a.action > 2 AND a.action = (SELECT w.id FROM audit_words w WHERE w.word = '恢复（撤销作废）') AND a.entity = 'case' AND a.seq > $1 ORDER BY 1`, p.Seq)
	return ids, err
}

// CaseIDs are up to limit ids of the cases that had been registered by then, above after, in order; also of those voided.
func (p *Past) CaseIDs(after registry.CaseID, limit int) (ids []registry.CaseID, err error) {
	err = p.tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT r.entity_id FROM revisions r WHERE r.entity = 'case' AND r.entity_id > $1 AND r.version = 1 AND r.audit_seq <= $2 AND r.audit_seq > 0 ORDER BY r.entity_id LIMIT $3",
		after, p.Seq, limit)
	return ids, err
}

// MayDiffer are the cases that may not be the same after one entry and after a later one: on which something was written since the first, and those that name a
// farm, a party, an inspection, a campaign or a publication that was written between them. (What a case named then and does not name now, it was written to
// name no more.) The names of units and districts stand on every case: where they were written, all may differ.
func (tx *Tx) MayDiffer(from, to int64) (ids []registry.CaseID, err error) {
	seen := map[registry.CaseID]bool{}
	for _, q := range []string{
		"SELECT DISTINCT r.case_id FROM revisions r WHERE r.audit_seq > $1 AND r.case_id IS NOT NULL AND $2 > 0",
		"SELECT c.id FROM revisions r JOIN cases c ON c.farm_id = r.entity_id WHERE r.audit_seq > $1 AND r.audit_seq <= $2 AND r.entity = 'farm'",
		"SELECT c.case_id FROM revisions r JOIN case_parties c ON c.party_id = r.entity_id WHERE r.audit_seq > $1 AND r.audit_seq <= $2 AND r.entity = 'party'",
		"SELECT c.id FROM revisions r JOIN cases c ON c.campaign_id = r.entity_id WHERE r.audit_seq > $1 AND r.audit_seq <= $2 AND r.entity = 'campaign'",
		"SELECT c.case_id FROM revisions r JOIN case_inspections c ON c.inspection_id = r.inspection_id WHERE r.audit_seq > $1 AND r.audit_seq <= $2",
		"SELECT c.case_id FROM revisions r JOIN publication_cases c ON c.publication_id = r.entity_id WHERE r.audit_seq > $1 AND r.audit_seq <= $2 AND r.entity = 'publication'",
		"SELECT c.id FROM cases c WHERE EXISTS (SELECT 1 FROM revisions r WHERE r.audit_seq > $1 AND r.audit_seq <= $2 AND r.entity IN ('organ', 'bureau', 'document_kind'))",
	} {
		if err := tx.each(func(rows *sql.Rows) error {
			var id registry.CaseID
			err := rows.Scan(&id)
			seen[id] = true
			return err
		}, q, from, to); err != nil {
			return nil, fmt.Errorf("find the cases that may differ: %w", err)
		}
	}
	past, err := tx.AsOf(from)
	if err != nil {
		return nil, err
	}
	changed, err := past.changedPublications() // a case that one told no more
	for _, x := range changed {
		for _, c := range x.Cases {
			seen[c.CaseID] = true
		}
	}
	return slices.Sorted(maps.Keys(seen)), err
}

// Narrowed reports whether reading is kept to the records of a branch.
func (tx *Tx) Narrowed() bool { return tx.reads != nil }

// CaseFiles are whole cases as they were, in the order of ids, voided ones among them. One that had been deleted, or was not there yet, is left out, and
// where reading is narrowed, one of another branch.
func (p *Past) CaseFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	files := map[registry.CaseID]*registry.CaseFile{}
	if err := p.own(ids, files); err != nil {
		return nil, fmt.Errorf("read cases as of entry %d: %w", p.Seq, err)
	}
	for id, f := range files {
		if p.tx.reads != nil && p.branch(&f.Case) != p.tx.ownDistrict() {
			delete(files, id)
		}
	}
	if err := p.nouns(files); err != nil {
		return nil, fmt.Errorf("read what cases name as of entry %d: %w", p.Seq, err)
	}
	if err := p.publications(files); err != nil {
		return nil, fmt.Errorf("read what was published as of entry %d: %w", p.Seq, err)
	}
	out := make([]*registry.CaseFile, 0, len(ids))
	for _, id := range ids {
		f := files[id]
		if f == nil {
			continue
		}
		byID(f.Penalties, func(x *registry.Penalty) int64 { return int64(x.ID) })
		byID(f.ReviewNotes, func(x *registry.ReviewNote) int64 { return int64(x.ID) })
		slices.SortFunc(f.Documents, func(a, b registry.Document) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
		byID(f.Violations, func(x *registry.Violation) int64 { return int64(x.ID) })
		f.Evidence = bySeq(f.Evidence)
		byID(f.Interrogations, interrogationID)
		asRead(f)
		if len(p.kinds) > 0 {
			f.Kinds = p.kinds
		}
		f.Case.Stage = registry.StageOf(f.Documents, p.kinds...)
		out = append(out, f)
	}
	return out, nil
}

func byID[T any](list []T, id func(*T) int64) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(id(&a), id(&b)) })
}

// branch is whose a case was.
func (p *Past) branch(c *registry.Case) string {
	if d := p.organs[c.HandlingOrganID].DistrictCode; d != "" {
		return d
	}
	return c.DistrictCode
}

// pastRow is the image of a record.
type pastRow struct {
	entity string
	id     int64
	body   []byte
}

// newest is the condition that a revision r is the newest of its record up to an entry, and that the record was not deleted by it.
const newest = ` r.audit_seq > 0 AND r.audit_seq <= ? AND NOT EXISTS (SELECT 1 FROM revisions n WHERE n.entity = r.entity AND n.entity_id = r.entity_id AND n.version > r.version AND n.audit_seq <= ?)
	AND NOT EXISTS (SELECT 1 FROM audit_log a WHERE a.seq = r.audit_seq AND a.action = (SELECT w.id FROM audit_words w WHERE w.word = '` + deletedAction + `'))`

// each reads the images that a condition selects.
func (p *Past) each(with func(r *pastRow) error, where *query) error {
	q := newQuery("SELECT r.entity, r.entity_id, r.body FROM revisions r WHERE ")
	q.args = where.args
	q.b.WriteString(where.sql())
	q.add(" AND"+newest, p.Seq, p.Seq)
	return p.tx.each(func(rows *sql.Rows) (err error) {
		var r pastRow
		var body []byte
		if err := rows.Scan(&r.entity, &r.id, &body); err != nil {
			return err
		}
		if r.body, err = packing.Unpack(body); err != nil {
			return fmt.Errorf("%s %d 的历史内容已损坏，无法还原那时的登记册：%w", r.entity, r.id, err)
		}
		return with(&r)
	}, q.sql(), q.args...)
}

// take decodes an image and hands it on.
func take[T any](r *pastRow, put func(T)) error {
	var x T
	if err := json.Unmarshal(r.body, &x); err != nil {
		return fmt.Errorf("%s %d 的历史内容读不出：%w", r.entity, r.id, err)
	}
	put(x)
	return nil
}

// allOf are all records of a noun of which there are few.
func allOf[T any](p *Past, entity string) (map[int64]T, error) {
	m := map[int64]T{}
	err := p.each(func(r *pastRow) error { return take(r, func(x T) { m[r.id] = x }) }, newQuery("r.entity = ?", entity))
	return m, err
}

// pastByIDs are some records of a noun.
func pastByIDs[I ~int64, T any](p *Past, entity string, ids []I) (map[I]T, error) {
	m := map[I]T{}
	seen := map[I]bool{0: true}
	var unique []I
	for _, id := range ids {
		if !seen[id] {
			seen[id], unique = true, append(unique, id)
		}
	}
	if len(unique) == 0 {
		return m, nil
	}
	q := newQuery("r.entity = ? AND r.entity_id IN ", entity)
	q.add(in(q, unique))
	err := p.each(func(r *pastRow) error { return take(r, func(x T) { m[I(r.id)] = x }) }, q)
	return m, err
}

// EachInspection hands on all inspections, as they were.
func (p *Past) EachInspection(do func(*registry.Inspection)) error {
	return p.each(func(r *pastRow) error { return take(r, func(x registry.Inspection) { do(&x) }) }, newQuery("r.entity = ?", "inspection"))
}

// own reads the cases and what is on them.
func (p *Past) own(ids []registry.CaseID, files map[registry.CaseID]*registry.CaseFile) error {
	at := func(id registry.CaseID) *registry.CaseFile {
		if files[id] == nil {
			files[id] = &registry.CaseFile{}
		}
		return files[id]
	}
	q := newQuery("r.entity IN ('case', 'violation', 'document', 'penalty', 'payment', 'review_note', 'evidence', 'interrogation') AND r.case_id IN ")
	q.add(in(q, ids))
	if err := p.each(func(r *pastRow) error {
		switch r.entity {
		case "case":
			return take(r, func(x registry.Case) { at(x.ID).Case = x })
		case "violation":
			return take(r, func(x registry.Violation) { f := at(x.CaseID); f.Violations = append(f.Violations, x) })
		case "document":
			return take(r, func(x registry.Document) { f := at(x.CaseID); f.Documents = append(f.Documents, x) })
		case "penalty":
			return take(r, func(x registry.Penalty) { f := at(x.CaseID); f.Penalties = append(f.Penalties, x) })
		case "payment":
			return take(r, func(x registry.Payment) { f := at(x.CaseID); f.Payments = append(f.Payments, x) })
		case "review_note":
			return take(r, func(x registry.ReviewNote) { f := at(x.CaseID); f.ReviewNotes = append(f.ReviewNotes, x) })
		case "interrogation":
			return take(r, func(x registry.Interrogation) { f := at(x.CaseID); f.Interrogations = append(f.Interrogations, x) })
		}
		return take(r, func(x registry.Evidence) { f := at(x.CaseID); f.Evidence = append(f.Evidence, x) })
	}, q); err != nil {
		return err
	}
	maps.DeleteFunc(files, func(_ registry.CaseID, f *registry.CaseFile) bool { return f.Case.ID == 0 })
	return nil
}

// visited is what was on an inspection.
type visited struct {
	inspection     registry.Inspection
	samples        []registry.Sample
	evidence       []registry.Evidence
	files          []registry.Attachment
	interrogations []registry.Interrogation
}

func (p *Past) inspections(ids []registry.InspectionID) (map[registry.InspectionID]*visited, error) {
	m := map[registry.InspectionID]*visited{}
	if len(ids) == 0 {
		return m, nil
	}
	at := func(id registry.InspectionID) *visited {
		if m[id] == nil {
			m[id] = &visited{}
		}
		return m[id]
	}
	q := newQuery("r.entity IN ('inspection', 'sample', 'evidence', 'interrogation', 'attachment') AND r.inspection_id IN ")
	q.add(in(q, ids))
	err := p.each(func(r *pastRow) error {
		switch r.entity {
		case "inspection":
			return take(r, func(x registry.Inspection) { at(x.ID).inspection = x })
		case "sample":
			return take(r, func(x registry.Sample) { v := at(x.InspectionID); v.samples = append(v.samples, x) })
		case "evidence":
			return take(r, func(x registry.Evidence) { v := at(x.InspectionID); v.evidence = append(v.evidence, x) })
		case "interrogation":
			return take(r, func(x registry.Interrogation) {
				if v := at(x.InspectionID); x.CaseID == 0 { // else it is its case's
					v.interrogations = append(v.interrogations, x)
				}
			})
		}
		return take(r, func(x registry.Attachment) {
			if x.Entity == "inspection" { // not a file of a sample or an exhibit there
				v := at(registry.InspectionID(x.EntityID))
				v.files = append(v.files, x)
			}
		})
	}, q)
	for _, v := range m {
		byID(v.samples, func(x *registry.Sample) int64 { return int64(x.ID) })
		byID(v.files, func(x *registry.Attachment) int64 { return int64(x.ID) })
	}
	return m, err
}

// nouns joins what the cases name.
func (p *Past) nouns(files map[registry.CaseID]*registry.CaseFile) error {
	var farmIDs []registry.FarmID
	var campaignIDs []registry.CampaignID
	var partyIDs []registry.PartyID
	var inspectionIDs []registry.InspectionID
	for _, f := range files {
		farmIDs, campaignIDs = append(farmIDs, f.Case.FarmID), append(campaignIDs, f.Case.CampaignID)
		for _, x := range f.Case.Parties {
			partyIDs = append(partyIDs, x.PartyID)
		}
		inspectionIDs = append(inspectionIDs, f.Case.Inspections...)
	}
	slices.Sort(inspectionIDs)
	visits, err := p.inspections(slices.Compact(inspectionIDs))
	if err != nil {
		return err
	}
	for _, v := range visits {
		partyIDs = append(partyIDs, v.inspection.PartyID)
	}
	farms, err := pastByIDs[registry.FarmID, registry.Farm](p, "farm", farmIDs)
	if err != nil {
		return err
	}
	campaigns, err := pastByIDs[registry.CampaignID, registry.Campaign](p, "campaign", campaignIDs)
	if err != nil {
		return err
	}
	parties, err := pastByIDs[registry.PartyID, registry.Party](p, "party", partyIDs)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.Farm, f.Campaign = pointer(farms, f.Case.FarmID), pointer(campaigns, f.Case.CampaignID)
		f.DecidingOrgan, f.HandlingOrgan = pointer(p.organs, f.Case.DecidingOrganID), pointer(p.organs, f.Case.HandlingOrganID)
		for _, x := range f.Case.Parties {
			f.Parties = append(f.Parties, parties[x.PartyID])
		}
		for _, id := range f.Case.Inspections {
			v := visits[id]
			if v == nil {
				v = &visited{}
			}
			f.Inspections = append(f.Inspections, v.inspection)
			f.Samples = append(f.Samples, v.samples...)
			f.Evidence = append(f.Evidence, v.evidence...)
			f.Interrogations = append(f.Interrogations, v.interrogations...)
			if x, ok := parties[v.inspection.PartyID]; ok && !named(f.Parties, x.ID) && !named(f.Inspected, x.ID) {
				f.Inspected = append(f.Inspected, x)
			}
		}
		for _, id := range slices.Sorted(slices.Values(f.Case.Inspections)) {
			if v := visits[id]; v != nil {
				f.Files = append(f.Files, v.files...)
			}
		}
	}
	return p.files(files)
}

// files reads what exhibits and documents name, as loadFiles does.
func (p *Past) files(cases map[registry.CaseID]*registry.CaseFile) error {
	of, ids := filesNamed(cases)
	found, err := pastByIDs[registry.AttachmentID, registry.Attachment](p, "attachment", ids)
	for _, id := range ids {
		if a, ok := found[id]; ok {
			for _, f := range of[id] {
				f.Files = append(f.Files, a)
			}
		}
	}
	return err
}

// changedPublications are those that changed since, as they were then, read once: which publications tell a case today is a table, these alone may have told
// another. One that was not there is empty.
func (p *Past) changedPublications() (map[registry.PublicationID]registry.Publication, error) {
	if p.told != nil {
		return p.told, nil
	}
	var changed []registry.PublicationID
	if err := p.tx.each(func(rows *sql.Rows) error {
		var id registry.PublicationID
		err := rows.Scan(&id)
		changed = append(changed, id)
		return err
	}, "SELECT DISTINCT r.entity_id FROM revisions r WHERE r.entity = 'publication' AND r.version > 1 AND r.audit_seq > $1 ORDER BY r.entity_id", p.Seq); err != nil {
		return nil, err
	}
	told := map[registry.PublicationID]registry.Publication{}
	for some := range slices.Chunk(changed, dueBatch) {
		then, err := pastByIDs[registry.PublicationID, registry.Publication](p, "publication", some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			told[id] = then[id]
		}
	}
	p.told = told
	return told, nil
}

// publications joins what told the cases then.
func (p *Past) publications(files map[registry.CaseID]*registry.CaseFile) error {
	if len(files) == 0 {
		return nil
	}
	changed, err := p.changedPublications()
	if err != nil {
		return err
	}
	now, err := p.tx.publicationsOf(slices.Collect(maps.Keys(files)))
	if err != nil {
		return err
	}
	var ids []registry.PublicationID
	for _, list := range now {
		for i := range list {
			ids = append(ids, list[i].ID)
		}
	}
	then, err := pastByIDs[registry.PublicationID, registry.Publication](p, "publication", ids)
	if err != nil {
		return err
	}
	maps.Copy(then, changed)
	for _, id := range slices.Sorted(maps.Keys(then)) {
		x := then[id]
		for _, c := range x.Cases {
			if f := files[c.CaseID]; f != nil {
				one := x
				one.Cases = []registry.PublicationCase{c}
				f.Publications = append(f.Publications, one)
			}
		}
	}
	return nil
}
