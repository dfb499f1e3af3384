package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/packing"
)

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("history_unpacked", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		body, err := packing.Unpack(args[0].([]byte))
		return string(body), err
	})
}

// plainHistory takes the history of a register back to how it was kept before schema 33.
var plainHistory = []string{
	"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete",
	"ALTER TABLE audit_log RENAME TO lean_log", "ALTER TABLE revisions RENAME TO lean_revisions",
	`CREATE TABLE audit_log (
		chain_id INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, remote_ip TEXT NOT NULL, action TEXT NOT NULL,
		entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, detail TEXT NOT NULL, digest TEXT NOT NULL,
		prev_hash TEXT NOT NULL, hash TEXT NOT NULL, algorithm TEXT NOT NULL, PRIMARY KEY (chain_id, seq))`,
	"CREATE INDEX audit_log_entity ON audit_log(entity, entity_id)", "CREATE INDEX audit_log_actor ON audit_log(actor, seq)",
	`CREATE TABLE revisions (
		entity TEXT NOT NULL, entity_id INTEGER NOT NULL, version INTEGER NOT NULL, audit_seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
		salt TEXT NOT NULL, body TEXT NOT NULL, case_id INTEGER GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.case_id') END) VIRTUAL,
		inspection_id INTEGER GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.inspection_id') END) VIRTUAL, PRIMARY KEY (entity, entity_id, version))`,
	"CREATE INDEX revisions_case ON revisions(case_id, audit_seq) WHERE case_id IS NOT NULL", "CREATE INDEX revisions_inspection ON revisions(inspection_id, audit_seq) WHERE inspection_id IS NOT NULL",
	`INSERT INTO audit_log SELECT 1, a.seq, strftime('%Y-%m-%dT%H:%M:%fZ', a.at / 1000.0, 'unixepoch'), (SELECT word FROM audit_words WHERE id = a.actor), (SELECT word FROM audit_words WHERE id = a.role),
		a.remote_ip, (SELECT word FROM audit_words WHERE id = a.action), a.entity, a.entity_id, a.version, a.detail, lower(hex(COALESCE(a.digest, ''))),
		lower(hex(COALESCE((SELECT b.hash FROM lean_log b WHERE b.seq = a.seq - 1), ''))), lower(hex(a.hash)), 'sha256-v1' FROM lean_log a`,
	`INSERT INTO revisions (entity, entity_id, version, audit_seq, at, actor, action, salt, body)
		SELECT r.entity, r.entity_id, r.version, r.audit_seq, a.at, a.actor, a.action, lower(hex(r.salt)), history_unpacked(r.body) FROM lean_revisions r JOIN audit_log a ON a.seq = r.audit_seq`,
	"DROP TABLE lean_revisions", "DROP TABLE lean_log", "DROP TABLE audit_words", "DROP TABLE audit_leftovers",
	"CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
	"CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
	"UPDATE search_texts SET text = history_unpacked(text)",
	"CREATE INDEX citations_article ON citations(law_id)",
}

// A register of before schema 33 has its history as it was after the upgrade, hash by hash; what is written then goes on with it. What was
// tampered with before the upgrade is found after it.
func TestUpgradeKeepsTheHistory(t *testing.T) {
	t.Parallel()
	enginetest.OnlySQLite(t, "registers of older schemas")
	dir := t.TempDir()
	db := open(t, dir, Options{})
	newSide(t, db, "恩平", "440785")
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
			return tx.Record(Event{Actor: registry.CommandLine, At: testTime.Add(987 * time.Millisecond), Action: action, Entity: "farm", EntityID: int64(x.ID), Version: x.Version}, &x)
		})
		write(t, db, func(tx *Tx) error {
			return tx.Record(Event{Actor: registry.Actor{Username: "liu", Role: registry.RoleOfficer}, At: testTime, Action: "登录", Entity: "user", EntityID: 1}, nil)
		})
	}
	name("新建", "老场")
	name("修改", "新场")
	write(t, db, func(tx *Tx) error {
		at := Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "document", EntityID: 7, Version: 1}
		if err := tx.Record(at, map[string]any{"case_id": 3, "inspection_id": 0}); err != nil {
			return err
		}
		at.Entity = "sample"
		return tx.Record(at, map[string]any{"inspection_id": 4})
	})
	type history struct {
		Entries                               []registry.AuditEntry
		Revisions, OfTheCase, OfTheInspection []registry.Revision
		Head                                  string
	}
	read := func(db *DB) (h history) {
		t.Helper()
		mustDo(t, db.Read(t.Context(), func(tx *Tx) (err error) {
			if h.Entries, err = tx.AuditEntries(AuditFilter{Limit: 100}); err != nil {
				return err
			}
			if h.Revisions, err = tx.Revisions("farm", int64(x.ID)); err != nil {
				return err
			}
			if h.OfTheCase, err = tx.CaseHistory(3, 10); err != nil {
				return err
			}
			if h.OfTheInspection, err = tx.InspectionHistory(4, 10); err != nil {
				return err
			}
			_, h.Head, err = tx.AuditHead()
			return err
		}))
		return h
	}
	before := read(db)
	if len(before.OfTheCase) != 1 || len(before.OfTheInspection) != 1 || len(before.Revisions) != 2 {
		t.Fatalf("the history to be kept is %+v", before)
	}
	mustDo(t, db.Close())
	goDown(t, dir)
	old, err := os.ReadFile(filepath.Join(dir, fileName))
	mustDo(t, err)

	db = open(t, dir, Options{})
	if got := read(db); !reflect.DeepEqual(got, before) {
		t.Errorf("after the upgrade the history is\n%+v\nwant\n%+v", got, before)
	}
	name("修改", "更新的场")
	after := read(db)
	if len(after.Revisions) != 3 || !reflect.DeepEqual(after.Revisions[:2], before.Revisions) || !reflect.DeepEqual(after.Entries[2:], before.Entries) {
		t.Errorf("after a further write the history is\n%+v\nwant what was there and one more:\n%+v", after, before)
	}
	for i, e := range after.Entries[:len(after.Entries)-1] {
		if e.PrevHash != after.Entries[i+1].Hash {
			t.Errorf("entry %d does not follow entry %d", e.Seq, after.Entries[i+1].Seq)
		}
	}
	if n, defects, err := db.VerifyAudit(t.Context()); n != 8 || len(defects) != 0 || err != nil {
		t.Errorf("VerifyAudit = %d, %v, %v; want 8 entries and no defect", n, defects, err)
	}
	for _, c := range []struct {
		tamper string
		before bool // the upgrade
		want   string
	}{
		{"DELETE FROM revisions WHERE entity = 'farm' AND version = 3", false, "farm 2 第 3 版的历史缺失（审计记录 7）"},
		{"INSERT INTO revisions SELECT 99, entity, entity_id, 9, case_id, inspection_id, salt, body FROM revisions WHERE audit_seq = 1", false, "farm 2 第 9 版的历史没有审计记录"},
		{"UPDATE audit_words SET word = '别人' WHERE word = 'liu'", false, "审计记录 2 的内容被改动; 审计记录 4 的内容被改动; 审计记录 8 的内容被改动"},
		{"DELETE FROM audit_words WHERE word = 'liu'", false, "审计记录 2 的内容被改动; 审计记录 4 的内容被改动; 审计记录 8 的内容被改动"},

		{"UPDATE revisions SET body = replace(body, '老场', '别场') WHERE audit_seq = 1", true, "farm 2 第 1 版的历史内容与审计摘要不符"},
		{"UPDATE revisions SET body = '{' WHERE audit_seq = 1", true, "farm 2 第 1 版的历史内容与审计摘要不符"},
		{"UPDATE revisions SET salt = upper(salt) || 'x' WHERE audit_seq = 1", true, "farm 2 第 1 版的历史内容与审计摘要不符"},
		{"DELETE FROM revisions WHERE audit_seq = 3", true, "farm 2 第 2 版的历史缺失（审计记录 3）"},
		{"UPDATE audit_log SET hash = upper(hash) WHERE seq = 3", true, "审计记录 3 的内容被改动; 审计记录 4 的内容被改动; 审计记录 4 在升级前另有不一致的记载：prev_hash HASH"},
		{"UPDATE audit_log SET hash = unhex(hash) WHERE seq = 6", true, "审计记录 6 的内容被改动; 审计链末尾缺失：应有 6 条，实有 6 条"},
		{"UPDATE audit_log SET digest = digest || '0' WHERE seq = 3", true, "审计记录 3 的内容被改动; farm 2 第 2 版的历史内容与审计摘要不符"},
		{"UPDATE audit_log SET digest = '' WHERE seq = 3", true, "审计记录 3 的内容被改动; 审计记录 3 之下的历史不是它所记的 farm 2 第 2 版"},
		{"UPDATE audit_log SET prev_hash = '0' WHERE seq = 4", true, "审计记录 4 在升级前另有不一致的记载：prev_hash 0"},
		{"UPDATE audit_log SET algorithm = 'md5' WHERE seq = 4", true, "审计记录 4 在升级前另有不一致的记载：algorithm md5"},
		{"UPDATE audit_log SET at = '昨天' WHERE seq = 4", true, "审计记录 4 的内容被改动"},
		{"UPDATE audit_log SET at = '1700000000000' WHERE seq = 4", true, "审计记录 4 的内容被改动"},
		{"UPDATE audit_log SET actor = '别人' WHERE seq = 4", true, "审计记录 4 的内容被改动"},
		{"UPDATE audit_log SET actor = '新建', action = x'00ff' WHERE seq = 4", true, "审计记录 4 的内容被改动"},
		{"UPDATE audit_log SET entity_id = '1号' WHERE seq = 4", true, "审计记录 4 的内容被改动"},
		{"UPDATE audit_log SET version = 5 WHERE seq = 3", true, "审计记录 3 的内容被改动; farm 2 第 5 版的历史缺失（审计记录 3）; farm 2 第 2 版的历史没有审计记录; " +
			"审计记录 3 在升级前另有不一致的记载：farm 2 version 2, at '2026-11-22T02:00:00.987Z', actor '系统:命令行', action '修改'"},
		{"DELETE FROM audit_log WHERE seq = 6", true, "审计链末尾缺失：应有 6 条，实有 5 条; sample 7 第 1 版的历史没有审计记录; " +
			"审计记录 6 在升级前另有不一致的记载：sample 7 version 1, at '2026-11-22T02:00:00.000Z', actor '系统:命令行', action '新建'"},
		{"DELETE FROM audit_log WHERE seq = 4", true, "审计链在第 4 条处缺号（记录号 5）; 审计记录 5 的内容被改动; 审计记录 5 在升级前另有不一致的记载：prev_hash HASH"},
		{"UPDATE audit_log SET seq = 'x' WHERE seq = 6", true, "审计链末尾缺失：应有 6 条，实有 5 条; sample 7 第 1 版的历史没有审计记录; 审计记录 6 在升级前另有不一致的记载：sample…; 审计记录 x 在升级前另有不一致的记载：chain 1…"},
		{"INSERT INTO audit_log SELECT 2, seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, prev_hash, hash, algorithm FROM audit_log WHERE seq = 2", true,
			"审计记录 2 在升级前另有不一致的记载：chain 2…"},
		{"INSERT INTO revisions (entity, entity_id, version, audit_seq, at, actor, action, salt, body) SELECT entity, 7, version, audit_seq, at, actor, action, salt, body FROM revisions WHERE audit_seq = 1", true,
			"farm 7 第 1 版的历史没有审计记录; 审计记录 1 在升级前另有不一致的记载：farm 7…"},
		{"UPDATE revisions SET version = '二' WHERE audit_seq = 3", true, "farm 2 第 2 版的历史缺失（审计记录 3）; farm 2 第 二 版的历史没有审计记录; 审计记录 3 在升级前另有不一致的记载：farm 2 version 二…"},
		{"UPDATE revisions SET actor = '别人' WHERE audit_seq = 1", true, "审计记录 1 在升级前另有不一致的记载：farm 2…"},
	} {
		there := t.TempDir()
		file := filepath.Join(there, fileName)
		if c.before {
			mustDo(t, os.WriteFile(file, old, 0o600))
			raw, err := sql.Open("sqlite", writerDSN(file))
			mustDo(t, err)
			for _, s := range []string{"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete", c.tamper} {
				if _, err := raw.Exec(s); err != nil {
					t.Fatal(s, err)
				}
			}
			mustDo(t, raw.Close())
		} else if _, err := exec(db, "VACUUM INTO $1", file); err != nil {
			t.Fatal(err)
		}
		tampered := open(t, there, Options{})
		if !c.before {
			if _, err := exec(tampered, c.tamper); err != nil {
				t.Fatal(c.tamper, err)
			}
		}
		_, defects, err := tampered.VerifyAudit(t.Context())
		want := "^" + strings.NewReplacer("…", "[^;]*", "HASH", "[0-9a-f]{64}").Replace(regexp.QuoteMeta(c.want)) + "$"
		if got := strings.Join(defects, "; "); err != nil || !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("after %s VerifyAudit finds\n%s, %v\nwant\n%s", c.tamper, got, err, c.want)
		}
		read(tampered) // the log is still shown
	}
}

// The two acts that fill the log have the numbers that the index of the others leaves out.
func TestCommonActs(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	read(t, db, func(tx *Tx) error {
		for i, word := range commonActions {
			var id int
			if err := tx.one([]any{&id}, "SELECT id FROM audit_words WHERE word = $1", word); err != nil || id != i+1 || id > commonActs {
				t.Errorf("%s has the number %d, %v; want %d", word, id, err, i+1)
			}
		}
		return nil
	})
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
