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

var documentLabels = Labels{
	"kind": "文书种类", "number": "文号", "seq": "次序", "made_on": "作出日期", "served_on": "送达日期", "service_mode": "送达方式", "organ_id": "作出机关",
	"organ_name": "其他机关", "people": "经办人员", "content": "内容", "order_mode": "改正方式", "due_on": "期限", "result": "结果", "result_on": "结果日期",
	"result_note": "结果说明", "persons": "移送人数", "amount_fen": "金额", "note": "备注", "cite": "本案条款",
	"party_name": "文书所载当事人", "participants": "参加人员", "participants.*.officer_id": "执法人员", "participants.*.name": "姓名", "participants.*.part": "身份",
	"excluded_from": "不计入期限：自", "excluded_to": "不计入期限：至",
	"citations": "其他引用条款", "citations.*.role": "作用", "citations.*.standing": "性质", "citations.*.law": "法律名称", "citations.*.version": "版本",
	"citations.*.article": "条", "citations.*.sub": "之", "citations.*.paragraph": "款", "citations.*.item": "项", "citations.*.subitem": "目",
	"citations.*.reason": "理由", "citations.*.text": "条文", "citations.*.note": "备注",
}

// documentEdit is one document on a form, with the case whose articles it may rest on.
type documentEdit struct {
	s      *Server
	file   *registry.CaseFile
	fields map[string]string // citations.1 → where it stands on the form
}

func (e *documentEdit) bind(f *Form, x *registry.Document) {
	f.meta(&x.Meta)
	f.text("kind", &x.Kind)
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

// restsOn are the kinds whose text names the articles: the form ticks those of the case at first.
var restsOn = []string{registry.DocOrder, "事先（听证）告知", registry.DocDecision, "按日连续处罚", "不予行政处罚"}

func (e *documentEdit) bindCitations(f *Form, x *registry.Document) {
	e.fields = map[string]string{}
	var ticked []string
	var typed []registry.Citation
	if f.filling {
		fresh := x.ID == 0 && slices.Contains(restsOn, x.Kind)
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

// servedKinds are handed to the party, or sent to another organ; the others are steps of the organ's own, and have no 送达 to miss.
var servedKinds = []string{registry.DocOrder, registry.DocNotFiled, registry.DocRegistration, registry.DocRegistrationEnd, registry.DocSeizure, registry.DocSeizureExtended, registry.DocSeizureEnd,
	registry.DocMonitoringTold, registry.DocNotice, registry.DocHearing, registry.DocDecision, registry.DocNoPenalty, registry.DocDailyPenalty, registry.DocDetention, registry.DocCrime,
	registry.DocDamageTalks, registry.DocInstalments, registry.DocUrge, registry.DocChanged, registry.DocAnnulled}

// sentKinds go to another organ: their service is the day they were sent.
var sentKinds = []string{registry.DocDetention, registry.DocCrime}

// receivedKinds come from elsewhere: clocks start on the day they were received.
var receivedKinds = []string{registry.DocMonitoring, registry.DocAppraisal}

// outsideKinds have a result that somebody else decides, or that comes later.
var outsideKinds = []string{registry.DocRecheck, registry.DocDetention, registry.DocCrime, registry.DocReport, registry.DocDamageTalks, "修复方案", "修复实施", "修复验收", registry.DocReconsideration,
	registry.DocSuit, registry.DocEnforcement}

// stopKinds keep time out of the time for deciding (生态环境行政处罚办法第五十七条).
var stopKinds = []string{registry.DocHearing, registry.DocMonitoring, registry.DocAppraisal}

// amountKinds name an amount in their text.
var amountKinds = []string{registry.DocNotice, registry.DocDecision, registry.DocDailyPenalty, registry.DocChanged, registry.DocInstalments, "损害赔偿协议", registry.DocEnforcement}

// namedKinds name the party in their heading: the form asks for it as the document has it.
var namedKinds = []string{registry.DocOrder, registry.DocNotice, registry.DocDecision}

// manned are the kinds whose people a file review looks at.
var manned = []string{registry.DocFiling, registry.DocInvestigation, registry.DocLegalReview, registry.DocDiscussion, registry.DocHearing}

// optionalInputs stand in 其他项目 of every kind that does not ask for them at once.
var optionalInputs = []string{"people", "party_name", "excluded_from", "excluded_to", "seq", "note"}

// documentInputs says which inputs a kind needs; the others stand in 其他项目, as far as they are usual or hold something.
func documentInputs(k registry.DocumentKind, value func(name string) string) (first, more []string) {
	kind := k.Name
	in := func(kinds []string) bool { return slices.Contains(kinds, kind) }
	for _, input := range []struct {
		names []string
		show  bool
	}{
		{[]string{"number"}, k.Numbers},
		{[]string{"made_on"}, true},
		{[]string{"served_on"}, in(servedKinds) || in(receivedKinds)},
		{[]string{"service_mode"}, in(servedKinds)},
		{[]string{"organ_id"}, k.Own},
		{[]string{"organ_name"}, !k.Own || in([]string{registry.DocDetention, registry.DocCrime, registry.DocReport, registry.DocEnforcement})},
		{[]string{"party_name"}, in(namedKinds)},
		{[]string{"order_mode"}, kind == registry.DocOrder},
		{[]string{"due_on"}, kind == registry.DocOrder || kind == registry.DocInstalments},
		{[]string{"persons"}, in(sentKinds)},
		{[]string{"amount_fen"}, in(amountKinds)},
		{[]string{"excluded_from", "excluded_to"}, in(stopKinds)},
		{[]string{"content"}, true},
		{[]string{"result", "result_on", "result_note"}, in(outsideKinds)},
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

// documentWords calls the inputs of a kind by the words that fit it.
func documentWords(k registry.DocumentKind) map[string]string {
	kind := k.Name
	words := map[string]string{"organ_name": "其他机关", "due_on": "期限", "served_on": "送达日期", "made_on": "作出日期", "amount_fen": "金额"}
	if k.Own {
		words["organ_name"] = "送交的机关"
	}
	switch {
	case slices.Contains(receivedKinds, kind):
		words["made_on"], words["served_on"] = "出具日期", "收到日期"
	case slices.Contains(sentKinds, kind):
		words["served_on"] = "送交日期"
	}
	switch kind {
	case registry.DocOrder:
		words["due_on"] = "改正期限"
	case registry.DocInstalments:
		words["due_on"], words["amount_fen"] = "最后一期缴纳期限", "涉及金额"
	case registry.DocNotice:
		words["amount_fen"] = "拟罚款金额"
	case registry.DocDecision, registry.DocDailyPenalty:
		words["amount_fen"] = "罚款金额"
	case registry.DocChanged:
		words["amount_fen"] = "变更后的金额"
	case registry.DocStatement, registry.DocHearingRequest, registry.DocReconsideration, registry.DocSuit:
		words["made_on"] = "提出日期"
	}
	return words
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
	if slices.Contains(namedKinds, kind.Name) {
		_, x.PartyName, _ = f.MainParty()
	}
	if kind.Name == registry.DocDecision {
		if notice, ok := f.Document(registry.DocNotice); ok {
			x.Amount = notice.Amount
		}
	}
	if kind.Name == registry.DocFiling || kind.Name == registry.DocInvestigation {
		x.Participants = investigators(f)
	}
	return x
}

// investigators are the officers of the case's inspections, each once, as 承办.
func investigators(f *registry.CaseFile) []registry.Participant {
	var list []registry.Participant
	for _, i := range f.Inspections {
		for _, o := range i.Officers {
			p := registry.Participant{OfficerID: o.OfficerID, Name: o.Name, Part: "承办"}
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
	kind := f.Value("kind")
	k, _ := s.service.DocumentKind(kind)
	p.First, p.More = documentInputs(k, f.Value)
	p.Words = documentWords(k)
	if err := s.documentPeople(r, &p, kind); err != nil {
		return err
	}
	year, _, _ := r.today().YMD()
	p.Today, p.Example = r.today(), s.service.Bureau().NumberExample(e.file.Case.DistrictCode, kind, year)
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
func (s *Server) documentPeople(r *request, p *documentFormPage, kind string) error {
	officers, err := s.service.Officers(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	for _, o := range officers {
		if o.Active {
			p.Officers = append(p.Officers, Option{itoa(int64(o.ID)), o.Name + "（" + o.CertNo + "）"})
		}
	}
	p.PeopleOpen = slices.Contains(manned, kind) || p.Form.rows["participants"] > 0 || p.Form.adding == "participants"
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
	kind, ok := s.service.DocumentKind(r.QueryParam("kind"))
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
			return s.documentKept(r, file, &x, "文书已登记："+x.Kind+"。")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.documentForm(r, f, e, x)
}

// oddities are what is odd about a document of a case, in Chinese; it is recorded as it is.
func (s *Server) oddities(f *registry.CaseFile, x *registry.Document) []string {
	odd, _ := procedure.OddDates(f, x)
	return append(odd, s.service.Bureau().NumberDoubts(x)...)
}

// documentKept goes back to the case after a document was stored, and says what is odd about it.
func (s *Server) documentKept(r *request, f *registry.CaseFile, x *registry.Document, message string) error {
	odd := s.oddities(f, x)
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
			return staleOnCase(s, r, err, staleEdit[registry.Document]{f, documentLabels, e.bind, current, "document", int64(x.ID), x.CaseID, "文书 " + current.Kind})
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
