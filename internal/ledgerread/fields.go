package ledgerread

import (
	"cmp"
	"strings"

	"casebook/internal/registry"
)

// Record is what a row says. Unknown is zero or nil; the names of fields.go are those of its JSON form.
type Record struct {
	Farms  bool // the row registers a farm (备案), not a case
	Visits bool // the row tells of an inspection, not of a case

	OwnID                                  string // 登记编号 of one of our exports
	Number, Title, Source                  string
	District                               string // full name: 恩平市
	DistrictCode                           string
	Town, Address                          string
	Party, PartyKind, Code, IDKind, Person string // Person: number of the ID document
	LegalPerson, Phone, Contact            string
	Farm, Species, Qualifier               string
	Heads                                  *int64
	Herds                                  []registry.Herd // all, where there are several: 生猪800头、肉鸡2000羽
	Longitude, Latitude                    *float64
	AreaM2                                 *float64
	PermitNumber, EIANumber                string
	FoundOn, InspectedOn, FiledOn          registry.Date
	FiledNumber                            string
	OrderOn                                registry.Date
	OrderNumber                            string
	NoticeOn                               registry.Date
	NoticeNumber                           string
	DecidedOn, ServedOn, PaidOn, ClosedOn  registry.Date
	DecisionNumber                         string
	Type, Facts, BreachedText, BasisText   string
	Breached, Basis                        []registry.Citation
	Kinds                                  []string // of penalties
	Fine, Taken, Paid                      *registry.Money
	Content, Handling, Measures, Officers  string
	Organ, HandlingOrgan, Note             string
	NoPenaltyOn                            registry.Date
	NoPenaltyNumber                        string

	VisitKind, Inspectors, Result, Rectified string // of an inspection
	SampledOn                                registry.Date
	SamplePoint, ReportNumber, OverTimes     string
	Results                                  []registry.SampleResult
	Facilities, Evidence                     string
	Designed, YearOut                        *int64   // 设计存栏, 年出栏
	Other                                    []string // of columns that nothing else keeps: 案件状态：执行中
}

// AllHerds are the animals that the row tells of; a number without a species is of 其他.
func (rec *Record) AllHerds() (list []registry.Herd) {
	for _, h := range rec.Herds {
		h.Basis = "存栏"
		list = append(list, h)
	}
	species := cmp.Or(rec.Species, "其他")
	if len(list) == 0 && (rec.Species != "" || rec.Heads != nil) {
		list = append(list, registry.Herd{Species: species, Count: rec.Heads, Qualifier: rec.Qualifier, Basis: "存栏"})
	}
	if rec.Designed != nil {
		list = append(list, registry.Herd{Species: species, Count: rec.Designed, Basis: "设计存栏"})
	}
	if rec.YearOut != nil {
		list = append(list, registry.Herd{Species: species, Count: rec.YearOut, Basis: "年出栏"})
	}
	return list
}

// kindOf is how a cell is understood.
type kindOf uint8

const (
	asText kindOf = iota
	asDocNumber
	asDate
	asMoney
	asCount
	asCode
	asPerson
	asDistrict
	asSpecies
	asCitations
	asKinds
	asDegrees
	asArea
	asResult // of a sample: of the pollutant that the label ends with
	asOther  // kept with the note, under its title
	asKnown  // known, and not kept by the register
)

// field is a row of the table of what columns may hold.
type field struct {
	Name, Label string
	as          kindOf
	to          func(*Record) any
	Words       string   // titles, comma-separated: a title that is one of them, then one that holds one
	weak        bool     // its short titles (日期, 文号) name it only where no other field does
	not         string   // words of titles that hold a word of it, of something else
	keys        []string // of Words
}

// Field is a field that a column may be said to hold.
type Field struct{ Name, Label string }

// Fields are those that a person may choose from.
func Fields() (list []Field) {
	for i := range fields {
		list = append(list, Field{fields[i].Name, fields[i].Label})
	}
	return list
}

// otherField is what a column with a title is that no other field keeps.
const otherField = "other"

var fields = []field{
	{Name: "seq", Label: "序号", as: asKnown, Words: "序号,编号,序列号,no,№,行号,号数,项次"},
	{Name: "own_id", Label: "登记编号", to: func(r *Record) any { return &r.OwnID }, Words: "登记编号"},
	{Name: "number", Label: "案件编号", as: asDocNumber, to: func(r *Record) any { return &r.Number }, Words: "案件编号,案号,案件号,平台案件编号"},
	{Name: "title", Label: "案件名称", to: func(r *Record) any { return &r.Title }, Words: "案件名称（案由）,案件名称,案由,案名,案件标题,案件名称/案由", not: "公布"},
	{Name: "source", Label: "案件来源", to: func(r *Record) any { return &r.Source }, Words: "案件来源,线索来源,来源,案源", not: "数据"},
	{Name: "district", Label: "辖区", as: asDistrict, to: func(r *Record) any { return &r.District },
		Words: "辖区,县区,区县,县（市、区）,县(市、区),县（市区）,县市区,市（区）,市区,所属辖区,所在辖区,行政区划,行政区,所属区域,所在县区,所属县区,所在县（市、区）,所属县（市、区）,属地,地区,区域,所在区县"},
	{Name: "town", Label: "镇街", to: func(r *Record) any { return &r.Town }, Words: "镇街,镇（街）,镇（街道）,乡镇,乡镇（街道）,乡镇街道,所在镇街,所属镇街,所属镇,镇,街道"},
	{Name: "farm", Label: "养殖场名称", to: func(r *Record) any { return &r.Farm },
		Words: "养殖场名称,养殖场（户）名称,养殖场户名称,养殖场,养殖场户,养殖场（户）,场名,畜禽养殖场名称,畜禽养殖场（户）名称,规模养殖场名称,养殖场（小区）名称,养殖主体名称,养殖主体,养殖户名称,猪场名称"},
	{Name: "party", Label: "当事人", to: func(r *Record) any { return &r.Party }, weak: true,
		Words: "当事人名称,当事人,行政相对人名称,行政相对人,相对人名称,被处罚人,被处罚单位,被处罚人名称,被处罚单位名称,被处罚对象,处罚对象,违法当事人,违法单位,违法企业,违法企业名称,违法主体,被查单位,被检查单位,被检查对象,检查对象,受检单位,单位名称,企业名称,受罚单位,被罚单位,涉案单位,经营主体,当事人姓名或名称,单位（个人）名称,单位或个人名称,单位或个人,处罚相对人,受处罚者,受处罚单位,受处罚人,当事人姓名", not: "其他,类别,类型,代码,证件,地址,电话"},
	{Name: "party_kind", Label: "当事人类别", to: func(r *Record) any { return &r.PartyKind }, Words: "当事人类别,当事人类型,行政相对人类别,主体类型,单位类型"},
	{Name: "credit_code", Label: "统一社会信用代码", as: asCode,
		Words: "行政相对人代码_1（统一社会信用代码）,统一社会信用代码,统一社会信用代码／证件号,统一社会信用代码/证件号,社会信用代码,信用代码,统一信用代码,当事人统一社会信用代码,社会统一信用代码,营业执照号", not: "机关,数据来源"},
	{Name: "id_number", Label: "证件号码", as: asPerson, Words: "证件号码,身份证号,身份证号码,居民身份证号,公民身份号码", not: "法定代表人,证件类型"},
	{Name: "id_kind", Label: "证件类型", to: func(r *Record) any { return &r.IDKind }, Words: "证件类型", not: "法定代表人"},
	{Name: "legal_person", Label: "法定代表人", to: func(r *Record) any { return &r.LegalPerson },
		Words: "法定代表人,法定代表人／经营者,法定代表人/经营者,法定代表人（负责人）,法人,法人代表,负责人,经营者,法定代表人或负责人,场主,业主", not: "证件"},
	{Name: "contact_name", Label: "联系人", to: func(r *Record) any { return &r.Contact }, Words: "联系人,联系人姓名"},
	{Name: "phone", Label: "联系电话", to: func(r *Record) any { return &r.Phone }, Words: "联系电话,电话,手机,手机号,手机号码,联系方式"},
	{Name: "address", Label: "地址", to: func(r *Record) any { return &r.Address },
		Words: "地址,地址（镇街村）,详细地址,养殖场地址,场址,住所,住址,所在地,经营地址,养殖地址,地点,违法地点,单位地址,养殖场所在地,村,村居,村（居）,行政村,所在村"},
	{Name: "species", Label: "畜种", as: asSpecies, to: func(r *Record) any { return &r.Species }, Words: "畜种,养殖种类,养殖品种,畜禽种类,养殖畜种,品种,畜禽品种,养殖类型,养殖类别"},
	{Name: "head_count", Label: "存栏", as: asCount, to: func(r *Record) any { return &r.Heads },
		Words: "存栏（头、只）,存栏,存栏量,存栏数,存栏数量,存栏规模,养殖规模,现存栏,现存栏量,养殖数量,存栏头数,规模", not: "出栏,设计,约数,当量"},
	{Name: "head_about", Label: "存栏约数", to: func(r *Record) any { return &r.Qualifier }, Words: "存栏约数"},
	{Name: "longitude", Label: "经度", as: asDegrees, to: func(r *Record) any { return &r.Longitude }, Words: "经度,东经"},
	{Name: "latitude", Label: "纬度", as: asDegrees, to: func(r *Record) any { return &r.Latitude }, Words: "纬度,北纬"},
	{Name: "area_m2", Label: "占地面积", as: asArea, to: func(r *Record) any { return &r.AreaM2 }, Words: "占地面积,养殖场面积,面积"},
	{Name: "permit_number", Label: "排污许可或登记编号", to: func(r *Record) any { return &r.PermitNumber }, Words: "排污许可证编号,排污许可证号,排污登记编号,排污许可登记编号,排污许可编号"},
	{Name: "eia_number", Label: "环评文号", to: func(r *Record) any { return &r.EIANumber }, Words: "环评文号,环评批复文号,环评批文号,环评备案号"},
	{Name: "found_on", Label: "发现日期", as: asDate, to: func(r *Record) any { return &r.FoundOn }, Words: "发现日期,发现时间,违法时间,案发时间,违法行为发现时间,违法行为发生时间,案发日期"},
	{Name: "inspected_on", Label: "检查日期", as: asDate, to: func(r *Record) any { return &r.InspectedOn }, Words: "检查日期,检查时间,现场检查日期,现场检查时间,执法检查时间,查处时间,查处日期"},
	{Name: "filed_on", Label: "立案日期", as: asDate, to: func(r *Record) any { return &r.FiledOn }, Words: "立案日期,立案时间", not: "文号"},
	{Name: "filed_number", Label: "立案号", as: asDocNumber, to: func(r *Record) any { return &r.FiledNumber }, Words: "立案号,立案编号,立案文号,立案审批表文号"},
	{Name: "order_on", Label: "责改日期", as: asDate, to: func(r *Record) any { return &r.OrderOn }, Words: "责改日期,责令改正日期,责令改正时间,责改时间,责改决定日期,下达责改时间", not: "期限"},
	{Name: "order_number", Label: "责改文号", as: asDocNumber, to: func(r *Record) any { return &r.OrderNumber }, Words: "责改文号,责令改正文号,责令改正违法行为决定书文号,责令改正决定书文号,责改决定书文号"},
	{Name: "notice_on", Label: "告知日期", as: asDate, to: func(r *Record) any { return &r.NoticeOn }, Words: "告知日期,告知时间,事先告知日期,处罚告知日期", not: "监测"},
	{Name: "notice_number", Label: "告知书文号", as: asDocNumber, to: func(r *Record) any { return &r.NoticeNumber }, Words: "告知书文号,告知文号,事先告知书文号,处罚告知书文号"},
	{Name: "decision_number", Label: "决定书文号", as: asDocNumber, to: func(r *Record) any { return &r.DecisionNumber }, weak: true,
		Words: "行政处罚决定书文号,处罚决定书文号,决定书文号,处罚决定文书号,处罚决定文号,决定文号,处罚文号,处罚决定书编号,决定书编号,行政处罚决定书编号,处罚文书号,文书号,文号", not: "立案,告知,责改,责令,环评,批复"},
	{Name: "decided_on", Label: "决定日期", as: asDate, to: func(r *Record) any { return &r.DecidedOn }, weak: true,
		Words: "处罚决定日期,决定日期,决定时间,处罚日期,处罚时间,处罚决定时间,作出决定日期,决定书日期,作出处罚决定日期,下达处罚日期,行政处罚日期,下达时间,下达日期,作出时间,作出日期,日期,时间", not: "有效,公示,截止,送达,缴"},
	{Name: "penalty_kinds", Label: "处罚种类", as: asKinds, to: func(r *Record) any { return &r.Kinds }, Words: "处罚类别,处罚种类,处罚类型,行政处罚种类"},
	{Name: "fine_yuan", Label: "罚款金额", as: asMoney, to: func(r *Record) any { return &r.Fine },
		Words: "罚款金额,罚款,罚款数额,处罚金额,罚没金额,罚款额,罚款金额小写,行政罚款,处罚数额,金额", not: "没收,大写,缴,未知,日连续,加处,人数,项"},
	{Name: "taken_yuan", Label: "没收金额", as: asMoney, to: func(r *Record) any { return &r.Taken }, Words: "没收违法所得、没收非法财物的金额,没收,没收金额,没收违法所得,没收违法所得金额,违法所得"},
	{Name: "paid_yuan", Label: "实缴金额", as: asMoney, to: func(r *Record) any { return &r.Paid }, Words: "实缴,实缴金额,已缴金额,缴款金额,缴纳金额,已缴罚款,缴纳罚款,入库金额", not: "应缴,加处"},
	{Name: "paid_on", Label: "缴款日期", as: asDate, to: func(r *Record) any { return &r.PaidOn }, Words: "最后缴款日期,缴清时间,缴清日期,缴款日期,缴款时间,缴纳日期,缴纳时间,缴罚日期,入库日期", not: "期限"},
	{Name: "served_on", Label: "送达日期", as: asDate, to: func(r *Record) any { return &r.ServedOn }, Words: "决定送达日期,送达日期,送达时间,决定书送达日期,处罚决定送达日期", not: "告知,责令,责改,立案,不予"},
	{Name: "closed_on", Label: "结案日期", as: asDate, to: func(r *Record) any { return &r.ClosedOn }, Words: "结案日期,结案时间"},
	{Name: "type", Label: "违法行为类型", to: func(r *Record) any { return &r.Type }, Words: "违法行为类型,违法类型,违法行为,违法行为种类,违法类别,违法性质"},
	{Name: "narrative", Label: "违法事实", to: func(r *Record) any { return &r.Facts }, Words: "违法事实,主要违法事实,案情,案情简介,简要案情,基本案情,违法情况,违法行为描述,存在问题,主要问题,违法情形,现场检查情况,检查情况,发现问题,发现的问题,存在的环境问题,检查发现问题,检查发现的问题,现场情况,问题描述"},
	{Name: "violated", Label: "违反条款", as: asCitations, to: func(r *Record) any { return &r.Breached }, Words: "违反条款,违反法律条款,违反的条款,违法依据,违反法条,违反法律法规,违反法律法规条款,违反规定,违反法律"},
	{Name: "basis", Label: "处罚依据", as: asCitations, to: func(r *Record) any { return &r.Basis }, Words: "处罚（责令）依据,处罚依据,法律依据,处罚法律依据,行政处罚依据,处罚条款,依据条款"},
	{Name: "content", Label: "处罚内容", to: func(r *Record) any { return &r.Content }, Words: "处罚内容,处罚结果,处理结果,处罚决定内容,处罚情况"},
	{Name: "handling", Label: "查处情况", to: func(r *Record) any { return &r.Handling }, Words: "查处情况,处理情况,办理情况,整改情况,处理意见,处置情况,处理措施,整改要求,整改措施"},
	{Name: "organ", Label: "处罚机关", to: func(r *Record) any { return &r.Organ }, Words: "处罚机关,处罚单位,作出处罚机关,行政处罚机关,处罚机关名称,处罚部门", not: "代码"},
	{Name: "handling_organ", Label: "承办机构", to: func(r *Record) any { return &r.HandlingOrgan }, Words: "承办机构,承办单位,办案单位,承办分局,经办单位,办案机构,分局,办理单位"},
	{Name: "officers", Label: "承办人", to: func(r *Record) any { return &r.Officers }, Words: "承办人（执法证号）,承办人,办案人员,经办人,执法人员,办案人"},
	{Name: "no_penalty_on", Label: "不予处罚日期", as: asDate, to: func(r *Record) any { return &r.NoPenaltyOn }, Words: "不予处罚日期,不予行政处罚日期,不予处罚决定日期"},
	{Name: "no_penalty_number", Label: "不予处罚决定书文号", as: asDocNumber, to: func(r *Record) any { return &r.NoPenaltyNumber }, Words: "不予处罚决定书文号,不予行政处罚决定书文号,不予处罚文号"},
	{Name: "inspection_kind", Label: "检查类型", to: func(r *Record) any { return &r.VisitKind }, Words: "检查形式,检查类型,检查类别,检查方式,检查性质"},
	{Name: "inspectors", Label: "检查人员", to: func(r *Record) any { return &r.Inspectors }, Words: "检查人员,现场检查人员,检查人,巡查人员,现场执法人员"},
	{Name: "result", Label: "检查结果", to: func(r *Record) any { return &r.Result }, Words: "检查结果,检查结论,是否发现违法,是否违法"},
	{Name: "rectified", Label: "整改完成情况", to: func(r *Record) any { return &r.Rectified }, Words: "整改完成情况,复查情况,整改结果,是否完成整改,整改落实情况"},
	{Name: "sampled_on", Label: "采样日期", as: asDate, to: func(r *Record) any { return &r.SampledOn }, Words: "采样日期,采样时间,监测日期,监测时间,取样日期,取样时间"},
	{Name: "sample_point", Label: "采样点位", to: func(r *Record) any { return &r.SamplePoint }, Words: "采样点位,采样点,采样位置,监测点位,取样点,取样位置,采样地点"},
	{Name: "report_number", Label: "监测报告编号", to: func(r *Record) any { return &r.ReportNumber }, Words: "监测报告编号,监测报告号,报告编号,检测报告编号,检测报告号"},
	{Name: "over_times", Label: "超标倍数", to: func(r *Record) any { return &r.OverTimes }, Words: "超标倍数,最大超标倍数,超标情况,超标因子及倍数"},
	{Name: "cod", Label: "监测结果：化学需氧量", as: asResult, Words: "cod,codcr,化学需氧量,化学需氧量（cod）,化学需氧量（codcr）,cod浓度"},
	{Name: "ammonia", Label: "监测结果：氨氮", as: asResult, Words: "氨氮,nh3-n,氨氮（nh3-n）,氨氮浓度"},
	{Name: "phosphorus", Label: "监测结果：总磷", as: asResult, Words: "总磷,tp,总磷（tp）,总磷浓度"},
	{Name: "nitrogen", Label: "监测结果：总氮", as: asResult, Words: "总氮,tn,总氮（tn）"},
	{Name: "bod", Label: "监测结果：五日生化需氧量", as: asResult, Words: "五日生化需氧量,bod5,bod"},
	{Name: "solids", Label: "监测结果：悬浮物", as: asResult, Words: "悬浮物,ss,悬浮物（ss）"},
	{Name: "ph", Label: "监测结果：pH", as: asResult, Words: "ph,ph值"},
	{Name: "coliform", Label: "监测结果：粪大肠菌群数", as: asResult, Words: "粪大肠菌群数,粪大肠菌群"},
	{Name: "odour", Label: "监测结果：臭气浓度", as: asResult, Words: "臭气浓度"},
	{Name: "copper", Label: "监测结果：铜", as: asResult, Words: "铜,总铜"},
	{Name: "zinc", Label: "监测结果：锌", as: asResult, Words: "锌,总锌"},
	{Name: "facilities", Label: "治污设施", to: func(r *Record) any { return &r.Facilities },
		Words: "粪污处理设施,粪污处理利用设施,污染防治设施,治污设施,治理设施,污染治理设施,粪污处理设施建设情况,环保设施,处理设施"},
	{Name: "evidence", Label: "证据", to: func(r *Record) any { return &r.Evidence }, Words: "证据,证据材料,证据情况,取证情况,现场证据,主要证据"},
	{Name: "design_count", Label: "设计存栏", as: asCount, to: func(r *Record) any { return &r.Designed }, Words: "设计规模,设计存栏,设计存栏量,设计养殖规模,设计养殖量"},
	{Name: "year_out", Label: "年出栏", as: asCount, to: func(r *Record) any { return &r.YearOut }, Words: "年出栏,年出栏量,年出栏数,出栏量,出栏"},
	{Name: "note", Label: "备注", to: func(r *Record) any { return &r.Note }, Words: "备注,说明"},

	// Columns of the credit template and of common ledgers that the register keeps elsewhere or not at all.
	{Name: "registration", Label: "工商注册号等", as: asKnown, Words: "行政相对人代码_2（工商注册号）,行政相对人代码_3（组织机构代码）,行政相对人代码_4（税务登记号）,行政相对人代码_5（事业单位证书号）,行政相对人代码_6（社会组织登记证号）"},
	{Name: "person_of", Label: "法定代表人证件", as: asKnown, Words: "法定代表人证件类型,法定代表人证件号码"},
	{Name: "licence", Label: "暂扣或吊销证照", as: asKnown, Words: "暂扣或吊销证照名称及编号"},
	{Name: "publicity", Label: "公示和有效期", as: asKnown, Words: "处罚有效期,公示截止期,公示日期,公示时间,公示渠道"},
	{Name: "organ_code", Label: "机关代码", as: asKnown, Words: "处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码"},
	{Name: otherField, Label: "记入备注", as: asOther},
	{Name: "capital", Label: "大写金额", as: asKnown, Words: "罚款金额大写,罚款金额（大写）,金额（大写）,大写金额,罚款大写,大写"},
}

// fieldNamed and titleOf are indexes of the table: by name, and by folded title.
var fieldNamed, titleOf = func() (map[string]*field, map[string]*field) {
	named, titled := map[string]*field{}, map[string]*field{}
	for i := range fields {
		f := &fields[i]
		named[f.Name] = f
		for _, w := range strings.FieldsFunc(f.Words, func(r rune) bool { return r == ',' }) {
			key := titleKey(w)
			if f.keys = append(f.keys, key); titled[key] == nil {
				titled[key] = f
			}
		}
	}
	return named, titled
}()

// titleKey is a title without its unit, marks and blanks.
func titleKey(title string) string {
	s := registry.Fold(strings.Trim(title, "*＊：: \n"))
	for _, unit := range []string{"(万元)", "(元)", "(头)", "(头、只)", "(羽)", "(只)", "(平方米)", "(m2)", "(亩)", "(万元人民币)", "(万)", "(人民币元)", "(年月日)", "(单位:元)", "(单位:万元)", "(mg/l)", "mg/l", "(个/l)", "(无量纲)", "万元"} {
		s = strings.Replace(s, unit, "", 1)
	}
	return titleMarks.Replace(s)
}

var titleMarks = strings.NewReplacer("*", "", "(必填)", "", "(选填)", "", ":", "", "的", "")

// wanTitle tells that a title counts in 万元.
func wanTitle(title string) bool {
	title = registry.Fold(title)
	return strings.Contains(title, "万元") || strings.HasSuffix(title, "(万)")
}
