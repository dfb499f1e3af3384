package store

import "casebook/internal/registry"

// commonInAudit and commonActs are what fills the log: a list of one of them goes through the log, newest first, and has its page soon. What
// is rare has an index of its own, whose condition is written as here.
const (
	commonInAudit = "('case', 'inspection', 'document', 'violation', 'penalty', 'payment', 'sample', 'evidence', 'farm', 'party')"
	commonActs    = "('新建', '修改')"
)

var (
	commonEntities = registry.Terms{"case", "inspection", "document", "violation", "penalty", "payment", "sample", "evidence", "farm", "party"}
	commonActions  = registry.Terms{"新建", "修改"}
)

// everyAuditEntity are the nouns of the log, read off its index one after the other.
const everyAuditEntity = `(WITH RECURSIVE e (noun) AS (SELECT MIN(entity) FROM audit_log UNION ALL
	SELECT (SELECT MIN(a.entity) FROM audit_log a WHERE a.entity > e.noun) FROM e WHERE e.noun IS NOT NULL) SELECT noun FROM e WHERE noun IS NOT NULL)`

// where has the condition that fewest entries fulfil lead; || ” keeps the planner from the index of another.
func (f AuditFilter) where(q *query) {
	rareEntity, rareAct := f.Entity != "" && !commonEntities.Has(f.Entity), f.Action != "" && !commonActions.Has(f.Action)
	led := f.EntityID != 0
	if led || rareEntity || rareAct || f.Actor != "" {
		q.add("chain_id + 0 = ?", chainID) // the order of the chain must not lead
	} else {
		q.add("chain_id = ?", chainID)
	}
	lead := func(given, rare bool, column, value, is string) {
		switch {
		case !given:
		case rare && !led:
			led = true
			q.add(" AND "+column+" = ?"+is, value)
		default:
			q.add(" AND "+column+" || '' = ?", value)
		}
	}
	switch {
	case f.EntityID != 0 && f.Entity != "":
		q.add(" AND entity = ? AND entity_id = ?", f.Entity, f.EntityID)
	case f.EntityID != 0:
		q.add(" AND entity_id = ? AND entity IN "+everyAuditEntity, f.EntityID)
	default:
		lead(f.Entity != "", rareEntity, "entity", f.Entity, " AND entity NOT IN "+commonInAudit)
	}
	lead(f.Action != "", rareAct, "action", f.Action, " AND action NOT IN "+commonActs)
	lead(f.Actor != "", true, "actor", f.Actor, "")
}
