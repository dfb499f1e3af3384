package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Bulletins lists bulletins of a state (empty: all) with the published copies, newest first.
func (tx *Tx) Bulletins(state string, p Page) (rows []registry.Bulletin, next string, err error) {
	if rows, _, next, err = tx.BulletinRows(state, p); err != nil {
		return nil, "", err
	}
	return rows, next, Bulletins.loadAll(tx, rows)
}

// BulletinRows is the list without the published copies; cases tells how many each bulletin has.
func (tx *Tx) BulletinRows(state string, p Page) (rows []registry.Bulletin, cases map[registry.BulletinID]int, next string, err error) {
	q := newQuery("WHERE 1 = 1")
	q.andIf(state != "", "state = ?", state)
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, nil, "", err
	}
	if rows, err = Bulletins.list(tx, q.sql(), q.args...); err != nil {
		return nil, nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	ids := make([]registry.BulletinID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	cases = map[registry.BulletinID]int{}
	count := newQuery("SELECT bulletin_id, COUNT(*) FROM bulletin_cases WHERE bulletin_id IN ")
	count.add(in(count, ids) + " GROUP BY bulletin_id")
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.BulletinID
		var n int
		err := rows.Scan(&id, &n)
		cases[id] = n
		return err
	}, count.sql(), count.args...)
	return rows, cases, next, err
}

// Bulletins stores 通报 with the published copies of their cases.
var Bulletins = &Table[registry.Bulletin, *registry.Bulletin]{Entity: "bulletin", Noun: "通报", name: "bulletins",
	id: func(x *registry.Bulletin) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Bulletin, c *columns) {
		c.col("origin", &x.Origin)
		c.col("title", &x.Title)
		c.col("lead", &x.Lead)
		c.col("issuer", &x.Issuer)
		c.col("byline", &x.Byline)
		c.col("number", &x.Number)
		c.col("addressed_to", &x.AddressedTo)
		c.col("copied_to", &x.CopiedTo)
		c.date("dated", &x.Dated)
		ref(c, "campaign_id", &x.CampaignID)
		c.col("state", &x.State)
		ref(c, "author_id", &x.AuthorID)
		ref(c, "approver_id", &x.ApproverID)
		c.maybeTime("approved_at", &x.ApprovedAt)
		c.col("withdraw_reason", &x.WithdrawReason)
		c.col("return_reason", &x.ReturnReason)
		c.col("design", &x.Design)
		ref(c, "corrects_id", &x.CorrectsID)
		c.col("correction_note", &x.CorrectionNote)
		c.list("writers", &x.Writers)
		c.list("opinions", &x.Opinions)
		c.list("answers", &x.Answers)
		c.list("papers", &x.Papers)
		c.list("releases", &x.Releases)
		c.maybeTime("published_at", &x.PublishedAt)
		if x.PublishedAt == nil {
			x.Slug = "" // also of a copy of one that has an address
		} else if x.Slug == "" {
			x.Slug = newSlug()
		}
		c.col("slug", &x.Slug)
		c.list("facets", &x.Facets)
		c.maybeTime("withdrawn_at", &x.WithdrawnAt)
		ref(c, "withdrawer_id", &x.WithdrawerID)
		c.list("sections", &x.Sections)
		c.list("pictures", &x.Pictures)
	},
	save: func(tx *Tx, x *registry.Bulletin) error {
		if _, err := tx.exec("DELETE FROM bulletin_cases WHERE bulletin_id = $1", x.ID); err != nil {
			return err
		}
		for i := range x.Cases {
			b := &x.Cases[i]
			if _, err := tx.exec("INSERT INTO bulletin_cases (bulletin_id, seq, case_id, title, facts, handling, meaning, show_path, path, quotes, drafted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
				x.ID, i+1, b.CaseID, b.Title, b.Facts, b.Handling, b.Meaning, b.ShowPath, jsonValue{&b.Path}, jsonValue{&b.Quotes}, jsonValue{&b.Drafted}); err != nil {
				return fmt.Errorf("save case %d of bulletin: %w", i+1, err)
			}
		}
		if err := tx.touchTold(x); err != nil {
			return err
		}
		return tx.keepPublic(x)
	},
	load: func(tx *Tx, list []*registry.Bulletin) error {
		byID := map[registry.BulletinID]*registry.Bulletin{}
		ids := make([]registry.BulletinID, len(list))
		for i, x := range list {
			byID[x.ID], ids[i] = x, x.ID
		}
		q := newQuery("SELECT bulletin_id, case_id, title, facts, handling, meaning, show_path, path, quotes, drafted FROM bulletin_cases WHERE bulletin_id IN ")
		q.add(in(q, ids) + " ORDER BY bulletin_id, seq")
		return tx.each(func(rows *sql.Rows) error {
			var id registry.BulletinID
			var b registry.BulletinCase
			if err := rows.Scan(&id, &b.CaseID, &b.Title, &b.Facts, &b.Handling, &b.Meaning, &b.ShowPath, jsonValue{&b.Path}, jsonValue{&b.Quotes}, jsonValue{&b.Drafted}); err != nil {
				return err
			}
			byID[id].Cases = append(byID[id].Cases, b)
			return nil
		}, q.sql(), q.args...)
	}}

// BulletinsOfCase lists the bulletins that a case appears in, without the published copies.
func (tx *Tx) BulletinsOfCase(id registry.CaseID) ([]registry.Bulletin, error) {
	return Bulletins.list(tx, "WHERE id IN (SELECT bulletin_id FROM bulletin_cases WHERE case_id = $1) ORDER BY id", id)
}

// PublicBulletins lists what the public site shows, with the published copies, the latest first; next is empty where nothing follows.
func (tx *Tx) PublicBulletins(p Page) (rows []registry.Bulletin, next string, err error) {
	q := newQuery("WHERE published_at IS NOT NULL")
	q.andIf(true, "state = ?", string(registry.BulletinApproved))
	if err := keyset(q, p, false, "id", "published_at"); err != nil {
		return nil, "", err
	}
	if rows, err = Bulletins.list(tx, q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		last := &rows[p.Limit-1]
		next = cursor(false, [2]string{instantText(*last.PublishedAt), fmt.Sprint(int64(last.ID))})
	}
	return rows, next, Bulletins.loadAll(tx, rows)
}

// CorrectionsOf lists the bulletins that put one right, without the published copies.
func (tx *Tx) CorrectionsOf(id registry.BulletinID) ([]registry.Bulletin, error) {
	return Bulletins.list(tx, "WHERE corrects_id = $1 ORDER BY id", id)
}
