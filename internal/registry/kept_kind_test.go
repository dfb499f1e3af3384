package registry

import "testing"

func TestKeptKind(t *testing.T) {
	named := func(name string) KeptKind {
		var x KeptKind
		x.Name = DocKind(name)
		return x
	}
	dirty, clean := named(" 约谈 "), named("约谈")
	dirty.Code, dirty.Note = " 约", "注\r\n"
	clean.Code, clean.Note = "约", "注"
	checkClean(t, dirty, clean)
	checkRules(t, func() KeptKind { return named("约谈") }, []limit[KeptKind]{
		{"name", 30, func(x *KeptKind) *string { return (*string)(&x.Name) }},
		{"code", 10, func(x *KeptKind) *string { return &x.Code }},
		{"note", 500, func(x *KeptKind) *string { return &x.Note }},
	}, []rule[KeptKind]{
		{"without a name", func(x *KeptKind) { x.Name = "" }, []string{"name: 请填写文书种类的名称"}},
		{"of the program's own", func(x *KeptKind) { x.Name = DocDecision }, []string{"name: 系统已有“行政处罚决定”，不必再加"}},
		{"of the program's own by another word", func(x *KeptKind) { x.Name = "移送公安" }, []string{"name: 系统已有“移送行政拘留”，不必再加"}},
		{"moves the case", func(x *KeptKind) { x.Stage = StageClosed }, nil},
		{"leads back to the beginning", func(x *KeptKind) { x.Stage = StageOpened }, []string{"stage: 请从列表选择阶段，或选“不改变阶段”"}},
		{"leads to no stage there is", func(x *KeptKind) { x.Stage = "已归档" }, []string{"stage: 请从列表选择阶段，或选“不改变阶段”"}},
	})
}
