package main

import (
	"context"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// site is a folder's files by name.
func site(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		files[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// edit changes a register between two commands.
func edit(t *testing.T, data string, change func(ctx context.Context, db *store.DB, s *casework.Service) error) {
	t.Helper()
	c := &cli{data: data, now: time.Now}
	db, s, err := c.open(t.Context(), store.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // a test's
	if err := change(t.Context(), db, s); err != nil {
		t.Fatal(err)
	}
}

var link = regexp.MustCompile(`(?:href|src|action)="([^"#]+)"`)

// The site as files is the site: every link leads to a file, nothing needs a server, the same register gives the same bytes, and what is withdrawn goes.
func TestPublicExport(t *testing.T) {
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "site")
	demoIn(t, data)
	const home = "https://huananbu.example/tongbao"
	first := exported(t, data, out, home)
	text := ""
	for name, body := range first {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			to, err := url.PathUnescape(m[1])
			if err != nil || strings.Contains(to, ":") || strings.HasPrefix(to, "/") {
				t.Errorf("%s leads to %q", name, m[1])
				continue
			}
			if to = path.Join(path.Dir(name), to); first[to] == "" {
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
		}
		text += body
		if strings.Contains(body, "<form method") || strings.Contains(body, "action=") {
			t.Errorf("%s has a form that needs a server", name)
		}
	}
	slug := regexp.MustCompile(`bulletins/(\w{16})/index\.html`).FindStringSubmatch(first["index.html"])
	if slug == nil {
		t.Fatal(first["index.html"])
	}
	for _, name := range []string{exportMark, "public.css", "law/index.html", "law/water-pollution-law/index.html", "district/440785/index.html", "species/生猪/index.html", "feed.atom", "sitemap.xml", "bulletins.json",
		"bulletins/" + slug[1] + ".pdf", "bulletins/" + slug[1] + ".json"} {
		if first[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if !strings.Contains(text, "恩平某畜牧有限公司") || !strings.Contains(first["sitemap.xml"], home+"/bulletins/"+slug[1]+"/index.html") || !strings.HasPrefix(first["bulletins/"+slug[1]+".pdf"], "%PDF") {
		t.Error("the site does not hold its bulletin")
	}
	if index := first["public-index.js"]; !strings.HasPrefix(index, "window.publicIndex = [") || !strings.Contains(index, `"href":"bulletins/`+slug[1]+`/index.html"`) || !strings.Contains(index, "恩平某畜牧有限公司") {
		t.Errorf("the index of the search is %.300s", index)
	}
	if page := first["bulletins/"+slug[1]+"/index.html"]; !strings.Contains(page, "请告诉江门市生态环境局。") {
		t.Error("the page does not say where to tell what is wrong")
	}
	second := exported(t, data, out, home)
	for name := range second {
		if first[name] != second[name] {
			t.Errorf("a second export writes %s differently", name)
		}
	}
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}

	edit(t, data, func(ctx context.Context, db *store.DB, _ *casework.Service) error {
		return db.Write(ctx, func(tx *store.Tx) error {
			x, err := store.Bulletins.Get(tx, 1)
			if err != nil {
				return err
			}
			x.State, x.WithdrawReason = registry.BulletinWithdrawn, "处罚决定被撤销"
			if err := store.Bulletins.Update(tx, &x, time.Now()); err != nil {
				return err
			}
			return tx.Settle(nil, nil)
		})
	})
	third := exported(t, data, out, "")
	if body := third["bulletins/"+slug[1]+"/index.html"]; !strings.Contains(body, "处罚决定被撤销") || strings.Contains(body, "恩平某") {
		t.Errorf("the page of the withdrawn bulletin says %s", body)
	}
	for name, body := range third {
		if strings.Contains(body, "恩平某") || strings.HasSuffix(name, ".pdf") || strings.HasPrefix(name, "district/") || name == "feed.atom" {
			t.Errorf("after the withdrawal there is still %s", name)
		}
	}
	for _, left := range []string{".tmp", ".old"} {
		if _, err := os.Stat(out + left); err == nil {
			t.Errorf("%s is left", out+left)
		}
	}
}

func exported(t *testing.T, data, out, home string) map[string]string {
	t.Helper()
	args := []string{"public", "export", out, "--data", data}
	if home != "" {
		args = append(args, "--public-url", home)
	}
	if text, err := casebook(t, args...); err != nil || !strings.Contains(text, "已导出") {
		t.Fatal(text, err)
	}
	return site(t, out)
}

// A folder of somebody else's, a site that is closed and addresses that are none are refused, and nothing is touched.
func TestPublicExportRefuses(t *testing.T) {
	data, theirs := t.TempDir(), t.TempDir()
	demoIn(t, data)
	if err := os.WriteFile(filepath.Join(theirs, "论文.docx"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"里有别的文件", []string{"public", "export", theirs, "--data", data}},
		{"用法", []string{"public", "--data", data}},
		{"用法", []string{"public", "export", "--data", data}},
		{"--public-url", []string{"public", "export", theirs + "/neu", "--public-url", "huananbu", "--data", data}},
	} {
		if text, err := casebook(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %q, %v, want %q", c.args, text, err, c.want)
		}
	}
	edit(t, data, func(ctx context.Context, _ *store.DB, s *casework.Service) error {
		p, err := s.BureauPage(ctx, registry.CommandLine)
		if err != nil {
			return err
		}
		p.Bureau.PublicSite = false
		return s.ChangeBureau(ctx, registry.CommandLine, &p.Bureau)
	})
	if _, err := casebook(t, "public", "export", filepath.Join(theirs, "neu"), "--data", data); err == nil || !strings.Contains(err.Error(), "没有开放") {
		t.Errorf("a closed site was exported: %v", err)
	}
	if files := site(t, theirs); len(files) != 1 || files["论文.docx"] != "x" {
		t.Errorf("the folder holds %v", files)
	}
}
