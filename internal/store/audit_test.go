package store_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// Entries of a span are found by halving the chain, also where their times stand a little out of its order, and every one of them.
func TestAuditEntriesOfDays(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	day := func(n, minutes int) time.Time {
		return time.Date(2024, 11, n, 0, minutes, 0, 0, registry.Shanghai)
	}
	var at []time.Time
	for n := 1; n <= 9; n++ {
		for k := range 20 {
			at = append(at, day(n, 60*k+30*(k%3)-40)) // begun before the last one, and before midnight
		}
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i, x := range at {
			if err := tx.Record(store.Event{Actor: registry.CommandLine, At: x, Action: "试", Entity: "test", EntityID: int64(i)}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct{ from, until time.Time }{
		{day(3, 0), day(4, 0)}, {day(1, 0), day(2, 0)}, {day(9, 0), day(10, 0)}, {time.Time{}, day(5, 0)}, {day(5, 0), time.Time{}}, {day(20, 0), day(21, 0)}, {day(-5, 0), day(-4, 0)}, {day(4, 0), day(3, 0)},
	} {
		want := 0
		for _, x := range at {
			if !x.Before(c.from) && (c.until.IsZero() || x.Before(c.until)) {
				want++
			}
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			got, before := 0, int64(0)
			for {
				list, err := tx.AuditEntries(store.AuditFilter{From: c.from, Until: c.until, Before: before, Limit: 7})
				if err != nil {
					return err
				}
				got += len(list)
				if len(list) < 7 {
					break
				}
				before = list[6].Seq
			}
			if got != want {
				t.Errorf("from %v until %v: %d entries, want %d", c.from, c.until, got, want)
			}
			return nil
		})
	}
}

// act is one act on a record, told as "action entity id.version".
func act(e registry.AuditEntry) string {
	return fmt.Sprintf("%d %s %s %d.%d", e.Seq, e.Action, e.Entity, e.EntityID, e.Version)
}

// newHistory records a case, an inspection and what hangs on them, by two actors.
func newHistory(t *testing.T, db *store.DB) {
	t.Helper()
	officer := registry.Actor{Username: "liu", Role: registry.RoleOfficer, RemoteIP: "10.0.0.1"}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i, e := range []struct {
			actor  registry.Actor
			action string
			entity string
			id     int64
			v      int64
			body   any
		}{
			{officer, "新建", "inspection", 7, 1, map[string]any{"id": 7}},
			{officer, "新建", "case", 5, 1, map[string]any{"id": 5}},
			{officer, "新建", "document", 9, 1, map[string]any{"case_id": 5}},
			{officer, "修改", "case", 5, 2, map[string]any{"id": 5, "title": "改"}},
			{officer, "新建", "sample", 3, 1, map[string]any{"inspection_id": 7}},
			{officer, "上传", "attachment", 2, 1, map[string]any{"entity": "case", "entity_id": 5}},
			{officer, "上传", "attachment", 4, 1, map[string]any{"entity": "inspection", "entity_id": 7}},
			{registry.CommandLine, "导出", "", 0, 0, nil},
		} {
			event := store.Event{Actor: e.actor, At: storetest.Now.Add(time.Duration(i) * time.Second), Action: e.action, Entity: e.entity, EntityID: e.id, Version: e.v, Detail: "说明"}
			if err := tx.Record(event, e.body); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAuditEntries(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	newHistory(t, db)
	for _, c := range []struct {
		name string
		f    store.AuditFilter
		want string
	}{
		{"newest", store.AuditFilter{Limit: 2}, "8 导出  0.0; 7 上传 attachment 4.1"},
		{"further", store.AuditFilter{Limit: 2, Before: 7}, "6 上传 attachment 2.1; 5 新建 sample 3.1"},
		{"by actor", store.AuditFilter{Limit: 9, Actor: "系统:命令行"}, "8 导出  0.0"},
		{"by action", store.AuditFilter{Limit: 9, Action: "修改"}, "4 修改 case 5.2"},
		{"by noun", store.AuditFilter{Limit: 9, Entity: "case"}, "4 修改 case 5.2; 2 新建 case 5.1"},
		{"of a record", store.AuditFilter{Limit: 9, Entity: "attachment", EntityID: 2}, "6 上传 attachment 2.1"},
		{"nothing", store.AuditFilter{Limit: 9, Entity: "farm"}, ""},
	} {
		storetest.Read(t, db, func(tx *store.Tx) error {
			list, err := tx.AuditEntries(c.f)
			var got []string
			for _, e := range list {
				got = append(got, act(e))
			}
			if s := strings.Join(got, "; "); err != nil || s != c.want {
				t.Errorf("%s: %s, %v; want %s", c.name, s, err, c.want)
			}
			return nil
		})
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		list, err := tx.AuditEntries(store.AuditFilter{Limit: 9})
		if err != nil || len(list) != 8 {
			t.Fatalf("AuditEntries = %v, %v", list, err)
		}
		seq, hash, err := tx.AuditHead()
		if err != nil || seq != 8 || hash != list[0].Hash {
			t.Errorf("AuditHead = %d %s, %v; want the last entry's", seq, hash, err)
		}
		for i, e := range list[:7] {
			if e.PrevHash != list[i+1].Hash {
				t.Errorf("entry %d does not follow entry %d", e.Seq, list[i+1].Seq)
			}
		}
		e := list[7]
		want := registry.AuditEntry{Seq: 1, At: storetest.Now, Actor: "liu", Role: "officer", RemoteIP: "10.0.0.1", Action: "新建", Entity: "inspection", EntityID: 7, Version: 1, Detail: "说明",
			Digest: e.Digest, Hash: e.Hash}
		if e != want || len(e.Digest) != 64 || list[0].Digest != "" {
			t.Errorf("first entry %+v, want %+v; an act without a record has digest %q", e, want, list[0].Digest)
		}
		return nil
	})
	if n, defects, err := db.VerifyAudit(t.Context()); n != 8 || len(defects) != 0 || err != nil {
		t.Errorf("VerifyAudit = %d, %v, %v", n, defects, err)
	}
}

// The history of a case is its own and that of what is on it; so is an inspection's.
func TestHistory(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	newHistory(t, db)
	text := func(list []registry.Revision, err error) string {
		if err != nil {
			return err.Error()
		}
		var words []string
		for _, r := range list {
			words = append(words, fmt.Sprintf("%s %d.%d", r.Entity, r.EntityID, r.Version))
		}
		return strings.Join(words, "; ")
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		for _, c := range []struct{ name, got, want string }{
			{"record", text(tx.Revisions("case", 5)), "case 5.1; case 5.2"},
			{"no record", text(tx.Revisions("case", 6)), ""},
			{"case", text(tx.CaseHistory(5, 10)), "attachment 2.1; case 5.2; document 9.1; case 5.1"},
			{"the last of a case", text(tx.CaseHistory(5, 1)), "attachment 2.1"},
			{"inspection", text(tx.InspectionHistory(7, 10)), "attachment 4.1; sample 3.1; inspection 7.1"},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
			}
		}
		r, err := tx.LastRevision("case", 5)
		var body map[string]any
		if err != nil || r.Version != 2 || r.Actor != "liu" || r.Action != "修改" || r.AuditSeq != 4 || !r.At.Equal(storetest.Now.Add(3*time.Second)) ||
			json.Unmarshal(r.Body, &body) != nil || !reflect.DeepEqual(body, map[string]any{"id": 5.0, "title": "改"}) {
			t.Errorf("LastRevision = %+v %s, %v", r, r.Body, err)
		}
		if _, err := tx.LastRevision("farm", 1); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("LastRevision of a farm without history = %v, want not found", err)
		}
		return nil
	})
	err := storetest.Try(db, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "新建", Entity: "farm", EntityID: 1, Version: 1}, func() {})
	})
	if err == nil || !strings.Contains(err.Error(), "encode revision") {
		t.Errorf("a record that cannot be kept: %v", err)
	}
}

// The bodies of a long write are packed while it is written: each still stands under its own entry, and an act without one takes none.
func TestHistoryOfALongWrite(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	const n = 200
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range n {
			var body any
			if i%3 != 0 {
				body = map[string]string{"name": strings.Repeat(fmt.Sprint(i, "，"), 1+i%40)}
			}
			if err := tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "新建", Entity: "thing", EntityID: int64(i), Version: 1}, body); err != nil {
				return err
			}
		}
		return nil
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		for i := range n {
			list, err := tx.Revisions("thing", int64(i))
			if err != nil {
				return err
			}
			if i%3 == 0 {
				if len(list) != 0 {
					t.Errorf("act %d has a revision", i)
				}
				continue
			}
			want := fmt.Sprintf(`{"name":"%s"}`, strings.Repeat(fmt.Sprint(i, "，"), 1+i%40))
			if len(list) != 1 || string(list[0].Body) != want {
				t.Errorf("act %d: %+v, want %s", i, list, want)
			}
		}
		return nil
	})
}
