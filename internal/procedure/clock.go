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
	Ranges []Range
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
	// starts lists the facts that start it; a case may have several (two orders, two seizures). from stands for it where the start is itself
	// counted, or does not stand in the file.
	starts func(f *registry.CaseFile) []Point
	from   func(x *Facts) []Point
	// done is what ended the one that start began; ok is false where nothing has.
	done  func(f *registry.CaseFile, start Point) (p Point, ok bool)
	extra *grant // nil: cannot be extended
	stops func(f *registry.CaseFile) []statute.Span
	// applies leaves a rule out where the case is not of its sort; nil: always.
	applies func(x *Facts) bool
	// until is the end that a document of the case set instead; ok is false where none did.
	until func(x *Facts, start Point) (t statute.Term, ok bool)
	note  string
	// judged says what a person has to judge, once the clock is settled.
	judged func(x *Facts, c *Clock)
}

// rules in the order of an ordinary case.
var rules = []rule{
	{code: "LIMITATION", kind: duty, from: (*Facts).actEnds, done: by(registry.DocFiling, registry.DocNotFiled), judged: (*Facts).twoOrFive},
	{code: "LIMITATION_LONG", kind: duty, from: (*Facts).longBeforeCode, done: by(registry.DocFiling, registry.DocNotFiled),
		note: "仅限涉及公民生命健康安全且有危害后果的；其他的为二年，属于哪一种由人判断"},
	{code: "LIMITATION_CODE", kind: duty, from: (*Facts).longUnderCode, done: by(registry.DocFiling, registry.DocNotFiled),
		note: "仅限造成环境污染、生态破坏等危害后果的；其他的为二年，是否造成由人判断"},
	{code: "FILING_REVIEW", kind: duty, starts: found, done: by(registry.DocFiling, registry.DocNotFiled), extra: granted(registry.DocReviewExtended, 15, 15)},
	{code: "EVIDENCE_REGISTRATION", kind: duty, starts: made(registry.DocRegistration), done: next(registry.DocRegistrationEnd, registry.DocSeizure)},
	{code: "SEALING", kind: duty, starts: made(registry.DocSeizure), done: next(registry.DocSeizureEnd), extra: granted(registry.DocSeizureExtended, 30, 30)},
	{code: "SEALING_RELEASE_SERVICE", kind: duty, starts: made(registry.DocSeizureEnd), done: ownService},
	{code: "RESTRICT_SERVICE", kind: duty, starts: made(registry.DocRestrict, registry.DocSuspend), done: ownService},
	{code: "RESTRICT_PRODUCTION", kind: duty, starts: made(registry.DocRestrict), done: next(registry.DocRestrictEnd), extra: granted(registry.DocRestrictExtended, 3, 3)},
	{code: "RECTIFY_FOLLOWUP", kind: duty, starts: made(registry.DocRestrictEnd), done: next(registry.DocRecheck)},
	{code: "CORRECTION_ORDER_SERVICE", kind: duty, starts: reportReceived, done: servedAfter(registry.DocOrder), applies: hasAny(registry.DocDailyPenalty),
		note: "按日连续处罚的程序要求"},
	{code: "CORRECTION_RECHECK", kind: duty, starts: served(registry.DocOrder), done: next(registry.DocRecheck), applies: dailyPossible,
		note: "可以按日连续处罚的违法行为，应在期限内暗查复查"},
	{code: "CORRECTION_RECHECK_GD", kind: duty, starts: dueDays(registry.DocOrder), done: next(registry.DocRecheck), applies: hasAny(registry.DocDailyPenalty)},
	{code: "CASE_DECISION", kind: duty, starts: made(registry.DocFiling), done: next(registry.DocDecision, registry.DocNoPenalty, registry.DocCrime, registry.DocClosing),
		extra: granted(registry.DocDecisionExtended, 30, 60), stops: excluded},
	{code: "STATEMENT_DEFENCE", kind: wait, starts: served(registry.DocNotice), done: next(registry.DocStatement)},
	{code: "HEARING_REQUEST", kind: right, starts: served(registry.DocNotice), done: next(registry.DocHearingRequest, registry.DocHearing)},
	{code: "HEARING_NOTICE", kind: duty, starts: hearings, done: ownService, note: "自听证举行日倒数，举行日不计"},
	{code: "SERVICE", kind: duty, starts: made(registry.DocDecision, registry.DocNoPenalty), done: ownService},
	{code: "PUBLISH", kind: duty, starts: made(registry.DocDecision), done: next(registry.DocPublication)},
	{code: "FINE_PAY", kind: duty, starts: fined, done: paid, until: payDay, applies: hasFine},
	{code: "RECON_APPLY", kind: right, starts: served(registry.DocDecision, registry.DocNoPenalty), done: next(registry.DocReconsideration)},
	{code: "SUIT_DIRECT", kind: right, starts: served(registry.DocDecision, registry.DocNoPenalty), done: next(registry.DocSuit)},
	{code: "RECON_DECIDE", kind: duty, starts: made(registry.DocReconsideration), done: ownResult},
	{code: "SUIT_AFTER_RECON", kind: right, starts: results(registry.DocReconsideration), done: next(registry.DocSuit)},
	{code: "ENFORCE_URGE", kind: wait, starts: served(registry.DocUrge), done: next(registry.DocEnforcement)},
	{code: "ENFORCE_APPLY", kind: duty, from: (*Facts).enforceable, done: next(registry.DocEnforcement), until: enforceDoubt,
		note: "批准分期、延期缴纳的，自最后一期的期限结束之日起重新计算（行政处罚法第七十二条第二款）"},
	{code: "DETAIN_TRANSFER", kind: duty, starts: made(registry.DocDetention), done: ownService},
	{code: "DETAIN_RETURN", kind: duty, starts: served(registry.DocDetention), done: ownResult, note: "公安机关认为不符合拘留条件的，应在期限内书面告知并退卷"},
	{code: "CRIME_TRANSFER", kind: duty, starts: made(registry.DocCrime), done: ownService},
	{code: "CRIME_POLICE_DECIDE", kind: duty, starts: served(registry.DocCrime), done: ownResult},
	{code: "EDA_CONSULT", kind: duty, starts: served(registry.DocDamageTalks), done: next(registry.DocDamageAgreement)},
	{code: withdrawRule, kind: duty, from: (*Facts).turnedInPublic, done: saidAfter, note: withdrawNote},
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
		var starts []Point
		if r.from != nil {
			starts = r.from(x)
		} else {
			starts = r.starts(x.File)
		}
		for _, start := range starts {
			list = append(list, x.clock(r, d, start))
		}
	}
	return slices.Concat(list, x.withdrawals(), x.orderedDays(), x.kindDeadlines())
}

func (x *Facts) clock(r *rule, d statute.Deadline, start Point) Clock {
	c := Clock{Rule: &d, Start: start, Note: r.note, Duty: r.kind == duty}
	if r.stops != nil {
		c.Stopped = r.stops(x.File)
	}
	late := ""
	if r.extra != nil {
		late = x.extend(&c, r.extra)
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
	c.Note = joinWords("；", c.Note, late)
	if r.judged != nil {
		r.judged(x, &c)
	}
	return c
}

// settle compares the end with what was done, or with today. Partial dates decide only where they can.
func (x *Facts) settle(c *Clock, k kind) {
	switch {
	case c.Done != nil && k != wait && !c.Term.Known() && c.doneWithin():
		c.State = InTime
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
		if x.settleOpen(c, k); x.File.Case.Stage.Closed() && c.Live() {
			c.State, c.Days, c.Note = Unknown, 0, "案件已结案，不再计时"
		}
	}
}

// doneWithin reports whether something was done within as many days as the term has working days: in time, whatever days of rest are still to be
// announced for the year in which the term ends.
func (c *Clock) doneWithin() bool {
	d := c.Rule
	if d.Unit != statute.UnitWorkingDay || d.Back || d.Length == nil || c.Start.On.Precision() != registry.PrecisionDay || c.Done.On.Precision() != registry.PrecisionDay {
		return false
	}
	n := daysBetween(c.Start.On, c.Done.On)
	return n >= 0 && n <= *d.Length
}

func (x *Facts) settleDone(c *Clock, k kind) {
	days := daysBetween(c.Term.Latest, c.Done.On)
	switch {
	case k == wait && c.Done.On.Latest() <= c.Term.Latest.Latest():
		c.State = Lapsed // done within the waiting time by the party itself: a statement of defence
	case k == right && days <= 0, c.Done.On.Latest() <= c.Term.On.Latest():
		c.State = InTime
	case !c.Term.Next.IsZero() && c.Done.On.Latest() <= c.Term.Next.Latest():
		c.State, c.Note = Unknown, "届满日是休息日，在其后第一个工作日完成；"+c.Term.Rests
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
	case !c.Term.Next.IsZero() && !c.Term.Next.Before(x.Today):
		c.State, c.Note = Running, "届满日是休息日，"+c.Term.Rests
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

func hasFine(x *Facts) bool {
	return slices.ContainsFunc(x.File.Penalties, func(q registry.Penalty) bool { return q.Amount != nil })
}
