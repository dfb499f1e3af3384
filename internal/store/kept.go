package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// What an administrator keeps for everybody: the calendar and further kinds of document.

// CalendarNotice is one import of a year's notice as it is kept.
type CalendarNotice struct {
	ID       int64
	Year     int
	Revision int
	Text     string // as pasted
	SHA256   string // of the text, in hex
	Days     []statute.CalendarDay
	Source   string
	At       time.Time
	By       string
}

// AddCalendarNotice keeps a notice as the next revision of its year.
func (tx *Tx) AddCalendarNotice(x *CalendarNotice) error {
	if err := tx.one([]any{&x.Revision}, "SELECT COALESCE(MAX(revision), 0) + 1 FROM calendar_notices WHERE year = $1", x.Year); err != nil {
		return fmt.Errorf("count revisions: %w", err)
	}
	x.SHA256 = bodySum(x.Text)
	days, err := json.Marshal(x.Days)
	if err != nil {
		return fmt.Errorf("encode days: %w", err)
	}
	err = tx.one([]any{&x.ID}, `INSERT INTO calendar_notices (year, revision, text, sha256, days, source, imported_at, imported_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`, x.Year, x.Revision, x.Text, x.SHA256, string(days), x.Source, instantText(x.At), x.By)
	if err != nil {
		return fmt.Errorf("keep calendar notice: %w", err)
	}
	return nil
}

// CalendarNotices lists every import, oldest first.
func (tx *Tx) CalendarNotices() (list []CalendarNotice, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x CalendarNotice
		var days string
		if err := rows.Scan(&x.ID, &x.Year, &x.Revision, &x.Text, &x.SHA256, &days, &x.Source, instant{&x.At}, &x.By); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(days), &x.Days); err != nil {
			return fmt.Errorf("days of calendar notice %d: %w", x.ID, err)
		}
		list = append(list, x)
		return nil
	}, "SELECT id, year, revision, text, sha256, days, source, imported_at, imported_by FROM calendar_notices ORDER BY id")
	return list, err
}

// DocumentKinds stores the kinds of document that were added to the program's.
var DocumentKinds = &Table[registry.KeptKind, *registry.KeptKind]{Entity: "document_kind", Noun: "文书种类", name: "document_kinds",
	id: func(x *registry.KeptKind) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.KeptKind, c *columns) {
		c.col("name", &x.Name)
		c.col("code", &x.Code)
		c.col("stage", &x.Stage)
		c.col("own", &x.Own)
		c.col("numbers", &x.Numbers)
		c.col("active", &x.Active)
		c.col("note", &x.Note)
	}}

// KeptGeneration changes whenever a notice or a kind is added or a kind or the bureau changes.
type KeptGeneration struct{ Notices, Kinds, KindVersions, Bureau int64 }

// KeptGeneration reads where the three tables stand.
func (tx *Tx) KeptGeneration() (g KeptGeneration, err error) {
	err = tx.one([]any{&g.Notices, &g.Kinds, &g.KindVersions, &g.Bureau}, `SELECT COALESCE((SELECT MAX(id) FROM calendar_notices), 0),
		COALESCE((SELECT MAX(id) FROM document_kinds), 0), COALESCE((SELECT SUM(version) FROM document_kinds), 0),
		COALESCE((SELECT version FROM bureau WHERE id = 1), 0)`)
	return g, err
}

// KeptKinds lists the added kinds, oldest first.
func (tx *Tx) KeptKinds() ([]registry.KeptKind, error) { return DocumentKinds.List(tx, "ORDER BY id") }

// stageKinds are the added kinds that move a case. They are read once a transaction, and only where a case is settled.
func (tx *Tx) stageKinds() ([]registry.DocumentKind, error) {
	if tx.kinds != nil {
		return tx.kinds, nil
	}
	list, err := DocumentKinds.List(tx, "WHERE stage <> '' ORDER BY id")
	tx.kinds = make([]registry.DocumentKind, len(list))
	for i, k := range list {
		tx.kinds[i] = k.DocumentKind
	}
	return tx.kinds, err
}

// verifyNotices re-hashes the kept notices.
func (tx *Tx) verifyNotices(bad func(string, ...any)) error {
	list, err := tx.CalendarNotices()
	for _, x := range list {
		if bodySum(x.Text) != x.SHA256 {
			bad("%d 年放假通知第 %d 次录入的内容与其摘要不符", x.Year, x.Revision)
		}
	}
	return err
}
