package view

import (
	"cmp"
	"encoding/json"
	"reflect"
	"regexp"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
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

// No field of a record comes up in a history under its machine name, or without the kind of its value.
func TestHistoryNamesEveryField(t *testing.T) {
	for _, n := range registry.Nouns {
		x := reflect.New(reflect.TypeOf(n.Record))
		empty, err := json.Marshal(x.Interface())
		if err != nil {
			t.Fatal(err)
		}
		fill(x.Elem())
		full, err := json.Marshal(x.Interface())
		if err != nil {
			t.Fatal(err)
		}
		changes := casework.Changes([]registry.Revision{{Entity: n.Entity, EntityID: 1, Version: 1, AuditSeq: 1, Body: empty}, {Entity: n.Entity, EntityID: 1, Version: 2, AuditSeq: 2, Body: full}})
		if len(changes) != 2 || len(changes[0].Fields) == 0 {
			t.Fatalf("%s: no difference between nothing and everything", n.Entity)
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
				if _, ok := n.Fields.Find(field); !ok {
					t.Errorf("%s: the history does not know %s: it is missing in registry's list of fields", n.Entity, field)
				}
				if l := n.Fields.Label(field); latin.MatchString(l) && !unsaid(n.Fields, field) {
					t.Errorf("%s: %s has no name in Chinese", n.Entity, field)
				}
			}
		}
	}
}

// A value is written by what its field holds, whatever the field is called.
func TestHistoryValues(t *testing.T) {
	s := &kit.Server{Service: casework.New(casework.Config{Law: statute.Embedded()})} // the default bureau, which names districts
	names := map[string]string{"inspection_id=3": "2024-05 日常检查", "operator_id=8": "某公司"}
	for _, c := range []struct {
		fields          registry.FieldList
		field, v        string
		officer, public string // as an officer reads it, and as a publisher does; empty: the same
	}{
		{registry.FarmFields, "production_since", "2010-05", "2010年5月", ""},
		{registry.FarmFields, "eia.on", "2020", "2020年", ""},
		{registry.FarmFields, "herds.0.as_of", "2024-05-06", "2024年5月6日", ""},
		{registry.FarmFields, "name", "2024", "2024", ""},
		{registry.FarmFields, "note", "true", "true", ""},
		{registry.FarmFields, "operator_id", "8", "某公司", ""},
		{registry.FarmFields, "operator_id", "9", "编号 9", ""},
		{registry.FarmFields, "district_code", "440785", "恩平市", ""},
		{registry.FarmFields, "contact_phone", "13800001234", "13800001234", "138****1234"},
		{registry.PartyFields, "id_number", "440700199001011234", "440700199001011234", "440***********1234"},
		{registry.PartyFields, "merged_into", "5", "编号 5", ""},
		{registry.PenaltyFields, "amount_fen", "2000000", "20,000 元", ""},
		{registry.CaseFields, "inspections", "3", "2024-05 日常检查", ""},
		{registry.CaseFields, "inspections", "4", "编号 4", ""},
		{registry.InspectionFields, "submitted_at", "2024-05-06T01:02:03Z", "2024-05-06 09:02", ""},
		{registry.InspectionFields, "path.nodes.0.after", "3", "3", ""},
		{registry.OrganFields, "active", "true", "是", ""},
		{registry.OrganFields, "active", "false", "否", ""},
		{registry.BulletinFields, "pictures.0.covers", `[{"area":{"h":1,"w":2,"x":3,"y":4},"fill":true},{"area":{"h":5,"w":6,"x":7,"y":8},"fill":false}]`,
			"范围 高（‰） 1，宽（‰） 2，左（‰） 3，上（‰） 4，涂盖 是；范围 高（‰） 5，宽（‰） 6，左（‰） 7，上（‰） 8，涂盖 否", ""},
		{registry.BulletinFields, "pictures.0.crop", "？", "？", ""},
		{registry.DiscretionSheetFields, "table_id", "GD-2.8.1", "GD-2.8.1", ""},
		{registry.FarmFields, "no_such", "x", "x", ""},
		{registry.FarmFields, "name", "", "", ""},
	} {
		for role, want := range map[registry.Role]string{registry.RoleOfficer: c.officer, registry.RolePublisher: cmp.Or(c.public, c.officer)} {
			r := &kit.Request{Server: s, User: registry.User{Role: role}}
			if got := historyValue(r, c.fields, c.field, c.v, names); got != want {
				t.Errorf("%s %q as %s reads it: %q, want %q", c.field, c.v, role, got, want)
			}
		}
	}
}
