package templates

import (
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/text/width"
)

const maxColumns = 160

// A template is read in an editor and in a diff: its lines stay narrower than a screen.
func TestLinesAreShort(t *testing.T) {
	files := 0
	err := fs.WalkDir(Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(Files, path)
		if err != nil {
			return err
		}
		files++
		for i, line := range strings.Split(string(text), "\n") {
			if n := columns(line); n >= maxColumns {
				t.Errorf("%s:%d is %d columns wide", path, i+1, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Error("no templates were read")
	}
}

// columns is how wide a line is in an editor, where a Chinese character takes two columns.
func columns(line string) int {
	n := 0
	for _, r := range line {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

func TestColumns(t *testing.T) {
	for line, want := range map[string]int{"": 0, "<p>": 3, "<p>案件</p>": 11, "（1）": 5} {
		if got := columns(line); got != want {
			t.Errorf("columns(%q) = %d, want %d", line, got, want)
		}
	}
}
