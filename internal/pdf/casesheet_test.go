package pdf

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// caseSheet holds every kind of part, invented.
func caseSheet() report.CaseSheet {
	path := registry.DischargePath{ReceivingWater: "示例涌", Nodes: []registry.PathNode{
		{Kind: "产生源", Name: "猪舍冲洗废水"}, {Kind: "沉淀池", Name: "沉淀池", Lining: "有防渗"}, {Kind: "管道", Name: "蓝色软管", State: "正在外排"}, {Kind: "沟渠", Name: "场北排水沟", Lining: "无防渗"},
		{Kind: "土壤", Name: "沟边坡地", After: []int{4}}, {Kind: "水体", Name: "示例涌", After: []int{4}}}}
	rows := make([][]string, 60)
	for i := range rows {
		rows[i] = []string{"2025-02-18", "现场检查", "江江环检〔2025〕18号"}
	}
	return report.CaseSheet{
		Title: "【示例】江海区某示例牧业有限公司不正常运行水污染防治设施案", Lines: []string{"江江环立〔2025〕9号　已结案　示例"}, Marks: []string{"示例（虚构数据）"},
		Foot: []string{"内部资料　打印 2025-10-01 09:30　陈示例", "所引法条文本 4 条，校验值 0011223344556677"}, Created: time.Date(2025, 10, 1, 1, 30, 0, 0, time.UTC),
		Sections: []report.SheetSection{
			{Key: "facts", Title: "概况", Parts: []report.SheetPart{
				{Facts: []report.SheetFact{{Key: "案件编号", Value: "江江环立〔2025〕9号"}, {Key: "办理阶段", Value: "已结案"}, {Key: "养殖场", Value: "江海区示例生猪养殖场", Wide: true}, {Key: "环评"}}},
				{Heading: "案情"}, {Text: []string{"2025年2月18日检查。\n存栏生猪860头。"}}}},
			{Key: "findings", Title: "现场检查与排放去向", Parts: []report.SheetPart{{Path: &path}}},
			{Key: "violations", Title: "违法行为与条文", Parts: []report.SheetPart{
				{Quotes: []report.StatuteQuote{{Law: "中华人民共和国水污染防治法", Provision: "第三十九条", Version: "2017年修正", Role: "违反条款", Hash: "a969025528c0", Text: "禁止利用渗井、渗坑等逃避监管的方式排放水污染物。"}}},
				{Remark: "复核意见另提及：《排污许可管理条例》第三十四条。"}}},
			{Key: "penalties", Title: "处罚与缴款", Parts: []report.SheetPart{{Table: &report.SheetTable{Columns: []report.SheetColumn{{Head: "处罚", Width: 3}, {Head: "金额（元）", Width: 1, Right: true}},
				Rows: [][]string{{"罚款", "225,000"}, {"警告", ""}}, Total: []string{"合计", "225,000"}}}, {Remark: "合计（大写）贰拾贰万伍仟元整。"}}},
			{Key: "timeline", Title: "时间线", Note: "按日期", Parts: []report.SheetPart{{Table: &report.SheetTable{Columns: []report.SheetColumn{{Head: "日期", Width: 1}, {Head: "事项", Width: 1}, {Head: "内容", Width: 3}}, Rows: rows}}}},
		}}
}

func sheetBytes(t *testing.T, s report.CaseSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteCaseSheet(&out, s); err != nil {
		t.Fatalf("WriteCaseSheet: %v", err)
	}
	return out.Bytes()
}

func TestCaseSheetReadsInOrder(t *testing.T) {
	text := solid(run(t, sheetBytes(t, caseSheet()), "pdftotext", "-raw"))
	at := 0
	for _, want := range []string{"概况", "案件编号江江环立〔2025〕9号办理阶段已结案", "养殖场江海区示例生猪养殖场", "环评—", "案情", "2025年2月18日检查。", "存栏生猪860头。",
		"现场检查与排放去向", "1产生源", "猪舍冲洗废水", "正在外排", "排污路径：受纳水体示例涌；虚线框为无防渗，或有断裂、溢流等异常之处",
		"违反条款《中华人民共和国水污染防治法》第三十九条", "禁止利用渗井、渗坑等逃避监管的方式排放水污染物。", "2017年修正·未经官方文本核对·文本a969025528c0", "复核意见另提及",
		"处罚金额（元）", "罚款225,000", "警告—", "合计225,000", "合计（大写）贰拾贰万伍仟元整。", "时间线", "日期事项内容"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("behind …%s the sheet lacks %q", text[max(0, at-60):at], want)
		}
		at += i + len(want)
	}
}

// A loose page says which case it is of, that it is internal, who printed it and which page of how many it is.
func TestCaseSheetPagesNameTheirCase(t *testing.T) {
	pages := strings.Split(strings.TrimRight(run(t, sheetBytes(t, caseSheet()), "pdftotext", "-raw"), "\f\n"), "\f")
	if len(pages) < 2 {
		t.Fatalf("%d pages, want several", len(pages))
	}
	for i, page := range pages {
		page = strings.Join(strings.Fields(page), "")
		for _, want := range []string{"【示例（虚构数据）】", "案件登记表【示例】江海区某示例牧业有限公司", "内部资料打印2025-10-0109:30陈示例", "校验值0011223344556677",
			"第" + string(rune('1'+i)) + "页共" + string(rune('0'+len(pages))) + "页"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d lacks %s", i+1, want)
			}
		}
		if i > 0 && !strings.Contains(page, "日期事项内容") {
			t.Errorf("page %d does not repeat the head of its table", i+1)
		}
	}
}

func TestCaseSheetMissingGlyph(t *testing.T) {
	for name, spoil := range map[string]func(*report.CaseSheet){
		"in a cell":       func(s *report.CaseSheet) { s.Sections[4].Parts[0].Table.Rows[3][2] = "王\uE123" },
		"in the figure":   func(s *report.CaseSheet) { s.Sections[1].Parts[0].Path.Nodes[0].Name = "\uE123沟" },
		"in the headline": func(s *report.CaseSheet) { s.Title = "\uE123案" },
		"in the foot":     func(s *report.CaseSheet) { s.Foot[0] = "\uE123" },
	} {
		s := caseSheet()
		spoil(&s)
		var out bytes.Buffer
		var missing *MissingGlyphs
		if err := WriteCaseSheet(&out, s); !errors.As(err, &missing) || out.Len() > 0 {
			t.Errorf("%s: %v with %d bytes written, want *MissingGlyphs and none", name, err, out.Len())
		}
	}
}

// A path of forty places is scaled down to one page; an empty sheet is one page.
func TestCaseSheetExtremes(t *testing.T) {
	s := caseSheet()
	for i := range 40 {
		s.Sections[1].Parts[0].Path.Nodes = append(s.Sections[1].Parts[0].Path.Nodes, registry.PathNode{Kind: "沟渠", Name: strings.Repeat("长", 20), After: []int{i + 1}})
	}
	if text := solid(run(t, sheetBytes(t, s), "pdftotext", "-raw")); !strings.Contains(text, "46沟渠") {
		t.Error("the last place of a long path is not on the sheet")
	}
	sheetBytes(t, report.CaseSheet{})
}

func BenchmarkCaseSheet(b *testing.B) {
	s := caseSheet()
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteCaseSheet(io.Discard, s); err != nil {
			b.Fatal(err)
		}
	}
}
