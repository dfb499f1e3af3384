package procedure

import (
	"cmp"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Other is another case that shares a party, the farm or an inspection with the case that is looked at.
type Other struct {
	File      *registry.CaseFile
	ActEnds   []registry.Date // as Facts.ActEnds
	SameParty bool            // by identity, also of parties that were merged; otherwise only the farm or an inspection is shared
}

// Match is an act of another case that matters to an act of this one.
type Match struct {
	File      *registry.CaseFile // the other case
	Violation int                // of this case, from 0
	Sure      bool               // it is so by what is recorded; otherwise perhaps
	What      string             // in Chinese: what agrees, and what cannot be told
	Clause    string             // 条款项 that both were penalised under
	Acted     registry.Date      // when the other act was done
	Decision  *registry.Document // of the other case; nil where none is recorded
	Fines     registry.Sum       // of the other case, in force
}

// Repeats is what other cases of the party and the farm have to do with this one.
type Repeats struct {
	Compared int
	Double   []Match // 一事不再罚: perhaps one act, fined in both cases
	Earlier  []Match // 近二年同类违法行为: those that count, and those of which it cannot be told
	Why      string  // in Chinese: why nothing could be compared
}

// DoubleFineSource forbids a second fine for one act of one party.
const DoubleFineSource = "行政处罚法第二十九条"

// SameSort and LookBack say what 同类违法行为 and 近二年 are: the province's rules on discretion.
var (
	SameSort = registry.Provision{Article: 21}
	LookBack = registry.Provision{Article: 22}
)

// DiscretionLaw is the catalogue's key of those rules.
const DiscretionLaw = "guangdong-discretion-provisions"

// lookBackYears: 近二年以当次行为发生之日为起算点往前追溯二年.
const lookBackYears = 2

// RepeatsOf compares a case with others of its parties and its farm, newest first.
func RepeatsOf(x *Facts, others []Other) Repeats {
	r := Repeats{Compared: len(others)}
	if len(x.File.Case.Parties) == 0 && x.File.Case.FarmID == 0 {
		r.Why = "本案没有登记当事人和养殖场，无法与其他案件比对"
		return r
	}
	for i := range others {
		o := &others[i]
		if m, ok := x.double(o); ok {
			r.Double = append(r.Double, m)
		}
		if o.SameParty {
			r.Earlier = append(r.Earlier, x.earlierActs(o)...)
		}
	}
	return r
}

// act is when an act was done: from and to are equal where only one of them is known.
type act struct{ from, to registry.Date }

func (x *Facts) act(i int) act { return actOf(&x.File.Violations[i], dateAt(x.ActEnds, i)) }

func (o *Other) act(i int) act { return actOf(&o.File.Violations[i], dateAt(o.ActEnds, i)) }

func dateAt(list []registry.Date, i int) registry.Date {
	if i < len(list) {
		return list[i]
	}
	return registry.Date{}
}

func actOf(v *registry.Violation, end registry.Date) act {
	a := act{v.ActFrom, cmp.Or(v.ActTo, end)}
	a.from, a.to = cmp.Or(a.from, a.to), cmp.Or(a.to, a.from)
	return a
}

// overlap reports whether two acts share a day; known is false where their dates do not tell.
func overlap(a, b act) (yes, known bool) {
	switch {
	case a.to.IsZero() || b.to.IsZero():
		return false, false
	case a.to.Before(b.from) || b.to.Before(a.from):
		return false, true
	case a.from.Latest() <= b.to.Earliest() && b.from.Latest() <= a.to.Earliest():
		return true, true
	}
	return false, false
}

// double finds the acts of this case that may be one with an act of the other, where the other was fined. The strongest agreement is told.
func (x *Facts) double(o *Other) (best Match, found bool) {
	fined, sure := finedIn(o.File)
	if !fined {
		return Match{}, false
	}
	if o.SameParty && strangers(finedParties(x.File), finedParties(o.File)) { // 单位 and 责任人 may each be fined
		return Match{}, false
	}
	shared := slices.ContainsFunc(x.File.Case.Inspections, func(id registry.InspectionID) bool { return slices.Contains(o.File.Case.Inspections, id) })
	for i := range x.File.Violations {
		for j := range o.File.Violations {
			same := sameAct(&x.File.Violations[i], &o.File.Violations[j])
			if same == "" {
				continue
			}
			when, known := overlap(x.act(i), o.act(j))
			m := Match{File: o.File, Violation: i, Sure: true, What: same, Acted: o.act(j).to, Fines: o.File.Fines()}
			switch {
			case shared:
				m.What += "，两案依据同一次检查"
			case when:
				m.What += "，行为时间重叠"
			case known:
				continue
			default:
				m.doubt("行为日期未登记或不够精确，是否同一行为无法判断")
			}
			if own, _ := finedIn(x.File); !own {
				m.What += "；本案尚未罚款"
			}
			if !sure {
				m.doubt("该案处罚种类未公布，是否罚款无法判断")
			}
			if !o.SameParty {
				m.doubt("两案登记的当事人不同，请核对是否同一人")
			}
			if !found || m.Sure && !best.Sure {
				best, found = m, true
			}
		}
	}
	best.Decision = lastDecision(o.File)
	return best, found
}

// finedIn reports whether a fine is in force in a case; sure is false where only a penalty of unpublished kind is.
func finedIn(f *registry.CaseFile) (fined, sure bool) {
	for _, c := range f.Charges(registry.Date{}) {
		if c.InForce() && c.Penalty.Fine() {
			fined, sure = true, sure || c.Penalty.Kind != registry.PenaltyUnknown
		}
	}
	return fined, sure
}

// finedParties are the parties with a fine in force; nil where it is not recorded whose a fine is.
func finedParties(f *registry.CaseFile) []registry.PartyID {
	var list []registry.PartyID
	for _, c := range f.Charges(registry.Date{}) {
		switch {
		case !c.InForce() || !c.Penalty.Fine():
		case c.Penalty.PartyID == 0:
			return nil
		default:
			list = append(list, c.Penalty.PartyID)
		}
	}
	return list
}

// strangers reports whether two lists of parties are known and share none.
func strangers(a, b []registry.PartyID) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(id registry.PartyID) bool { return slices.Contains(b, id) })
}

// doubt adds something that cannot be told.
func (m *Match) doubt(why string) {
	m.Sure, m.What = false, joinWords("；", m.What, why)
}

// sameAct says in what two violations agree: the type, or an article that both breached.
func sameAct(a, b *registry.Violation) string {
	if a.TypeCode != "" && a.TypeCode == b.TypeCode {
		return "违法行为类型相同"
	}
	for _, p := range a.Breached() {
		for _, q := range b.Breached() {
			if sameLaw(p, q) && p.Article == q.Article && p.Sub == q.Sub && agree(p.Paragraph, q.Paragraph) && agree(p.Item, q.Item) {
				return "违反的条款相同（" + p.String() + "）"
			}
		}
	}
	return ""
}

func sameLaw(p, q registry.Citation) bool {
	return p.LawID != "" && p.LawID == q.LawID || p.Law == q.Law
}

// agree compares a 款 or 项 that one of two citations may leave out.
func agree(a, b int) bool { return a == b || a == 0 || b == 0 }

// lastDecision is the last decision that still stands; nil where there is none.
func lastDecision(f *registry.CaseFile) *registry.Document {
	var d *registry.Document
	for i := range f.Documents {
		switch f.Documents[i].Kind {
		case registry.DocDecision:
			d = &f.Documents[i]
		case registry.DocAnnulled:
			d = nil
		}
	}
	return d
}

// earlierActs finds the acts of another case that count as 近二年同类违法行为 for an act of this one, one for each act of this case.
func (x *Facts) earlierActs(o *Other) (list []Match) {
	decision := lastDecision(o.File)
	if decision == nil {
		return nil
	}
	for i := range x.File.Violations {
		var best *Match
		for j := range o.File.Violations {
			m := Match{File: o.File, Violation: i, Acted: o.act(j).to, Decision: decision, Fines: o.File.Fines()}
			if m.sameSort(&x.File.Violations[i], &o.File.Violations[j]) && m.lookBack(x.act(i), o.act(j)) && (best == nil || m.Sure && !best.Sure) {
				best = &m
			}
		}
		if best != nil {
			list = append(list, *best)
		}
	}
	return list
}

// sameSort asks whether two acts were 以同一法律、法规或规章条款项进行查处. It is false only where that is certain.
func (m *Match) sameSort(v, w *registry.Violation) bool {
	own, other := confirmedBasis(v), confirmedBasis(w)
	if len(own) == 0 || len(other) == 0 {
		if same := sameAct(v, w); same != "" {
			m.doubt(same + "，处罚依据没有登记或尚未确认，是否同一条款项无法判断")
			return true
		}
		return false
	}
	found := false
	for _, p := range own {
		for _, q := range other {
			if !sameLaw(p, q) || p.Article != q.Article || p.Sub != q.Sub || !agree(p.Paragraph, q.Paragraph) || !agree(p.Item, q.Item) {
				continue
			}
			n := *m
			n.Sure, n.What, n.Clause = true, "", p.String()
			if p.Paragraph != q.Paragraph || p.Item != q.Item {
				n.doubt("两案所引的款、项详略不同，是否同一条款项无法判断")
			}
			if p.VersionID != q.VersionID {
				n.doubt("两案所引的版本不同，请核对条文是否同一")
			}
			if !found || n.Sure && !m.Sure {
				*m, found = n, true
			}
		}
	}
	return found
}

func confirmedBasis(v *registry.Violation) []registry.Citation {
	return slices.DeleteFunc(slices.Clone(v.Basis()), func(c registry.Citation) bool {
		return c.Standing == registry.StandingOffered || c.Standing == registry.StandingReview
	})
}

// lookBack asks whether the other act and its decision lie in the two years before an act of this case. It is false only where that is
// certain.
func (m *Match) lookBack(own, other act) bool {
	if own.from.IsZero() {
		m.doubt("本次行为的日期未登记")
		return true
	}
	count := func(day registry.Date) (bool, string) {
		return counted(placeOf(other.to, day), placeOf(m.Decision.MadeOn, day))
	}
	began, why := count(own.from)
	ended, whyEnded := count(own.to)
	switch {
	case !began && !ended:
		return false
	case began != ended || why != whyEnded:
		m.doubt("本次行为持续，以开始日还是终了日往前追溯，结果不同")
	case why != "":
		m.doubt(why)
	}
	return true
}

// counted says whether an earlier act counts, by where it and its decision lie; why is what leaves it open. The rule does not say
// which of the two days is meant: both inside count, neither inside does not.
func counted(acted, decided place) (may bool, why string) {
	switch {
	case acted == placeLater, decided == placeEarlier, acted == placeEarlier && decided == placeLater:
		return false, ""
	case acted == placeEarlier:
		return true, "前案的行为在两年之外，决定不在两年之外"
	case acted == placeUnclear:
		return true, "前案的行为日期未登记或不够精确"
	case decided == placeLater:
		return true, "前案的处罚决定在本次行为之后"
	case decided == placeUnclear:
		return true, "前案的决定日期未登记或不够精确"
	}
	return true, ""
}

// place is where a day lies towards the two years before another.
type place int

const (
	placeUnclear place = iota
	placeEarlier       // than the two years
	placeInside
	placeLater // not before the other day
)

// placeOf counts back from a day, which itself does not count; the day of the same number two years before is the last that does.
func placeOf(day, from registry.Date) place {
	start := statute.Calendar{}.Count(from, -lookBackYears, statute.UnitYear)
	switch {
	case day.IsZero() || !start.Known():
		return placeUnclear
	case day.Latest() < start.On.Earliest():
		return placeEarlier
	case day.Earliest() >= from.Latest():
		return placeLater
	case day.Earliest() >= start.Latest.Latest() && day.Latest() < from.Earliest():
		return placeInside
	}
	return placeUnclear
}

// Notice is the answer in the form of a check: what was compared, and what was found.
func (r *Repeats) Notice() Finding {
	f := Finding{Code: "FINED_TWICE", Title: "同一违法行为没有两次罚款", Where: "repeats", Source: DoubleFineSource}
	switch {
	case r.Why != "":
		f.say(CannotTell, "%s", r.Why)
	case r.Compared == 0:
		f.say(Sound, "没有同一当事人或同一养殖场的其他案件")
	default:
		f.say(Sound, "与同一当事人、同一养殖场的 %d 件其他案件比对，未见同一行为两次罚款", r.Compared)
	}
	for _, m := range r.Double {
		v := CannotTell
		if m.Sure {
			v = Defect
		}
		f.worse(v, "%s：%s", m.File.Case.Title, m.What)
	}
	if f.Verdict == Defect || len(r.Double) > 0 {
		f.Mend = "核对两案是否同一违法行为；确为同一行为的，不得再次罚款，已罚款的报法制机构处理"
	}
	return f
}
