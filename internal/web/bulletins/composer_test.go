package bulletins_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// begun is a bulletin of the secret case, and its edit form.
func begun(t *testing.T) (a *webtest.App, publisher *webtest.Client, id registry.CaseID) {
	t.Helper()
	a = webtest.New(t)
	id, _ = webtest.SecretCase(t, a)
	publisher = a.As(registry.RolePublisher)
	publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	return a, publisher, id
}

// What was typed is kept for its typist alone, comes back as it was, meets another's words on the merge page, and goes when it is saved.
func TestUnsavedTextIsKept(t *testing.T) {
	a, publisher, _ := begun(t)
	other := a.SignedIn("publisher2")
	edit := publisher.Get("/bulletins/1/edit").Want(http.StatusOK).WantNot("有未保存的内容")
	values := edit.Form("/bulletins/1")
	values.Set("title", "没有保存的标题")
	values.Set("dated", "2024-13")
	publisher.Post("/bulletins/1/autosave", values).Want(http.StatusOK, "saved_at").WantNot("message")
	if b := bulletinOf(t, a); b.Title != "典型案例通报" || b.Version != 1 {
		t.Errorf("keeping unsaved text changed the bulletin: %q version %d", b.Title, b.Version)
	}
	publisher.Get("/bulletins/1/edit").Want(http.StatusOK, "有未保存的内容").Check()
	other.Get("/bulletins/1/edit").Want(http.StatusOK).WantNot("有未保存的内容")
	other.Get("/bulletins/1/edit?restore=1").Follow().Want(http.StatusOK, "没有未保存的内容可以恢复")

	other.Get("/bulletins/1/edit").Submit("/bulletins/1", "title", "别人的标题").Want(http.StatusSeeOther)
	publisher.Post("/bulletins/1/autosave", values).Want(http.StatusOK, "别人已保存了新的版本")
	restored := publisher.Get("/bulletins/1/edit?restore=1").Want(http.StatusOK, "已恢复", "之后别人保存过新的版本").Check()
	form := restored.Form("/bulletins/1")
	if form.Get("title") != "没有保存的标题" || form.Get("dated") != "2024-13" {
		t.Errorf("restored: title %q, dated %q", form.Get("title"), form.Get("dated"))
	}
	restored.Submit("/bulletins/1", "dated", "2024-12").Want(http.StatusConflict, "合并", "没有保存的标题", "别人的标题").Check()

	publisher.Get("/bulletins/1/edit").Submit("/bulletins/1", "title", "保存的标题").Want(http.StatusSeeOther)
	publisher.Get("/bulletins/1/edit").WantNot("有未保存的内容")

	publisher.Post("/bulletins/1/autosave", values).Want(http.StatusOK)
	publisher.Post("/bulletins/1/autosave", url.Values{"_drop": {"1"}}).Want(http.StatusSeeOther)
	publisher.Get("/bulletins/1/edit").WantNot("有未保存的内容")

	publisher.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	publisher.Post("/bulletins/1/autosave", values).Want(http.StatusConflict, "待审核")
	a.As(registry.RoleOfficer).Post("/bulletins/1/autosave", values).Want(http.StatusForbidden)
}

// A record that changes marks the draft; the copy changes only as a person says, and what is decided is recorded.
func TestChangedRecordMarksTheDraft(t *testing.T) {
	a, publisher, id := begun(t)
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	publisher.Get("/bulletins/1/edit").WantNot("案件记录已变更")
	file, err := a.Service.CaseFile(ctx, officer, id)
	if err != nil {
		t.Fatal(err)
	}
	change := func(n int64) {
		t.Helper()
		x := file.Inspections[0]
		x.Herds[0].Count = &n
		if err := a.Service.ChangeInspection(ctx, officer, &x); err != nil {
			t.Fatal(err)
		}
		file.Inspections[0] = x
	}
	change(6100)
	publisher.Get("/bulletins/1").Want(http.StatusOK, "案件记录已变更", "6100").Check()
	edit := publisher.Get("/bulletins/1/edit").Want(http.StatusOK, "案件记录已变更", "用新草稿替换", "保留现有文字").Check()
	if strings.Contains(bulletinOf(t, a).Cases[0].Facts, "6100") {
		t.Fatal("the record flowed into the copy by itself")
	}

	kept := edit.Submit("/bulletins/1", "_add", fmt.Sprintf("keep.%d", id), "cases.0.facts", "自己写的案情。").Want(http.StatusOK, "保留现有文字").Check()
	kept.Submit("/bulletins/1").Want(http.StatusSeeOther)
	if got := bulletinOf(t, a).Cases[0].Facts; got != "自己写的案情。" {
		t.Errorf("kept words became %q", got)
	}
	publisher.Get("/bulletins/1").Want(http.StatusOK, "案件记录已变更，保留现有文字").WantNot("按现在的记录起草")

	change(7200)
	edit = publisher.Get("/bulletins/1/edit").Want(http.StatusOK, "案件记录已变更")
	replaced := edit.Submit("/bulletins/1", "_add", fmt.Sprintf("compose.%d", id)).Want(http.StatusOK, "还没有保存", "替换前的文字", "自己写的案情。").Check()
	if got := replaced.Form("/bulletins/1").Get("cases.0.facts"); !strings.Contains(got, "7200") {
		t.Errorf("the new draft reads %q", got)
	}
	back := replaced.Submit("/bulletins/1", "_add", fmt.Sprintf("restore.%d", id)).Want(http.StatusOK, "已换回")
	if got := back.Form("/bulletins/1").Get("cases.0.facts"); got != "自己写的案情。" {
		t.Errorf("restored words are %q", got)
	}
	replaced.Submit("/bulletins/1").Want(http.StatusSeeOther)
	publisher.Get("/bulletins/1").Want(http.StatusOK, "案件记录已变更，用新草稿替换", "7200").WantNot("按现在的记录起草")
	publisher.Get("/bulletins/1/versions?from=1&to=3").Want(http.StatusOK, "案件一简要案情").Check()
	publisher.Get("/bulletins/1/versions?from=99").Want(http.StatusNotFound)
}

// Whatever is pasted or typed is handled or refused in words, and comes out on paper as it was.
func TestDifficultTexts(t *testing.T) {
	a, publisher, _ := begun(t)
	name, long := strings.Repeat("某养殖公司", 12), strings.Repeat("废水未经处理直接外排至沟渠，", 360)[:15000]
	edit := func() *webtest.Page { return publisher.Get("/bulletins/1/edit").Want(http.StatusOK) }
	edit().Submit("/bulletins/1", "cases.0.title", name, "cases.0.facts", long, "cases.0.meaning", "守\u200b法\u202e为\u2066先").Want(http.StatusSeeOther)
	if c := bulletinOf(t, a).Cases[0]; c.Title != name || c.Facts != long || c.Meaning != "守法为先" {
		t.Errorf("stored: %q, %d characters, %q", c.Title, len([]rune(c.Facts)), c.Meaning)
	}
	publisher.Get("/bulletins/1").Want(http.StatusOK, name, "典型意义").Check()
	if !strings.HasPrefix(publisher.Get("/bulletins/1/pdf").Want(http.StatusOK).Body, "%PDF") {
		t.Error("no PDF")
	}
	edit().Submit("/bulletins/1", "cases.0.facts", "<p class=MsoNormal>第一段<o:p></o:p></p><p class=MsoNormal>第二段，氨氮&lt;8</p>").Follow().Want(http.StatusOK, "格式已去掉")
	if got := bulletinOf(t, a).Cases[0].Facts; got != "第一段\n第二段，氨氮<8" {
		t.Errorf("Word's markup became %q", got)
	}
	for field, place := range map[string]string{"title": "通报标题", "byline": "署名", "cases.0.handling": "查处情况"} {
		page := edit().Submit("/bulletins/1", field, "甲شركة乙").Want(http.StatusUnprocessableEntity, place, "从右向左书写").Check()
		if got := page.Form("/bulletins/1").Get(field); got != "甲شركة乙" {
			t.Errorf("%s was lost: %q", field, got)
		}
	}
}

// The buttons of the form keep what was typed, and the rows stand as they are asked to.
func TestComposerButtonsKeepWhatWasTyped(t *testing.T) {
	a, publisher, id := begun(t)
	officer := a.As(registry.RoleOfficer)
	officer.JSON("POST", "/api/v1/cases", `{"title":"第二案","origin":"现场登记","district_code":"440781","found_on":"2024-01"}`).Want(http.StatusCreated)
	edit := publisher.Get("/bulletins/1/edit").Want(http.StatusOK, "第二案", "不能选：案件还是空的：没有违法事实，也没有决定")
	took := edit.Submit("/bulletins/1", "_add", "take", "add_case", "2", "dated", "二月", "cases.0.facts", "改过的案情。").Want(http.StatusOK, "已加入 1 个案件", "还不宜公布")
	form := took.Form("/bulletins/1")
	if form.Get("dated") != "二月" || form.Get("cases.0.facts") != "改过的案情。" || form.Get("cases.1.case_id") != "2" || form.Get("cases.1.facts") == "" {
		t.Fatalf("after taking a case in: %v", form)
	}
	up := took.Submit("/bulletins/1", "_add", "up.2").Want(http.StatusOK).Form("/bulletins/1")
	if up.Get("cases.0.case_id") != "2" || up.Get("cases.1.facts") != "改过的案情。" || up.Get("cases.0.seq") != "1" {
		t.Errorf("after moving it up: %v", up)
	}
	sorted := took.Submit("/bulletins/1", "_add", "sort.found").Want(http.StatusOK, "已按发现日期排好").Form("/bulletins/1")
	if sorted.Get("cases.0.case_id") != "2" {
		t.Errorf("sorted by finding: %v", sorted)
	}
	took.Submit("/bulletins/1", "_add", "down.99").Want(http.StatusBadRequest)
	preview := took.Submit("/bulletins/1", "_add", "cases", "pick_month", "2024-13").Want(http.StatusOK, "改过的案情。")
	preview.Check()
	values := took.Form("/bulletins/1")
	values.Set("lead", "预览的导语")
	publisher.Post("/bulletins/1/preview", values).Want(http.StatusOK, "预览的导语", "改过的案情。", "案件二").Check()
	if b := bulletinOf(t, a); b.Version != 1 || len(b.Cases) != 1 || b.Cases[0].CaseID != id {
		t.Errorf("a button stored something: version %d, %d cases", b.Version, len(b.Cases))
	}
}

// A bulletin keeps the sections that it was made with, and the bureau says whether unchecked quotes may be approved.
func TestTemplateOfTheBureau(t *testing.T) {
	a, publisher, id := begun(t)
	admin := a.As(registry.RoleAdmin)
	admin.Get("/admin/bureau").Submit("/admin/bureau", "bulletins.sections.0.part", "查处", "bulletins.sections.0.heading", "处理结果", "bulletins.title", "{城市}典型案例（{月份}）", "bulletins.quotes", "先核对").Want(http.StatusSeeOther)
	publisher.Get("/bulletins/new").Want(http.StatusOK, "江门市典型案例（")
	publisher.Get(fmt.Sprintf("/bulletins/new?case_id=%d", id)).Submit("/bulletins", "title", "第二期").Want(http.StatusSeeOther)
	publisher.Get("/bulletins/2").Want(http.StatusOK, "处理结果").WantNot("简要案情　")
	publisher.Get("/bulletins/1").Want(http.StatusOK, "简要案情").WantNot("处理结果")
	admin.Get("/admin/bureau").Submit("/admin/bureau", "bulletins.sections.0.part", "法条").Want(http.StatusUnprocessableEntity, "至少要有案情或查处一栏")

	publisher.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	other := a.SignedIn("publisher2")
	page := other.Get("/bulletins/1").Want(http.StatusOK, "未经官方文本核对", "本局要求先核对再批准").Check()
	page.Submit("/bulletins/1/approve").Want(http.StatusUnprocessableEntity, "本局要求先核对再批准")
	admin.Get("/admin/bureau").Submit("/admin/bureau", "bulletins.quotes", "注明后发布").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Submit("/bulletins/1/approve").Follow().Want(http.StatusOK, "已批准")
}

// The form of 200 cases has more fields than mime/multipart takes by itself (go.mod tells it otherwise): it is kept, shown and read.
func TestFormOfManyFields(t *testing.T) {
	_, publisher, _ := begun(t)
	values := publisher.Get("/bulletins/1/edit").Form("/bulletins/1")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name := range values {
		if err := form.WriteField(name, values.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2500 {
		if err := form.WriteField(fmt.Sprintf("extra.%d", i), "字"); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	publisher.Do(http.MethodPost, "/bulletins/1/autosave", &body, http.Header{"Content-Type": {form.FormDataContentType()}, "Sec-Fetch-Site": {"same-origin"}}).Want(http.StatusOK, "saved_at")
}

// A place among cases of other filters is none of these: the first of them are shown, and what was typed stays.
func TestChooserOfOtherFilters(t *testing.T) {
	_, publisher, _ := begun(t)
	values := publisher.Get("/bulletins/1/edit").Form("/bulletins/1")
	values.Set("title", "正在写的标题")
	values.Set("_add", "cases.bm90aGluZw")
	publisher.Post("/bulletins/1", values).Want(http.StatusOK, "正在写的标题").WantNot("翻页位置无效")
}
