package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// serveOnce starts the server, waits until it says its address and stops it.
func serveOnce(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var out, errs lines
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), &out, &errs, time.Now)
	}()
	for deadline := time.Now().Add(5 * time.Minute); !strings.Contains(out.String(), "http://") && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	if err := <-done; err != nil {
		t.Fatalf("casebook serve %v = %v\n%s%s", args, err, out.String(), errs.String())
	}
	return out.String()
}

// With --dev the demo's passwords stand in a file that nobody else can read, and hold until it is deleted; without, each start has its own.
func TestDevKeepsTheDemoPasswords(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	data := t.TempDir()
	file := filepath.Join(data, "demo-passwords.json")
	signIns := func(args ...string) []string {
		t.Helper()
		list := regexp.MustCompile(`sign-in .*`).FindAllString(serveOnce(t, append(args, "--demo", "--data", data)...), -1)
		if len(list) != 6 {
			t.Fatalf("serve --demo %v printed %d sign-in lines: %v", args, len(list), list)
		}
		return list
	}
	signIns()
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Fatalf("serve --demo wrote %s: %v", file, err)
	}
	first := signIns("--dev")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v; want mode 0600", file, info, err)
	}
	if between := signIns(); slices.Equal(between, first) {
		t.Error("serve --demo without --dev used the kept passwords")
	}
	if err := os.Chmod(file, 0o644); err != nil { //nolint:gosec // what the server must mend
		t.Fatal(err)
	}
	if again := signIns("--dev"); !slices.Equal(again, first) {
		t.Errorf("after a restart: %v\nwant what it was: %v", again, first)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s after a restart: %v, %v; want mode 0600", file, info, err)
	}
	if err := os.WriteFile(file, []byte("admin"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := casebook(t, "serve", "--dev", "--demo", "--data", data, "--addr", "127.0.0.1:0"); err == nil || !strings.Contains(err.Error(), "demo-passwords.json") {
		t.Errorf("serve with an unreadable file of passwords = %v; want an error that names it", err)
	}
}
