package registry

const (
	onMap     = "the map shows it; the ledger tells of cases"
	ofFile    = "the imported file gives it"
	longShape = "it is as long as the file, and never changes"
)

// ZoneMapFields are the fields of a ZoneMap.
var ZoneMapFields = record(
	FieldInfo{Name: "origin", Label: "记录来源", Kind: ValueWord, Words: Origins, NoInput: byProgram, NoLedger: onMap},
	FieldInfo{Name: "kind", Label: "区划种类", Kind: ValueWord, Words: ZoneMapKinds, NoLedger: onMap},
	FieldInfo{Name: "name", Label: "区划名称", Kind: ValueText, NoLedger: onMap},
	FieldInfo{Name: "district_code", Label: "辖区", Kind: ValueDistrict, NoLedger: onMap},
	FieldInfo{Name: "plan_number", Label: "方案文号", Kind: ValueText, NoLedger: onMap},
	FieldInfo{Name: "valid_from", Label: "生效日期", Kind: ValueDate, NoLedger: onMap},
	FieldInfo{Name: "valid_to", Label: "失效日期", Kind: ValueDate, NoLedger: onMap},
	FieldInfo{Name: "source", Label: "数据来源", Kind: ValueText, NoLedger: onMap},
	FieldInfo{Name: "note", Label: "说明", Kind: ValueProse, NoLedger: onMap},
	FieldInfo{Name: "datum", Label: "坐标系", Kind: ValueWord, Words: Datums, NoLedger: onMap},
	FieldInfo{Name: "shape", Label: "图形", Kind: ValueMachine, NoInput: ofFile, NoPage: longShape, NoHistory: longShape, NoLedger: onMap},
	FieldInfo{Name: "vertices", Label: "顶点数", Kind: ValueCount, NoInput: ofFile, NoLedger: onMap},
	FieldInfo{Name: "sha256", Label: "文件的 SHA-256", Kind: ValueMachine, NoInput: ofFile, NoLedger: onMap},
)
