package registry

var pathFields = FieldList{
	{Name: "nodes", Label: "排污路径", Kind: ValueRows, Fields: FieldList{
		{Name: "kind", Label: "环节类型", Kind: ValueWord, Words: PathKinds},
		{Name: "name", Label: "名称", Kind: ValueText},
		{Name: "place", Label: "位置", Kind: ValueText},
		{Name: "lining", Label: "防渗", Kind: ValueWord, Words: Linings},
		{Name: "state", Label: "状态", Kind: ValueText},
		{Name: "after", Label: "上一环节", Kind: ValueList},
	}},
	{Name: "receiving_water", Label: "受纳水体", Kind: ValueText},
}

// InspectionFields are the fields of an Inspection.
var InspectionFields = record(
	FieldInfo{Name: "origin", Label: "记录来源", Kind: ValueWord, Words: Origins, NoLedger: ofInspection},
	FieldInfo{Name: "number", Label: "笔录编号", Kind: ValueText, NoLedger: ofInspection},
	FieldInfo{Name: "farm_id", Label: "养殖场", Kind: ValueReference, Of: "farm", NoLedger: ofInspection},
	FieldInfo{Name: "party_id", Label: "被检查对象", Kind: ValueReference, Of: "party", NoLedger: ofInspection},
	FieldInfo{Name: "organ_id", Label: "检查单位", Kind: ValueReference, Of: "organ", NoLedger: ofInspection},
	FieldInfo{Name: "campaign_id", Label: "专项行动", Kind: ValueReference, Of: "campaign", NoLedger: ofInspection},
	FieldInfo{Name: "kind", Label: "检查类型", Kind: ValueWord, Words: InspectionKinds, NoLedger: ofInspection},
	FieldInfo{Name: "started_on", Label: "检查开始日期", Kind: ValueDate},
	FieldInfo{Name: "start_time", Label: "开始时间", Kind: ValueClock, NoLedger: ofInspection},
	FieldInfo{Name: "ended_on", Label: "检查结束日期", Kind: ValueDate, NoLedger: ofInspection},
	FieldInfo{Name: "end_time", Label: "结束时间", Kind: ValueClock, NoLedger: ofInspection},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict, NoInput: "it is the farm's", NoLedger: ofInspection},
	FieldInfo{Name: "place", Label: "检查地点", Kind: ValueText, NoLedger: ofInspection},
	FieldInfo{Name: "position", Label: "坐标", Kind: ValueGroup, Fields: placeFields, NoLedger: ofInspection},
	FieldInfo{Name: "officers", Label: "执法人员", Kind: ValueRows, Fields: FieldList{
		{Name: "officer_id", Label: "在册人员", Kind: ValueReference, Of: "officer"},
		{Name: "name", Label: "姓名", Kind: ValueText, Personal: true},
		{Name: "cert_no", Label: "执法证号", Kind: ValueText},
	}},
	FieldInfo{Name: "recorder", Label: "记录人", Kind: ValueText, Personal: true, NoLedger: ofInspection},
	FieldInfo{Name: "others", Label: "其他参加人", Kind: ValueText, Personal: true, NoLedger: ofInspection},
	FieldInfo{Name: "certificate_shown", Label: "出示执法证件", Kind: ValueTri, NoLedger: ofInspection},
	FieldInfo{Name: "rights_told", Label: "告知权利义务", Kind: ValueTri, NoLedger: ofInspection},
	FieldInfo{Name: "present_name", Label: "现场负责人", Kind: ValueText, Personal: true, NoLedger: ofInspection},
	FieldInfo{Name: "present_title", Label: "职务", Kind: ValueText, NoLedger: ofInspection},
	FieldInfo{Name: "present_phone", Label: "联系电话", Kind: ValuePhone, Personal: true, NoLedger: ofInspection},
	FieldInfo{Name: "herds", Label: "现场存栏", Kind: ValueRows, Fields: herdFields},
	FieldInfo{Name: "findings", Label: "检查发现", Kind: ValueProse, NoLedger: ofInspection},
	FieldInfo{Name: "path", Label: "排污路径", Kind: ValueGroup, NoLedger: ofInspection, Fields: pathFields},
	FieldInfo{Name: "result", Label: "检查结果", Kind: ValueWord, Words: InspectionResults, NoLedger: ofInspection},
	FieldInfo{Name: "media", Label: "照片录像", Kind: ValueText, NoLedger: ofInspection},
	FieldInfo{Name: "party_opinion", Label: "被检查人意见", Kind: ValueProse, NoLedger: ofInspection},
	FieldInfo{Name: "state", Label: "记录状态", Kind: ValueWord, Words: InspectionStates, NoInput: "保存 and 提交 are buttons", NoLedger: ofInspection},
	FieldInfo{Name: "submitted_at", Label: "提交时间", Kind: ValueInstant, ReadOnly: true, NoInput: byProgram},
	FieldInfo{Name: "submitted_by", Label: "提交人", Kind: ValueText, ReadOnly: true, NoInput: byProgram, NoHistory: inEntry, NoLedger: ofInspection},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: ofInspection},
)

// SampleFields are the fields of a Sample.
var SampleFields = record(
	FieldInfo{Name: "inspection_id", Label: "检查", Kind: ValueReference, Of: "inspection", ReadOnly: true, NoInput: byAddress, NoLedger: byRow},
	FieldInfo{Name: "code", Label: "样品编号", Kind: ValueText},
	FieldInfo{Name: "point", Label: "采样点位", Kind: ValueText},
	FieldInfo{Name: "medium", Label: "介质", Kind: ValueWord, Words: Media},
	FieldInfo{Name: "sampled_on", Label: "采样日期", Kind: ValueDate},
	FieldInfo{Name: "sampled_time", Label: "采样时间", Kind: ValueClock},
	FieldInfo{Name: "sampling_organ", Label: "采样单位", Kind: ValueText},
	FieldInfo{Name: "analysis_organ", Label: "分析单位", Kind: ValueText},
	FieldInfo{Name: "report_number", Label: "监测报告编号", Kind: ValueText},
	FieldInfo{Name: "report_on", Label: "报告日期", Kind: ValueDate},
	FieldInfo{Name: "told_on", Label: "结果告知日期", Kind: ValueDate},
	FieldInfo{Name: "standard_cited", Label: "报告所引标准", Kind: ValueText},
	FieldInfo{Name: "standard_review", Label: "对标准引用的复核意见", Kind: ValueProse},
	FieldInfo{Name: "results", Label: "监测结果", Kind: ValueRows, Fields: FieldList{
		{Name: "pollutant", Label: "项目", Kind: ValueText},
		{Name: "kind", Label: "结果类型", Kind: ValueWord, Words: ResultKinds},
		{Name: "value", Label: "数值", Kind: ValueText},
		{Name: "unit", Label: "单位", Kind: ValueText},
		{Name: "limit", Label: "限值", Kind: ValueText},
		{Name: "limit_from", Label: "限值来源", Kind: ValueWord, Words: LimitFrom},
		{Name: "limit_ref", Label: "限值依据", Kind: ValueText},
		{Name: "verdict", Label: "结论", Kind: ValueWord, Words: Verdicts},
		{Name: "note", Label: "说明", Kind: ValueText},
	}},
	FieldInfo{Name: "conclusion", Label: "报告结论", Kind: ValueProse},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)

// EvidenceFields are the fields of an Evidence.
var EvidenceFields = record(
	FieldInfo{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", NoInput: byAddress, NoHistory: "the history is the case's", NoLedger: byRow},
	FieldInfo{Name: "inspection_id", Label: "检查", Kind: ValueReference, Of: "inspection", NoInput: byAddress, NoLedger: byRow},
	FieldInfo{Name: "seq", Label: "序号", Kind: ValueCount, NoLedger: byOrder},
	FieldInfo{Name: "kind", Label: "证据种类", Kind: ValueWord, Words: EvidenceKinds},
	FieldInfo{Name: "title", Label: "证据名称", Kind: ValueText},
	FieldInfo{Name: "number", Label: "编号", Kind: ValueText},
	FieldInfo{Name: "maker", Label: "制作人或提供人", Kind: ValueText},
	FieldInfo{Name: "made_on", Label: "制作或取得日期", Kind: ValueDate},
	FieldInfo{Name: "proves", Label: "证明内容", Kind: ValueProse},
	FieldInfo{Name: "pages", Label: "页数", Kind: ValueCount},
	FieldInfo{Name: "attachment_id", Label: "对应附件", Kind: ValueReference, Of: "attachment"},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse},
)
