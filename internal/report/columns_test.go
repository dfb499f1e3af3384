package report

import (
	"testing"

	"casebook/internal/registry"
)

// The columns of measures and outcomes: empty where the case has no such step, a word where it has and nobody knows.
func TestCaseColumnsOfMeasures(t *testing.T) {
	money := func(n int64) *registry.Money { m := registry.Yuan(n); return &m }
	days, two := int64(3), int64(2)
	day := func(m, d int) registry.Date { return registry.Day(2025, m, d) }
	f := &registry.CaseFile{Case: registry.Case{Origin: registry.OriginPublished}, Documents: []registry.Document{
		{ID: 1, Kind: registry.DocSeizure, MadeOn: day(1, 6)}, {ID: 2, Kind: registry.DocSeizureExtended, MadeOn: day(2, 5)}, {ID: 3, Kind: registry.DocSeizureEnd, MadeOn: day(2, 25)},
		{ID: 4, Kind: registry.DocDecisionExtended}, {ID: 5, Kind: registry.DocHearing, ExcludedFrom: day(3, 1), ExcludedTo: day(3, 20)},
		{ID: 6, Kind: registry.DocDecision, Number: "甲〔2025〕1号", MadeOn: day(4, 1)}, {ID: 7, Kind: registry.DocDailyPenalty, MadeOn: day(4, 10)},
		{ID: 8, Kind: registry.DocDetention, MadeOn: day(4, 11), Persons: &two}, {ID: 9, Kind: registry.DocDetention, MadeOn: day(4, 20)},
		{ID: 10, Kind: registry.DocDamageTalks}, {ID: 11, Kind: "损害赔偿协议", Amount: money(38000)}, {ID: 12, Kind: registry.DocReconsideration},
		{ID: 13, Kind: registry.DocInstalments, MadeOn: day(5, 6), Content: "分两期"}},
		Penalties: []registry.Penalty{{ID: 1, DocumentID: 6, Kind: "罚款", Amount: money(20000)}, {ID: 2, DocumentID: 7, Kind: registry.PenaltyDaily, Amount: money(60000), DailyDays: &days},
			{ID: 3, DocumentID: 6, Kind: "责令停产停业", Content: "至改正为止"}},
		Payments: []registry.Payment{{PenaltyID: 1, Kind: registry.PaidFine, Amount: registry.Yuan(25000)}, {PenaltyID: 1, Kind: registry.Refund, Amount: registry.Yuan(5000)}, {PenaltyID: 1, Kind: registry.PaidSurcharge, Amount: registry.Yuan(600)}}}
	full, bare := newCaseView(1, f, &LedgerOptions{}), newCaseView(2, &registry.CaseFile{}, &LedgerOptions{})
	sheet := &Sheets[SheetCases]
	for key, want := range map[string]string{
		"extensions": "1", "excluded": "听证 2025-03-01 至 2025-03-20", "sealed_on": "2025-01-06", "sealed_extended": "2025-02-05", "sealed_ended": "2025-02-25",
		"sealed_state": "经延长，已解除，前后 50 日", "stopped": "责令停产停业：至改正为止", "owed": "60,000", "refunded": "5,000", "surcharge": "600", "instalments": "2025-05-06 分两期",
		"detention_persons": "2", "detention_unknown": "1", "detention_result": "已移送，公安机关的决定未公布；已移送，公安机关的决定未公布", "daily_days": "3", "daily_amount": "60,000",
		"damages": "已达成协议（磋商 1 次）", "damages_amount": "38,000", "appeal_on": "未公布", "appeal": "未公布", "pending": "移送行政拘留；生态环境损害赔偿；行政复议",
		"crime_result": "", "reported_result": "", "redecided": "", "kept_on": "", "enforced_result": "",
	} {
		column := caseColumns[sheet.Index(key)]
		if got := column.value(full).String(); got != want {
			t.Errorf("%s of the full case is %q, want %q", key, got, want)
		}
		if got := column.value(bare).String(); got != "" {
			t.Errorf("%s of a bare case is %q, want nothing", key, got)
		}
	}
}

// Every column of the wide sheet stands in a group, and the groups follow each other.
func TestCaseGroups(t *testing.T) {
	sheet := &Sheets[SheetCases]
	last := -1
	for i, c := range sheet.Columns {
		n, name := sheet.GroupOf(i)
		if n < 0 || name == "" || n < last || n > last+1 {
			t.Errorf("column %s is in group %d %q behind group %d", c.Key, n, name, last)
		}
		last = n
	}
	if last != len(caseGroups)-1 {
		t.Errorf("the last column is in group %d of %d", last, len(caseGroups))
	}
}
