//go:build unix

package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// BenchmarkScaleBulletin prints the CPU of the process and the pages of the file for what a bulletin of 5, 50 and 200 cases goes through, each once, in a
// register of -cases cases:
//
//	go test ./internal/web -run '^$' -bench ScaleBulletin -benchtime 1x -args -cases 2000
func BenchmarkScaleBulletin(b *testing.B) {
	ctx := context.Background()
	a := webtest.New(b, func(o *web.Options) { o.Compare = false })
	a.Advance(time.Date(2026, 11, 20, 9, 0, 0, 0, registry.Shanghai).Sub(webtest.Start))
	if err := demo.Load(ctx, a.Service); err != nil {
		b.Fatal(err)
	}
	if err := demo.Synthesize(ctx, a.Service, *scaleCases, 1, nil); err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{5, 50, 200} {
		x := bulletinOf(b, a, size)
		writer, reader := a.As(registry.RolePublisher), a.SignedIn("publisher2")
		home := fmt.Sprintf("/bulletins/%d", x.ID)
		get := func(path string) func() {
			return func() { writer.Get(home + path).Want(http.StatusOK) }
		}
		var form url.Values
		post := func(c *webtest.Client, path string, values url.Values, want int) func() {
			return func() {
				if p := c.Post(home+path, values); p.Status != want {
					b.Fatalf("%s%s: status %d\n%.900s", home, path, p.Status, p.Text())
				}
			}
		}
		form = writer.Get(home + "/edit").Want(http.StatusOK).Form(home)
		version := url.Values{"_token": form["_token"], "words": {"已核实"}, "opinion": {"同意"}}
		act := func(c *webtest.Client, path string) func() {
			return func() {
				x, err := a.Service.Bulletin(ctx, a.Actor(registry.RolePublisher), x.ID)
				if err != nil {
					b.Fatal(err)
				}
				version.Set("version", fmt.Sprint(x.Version))
				post(c, path, version, http.StatusSeeOther)()
			}
		}
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"page", get("")}, {"composer", get("/edit")}, {"autosave", post(writer, "/autosave", form, http.StatusOK)}, {"preview", post(writer, "/preview", form, http.StatusOK)},
			{"save", post(writer, "", form, http.StatusSeeOther)}, {"versions", get("/versions")}, {"pdf", get("/pdf")}, {"docx", get("/docx")}, {"html", get("/html")},
			{"hand-in", act(writer, "/submit")},
			{"page handed in", get("")},
			{"approval", act(reader, "/approve")},
			{"page approved", get("")}, {"pdf approved", get("/pdf")},
			{"list", func() { writer.Get("/bulletins").Want(http.StatusOK) }}, {"desk", func() { writer.Get("/").Want(http.StatusOK) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", step.name, size), func(b *testing.B) {
				if b.N > 1 {
					b.Skip("each is done once: -benchtime 1x")
				}
				before := userCPU()
				pages, err := a.DB.PagesOf(ctx, step.do)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64((userCPU()-before).Microseconds())/1000, "cpu-ms/op")
				if pages > 0 { // a write leaves its reader, and what that read
					b.ReportMetric(float64(pages), "pages/op")
				}
			})
		}
	}
}

var heads = regexp.MustCompile(`约?[0-9]+[余多]?[头只羽匹]`)

// bulletinOf makes a bulletin of decided cases that may be published, and saves it once more.
func bulletinOf(b *testing.B, a *webtest.App, size int) registry.Bulletin {
	b.Helper()
	ctx, publisher := context.Background(), a.Actor(registry.RolePublisher)
	x := registry.Bulletin{Title: fmt.Sprintf("畜禽养殖污染典型案例（%d起）", size), Dated: registry.Month(2026, 11), Origin: registry.OriginSample}
	page := casework.Page{Limit: 50}
	for len(x.Cases) < size {
		rows, next, err := a.Service.BulletinChoices(ctx, publisher, casework.ChoiceFilter{Decided: true}, page)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range rows {
			f, err := a.Service.CaseFile(ctx, publisher, c.Case.ID)
			if err != nil {
				b.Fatal(err)
			}
			if c.Case.Origin == registry.OriginSample && len(casework.BulletinFitness(f)) == 0 && len(x.Cases) < size {
				x.Cases = append(x.Cases, registry.BulletinCase{CaseID: c.Case.ID})
			}
		}
		if page.Cursor = next; next == "" && len(x.Cases) < size {
			b.Fatalf("the register has %d cases to publish", len(x.Cases))
		}
	}
	if _, err := a.Service.AddBulletin(ctx, publisher, &x); err != nil {
		b.Fatal(err)
	}
	for i := range x.Cases { // what the guard would ask about: so many heads tell a farm, and invented names are alike
		c := &x.Cases[i]
		for _, s := range []*string{&c.Title, &c.Facts, &c.Handling} {
			*s = strings.NewReplacer("示例奶牛", "奶牛", "某示例", "某").Replace(heads.ReplaceAllString(*s, "一批"))
		}
	}
	if err := a.Service.ChangeBulletin(ctx, publisher, &x); err != nil {
		b.Fatal(err)
	}
	return x
}
