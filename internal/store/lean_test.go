package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// toSchema32 takes a register back to how it kept its history before schema 33; what it had of it is gone.
var toSchema32 = []string{
	"DROP VIEW history", "DROP VIEW audit_entries", "DROP TABLE revisions", "DROP TABLE audit_log", "DROP TABLE audit_words",
	"DROP TRIGGER audit_log_plain_no_insert", "DROP TRIGGER audit_log_plain_no_update", "DROP TRIGGER audit_log_plain_no_delete",
	"ALTER TABLE audit_log_plain RENAME TO audit_log", "ALTER TABLE revisions_plain RENAME TO revisions",
	"CREATE INDEX citations_article ON citations(law_id, article, paragraph, item)", "DELETE FROM goose_db_version WHERE version_id >= 33",
}

// A register of schema 32 keeps its history as it is, hash by hash; what is written after the upgrade goes on with it, and everything that reads
// history reads both.
func TestUpgradeKeepsTheHistory(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, Options{})
	x := farm("老场")
	name := func(action, name string) {
		t.Helper()
		write(t, db, func(tx *Tx) error {
			x.Name = name
			if action == "新建" {
				if err := Farms.Insert(tx, &x, testTime); err != nil {
					return err
				}
			} else if err := Farms.Update(tx, &x, testTime); err != nil {
				return err
			}
			return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: action, Entity: "farm", EntityID: int64(x.ID), Version: x.Version}, &x)
		})
		write(t, db, func(tx *Tx) error {
			return tx.Record(Event{Actor: registry.Actor{Username: "liu", Role: registry.RoleOfficer}, At: testTime, Action: "登录", Entity: "user", EntityID: 1}, nil)
		})
	}
	name("新建", "老场")
	name("修改", "新场")
	type history struct {
		Entries   []registry.AuditEntry
		Revisions []registry.Revision
		Head      string
	}
	read := func() (h history) {
		t.Helper()
		mustDo(t, db.Read(t.Context(), func(tx *Tx) (err error) {
			if h.Entries, err = tx.AuditEntries(AuditFilter{Limit: 100}); err != nil {
				return err
			}
			if h.Revisions, err = tx.Revisions("farm", int64(x.ID)); err != nil {
				return err
			}
			_, h.Head, err = tx.AuditHead()
			return err
		}))
		return h
	}
	before := read()
	salts := map[int64]string{}
	mustDo(t, db.Read(t.Context(), func(tx *Tx) error {
		return tx.each(func(rows *sql.Rows) error {
			var seq int64
			var salt []byte
			err := rows.Scan(&seq, &salt)
			salts[seq] = hex.EncodeToString(salt)
			return err
		}, "SELECT audit_seq, salt FROM revisions")
	}))
	mustDo(t, db.Close())

	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	mustDo(t, err)
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := raw.Exec(query, args...); err != nil {
			t.Fatal(query, err)
		}
	}
	for _, s := range toSchema32 {
		run(s)
	}
	for _, e := range slices.Backward(before.Entries) {
		run("INSERT INTO audit_log VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'sha256-v1')", e.Seq, instantText(e.At), e.Actor, e.Role, e.RemoteIP,
			e.Action, e.Entity, e.EntityID, e.Version, e.Detail, e.Digest, e.PrevHash, e.Hash)
	}
	for _, r := range before.Revisions {
		run("INSERT INTO revisions (entity, entity_id, version, audit_seq, at, actor, action, salt, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", r.Entity, r.EntityID, r.Version,
			r.AuditSeq, instantText(r.At), r.Actor, r.Action, salts[r.AuditSeq], string(r.Body))
	}
	mustDo(t, raw.Close())

	db = open(t, dir, Options{})
	if got := read(); !reflect.DeepEqual(got, before) {
		t.Errorf("after the upgrade the history is\n%+v\nwant\n%+v", got, before)
	}
	name("修改", "更新的场")
	after := read()
	if len(after.Revisions) != 3 || !reflect.DeepEqual(after.Revisions[:2], before.Revisions) || !reflect.DeepEqual(after.Entries[2:], before.Entries) {
		t.Errorf("after a further write the history is\n%+v\nwant what was there and one more:\n%+v", after, before)
	}
	for i, e := range after.Entries[:len(after.Entries)-1] {
		if e.PrevHash != after.Entries[i+1].Hash {
			t.Errorf("entry %d does not follow entry %d", e.Seq, after.Entries[i+1].Seq)
		}
	}
	if n, defects, err := db.VerifyAudit(t.Context()); n != 6 || len(defects) != 0 || err != nil {
		t.Errorf("VerifyAudit = %d, %v, %v; want 6 entries and no defect", n, defects, err)
	}
	for _, c := range []struct{ tamper, want string }{
		{"UPDATE revisions_plain SET body = replace(body, '老场', '别场') WHERE version = 1", "farm 1 第 1 版的历史内容与审计摘要不符"},
		{"DELETE FROM revisions_plain WHERE version = 2", "farm 1 第 2 版的历史缺失（审计记录 3）"},
		{"DELETE FROM revisions WHERE version = 3", "farm 1 第 3 版的历史缺失（审计记录 5）"},
		{"INSERT INTO revisions SELECT 99, entity, entity_id, 9, case_id, inspection_id, salt, body FROM revisions", "farm 1 第 9 版的历史没有审计记录"},
		{"INSERT INTO revisions_plain (entity, entity_id, version, audit_seq, at, actor, action, salt, body) SELECT entity, 7, version, audit_seq, at, actor, action, salt, body FROM revisions_plain WHERE version = 1",
			"farm 7 第 1 版的历史没有审计记录"},
		{"UPDATE audit_words SET word = '别人' WHERE word = 'liu'", "审计记录 6 的内容被改动"},
		{"DELETE FROM audit_words WHERE word = 'liu'", "审计记录 6 的内容被改动"},
	} {
		copyDir := t.TempDir()
		if _, err := exec(db, "VACUUM INTO $1", filepath.Join(copyDir, fileName)); err != nil {
			t.Fatal(err)
		}
		c2 := open(t, copyDir, Options{})
		if _, err := exec(c2, c.tamper); err != nil {
			t.Fatal(c.tamper, err)
		}
		_, defects, err := c2.VerifyAudit(t.Context())
		if got := strings.Join(defects, "; "); err != nil || got != c.want {
			t.Errorf("after %s VerifyAudit finds %q, %v; want %q", c.tamper, got, err, c.want)
		}
	}
	if _, err := exec(db, "INSERT INTO audit_log_plain SELECT 1, 99, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, prev_hash, hash, algorithm FROM audit_log_plain WHERE seq = 1"); err == nil {
		t.Error("the old part of the audit log takes new entries")
	}
}

// One bit of a kept body that flips is found, and where. A list that holds it still reads.
func TestFlippedBitOfABody(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	x := registry.Party{Kind: "企业", Name: "绿源养殖有限公司", Address: "恩平市沙湖镇", Origin: registry.OriginField}
	write(t, db, func(tx *Tx) error {
		if err := Parties.Insert(tx, &x, testTime); err != nil {
			return err
		}
		return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "party", EntityID: int64(x.ID), Version: 1}, &x)
	})
	var kept []byte
	mustDo(t, db.Read(t.Context(), func(tx *Tx) error { return tx.one([]any{&kept}, "SELECT body FROM revisions") }))
	if len(kept) < 20 || bytes.Contains(kept, []byte("legal_person_title")) {
		t.Fatalf("the body is kept as %q, want it packed", kept)
	}
	for i := range 8 * len(kept) {
		flipped := bytes.Clone(kept)
		flipped[i/8] ^= 1 << (i % 8)
		write(t, db, func(tx *Tx) error {
			_, err := tx.exec("UPDATE revisions SET body = $1", flipped)
			return err
		})
		_, defects, err := db.VerifyAudit(t.Context())
		if err != nil || len(defects) != 1 || !strings.HasPrefix(defects[0], fmt.Sprintf("party %d 第 1 版的历史内容", x.ID)) {
			t.Errorf("bit %d of byte %d flipped: VerifyAudit finds %v, %v", i%8, i/8, defects, err)
		}
		mustDo(t, db.Read(t.Context(), func(tx *Tx) error {
			list, err := tx.Revisions("party", int64(x.ID))
			if len(list) != 1 {
				t.Errorf("with a damaged body %d revisions are read, want 1", len(list))
			}
			return err
		}))
	}
}

func mustDo(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// exec runs one statement past the package.
func exec(db *DB, query string, args ...any) (sql.Result, error) {
	c, err := db.writer.take(context.Background())
	if err != nil {
		return nil, err
	}
	defer db.writer.give(c)
	return c.ExecContext(context.Background(), query, args...)
}
