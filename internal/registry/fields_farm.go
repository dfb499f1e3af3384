package registry

var placeFields = FieldList{
	{Name: "longitude", Label: "经度", Kind: ValueDecimal},
	{Name: "latitude", Label: "纬度", Kind: ValueDecimal},
	{Name: "datum", Label: "坐标系", Kind: ValueWord, Words: Datums},
}

var herdFields = FieldList{
	{Name: "species", Label: "畜种", Kind: ValueWord, Words: Species},
	{Name: "stage", Label: "阶段", Kind: ValueText},
	{Name: "count", Label: "数量", Kind: ValueCount},
	{Name: "qualifier", Label: "约数", Kind: ValueWord, Words: Qualifiers},
	{Name: "basis", Label: "口径", Kind: ValueWord, Words: HerdBases},
	{Name: "as_of", Label: "统计时点", Kind: ValueDate},
}

// approvalFields are those of an Approval under the labels that its kind has.
func approvalFields(state, kind, number, on, validTo string, kinds Terms) FieldList {
	f := FieldList{
		{Name: "state", Label: state, Kind: ValueWord, Words: ApprovalStates},
		{Name: "kind", Label: kind, Kind: ValueText},
		{Name: "number", Label: number, Kind: ValueText},
		{Name: "on", Label: on, Kind: ValueDate},
		{Name: "valid_to", Label: validTo, Kind: ValueDate},
	}
	if kinds != nil {
		f[1].Kind, f[1].Words = ValueWord, kinds
	}
	return f
}

// FarmFields are the fields of a Farm.
var FarmFields = record(append(FieldList{
	FieldInfo{Name: "origin", Label: "记录来源", Kind: ValueWord, Words: Origins, NoLedger: ofFarm},
	FieldInfo{Name: "name", Label: "养殖场名称", Kind: ValueText},
	FieldInfo{Name: "public_name", Label: "公开用名", Kind: ValueText, NoLedger: ofFarm},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict, NoLedger: ofFarm},
	FieldInfo{Name: "town", Label: "镇街、村", Kind: ValueText},
	FieldInfo{Name: "address", Label: "详细地址", Kind: ValueText},
	FieldInfo{Name: "operator_id", Label: "经营主体", Kind: ValueReference, Of: "party", NoLedger: ofFarm},
	FieldInfo{Name: "place", Label: "坐标", Kind: ValueGroup, Fields: placeFields},
	FieldInfo{Name: "area_m2", Label: "占地面积", Kind: ValueDecimal, NoLedger: ofFarm},
	FieldInfo{Name: "production_since", Label: "投产时间", Kind: ValueDate, NoLedger: ofFarm},
	FieldInfo{Name: "operation", Label: "生产状态", Kind: ValueWord, Words: Operations, NoLedger: ofFarm},
	FieldInfo{Name: "raising_mode", Label: "养殖方式", Kind: ValueWord, Words: RaisingModes, NoLedger: ofFarm},
	FieldInfo{Name: "barns", Label: "栏舍数", Kind: ValueCount, NoLedger: ofFarm},
	FieldInfo{Name: "manure_mode", Label: "清粪工艺", Kind: ValueWord, Words: ManureModes, NoLedger: ofFarm},
	FieldInfo{Name: "herds", Label: "畜禽", Kind: ValueRows, Fields: herdFields},
	FieldInfo{Name: "facilities", Label: "治污设施", Kind: ValueRows, NoLedger: ofFarm, Fields: FieldList{
		{Name: "kind", Label: "设施类型", Kind: ValueWord, Words: FacilityKinds},
		{Name: "name", Label: "名称、位置", Kind: ValueText},
		{Name: "count", Label: "数量", Kind: ValueCount},
		{Name: "serves", Label: "配套于", Kind: ValueText},
		{Name: "capacity", Label: "能力", Kind: ValueText},
		{Name: "lining", Label: "防渗", Kind: ValueWord, Words: Linings},
		{Name: "state", Label: "状态", Kind: ValueWord, Words: FacilityStates},
		{Name: "note", Label: "说明", Kind: ValueText},
	}},
	FieldInfo{Name: "entrusted", Label: "委托处理养殖废弃物", Kind: ValueTri, NoLedger: ofFarm},
	FieldInfo{Name: "eia", Label: "环评", Kind: ValueGroup,
		Fields: approvalFields("环评", "环评类别", "环评文号或备案号", "环评日期", "环评有效期至", EIAKinds).noInput("valid_to", "the approval of an EIA has no term")},
	FieldInfo{Name: "eia_carried", Label: "环评要求落实情况", Kind: ValueWord, Words: CarriedStates},
	FieldInfo{Name: "acceptance", Label: "环保验收", Kind: ValueGroup, NoLedger: ofFarm,
		Fields: approvalFields("环保验收", "验收类别", "验收文号", "验收日期", "验收有效期至", nil).
			noInput("kind", "acceptances are of one kind").noInput("valid_to", "an acceptance has no term")},
	FieldInfo{Name: "permit", Label: "排污许可", Kind: ValueGroup,
		Fields: approvalFields("排污许可", "管理类别", "许可证或登记编号", "发证日期", "许可有效期至", PermitKinds)},
	FieldInfo{Name: "zone", Label: "禁养区", Kind: ValueGroup, Fields: FieldList{
		{Name: "relation", Label: "禁养区关系", Kind: ValueWord, Words: ZoneRelations},
		{Name: "plan_name", Label: "划定方案名称", Kind: ValueText},
		{Name: "plan_number", Label: "方案文号", Kind: ValueText},
		{Name: "plan_on", Label: "方案日期", Kind: ValueDate},
		{Name: "evidence", Label: "认定依据", Kind: ValueText},
		{Name: "checked_on", Label: "核对日期", Kind: ValueDate},
	}},
	FieldInfo{Name: "receiving_water", Label: "受纳水体", Kind: ValueText, NoLedger: ofFarm},
	FieldInfo{Name: "control_section", Label: "所属国考断面", Kind: ValueText, NoLedger: ofFarm},
	FieldInfo{Name: "in_tanjiang", Label: "流域条例范围", Kind: ValueTri, NoLedger: ofFarm},
	FieldInfo{Name: "contact_name", Label: "联系人", Kind: ValueText, Personal: true, NoLedger: ofFarm},
	FieldInfo{Name: "contact_phone", Label: "联系电话", Kind: ValuePhone, Personal: true, NoLedger: ofFarm},
	FieldInfo{Name: "note", Label: "备注", Kind: ValueProse, NoLedger: ofFarm},
	FieldInfo{Name: "merged_into", Label: "并入的养殖场", Kind: ValueReference, Of: "farm", ReadOnly: true, NoInput: mergePage, NoLedger: ofFarm},
}, voidFields...)...)
