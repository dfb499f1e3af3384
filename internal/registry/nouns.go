package registry

// Nouns are all kinds of record that have revisions.
var Nouns = []Noun{
	{"farm", "养殖场", FarmFields, Farm{}},
	{"party", "当事人", PartyFields, Party{}},
	{"party_merge", "当事人合并", PartyMergeFields, PartyMerge{}},
	{"farm_merge", "养殖场合并", FarmMergeFields, FarmMerge{}},
	{"inspection", "检查", InspectionFields, Inspection{}},
	{"sample", "样品", SampleFields, Sample{}},
	{"evidence", "证据", EvidenceFields, Evidence{}},
	{"case", "案件", CaseFields, Case{}},
	{"violation", "违法行为", ViolationFields, Violation{}},
	{"document", "文书", DocumentFields, Document{}},
	{"penalty", "处罚", PenaltyFields, Penalty{}},
	{"payment", "缴款", PaymentFields, Payment{}},
	{"review_note", "复核意见", ReviewNoteFields, ReviewNote{}},
	{"discretion_sheet", "裁量计算表", DiscretionSheetFields, DiscretionSheet{}},
	{"bulletin", "通报", BulletinFields, Bulletin{}},
	{"publication", "公开资料", PublicationFields, Publication{}},
	{"campaign", "专项行动", CampaignFields, Campaign{}},
	{"organ", "机构", OrganFields, Organ{}},
	{"officer", "执法人员", OfficerFields, Officer{}},
	{"user", "用户", UserFields, User{}},
	{"document_kind", "文书种类", DocumentKindFields, KeptKind{}},
	{"export_profile", "导出方案", ExportProfileFields, ExportProfile{}},
	{"attachment", "附件", AttachmentFields, Attachment{}},
}
