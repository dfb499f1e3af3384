package casefile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// The documents of an ordinary case, entered together: each row begins with what the case knows (the next number, today, the organ, the party, the
// articles, the amount of the notice), and only rows that are ticked are registered. What is not usual has its own form.

// ordinary are the kinds offered, in the order of an ordinary case. A re-check is an inspection, and entered as one.
var ordinary = []registry.DocKind{registry.DocFiling, registry.DocOrder, registry.DocMonitoringTold, registry.DocInvestigation, registry.DocLegalReview, registry.DocDiscussion,
	registry.DocNotice, registry.DocStatement, registry.DocDecision, registry.DocPublication, registry.DocCreditReport, registry.DocClosing}

// stepRow is one document of the form.
type stepRow struct {
	Take   bool
	People []string // names of each of its parts, as stepParts has them
	registry.Document
}

// stepContent is what the text of a kind says, in the words of its paper.
var stepContent = map[registry.DocKind]string{
	registry.DocOrder: "改正内容", registry.DocInvestigation: "调查结论", registry.DocLegalReview: "审核意见", registry.DocDiscussion: "讨论结论", registry.DocStatement: "陈述申辩的内容；放弃的也写明",
	registry.DocClosing: "结案理由",
}

// stepParts are the parts whose people a row asks for: those that a file review looks for, and who serves it. Who discusses also votes.
func stepParts(k registry.DocumentKind) registry.Terms {
	switch {
	case k.Name == registry.DocDiscussion:
		return registry.Terms{"主持", "表决", "记录"}
	case len(k.Parts) == 0 && k.ByUs():
		return registry.Terms{casework.Investigator}
	}
	return k.Parts
}

// steps is one request about the form.
type steps struct {
	area
	r       *kit.Request
	file    *registry.CaseFile
	kinds   map[registry.DocKind]registry.DocumentKind
	rows    []stepRow
	fine    string // the kind of penalty that the decision imposes; empty: it is registered apart
	reason  string // why the fine is outside the range
	paid    bool
	payment registry.Payment
}

var stepsLabels = kit.LabelsOf(nil, kit.Labels{
	"steps.*.take": "登记这一份", "steps.*.number": "文号", "steps.*.made_on": "日期", "steps.*.served_on": "送达日期", "steps.*.service_mode": "送达方式", "steps.*.due_on": "期限",
	"steps.*.order_mode": "改正方式", "steps.*.amount_fen": "金额", "steps.*.content": "内容", "steps.*.people": "人员", "steps.*": "文书", "fine": "同时登记处罚", "fine.range_reason": "金额在幅度之外的理由",
	"payment.take": "登记缴款", "payment.penalty_id": "哪一项处罚", "payment.paid_on": "缴款日期", "payment.amount_fen": "金额", "payment.receipt": "票据号", "payment": "缴款",
})

func (s area) openSteps(r *kit.Request) (*steps, error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return nil, err
	}
	x := &steps{area: s, r: r, kinds: map[registry.DocKind]registry.DocumentKind{}}
	x.file, err = s.openFile(r, id)
	for _, name := range ordinary {
		x.kinds[name], _ = s.Service.DocumentKind(name)
	}
	return x, err
}

// begin fills the form with what the case knows.
func (x *steps) begin() error {
	var numbered []registry.DocumentKind
	for _, name := range ordinary {
		if _, have := x.file.Document(name); !have && (name != registry.DocMonitoringTold || x.untold()) {
			x.rows = append(x.rows, stepRow{Document: nextDocument(x.file, x.kinds[name], 0)})
			numbered = append(numbered, x.kinds[name])
		}
	}
	year, _, _ := x.r.Today().YMD()
	known, err := x.Service.StepsKnown(x.r.Ctx(), x.r.Actor, &x.file.Case, year, numbered)
	if err != nil {
		return err
	}
	crew := names(casework.Investigators(x.file.Inspections))
	for i := range x.rows {
		d := &x.rows[i]
		k := x.kinds[d.Kind]
		if d.NumberTyped == "" && k.Numbers {
			d.NumberTyped = known.Numbers[d.Kind]
		}
		if d.MadeOn.IsZero() {
			d.MadeOn = x.r.Today()
		}
		if k.ByUs() {
			d.ServiceMode = "直接送达"
		}
		if k.Orders {
			d.OrderMode = "限期改正"
		}
		if d.Amount == nil && d.Kind == registry.DocNotice {
			d.Amount = x.chosen(known.Discretion)
		}
		for _, part := range stepParts(k) {
			people := ""
			if part == casework.Investigator {
				people = crew
			}
			d.People = append(d.People, people)
		}
	}
	if fines := unassigned(x.file); fines.Known+fines.Unknown == 0 {
		x.fine = "罚款"
	}
	x.payment.PaidOn = x.r.Today()
	for _, c := range x.file.Charges(x.r.Today()) {
		if c.Penalty.Monetary() && c.InForce() && (c.Due == nil || c.Balance() > 0) {
			x.payment.PenaltyID, x.payment.Amount = c.Penalty.ID, c.Balance()
		}
	}
	return nil
}

func (x *steps) untold() bool {
	return slices.ContainsFunc(x.file.Tellings(), func(t registry.Telling) bool { return !t.Told })
}

// chosen is the sum that the 裁量 kept with the case comes to, where each act has one.
func (x *steps) chosen(sheets map[registry.ViolationID]*registry.Money) *registry.Money {
	var sum registry.Money
	for i := range x.file.Violations {
		m := sheets[x.file.Violations[i].ID]
		if m == nil {
			return nil
		}
		sum += *m
	}
	if sum == 0 {
		return nil
	}
	return &sum
}

func names(list []registry.Participant) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Name
	}
	return strings.Join(out, "、")
}

// fields lists the inputs, both ways.
func (x *steps) fields(f *kit.Form) {
	kit.Rows(f, "steps", &x.rows, func(f *kit.Form, d *stepRow) {
		kit.Word(f, "kind", &d.Kind)
		f.Bool("take", &d.Take)
		f.Text("number", &d.NumberTyped)
		f.Date("made_on", &d.MadeOn)
		f.Date("served_on", &d.ServedOn)
		f.Text("service_mode", &d.ServiceMode)
		f.Text("order_mode", &d.OrderMode)
		f.Date("due_on", &d.DueOn)
		f.Money("amount_fen", &d.Amount)
		f.Text("content", &d.Content)
		if !f.Filling {
			d.People = make([]string, len(stepParts(x.kinds[d.Kind])))
		}
		for i := range d.People {
			f.Text(fmt.Sprintf("people.%d", i), &d.People[i])
		}
	})
	f.Text("fine", &x.fine)
	f.Text("fine.range_reason", &x.reason)
	f.Prefix = "payment."
	f.Bool("take", &x.paid)
	kit.Ref(f, "penalty_id", &x.payment.PenaltyID)
	f.Date("paid_on", &x.payment.PaidOn)
	f.MoneyValue("amount_fen", &x.payment.Amount)
	f.Text("receipt", &x.payment.Receipt)
	f.Prefix = ""
}

// document is a row as the document that it becomes.
func (x *steps) document(d *stepRow) registry.Document {
	k, out := x.kinds[d.Kind], d.Document
	known := nextDocument(x.file, k, 0) // what the row does not ask
	out.OrganID, out.OrganName, out.PartyName = known.OrganID, known.OrganName, known.PartyName
	if out.ServedOn.IsZero() || !k.ByUs() {
		out.ServiceMode = ""
	}
	if !k.Orders {
		out.OrderMode = ""
	}
	if k.Cites {
		for _, o := range (&documentEdit{s: x.area, file: x.file}).own() {
			out.Citations = append(out.Citations, o.Citation)
		}
	}
	crew := casework.Investigators(x.file.Inspections)
	for i, part := range stepParts(k) {
		for _, name := range strings.FieldsFunc(d.People[i], func(r rune) bool { return strings.ContainsRune("、，,；; \n", r) }) {
			p := registry.Participant{Name: name, Part: part}
			if at := slices.IndexFunc(crew, func(q registry.Participant) bool { return q.Name == name }); at >= 0 {
				p.OfficerID = crew[at].OfficerID
			}
			out.Participants = append(out.Participants, p)
		}
	}
	return out
}

// gather makes of the ticked rows what is registered; at says in which row each document stands.
func (x *steps) gather(f *kit.Form) (out casework.Steps, at map[string]string) {
	out, at = casework.Steps{CaseID: x.file.Case.ID, UID: f.ClientUID}, map[string]string{}
	for i := range x.rows {
		d := &x.rows[i]
		if !d.Take || !slices.Contains(ordinary, d.Kind) {
			continue
		}
		n := len(out.Documents)
		at[fmt.Sprintf("documents.%d", n)] = fmt.Sprintf("steps.%d", i)
		at[fmt.Sprintf("documents.%d.participants", n)] = fmt.Sprintf("steps.%d.people", i)
		out.Documents = append(out.Documents, x.document(d))
		if d.Kind == registry.DocDecision && x.fine != "" {
			p := penaltyOf(x.file, &out.Documents[n])
			p.DocumentID, p.Kind, p.RangeReason = 0, x.fine, x.reason // the decision has no number of its own yet
			p.Amount = d.Amount
			out.Fine = &p
			at["fine.amount_fen"] = fmt.Sprintf("steps.%d.amount_fen", i)
		}
	}
	if x.paid {
		m := x.payment
		m.Kind = registry.PaidFine
		if i := slices.IndexFunc(x.file.Penalties, func(p registry.Penalty) bool { return p.ID == m.PenaltyID }); i >= 0 && !x.file.Penalties[i].Fine() {
			m.Kind = registry.PaidConfiscation
		}
		out.Payment = &m
	}
	return out, at
}

func (s area) stepsNew(r *kit.Request) error {
	x, err := s.openSteps(r)
	if err != nil {
		return err
	}
	if err := x.begin(); err != nil {
		return err
	}
	f := r.NewForm(stepsLabels)
	x.fields(f)
	return x.page(f)
}

func (s area) stepsAdd(r *kit.Request) error {
	x, err := s.openSteps(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(stepsLabels)
	if err != nil {
		return err
	}
	x.fields(f)
	out, at := x.gather(f)
	f.Errors = slices.DeleteFunc(f.Errors, func(p registry.FieldError) bool { return !x.taken(p.Field) })
	if len(f.Errors) == 0 && len(out.Documents) == 0 && out.Payment == nil {
		f.Add("steps.0.take", "没有要登记的：请勾选")
	}
	x.ask(f, &out)
	if !f.OK() {
		return x.page(f)
	}
	if err := s.Service.AddSteps(r.Ctx(), r.Actor, &out); err != nil {
		if err := f.Refuse(err); err != nil {
			return err
		}
		f.Relocate(at)
		return x.page(f)
	}
	return x.kept(&out)
}

// taken reports whether a problem is about something that is to be registered: what stands in a row that is not ticked is nobody's statement.
func (x *steps) taken(field string) bool {
	var i int
	switch n, _ := fmt.Sscanf(field, "steps.%d.", &i); {
	case n == 1:
		return i < len(x.rows) && x.rows[i].Take
	case strings.HasPrefix(field, "payment."):
		return x.paid
	}
	return true
}

// ask asks once what the forms of a penalty and of a payment ask once.
func (x *steps) ask(f *kit.Form, out *casework.Steps) {
	if out.Fine != nil {
		own := kit.FormOf(nil, nil)
		own.Values.Set("range_asked", f.Value("range_asked"))
		x.askReason(own, x.file, out.Fine)
		for _, p := range own.Errors {
			f.Add("fine."+p.Field, "%s", p.Message)
		}
	}
	if out.Payment != nil && out.Payment.PenaltyID == 0 && out.Fine == nil {
		f.Add("payment.take", "还没有处罚可以缴款：先登记处罚决定")
	}
	if out.Payment != nil && f.OK() {
		own := kit.FormOf(nil, nil)
		own.Values.Set("excess_asked", f.Value("excess_asked"))
		for from, to := range map[string]string{"payment.penalty_id": "penalty_id", "payment.amount_fen": "amount_fen"} {
			own.Values.Set(to, f.Value(from))
		}
		x.askExcess(own, x.file, out.Payment)
		for _, p := range own.Errors {
			f.Add("payment."+p.Field, "%s", p.Message)
		}
	}
}

// kept says what was registered and what is odd about it, and goes on where more may come.
func (x *steps) kept(out *casework.Steps) error {
	var done, odd []string
	for i := range out.Documents {
		d := &out.Documents[i]
		d.Clean() // as it was stored
		done = append(done, string(d.Kind))
		odd = append(odd, x.oddities(x.file, d)...)
	}
	if out.Fine != nil {
		done = append(done, out.Fine.Kind)
	}
	if out.Payment != nil {
		done = append(done, "缴款")
	}
	message, tone := "已登记："+strings.Join(done, "、")+"。", "ok"
	if len(odd) > 0 {
		message, tone = message+"请核对："+strings.Join(odd, "；")+"。", "warn"
	}
	x.r.Flash(tone, message)
	if slices.ContainsFunc(out.Documents, func(d registry.Document) bool { return d.Kind == registry.DocClosing }) {
		return x.r.Go("/cases/%d", x.file.Case.ID)
	}
	return x.r.Go("/cases/%d/steps", x.file.Case.ID)
}

type stepsPage struct {
	kit.Layout
	Form     *kit.Form
	Case     registry.Case
	Rows     []stepInput
	Why      map[registry.DocKind]stepView
	Recheck  string // where a re-check is entered
	Payable  []kit.Option
	NewFine  bool // a payment may be for the fine of the decision on the same page
	Party    string
	Asked    string // the amount that a reason was asked for
	Excess   string // the payment that was asked about
	Today    registry.Date
	Finished bool // nothing usual is left
}

// stepInput is a row as the page shows it.
type stepInput struct {
	Name, ID   string // steps.0, f-steps-0
	Kind       registry.DocumentKind
	Words      map[string]string // what its inputs are called
	Parts      []partInput
	NumberHint string
	Content    string // what its text says; empty: its paper has none of its own
	Take       bool
	Served     bool // handed on to somebody
	ByUs       bool // by us
	Cites      int  // articles of the case that it rests on
}

// usual is 1 for a document that usually comes now.
func (x *stepInput) usual(why map[registry.DocKind]stepView) int {
	if _, ok := why[x.Kind.Name]; ok {
		return 1
	}
	return 0
}

type partInput struct{ Name, Label string }

func (stepsPage) Template() string { return "casefile/steps" }

func (x *steps) page(f *kit.Form) error {
	r, c := x.r, x.file.Case
	p := stepsPage{Layout: r.Layout("一次登记几份文书"), Form: f, Case: c, Why: map[registry.DocKind]stepView{}, Today: r.Today()}
	_, p.Party, _ = x.file.MainParty()
	for _, v := range x.stepViews(x.file) {
		if v.Why == v.Kind {
			v.Why = ""
		}
		p.Why[registry.DocKind(v.Kind)] = v
	}
	p.Recheck = p.Why[registry.DocRecheck].Href
	year, _, _ := r.Today().YMD()
	cited := len((&documentEdit{s: x.area, file: x.file}).own())
	for i := range x.rows {
		d := &x.rows[i]
		k := x.kinds[d.Kind]
		v := stepInput{Name: fmt.Sprintf("steps.%d", i), ID: fmt.Sprintf("f-steps-%d", i), Kind: k, Words: k.Labels(), Take: d.Take, Served: k.HasService(), ByUs: k.ByUs(), NumberHint: "照平台给的填", Content: stepContent[d.Kind]}
		if example := x.Service.Bureau().NumberExample(c.DistrictCode, k, year); example != "" {
			v.NumberHint = "填好的是本册的下一号，以平台给的为准"
		}
		if k.Cites {
			v.Cites = cited
		}
		for j, part := range stepParts(k) {
			v.Parts = append(v.Parts, partInput{fmt.Sprintf("%s.people.%d", v.Name, j), partWords(k, part)})
		}
		p.Rows = append(p.Rows, v)
		p.NewFine = p.NewFine || d.Kind == registry.DocDecision
	}
	for _, o := range x.file.Charges(r.Today()) {
		if o.Penalty.Monetary() && o.InForce() {
			p.Payable = append(p.Payable, kit.Option{Value: kit.Itoa(int64(o.Penalty.ID)), Label: strings.TrimSpace(o.Penalty.Kind + " " + owedWords(&o))})
		}
	}
	p.Finished = len(p.Rows) == 0
	slices.SortStableFunc(p.Rows, func(a, b stepInput) int { // what usually comes now stands first; what is stored keeps the order of a case
		return cmp.Compare(b.usual(p.Why), a.usual(p.Why))
	})
	if f.Problem("fine.range_reason") != "" {
		for i := range x.rows {
			if x.rows[i].Kind == registry.DocDecision && x.rows[i].Amount != nil {
				p.Asked = x.rows[i].Amount.String()
			}
		}
	}
	if f.Problem("payment.amount_fen") != "" {
		p.Excess = f.Value("payment.penalty_id") + "||" + f.Value("payment.amount_fen")
	}
	return r.Form(f, p)
}

// partWords names a part of a document for its input.
func partWords(k registry.DocumentKind, part string) string {
	switch {
	case part == casework.Investigator && k.ByUs():
		return "承办、送达人"
	case part == casework.Investigator:
		return "承办人"
	case part == "表决":
		return "参加讨论、表决的人"
	}
	return part + "人"
}
