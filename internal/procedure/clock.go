package procedure

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// State says where a clock stands.
type State string

// The states of a clock.
const (
	Running State = "进行中"
	Overdue State = "已逾期"
	InTime  State = "按期完成"
	Late    State = "逾期完成"
	Lapsed  State = "已届满" // somebody's right, or a waiting time: over, without anybody being late
	Unknown State = "无法判断"
)

// Point is a dated fact of the case.
type Point struct {
	What     string // in Chinese: 行政处罚决定送达
	On       registry.Date
	Document registry.DocumentID // zero: a fact of the case itself
}

// Clock is one deadline of a case.
type Clock struct {
	Rule     *statute.Deadline
	Start    Point
	Extended int // days or other units granted beyond the rule's length
	Stopped  []statute.Span
	Term     statute.Term
	Done     *Point // what ended it; nil while nothing did
	State    State
	Duty     bool // somebody must act before it ends; otherwise a right, or a time to wait
	// Days: how many are left (Running), how many it is or was late (Overdue, Late).
	Days int
	Note string // in Chinese: why it cannot be told, what to look at
	// Source is where the deadline is written, of one that an administrator typed; Unchecked: in no text that the catalogue holds.
	Source    string
	Unchecked bool
}

// Live reports whether somebody still has to act.
func (c *Clock) Live() bool { return c.State == Running || c.State == Overdue }

// Facts are what clocks and checks are read from.
type Facts struct {
	File     *registry.CaseFile
	Law      *statute.Catalogue
	Calendar statute.Calendar
	Today    registry.Date
	Officers map[registry.OfficerID]registry.Officer // certificates of the officers that the case names
	// ActEnds are the days that choose the law's version, one for each violation of the file; zero where unknown.
	ActEnds []registry.Date
	// Ranges are the fines that the law offers for the violations.
	Ranges []statute.PenaltyRange
	clocks []Clock // of the case, while checks are asked
}

// kind tells what the end of a clock means.
type kind int

const (
	duty  kind = iota // somebody must act before it ends
	right             // somebody may act until it ends
	wait              // nothing may be done before it ends
)

// rule says what starts and ends a deadline in a case.
type rule struct {
	code string
	kind kind
	// starts lists the facts that start it; a case may have several (two orders, two seizures).
	starts func(f *registry.CaseFile) []Point
	// done is what ended the one that start began; ok is false where nothing has.
	done func(f *registry.CaseFile, start Point) (p Point, ok bool)
	// extra is granted beyond the rule's length.
	extra func(f *registry.CaseFile, start Point) int
	stops func(f *registry.CaseFile) []statute.Span
	// applies leaves a rule out where the case is not of its sort; nil: always.
	applies func(x *Facts) bool
	// until is the end that a document of the case set instead; ok is false where none did.
	until func(x *Facts, start Point) (t statute.Term, ok bool)
	note  string
}

// rules in the order of an ordinary case.
var rules = []rule{
	{code: "LIMITATION", kind: duty, starts: actEnds, done: by(registry.DocFiling, registry.DocNotFiled), applies: noCode},
	{code: "FILING_REVIEW", kind: duty, starts: found, done: by(registry.DocFiling, registry.DocNotFiled), extra: granted(registry.DocReviewExtended, 15, 15)},
	{code: "EVIDENCE_REGISTRATION", kind: duty, starts: made(registry.DocRegistration), done: next(registry.DocRegistrationEnd, registry.DocSeizure)},
	{code: "SEALING", kind: duty, starts: made(registry.DocSeizure), done: next(registry.DocSeizureEnd), extra: granted(registry.DocSeizureExtended, 30, 30)},
	{code: "CORRECTION_ORDER_SERVICE", kind: duty, starts: reportReceived, done: servedAfter(registry.DocOrder), applies: hasAny(registry.DocDailyPenalty),
		note: "按日连续处罚的程序要求"},
	{code: "CORRECTION_RECHECK", kind: duty, starts: served(registry.DocOrder), done: next(registry.DocRecheck), applies: dailyPossible,
		note: "可以按日连续处罚的违法行为，应在期限内暗查复查"},
	{code: "CORRECTION_RECHECK_GD", kind: duty, starts: dueDays(registry.DocOrder), done: next(registry.DocRecheck), applies: hasAny(registry.DocDailyPenalty)},
	{code: "CASE_DECISION", kind: duty, starts: made(registry.DocFiling), done: next(registry.DocDecision, registry.DocNoPenalty, registry.DocCrime, registry.DocClosing),
		extra: granted(registry.DocDecisionExtended, 30, 60), stops: excluded},
	{code: "STATEMENT_DEFENCE", kind: wait, starts: served(registry.DocNotice), done: next(registry.DocStatement)},
	{code: "HEARING_REQUEST", kind: right, starts: served(registry.DocNotice), done: next(registry.DocHearingRequest, registry.DocHearing)},
	{code: "SERVICE", kind: duty, starts: made(registry.DocDecision, registry.DocNoPenalty), done: ownService},
	{code: "PUBLISH", kind: duty, starts: made(registry.DocDecision), done: next(registry.DocPublication)},
	{code: "FINE_PAY", kind: duty, starts: fined, done: paid, until: payDay, applies: hasFine},
	{code: "RECON_APPLY", kind: right, starts: served(registry.DocDecision, registry.DocNoPenalty), done: next(registry.DocReconsideration)},
	{code: "SUIT_DIRECT", kind: right, starts: served(registry.DocDecision, registry.DocNoPenalty), done: next(registry.DocSuit)},
	{code: "RECON_DECIDE", kind: duty, starts: made(registry.DocReconsideration), done: ownResult},
	{code: "SUIT_AFTER_RECON", kind: right, starts: results(registry.DocReconsideration), done: next(registry.DocSuit)},
	{code: "ENFORCE_URGE", kind: wait, starts: served(registry.DocUrge), done: next(registry.DocEnforcement)},
	{code: "DETAIN_TRANSFER", kind: duty, starts: made(registry.DocDetention), done: ownService},
	{code: "DETAIN_RETURN", kind: duty, starts: served(registry.DocDetention), done: ownResult, note: "公安机关认为不符合拘留条件的，应在期限内书面告知并退卷"},
	{code: "CRIME_TRANSFER", kind: duty, starts: made(registry.DocCrime), done: ownService},
	{code: "CRIME_POLICE_DECIDE", kind: duty, starts: served(registry.DocCrime), done: ownResult},
	{code: "EDA_CONSULT", kind: duty, starts: served(registry.DocDamageTalks), done: next(registry.DocDamageAgreement)},
	{code: "PUBLISH_WITHDRAW", kind: duty, starts: made(registry.DocAnnulled, registry.DocChanged), done: next(registry.DocPublication), applies: published,
		note: "撤回已公开的处罚决定，并公开说明理由"},
}

// Clocks are the deadlines of a case that its documents have started, in the order of an ordinary case.
func Clocks(x *Facts) []Clock {
	var list []Clock
	for i := range rules {
		r := &rules[i]
		d, ok := x.Law.Deadline(r.code)
		if !ok || r.applies != nil && !r.applies(x) {
			continue
		}
		starts := r.starts(x.File)
		if r.code == "LIMITATION" {
			starts = x.actEnds()
		}
		for _, start := range starts {
			list = append(list, x.clock(r, d, start))
		}
	}
	return slices.Concat(list, x.orderedDays(), x.kindDeadlines())
}

func (x *Facts) clock(r *rule, d statute.Deadline, start Point) Clock {
	c := Clock{Rule: &d, Start: start, Note: r.note, Duty: r.kind == duty}
	if r.extra != nil {
		c.Extended = r.extra(x.File, start)
	}
	if r.stops != nil {
		c.Stopped = r.stops(x.File)
	}
	if done, ok := r.done(x.File, start); ok {
		c.Done = &done
	}
	if !d.From.IsZero() && !start.On.IsZero() && start.On.Before(d.From) {
		c.Term = statute.Term{Why: fmt.Sprintf("这项期限自 %s 起施行，此前的期限未核到", d.From)}
	} else {
		c.Term = d.Run(x.Calendar, start.On, c.Extended, c.Stopped)
	}
	if r.until != nil {
		if t, ok := r.until(x, start); ok {
			c.Term = t
		}
	}
	x.settle(&c, r.kind)
	return c
}

// settle compares the end with what was done, or with today. Partial dates decide only where they can.
func (x *Facts) settle(c *Clock, k kind) {
	switch {
	case c.Done != nil && (c.Done.On.IsZero() || !c.Term.Known()):
		c.State = Unknown
		if c.Note = c.Term.Why; c.Done.On.IsZero() {
			c.Note = c.Done.What + "的日期未记录"
		}
	case c.Done != nil:
		x.settleDone(c, k)
	case !c.Term.Known():
		c.State, c.Note = Unknown, c.Term.Why
	case x.File.Case.Stage.Closed() && k == duty:
		c.State, c.Note = Unknown, "案件已结案，没有记录这一步"
	case x.File.Case.Origin == registry.OriginPublished && k == duty: // nobody is late because a newspaper did not print it
		c.State, c.Note = Unknown, "公开资料没有写这一步"
	default:
		x.settleOpen(c, k)
	}
}

func (x *Facts) settleDone(c *Clock, k kind) {
	days := daysBetween(c.Term.Latest, c.Done.On)
	switch {
	case k == wait && c.Done.On.Latest() <= c.Term.Latest.Latest():
		c.State = Lapsed // done within the waiting time by the party itself: a statement of defence
	case k == right && days <= 0, c.Done.On.Latest() <= c.Term.On.Latest():
		c.State = InTime
	case c.Done.On.Earliest() > c.Term.Latest.Latest():
		c.State, c.Days = Late, days
		if k != duty {
			c.State, c.Days = Lapsed, 0
		}
	default:
		c.State, c.Note = Unknown, "日期只知道到月或年，是否按期无法判断"
	}
}

func (x *Facts) settleOpen(c *Clock, k kind) {
	left, _ := c.Term.DaysLeft(x.Today)
	switch {
	case left >= 0:
		c.State, c.Days = Running, left
	case k != duty:
		c.State = Lapsed
	default:
		c.State, c.Days = Overdue, -left
	}
	if c.State == Overdue && c.Term.On != c.Term.Latest {
		c.Note = c.Term.Why
	}
}

// orderedDays are the days that an order itself sets: 限期改正.
func (x *Facts) orderedDays() []Clock {
	var list []Clock
	for _, d := range x.File.Documents {
		if d.Kind != registry.DocOrder || d.DueOn.IsZero() {
			continue
		}
		c := Clock{Rule: &statute.Deadline{Code: "ORDER_DUE", Name: "责令改正的期限", Actor: "当事人", StartsAt: "责令改正决定书载明", Unit: statute.UnitCalendarDay},
			Start: Point{string(d.Kind), d.MadeOn, d.ID}, Term: statute.Term{On: d.DueOn, Latest: d.DueOn}}
		if done, ok := next(registry.DocRecheck)(x.File, Point{On: d.MadeOn, Document: d.ID}); ok {
			c.Done, c.State = &done, Lapsed
		} else if x.File.Case.Stage.Closed() {
			c.State, c.Note = Unknown, "案件已结案，没有复查记录"
		} else {
			x.settleOpen(&c, right)
			if c.State == Lapsed {
				c.Note = "期限已满，应安排复查"
			}
		}
		list = append(list, c)
	}
	return list
}

// Due is the live duty that ends first: what a list of cases shows. ok is false where none is live. It does not depend on the day
// on which it is asked: rights and waiting times, which lapse by themselves, are not in it, and a duty stays due until it is done.
func Due(clocks []Clock) (c Clock, ok bool) {
	for _, k := range clocks {
		if k.Duty && k.Live() && (!ok || k.Term.Latest.Before(c.Term.Latest)) {
			c, ok = k, true
		}
	}
	return c, ok
}

func daysBetween(from, to registry.Date) int {
	a, ok := from.Time()
	b, known := to.Time()
	if !ok || !known {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// What starts a clock.

func documents(f *registry.CaseFile, kinds []registry.DocKind, point func(d *registry.Document) Point) []Point {
	var list []Point
	for i := range f.Documents {
		if d := &f.Documents[i]; slices.Contains(kinds, d.Kind) {
			p := point(d)
			p.Document = d.ID
			list = append(list, p)
		}
	}
	return list
}

func made(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		return documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind), On: d.MadeOn} })
	}
}

func served(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		return documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "送达", On: d.ServedOn} })
	}
}

func results(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		list := documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "结果", On: d.ResultOn} })
		return slices.DeleteFunc(list, func(p Point) bool { return p.On.IsZero() })
	}
}

func dueDays(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		list := documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "期限届满", On: d.DueOn} })
		return slices.DeleteFunc(list, func(p Point) bool { return p.On.IsZero() })
	}
}

func found(f *registry.CaseFile) []Point {
	if p := (Point{What: "发现违法线索", On: f.Case.FoundOn}); !p.On.IsZero() {
		return []Point{p}
	}
	for _, i := range f.Inspections {
		if !i.StartedOn.IsZero() {
			return []Point{{What: "现场检查", On: i.StartedOn}}
		}
	}
	return nil
}

// actEnds stands in the table for what only Facts know: see Facts.actEnds.
func actEnds(*registry.CaseFile) []Point { return nil }

func (x *Facts) actEnds() []Point {
	var last registry.Date
	for _, d := range x.ActEnds {
		if last.IsZero() || last.Before(d) {
			last = d
		}
	}
	if last.IsZero() {
		return nil
	}
	return []Point{{What: "违法行为终了", On: last}}
}

func reportReceived(f *registry.CaseFile) []Point {
	return documents(f, []registry.DocKind{registry.DocMonitoring}, func(d *registry.Document) Point {
		if !d.ServedOn.IsZero() {
			return Point{What: "收到监测报告", On: d.ServedOn}
		}
		return Point{What: string(d.Kind), On: d.MadeOn}
	})
}

// fined are the decisions with money to be paid, from the day they were served.
func fined(f *registry.CaseFile) []Point {
	charges := f.Charges(registry.Date{})
	list := served(registry.DocDecision, registry.DocDailyPenalty)(f)
	return slices.DeleteFunc(list, func(p Point) bool { return len(chargesOf(f, charges, p.Document)) == 0 })
}

// chargesOf are the penalties of a decision that are to be paid. One that names no decision goes with each 行政处罚决定.
func chargesOf(f *registry.CaseFile, charges []registry.Charge, id registry.DocumentID) []registry.Charge {
	unnamed := document(f, id).Kind == registry.DocDecision
	return slices.DeleteFunc(slices.Clone(charges), func(c registry.Charge) bool {
		own := c.Decision != nil && c.Decision.ID == id || c.Decision == nil && unnamed
		return !own || c.Due == nil || *c.Due == 0
	})
}

// What ends a clock.

// by is the first document of these kinds, whenever it was made.
func by(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, _ Point) (Point, bool) {
		list := made(kinds...)(f)
		if len(list) == 0 {
			return Point{}, false
		}
		return list[0], true
	}
}

// next is the first document of these kinds behind the one that started the clock, in the order of the file.
func next(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, start Point) (Point, bool) {
		behind := start.Document == 0
		for i := range f.Documents {
			d := &f.Documents[i]
			if behind && slices.Contains(kinds, d.Kind) {
				return Point{What: string(d.Kind), On: d.MadeOn, Document: d.ID}, true
			}
			behind = behind || d.ID == start.Document
		}
		return Point{}, false
	}
}

func servedAfter(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, start Point) (Point, bool) {
		p, ok := next(kinds...)(f, start)
		if !ok {
			return p, false
		}
		d := document(f, p.Document)
		return Point{What: string(d.Kind) + "送达", On: d.ServedOn, Document: d.ID}, !d.ServedOn.IsZero()
	}
}

func document(f *registry.CaseFile, id registry.DocumentID) *registry.Document {
	for i := range f.Documents {
		if f.Documents[i].ID == id {
			return &f.Documents[i]
		}
	}
	return &registry.Document{}
}

// ownService is the service of the document itself.
func ownService(f *registry.CaseFile, start Point) (Point, bool) {
	d := document(f, start.Document)
	return Point{What: string(d.Kind) + "送达", On: d.ServedOn, Document: d.ID}, !d.ServedOn.IsZero()
}

// ownResult is what came of the document itself.
func ownResult(f *registry.CaseFile, start Point) (Point, bool) {
	d := document(f, start.Document)
	return Point{What: d.Result, On: d.ResultOn, Document: d.ID}, d.Result != ""
}

// paid is the payment that completed what the decision imposed: surcharges do not count, and what was given back is owed again.
func paid(f *registry.CaseFile, start Point) (Point, bool) {
	p := Point{What: "缴清"}
	for i, c := range chargesOf(f, f.Charges(registry.Date{}), start.Document) {
		on, dated := paidUp(&c)
		switch {
		case c.Balance() > 0:
			return Point{}, false
		case !dated:
			return Point{What: p.What}, true
		case i == 0 || p.On.Before(on):
			p.On = on
		}
	}
	return p, true
}

// payDay is the earliest day for paying that a deferral or the decision set for what is to be paid.
func payDay(x *Facts, start Point) (t statute.Term, ok bool) {
	var on registry.Date
	for _, c := range chargesOf(x.File, x.File.Charges(registry.Date{}), start.Document) {
		p, set := x.setDay(&c)
		switch {
		case set && p.Why != "":
			return statute.Term{Why: p.Why}, true
		case set && (on.IsZero() || p.On.Before(on)):
			on = p.On
		}
	}
	if on.IsZero() {
		return statute.Term{}, false
	}
	t.On, _ = registry.ParseDate(on.Earliest())
	t.Latest, _ = registry.ParseDate(on.Latest())
	if t.On != t.Latest {
		t.Why = "缴款期限不够精确"
	}
	return t, true
}

// granted counts extensions on record: each so many days, at most so many in all.
func granted(kind registry.DocKind, each, most int) func(*registry.CaseFile, Point) int {
	return func(f *registry.CaseFile, _ Point) int {
		n := 0
		for i := range f.Documents {
			if f.Documents[i].Kind == kind {
				n += each
			}
		}
		return min(n, most)
	}
}

// excluded is the time that documents keep out of the time for deciding.
func excluded(f *registry.CaseFile) []statute.Span {
	var list []statute.Span
	for i := range f.Documents {
		if d := &f.Documents[i]; !d.ExcludedFrom.IsZero() {
			list = append(list, statute.Span{From: d.ExcludedFrom, To: d.ExcludedTo})
		}
	}
	return list
}

// Which cases a rule is for.

func hasAny(kinds ...registry.DocKind) func(*Facts) bool {
	return func(x *Facts) bool { return len(made(kinds...)(x.File)) > 0 }
}

// dailyPossible leaves the 暗查 out where nothing on record may be punished by the day: other orders have their own day (ORDER_DUE).
func dailyPossible(x *Facts) bool {
	return hasAny(registry.DocDailyPenalty)(x) || slices.ContainsFunc(x.File.Violations, func(v registry.Violation) bool {
		t, ok := x.Law.ViolationType(v.TypeCode)
		return ok && slices.ContainsFunc(t.Regimes, func(r statute.Regime) bool {
			return slices.ContainsFunc(r.Measures, func(m statute.Measure) bool { return strings.HasPrefix(m.Kind, string(registry.DocDailyPenalty)) })
		})
	})
}

func published(x *Facts) bool { return len(made(registry.DocPublication)(x.File)) > 0 }

func hasFine(x *Facts) bool {
	return slices.ContainsFunc(x.File.Penalties, func(q registry.Penalty) bool { return q.Amount != nil })
}

// noCode leaves the two years out for acts under the Code, whose five years stand where harm was done (法典第一千零五十四条): which of
// the two applies is a judgement.
func noCode(x *Facts) bool {
	return !slices.ContainsFunc(x.ActEnds, func(d registry.Date) bool { return !d.IsZero() && !d.Before(statute.CodeDay) })
}
