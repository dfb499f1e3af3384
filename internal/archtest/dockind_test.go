package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// wordsOfTexts are the packages that read or hold texts: there a kind's name is a word among others.
var wordsOfTexts = []string{"internal/intake", "internal/statute"}

// dictionaries of other things have words that are kinds of document too: 复查 is also a kind of inspection.
var dictionaries = slices.Concat(registry.InspectionKinds, registry.EvidenceKinds, registry.ParticipantParts)

// TestKindsAreNamedOnce: outside the table of kinds a kind is named by its constant, so that no rule hangs on a spelling and no list of
// names grows beside the table's properties. The title of a ledger column is a title.
func TestKindsAreNamedOnce(t *testing.T) {
	names := map[string]bool{}
	for _, k := range registry.DocumentKinds {
		names[string(k.Name)] = !dictionaries.Has(string(k.Name)) && !slices.Contains(registry.Stages, registry.Stage(k.Name))
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		name := filepath.ToSlash(rel)
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(wordsOfTexts, name):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"), strings.HasPrefix(name, "internal/registry/dockind"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CompositeLit:
				of, ok := x.Type.(*ast.Ident)
				return !ok || of.Name != "Column"
			case *ast.BasicLit:
				if s, err := strconv.Unquote(x.Value); err == nil && names[s] && x.Value[0] == '"' { // in backquotes stand the patterns of a text
					t.Errorf("%s: %s is a kind of document; name its constant, or ask its row (registry.DocumentKind)", set.Position(x.Pos()), x.Value)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
