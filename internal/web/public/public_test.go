package public_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/kit"
	"casebook/internal/web/webtest"
)

// opened is the demonstration with its site open, and the address of the bulletin that it shows.
func opened(t *testing.T, opts ...webtest.Option) (a *webtest.App, slug string) {
	t.Helper()
	a = webtest.Demo(t, opts...)
	a.OpenSite(true)
	b, err := a.Service.Bulletin(t.Context(), registry.CommandLine, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !b.Public() || !regexp.MustCompile(`^[a-z2-7]{16}$`).MatchString(b.Slug) {
		t.Fatalf("bulletin 1 of the demonstration: published %v, slug %q", b.PublishedAt, b.Slug)
	}
	return a, b.Slug
}

var addresses = []string{"", "?district=440785", "/bulletins.json", "/bulletins/%s", "/bulletins/%s.pdf", "/bulletins/%s.json", "/bulletins/%s/reported", "/law", "/law/water-pollution-law", "/feed.atom", "/sitemap.xml"}

func each(slug string) (list []string) {
	for _, path := range addresses {
		if strings.Contains(path, "%s") {
			path = fmt.Sprintf(path, slug)
		}
		list = append(list, "/public"+path)
	}
	return list
}

// Several read the site at once, each page for the first time: everybody gets all of it.
func TestConcurrentReaders(t *testing.T) {
	a, slug := opened(t)
	var all sync.WaitGroup
	for range 6 {
		c := a.Browser()
		all.Go(func() {
			for _, path := range each(slug) {
				if p := c.Get(path); p.Status != http.StatusOK {
					t.Errorf("GET %s: %d", path, p.Status)
				}
			}
		})
	}
	all.Wait()
}

// Closed, as every register begins, every address answers as if there were nothing, also to who is signed in.
func TestClosedSiteIsNotThere(t *testing.T) {
	a, slug := opened(t)
	a.OpenSite(false)
	for _, c := range []*webtest.Client{a.Browser(), a.As(registry.RolePublisher)} {
		for _, path := range append(each(slug), "/public/anything/else") {
			p := c.Get(path).Want(http.StatusNotFound)
			if p.WantNot("案件一", "登录", "app.js", "江门市生态环境局</span>"); p.Header.Get("Set-Cookie") != "" || p.Header.Get("Content-Security-Policy") != kit.OpenPolicy {
				t.Errorf("%s of a closed site: %v", path, p.Header)
			}
		}
		c.Post("/public/bulletins/"+slug+"/report", url.Values{"words": {"有误"}}).Want(http.StatusNotFound)
	}
	if b := webtest.New(t).Service.Bureau(); b.PublicSite {
		t.Error("a new register's site is open")
	}
}

// Open, everybody reads it: no cookie is set, no script is there, what was read is not sent again.
func TestOpenSite(t *testing.T) {
	a, slug := opened(t)
	for _, c := range []*webtest.Client{a.Browser(), a.As(registry.RoleOfficer)} {
		for _, path := range each(slug) {
			p := c.Get(path).Want(http.StatusOK)
			h := p.Header
			if h.Get("Set-Cookie") != "" || h.Get("Content-Security-Policy") != kit.OpenPolicy || h.Get("Cache-Control") != "public, max-age=0, must-revalidate" || h.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(kit.OpenPolicy, "script") {
				t.Errorf("%s: %v", path, h)
			}
			p.WantNot("<script", "case_id")
			if tag := h.Get("ETag"); tag == "" || c.Do(http.MethodGet, path, nil, http.Header{"If-None-Match": {tag}}).Status != http.StatusNotModified {
				t.Errorf("%s with its tag %q is sent again", path, tag)
			}
			head := c.Do(http.MethodHead, path, nil, nil)
			if head.Status != http.StatusOK || head.Body != "" || head.Header.Get("Content-Type") != h.Get("Content-Type") {
				t.Errorf("HEAD %s: %d, %d bytes, %v", path, head.Status, len(head.Body), head.Header)
			}
			if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
				p.Check()
			}
		}
	}
	c := a.Browser()
	c.Get("/public/bulletins/"+slug).Want(http.StatusOK, "恩平某畜牧有限公司", "简要案情", "《中华人民共和国水污染防治法》第三十九条", "2017年修正", "未经官方文本核对", "排污路径示意", "案件来源：公开资料").WantNot("/cases/", "/bulletins/1")
	c.Get("/public/law/water-pollution-law").Want(http.StatusOK, "第三十九条", "禁止利用渗井", "畜禽养殖场环境执法专项行动典型案例（2024年）")
	for _, path := range []string{"/public/bulletins/1", "/public/bulletins/" + strings.Repeat("a", 16), "/public/law/none", "/public/law/air-pollution-law", "/public/cases", "/public/bulletins/", "/public/bulletins/x.json"} {
		c.Get(path).Want(http.StatusNotFound)
	}
	c.Get("/public?cursor=rubbish").Want(http.StatusUnprocessableEntity, "翻页位置无效").Check()
	css := regexp.MustCompile(`/static/public\.css\?v=\w+`).FindString(c.Get("/public").Body)
	if h := c.Get(css).Want(http.StatusOK).Header; !strings.Contains(h.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %v", css, h)
	}
}

// Every facet and word finds the bulletin, and combined with what it is not found under none.
func TestFindBulletins(t *testing.T) {
	a, _ := opened(t)
	c := a.Browser()
	const title = "专项行动典型案例（2024年）"
	for _, path := range []string{"", "?district=440785", "?district=440784&species=生猪", "?species=肉牛", "?q=禁养区", "?q=沉淀池溢流&district=440784", "?q=存栏母猪5300多头", "?q=５３００ 多头"} {
		c.Get("/public"+strings.ReplaceAll(path, " ", "%20")).Want(http.StatusOK, title).Check()
	}
	for _, path := range []string{"?district=440704", "?species=鸽", "?q=没有这样的话", "?q=%25", "?q=_", "?district=440785&species=兔", "?q=禁养区&district=440704"} {
		c.Get("/public"+path).Want(http.StatusOK, "没有符合条件的通报").WantNot(title).Check()
	}
	c.Get("/public?q="+strings.Repeat("长", 101)).Want(http.StatusUnprocessableEntity, "检索词太长").Check()
	links := regexp.MustCompile(`href="(/public\?[^"]+)"`).FindAllStringSubmatch(c.Get("/public").Body, -1)
	if len(links) < 10 {
		t.Fatalf("the list has %d facets", len(links))
	}
	for _, l := range links {
		c.Get(strings.ReplaceAll(l[1], "&amp;", "&")).Want(http.StatusOK, title, "×")
	}
}

// Withdrawn, a bulletin is gone at once: from its own addresses with day and reason, and from all that told of it without a trace.
func TestWithdrawnBulletinIsGone(t *testing.T) {
	a, slug := opened(t)
	c := a.Browser()
	at := "/public/bulletins/" + slug
	withdraw := func(reason string) {
		now := a.Now()
		a.SetBulletin(1, func(x *registry.Bulletin) {
			x.State, x.WithdrawReason, x.WithdrawnAt = registry.BulletinWithdrawn, reason, &now
		})
	}
	a.Advance(48 * time.Hour)
	withdraw("处罚决定被变更")
	for _, path := range []string{at, at + ".pdf", at + ".json", at + "/reported"} {
		c.Get(path).Want(http.StatusGone, "处罚决定被变更").WantNot("恩平某畜牧有限公司", "朱磊磊")
	}
	c.Get(at).Want(http.StatusGone, "2024年12月18日撤回").Check()
	for _, path := range []string{"", "?q=禁养区", "?district=440785", "/feed.atom", "/sitemap.xml", "/bulletins.json", "/law"} {
		c.Get("/public"+path).Want(http.StatusOK).WantNot(slug, "典型案例（2024年）", "恩平某", "water-pollution-law")
	}
	c.Get("/public/law/water-pollution-law").Want(http.StatusNotFound)
	c.Post(at+"/report", url.Values{"words": {"有误"}}).Want(http.StatusGone)

	// What colleagues write each other stays inside where it names somebody.
	for _, reason := range []string{"鹤山分局沈示例 13800138000 来电要求", "宣传发布乙写错了"} {
		withdraw(reason)
		c.Get(at).Want(http.StatusGone, "撤回").WantNot(reason, "撤回理由", "沈示例", "13800138000", "宣传发布乙")
		c.Get(at + ".json").Want(http.StatusGone).WantNot(reason)
	}

	// Approved again, it is there again.
	a.SetBulletin(1, func(x *registry.Bulletin) { x.State = registry.BulletinApproved })
	c.Get("/public?district=440785").Want(http.StatusOK, "典型案例（2024年）")
}

// A correction and what it puts right lead to each other; a draft of one is not told of.
func TestCorrectionsLeadBothWays(t *testing.T) {
	a, slug := opened(t)
	c := a.Browser()
	fixed := a.Published(1, func(x *registry.Bulletin) {
		x.Title, x.CorrectsID, x.CorrectionNote, x.PublishedAt, x.State = "更正后的典型案例", 1, "案件二的月份应为2024年7月。", nil, registry.BulletinDraft
	})
	c.Get("/public/bulletins/"+slug).Want(http.StatusOK).WantNot("已有更正", "更正后的典型案例")
	a.Advance(time.Hour)
	now := a.Now()
	fixed = a.SetBulletin(fixed.ID, func(x *registry.Bulletin) { x.State, x.PublishedAt = registry.BulletinApproved, &now })
	if fixed.Slug == "" || fixed.Slug == slug {
		t.Fatalf("the correction has the address %q", fixed.Slug)
	}
	c.Get("/public/bulletins/"+slug).Want(http.StatusOK, "这期通报已有更正", "/public/bulletins/"+fixed.Slug).Check()
	c.Get("/public/bulletins/"+fixed.Slug).Want(http.StatusOK, "这期通报更正", "案件二的月份应为2024年7月。", "/public/bulletins/"+slug).Check()
	c.Get("/public").Want(http.StatusOK, "已有更正")
	var d struct {
		Corrects string   `json:"corrects"`
		By       []string `json:"corrected_by"`
	}
	decode(t, c.Get("/public/bulletins/"+slug+".json").Body, &d)
	if len(d.By) != 1 || !strings.HasSuffix(d.By[0], fixed.Slug) {
		t.Errorf("corrected by %v", d.By)
	}
	decode(t, c.Get("/public/bulletins/"+fixed.Slug+".json").Body, &d)
	if !strings.HasSuffix(d.Corrects, slug) {
		t.Errorf("corrects %q", d.Corrects)
	}
	a.SetBulletin(1, func(x *registry.Bulletin) { x.State, x.WithdrawReason = registry.BulletinWithdrawn, "已更正" })
	c.Get("/public/bulletins/"+slug).Want(http.StatusGone, "更正后的典型案例", fixed.Slug)
}

func decode(t *testing.T, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

// Feed, sitemap and data are well-formed, whole, and say addresses as people elsewhere type them.
func TestFeedsAreWellFormed(t *testing.T) {
	const home = "https://huananbu.example"
	a, slug := opened(t, func(o *web.Options) { o.PublicURL, o.TLS = home, true })
	a.Published(1, func(x *registry.Bulletin) { x.Title = "标点 <&> \"引号\"\n第二行" })
	c := a.Browser()
	want := home + "/public/bulletins/" + slug
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Updated time.Time
		Entries []struct {
			ID        string    `xml:"id"`
			Title     string    `xml:"title"`
			Published time.Time `xml:"published"`
			Updated   time.Time `xml:"updated"`
			Links     []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	p := c.Get("/public/feed.atom").Want(http.StatusOK)
	if err := xml.Unmarshal([]byte(p.Body), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != 2 || feed.Entries[0].Title != "标点 <&> \"引号\"第二行" || feed.Entries[1].ID != want || feed.Entries[1].Links[0].Href != want || feed.Entries[1].Published.IsZero() || feed.ID != home+"/public/feed.atom" ||
		!strings.HasPrefix(p.Header.Get("Content-Type"), "application/atom+xml") {
		t.Errorf("the feed is %+v", feed)
	}
	var sitemap struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal([]byte(c.Get("/public/sitemap.xml").Want(http.StatusOK).Body), &sitemap); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(sitemap.URLs, want) || !slices.Contains(sitemap.URLs, home+"/public/law/water-pollution-law") || len(sitemap.URLs) != 2+3+2 {
		t.Errorf("the sitemap has %v", sitemap.URLs)
	}
	for _, u := range sitemap.URLs {
		c.Get(strings.TrimPrefix(u, home)).Want(http.StatusOK)
	}
	var one map[string]any
	decode(t, c.Get("/public/bulletins/"+slug+".json").Want(http.StatusOK).Body, &one)
	if one["url"] != want || one["pdf"] != want+".pdf" || len(one["cases"].([]any)) != 5 || one["dated"] != "2024年12月" || len(one["districts"].([]any)) != 5 {
		t.Errorf("as data: %v", one)
	}
	for key := range one {
		if key == "id" || strings.HasSuffix(key, "_id") {
			t.Errorf("the data tells %s", key)
		}
	}
}

// Two hundred bulletins: page after page each comes once, also as data.
func TestTwoHundredBulletins(t *testing.T) {
	a, _ := opened(t)
	for i := range 199 {
		a.Advance(time.Minute)
		a.Published(1, func(x *registry.Bulletin) {
			x.Title = fmt.Sprintf("第%d期通报", i+1)
			x.Cases = x.Cases[i%5 : i%5+1]
		})
	}
	c := a.Browser()
	next := regexp.MustCompile(`href="([^"]+)">更早的<`)
	title := regexp.MustCompile(`<h2><a href="/public/bulletins/(\w+)"`)
	for start, want := range map[string]int{"/public": 200, "/public?district=440785": 41, "/public?q=" + url.QueryEscape("期通报"): 199, "/public?species=肉牛&q=" + url.QueryEscape("期通报"): 39} {
		seen := map[string]bool{}
		for path := start; path != ""; {
			p := c.Get(path).Want(http.StatusOK)
			for _, m := range title.FindAllStringSubmatch(p.Body, -1) {
				if seen[m[1]] {
					t.Errorf("%s lists %s twice", start, m[1])
				}
				seen[m[1]] = true
			}
			path = ""
			if m := next.FindStringSubmatch(p.Body); m != nil {
				path = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
		if len(seen) != want {
			t.Errorf("%s leads to %d bulletins, want %d", start, len(seen), want)
		}
	}
	n, path := 0, "/public/bulletins.json"
	for path != "" {
		var d struct {
			Bulletins []struct{ Slug string }
			Next      string
		}
		decode(t, c.Get(path).Want(http.StatusOK).Body, &d)
		n += len(d.Bulletins)
		path = strings.TrimPrefix(d.Next, a.URL)
	}
	if n != 200 {
		t.Errorf("as data there are %d bulletins, want 200", n)
	}
	c.Get("/public/law/water-pollution-law").Want(http.StatusOK, "更早的通报所引").Check()
}

// No secret of any case of the demonstration, and no planted word of a case that is published, stands in any byte that the site answers with.
func TestSiteTellsNoSecret(t *testing.T) {
	a, slug := opened(t)
	ctx := context.Background()
	id, planted := webtest.SecretCase(t, a)
	b := registry.Bulletin{Title: "另一期典型案例", Cases: []registry.BulletinCase{{CaseID: id}}}
	if _, err := a.Service.AddBulletin(ctx, a.Actor(registry.RolePublisher), &b); err != nil {
		t.Fatal(err)
	}
	now := a.Now()
	b = a.SetBulletin(b.ID, func(x *registry.Bulletin) {
		x.State, x.PublishedAt, x.Opinions = registry.BulletinApproved, &now, []registry.BulletinOpinion{{Step: "签发", Verdict: "退回", Words: "不要写秘密意见", At: now}}
	})
	planted.Words = append(planted.Words, "不要写秘密意见", "publisher", "宣传发布")
	var secrets registry.Secrets
	bureau := a.Service.Bureau()
	for id := registry.CaseID(1); ; id++ {
		f, err := a.Service.CaseFile(ctx, registry.CommandLine, id)
		if registry.KindOf(err) == registry.KindNotFound && err != nil {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, bureau.SecretsOf(f)...)
	}
	if len(secrets) < 50 {
		t.Fatalf("the demonstration has %d secrets", len(secrets))
	}
	c := a.Browser()
	todo, seen := []string{"/public"}, map[string]bool{}
	for _, s := range []string{slug, b.Slug} {
		todo = append(todo, each(s)...)
	}
	links := regexp.MustCompile(`(?:href|action|loc|"url"|"next")[=>:"\s]+(?:http://[^/]+)?(/public[^"<]*)`)
	for len(todo) > 0 {
		path := strings.ReplaceAll(todo[0], "&amp;", "&")
		if todo = todo[1:]; seen[path] || strings.HasSuffix(path, "/report") {
			continue
		}
		seen[path] = true
		p := c.Get(path).Want(http.StatusOK)
		body := p.Body
		if strings.HasSuffix(path, ".pdf") {
			body = webtest.PDFText(t, []byte(p.Body), "pdftotext", func(file string) []string { return []string{file, "-"} })
		}
		for _, m := range links.FindAllStringSubmatch(p.Body, -1) {
			todo = append(todo, m[1])
		}
		for _, w := range planted.Words {
			if strings.Contains(body, w) {
				t.Errorf("%s tells %q", path, w)
			}
		}
		if masked := secrets.Masker().Mask(body); masked != body {
			t.Errorf("%s holds a secret of a case: %s", path, firstDifference(body, masked))
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d addresses were read: %v", len(seen), seen)
	}
}

func firstDifference(a, b string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[max(0, i-60):min(len(a), i+60)]
		}
	}
	return ""
}
