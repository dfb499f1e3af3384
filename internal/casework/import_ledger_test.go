package casework_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

const ledgerHead = "当事人,统一社会信用代码,辖区,违法行为类型,违反条款,立案日期,处罚文号,决定日期,罚款（万元）,实缴（万元）,缴款日期,结案日期\n"

// ledgerText is a ledger of n cases of 2024, some closed.
func ledgerText(n int) string {
	var b strings.Builder
	b.WriteString(ledgerHead)
	for i := range n {
		closed := ",,"
		if i%2 == 0 {
			closed = "3,2024-07-01,2024-08-01"
		}
		fmt.Fprintf(&b, "恩平第%d畜牧公司,,恩平,超标排放水污染物,《中华人民共和国水污染防治法》第十条,2024.5.6,江恩环罚〔2024〕%d号,2024年6月%d日,3,%s\n", i+1, i+1, i%28+1, closed)
	}
	return b.String()
}

func asked(text string) casework.LedgerAsked {
	return casework.LedgerAsked{Filename: "台账.csv", File: []byte(text)}
}

func importLedger(t *testing.T, s *casework.Service, text string) (casework.LedgerPlan, registry.LedgerBatch) {
	t.Helper()
	p, batch, err := s.ImportLedger(ctx, officer, asked(text))
	if err != nil {
		t.Fatalf("ImportLedger: %v", err)
	}
	return p, batch
}

func TestLedgerBecomesRecordsAndIsTakenBack(t *testing.T) {
	s := service(t)
	text := ledgerText(4) + "恩平第9畜牧公司,,恩平,,,,江恩环罚〔2024〕99号,6月3日,2,,,\n合计,,,,,,,,12,,,\n"
	p, batch := importLedger(t, s, text)
	if len(batch.Rows) != 4 || batch.Rejected != 1 || len(p.Totals) != 1 {
		t.Fatalf("batch = %+v, totals %+v; want four rows, one rejected, one total", batch, p.Totals)
	}
	f, err := s.CaseFile(ctx, officer, registry.CaseID(batch.Rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	if f.Case.Origin != registry.OriginImported || f.Case.Stage != registry.StageClosed || f.Paid() != registry.Yuan(30_000) || f.Fines().Total != registry.Yuan(30_000) || f.DecidedOn() != registry.Day(2024, 6, 1) ||
		f.FiledOn() != registry.Day(2024, 5, 6) || len(f.Violations) != 1 || len(f.Violations[0].Breached()) != 1 {
		t.Errorf("case = %+v", f)
	}

	again, second := importLedger(t, s, text)
	if second.ID != 0 || again.Count(casework.FateSame) != 4 {
		t.Errorf("the same file again: batch %d, %d same; want nothing, 4", second.ID, again.Count(casework.FateSame))
	}
	other := strings.Replace(ledgerText(1), "日,3,", "日,5,", 1)
	if p, b := importLedger(t, s, other); b.ID != 0 || p.Matches[0].Fate != casework.FateConflict || !strings.Contains(p.Matches[0].DifferenceWords(), "罚款") {
		t.Errorf("another fine: batch %d, %s %s; want a conflict about the fine", b.ID, p.Matches[0].Fate, p.Matches[0].DifferenceWords())
	}

	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatalf("UndoLedger: %v", err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("undone twice: %v; want a conflict", err)
	}
	if list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(list.Rows) != 0 {
		t.Errorf("after the undo there are %d cases, %v", len(list.Rows), err)
	}
	if list, _, err := s.Parties(ctx, officer, casework.PartyFilter{}, casework.Page{Limit: 10}); err != nil || len(list) != 0 {
		t.Errorf("after the undo there are %d parties, %v", len(list), err)
	}
	if _, third := importLedger(t, s, text); len(third.Rows) != 4 {
		t.Errorf("after the undo %d rows came in, want 4", len(third.Rows))
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Defects)
	}
}

// TestUndoIsRefusedUnderLaterWork: what somebody did with an imported record since keeps the batch.
func TestUndoIsRefusedUnderLaterWork(t *testing.T) {
	for name, work := range map[string]func(*testing.T, *casework.Service, registry.LedgerBatch) error{
		"a document": func(_ *testing.T, s *casework.Service, b registry.LedgerBatch) error {
			_, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: registry.CaseID(b.Rows[1].ID), Kind: registry.DocUrge})
			return err
		},
		"a change": func(_ *testing.T, s *casework.Service, b registry.LedgerBatch) error {
			f, err := s.CaseFile(ctx, officer, registry.CaseID(b.Rows[1].ID))
			if err != nil {
				return err
			}
			f.Case.Note += "核对过"
			return s.ChangeCase(ctx, officer, &f.Case)
		},
		"another case of its party": func(_ *testing.T, s *casework.Service, b registry.LedgerBatch) error {
			f, err := s.CaseFile(ctx, officer, registry.CaseID(b.Rows[1].ID))
			if err != nil {
				return err
			}
			_, err = s.AddCase(ctx, officer, &registry.Case{Title: "另一案", DistrictCode: "440785", Parties: f.Case.Parties})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := service(t)
			_, batch := importLedger(t, s, ledgerText(2))
			if err := work(t, s, batch); err != nil {
				t.Fatal(err)
			}
			err := s.UndoLedger(ctx, officer, batch.ID)
			if registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "导入以后") {
				t.Errorf("UndoLedger = %v; want a conflict that says what came later", err)
			}
			if list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(list.Rows) < 2 {
				t.Errorf("the refused undo left %d cases, %v", len(list.Rows), err)
			}
		})
	}
}

// TestLedgerIsWholeOrNotThere: a row that the register refuses, or an end in the middle, leaves nothing.
func TestLedgerIsWholeOrNotThere(t *testing.T) {
	s := service(t)
	bad := ledgerText(3) + strings.Repeat("长", 300) + "公司,,恩平,,,,江恩环罚〔2024〕50号,2024-06-03,2,,,\n"
	if _, _, err := s.ImportLedger(ctx, officer, asked(bad)); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "第 5 行") {
		t.Errorf("a name of 300 characters: %v; want its row named", err)
	}
	ended, end := context.WithCancel(ctx)
	end()
	if _, _, err := s.ImportLedger(ended, officer, asked(ledgerText(3))); err == nil {
		t.Error("an import whose request has ended came through")
	}
	if list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(list.Rows) != 0 {
		t.Errorf("%d cases are there, %v; want none", len(list.Rows), err)
	}
	const filed = "当事人,辖区,立案文号,立案日期\n"
	importLedger(t, s, filed+"恩平甲公司,恩平,江恩环立〔2024〕7号,2024-06-03\n")
	if _, _, err := s.ImportLedger(ctx, officer, asked(filed+"恩平乙公司,恩平,江恩环立〔2024〕8号,2024-06-03\n恩平丙公司,恩平,江恩环立[2024]7号,2024-06-03\n")); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "第 3 行") || !strings.Contains(err.Error(), "文号") {
		t.Errorf("a number that another case has: %v; want its row named", err)
	}
	const nowhere = "当事人,处罚文号,决定日期\n甲公司,江恩环罚〔2024〕1号,2024-06-03\n"
	if p, b := importLedger(t, s, nowhere); b.ID != 0 || len(p.Rejected) != 1 || !strings.Contains(p.Rejected[0].Reason, "辖区") {
		t.Errorf("a row without a district: batch %d, %+v; want it rejected", b.ID, p.Rejected)
	}
	with := asked(nowhere)
	with.District = "440785"
	if _, b, err := s.ImportLedger(ctx, officer, with); err != nil || len(b.Rows) != 1 {
		t.Errorf("with a district chosen: %+v, %v; want one row", b, err)
	}
}

// TestFarmsOfAList: a list of farms becomes farms, once.
func TestFarmsOfAList(t *testing.T) {
	s := service(t)
	const text = "养殖场名称,镇街,畜种,存栏,联系电话\n甲养猪场,沙湖镇,生猪,约500,13800000000\n乙养鸡场,恩平市牛江镇,蛋鸡,1.2万羽,\n"
	_, batch := importLedger(t, s, text)
	if len(batch.Rows) != 2 || batch.Rows[0].Entity != "farm" {
		t.Fatalf("batch = %+v", batch)
	}
	x, err := s.Farm(ctx, officer, registry.FarmID(batch.Rows[0].ID))
	if err != nil || x.DistrictCode != "440785" || x.Herds[0].CountText() != "约500头" {
		t.Errorf("farm = %+v, %v", x, err)
	}
	if p, again := importLedger(t, s, text); again.ID != 0 || p.Count(casework.FateSame) != 2 {
		t.Errorf("again: batch %d, %d same", again.ID, p.Count(casework.FateSame))
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Error(err)
	}
}
