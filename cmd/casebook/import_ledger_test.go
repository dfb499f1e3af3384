package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A process that is killed while it brings a ledger in leaves all of it or nothing, and the same ledger comes in afterwards.
func TestLedgerImportKilled(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "台账.csv")
	demoIn(t, data)
	const rows = 400
	var b strings.Builder
	b.WriteString("当事人,辖区,违法行为类型,处罚文号,决定日期,罚款（万元）\n")
	for i := range rows {
		fmt.Fprintf(&b, "恩平第%d畜牧公司,恩平,超标排放水污染物,江恩环罚〔2019〕%d号,2019-06-%02d,3\n", i+1, i+1, i%28+1)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		db, err := sql.Open("sqlite", filepath.Join(data, "casebook.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close() //nolint:errcheck // only read
		if err := db.QueryRow("SELECT count(*) FROM cases").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before, killed := count(), 0
	for wait := 100 * time.Millisecond; wait < 3*time.Second; wait = wait * 4 / 3 {
		cmd := exec.Command(os.Args[0], "import", "ledger", file, "--data", data) //nolint:gosec // of a test
		cmd.Env = append(os.Environ(), asCommand+"=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err == nil {
			break
		}
		killed++
		if n := count(); n != before && n != before+rows {
			t.Fatalf("after a kill at %v there are %d cases, want %d or %d", wait, n, before, before+rows)
		}
	}
	if out, err := casebook(t, "import", "ledger", file, "--data", data); err != nil || count() != before+rows {
		t.Errorf("import after the kills: %d cases, %v\n%s", count(), err, out)
	}
	if killed == 0 {
		t.Error("no import was killed")
	}
	if out, err := casebook(t, "verify", "--data", data); err != nil {
		t.Errorf("verify = %v\n%s", err, out)
	}
}
