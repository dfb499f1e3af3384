package web

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var penaltyLabels = labelsOf(registry.PenaltyFields, nil)

func penaltyFields(f *Form, x *registry.Penalty) {
	f.meta(&x.Meta)
	ref(f, "party_id", &x.PartyID)
	ref(f, "document_id", &x.DocumentID)
	f.text("kind", &x.Kind)
	f.money("amount_fen", &x.Amount)
	f.text("content", &x.Content)
	f.date("pay_by", &x.PayBy)
	f.text("range_reason", &x.RangeReason)
	f.text("range_base_of", &x.RangeBaseOf)
	f.money("range_base_fen", &x.RangeBase)
	f.int("range_times", &x.RangeTimes)
	f.int("daily_days", &x.DailyDays)
	f.money("daily_base_fen", &x.DailyBase)
	f.text("note", &x.Note)
}

type penaltyFormPage struct {
	Layout
	Form      *Form
	Case      registry.Case
	Penalty   registry.Penalty
	Parties   []Option
	Decisions []Option
	Ranges    []violationView // what the catalogue provides, by violation
	Placed    []placedView    // where the amount lies on them
	Outside   bool
	Asked     string   // the amount that a reason was asked for: it is asked once
	Bases     []Option // what the law computes a range from
	Counted   []string // 次, 日
	OpenBase  bool     // the fields for them are shown at once: something is typed there, or the fine itself is computed
	Action    string
}

func (penaltyFormPage) Template() string { return "penalties/form" }

func (s *Server) penaltyForm(r *request, f *Form, file *registry.CaseFile, x registry.Penalty) error {
	p := penaltyFormPage{Layout: r.layout("登记处罚"), Form: f, Case: file.Case, Penalty: x, Action: fmt.Sprintf("/cases/%d/penalties", file.Case.ID)}
	if x.ID != 0 {
		p.Title, p.Action = "编辑处罚", fmt.Sprintf("/penalties/%d", x.ID)
	}
	ranges := s.service.FineRanges(file)
	p.Placed, p.Outside = s.placedOn(file, &x, ranges)
	if p.Outside {
		p.Asked = x.Amount.String()
	}
	p.Ranges = s.violationViews(file, s.service.Offers(file), nil)
	bases, counted := casework.RangeQuantities(ranges)
	for _, b := range bases {
		p.Bases = append(p.Bases, Option{b, b})
	}
	if of := x.RangeBaseOf; of != "" && !slices.Contains(bases, of) {
		p.Bases = append(p.Bases, Option{of, of})
	}
	p.Counted = counted
	p.OpenBase = f.Value("range_base_of") != "" || f.Value("range_base_fen") != "" || f.Value("range_times") != ""
	for _, x := range ranges {
		p.OpenBase = p.OpenBase || x.Compute != nil && x.Fine()
	}
	for i, cp := range file.Case.Parties {
		p.Parties = append(p.Parties, Option{itoa(int64(cp.PartyID)), cmp.Or(cp.NameAtAct, file.Parties[i].Name) + "（" + cp.Role + "）"})
	}
	for _, d := range file.Documents {
		if file.Kind(d.Kind).Imposes {
			p.Decisions = append(p.Decisions, Option{itoa(int64(d.ID)), documentTitle(d)})
		}
	}
	s.namePenalty(f, p)
	return r.form(f, p)
}

func (s *Server) namePenalty(f *Form, p penaltyFormPage) {
	for _, o := range p.Parties {
		f.name("party_id", o.Value, o.Label)
	}
	for _, o := range p.Decisions {
		f.name("document_id", o.Value, o.Label)
	}
}

// documentTitle names a document: 行政处罚决定 江恩环罚〔2024〕12号.
func documentTitle(d registry.Document) string {
	return string(d.Kind) + " " + cmp.Or(d.NumberTyped, d.MadeOn.Chinese())
}

// askReason wants a reason on the form where the amount is outside every range that may apply. It asks once: what was decided is
// recorded either way, with a flag. A published case is only flagged, since nobody here knows the reason.
func (s *Server) askReason(f *Form, file *registry.CaseFile, x *registry.Penalty) {
	if x.RangeReason != "" || x.Amount == nil || file.Case.Origin == registry.OriginPublished || f.Value("range_asked") == x.Amount.String() {
		return
	}
	if casework.Outside(casework.Place(x, s.service.FineRanges(file))) {
		f.add("range_reason", "金额在可选条款的罚款幅度之外。请核对；决定书确是如此的，请写明理由（减轻、几项违法行为合并罚款等）。没有理由可写的，再次提交即按原样登记并加标记")
	}
}

func (s *Server) penaltyNew(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	x := registry.Penalty{CaseID: id, Kind: "罚款", PartyID: queryID[registry.PartyID](r, "party_id")}
	if len(file.Case.Parties) == 1 {
		x.PartyID = file.Case.Parties[0].PartyID
	}
	for _, d := range file.Documents {
		if file.Kind(d.Kind).Imposes {
			x.DocumentID = d.ID // the last one
			if d.Kind == registry.DocDailyPenalty {
				x.Kind, x.DailyBase = registry.PenaltyDaily, originalFine(file)
			}
		}
	}
	f := r.newForm(penaltyLabels)
	penaltyFields(f, &x)
	return s.penaltyForm(r, f, file, x)
}

// originalFine is the fine that a daily penalty multiplies, where the case has just one.
func originalFine(f *registry.CaseFile) *registry.Money {
	var fine *registry.Money
	for _, c := range f.Charges(registry.Date{}) {
		if c.Penalty.Kind != "罚款" || !c.InForce() {
			continue
		}
		if fine != nil {
			return nil
		}
		fine = c.Due
	}
	return fine
}

func (s *Server) penaltyCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	f, err := r.readForm(penaltyLabels)
	if err != nil {
		return err
	}
	x := registry.Penalty{CaseID: id}
	penaltyFields(f, &x)
	s.askReason(f, file, &x)
	if f.ok() {
		_, err := s.service.AddPenalty(r.ctx(), r.actor, &x)
		if err == nil {
			return s.acted(r, nil, "处罚已登记。", id, "penalties")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	x.ID = 0
	return s.penaltyForm(r, f, file, x)
}

// penaltyOf reads the penalty of the path with its case.
func (s *Server) penaltyOf(r *request) (x registry.Penalty, file *registry.CaseFile, err error) {
	id, err := pathID[registry.PenaltyID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.service.Penalty(r.ctx(), r.actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openFile(r, x.CaseID)
	return x, file, err
}

func (s *Server) penaltyEdit(r *request) error {
	x, file, err := s.penaltyOf(r)
	if err != nil {
		return err
	}
	f := r.newForm(penaltyLabels)
	penaltyFields(f, &x)
	return s.penaltyForm(r, f, file, x)
}

func (s *Server) penaltyUpdate(r *request) error {
	current, file, err := s.penaltyOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(penaltyLabels)
	if err != nil {
		return err
	}
	x := current
	penaltyFields(f, &x)
	s.askReason(f, file, &x)
	if f.ok() {
		err := s.service.ChangePenalty(r.ctx(), r.actor, &x)
		if err == nil {
			return s.acted(r, nil, "已保存。", x.CaseID, "penalties")
		}
		if registry.KindOf(err) == registry.KindStale {
			return staleOnCase(s, r, err, staleEdit[registry.Penalty]{f, penaltyLabels, penaltyFields, current, "penalty", int64(x.ID), x.CaseID, "处罚 " + current.Kind})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.penaltyForm(r, f, file, x)
}

func (s *Server) penaltyDelete(r *request) error {
	x, _, err := s.penaltyOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(penaltyLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.service.RemovePenalty(r.ctx(), r.actor, x.ID, f.Version), "处罚", x.CaseID, "penalties")
}
