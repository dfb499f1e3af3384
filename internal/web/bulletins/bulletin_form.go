package bulletins

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var bulletinLabels = kit.LabelsOf(registry.BulletinFields, kit.Labels{"cases.*.seq": "顺序", "cases.*.remove": "移出这期通报", "add_case": "加入案件",
	"q": "搜索案件", "pick_district": "辖区", "pick_type": "违法行为", "pick_month": "处罚决定月份", "pick_decided": "只列已作出处罚决定的",
	"words": "说明", "opinion": "审批意见", "release.on": "发布日期", "release.medium": "媒体", "release.where": "发布在哪里", "release.url": "网址"})

// bulletinRow is a case of the form: its published copy, and where it shall stand.
type bulletinRow struct {
	registry.BulletinCase
	Seq    int64
	Remove bool
	Keys   []string             // of the quotes ticked; their texts come from the catalogue
	Before registry.DraftedCopy // the words that a new draft took the place of, until the form is saved
}

// bulletinFields binds the bulletin's own fields and, through list, its cases.
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
	f.Text("design", &x.Design)
	f.Text("correction_note", &x.CorrectionNote)
	kit.Ref(f, "campaign_id", &x.CampaignID)
	kit.Rows(f, "cases", list, func(f *kit.Form, c *bulletinRow) {
		kit.Ref(f, "case_id", &c.CaseID)
		f.IntValue("seq", &c.Seq)
		f.Text("title", &c.Title)
		f.Text("facts", &c.Facts)
		f.Text("handling", &c.Handling)
		f.Text("meaning", &c.Meaning)
		f.Bool("show_path", &c.ShowPath)
		f.Words("quotes", &c.Keys)
		f.Bool("remove", &c.Remove)
		f.Text("drafted", &c.Drafted.Digest)
		f.Text("before.title", &c.Before.Title)
		f.Text("before.facts", &c.Before.Facts)
		f.Text("before.handling", &c.Before.Handling)
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

// orderValues brings the rows of a posted form into the order of the numbers typed, before they are read, so that a problem is named where the
// row then stands. Of two with the same number, the one that was moved to it from further down stands first, and the one moved from further up
// stands last: that is what a person means. What is no number leaves its row where it was.
func orderValues(f *kit.Form) {
	type placed struct{ row, seq, moved int }
	cells := map[int]map[string][]string{}
	for name, values := range f.Values {
		number, rest, ok := strings.Cut(strings.TrimPrefix(name, "cases."), ".")
		row, err := strconv.Atoi(number)
		if !ok || err != nil || !strings.HasPrefix(name, "cases.") || row < 0 {
			continue
		}
		if cells[row] == nil {
			cells[row] = map[string][]string{}
		}
		cells[row][rest] = values
		delete(f.Values, name)
	}
	var order []placed
	for i, row := range slices.Sorted(maps.Keys(cells)) {
		seq, err := strconv.Atoi(strings.TrimSpace(url.Values(cells[row]).Get("seq")))
		if err != nil {
			seq = i + 1
		}
		order = append(order, placed{row, seq, cmp.Compare(seq, i+1)})
	}
	slices.SortStableFunc(order, func(a, b placed) int { return cmp.Or(cmp.Compare(a.seq, b.seq), a.moved-b.moved) })
	for i, p := range order {
		for rest, values := range cells[p.row] {
			if _, err := strconv.Atoi(strings.TrimSpace(strings.Join(values, ""))); rest == "seq" && err == nil {
				values = []string{strconv.Itoa(i + 1)}
			}
			f.Values[fmt.Sprintf("cases.%d.%s", i, rest)] = values
		}
	}
}

// staying are the rows without those that are taken out.
func staying(list []bulletinRow) []bulletinRow {
	return numbered(slices.DeleteFunc(slices.Clone(list), func(row bulletinRow) bool { return row.Remove }))
}

// numbered says of each row where it stands.
func numbered(rows []bulletinRow) []bulletinRow {
	for i := range rows {
		rows[i].Seq = int64(i + 1)
	}
	return rows
}

// bulletinEdit is one bulletin on a form: its rows of cases, and what each case gives.
type bulletinEdit struct {
	area
	r       *kit.Request
	stored  registry.Bulletin // ID 0 for a new one
	rows    []bulletinRow
	sources map[registry.CaseID]casework.BulletinSource
	ordered bool                     // the rows are as they were to be saved: the form is drawn from them
	cleaned bool                     // markup was taken out of what was typed
	missing []registry.BulletinWords // characters that no paper can print, of a form that was kept unsaved
}

func (s area) newEdit(r *kit.Request) *bulletinEdit {
	return &bulletinEdit{area: s, r: r, sources: map[registry.CaseID]casework.BulletinSource{}}
}

// storedEdit reads the bulletin of the path for its form.
func (s area) storedEdit(r *kit.Request) (*bulletinEdit, error) {
	e := s.newEdit(r)
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return nil, err
	}
	e.stored, err = s.Service.Bulletin(r.Ctx(), r.Actor, id)
	return e, err
}

func (e *bulletinEdit) bind(f *kit.Form, x *registry.Bulletin) {
	if f.Filling {
		e.rows = bulletinRows(x.Cases)
	} else {
		e.clean(f)
		orderValues(f)
	}
	bulletinFields(f, x, &e.rows)
}

const cleanedNote = "粘贴进来的网页或 Word 格式已去掉，只留文字，请看一遍。"

// clean takes the markup of Word and of pages out of what was typed, and shows the text in its place.
func (e *bulletinEdit) clean(f *kit.Form) {
	for name, values := range f.Values {
		for i, v := range values {
			if !strings.HasPrefix(name, "_") && registry.HoldsMarkup(v) {
				values[i], e.cleaned = registry.PlainFromHTML(v), true
			}
		}
	}
}

// load reads what the cases of the rows give, and of others; each is read once.
func (e *bulletinEdit) load(more ...registry.CaseID) error {
	var ids []registry.CaseID
	for _, row := range e.rows {
		more = append(more, row.CaseID)
	}
	for _, id := range more {
		if _, known := e.sources[id]; !known && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	read, err := e.Service.BulletinSources(e.r.Ctx(), e.r.Actor, ids)
	for id, source := range read {
		e.sources[id] = source
	}
	return err
}

// quotes are the articles that a case of the bulletin may quote. Those that stand in it already can be kept even where the case no longer
// cites them.
func (e *bulletinEdit) quotes(id registry.CaseID) []registry.StatuteQuote {
	list := slices.Clone(e.sources[id].Quotes)
	for _, c := range e.stored.Cases {
		for _, q := range c.Quotes {
			if c.CaseID == id && !slices.ContainsFunc(list, func(o registry.StatuteQuote) bool { return o.Key() == q.Key() }) {
				list = append(list, q)
			}
		}
	}
	return list
}

// cases turns the form's rows into published copies. A quote is named by its key; only articles of the case can be named.
func (e *bulletinEdit) cases() []registry.BulletinCase {
	cases := []registry.BulletinCase{}
	for _, row := range e.rows {
		row.Quotes = []registry.StatuteQuote{}
		for _, q := range e.quotes(row.CaseID) {
			if slices.Contains(row.Keys, q.Key()) {
				row.Quotes = append(row.Quotes, q)
			}
		}
		cases = append(cases, row.BulletinCase)
	}
	return cases
}

// check makes the bulletin's cases of the rows and of what was ticked, unless the person asked for something else than to save.
func (e *bulletinEdit) check(f *kit.Form, x *registry.Bulletin) error {
	if searching(f) || f.Adding != "" {
		return e.act(f)
	}
	if !f.OK() {
		return nil
	}
	if err := e.load(); err != nil {
		return err
	}
	e.rows, e.ordered = staying(e.rows), true
	x.Cases = e.cases()
	for _, id := range chosenIDs(f) {
		x.Cases = append(x.Cases, registry.BulletinCase{CaseID: id})
	}
	return nil
}

// editing is the bulletin on its form.
func (e *bulletinEdit) editing() kit.Editing[registry.Bulletin] {
	home := func(x registry.Bulletin) string { return fmt.Sprintf("/bulletins/%d", x.ID) }
	return kit.Editing[registry.Bulletin]{
		Record: e.stored, Labels: bulletinLabels, Fields: e.bind, Check: e.check,
		Page: func(f *kit.Form, x registry.Bulletin) error {
			if e.ordered && len(e.rows) > 0 {
				f = again(f, e.r, x, e.rows)
			}
			return e.page(f)
		},
		Add: e.Service.AddBulletin, Change: e.Service.ChangeBulletin, Saved: e.saved,
		Title: func(x registry.Bulletin) string { return x.Title }, Address: home, Home: home, Words: nameBulletin,
	}
}

// saved answers a form that was stored: what was kept unsaved is in the bulletin now.
func (e *bulletinEdit) saved(x registry.Bulletin) error {
	if err := e.Service.DropUnsaved(e.r.Ctx(), e.r.Actor, e.stored.ID); err != nil {
		return err
	}
	note := ""
	if e.cleaned {
		note = cleanedNote
	}
	if e.stored.ID == 0 {
		return e.r.Done("已建立通报，并为每个案件写了初稿。请逐案核改，再提交审核。"+note, "/bulletins/%d/edit", x.ID)
	}
	return e.r.DoneAt("通报已保存。"+note, fmt.Sprintf("/bulletins/%d", x.ID))
}

// nameBulletin gives words to the cases and quotes of a bulletin, for the merge page.
func nameBulletin(f *kit.Form, x registry.Bulletin) {
	for i, c := range x.Cases {
		f.Name(fmt.Sprintf("cases.%d.case_id", i), kit.Itoa(int64(c.CaseID)), c.Title)
		f.Name(fmt.Sprintf("cases.%d.drafted", i), c.Drafted.Digest, "按案件记录起草")
		for _, q := range c.Quotes {
			f.Name(fmt.Sprintf("cases.%d.quotes", i), q.Key(), "《"+q.Law+"》"+q.Provision.String())
		}
	}
}

func (s area) bulletinNew(r *kit.Request) error {
	edit := s.newEdit(r)
	if r.QueryParam("restore") != "" {
		return edit.restore()
	}
	e, x := edit.editing(), s.Service.Bureau().Begin(r.Today())
	f := e.Fill(r, x)
	for _, id := range r.QueryParams()["case_id"] {
		f.Values.Add("add_case", id)
	}
	f.Values.Set("q", r.QueryParam("q"))
	return e.Page(f, x)
}

func (s area) newBulletin(r *kit.Request) (kit.Editing[registry.Bulletin], error) {
	return s.newEdit(r).editing(), nil
}

func (s area) storedBulletin(r *kit.Request) (kit.Editing[registry.Bulletin], error) {
	e, err := s.storedEdit(r)
	if err != nil {
		return kit.Editing[registry.Bulletin]{}, err
	}
	return e.editing(), nil
}

func (s area) bulletinEdit(r *kit.Request) error {
	e, err := s.storedEdit(r)
	if err != nil {
		return err
	}
	if x := e.stored; x.State != registry.BulletinDraft {
		r.Flash("warn", fmt.Sprintf("这期通报%s，不能修改。", x.State))
		return r.Go("/bulletins/%d", x.ID)
	}
	if r.QueryParam("restore") != "" {
		return e.restore()
	}
	return e.editing().Show(r, e.stored)
}

// again is a form with its rows in the order that was asked for: problems name the rows in that order. What could not be read of the other
// inputs stays as it was typed.
func again(f *kit.Form, r *kit.Request, x registry.Bulletin, list []bulletinRow) *kit.Form {
	n := r.NewForm(f.Labels)
	bulletinFields(n, &x, &list)
	for name, values := range f.Values {
		if !strings.HasPrefix(name, "cases.") && !strings.HasPrefix(name, "_") {
			n.Values[name] = slices.Clone(values)
		}
	}
	n.Version, n.ClientUID, n.Message, n.Errors, n.Status, n.Adding = f.Version, f.ClientUID, f.Message, f.Errors, f.Status, f.Adding
	return n
}

// posted are the values of a form as they are kept: without what belongs to one page of one session.
func posted(f *kit.Form) url.Values {
	values := url.Values{}
	for name, v := range f.Values {
		if !strings.HasPrefix(name, "_") {
			values[name] = v
		}
	}
	return values
}
