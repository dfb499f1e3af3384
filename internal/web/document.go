package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/procedure"
	"casebook/internal/registry"
)

var documentLabels = labelsOf(registry.DocumentFields, Labels{"cite": "本案条款", "citations": "其他引用条款", "citations.*.version": "版本"})

// documentEdit is one document on a form, with the case whose articles it may rest on.
type documentEdit struct {
	s      *Server
	file   *registry.CaseFile
	fields map[string]string // citations.1 → where it stands on the form
}

func (e *documentEdit) bind(f *Form, x *registry.Document) {
	f.meta(&x.Meta)
	word(f, "kind", &x.Kind)
	f.text("number", &x.NumberTyped)
	f.intValue("seq", &x.Seq)
	f.date("made_on", &x.MadeOn)
	f.date("served_on", &x.ServedOn)
	f.text("service_mode", &x.ServiceMode)
	ref(f, "organ_id", &x.OrganID)
	f.text("organ_name", &x.OrganName)
	f.text("people", &x.People)
	f.text("content", &x.Content)
	f.text("order_mode", &x.OrderMode)
	f.date("due_on", &x.DueOn)
	f.text("result", &x.Result)
	f.date("result_on", &x.ResultOn)
	f.text("result_note", &x.ResultNote)
	f.int("persons", &x.Persons)
	f.money("amount_fen", &x.Amount)
	f.text("party_name", &x.PartyName)
	rows(f, "participants", &x.Participants, func(f *Form, q *registry.Participant) {
		ref(f, "officer_id", &q.OfficerID)
		f.text("name", &q.Name)
		f.text("part", &q.Part)
	})
	f.date("excluded_from", &x.ExcludedFrom)
	f.date("excluded_to", &x.ExcludedTo)
	f.text("note", &x.Note)
	e.bindCitations(f, x)
}

// own lists the articles of the case's violations, each once: a document usually rests on those.
func (e *documentEdit) own() []offered {
	var list []offered
	for _, v := range e.file.Violations {
		for _, c := range slices.Concat(v.Breached(), v.Basis()) {
			c.Standing = registry.StandingConfirmed
			c.Reason, c.Note = "", ""
			o := offered{Key: citationKey(0, c) + "/" + c.Law}
			o.Citation = c
			if !slices.ContainsFunc(list, func(have offered) bool { return have.Key == o.Key }) {
				list = append(list, o)
			}
		}
	}
	return list
}

func (e *documentEdit) bindCitations(f *Form, x *registry.Document) {
	e.fields = map[string]string{}
	var ticked []string
	var typed []registry.Citation
	if f.filling {
		kind, _ := e.s.service.DocumentKind(x.Kind)
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
		f.words("cite", &ticked)
		rows(f, "citations", &typed, e.s.citationFields)
		return
	}
	f.words("cite", &ticked)
	rows(f, "citations", &typed, e.s.citationFields)
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
func nextDocument(f *registry.CaseFile, kind registry.DocumentKind) registry.Document {
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
	}
	if kind.Parts.Has(investigator) {
		x.Participants = investigators(f)
	}
	return x
}

// investigator is the part of who handles a case.
const investigator = "承办"

// investigators are the officers of the case's inspections, each once, as 承办.
func investigators(f *registry.CaseFile) []registry.Participant {
	var list []registry.Participant
	for _, i := range f.Inspections {
		for _, o := range i.Officers {
			p := registry.Participant{OfficerID: o.OfficerID, Name: o.Name, Part: investigator}
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}

type documentPickPage struct {
	Layout
	Case  registry.Case
	Next  []stepView
	Kinds []registry.DocumentKind
}

func (documentPickPage) Template() string { return "documents/pick" }

type documentFormPage struct {
	Layout
	Form        *Form
	Case        registry.Case
	Document    registry.Document
	ScanKey     string   // makes a second upload of the same file harmless
	First, More []string // inputs of this kind, and the others
	MoreOpen    bool
	Organs      []Option
	Cites       []offerLine
	CitesOpen   bool
	Laws        []string
	Standings   []Option
	Roles       []Option
	Words       map[string]string // what the inputs of this kind are called
	Officers    []Option
	PeopleOpen  bool
	Example     string // of the number's series
	Taken       *casework.NumberedDocument
	Today       registry.Date
	Action      string
}

func (documentFormPage) Template() string { return "documents/form" }

func (s *Server) documentForm(r *request, f *Form, e *documentEdit, x registry.Document) error {
	f.relocate(e.fields)
	p := documentFormPage{Layout: r.layout("登记文书"), Form: f, Case: e.file.Case, Document: x, ScanKey: newUUID(), Action: fmt.Sprintf("/cases/%d/documents", e.file.Case.ID)}
	if x.ID != 0 {
		p.Title, p.Action = "编辑文书", fmt.Sprintf("/documents/%d", x.ID)
	}
	var err error
	if p.Organs, _, err = s.organOptions(r); err != nil {
		return err
	}
	k, _ := s.service.DocumentKind(registry.DocKind(f.Value("kind")))
	p.First, p.More = documentInputs(k, f.Value)
	p.Words = k.Labels()
	if err := s.documentPeople(r, &p, &k); err != nil {
		return err
	}
	year, _, _ := r.today().YMD()
	p.Today, p.Example = r.today(), registry.NumberExample(e.file.Case.DistrictCode, k, year)
	if f.Problem("number") != "" {
		if p.Taken, err = s.service.DocumentNumbered(r.ctx(), r.actor, f.Value("number")); err != nil {
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
		line := offerLine{Key: o.Key, ID: fmt.Sprintf("cite-%d", i), Ticked: containsText(f.values["cite"], o.Key), Box: s.statuteBox(o.Citation, "")}
		line.Box.Label = roleWords[o.Role]
		p.Cites = append(p.Cites, line)
	}
	for _, problem := range f.problems {
		p.CitesOpen = p.CitesOpen || len(problem.Field) >= 4 && problem.Field[:4] == "cita"
	}
	p.CitesOpen = p.CitesOpen || f.adding == "citations" || f.rows["citations"] > 0
	p.Laws, p.Roles = s.lawNames(), citationRoles
	p.Standings = []Option{{string(registry.StandingConfirmed), "文书所引"}, {string(registry.StandingPublished), "原文引用（公开资料所印）"}, {string(registry.StandingReview), "复核意见（仅供参考）"}}
	return r.form(f, p)
}

// documentPeople fills the rows of people: open where the kind's people matter, or some are there.
func (s *Server) documentPeople(r *request, p *documentFormPage, kind *registry.DocumentKind) error {
	officers, err := s.service.Officers(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	for _, o := range officers {
		if o.Active {
			p.Officers = append(p.Officers, Option{itoa(int64(o.ID)), o.Name + "（" + o.CertNo + "）"})
		}
	}
	p.PeopleOpen = len(kind.Parts) > 0 || p.Form.rows["participants"] > 0 || p.Form.adding == "participants"
	return nil
}

func (s *Server) documentNew(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	kind, ok := s.service.DocumentKind(registry.DocKind(r.QueryParam("kind")))
	if !ok {
		return r.page(documentPickPage{Layout: r.layout("登记文书"), Case: file.Case, Next: s.stepViews(file), Kinds: s.service.DocumentKinds()})
	}
	x := nextDocument(file, kind)
	e := &documentEdit{s: s, file: file}
	f := r.newForm(documentLabels)
	e.bind(f, &x)
	return s.documentForm(r, f, e, x)
}

func (s *Server) documentCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	f, err := r.readForm(documentLabels)
	if err != nil {
		return err
	}
	x, e := registry.Document{CaseID: id}, &documentEdit{s: s, file: file}
	e.bind(f, &x)
	if f.ok() {
		_, err := s.service.AddDocument(r.ctx(), r.actor, &x)
		if err == nil {
			return s.documentKept(r, file, &x, "文书已登记："+string(x.Kind)+"。")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.documentForm(r, f, e, x)
}

// oddities are what is odd about a document of a case, in Chinese; it is recorded as it is.
func oddities(f *registry.CaseFile, x *registry.Document) []string {
	odd, _ := procedure.OddDates(f, x)
	return append(odd, x.NumberDoubts()...)
}

// documentKept goes back to the case after a document was stored, and says what is odd about it.
func (s *Server) documentKept(r *request, f *registry.CaseFile, x *registry.Document, message string) error {
	odd := oddities(f, x)
	if len(odd) == 0 {
		return s.acted(r, nil, message, x.CaseID, "documents")
	}
	r.flash("warn", message+"请核对："+strings.Join(odd, "；")+"。")
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#documents", x.CaseID))
}

// documentOf reads the document of the path with its case.
func (s *Server) documentOf(r *request) (x registry.Document, file *registry.CaseFile, err error) {
	id, err := pathID[registry.DocumentID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.service.Document(r.ctx(), r.actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openFile(r, x.CaseID)
	return x, file, err
}

func (s *Server) documentEdit(r *request) error {
	x, file, err := s.documentOf(r)
	if err != nil {
		return err
	}
	e := &documentEdit{s: s, file: file}
	f := r.newForm(documentLabels)
	e.bind(f, &x)
	return s.documentForm(r, f, e, x)
}

func (s *Server) documentUpdate(r *request) error {
	current, file, err := s.documentOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(documentLabels)
	if err != nil {
		return err
	}
	x, e := current, &documentEdit{s: s, file: file}
	e.bind(f, &x)
	if f.ok() {
		err := s.service.ChangeDocument(r.ctx(), r.actor, &x)
		if err == nil {
			return s.documentKept(r, file, &x, "已保存。")
		}
		if registry.KindOf(err) == registry.KindStale {
			for _, o := range e.own() {
				f.name("cite", o.Key, o.String())
			}
			s.nameCase(r, f, registry.Case{}, map[string]string{})
			return staleOnCase(s, r, err, staleEdit[registry.Document]{f, documentLabels, e.bind, current, "document", int64(x.ID), x.CaseID, "文书 " + string(current.Kind)})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.documentForm(r, f, e, x)
}

func (s *Server) documentDelete(r *request) error {
	x, _, err := s.documentOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(documentLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.service.RemoveDocument(r.ctx(), r.actor, x.ID, f.Version), "文书", x.CaseID, "documents")
}
