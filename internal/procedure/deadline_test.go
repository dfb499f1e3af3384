package procedure

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

// withKind adds an administrator's kind 约谈 to a case.
func withKind(x *Facts, p registry.KindProperties) *Facts {
	x.File.Kinds = registry.Kinds{{Name: "约谈", Own: true, KindProperties: p}}
	return x
}

// TestKindDeadlines: the plain deadline of an administrator's kind counts like one of law.
func TestKindDeadlines(t *testing.T) {
	within := func(days int, working bool, from, done registry.KindDate) registry.KindDeadline {
		return registry.KindDeadline{Label: "报送整改报告", Days: days, Working: working, From: from, Done: done, Source: "内部规定"}
	}
	after := registry.KindDeadline{Label: "复查", Days: 10, From: registry.DateMade, EndedBy: registry.DocRecheck, Source: "内部规定"}
	for _, tc := range []struct {
		name     string
		deadline registry.KindDeadline
		today    string
		docs     []string
		want     string // start: last day, where it stands
	}{
		{"working days over the holiday in October, the worked Sunday and Saturday with them", within(10, true, registry.DateServed, registry.DateResult), "2025-10-09", []string{"约谈 2025-09-25 >2025-09-26"},
			"约谈送达: 2025-10-16 还剩 7 天"},
		{"calendar days", within(10, false, registry.DateServed, registry.DateResult), "2025-03-10", []string{"约谈 2025-03-03 >2025-03-04"}, "约谈送达: 2025-03-14 还剩 4 天"},
		{"calendar days that end on a day of rest", within(10, false, registry.DateMade, registry.DateResult), "2025-03-10", []string{"约谈 2025-03-05"}, "约谈: 2025-03-15 还剩 5 天"},
		{"overdue", within(10, true, registry.DateServed, registry.DateResult), "2025-03-24", []string{"约谈 2025-03-03 >2025-03-04"}, "约谈送达: 2025-03-18 已逾期 6 天"},
		{"in time", within(10, true, registry.DateServed, registry.DateResult), "2025-03-24", []string{"约谈 2025-03-03 >2025-03-04 =已整改@2025-03-18"}, "约谈送达: 2025-03-18 按期完成"},
		{"late", within(10, true, registry.DateServed, registry.DateResult), "2025-03-24", []string{"约谈 2025-03-03 >2025-03-04 =已整改@2025-03-20"}, "约谈送达: 2025-03-18 逾期 2 天完成"},
		{"served late", within(7, false, registry.DateMade, registry.DateServed), "2025-03-24", []string{"约谈 2025-03-03 >2025-03-12"}, "约谈: 2025-03-10 逾期 2 天完成"},
		{"a month", within(10, false, registry.DateMade, registry.DateResult), "2025-03-10", []string{"约谈 2025-03"}, "约谈: 2025-03-11 还剩 31 天"},
		{"day of service not on record", within(10, true, registry.DateServed, registry.DateResult), "2025-03-10", []string{"约谈 2025-03-03"}, "约谈送达:  无法判断"},
		{"from its term", within(5, false, registry.DateDue, registry.DateResult), "2025-03-10", []string{"约谈 2025-03-03 !2025-03-20"}, "约谈期限届满: 2025-03-25 还剩 15 天"},
		{"no term set", within(5, false, registry.DateDue, registry.DateResult), "2025-03-10", []string{"约谈 2025-03-03"}, ""},
		{"until a later document", after, "2025-03-24", []string{"复查 2025-03-01", "约谈 2025-03-04", "复查 2025-03-12"}, "约谈: 2025-03-14 按期完成"},
		{"no later document", after, "2025-03-24", []string{"复查 2025-03-01", "约谈 2025-03-04"}, "约谈: 2025-03-14 已逾期 10 天"},
		{"twice", after, "2025-03-12", []string{"约谈 2025-03-03", "复查 2025-03-04", "约谈 2025-03-05"}, "约谈: 2025-03-13 按期完成; 约谈: 2025-03-15 还剩 3 天"},
		{"a closed case", after, "2025-03-24", []string{"约谈 2025-03-04", "结案 2025-03-20"}, "约谈: 2025-03-14 无法判断"},
		{"no deadline", registry.KindDeadline{}, "2025-03-24", []string{"约谈 2025-03-04"}, ""},
	} {
		var got []string
		for _, c := range Clocks(withKind(facts(tc.today, tc.docs...), registry.KindProperties{Deadline: tc.deadline})) {
			kind, own := DeadlineKind(c.Rule.Code)
			if !own {
				continue
			}
			got = append(got, c.Start.What+": "+c.Term.On.String()+" "+c.Words())
			if kind != "约谈" || !c.Duty || c.Rule.Name != tc.deadline.Label || c.SourceWords() != "依据：内部规定，未经官方文本核对" {
				t.Errorf("%s: clock of %s, duty %t, %s, %s", tc.name, kind, c.Duty, c.Rule.Name, c.SourceWords())
			}
		}
		if s := strings.Join(got, "; "); s != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, s, tc.want)
		}
	}
}

// TestKindDeadlineSource: a source that names an article whose text is held is not marked as unchecked by us.
func TestKindDeadlineSource(t *testing.T) {
	for source, want := range map[string]string{
		"《中华人民共和国行政处罚法》第六十条": "依据：《中华人民共和国行政处罚法》第六十条",
		"局办〔2025〕3号文":        "依据：局办〔2025〕3号文，未经官方文本核对",
	} {
		x := withKind(facts("2025-03-10", "约谈 2025-03-03"), registry.KindProperties{Deadline: registry.KindDeadline{Label: "甲", Days: 3, From: registry.DateMade, Source: source}})
		if c, ok := Due(Clocks(x)); !ok || c.SourceWords() != want {
			t.Errorf("%s: due %t, %q", source, ok, c.SourceWords())
		}
	}
}

// TestAddedKindsOnTracks: a document of an administrator's kind stands in the side track that its row names.
func TestAddedKindsOnTracks(t *testing.T) {
	for _, tc := range []struct {
		name string
		p    registry.KindProperties
		docs []string
		want string
	}{
		{"behind the one that opened it", registry.KindProperties{Track: registry.TrackSeizure}, []string{"查封扣押 2025-03-01", "约谈 2025-03-03", "解除查封扣押 2025-03-05"},
			"查封扣押[查封扣押 约谈 解除查封扣押] 已解除，前后 4 日"},
		{"with none before it", registry.KindProperties{Track: registry.TrackSeizure}, []string{"约谈 2025-03-03"}, "约谈[约谈] 已登记"},
		{"waiting for a result", registry.KindProperties{Track: registry.TrackDetention, ResultWords: registry.Terms{"已受理"}}, []string{"约谈 2025-03-03"}, "约谈[约谈] 结果未登记"},
		{"a step of damages", registry.KindProperties{Track: registry.TrackDamage, Reached: "已评估"}, []string{"损害赔偿线索 2025-03-01", "约谈 2025-03-03"},
			"生态环境损害赔偿[损害赔偿线索 约谈] 已评估"},
		{"which go on", registry.KindProperties{Track: registry.TrackDamage, Reached: "已评估"}, []string{"约谈 2025-03-01", "修复实施 2025-03-03"},
			"生态环境损害赔偿[约谈 修复实施] 修复中"},
		{"of no track", registry.KindProperties{}, []string{"约谈 2025-03-03"}, ""},
	} {
		var got []string
		for _, b := range Branches(withKind(facts("2025-06-01", tc.docs...), tc.p).File) {
			var steps []string
			for _, s := range b.Steps {
				steps = append(steps, s.What)
			}
			got = append(got, b.Kind+"["+strings.Join(steps, " ")+"] "+b.State)
		}
		if s := strings.Join(got, "; "); s != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, s, tc.want)
		}
	}
}
