package store

import (
	"fmt"

	"casebook/internal/registry"
)

// commonInAudit and commonActs are what fills the log: a list of one of them goes through the log, newest first, and has its page soon. What
// is rare has an index of its own, whose condition is written as here.
const (
	commonInAudit = "('case', 'inspection', 'document', 'violation', 'penalty', 'payment', 'sample', 'evidence', 'farm', 'party')"
	commonActs    = 2 // the numbers of the two words below are 1 and 2
)

var (
	commonEntities = registry.Terms{"case", "inspection", "document", "violation", "penalty", "payment", "sample", "evidence", "farm", "party"}
	commonActions  = registry.Terms{"新建", "修改"}
)

// everyAuditEntity are the nouns of the log, read off its index one after the other.
const everyAuditEntity = `(WITH RECURSIVE e (noun) AS (SELECT MIN(entity) FROM audit_log UNION ALL
	SELECT (SELECT MIN(m.entity) FROM audit_log m WHERE m.entity > e.noun) FROM e WHERE e.noun IS NOT NULL) SELECT noun FROM e WHERE noun IS NOT NULL)`

// wordID is the number of a word of the log; NULL, which equals none, where it was never written.
const wordID = "(SELECT w.id FROM audit_words w WHERE w.word = ?)"

// where has the condition that fewest entries fulfil lead; || ” and + 0 keep the planner from the index of another.
func (f AuditFilter) where(q *query) {
	rareEntity, rareAct := f.Entity != "" && !commonEntities.Has(f.Entity), f.Action != "" && !commonActions.Has(f.Action)
	led := f.EntityID != 0
	if led || rareEntity || rareAct || f.Actor != "" {
		q.add("a.seq + 0 > 0") // the order of the chain must not lead
	} else {
		q.add("a.seq > 0")
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
		lead(f.Entity != "", rareEntity, "a.entity = ? AND a.entity NOT IN "+commonInAudit, "a.entity || '' = ?", f.Entity)
	}
	lead(f.Action != "", rareAct, "a.action = "+wordID+fmt.Sprintf(" AND a.action > %d", commonActs), "a.action + 0 = "+wordID, f.Action)
	lead(f.Actor != "", true, "a.actor = "+wordID, "a.actor + 0 = "+wordID, f.Actor)
	q.andIf(f.Before != 0, "a.seq < ?", f.Before)
}
