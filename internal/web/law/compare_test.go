package law_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestCompareOldAndNew(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	p := c.Get("/statutes/compare/water-pollution-law/39").Want(http.StatusOK,
		"2017年修正", "2018-01-01 以前", "生态环境法典第一百六十四条第一款", "条文之间的对应为整理者判断，请核对", "法典接续",
		"水污染防治法第三十五条（2008年修订）本库未收录，不能比对文字", "仅凭记忆", // the number before the amendment is remembered only
		"逃避监管方式排放水污染物", "100,000 元以上 1,000,000 元以下", "200,000 元以上 1,000,000 元以下", "何者适用本系统不作判断").Check()
	for _, want := range []string{"<del>利用</del>", "<ins>灌注、</ins>"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the diff of 第三十九条 and 第一百六十四条 lacks %s", want)
		}
	}
	if n := strings.Count(p.Body, "<ins>"); n < 3 || strings.Contains(p.Body, "<del></del>") {
		t.Errorf("%d insertions marked", n)
	}

	// A regulation that was not repealed stands beside the Code, and neither is called the successor.
	c.Get("/statutes/compare/livestock-regulation/41").Want(http.StatusOK, "并列", "前者没有随十部法律废止", "生态环境法典第一千二百三十一条第（一）项", "由违法行为类型推出").WantNot("法典接续").Check()
	// From the Code back.
	c.Get("/statutes/compare/eco-code/164").Want(http.StatusOK, "水污染防治法第三十九条", "环境保护法第四十二条第四款", "畜禽规模养殖污染防治条例第十三条第三款").Check()
	// Two versions of a law, the later undated.
	c.Get("/statutes/compare/tanjiang-regulation/36").Want(http.StatusOK, "2016年通过", "2019年修正", "施行日未核到", "与2016年通过相比").Check()
	c.Get("/statutes/compare/guangdong-env-regulation/23").Want(http.StatusOK, "文字与2019年修正相同").Check()
	// What changed its number within a law.
	c.Get("/statutes/compare/guangdong-env-regulation/68").Want(http.StatusOK, "广东省环境保护条例第六十八条第二款", "约 98% 的文字相同").Check()
	// A number that meant something else before is said to, and is no predecessor.
	c.Get("/statutes/compare/water-pollution-law/83").Want(http.StatusOK, "2008年修订的第八十三条（本库未收录）后来是2017年修正的第九十四条，与现在的同一条号不是同一条").Check()
	// An article that only an older version had.
	c.Get("/statutes/compare/water-pollution-law/35").Want(http.StatusOK, "后来是2017年修正的第三十九条").Check()
	// A 项 keeps the lead of its 款, and leads to the whole article.
	c.Get("/statutes/compare/water-pollution-law/83.0.3").Want(http.StatusOK, "违反本法规定，有下列行为之一的", "看整条", "生态环境法典第一千一百零八条").WantNot("第一千一百零二条").Check()

	// A 款 that the article is known not to have.
	c.Get("/statutes/compare/water-pollution-law/39.9").Want(http.StatusOK, "该版本没有这一条").Check()

	for _, path := range []string{"no-such-law/1", "water-pollution-law/x", "water-pollution-law/039", "water-pollution-law/39.0", "water-pollution-law/0", "water-pollution-law/9999",
		"water-pollution-law/1", "eco-code/1243"} {
		c.Get("/statutes/compare/" + path).Want(http.StatusNotFound).Check()
	}
}

func TestCompareList(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAuditor)
	c.Get("/statutes/compare").Want(http.StatusOK, "没有官方对照表", "水污染防治法第三十九条", "生态环境法典第一百六十四条第一款", "2008年修订", "本库未收录", "由违法行为类型推出", "打印").Check()
	c.Get("/statutes/compare?law=livestock-regulation").Want(http.StatusOK, "畜禽规模养殖污染防治条例第四十一条").WantNot("水污染防治法第三十九条").Check()
	c.Get("/statutes/compare?law=eco-code&relation=法典接续").Want(http.StatusOK, "水污染防治法第三十九条").WantNot("畜禽规模养殖污染防治条例第四十一条", "2008年修订").Check()
	c.Get("/statutes/compare?relation=同一法律条号变动").Want(http.StatusOK, "2016年修正", "2020年修订").WantNot("生态环境法典第").Check()
	c.Get("/statutes/compare?origin=written").Want(http.StatusOK, "水污染防治法第三十九条").WantNot("由违法行为类型推出：").Check()
	c.Get("/statutes/compare?q=第一百六十四条").Want(http.StatusOK, "水污染防治法第三十九条").WantNot("第一百七十一条").Check()
	c.Get("/statutes/compare?q=查无此条").Want(http.StatusOK, "没有符合条件的对应").Check()
}

// 新旧对照 is one click from wherever an article is shown.
func TestCompareIsOneClickAway(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	for page, link := range map[string]string{
		"/statutes/water-pollution-law/2017":         "/statutes/compare/water-pollution-law/39",
		"/statutes/guangdong-env-regulation":         "/statutes/compare/guangdong-env-regulation/68",
		"/statutes/violations/WATER_EVASION":         "/statutes/compare/water-pollution-law/83.0.3",
		"/statutes/violations":                       "/statutes/compare",
		"/statutes/compare":                          "/statutes/compare/water-pollution-law/39",
		"/statutes/compare/water-pollution-law/39":   "/statutes/compare/eco-code/164.1",
		"/statutes/compare/livestock-regulation/41":  "/statutes/compare/eco-code/1231.0.1",
		"/statutes/compare/permit-regulation/34.0.2": "/statutes/compare/permit-regulation/34",
	} {
		if p := c.Get(page).Want(http.StatusOK); !slices.Contains(p.Links(), link) {
			t.Errorf("%s has no link to %s", page, link)
		}
	}
	// An article without another version or a counterpart offers nothing to compare.
	for _, link := range c.Get("/statutes/administrative-compulsion-law/2011").Want(http.StatusOK).Links() {
		if strings.HasPrefix(link, "/statutes/compare/") {
			t.Errorf("行政强制法 has the link %s", link)
		}
	}
}

// The five published cases are of 2024: nothing of the Code is cited, and from 第三十九条 the Code is one click away.
func TestPublishedCasesKeepTheLawOfTheirDay(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	c := a.As(registry.RoleOfficer)
	const compare = "/statutes/compare/water-pollution-law/39"
	var list struct{ Items []struct{ ID int } }
	if err := json.Unmarshal([]byte(c.Get("/api/v1/cases?origin="+url.QueryEscape(string(registry.OriginPublished))).Want(http.StatusOK).Body), &list); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, x := range list.Items {
		p := c.GetCase(fmt.Sprintf("/cases/%d", x.ID)).Want(http.StatusOK, "未经官方文本核对")
		p.WantNot("生态环境法典", "2026年通过")
		for _, link := range p.Links() {
			if strings.HasPrefix(link, "/statutes/eco-code") {
				t.Errorf("case %d links to %s", x.ID, link)
			}
		}
		if slices.Contains(p.Links(), compare) {
			compared++
		}
	}
	if len(list.Items) != 5 || compared < 2 {
		t.Errorf("%d published cases, %d of them with the 新旧对照 of 第三十九条; want 5 and at least 2", len(list.Items), compared)
	}
	c.Get(compare).Want(http.StatusOK, "第一百六十四条", "整理者判断").Check()
}
