package web

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
)

var documentLabels = Labels{
	"kind": "文书种类", "number": "文号", "seq": "次序", "made_on": "作出日期", "served_on": "送达日期", "service_mode": "送达方式", "organ_id": "作出机关",
	"organ_name": "其他机关", "people": "经办人员", "content": "内容", "order_mode": "改正方式", "due_on": "期限", "result": "结果", "result_on": "结果日期",
	"result_note": "结果说明", "persons": "移送人数", "amount_fen": "金额", "note": "备注", "cite": "本案条款",
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

// servedKinds are handed to the party; the others are steps of the organ's own, and have no 送达 to miss.
var servedKinds = []string{registry.DocOrder, "不予立案", "先行登记保存", "查封扣押", "解除查封扣押", "告知监测结果", "事先（听证）告知", "听证", registry.DocDecision,
	"不予行政处罚", "按日连续处罚", "催告", "撤销处罚"}

// documentInputs says which inputs a kind needs; the others stand in 其他项目.
func documentInputs(kind string) (first, more []string) {
	k, _ := registry.DocumentKindByName(kind)
	add := func(main bool, names ...string) {
		if main {
			first = append(first, names...)
		} else {
			more = append(more, names...)
		}
	}
	in := func(kinds ...string) bool { return slices.Contains(kinds, kind) }
	add(k.Numbers, "number")
	add(true, "made_on")
	add(slices.Contains(servedKinds, kind), "served_on", "service_mode")
	add(k.Own, "organ_id")
	add(!k.Own || in(registry.DocDetention, registry.DocCrime, registry.DocReport, "申请强制执行"), "organ_name")
	add(in(registry.DocOrder), "order_mode", "due_on")
	add(in(registry.DocDetention, registry.DocCrime), "persons")
	add(in("损害赔偿协议", "申请强制执行"), "amount_fen")
	add(true, "content")
	add(in(registry.DocRecheck, registry.DocDetention, registry.DocCrime, registry.DocReport, "损害赔偿磋商", "修复方案", "修复实施", "修复验收", "行政复议", "行政诉讼", "申请强制执行"), "result", "result_on", "result_note")
	add(!k.Numbers && k.Own, "people")
	add(false, "seq", "note")
	return first, more
}

// nextKinds are the documents that usually follow at a stage. Any other may be registered too: the law's order is not enforced
// on what has happened.
var nextKinds = map[registry.Stage][]string{
	registry.StageOpened:    {registry.DocOrder, registry.DocFiling, "不予立案", "查封扣押"},
	registry.StageOrdered:   {registry.DocRecheck, registry.DocFiling, "查封扣押"},
	registry.StageNotFiled:  {registry.DocClosing},
	registry.StageFiled:     {registry.DocOrder, "告知监测结果", "事先（听证）告知", registry.DocDetention, registry.DocCrime, "损害赔偿线索"},
	registry.StageNotified:  {"陈述申辩", "听证", "法制审核", "集体讨论", registry.DocDecision, "不予行政处罚"},
	registry.StageDecided:   {"公示", "双公示上报", registry.DocRecheck, "催告", "申请强制执行", registry.DocDetention, registry.DocClosing},
	registry.StageNoPenalty: {registry.DocClosing},
	registry.StageAnnulled:  {registry.DocDecision, registry.DocClosing},
}

// nextDocuments leaves out what is there already; a re-check and a reminder may come again.
func nextDocuments(f *registry.CaseFile) []string {
	var list []string
	for _, kind := range nextKinds[f.Case.Stage] {
		if _, have := f.Document(kind); !have || kind == registry.DocRecheck || kind == "催告" || f.Case.Stage == registry.StageAnnulled {
			list = append(list, kind)
		}
	}
	return list
}

type documentPickPage struct {
	Layout
	Case  registry.Case
	Next  []string
	Kinds []registry.DocumentKind
}

func (documentPickPage) Template() string { return "documents/pick" }

type documentFormPage struct {
	Layout
	Form        *Form
	Case        registry.Case
	Document    registry.Document
	First, More []string // inputs of this kind, and the others
	MoreOpen    bool
	Organs      []Option
	Cites       []offerLine
	CitesOpen   bool
	Laws        []string
	Standings   []Option
	Roles       []Option
	OtherOrgan  string // what the box for another organ is called
	Action      string
}

func (documentFormPage) Template() string { return "documents/form" }

func (s *Server) documentForm(r *request, f *Form, e *documentEdit, x registry.Document) error {
	f.relocate(e.fields)
	p := documentFormPage{Layout: r.layout("登记文书"), Form: f, Case: e.file.Case, Document: x, Action: fmt.Sprintf("/cases/%d/documents", e.file.Case.ID)}
	if x.ID != 0 {
		p.Title, p.Action = "编辑文书", fmt.Sprintf("/documents/%d", x.ID)
	}
	var err error
	if p.Organs, _, err = s.organOptions(r); err != nil {
		return err
	}
	p.First, p.More = documentInputs(f.Value("kind"))
	p.OtherOrgan = documentLabels["organ_name"]
	if k, _ := registry.DocumentKindByName(f.Value("kind")); k.Own {
		p.OtherOrgan = "送交的机关"
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

func (s *Server) documentNew(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	kind, ok := registry.DocumentKindByName(r.QueryParam("kind"))
	if !ok {
		return r.page(documentPickPage{Layout: r.layout("登记文书"), Case: file.Case, Next: nextDocuments(file), Kinds: registry.DocumentKinds})
	}
	x := registry.Document{CaseID: id, Kind: kind.Name}
	switch {
	case kind.Own && kind.Numbers:
		x.OrganID = file.Case.DecidingOrganID
	case kind.Own:
		x.OrganID = file.Case.HandlingOrganID
	}
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
			return s.acted(r, nil, "文书已登记："+x.Kind+"。", id, "documents")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.documentForm(r, f, e, x)
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
			return s.acted(r, nil, "已保存。", x.CaseID, "documents")
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
