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
		c.col("url", &x.URL)
		c.date("published_on", &x.PublishedOn)
		c.col("sha256", &x.SHA256)
		c.col("size", &x.Size)
		c.col("imported_by", &x.By)
	},
	save: func(tx *Tx, x *registry.Publication) error {
		if _, err := tx.exec("DELETE FROM publication_cases WHERE publication_id = $1", x.ID); err != nil {
			return err
		}
		for i, c := range x.Cases {
			if _, err := tx.exec("INSERT INTO publication_cases (publication_id, seq, case_id, text_start, text_end) VALUES ($1, $2, $3, $4, $5)", x.ID, i+1, c.CaseID, c.Start, c.End); err != nil {
				return fmt.Errorf("save case %d of publication: %w", i+1, err)
			}
		}
		return nil
	},
	load: func(tx *Tx, x *registry.Publication) (err error) {
		x.Cases, err = tx.publicationCases("pc.publication_id = $1", x.ID)
		return err
	}}

func (tx *Tx) publicationCases(where string, args ...any) (list []registry.PublicationCase, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var c registry.PublicationCase
		err := rows.Scan(&c.CaseID, &c.Start, &c.End)
		list = append(list, c)
		return err
	}, "SELECT pc.case_id, pc.text_start, pc.text_end FROM publication_cases pc JOIN publications p ON p.id = pc.publication_id WHERE "+where+" ORDER BY pc.publication_id, pc.seq", args...)
	return list, err
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

// CasesOfParty lists cases of a district whose party has this name, published or registered, newest first, at most 50.
func (tx *Tx) CasesOfParty(district, name string) (ids []registry.CaseID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT x.id FROM case_parties cp JOIN cases x ON x.id = cp.case_id
		WHERE cp.party_id IN (SELECT id FROM parties WHERE public_name = $1 AND public_name <> '' UNION SELECT id FROM parties WHERE name = $1) AND x.district_code = $2 AND x.voided = ''
		ORDER BY x.id DESC LIMIT 50`, name, district)
	return ids, err
}
