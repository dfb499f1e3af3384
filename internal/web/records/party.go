package records

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var partyLabels = kit.LabelsOf(registry.PartyFields, kit.Labels{casework.ConfirmField: "仍要新建的理由"})

func partyFields(f *kit.Form, x *registry.Party) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("kind", &x.Kind)
	f.Text("public_name", &x.PublicName)
	kit.Word(f, "origin", &x.Origin)
	f.Text("credit_code", &x.CreditCode)
	f.Text("credit_code_override", &x.CodeOverride)
	f.Text("id_kind", &x.IDKind)
	f.Text("id_number", &x.IDNumber)
	f.Text("legal_person", &x.LegalPerson)
	f.Text("legal_person_title", &x.LegalPersonTitle)
	f.Text("phone", &x.Phone)
	f.Text("address", &x.Address)
	f.Text("note", &x.Note)
}

type partyListPage struct {
	kit.Layout
	List  kit.List
	Tools view.ListTools
	Rows  []casework.PartyRow
	Span  url.Values // of the cases, where those with several are listed
}

func (partyListPage) Template() string { return "records/parties-list" }

func (s area) partyList(r *kit.Request) error {
	l := r.List(
		kit.Filter{Name: "repeated", Label: "多次涉案", Show: func(span string) string { return strings.ReplaceAll(span, "..", " 至 ") + " 发现两件以上" }},
		kit.Filter{Name: "district_code", Label: "辖区", Show: s.Service.Bureau().DistrictName},
		view.VoidedFilter())
	f := casework.PartyFilter{Q: l.Q, Repeated: l.Get("repeated"), DistrictCode: l.Get("district_code"), IncludeVoided: l.Get("include_voided") == "true"}
	l.Own = "-id"
	tools, err := view.ToolsOf(s.Server, r, &l, "parties")
	if err != nil {
		return err
	}
	if f.Repeated != "" { // has an order of its own
		for i := range tools.Heads {
			tools.Heads[i].Sort = ""
		}
	}
	rows, next, err := s.Service.Parties(r.Ctx(), r.Actor, f, view.PageOf(&l, "parties"))
	if err != nil {
		return err
	}
	l.Paged(len(rows), next, -1, false)
	from, to, _ := strings.Cut(f.Repeated, "..")
	span := url.Values{"counted": {string(registry.BasisFound)}, "from": {from}, "to": {to}}
	if f.DistrictCode != "" {
		span.Set("district_code", f.DistrictCode)
	}
	return r.Page(partyListPage{r.Layout("当事人"), l, tools, rows, span})
}

// CasesHref is the list of a party's cases in the months that are asked for.
func (p partyListPage) CasesHref(id registry.PartyID) string {
	p.Span.Set("party_id", kit.Itoa(int64(id)))
	return "/cases?" + p.Span.Encode()
}

type partyPage struct {
	kit.Layout
	Party   registry.Party
	Doubt   string // what is wrong with its public name
	Page    casework.PartyPage
	Cases   []kit.TimelineItem
	Merges  []mergeView
	History []view.HistoryEntry
}

func (partyPage) Template() string { return "records/parties-show" }

func (s area) partyShow(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.PartyPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	if gone, err := toKept(r, int64(x.Party.MergedInto), "parties"); gone {
		return err
	}
	r.ReadOnly = string(x.Foreign)
	p := partyPage{Layout: r.Layout(x.Party.Name), Party: x.Party, Page: x, History: view.History(r, x.Revisions, registry.PartyFields, nil), Doubt: s.Service.Bureau().PartyNameDoubt(&x.Party)}
	if !p.Can(registry.PermPersonalRead) {
		view.MaskParty(&p.Party)
	}
	p.Merges = mergeViews(id, x.Merges)
	for _, c := range x.Cases {
		p.Cases = append(p.Cases, caseItem(c))
	}
	return r.Page(p)
}

type partyFormPage struct {
	kit.Layout
	Form  *kit.Form
	Party registry.Party
	Same  []view.ReferenceLink // what is there already
	Doubt string               // what is wrong with the public name on the form
}

func (partyFormPage) Template() string { return "records/parties-form" }

// partyEditing is a party on its form.
func (s area) partyEditing(r *kit.Request, stored registry.Party) kit.Editing[registry.Party] {
	title, saved := "登记当事人", "已登记当事人。"
	if stored.ID != 0 {
		title, saved = "修改 "+stored.Name, "已保存。"
	}
	why := "" // a second one is registered
	home := func(x registry.Party) string { return fmt.Sprintf("/parties/%d", x.ID) }
	return kit.Editing[registry.Party]{
		Record: stored, Labels: partyLabels, Fields: partyFields,
		Page: func(f *kit.Form, x registry.Party) error {
			return r.Form(f, partyFormPage{r.Layout(title), f, stored, view.References(f.References, ""), s.Service.Bureau().PartyNameDoubt(&x)})
		},
		Check: func(f *kit.Form, _ *registry.Party) error { why = f.Value(casework.ConfirmField); return nil },
		Add: func(ctx context.Context, a registry.Actor, x *registry.Party) (bool, error) {
			return s.Service.AddPartyAnyway(ctx, a, x, why)
		},
		Change: s.Service.ChangeParty,
		Saved:  func(x registry.Party) error { return r.DoneAt(saved, home(x)) },
		Title:  func(x registry.Party) string { return x.Name }, Address: home, Home: home,
	}
}

func (s area) partyNew(r *kit.Request) error {
	return s.partyEditing(r, registry.Party{}).Show(r, registry.Party{Origin: registry.OriginField, Name: r.QueryParam("name")})
}

func (s area) newParty(r *kit.Request) (kit.Editing[registry.Party], error) {
	return s.partyEditing(r, registry.Party{}), nil
}

func (s area) storedParty(r *kit.Request) (e kit.Editing[registry.Party], err error) {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Party(r.Ctx(), r.Actor, id)
	return s.partyEditing(r, x), err
}
