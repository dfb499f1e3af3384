package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

var rowLink = regexp.MustCompile(`<tr data-href="(/[a-z]+/\d+)"`)

func rowsOf(p *webtest.Page) (rows []string) {
	for _, m := range rowLink.FindAllStringSubmatch(p.Body, -1) {
		rows = append(rows, m[1])
	}
	return rows
}

// Each list is ordered from its header, both ways, and the header says which; page after page the rows of one way are those of the other from the end.
func TestListsAreSortedFromTheHeader(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	for list, own := range map[string]string{"/cases": "found_on", "/inspections": "started_on", "/farms": "id", "/parties": "id"} {
		if own == "id" {
			c.Get(list).Submit("/list-columns", "column", "id").Want(http.StatusSeeOther)
		}
		first := c.Get(list).Want(http.StatusOK, `aria-sort="descending"`, list+"?sort="+own).Check()
		up := c.Get(list+"?sort="+own).Want(http.StatusOK, `aria-sort="ascending"`).Check()
		want, got := rowsOf(first), rowsOf(up)
		slices.Reverse(want)
		if len(want) < 3 || !slices.Equal(got, want) {
			t.Errorf("%s: %v the other way round is %v", list, want, got)
		}
		c.Get(list + "?sort=nonsense").Want(http.StatusOK)
	}
	byID, back := rowsOf(c.Get("/cases?sort=id")), rowsOf(c.Get("/cases?sort=-id"))
	slices.Reverse(back)
	if !slices.Equal(byID, back) || byID[0] != "/cases/1" {
		t.Errorf("cases by their number: %v, %v", byID, back)
	}
	if found := rowsOf(c.Get("/cases?q=养殖&sort=id")); !slices.IsSorted(found) || len(found) < 3 {
		t.Errorf("what is searched for, the first first: %v", found)
	}
}

// The pages of a list in the other order, one after the other, hold every case once.
func TestSortedPagesHoldEveryRow(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	for i := range 130 {
		c.JSON("POST", "/api/v1/cases", fmt.Sprintf(`{"title":"第%d案","district_code":"440785","found_on":"2024-%02d-%02d"}`, i, 1+i%12, 1+i%7)).Want(http.StatusCreated)
	}
	for _, sort := range []string{"", "?sort=found_on", "?sort=id", "?sort=-id"} {
		var rows []string
		next := "/cases" + sort
		for n := 0; next != "" && n < 5; n++ {
			p := c.Get(next).Want(http.StatusOK)
			rows = append(rows, rowsOf(p)...)
			next = ""
			if m := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(p.Body); m != nil {
				next = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
		if once := slices.Compact(slices.Sorted(slices.Values(rows))); len(rows) != 130 || len(once) != 130 {
			t.Errorf("%s: %d rows, %d cases", sort, len(rows), len(once))
		}
	}
}

// Columns are each person's own; any of the ledger's can be shown, with the ledger's value.
func TestColumnsOfAList(t *testing.T) {
	a := webtest.Demo(t)
	c, other := a.As(registry.RoleOfficer), a.As(registry.RoleAuditor)
	c.Get("/cases").Want(http.StatusOK, "罚款（元）").WantNot("决定书文号</th>")
	p := c.Post("/list-columns", url.Values{"list": {"cases"}, "back": {"/cases"}, "column": {"district", "decision_number", "party"}}).Want(http.StatusSeeOther).Follow()
	p.Want(http.StatusOK, `>决定书文号</th>`, `>当事人名称</th>`, "江蓬环罚").WantNot(`>罚款（元）</th>`).Check()
	other.Get("/cases").WantNot(">决定书文号</th>")
	c.Get("/farms").Want(http.StatusOK, "镇街、村")
	c.Post("/list-columns", url.Values{"list": {"farms"}, "back": {"/farms"}, "column": {"herds"}}).Follow().Want(http.StatusOK, "畜种与存栏").WantNot(">镇街、村</th>", `data-label="镇街、村"`)
	c.Post("/list-columns", url.Values{"list": {"cases"}, "back": {"//evil.example/"}, "reset": {"1"}}).Want(http.StatusSeeOther).Follow().WantNot("evil")
	c.Get("/cases").Want(http.StatusOK, "罚款（元）")
	c.Post("/list-columns", url.Values{"list": {"cases"}, "column": {"nonsense"}}).Want(http.StatusUnprocessableEntity, "没有列“nonsense”")
	c.Post("/list-columns", url.Values{"list": {"nonsense"}}).Want(http.StatusNotFound)
}

// A view is a list's conditions, order and columns under a name; shared, colleagues open it and only its owner or an administrator changes it.
func TestListViews(t *testing.T) {
	a := webtest.Demo(t)
	owner, other, admin := a.As(registry.RoleOfficer), a.As(registry.RoleAuditor), a.As(registry.RoleAdmin)
	owner.Post("/list-columns", url.Values{"list": {"cases"}, "back": {"/cases"}, "column": {"stage", "found_on", "decided_on"}}).Want(http.StatusSeeOther)
	owner.Get("/cases?stage=已结案&sort=found_on&cursor=").Submit("/list-views", "name", "已结案的").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "已保存视图“已结案的”", "【示例】").WantNot("恩平某畜牧").Check()
	owner.Post("/list-columns", url.Values{"list": {"cases"}, "back": {"/cases"}, "reset": {"1"}}).Want(http.StatusSeeOther)
	opened := owner.Get("/cases?stage=已结案&sort=found_on&view=1").Want(http.StatusOK, ">决定日期</th>", `aria-sort="ascending"`, `view=1" aria-current="page"`)
	owner.Get("/cases").Want(http.StatusOK, "view=1").WantNot(">决定日期</th>")
	other.Get("/cases").WantNot("已结案的", "view=1")
	other.Get("/list-views/1").Want(http.StatusNotFound)
	other.Post("/list-views/1/delete", url.Values{"version": {"1"}}).Want(http.StatusNotFound)

	owner.Get("/cases?stage=已处罚").Submit("/list-views", "name", "已结案的").Want(http.StatusUnprocessableEntity, "已有名为").Check()
	owner.Get("/cases?q=440785198001011234").Submit("/list-views", "name", "某人").Want(http.StatusUnprocessableEntity, "长号码")
	owner.Get("/cases?q=长号码以外").Submit("/list-views", "name", "").Want(http.StatusUnprocessableEntity)

	opened.Submit("/list-views/1").Want(http.StatusSeeOther) // as it is, once more
	owner.Get("/list-views/1").Want(http.StatusOK, "已结案的", "决定日期").Check().Submit("/list-views/1", "shared", "1").Want(http.StatusSeeOther)
	other.Get("/cases").Want(http.StatusOK, "已结案的", "共用")
	other.Get("/cases?stage=已结案&view=1").Want(http.StatusOK, ">决定日期</th>")
	foreign := other.Get("/list-views/1").Want(http.StatusOK, "只能由建立它的人或管理员修改").WantNot("删除视图").Check()
	foreign.Submit("/list-views/1", "name", "改名").Want(http.StatusForbidden)
	other.Post("/list-views/1/delete", url.Values{"version": {"3"}}).Want(http.StatusForbidden)
	admin.Get("/list-views/1").Want(http.StatusOK).Submit("/list-views/1", "name", "各局的结案").Want(http.StatusSeeOther)
	owner.Get("/list-views/1").Want(http.StatusOK, "各局的结案", "历史", "修改").Submit("/list-views/1/delete").Want(http.StatusSeeOther)
	owner.Get("/cases?stage=已结案&view=1").Want(http.StatusOK).WantNot("各局的结案")
	a.As(registry.RoleAuditor).Get("/audit?entity=list_view").Want(http.StatusOK, "列表视图", "删除")
}

// What is chosen in a list is exported alone, in the list's order, and so is the whole list in any of its orders: the file has the rows of the page.
func TestChosenCases(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	for _, sort := range []string{"", "found_on", "-id", "id"} {
		page := c.Get("/cases?sort=" + sort).Want(http.StatusOK)
		rows := rowsOf(page)
		all := regexp.MustCompile(`href="(/exports\?[^"]+)"`).FindStringSubmatch(page.Body)
		if all == nil {
			t.Fatal("no export of the list")
		}
		if got := exported(t, c, strings.ReplaceAll(all[1], "&amp;", "&")); !slices.Equal(got, rows) {
			t.Errorf("sort %q: the list is %v, its export %v", sort, rows, got)
		}
		order := regexp.MustCompile(`name="sort" value="([^"]+)"`).FindAllStringSubmatch(page.Body, -1)
		q := url.Values{"do": {"export"}, "sort": {order[len(order)-1][1]}}
		var want []string
		for i, row := range rows {
			if i%2 == 0 {
				q.Add("id", strings.TrimPrefix(row, "/cases/"))
				want = append(want, row)
			}
		}
		to := c.Get("/cases/chosen?" + q.Encode()).Want(http.StatusSeeOther).Header.Get("Location")
		c.Get(to).Want(http.StatusOK, fmt.Sprintf("%d 件", len(want))).Check()
		if got := exported(t, c, to); !slices.Equal(got, want) {
			t.Errorf("sort %q: chosen %v, exported %v", sort, want, got)
		}
	}
	c.Get("/cases/chosen?do=print&back=/cases").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "先在列表里勾选")
	c.Get("/cases/chosen?do=print&id=6&id=7").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "2 件", "一个 PDF 最多 20 件", "生成 PDF").Check()
	c.Get("/cases/chosen?id=x").Want(http.StatusUnprocessableEntity, "登记编号")
	paper := c.Get("/cases/sheets.pdf?ids=6,7").Want(http.StatusOK)
	if !strings.HasPrefix(paper.Body, "%PDF") {
		t.Error("the sheets are no PDF")
	}
	one, two := len(c.Get("/cases/6/sheet.pdf").Body), len(paper.Body)
	if two < one {
		t.Errorf("two sheets take %d bytes, one of them %d", two, one)
	}
	many := make([]string, 21)
	for i := range many {
		many[i] = fmt.Sprint(i + 1)
	}
	c.Get("/cases/sheets.pdf?ids="+strings.Join(many, ",")).Want(http.StatusUnprocessableEntity, "一次最多打印 20 件")
	c.Get("/cases/sheets.pdf?ids=6,999").Want(http.StatusNotFound)
	a.As(registry.RoleAuditor).Get("/audit?action=导出").Want(http.StatusOK, "所选案件：", "案件登记表 PDF")
}

// exported are the cases of an export page's file, by their addresses.
func exported(t *testing.T, c *webtest.Client, page string) (rows []string) {
	t.Helper()
	file := c.Get(strings.Replace(page, "/exports?", "/exports/ledger.xlsx?", 1)).Want(http.StatusOK)
	f, err := excelize.OpenReader(strings.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	lines, err := f.GetRows("案件台账")
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, line := range lines {
		if i := slices.Index(line, "登记编号"); i >= 0 {
			at = i
			continue
		}
		if at >= 0 && at < len(line) && regexp.MustCompile(`^\d+$`).MatchString(line[at]) {
			rows = append(rows, "/cases/"+line[at])
		}
	}
	return rows
}
