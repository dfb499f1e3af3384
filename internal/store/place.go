package store

import (
	"encoding/json"
	"reflect"
	"sync"

	"casebook/internal/registry"
)

// place is the case and the inspection that a revision belongs to: one that was deleted is still found in the history of what it was on.
type place struct {
	caseID       registry.CaseID
	inspectionID registry.InspectionID
}

// placeOf reads the place of a record from the record, whose JSON is body.
func placeOf(entity string, id int64, record any, body []byte) (p place) {
	switch entity {
	case "case":
		p.caseID = registry.CaseID(id)
	case "inspection":
		p.inspectionID = registry.InspectionID(id)
	}
	v := reflect.Indirect(reflect.ValueOf(record))
	if v.Kind() != reflect.Struct {
		var x struct {
			CaseID       registry.CaseID       `json:"case_id"`
			InspectionID registry.InspectionID `json:"inspection_id"`
			registry.Attachment
		}
		_ = json.Unmarshal(body, &x) // what names no case is on none
		if entity == "attachment" {
			return placeOf(x.Entity, x.EntityID, x.Attachment, nil)
		}
		return place{max(p.caseID, x.CaseID), max(p.inspectionID, x.InspectionID)}
	}
	if a, ok := v.Interface().(registry.Attachment); ok && entity == "attachment" {
		return placeOf(a.Entity, a.EntityID, a, nil)
	}
	at := placeFields(v.Type())
	if at[0] != nil && p.caseID == 0 {
		p.caseID = registry.CaseID(v.FieldByIndex(at[0]).Int())
	}
	if at[1] != nil && p.inspectionID == 0 {
		p.inspectionID = registry.InspectionID(v.FieldByIndex(at[1]).Int())
	}
	return p
}

var placeFieldsOf sync.Map // reflect.Type → [2][]int

// placeFields are where a type of record says what it is on: the case, the inspection; nil where it does not.
func placeFields(t reflect.Type) [2][]int {
	if at, ok := placeFieldsOf.Load(t); ok {
		return at.([2][]int)
	}
	var at [2][]int
	if f, ok := t.FieldByName("CaseID"); ok && f.Type == reflect.TypeFor[registry.CaseID]() {
		at[0] = f.Index
	}
	if f, ok := t.FieldByName("InspectionID"); ok && f.Type == reflect.TypeFor[registry.InspectionID]() {
		at[1] = f.Index
	}
	placeFieldsOf.Store(t, at)
	return at
}
