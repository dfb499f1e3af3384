package store

import (
	"database/sql"
	"fmt"
	"math"
	"slices"

	"casebook/internal/registry"
)

// Thousands of citations name the same provision. It stands once, in provisions, under a number; a citation is where it stands, what it is there
// for, and this number. What no citation names any more stays: the catalogue offers it to the next.

func (tx *Tx) saveCitations(owner string, id int64, caseID registry.CaseID, list []registry.Citation) error {
	if !tx.made.has(owner, id) {
		if err := tx.DropCitations(owner, id, caseID); err != nil {
			return err
		}
	}
	seq := 0
	for batch := range slices.Chunk(list, citationBatch) {
		args := make([]any, 0, citationBatch*10)
		for _, c := range batch {
			seq++
			provision, err := tx.provision(&c)
			if err != nil {
				return fmt.Errorf("number the provisions cited by %s %d: %w", owner, id, err)
			}
			args = append(args, owner, id, seq, caseID, provision, c.Role, c.Standing, c.Text, c.Reason, c.Note)
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
		list[n] = insertRows("citations", n+1, "owner", "owner_id", "seq", "case_id", "provision_id", "role", "standing", "text", "reason", "note")
	}
	return list
}()

// cited is what a transaction found or kept for citations before: of thousands few name another provision.
type cited struct {
	provisions map[registry.Citation]int64 // by what names a provision
	texts      map[string]bool             // by their hashes

	many bool                         // citations are read by the thousands: what their provisions say is read once
	said map[int64]*registry.Citation // by their numbers, the fields that name a provision
}

// provision is the number of the provision that a citation names.
func (tx *Tx) provision(c *registry.Citation) (id int64, err error) {
	key := registry.Citation{TextHash: c.TextHash, Law: c.Law, LawID: c.LawID, VersionID: c.VersionID, Provision: c.Provision, Holding: c.Holding}
	if id, ok := tx.cited.provisions[key]; ok {
		return id, nil
	}
	defer func() {
		if err == nil {
			if tx.cited.provisions == nil {
				tx.cited.provisions = map[registry.Citation]int64{}
			}
			tx.cited.provisions[key] = id
		}
	}()
	names := []any{c.TextHash, c.Law, c.LawID, c.VersionID, c.Article, c.Sub, c.Paragraph, c.Item, c.Subitem, c.Holding}
	err = tx.one([]any{&id}, `SELECT id FROM provisions WHERE text_hash = $1 AND law = $2 AND law_id = $3 AND version_id = $4 AND article = $5 AND sub = $6 AND paragraph = $7
		AND item = $8 AND subitem = $9 AND holding = $10`, names...)
	if noRows(err) {
		id, err = tx.insert(insertProvision, names...)
	}
	return id, err
}

var insertProvision = insertRows("provisions", 1, "text_hash", "law", "law_id", "version_id", "article", "sub", "paragraph", "item", "subitem", "holding")

// citing is what cites: a violation or a document, and the case that the citation is kept under.
type citing struct {
	caseID registry.CaseID
	id     int64
}

// citations reads the citations c of one kind of owner by owner.
func (tx *Tx) citations(owner, where string, args ...any) (map[citing][]registry.Citation, error) {
	if tx.cited.many {
		return tx.manyCitations(owner, where, args...)
	}
	byOwner := map[citing][]registry.Citation{}
	var by citing
	var c registry.Citation
	err := tx.eachRow([]string{"c.case_id", "c.owner_id", "c.role", "c.standing", "p.law", "p.law_id", "p.version_id", "p.article", "p.sub", "p.paragraph", "p.item", "p.subitem", "p.holding", "p.text_hash", "c.text", "c.reason", "c.note"},
		[]any{&by.caseID, &by.id, &c.Role, &c.Standing, &c.Law, &c.LawID, &c.VersionID, &c.Article, &c.Sub, &c.Paragraph, &c.Item, &c.Subitem, &c.Holding, &c.TextHash, &c.Text, &c.Reason, &c.Note},
		func() {}, func() { byOwner[by] = append(byOwner[by], c) }, func() { clear(byOwner) },
		"FROM citations c JOIN provisions p ON p.id = c.provision_id WHERE c.owner = '"+owner+"' AND "+where+citationOrder, args...)
	return byOwner, err
}

// citationOrder is that of the table, whose rows are then not sorted; what matters is that of each owner.
const citationOrder = " ORDER BY c.case_id, c.owner_id, c.seq"

// provisions reads all, by their numbers, with the fields that name one: as many as the catalogue has that were ever cited.
func (tx *Tx) provisions() (said map[int64]*registry.Citation, err error) {
	said = map[int64]*registry.Citation{}
	var id int64
	var p registry.Citation
	err = tx.eachRow([]string{"id", "law", "law_id", "version_id", "article", "sub", "paragraph", "item", "subitem", "holding", "text_hash"},
		[]any{&id, &p.Law, &p.LawID, &p.VersionID, &p.Article, &p.Sub, &p.Paragraph, &p.Item, &p.Subitem, &p.Holding, &p.TextHash},
		func() {}, func() { x := p; said[id] = &x }, func() { clear(said) }, "FROM provisions")
	return said, err
}

// foreseeProvisions reads them for what will be cited.
func (tx *Tx) foreseeProvisions() error {
	said, err := tx.provisions()
	if err != nil {
		return err
	}
	tx.cited.provisions = map[registry.Citation]int64{}
	for id, p := range said {
		tx.cited.provisions[*p] = id
	}
	return nil
}

// manyCitations is citations where many follow: joined with each citation, provisions took most of the time.
func (tx *Tx) manyCitations(owner, where string, args ...any) (map[citing][]registry.Citation, error) {
	if tx.cited.said == nil {
		said, err := tx.provisions()
		if err != nil {
			return nil, err
		}
		tx.cited.said = said
	}
	byOwner := map[citing][]registry.Citation{}
	var by citing
	var provision int64
	var c registry.Citation
	err := tx.eachRow([]string{"c.case_id", "c.owner_id", "c.provision_id", "c.role", "c.standing", "c.text", "c.reason", "c.note"},
		[]any{&by.caseID, &by.id, &provision, &c.Role, &c.Standing, &c.Text, &c.Reason, &c.Note}, func() {}, func() {
			if p := tx.cited.said[provision]; p != nil {
				c.Law, c.LawID, c.VersionID, c.Provision, c.Holding, c.TextHash = p.Law, p.LawID, p.VersionID, p.Provision, p.Holding, p.TextHash
				byOwner[by] = append(byOwner[by], c)
			}
		}, func() { clear(byOwner) }, "FROM citations c WHERE c.owner = '"+owner+"' AND "+where+citationOrder, args...)
	return byOwner, err
}

// loadCitations fills in the citations of several violations or documents with one query.
func loadCitations[T any](tx *Tx, owner string, list []T, of func(T) (by citing, cited *[]registry.Citation)) error {
	cases, first, last := make([]registry.CaseID, len(list)), int64(math.MaxInt64), int64(math.MinInt64)
	for i, x := range list {
		by, _ := of(x)
		cases[i], first, last = by.caseID, min(first, by.id), max(last, by.id)
	}
	q := newQuery("c.case_id IN ")
	q.add(in(q, slices.Compact(cases))) // those of a case lie beside each other
	q.add(" AND c.owner_id >= ? AND c.owner_id <= ?", first, last)
	found, err := tx.citations(owner, q.sql(), q.args...)
	for _, x := range list {
		by, cited := of(x)
		*cited = found[by]
	}
	return err
}

// KeepText keeps the text a citation points at, under its hash. Texts are never changed: a second keeping does nothing.
func (tx *Tx) KeepText(hash, law, versionName, provision, text, at string) error {
	if tx.cited.texts[hash] {
		return nil
	}
	_, err := tx.exec("INSERT INTO statute_texts (hash, law, version_name, provision, text, kept_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING",
		hash, law, versionName, provision, text, at)
	if err == nil {
		if tx.cited.texts == nil {
			tx.cited.texts = map[string]bool{}
		}
		tx.cited.texts[hash] = true
	}
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
func (tx *Tx) DropCitations(owner string, id int64, caseID registry.CaseID) error {
	_, err := tx.exec("DELETE FROM citations WHERE case_id = $1 AND owner = $2 AND owner_id = $3", caseID, owner, id)
	return err
}

// DropCitationsOf is DropCitations for all that was on some cases.
func (tx *Tx) DropCitationsOf(ids []registry.CaseID) error {
	for few := range slices.Chunk(ids, fewIDs) {
		q := newQuery("DELETE FROM citations WHERE case_id IN ")
		q.add(in(q, few))
		if _, err := tx.exec(q.sql(), q.args...); err != nil {
			return err
		}
	}
	return nil
}
