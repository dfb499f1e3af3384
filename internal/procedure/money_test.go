package procedure

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// owing is a case with one fine of so many 元 under its first decision, and payments: yuan@day[/kind].
func owing(x *Facts, yuan int64, payments ...string) *Facts {
	m := registry.Yuan(yuan)
	p := registry.Penalty{ID: 1, Kind: "罚款", Amount: &m}
	for _, d := range x.File.Documents {
		if d.Kind == registry.DocDecision && p.DocumentID == 0 {
			p.DocumentID = d.ID
		}
	}
	x.File.Penalties = []registry.Penalty{p}
	for i, s := range payments {
		amount, rest, _ := strings.Cut(s, "@")
		on, kind, ok := strings.Cut(rest, "/")
		if !ok {
			kind = registry.PaidFine
		}
		n, _ := strconv.Atoi(amount)
		pay := registry.Payment{ID: registry.PaymentID(i + 1), PenaltyID: 1, Kind: kind, Amount: registry.Yuan(int64(n))}
		if on != "" {
			pay.PaidOn = day(on)
		}
		x.File.Payments = append(x.File.Payments, pay)
	}
	return x
}

func payBy(x *Facts, on string) *Facts { x.File.Penalties[0].PayBy = day(on); return x }

const decided = "行政处罚决定 2024-06-03 >2024-06-05" // to be paid by Thursday 2024-06-20

func TestSurcharge(t *testing.T) {
	for _, tc := range []struct {
		name  string
		facts *Facts
		want  string // pay-by: days counted, stopped; by the whole fine / by what is unpaid; paid up or not
	}{
		{"not late yet", owing(facts("2024-06-20", decided), 10000), "2024-06-20: none"},
		{"the first day", owing(facts("2024-06-21", decided), 10000), "2024-06-20: 1-0 300/300 running"},
		{"over the end of a month", owing(facts("2024-07-01", decided), 10000), "2024-06-20: 11-0 3,300/3,300 running"},
		{"the day before the limit", owing(facts("2024-07-23", decided), 10000), "2024-06-20: 33-0 9,900/9,900 running"},
		{"the limit", owing(facts("2024-07-24", decided), 10000), "2024-06-20: 34-0 10,000/10,000 running capped"},
		{"long after it", owing(facts("2025-07-24", decided), 10000), "2024-06-20: 399-0 10,000/10,000 running capped"},
		{"paid in time", owing(facts("2024-12-01", decided), 10000, "10000@2024-06-20"), "2024-06-20: none"},
		{"paid up late", owing(facts("2024-12-01", decided), 10000, "10000@2024-06-25"), "2024-06-20: 5-0 1,500/1,500 paid up"},
		{"half in time, half late", owing(facts("2024-12-01", decided), 10000, "5000@2024-06-20", "5000@2024-06-30"), "2024-06-20: 10-0 3,000/1,500 paid up"},
		{"a part while late", owing(facts("2024-06-30", decided), 10000, "5000@2024-06-25"), "2024-06-20: 10-0 3,000/2,250 running"},
		{"the unpaid part reaches the limit later", owing(facts("2024-08-20", decided), 10000, "5000@2024-06-20"), "2024-06-20: 61-0 10,000/9,150 running capped"},
		{"a surcharge paid changes nothing", owing(facts("2024-06-30", decided), 10000, "300@2024-06-21/缴纳加处罚款"), "2024-06-20: 10-0 3,000/3,000 running"},
		{"taken by the court", owing(facts("2024-12-01", decided), 10000, "10000@2024-07-01/法院划拨"), "2024-06-20: 11-0 3,300/3,300 paid up"},
		{"given back by mistake and paid again", owing(facts("2024-12-01", decided), 10000, "10000@2024-06-20", "10000@2024-06-25/退还", "10000@2024-06-30"), "2024-06-20: 10-0 3,000/1,500 paid up"},
		{"deferred", owing(facts("2024-08-10", decided, "分期（延期）缴纳 2024-06-18 !2024-07-31"), 10000), "2024-07-31: 10-0 3,000/3,000 running"},
		{"deferred, day not recorded", owing(facts("2024-08-10", decided, "分期（延期）缴纳 2024-06-18"), 10000), "?: unknown 没有登记期限"},
		{"under reconsideration", owing(facts("2024-07-20", decided, "行政复议 2024-06-25"), 10000), "2024-06-20: 4-26 1,200/1,200 running"},
		{"reconsideration over", owing(facts("2024-07-20", decided, "行政复议 2024-06-25 =维持@2024-07-10"), 10000), "2024-06-20: 14-16 4,200/4,200 running"},
		{"suit begun before the end of reconsideration", owing(facts("2024-07-20", decided, "行政复议 2024-06-25 =维持@2024-07-10", "行政诉讼 2024-07-08 =维持@2024-07-12"), 10000), "2024-06-20: 12-18 3,600/3,600 running"},
		{"reconsideration asked for in time, over when late", owing(facts("2024-07-20", decided, "行政复议 2024-06-10 =维持@2024-06-30"), 10000), "2024-06-20: 20-10 6,000/6,000 running"},
		{"the limit is reached later", owing(facts("2024-08-20", decided, "行政复议 2024-06-25 =维持@2024-07-10"), 10000), "2024-06-20: 45-16 10,000/10,000 running capped"},
		{"reconsideration without a day", owing(facts("2024-07-20", decided, "行政复议"), 10000), "2024-06-20: unknown 起止日未登记"},
		{"its end not known", owing(facts("2024-07-20", decided, "行政复议 2024-06-25 =维持@2024-07"), 10000), "2024-06-20: unknown 起止日未登记"},
		{"a payment without a day", owing(facts("2024-07-20", decided), 10000, "5000@"), "2024-06-20: unknown 缴款日期"},
		{"service not recorded", owing(facts("2024-07-20", "行政处罚决定 2024-06-03"), 10000), "?: unknown 送达日期未登记"},
		{"into a year without a calendar", owing(facts("2027-03-01", "行政处罚决定 2026-12-20 >2026-12-25"), 10000), "?: unknown 放假安排未录入"},
		{"the day stated in the decision", payBy(owing(facts("2024-07-02", "行政处罚决定 2024-06-03"), 10000), "2024-06-30"), "2024-06-30: 2-0 600/600 running"},
		{"only its month is known", payBy(owing(facts("2024-07-02", decided), 10000), "2024-06"), "2024-06: unknown 不够精确"},
		{"annulled", owing(facts("2024-12-01", decided, "撤销处罚 2024-09-01"), 10000), "2024-06-20: none"},
		{"before the article was read", payBy(owing(facts("2021-08-01", decided), 10000), "2021-06-18"), "2021-06-18: unknown 起施行"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := AccountOf(tc.facts).Lines[0]
			by := "?"
			if !l.PayBy.On.IsZero() && l.PayBy.Why == "" {
				by = l.PayBy.On.String()
			}
			got := by + ": none"
			if s := l.Surcharge; s != nil {
				state := "running"
				if s.PaidUp {
					state = "paid up"
				}
				got = fmt.Sprintf("%s: %d-%d %s/%s %s", by, s.Days, s.Stopped, s.Whole, s.Unpaid, state)
				if s.Capped() {
					got += " capped"
				}
				if s.Why != "" {
					got = by + ": unknown " + s.Why
				}
			}
			ok := got == tc.want
			if by, why, unknown := strings.Cut(tc.want, ": unknown "); unknown {
				ok = strings.HasPrefix(got, by+": unknown") && strings.Contains(got, why)
			}
			if !ok {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}

// TestSurchargeNeverExceedsTheFine asks it of amounts and days without end, also where days times amount would not fit an integer.
func TestSurchargeNeverExceedsTheFine(t *testing.T) {
	for _, fine := range []registry.Money{1, 33, 100, registry.Yuan(10000), registry.MaxMoney} {
		for days := range 60 {
			x := owing(facts("2024-06-20", decided), 1)
			x.File.Penalties[0].Amount = &fine
			x.Today = x.Today.AddDays(days * days * 10)
			s := AccountOf(x).Lines[0].Surcharge
			if s == nil {
				continue
			}
			want := min(fine, registry.Money((float64(fine)*float64(surchargeDaily*s.Days)+50)/100))
			if s.Whole > fine || s.Whole < 0 || s.Unpaid > s.Whole || fine < 1e9 && s.Whole != want {
				t.Fatalf("fine %d, %d days: %d, by the unpaid part %d, want %d", fine, s.Days, s.Whole, s.Unpaid, want)
			}
		}
	}
}

func TestAccount(t *testing.T) {
	x := facts("2024-07-01", decided, "按日连续处罚 2024-07-01 >2024-07-01", "行政复议 2024-07-01 =撤销@2024-07-01")
	fine, daily, taken, wrong := registry.Yuan(20000), registry.Yuan(20000*3), registry.Yuan(500), registry.Yuan(50000)
	days := int64(3)
	x.File.Case.Parties = []registry.CaseParty{{PartyID: 1, Role: "单位", NameAtAct: "甲公司"}, {PartyID: 2, Role: "责任人", NameAtAct: "张三"}}
	x.File.Parties = []registry.Party{{ID: 1, Name: "甲公司"}, {ID: 2, Name: "张三"}}
	x.File.Penalties = []registry.Penalty{
		{ID: 1, DocumentID: 1, PartyID: 1, Kind: "罚款", Amount: &fine},
		{ID: 2, DocumentID: 1, PartyID: 2, Kind: "罚款"},
		{ID: 3, DocumentID: 2, PartyID: 1, Kind: registry.PenaltyDaily, Amount: &daily, DailyDays: &days, DailyBase: &fine},
		{ID: 4, DocumentID: 1, PartyID: 1, Kind: "没收违法所得", Amount: &taken},
		{ID: 5, DocumentID: 1, PartyID: 2, Kind: "警告"},
	}
	x.File.Payments = []registry.Payment{{PenaltyID: 1, Kind: registry.PaidFine, Amount: registry.Yuan(5000), PaidOn: day("2024-06-10")}}
	a := AccountOf(x)
	if got := fmt.Sprintf("%s/%s/%s due %s, %d unknown, owed %s", a.Totals.Fines.Total, a.Totals.Daily.Total, a.Totals.Confiscated.Total, a.Totals.Due.Total, a.Totals.Due.Unknown, a.Totals.Balance); got != "20,000/60,000/500 due 80,500, 1 unknown, owed 75,500" {
		t.Error(got)
	}
	var parties []string
	for _, p := range a.Parties {
		parties = append(parties, fmt.Sprintf("%s（%s）%d %s", p.Name, p.Role, len(p.Lines), p.Totals.Due.Total))
	}
	if got := strings.Join(parties, " | "); got != "甲公司（单位）3 80,500 | 张三（责任人）2 0" {
		t.Error(got)
	}
	if !a.Totals.Reconciles() || len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "撤销处罚") {
		t.Errorf("reconciles %t, notes %q: want the annulment that is missing behind the reconsideration", a.Totals.Reconciles(), a.Notes)
	}
	if notes := a.Lines[2].Notes; len(notes) != 0 {
		t.Errorf("days times the fine is the amount, and yet: %q", notes)
	}
	x.File.Penalties[2].Amount = &wrong
	if notes := AccountOf(x).Lines[2].Notes; len(notes) != 1 || !strings.Contains(notes[0], "60,000") {
		t.Errorf("an amount that is not days times the fine: %q", notes)
	}
}

func TestPayClock(t *testing.T) {
	for _, tc := range []struct {
		name  string
		facts *Facts
		want  string
	}{
		{"deferred", owing(facts("2024-07-10", decided, "分期（延期）缴纳 2024-06-18 !2024-07-31"), 10000), "2024-07-31 进行中 21"},
		{"deferred and paid in parts", owing(facts("2024-12-10", decided, "分期（延期）缴纳 2024-06-18 !2024-07-31"), 10000, "4000@2024-06-18", "6000@2024-07-31"), "2024-07-31 按期完成 0"},
		{"deferred without a day", owing(facts("2024-12-10", decided, "分期（延期）缴纳 2024-06-18"), 10000), " 无法判断 0"},
		{"a surcharge does not complete it", owing(facts("2024-06-22", decided), 10000, "9700@2024-06-10", "300@2024-06-11/缴纳加处罚款"), "2024-06-20 已逾期 2"},
		{"given back and owed again", owing(facts("2024-06-22", decided), 10000, "10000@2024-06-10", "10000@2024-06-12/退还"), "2024-06-20 已逾期 2"},
		{"a payment without a day", owing(facts("2024-06-22", decided), 10000, "10000@"), "2024-06-20 无法判断 0"},
		{"annulled", owing(facts("2024-12-22", decided, "撤销处罚 2024-09-01"), 10000), "none"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := "none"
			for _, c := range Clocks(tc.facts) {
				if c.Rule.Code == "FINE_PAY" {
					got = fmt.Sprintf("%s %s %d", c.Term.On, c.State, c.Days)
				}
			}
			if got != tc.want {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}
