package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cityWords name the city of the default bureau. Elsewhere than in the files below it must be asked of the bureau.
var cityWords = regexp.MustCompile(`江门|潭江|4407`)

// ofTheCity are the files and folders that may name it: the default, the demonstration, the catalogue's data, what tests are made from.
var ofTheCity = []string{"internal/registry/bureau_default.go", "internal/demo/", "internal/statute/catalogue/", "internal/intake/divisions.txt", "internal/report/reporttest/", "internal/report/brieftest/", "internal/web/webtest/"}

func TestTheCityIsData(t *testing.T) {
	looked := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := strings.TrimPrefix(filepath.ToSlash(path), "../../")
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || strings.HasPrefix(name, ".git") {
				return filepath.SkipDir
			}
			return nil
		}
		if allowedToName(rel) || !named(rel) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		for n, line := range strings.Split(string(text), "\n") {
			if w := cityWords.FindString(line); w != "" {
				t.Errorf("%s:%d names the city (%s); ask the bureau", rel, n+1, w)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if looked < 300 {
		t.Errorf("looked at %d files only", looked)
	}
}

// named reports whether a file is one of the program: Go but for tests, templates, scripts, word lists, SQL.
func named(rel string) bool {
	switch filepath.Ext(rel) {
	case ".go":
		return !strings.HasSuffix(rel, "_test.go")
	case ".html", ".js", ".css", ".txt", ".sql":
		return true
	}
	return false
}

func allowedToName(rel string) bool {
	for _, p := range ofTheCity {
		if strings.HasPrefix(rel, p) {
			return true
		}
	}
	return false
}
