package registry

// KindID identifies a kept kind of document.
type KindID int64

// maxKind is how long the name of a kind may be.
const maxKind = 30

// KeptKind is a kind of document that an administrator added to the program's. Documents name it, and the stage of a case follows from it:
// so it keeps its name and stage, and is made inactive instead of removed.
type KeptKind struct {
	ID KindID `json:"id"`
	Meta
	DocumentKind
	Active bool   `json:"active"`
	Note   string `json:"note"`
}

// Clean normalises what was typed.
func (x *KeptKind) Clean() {
	x.Name, x.Code, x.Note = CleanText(x.Name), CleanText(x.Code), CleanText(x.Note)
}

// Validate checks the kind.
func (x *KeptKind) Validate() error {
	var p Problems
	p.required("name", x.Name, "文书种类的名称")
	p.text("name", x.Name, maxKind)
	p.text("code", x.Code, 10)
	p.text("note", x.Note, 500)
	if k, ok := DocumentKindByName(x.Name); ok {
		p.Add("name", "系统已有“%s”，不必再加", k.Name)
	}
	if x.Stage != "" && stageRank(x.Stage) <= 0 { // no document leads to 已登记
		p.Add("stage", "请从列表选择阶段，或选“不改变阶段”")
	}
	return p.Err()
}
