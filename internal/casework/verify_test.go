package casework_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
)

// verifying is a register that is tampered with between verifications.
type verifying struct {
	*working
	raw *sql.DB
}

func (v *verifying) verify(since bool) casework.VerifyReport {
	v.Helper()
	r, err := v.s.VerifyKeeping(ctx, registry.CommandLine, casework.VerifyAsked{Since: since}, func(store.VerifyProgress) {})
	v.must(err)
	return r
}

func (v *verifying) tamper(statement string, args ...any) {
	v.Helper()
	_, err := v.raw.ExecContext(ctx, statement, args...)
	v.must(err)
}

// found tells whether a verification found a defect with these words.
func found(r casework.VerifyReport, words string) bool {
	return strings.Contains(strings.Join(r.Defects, "\n"), words)
}

// A verification since the last one finds what was done to records that were written since, records that come or go behind the program's back, and a chain that
// does not go on from the last. A value of an old record only a whole one finds, and it says so.
func TestVerifySinceTheLast(t *testing.T) {
	enginetest.OnlySQLite(t, "the file is tampered with as SQLite's")
	w := newWorking(t)
	raw, err := sql.Open("sqlite", filepath.Join(w.dir, "casebook.db"))
	w.must(err)
	raw.SetMaxOpenConns(1)                // a temporary table is a connection's
	t.Cleanup(func() { _ = raw.Close() }) // of a test
	v := &verifying{w, raw}
	if _, err := v.s.VerifyKeeping(ctx, registry.CommandLine, casework.VerifyAsked{Since: true}, func(store.VerifyProgress) {}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("there is no verification to go on from: %v", err)
	}
	v.must(v.s.EnsureOrgans(ctx))
	v.must(v.s.RefreshDue(ctx))
	old := aCase(t, v.s, registry.OriginField)
	if r := v.verify(false); len(r.Defects) > 0 || r.Since != nil {
		t.Fatalf("the whole: %q", r.Defects)
	}
	if r := v.verify(true); len(r.Defects) > 0 || r.Since.Records != 0 {
		t.Errorf("nothing was written since: %q, %+v", r.Defects, r.Since)
	}
	fresh := aCase(t, v.s, registry.OriginField)
	mark, err := os.ReadFile(filepath.Join(v.dir, "verified.json"))
	v.must(err)

	r := v.verify(true)
	if len(r.Defects) > 0 || r.Since.Records < 1 || r.Cases != 1 {
		t.Errorf("a case was added: %q, %+v, %d cases", r.Defects, r.Since, r.Cases)
	}
	if !strings.Contains(r.Since.Unseen(), "只有完整核验能发现") || !strings.Contains(r.Since.Words(&r), "增量核验") || r.Since.At.IsZero() || r.Since.FullAt.IsZero() {
		t.Errorf("it says %q", r.Since.Unseen())
	}
	v.must(os.WriteFile(filepath.Join(v.dir, "verified.json"), mark, 0o600)) // as if that one had not been

	title := func(id registry.CaseID, title string) {
		v.tamper("UPDATE cases SET title = $1 WHERE id = $2", title, id)
	}
	title(fresh.ID, "改过的题目")
	if r := v.verify(true); !found(r, "不同：title") {
		t.Errorf("a value of a new record: %q", r.Defects)
	}
	title(fresh.ID, fresh.Title)
	title(old.ID, "改过的题目")
	if r := v.verify(true); len(r.Defects) > 0 {
		t.Errorf("a value of an old record is found: %q; then say so, and not that it is not", r.Defects)
	}
	if r := v.verify(false); !found(r, "不同：title") {
		t.Errorf("the whole does not find it: %q", r.Defects)
	}
	title(old.ID, old.Title)
	v.tamper("CREATE TEMP TABLE twin AS SELECT * FROM parties LIMIT 1")
	v.tamper("UPDATE twin SET id = 9999, name = name || '2'")
	v.tamper("INSERT INTO parties SELECT * FROM twin")
	if r := v.verify(true); !found(r, "当事人应有") {
		t.Errorf("a row beside the program: %q", r.Defects)
	}
	v.tamper("DELETE FROM parties WHERE id = 9999")
	forged := bytes.Replace(mark, []byte(`"counts"`), []byte(`"counts" `), 1)
	v.must(os.WriteFile(filepath.Join(v.dir, "verified.json"), bytes.Replace(forged, []byte(`"case": 2`), []byte(`"case": 3`), 1), 0o600))
	if _, err := v.s.VerifyKeeping(ctx, registry.CommandLine, casework.VerifyAsked{Since: true}, func(store.VerifyProgress) {}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a mark that somebody wrote: %v", err)
	}
}
