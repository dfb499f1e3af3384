package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"casebook/internal/registry"
)

// This file holds what differs between SQLite and another engine: errors and their meaning, and full-text search. The rest of
// the package uses SQL that both speak ($1, RETURNING, ON CONFLICT, row values).

// translate turns a constraint the database refused into a domain error; other errors pass through.
func translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		m := uniqueColumn.FindStringSubmatch(e.Error())
		if m == nil {
			return fmt.Errorf("unique constraint: %w", err)
		}
		field, message := uniqueMessage(m[1])
		return &registry.Error{Kind: registry.KindConflict, Message: message, Fields: []registry.FieldError{{Field: field, Message: message}}}
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return &registry.Error{Kind: registry.KindConflict, Message: "引用的记录不存在，或仍被其他记录引用。请刷新页面后重试。"}
	}
	return err
}

var uniqueColumn = regexp.MustCompile(`UNIQUE constraint failed: (?:index ')?([\w.]+)`)

// uniqueMessage says which field of a form is taken.
func uniqueMessage(column string) (field, message string) {
	switch column {
	case "cases.number_key":
		return "number", "这个案件编号已被另一个案件使用"
	case "documents.number_key":
		return "number", "这个文号已被另一份文书使用；同一文号只能登记一次"
	case "users.username":
		return "username", "这个用户名已有人使用"
	case "organs.name":
		return "name", "已有同名机构"
	case "document_kinds.name":
		return "name", "已有同名的文书种类"
	case "officers.cert_no":
		return "cert_no", "这个执法证号已登记"
	}
	_, field, _ = strings.Cut(column, ".")
	return field, "与已有记录重复"
}

func versionAtLeast(have, want string) bool {
	h, w := strings.Split(have, "."), strings.Split(want, ".")
	for i := range w {
		if i >= len(h) {
			return false
		}
		a, _ := strconv.Atoi(h[i])
		b, _ := strconv.Atoi(w[i])
		if a != b {
			return a > b
		}
	}
	return true
}

// searchTables names the full-text table of each searchable noun. The rowid is the noun's id.
var searchTables = map[string]string{"case": "search_cases", "farm": "search_farms", "inspection": "search_inspections", "party": "search_parties"}

// indexDoc replaces what search knows of one record and says whether that was something else.
func (tx *Tx) indexDoc(entity string, id int64, d *searchDoc) (changed bool, err error) {
	table := searchTables[entity]
	known := false
	if !tx.made.fresh(entity, id) {
		var text, codes, guarded string
		err = tx.one([]any{searchText{&text}, &codes, &guarded}, "SELECT text, codes, guarded FROM search_texts WHERE entity = $1 AND entity_id = $2", entity, id)
		known = err == nil
		switch {
		case err != nil && !noRows(err):
			return false, err
		case known && text == d.text.String() && codes == d.codes && guarded == d.guarded:
			return false, nil
		}
	}
	tx.terms = append(tx.terms, terms{table, id, known, strings.Join(d.terms, " ")})
	kept := d.text.String()
	_, err = tx.exec(`INSERT INTO search_texts (entity, entity_id, text, codes, guarded) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (entity, entity_id) DO UPDATE SET text = excluded.text, codes = excluded.codes, guarded = excluded.guarded`, entity, id, searchText{&kept}, d.codes, d.guarded)
	return true, err
}

// terms are what the full-text table of a noun will hold of one record; known tells that it holds something of it already.
type terms struct {
	table string
	id    int64
	known bool
	text  string
}

// writeTerms writes the terms of a whole group, just before its commit and each record once: every savepoint and every statement that can be
// taken back would have FTS5 write a segment of what it was given until then, and merge it with others later.
func (tx *Tx) writeTerms(list []terms) error {
	at := map[rowKey]int{}
	var last []terms
	for _, t := range list {
		key := rowKey{t.table, t.id}
		if i, again := at[key]; again {
			last[i].text = t.text
			continue
		}
		at[key] = len(last)
		last = append(last, t)
	}
	slices.SortFunc(last, func(a, b terms) int { return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.id, b.id)) })
	for _, t := range last {
		if t.known {
			if _, err := tx.exec("DELETE FROM "+t.table+" WHERE rowid = $1", t.id); err != nil {
				return err
			}
		}
		if _, err := tx.exec("INSERT INTO "+t.table+" (rowid, pairs) VALUES ($1, $2)", t.id, t.text); err != nil {
			return err
		}
	}
	return nil
}

// matching joins a noun's rows x to those whose index holds what an expression says, and opens the WHERE clause. The index finds candidates;
// conditions on the kept text st make the answer exact, where the index is not already. Newest first by id, so that the scan stops when the page is full. The + keeps the planner
// from carrying the bound of an export's batch over to st: it would read all texts behind it, for every batch.
func (q *query) matching(entity, expression string, exact bool) (id string) {
	table := searchTables[entity]
	texts := fmt.Sprintf(" JOIN search_texts st ON st.entity = '%s' AND st.entity_id = +x.id", entity)
	if exact { // the index tells all
		texts = ""
	}
	q.add(fmt.Sprintf(" JOIN %[1]s ON %[1]s.rowid = x.id%[2]s WHERE %[1]s MATCH ?", table, texts), expression)
	return table + ".rowid"
}

// foundBy tells for records of one noun why a search finds them, where that takes a word.
func (tx *Tx) foundBy(entity string, ids []int64, text string, a Asking) (map[int64][]Find, error) {
	words := a.terms(text)
	if len(words) == 0 || len(ids) == 0 {
		return nil, nil
	}
	m := map[int64][]Find{}
	q := newQuery("SELECT entity_id, text, codes, guarded FROM search_texts WHERE entity = ? AND entity_id IN ", entity)
	q.add(in(q, ids))
	err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var text, codes, guarded string
		err := rows.Scan(&id, searchText{&text}, &codes, &guarded)
		m[id] = finds(words, text, guarded, codes)
		return err
	}, q.sql(), q.args...)
	return m, err
}
