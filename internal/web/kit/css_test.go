package kit

import (
	"regexp"
	"testing"
)

// The phone's pages load field.css after app.css, and app.js: a class that both style, or a mark that a script of every page looks for, would be two things.
func TestPhonePagesNameThingsAnew(t *testing.T) {
	read := func(name string) string {
		t.Helper()
		b, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(b), "")
	}
	own := regexp.MustCompile(`(?m)(?:^|,|\})\s*\.([a-z0-9-]+)\s*[,{]`)
	styled := map[string]bool{}
	for _, m := range own.FindAllStringSubmatch(read("app.css"), -1) {
		styled[m[1]] = true
	}
	if len(styled) < 100 {
		t.Fatalf("app.css styles %d classes: they are not read any more", len(styled))
	}
	for _, m := range own.FindAllStringSubmatch(read("field.css"), -1) {
		if styled[m[1]] {
			t.Errorf("app.css and field.css both style .%s", m[1])
		}
	}
}
