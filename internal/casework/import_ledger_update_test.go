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

// planned is what a ledger would do, for an asker.
func planned(t *testing.T, s *casework.Service, a registry.Actor, text string) casework.LedgerPlan {
	t.Helper()
	p, err := s.PlanLedger(ctx, a, asked(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWhatAnUpdateMayNotTake: values that nobody can place, or that would be nonsense, are shown with why, and the rest of the row is brought in.
func TestWhatAnUpdateMayNotTake(t *testing.T) {
	head := "当事人,统一社会信用代码,辖区,处罚文号,决定日期,立案日期,罚款（万元）,实缴（万元）,缴款日期\n"
	row := func(values string) string { return head + "恩平第1畜牧公司," + values + "\n" }
	for name, c := range map[string]struct{ first, second, field, fixed string }{
		"a fine without a decision":     {"当事人,案件编号,辖区,立案日期\n恩平第1畜牧公司,甲1,恩平,2024-05-01\n", "当事人,案件编号,辖区,立案日期,罚款（万元）\n恩平第1畜牧公司,甲1,恩平,2024-05-01,3\n", "罚款", "没有处罚决定书"},
		"paid, of no fine":              {row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,,,"), row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,,2,"), "实缴", "没有罚款"},
		"unpaid, of what was paid":      {row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,3,3,2024-07-01"), row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,3,0,"), "实缴", "是 0"},
		"no fine, of one":               {row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,3,,"), row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,0,,"), "罚款", "是 0"},
		"a code that another party has": {row(",恩平,江恩环罚〔2024〕1号,2024-06-03,,3,,") + "另一家公司,91440785MA0000001K,恩平,江恩环罚〔2024〕2号,2024-06-03,,3,,\n", "", "统一社会信用代码", "已用这个代码"},
	} {
		t.Run(name, func(t *testing.T) {
			s := service(t)
			if c.second == "" {
				c.first = strings.Replace(c.first, "91440785MA0000001K", validCode, 1)
				c.second = row(validCode + ",恩平,江恩环罚〔2024〕1号,2024-06-03,,3,,")
			}
			importLedger(t, s, c.first)
			p, _, err := s.ImportLedger(ctx, officer, updating(c.second, allUpdated))
			if err != nil {
				t.Fatalf("the whole ledger is refused: %v", err)
			}
			for _, d := range p.Matches[0].Differences {
				if d.Field == c.field {
					if !strings.Contains(d.Fixed, c.fixed) {
						t.Errorf("%s: %q, want %s", d.Field, d.Fixed, c.fixed)
					}
					return
				}
			}
			t.Errorf("no difference of %s: %s", c.field, p.Matches[0].DifferenceWords())
		})
	}
}

const validCode = "91350100M000100Y43"

// TestAMonthIsCompletedByItsDay: what the register knows to the month is no conflict with the day in it, and what it knows to the day none with the month.
func TestAMonthIsCompletedByItsDay(t *testing.T) {
	s := service(t)
	head := "当事人,辖区,处罚文号,决定日期\n恩平第1畜牧公司,恩平,江恩环罚〔2024〕1号,"
	_, was := importLedger(t, s, head+"2024年6月\n")
	if p := planned(t, s, officer, head+"2024-06-13\n"); p.Count(casework.FateUpdate) != 1 {
		t.Errorf("a day in the known month is %s", p.Matches[0].Fate)
	}
	if p := planned(t, s, officer, head+"2024-07-13\n"); p.Count(casework.FateConflict) != 1 {
		t.Errorf("a day in another month is %s", p.Matches[0].Fate)
	}
	if _, _, err := s.ImportLedger(ctx, officer, updating(head+"2024-06-13\n", allUpdated)); err != nil {
		t.Fatal(err)
	}
	if p := planned(t, s, officer, head+"2024年6月\n"); p.Count(casework.FateSame) != 1 {
		t.Errorf("the month of the known day is %s", p.Matches[0].Fate)
	}
	if f, err := s.CaseFile(ctx, officer, registry.CaseID(was.Rows[0].ID)); err != nil || f.DecidedOn() != registry.Day(2024, 6, 13) {
		t.Errorf("decided on %s, %v", f.DecidedOn(), err)
	}
}

// TestTwoRowsOfACaseAddAStepOnce: the second row of a decision is compared with the register as it was; what the first brings in is not brought in twice.
func TestTwoRowsOfACaseAddAStepOnce(t *testing.T) {
	s := service(t)
	_, was := importLedger(t, s, "当事人,辖区,处罚文号,决定日期\n恩平第1畜牧公司,恩平,江恩环罚〔2024〕1号,2024-06-03\n")
	row := "恩平第1畜牧公司,恩平,江恩环罚〔2024〕1号,2024-06-03,2024-05-01,3\n"
	_, batch, err := s.ImportLedger(ctx, officer, updating("当事人,辖区,处罚文号,决定日期,立案日期,罚款（万元）\n"+row+row, allUpdated))
	if err != nil || batch.Updates != 1 || batch.Kept != 1 {
		t.Fatalf("%v, %+v; want one row brought in, one left", err, batch)
	}
	if f, err := s.CaseFile(ctx, officer, registry.CaseID(was.Rows[0].ID)); err != nil || len(f.Documents) != 2 || len(f.Penalties) != 1 {
		t.Errorf("%d documents, %d penalties, %v; want two and one", len(f.Documents), len(f.Penalties), err)
	}
}

// TestChoicesAreOfWhatWasSeen: a record that somebody changed between the look and the import is not overwritten.
func TestChoicesAreOfWhatWasSeen(t *testing.T) {
	s := service(t)
	_, was := importLedger(t, s, updateHead+"恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,,3,,,\n")
	text := updateHead + "恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,,4,,,\n"
	p := planned(t, s, officer, text)
	chosen := allUpdated
	chosen.Seen = p.Seen()
	f, err := s.CaseFile(ctx, officer, registry.CaseID(was.Rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	five := registry.Yuan(50_000)
	fine := f.Penalties[0]
	fine.Amount = &five
	if err := s.ChangePenalty(ctx, officer, &fine); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ImportLedger(ctx, officer, updating(text, chosen)); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("ImportLedger of what is not as it was seen = %v; want it refused", err)
	}
	p = planned(t, s, officer, text)
	chosen.Seen = p.Seen()
	if _, batch, err := s.ImportLedger(ctx, officer, updating(text, chosen)); err != nil || batch.Updates != 1 {
		t.Errorf("after another look: %v, %+v", err, batch)
	}
}

// TestAClosedCaseKeepsItsUpdates: who closed a case after the batch brought something into it keeps the batch.
func TestAClosedCaseKeepsItsUpdates(t *testing.T) {
	s := service(t)
	_, was := importLedger(t, s, updateHead+"恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,,3,3,2024-06-20,\n")
	_, batch, err := s.ImportLedger(ctx, officer, updating(updateHead+"恩平第1畜牧公司,,恩平,江恩环罚〔2024〕1号,2024-06-03,2024-05-01,3,3,2024-06-20,\n", allUpdated))
	if err != nil || batch.Updates != 1 {
		t.Fatalf("%v, %+v", err, batch)
	}
	id := registry.CaseID(was.Rows[0].ID)
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: id, Kind: registry.DocClosing, MadeOn: registry.Day(2024, 8, 1)}); err != nil {
		t.Fatal(err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "结了案") {
		t.Errorf("UndoLedger = %v; want a conflict that tells of the closing", err)
	}
}

// TestABranchImportsItsOwn: rows of another district, and records that another branch handles, are told before anything is written; where reading is narrowed, without what they say.
func TestABranchImportsItsOwn(t *testing.T) {
	s := service(t)
	kaiping := account(t, s, "kai", registry.User{OrganID: organCalled(t, s, "开平分局")})
	head := "当事人,辖区,处罚文号,决定日期,罚款（万元）\n"
	importLedger(t, s, head+"恩平第1畜牧公司,恩平,江恩环罚〔2024〕1号,2024-06-03,3\n")
	text := head + "恩平第1畜牧公司,开平,江恩环罚〔2024〕1号,2024-06-03,4\n恩平第2畜牧公司,恩平,江恩环罚〔2024〕2号,2024-06-03,4\n开平第3畜牧公司,开平,江开环罚〔2024〕3号,2024-06-03,4\n"
	p, batch, err := s.ImportLedger(ctx, kaiping, updating(text, allUpdated))
	if err != nil || batch.New != 1 || batch.Kept != 1 || batch.Rejected != 1 || batch.Updates != 0 {
		t.Fatalf("%v, %+v; want one new, one left, one rejected", err, batch)
	}
	if p.Rejected[0].Row != 3 || !strings.Contains(p.Rejected[0].Reason, "恩平市") || p.Matches[0].Updatable() {
		t.Errorf("rejected %+v, first row %s", p.Rejected, p.Matches[0].DifferenceWords())
	}
	narrowTo(t, s)
	p = planned(t, s, kaiping, text)
	if x := p.Matches[0]; x.Fate != casework.FateConflict || x.ID != 0 || len(x.Differences) != 0 {
		t.Errorf("a case of another branch = %s %d %s; want no more than that it is there", x.Why, x.ID, x.DifferenceWords())
	}
}
