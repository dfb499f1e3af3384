package registry

import (
	"cmp"
	"fmt"
)

// ExportProfile is a form of export that a person made: which columns of which details in which order, which rows, sorted by what. Which
// columns there are, package report knows.
type ExportProfile struct {
	ID ProfileID `json:"id"`
	Meta
	OwnerID UserID          `json:"owner_id,omitempty"`
	Name    string          `json:"name"` // found by it on the page and by --profile: nobody else's shared one has it
	Shared  bool            `json:"shared"`
	Rows    string          `json:"rows"` // the key of report.Bases: one row is one …
	Columns []string        `json:"columns"`
	Filters []ProfileFilter `json:"filters"`
	Sort    []ProfileSort   `json:"sort"`
	Note    string          `json:"note"`
}

// ProfileFilter is one condition on the rows.
type ProfileFilter struct {
	Column string `json:"column"`
	Op     string `json:"op"`
	Value  string `json:"value"`
}

// ProfileSort is one column to sort by.
type ProfileSort struct {
	Column string `json:"column"`
	Down   bool   `json:"down"`
}

// What a profile may hold.
const (
	maxProfileColumns = 150
	maxProfileFilters = 10
	maxProfileSort    = 3
)

// Clean normalises what was typed.
func (x *ExportProfile) Clean() {
	x.Name, x.Note, x.Rows = CleanText(x.Name), CleanText(x.Note), CleanText(x.Rows)
	for i := range x.Columns {
		x.Columns[i] = CleanText(x.Columns[i])
	}
	for i := range x.Filters {
		f := &x.Filters[i]
		f.Column, f.Op, f.Value = CleanText(f.Column), cmp.Or(CleanText(f.Op), "等于"), CleanText(f.Value)
	}
	for i := range x.Sort {
		x.Sort[i].Column = CleanText(x.Sort[i].Column)
	}
}

// Validate checks what no profile may have; whether its columns exist, report.Custom tells.
func (x *ExportProfile) Validate() error {
	var p Problems
	p.required("name", x.Name, "名称")
	p.text("name", x.Name, 40)
	p.required("rows", x.Rows, "一行是什么")
	p.text("note", x.Note, maxLine)
	if len(x.Columns) == 0 {
		p.Add("columns", "请至少选一列")
	}
	most := func(field string, n, most int, what string) {
		if n > most {
			p.Add(field, "%s最多 %d 个，现在是 %d 个", what, most, n)
		}
	}
	most("columns", len(x.Columns), maxProfileColumns, "列")
	most("filters", len(x.Filters), maxProfileFilters, "条件")
	most("sort", len(x.Sort), maxProfileSort, "排序列")
	for i, f := range x.Filters {
		p.text(fmt.Sprintf("filters.%d.value", i), f.Value, maxLine)
	}
	return p.Err()
}

// ExportProfileFields are the fields of an ExportProfile.
var ExportProfileFields = record(
	FieldInfo{Name: "owner_id", Label: "所有人", Kind: ValueMachine, NoInput: byProgram},
	FieldInfo{Name: "name", Label: "名称", Kind: ValueText},
	FieldInfo{Name: "shared", Label: "与同事共用", Kind: ValueBool},
	FieldInfo{Name: "rows", Label: "一行是什么", Kind: ValueText},
	FieldInfo{Name: "columns", Label: "列", Kind: ValueList},
	FieldInfo{Name: "filters", Label: "条件", Kind: ValueRows, Fields: FieldList{
		{Name: "column", Label: "条件的列", Kind: ValueText},
		{Name: "op", Label: "比较", Kind: ValueText},
		{Name: "value", Label: "值", Kind: ValueText},
	}},
	FieldInfo{Name: "sort", Label: "排序", Kind: ValueRows, Fields: FieldList{
		{Name: "column", Label: "排序的列", Kind: ValueText},
		{Name: "down", Label: "从大到小", Kind: ValueBool},
	}},
	FieldInfo{Name: "note", Label: "说明", Kind: ValueText},
)
