package registry

const (
	inOwnFile = "a file review has a workbook of its own"
)

var scoreItemFields = FieldList{
	{Name: "group", Label: "分组", Kind: ValueText, NoInput: "the items are typed as one text", NoLedger: inOwnFile},
	{Name: "text", Label: "项目", Kind: ValueText, NoInput: "the items are typed as one text", NoLedger: inOwnFile},
	{Name: "points", Label: "分值（0.1 分）", Kind: ValueCount, NoInput: "the items are typed as one text", NoLedger: inOwnFile},
	{Name: "veto", Label: "否决项", Kind: ValueBool, NoInput: "the items are typed as one text", NoLedger: inOwnFile},
}

// ScoreSheetFields are the fields of a ScoreSheet.
var ScoreSheetFields = record(
	FieldInfo{Name: "name", Label: "评分表名称", Kind: ValueText, NoLedger: inOwnFile},
	FieldInfo{Name: "source", Label: "出处", Kind: ValueText, NoLedger: inOwnFile},
	FieldInfo{Name: "items", Label: "评分项目", Kind: ValueRows, Fields: scoreItemFields, NoLedger: inOwnFile},
	FieldInfo{Name: "active", Label: "使用中", Kind: ValueBool, NoLedger: inOwnFile},
)

// DrawFields are the fields of a Draw.
var DrawFields = record(
	FieldInfo{Name: "title", Label: "名称", Kind: ValueText, NoLedger: inOwnFile},
	FieldInfo{Name: "from", Label: "决定日期自", Kind: ValueDate, NoLedger: inOwnFile},
	FieldInfo{Name: "to", Label: "决定日期至", Kind: ValueDate, NoLedger: inOwnFile},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict, NoLedger: inOwnFile},
	FieldInfo{Name: "organ_id", Label: "承办单位", Kind: ValueReference, Of: "organ", NoLedger: inOwnFile},
	FieldInfo{Name: "type_code", Label: "违法行为", Kind: ValueViolation, NoLedger: inOwnFile},
	FieldInfo{Name: "size", Label: "抽取件数", Kind: ValueCount, NoLedger: inOwnFile},
	FieldInfo{Name: "percent", Label: "抽取比例（%）", Kind: ValueCount, NoLedger: inOwnFile},
	FieldInfo{Name: "by_unit", Label: "按承办单位分层", Kind: ValueBool, NoLedger: inOwnFile},
	FieldInfo{Name: "seed", Label: "随机种子", Kind: ValueText, NoLedger: inOwnFile},
	FieldInfo{Name: "population", Label: "总体件数", Kind: ValueCount, NoInput: byProgram, NoLedger: inOwnFile},
	FieldInfo{Name: "population_digest", Label: "总体摘要", Kind: ValueMachine, NoInput: byProgram, NoLedger: inOwnFile},
	FieldInfo{Name: "uncertain", Label: "决定日期不能确定的", Kind: ValueCount, NoInput: byProgram, NoLedger: inOwnFile},
	FieldInfo{Name: "cases", Label: "抽中的案件", Kind: ValueRows, NoInput: byProgram, NoLedger: inOwnFile, Fields: FieldList{
		{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "title", Label: "案件名称", Kind: ValueText, NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "number", Label: "案件编号", Kind: ValueText, NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "decided_on", Label: "决定日期", Kind: ValueDate, NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "organ_id", Label: "承办单位编号", Kind: ValueReference, Of: "organ", NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "unit", Label: "承办单位", Kind: ValueText, NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "hash", Label: "排序值", Kind: ValueMachine, NoInput: byProgram, NoLedger: inOwnFile},
	}},
	FieldInfo{Name: "sheet_id", Label: "评分表", Kind: ValueReference, Of: "score_sheet", NoLedger: inOwnFile},
	FieldInfo{Name: "sheet_name", Label: "评分表名称", Kind: ValueText, NoInput: "the sheet that was chosen gives it", NoLedger: inOwnFile},
	FieldInfo{Name: "sheet_source", Label: "评分表出处", Kind: ValueText, NoInput: "the sheet that was chosen gives it", NoLedger: inOwnFile},
	FieldInfo{Name: "items", Label: "评分项目", Kind: ValueRows, Fields: scoreItemFields, NoInput: "the sheet that was chosen gives it", NoLedger: inOwnFile},
	FieldInfo{Name: "drawn_by", Label: "抽取人", Kind: ValueText, NoInput: byProgram, NoLedger: inOwnFile},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: inOwnFile},
)

// DrawResultFields are the fields of a DrawResult.
var DrawResultFields = record(
	FieldInfo{Name: "draw_id", Label: "抽取", Kind: ValueReference, Of: "draw", NoInput: byAddress, NoLedger: inOwnFile},
	FieldInfo{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", NoInput: byAddress, NoLedger: inOwnFile},
	FieldInfo{Name: "marks", Label: "扣分", Kind: ValueRows, NoInput: "each item of the sheet has inputs of its own", NoLedger: inOwnFile, Fields: FieldList{
		{Name: "item", Label: "第几项", Kind: ValueCount, NoInput: byProgram, NoLedger: inOwnFile},
		{Name: "points", Label: "扣分（0.1 分）", Kind: ValueCount, NoInput: "each item of the sheet has inputs of its own", NoLedger: inOwnFile},
		{Name: "reason", Label: "理由", Kind: ValueText, NoInput: "each item of the sheet has inputs of its own", NoLedger: inOwnFile},
	}},
	FieldInfo{Name: "score", Label: "得分（0.1 分）", Kind: ValueCount, NoLedger: inOwnFile},
	FieldInfo{Name: "grade", Label: "等次", Kind: ValueText, NoLedger: inOwnFile},
	FieldInfo{Name: "reviewer", Label: "评查人", Kind: ValueText, Personal: true, NoLedger: inOwnFile},
	FieldInfo{Name: "reviewed_on", Label: "评查日期", Kind: ValueDate, NoLedger: inOwnFile},
	FieldInfo{Name: "note", Label: "评语", Kind: ValueProse, NoLedger: inOwnFile},
)
