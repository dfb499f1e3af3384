package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var bulletinLabels = Labels{"title": "通报标题", "lead": "导语", "issuer": "发布机关", "byline": "署名", "dated": "发布月份", "campaign_id": "专项行动", "origin": "来源性质",
	"state": "状态", "withdraw_reason": "撤回理由", "return_reason": "退回意见", "cases": "案件", "cases.*.case_id": "案件", "cases.*.seq": "顺序", "cases.*.title": "案件标题", "cases.*.facts": "简要案情",
	"cases.*.handling": "查处情况", "cases.*.quotes": "以案说法", "cases.*.remove": "移出这期通报", "add_case": "加入案件", "q": "搜索案件"}

// bulletinRow is a case of the form: its published copy, and where it shall stand.
type bulletinRow struct {
	registry.BulletinCase
	Seq    int64
	Remove bool
	Keys   []string // of the quotes ticked; their texts come from the catalogue
}

// bulletinFields binds the bulletin's own fields and, through list, its cases; orderRows makes the cases of them.
func bulletinFields(f *Form, x *registry.Bulletin, list *[]bulletinRow) {
	f.meta(&x.Meta)
	f.text("title", &x.Title)
	f.text("lead", &x.Lead)
	f.text("issuer", &x.Issuer)
	f.text("byline", &x.Byline)
	f.date("dated", &x.Dated)
	ref(f, "campaign_id", &x.CampaignID)
	rows(f, "cases", list, func(f *Form, c *bulletinRow) {
		ref(f, "case_id", &c.CaseID)
		f.intValue("seq", &c.Seq)
		f.text("title", &c.Title)
		f.text("facts", &c.Facts)
		f.text("handling", &c.Handling)
		f.words("quotes", &c.Keys)
		f.bool("remove", &c.Remove)
	})
}

// bulletinRows are the cases of a stored bulletin as the form shows them.
func bulletinRows(cases []registry.BulletinCase) []bulletinRow {
	var list []bulletinRow
	for i, c := range cases {
		row := bulletinRow{BulletinCase: c, Seq: int64(i + 1)}
		for _, q := range c.Quotes {
			row.Keys = append(row.Keys, q.Key())
		}
		list = append(list, row)
	}
	return list
}

// orderRows drops the removed rows and sorts the rest by the numbers typed. Of two with the same number, the one that was
// moved to it from further down stands first, and the one moved from further up stands last: that is what a person means.
func orderRows(list []bulletinRow) []bulletinRow {
	type placed struct {
		bulletinRow
		moved int
	}
	var rows []placed
	for i, c := range list {
		if !c.Remove {
			rows = append(rows, placed{c, cmp.Compare(c.Seq, int64(i+1))})
		}
	}
	slices.SortStableFunc(rows, func(a, b placed) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), a.moved-b.moved) })
	var out []bulletinRow
	for i, c := range rows {
		c.Seq = int64(i + 1)
		out = append(out, c.bulletinRow)
	}
	return out
}

// bulletinCases turns the form's rows into published copies. A quote is named by its key; only articles of the case can be named.
func bulletinCases(list []bulletinRow, choices map[registry.CaseID][]registry.StatuteQuote) []registry.BulletinCase {
	cases := []registry.BulletinCase{}
	for _, row := range list {
		row.Quotes = []registry.StatuteQuote{}
		for _, q := range choices[row.CaseID] {
			if slices.Contains(row.Keys, q.Key()) {
				row.Quotes = append(row.Quotes, q)
			}
		}
		cases = append(cases, row.BulletinCase)
	}
	return cases
}

type bulletinFormPage struct {
	Layout
	Form      *Form
	Bulletin  registry.Bulletin // ID 0 for a new one
	Cases     []bulletinFormCase
	Campaigns []Option
	Searched  string
	Chosen    []casework.CaseRow
	Found     []casework.CaseRow
	More      bool // there are more cases than shown
}

func (bulletinFormPage) Template() string { return "bulletins/form" }

// bulletinFormCase is one case's part of the form.
type bulletinFormCase struct {
	Name   string // cases.0
	N      int
	Case   registry.Case
	Quotes []quoteChoice
}

type quoteChoice struct {
	registry.StatuteQuote
	Ticked bool
}

const foundCases = 20

// bulletinForm shows the form with its cases, the articles they may quote, and the cases that can be added.
func (s *Server) bulletinForm(r *request, f *Form, x registry.Bulletin, list []bulletinRow, choices map[registry.CaseID][]registry.StatuteQuote) error {
	title := "新建通报"
	if x.ID != 0 {
		title = "编辑通报"
	}
	p := bulletinFormPage{Layout: r.layout(title), Form: f, Bulletin: x, Searched: f.Value("q")}
	var err error
	if p.Campaigns, err = s.campaignOptions(r); err != nil {
		return err
	}
	in := map[registry.CaseID]bool{}
	for i, row := range list {
		c, err := s.service.Case(r.ctx(), r.actor, row.CaseID)
		if err != nil {
			return err
		}
		in[row.CaseID] = true
		part := bulletinFormCase{Name: fmt.Sprintf("cases.%d", i), N: i + 1, Case: c}
		for _, q := range choices[row.CaseID] {
			part.Quotes = append(part.Quotes, quoteChoice{q, slices.Contains(row.Keys, q.Key())})
		}
		p.Cases = append(p.Cases, part)
	}
	if p.Chosen, err = s.chosenCases(r, f, in); err != nil {
		return err
	}
	res, err := s.service.Cases(r.ctx(), r.actor, casework.CaseFilter{Q: p.Searched}, casework.Page{Limit: foundCases, ByID: true})
	if err != nil {
		return err
	}
	p.More = res.Next != ""
	for _, c := range res.Rows {
		if !in[c.ID] {
			p.Found = append(p.Found, c)
		}
	}
	if f.adding != "" && f.Message != "" {
		p.Flash, f.Message = &Flash{Tone: "warn", Text: f.Message}, ""
	}
	return r.form(f, p)
}

// chosenCases are the cases ticked so far; they stay ticked when another word is searched.
func (s *Server) chosenCases(r *request, f *Form, in map[registry.CaseID]bool) ([]casework.CaseRow, error) {
	var list []casework.CaseRow
	for _, id := range chosenIDs(f) {
		if in[id] {
			continue
		}
		in[id] = true
		c, err := s.service.Case(r.ctx(), r.actor, id)
		if registry.KindOf(err) == registry.KindNotFound {
			f.add("cases", "没有编号为 %d 的案件", id)
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, casework.CaseRow{ID: c.ID, Title: c.Title, Number: c.Number, Origin: c.Origin, DistrictCode: c.DistrictCode, FoundOn: c.FoundOn, Stage: c.Stage})
	}
	return list, nil
}

func chosenIDs(f *Form) []registry.CaseID {
	var ids []registry.CaseID
	for _, v := range f.values["add_case"] {
		if n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64); err == nil && n > 0 && len(ids) < 50 && !slices.Contains(ids, registry.CaseID(n)) {
			ids = append(ids, registry.CaseID(n))
		}
	}
	return ids
}

// searching reports whether the person asked for cases rather than to save: by the button, or by Enter in the search box,
// which presses the form's first button.
func (f *Form) searching() bool {
	if f.Value("q") != f.Value("searched") && f.adding == "" {
		f.adding = "cases"
	}
	return f.adding == "cases"
}

func (s *Server) bulletinNew(r *request) error {
	x := registry.Bulletin{Issuer: s.service.Bureau().Name, Dated: r.today().ToMonth()}
	f := r.newForm(bulletinLabels)
	bulletinFields(f, &x, new([]bulletinRow))
	for _, id := range r.QueryParams()["case_id"] {
		f.values.Add("add_case", id)
	}
	f.values.Set("q", r.QueryParam("q"))
	return s.bulletinForm(r, f, x, nil, nil)
}

func (s *Server) bulletinCreate(r *request) error {
	f, err := r.readForm(bulletinLabels)
	if err != nil {
		return err
	}
	var x registry.Bulletin
	bulletinFields(f, &x, new([]bulletinRow))
	if !f.searching() && f.ok() {
		for _, id := range chosenIDs(f) {
			x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
		}
		_, err := s.service.AddBulletin(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("已建立通报，并为每个案件写了初稿。请逐案核改，再提交审核。", "/bulletins/%d/edit", x.ID)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.bulletinForm(r, f, registry.Bulletin{}, nil, nil)
}

// editable reads the bulletin of the path for its form, with the articles its cases may quote. Articles that stand in it
// already can be kept even where the case no longer cites them.
func (s *Server) editable(r *request, f *Form) (x registry.Bulletin, choices map[registry.CaseID][]registry.StatuteQuote, err error) {
	id, err := pathID[registry.BulletinID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.service.Bulletin(r.ctx(), r.actor, id); err != nil {
		return x, nil, err
	}
	var ids []registry.CaseID
	for _, c := range x.Cases {
		ids = append(ids, c.CaseID)
	}
	if choices, err = s.service.QuoteChoices(r.ctx(), r.actor, ids); err != nil {
		return x, nil, err
	}
	for i, c := range x.Cases {
		f.name(fmt.Sprintf("cases.%d.case_id", i), fmt.Sprint(c.CaseID), c.Title)
		for _, q := range c.Quotes {
			if !slices.ContainsFunc(choices[c.CaseID], func(o registry.StatuteQuote) bool { return o.Key() == q.Key() }) {
				choices[c.CaseID] = append(choices[c.CaseID], q)
			}
			f.name(fmt.Sprintf("cases.%d.quotes", i), q.Key(), "《"+q.Law+"》"+q.Provision.String())
		}
	}
	return x, choices, nil
}

func (s *Server) bulletinEdit(r *request) error {
	f := r.newForm(bulletinLabels)
	x, choices, err := s.editable(r, f)
	if err != nil {
		return err
	}
	if x.State != registry.BulletinDraft {
		r.flash("warn", fmt.Sprintf("这期通报%s，不能修改。", x.State))
		return r.redirect("/bulletins/%d", x.ID)
	}
	list := bulletinRows(x.Cases)
	bulletinFields(f, &x, &list)
	return s.bulletinForm(r, f, x, list, choices)
}

func (s *Server) bulletinUpdate(r *request) error {
	f, err := r.readForm(bulletinLabels)
	if err != nil {
		return err
	}
	current, choices, err := s.editable(r, f)
	if err != nil {
		return err
	}
	x := current
	var list []bulletinRow
	bulletinFields(f, &x, &list)
	if n, ok := strings.CutPrefix(f.adding, "compose."); ok {
		err := s.recompose(r, f, list, n)
		if err != nil {
			return err
		}
	} else if !f.searching() && f.ok() {
		list = orderRows(list)
		x.Cases = bulletinCases(list, choices)
		for _, id := range chosenIDs(f) {
			x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
		}
		err := s.service.ChangeBulletin(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("通报已保存。", "/bulletins/%d", x.ID)
		}
		if registry.KindOf(err) == registry.KindStale {
			return s.bulletinStale(r, err, f, current)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
		f = f.again(r, x, list)
	}
	return s.bulletinForm(r, f, current, list, choices)
}

// again is the refused form with its rows in the order that was asked for: the problems name the rows in that order.
func (f *Form) again(r *request, x registry.Bulletin, list []bulletinRow) *Form {
	n := r.newForm(f.Labels)
	bulletinFields(n, &x, &list)
	n.values["add_case"] = f.values["add_case"]
	n.values.Set("q", f.Value("q"))
	n.Version, n.ClientUID, n.Message, n.problems, n.status = f.Version, f.ClientUID, f.Message, f.problems, f.status
	return n
}

// recompose puts a fresh first draft of one case into the form; nothing is stored until the person saves.
func (s *Server) recompose(r *request, f *Form, list []bulletinRow, number string) error {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(list) {
		return badRequest("没有这一行。")
	}
	c, err := s.service.ComposeCase(r.ctx(), r.actor, list[i].CaseID)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("cases.%d.", i)
	f.values.Set(name+"title", c.Title)
	f.values.Set(name+"facts", c.Facts)
	f.values.Set(name+"handling", c.Handling)
	list[i].Keys = bulletinRows([]registry.BulletinCase{c})[0].Keys
	f.Message = "案件" + registry.ChineseNumeral(i+1) + "已重新生成初稿，还没有保存。保存后替换原来的文字，离开本页则保留原文。"
	return nil
}

func (s *Server) bulletinStale(r *request, err error, mine *Form, current registry.Bulletin) error {
	filled := func(x registry.Bulletin) *Form {
		f := r.newForm(bulletinLabels)
		list := bulletinRows(x.Cases)
		bulletinFields(f, &x, &list)
		return f
	}
	var base *Form
	if p, pageErr := s.service.BulletinPage(r.ctx(), r.actor, current.ID); pageErr == nil {
		for _, v := range p.Revisions {
			var was registry.Bulletin
			if v.Version == mine.Version && json.Unmarshal(v.Body, &was) == nil {
				base = filled(was)
			}
		}
	}
	delete(mine.values, "searched")
	delete(mine.values, "q")
	return r.stale(err, mine, filled(current), base, "通报 "+current.Title, fmt.Sprintf("/bulletins/%d", current.ID))
}
