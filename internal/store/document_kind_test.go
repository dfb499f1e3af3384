package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store/enginetest"
)

// A notice that deadlines were counted on, and a kind that documents name, are there for good.
func TestKeptRowsStay(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	n := CalendarNotice{Year: 2027, Text: "通知", Days: []statute.CalendarDay{{Date: registry.Day(2027, 1, 1), Holiday: true, Name: "元旦"}}, Source: "测试", At: testTime, By: "admin"}
	k := registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "约谈", Own: true}, Active: true}
	write(t, db, func(tx *Tx) error {
		if err := tx.AddCalendarNotice(&n); err != nil {
			return err
		}
		return DocumentKinds.Insert(tx, &k, testTime)
	})
	for _, q := range []string{"UPDATE calendar_notices SET days = '[]'", "DELETE FROM calendar_notices", "DELETE FROM document_kinds", "UPDATE document_kinds SET name = '甲'",
		"UPDATE document_kinds SET stage = '已结案'"} {
		if err := enginetest.Exec(t, db.Dir(), q); err == nil || !strings.Contains(err.Error(), "append-only") && !strings.Contains(err.Error(), "document kind") {
			t.Errorf("%s: %v; want it refused", q, err)
		}
	}
	write(t, db, func(tx *Tx) error {
		list, err := tx.CalendarNotices()
		if err != nil || len(list) != 1 || list[0].Revision != 1 || list[0].Days[0] != n.Days[0] {
			t.Errorf("CalendarNotices = %+v, %v", list, err)
		}
		return err
	})
	for _, q := range []string{"DROP TRIGGER calendar_notices_no_update", "UPDATE calendar_notices SET text = '别的'"} {
		if err := enginetest.Exec(t, db.Dir(), q); err != nil {
			t.Fatal(err)
		}
	}
	r, err := db.Verify(context.Background(), func(string) string { return "" }, nil)
	if err != nil || !strings.Contains(strings.Join(r.Defects, "\n"), "2027 年放假通知第 1 次录入") {
		t.Errorf("Verify = %v, %v; want the edited notice", r.Defects, err)
	}
}

// TestKindProperties: a kind is read as it was written; one from before there were properties has none.
func TestKindProperties(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	k := registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "约谈", Own: true, KindProperties: registry.KindProperties{Delivery: registry.DeliveryParty, MadeLabel: "约谈日期",
		DueLabel: "整改期限", AmountLabel: "金额", Orders: true, ResultWords: registry.Terms{"已整改"}, Decider: registry.DeciderOther, Persons: true, Stops: true, NamesParty: true,
		Cites: true, Imposes: true, AfterFiling: true, Parts: registry.Terms{"承办"}, Track: registry.TrackDamage, Reached: "已评估", Sort: registry.SortOrder, Counted: true, Told: true,
		Deadline: registry.KindDeadline{Label: "报送", Days: 10, Working: true, From: registry.DateServed, Done: registry.DateResult, EndedBy: registry.DocRecheck, Actor: "当事人",
			Source: "内部规定"}}}, Active: true}
	for v, i := reflect.ValueOf(k.KindProperties), 0; i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Fatalf("the test leaves %s out", v.Type().Field(i).Name)
		}
	}
	write(t, db, func(tx *Tx) error { return DocumentKinds.Insert(tx, &k, testTime) })
	before := fmt.Sprintf(`INSERT INTO document_kinds (version, created_at, updated_at, name, code, stage, own, numbers, active, note)
		VALUES (1, '%[1]s', '%[1]s', '旧种类', '', '', 1, 0, 1, '')`, instantText(testTime))
	if err := enginetest.Exec(t, db.Dir(), before); err != nil {
		t.Fatal(err)
	}
	want := registry.Kinds{k.DocumentKind, {Name: "旧种类", Own: true}}
	write(t, db, func(tx *Tx) error {
		got, err := tx.Kinds()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Kinds:\n got %+v\nwant %+v", got, want)
		}
		return err
	})
	write(t, db, func(tx *Tx) error {
		c := registry.Case{Title: "案", Origin: registry.OriginField, DistrictCode: "440785"}
		if err := Cases.Insert(tx, &c, testTime); err != nil {
			return err
		}
		if err := Documents.Insert(tx, &registry.Document{CaseID: c.ID, Seq: 1, Kind: "约谈"}, testTime); err != nil {
			return err
		}
		for kind, want := range map[registry.DocKind]bool{"约谈": true, "旧种类": false} {
			if used, err := tx.KindUsed(kind); err != nil || used != want {
				t.Errorf("KindUsed(%s) = %t, %v", kind, used, err)
			}
		}
		f, err := tx.CaseFile(c.ID)
		if err == nil && !reflect.DeepEqual(f.Kinds, want) {
			t.Errorf("the case file has %d kinds", len(f.Kinds))
		}
		return err
	})
}
