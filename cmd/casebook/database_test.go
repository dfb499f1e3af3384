package main

import (
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/store/enginetest"
)

// A database is named on the command line or in the environment.
func TestDatabaseRefusals(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"not PostgreSQL": {[]string{"verify", "--db", "mysql://a/b"}, "--db 应写成 postgres://"},
		"nobody listens": {[]string{"verify", "--db", "postgres://u:secret@127.0.0.1:1/d"}, "连不上数据库服务器 127.0.0.1:1/d（用户 u）"},
		"backup":         {[]string{"backup", filepath.Join(dir, "..", "b"), "--db", "postgres://u:secret@127.0.0.1:1/d"}, "连不上数据库服务器 127.0.0.1:1/d（用户 u）"},
	} {
		_, err := casebook(t, append(c.args, "--data", dir)...)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.ContainsAny(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v; want one line with %s", name, err, c.want)
		}
	}
	t.Setenv("CASEBOOK_DB", "mysql://a/b")
	if _, err := casebook(t, "verify", "--data", dir); err == nil || !strings.Contains(err.Error(), "--db 应写成 postgres://") {
		t.Errorf("CASEBOOK_DB is not asked: %v", err)
	}
}

// The commands do on a PostgreSQL database what they do on the file.
func TestDatabaseCommands(t *testing.T) {
	enginetest.OnlyPostgres(t)
	dir := t.TempDir()
	t.Setenv("CASEBOOK_DB", enginetest.Database(t, dir))
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"demo", "--cases", "20"}, "20"},
		{[]string{"user", "add", "shen", "--role", "auditor", "--name", "沈"}, "shen"},
		{[]string{"export", "ledger", "-o", filepath.Join(dir, "ledger.xlsx")}, "ledger.xlsx"},
		{[]string{"verify"}, "核验通过"},
	} {
		if out, err := casebook(t, append(c.args, "--data", filepath.Join(dir, "data"))...); err != nil || !strings.Contains(out, c.want) {
			t.Errorf("%q: %s, %v; want %s", c.args, out, err, c.want)
		}
	}
}
