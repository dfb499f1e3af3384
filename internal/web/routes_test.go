package web_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"casebook/internal/web"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Who may call what, as one table to read: a route that appears, goes or changes its permission shows here.
// go test ./internal/web -run RouteTable -update
func TestRouteTable(t *testing.T) {
	var lines []string
	for _, r := range web.Routes() {
		lines = append(lines, fmt.Sprintf("%-5s %-60s %s", r.Method, r.Path, r.Permission))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const path = "testdata/routes.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	held := strings.Split(string(want), "\n")
	for _, l := range lines {
		if !slices.Contains(held, l) {
			t.Errorf("%s has no line: %s", path, l)
		}
	}
	for _, l := range held {
		if l != "" && !slices.Contains(lines, l) {
			t.Errorf("%s has a line that no route answers: %s", path, l)
		}
	}
}
