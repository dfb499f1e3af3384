package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "casebook/"

// allowed is who may import whom, directly, of our packages. Tests and test helpers are exempt.
var allowed = map[string][]string{
	"internal/registry":       {"internal/lazyregexp", "internal/pinyin"}, // names that are told by their sound
	"internal/auth":           {},
	"internal/geo":            {},
	"internal/lazyregexp":     {},
	"internal/heavy":          {"internal/registry"},
	"internal/picture":        {"internal/registry"},
	"internal/pinyin":         {},
	"internal/seal":           {"internal/registry"},
	"internal/statute":        {"internal/lazyregexp", "internal/statute/cite", "internal/statute/diff", "internal/pinyin", "internal/registry"},
	"internal/statute/cite":   {"internal/lazyregexp", "internal/statute/diff", "internal/registry"},
	"internal/statute/diff":   {},
	"internal/report":         {"internal/procedure", "internal/seal", "internal/statute", "internal/registry"},
	"internal/paper":          {"internal/procedure", "internal/report", "internal/statute", "internal/registry"},
	"internal/intake":         {"internal/lazyregexp", "internal/statute", "internal/statute/cite", "internal/registry"},
	"internal/intake/compose": {},
	"internal/intake/facts":   {"internal/lazyregexp", "internal/registry"},
	"internal/ledgerread":     {"internal/lazyregexp", "internal/intake", "internal/report", "internal/statute", "internal/statute/cite", "internal/registry"},
	"internal/procedure":      {"internal/statute", "internal/registry"},
	"internal/store":          {"internal/store/packing", "internal/seal", "internal/statute", "internal/pinyin", "internal/registry"},
	"internal/store/packing":  {},
	"internal/casework":       {"internal/lazyregexp", "internal/store", "internal/geo", "internal/heavy", "internal/paper", "internal/picture", "internal/seal", "internal/intake", "internal/intake/facts", "internal/ledgerread", "internal/procedure", "internal/report", "internal/auth", "internal/statute", "internal/statute/cite", "internal/statute/diff", "internal/registry"},
	"internal/xlsx":           {"internal/report", "internal/seal", "internal/statute", "internal/registry"},
	"internal/flatfile":       {"internal/report", "internal/registry"},
	"internal/pdf":            {"internal/paper", "internal/report", "internal/statute", "internal/registry"},
	"internal/docx":           {"internal/paper", "internal/report", "internal/statute", "internal/registry"},
	"internal/wechat":         {"internal/report", "internal/statute", "internal/registry"},
	"internal/demo":           {"internal/casework", "internal/statute", "internal/registry"},
	"internal/web/draw":       {},
	"internal/web/kit":        {"internal/web/draw", "internal/casework", "internal/registry", "templates"},
	"internal/web/view":       {"internal/web/kit", "internal/casework", "internal/paper", "internal/procedure", "internal/report", "internal/statute", "internal/statute/diff", "internal/registry"},
	"templates":               {},
	"cmd/casebook":            {"internal/auth", "internal/casework", "internal/demo", "internal/intake", "internal/paper", "internal/ledgerread", "internal/pdf", "internal/registry", "internal/report", "internal/seal", "internal/statute", "internal/statute/diff", "internal/store", "internal/web", "internal/web/public", "internal/xlsx", "internal/flatfile", "internal/docx", "internal/wechat"},
}

// rooms are the areas of web. They never import each other: what several need stands in web/view or, where it knows no noun, in web/kit.
var rooms = []string{"admin", "api", "bulletins", "casefile", "field", "home", "imports", "law", "ledgers", "lists", "maps", "public", "records"}

func init() {
	inRoom := []string{"internal/web/kit", "internal/web/view", "internal/casework", "internal/paper", "internal/procedure", "internal/report", "internal/xlsx", "internal/flatfile", "internal/pdf", "internal/docx", "internal/wechat", "internal/intake", "internal/ledgerread", "internal/seal", "internal/statute", "internal/statute/diff", "internal/registry"}
	front := []string{"internal/registry", "internal/web/kit", "internal/web/view"}
	for _, room := range rooms {
		allowed["internal/web/"+room] = inRoom
		front = append(front, "internal/web/"+room)
	}
	allowed["internal/web"] = front
}

// only says which packages alone may import something.
var only = map[string][]string{
	"github.com/labstack/echo/v4":    {"internal/web/kit"},
	"html/template":                  {"internal/web/kit", "internal/web/draw"},
	"database/sql":                   {"internal/store"},
	"modernc.org/sqlite":             {"internal/store"},
	"github.com/jackc/pgx/v5":        {"internal/store"},
	"github.com/pressly/goose/v3":    {"internal/store"},
	"github.com/jung-kurt/gofpdf":    {"internal/pdf"},
	"github.com/xuri/excelize/v2":    {"internal/xlsx"},
	"github.com/klauspost/compress":  {"internal/pdf", "internal/store/packing", "internal/xlsx", "internal/web/kit"},
	"golang.org/x/crypto/argon2":     {"internal/auth"},
	"github.com/chromedp/chromedp":   {},
	"net/http":                       {"internal/web", "cmd/casebook"},
	"golang.org/x/text/unicode/norm": {"internal/pdf"},
	"golang.org/x/text/encoding":     {"internal/intake"},
	"github.com/mozillazg/go-pinyin": {"internal/pinyin"},
	"golang.org/x/sync":              {"internal/casework", "internal/heavy", "internal/store"},
	"golang.org/x/image":             {"internal/picture"},
	"github.com/paulmach/orb":        {"internal/geo"},
	"modernc.org/libc":               {"internal/store"},
}

type file struct {
	pkg, name string
	doc       string
	imports   []string
	env       bool // reads the environment or the clock
	sql       bool // holds a piece of a statement
}

// sqlPiece is a string literal that begins a statement or a clause of one.
var sqlPiece = regexp.MustCompile(`["\x60](SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|WHERE|ORDER BY|AND|LIMIT) [a-zA-Z]`)

func load(t *testing.T) []file {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []file
	for _, top := range []string{"cmd", "internal", "templates"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			f := file{pkg: filepath.ToSlash(filepath.Dir(rel)), name: filepath.ToSlash(rel)}
			if strings.HasSuffix(f.pkg, "test") { // webtest, storetest, archtest
				return nil
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			ast, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ParseComments|parser.ImportsOnly)
			if err != nil {
				return err
			}
			f.doc = ast.Doc.Text()
			for _, i := range ast.Imports {
				p, _ := strconv.Unquote(i.Path.Value)
				f.imports = append(f.imports, p)
			}
			f.env = strings.Contains(string(src), "os.Getenv(") || strings.Contains(string(src), "os.Args") || strings.Contains(string(src), "time.Now()")
			f.sql = sqlPiece.Match(src)
			files = append(files, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestImportTable(t *testing.T) {
	for _, f := range load(t) {
		may, listed := allowed[f.pkg]
		if !listed {
			t.Errorf("%s: package %s is not in the import table; add it there with what it may import", f.name, f.pkg)
			continue
		}
		for _, p := range f.imports {
			own, ok := strings.CutPrefix(p, module)
			if ok && !slices.Contains(may, own) {
				t.Errorf("%s imports %s; %s may import %v", f.name, own, f.pkg, may)
			}
			if !ok && f.pkg == "internal/registry" && strings.Contains(strings.SplitN(p, "/", 2)[0], ".") {
				t.Errorf("%s imports %s; registry uses the standard library only", f.name, p)
			}
		}
	}
}

func TestConfinedPackages(t *testing.T) {
	for _, f := range load(t) {
		for _, p := range f.imports {
			for confined, pkgs := range only {
				if (p == confined || strings.HasPrefix(p, confined+"/")) && !slices.Contains(pkgs, f.pkg) && !(confined == "net/http" && strings.HasPrefix(f.pkg, "internal/web/")) {
					t.Errorf("%s imports %s; only %v may", f.name, p, pkgs)
				}
			}
		}
	}
}

func TestOnlyCmdReadsClockAndEnvironment(t *testing.T) {
	for _, f := range load(t) {
		if f.env && f.pkg != "cmd/casebook" {
			t.Errorf("%s reads the clock or the environment; take now as a value, or Config.Now", f.name)
		}
	}
}

func TestOnlyStoreWritesSQL(t *testing.T) {
	for _, f := range load(t) {
		if f.sql && f.pkg != "internal/store" {
			t.Errorf("%s holds SQL; give the list or the change a named method in store", f.name)
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	docs := map[string][]string{}
	for _, f := range load(t) {
		docs[f.pkg] = append(docs[f.pkg], nil...)
		if strings.TrimSpace(f.doc) != "" {
			docs[f.pkg] = append(docs[f.pkg], f.name)
		}
	}
	for pkg, files := range docs {
		if len(files) != 1 {
			t.Errorf("package %s has %d package comments %v, want 1", pkg, len(files), files)
		}
	}
}
