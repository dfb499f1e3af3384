package store

import (
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// PartyMerges stores 当事人合并.
var PartyMerges = &Table[registry.PartyMerge, *registry.PartyMerge]{Entity: "party_merge", Noun: "当事人合并", name: "party_merges",
	id: func(x *registry.PartyMerge) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.PartyMerge, c *columns) {
		c.col("party_id", &x.PartyID)
		c.col("into_id", &x.IntoID)
		c.merging(&x.Merging)
	},
	save: func(tx *Tx, x *registry.PartyMerge) error { return tx.indexMerge(x.IntoID) }}

// merging binds what is kept of a merge of any two entries.
func (c *columns) merging(x *registry.Merging) {
	c.col("reason", &x.Reason)
	c.col("merged_by", &x.MergedBy)
	c.list("moved", &x.Moved)
	c.maybeTime("undone_at", &x.UndoneAt)
	c.col("undone_by", &x.UndoneBy)
	c.col("undo_reason", &x.UndoReason)
}

// PartyReferences lists what points at a party, up to limit of each noun.
func (tx *Tx) PartyReferences(id registry.PartyID, limit int) (list []registry.MovedReference, err error) {
	return tx.references(int64(id), limit, []pointing{
		{"case", "SELECT case_id FROM case_parties WHERE party_id = $1 ORDER BY case_id LIMIT $2"},
		{"farm", "SELECT id FROM farms WHERE operator_id = $1 ORDER BY id LIMIT $2"},
		{"inspection", "SELECT id FROM inspections WHERE party_id = $1 ORDER BY id LIMIT $2"},
		{"penalty", "SELECT id FROM penalties WHERE party_id = $1 ORDER BY id LIMIT $2"},
	})
}

// pointing finds the records of one noun that point at an entry.
type pointing struct{ entity, query string }

func (tx *Tx) references(id int64, limit int, list []pointing) (found []registry.MovedReference, err error) {
	for _, q := range list {
		if err := tx.each(func(rows *sql.Rows) error {
			r := registry.MovedReference{Entity: q.entity}
			err := rows.Scan(&r.ID)
			found = append(found, r)
			return err
		}, q.query, id, limit); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// SharedCase is a case that names both parties; ok is false where there is none.
func (tx *Tx) SharedCase(a, b registry.PartyID) (id registry.CaseID, title string, ok bool, err error) {
	err = tx.one([]any{&id, &title}, `SELECT c.id, c.title FROM case_parties x JOIN case_parties y ON y.case_id = x.case_id JOIN cases c ON c.id = x.case_id
		WHERE x.party_id = $1 AND y.party_id = $2 ORDER BY c.id LIMIT 1`, int64(a), int64(b))
	if noRows(err) {
		return 0, "", false, nil
	}
	return id, title, err == nil, err
}

// RelatedCases lists up to limit other cases of the parties, of the farm, or on an inspection of a case, newest first. direct tells those
// that share a party.
func (tx *Tx) RelatedCases(c *registry.Case, limit int) (ids []registry.CaseID, direct map[registry.CaseID]bool, err error) {
	direct = map[registry.CaseID]bool{}
	q := newQuery(`SELECT r.case_id, MAX(r.shared) FROM (
			SELECT o.case_id, 1 AS shared FROM case_parties own JOIN case_parties o ON o.party_id = own.party_id WHERE own.case_id = $1
			UNION ALL SELECT id, 0 FROM cases WHERE farm_id = $2
			UNION ALL SELECT o.case_id, 0 FROM case_inspections own JOIN case_inspections o ON o.inspection_id = own.inspection_id WHERE own.case_id = $1
		) AS r JOIN cases rc ON rc.id = r.case_id AND rc.voided = '' WHERE r.case_id <> $1`)
	q.args = []any{int64(c.ID), int64(c.FarmID)}
	if tx.reads != nil {
		q.add(" AND rc.branch = ?", tx.ownDistrict())
	}
	q.add(" GROUP BY r.case_id ORDER BY r.case_id DESC LIMIT ?", limit)
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var shared bool
		if err := rows.Scan(&id, &shared); err != nil {
			return err
		}
		ids, direct[id] = append(ids, id), shared
		return nil
	}, q.sql(), q.args...)
	return ids, direct, err
}

// PartiesOfFarm lists the penalised units of a farm's cases, the latest first; its keeper may have changed since.
func (tx *Tx) PartiesOfFarm(id registry.FarmID, limit int) (list []registry.PartyID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var party registry.PartyID
		var last int64
		err := rows.Scan(&party, &last)
		list = append(list, party)
		return err
	}, `SELECT cp.party_id, MAX(c.id) FROM cases c JOIN case_parties cp ON cp.case_id = c.id WHERE c.farm_id = $1 AND c.voided = '' AND cp.role = '单位'
		GROUP BY cp.party_id ORDER BY 2 DESC LIMIT $2`, int64(id), limit)
	return list, err
}

// Parties stores 当事人.
var Parties = &Table[registry.Party, *registry.Party]{Entity: "party", Noun: "当事人", name: "parties",
	id: func(x *registry.Party) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Party, c *columns) {
		c.col("origin", &x.Origin)
		c.col("kind", &x.Kind)
		c.col("name", &x.Name)
		c.col("public_name", &x.PublicName)
		c.col("credit_code", &x.CreditCode)
		c.col("credit_code_override", &x.CodeOverride)
		c.col("id_kind", &x.IDKind)
		c.col("id_number", &x.IDNumber)
		c.col("legal_person", &x.LegalPerson)
		c.col("legal_person_title", &x.LegalPersonTitle)
		c.col("phone", &x.Phone)
		c.col("address", &x.Address)
		c.col("note", &x.Note)
		ref(c, "merged_into", &x.MergedInto)
		c.derived("name_key", func() any { return registry.NameKey(x.Name) })
		c.derived("public_key", func() any { return registry.NameKey(x.PublicName) })
		c.voided(&x.Voidable)
	},
	save: func(tx *Tx, x *registry.Party) error {
		changed, err := tx.indexParty(x)
		if err != nil || x.Version == 1 {
			return err
		}
		if changed {
			if err := tx.indexPartyUses(x.ID); err != nil {
				return err
			}
		}
		return tx.indexMerge(x.MergedInto)
	}}

// PartyRow is a party as a list shows it. A search also tells the names it had before, since it may be found by one, and what else found it.
type PartyRow struct {
	registry.Party
	FormerNames []string `json:"former_names,omitempty"`
	FoundBy     []Find   `json:"found_by,omitempty"`
	Cases       int      `json:"cases,omitempty"` // in the months of PartyFilter.Repeated
}

// PartyFilter selects parties.
type PartyFilter struct {
	Q string
	Asking

	Repeated     string // months YYYY-MM..YYYY-MM, in which it has several cases that were found
	DistrictCode string // of these cases

	IncludeVoided bool // also those entered by mistake
}

// Parties lists parties who have every word of a search: in a name, a code, or a number that the asker may look for; newest first. One that was
// merged into another is left out: the other is found by its names. Those with several cases in a span come in the order of the last one, the newest first.
func (tx *Tx) Parties(f PartyFilter, p Page) (rows []PartyRow, next string, err error) {
	list := tx.partyIDs
	if registry.Fold(f.Q) == "" && f.Repeated != "" {
		list = func(f PartyFilter, p Page) ([]registry.PartyID, string, error) { return tx.listRepeats(f.repeats(), p) }
	}
	ids, next, err := list(f, p)
	if err != nil {
		return nil, "", err
	}
	parties, err := byIDs(tx, Parties, ids)
	if err != nil {
		return nil, "", err
	}
	cases := map[registry.PartyID]int{}
	if f.Repeated != "" {
		if cases, err = tx.casesOfRepeaters(f.repeats(), ids); err != nil {
			return nil, "", err
		}
	}
	for _, id := range ids {
		rows = append(rows, PartyRow{Party: parties[id], Cases: cases[id]})
	}
	if registry.Fold(f.Q) != "" {
		err = tx.tellFound(rows, f)
	}
	return rows, next, err
}

// partyIDs are those of a page of parties in the order of their ids.
func (tx *Tx) partyIDs(f PartyFilter, p Page) (ids []registry.PartyID, next string, err error) {
	q := newQuery("SELECT x.id FROM parties x")
	id := q.search(tx, "party", f.Q, f.Asking)
	q.add(" AND x.merged_into IS NULL")
	q.ownParties(tx, "x")
	q.andIf(!f.IncludeVoided, "x.voided = ''")
	if f.Repeated != "" {
		area, from, to := f.repeats().args(tx)
		q.add(" AND EXISTS (SELECT 1 FROM party_repeats r WHERE r.party_id = x.id AND r.area = ? AND r.month >= ? AND r.month <= ? AND r.prev >= ?)", area, from, to, from)
	}
	if err := keyset(q, p, true, id, ""); err != nil {
		return nil, "", err
	}
	if err := tx.each(func(r *sql.Rows) error {
		var id registry.PartyID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, "", fmt.Errorf("list parties: %w", err)
	}
	if len(ids) > p.Limit {
		ids = ids[:p.Limit]
		next = p.cursor(true, [2]string{"", fmt.Sprint(int64(ids[p.Limit-1]))})
	}
	return ids, next, nil
}

// tellFound adds to the rows of a search the names that the parties had before, and what else it found them by.
func (tx *Tx) tellFound(rows []PartyRow, f PartyFilter) error {
	ids := idsOfRows(rows, func(x *PartyRow) int64 { return int64(x.ID) })
	shown := func(i int) (texts, codes []string) { return []string{rows[i].Name, rows[i].PublicName}, nil }
	found, err := tx.foundBy("party", ids, shown, f.Q, f.Asking)
	if err != nil {
		return err
	}
	renamed := slices.DeleteFunc(ids, func(id int64) bool {
		return slices.ContainsFunc(rows, func(x PartyRow) bool { return int64(x.ID) == id && x.Version == 1 })
	})
	revisions, err := tx.RevisionsOf("party", renamed)
	for i := range rows {
		x := &rows[i]
		x.FormerNames = registry.FormerNames(x.Name, revisions[int64(x.ID)])
		x.FoundBy = slices.DeleteFunc(found[int64(x.ID)], func(f Find) bool { return f.Label == foundWords[inFormerName] }) // told above
	}
	return err
}

// MergesOfParty lists the merges that a party was part of, newest first.
func (tx *Tx) MergesOfParty(id registry.PartyID) ([]registry.PartyMerge, error) {
	return PartyMerges.list(tx, "WHERE party_id = $1 OR into_id = $1 ORDER BY id DESC LIMIT 50", id)
}

// SimilarParties lists parties with the same code, ID number or name, however the name is typed: perhaps the same party entered twice. One
// that is merged has no others.
func (tx *Tx) SimilarParties(x *registry.Party) ([]registry.Party, error) {
	if x.MergedInto != 0 || x.IsVoid() {
		return nil, nil
	}
	q := newQuery(`WHERE id <> ? AND merged_into IS NULL AND voided = '' AND ((name_key <> '' AND name_key = ?) OR (credit_code <> '' AND credit_code = ?)
		OR (id_number <> '' AND id_number = ?))`, x.ID, registry.NameKey(x.Name), x.CreditCode, x.IDNumber)
	q.ownParties(tx, "parties")
	q.add(" ORDER BY id LIMIT 10")
	return Parties.list(tx, q.sql(), q.args...)
}
