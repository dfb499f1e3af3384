package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// LawText is one imported law text as it is kept.
type LawText struct {
	ID     int64
	SHA256 string // of the body, in hex
	statute.StoredText
}

// LawCheck is one 核对 mark as it is kept, or the withdrawal of one.
type LawCheck struct {
	ID     int64
	Reason string // of a withdrawal
	At     time.Time
	statute.Check
}

// LawGeneration changes whenever a law text or a mark is added: both tables only grow.
type LawGeneration struct{ Texts, Checks int64 }

// LawGeneration reads where both tables stand.
func (tx *Tx) LawGeneration() (g LawGeneration, err error) {
	err = tx.one([]any{&g.Texts, &g.Checks}, "SELECT COALESCE((SELECT MAX(id) FROM law_texts), 0), COALESCE((SELECT MAX(id) FROM law_checks), 0)")
	return g, err
}

// AddLawText keeps a text as the next revision of its version, counted from 1 under the write lock.
func (tx *Tx) AddLawText(x *LawText) error {
	if err := tx.one([]any{&x.Revision}, "SELECT COALESCE(MAX(revision), 0) + 1 FROM law_texts WHERE law_id = $1 AND version_id = $2", x.LawID, x.VersionID); err != nil {
		return fmt.Errorf("count revisions: %w", err)
	}
	x.SHA256 = bodySum(x.Body)
	err := tx.one([]any{&x.ID}, `INSERT INTO law_texts (law_id, version_id, revision, body, sha256, source, note, imported_at, imported_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`, x.LawID, x.VersionID, x.Revision, x.Body, x.SHA256, x.Source, x.Note, instantText(x.At), x.By)
	if err != nil {
		return fmt.Errorf("keep law text: %w", err)
	}
	return nil
}

// LawTexts lists every imported text, oldest first.
func (tx *Tx) LawTexts() (list []LawText, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x LawText
		err := rows.Scan(&x.ID, &x.LawID, &x.VersionID, &x.Revision, &x.Body, &x.SHA256, &x.Source, &x.Note, instant{&x.At}, &x.By)
		list = append(list, x)
		return err
	}, "SELECT id, law_id, version_id, revision, body, sha256, source, note, imported_at, imported_by FROM law_texts ORDER BY id")
	return list, err
}

// AddLawCheck keeps a mark.
func (tx *Tx) AddLawCheck(x *LawCheck) error {
	err := tx.one([]any{&x.ID}, `INSERT INTO law_checks (law_id, version_id, text_hash, source, checked_on, reason, withdrawn, marked_at, marked_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`, x.LawID, x.VersionID, x.Hash, x.Source, x.On.String(), x.Reason, x.Withdrawn, instantText(x.At), x.By)
	if err != nil {
		return fmt.Errorf("keep law check: %w", err)
	}
	return nil
}

// LawChecks lists every mark, oldest first.
func (tx *Tx) LawChecks() (list []LawCheck, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x LawCheck
		var on string
		if err := rows.Scan(&x.ID, &x.LawID, &x.VersionID, &x.Hash, &x.Source, &on, &x.Reason, &x.Withdrawn, instant{&x.At}, &x.By); err != nil {
			return err
		}
		var err error
		x.On, err = registry.ParseDate(on)
		list = append(list, x)
		return err
	}, "SELECT id, law_id, version_id, text_hash, source, checked_on, reason, withdrawn, marked_at, marked_by FROM law_checks ORDER BY id")
	return list, err
}

func bodySum(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// verifyLawTexts re-hashes the imported texts.
func (tx *Tx) verifyLawTexts(r *VerifyReport, bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var law, version, body, sum string
		var revision int
		if err := rows.Scan(&law, &version, &revision, &body, &sum); err != nil {
			return err
		}
		r.LawTexts++
		if bodySum(body) != sum {
			bad("录入的法规文本 %s/%s 第 %d 次录入的内容与其摘要不符", law, version, revision)
		}
		return nil
	}, "SELECT law_id, version_id, revision, body, sha256 FROM law_texts ORDER BY id")
}
