package store

import (
	"database/sql"
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// PartyMerges stores 当事人合并.
var PartyMerges = &Table[registry.PartyMerge, *registry.PartyMerge]{Entity: "party_merge", Noun: "当事人合并", name: "party_merges",
	id: func(x *registry.PartyMerge) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.PartyMerge, c *columns) {
		c.col("party_id", &x.PartyID)
		c.col("into_id", &x.IntoID)
		c.merging(&x.Merging)
	}}

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

// PartyNames reads what tells parties apart, of all that are not merged, in the order of ids.
func (tx *Tx) PartyNames(put func(registry.Party)) error {
	return tx.each(func(rows *sql.Rows) error {
		var p registry.Party
		if err := rows.Scan(&p.ID, &p.Origin, &p.Kind, &p.Name, &p.CreditCode, &p.IDKind, &p.IDNumber); err != nil {
			return err
		}
		put(p)
		return nil
	}, "SELECT id, origin, kind, name, credit_code, id_kind, id_number FROM parties WHERE merged_into IS NULL AND voided = '' ORDER BY id")
}

// RelatedCases lists up to limit other cases of the parties, of the farm, or on an inspection of a case, newest first. direct tells those
// that share a party.
func (tx *Tx) RelatedCases(c *registry.Case, limit int) (ids []registry.CaseID, direct map[registry.CaseID]bool, err error) {
	direct = map[registry.CaseID]bool{}
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var shared bool
		if err := rows.Scan(&id, &shared); err != nil {
			return err
		}
		ids, direct[id] = append(ids, id), shared
		return nil
	}, `SELECT r.case_id, MAX(r.shared) FROM (
			SELECT o.case_id, 1 AS shared FROM case_parties own JOIN case_parties o ON o.party_id = own.party_id WHERE own.case_id = $1
			UNION ALL SELECT id, 0 FROM cases WHERE farm_id = $2
			UNION ALL SELECT o.case_id, 0 FROM case_inspections own JOIN case_inspections o ON o.inspection_id = own.inspection_id WHERE own.case_id = $1
		) AS r JOIN cases rc ON rc.id = r.case_id AND rc.voided = '' WHERE r.case_id <> $1 GROUP BY r.case_id ORDER BY r.case_id DESC LIMIT $3`, int64(c.ID), int64(c.FarmID), limit)
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
		c.voided(&x.Voidable)
	},
	save: func(tx *Tx, x *registry.Party) error {
		changed, err := tx.indexParty(x)
		if err != nil || !changed || x.Version == 1 {
			return err
		}
		return tx.markCases("SELECT case_id FROM case_parties WHERE party_id = $1", int64(x.ID)) // which are found by its names
	}}

// indexParty gathers the names of a party, those it had before too. No code and no phone is among them.
func (tx *Tx) indexParty(x *registry.Party) (changed bool, err error) {
	former, err := tx.formerNames(x)
	if err != nil {
		return false, err
	}
	return tx.indexText("party", int64(x.ID), searchText(append([]string{x.Name, x.PublicName, x.LegalPerson}, former...)...))
}

// formerNames are the names that a party had before, the latest first, as its revisions keep them.
func (tx *Tx) formerNames(x *registry.Party) ([]string, error) {
	if x.Version == 1 {
		return nil, nil
	}
	revisions, err := tx.Revisions("party", int64(x.ID))
	if err != nil {
		return nil, err
	}
	return registry.FormerNames(x.Name, revisions), nil
}

// PartyRow is a party as a list shows it. A search also tells the names it had before, since it may be found by one.
type PartyRow struct {
	registry.Party
	FormerNames []string `json:"former_names,omitempty"`
}

// PartyFilter selects parties.
type PartyFilter struct {
	Q             string
	IncludeVoided bool // also those entered by mistake
}

// Parties lists parties with this code, or else those whose names hold every word of text; newest first. One that was merged into
// another is left out.
func (tx *Tx) Parties(f PartyFilter, p Page) (rows []PartyRow, next string, err error) {
	text := registry.CleanText(f.Q)
	if code := registry.NormalizeCode(text); code != "" {
		q := newQuery("SELECT x.id FROM parties x WHERE x.merged_into IS NULL AND (x.credit_code = ? OR x.id_number = ?)", code, code)
		q.andIf(!f.IncludeVoided, "x.voided = ''")
		if rows, next, err = tx.partyRows(q, p, "x.id", true); err != nil || len(rows) > 0 {
			return rows, next, err
		}
	}
	q := newQuery("SELECT x.id FROM parties x")
	id := q.search("party", text)
	q.add(" AND x.merged_into IS NULL")
	q.andIf(!f.IncludeVoided, "x.voided = ''")
	return tx.partyRows(q, p, id, text != "")
}

// partyRows reads one page of the parties that a query selects.
func (tx *Tx) partyRows(q *query, p Page, id string, former bool) (rows []PartyRow, next string, err error) {
	if err := keyset(q, p, true, id, ""); err != nil {
		return nil, "", err
	}
	var ids []registry.PartyID
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
		next = cursor(true, [2]string{"", fmt.Sprint(int64(ids[p.Limit-1]))})
	}
	parties, err := byIDs(tx, Parties, ids)
	if err != nil {
		return nil, "", err
	}
	for _, id := range ids {
		row := PartyRow{Party: parties[id]}
		if former {
			if row.FormerNames, err = tx.formerNames(&row.Party); err != nil {
				return nil, "", err
			}
		}
		rows = append(rows, row)
	}
	return rows, next, nil
}

// MergesOfParty lists the merges that a party was part of, newest first.
func (tx *Tx) MergesOfParty(id registry.PartyID) ([]registry.PartyMerge, error) {
	return PartyMerges.list(tx, "WHERE party_id = $1 OR into_id = $1 ORDER BY id DESC LIMIT 50", id)
}

// SimilarParties lists parties with the same code, ID number or name, also with its brackets in the other width: perhaps the same party
// entered twice. One that is merged has no others.
func (tx *Tx) SimilarParties(x *registry.Party) ([]registry.Party, error) {
	if x.MergedInto != 0 || x.IsVoid() {
		return nil, nil
	}
	half := registry.HalfWidth(x.Name)
	full := strings.NewReplacer("(", "（", ")", "）").Replace(half)
	return Parties.list(tx, `WHERE id <> $1 AND merged_into IS NULL AND voided = '' AND (name IN ($2, $5, $6) OR (credit_code <> '' AND credit_code = $3)
		OR (id_number <> '' AND id_number = $4)) ORDER BY id LIMIT 10`, x.ID, x.Name, x.CreditCode, x.IDNumber, half, full)
}
