package casefile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var penaltyLabels = kit.LabelsOf(registry.PenaltyFields, nil)

func penaltyFields(f *kit.Form, x *registry.Penalty) {
	f.Meta(&x.Meta)
	kit.Ref(f, "party_id", &x.PartyID)
	kit.Ref(f, "document_id", &x.DocumentID)
	f.Text("kind", &x.Kind)
	f.Money("amount_fen", &x.Amount)
	f.Text("content", &x.Content)
	f.Date("pay_by", &x.PayBy)
	f.Text("range_reason", &x.RangeReason)
	f.Text("range_base_of", &x.RangeBaseOf)
	f.Money("range_base_fen", &x.RangeBase)
	f.Int("range_times", &x.RangeTimes)
	f.Int("daily_days", &x.DailyDays)
	f.Money("daily_base_fen", &x.DailyBase)
	f.Text("note", &x.Note)
}

type penaltyFormPage struct {
	kit.Layout
	Form      *kit.Form
	Case      registry.Case
	Penalty   registry.Penalty
	Parties   []kit.Option
	Decisions []kit.Option
	Ranges    []violationView // what the catalogue provides, by violation
	Placed    []view.Placed   // where the amount lies on them
	Outside   bool
	Asked     string       // the amount that a reason was asked for: it is asked once
	Bases     []kit.Option // what the law computes a range from
	Counted   []string     // 次, 日
	OpenBase  bool         // the fields for them are shown at once: something is typed there, or the fine itself is computed
	Action    string
}

func (penaltyFormPage) Template() string { return "casefile/penalties-form" }

func (s area) penaltyForm(r *kit.Request, f *kit.Form, file *registry.CaseFile, x registry.Penalty) error {
	p := penaltyFormPage{Layout: r.Layout("登记处罚"), Form: f, Case: file.Case, Penalty: x, Action: fmt.Sprintf("/cases/%d/penalties", file.Case.ID)}
	if x.ID != 0 {
		p.Title, p.Action = "编辑处罚", fmt.Sprintf("/penalties/%d", x.ID)
	}
	ranges := s.Service.FineRanges(file)
	p.Placed, p.Outside = view.PlacedOn(s.Server, file, &x, ranges)
	if p.Outside {
		p.Asked = x.Amount.String()
	}
	p.Ranges = s.violationViews(file, s.Service.Offers(file), nil)
	bases, counted := casework.RangeQuantities(ranges)
	for _, b := range bases {
		p.Bases = append(p.Bases, kit.Option{Value: b, Label: b})
	}
	if of := x.RangeBaseOf; of != "" && !slices.Contains(bases, of) {
		p.Bases = append(p.Bases, kit.Option{Value: of, Label: of})
	}
	p.Counted = counted
	p.OpenBase = f.Value("range_base_of") != "" || f.Value("range_base_fen") != "" || f.Value("range_times") != ""
	for _, x := range ranges {
		p.OpenBase = p.OpenBase || x.Compute != nil && x.Fine()
	}
	p.Parties, p.Decisions = penaltyParties(file), penaltyDecisions(file)
	namePenalty(f, p.Parties, p.Decisions)
	return r.Form(f, p)
}

// penaltyParties are the parties of the case that may be punished.
func penaltyParties(file *registry.CaseFile) (list []kit.Option) {
	for i, cp := range file.Case.Parties {
		list = append(list, kit.Option{Value: kit.Itoa(int64(cp.PartyID)), Label: cmp.Or(cp.NameAtAct, file.Parties[i].Name) + "（" + cp.Role + "）"})
	}
	return list
}

// penaltyDecisions are the documents that a penalty may rest on.
func penaltyDecisions(file *registry.CaseFile) (list []kit.Option) {
	for _, d := range file.Documents {
		if file.Kind(d.Kind).Imposes {
			list = append(list, kit.Option{Value: kit.Itoa(int64(d.ID)), Label: decisionWords(&d)})
		}
	}
	return list
}

// decisionWords names a decision with its day and amount: 行政处罚决定 江恩环罚〔2024〕12号（2024年11月20日，20,000 元）.
func decisionWords(d *registry.Document) string {
	var more []string
	if d.NumberTyped != "" && !d.MadeOn.IsZero() {
		more = append(more, d.MadeOn.Chinese())
	}
	if d.Amount != nil {
		more = append(more, d.Amount.String()+" 元")
	}
	if len(more) == 0 {
		return documentTitle(*d)
	}
	return documentTitle(*d) + "（" + strings.Join(more, "，") + "）"
}

func namePenalty(f *kit.Form, parties, decisions []kit.Option) {
	for _, o := range parties {
		f.Name("party_id", o.Value, o.Label)
	}
	for _, o := range decisions {
		f.Name("document_id", o.Value, o.Label)
	}
}

// documentTitle names a document: 行政处罚决定 江恩环罚〔2024〕12号.
func documentTitle(d registry.Document) string {
	return string(d.Kind) + " " + cmp.Or(d.NumberTyped, d.MadeOn.Chinese())
}

// askReason wants a reason on the form where the amount is outside every range that may apply. It asks once: what was decided is
// recorded either way, with a flag. A published case is only flagged, since nobody here knows the reason.
func (s area) askReason(f *kit.Form, file *registry.CaseFile, x *registry.Penalty) {
	if x.RangeReason != "" || x.Amount == nil || file.Case.Origin == registry.OriginPublished || f.Value("range_asked") == x.Amount.String() {
		return
	}
	if own, _ := s.Service.OwnRanges(file, x, s.Service.FineRanges(file)); casework.Outside(casework.Place(x, own)) {
		f.Add("range_reason", "金额在可选条款的罚款幅度之外。请核对；决定书确是如此的，请写明理由（减轻、几项违法行为合并罚款等）。没有理由可写的，再次提交即按原样登记并加标记")
	}
}

func (s area) penaltyNew(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	x := penaltyOf(file, imposing(file, kit.QueryID[registry.DocumentID](r, "document_id")))
	if party := kit.QueryID[registry.PartyID](r, "party_id"); party != 0 {
		x.PartyID = party
	}
	return s.penaltyEditing(r, file, registry.Penalty{CaseID: id}).Show(r, x)
}

// imposing is the document that a new penalty rests on: the one asked for, or else the last that no penalty rests on yet, or else the last; nil
// where the case has none.
func imposing(f *registry.CaseFile, asked registry.DocumentID) (found *registry.Document) {
	bare := false
	for i := range f.Documents {
		d := &f.Documents[i]
		switch {
		case !f.Kind(d.Kind).Imposes:
		case d.ID == asked:
			return d
		case !hasPenalty(f, d):
			found, bare = d, true
		case !bare:
			found = d
		}
	}
	return found
}

// hasPenalty reports whether a penalty rests on a document; one that names none rests on the only one that there is.
func hasPenalty(f *registry.CaseFile, d *registry.Document) bool {
	only := !slices.ContainsFunc(f.Documents, func(o registry.Document) bool { return o.ID != d.ID && f.Kind(o.Kind).Imposes })
	return slices.ContainsFunc(f.Penalties, func(p registry.Penalty) bool { return p.DocumentID == d.ID || p.DocumentID == 0 && only })
}

// penaltyOf is a new penalty as the document that imposes it tells: the party, the kind, and the amount where it is the first under it.
func penaltyOf(f *registry.CaseFile, d *registry.Document) registry.Penalty {
	x := registry.Penalty{CaseID: f.Case.ID, Kind: "罚款"}
	if len(f.Case.Parties) == 1 {
		x.PartyID = f.Case.Parties[0].PartyID
	}
	if d == nil {
		return x
	}
	x.DocumentID = d.ID
	for i, cp := range f.Case.Parties {
		if d.PartyName != "" && (d.PartyName == cp.NameAtAct || d.PartyName == f.Parties[i].Name) {
			x.PartyID = cp.PartyID
		}
	}
	if d.Kind == registry.DocDailyPenalty {
		x.Kind, x.DailyBase = registry.PenaltyDaily, originalFine(f)
	}
	if !hasPenalty(f, d) {
		x.Amount = d.Amount
	}
	return x
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

// penaltyEditing is a penalty on its form.
func (s area) penaltyEditing(r *kit.Request, file *registry.CaseFile, stored registry.Penalty) kit.Editing[registry.Penalty] {
	saved := "处罚已登记。"
	if stored.ID != 0 {
		saved = "已保存。"
	}
	return kit.Editing[registry.Penalty]{
		Record: stored, Labels: penaltyLabels, Fields: penaltyFields,
		Check: func(f *kit.Form, x *registry.Penalty) error { s.askReason(f, file, x); return nil },
		Page:  func(f *kit.Form, x registry.Penalty) error { return s.penaltyForm(r, f, file, x) },
		Add:   s.Service.AddPenalty, Change: s.Service.ChangePenalty,
		Remove:  func(version int64) error { return s.Service.RemovePenalty(r.Ctx(), r.Actor, stored.ID, version) },
		Saved:   func(x registry.Penalty) error { return s.savedOn(r, saved, x.CaseID, "penalties") },
		Title:   func(x registry.Penalty) string { return x.Kind },
		Address: func(x registry.Penalty) string { return fmt.Sprintf("/penalties/%d", x.ID) },
		Home:    func(x registry.Penalty) string { return view.CasePlace(x.CaseID, "penalties") },
		Words:   func(f *kit.Form, _ registry.Penalty) { namePenalty(f, penaltyParties(file), penaltyDecisions(file)) },
	}
}

func (s area) newPenalty(r *kit.Request) (e kit.Editing[registry.Penalty], err error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, id)
	return s.penaltyEditing(r, file, registry.Penalty{CaseID: id}), err
}

func (s area) storedPenalty(r *kit.Request) (e kit.Editing[registry.Penalty], err error) {
	id, err := kit.PathID[registry.PenaltyID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Penalty(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, x.CaseID)
	return s.penaltyEditing(r, file, x), err
}
