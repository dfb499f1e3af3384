package registry

// ListView is a list as somebody likes to see it, under a name: conditions, order and columns. Which conditions and columns a list has, package casework knows.
type ListView struct {
	ID ListViewID `json:"id"`
	Meta
	OwnerID UserID   `json:"owner_id,omitempty"`
	List    string   `json:"list"` // the key of casework.ListKinds
	Name    string   `json:"name"` // nobody else's shared one of the list has it
	Shared  bool     `json:"shared"`
	Query   string   `json:"query"` // as the list's address has it: stage=已立案&sort=found_on
	Columns []string `json:"columns"`
}

// What a view may hold.
const (
	maxViewColumns = 30
	maxViewQuery   = 2000
)

// Clean normalises what was typed.
func (x *ListView) Clean() {
	x.Name, x.List = CleanText(x.Name), CleanText(x.List)
	for i := range x.Columns {
		x.Columns[i] = CleanText(x.Columns[i])
	}
}

// Validate checks what no view may have.
func (x *ListView) Validate() error {
	var p Problems
	p.required("name", x.Name, "名称")
	p.text("name", x.Name, 30)
	p.required("list", x.List, "列表")
	if len(x.Query) > maxViewQuery {
		p.Add("query", "条件太长，不能保存为视图")
	}
	if len(x.Columns) > maxViewColumns {
		p.Add("columns", "列最多 %d 个，现在是 %d 个", maxViewColumns, len(x.Columns))
	}
	return p.Err()
}

// ListViewFields are the fields of a ListView.
var ListViewFields = record(
	FieldInfo{Name: "owner_id", Label: "所有人", Kind: ValueMachine, NoInput: byProgram},
	FieldInfo{Name: "list", Label: "列表", Kind: ValueText},
	FieldInfo{Name: "name", Label: "视图名称", Kind: ValueText},
	FieldInfo{Name: "shared", Label: "与同事共用", Kind: ValueBool},
	FieldInfo{Name: "query", Label: "条件和排列", Kind: ValueText},
	FieldInfo{Name: "columns", Label: "列", Kind: ValueList},
)
