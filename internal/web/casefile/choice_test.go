package casefile_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// asFarm changes the fixture's farm: what of it decides between bases.
func (f *caseFixture) asFarm(change func(*registry.Farm)) {
	f.T.Helper()
	x, err := f.Service.Farm(context.Background(), f.Actor(registry.RoleOfficer), f.Farm.ID)
	if err != nil {
		f.T.Fatal(err)
	}
	change(&x)
	if err := f.Service.ChangeFarm(context.Background(), f.Actor(registry.RoleOfficer), &x); err != nil {
		f.T.Fatal(err)
	}
}

// offerOn asks the form for the articles on offer on some dates.
func (f *caseFixture) offerOn(at, code string, fields ...string) *webtest.Page {
	f.T.Helper()
	fields = append([]string{"facts", "所查事实", "_add", "offer"}, fields...)
	return f.Officer.Get(at+"/violations/new?type_code="+code).Want(http.StatusOK).Submit(at+"/violations", fields...).Want(http.StatusOK).Check()
}

// ticksOf are the boxes of a form whose key has all the words, ticked or not.
func ticksOf(p *webtest.Page, words ...string) (keys []string) {
	for n := range p.Doc().Descendants() {
		name, value := "", ""
		for _, a := range n.Attr {
			switch a.Key {
			case "name":
				name = a.Val
			case "value":
				value = a.Val
			}
		}
		if name == "cite" && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(value, w) }) {
			keys = append(keys, value)
		}
	}
	return keys
}

// send submits the violation form with just these boxes ticked.
func (f *caseFixture) send(p *webtest.Page, action string, ticks []string, fields ...string) *webtest.Page {
	form := p.Form(action)
	form["cite"] = ticks
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return f.Officer.Post(action, form)
}

func TestCandidatesByTheActsDates(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	const old, code, beside = "2026-08-14 以前的法律", "选用：生态环境法典", "选用：并行：排污许可管理条例"
	for _, tt := range []struct {
		name      string
		fields    []string
		want, not []string
	}{
		{"ended under the Code", []string{"act_to", "2026-09-01"}, []string{code, beside, "第一百六十四条第一款", "第一千一百零八条", "法典与未废止的条例并列", "何者适用本系统不作判断"}, []string{"选用：" + old}},
		{"last day of the old law", []string{"act_to", "2026-08-14"}, []string{old, "第八十三条第（三）项"}, []string{code, "罚款幅度并排", "从旧"}},
		{"month of the change", []string{"act_to", "2026-08"}, []string{"选用：" + old, code, beside, "不够精确"}, nil},
		{"straddling, continuing", []string{"act_from", "2026-08-01", "act_to", "2026-08-20", "continuing", "是"}, []string{"选用：" + old, code, beside, "跨越 2026-08-15 的法律变更"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := f.offerOn(at, "WATER_EVASION", tt.fields...).Want(http.StatusOK, tt.want...).WantNot(tt.not...)
			if len(tt.not) > 0 && tt.not[0] == code {
				return
			}
			// The fines stand in one list, the lighter first, and it is said to be arithmetic.
			text := p.Text()
			light, heavy := strings.Index(text, "1,000,000 100,000"), strings.Index(text, "1,000,000 200,000")
			if light < 0 || heavy < 0 || heavy < light || !strings.Contains(text, "只是算术，不代为判断") {
				t.Errorf("the fines are not in order: 下限 10 万 at %d, 20 万 at %d\n%s", light, heavy, text)
			}
		})
	}
}

func TestCandidatesWithoutAnyDate(t *testing.T) {
	f := newCaseFixture(t)
	f.Officer.Get("/cases/new").Submit("/cases", "title", "未知日期案", "district_code", "440785", "origin", "现场登记").Want(http.StatusSeeOther)
	f.offerOn("/cases/1", "WATER_EVASION").Want(http.StatusOK, "行为终了日未知", "选用：2026-08-14 以前的法律", "选用：生态环境法典", "选用：并行：排污许可管理条例")
}

func TestCompetingBasisOfAPermitHolder(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	const note = "与水污染防治法第八十三条第（三）项竞合，下限为20万元"
	f.offerOn(at, "WATER_EVASION", "act_to", "2024-10-01").Want(http.StatusOK, note, "当事人是否持排污许可证未填")
	f.asFarm(func(x *registry.Farm) { x.Permit.State, x.Permit.Kind = "已办理", "重点管理" })
	p := f.offerOn(at, "WATER_EVASION", "act_to", "2024-10-01").Want(http.StatusOK, note, "竞合", "《排污许可管理条例》第三十四条第（二）项").WantNot("是否持排污许可证未填")
	form := p.Form(at + "/violations")
	for _, key := range ticksOf(p, "permit-regulation", "34.0.2") {
		if slices.Contains(form["cite"], key) {
			t.Errorf("%s is ticked: which of two competing articles applies is the officer's decision", key)
		}
	}
	f.asFarm(func(x *registry.Farm) { x.Permit.State, x.Permit.Kind = "未办理", "" })
	f.offerOn(at, "WATER_EVASION", "act_to", "2024-10-01").Want(http.StatusOK, "当事人不持排污许可证，未列").WantNot("引用《排污许可管理条例》第三十四条")
}

func TestOverlappingVersionsOfALocalRegulation(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.asFarm(func(x *registry.Farm) { x.InTanjiang = registry.No })
	f.offerOn(at, "LIVESTOCK_DIRECT_DISCHARGE", "act_to", "2024-10-01").Want(http.StatusOK, "地点不在潭江流域，未列《江门市潭江流域水质保护条例》").WantNot("引用《江门市潭江流域水质保护条例》", "从旧")

	f.asFarm(func(x *registry.Farm) { x.InTanjiang = registry.Yes })
	p := f.offerOn(at, "LIVESTOCK_DIRECT_DISCHARGE", "act_to", "2024-10-01").Want(http.StatusOK, "2016年通过、2019年修正 几个版本可能适用", "施行日未核到", "几个版本，只选一个", "二万元以上五万元以下")
	action := at + "/violations"
	both := ticksOf(p, "basis/tanjiang-regulation", "36.2")
	if len(both) != 2 {
		t.Fatalf("boxes for 第三十六条第二款: %q, want one for each version", both)
	}
	choice := []string{"candidate", "0", "version_choice", "其他", "choice_reason", "2019年修正的施行日未核到，两版该款文字相同"}
	f.send(p, action, both, choice...).Want(http.StatusUnprocessableEntity, "勾选了两个版本，请只选一个", "所查事实").Check()
	f.send(p, action, nil, choice...).Want(http.StatusUnprocessableEntity, "但没有勾选条款").Check()
	r := f.send(p, action, both[:1], "candidate", "0", "confirm", "1").Want(http.StatusUnprocessableEntity, "请选择从旧、从轻或其他", "请写明选择这种依据的理由").Check()
	for _, id := range []string{`id="f-version_choice-problem"`, `id="f-choice_reason-problem"`} {
		if !strings.Contains(r.Body, id) {
			t.Errorf("the form has no %s", id)
		}
	}
	f.send(p, action, both[:1], append(choice, "confirm", "1")...).Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "法律适用选择", "其他", "2019年修正的施行日未核到，两版该款文字相同", "已确认", "第三十六条第二款").WantNot("去选择").Check()
}

// citationsOf reads the standings of a violation's citations from the API, by law and place.
func citationsOf(t *testing.T, c *webtest.Client, at string) map[string]registry.CitationStanding {
	t.Helper()
	var x registry.Violation
	if err := json.Unmarshal([]byte(c.Get(at).Want(http.StatusOK).Body), &x); err != nil {
		t.Fatal(err)
	}
	standings := map[string]registry.CitationStanding{}
	for _, c := range x.Citations {
		standings[c.LawID+" "+c.Key()] = c.Standing
	}
	return standings
}

// The API keeps the same rule as the form, and refuses no facts for want of a choice.
func TestChoiceThroughTheAPI(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	const path = "/api/v1/cases/1/violations"
	post := func(more string) *webtest.Page {
		return f.Officer.JSON(http.MethodPost, path, `{"type_code":"WATER_EVASION","facts":"私设暗管","act_to":"2026-09-01"`+more+`}`)
	}
	const (
		code   = `{"role":"violated","law":"生态环境法典","article":164,"paragraph":1},{"role":"basis","law":"生态环境法典","article":1108}`
		permit = `{"role":"basis","law":"排污许可管理条例","article":34,"item":2}`
		reason = `,"version_choice":"其他","choice_reason":"无证据表明当事人持证"`
	)
	post(`,"citations":[` + code + `]`).Want(http.StatusCreated)
	want := map[string]registry.CitationStanding{"eco-code 164.1": registry.StandingOffered, "eco-code 1108": registry.StandingOffered}
	if got := citationsOf(t, f.Officer, path+"/1"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("citations without a choice: %v, want %v", got, want)
	}
	f.Officer.GetCase("/cases/1").Want(http.StatusOK, "去选择", "罚款幅度并排").WantNot("/violations/1/confirm").Check()
	f.Officer.Post("/violations/1/confirm", f.Officer.GetCase("/cases/1").Form("/violations/1/delete")).Follow().Want(http.StatusOK, "选择从旧、从轻或其他并写明理由")

	post(`,"citations":[` + code + `]` + reason).Want(http.StatusCreated)
	want = map[string]registry.CitationStanding{"eco-code 164.1": registry.StandingConfirmed, "eco-code 1108": registry.StandingConfirmed}
	if got := citationsOf(t, f.Officer, path+"/2"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("citations with a choice: %v, want %v", got, want)
	}
	post(`,"citations":[`+code+`,`+permit+`]`+reason).Want(http.StatusUnprocessableEntity, "分属几种依据（生态环境法典、并行：排污许可管理条例）")
	post(`,"version_choice":"从轻"`).Want(http.StatusUnprocessableEntity, "请写明理由")
	post("").Want(http.StatusCreated)
	if got := citationsOf(t, f.Officer, path+"/3"); len(got) != 0 {
		t.Errorf("citations of a violation that sent none: %v: the register must not choose", got)
	}
}

// A basis that was confirmed when there was nothing to choose stays confirmed when the farm's record changes later.
func TestConfirmedBasisOutlivesALaterDoubt(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	f.asFarm(func(x *registry.Farm) { x.InTanjiang = registry.No })
	const path = "/api/v1/cases/1/violations"
	f.Officer.JSON(http.MethodPost, path, `{"type_code":"LIVESTOCK_DIRECT_DISCHARGE","facts":"直排","act_to":"2024-10-01","citations":[{"role":"basis","law":"畜禽规模养殖污染防治条例","article":41}]}`).Want(http.StatusCreated)
	f.asFarm(func(x *registry.Farm) { x.InTanjiang = registry.Yes })
	f.Officer.JSON(http.MethodPatch, path+"/1", `{"note":"补充说明"}`, "If-Match", `"1"`).Want(http.StatusOK)
	if got := citationsOf(t, f.Officer, path+"/1")["livestock-regulation 41"]; got != registry.StandingConfirmed {
		t.Errorf("第四十一条 is %s after a note was added, want confirmed", got)
	}
	// Another act is another question.
	f.Officer.JSON(http.MethodPatch, path+"/1", `{"act_to":"2024-09-30"}`, "If-Match", `"2"`).Want(http.StatusOK)
	if got := citationsOf(t, f.Officer, path+"/1")["livestock-regulation 41"]; got != registry.StandingOffered {
		t.Errorf("第四十一条 is %s after the act's end changed, want offered", got)
	}
}
