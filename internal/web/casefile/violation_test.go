package casefile_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestViolationCitations(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	// An article that the version is known not to have is refused at its field, and nothing typed is lost.
	p := f.Violate(at, "WATER_EVASION", "facts", "排放事实", "checklist.2.note", "要件说明", "citations.0.role", "basis", "citations.0.law", "畜禽规模养殖污染防治条例", "citations.0.article", "99",
		"citations.0.reason", "试").Want(http.StatusUnprocessableEntity, "没有第九十九条", "排放事实", "要件说明").Check()
	if !strings.Contains(p.Body, `id="f-citations-0-article-problem"`) {
		t.Errorf("the problem is not at the article's field\n%s", p.Text())
	}
	// A changed citation needs its reason.
	p.Submit(at+"/violations", "citations.0.article", "41", "citations.0.reason", "").Want(http.StatusUnprocessableEntity, "请写明理由").Check()
	// A law that the catalogue does not know is taken, and the page says so.
	page := p.Submit(at+"/violations", "citations.0.law", "某县畜禽养殖管理办法", "citations.0.article", "7", "citations.0.reason", "地方规定").Want(http.StatusSeeOther).Follow()
	page.Want(http.StatusOK, "本库未收录", "某县畜禽养殖管理办法", "已变更", "理由：地方规定", "系统提供·待确认").Check()
	edit := f.Officer.Get("/violations/1/edit").Want(http.StatusOK, "某县畜禽养殖管理办法", "地方规定", "要件说明").Check()
	form := edit.Form("/violations/1")
	if got := len(form["cite"]); got == 0 {
		t.Error("the citations taken from the offer are not ticked on the edit form")
	}
	edit.Submit("/violations/1", "confirm", "1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已确认").WantNot("系统提供·待确认</span>")
}

func TestViolationOfferFollowsTypeAndDate(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	p := f.Officer.Get(at+"/violations/new?type_code=WATER_EVASION").Want(http.StatusOK, "2018-01-01 起施行")
	// Saving under an offer that the officer has not seen is stopped once.
	p = p.Submit(at+"/violations", "facts", "跨越新旧法的排放", "act_from", "2026-08-01", "act_to", "2026-08-20", "confirm", "1").
		Want(http.StatusUnprocessableEntity, "可选条款已更新", "跨越新旧法的排放", "从旧", "生态环境法典").Check()
	// Now a person chooses, with a reason.
	p = p.Submit(at+"/violations", "candidate", "0").Want(http.StatusUnprocessableEntity, "请选择从旧、从轻或其他", "请写明选择这种依据的理由").Check()
	p.Submit(at+"/violations", "candidate", "0", "version_choice", "从旧", "choice_reason", "行为主要发生在法典施行前").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "从旧", "行为主要发生在法典施行前", "第三十九条").Check()
	f.Officer.Get("/violations/1/edit").Want(http.StatusOK).Check()

	// The facts may be kept first and the articles chosen later.
	p = f.Officer.Get(at+"/violations/new?type_code=WATER_EVASION").Submit(at+"/violations", "facts", "先保存", "act_to", "2026-08", "_add", "offer").Want(http.StatusOK, "先保存", "暂不选定").Check()
	p.Submit(at+"/violations", "candidate", "").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "尚未选定", "去选择").Check()

	// Another type has other questions; the answers to the first come back with it.
	p = f.Officer.Get(at+"/violations/new?type_code=WATER_EVASION").Submit(at+"/violations", "checklist.3.note", "只属于第一类的说明", "type_code", "NO_PERMIT", "_add", "offer").Want(http.StatusOK, "未取得排污许可")
	p.Submit(at+"/violations", "type_code", "WATER_EVASION", "_add", "offer").Want(http.StatusOK, "只属于第一类的说明").Check()
}

func TestPublishedCaseQuotesItsSource(t *testing.T) {
	f := newCaseFixture(t)
	f.Officer.Get("/cases/new").Submit("/cases", "title", "公开案件", "district_code", "440785", "origin", "公开资料补录", "found_on", "2024-10").Want(http.StatusSeeOther)
	f.Violate("/cases/1", "WATER_EVASION", "facts", "通报所述", "citations.0.role", "violated", "citations.0.law", "《中华人民共和国水污染防治法》", "citations.0.article", "39").
		Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "原文引用", "公布的材料没有写处罚依据").WantNot("待确认</span>").Check()
}

func TestDetentionPersonsUnknown(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	p := f.Officer.Get(at+"/documents/new?kind=%E7%A7%BB%E9%80%81%E8%A1%8C%E6%94%BF%E6%8B%98%E7%95%99").Want(http.StatusOK, "移送人数", "还不知道").Check()
	p.Submit(at+"/documents", "organ_name", "恩平市公安局").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "移送人数未填", "移送公安：结果未知", "恩平市公安局").WantNot("移送 0 人").Check()
	p = f.Officer.Get("/documents/1/edit").Want(http.StatusOK, "恩平市公安局").Check()
	p.Submit("/documents/1", "persons", "2", "result", "已决定拘留").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "移送 2 人", "结果：已决定拘留").WantNot("结果未知").Check()
}

func TestSecondSubmitIsHarmless(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	for _, c := range []struct{ form, action, field, value, once string }{
		{at + "/violations/new?type_code=WATER_EVASION", at + "/violations", "facts", "只此一次的事实", "只此一次的事实"},
		{at + "/documents/new?kind=%E7%AB%8B%E6%A1%88", at + "/documents", "content", "只此一次的文书", ""},
		{at + "/penalties/new", at + "/penalties", "amount_fen", "200000", ""},
		{at + "?panel=history", at + "/reviews", "about", "只此一次的意见", "只此一次的意见"},
	} {
		p := f.Officer.Get(c.form).Want(http.StatusOK)
		for range 2 {
			p.Submit(c.action, c.field, c.value).Want(http.StatusSeeOther)
		}
		page := f.Officer.GetCase(at).Want(http.StatusOK).Check()
		record, _, _ := strings.Cut(page.Text(), "修改记录") // the history names it too
		if c.once != "" && strings.Count(record, c.once) != 1 {
			t.Errorf("%s sent twice: %q stands %d times on the page", c.action, c.once, strings.Count(record, c.once))
		}
	}
	f.Officer.GetCase(at).Want(http.StatusOK, "罚款 20 万元").WantNot("400,000")
}

func TestLongAndBrokenText(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	long := strings.Repeat("养殖废水", 6000)
	f.Violate(at, "WATER_EVASION", "facts", long).Want(http.StatusUnprocessableEntity, "太长", long[:300]).Check()
	f.Violate(at, "WATER_EVASION", "facts", strings.Repeat("长", 20000)).Want(http.StatusSeeOther).Follow().Want(http.StatusOK).Check()
	f.Violate(at, "WATER_EVASION", "facts", "断字节\xff\xfe之后").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "断字节").Check()
	f.Officer.Get(at+"/edit").Submit(at, "title", "").Want(http.StatusUnprocessableEntity, "请填写案件名称").Check()
	f.Officer.Get(at+"/edit").Submit(at, "found_on", "2024-02-30").Want(http.StatusUnprocessableEntity, "2024-02-30").Check()
	for _, path := range []string{"/cases/999", "/violations/999/edit", "/documents/999/edit", "/penalties/x/edit"} {
		f.Officer.Get(path).Want(http.StatusNotFound).Check()
	}
}

func TestRemoveWhatWasEnteredByMistake(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "写错的").Want(http.StatusSeeOther)
	f.Officer.Get(at+"/documents/new?kind=%E7%AB%8B%E6%A1%88").Submit(at+"/documents", "made_on", "2024-11-01").Want(http.StatusSeeOther)
	f.Officer.Get(at+"/penalties/new").Submit(at+"/penalties", "amount_fen", "200000").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Submit(at+"/payments", "amount_fen", "1000").Want(http.StatusSeeOther)
	f.Officer.Get("/penalties/1/edit").Submit("/penalties/1/delete").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "200,000")
	f.Officer.GetCase(at).Submit("/payments/1/delete").Want(http.StatusSeeOther)
	for _, step := range []struct{ form, action string }{{"/penalties/1/edit", "/penalties/1/delete"}, {"/documents/1/edit", "/documents/1/delete"}, {at + "?panel=law", "/violations/1/delete"}} {
		f.Officer.Get(step.form).Submit(step.action).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已删除").Check()
	}
	f.Officer.GetCase(at).Want(http.StatusOK, "已登记", "还没有登记违法行为").Check()
	// An old tab's button does not delete what changed since.
	f.Violate(at, "WATER_EVASION", "facts", "新的").Want(http.StatusSeeOther)
	old := f.Officer.GetCase(at)
	f.Officer.Get("/violations/2/edit").Submit("/violations/2", "place", "改过").Want(http.StatusSeeOther)
	old.Submit("/violations/2/delete").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已被他人修改", "改过")
}
