package xlsx

import (
	"bytes"
	"slices"
	"strings"
)

// formulaFinder is written the XML of a sheet and notes which cells are formulas: a value in a list of cases may be replaced by one that yields the same.
type formulaFinder struct {
	cells []string // their names, the first mostRemembers
	n     int      // how many there are
	tag   []byte
	in    bool // within a tag
	cell  string
}

// longestTag is how much of a tag is looked at: name and place of a cell stand first.
const longestTag = 120

func (x *formulaFinder) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		end := byte('<')
		if x.in {
			end = '>'
		}
		i := bytes.IndexByte(b, end)
		piece := b
		if i >= 0 {
			piece = b[:i]
		}
		if x.in && len(x.tag) < longestTag {
			x.tag = append(x.tag, piece[:min(len(piece), longestTag-len(x.tag))]...)
		}
		if i < 0 {
			break
		}
		if x.in {
			x.ended()
		}
		x.in, x.tag, b = !x.in, x.tag[:0], b[i+1:]
	}
	return n, nil
}

// ended looks at a tag.
func (x *formulaFinder) ended() {
	name, attributes, _ := strings.Cut(strings.TrimSuffix(string(x.tag), "/"), " ")
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	switch name {
	case "c":
		_, x.cell, _ = strings.Cut(" "+attributes, ` r="`)
		x.cell, _, _ = strings.Cut(x.cell, `"`)
	case "f":
		if x.n++; len(x.cells) < mostRemembers {
			x.cells = append(x.cells, x.cell)
		}
	}
}

func (x *formulaFinder) any() bool { return x != nil && x.n > 0 }

// formulasOf are those of a sheet; nil where its part is named otherwise than most programs do.
func (w *Workbook) formulasOf(sheet string) *formulaFinder {
	return w.formulas[sheetPart(slices.Index(w.sheets(), sheet))]
}
