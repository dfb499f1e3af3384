package procedure

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// TestBasisOfEveryCheck lists every check with the law that it rests on for a fact of 2024, of the month in which the Code came into force and of
// 2026-09. The file-review rules, of 2024, judge the file and not the day; an empty row beside the first says that nothing changed.
func TestBasisOfEveryCheck(t *testing.T) {
	const r = review
	both := func(before, after string) string {
		return "2026-08-14 及以前：" + before + "；2026-08-15 起：" + after
	}
	organ := [2]string{r + "（无法定依据以分局名义作出处罚决定）", r + "；生态环境法典第五十三条（派出机构可以以自己的名义实施行政处罚）"}
	limit := [2]string{r + "；行政处罚法第三十六条", r + "；行政处罚法第三十六条、生态环境法典第一千零五十四条"}
	daily := [2]string{r + "；环境保护法第五十九条第一款、按日连续处罚办法第七条第二款、第十条", r + "；生态环境法典第一千零六十条、按日连续处罚办法第七条第二款、第十条"}
	rows := []struct{ code, before, spanning, after string }{
		{"OFFICERS", r + "；行政处罚法第四十二条第一款", "", ""},
		{"CERTIFICATES", r, "", ""},
		{"PARTY_NAME", r, "", ""},
		{"DATES_IN_ORDER", "文书送达、结果在作出之后；行政处罚法第五十四条第二款（立案在前）", "", ""},
		{"DECIDING_ORGAN", organ[0], both(organ[0], organ[1]), organ[1]},
		{"LAW_IN_FORCE", r, "", ""},     // looks up each version's own days
		{"PROVISION_EXISTS", r, "", ""}, // in the version cited
		{"LIMITATION", limit[0], both(limit[0], limit[1]), limit[1]},
		{"MONITORING_TOLD", r, "", ""},
		{"STANDARD_APPLIES", "标准目录所列各标准的施行期间和适用范围", "", ""},
		{"VERDICTS", "监测结果与限值的比较", "", ""},
		{"NOTICE_FIRST", r + "；行政处罚法第四十四条、第六十二条", "", ""},
		{"WITHIN_NOTICE", "行政处罚法第四十四条、第六十二条", "", ""},
		{"AMOUNT_IN_RANGE", r, "", ""}, // the ranges are those of the law on the day of the act
		{"AMOUNTS_AGREE", "同一决定的金额在文书和处罚中应当相同", "", ""},
		{"HEARING", "行政处罚法第六十三条第一款、第六十四条第（一）项；数额界限见时限表“听证”", "", ""},
		{"LEGAL_REVIEW", r + "；行政处罚法第五十八条第一款", "", ""},
		{"DISCUSSION", r + "；行政处罚法第五十七条第二款", "", ""},
		{"SEPARATION", r, "", ""},
		{"DECISION_IN_TIME", "行政处罚法第六十条；两次延长见时限表“办案期限”", "", ""},
		{"DAILY_PENALTY", daily[0], both(daily[0], daily[1]), daily[1]},
		{"SEIZURE", r + "；行政强制法第二十五条第一款", "", ""},
		{"PUBLICATION", "行政处罚法第四十八条第一款；期限见时限表“处罚决定公开”", "", ""},
	}
	if len(rows) != len(checks) {
		t.Fatalf("%d rows for %d checks", len(rows), len(checks))
	}
	for i, tc := range rows {
		if checks[i].code != tc.code {
			t.Fatalf("check %d is not %s", i, tc.code)
		}
		for k, on := range []string{"2024-06-01", "2026-08", "2026-09-01"} {
			want := []string{tc.before, tc.spanning, tc.after}[k]
			if want == "" {
				want = tc.before
			}
			if got := sourceOn(checks[i].basis, []registry.Date{day(on)}); got != want {
				t.Errorf("%s on %s rests on %q, want %q", tc.code, on, got, want)
			}
		}
	}
}

// TestLawBeforeTheCatalogue: what an older law asked for is not on record, so that an old fact is no defect under it.
func TestLawBeforeTheCatalogue(t *testing.T) {
	for on, want := range map[string]Verdict{"2021-07-14": CannotTell, "2021-07": Defect, "2021-07-15": Defect} {
		list := Checks(with(facts("2025-03-01"), inspected(registry.OriginField, on, "甲")))
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == "OFFICERS" })
		if f := list[i]; f.Verdict != want || (want == CannotTell) != strings.Contains(f.What, "未收录") {
			t.Errorf("one officer on %s: %s %q, want %s", on, f.Verdict, f.What, want)
		}
	}
}

// TestBasisOfAnUndatedFact: the newest day of the case stands in, and the verdict says that the day is missing.
func TestBasisOfAnUndatedFact(t *testing.T) {
	for _, tc := range []struct{ act, found, want string }{
		{"2024-06-01", "2024-06", "（无法定依据以分局名义作出处罚决定）"},
		{"2024-06-01", "2026-09-01", "第五十三条"},
		{"", "", "；2026-08-15 起："},
	} {
		x := with(facts("2026-11-01", "行政处罚决定"), decidedBy("分局", 1))
		if tc.act != "" {
			x.ActEnds, x.File.Case.FoundOn = []registry.Date{day(tc.act)}, day(tc.found)
		}
		list := Checks(x)
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == "DECIDING_ORGAN" })
		if f := list[i]; f.Verdict != CannotTell || !strings.Contains(f.Source, tc.want) || strings.Contains(f.Source, "起：") != (tc.act == "") {
			t.Errorf("found %s: %s by %s, want %s", tc.found, f.Verdict, f.Source, tc.want)
		}
	}
}
