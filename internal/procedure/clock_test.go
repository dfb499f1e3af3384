package procedure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func day(s string) registry.Date {
	d, err := registry.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// doc reads a document from words: kind made [>served] [=result@day] [!due] [-from..to excluded].
func doc(id int64, s string) registry.Document {
	w := strings.Fields(s)
	d := registry.Document{ID: registry.DocumentID(id), Seq: id, Kind: registry.DocKind(w[0])}
	for _, x := range w[1:] {
		switch {
		case x[0] == '>':
			d.ServedOn = day(x[1:])
		case x[0] == '!':
			d.DueOn = day(x[1:])
		case x[0] == '=':
			result, on, _ := strings.Cut(x[1:], "@")
			d.Result, d.ResultOn = result, day(on)
		case x[0] == '-':
			from, to, _ := strings.Cut(x[1:], "..")
			d.ExcludedFrom, d.ExcludedTo = day(from), day(to)
		default:
			d.MadeOn = day(x)
		}
	}
	return d
}

// facts is a case of these documents as seen on a day.
func facts(today string, docs ...string) *Facts {
	f := &registry.CaseFile{}
	for i, s := range docs {
		f.Documents = append(f.Documents, doc(int64(i+1), s))
	}
	f.Case.Stage = registry.StageOf(f.Documents)
	law := statute.Embedded()
	return &Facts{File: f, Law: law, Calendar: law.Calendar(), Today: day(today)}
}

func TestClocks(t *testing.T) {
	fine := registry.Yuan(30000)
	withFine := func(x *Facts, paid ...string) *Facts {
		x.File.Penalties = []registry.Penalty{{ID: 1, Kind: "罚款", Amount: &fine}}
		for _, s := range paid {
			yuan, on, _ := strings.Cut(s, "@")
			n, _ := strconv.Atoi(yuan)
			m := registry.Yuan(int64(n))
			x.File.Payments = append(x.File.Payments, registry.Payment{PenaltyID: 1, Amount: m, PaidOn: day(on)})
		}
		return x
	}
	foundOn := func(x *Facts, on string) *Facts { x.File.Case.FoundOn = day(on); return x }
	acts := func(x *Facts, on string) *Facts { x.ActEnds = []registry.Date{day(on)}; return x }
	ofType := func(x *Facts, code string) *Facts {
		x.File.Violations = []registry.Violation{{TypeCode: code}}
		return x
	}
	for _, tc := range []struct {
		name, code string
		facts      *Facts
		want       string // end state days
	}{
		{"filing, running", "FILING_REVIEW", foundOn(facts("2024-06-10"), "2024-06-03"), "2024-06-18 进行中 8"},
		{"filing, in time", "FILING_REVIEW", foundOn(facts("2024-07-10", "立案 2024-06-18"), "2024-06-03"), "2024-06-18 按期完成 0"},
		{"filing, late", "FILING_REVIEW", foundOn(facts("2024-07-10", "立案 2024-06-20"), "2024-06-03"), "2024-06-18 逾期完成 2"},
		{"filing, extended", "FILING_REVIEW", foundOn(facts("2024-07-10", "延长立案审查 2024-06-17", "立案 2024-06-20"), "2024-06-03"), "2024-07-03 按期完成 0"},
		{"filing, overdue", "FILING_REVIEW", foundOn(facts("2024-06-21"), "2024-06-03"), "2024-06-18 已逾期 3"},
		{"filing, only the month known", "FILING_REVIEW", foundOn(facts("2024-07-10", "立案 2024-06-20"), "2024-06"), "2024-06-16 无法判断 0"},
		{"decision, running", "CASE_DECISION", facts("2024-09-01", "立案 2024-06-12"), "2024-09-10 进行中 9"},
		{"decision, extended twice", "CASE_DECISION", facts("2024-10-01", "立案 2024-06-12", "延长办案期限 2024-09-01", "延长办案期限 2024-10-08", "行政处罚决定 2024-11-11"), "2024-11-09 无法判断 0"}, // a Saturday; the Monday after it
		{"decision, two days after the weekend", "CASE_DECISION", facts("2024-10-01", "立案 2024-06-12", "延长办案期限 2024-09-01", "延长办案期限 2024-10-08", "行政处罚决定 2024-11-12"), "2024-11-09 逾期完成 3"},
		{"decision, on the working day after the end", "CASE_DECISION", facts("2024-11-11", "立案 2024-06-12", "延长办案期限 2024-09-01", "延长办案期限 2024-10-08"), "2024-11-09 进行中 0"},
		{"seizure lifted on day 34", "SEALING", facts("2026-10-20", "查封扣押 2026-09-03", "解除查封扣押 2026-10-07"), "2026-10-03 逾期完成 4"},
		{"decision, a third extension counts for nothing", "CASE_DECISION", facts("2024-10-01", "立案 2024-06-12", "延长办案期限 2024-09-01", "延长办案期限 2024-09-02", "延长办案期限 2024-09-03"), "2024-11-09 进行中 39"},
		{"decision, extended when it was over", "CASE_DECISION", facts("2024-10-20", "立案 2024-06-12", "延长办案期限 2024-09-12", "行政处罚决定 2024-10-10"), "2024-09-10 逾期完成 30"},
		{"decision, extended on the working day after a Sunday", "CASE_DECISION", facts("2024-09-20", "立案 2024-06-10", "延长办案期限 2024-09-09"), "2024-10-08 进行中 18"},
		{"decision, hearing not counted", "CASE_DECISION", facts("2024-10-01", "立案 2024-06-12", "听证 2024-08-01 -2024-08-01..2024-08-20"), "2024-09-30 已逾期 1"},
		{"decision, hearing under way", "CASE_DECISION", facts("2024-10-01", "立案 2024-06-12", "听证 2024-08-01 -2024-08-01.."), " 无法判断 0"},
		{"defence, waiting", "STATEMENT_DEFENCE", facts("2024-09-13", "事先（听证）告知 2024-09-10 >2024-09-12"), "2024-09-20 进行中 7"},
		{"defence, over", "STATEMENT_DEFENCE", facts("2024-10-13", "事先（听证）告知 2024-09-10 >2024-09-12"), "2024-09-20 已届满 0"},
		{"hearing asked for", "HEARING_REQUEST", facts("2024-10-13", "事先（听证）告知 2024-09-10 >2024-09-12", "听证申请 2024-09-19"), "2024-09-20 按期完成 0"},
		{"hearing asked for too late", "HEARING_REQUEST", facts("2024-10-13", "事先（听证）告知 2024-09-10 >2024-09-12", "听证申请 2024-09-24"), "2024-09-20 已届满 0"},
		{"service, overdue", "SERVICE", facts("2024-10-15", "行政处罚决定 2024-09-27"), "2024-10-12 已逾期 3"},
		{"service, in time", "SERVICE", facts("2024-10-15", "行政处罚决定 2024-09-27 >2024-09-29"), "2024-10-12 按期完成 0"},
		{"publication, late", "PUBLISH", facts("2024-12-15", "行政处罚决定 2024-06-03", "公示 2024-06-18"), "2024-06-13 逾期完成 5"},
		{"taken back after its 公示", withdrawRule, facts("2024-10-30", "行政处罚决定 2024-06-03", "公示 2024-06-10", "撤销处罚 2024-10-14"), "2024-10-17 已逾期 13"},
		{"taken back, and said so", withdrawRule, facts("2024-10-30", "行政处罚决定 2024-06-03", "公示 2024-06-10", "撤销处罚 2024-10-14", "公示 2024-10-16"), "2024-10-17 按期完成 0"},
		{"found unlawful by a court that was asked before the 公示", withdrawRule, facts("2024-10-16", "行政处罚决定 2024-06-03", "行政诉讼 2024-06-05 =确认违法@2024-10-14", "公示 2024-06-10"), "2024-10-17 进行中 1"},
		{"changed after a newspaper told of it", withdrawRule, inPrint(facts("2024-10-16", "行政处罚决定 2024-06-03", "变更处罚 2024-10-14"), "2024-09-01"), "2024-10-17 进行中 1"},
		{"taken back after a bulletin", withdrawRule, inBulletin(facts("2024-10-16", "行政处罚决定 2024-06-03", "撤销处罚 2024-10-14"), "2024-09-01", ""), "2024-10-17 进行中 1"},
		{"of a case that is closed", withdrawRule, inBulletin(facts("2024-10-16", "行政处罚决定 2024-06-03", "结案 2024-08-01", "撤销处罚 2024-10-14"), "2024-09-01", ""), "2024-10-17 进行中 1"},
		{"the bulletin is withdrawn", withdrawRule, inBulletin(facts("2024-10-30", "行政处罚决定 2024-06-03", "撤销处罚 2024-10-14"), "2024-09-01", "2024-10-18"), "2024-10-17 逾期完成 1"},
		{"payment in parts", "FINE_PAY", withFine(facts("2024-12-15", "行政处罚决定 2024-06-03 >2024-06-05"), "10000@2024-06-10", "20000@2024-06-20"), "2024-06-20 按期完成 0"},
		{"payment, one part missing", "FINE_PAY", withFine(facts("2024-06-22", "行政处罚决定 2024-06-03 >2024-06-05"), "10000@2024-06-10"), "2024-06-20 已逾期 2"},
		{"re-check", "CORRECTION_RECHECK", ofType(facts("2024-06-22", "责令改正 2024-05-20 >2024-05-21", "复查 2024-06-19"), "WATER_EVASION"), "2024-06-20 按期完成 0"},
		{"the order's own day", "ORDER_DUE", facts("2024-06-22", "责令改正 2024-05-20 >2024-05-21 !2024-06-21"), "2024-06-21 已届满 0"},
		{"seizure, extended and not released", "SEALING", facts("2024-08-20", "查封扣押 2024-06-12", "延长查封扣押 2024-07-10"), "2024-08-11 已逾期 9"}, // a Sunday: a limit on power does not move
		{"seizure, extended on the last day", "SEALING", facts("2024-08-20", "查封扣押 2024-06-12", "延长查封扣押 2024-07-12"), "2024-08-11 已逾期 9"},
		{"seizure, extended a day too late", "SEALING", facts("2024-08-20", "查封扣押 2024-06-12", "延长查封扣押 2024-07-13", "解除查封扣押 2024-07-15"), "2024-07-12 逾期完成 3"},
		{"seizure, another one extended", "SEALING", facts("2024-11-20", "查封扣押 2024-06-12", "解除查封扣押 2024-07-31", "查封扣押 2024-09-02", "延长查封扣押 2024-09-20", "解除查封扣押 2024-10-30"), "2024-07-12 逾期完成 19"},
		{"seizure, the extension filed behind the release", "SEALING", facts("2024-11-20", "查封扣押 2024-06-12", "解除查封扣押 2024-07-31", "延长查封扣押 2024-07-10"), "2024-08-11 按期完成 0"},
		{"seizure, the extension's day unknown", "SEALING", facts("2024-11-20", "查封扣押 2024-06-12", "解除查封扣押 2024-07-31", "延长查封扣押"), "2024-08-11 按期完成 0"},
		{"seizure, released", "SEALING", facts("2024-08-20", "查封扣押 2024-06-12", "解除查封扣押 2024-07-12"), "2024-07-12 按期完成 0"},
		{"evidence kept", "EVIDENCE_REGISTRATION", facts("2024-06-20", "先行登记保存 2024-06-12"), "2024-06-21 进行中 1"},
		{"detention referral", "DETAIN_TRANSFER", facts("2024-06-20", "移送行政拘留 2024-06-12 >2024-06-17"), "2024-06-17 按期完成 0"},
		{"police have not answered", "DETAIN_RETURN", facts("2024-06-28", "移送行政拘留 2024-06-12 >2024-06-17"), "2024-06-24 已逾期 4"},
		{"police decided", "DETAIN_RETURN", facts("2024-06-28", "移送行政拘留 2024-06-12 >2024-06-17 =已决定拘留@2024-06-20"), "2024-06-24 按期完成 0"},
		{"crime referral within a day", "CRIME_TRANSFER", facts("2024-06-28", "移送涉嫌犯罪 2024-06-12 >2024-06-14"), "2024-06-13 逾期完成 1"},
		{"reconsideration may be asked for", "RECON_APPLY", facts("2024-06-28", "行政处罚决定 2024-06-03 >2024-06-05"), "2024-08-05 进行中 38"},
		{"suit lapsed", "SUIT_DIRECT", facts("2025-06-28", "行政处罚决定 2024-06-03 >2024-06-05"), "2024-12-05 已届满 0"},
		{"limitation", "LIMITATION", acts(facts("2024-06-28", "立案 2024-06-12"), "2022-06-01"), "2024-06-01 逾期完成 11"}, // a Saturday
		{"limitation over under the Code", "LIMITATION", acts(facts("2028-11-01"), "2026-09-01"), "2028-09-01 无法判断 0"},
		{"limitation under the Code where harm was done", "LIMITATION_CODE", acts(facts("2028-11-01"), "2026-09-01"), "2031-09-01 进行中 1034"},
		{"longer limitation before the Code", "LIMITATION_LONG", acts(facts("2024-06-28", "立案 2024-06-12"), "2022-06-01"), "2027-06-01 按期完成 0"},
		{"hearing, told in time", "HEARING_NOTICE", facts("2024-10-20", "听证 2024-09-20 >2024-09-27 !2024-10-12"), "2024-09-27 按期完成 0"}, // 国庆, and 调休 on 09-29
		{"hearing, told a working day late", "HEARING_NOTICE", facts("2024-10-20", "听证 2024-09-20 >2024-09-29 !2024-10-12"), "2024-09-27 逾期完成 2"},
		{"hearing, not yet told", "HEARING_NOTICE", facts("2024-06-10", "听证 2024-06-03 !2024-06-25"), "2024-06-14 进行中 4"},
		{"release served late", "SEALING_RELEASE_SERVICE", facts("2024-08-20", "查封扣押 2024-06-12", "解除查封扣押 2024-07-12 >2024-07-18"), "2024-07-17 逾期完成 1"},
		{"production limited", "RESTRICT_PRODUCTION", facts("2024-08-20", "责令限制生产 2024-06-30"), "2024-09-30 进行中 41"},
		{"production limited, extended", "RESTRICT_PRODUCTION", facts("2025-01-02", "责令限制生产 2024-06-30", "延长限制生产 2024-09-20", "解除限产停产 2024-12-31"), "2024-12-30 逾期完成 1"},
		{"the order to stop, served", "RESTRICT_SERVICE", facts("2024-08-20", "责令停产整治 2024-06-12 >2024-06-20"), "2024-06-21 按期完成 0"},
		{"visit after production was freed", "RECTIFY_FOLLOWUP", facts("2024-10-20", "责令停产整治 2024-06-12", "解除限产停产 2024-09-12"), "2024-10-12 已逾期 8"}, // a Saturday that is worked
		{"court, after the time for a suit", "ENFORCE_APPLY", withFine(facts("2025-01-10", "行政处罚决定 2024-06-03 >2024-06-05")), "2025-03-05 进行中 54"},
		{"court, after a reconsideration", "ENFORCE_APPLY", withFine(facts("2024-10-10", "行政处罚决定 2024-06-03 >2024-06-05", "行政复议 2024-07-01 =维持@2024-08-30")), "2024-12-14 进行中 65"},
		{"court, reconsideration under way", "ENFORCE_APPLY", withFine(facts("2024-10-10", "行政处罚决定 2024-06-03 >2024-06-05", "行政复议 2024-07-01")), " 无法判断 0"},
		{"court, after a suit", "ENFORCE_APPLY", withFine(facts("2024-10-10", "行政处罚决定 2024-06-03 >2024-06-05", "行政诉讼 2024-07-01")), " 无法判断 0"},
		{"court, paid in parts by approval", "ENFORCE_APPLY", withFine(facts("2025-03-10", "行政处罚决定 2024-06-03 >2024-06-05", "分期（延期）缴纳 2024-06-15 !2025-05-31"), "10000@2024-07-01"), "2025-08-31 进行中 174"},
		{"court, asked in time", "ENFORCE_APPLY", withFine(facts("2025-04-10", "行政处罚决定 2024-06-03 >2024-06-05", "申请强制执行 2025-02-20")), "2025-03-05 按期完成 0"},
		{"closed without a step", "PUBLISH", facts("2024-12-15", "行政处罚决定 2024-06-03", "结案 2024-09-01"), "2024-06-13 无法判断 0"},
		{"a day not published", "SERVICE", facts("2024-12-15", "行政处罚决定 2024-06"), "2024-06-12 已逾期 159"},
		{"served at once, into a year without a calendar", "SERVICE", facts("2026-12-31", "行政处罚决定 2026-12-25 >2026-12-28"), " 按期完成 0"},
		{"served in that year", "SERVICE", facts("2027-01-20", "行政处罚决定 2026-12-25 >2027-01-05"), " 无法判断 0"},
		{"into a year without a calendar", "PUBLISH", facts("2026-12-31", "行政处罚决定 2026-12-28"), " 无法判断 0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			list := Clocks(tc.facts)
			i := slices.IndexFunc(list, func(c Clock) bool { return c.Rule.Code == tc.code })
			if i < 0 {
				t.Fatalf("no clock %s among %d", tc.code, len(list))
			}
			c := list[i]
			if got := fmt.Sprintf("%s %s %d", c.Term.On, c.State, c.Days); got != tc.want {
				t.Errorf("%s: %s (%s), want %s", tc.code, got, c.Note, tc.want)
			}
			if c.State == Unknown && c.Note == "" {
				t.Error("cannot tell, and does not say why")
			}
		})
	}
}

func inPrint(x *Facts, on string) *Facts {
	x.File.Publications = []registry.Publication{{Name: "某日报", PublishedOn: day(on)}}
	return x
}

// inBulletin has a bulletin of ours tell the case, approved and published on a day, and withdrawn on another unless that is empty.
func inBulletin(x *Facts, on, withdrawn string) *Facts {
	at := func(s string) time.Time { t, _ := day(s).Time(); return t }
	b := registry.CaseBulletin{ID: 1, Title: "典型案例", ApprovedAt: at(on), ReleasedOn: day(on)}
	if withdrawn != "" {
		t := at(withdrawn)
		b.WithdrawnAt = &t
	}
	x.File.Bulletins = []registry.CaseBulletin{b}
	return x
}

// Nothing is to be taken back that was not published before: of a bulletin that nobody has read, one that was withdrawn before, a 公示 that came later, and
// of others' publications that a case was taken from.
func TestNothingToTakeBack(t *testing.T) {
	turned := []string{"行政处罚决定 2024-06-03", "撤销处罚 2024-10-14"}
	unread := inBulletin(facts("2024-10-30", turned...), "2024-09-01", "")
	unread.File.Bulletins[0].ReleasedOn = registry.Date{}
	source := inPrint(facts("2024-10-30", turned...), "2024-09-01")
	source.File.Case.Origin = registry.OriginPublished
	for name, x := range map[string]*Facts{
		"never published":   facts("2024-10-30", turned...),
		"published after":   facts("2024-10-30", append(turned, "公示 2024-10-15")...),
		"printed after":     inPrint(facts("2024-10-30", turned...), "2024-10-20"),
		"its source":        source,
		"nobody read it":    unread,
		"withdrawn before":  inBulletin(facts("2024-10-30", turned...), "2024-09-01", "2024-09-20"),
		"told of it anyway": inBulletin(facts("2024-10-30", turned...), "2024-10-20", ""),
	} {
		if list := Clocks(x); slices.ContainsFunc(list, func(c Clock) bool { return c.Rule.Code == withdrawRule }) {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// TestRecheckOnlyWhereDaily: 禁养区 has no daily penalty, so no 暗查 is due.
func TestRecheckOnlyWhereDaily(t *testing.T) {
	x := facts("2024-06-22", "责令改正 2024-05-20 >2024-05-21")
	x.File.Violations = []registry.Violation{{TypeCode: "NO_FARM_ZONE_OPERATE"}}
	if list := Clocks(x); slices.ContainsFunc(list, func(c Clock) bool { return c.Rule.Code == "CORRECTION_RECHECK" }) {
		t.Errorf("a re-check is due: %+v", list)
	}
}

func TestDue(t *testing.T) {
	c, ok := Due(Clocks(facts("2024-06-10", "立案 2024-06-03", "查封扣押 2024-06-05", "先行登记保存 2024-06-05")))
	if !ok || c.Rule.Code != "EVIDENCE_REGISTRATION" {
		t.Errorf("Due = %+v, %v, want the evidence kept since 2024-06-05", c, ok)
	}
	// Neither a right nor a waiting time is anybody's due, and the day on which it is asked changes nothing.
	for _, today := range []string{"2024-09-13", "2030-01-01"} {
		x := facts(today, "立案 2024-06-12", "事先（听证）告知 2024-09-10 >2024-09-12")
		if c, ok := Due(Clocks(x)); !ok || c.Rule.Code != "CASE_DECISION" {
			t.Errorf("Due on %s = %+v, %v, want the decision", today, c, ok)
		}
		x.File.Case.Origin = registry.OriginPublished
		if c, ok := Due(Clocks(x)); ok {
			t.Errorf("Due of a published case = %+v", c)
		}
	}
	if c, ok := Due(Clocks(facts("2024-06-10"))); ok {
		t.Errorf("Due of an empty case = %+v", c)
	}
}

// dataOnly are deadlines that start from facts which the register does not record, with the fact; pages show them as data.
var dataOnly = map[string]string{
	"EVIDENCE_REGISTRATION_RATIFY": "紧急登记保存的时刻和补办批准没有登记",
	"PUBLIC_NOTICE_SERVICE":        "发出公告之日没有登记，登记的是视为送达之日",
	"CORRECTION_RECHECK_GD_APPLY":  "当事人申请查验及其受理没有登记",
	"DAILY_PENALTY_DAYS":           "公式，按计罚日数另算金额",
	"SEALING_RATIFY":               "当场实施的时刻和补办批准没有登记",
	"SEALING_RELEASE_CHECK":        "解除申请没有登记",
	"RECTIFY_PLAN":                 "当事人报备整改方案没有登记",
	"RECTIFY_REPORT":               "完成整改之日和报备没有登记",
	"FACILITY_IDLE_APPLY":          "当事人的拆除、闲置申请没有登记",
	"FACILITY_IDLE_DECIDE":         "当事人的拆除、闲置申请没有登记",
	"FINE_SURCHARGE":               "公式，见加处罚款的计算",
	"SURCHARGE_URGE":               "是否、何日决定加处罚款没有登记",
	"ENFORCE_COURT":                "法院受理之日和裁定之日只有一栏结果",
	"RECON_ACCEPT":                 "复议机关收到申请之日没有登记",
	"RECON_DECIDE_SIMPLE":          "复议适用普通程序还是简易程序没有登记",
	"SIMPLE_RECORD":                "当场处罚不在案件登记之内",
	"DETAIN_SUPPLEMENT":            "公安机关受案和补充告知没有登记",
	"DETAIN_COPY":                  "收到抄送的拘留决定书之日没有登记",
	"CRIME_APPROVE":                "内部移送报告没有登记",
	"CRIME_RECONSIDER":             "接到不予立案通知书之日没有登记",
	"CRIME_HANDOVER":               "接到立案通知书之日没有登记",
	"MONITOR_RECORD_KEEP":          "排污单位自己的记录",
	"LEDGER_KEEP":                  "排污单位自己的台账",
	"REGISTRATION_CHANGE":          "排污单位信息变动之日没有登记",
	"RECON_SELF_CORRECT":           "收到转交的复议申请之日没有登记",
	"SUIT_UNINFORMED":              "是否告知起诉期限没有登记",
}

// TestEveryDeadlineHasAPlace: a deadline of the catalogue runs as a clock or is data for a reason; a rule names a deadline that exists.
func TestEveryDeadlineHasAPlace(t *testing.T) {
	run := map[string]bool{}
	for _, r := range rules {
		if _, ok := statute.Embedded().Deadline(r.code); !ok {
			t.Errorf("rule %s names no deadline", r.code)
		}
		run[r.code] = true
	}
	for _, d := range statute.Embedded().Deadlines() {
		if run[d.Code] == (dataOnly[d.Code] != "") {
			t.Errorf("deadline %s: runs %v, data only because %q", d.Code, run[d.Code], dataOnly[d.Code])
		}
	}
	if len(run)+len(dataOnly) != len(statute.Embedded().Deadlines()) {
		t.Errorf("%d clocks and %d of data are not the %d deadlines", len(run), len(dataOnly), len(statute.Embedded().Deadlines()))
	}
}

// TestClosedCaseHasNoRunningClock: neither a duty, nor somebody's right, nor a waiting time.
func TestClosedCaseHasNoRunningClock(t *testing.T) {
	docs := []string{"立案 2024-06-12", "查封扣押 2024-06-12", "事先（听证）告知 2024-09-10 >2024-09-12", "责令改正 2024-09-10 >2024-09-12 !2024-10-30", "听证 2024-09-15 !2024-09-30",
		"行政处罚决定 2024-09-13 >2024-09-13", "催告 2024-09-13 >2024-09-13", "行政复议 2024-09-14"}
	live := func(docs []string) (n int) {
		for _, c := range Clocks(with(facts("2024-09-14", docs...), fine(30000, ""))) {
			if c.Live() {
				n++
			} else if c.State == Unknown && c.Note == "" {
				t.Errorf("%s cannot be told, and does not say why", c.Rule.Code)
			}
		}
		return n
	}
	if open := live(docs); open < 8 {
		t.Errorf("%d clocks of an open case run, want the many that the documents started", open)
	}
	if closed := live(append(docs, "结案 2024-09-14")); closed != 0 {
		t.Errorf("%d clocks of a closed case run", closed)
	}
}

// TestPublishedCaseIsNotOverdue: a newspaper does not print when a decision was made public.
func TestPublishedCaseIsNotOverdue(t *testing.T) {
	x := facts("2026-09-01", "行政处罚决定 2024-06-03")
	x.File.Case.Origin = registry.OriginPublished
	for _, c := range Clocks(x) {
		if c.State == Overdue {
			t.Errorf("%s is overdue", c.Rule.Code)
		}
	}
	for _, f := range Checks(x) {
		if f.Code == "PUBLICATION" && f.Verdict != CannotTell {
			t.Errorf("publication: %s %s", f.Verdict, f.What)
		}
	}
}

// TestClocksThatDoNotRun: a fine that was paid needs no court, and five years are nobody's question where the case was filed within two.
func TestClocksThatDoNotRun(t *testing.T) {
	paid := with(facts("2025-01-10", "行政处罚决定 2024-06-03 >2024-06-05"), fine(30000, ""))
	paid.File.Penalties[0].ID = 1
	paid.File.Payments = []registry.Payment{{PenaltyID: 1, Amount: registry.Yuan(30000), PaidOn: day("2024-06-10")}}
	filed := facts("2027-01-10", "立案 2026-10-12")
	filed.ActEnds = []registry.Date{day("2026-09-01")}
	for code, x := range map[string]*Facts{"ENFORCE_APPLY": paid, "LIMITATION_CODE": filed, "LIMITATION_LONG": filed, "HEARING_NOTICE": facts("2024-10-20", "听证 2024-09-20")} {
		if slices.ContainsFunc(Clocks(x), func(c Clock) bool { return c.Rule.Code == code }) {
			t.Errorf("%s runs", code)
		}
	}
}
