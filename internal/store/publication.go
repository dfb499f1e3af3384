package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Publications stores published texts with the cases taken from them.
var Publications = &Table[registry.Publication, *registry.Publication]{Entity: "publication", Noun: "公开资料", name: "publications",
	id: func(x *registry.Publication) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Publication, c *columns) {
		c.col("name", &x.Name)
		c.col("medium", &x.Medium)
		c.col("page", &x.Page)
		c.col("url", &x.URL)
		c.date("published_on", &x.PublishedOn)
		c.col("sha256", &x.SHA256)
		c.col("size", &x.Size)
		c.col("imported_by", &x.By)
	},
	save: func(tx *Tx, x *registry.Publication) error {
		// Cases are found by the titles that they have in print: also one that is told no longer is indexed anew.
		was, err := tx.publicationCases("pc.publication_id = $1", x.ID)
		if err != nil {
			return err
		}
		for _, c := range append(was, x.Cases...) {
			tx.cases[c.CaseID] = true
		}
		if _, err := tx.exec("DELETE FROM publication_cases WHERE publication_id = $1", x.ID); err != nil {
			return err
		}
		for i, c := range x.Cases {
			if _, err := tx.exec("INSERT INTO publication_cases (publication_id, seq, case_id, title, cited, text_start, text_end) VALUES ($1, $2, $3, $4, $5, $6, $7)",
				x.ID, i+1, c.CaseID, c.Title, jsonValue{&c.Cited}, c.Start, c.End); err != nil {
				return fmt.Errorf("save case %d of publication: %w", i+1, err)
			}
		}
		return nil
	},
	load: func(tx *Tx, list []*registry.Publication) (err error) {
		for _, x := range list { // few: each tells several cases
			if x.Cases, err = tx.publicationCases("pc.publication_id = $1", x.ID); err != nil {
				return err
			}
		}
		return nil
	}}

func (tx *Tx) publicationCases(where string, args ...any) (list []registry.PublicationCase, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var c registry.PublicationCase
		err := rows.Scan(&c.CaseID, &c.Title, jsonValue{&c.Cited}, &c.Start, &c.End)
		list = append(list, c)
		return err
	}, "SELECT pc.case_id, pc.title, pc.cited, pc.text_start, pc.text_end FROM publication_cases pc JOIN publications p ON p.id = pc.publication_id WHERE "+where+" ORDER BY pc.publication_id, pc.seq", args...)
	return list, err
}

// publicationsOf lists, for each of some cases, the publications that tell it, oldest first, each with what it printed of this case alone.
func (tx *Tx) publicationsOf(ids []registry.CaseID) (map[registry.CaseID][]registry.Publication, error) {
	q := newQuery("SELECT publication_id, case_id, title, cited, text_start, text_end FROM publication_cases WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY publication_id, seq")
	type told struct {
		id registry.PublicationID
		registry.PublicationCase
	}
	var list []told
	var sources []registry.PublicationID
	if err := tx.each(func(rows *sql.Rows) error {
		var t told
		err := rows.Scan(&t.id, &t.CaseID, &t.Title, jsonValue{&t.Cited}, &t.Start, &t.End)
		list, sources = append(list, t), append(sources, t.id)
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, err
	}
	publications, err := byIDs(tx, Publications, sources)
	if err != nil {
		return nil, err
	}
	out := map[registry.CaseID][]registry.Publication{}
	for _, t := range list {
		p := publications[t.id]
		p.Cases = []registry.PublicationCase{t.PublicationCase}
		out[t.CaseID] = append(out[t.CaseID], p)
	}
	return out, nil
}

// CasesOfText lists the cases that were taken from the very same text before and count, oldest first.
func (tx *Tx) CasesOfText(sha256 string) ([]registry.PublicationCase, error) {
	return tx.publicationCases("p.sha256 = $1 AND EXISTS (SELECT 1 FROM cases c WHERE c.id = pc.case_id AND c.voided = '')", sha256)
}

// PublicationRow is a publication as the list shows it.
type PublicationRow struct {
	registry.Publication
	Count int // cases
}

// RecentPublications lists the last imports.
func (tx *Tx) RecentPublications(limit int) ([]PublicationRow, error) {
	list, err := Publications.list(tx, "ORDER BY id DESC LIMIT $1", limit)
	if err != nil {
		return nil, err
	}
	rows := make([]PublicationRow, len(list))
	for i, p := range list {
		rows[i].Publication = p
		if err := tx.one([]any{&rows[i].Count}, "SELECT COUNT(*) FROM publication_cases WHERE publication_id = $1", p.ID); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// CasesOfParty lists cases of a district whose party has this name, published or registered and however typed, newest first, at most 50.
func (tx *Tx) CasesOfParty(district, name string) (ids []registry.CaseID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT x.id FROM case_parties cp JOIN cases x ON x.id = cp.case_id
		WHERE cp.party_id IN (SELECT id FROM parties WHERE public_key = $1 AND public_key <> '' UNION SELECT id FROM parties WHERE name_key = $1 AND name_key <> '') AND x.district_code = $2 AND x.voided = ''
		ORDER BY x.id DESC LIMIT 50`, registry.NameKey(name), district)
	return ids, err
}
