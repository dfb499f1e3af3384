package registry

import (
	"html"
	"strings"

	"casebook/internal/lazyregexp"
)

// markupSign is what only a pasted page or Word document holds: an element of its own, or an ordinary one that is opened and closed.
var markupSign = lazyregexp.New(`(?i)</?(?:o:p|w:\w+|st1:\w+|v:\w+)\b[^<>]*>|<(?:p|span|div|table|font|body)\b[^<>]*\b(?:class|style|lang|align)\s*=|<!--\[if|</(?:p|div|span|table|li|td)\s*>|<br\s*/?>`)

// HoldsMarkup tells whether a text is clearly a piece of a page or of a Word document and not somebody's words about < and >.
func HoldsMarkup(s string) bool { return strings.Contains(s, "<") && markupSign.MatchString(s) }

// Elements that end a line, and those that hold nothing that is read.
var (
	markupLines  = Terms{"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "hr", "body", "html"}
	markupUnread = Terms{"style", "script", "head", "title", "xml", "noscript", "template"}
)

// PlainFromHTML is the text of a page or of what Word puts on the clipboard: a line for each paragraph, item and row, cells a blank apart.
// Breaks of the source inside a paragraph are none, as Word wraps its source anywhere; outside of one they are somebody's own and stay. It
// reads any text in one pass and gives no error: what is no markup stays.
func PlainFromHTML(s string) string { return plainFromHTML(s, " ") }

// RowsFromHTML is PlainFromHTML with the cells of a row a tab apart.
func RowsFromHTML(s string) string { return plainFromHTML(s, "\t") }

func plainFromHTML(s, cells string) string {
	r := markupReader{ended: true}
	for s != "" {
		at := strings.IndexByte(s, '<')
		if at < 0 || !r.ended {
			r.text(s)
			break
		}
		r.text(s[:at])
		s = r.markup(s[at:])
	}
	var lines []string
	for line := range strings.SplitSeq(r.b.String(), "\n") {
		row := strings.Split(joinedLine(line), cellEnd)
		for i, cell := range row {
			row[i] = strings.Join(strings.FieldsFunc(cell, func(c rune) bool { return c == ' ' || c == '\t' || c == 0xA0 }), " ")
		}
		if line = strings.TrimSpace(strings.Join(row, cells)); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

type markupReader struct {
	b     strings.Builder
	depth int  // paragraphs, cells and items that are open
	ended bool // there may be another >
	noted bool // a comment had no end: the next one is not looked for
	cell  bool // in a cell of a table: it stays on one line
	open  bool // an element that is not read had no end: the next one is not looked for
}

// text writes what stands between two tags: references are the characters they mean. The marker's own character is no text, wherever it comes from.
func (r *markupReader) text(s string) {
	s = markerless.Replace(html.UnescapeString(s))
	if r.depth == 0 {
		r.b.WriteString(s)
		return
	}
	r.b.WriteString(sourceBreaks.Replace(s))
}

// sourceBreak stands for a break of the source inside a paragraph until it is known what it parts.
const sourceBreak = "\x01"

// cellEnd stands behind a cell of a table.
const cellEnd = "\x02"

var markerless = strings.NewReplacer(sourceBreak, "", cellEnd, "")

var sourceBreaks = strings.NewReplacer("\r\n", sourceBreak, "\n", sourceBreak, "\r", sourceBreak)

// joinedLine is a line without the breaks of its source: between Latin words they were blanks, Chinese has none.
func joinedLine(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, sourceBreak) {
		if so := b.String(); i > 0 && so != "" && part != "" && so[len(so)-1] < 0x80 && part[0] < 0x80 {
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String()
}

// markup reads the tag or comment that s begins with and returns what follows it.
func (r *markupReader) markup(s string) string {
	if strings.HasPrefix(s, "<!--") && !r.noted {
		_, after, closed := strings.Cut(s, "-->")
		if closed {
			return after
		}
		r.noted = true
	}
	tag, after, closed := strings.Cut(s[1:], ">")
	if !closed {
		r.ended = false
		return s
	}
	name, closing := tagName(tag)
	if name == "" {
		r.b.WriteByte('<')
		return s[1:]
	}
	switch {
	case markupUnread.Has(name) && !closing && !r.open && !strings.HasSuffix(tag, "/"):
		if rest, found := afterElement(after, name); found {
			return rest
		}
		r.open = true
	case markupLines.Has(name):
		if r.cell = r.cell && name != "tr" && name != "table"; r.cell {
			r.b.WriteByte(' ')
		} else {
			r.b.WriteByte('\n')
		}
	case name == "td" || name == "th":
		if r.cell = !closing; closing {
			r.b.WriteString(cellEnd)
		}
	default:
		return after
	}
	if name != "br" && name != "hr" && name != "body" && name != "html" {
		r.depth++
		if closing {
			r.depth = max(0, r.depth-2)
		}
	}
	return after
}

// tagName is the name of what stands between < and >; empty where that is no tag.
func tagName(tag string) (name string, closing bool) {
	tag, closing = strings.CutPrefix(tag, "/")
	end := strings.IndexFunc(tag, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ':' || r == '!' || r == '?')
	})
	if end < 0 {
		end = len(tag)
	}
	name = strings.ToLower(tag[:end])
	if name == "" || name[0] >= '0' && name[0] <= '9' || end < len(tag) && !strings.ContainsRune(" \t\r\n/[-", rune(tag[end])) {
		return "", false
	}
	return name, closing
}

// afterElement is what follows the end of an element that is not read.
func afterElement(s, name string) (rest string, found bool) {
	for {
		at := strings.Index(s, "</")
		if at < 0 {
			return "", false
		}
		s = s[at+2:]
		if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
			_, rest, found = strings.Cut(s, ">")
			return rest, found
		}
	}
}
