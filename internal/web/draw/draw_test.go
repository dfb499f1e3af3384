package draw

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

type farm struct {
	Name   string
	Heads  *int64
	Nested struct{ Town string }
	Link   template.HTML
	Attr   template.HTMLAttr
	kind   kind
}

type kind string

func (k kind) String() string { return "kind " + string(k) }

func (f farm) Kind() kind                     { return f.kind }
func (f *farm) Renamed(to string) string      { return f.Name + "→" + to }
func (f farm) Sum(n ...int) (s int)           { return len(n) }
func (f farm) Fails(yes bool) (string, error) { return "fine", map[bool]error{true: errBad}[yes] }

type page struct {
	farm
	Title  string
	Farms  []farm
	First  *farm
	None   *farm
	Words  []string
	ByName map[string]farm
	Any    any
	Price  price
	Role   role
	Count  int64
	On     bool
	Error  error
}

type price float64

func (p price) String() string { return fmt.Sprintf("%.2f 元", float64(p)) }

type role string

var (
	errBad = errors.New("bad")
	funcs  = template.FuncMap{
		"dict":  func(k string, v any) map[string]any { return map[string]any{k: v} },
		"mark":  func(s string) template.HTML { return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>") },
		"join":  strings.Join,
		"text":  func(v any) string { return fmt.Sprint(v) },
		"first": func(p *farm) string { return p.Name },
	}
)

func samplePage() page {
	n := int64(5300)
	a := farm{Name: `甲<场> & "co" + 'x'`, Heads: &n, Link: `<a href="/x">x</a>`, Attr: `data-x="1"`, kind: "猪"}
	a.Nested.Town = "沙湖镇"
	b := farm{Name: "乙场", kind: "鸡"}
	return page{farm: b, Title: "题目", Farms: []farm{a, b, {}}, First: &a, Words: []string{"一", "javascript:alert(1)", "/a b?c=中&d", "/cases?line=a%7Cb&q=1+2", "50%", "二"},
		ByName: map[string]farm{"甲": a}, Any: b, Price: 1.5, Role: "officer", Count: -42, On: true, Error: errBad}
}

// What a template may do, drawn by both: html/template's answer is the right one.
func TestDrawsAsHTMLTemplateDoes(t *testing.T) {
	for _, text := range []string{
		`{{.Title}} {{.Name}} {{.Nested.Town}} {{.First.Name}} {{.Kind}} {{.First.Kind}} {{.Price}} {{.Role}} {{.Count}} {{.On}} {{.Error}} {{.None}} {{.First.Heads}} {{.Any}}`,
		`{{range .Farms}}{{.Name}}|{{.Link}}|{{.Heads}}|{{.Kind}}{{else}}none{{end}}`,
		`{{range $i, $f := .Farms}}{{if $i}}、{{end}}{{$i}}{{$f.Name}}{{$.Title}}{{end}}`,
		`{{range $f := .Farms}}{{if not $f.Name}}{{continue}}{{end}}{{$f.Name}}{{break}}{{end}}`,
		`{{range 3}}{{.}}{{else}}none{{end}}{{range 0}}{{.}}{{else}}none{{end}}`,
		`{{with .First}}{{.Name}}{{end}}{{with .None}}x{{else}}none{{end}}{{with $x := .Title}}{{$x}}{{.}}{{else with .Name}}{{.}}{{end}}`,
		`{{if .On}}a{{else if .Title}}b{{end}}{{if .Any}}c{{end}}{{if .None}}d{{end}}{{if .Price}}e{{end}}{{if .Farms}}f{{end}}{{if .Error}}g{{end}}`,
		`{{$x := 1}}{{if .On}}{{$x = 2}}{{$y := 3}}{{$y}}{{end}}{{$x}}{{range .Words}}{{$x = .}}{{end}}{{$x}}`,
		`{{(index .Farms 0).Name}}{{index .Words 1}}{{(index .ByName "甲").Name}}{{(index .ByName "丙").Name}}{{(dict "A" .First).A.Name}}`,
		`{{.First.Renamed "丙"}}{{.Sum 1 2 3}}{{.Sum}}{{.Fails false}}{{"丁" | .First.Renamed}}{{first .First}}{{range .Farms}}{{.Renamed "戊"}}{{first .}}{{end}}`,
		`{{mark .Name}}{{join .Words "；"}}{{.Name | text | mark}}{{text 5}}{{print "a" 1 2 .Name}}{{mark "甲&"}}`,
		`{{and .On .Title}}{{or .None .Title}}{{not .On}}{{len .Farms}}{{len .Name}}`,
		`{{if eq .Role "officer"}}a{{end}}{{if ne .Count 3}}b{{end}}{{if lt .Count 0}}c{{end}}{{if ge (len .Farms) 3}}d{{end}}{{eq .Title "x" "题目"}}{{if le 1 2}}e{{end}}`,
		`{{slice .Title 0 3}}{{range slice .Farms 1}}{{.Name}};{{end}}`,
		`{{define "a"}}{{$.Name}}{{template "b" dict "X" .}}{{end}}{{define "b"}}{{.X.Title}}{{end}}{{template "a" .}}{{range .Farms}}{{template "c" .Name}}{{end}}{{define "c"}}[{{.}}]{{end}}`,
		`{{range .Words}}<a href="{{.}}" title="{{.}}" data-href="/x/{{.}}">{{.}}</a><a href="/q?x={{.}}&amp;y=1#{{.}}">x</a><textarea>{{.}}</textarea>{{end}}`,
		`{{range .Farms}}<a {{.Attr}} title="{{.Link}}" href="/f?{{.Name}}">{{.Name}}</a><input value="{{.Link}}"{{if .Heads}} checked{{end}}>{{end}}`,
		"<title>{{.Name}}</title>{{/* a remark */}}<p>\n  {{- .Title -}}\n</p><!-- gone -->",
	} {
		parsed := func() *template.Template { return template.Must(template.New("t").Funcs(funcs).Parse(text)) }
		var want strings.Builder
		if err := parsed().Execute(&want, samplePage()); err != nil {
			t.Fatalf("html/template: %s: %v", text, err)
		}
		calls := map[string]Call{"mark": One(func(s string) template.HTML { return template.HTML("<b>" + template.HTMLEscapeString(s) + "</b>") }),
			"text": One(func(v any) string { return fmt.Sprint(v) })}
		for name, s := range map[string]*Set{"reflection": New(parsed(), funcs, nil, nil), "calls": New(parsed(), funcs, calls, []string{"mark", "text"})} {
			for range 2 { // the second time types are known
				var got bytes.Buffer
				if err := s.Execute(&got, "t", samplePage()); err != nil {
					t.Errorf("%s, %s: %v", text, name, err)
				} else if got.String() != want.String() {
					t.Errorf("%s, %s:\n got %s\nwant %s", text, name, &got, &want)
				}
			}
		}
	}
}

// A page fails where html/template's does, and says where.
func TestFailsAsHTMLTemplateDoes(t *testing.T) {
	for text, want := range map[string]string{
		`{{.None.Name}}`:                        "None.Name",
		`{{.Nothing}}`:                          "no Nothing",
		`{{(dict "A" 1).B}}`:                    "no entry",
		`{{.Fails true}}`:                       "bad",
		`{{index .Words 9}}`:                    "beyond",
		`{{range .None}}{{end}}`:                "range",
		`{{range .On}}{{end}}`:                  "range",
		`{{template "nothing" .}}`:              "nothing",
		`{{eq .Farms .Words}}`:                  "compared",
		`{{first .Title}}`:                      "string",
		`{{mark 5}}`:                            "int",
		`<a href='{{if .On}}"{{else}}'{{end}}>`: "",
		`{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}`: "deep",
	} {
		parsed := template.Must(template.New("t").Funcs(funcs).Parse(text))
		if !strings.Contains(text, `"r"`) { // it takes html/template a second to give up
			if err := template.Must(template.New("t").Funcs(funcs).Option("missingkey=error").Parse(text)).Execute(&bytes.Buffer{}, samplePage()); err == nil {
				t.Errorf("%s: html/template draws it", text)
			}
		}
		var b bytes.Buffer
		if err := New(parsed, funcs, nil, nil).Execute(&b, "t", samplePage()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Execute(%s) = %v, want an error with %q", text, err, want)
		}
	}
}

// What is not known is refused when the template is prepared, not drawn wrongly.
func TestRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, text := range []string{
		`{{printf "%s" .Title}}`,
		`{{text nil}}`,
		`<script>x = {{.Title}}</script>`,
		`<p style="color: {{.Title}}">`,
		`<p title={{.Title}}>`,
		`{{define "a"}}{{.Title}}{{end}}<p title="{{template "a" .}}">`,
	} {
		s := New(template.Must(template.New("t").Funcs(funcs).Parse(text)), funcs, nil, nil)
		if err := s.Prepare("t"); err == nil {
			t.Errorf("Prepare(%s) = nil, want an error", text)
		}
	}
}

// Many requests may be the first to draw a page.
func TestFirstDrawnByMany(t *testing.T) {
	text := `{{define "row"}}{{.Name}}{{.Kind}}{{end}}{{range .Farms}}{{template "row" .}}{{end}}{{with .First}}{{template "row" .}}{{end}}`
	s := New(template.Must(template.New("t").Parse(text)), nil, nil, nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var b bytes.Buffer
			if err := s.Execute(&b, "t", samplePage()); err != nil || !strings.Contains(b.String(), "乙场kind 鸡") {
				t.Errorf("Execute = %v, %s", err, &b)
			}
		})
	}
	wg.Wait()
}

// A text is written in every kind of place as html/template writes it there.
func FuzzEscaping(f *testing.F) {
	for _, s := range []string{"", "甲 & 乙", `<script>alert("x")</script>`, "javascript:alert(1)", "/cases?q=a b&c=%41%zz#x", "a\x00b\xffc", "onclick", "+1'2\"3", "http://x/é", "\u2028`${", "/cases?counted=found&line=step%7Cfiled&q=1+2", "/c?a=%e4%", "/x&%4g"} {
		f.Add(s)
	}
	type named string
	f.Fuzz(func(t *testing.T, s string) {
		for chain, e := range escapings {
			for _, v := range []any{s, named(s), kind(s), template.HTML(s), template.HTMLAttr(s), template.URL(s), errors.New(s), len(s), []string{s}, nil} {
				var got bytes.Buffer
				func() {
					defer func() { // as Execute does
						if p := recover(); p != nil {
							t.Fatalf("%s of %T %q: %v", chain, v, s, p)
						}
					}()
					e.write(&got, reflect.ValueOf(v))
				}()
				if want := e.ask(v); got.String() != want {
					t.Errorf("%s of %T %q (valid UTF-8: %v) = %q, want %q", chain, v, s, utf8.ValidString(s), &got, want)
				}
			}
		}
	})
}
