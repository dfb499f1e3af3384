package intake

import (
	"html"
	"strings"
)

// isHTML reports whether a text is the source of a web page: only one that begins like it, since a bulletin may mention a tag.
func isHTML(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s[:min(len(s), 512)]))
	for _, p := range []string{"<!doctype", "<html", "<head", "<body", "<meta", "<div", "<p>", "<p ", "<span", "<section", "<article", "<table",
		"<h1", "<h2", "<h3", "<strong>", "<b>", "<!--"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// hidden elements hold no text that a reader sees; inline ones do not end a line.
var (
	hiddenElements = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "svg": true}
	inlineElements = map[string]bool{"a": true, "b": true, "strong": true, "em": true, "i": true, "u": true, "span": true, "font": true, "sub": true,
		"sup": true, "mark": true, "small": true, "o:p": true, "st1:chsdate": true, "img": true, "wbr": true, "bdi": true, "bdo": true}
)

// textOfHTML drops the tags of a page in one pass, each block on a line of its own, entities resolved. It is no parser: nesting means
// nothing here, so that a page nested ten thousand deep costs no more than its length.
func textOfHTML(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	cell := false
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		// The line breaks of the source are white space in a page.
		b.WriteString(strings.Map(spaceOfHTML, html.UnescapeString(s[:i])))
		if s = s[i:]; s == "" {
			break
		}
		if strings.HasPrefix(s, "<!--") {
			_, after, _ := strings.Cut(s[4:], "-->")
			s = after
			continue
		}
		tag, after, closed := strings.Cut(s[1:], ">")
		name := tagName(tag)
		if !closed || name == "" {
			b.WriteByte('<') // a sign in the text: COD＜50 typed with the half-width sign
			s = s[1:]
			continue
		}
		s = after
		switch {
		case hiddenElements[name] && tag[0] != '/':
			s = afterClosing(s, name)
		case name == "td" || name == "th":
			if cell = tag[0] != '/'; !cell {
				b.WriteByte('\t') // a row stays one line, its cells parted as a pasted table's are
			}
		case inlineElements[name]:
		case cell && name != "tr" && name != "table":
			b.WriteByte(' ')
		default:
			cell = false
			b.WriteByte('\n')
		}
	}
	return trimLines(b.String())
}

func spaceOfHTML(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' || r == 0xA0 {
		return ' '
	}
	return r
}

func tagName(tag string) string {
	tag = strings.TrimPrefix(tag, "/")
	if tag == "" || !(tag[0] >= 'a' && tag[0] <= 'z' || tag[0] >= 'A' && tag[0] <= 'Z' || tag[0] == '!' || tag[0] == '?') {
		return ""
	}
	if i := strings.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	return strings.ToLower(tag)
}

// afterClosing skips to behind </name>; a page that never closes it shows nothing more, as in a browser.
func afterClosing(s, name string) string {
	for {
		i := strings.Index(s, "</")
		if i < 0 {
			return ""
		}
		s = s[i+2:]
		if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
			_, after, _ := strings.Cut(s, ">")
			return after
		}
	}
}

// trimLines trims each line and leaves at most one empty line between two.
func trimLines(s string) string {
	var b strings.Builder
	blank := true
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" {
			if !blank {
				b.WriteByte('\n')
			}
			blank = true
			continue
		}
		blank = false
		b.WriteString(line + "\n")
	}
	return strings.TrimSpace(b.String())
}
