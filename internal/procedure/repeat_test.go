package procedure

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// acted is a case of one act: its type, the day it ended, what it was punished under (law:article.paragraph.item), and documents.
func acted(id int64, typeCode, end, basis string, fine int64, docs ...string) *registry.CaseFile {
	f := facts("2024-12-01", docs...).File
	f.Case.ID, f.Case.Title = registry.CaseID(id), fmt.Sprintf("案%d", id)
	f.Case.Parties = []registry.CaseParty{{PartyID: 1, Role: "单位"}}
	v := registry.Violation{TypeCode: typeCode}
	if from, to, lasting := strings.Cut(end, ".."); lasting {
		v.ActFrom, v.ActTo = day(from), day(to)
	} else if end != "" {
		v.ActTo = day(end)
	}
	if basis != "" {
		c := registry.Citation{Role: registry.RoleBasis, Standing: registry.StandingConfirmed, Law: "水污染防治法", LawID: "water-pollution-law", VersionID: "2017"}
		if strings.HasSuffix(basis, "?") {
			c.Standing, basis = registry.StandingOffered, strings.TrimSuffix(basis, "?")
		}
		if rest, other := strings.CutSuffix(basis, "@2008"); other {
			c.VersionID, basis = "2008", rest
		}
		_, _ = fmt.Sscanf(basis, "%d.%d.%d", &c.Article, &c.Paragraph, &c.Item)
		v.Citations = []registry.Citation{c}
	}
	f.Violations = []registry.Violation{v}
	if fine >= 0 {
		m := registry.Yuan(fine)
		f.Penalties = []registry.Penalty{{ID: registry.PenaltyID(id), Kind: "罚款", PartyID: 1, Amount: &m}}
	}
	return f
}

func TestEarlierActs(t *testing.T) {
	now := func(end, basis string) *registry.CaseFile {
		return acted(1, "DISCHARGE", end, basis, -1, "立案 2024-06-10")
	}
	before := func(end, basis, decided string) *registry.CaseFile {
		return acted(2, "DISCHARGE", end, basis, 20000, "行政处罚决定 "+decided)
	}
	for _, tc := range []struct {
		name     string
		own, was *registry.CaseFile
		want     string // counts, perhaps and why, or nothing
	}{
		{"within two years", now("2024-06-03", "83.1.2"), before("2023-01-05", "83.1.2", "2023-04-01"), "counts"},
		{"exactly two years", now("2024-06-03", "83.1.2"), before("2022-06-03", "83.1.2", "2022-09-01"), "counts"},
		{"two years and a day", now("2024-06-03", "83.1.2"), before("2022-06-02", "83.1.2", "2022-06-02"), ""},
		{"from a leap day", now("2024-02-29", "83.1.2"), before("2022-02-28", "83.1.2", "2022-03-01"), "counts"},
		{"and the day before", now("2024-02-29", "83.1.2"), before("2022-02-27", "83.1.2", "2022-02-27"), ""},
		{"act outside, decision inside", now("2024-06-03", "83.1.2"), before("2022-06-02", "83.1.2", "2022-06-03"), "perhaps 行为在两年之外"},
		{"decided after this act", now("2024-06-03", "83.1.2"), before("2024-05-01", "83.1.2", "2024-07-01"), "perhaps 在本次行为之后"},
		{"a later act", now("2024-06-03", "83.1.2"), before("2024-06-04", "83.1.2", "2024-07-01"), ""},
		{"the same day", now("2024-06-03", "83.1.2"), before("2024-06-03", "83.1.2", "2024-07-01"), ""},
		{"another item", now("2024-06-03", "83.1.2"), before("2023-01-05", "83.1.3", "2023-04-01"), ""},
		{"the item not named", now("2024-06-03", "83.1.2"), before("2023-01-05", "83.0.0", "2023-04-01"), "perhaps 详略不同"},
		{"another version of the law", now("2024-06-03", "83.1.2"), before("2023-01-05", "83.1.2@2008", "2023-04-01"), "perhaps 版本不同"},
		{"basis only offered", now("2024-06-03", "83.1.2?"), before("2023-01-05", "83.1.2", "2023-04-01"), "perhaps 尚未确认"},
		{"basis not recorded, another type", now("2024-06-03", ""), func() *registry.CaseFile {
			f := before("2023-01-05", "83.1.2", "2023-04-01")
			f.Violations[0].TypeCode = "OTHER"
			return f
		}(), ""},
		{"only the year known", now("2024-06-03", "83.1.2"), before("2022", "83.1.2", "2023-04-01"), "perhaps 不够精确"},
		{"the year before is certain", now("2024-06-03", "83.1.2"), before("2021", "83.1.2", "2021-12-01"), ""},
		{"decision without a day", now("2024-06-03", "83.1.2"), before("2023-01-05", "83.1.2", ""), "perhaps 决定日期"},
		{"own act without a day", now("", "83.1.2"), before("2023-01-05", "83.1.2", "2023-04-01"), "perhaps 本次行为的日期"},
		{"own act lasting, both ends agree", now("2024-05-01..2024-06-03", "83.1.2"), before("2023-01-05", "83.1.2", "2023-04-01"), "counts"},
		{"own act lasting, the ends differ", now("2022-05-01..2024-06-03", "83.1.2"), before("2021-01-05", "83.1.2", "2021-04-01"), "perhaps 开始日还是终了日"},
		{"annulled", now("2024-06-03", "83.1.2"), acted(2, "DISCHARGE", "2023-01-05", "83.1.2", 20000, "行政处罚决定 2023-04-01", "撤销处罚 2023-09-01"), ""},
		{"annulled and decided again", now("2024-06-03", "83.1.2"), acted(2, "DISCHARGE", "2023-01-05", "83.1.2", 20000, "行政处罚决定 2023-04-01", "撤销处罚 2023-09-01", "行政处罚决定 2023-11-01"), "counts"},
		{"never decided", now("2024-06-03", "83.1.2"), acted(2, "DISCHARGE", "2023-01-05", "83.1.2", -1, "责令改正 2023-01-06"), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := RepeatsOf(&Facts{File: tc.own}, []Other{{File: tc.was, SameParty: true}})
			got := ""
			for _, m := range r.Earlier {
				got = "perhaps " + m.What
				if m.Sure {
					got = "counts"
				}
			}
			if kind, why, _ := strings.Cut(tc.want, " "); got != tc.want && !(kind == "perhaps" && strings.HasPrefix(got, "perhaps") && strings.Contains(got, why)) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
	t.Run("of another party", func(t *testing.T) {
		r := RepeatsOf(&Facts{File: now("2024-06-03", "83.1.2")}, []Other{{File: before("2023-01-05", "83.1.2", "2023-04-01")}})
		if len(r.Earlier) != 0 {
			t.Errorf("the farm's former keeper makes the new one a re-offender: %+v", r.Earlier)
		}
	})
}

func TestFinedTwice(t *testing.T) {
	own := func() *registry.CaseFile {
		return acted(1, "DISCHARGE", "2024-05-01..2024-06-03", "83.1.2", 30000, decided)
	}
	other := func(end string) *registry.CaseFile { return acted(2, "DISCHARGE", end, "83.1.2", 20000, decided) }
	with := func(f *registry.CaseFile, change func(*registry.CaseFile)) *registry.CaseFile { change(f); return f }
	inspected := func(f *registry.CaseFile) { f.Case.Inspections = []registry.InspectionID{9} }
	for _, tc := range []struct {
		name       string
		own, other *registry.CaseFile
		stranger   bool
		want       string
	}{
		{"the acts overlap", own(), other("2024-05-20"), false, "存在问题 行为时间重叠"},
		{"the acts touch on a day", own(), other("2024-04-01..2024-05-01"), false, "存在问题 行为时间重叠"},
		{"another time", own(), other("2024-04-30"), false, "未见问题"},
		{"another type and article", own(), with(other("2024-05-20"), func(f *registry.CaseFile) { f.Violations[0].TypeCode = "IDLE" }), false, "未见问题"},
		{"the same article breached", with(own(), breached), with(other("2024-05-20"), func(f *registry.CaseFile) { breached(f); f.Violations[0].TypeCode = "IDLE" }), false, "存在问题 违反的条款相同"},
		{"one inspection, no dates", with(with(own(), inspected), undated), with(with(other(""), inspected), undated), false, "存在问题 同一次检查"},
		{"no dates", with(own(), undated), other(""), false, "无法判断 不够精确"},
		{"only the year known", own(), other("2024"), false, "无法判断 不够精确"},
		{"the other was not fined", own(), acted(2, "DISCHARGE", "2024-05-20", "83.1.2", -1, "责令改正 2024-05-21"), false, "未见问题"},
		{"the other fine was annulled", own(), acted(2, "DISCHARGE", "2024-05-20", "83.1.2", 20000, decided, "撤销处罚 2024-08-01"), false, "未见问题"},
		{"the other penalty of unpublished kind", own(), with(other("2024-05-20"), func(f *registry.CaseFile) { f.Penalties[0].Kind = registry.PenaltyUnknown }), false, "无法判断 种类未公布"},
		{"the same farm under another party", own(), other("2024-05-20"), true, "无法判断 当事人不同"},
		{"company here, responsible person there", own(), with(other("2024-05-20"), func(f *registry.CaseFile) { f.Penalties[0].PartyID = 2 }), false, "未见问题"},
		{"not yet fined here", acted(1, "DISCHARGE", "2024-05-20", "", -1, "立案 2024-06-10"), other("2024-05-20"), false, "存在问题 本案尚未罚款"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := RepeatsOf(&Facts{File: tc.own}, []Other{{File: tc.other, SameParty: !tc.stranger}})
			f := r.Notice()
			verdict, what, _ := strings.Cut(tc.want, " ")
			if string(f.Verdict) != verdict || !strings.Contains(f.What, what) {
				t.Errorf("%s %s, want %s", f.Verdict, f.What, tc.want)
			}
			if (f.Verdict == Sound) != (f.Mend == "") {
				t.Errorf("verdict %s with %q to do", f.Verdict, f.Mend)
			}
		})
	}
	t.Run("nobody to compare with", func(t *testing.T) {
		f := own()
		f.Case.Parties = nil
		r := RepeatsOf(&Facts{File: f}, nil)
		if n := r.Notice(); n.Verdict != CannotTell {
			t.Errorf("%s %s", n.Verdict, n.What)
		}
	})
}

func undated(f *registry.CaseFile) {
	f.Violations[0].ActFrom, f.Violations[0].ActTo = registry.Date{}, registry.Date{}
}

func breached(f *registry.CaseFile) {
	c := f.Violations[0].Citations[0]
	c.Role, c.Article = registry.RoleBreached, 39
	f.Violations[0].Citations = append(f.Violations[0].Citations, c)
}
