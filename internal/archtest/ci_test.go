package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	concurrent = regexp.MustCompile(`(?m)^\s*go [\w.]+\(|"sync"|"sync/atomic"`)
	raced      = regexp.MustCompile(`(?m)^\s*CGO_ENABLED=1 go test -vet=off -race .*$`)
)

// A package that starts goroutines or shares values between them is run under the race detector by .ci/run.
func TestRaceStepKnowsConcurrentPackages(t *testing.T) {
	root := filepath.Join("..", "..")
	script, err := os.ReadFile(filepath.Join(root, ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(strings.Join(raced.FindAllString(string(script), -1), " "))
	for _, f := range load(t) {
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.name)))
		if err != nil {
			t.Fatal(err)
		}
		if concurrent.Match(src) && !slices.Contains(listed, "./"+f.pkg) {
			t.Errorf("%s is concurrent: add ./%s to the race step of .ci/run", f.name, f.pkg)
		}
	}
}
