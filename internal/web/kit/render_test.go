package kit

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"
)

type namedPage struct{ Name string }

func (namedPage) Template() string { return "page" }

// The comparison that every test of a page rests on must see a difference.
func TestCompareSeesADifference(t *testing.T) {
	v := &views{set: template.Must(template.New("page").Parse("<p>{{.Name}}</p>"))}
	if err := v.compare("<p>甲</p>", namedPage{"甲"}); err != nil {
		t.Errorf("equal: %v", err)
	}
	if err := v.compare("<p>乙</p>", namedPage{"甲"}); err == nil || !strings.Contains(err.Error(), "乙") {
		t.Errorf("different: %v, want an error that shows both", err)
	}
}

// All templates are one set: a name that two files define would be every page's, of the one that is read last.
func TestTemplateNamesAreDefinedOnce(t *testing.T) {
	files := files{static: fstest.MapFS{}, templates: fstest.MapFS{
		"layout/app.html": {Data: []byte(`{{define "app"}}{{end}}`)}, "partials/a.html": {Data: []byte(`{{define "row"}}a{{end}}`)},
		"pages/room/x.html": {Data: []byte(`{{template "app" .}}{{define "row"}}x{{end}}`)}}}
	if _, err := parseViews(files, nil); err == nil || !strings.Contains(err.Error(), `"row"`) {
		t.Errorf("parseViews = %v, want an error that names row", err)
	}
}
