package intake

import "strings"

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
