package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// casePage is the case file on a screen: what is in it, in the order it is read.
type casePage struct {
	Layout
	casework.CasePage
	Editable    bool // the role may write, and the case is not closed
	Parties     []casePartyView
	Inspections []caseInspectionView
	Violations  []violationView
	Samples     []caseSampleView
	Documents   []documentView
	Discretion  []sheetRow // the kept 裁量 sheets, the latest first
	Calculable  []violationView
	Penalties   []fineView
	Fines       registry.Sum
	Confiscated registry.Sum
	Paid        registry.Money
	Money       moneyPanel
	Repeats     repeatPanel
	Branches    branchPanel
	Timeline    []TimelineItem
	Reviews     []ReviewBox
	Procedure   procedurePanel
	Files       AttachmentBox
	Changes     []HistoryEntry
	Payment     *Form
	Review      *Form
}

func (casePage) Template() string { return "cases/show" }

type casePartyView struct {
	registry.CaseParty
	Today string // the name now, where it is another
	Kind  string
}

type caseInspectionView struct {
	registry.Inspection
	Figure template.HTML // the discharge path drawn
}

type caseSampleView struct {
	registry.Sample
	Rows []caseResult
}

type caseResult struct {
	registry.SampleResult
	Multiple string
}

type documentView struct {
	registry.Document
	No      int
	Organ   string
	Serve   bool   // handed to the party: a missing day of service is missing
	Due     string // in words, with what became of it
	Overdue string
	Outcome string // in words; a referral whose result is not known never reads as carried out
	Unknown bool   // the outcome is not known
	People  string // who had which part
	Stopped string // the time that does not count
	Odd     []string
	Cited   []cited
}

type fineView struct {
	registry.Penalty
	Party    string
	Decision string
	Outside  bool
	Placed   []placedView
	Paid     registry.Money
	Payments []registry.Payment
}

// caseForms are the small forms on the page, as refused; nil shows a new one.
type caseForms struct{ payment, review *Form }

func (s *Server) caseShow(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	return s.casePage(r, id, caseForms{})
}

// casePage shows a case, also with one of its small forms refused.
func (s *Server) casePage(r *request, id registry.CaseID, forms caseForms) error {
	page, err := s.service.CasePage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	p := casePage{Layout: r.layout(page.Case.Title), CasePage: page, Payment: forms.payment, Review: forms.review}
	p.Editable = p.Can(registry.PermRecordWrite) && !page.Case.Stage.Closed()
	f := &page.CaseFile
	for i, cp := range f.Case.Parties {
		v := casePartyView{CaseParty: cp, Kind: f.Parties[i].Kind}
		if cp.NameAtAct == "" {
			v.NameAtAct = f.Parties[i].Name
		} else if cp.NameAtAct != f.Parties[i].Name {
			v.Today = f.Parties[i].Name
		}
		p.Parties = append(p.Parties, v)
	}
	for _, x := range f.Inspections {
		p.Inspections = append(p.Inspections, caseInspectionView{x, pathFigure(fmt.Sprintf("path-%d", x.ID), x.Path)})
	}
	for _, x := range f.Samples {
		p.Samples = append(p.Samples, caseSampleOf(x))
	}
	p.Violations = s.violationViews(f, page.Texts)
	p.Documents = s.documentViews(r, f, page.Texts)
	p.Discretion = s.sheetRows(page.Sheets, p.Violations)
	for _, v := range p.Violations {
		if v.Discretion != "" {
			p.Calculable = append(p.Calculable, v)
		}
	}
	p.Penalties = s.fineViews(f)
	p.Fines, p.Confiscated, p.Paid = f.Fines(), f.Confiscated(), f.Paid()
	p.Branches = branchesOf(f)
	p.Timeline = caseTimeline(f, p.Documents, p.Discretion)
	p.Reviews = reviewBoxes(f.ReviewNotes, p.Editable)
	if p.Procedure, err = s.procedureOf(r, f, p.Editable); err != nil {
		return err
	}
	facts, err := s.service.Facts(r.ctx(), r.actor, f)
	if err != nil {
		return err
	}
	p.Money = s.moneyOf(facts, p.Penalties, p.Editable)
	if p.Repeats, err = s.repeatsOf(r, facts); err != nil {
		return err
	}
	p.Files = r.attachments("cases", int64(id), page.Attachments)
	if !p.Editable {
		p.Files.Action = ""
	}
	p.Changes = s.caseHistory(r, page)
	return s.caseSmallForms(r, p, forms)
}

// caseSmallForms fills the forms that stand on the page and answers with the status of the refused one.
func (s *Server) caseSmallForms(r *request, p casePage, forms caseForms) error {
	if p.Payment == nil {
		p.Payment = r.newForm(paymentLabels)
		x := newPayment(&p.Money)
		paymentFields(p.Payment, &x)
	} else {
		p.Money.Asked = excessAsked(p.Payment)
	}
	p.Money.Payment, p.Money.Token = p.Payment, p.Token
	if p.Review == nil {
		p.Review = r.newForm(reviewLabels)
		reviewFields(p.Review, &registry.ReviewNote{})
	}
	shown := p.Payment
	if forms.review != nil {
		shown = p.Review
	}
	return r.form(shown, p)
}

func moneyWords(m *registry.Money) string {
	if m == nil {
		return "金额未知"
	}
	return m.String() + " 元"
}

func caseSampleOf(x registry.Sample) caseSampleView {
	v := caseSampleView{Sample: x}
	for _, res := range x.Results {
		row := caseResult{SampleResult: res}
		if m, ok := res.Multiple(); ok {
			row.Multiple = m
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func (s *Server) documentViews(r *request, f *registry.CaseFile, texts map[string]string) []documentView {
	_, organs, err := s.organOptions(r)
	if err != nil {
		organs = nil // the page is worth more than a name on it
	}
	list := make([]documentView, len(f.Documents))
	for i, d := range f.Documents {
		v := documentView{Document: d, No: i + 1, Organ: cmp.Or(organs[d.OrganID], d.OrganName), Serve: slices.Contains(servedKinds, d.Kind)}
		if d.OrganName != "" && d.OrganName != v.Organ {
			v.Organ += " → " + d.OrganName
		}
		v.Outcome, v.Unknown = outcome(d, f.Case.Origin)
		if d.OrderMode != "" || !d.DueOn.IsZero() {
			v.Due = d.OrderMode
			if !d.DueOn.IsZero() {
				v.Due += "，期限 " + d.DueOn.Chinese()
			}
		}
		v.Overdue = overdueWords(d, f.Case.Origin, r.today())
		v.People, v.Stopped, v.Odd = peopleWords(&d), stoppedWords(&d), s.oddities(f, &d)
		for _, c := range d.Citations {
			v.Cited = append(v.Cited, s.citedOf(c, texts))
		}
		list[i] = v
	}
	return list
}

// peopleWords names who had which part in a document: 承办 甲、乙；审核 丙.
func peopleWords(d *registry.Document) string {
	var parts []string
	names := map[string][]string{}
	for _, p := range d.Participants {
		if names[p.Part] == nil {
			parts = append(parts, p.Part)
		}
		names[p.Part] = append(names[p.Part], p.Name)
	}
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = part + " " + strings.Join(names[part], "、")
	}
	return strings.Join(notEmpty(append(words, d.People)...), "；")
}

func stoppedWords(d *registry.Document) string {
	switch {
	case d.ExcludedFrom.IsZero():
		return ""
	case d.ExcludedTo.IsZero():
		return d.ExcludedFrom.String() + " 起，尚未结束"
	}
	return d.ExcludedFrom.String() + " 至 " + d.ExcludedTo.String()
}

// decidesElsewhere are the documents whose result another organ decides: until it is known, the page says that it is not.
var decidesElsewhere = map[string]string{
	registry.DocDetention: "移送公安：结果未知", registry.DocCrime: "移送司法：结果未知", registry.DocReport: "报请政府：结果未知", "申请强制执行": "申请法院：结果未知",
}

func outcome(d registry.Document, origin registry.Origin) (words string, unknown bool) {
	if d.Result != "" {
		words = d.Result
		if !d.ResultOn.IsZero() {
			words += "（" + d.ResultOn.Chinese() + "）"
		}
		return words, false
	}
	if w, ok := decidesElsewhere[d.Kind]; ok {
		if origin == registry.OriginPublished {
			w += "（未公布）"
		}
		return w, true
	}
	return "", false
}

// overdueWords is computed on the day it is shown and never stored. A published case is not watched: what came of it was not
// printed.
func overdueWords(d registry.Document, origin registry.Origin, today registry.Date) string {
	if d.DueOn.IsZero() || d.Result != "" || origin == registry.OriginPublished || !d.DueOn.Before(today) {
		return ""
	}
	from, ok1 := d.DueOn.Time()
	to, ok2 := today.Time()
	if !ok1 || !ok2 {
		return "期限已过，尚未登记结果"
	}
	return fmt.Sprintf("期限已过 %d 天，尚未登记结果", int(to.Sub(from).Hours()/24+.5))
}

func (s *Server) fineViews(f *registry.CaseFile) []fineView {
	ranges := s.service.FineRanges(f)
	var list []fineView
	for _, x := range f.Penalties {
		v := fineView{Penalty: x}
		v.Placed, v.Outside = s.placedOn(f, &x, ranges)
		for i, cp := range f.Case.Parties {
			if cp.PartyID == x.PartyID {
				v.Party = cmp.Or(cp.NameAtAct, f.Parties[i].Name)
			}
		}
		for _, d := range f.Documents {
			if d.ID == x.DocumentID {
				v.Decision = documentTitle(d)
			}
		}
		for _, m := range f.Payments {
			if m.PenaltyID == x.ID {
				v.Paid += m.Amount
				v.Payments = append(v.Payments, m)
			}
		}
		list = append(list, v)
	}
	return list
}

func reviewBoxes(notes []registry.ReviewNote, editable bool) []ReviewBox {
	list := make([]ReviewBox, len(notes))
	for i, n := range notes {
		list[i] = ReviewBox{About: n.About, Severity: n.Severity, Printed: n.Printed, Official: n.Official, Note: n.Note}
		if editable {
			list[i].Edit = fmt.Sprintf("/reviews/%d/edit", n.ID)
		}
		if n.Kind != "" {
			list[i].About += "（" + n.Kind + "）"
		}
	}
	return list
}
