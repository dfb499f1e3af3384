package bulletins_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/net/html"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// text of the first element with a tag: the publication itself, without the panel beside it that names the real cases.
func elementText(p *webtest.Page, tag string) string {
	var b strings.Builder
	for n := range p.Doc().Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					b.WriteString(d.Data)
				}
			}
		}
	}
	return b.String()
}

func wantNone(t *testing.T, where, text string, words []string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			t.Errorf("%s holds %q\n%s", where, w, text)
		}
	}
}

func TestBulletinPublishesNothingPersonal(t *testing.T) {
	a := webtest.New(t)
	id, p := webtest.SecretCase(t, a)
	if len(p.Words) < 60 {
		t.Fatalf("only %d words were planted", len(p.Words))
	}
	publisher := a.As(registry.RolePublisher)
	form := publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Want(http.StatusOK).Check()
	edit := form.Submit("/bulletins", "title", "典型案例通报").Follow().Want(http.StatusOK, "逐案核改").Check()
	bulletin := strings.TrimSuffix(edit.Path, "/edit")
	b, err := a.Service.Bulletin(context.Background(), a.Actor(registry.RolePublisher), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Cases) != 1 || b.Cases[0].Title == "" || !strings.Contains(b.Cases[0].Facts, "5300") || len(b.Cases[0].Quotes) == 0 {
		t.Fatalf("the first draft is %+v", b.Cases)
	}
	wantNone(t, "the copy", b.PublicText(), p.Words)
	quotes, err := json.Marshal(b.Cases[0].Quotes)
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, "the quotes", string(quotes), p.Words)
	page := publisher.Get(bulletin).Want(http.StatusOK, "没有找到", "以案说法").Check()
	wantNone(t, "the page", elementText(page, "article"), p.Words)
	pdf := publisher.Get(bulletin + "/pdf").Want(http.StatusOK)
	name, err := url.PathUnescape(pdf.Header.Get("Content-Disposition"))
	if err != nil || !strings.Contains(name, "典型案例通报-1.pdf") {
		t.Errorf("file name %q, %v", name, err)
	}
	wantNone(t, "the file name", name, p.Words)
	for _, w := range p.Words {
		var be []byte
		for _, u := range utf16.Encode([]rune(w)) {
			be = append(be, byte(u>>8), byte(u))
		}
		if bytes.Contains([]byte(pdf.Body), be) {
			t.Errorf("the PDF's metadata hold %q", w)
		}
	}
	t.Run("metadata", func(t *testing.T) {
		wantNone(t, "pdfinfo", webtest.PDFText(t, []byte(pdf.Body), "pdfinfo", func(file string) []string { return []string{file} }), p.Words)
	})
	t.Run("text", func(t *testing.T) {
		text := webtest.PDFText(t, []byte(pdf.Body), "pdftotext", func(file string) []string { return []string{"-raw", file, "-"} })
		text = strings.Join(strings.Fields(text), "")
		if !strings.Contains(text, "恩平市某养殖有限公司") {
			t.Fatalf("pdftotext reads\n%s", text)
		}
		wantNone(t, "pdftotext", text, p.Words)
	})
}

// What a person types into the copy is looked through before anybody else may read it.
func TestBulletinLeaksStopSubmission(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	publisher := a.As(registry.RolePublisher)
	publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	file, err := a.Service.CaseFile(context.Background(), a.Actor(registry.RoleOfficer), id)
	if err != nil {
		t.Fatal(err)
	}
	for name, leak := range map[string][2]string{
		"party": {"当事人名称", file.Parties[0].Name}, "legal person": {"自然人姓名", file.Parties[0].LegalPerson}, "farm": {"养殖场名称", file.Farm.Name},
		"officer": {"执法人员姓名", file.Inspections[0].Officers[0].Name}, "present": {"自然人姓名", file.Inspections[0].PresentName},
		"address": {"地址", file.Farm.Address}, "number": {"文书编号", file.Documents[0].Number}, "phone": {"手机号码", "13512345678"}, "day": {"具体日期", "2024年10月5日"},
	} {
		t.Run(name, func(t *testing.T) {
			edit := publisher.Get("/bulletins/1/edit")
			edit.Submit("/bulletins/1", "cases.0.facts", "现场负责人说，"+leak[1]+"。").Want(http.StatusSeeOther)
			page := publisher.Get("/bulletins/1").Want(http.StatusOK, "案件一案情", leak[0], leak[1]).Check()
			page.Submit("/bulletins/1/submit").Want(http.StatusUnprocessableEntity, "案件一案情含有"+leak[0], leak[1]).Check()
		})
	}
}

func TestBulletinIsReadByTwo(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	author, other, officer := a.As(registry.RolePublisher), a.SignedIn("publisher2"), a.As(registry.RoleOfficer)
	author.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Submit("/bulletins/1/submit").Follow().Want(http.StatusOK, "待审核", "须由另一位").Check()
	author.Post("/bulletins/1/approve", url.Values{"version": {"2"}}).Want(http.StatusForbidden)
	officer.Get("/bulletins/1").Want(http.StatusOK).WantNot("/bulletins/1/approve").Check()
	other.Post("/bulletins/1/approve", url.Values{"version": {"1"}}).Want(http.StatusConflict, "又有改动").Check()
	other.Get("/bulletins/1").Submit("/bulletins/1/approve").Follow().Want(http.StatusOK, "已批准", "宣传发布乙").Check()

	// Approved: read only, for everybody.
	author.Get("/bulletins/1/edit").Follow().Want(http.StatusOK, "不能修改")
	author.Post("/bulletins/1", url.Values{"version": {"3"}, "title": {"改"}}).Want(http.StatusConflict, "不能再修改")
	author.JSON("PATCH", "/api/v1/bulletins/1", `{"title":"改"}`, "If-Match", `"3"`).Want(http.StatusConflict)
	page := other.Get("/bulletins/1").WantNot("未经签发")
	page.Submit("/bulletins/1/withdraw", "withdraw_reason", " ").Want(http.StatusUnprocessableEntity, "请写明撤回的理由").Check()
	page.Submit("/bulletins/1/withdraw", "withdraw_reason", "处罚决定被变更").Follow().Want(http.StatusOK, "已撤回", "处罚决定被变更").Check()
}

// Whoever edits and submits another's draft has read its last form alone, and does not approve it.
func TestBulletinIsNotApprovedByItsSubmitter(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	author, other := a.As(registry.RolePublisher), a.SignedIn("publisher2")
	author.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Want(http.StatusOK, "宣传发布乙写过这期通报（提交审核）").WantNot("/bulletins/1/approve").Check()
	other.Post("/bulletins/1/approve", url.Values{"version": {"2"}}).Want(http.StatusForbidden, "宣传发布乙写过这期通报（提交审核）").Check()
	author.Get("/bulletins/1").Submit("/bulletins/1/return").Follow().Want(http.StatusOK, "草稿")
}

func TestBulletinEditing(t *testing.T) {
	a := webtest.New(t)
	first, _ := webtest.SecretCase(t, a)
	officer := a.As(registry.RoleOfficer)
	officer.JSON("POST", "/api/v1/cases", `{"title":"第二案","origin":"现场登记","district_code":"440781"}`).Want(http.StatusCreated)
	officer.JSON("POST", "/api/v1/cases", `{"title":"虚构案","origin":"示例","district_code":"440781"}`).Want(http.StatusCreated)
	publisher := a.As(registry.RolePublisher)

	// Searching keeps what was ticked, by the button and by Enter.
	form := publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", first))
	found := form.Submit("/bulletins", "title", "通报", "q", "第二案").Want(http.StatusOK, "第二案").Check()
	if got := found.Form("/bulletins")["add_case"]; !slices.Equal(got, []string{fmt.Sprint(first)}) {
		t.Errorf("ticked after a search: %v", got)
	}
	values := found.Form("/bulletins")
	values["add_case"] = []string{fmt.Sprint(first), "2", "3"}
	publisher.Post("/bulletins", values).Want(http.StatusUnprocessableEntity, "示例案件不能与真实案件编入同一期通报").Check()
	values["add_case"] = []string{fmt.Sprint(first), "2"}
	publisher.Post("/bulletins", values).Want(http.StatusSeeOther)

	// Order, removal, quotes.
	edit := publisher.Get("/bulletins/1/edit").Want(http.StatusOK).Check()
	edit.Submit("/bulletins/1", "cases.1.seq", "1", "cases.1.facts", "改写过的案情。").Want(http.StatusSeeOther)
	b := bulletinOf(t, a)
	if b.Cases[0].CaseID != 2 || b.Cases[0].Facts != "改写过的案情。" || b.Cases[1].CaseID != first {
		t.Fatalf("after moving the second case up: %+v", b.Cases)
	}
	edit = publisher.Get("/bulletins/1/edit")
	again := edit.Submit("/bulletins/1", "_add", "compose.2").Want(http.StatusOK, "还没有保存").Check()
	if got := again.Form("/bulletins/1").Get("cases.0.facts"); strings.Contains(got, "改写过") || got == "" {
		t.Errorf("the new first draft is %q", got)
	}
	if b := bulletinOf(t, a); b.Cases[0].Facts != "改写过的案情。" {
		t.Errorf("a first draft was stored unasked: %q", b.Cases[0].Facts)
	}
	values = edit.Form("/bulletins/1")
	values["cases.1.quotes"] = nil
	publisher.Post("/bulletins/1", values).Want(http.StatusSeeOther)
	if b := bulletinOf(t, a); len(b.Cases[1].Quotes) != 0 || b.Cases[0].Facts != "改写过的案情。" {
		t.Errorf("after taking the quotes out: %+v", b.Cases)
	}
	publisher.Get("/bulletins/1/edit").Submit("/bulletins/1", "cases.1.remove", "1").Want(http.StatusSeeOther)
	if b := bulletinOf(t, a); len(b.Cases) != 1 {
		t.Errorf("after taking a case out: %+v", b.Cases)
	}

	// A stale edit is merged, not lost.
	edit.Submit("/bulletins/1", "title", "我的标题").Want(http.StatusConflict, "合并").Check()
}

func bulletinOf(t *testing.T, a *webtest.App) registry.Bulletin {
	t.Helper()
	b, err := a.Service.Bulletin(context.Background(), a.Actor(registry.RolePublisher), 1)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A quoted article's text is the catalogue's, whatever a client sends beside its name.
func TestBulletinQuotesAreNeverRetyped(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	c := a.As(registry.RolePublisher)
	c.JSON("POST", "/api/v1/bulletins", fmt.Sprintf(`{"title":"通报","cases":[{"case_id":%d}]}`, id)).Want(http.StatusCreated)
	b := bulletinOf(t, a)
	want := b.Cases[0].Quotes[0]
	forged := b.Cases
	forged[0].Quotes = slices.Clone(forged[0].Quotes[:1])
	forged[0].Quotes[0].Text, forged[0].Quotes[0].Law, forged[0].Quotes[0].Checked = "张三的条文", "张三法", true
	body, err := json.Marshal(map[string]any{"cases": forged})
	if err != nil {
		t.Fatal(err)
	}
	c.JSON("PATCH", "/api/v1/bulletins/1", string(body), "If-Match", `"1"`).Want(http.StatusOK)
	if got := bulletinOf(t, a).Cases[0].Quotes[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("quote after a forged PATCH:\n%+v\nwant\n%+v", got, want)
	}
	forged[0].Quotes[0].LawID = "no-such-law"
	body, err = json.Marshal(map[string]any{"cases": forged})
	if err != nil {
		t.Fatal(err)
	}
	c.JSON("PATCH", "/api/v1/bulletins/1", string(body), "If-Match", `"2"`).Want(http.StatusUnprocessableEntity, "cases.0.quotes")
}

// A character that no font holds is refused while it is typed, at its field.
func TestBulletinNamesCharactersItCannotPrint(t *testing.T) {
	a := webtest.New(t)
	id, _ := webtest.SecretCase(t, a)
	c := a.As(registry.RolePublisher)
	c.JSON("POST", "/api/v1/bulletins", `{"title":"𰻝案"}`).Want(http.StatusUnprocessableEntity, `"field":"title"`, "𰻝", "U+30EDD")
	c.JSON("POST", "/api/v1/bulletins", fmt.Sprintf(`{"title":"𬭚案","cases":[{"case_id":%d}]}`, id)).Want(http.StatusCreated)
	page := c.Get("/bulletins/1/edit").Submit("/bulletins/1", "cases.0.facts", "该场排放𰻝水。", "lead", "二〇二四年\U00030EDE").Want(http.StatusUnprocessableEntity, "简要案情", "𰻝", "导语").Check()
	if got := page.Form("/bulletins/1").Get("cases.0.facts"); got != "该场排放𰻝水。" {
		t.Errorf("what was typed is %q now", got)
	}
	c.Get("/bulletins/1/pdf").Want(http.StatusOK)
}

// A bulletin shows the way of the waste water where its author wants it: kinds of places and words of a table, whatever the record or a
// client calls them, as they were when it was put in.
func TestBulletinPathFigure(t *testing.T) {
	a := webtest.New(t)
	id, p := webtest.SecretCase(t, a)
	c := a.As(registry.RolePublisher)
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	file, err := a.Service.CaseFile(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	x := file.Inspections[0]
	x.Path.Nodes[1].State = "张三挖断了东围堤"
	if err := a.Service.ChangeInspection(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	c.JSON("POST", "/api/v1/bulletins", fmt.Sprintf(`{"title":"通报","cases":[{"case_id":%d}]}`, id)).Want(http.StatusCreated)
	want := registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源", Name: "产生源"}, {Kind: "鱼塘", Name: "鱼塘", Lining: "无防渗", State: "断裂"}, {Kind: "其他", Name: "其他"}, {Kind: "水体", Name: "水体"}}}
	if got := bulletinOf(t, a).Cases[0]; !got.ShowPath || !reflect.DeepEqual(got.Path, want) {
		t.Fatalf("the first draft shows the path %t: %+v, want %+v", got.ShowPath, got.Path, want)
	}
	page := c.Get("/bulletins/1").Want(http.StatusOK, "排污路径示意", "断裂", "没有找到").WantNot("受纳水体没有记录").Check()
	wantNone(t, "the page", elementText(page, "article"), append(p.Words, "张三", "东围堤"))
	pdf := webtest.PDFText(t, []byte(c.Get("/bulletins/1/pdf").Want(http.StatusOK).Body), "pdftotext", func(file string) []string { return []string{"-raw", file, "-"} })
	if !strings.Contains(pdf, "排污路径示意") || !strings.Contains(pdf, "断裂") || strings.Contains(pdf, "张三") {
		t.Errorf("the PDF reads\n%s", pdf)
	}

	// What a client draws counts for nothing, and what changes in the record later does not flow in.
	x.Path.Nodes[1].State = "满溢"
	if err := a.Service.ChangeInspection(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	forged := bulletinOf(t, a).Cases
	forged[0].Path = registry.DischargePath{ReceivingWater: "张三家门口", Nodes: []registry.PathNode{{Kind: "沟渠", Name: "张三"}}}
	body, err := json.Marshal(map[string]any{"cases": forged})
	if err != nil {
		t.Fatal(err)
	}
	c.JSON("PATCH", "/api/v1/bulletins/1", string(body), "If-Match", `"1"`).Want(http.StatusOK)
	if got := bulletinOf(t, a).Cases[0].Path; !reflect.DeepEqual(got, want) {
		t.Errorf("path after a forged PATCH: %+v, want %+v", got, want)
	}

	// Unticked, it is gone; ticked again, it is drawn from the record as it is now.
	edit := c.Get("/bulletins/1/edit").Want(http.StatusOK, "登出排污路径图").Check()
	values := edit.Form("/bulletins/1")
	values.Del("cases.0.show_path")
	c.Post("/bulletins/1", values).Want(http.StatusSeeOther)
	if got := bulletinOf(t, a).Cases[0]; got.ShowPath || len(got.Path.Nodes) > 0 {
		t.Errorf("unticked, the path is %+v", got.Path)
	}
	c.Get("/bulletins/1").WantNot("排污路径示意")
	c.Get("/bulletins/1/edit").Submit("/bulletins/1", "cases.0.show_path", "1").Want(http.StatusSeeOther)
	if got := bulletinOf(t, a).Cases[0].Path; got.Nodes[1].State != "溢流" {
		t.Errorf("ticked again, the path is %+v; want 溢流", got)
	}
	officerAPI := a.As(registry.RoleOfficer)
	officerAPI.JSON("POST", "/api/v1/cases", `{"title":"无路径案","origin":"现场登记","district_code":"440781"}`).Want(http.StatusCreated)
	c.JSON("POST", "/api/v1/bulletins", `{"title":"通报","cases":[{"case_id":2,"title":"案","show_path":true}]}`).Want(http.StatusUnprocessableEntity, "cases.0.show_path")
}
