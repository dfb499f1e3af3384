package imports

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/web/kit"
)

// ledgerNouns are what rows become, and where it is shown.
var ledgerNouns = map[string]struct{ words, at string }{"case": {"案件", "/cases/"}, "farm": {"养殖场", "/farms/"}, "inspection": {"检查", "/inspections/"}}

// ledgerTable is a list of rows of a ledger, as all of them are shown.
type ledgerTable struct {
	ID, Title, Note string
	Kind            string // of choices: fill or conflict; empty: there is nothing to choose
	All             bool   // chosen for all
	Columns         bool   // it is of columns: there are no rows to tell
	Heads           []string
	Rows            []ledgerLine
	More            int
	MoreNote        string
}

// ledgerLine is a row in it.
type ledgerLine struct {
	Sheet string
	Row   int
	Cells []ledgerCell
	Key   string // of its choice; empty: none
	Value string
}

type ledgerCell struct{ Label, Text, Href string }

// The kinds of rows that a person chooses of, by their names on the form, and what is chosen.
var ledgerKinds = map[string]casework.Fate{"fill": casework.FateUpdate, "conflict": casework.FateConflict}

const (
	chosenUpdate = "update"
	chosenKeep   = "keep"
)

// Choices are what may be chosen for a row.
func (ledgerTable) Choices() []kit.Option {
	return []kit.Option{{Value: chosenUpdate, Label: "更新"}, {Value: chosenKeep, Label: "不更新"}}
}

// add puts a row in, unless enough are shown.
func (t *ledgerTable) add(sheet string, row int, texts ...string) *ledgerLine {
	if len(t.Rows) == rowsShown {
		t.More++
		return &ledgerLine{Cells: make([]ledgerCell, len(texts))}
	}
	line := ledgerLine{Sheet: sheet, Row: row}
	for i, text := range texts {
		line.Cells = append(line.Cells, ledgerCell{Label: t.Heads[i], Text: text})
	}
	t.Rows = append(t.Rows, line)
	return &t.Rows[len(t.Rows)-1]
}

// kindTables are the rows that the register has a record of, with what a person chooses.
func kindTables(plan *plannedLedger, chosen casework.LedgerChoices) []ledgerTable {
	heads := []string{"登记册里的", "不同之处"}
	fill := ledgerTable{ID: "fill", Title: "登记册里已有、可以补充的行", Note: "登记册里这些字段空着。选“更新”的写入，留修改历史，撤销批次时一并恢复；不选的不动。", Heads: heads}
	conflict := ledgerTable{ID: "conflict", Title: "登记册里已有、内容不同的行", Note: "选“更新”的以台账为准，改掉登记册里的，留修改历史，撤销批次时恢复原值；不选的不动。", Heads: heads}
	for i := range plan.Matches {
		x := &plan.Matches[i]
		t := &fill
		switch x.Fate {
		case casework.FateConflict:
			t = &conflict
		case casework.FateUpdate:
		default:
			continue
		}
		what, href := "", "" // another row of the ledger, or a case that the asker may not see
		if x.ID != 0 {
			noun := ledgerNouns[x.Entity]
			what, href = fmt.Sprintf("%s %d", noun.words, x.ID), noun.at+strconv.FormatInt(x.ID, 10)
		}
		line := t.add(x.Sheet, x.Row, what, x.Why+x.DifferenceWords())
		line.Cells[0].Href = href
		if x.Updatable() {
			t.Kind, line.Key = t.ID, x.Key()
			if is, ok := chosen.Rows[line.Key]; ok {
				line.Value = map[bool]string{true: chosenUpdate, false: chosenKeep}[is]
			}
		}
	}
	fill.MoreNote, conflict.MoreNote = "，随“全部”的选择", "，随“全部”的选择"
	return shownTables(chosen, fill, conflict)
}

func shownTables(chosen casework.LedgerChoices, tables ...ledgerTable) (list []ledgerTable) {
	for _, t := range tables {
		if t.All = chosen.All[ledgerKinds[t.ID]]; len(t.Rows) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// warned is how many new rows have something that a person should look at.
func warned(plan *plannedLedger) (n int) {
	for i := range plan.Matches {
		if plan.Matches[i].Fate == casework.FateNew && len(plan.Matches[i].Warnings) > 0 {
			n++
		}
	}
	return n
}

// verdictTables are the rows that nothing is chosen of.
func verdictTables(plan *plannedLedger) []ledgerTable {
	rejected := ledgerTable{ID: "rejected", Title: "退回的行", Note: "下载“退回的行（Excel）”，改正标明的那一格，再导入那个文件。", Heads: []string{"列", "值", "原因"}, MoreNote: "，全部在导出的 Excel 里"}
	for _, x := range plan.Rejected {
		rejected.add(x.Sheet, x.Row, x.Column, x.Value, x.Reason)
	}
	warned := ledgerTable{ID: "warned", Title: "新增的行里有提示的", Heads: []string{"记录", "提示"}}
	for i := range plan.Matches {
		if x := &plan.Matches[i]; x.Fate == casework.FateNew && len(x.Warnings) > 0 {
			name := x.Record.Title
			if x.Record.Farms {
				name = x.Record.Farm
			}
			warned.add(x.Sheet, x.Row, name, strings.Join(x.Warnings, "；"))
		}
	}
	ignored := ledgerTable{ID: "ignored", Title: "不是记录的行", Heads: []string{"原因"}}
	for _, x := range plan.Ignored {
		ignored.add(x.Sheet, x.Row, x.Why)
	}
	left := ledgerTable{ID: "left", Columns: true, Title: "没有导入的列", Note: "要导入的，在“列的对应”里指定它是什么。", Heads: []string{"列", "原因"}}
	for i := range plan.Sheets {
		for _, c := range plan.Sheets[i].Columns {
			if why := c.LeftOut(); why != "" {
				left.add(plan.Sheets[i].Name, 0, c.Letters()+" · "+c.Title, why)
			}
		}
	}
	return shownTables(casework.LedgerChoices{}, rejected, warned, ignored, left)
}
