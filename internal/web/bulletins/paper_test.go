package bulletins_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A bulletin is sent in each format and each design, called by its title; nothing that was planted in its case is in any of them.
func TestBulletinPapers(t *testing.T) {
	a := webtest.New(t)
	id, p := webtest.SecretCase(t, a)
	publisher := a.As(registry.RolePublisher)
	form := publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Want(http.StatusOK)
	edit := form.Submit("/bulletins", "title", "典型案例/通报", "number", "某环通〔2024〕3号", "addressed_to", "各分局", "copied_to", "市农业农村局").Follow().Want(http.StatusOK)
	bulletin := strings.TrimSuffix(edit.Path, "/edit")
	page := publisher.Get(bulletin).Want(http.StatusOK, "下载 PDF", "下载 Word", "公众号").Check()
	for format, media := range map[string]string{"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "html": "text/html; charset=utf-8"} {
		if !strings.Contains(page.Text(), bulletin+"/"+format) && !strings.Contains(page.Body, bulletin+"/"+format) {
			t.Errorf("the page has no link to %s", format)
		}
		bodies := map[string]string{}
		for _, design := range registry.BulletinDesigns {
			got := publisher.Get(bulletin + "/" + format + "?design=" + url.QueryEscape(design)).Want(http.StatusOK)
			if ct := got.Header.Get("Content-Type"); ct != media {
				t.Errorf("%s is sent as %q, want %q", format, ct, media)
			}
			name, err := url.PathUnescape(got.Header.Get("Content-Disposition"))
			if err != nil || !strings.Contains(name, "草稿-未经签发-典型案例通报-1."+format) {
				t.Errorf("%s is called %q, %v", format, name, err)
			}
			body := got.Body
			if format == "docx" {
				body = unzipped(t, body)
			}
			if format != "pdf" {
				wantNone(t, design+"."+format, body, p.Words)
				if has := strings.Contains(body, "某环通〔2024〕3号"); has != (design == "公文") {
					t.Errorf("%s.%s has the number of the paper: %v", design, format, has)
				}
			}
			for other, b := range bodies {
				if b == body {
					t.Errorf("%s: %s and %s are the same", format, design, other)
				}
			}
			bodies[design] = body
		}
	}
	publisher.Get(bulletin+"/pdf?design=x").Want(http.StatusUnprocessableEntity, "没有“x”这种版式")
	// Each export stands in the audit log with its format.
	a.As(registry.RoleAuditor).Get("/audit?entity=bulletin").Want(http.StatusOK, "DOCX", "HTML", "PDF")
}

// A character that no font has is refused when it is saved, and the page names it and where it stands; what was typed is kept.
func TestBulletinWithoutGlyph(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	publisher := a.As(registry.RolePublisher)
	publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Want(http.StatusOK).Submit("/bulletins", "title", "典型案例🐖通报").
		Want(http.StatusUnprocessableEntity, "U+1F416", "没有字形", "典型案例🐖通报")
}

func unzipped(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil { //nolint:gosec // our own file
			t.Fatal(err)
		}
	}
	return b.String()
}
