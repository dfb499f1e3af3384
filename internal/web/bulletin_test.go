package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/net/html"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// planter writes a word of its own into every text field that is empty, so that a field added tomorrow is planted too.
type planter struct {
	n     int
	words []string
}

func (p *planter) word() string {
	p.n++
	w := "秘" + registry.ChineseNumeral(p.n) + "密"
	p.words = append(p.words, w)
	return w
}

// plant fills the empty text fields of the struct x points to, but for the named JSON fields: dictionaries, dates, codes that a
// check would refuse, and what the server sets itself.
func (p *planter) plant(x any, but ...string) { p.walk(reflect.ValueOf(x).Elem(), but) }

func (p *planter) walk(v reflect.Value, but []string) {
	switch {
	case v.Type() == reflect.TypeFor[registry.Date]() || v.Type() == reflect.TypeFor[registry.Meta]():
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			p.walk(v.Index(i), but)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			f := v.Field(i)
			if slices.Contains(but, name) {
				continue
			}
			if f.Kind() == reflect.String {
				if f.Type() == reflect.TypeFor[string]() && f.Len() == 0 {
					f.SetString(p.word())
				}
				continue
			}
			p.walk(f, but)
		}
	}
}

// secretCase is an own case with a planted word in every free text of every record on it. The public names stay empty: they are
// what may be published.
func secretCase(t *testing.T, a *webtest.App) (registry.CaseID, *planter) {
	t.Helper()
	ctx, officer, s, p := context.Background(), a.Actor(registry.RoleOfficer), a.Service, &planter{}
	n := func(v int64) *int64 { return &v }
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	party := registry.Party{Kind: "公司", CreditCode: "91350100M000100Y43", Phone: "13800138000"}
	p.plant(&party, "public_name", "id_number", "credit_code_override")
	must(s.AddParty(ctx, officer, &party))
	person := registry.Party{Kind: "自然人", IDNumber: "11010519491231002X", Phone: "13900139000"}
	p.plant(&person, "public_name", "credit_code", "credit_code_override")
	must(s.AddParty(ctx, officer, &person))
	farm := registry.Farm{DistrictCode: "440785", OperatorID: party.ID, Herds: []registry.Herd{{Species: "生猪", Count: n(5300), Basis: "存栏", Qualifier: "多"}},
		Facilities: []registry.Facility{{Kind: "鱼塘"}}, ContactPhone: "13700137000"}
	farm.EIA.Number, farm.Permit.Number = "恩环审〔2019〕77号", "91440785MA0000001X001V"
	p.plant(&farm, "public_name", "raising_mode", "manure_mode", "in_tanjiang", "relation", "state", "lining", "kind", "datum", "qualifier")
	must(s.AddFarm(ctx, officer, &farm))
	check := registry.Inspection{FarmID: farm.ID, PartyID: party.ID, Kind: "专项检查", StartedOn: registry.Day(2024, 10, 5), DistrictCode: "440785", Result: registry.ViolationFound,
		State: registry.InspectionDraft, Officers: []registry.OfficerRef{{}, {}}, PresentPhone: "13600136000",
		Herds: []registry.Herd{{Species: "生猪", Count: n(5300), Basis: "存栏"}},
		Path:  registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源"}, {Kind: "鱼塘", Lining: "无防渗"}, {Kind: "其他"}, {Kind: "水体"}}}}
	p.plant(&check, "start_time", "end_time", "datum", "certificate_shown", "rights_told", "lining", "submitted_by", "qualifier")
	must(s.AddInspection(ctx, officer, &check))
	sample := registry.Sample{InspectionID: check.ID, Medium: "废水", SampledOn: registry.Day(2024, 10, 5),
		Results: []registry.SampleResult{{Pollutant: "氨氮", Kind: registry.ResultValue, Value: "282", Limit: "80", LimitFrom: "报告所印", Verdict: "超标"}}}
	p.plant(&sample, "sampled_time")
	must(s.AddSample(ctx, officer, &sample))
	c := registry.Case{DistrictCode: "440785", FarmID: farm.ID, FoundOn: registry.Day(2024, 10, 5), Source: "日常检查", Inspections: []registry.InspectionID{check.ID},
		Parties: []registry.CaseParty{{PartyID: party.ID, Role: "单位"}, {PartyID: person.ID, Role: "责任人"}}}
	p.plant(&c)
	must(s.AddCase(ctx, officer, &c))
	var typeCode string
	for _, vt := range s.Law().ViolationTypes() {
		if typeCode == "" || vt.Code == "evade_supervision" {
			typeCode = vt.Code
		}
	}
	v := registry.Violation{CaseID: c.ID, TypeCode: typeCode, ActTo: registry.Day(2024, 10, 5), Citations: []registry.Citation{
		{Role: registry.RoleBreached, Law: "中华人民共和国水污染防治法", Provision: registry.Provision{Article: 39}},
		{Role: registry.RoleBreached, Provision: registry.Provision{Article: 1}}}}
	p.plant(&v, "continuing", "version_choice", "law_id", "version_id", "text_hash", "standing", "held")
	must(s.AddViolation(ctx, officer, &v))
	for i, kind := range []registry.DocKind{registry.DocOrder, registry.DocFiling, registry.DocDecision, registry.DocDetention, registry.DocOther} {
		d := registry.Document{CaseID: c.ID, Seq: int64(i + 1), Kind: kind, NumberTyped: fmt.Sprintf("江恩环罚〔2024〕%d号", 7000+i), MadeOn: registry.Day(2024, 11, 1+i)}
		p.plant(&d, "number_normalized", "service_mode", "order_mode", "result")
		must(s.AddDocument(ctx, officer, &d))
	}
	amount := registry.Money(20000000)
	fine := registry.Penalty{CaseID: c.ID, Kind: "罚款", Amount: &amount}
	p.plant(&fine)
	must(s.AddPenalty(ctx, officer, &fine))
	exhibit := registry.Evidence{CaseID: c.ID, Kind: "照片"}
	p.plant(&exhibit)
	must(s.AddEvidence(ctx, officer, &exhibit))
	p.words = append(p.words, party.CreditCode, party.Phone, person.IDNumber, person.Phone, farm.ContactPhone, check.PresentPhone, farm.EIA.Number, farm.Permit.Number,
		"江恩环罚", "10月5日", "2024-10-05", "11月1日")
	return c.ID, p
}

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

// pdfText reads a PDF as a person's tools do. In CI the tool must be there.
func pdfText(t *testing.T, pdf []byte, tool string, args func(file string) []string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	file := filepath.Join(t.TempDir(), "b.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, args(file)...).Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return string(out)
}

func TestBulletinPublishesNothingPersonal(t *testing.T) {
	a := webtest.New(t)
	id, p := secretCase(t, a)
	if p.n < 60 {
		t.Fatalf("only %d words were planted", p.n)
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
	wantNone(t, "the copy", b.PublicText(), p.words)
	quotes, err := json.Marshal(b.Cases[0].Quotes)
	if err != nil {
		t.Fatal(err)
	}
	wantNone(t, "the quotes", string(quotes), p.words)
	page := publisher.Get(bulletin).Want(http.StatusOK, "没有发现", "以案说法").Check()
	wantNone(t, "the page", elementText(page, "article"), p.words)
	pdf := publisher.Get(bulletin + "/pdf").Want(http.StatusOK)
	name, err := url.PathUnescape(pdf.Header.Get("Content-Disposition"))
	if err != nil || !strings.Contains(name, "典型案例通报-1.pdf") {
		t.Errorf("file name %q, %v", name, err)
	}
	wantNone(t, "the file name", name, p.words)
	for _, w := range p.words {
		var be []byte
		for _, u := range utf16.Encode([]rune(w)) {
			be = append(be, byte(u>>8), byte(u))
		}
		if bytes.Contains([]byte(pdf.Body), be) {
			t.Errorf("the PDF's metadata hold %q", w)
		}
	}
	t.Run("metadata", func(t *testing.T) {
		wantNone(t, "pdfinfo", pdfText(t, []byte(pdf.Body), "pdfinfo", func(file string) []string { return []string{file} }), p.words)
	})
	t.Run("text", func(t *testing.T) {
		text := pdfText(t, []byte(pdf.Body), "pdftotext", func(file string) []string { return []string{"-raw", file, "-"} })
		text = strings.Join(strings.Fields(text), "")
		if !strings.Contains(text, "恩平市某养殖有限公司") {
			t.Fatalf("pdftotext reads\n%s", text)
		}
		wantNone(t, "pdftotext", text, p.words)
	})
}

// What a person types into the copy is looked through before anybody else may read it.
func TestBulletinLeaksStopSubmission(t *testing.T) {
	a := webtest.New(t)
	id, _ := secretCase(t, a)
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
	id, _ := secretCase(t, a)
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
	page := other.Get("/bulletins/1").WantNot("未经批准")
	page.Submit("/bulletins/1/withdraw", "withdraw_reason", " ").Want(http.StatusUnprocessableEntity, "请写明撤回的理由").Check()
	page.Submit("/bulletins/1/withdraw", "withdraw_reason", "处罚决定被变更").Follow().Want(http.StatusOK, "已撤回", "处罚决定被变更").Check()
}

// Whoever edits and submits another's draft has read its last form alone, and does not approve it.
func TestBulletinIsNotApprovedByItsSubmitter(t *testing.T) {
	a := webtest.New(t)
	id, _ := secretCase(t, a)
	author, other := a.As(registry.RolePublisher), a.SignedIn("publisher2")
	author.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Submit("/bulletins/1/approve").Want(http.StatusForbidden)
	author.Get("/bulletins/1").Submit("/bulletins/1/return").Follow().Want(http.StatusOK, "草稿")
}

func TestBulletinEditing(t *testing.T) {
	a := webtest.New(t)
	first, _ := secretCase(t, a)
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
	again := edit.Submit("/bulletins/1", "_add", "compose.0").Want(http.StatusOK, "还没有保存").Check()
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
	id, _ := secretCase(t, a)
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

func TestBulletinPDFNamesCharactersItCannotPrint(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RolePublisher)
	c.JSON("POST", "/api/v1/bulletins", `{"title":"𰻝案"}`).Want(http.StatusCreated)
	c.Get("/bulletins/1/pdf").Want(http.StatusUnprocessableEntity, "𰻝").Check()
}
