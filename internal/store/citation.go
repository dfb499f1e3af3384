package store

import (
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

func (tx *Tx) saveCitations(owner string, id int64, caseID registry.CaseID, list []registry.Citation) error {
	if !tx.made.has(owner, id) {
		if err := tx.DropCitations(owner, id); err != nil {
			return err
		}
	}
	seq := 0
	for batch := range slices.Chunk(list, citationBatch) {
		args := make([]any, 0, citationBatch*19)
		for _, c := range batch {
			seq++
			args = append(args, owner, id, seq, caseID, c.Role, c.Standing, c.Law, c.LawID, c.VersionID, c.Article, c.Sub, c.Paragraph, c.Item, c.Subitem, c.Holding, c.TextHash, c.Text, c.Reason, c.Note)
		}
		if _, err := tx.exec(insertCitations[len(batch)-1], args...); err != nil {
			return fmt.Errorf("save the citations of %s %d: %w", owner, id, err)
		}
	}
	return nil
}

// citationBatch is how many citations one statement writes: most violations and documents have fewer, and each number of them is a statement
// that is kept.
const citationBatch = 8

// insertCitations are the statements for one citation, for two, ...
var insertCitations = func() (list [citationBatch]string) {
	for n := range list {
		list[n] = insertRows("citations", n+1, "owner", "owner_id", "seq", "case_id", "role", "standing", "law", "law_id", "version_id", "article", "sub", "paragraph", "item", "subitem", "holding",
			"text_hash", "text", "reason", "note")
	}
	return list
}()

// citations reads the citations of one kind of owner by owner.
func (tx *Tx) citations(owner, where string, args ...any) (map[int64][]registry.Citation, error) {
	byOwner := map[int64][]registry.Citation{}
	var id int64
	var c registry.Citation
	err := tx.eachRow([]string{"owner_id", "role", "standing", "law", "law_id", "version_id", "article", "sub", "paragraph", "item", "subitem", "holding", "text_hash", "text", "reason", "note"},
		[]any{&id, &c.Role, &c.Standing, &c.Law, &c.LawID, &c.VersionID, &c.Article, &c.Sub, &c.Paragraph, &c.Item, &c.Subitem, &c.Holding, &c.TextHash, &c.Text, &c.Reason, &c.Note},
		func() {}, func() { byOwner[id] = append(byOwner[id], c) }, func() { clear(byOwner) },
		"FROM citations WHERE owner = '"+owner+"' AND "+where+" ORDER BY owner_id, seq", args...)
	return byOwner, err
}

// KeepText keeps the text a citation points at, under its hash. Texts are never changed: a second keeping does nothing.
func (tx *Tx) KeepText(hash, law, versionName, provision, text, at string) error {
	_, err := tx.exec("INSERT INTO statute_texts (hash, law, version_name, provision, text, kept_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING",
		hash, law, versionName, provision, text, at)
	return err
}

// KeptTexts reads the kept texts of some hashes, by hash. A text that is cited was kept: one that is not there is an error.
func (tx *Tx) KeptTexts(hashes []string) (map[string]string, error) {
	texts := map[string]string{}
	for batch := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(hashes))), keptTextBatch) {
		q := newQuery("SELECT hash, text FROM statute_texts WHERE hash IN (")
		for i, h := range batch {
			if i > 0 {
				q.add(", ")
			}
			q.add("?", h)
		}
		q.add(")")
		if err := tx.each(func(rows *sql.Rows) error {
			var hash, text string
			err := rows.Scan(&hash, &text)
			texts[hash] = text
			return err
		}, q.sql(), q.args...); err != nil {
			return nil, err
		}
		for _, h := range batch {
			if _, ok := texts[h]; !ok {
				return nil, registry.NotFound("法条文本", h)
			}
		}
	}
	return texts, nil
}

// keptTextBatch bounds the parameters of one statement.
const keptTextBatch = 200

// DropCitations removes the citations of a violation or document that is being deleted.
func (tx *Tx) DropCitations(owner string, id int64) error {
	_, err := tx.exec("DELETE FROM citations WHERE owner = $1 AND owner_id = $2", owner, id)
	return err
}
