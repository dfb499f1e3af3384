package web

import (
	"strconv"
	"strings"

	"casebook/internal/web/kit"
)

// recordOf is the record that an address speaks of by its first segment: /cases/:id/documents/new is about a case, /documents/:id/edit about
// a document. An officer of a branch is let in where that record is the branch's; TestRoleMatrix has a row for every address that writes.
var recordOf = map[string]string{
	"farms": "farm", "parties": "party", "inspections": "inspection", "samples": "sample", "field": "inspection", "evidence": "evidence", "cases": "case", "reviews": "review_note", "interrogations": "interrogation", "signed-papers": "signed_paper",
	"violations": "violation", "documents": "document", "penalties": "penalty", "payments": "payment",
}

// begunFrom are the records that the form of a new one is begun from: /inspections/new?farm_id=7.
var begunFrom = map[string]string{"farm_id": "farm", "inspection_id": "inspection", "case_id": "case"}

// written lists the records that a request to write is about, as its address tells. What only its body tells, the use case asks.
func written(r *kit.Request) (list []kit.Record) {
	add := func(entity, id string) {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && entity != "" {
			list = append(list, kit.Record{Entity: entity, ID: n})
		}
	}
	path := strings.TrimPrefix(strings.TrimPrefix(r.Path(), "/api/v1"), "/")
	first, _, _ := strings.Cut(path, "/")
	add(recordOf[first], r.Param("id"))
	for name, entity := range begunFrom {
		add(entity, r.QueryParam(name))
	}
	return list
}
