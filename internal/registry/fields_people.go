package registry

// OrganFields are the fields of an Organ.
var OrganFields = record(
	FieldInfo{Name: "name", Label: "机构名称", Kind: ValueText},
	FieldInfo{Name: "short_name", Label: "简称", Kind: ValueText, NoLedger: byNameOnly},
	FieldInfo{Name: "kind", Label: "类别", Kind: ValueWord, Words: OrganKinds, NoLedger: byNameOnly},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict, NoLedger: byNameOnly},
	FieldInfo{Name: "credit_code", Label: "统一社会信用代码", Kind: ValueText, NoLedger: byNameOnly},
	FieldInfo{Name: "abbr", Label: "文号用字", Kind: ValueText, NoLedger: byNameOnly},
	FieldInfo{Name: "active", Label: "使用中", Kind: ValueBool, NoLedger: byNameOnly},
)

// OfficerFields are the fields of an Officer.
var OfficerFields = record(
	FieldInfo{Name: "name", Label: "姓名", Kind: ValueText, Personal: true},
	FieldInfo{Name: "organ_id", Label: "单位", Kind: ValueReference, Of: "organ"},
	FieldInfo{Name: "cert_no", Label: "执法证号", Kind: ValueText},
	FieldInfo{Name: "valid_from", Label: "有效期起", Kind: ValueDate},
	FieldInfo{Name: "valid_to", Label: "有效期止", Kind: ValueDate},
	FieldInfo{Name: "active", Label: "在岗", Kind: ValueBool},
)

// CampaignFields are the fields of a Campaign. The register only reads them: the demonstration loads them.
var CampaignFields = record(
	FieldInfo{Name: "origin", Label: "来源性质", Kind: ValueWord, Words: Origins, NoInput: noCampaignForm, NoLedger: byNameOnly},
	FieldInfo{Name: "name", Label: "专项行动", Kind: ValueText, NoInput: noCampaignForm},
	FieldInfo{Name: "year", Label: "年份", Kind: ValueCount, NoInput: noCampaignForm, NoLedger: byNameOnly},
	FieldInfo{Name: "aim", Label: "目的", Kind: ValueProse, NoInput: noCampaignForm, NoLedger: byNameOnly},
	FieldInfo{Name: "organ_id", Label: "组织单位", Kind: ValueReference, Of: "organ", NoInput: noCampaignForm, NoLedger: byNameOnly},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoInput: noCampaignForm, NoLedger: byNameOnly},
)

const noCampaignForm = "campaigns have no form"

// UserFields are the fields of a User.
var UserFields = record(
	FieldInfo{Name: "username", Label: "用户名", Kind: ValueText},
	FieldInfo{Name: "display_name", Label: "姓名", Kind: ValueText, Personal: true},
	FieldInfo{Name: "role", Label: "角色", Kind: ValueRole},
	FieldInfo{Name: "organ_id", Label: "单位", Kind: ValueReference, Of: "organ"},
	FieldInfo{Name: "officer_id", Label: "执法人员", Kind: ValueReference, Of: "officer"},
	FieldInfo{Name: "disabled", Label: "已停用", Kind: ValueBool, NoInput: "停用 and 启用 are buttons"},
	FieldInfo{Name: "must_change", Label: "须改密码", Kind: ValueBool, ReadOnly: true, NoInput: byProgram},
	FieldInfo{Name: "last_sign_in", Label: "上次登录", Kind: ValueInstant, ReadOnly: true, NoInput: byProgram},
)

// AttachmentFields are the fields of an Attachment. It is stored once and never edited.
var AttachmentFields = FieldList{
	{Name: "id", Label: "编号", Kind: ValueMachine, ReadOnly: true},
	{Name: "entity", Label: "所属记录种类", Kind: ValueMachine, ReadOnly: true},
	{Name: "entity_id", Label: "所属记录编号", Kind: ValueMachine, ReadOnly: true},
	{Name: "filename", Label: "文件名", Kind: ValueText, ReadOnly: true},
	{Name: "media_type", Label: "文件类型", Kind: ValueText, ReadOnly: true},
	{Name: "content", Label: "文件内容", Kind: ValueText, ReadOnly: true},
	{Name: "sha256", Label: "摘要", Kind: ValueMachine, ReadOnly: true},
	{Name: "size", Label: "字节数", Kind: ValueMachine, ReadOnly: true},
	{Name: "created_at", Label: "上传时间", Kind: ValueInstant, ReadOnly: true},
	{Name: "uploaded_by", Label: "上传人", Kind: ValueText, ReadOnly: true},
}

// BureauFields are the fields of a Bureau.
var BureauFields = record(
	FieldInfo{Name: "name", Label: "本局名称", Kind: ValueText},
	FieldInfo{Name: "short_name", Label: "行文简称", Kind: ValueText},
	FieldInfo{Name: "city", Label: "城市", Kind: ValueGroup, Fields: FieldList{
		{Name: "code", Label: "城市代码", Kind: ValueText},
		{Name: "name", Label: "城市名称", Kind: ValueText},
		{Name: "short", Label: "城市简称", Kind: ValueText},
		{Name: "abbr", Label: "城市在文号里的字", Kind: ValueText},
		{Name: "branch", Label: "分局", Kind: ValueText, NoInput: "a city is no branch of itself"},
	}},
	FieldInfo{Name: "districts", Label: "县（市、区）", Kind: ValueRows, Fields: FieldList{
		{Name: "code", Label: "代码", Kind: ValueText},
		{Name: "name", Label: "名称", Kind: ValueText},
		{Name: "short", Label: "简称", Kind: ValueText},
		{Name: "abbr", Label: "文号用字", Kind: ValueText},
		{Name: "branch", Label: "分局", Kind: ValueText},
	}},
	FieldInfo{Name: "series", Label: "文号格式", Kind: ValueText},
	FieldInfo{Name: "basin", Label: "有条例的流域", Kind: ValueText},
	FieldInfo{Name: "area", Label: "大致范围", Kind: ValueGroup, Fields: FieldList{
		{Name: "west", Label: "西界（经度）", Kind: ValueDecimal},
		{Name: "east", Label: "东界（经度）", Kind: ValueDecimal},
		{Name: "south", Label: "南界（纬度）", Kind: ValueDecimal},
		{Name: "north", Label: "北界（纬度）", Kind: ValueDecimal},
	}},
	FieldInfo{Name: "visits", Label: "检查频次", Kind: ValueGroup, Fields: FieldList{
		{Name: "yearly", Label: "每场每年检查次数上限", Kind: ValueCount},
		{Name: "source", Label: "上限的出处", Kind: ValueText},
	}},
	FieldInfo{Name: "bulletins", Label: "典型案例通报", Kind: ValueGroup, Fields: FieldList{
		{Name: "sections", Label: "通报栏目", Kind: ValueRows, Fields: sectionFields},
		{Name: "title", Label: "标题的预填文字", Kind: ValueText},
		{Name: "lead", Label: "导语的预填文字", Kind: ValueProse},
		{Name: "quotes", Label: "所引法条未核对的", Kind: ValueWord, Words: QuotePolicies},
	}},
	FieldInfo{Name: "approval", Label: "通报的审批环节", Kind: ValueRows, Fields: stepFields},
	FieldInfo{Name: "own_branch_only", Label: "分局执法人员只看本分局的记录", Kind: ValueBool},
	FieldInfo{Name: "public_site", Label: "开放公众网站", Kind: ValueBool},
	FieldInfo{Name: "public_contact", Label: "公众纠错的联系方式", Kind: ValueText},
	FieldInfo{Name: "round_heads", Label: "通报草稿里的存栏数取约数", Kind: ValueBool},
)

// stepFields are those of an ApprovalStep.
var stepFields = FieldList{
	{Name: "name", Label: "环节", Kind: ValueText},
	{Name: "role", Label: "办理人的角色", Kind: ValueRole},
	{Name: "users", Label: "办理的账号", Kind: ValueList},
	{Name: "days", Label: "办理期限（工作日）", Kind: ValueCount},
}
