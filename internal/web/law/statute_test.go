package law_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/webtest"
)

// anchorsOf collects the ids of a page, each once: Check fails on a repeated one.
func anchorsOf(p *webtest.Page) map[string]bool {
	ids := map[string]bool{}
	for n := range p.Doc().Descendants() {
		for _, a := range n.Attr {
			if n.Type == html.ElementNode && a.Key == "id" {
				ids[a.Val] = true
			}
		}
	}
	return ids
}

// Every page of the catalogue opens, has sound HTML, and every link on it leads to a page and an anchor that are there.
func TestStatutePagesAndTheirLinks(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	law := a.Service.Law()
	paths := []string{"/statutes", "/statutes/violations", "/statutes/standards", "/statutes/deadlines", "/statutes/discretion", "/statutes?q=渗坑", "/statutes/violations?law=after", "/statutes/compare"}
	for _, l := range law.Laws() {
		if len(l.Versions) > 1 {
			paths = append(paths, "/statutes/"+l.ID)
		}
		for _, v := range l.Versions {
			paths = append(paths, "/statutes/"+l.ID+"/"+v.ID)
		}
	}
	for _, x := range law.ViolationTypes() {
		paths = append(paths, "/statutes/violations/"+x.Code)
	}
	anchors, from := map[string]map[string]bool{}, map[string]string{}
	for _, path := range paths {
		p := c.Get(path).Want(http.StatusOK).Check()
		anchors[path] = anchorsOf(p)
		for _, link := range p.Links() {
			from[link] = path
		}
	}
	for link, path := range from {
		u, err := url.Parse(link)
		if err != nil || !strings.HasPrefix(u.Path, "/statutes/") {
			continue
		}
		page := u.Path
		if u.RawQuery != "" {
			page += "?" + u.RawQuery
		}
		if anchors[page] == nil {
			p := c.Get(page)
			if p.Status == http.StatusSeeOther {
				p = p.Follow()
			}
			p.Want(http.StatusOK).Check()
			anchors[page] = anchorsOf(p)
		}
		if u.Fragment != "" && !anchors[page][u.Fragment] {
			t.Errorf("%s links to %s, which has no such anchor", path, link)
		}
	}
}

// Every provision that the catalogue holds has the anchor that a citation of it leads to.
func TestEveryHeldProvisionHasItsAnchor(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAuditor)
	for _, l := range a.Service.Law().Laws() {
		for _, v := range l.Versions {
			ids := anchorsOf(c.Get("/statutes/" + l.ID + "/" + v.ID).Want(http.StatusOK))
			for _, p := range heldProvisions(v) {
				if _, holding := v.Text(p); holding == registry.Held && !ids[p.Key()] {
					t.Errorf("/statutes/%s/%s has no anchor %s for %s", l.ID, v.ID, p.Key(), p)
				}
			}
		}
	}
}

func heldProvisions(v *statute.Version) (list []registry.Provision) {
	for _, a := range v.Articles {
		list = append(list, a.Provision())
		for i, para := range a.Paragraphs {
			p := a.Provision()
			p.Paragraph = i + 1
			list = append(list, p)
			for _, item := range para.Items {
				p.Item = item.Number
				bare := p
				bare.Paragraph = 0 // ambiguous ones are not held
				list = append(list, p, bare)
				for k := range item.Subitems {
					p.Subitem = k + 1
					list = append(list, p)
					p.Subitem = 0
				}
			}
		}
	}
	return list
}

func TestStatutesNotFound(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	for _, path := range []string{"/statutes/no-such-law", "/statutes/no-such-law/2017", "/statutes/water-pollution-law/1984", "/statutes/violations/NO_SUCH",
		"/statutes/violations/water_evasion", "/statutes/water-pollution-law/2017/39", "/statutes/%2e%2e/x"} {
		c.Get(path).Want(http.StatusNotFound).Check()
	}
}

func TestLawPageChoosesTheVersionInForce(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	for path, want := range map[string]string{
		"/statutes/water-pollution-law":                       "/statutes/water-pollution-law/2017",
		"/statutes/water-pollution-law?on=2024-10":            "/statutes/water-pollution-law/2017",
		"/statutes/guangdong-env-regulation?on=2022-11-29":    "/statutes/guangdong-env-regulation/2019",
		"/statutes/guangdong-env-regulation?on=2022-11-30":    "/statutes/guangdong-env-regulation/2022",
		"/statutes/eco-code":                                  "/statutes/eco-code/2026",
		"/statutes/eco-code?on=2026-08-15":                    "/statutes/eco-code/2026",
		"/statutes/livestock-regulation?on=2026-09-01":        "/statutes/livestock-regulation/2013",
		"/statutes/environmental-protection-law?on=2026-8-14": "/statutes/environmental-protection-law/2014",
	} {
		p := c.Get(path)
		if got := p.Header.Get("Location"); p.Status != http.StatusSeeOther || got != want {
			t.Errorf("%s: status %d to %q, want 303 to %q", path, p.Status, got, want)
		}
	}
	c.Get("/statutes/water-pollution-law?on=2026-08-15").Want(http.StatusOK, "本库没有 2026-08-15 施行的", "2026-08-15 起废止").WantNot("该日版本未收录").Check()
	c.Get("/statutes/water-pollution-law?on=2015-01-01").Want(http.StatusOK, "该日版本未收录", "以前施行的版本", "已知曾施行2008年修订（至 2017-12-31，仅凭记忆）").Check()
	c.Get("/statutes/guangdong-water-regulation?on=2021-05-01").Want(http.StatusOK, "该日版本未收录", "2021年修正以前的文本（2021-01-01 至 2021-09-28，二手来源）").Check()
	c.Get("/statutes/guangdong-water-regulation?on=2021").Want(http.StatusOK, "该日版本未收录", "可能适用下列版本").Check()
	c.Get("/statutes/eia-law?on=2017-05-01").Want(http.StatusOK, "该日版本未收录", "另有2016年修正（施行日、失效日未核到，仅凭记忆）").Check()
	c.Get("/statutes/guangdong-env-regulation?on=2022").Want(http.StatusOK, "可能适用几个版本").Check()
	c.Get("/statutes/guangdong-env-regulation?on=2022-02-30").Want(http.StatusOK, "alert-danger").Check()
	c.Get("/statutes/guangdong-env-regulation").Want(http.StatusOK, "文字相同", "文字不同", "2019-11-29 以前施行的版本").Check()
}

func TestVersionPageSaysWhatIsMissing(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	c.Get("/statutes/water-pollution-law/2017").Want(http.StatusOK, "第一条至第九条本库未收录", "本版本共有多少条未核到", "未经官方文本核对", "失效 2026-08-14", "逃避监管方式排放水污染物").Check()
	c.Get("/statutes/eco-code/2026").Want(http.StatusOK, "1242 条", "尚未施行").Check()
	c.Get("/statutes/sealing-measures/2014").Want(http.StatusOK, "全文").WantNot("至第", "law-gap").Check()
	c.Get("/statutes/crime-liaison-measures/2017").Want(http.StatusOK, "分款待核").Check()
	c.Get("/statutes/tanjiang-regulation/2019").Want(http.StatusOK, "施行日未核到").Check()
	c.Get("/statutes/guangdong-env-regulation/2022").Want(http.StatusOK, "同条号文字").Check()
}

func TestStatuteSearch(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RolePublisher)
	c.Get("/statutes?q=渗坑").Want(http.StatusOK, "<mark>渗坑</mark>", `href="/statutes/water-pollution-law/2017#39"`, "/statutes/violations/WATER_EVASION").Check()
	c.Get("/statutes?q="+url.QueryEscape("渗坑 监测数据")).Want(http.StatusOK, "<mark>监测数据</mark>").Check()
	c.Get("/statutes?q=水污染防治法第八十三条第（三）项").Want(http.StatusOK, "所引条款", `href="/statutes/water-pollution-law/2017#83.0.3"`).Check()
	c.Get("/statutes?q=水污染防治法第三条").Want(http.StatusOK, "本库未收录").Check()
	c.Get("/statutes?q=渗").Want(http.StatusOK, "至少输入两个字").Check()
	c.Get("/statutes?q=没有这样的话").Want(http.StatusOK, "没有找到", "不等于法律没有规定").Check()
	c.Get("/statutes?q=%3Cscript%3E").Want(http.StatusOK).WantNot("<script>").Check()
	c.Get("/statutes?q=" + strings.Repeat("长", 5000)).Want(http.StatusOK).Check()
	p := c.Get("/statutes?q=处罚&level=司法解释").Want(http.StatusOK).Check()
	if slices.ContainsFunc(p.Links(), func(s string) bool { return strings.HasPrefix(s, "/statutes/water-pollution-law") }) {
		t.Error("a search in one level found an article of another")
	}
}
