package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// updating is a ledger with what a person chose of it.
func updating(text string, choices casework.LedgerChoices) casework.LedgerAsked {
	ask := asked(text)
	ask.Choices = choices
	return ask
}

var allUpdated = casework.LedgerChoices{All: map[casework.Fate]bool{casework.FateUpdate: true, casework.FateConflict: true}}

const updateHead = "当事人,法定代表人,辖区,处罚文号,决定日期,立案日期,罚款（万元）,实缴（万元）,缴款日期,结案日期\n"

// TestLedgerUpdatesAndIsTakenBack: what the register has not, or otherwise, is shown by field; it is written only where a person chose so, with history, and the undo brings the
// former values back.
func TestLedgerUpdatesAndIsTakenBack(t *testing.T) {
	s := service(t)
	first := updateHead + "恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,,3,,,\n恩平第2畜牧公司,,恩平,江恩环罚〔2024〕2号,2024-06-04,,5,,,\n恩平第3畜牧公司,,恩平,江恩环罚〔2024〕3号,2024-06-05,,6,6,2024-06-20,2024-07-01\n"
	_, was := importLedger(t, s, first)
	second := updateHead + "恩平第1畜牧公司,张三,恩平,江恩环罚〔2024〕1号,2024-06-03,2024-05-01,3,3,2024-07-01,2024-08-01\n" +
		"恩平第2畜牧公司,,恩平,江恩环罚〔2024〕2号,2024-06-14,,8,,,\n" + "恩平第3畜牧公司,,恩平,江恩环罚〔2024〕3号,2024-06-06,,6,,,\n"
	before := filesOf(t, s, was)

	p, batch := importLedger(t, s, second)
	if batch.ID != 0 || p.Count(casework.FateUpdate) != 1 || p.Count(casework.FateConflict) != 2 || p.Matches[2].Updatable() {
		t.Fatalf("without a choice: batch %d, fates %s %s %s; want nothing written, one to complete, two in conflict, the closed one not to be changed", batch.ID, p.Matches[0].Fate, p.Matches[1].Fate, p.Matches[2].Fate)
	}
	if words := p.Matches[0].DifferenceWords(); !strings.Contains(words, "法定代表人：本册 没有，台账 张三") || !strings.Contains(words, "实缴") || !strings.Contains(words, "结案") {
		t.Errorf("differences = %s", words)
	}
	_, batch, err := s.ImportLedger(ctx, officer, updating(second, allUpdated))
	if err != nil || batch.Updates != 2 || batch.New != 0 || batch.Kept != 1 {
		t.Fatalf("ImportLedger: %v, %d updated, %d new, %d kept; want 2, 0, 1", err, batch.Updates, batch.New, batch.Kept)
	}
	f, err := s.CaseFile(ctx, officer, registry.CaseID(was.Rows[0].ID))
	if err != nil || f.Parties[0].LegalPerson != "张三" || f.FiledOn() != registry.Day(2024, 5, 1) || f.Paid() != registry.Yuan(30_000) || !f.Case.Stage.Closed() {
		t.Errorf("the first case = %+v, %v", f, err)
	}
	if f, err = s.CaseFile(ctx, officer, registry.CaseID(was.Rows[1].ID)); err != nil || f.Fines().Total != registry.Yuan(80_000) || f.DecidedOn() != registry.Day(2024, 6, 14) {
		t.Errorf("the second case: %s, %s, %v", f.Fines().Total, f.DecidedOn(), err)
	}
	if p, again, err := s.ImportLedger(ctx, officer, updating(second, allUpdated)); err != nil || again.ID != 0 || p.Count(casework.FateSame) != 2 {
		t.Errorf("the same again: %v, batch %d, %d same", err, again.ID, p.Count(casework.FateSame))
	}
	if err := s.UndoLedger(ctx, officer, was.ID); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the first batch is undone below the second: %v", err)
	}

	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatalf("UndoLedger: %v", err)
	}
	if after := filesOf(t, s, was); after != before {
		t.Errorf("after the undo:\n%s\nwant\n%s", after, before)
	}
	if err := s.UndoLedger(ctx, officer, was.ID); err != nil {
		t.Errorf("the first batch, once the second is undone: %v", err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Defects)
	}
}

// filesOf are the cases of a batch in words.
func filesOf(t *testing.T, s *casework.Service, b registry.LedgerBatch) (words string) {
	t.Helper()
	for _, r := range b.Rows {
		f, err := s.CaseFile(ctx, officer, registry.CaseID(r.ID))
		if err != nil {
			t.Fatal(err)
		}
		words += fmt.Sprintf("%s %s %s %s filed %s decided %s, fined %s, paid %s, %d documents, %d payments\n", f.Case.Title, f.Case.Stage, f.Parties[0].Name, f.Parties[0].LegalPerson,
			f.FiledOn(), f.DecidedOn(), f.Fines().Total, f.Paid(), len(f.Documents), len(f.Payments))
	}
	return words
}

// TestUpdatesAreKeptUnderLaterWork: who changed an updated record since, or added something to what the batch added, keeps the batch.
func TestUpdatesAreKeptUnderLaterWork(t *testing.T) {
	first := updateHead + "恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,,,,,\n"
	second := updateHead + "恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-13,,3,,,\n"
	for name, work := range map[string]func(*testing.T, *casework.Service, *registry.CaseFile) error{
		"the changed document": func(_ *testing.T, s *casework.Service, f *registry.CaseFile) error {
			d, _ := f.Document(registry.DocDecision)
			d.Note = "核对过"
			return s.ChangeDocument(ctx, officer, &d)
		},
		"a payment of the added fine": func(_ *testing.T, s *casework.Service, f *registry.CaseFile) error {
			_, err := s.AddPayment(ctx, officer, &registry.Payment{CaseID: f.Case.ID, PenaltyID: f.Penalties[0].ID, Kind: registry.PaidFine, PaidOn: registry.Day(2024, 7, 1), Amount: registry.Yuan(100)})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := service(t)
			_, was := importLedger(t, s, first)
			_, batch, err := s.ImportLedger(ctx, officer, updating(second, allUpdated))
			if err != nil || batch.Updates != 1 {
				t.Fatalf("%v, %+v", err, batch)
			}
			f, err := s.CaseFile(ctx, officer, registry.CaseID(was.Rows[0].ID))
			if err != nil {
				t.Fatal(err)
			}
			if err := work(t, s, f); err != nil {
				t.Fatal(err)
			}
			if err := s.UndoLedger(ctx, officer, batch.ID); registry.KindOf(err) != registry.KindConflict {
				t.Errorf("UndoLedger = %v; want a conflict", err)
			}
		})
	}
}

// TestChosenRows: a choice of a row is before that of its kind, and a farm of a list is completed.
func TestChosenRows(t *testing.T) {
	s := service(t)
	importLedger(t, s, "养殖场名称,辖区,镇街,畜种,存栏\n甲养猪场,恩平,沙湖镇,生猪,500\n乙养猪场,恩平,沙湖镇,生猪,600\n")
	text := "养殖场名称,辖区,镇街,畜种,存栏,联系电话\n甲养猪场,恩平,沙湖镇,生猪,550,13800000000\n乙养猪场,恩平,沙湖镇,生猪800头、肉鸡2000羽,,\n"
	p, err := s.PlanLedger(ctx, officer, asked(text))
	if err != nil {
		t.Fatal(err)
	}
	chosen := allUpdated
	chosen.Rows = map[string]bool{p.Matches[0].Key(): false}
	_, batch, err := s.ImportLedger(ctx, officer, updating(text, chosen))
	if err != nil || batch.Updates != 1 || batch.Kept != 1 || batch.Rows[0].Row != 3 {
		t.Fatalf("%v, %+v", err, batch)
	}
	x, err := s.Farm(ctx, officer, registry.FarmID(batch.Rows[0].ID))
	if err != nil || len(x.Herds) != 2 || x.Herds[0].CountText() != "800头" || x.Herds[1].CountText() != "2000只" {
		t.Errorf("the farm = %+v, %v", x, err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatal(err)
	}
	if x, err = s.Farm(ctx, officer, x.ID); err != nil || len(x.Herds) != 1 || x.Herds[0].CountText() != "600头" {
		t.Errorf("after the undo = %+v, %v", x, err)
	}
}

// TestNearNames: a farm or a party under another name is suggested with a score; who says that it is the same has the row of it, and who does not has a new one.
func TestNearNames(t *testing.T) {
	s := service(t)
	importLedger(t, s, "当事人,法定代表人,辖区,处罚文号,决定日期\n恩平市福旺畜牧有限公司,张三,恩平,江恩环罚〔2024〕1号,2024-06-03\n陈伟,,恩平,江恩环罚〔2024〕5号,2024-06-03\n")
	text := "当事人,法定代表人,辖区,处罚文号,决定日期\n恩平福旺农牧发展有限公司,张三,恩平,江恩环罚〔2024〕2号,2024-07-03\n陈伟,,恩平,江恩环罚〔2024〕6号,2024-07-03\n台山市兴隆养殖场,,台山,江台环罚〔2024〕3号,2024-07-03\n"
	p, err := s.PlanLedger(ctx, officer, asked(text))
	if err != nil || len(p.Near) != 2 || p.Near[0].Suggestions[0].Score < 90 || p.Near[1].Name != "陈伟" {
		t.Fatalf("near = %+v, %v; want 福旺 with more than 90, and 陈伟", p.Near, err)
	}
	same := p.Near[0].Suggestions[0]
	_, batch, err := s.ImportLedger(ctx, officer, updating(text, casework.LedgerChoices{Near: map[string]int64{p.Near[0].Key: same.ID}}))
	if err != nil || len(batch.Rows) != 3 {
		t.Fatalf("%v, %+v", err, batch)
	}
	f, err := s.CaseFile(ctx, officer, registry.CaseID(batch.Rows[0].ID))
	if err != nil || int64(f.Case.Parties[0].PartyID) != same.ID || f.Case.Parties[0].NameAtAct != "恩平福旺农牧发展有限公司" {
		t.Errorf("parties = %+v, %v", f.Case.Parties, err)
	}
	if list, _, err := s.Parties(ctx, officer, casework.PartyFilter{}, casework.Page{Limit: 10}); err != nil || len(list) != 4 {
		t.Errorf("%d parties, %v; want 福旺, two 陈伟 and 兴隆", len(list), err)
	}
	wrong := casework.LedgerChoices{Near: map[string]int64{p.Near[0].Key: 999}}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ImportLedger(ctx, officer, updating(text, wrong)); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a party that is not there: %v", err)
	}
}

// TestFarmGivenToACaseIsTakenBack: a case that had no farm is given one that the batch makes; the undo takes it off again, and voids the farm.
func TestFarmGivenToACaseIsTakenBack(t *testing.T) {
	s := service(t)
	_, was := importLedger(t, s, "当事人,辖区,处罚文号,决定日期\n恩平第1畜牧公司,恩平,江恩环罚〔2024〕1号,2024-06-03\n")
	_, batch, err := s.ImportLedger(ctx, officer, updating("当事人,养殖场,辖区,处罚文号,决定日期\n恩平第1畜牧公司,第1猪场,恩平,江恩环罚〔2024〕1号,2024-06-03\n", allUpdated))
	if err != nil || batch.Updates != 1 || len(batch.Made) != 1 {
		t.Fatalf("%v, %+v; want one case updated with one farm", err, batch)
	}
	id := registry.CaseID(was.Rows[0].ID)
	if f, err := s.CaseFile(ctx, officer, id); err != nil || f.Farm == nil {
		t.Fatalf("the case has no farm: %v", err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatalf("UndoLedger: %v", err)
	}
	f, err := s.CaseFile(ctx, officer, id)
	if err != nil || f.Case.FarmID != 0 {
		t.Errorf("after the undo the case has farm %d, %v", f.Case.FarmID, err)
	}
	if x, err := s.Farm(ctx, officer, registry.FarmID(batch.Made[0].ID)); err != nil || !x.IsVoid() {
		t.Errorf("after the undo the farm is void: %v, %v", x.IsVoid(), err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Defects)
	}
}
