package store

import (
	"database/sql"
	"fmt"
	"time"

	"casebook/internal/registry"
)

// commonInAudit and commonActs are what fills the log: a list of one of them goes through the log, newest first, and has its page soon. What
// is rare has an index of its own, whose condition is written as here.
const commonActs = 2 // the numbers of the two words below are 1 and 2

var (
	commonEntities = registry.Terms{"case", "inspection", "document", "violation", "penalty", "payment", "sample", "evidence", "farm", "party"}
	commonActions  = registry.Terms{"新建", "修改"}
)

// everyAuditEntity are the nouns of the log, read off its index one after the other.
const everyAuditEntity = `(WITH RECURSIVE e (noun) AS (SELECT MIN(entity) FROM audit_log UNION ALL
	SELECT (SELECT MIN(m.entity) FROM audit_log m WHERE m.entity > e.noun) FROM e WHERE e.noun IS NOT NULL) SELECT noun FROM e WHERE noun IS NOT NULL)`

// wordID is the number of a word of the log; NULL, which equals none, where it was never written.
const wordID = "(SELECT w.id FROM audit_words w WHERE w.word = ?)"

// clockSlack is how far the times of entries may be out of the order of the chain: a request takes its time before its turn to write, and a clock is set right.
const clockSlack = 24 * time.Hour

// span narrows a filter of days to the part of the chain where its entries lie, by halving: the log is in the order of time but for clockSlack, and has no index of it,
// which every write would pay for. It returns the number before the first entry; where moves the keyset down to the last one.
func (tx *Tx) span(f *AuditFilter) (after int64, err error) {
	if f.From.IsZero() && f.Until.IsZero() {
		return 0, nil
	}
	head, _, err := tx.AuditHead()
	if err != nil {
		return 0, err
	}
	if !f.From.IsZero() {
		if after, err = tx.entriesBefore(f.From.Add(-clockSlack), head); err != nil {
			return 0, err
		}
	}
	if !f.Until.IsZero() {
		last, err := tx.entriesBefore(f.Until.Add(clockSlack), head)
		if err != nil {
			return 0, err
		}
		if f.Before == 0 || f.Before > last+1 {
			f.Before = last + 1
		}
	}
	return after, nil
}

// entriesBefore is the number of the last entry before an instant; 0 where there is none.
func (tx *Tx) entriesBefore(at time.Time, head int64) (int64, error) {
	low, high, ms := int64(0), head+1, at.UnixMilli() // low is before, high is not
	for low+1 < high {
		middle := low + (high-low)/2
		var seq, when int64
		err := tx.one([]any{&seq, &when}, "SELECT seq, at FROM audit_log WHERE seq >= $1 ORDER BY seq LIMIT 1", middle)
		switch {
		case noRows(err) || err == nil && (seq >= high || when >= ms): // a number is missing only where somebody took it away
			high = middle
		case err != nil:
			return 0, fmt.Errorf("find a day in the audit log: %w", err)
		default:
			low = seq
		}
	}
	return low, nil
}

// where has the condition that fewest entries fulfil lead; || ” and + 0 keep the planner from the index of another.
func (f AuditFilter) where(q *query, after int64) {
	rareEntity, rareAct := f.Entity != "" && !commonEntities.Has(f.Entity), f.Action != "" && !commonActions.Has(f.Action)
	led := f.EntityID != 0
	if led || rareEntity || rareAct || f.Actor != "" {
		q.add("a.seq + 0 > ?", after) // the order of the chain must not lead
	} else {
		q.add("a.seq > ?", after)
	}
	lead := func(given, rare bool, leading, following, value string) {
		switch {
		case !given:
		case rare && !led:
			led = true
			q.add(" AND "+leading, value)
		default:
			q.add(" AND "+following, value)
		}
	}
	switch {
	case f.EntityID != 0 && f.Entity != "":
		q.add(" AND a.entity = ? AND a.entity_id = ?", f.Entity, f.EntityID)
	case f.EntityID != 0:
		q.add(" AND a.entity_id = ? AND a.entity IN "+everyAuditEntity, f.EntityID)
	default:
		lead(f.Entity != "", rareEntity, "a.entity = ? AND "+noneOf("a.entity", commonEntities), "a.entity || '' = ?", f.Entity)
	}
	lead(f.Action != "", rareAct, "a.action = "+wordID+fmt.Sprintf(" AND a.action > %d", commonActs), "a.action + 0 = "+wordID, f.Action)
	lead(f.Actor != "", true, "a.actor = "+wordID, "a.actor + 0 = "+wordID, f.Actor)
	q.andIf(f.Before != 0, "a.seq < ?", f.Before)
	q.andIf(!f.From.IsZero(), "a.at >= ?", f.From.UnixMilli())
	q.andIf(!f.Until.IsZero(), "a.at < ?", f.Until.UnixMilli())
}

// numbered are the records that a number of theirs finds, in the order they are asked: however it is spelt, or as it was typed.
var numbered = []struct {
	entity, query string
	key           func(string) string
}{
	{"case", "SELECT id FROM cases WHERE number_key = $1 AND number_key <> '' AND voided = '' ORDER BY number_twin LIMIT 1", registry.DocNumberKey},
	{"document", "SELECT id FROM documents WHERE number_key = $1 AND number_key <> '' AND organ_name = '' ORDER BY number_twin LIMIT 1", registry.DocNumberKey},
	{"inspection", "SELECT id FROM inspections WHERE number = $1 AND number <> '' ORDER BY id LIMIT 1", registry.CleanText},
}

// RecordNumbered is the case, document or inspection that has a number; not found where none has.
func (tx *Tx) RecordNumbered(number string) (entity string, id int64, err error) {
	for _, n := range numbered {
		err := tx.one([]any{&id}, n.query, n.key(number))
		if err == nil {
			return n.entity, id, nil
		}
		if !noRows(err) {
			return "", 0, fmt.Errorf("find the %s of a number: %w", n.entity, err)
		}
	}
	return "", 0, registry.NotFound("记录", number)
}

// auditWords are what lists of the log can be narrowed to: the nouns and the acts that are in it, each read off its index one after the other.
const (
	auditNouns = "SELECT noun FROM " + everyAuditEntity + " AS nouns"
	auditActs  = `WITH RECURSIVE e (act) AS (SELECT MIN(action) FROM audit_log WHERE action > 2 UNION ALL
		SELECT (SELECT MIN(m.action) FROM audit_log m WHERE m.action > 2 AND m.action > e.act) FROM e WHERE e.act IS NOT NULL)
		SELECT (SELECT w.word FROM audit_words w WHERE w.id = e.act) FROM e WHERE e.act IS NOT NULL`
)

// AuditWords lists the nouns and the acts of the log, but for 新建 and 修改, which every log has.
func (tx *Tx) AuditWords() (nouns, acts []string, err error) {
	for _, x := range []struct {
		query string
		list  *[]string
	}{{auditNouns, &nouns}, {auditActs, &acts}} {
		if err := tx.each(func(rows *sql.Rows) error {
			var word string
			err := rows.Scan(&word)
			*x.list = append(*x.list, word)
			return err
		}, x.query); err != nil {
			return nil, nil, fmt.Errorf("list the words of the audit log: %w", err)
		}
	}
	return nouns, acts, nil
}
