package registry

// BulletinFields are the fields of a Bulletin.
var BulletinFields = record(
	FieldInfo{Name: "origin", Label: "来源性质", Kind: ValueWord, Words: Origins, NoInput: "bulletins written here are the bureau's own"},
	FieldInfo{Name: "title", Label: "通报标题", Kind: ValueText},
	FieldInfo{Name: "lead", Label: "导语", Kind: ValueProse},
	FieldInfo{Name: "issuer", Label: "发布机关", Kind: ValueText},
	FieldInfo{Name: "byline", Label: "署名", Kind: ValueText},
	FieldInfo{Name: "number", Label: "发文字号", Kind: ValueText},
	FieldInfo{Name: "addressed_to", Label: "主送机关", Kind: ValueText},
	FieldInfo{Name: "copied_to", Label: "抄送机关", Kind: ValueText},
	FieldInfo{Name: "dated", Label: "发布月份", Kind: ValueDate},
	FieldInfo{Name: "campaign_id", Label: "专项行动", Kind: ValueReference, Of: "campaign"},
	FieldInfo{Name: "state", Label: "状态", Kind: ValueText, ReadOnly: true, NoInput: byAct},
	FieldInfo{Name: "author_id", Label: "起草人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "approver_id", Label: "批准人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "approved_at", Label: "批准时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "withdraw_reason", Label: "撤回理由", Kind: ValueProse, ReadOnly: true, NoInput: byAct},
	FieldInfo{Name: "return_reason", Label: "退回意见", Kind: ValueProse, ReadOnly: true, NoInput: byAct},
	FieldInfo{Name: "design", Label: "版式", Kind: ValueWord, Words: BulletinDesigns},
	FieldInfo{Name: "corrects_id", Label: "更正的通报", Kind: ValueReference, Of: "bulletin", ReadOnly: true, NoInput: byAct},
	FieldInfo{Name: "correction_note", Label: "更正说明", Kind: ValueProse},
	FieldInfo{Name: "writers", Label: "撰写人", Kind: ValueList, ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "opinions", Label: "审批意见", Kind: ValueRows, ReadOnly: true, NoInput: byAct, NoHistory: inEntry, Fields: FieldList{
		{Name: "step", Label: "环节", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "user_id", Label: "人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct},
		{Name: "verdict", Label: "意见", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "words", Label: "说明", Kind: ValueProse, ReadOnly: true, NoInput: byAct},
		{Name: "at", Label: "时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct},
		{Name: "chain", Label: "审批环节", Kind: ValueRows, ReadOnly: true, NoInput: byAct, Fields: stepFields},
	}},
	FieldInfo{Name: "answers", Label: "对公开检查所问的说明", Kind: ValueRows, ReadOnly: true, NoInput: byAct, Fields: FieldList{
		{Name: "kind", Label: "种类", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "text", Label: "文字", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "reason", Label: "可以公开的理由", Kind: ValueProse, ReadOnly: true, NoInput: byAct},
		{Name: "user_id", Label: "说明人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct},
		{Name: "at", Label: "时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct},
	}},
	FieldInfo{Name: "papers", Label: "定稿文件", Kind: ValueRows, ReadOnly: true, NoInput: byAct, NoHistory: inEntry, Fields: FieldList{
		{Name: "format", Label: "格式", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "attachment_id", Label: "附件", Kind: ValueMachine, ReadOnly: true, NoInput: byAct},
		{Name: "filename", Label: "文件名", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "sha256", Label: "摘要", Kind: ValueMachine, ReadOnly: true, NoInput: byAct},
		{Name: "size", Label: "字节数", Kind: ValueMachine, ReadOnly: true, NoInput: byAct},
	}},
	FieldInfo{Name: "releases", Label: "发布记录", Kind: ValueRows, ReadOnly: true, NoInput: byAct, Fields: FieldList{
		{Name: "on", Label: "发布日期", Kind: ValueDate, ReadOnly: true, NoInput: byAct},
		{Name: "medium", Label: "媒体", Kind: ValueWord, Words: PublicationMedia, ReadOnly: true, NoInput: byAct},
		{Name: "where", Label: "发布在哪里", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "url", Label: "网址", Kind: ValueText, ReadOnly: true, NoInput: byAct},
		{Name: "site", Label: "公众网站", Kind: ValueBool, ReadOnly: true, NoInput: byAct},
		{Name: "user_id", Label: "登记人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct},
		{Name: "at", Label: "登记时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct},
	}},
	FieldInfo{Name: "published_at", Label: "公开时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "slug", Label: "公开网址", Kind: ValueMachine, ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "facets", Label: "公众网站的检索项", Kind: ValueRows, ReadOnly: true, NoInput: byAct, NoHistory: inEntry, Fields: FieldList{
		{Name: "kind", Label: "种类", Kind: ValueMachine, ReadOnly: true, NoInput: byAct},
		{Name: "word", Label: "词", Kind: ValueMachine, ReadOnly: true, NoInput: byAct},
	}},
	FieldInfo{Name: "withdrawn_at", Label: "撤回时间", Kind: ValueInstant, ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "withdrawer_id", Label: "撤回人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byAct, NoHistory: inEntry},
	FieldInfo{Name: "sections", Label: "栏目", Kind: ValueRows, NoInput: "the bureau's, as they were when the bulletin was begun", Fields: sectionFields},
	FieldInfo{Name: "cases", Label: "案件", Kind: ValueRows, Fields: FieldList{
		{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case", NoHistory: "the row says it by the case's title"},
		{Name: "title", Label: "案件标题", Kind: ValueText},
		{Name: "facts", Label: "简要案情", Kind: ValueProse},
		{Name: "handling", Label: "查处情况", Kind: ValueProse},
		{Name: "meaning", Label: "典型意义", Kind: ValueProse},
		{Name: "show_path", Label: "登出排污路径图", Kind: ValueBool},
		{Name: "path", Label: "排污路径", Kind: ValueGroup, NoInput: "the form ticks whether it is shown; the case gives the rest", NoHistory: "whether it is shown says it", Fields: pathFields},
		{Name: "quotes", Label: "以案说法", Kind: ValueRows, Fields: FieldList{
			{Name: "law", Label: "法律名称", Kind: ValueText, NoInput: byTick},
			{Name: "law_id", Label: "法律代号", Kind: ValueMachine, NoInput: byTick, NoHistory: ofName},
			{Name: "version_id", Label: "版本代号", Kind: ValueMachine, NoInput: byTick, NoHistory: ofName},
			{Name: "version_name", Label: "版本", Kind: ValueText, NoInput: byTick},
			{Name: "provision", Label: "条款", Kind: ValueGroup, NoInput: byTick, Fields: provisionFields},
			{Name: "text", Label: "条文", Kind: ValueProse, NoInput: byTick},
			{Name: "text_hash", Label: "条文摘要", Kind: ValueMachine, NoInput: byTick, NoHistory: machinery},
			{Name: "checked", Label: "已核对", Kind: ValueBool, NoInput: byTick},
		}},
		{Name: "drafted", Label: "所依据的初稿", Kind: ValueGroup, NoInput: "the form says by a digest which first draft it shows", NoHistory: "the entry says 保留现有文字 or 用新草稿替换", Fields: FieldList{
			{Name: "title", Label: "案件标题", Kind: ValueText, NoInput: byProgram},
			{Name: "facts", Label: "简要案情", Kind: ValueProse, NoInput: byProgram},
			{Name: "handling", Label: "查处情况", Kind: ValueProse, NoInput: byProgram},
			{Name: "digest", Label: "摘要", Kind: ValueMachine, NoInput: byProgram},
		}},
	}},
	FieldInfo{Name: "pictures", Label: "图片", Kind: ValueRows, ReadOnly: true, NoInput: byPicture, Fields: FieldList{
		{Name: "file_id", Label: "原图", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "sha256", Label: "原图摘要", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "from_id", Label: "取自案件附件", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "case_id", Label: "所属案件", Kind: ValueReference, Of: "case", ReadOnly: true, NoInput: byPicture},
		{Name: "caption", Label: "图片说明", Kind: ValueText, ReadOnly: true, NoInput: byPicture},
		{Name: "credit", Label: "来源", Kind: ValueText, ReadOnly: true, NoInput: byPicture},
		{Name: "alt", Label: "替代文字", Kind: ValueText, ReadOnly: true, NoInput: byPicture},
		{Name: "wide", Label: "通栏", Kind: ValueBool, ReadOnly: true, NoInput: byPicture},
		{Name: "crop", Label: "裁剪", Kind: ValueGroup, ReadOnly: true, NoInput: byPicture, Fields: areaFields},
		{Name: "covers", Label: "遮盖", Kind: ValueRows, ReadOnly: true, NoInput: byPicture, Fields: FieldList{
			{Name: "area", Label: "范围", Kind: ValueGroup, ReadOnly: true, NoInput: byPicture, Fields: areaFields},
			{Name: "fill", Label: "涂盖", Kind: ValueBool, ReadOnly: true, NoInput: byPicture},
		}},
		{Name: "copy_id", Label: "成品", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "copy_sha256", Label: "成品摘要", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "copy_size", Label: "成品字节数", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "width", Label: "成品宽", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "height", Label: "成品高", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "checked_sha256", Label: "看过的成品", Kind: ValueMachine, ReadOnly: true, NoInput: byPicture},
		{Name: "checker_id", Label: "看图人", Kind: ValueReference, Of: "user", ReadOnly: true, NoInput: byPicture},
	}},
)

// areaFields are the fields of a PictureArea.
var areaFields = FieldList{
	{Name: "x", Label: "左（‰）", Kind: ValueCount, ReadOnly: true, NoInput: byPicture},
	{Name: "y", Label: "上（‰）", Kind: ValueCount, ReadOnly: true, NoInput: byPicture},
	{Name: "w", Label: "宽（‰）", Kind: ValueCount, ReadOnly: true, NoInput: byPicture},
	{Name: "h", Label: "高（‰）", Kind: ValueCount, ReadOnly: true, NoInput: byPicture},
}

// sectionFields are the fields of a BulletinSection.
var sectionFields = FieldList{
	{Name: "part", Label: "内容", Kind: ValueWord, Words: BulletinParts},
	{Name: "heading", Label: "栏目名称", Kind: ValueText},
}

const (
	byPicture = "pictures are uploaded, chosen and cropped on a page of their own"

	byAct  = "submitting, returning, approving and withdrawing set it"
	byTick = "the form ticks an article; the catalogue gives the rest"
)

// PublicationFields are the fields of a Publication.
var PublicationFields = record(
	FieldInfo{Name: "name", Label: "发布在哪里", Kind: ValueText},
	FieldInfo{Name: "medium", Label: "媒体", Kind: ValueWord, Words: PublicationMedia},
	FieldInfo{Name: "page", Label: "版面", Kind: ValueText},
	FieldInfo{Name: "url", Label: "网址", Kind: ValueText},
	FieldInfo{Name: "published_on", Label: "发布日期", Kind: ValueDate},
	FieldInfo{Name: "sha256", Label: "文本摘要", Kind: ValueMachine, ReadOnly: true, NoInput: byProgram},
	FieldInfo{Name: "size", Label: "字节数", Kind: ValueMachine, ReadOnly: true, NoInput: byProgram},
	FieldInfo{Name: "by", Label: "导入人", Kind: ValueText, ReadOnly: true, NoInput: byProgram},
	FieldInfo{Name: "cases", Label: "案件", Kind: ValueRows, Fields: FieldList{
		{Name: "case_id", Label: "案件", Kind: ValueReference, Of: "case"},
		{Name: "title", Label: "公布的案名", Kind: ValueText},
		{Name: "cited", Label: "原文依次所引条款", Kind: ValueList},
		{Name: "start", Label: "自第几字", Kind: ValueMachine, NoInput: byProgram},
		{Name: "end", Label: "至第几字", Kind: ValueMachine, NoInput: byProgram},
	}},
)
