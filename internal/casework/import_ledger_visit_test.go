package casework_test

import (
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

const visitText = "检查日期,被检查单位,镇街,检查人员,检查形式,检查情况,处理意见,气味\n" +
	"2022-03-02,联兴猪场,沙湖镇,梁甲、司徒乙,双随机,现场未发现环境违法行为,无,轻\n" +
	"2022-03-03,胜记猪场,沙湖镇,梁甲、司徒乙,日常检查,氧化塘漫溢,责令立即改正,重\n" +
	"2022年4月,旺发鸡场,牛江镇,,,停产,,\n"

// TestVisitsAreInspections: a ledger of inspections makes no case of what was found in order. The same again changes nothing, and the undo takes all of it back.
func TestVisitsAreInspections(t *testing.T) {
	s := service(t)
	_, batch := importLedger(t, s, visitText)
	if batch.New != 3 || batch.Rows[0].Entity != "inspection" {
		t.Fatalf("batch = %+v; want three inspections", batch)
	}
	if list, err := s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(list.Rows) != 0 {
		t.Errorf("%d cases, %v; want none", len(list.Rows), err)
	}
	for i, want := range []string{registry.NoViolationFound, registry.ViolationFound, registry.Undecided} {
		x, err := s.Inspection(ctx, officer, registry.InspectionID(batch.Rows[i].ID))
		if err != nil || x.Result != want || x.Origin != registry.OriginImported || x.FarmID == 0 {
			t.Errorf("inspection %d = %+v, %v; want %s", i, x, err, want)
		}
	}
	x, err := s.Inspection(ctx, officer, registry.InspectionID(batch.Rows[1].ID))
	if err != nil || len(x.Officers) != 2 || x.Kind != "日常检查" || x.Findings != "氧化塘漫溢" || !strings.Contains(x.Note, "处理情况：责令立即改正") || !strings.Contains(x.Note, "气味：重") {
		t.Errorf("the second = %+v, %v", x, err)
	}
	if p, again := importLedger(t, s, visitText); again.ID != 0 || p.Count(casework.FateSame) != 3 {
		t.Errorf("the same again: batch %d, %d same", again.ID, p.Count(casework.FateSame))
	}
	later := strings.Replace(visitText, "停产,,", "停产,责令整改,", 1)
	p, second, err := s.ImportLedger(ctx, officer, updating(later, allUpdated))
	if err != nil || second.Updates != 1 || p.Count(casework.FateUpdate) != 1 {
		t.Fatalf("an inspection with a result later: %v, %+v", err, second)
	}
	if err := s.UndoLedger(ctx, officer, second.ID); err != nil {
		t.Fatal(err)
	}
	if x, err := s.Inspection(ctx, officer, registry.InspectionID(batch.Rows[2].ID)); err != nil || x.Result != registry.Undecided {
		t.Errorf("after the undo of the update: %s, %v", x.Result, err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Fatal(err)
	}
	if x, err = s.Inspection(ctx, officer, x.ID); err != nil || !x.IsVoid() {
		t.Errorf("after the undo the inspection is void: %v, %v", x.IsVoid(), err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Defects)
	}
}

const sampleText = "当事人,辖区,采样日期,采样点位,CODcr（mg/L）,氨氮（mg/L）,最大超标倍数,处罚文号,决定日期,罚款（万元）\n" +
	"恩平第1畜牧公司,恩平,2022-05-03,总排口,1860,<0.5,21.4倍,江恩环罚〔2022〕1号,2022-08-02,12\n"

// TestResultsBecomeASample: what was measured is a sample of the inspection that the case rests on. It is kept under later work, and taken back with the batch.
func TestResultsBecomeASample(t *testing.T) {
	s := service(t)
	_, batch := importLedger(t, s, sampleText)
	id := registry.CaseID(batch.Rows[0].ID)
	f, err := s.CaseFile(ctx, officer, id)
	if err != nil || len(f.Inspections) != 1 || f.Farm == nil {
		t.Fatalf("the case has %d inspections, farm %v, %v", len(f.Inspections), f.Farm, err)
	}
	list, err := s.Samples(ctx, officer, f.Inspections[0].ID)
	if err != nil || len(list) != 1 || len(list[0].Results) != 2 || list[0].SampledOn != registry.Day(2022, 5, 3) || list[0].Point != "总排口" || !strings.Contains(list[0].Conclusion, "21.4") {
		t.Fatalf("samples = %+v, %v", list, err)
	}
	if r := list[0].Results[0]; r.Pollutant != "化学需氧量" || r.Value != "1860" || r.Unit != "mg/L" || r.Kind != registry.ResultValue {
		t.Errorf("COD = %+v", r)
	}
	if r := list[0].Results[1]; r.Pollutant != "氨氮" || r.Value != "0.5" || r.Kind != registry.ResultLess {
		t.Errorf("ammonia = %+v", r)
	}
	if p, again := importLedger(t, s, sampleText); again.ID != 0 || p.Count(casework.FateSame) != 1 {
		t.Errorf("the same again: %s", p.Matches[0].DifferenceWords())
	}
	changed := list[0]
	changed.ReportNumber = "恩环监字2022第31号"
	if err := s.ChangeSample(ctx, officer, &changed); err != nil {
		t.Fatal(err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the batch is undone below a changed sample: %v", err)
	}
	changed.ReportNumber = ""
	if err := s.ChangeSample(ctx, officer, &changed); err != nil {
		t.Fatal(err)
	}
	if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
		t.Errorf("undo: %v", err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Defects)
	}
}

// TestNoPenaltyIsNoDecision: a decision not to punish is a step of its own, and what no field keeps stands in the note.
func TestNoPenaltyIsNoDecision(t *testing.T) {
	s := service(t)
	_, batch := importLedger(t, s, "当事人,辖区,立案日期,不予处罚决定书文号,不予处罚日期,案件状态\n恩平第1畜牧公司,恩平,2022-04-06,江恩环不罚〔2022〕1号,2022-05-05,办结\n")
	f, err := s.CaseFile(ctx, officer, registry.CaseID(batch.Rows[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	d, ok := f.Document(registry.DocNoPenalty)
	if _, decided := f.Document(registry.DocDecision); decided || !ok || d.Number != "江恩环不罚〔2022〕1号" || d.MadeOn != registry.Day(2022, 5, 5) {
		t.Errorf("documents = %+v", f.Documents)
	}
	if !strings.Contains(f.Case.Note, "案件状态：办结") {
		t.Errorf("note = %s", f.Case.Note)
	}
}
