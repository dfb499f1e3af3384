package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWordFiles: every file of words says what it is for, holds each word once, and is used.
func TestWordFiles(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := map[string]string{}
	for _, name := range sources {
		if !strings.HasSuffix(name, "_test.go") {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code[name] = string(b)
		}
	}
	files, err := fs.Glob(wordFiles, "lexicon/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files of words", err)
	}
	for _, file := range files {
		b, err := wordFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
		if !strings.HasPrefix(lines[0], "# ") || !strings.HasSuffix(lines[0], ".go)") {
			t.Errorf("%s: the first line should say what the words mean and where they are used: %q", file, lines[0])
		}
		var seen []string
		for i, line := range lines[1:] {
			blank := line == "" && i+2 < len(lines) && strings.HasPrefix(lines[i+2], "[") // before a group
			if line != strings.TrimSpace(line) || line == "" && !blank {
				t.Errorf("%s:%d: %q is blank or has outer white space", file, i+2, line)
			}
			if line != "" && slices.Contains(seen, line) {
				t.Errorf("%s:%d: %s stands twice", file, i+2, line)
			}
			seen = append(seen, line)
		}
		if use := `("` + strings.TrimSuffix(filepath.Base(file), ".txt") + `"`; !slices.ContainsFunc(sources, func(name string) bool {
			return strings.Contains(code[name], use) && strings.Contains(lines[0], name)
		}) {
			t.Errorf("%s is not read by a file that its first line names", file)
		}
	}
}

func TestWordGroups(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		n          int
	}{
		{"能繁母猪", "生猪", 4}, // the longest word, not 母猪
		{"奶牛场", "奶牛", 2},
		{"马匹", "马", 2},
		{"马上", "", 0},
	} {
		if got, n := speciesWords.at([]rune(tt.text), 0); got != tt.want || n != tt.n {
			t.Errorf("at(%s) = %q, %d, want %q, %d", tt.text, got, n, tt.want, tt.n)
		}
	}
	if s, ok := bareMarkers.whole([]rune("案情")); !ok || s != secFacts {
		t.Errorf("案情 is a marker of section %d, %v", s, ok)
	}
	if _, ok := bareMarkers.whole([]rune("案情甲")); ok {
		t.Error("案情甲 is no marker")
	}
}
