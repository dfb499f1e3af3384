package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Paper is one paper ready to be set.
type Paper struct {
	Key      string // of its Kind
	Title    string
	Organ    string // over the title
	Number   string
	Marks    []string // 示例（虚构数据）
	Created  time.Time
	Official bool     // set as a 公文: 3号 on the grid of GB/T 9704
	Feet     []string // signed at the foot of every page
	Blocks   []Block

	Missing []Missing // required, and not in the record
	Doubts  []string  // what to look at before signing; never printed
}

// Block is one part of a paper; one of its fields is filled.
type Block struct {
	Heading string
	Text    string // a paragraph
	Plain   string // one without an indent: 当事人：…
	Note    string // small print
	Form    []Row  // a ruled form
	Table   *report.SheetTable
	Path    *registry.DischargePath
	Picture *report.Picture
	Signs   []string // lines to sign on
	Close   []string // 署名 and 成文日期, at the right
	End     bool     // 以下空白
	Fresh   bool     // begins a page
	Keep    bool     // stays on one page, with the next block
	Gap     bool     // white
}

// Row is a line of a ruled form.
type Row []Cell

// Cell is a field of a form. Width counts in twelfths of the page; Lines is the least height, for what is written in by hand.
type Cell struct {
	Text  string
	Width int
	Label bool
	Lines int
	Sign  string // at the right of its last line
}

// Missing is a required item that the record does not have: on paper a blank, on the page a link to where it belongs.
type Missing struct {
	Name  string // as Item.Name
	Asks  string // who asks for it
	Field Field
}

// Field says where an item is typed: a record and the name of its field.
type Field struct {
	Entity string // a noun; "wording": the administrator's page of fixed wordings; "new": a document of the kind Name, still to be recorded
	ID     int64
	Name   string // of the field; with #, of a part of the record's page
}

// Blank stands where the record has nothing; hand and dated are where somebody signs, and says when.
const (
	Blank = "________________"
	hand  = "____________"
	dated = "　　　　年　　月　　日"
)

// EndMark closes a record, so that nothing can be added under it (案卷评查细则 卷面基本要素).
const EndMark = "（以下空白）"

// Text is all words of the paper, a paragraph a line: what golden files hold.
func (p *Paper) Text() string {
	var b strings.Builder
	line := func(s ...string) {
		if t := strings.Join(s, ""); t != "" {
			b.WriteString(t + "\n")
		}
	}
	line(p.Organ)
	line(p.Title)
	line(p.Number)
	for _, x := range p.Blocks {
		line(x.Heading, x.Text, x.Plain, x.Note)
		for _, r := range x.Form {
			var cells []string
			for _, c := range r {
				cells = append(cells, c.Text+c.Sign)
			}
			line(strings.Join(cells, " | "))
		}
		if x.Table != nil {
			for _, c := range x.Table.Rows {
				line(strings.Join(c, " | "))
			}
		}
		if x.Path != nil {
			line(report.DrawPath(*x.Path, report.PathPaper).Words)
		}
		for _, s := range x.Signs {
			line(s)
		}
		for _, s := range x.Close {
			line(s)
		}
		if x.End {
			line(EndMark)
		}
	}
	for _, s := range p.Feet {
		line("每页：" + s)
	}
	return b.String()
}

// Digest names the words of the paper: what was signed and what would be printed today are the same if it is.
func (p *Paper) Digest() string {
	sum := sha256.Sum256([]byte(p.Text()))
	return hex.EncodeToString(sum[:])
}
