package casefile

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var documentLabels = kit.LabelsOf(registry.DocumentFields, kit.Labels{"cite": "本案条款", "citations": "其他引用条款", "citations.*.version": "版本"})

// documentEdit is one document on a form, with the case whose articles it may rest on.
type documentEdit struct {
	s      area
	file   *registry.CaseFile
	fields map[string]string // citations.1 → where it stands on the form
}

func (e *documentEdit) bind(f *kit.Form, x *registry.Document) {
	f.Meta(&x.Meta)
	kit.Word(f, "kind", &x.Kind)
	f.Text("number", &x.NumberTyped)
	f.IntValue("seq", &x.Seq)
	f.Date("made_on", &x.MadeOn)
	f.Date("served_on", &x.ServedOn)
	f.Text("service_mode", &x.ServiceMode)
	kit.Ref(f, "organ_id", &x.OrganID)
	f.Text("organ_name", &x.OrganName)
	f.Text("people", &x.People)
	f.Text("content", &x.Content)
	f.Text("order_mode", &x.OrderMode)
	f.Date("due_on", &x.DueOn)
	f.Text("result", &x.Result)
	f.Date("result_on", &x.ResultOn)
	f.Text("result_note", &x.ResultNote)
	f.Int("persons", &x.Persons)
	f.Money("amount_fen", &x.Amount)
	f.Text("party_name", &x.PartyName)
	kit.Rows(f, "participants", &x.Participants, func(f *kit.Form, q *registry.Participant) {
		kit.Ref(f, "officer_id", &q.OfficerID)
		f.Text("name", &q.Name)
		f.Text("part", &q.Part)
	})
	kit.Ref(f, "inspection_id", &x.InspectionID)
	f.Date("excluded_from", &x.ExcludedFrom)
	f.Date("excluded_to", &x.ExcludedTo)
	f.Text("note", &x.Note)
	e.bindCitations(f, x)
}

// own lists the articles of the case's violations, each once: a document usually rests on those.
func (e *documentEdit) own() []Offered {
	var list []Offered
	for _, v := range e.file.Violations {
		for _, c := range slices.Concat(v.Breached(), v.Basis()) {
			c.Standing = registry.StandingConfirmed
			c.Reason, c.Note = "", ""
			o := Offered{Key: citationKey(0, c) + "/" + c.Law}
			o.Citation = c
			if !slices.ContainsFunc(list, func(have Offered) bool { return have.Key == o.Key }) {
				list = append(list, o)
			}
		}
	}
	return list
}

func (e *documentEdit) bindCitations(f *kit.Form, x *registry.Document) {
	e.fields = map[string]string{}
	var ticked []string
	var typed []registry.Citation
	if f.Filling {
		kind, _ := e.s.Service.DocumentKind(x.Kind)
		fresh := x.ID == 0 && kind.Cites // the form ticks the articles of the case at first
		for _, o := range e.own() {
			if fresh || slices.ContainsFunc(x.Citations, func(c registry.Citation) bool { return citationKey(0, c)+"/"+c.Law == o.Key }) {
				ticked = append(ticked, o.Key)
			}
		}
		for _, c := range x.Citations {
			if !slices.Contains(ticked, citationKey(0, c)+"/"+c.Law) {
				typed = append(typed, c)
			}
		}
		f.Words("cite", &ticked)
		kit.Rows(f, "citations", &typed, e.s.citationFields)
		return
	}
	f.Words("cite", &ticked)
	kit.Rows(f, "citations", &typed, e.s.citationFields)
	x.Citations = nil
	for _, o := range e.own() {
		if slices.Contains(ticked, o.Key) {
			e.fields[fmt.Sprintf("citations.%d", len(x.Citations))] = "cite"
			x.Citations = append(x.Citations, o.Citation)
		}
	}
	for i, c := range typed {
		if c.Standing == "" {
			c.Standing = registry.StandingConfirmed
		}
		e.fields[fmt.Sprintf("citations.%d", len(x.Citations))] = fmt.Sprintf("citations.%d", i)
		x.Citations = append(x.Citations, c)
	}
}

// optionalInputs stand in 其他项目 of every kind that does not ask for them at once.
var optionalInputs = []string{"people", "party_name", "excluded_from", "excluded_to", "seq", "note"}

// documentInputs says which inputs a kind needs; the others stand in 其他项目, as far as they are usual or hold something.
func documentInputs(k registry.DocumentKind, value func(name string) string) (first, more []string) {
	for _, input := range []struct {
		names []string
		show  bool
	}{
		{[]string{"number"}, k.Numbers},
		{[]string{"made_on"}, true},
		{[]string{"served_on"}, k.HasService()},
		{[]string{"service_mode"}, k.ByUs()},
		{[]string{"organ_id"}, k.Own},
		{[]string{"organ_name"}, k.NamesOrgan()},
		{[]string{"party_name"}, k.NamesParty},
		{[]string{"order_mode"}, k.Orders},
		{[]string{"due_on"}, k.DueLabel != ""},
		{[]string{"persons"}, k.Persons},
		{[]string{"amount_fen"}, k.AmountLabel != ""},
		{[]string{"excluded_from", "excluded_to"}, k.Stops},
		{[]string{"content"}, true},
		{[]string{"result", "result_on", "result_note"}, k.HasResult()},
		{[]string{"inspection_id"}, k.Sort == registry.SortVisit},
		{[]string{"people", "seq", "note"}, false},
	} {
		for _, name := range input.names {
			switch {
			case input.show:
				first = append(first, name)
			case slices.Contains(optionalInputs, name) || value(name) != "":
				more = append(more, name)
			}
		}
	}
	return first, more
}

// nextDocument is the usual next document of a kind, prefilled with what the case knows. Dates and number are left to the person.
// visit is the inspection that a re-check's document is asked of; zero takes the last that has none.
func nextDocument(f *registry.CaseFile, kind registry.DocumentKind, visit registry.InspectionID) registry.Document {
	x := registry.Document{CaseID: f.Case.ID, Kind: kind.Name}
	switch {
	case kind.Own && kind.Numbers:
		x.OrganID = f.Case.DecidingOrganID
	case kind.Own:
		x.OrganID = f.Case.HandlingOrganID
	}
	if kind.NamesParty {
		_, x.PartyName, _ = f.MainParty()
	}
	if kind.Name == registry.DocDecision {
		if notice, ok := f.Document(registry.DocNotice); ok {
			x.Amount = notice.Amount
		}
		if fines := unassigned(f); fines.Known > 0 && fines.Unknown == 0 {
			x.Amount = &fines.Total
		}
	}
	if kind.Parts.Has(casework.Investigator) {
		x.Participants = casework.Investigators(f.Inspections)
	}
	prefill(f, &x, visit)
	return x
}

// prefill copies into a new document what another noun of the case tells already.
func prefill(f *registry.CaseFile, x *registry.Document, asked registry.InspectionID) {
	switch x.Kind {
	case registry.DocFiling:
		if f.FilingNumber() == "" {
			x.NumberTyped = f.Case.Number
		}
	case registry.DocRecheck:
		if lone := f.LoneRechecks(); len(lone) > 0 {
			visit := lone[len(lone)-1]
			for _, i := range lone {
				if i.ID == asked {
					visit = i
				}
			}
			told := visit.RecheckOf()
			x.MadeOn, x.Result, x.ResultOn, x.InspectionID = told.MadeOn, told.Result, told.ResultOn, told.InspectionID
			x.OrganID = cmp.Or(told.OrganID, x.OrganID)
			x.Participants = casework.Investigators([]registry.Inspection{*visit})
		}
	case registry.DocMonitoring, registry.DocMonitoringTold:
		if len(f.Samples) == 0 {
			return
		}
		last := &f.Samples[len(f.Samples)-1]
		if x.Kind == registry.DocMonitoringTold {
			x.MadeOn, x.ServedOn = last.ToldOn, last.ToldOn
			return
		}
		x.MadeOn, x.OrganName = last.ReportOn, cmp.Or(last.AnalysisOrgan, last.SamplingOrgan)
	}
}

// unassigned are the fines that were registered before their decision.
func unassigned(f *registry.CaseFile) (fines registry.Sum) {
	for i := range f.Penalties {
		if p := &f.Penalties[i]; p.DocumentID == 0 && p.Fine() {
			fines.Add(p.Amount)
		}
	}
	return fines
}

type documentPickPage struct {
	kit.Layout
	Case  registry.Case
	Next  []stepView
	Kinds []registry.DocumentKind
}

func (documentPickPage) Template() string { return "casefile/documents-pick" }

type documentFormPage struct {
	kit.Layout
	Form        *kit.Form
	Case        registry.Case
	Document    registry.Document
	ScanKey     string   // makes a second upload of the same file harmless
	First, More []string // inputs of this kind, and the others
	MoreOpen    bool
	Organs      []kit.Option
	Cites       []offerLine
	CitesOpen   bool
	Laws        []string
	Standings   []kit.Option
	Roles       []kit.Option
	Words       map[string]string // what the inputs of this kind are called
	Results     registry.Terms    // what may come of a document of this kind
	Visits      []kit.Option      // the inspections of the case
	Officers    []kit.Option
	PeopleOpen  bool
	Example     string // of the number's series
	Taken       *casework.NumberedDocument
	Today       registry.Date
	Action      string
}

func (documentFormPage) Template() string { return "casefile/documents-form" }

func (s area) documentForm(r *kit.Request, f *kit.Form, e *documentEdit, x registry.Document) error {
	f.Relocate(e.fields)
	p := documentFormPage{Layout: r.Layout("登记文书"), Form: f, Case: e.file.Case, Document: x, ScanKey: kit.NewUUID(), Action: fmt.Sprintf("/cases/%d/documents", e.file.Case.ID)}
	if x.ID != 0 {
		p.Title, p.Action = "编辑文书", fmt.Sprintf("/documents/%d", x.ID)
	}
	var err error
	if p.Organs, _, err = view.OrganOptions(s.Server, r); err != nil {
		return err
	}
	for _, i := range e.file.Inspections {
		o := kit.Option{Value: kit.Itoa(int64(i.ID)), Label: strings.TrimSpace(cmp.Or(i.Kind, "现场检查") + " " + i.StartedOn.String())}
		p.Visits = append(p.Visits, o)
	}
	k, _ := s.Service.DocumentKind(registry.DocKind(f.Value("kind")))
	p.First, p.More = documentInputs(k, f.Value)
	p.Words, p.Results = k.Labels(), k.ResultChoices(f.Value("result"))
	if err := s.documentPeople(r, &p, &k); err != nil {
		return err
	}
	year, _, _ := r.Today().YMD()
	p.Today, p.Example = r.Today(), s.Service.Bureau().NumberExample(e.file.Case.DistrictCode, k, year)
	if f.Problem("number") != "" {
		if p.Taken, err = s.Service.DocumentNumbered(r.Ctx(), r.Actor, f.Value("number")); err != nil {
			return err
		}
		if p.Taken != nil && p.Taken.Document.ID == x.ID {
			p.Taken = nil
		}
	}
	for _, name := range p.More {
		p.MoreOpen = p.MoreOpen || f.Problem(name) != "" || name != "seq" && f.Value(name) != ""
	}
	for i, o := range e.own() {
		line := offerLine{Key: o.Key, ID: fmt.Sprintf("cite-%d", i), Ticked: containsText(f.Values["cite"], o.Key), Box: s.statuteBox(o.Citation, "")}
		line.Box.Label = view.RoleWords[o.Role]
		p.Cites = append(p.Cites, line)
	}
	for _, problem := range f.Errors {
		p.CitesOpen = p.CitesOpen || len(problem.Field) >= 4 && problem.Field[:4] == "cita"
	}
	p.CitesOpen = p.CitesOpen || f.Adding == "citations" || f.Counts["citations"] > 0
	p.Laws, p.Roles = s.lawNames(), citationRoles
	p.Standings = []kit.Option{{Value: string(registry.StandingConfirmed), Label: "文书所引"}, {Value: string(registry.StandingPublished), Label: "原文引用（公开资料所印）"}, {Value: string(registry.StandingReview), Label: "复核意见（仅供参考）"}}
	return r.Form(f, p)
}

// documentPeople fills the rows of people: open where the kind's people matter, or some are there.
func (s area) documentPeople(r *kit.Request, p *documentFormPage, kind *registry.DocumentKind) (err error) {
	if p.Officers, err = view.OfficerOptions(s.Server, r, r.Today()); err != nil {
		return err
	}
	p.PeopleOpen = len(kind.Parts) > 0 || p.Form.Counts["participants"] > 0 || p.Form.Adding == "participants"
	return nil
}

func (s area) documentNew(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	kind, ok := s.Service.DocumentKind(registry.DocKind(r.QueryParam("kind")))
	if !ok {
		return r.Page(documentPickPage{Layout: r.Layout("登记文书"), Case: file.Case, Next: s.stepViews(file), Kinds: s.Service.DocumentKinds()})
	}
	x := nextDocument(file, kind, kit.QueryID[registry.InspectionID](r, "inspection_id"))
	if kind.Parts.Has(casework.Investigator) && len(x.Participants) == 0 {
		crew, err := s.Service.Crew(r.Ctx(), r.Actor, r.Today())
		if err != nil {
			return err
		}
		if crew.Own != nil {
			x.Participants = []registry.Participant{{OfficerID: crew.Own.ID, Name: crew.Own.Name, Part: casework.Investigator}}
		}
	}
	return s.documentEditing(r, file, registry.Document{CaseID: id}).Show(r, x)
}

// documentEditing is a document on its form, with the articles it may rest on.
func (s area) documentEditing(r *kit.Request, file *registry.CaseFile, stored registry.Document) kit.Editing[registry.Document] {
	e := &documentEdit{s: s, file: file}
	return kit.Editing[registry.Document]{
		Record: stored, Labels: documentLabels, Fields: e.bind,
		Page: func(f *kit.Form, x registry.Document) error { return s.documentForm(r, f, e, x) },
		Add:  s.Service.AddDocument, Change: s.Service.ChangeDocument,
		Remove: func(version int64) error { return s.Service.RemoveDocument(r.Ctx(), r.Actor, stored.ID, version) },
		Saved: func(x registry.Document) error {
			message := "已保存。"
			if stored.ID == 0 {
				message = "文书已登记：" + string(x.Kind) + "。"
			}
			return s.documentKept(r, file, &x, message)
		},
		Title:   func(x registry.Document) string { return string(x.Kind) },
		Address: func(x registry.Document) string { return fmt.Sprintf("/documents/%d", x.ID) },
		Home:    func(x registry.Document) string { return view.CasePlace(x.CaseID, "documents") },
		Words: func(f *kit.Form, _ registry.Document) {
			for _, o := range e.own() {
				f.Name("cite", o.Key, o.String())
			}
			for _, i := range file.Inspections {
				f.Name("inspection_id", kit.Itoa(int64(i.ID)), strings.TrimSpace(i.Kind+" "+i.StartedOn.String()))
			}
			s.nameCase(r, f, registry.Case{}, map[string]string{})
		},
		Given: func(typed *registry.Document, stored registry.Document) {
			typed.ID = stored.ID // a form of a new one ticks the articles of the case
			if typed.Seq == 0 {
				typed.Seq = stored.Seq
			}
		},
	}
}

func (s area) newDocument(r *kit.Request) (e kit.Editing[registry.Document], err error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, id)
	return s.documentEditing(r, file, registry.Document{CaseID: id}), err
}

func (s area) storedDocument(r *kit.Request) (kit.Editing[registry.Document], error) {
	x, file, err := s.documentOf(r)
	return s.documentEditing(r, file, x), err
}

// oddities are what is odd about a document of a case, in Chinese; it is recorded as it is.
func (s area) oddities(f *registry.CaseFile, x *registry.Document) []string {
	odd, _ := procedure.OddDates(f, x)
	return append(odd, s.Service.Bureau().NumberDoubts(x)...)
}

// documentKept goes back to the case after a document was stored, and says what is odd about it.
func (s area) documentKept(r *kit.Request, f *registry.CaseFile, x *registry.Document, message string) error {
	odd := s.oddities(f, x)
	if len(odd) == 0 {
		return s.savedOn(r, message, x.CaseID, "documents")
	}
	r.Flash("warn", message+"请核对："+strings.Join(odd, "；")+"。")
	return r.Redirect(http.StatusSeeOther, view.CasePlace(x.CaseID, "documents"))
}

// documentOf reads the document of the path with its case.
func (s area) documentOf(r *kit.Request) (x registry.Document, file *registry.CaseFile, err error) {
	id, err := kit.PathID[registry.DocumentID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.Service.Document(r.Ctx(), r.Actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openFile(r, x.CaseID)
	return x, file, err
}
