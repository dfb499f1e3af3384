package archtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	fenced     = regexp.MustCompile("(?s)```.*?```")
	inCode     = regexp.MustCompile("`([^`\n]+)`")
	fileOf     = regexp.MustCompile(`^(cmd|internal|templates|testdata|\.ci)(/[\w.-]+)*$`)
	linkTo     = regexp.MustCompile(`\]\(([^):]+)\)`)
	testName   = regexp.MustCompile(`^Test\w+$`)
	testRun    = regexp.MustCompile(`go test ([^` + "`" + `#;\n]*)`)
	testFunc   = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark)\w+)\(`)
	runFlag    = regexp.MustCompile(`-(?:run|bench) ["']?(\w[\w|]*)`)
	fileIn     = regexp.MustCompile(`\b(?:cmd|internal|templates|testdata)/[\w./-]*\w`)
	testIn     = regexp.MustCompile(`\b(?:Test|Benchmark)[A-Z]\w+`)
	packageArg = regexp.MustCompile(`\./[\w/]+`)
)

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// testsOf are the names of all tests and benchmarks by package folder.
func testsOf(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..")
	all := map[string][]string{}
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(path))
			for _, m := range testFunc.FindAllSubmatch(src, -1) {
				all[filepath.ToSlash(dir)] = append(all[filepath.ToSlash(dir)], string(m[1]))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// What README sends a reader to is there: files, tests, and the tests that its commands run.
func TestReadmeNamesWhatIsThere(t *testing.T) {
	text, tests := readme(t), testsOf(t)
	var names []string
	for _, list := range tests {
		names = append(names, list...)
	}
	var paths []string
	seenTests := 0
	for _, m := range inCode.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		switch code := m[1]; {
		case fileOf.MatchString(code):
			paths = append(paths, code)
		case testName.MatchString(code):
			seenTests++
			if !slices.Contains(names, code) {
				t.Errorf("README names the test %s, which no package has", code)
			}
		}
	}
	for _, m := range linkTo.FindAllStringSubmatch(text, -1) {
		paths = append(paths, m[1])
	}
	if len(paths) < 40 || seenTests < 7 {
		t.Errorf("found %d paths and %d tests in README: is it still read rightly?", len(paths), seenTests)
	}
	pathsFind(t, "README", paths)
	commandsFind(t, "README", text, tests)
}

func pathsFind(t *testing.T, where string, paths []string) {
	t.Helper()
	for _, p := range paths {
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(p))); err != nil {
			t.Errorf("%s names %s: %v", where, p, err)
		}
	}
}

// commandsFind holds every go test of a text to the tests: each package has one that is called so, and each name is that of one.
func commandsFind(t *testing.T, where, text string, tests map[string][]string) {
	t.Helper()
	for _, m := range testRun.FindAllStringSubmatch(text, -1) {
		var words []string
		if run := runFlag.FindStringSubmatch(m[1]); run != nil {
			words = strings.Split(run[1], "|")
		}
		var all []string
		for _, arg := range packageArg.FindAllString(m[1], -1) {
			names := tests[strings.TrimPrefix(arg, "./")]
			if len(names) == 0 || words != nil && !slices.ContainsFunc(words, func(word string) bool { return called(names, word) }) {
				t.Errorf("%s: go test %s: %s has no such test", where, m[1], arg)
			}
			all = append(all, names...)
		}
		for _, word := range words {
			if !called(all, word) {
				t.Errorf("%s: go test %s: no test is called %s", where, m[1], word)
			}
		}
	}
}

func called(names []string, word string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, word) })
}

// The files that "How to add" sends a reader to are there.
func TestHowToAddNamesFilesThatAreThere(t *testing.T) {
	src, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	paths := fileIn.FindAllString(string(src), -1)
	if len(paths) < 60 {
		t.Errorf("found %d paths in doc.go: is it still read rightly?", len(paths))
	}
	pathsFind(t, "doc.go", paths)
}

// The tests and commands that comments of the program send a reader to are there.
func TestCommentsNameTestsThatAreThere(t *testing.T) {
	tests := testsOf(t)
	var names []string
	for _, list := range tests {
		names = append(names, list...)
	}
	seen := 0
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := os.ReadFile(path)
			for _, name := range testIn.FindAllString(string(src), -1) {
				if seen++; !slices.Contains(names, name) {
					t.Errorf("%s names the test %s, which no package has", path, name)
				}
			}
			commandsFind(t, path, string(src), tests)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 40 {
		t.Errorf("found %d tests in comments: are they still read rightly?", seen)
	}
}

// Every package stands in README's map.
func TestReadmeMapsEveryPackage(t *testing.T) {
	text := readme(t)
	for pkg := range allowed {
		if !strings.Contains(text, "`"+pkg+"`") {
			t.Errorf("README's map lacks `%s`", pkg)
		}
	}
}
