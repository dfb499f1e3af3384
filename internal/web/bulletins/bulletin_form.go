package bulletins

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var bulletinLabels = kit.LabelsOf(registry.BulletinFields, kit.Labels{"cases.*.seq": "顺序", "cases.*.remove": "移出这期通报", "add_case": "加入案件", "q": "搜索案件",
	"words": "说明", "opinion": "审批意见", "release.on": "发布日期", "release.medium": "媒体", "release.where": "发布在哪里", "release.url": "网址"})

// bulletinRow is a case of the form: its published copy, and where it shall stand.
type bulletinRow struct {
	registry.BulletinCase
	Seq    int64
	Remove bool
	Keys   []string // of the quotes ticked; their texts come from the catalogue
}

// bulletinFields binds the bulletin's own fields and, through list, its cases; orderRows makes the cases of them.
func bulletinFields(f *kit.Form, x *registry.Bulletin, list *[]bulletinRow) {
	f.Meta(&x.Meta)
	f.Text("title", &x.Title)
	f.Text("lead", &x.Lead)
	f.Text("issuer", &x.Issuer)
	f.Text("byline", &x.Byline)
	f.Text("number", &x.Number)
	f.Text("addressed_to", &x.AddressedTo)
	f.Text("copied_to", &x.CopiedTo)
	f.Date("dated", &x.Dated)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	kit.Rows(f, "cases", list, func(f *kit.Form, c *bulletinRow) {
		kit.Ref(f, "case_id", &c.CaseID)
		f.IntValue("seq", &c.Seq)
		f.Text("title", &c.Title)
		f.Text("facts", &c.Facts)
		f.Text("handling", &c.Handling)
		f.Bool("show_path", &c.ShowPath)
		f.Words("quotes", &c.Keys)
		f.Bool("remove", &c.Remove)
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
	kit.Layout
	Form      *kit.Form
	Bulletin  registry.Bulletin // ID 0 for a new one
	Cases     []bulletinFormCase
	Campaigns []kit.Option
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
	Figure kit.HTML // the discharge path as it would be published; empty where the case has none
}

type quoteChoice struct {
	registry.StatuteQuote
	Ticked bool
}

const foundCases = 20

// bulletinForm shows the form with its cases, the articles they may quote, and the cases that can be added.
func (s area) bulletinForm(r *kit.Request, f *kit.Form, x registry.Bulletin, list []bulletinRow, choices map[registry.CaseID][]registry.StatuteQuote) error {
	title := "新建通报"
	if x.ID != 0 {
		title = "编辑通报"
	}
	p := bulletinFormPage{Layout: r.Layout(title), Form: f, Bulletin: x, Searched: f.Value("q")}
	var err error
	if p.Campaigns, err = view.CampaignOptions(s.Server, r); err != nil {
		return err
	}
	paths, err := s.pathsOf(r, x, list)
	if err != nil {
		return err
	}
	in := map[registry.CaseID]bool{}
	for i, row := range list {
		c, err := s.Service.Case(r.Ctx(), r.Actor, row.CaseID)
		if err != nil {
			return err
		}
		in[row.CaseID] = true
		part := bulletinFormCase{Name: fmt.Sprintf("cases.%d", i), N: i + 1, Case: c, Figure: view.PublicPathFigure(fmt.Sprintf("path-%d", i+1), paths[row.CaseID])}
		for _, q := range choices[row.CaseID] {
			part.Quotes = append(part.Quotes, quoteChoice{q, slices.Contains(row.Keys, q.Key())})
		}
		p.Cases = append(p.Cases, part)
	}
	if p.Chosen, err = s.chosenCases(r, f, in); err != nil {
		return err
	}
	res, err := s.Service.Cases(r.Ctx(), r.Actor, casework.CaseFilter{Q: p.Searched}, casework.Page{Limit: foundCases, ByID: true})
	if err != nil {
		return err
	}
	p.More = res.Next != ""
	for _, c := range res.Rows {
		if !in[c.ID] {
			p.Found = append(p.Found, c)
		}
	}
	if f.Adding != "" && f.Message != "" {
		p.Flash, f.Message = &kit.Flash{Tone: "warn", Text: f.Message}, ""
	}
	return r.Form(f, p)
}

// pathsOf are the discharge paths of a form's cases as they would be published: a copy that is in the bulletin already stays as it is.
func (s area) pathsOf(r *kit.Request, x registry.Bulletin, list []bulletinRow) (map[registry.CaseID]registry.DischargePath, error) {
	var ids []registry.CaseID
	for _, row := range list {
		ids = append(ids, row.CaseID)
	}
	paths, err := s.Service.PublicPaths(r.Ctx(), r.Actor, ids)
	for _, c := range x.Cases {
		if c.ShowPath {
			paths[c.CaseID] = c.Path
		}
	}
	return paths, err
}

// chosenCases are the cases ticked so far; they stay ticked when another word is searched.
func (s area) chosenCases(r *kit.Request, f *kit.Form, in map[registry.CaseID]bool) ([]casework.CaseRow, error) {
	var list []casework.CaseRow
	for _, id := range chosenIDs(f) {
		if in[id] {
			continue
		}
		in[id] = true
		c, err := s.Service.Case(r.Ctx(), r.Actor, id)
		if registry.KindOf(err) == registry.KindNotFound {
			f.Add("cases", "没有编号为 %d 的案件", id)
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, casework.CaseRow{ID: c.ID, Title: c.Title, Number: c.Number, Origin: c.Origin, DistrictCode: c.DistrictCode, FoundOn: c.FoundOn, Stage: c.Stage})
	}
	return list, nil
}

func chosenIDs(f *kit.Form) []registry.CaseID {
	var ids []registry.CaseID
	for _, v := range f.Values["add_case"] {
		if n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64); err == nil && n > 0 && len(ids) < 50 && !slices.Contains(ids, registry.CaseID(n)) {
			ids = append(ids, registry.CaseID(n))
		}
	}
	return ids
}

// searching reports whether the person asked for cases rather than to save: by the button, or by Enter in the search box,
// which presses the form's first button.
func searching(f *kit.Form) bool {
	if f.Value("q") != f.Value("searched") && f.Adding == "" {
		f.Adding = "cases"
	}
	return f.Adding == "cases"
}

// bulletinEdit is one bulletin on a form: its rows of cases, and the articles that each may quote.
type bulletinEdit struct {
	rows    []bulletinRow
	choices quoteChoices
	ordered bool // the rows are as they were to be saved
}

func (e *bulletinEdit) bind(f *kit.Form, x *registry.Bulletin) {
	if f.Filling {
		e.rows = bulletinRows(x.Cases)
	}
	bulletinFields(f, x, &e.rows)
}

// check makes the bulletin's cases of the rows and of what was ticked, unless the person asked for something else than to save.
func (e *bulletinEdit) check(s area, r *kit.Request, f *kit.Form, x *registry.Bulletin) error {
	if n, ok := strings.CutPrefix(f.Adding, "compose."); ok {
		return s.recompose(r, f, e.rows, n)
	}
	if searching(f) || !f.OK() {
		return nil
	}
	e.rows, e.ordered = orderRows(e.rows), true
	x.Cases = bulletinCases(e.rows, e.choices)
	for _, id := range chosenIDs(f) {
		x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
	}
	return nil
}

// quoteChoices are the articles that each case of a bulletin may quote.
type quoteChoices map[registry.CaseID][]registry.StatuteQuote

// bulletinEditing is a bulletin on its form.
func (s area) bulletinEditing(r *kit.Request, stored registry.Bulletin, choices quoteChoices) kit.Editing[registry.Bulletin] {
	e := &bulletinEdit{choices: choices}
	home := func(x registry.Bulletin) string { return fmt.Sprintf("/bulletins/%d", x.ID) }
	return kit.Editing[registry.Bulletin]{
		Record: stored, Labels: bulletinLabels, Fields: e.bind,
		Check: func(f *kit.Form, x *registry.Bulletin) error { return e.check(s, r, f, x) },
		Page: func(f *kit.Form, x registry.Bulletin) error {
			if e.ordered && len(e.rows) > 0 {
				f = again(f, r, x, e.rows)
			}
			return s.bulletinForm(r, f, stored, e.rows, choices)
		},
		Add: s.Service.AddBulletin, Change: s.Service.ChangeBulletin,
		Saved: func(x registry.Bulletin) error {
			if stored.ID == 0 {
				return r.Done("已建立通报，并为每个案件写了初稿。请逐案核改，再提交审核。", "/bulletins/%d/edit", x.ID)
			}
			return r.DoneAt("通报已保存。", home(x))
		},
		Title: func(x registry.Bulletin) string { return x.Title }, Address: home, Home: home, Words: nameBulletin,
	}
}

// nameBulletin gives words to the cases and quotes of a bulletin, for the merge page.
func nameBulletin(f *kit.Form, x registry.Bulletin) {
	for i, c := range x.Cases {
		f.Name(fmt.Sprintf("cases.%d.case_id", i), kit.Itoa(int64(c.CaseID)), c.Title)
		for _, q := range c.Quotes {
			f.Name(fmt.Sprintf("cases.%d.quotes", i), q.Key(), "《"+q.Law+"》"+q.Provision.String())
		}
	}
}

func (s area) bulletinNew(r *kit.Request) error {
	e := s.bulletinEditing(r, registry.Bulletin{}, nil)
	x := registry.Bulletin{Issuer: s.Service.Bureau().Name, Dated: r.Today().ToMonth()}
	f := e.Fill(r, x)
	for _, id := range r.QueryParams()["case_id"] {
		f.Values.Add("add_case", id)
	}
	f.Values.Set("q", r.QueryParam("q"))
	return e.Page(f, x)
}

func (s area) newBulletin(r *kit.Request) (kit.Editing[registry.Bulletin], error) {
	return s.bulletinEditing(r, registry.Bulletin{}, nil), nil
}

// storedBulletin reads the bulletin of the path for its form, with the articles its cases may quote. Articles that stand in it already can
// be kept even where the case no longer cites them.
func (s area) storedBulletin(r *kit.Request) (e kit.Editing[registry.Bulletin], err error) {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Bulletin(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	var ids []registry.CaseID
	for _, c := range x.Cases {
		ids = append(ids, c.CaseID)
	}
	choices, err := s.Service.QuoteChoices(r.Ctx(), r.Actor, ids)
	if err != nil {
		return e, err
	}
	for _, c := range x.Cases {
		for _, q := range c.Quotes {
			if !slices.ContainsFunc(choices[c.CaseID], func(o registry.StatuteQuote) bool { return o.Key() == q.Key() }) {
				choices[c.CaseID] = append(choices[c.CaseID], q)
			}
		}
	}
	return s.bulletinEditing(r, x, choices), nil
}

func (s area) bulletinEdit(r *kit.Request) error {
	e, err := s.storedBulletin(r)
	if err != nil {
		return err
	}
	if x := e.Record; x.State != registry.BulletinDraft {
		r.Flash("warn", fmt.Sprintf("这期通报%s，不能修改。", x.State))
		return r.Go("/bulletins/%d", x.ID)
	}
	return e.Show(r, e.Record)
}

// again is the refused form with its rows in the order that was asked for: the problems name the rows in that order.
func again(f *kit.Form, r *kit.Request, x registry.Bulletin, list []bulletinRow) *kit.Form {
	n := r.NewForm(f.Labels)
	bulletinFields(n, &x, &list)
	n.Values["add_case"] = f.Values["add_case"]
	n.Values.Set("q", f.Value("q"))
	n.Version, n.ClientUID, n.Message, n.Errors, n.Status = f.Version, f.ClientUID, f.Message, f.Errors, f.Status
	return n
}

// recompose puts a fresh first draft of one case into the form; nothing is stored until the person saves.
func (s area) recompose(r *kit.Request, f *kit.Form, list []bulletinRow, number string) error {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(list) {
		return kit.BadRequest("没有这一行。")
	}
	c, err := s.Service.ComposeCase(r.Ctx(), r.Actor, list[i].CaseID)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("cases.%d.", i)
	f.Values.Set(name+"title", c.Title)
	f.Values.Set(name+"facts", c.Facts)
	f.Values.Set(name+"handling", c.Handling)
	f.Values.Del(name + "show_path")
	if c.ShowPath {
		f.Values.Set(name+"show_path", "1")
	}
	list[i].Keys = bulletinRows([]registry.BulletinCase{c})[0].Keys
	f.Message = "案件" + registry.ChineseNumeral(i+1) + "已重新生成初稿，还没有保存。保存后替换原来的文字，离开本页则保留原文。"
	return nil
}
