package procedure

import (
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// cited are the citations that the case rests on: not our review notes, and not what still waits for the officer.
func (x *Facts) cited(do func(v int, c *registry.Citation)) {
	for i := range x.File.Violations {
		for k := range x.File.Violations[i].Citations {
			c := &x.File.Violations[i].Citations[k]
			if c.Standing != registry.StandingReview && c.Standing != registry.StandingOffered {
				do(i, c)
			}
		}
	}
}

func (x *Facts) lawInForce(f *Finding) {
	x.cited(func(i int, c *registry.Citation) {
		var end registry.Date
		if i < len(x.ActEnds) {
			end = x.ActEnds[i]
		}
		v, ok := x.Law.Version(c.LawID, c.VersionID)
		switch {
		case !ok:
			f.worse(CannotTell, "%s：没有登记版本，或本库未收录", c)
		case end.IsZero():
			f.worse(CannotTell, "违法行为终了日未登记")
		case v.From.IsZero():
			f.worse(CannotTell, "%s（%s）的施行日未核到", c, v.Name)
		case end.Latest() < v.From.Earliest():
			f.worse(Defect, "%s（%s）自 %s 起施行，行为终了于 %s", c, v.Name, v.From, end)
		case !v.To.IsZero() && end.Earliest() > v.To.Latest():
			if x.File.Violations[i].VersionChoice != "" {
				f.worse(CannotTell, "%s（%s）在行为终了时已失效，登记时选择了“%s”，请核对理由", c, v.Name, x.File.Violations[i].VersionChoice)
				return
			}
			f.worse(Defect, "%s（%s）至 %s 失效，行为终了于 %s", c, v.Name, v.To, end)
		case end.Earliest() < v.From.Earliest() || !v.To.IsZero() && end.Latest() > v.To.Latest():
			f.worse(CannotTell, "行为终了日 %s 不够精确，跨越了%s的施行或失效日", end, c)
		default:
			f.worse(Sound, "各条文在行为终了时有效")
		}
	})
}

func (x *Facts) provisions(f *Finding) {
	x.cited(func(_ int, c *registry.Citation) {
		holding := c.Holding
		if v, ok := x.Law.Version(c.LawID, c.VersionID); ok {
			_, holding = v.Text(c.Provision)
		}
		switch holding {
		case registry.Held:
			f.worse(Sound, "所引条款项均已对上条文")
		case registry.Absent:
			f.worse(Defect, "%s不存在", c)
		default:
			f.worse(CannotTell, "%s：本库未收录", c)
		}
	})
}

func (x *Facts) limitation(f *Finding) {
	longest, years := Clock{}, "两年（危害公民生命健康安全且有危害后果的为五年）"
	for _, c := range x.clocks {
		switch c.Rule.Code {
		case "LIMITATION":
			longest = c
		case "LIMITATION_CODE":
			longest.Term, years = c.Term, "五年"
		}
	}
	found := x.File.Case.FoundOn
	switch {
	case longest.Rule == nil:
		if len(x.File.Violations) > 0 {
			f.say(CannotTell, "违法行为终了日未登记")
		}
	case !found.IsZero() && longest.Term.Known() && found.Earliest() > longest.Term.Latest.Latest():
		f.say(Defect, "行为终了于 %s，%s 才发现，已超过%s", longest.Start.On, found, years)
	case longest.State == Late || longest.State == Overdue:
		f.say(CannotTell, "行为终了于 %s，立案已在两年之后；造成危害后果等情形可延长至五年，二年内已发现的不受此限，请核对", longest.Start.On)
	case longest.State == Unknown:
		f.say(CannotTell, "%s", longest.Note)
	default:
		f.say(Sound, "在两年追责期限之内")
	}
}

// fineOf is the fine that a decision imposes: its own amount, or its penalties'.
func (x *Facts) fineOf(d *registry.Document) *registry.Money {
	if d.Amount != nil {
		return d.Amount
	}
	var sum *registry.Money
	for i := range x.File.Penalties {
		p := &x.File.Penalties[i]
		if p.Kind != "罚款" || p.DocumentID != 0 && p.DocumentID != d.ID {
			continue
		}
		if p.Amount == nil {
			return nil
		}
		if sum == nil {
			sum = new(registry.Money)
		}
		*sum += *p.Amount
	}
	return sum
}

func (x *Facts) withinNotice(f *Finding) {
	decision, ok := x.File.Document(registry.DocDecision)
	notice, told := x.File.Document(registry.DocNotice)
	if !ok || !told {
		return
	}
	fine := x.fineOf(&decision)
	switch {
	case notice.Amount == nil || fine == nil:
		f.say(CannotTell, "告知的金额或决定的金额未登记")
	case *fine > *notice.Amount:
		f.say(Defect, "告知拟罚款 %s 元，决定罚款 %s 元", notice.Amount, fine)
	default:
		f.say(Sound, "决定的金额不超过告知的金额")
	}
}

func (x *Facts) amountInRange(f *Finding) {
	for i := range x.File.Penalties {
		p := &x.File.Penalties[i]
		if p.Kind != "罚款" {
			continue
		}
		own, how := RangesOf(x, p, x.Ranges, func(r Range) Range { return r })
		where := rangeWords(own, how)
		switch position := position(p, own); {
		case p.Amount == nil:
			f.worse(CannotTell, "罚款金额未公布或未登记")
		case position == statute.Unplaced:
			f.worse(CannotTell, "没有可以比较的法定幅度，或者计算幅度的基数未登记")
		case position == statute.Inside:
			f.worse(Sound, "罚款 %s 元在%s的幅度之内", p.Amount, where)
		case p.RangeReason != "":
			f.worse(CannotTell, "罚款 %s 元在%s的幅度之外，登记的理由：%s", p.Amount, where, p.RangeReason)
		case Together(p, own):
			f.worse(CannotTell, "罚款 %s 元超过任何一项违法行为的上限，不超过各项上限之和：是否几项合并罚款，请核对并写明", p.Amount)
		default:
			f.worse(Defect, "罚款 %s 元在%s的幅度之外，没有说明理由", p.Amount, where)
		}
	}
}

// rangeWords names the violations whose ranges a fine was judged by: 违法行为 1（决定书引用的条款）可选条款.
func rangeWords(own []Range, how string) string {
	if how == "" {
		return "可选条款"
	}
	var nos []string
	for _, r := range own {
		if no := strconv.Itoa(r.No); !slices.Contains(nos, no) {
			nos = append(nos, no)
		}
	}
	return "违法行为 " + strings.Join(nos, "、") + "（" + how + "）可选条款"
}

// position is where a fine lies on the ranges that may apply: inside one of them, outside all, or not to be told.
func position(p *registry.Penalty, ranges []Range) statute.Position {
	var seen []statute.Position
	for _, r := range ranges {
		if placed, ok := Place(p, r.PenaltyRange); ok {
			seen = append(seen, placed.Position)
		}
	}
	switch {
	case slices.Contains(seen, statute.Inside):
		return statute.Inside
	case len(seen) == 0 || slices.Contains(seen, statute.Unplaced):
		return statute.Unplaced
	}
	return seen[0]
}
