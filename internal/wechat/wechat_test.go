package wechat

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"casebook/internal/registry"
	"casebook/internal/report"
)

var update = flag.Bool("update", false, "write the golden texts again")

func sample(design string) report.Bulletin {
	return report.Bulletin{
		Design: design, Title: "关于畜禽养殖典型案例的通报", Lead: "为加强警示教育，现公布典型案例。\n各场应当引以为戒。", Issuer: "某市生态环境局", Byline: "宣教科", Dated: "2024年12月",
		Number: "某环通〔2024〕3号", AddressedTo: "各分局", CopiedTo: "市农业农村局", Signed: "2024年12月6日", Marks: []string{"示例（虚构数据）"},
		Cases: []report.BulletinCase{{
			Label: "案件一", Title: "恩平某畜牧有限公司排污案", Facts: []string{"存栏 <5300> 头 & 𬭚㛃。", "第二段。"}, Handling: []string{"责令改正。"},
			Path:   &registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源", Name: "猪舍"}, {Kind: "水体", Name: "溪流"}}},
			Quotes: []report.StatuteQuote{{Law: "水污染防治法", Provision: "第十条", Version: "2017年修正", Text: "排放水污染物，不得超过标准。\n（一）第一项。"}},
		}},
		Notes: []string{"以官方公布文本为准。"},
	}
}

func written(t *testing.T, write func(io.Writer, report.Bulletin) error, b report.Bulletin) string {
	t.Helper()
	var out strings.Builder
	if err := write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		got, file := written(t, Write, sample(design)), filepath.Join("testdata", design+".html")
		if got != written(t, Write, sample(design)) {
			t.Errorf("%s: the same input makes other bytes", design)
		}
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is\n%s\nwant\n%s", design, got, want)
		}
	}
}

// The editor keeps style attributes alone, and the page asks nobody for anything: whatever is typed stays text.
func TestOnlyInlineStyles(t *testing.T) {
	evil := `<script>alert(1)</script><img src=x onerror="a">"' style="x" javascript:` + "\x00\u202e"
	b := sample("公文")
	b.Title, b.Lead, b.Issuer, b.Number, b.Signed, b.Marks, b.Notes = evil, evil, evil, evil, evil, []string{evil}, []string{evil}
	b.Cases[0].Title, b.Cases[0].Facts, b.Cases[0].Quotes[0] = evil, []string{evil}, report.StatuteQuote{Law: evil, Provision: evil, Version: evil, Text: evil}
	address := regexp.MustCompile(`url\(|https?:|@import|expression`)
	for _, x := range []report.Bulletin{b, sample("通报"), sample("报纸"), {}} {
		z := html.NewTokenizer(strings.NewReader(written(t, Write, x)))
		var open []string
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				if !errors.Is(z.Err(), io.EOF) {
					t.Fatal(z.Err())
				}
				break
			}
			token := z.Token()
			switch kind {
			case html.StartTagToken:
				if !strings.Contains(" section p h1 h2 strong ", " "+token.Data+" ") {
					t.Errorf("an element <%s>", token.Data)
				}
				open = append(open, token.Data)
				for _, a := range token.Attr {
					if a.Key != "style" || address.MatchString(a.Val) {
						t.Errorf("<%s> has %s=%q", token.Data, a.Key, a.Val)
					}
				}
			case html.EndTagToken:
				if n := len(open) - 1; n < 0 || open[n] != token.Data {
					t.Fatalf("</%s> closes %v", token.Data, open)
				} else {
					open = open[:n]
				}
			}
		}
		if len(open) > 0 {
			t.Errorf("%v stay open", open)
		}
	}
}

func TestPage(t *testing.T) {
	page := written(t, WritePage, sample("通报"))
	for _, want := range []string{"<!doctype html>", `<meta charset="utf-8">`, "<title>关于畜禽养殖典型案例的通报</title>", written(t, Write, sample("通报"))} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
