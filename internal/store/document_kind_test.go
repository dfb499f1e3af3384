package store

import (
	"context"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
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
		if _, err := exec(db, q); err == nil || !strings.Contains(err.Error(), "append-only") && !strings.Contains(err.Error(), "document kind") {
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
		if _, err := exec(db, q); err != nil {
			t.Fatal(err)
		}
	}
	r, err := db.Verify(context.Background(), func(string) string { return "" }, nil)
	if err != nil || !strings.Contains(strings.Join(r.Defects, "\n"), "2027 年放假通知第 1 次录入") {
		t.Errorf("Verify = %v, %v; want the edited notice", r.Defects, err)
	}
}
