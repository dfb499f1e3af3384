package facts

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// TestLexicon: every file says what it is for and who reads it, and what its headings name is the registry's.
func TestLexicon(t *testing.T) {
	names, err := fs.Glob(files, "lexicon/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no lexicon", err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(b), "\n")
		reader := strings.TrimSuffix(first[strings.LastIndex(first, "(")+1:], ")")
		code, err := os.ReadFile(reader)
		if err != nil || !strings.Contains(string(code), `lexicon("`+strings.TrimSuffix(path.Base(name), ".txt")+`")`) {
			t.Errorf("%s is not read by %q", name, reader)
		}
	}
	terms := func(file, text string, of registry.Terms) {
		for _, w := range strings.Split(text, "、") {
			if w != "" && !slices.Contains(of, w) {
				t.Errorf("%s: %s is none of %v", file, w, of)
			}
		}
	}
	for _, g := range nouns {
		terms("nouns", g.name, registry.PathKinds)
		terms("nouns", g.value, registry.FacilityKinds)
	}
	for _, g := range states {
		switch g.name {
		case "设施":
			terms("states", g.value, registry.FacilityStates)
		case "采样":
			terms("states", g.value, registry.Media)
		default:
			terms("states", g.name, registry.PathKinds)
		}
	}
	for _, g := range exhibits {
		terms("exhibits", g.name, registry.EvidenceKinds)
	}
	for _, g := range slices.Concat(plain, papers) {
		if labels[g.name].set == nil {
			t.Errorf("nothing sets %s", g.name)
		}
	}
}
