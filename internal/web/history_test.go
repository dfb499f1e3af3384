package web

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// fill puts something into every field of a record.
func fill(v reflect.Value) {
	switch v.Interface().(type) {
	case registry.Date:
		v.Set(reflect.ValueOf(registry.Day(2024, 5, 6)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)))
		return
	case json.RawMessage:
		v.SetBytes([]byte(`{}`))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("甲")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i))
			}
		}
	}
}

var latin = regexp.MustCompile(`[a-z_]{3,}`)

// No field of a record comes up in a history under its machine name.
func TestHistoryNamesEveryField(t *testing.T) {
	for entity, x := range map[string]any{
		"case": &registry.Case{}, "violation": &registry.Violation{}, "document": &registry.Document{}, "penalty": &registry.Penalty{}, "payment": &registry.Payment{},
		"evidence": &registry.Evidence{}, "review_note": &registry.ReviewNote{}, "inspection": &registry.Inspection{}, "sample": &registry.Sample{},
		"farm": &registry.Farm{}, "party": &registry.Party{}, "bulletin": &registry.Bulletin{},
	} {
		labels := map[string]Labels{"farm": farmLabels, "party": partyLabels, "bulletin": bulletinLabels}[entity]
		if labels == nil {
			labels = entityWords[entity].labels
		}
		empty, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		fill(reflect.ValueOf(x).Elem())
		full, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		changes := casework.Changes([]registry.Revision{{Entity: entity, EntityID: 1, Version: 1, AuditSeq: 1, Body: empty}, {Entity: entity, EntityID: 1, Version: 2, AuditSeq: 2, Body: full}})
		if len(changes) != 2 || len(changes[0].Fields) == 0 {
			t.Fatalf("%s: no difference between nothing and everything", entity)
		}
		for _, f := range changes[0].Fields {
			fields := []string{f.Field}
			if f.Item {
				fields = nil
				for k := range itemFields(f.After) {
					fields = append(fields, f.Field+".0."+k)
				}
			}
			for _, field := range fields {
				if l := labels.Of(field); latin.MatchString(l) && !slices.Contains(unsaid, lastPart(field)) && !strings.HasPrefix(field, "citations.") {
					t.Errorf("%s: %s has no name in Chinese", entity, field)
				}
			}
		}
	}
}
