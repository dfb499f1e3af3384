package casefile

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// caseHistory is the history of the case and of what is or was on it.
func (s area) caseHistory(r *kit.Request, p casework.CasePage) []view.HistoryEntry {
	return view.FileHistory(s.Server, r, p.History, "case", s.caseNames(p), r.Can(registry.PermRecordWrite) && !p.Case.Stage.Closed() && !p.Case.IsVoid())
}

// casePage is the case file on a screen: its head, and one panel. What other panels show is empty.
type casePage struct {
	kit.Layout
	casework.CasePage
	Panel       string // its key in view.CasePanels
	Tabs        []panelTab
	Editable    bool // the role may write, and the case is not closed
	Parties     []casePartyView
	FarmDoubt   string // what is wrong with the public name of its farm
	Inspections []caseInspectionView
	Violations  []violationView
	Samples     []caseSampleView
	Number      numberPanel
	Elements    []elementsView
	Evidence    evidencePanel
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
	Timeline    []kit.TimelineItem
	Recent      []kit.TimelineItem // the end of a long one, which is folded
	Reviews     []view.ReviewBox
	Procedure   procedurePanel
	Files       view.AttachmentBox
	Changes     []view.HistoryEntry
	Payment     *kit.Form
	Review      *kit.Form

	sizes map[string]int      // of its lists, before they were shortened
	more  map[string]partMore // where those that were go on
}

func (casePage) Template() string { return "casefile/cases-show" }

type casePartyView struct {
	registry.CaseParty
	Today string // the name now, where it is another
	Kind  string
	Doubt string // what is wrong with its public name
}

type caseInspectionView struct {
	registry.Inspection
	Figure kit.HTML // the discharge path drawn
	Paper  string   // of a re-check that no document of the case stands for: where that is registered, filled in
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
	Row     registry.DocumentKind
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
	Impose  string // where the penalty that it imposes is registered, while none is
	Cited   []cited
}

type fineView struct {
	registry.Penalty
	Party    string
	Decision string
	Outside  bool
	Placed   []view.Placed
	Paid     registry.Money
	Payments []registry.Payment
}

// caseForms are the small forms on the page, as refused; nil shows a new one.
type caseForms struct{ payment, review, number *kit.Form }

func (s area) caseShow(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(view.CasePanels, func(p view.CasePanel) bool { return p.Key == r.QueryParam("panel") })
	if i < 0 {
		return registry.NotFound("案件的这一栏", r.QueryParam("panel"))
	}
	return s.casePage(r, id, view.CasePanels[i].Key, caseForms{})
}

// casePage shows a panel of a case, also with one of its small forms refused.
func (s area) casePage(r *kit.Request, id registry.CaseID, panel string, forms caseForms) error {
	page, err := s.Service.CasePanel(r.Ctx(), r.Actor, id, panelReads[panel])
	if err != nil {
		return err
	}
	r.ReadOnly = string(page.Foreign)
	p := s.caseView(r, page, panel)
	p.Number = numberOf(r, &page.CaseFile, p.Can(registry.PermRecordWrite) && !page.Case.IsVoid(), forms.number)
	p.Payment, p.Review = forms.payment, forms.review
	p.shorten()
	return s.caseSmallForms(r, p, forms)
}

// caseView is the head of a case's page and one panel, with every list of it whole.
func (s area) caseView(r *kit.Request, page casework.CasePage, panel string) casePage {
	f := &page.CaseFile
	p := casePage{Layout: r.Layout(page.Case.Title), CasePage: page, Panel: panel}
	p.Editable = p.Can(registry.PermRecordWrite) && !page.Case.Stage.Closed() && !page.Case.IsVoid()
	for i, cp := range f.Case.Parties {
		v := casePartyView{CaseParty: cp, Kind: f.Parties[i].Kind, Doubt: s.Service.Bureau().PartyNameDoubt(&f.Parties[i])}
		if cp.NameAtAct == "" {
			v.NameAtAct = f.Parties[i].Name
		} else if cp.NameAtAct != f.Parties[i].Name {
			v.Today = f.Parties[i].Name
		}
		p.Parties = append(p.Parties, v)
	}
	p.Procedure = s.procedureOf(r, page.Facts, p.Editable, panel == "checks")
	p.Tabs = panelTabs(&p)
	s.fillPanel(r, &p)
	return p
}

// fillPanel makes what the panel of a page shows.
func (s area) fillPanel(r *kit.Request, p *casePage) {
	f := &p.CaseFile
	switch p.Panel {
	case "":
		if f.Farm != nil {
			p.FarmDoubt = s.Service.Bureau().FarmNameDoubt(f.Farm)
		}
		p.Fines, p.Confiscated, p.Paid = f.Fines(), f.Confiscated(), f.Paid()
		p.Timeline = caseTimeline(f, s.documentViews(r, f, nil, p.Organs), s.sheetRows(f, p.Sheets))
		if n := len(p.Timeline); n > longTimeline {
			p.Recent = slices.Clone(p.Timeline[n-recentItems:])
		}
	case "law":
		p.Violations = s.violationViews(f, p.Offers, p.Texts)
		p.Discretion = s.sheetRows(f, p.Sheets)
		for _, v := range p.Violations {
			if v.Discretion != "" {
				p.Calculable = append(p.Calculable, v)
			}
		}
		p.Repeats = s.repeatsOf(&p.CasePage)
	case "evidence":
		p.Elements, p.Evidence = s.elementsOf(f), evidenceOf(f)
		for _, x := range f.Samples {
			p.Samples = append(p.Samples, caseSampleOf(x))
		}
		p.Files = view.Attachments(r, "cases", int64(f.Case.ID), p.Attachments)
		if !p.Editable {
			p.Files.Action = ""
		}
	case "documents":
		p.Documents = s.documentViews(r, f, p.Texts, p.Organs)
		p.Branches = branchesOf(f)
	case "money":
		p.Penalties = s.fineViews(f, p.Ranges)
		p.Money = s.moneyOf(p.Facts, p.Penalties, p.Editable)
	case "checks":
		p.Inspections = caseInspections(f, p.Editable)
	case "history":
		p.Reviews = reviewBoxes(f.ReviewNotes, p.Editable)
		p.Changes = s.caseHistory(r, p.CasePage)
	}
}

func caseInspections(f *registry.CaseFile, editable bool) (list []caseInspectionView) {
	lone := f.LoneRechecks()
	for i := range f.Inspections {
		x := &f.Inspections[i]
		v := caseInspectionView{Inspection: *x, Figure: view.PathFigure(fmt.Sprintf("path-%d", x.ID), x.Path)}
		if editable && slices.Contains(lone, x) {
			v.Paper = fmt.Sprintf("/cases/%d/documents/new?kind=%s&inspection_id=%d", f.Case.ID, url.QueryEscape(string(registry.DocRecheck)), x.ID)
		}
		list = append(list, v)
	}
	return list
}

// caseSmallForms fills the forms that stand on the page and answers with the status of the refused one.
func (s area) caseSmallForms(r *kit.Request, p casePage, forms caseForms) error {
	if p.Payment != nil {
		p.Money.Asked = excessAsked(p.Payment)
	}
	s.caseBlankForms(r, &p)
	shown := p.Payment
	if forms.review != nil {
		shown = p.Review
	}
	if forms.number != nil {
		shown = forms.number
	}
	return r.Form(shown, p)
}

// caseBlankForms makes the forms that stand on the page and were not sent.
func (s area) caseBlankForms(r *kit.Request, p *casePage) {
	if p.Payment == nil {
		p.Payment = r.NewForm(paymentLabels)
		x := newPayment(&p.Money)
		paymentFields(p.Payment, &x)
	}
	p.Money.Payment, p.Money.Token = p.Payment, p.Token
	if p.Review == nil {
		p.Review = r.NewForm(reviewLabels)
		reviewFields(p.Review, &registry.ReviewNote{})
	}
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

func (s area) documentViews(r *kit.Request, f *registry.CaseFile, texts map[string]string, organs map[registry.OrganID]string) []documentView {
	list := make([]documentView, len(f.Documents))
	for i, d := range f.Documents {
		row := f.Kind(d.Kind)
		v := documentView{Document: d, Row: row, No: i + 1, Organ: cmp.Or(organs[d.OrganID], d.OrganName), Serve: row.ByUs()}
		if d.OrganName != "" && d.OrganName != v.Organ {
			v.Organ += " → " + d.OrganName
		}
		v.Outcome, v.Unknown = outcome(&d, row.Decider, f.Case.Origin)
		if d.OrderMode != "" || !d.DueOn.IsZero() {
			v.Due = d.OrderMode
			if !d.DueOn.IsZero() {
				v.Due += "，期限 " + d.DueOn.Chinese()
			}
		}
		v.Overdue = overdueWords(f, i, r.Today())
		if row.Imposes && !hasPenalty(f, &d) {
			v.Impose = fmt.Sprintf("/cases/%d/penalties/new?document_id=%d", f.Case.ID, d.ID)
		}
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
	return strings.Join(view.NotEmpty(append(words, d.People)...), "；")
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

// outcome is what came of a document. Where another organ decides it, the page says until then that it is not known.
func outcome(d *registry.Document, decider registry.Decider, origin registry.Origin) (words string, unknown bool) {
	if d.Result != "" {
		words = d.Result
		if !d.ResultOn.IsZero() {
			words += "（" + d.ResultOn.Chinese() + "）"
		}
		return words, false
	}
	if w := decider.Pending(); w != "" {
		if origin == registry.OriginPublished {
			w += "（未公布）"
		}
		return w, true
	}
	return "", false
}

// overdueWords says of the i-th document that its term is over and nothing is registered of what came of it. It is computed on the day it
// is shown and never stored. A published case is not watched: what came of it was not printed; nor is one that is closed. What
// answers a term is procedure's to say; a kind that nothing is waited for has no result.
func overdueWords(f *registry.CaseFile, i int, today registry.Date) string {
	d := f.Documents[i]
	if d.DueOn.IsZero() || d.Result != "" || procedure.Answered(f, &d) || f.Case.Origin == registry.OriginPublished || f.Case.Stage.Closed() || !d.DueOn.Before(today) {
		return ""
	}
	if row := f.Kind(d.Kind); !row.Orders && len(row.ResultWords) == 0 {
		return ""
	}
	from, ok1 := d.DueOn.Time()
	to, ok2 := today.Time()
	if !ok1 || !ok2 {
		return "期限已过，尚未登记结果"
	}
	return fmt.Sprintf("期限已过 %d 天，尚未登记结果", int(to.Sub(from).Hours()/24+.5))
}

func (s area) fineViews(f *registry.CaseFile, ranges []casework.CandidateRange) []fineView {
	var list []fineView
	for _, x := range f.Penalties {
		v := fineView{Penalty: x}
		v.Placed, v.Outside = view.PlacedOn(s.Server, f, &x, ranges)
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

func reviewBoxes(notes []registry.ReviewNote, editable bool) []view.ReviewBox {
	list := make([]view.ReviewBox, len(notes))
	for i, n := range notes {
		list[i] = view.ReviewBox{About: n.About, Severity: n.Severity, Printed: n.Printed, Official: n.Official, Note: n.Note}
		if editable {
			list[i].Edit = fmt.Sprintf("/reviews/%d/edit", n.ID)
		}
		if n.Kind != "" {
			list[i].About += "（" + n.Kind + "）"
		}
	}
	return list
}
