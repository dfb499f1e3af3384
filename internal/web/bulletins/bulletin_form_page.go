package bulletins

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type bulletinFormPage struct {
	kit.Layout
	Form      *kit.Form
	Bulletin  registry.Bulletin // ID 0 for a new one
	Address   string            // where the form posts to; what belongs to it lies below
	Cases     []bulletinFormCase
	Campaigns []kit.Option
	Unsaved   string // when what this person typed before was kept; empty where nothing is, or it is on the page
	Searched  string
	Types     []kit.Option
	Chosen    []bulletinPick
	Found     []bulletinPick
	More      string                   // of the button that shows the next cases; empty where there are none
	Later     bool                     // the cases shown are not the first
	Missing   []registry.BulletinWords // characters that no paper can print
	Upload    string                   // where pictures are sent to; empty of a new one
	Pictures  []pictureLine
}

func (bulletinFormPage) Template() string { return "bulletins/form" }

// bulletinFormCase is one case's part of the form.
type bulletinFormCase struct {
	Name        string // cases.0
	ID          string // of the case
	N           int
	First, Last bool
	Open        bool // unfolded: of many, only those that something is to be done about
	Title       string
	Case        registry.Case
	Unfit       []string
	Sections    []bulletinFormSection
	Quotes      []quoteChoice
	Figure      kit.HTML // the discharge path as it would be published; empty where the case has none
	Changed     []draftChange
	Before      []draftChange // the words that a new draft took the place of, without edits
}

// bulletinFormSection is one section of a case's part: an input, or the articles.
type bulletinFormSection struct {
	Field, Heading string // Field is empty for the articles
	Rows           int
}

type quoteChoice struct {
	registry.StatuteQuote
	Ticked bool
}

// draftChange is a field of a first draft that the record gives otherwise today.
type draftChange struct {
	Label, Text string
	Edits       []diff.Edit
}

// bulletinPick is a case of the chooser.
type bulletinPick struct {
	casework.BulletinChoice
	Ticked bool
}

const (
	foundCases  = 20
	openedCases = 8 // of so many each part is unfolded
)

// page shows the form with its cases, the articles they may quote, and the cases that can be added.
func (e *bulletinEdit) page(f *kit.Form) error {
	r, title := e.r, "新建通报"
	p := bulletinFormPage{Layout: r.Layout("").FullWidth(), Form: f, Bulletin: e.stored, Address: "/bulletins", Searched: f.Value("q"), Missing: e.missing}
	if e.stored.ID != 0 {
		title, p.Address = "编辑通报", fmt.Sprintf("/bulletins/%d", e.stored.ID)
		p.Upload = fmt.Sprintf("%s/pictures?key=%s", p.Address, kit.NewUUID())
		for _, g := range pictureGroups(&casework.PicturesPage{Bulletin: e.stored}, f.Token) {
			p.Pictures = append(p.Pictures, g.List...)
		}
	}
	p.Title = title
	var err error
	if p.Campaigns, err = view.CampaignOptions(e.Server, r); err != nil {
		return err
	}
	chosen := chosenIDs(f)
	if err := e.load(chosen...); err != nil {
		return err
	}
	for i := range e.rows {
		p.Cases = append(p.Cases, e.formCase(f, i))
	}
	if err := e.unsaved(&p); err != nil {
		return err
	}
	if err := e.picks(f, &p, chosen); err != nil {
		return err
	}
	said := ""
	if f.Adding != "" {
		said, f.Message = f.Message, ""
	}
	if e.cleaned {
		said += cleanedNote
	}
	if said != "" {
		p.Flash = &kit.Flash{Tone: "warn", Text: said}
	}
	return r.Form(f, p)
}

// unsaved tells of what this person typed before and did not save, unless the page shows a form that was sent just now.
func (e *bulletinEdit) unsaved(p *bulletinFormPage) error {
	if !p.Form.Filling || p.Form.Adding != "" || p.Form.Status != 0 || len(p.Form.Errors) > 0 {
		return nil
	}
	kept, found, err := e.Service.UnsavedBulletin(e.r.Ctx(), e.r.Actor, e.stored.ID)
	if err != nil || !found {
		return err
	}
	p.Unsaved, err = kit.Instant(kept.SavedAt)
	return err
}

func (e *bulletinEdit) formCase(f *kit.Form, i int) bulletinFormCase {
	row := &e.rows[i]
	source := e.sources[row.CaseID]
	path := source.Draft.Path
	for _, c := range e.stored.Cases {
		if c.CaseID == row.CaseID && c.ShowPath {
			path = c.Path // a copy that is in the bulletin already stays as it is
		}
	}
	c := bulletinFormCase{Name: fmt.Sprintf("cases.%d", i), ID: kit.Itoa(int64(row.CaseID)), N: i + 1, First: i == 0, Last: i == len(e.rows)-1, Title: row.Title,
		Case: source.Case, Unfit: source.Unfit, Figure: view.PublicPathFigure(fmt.Sprintf("path-%d", i+1), path)}
	x := e.stored
	if x.ID == 0 {
		x = e.Service.Bureau().Begin(registry.Date{})
	}
	c.Sections = formSections(&x, row)
	for _, q := range e.quotes(row.CaseID) {
		c.Quotes = append(c.Quotes, quoteChoice{q, slices.Contains(row.Keys, q.Key())})
	}
	if row.Drafted.Digest != source.Draft.Drafted.Digest {
		if was, known := e.draftOf(row); known {
			c.Changed = draftChanges(was, source.Draft.Drafted)
		}
	}
	for _, part := range []struct{ label, text string }{{"案件标题", row.Before.Title}, {x.HeadingOf(registry.PartFacts), row.Before.Facts}, {x.HeadingOf(registry.PartHandling), row.Before.Handling}} {
		if part.text != "" {
			c.Before = append(c.Before, draftChange{Label: part.label, Text: part.text})
		}
	}
	c.Open = len(e.rows) <= openedCases || c.Changed != nil || c.Before != nil || refusedIn(f, c.Name)
	return c
}

// draftOf is the first draft that a row rests on, where the bulletin holds it.
func (e *bulletinEdit) draftOf(row *bulletinRow) (d registry.DraftedCopy, known bool) {
	for _, c := range e.stored.Cases {
		if c.CaseID == row.CaseID && c.Drafted.Digest != "" && c.Drafted.Digest == row.Drafted.Digest {
			return c.Drafted, true
		}
	}
	return d, false
}

// draftChanges are the fields in which two first drafts of a case differ.
func draftChanges(was, now registry.DraftedCopy) (list []draftChange) {
	for _, field := range []struct{ label, was, now string }{{"案件标题", was.Title, now.Title}, {"案情", was.Facts, now.Facts}, {"查处", was.Handling, now.Handling}} {
		if field.was != field.now {
			list = append(list, draftChange{Label: field.label, Edits: wordEdits(field.was, field.now)})
		}
	}
	return list
}

// formSections are the inputs of a case in the order of the bulletin's sections. A part that has words but no section any more is asked for too:
// nothing is kept that nobody sees.
func formSections(x *registry.Bulletin, row *bulletinRow) (list []bulletinFormSection) {
	inputs := []struct {
		part  registry.BulletinPart
		field string
		rows  int
		words string
	}{{registry.PartFacts, "facts", 7, row.Facts}, {registry.PartHandling, "handling", 5, row.Handling}, {registry.PartMeaning, "meaning", 3, row.Meaning}, {registry.PartLaw, "", 0, ""}}
	shown := map[registry.BulletinPart]bool{}
	for _, s := range x.Parts() {
		shown[s.Part] = true
		for _, in := range inputs {
			if in.part == s.Part {
				list = append(list, bulletinFormSection{in.field, s.Heading, in.rows})
			}
		}
	}
	for _, in := range inputs {
		if in.words != "" && !shown[in.part] {
			list = append(list, bulletinFormSection{in.field, x.HeadingOf(in.part) + "（本期没有这一栏，不印出）", in.rows})
		}
	}
	return list
}

func refusedIn(f *kit.Form, row string) bool {
	return slices.ContainsFunc(f.Errors, func(p registry.FieldError) bool { return strings.HasPrefix(p.Field, row+".") })
}

// picks are the cases ticked so far, which stay ticked when another word is searched, and a page of those that can be added.
func (e *bulletinEdit) picks(f *kit.Form, p *bulletinFormPage, chosen []registry.CaseID) error {
	in := map[registry.CaseID]bool{}
	for _, row := range e.rows {
		in[row.CaseID] = true
	}
	for _, id := range chosen {
		source, found := e.sources[id]
		switch {
		case in[id]:
		case !found:
			f.Add("cases", "没有编号为 %d 的案件", id)
		default:
			p.Chosen = append(p.Chosen, bulletinPick{source.BulletinChoice, true})
		}
		in[id] = true
	}
	for _, t := range e.Service.Law().ViolationTypes() {
		p.Types = append(p.Types, kit.Option{Value: t.Code, Label: t.Label})
	}
	filter := casework.ChoiceFilter{Q: p.Searched, DistrictCode: f.Value("pick_district"), TypeCode: f.Value("pick_type"), Decided: f.Value("pick_decided") != ""}
	var err error
	if filter.Month, err = registry.ParseDate(strings.TrimSpace(f.Value("pick_month"))); err != nil {
		f.Add("pick_month", "%s", err)
		return nil
	}
	_, cursor, _ := strings.Cut(f.Adding, "cases.")
	find := func() ([]casework.BulletinChoice, string, error) {
		return e.Service.BulletinChoices(e.r.Ctx(), e.r.Actor, filter, casework.Page{Cursor: cursor, Limit: foundCases})
	}
	rows, next, err := find()
	if err != nil && cursor != "" && registry.KindOf(err) == registry.KindInvalid { // of other filters: what was typed is worth more than the place
		cursor = ""
		rows, next, err = find()
	}
	if err != nil {
		return err
	}
	p.Later = cursor != ""
	if next != "" {
		p.More = "cases." + next
	}
	for _, c := range rows {
		if !in[c.Case.ID] {
			p.Found = append(p.Found, bulletinPick{c, false})
		}
	}
	return nil
}
