package procedure

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func (x *Facts) officers(f *Finding) {
	for _, i := range x.File.Inspections {
		when := i.StartedOn.Chinese() + "检查"
		seen := map[string]bool{}
		for _, o := range i.Officers {
			seen[o.Name] = true
		}
		switch {
		case len(seen) >= 2:
			f.worse(Sound, "各次检查均有两名以上执法人员")
		case i.Origin != registry.OriginField:
			f.worse(CannotTell, "%s：来源未载明执法人员", when)
		case len(seen) == 1:
			f.worse(Defect, "%s只记录了一名执法人员", when)
		default:
			f.worse(CannotTell, "%s没有记录执法人员", when)
		}
	}
}

func (x *Facts) certificates(f *Finding) {
	for _, i := range x.File.Inspections {
		for _, o := range i.Officers {
			officer, ok := x.Officers[o.OfficerID]
			valid, known := officer.ValidOn(i.StartedOn)
			switch {
			case !ok:
				f.worse(CannotTell, "%s不在执法人员名册", o.Name)
			case !known:
				f.worse(CannotTell, "%s的证件有效期或检查日期未登记", o.Name)
			case !valid:
				f.worse(Defect, "%s的执法证在 %s 不在有效期内", o.Name, i.StartedOn)
			default:
				f.worse(Sound, "执法证件均在有效期内")
			}
		}
	}
}

func (x *Facts) partyName(f *Finding) {
	_, name, ok := x.File.MainParty()
	if !ok {
		return
	}
	names := []string{name}
	for i, p := range x.File.Case.Parties {
		names = append(names, p.NameAtAct)
		if i < len(x.File.Parties) {
			names = append(names, x.File.Parties[i].Name)
		}
	}
	typed := 0
	for _, d := range x.File.Documents {
		switch {
		case d.PartyName == "":
		case !slices.Contains(names, d.PartyName):
			typed++
			f.worse(Defect, "%s上的当事人是“%s”，案件登记为“%s”", d.Kind, d.PartyName, name)
		default:
			typed++
			f.worse(Sound, "各文书与登记一致")
		}
	}
	if typed == 0 && len(x.File.Documents) > 0 {
		f.say(CannotTell, "各文书没有登记当事人名称")
	}
}

// OddDates says in Chinese what is odd about a document's dates: served before it was made, made before the case was filed. They are
// recorded as they are. doubt: a date known to the month or year leaves it open.
func OddDates(f *registry.CaseFile, d *registry.Document) (odd []string, doubt bool) {
	after := func(first, second registry.Date, words string) {
		switch {
		case first.IsZero() || second.IsZero():
		case second.Latest() < first.Earliest():
			odd = append(odd, words)
		case second.Earliest() < first.Latest() && first != second:
			doubt = true
		}
	}
	after(d.MadeOn, d.ServedOn, "送达日期早于作出日期")
	after(d.MadeOn, d.DueOn, "期限早于作出日期")
	after(d.MadeOn, d.ResultOn, "结果日期早于作出日期")
	if filed, ok := filing(f); ok && f.Kind(d.Kind).AfterFiling {
		after(filed.MadeOn, d.MadeOn, "作出日期早于立案日期")
	}
	return odd, doubt
}

func filing(f *registry.CaseFile) (registry.Document, bool) {
	i := slices.IndexFunc(f.Documents, func(d registry.Document) bool { return d.Kind == registry.DocFiling })
	if i < 0 {
		return registry.Document{}, false
	}
	return f.Documents[i], true
}

func (x *Facts) datesInOrder(f *Finding) {
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		odd, doubt := OddDates(x.File, d)
		switch {
		case len(odd) > 0:
			f.worse(Defect, "“%s”%s", d.Kind, strings.Join(odd, "、"))
		case doubt:
			f.worse(CannotTell, "“%s”的日期只知道到月或年", d.Kind)
		case d.MadeOn.IsZero():
			f.worse(CannotTell, "“%s”的日期未登记", d.Kind)
		default:
			f.worse(Sound, "各文书的日期先后相符")
		}
	}
}

// decidingOrgan asks whether the organ may decide in its own name: a branch may since the Code (生态环境法典第五十三条), by the decision's day.
func (x *Facts) decidingOrgan(f *Finding) {
	for _, d := range x.File.Documents {
		if d.Kind != registry.DocDecision && d.Kind != registry.DocDailyPenalty {
			continue
		}
		organ := x.File.DecidingOrgan
		switch {
		case organ == nil || d.OrganID == 0:
			f.worse(CannotTell, "%s没有登记决定机关", d.Kind)
		case d.OrganID != organ.ID:
			f.worse(Defect, "%s的作出机关与案件的决定机关“%s”不同", d.Kind, organ.Name)
		case organ.Kind == "市局":
			f.worse(Sound, "以%s名义作出", organ.Name)
		case organ.Kind != "分局":
			f.worse(Defect, "%s以“%s”的名义作出", d.Kind, organ.Name)
		case d.MadeOn.IsZero():
			f.worse(CannotTell, "%s以“%s”的名义作出，日期未登记：%s 起派出机构可以以自己的名义实施行政处罚", d.Kind, organ.Name, statute.CodeDay)
		case d.MadeOn.Earliest() >= statute.CodeDay.Earliest():
			f.worse(Sound, "以派出机构“%s”的名义作出", organ.Name)
		case d.MadeOn.Latest() >= statute.CodeDay.Earliest():
			f.worse(CannotTell, "%s以“%s”的名义作出于 %s，是否在 %s 以后无法判断", d.Kind, organ.Name, d.MadeOn, statute.CodeDay)
		default:
			f.worse(Defect, "%s以“%s”的名义作出于 %s，派出机构自 %s 起才可以以自己的名义实施行政处罚", d.Kind, organ.Name, d.MadeOn, statute.CodeDay)
		}
	}
}
