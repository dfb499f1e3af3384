package registry

import (
	"slices"
	"testing"
)

// What of a case counts on which day: several decisions, one that took another's place, payments in parts and given back, a case taken up again.
func TestCounted(t *testing.T) {
	yuan := func(n int) *Money { m := Money(n * 100); return &m }
	f := &CaseFile{
		Case: Case{FoundOn: Month(2024, 3)},
		Documents: []Document{
			{ID: 1, Seq: 1, Kind: DocFiling, MadeOn: Day(2024, 4, 1)},
			{ID: 2, Seq: 2, Kind: DocDecision, MadeOn: Day(2024, 6, 3)},
			{ID: 3, Seq: 3, Kind: DocDailyPenalty, MadeOn: Day(2024, 7, 9)},
			{ID: 4, Seq: 4, Kind: DocClosing, MadeOn: Day(2024, 9, 1)},
		},
		Penalties: []Penalty{
			{ID: 1, DocumentID: 2, Kind: "罚款", Amount: yuan(1000)}, {ID: 2, DocumentID: 3, Kind: "按日连续罚款", Amount: yuan(300)},
			{ID: 3, DocumentID: 2, Kind: "没收违法所得"}, {ID: 4, Kind: "罚款", Amount: yuan(50)}, {ID: 5, DocumentID: 2, Kind: "警告"},
		},
		Payments: []Payment{
			{ID: 1, PenaltyID: 1, Kind: PaidFine, PaidOn: Day(2024, 7, 1), Amount: 600_00}, {ID: 2, PenaltyID: 1, Kind: PaidFine, PaidOn: Month(2024, 8), Amount: 500_00},
			{ID: 3, PenaltyID: 1, Kind: PaidSurcharge, PaidOn: Day(2024, 8, 2), Amount: 20_00}, {ID: 4, PenaltyID: 1, Kind: Refund, PaidOn: Day(2024, 8, 20), Amount: 100_00},
		},
	}
	sum := func(total, known, unknown int) Sum { return Sum{Money(total * 100), known, unknown} }
	for _, c := range []struct {
		basis Basis
		want  []Counted
	}{
		{BasisFound, []Counted{{On: Month(2024, 3), N: 1}}},
		{BasisFiled, []Counted{{On: Day(2024, 4, 1), N: 1}}},
		{BasisDecided, []Counted{{Day(2024, 6, 3), 1, sum(1000, 1, 1)}, {Day(2024, 7, 9), 1, sum(350, 2, 0)}}},
		{BasisPaid, []Counted{{Day(2024, 7, 1), 1, sum(600, 1, 0)}, {Month(2024, 8), 1, sum(500, 1, 0)}, {Day(2024, 8, 20), 1, sum(-100, 1, 0)}}},
		{BasisClosed, []Counted{{On: Day(2024, 9, 1), N: 1}}},
	} {
		if got := f.Counted(c.basis); !slices.Equal(got, c.want) {
			t.Errorf("Counted(%s) = %+v, want %+v", c.basis, got, c.want)
		}
	}
	if got := f.CountedOn(BasisDecided, Month(2024, 6), Month(2024, 6)); got != Day(2024, 6, 3) {
		t.Errorf("decided in June: %s", got)
	}
	if got := f.InSpan(BasisPaid, Day(2024, 8, 10), Day(2024, 8, 31)); len(got) != 1 || got[0].On != Day(2024, 8, 20) {
		t.Errorf("paid from 10 August: %+v: of a payment known by month it cannot be told", got)
	}
	f.Documents = append(f.Documents, Document{ID: 5, Seq: 5, Kind: DocAnnulled, MadeOn: Day(2024, 10, 1)}, Document{ID: 6, Seq: 6, Kind: DocReopened, MadeOn: Day(2024, 10, 1)})
	if got := f.Counted(BasisDecided); len(got) != 2 || got[0] != (Counted{On: Day(2024, 6, 3), N: 1}) || got[1].N != 1 || got[1].Money.Total != 0 {
		t.Errorf("annulled: %+v: the decisions were made, their penalties are not in force", got)
	}
	if got := f.Counted(BasisClosed); len(got) != 0 {
		t.Errorf("taken up again: %+v", got)
	}
}
