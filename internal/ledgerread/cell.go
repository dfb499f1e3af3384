package ledgerread

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// blankWords stand for nothing in a cell.
var blankWords = []string{"/", "\\", "-", "--", "—", "——", "－", "无", "暂无", "空", "未填", "未公布", "未知", "不详", "待定", "不能确定", "n/a", "N/A", "NA", "…", "*"}

// notYet says of a day or an amount that there is none so far.
var notYet = lazyregexp.New(`^(尚未|暂未|未|正在|待)(缴|交|送达|结案|下达|立案|决定|处罚|执行|办理|办结|告知|定|处理)\p{Han}{0,3}$|^(执行|办理|调查|审理|复议|诉讼)(中|阶段)$`)

// cellRead is what reading a cell came to, beside its value.
type cellRead struct {
	r        *reader
	col      *Column
	from04   bool
	warnings []string
}

func (x *cellRead) warn(format string, args ...any) {
	x.warnings = append(x.warnings, "“"+clip(x.col.Title)+"”"+fmt.Sprintf(format, args...))
}

// read puts a cell into the record. The error says why the row is rejected.
func (x *cellRead) read(rec *Record, f *field, c Cell) error {
	switch c.Kind {
	case Failed:
		return fmt.Errorf("单元格是公式错误 %s，请改正公式后再导入", c.Text)
	case Unsolved:
		x.warn("是没有保存结果的公式，按空白处理；请用 Excel 打开并保存一次")
		return nil
	}
	if slices.Contains(blankWords, c.Text) || (f.as == asDate || f.as == asMoney) && notYet.MatchString(c.Text) {
		return nil
	}
	switch f.as {
	case asText:
		text := f.to(rec).(*string)
		*text = c.Text
		if f.Name == "organ" || f.Name == "handling_organ" {
			x.unit(c.Text)
		}
	case asDocNumber:
		*f.to(rec).(*string) = registry.NormalizeDocNumber(c.Text)
	case asDate:
		if (f.Name == "served_on" || f.Name == "paid_on" || f.Name == "closed_on") && noDay.MatchString(c.Text) { // 公告送达, 分期: the step is told, its day is not
			x.warn("“%s”不是日期，没有采用", clip(c.Text))
			return nil
		}
		d, err := dateOf(c, x.from04)
		if err == nil {
			*f.to(rec).(*registry.Date) = d
			if d.Precision() == registry.PrecisionYear {
				x.warn("只有年份“%s”", d)
			}
		}
		return err
	case asMoney:
		return x.money(f.to(rec).(**registry.Money), c)
	case asCount:
		if f.Name != "head_count" { // what a farm was built for says nothing of what stands in it
			return x.count(&Record{Species: "其他"}, f.to(rec).(**int64), c)
		}
		return x.counts(rec, &rec.Heads, c)
	case asCode:
		return x.code(rec, c)
	case asPerson:
		return x.person(rec, c)
	case asDistrict:
		return x.district(rec, c)
	case asSpecies:
		return x.species(rec, c)
	case asCitations:
		x.citations(rec, f, c.Text)
	case asKinds:
		x.kinds(rec, c.Text)
	case asDegrees:
		return degrees(f.to(rec).(**float64), f.Name, c.Text)
	case asResult:
		x.result(rec, f, c)
	case asOther:
		rec.Other = append(rec.Other, x.col.leaf()+"："+clipTo(c.Text, 500))
	case asArea:
		return x.area(f.to(rec).(**float64), c.Text)
	}
	return nil
}

func clip(s string) string { return clipTo(s, 30) }

func clipTo(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

var unitIn = lazyregexp.New(`(?i)mg/L|个/L|MPN/L`)

// result reads what was measured of a pollutant: a number, <0.01, 未检出, 超标.
func (x *cellRead) result(rec *Record, f *field, c Cell) {
	_, pollutant, _ := strings.Cut(f.Label, "：")
	r := registry.SampleResult{Pollutant: pollutant, Value: strings.Join(strings.Fields(registry.HalfWidth(c.Text)), "")}
	switch {
	case registry.Verdicts.Has(c.Text):
		r.Kind, r.Value, r.Verdict = registry.ResultVerdict, "", c.Text
	case strings.EqualFold(r.Value, "nd") || strings.HasSuffix(r.Value, "L") && r.Value != "L": // 0.01L: below what can be told
		r.Kind, r.Value = registry.ResultNotDetected, strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(r.Value), "ND"), "L")
	}
	if pollutant != "pH" && r.Value != "" {
		r.Unit = unitIn.FindString(x.col.Title)
	}
	s := registry.Sample{Results: []registry.SampleResult{r}}
	s.Clean()
	r = s.Results[0]
	if _, number := registry.ParseDecimal(r.Value); !number && r.Value != "" || r.Kind == "" && r.Value == "" {
		x.warn("“%s”不是监测结果，没有采用", clip(c.Text))
		return
	}
	r.Kind = cmp.Or(r.Kind, registry.ResultValue)
	rec.Results = append(rec.Results, r)
}

var (
	monthDay  = lazyregexp.New(`^\d{1,2}(月|[./-])\d{1,2}[日号]?$`)
	dayParts  = lazyregexp.New(`^(\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{8})[ T]*(\d{1,2}[:时点].*|[上下中]午.{0,6}|[(]?(星期|周).[)]?|[(][^()0-9]+[)])$`)
	noDay     = lazyregexp.New(`^[^\d〇一二三四五六七八九十]+$`)
	noAmount  = lazyregexp.New(`^(免|不|未|无)\p{Han}{0,4}(罚|罚款)$|^(警告|通报批评|责令改正|责令整改|限期改正|限期整改)$`)
	noteAfter = lazyregexp.New(`^([^()]*\d[^()]*|[^()]*元整?)[(]([^()0-9零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)[)]$`)
	yearMonth = lazyregexp.New(`^(19|20)\d{2}(0[1-9]|1[0-2])$`)
)

// The days of 1904 and of 1900 are this far apart.
const days1904 = 1462

// dateOf reads a date as people write it or as spreadsheets keep it.
func dateOf(c Cell, from04 bool) (registry.Date, error) {
	text := strings.Join(strings.Fields(registry.HalfWidth(c.Text)), " ")
	if f, err := strconv.ParseFloat(text, 64); err == nil && c.As == Plain {
		switch {
		case f >= 20_000 && f < 80_000 && (len(text) == 5 || strings.Contains(text, ".")):
			if from04 {
				f += days1904
			}
			t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(f))
			return registry.Day(t.Year(), int(t.Month()), t.Day()), nil
		case c.Kind == Number && f > 1900 && f < 2200 && strings.Contains(text, "."):
			if _, part, _ := strings.Cut(text, "."); part == "1" {
				return registry.Date{}, fmt.Errorf("数字 %s 是 1 月还是 10 月看不出来（Excel 去掉了末尾的 0），请写成 %s-01 或 %s-10", text, text[:4], text[:4])
			}
		case yearMonth.MatchString(text):
			text = text[:4] + "-" + text[4:]
		}
	}
	text = chineseDay(text)
	switch {
	case monthDay.MatchString(strings.ReplaceAll(text, " ", "")):
		return registry.Date{}, fmt.Errorf("“%s”没有年份，请补上年份", clip(c.Text))
	case dayParts.MatchString(text):
		text = dayParts.FindStringSubmatch(text)[1]
	}
	return registry.ParseDate(text)
}

var chineseDate = lazyregexp.New(`^([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})日)?$`)

// chineseDay is 二〇二四年六月三日 in figures; another text stays as it is.
func chineseDay(text string) string {
	m := chineseDate.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	figure := func(s string) (n int) {
		for _, r := range s {
			switch i := strings.IndexRune("〇一二三四五六七八九", r); {
			case r == '十':
				n = max(n, 1) * 10
			case len([]rune(m[1])) == len([]rune(s)): // a year, figure by figure
				n = n*10 + max(i, 0)/len("〇")
			default:
				n += i / len("〇")
			}
		}
		return n
	}
	out := fmt.Sprintf("%04d", figure(m[1]))
	for _, part := range m[2:] {
		if part != "" {
			out += fmt.Sprintf("-%02d", figure(part))
		}
	}
	return out
}

// money reads an amount. In a column of 万元 a plain number counts those; with its unit written it is what it says.
func (x *cellRead) money(to **registry.Money, c Cell) error {
	if noAmount.MatchString(c.Text) {
		x.warn("“%s”没有金额", clip(c.Text))
		return nil
	}
	if m := noteAfter.FindStringSubmatch(registry.HalfWidth(c.Text)); m != nil {
		x.warn("括号里的“%s”没有采用", clip(m[2]))
		c.Text = m[1]
	}
	m, err := moneyOf(c, x.col.Wan)
	if err != nil {
		return err
	}
	*to = &m
	if x.col.Wan && m > registry.Yuan(10_000_000) {
		x.warn("的“%s”按万元计是 %s 元，请核对是否已经是元", clip(c.Text), m)
	}
	return nil
}

func moneyOf(c Cell, wan bool) (registry.Money, error) {
	plain := strings.TrimPrefix(strings.Join(strings.Fields(registry.HalfWidth(c.Text)), ""), "¥")
	if strings.HasPrefix(plain, "-") {
		return 0, errors.New("金额不能为负数")
	}
	number, err := registry.DropThousands(plain)
	f, parsed := strconv.ParseFloat(number, 64)
	if err != nil || parsed != nil {
		return registry.ParseYuan(strings.TrimSuffix(strings.TrimSuffix(plain, "左右"), "。"))
	}
	if strings.ContainsAny(number, "eE") {
		number = strconv.FormatFloat(f, 'f', -1, 64)
	}
	unit := ""
	if wan || c.As == ShownWan {
		unit = "万"
	}
	if c.Kind == Number { // 0.1+0.2 leaves a trace behind the last figure that can be meant
		digits := 2
		if unit != "" {
			digits = 6
		}
		if short := strconv.FormatFloat(f, 'f', digits, 64); closeTo(short, f) {
			number = short
		}
	}
	return registry.ParseYuan(number + unit)
}

func closeTo(text string, f float64) bool {
	back, _ := strconv.ParseFloat(text, 64)
	return back-f < 1e-9*(1+f) && f-back < 1e-9*(1+f)
}

var headUnits = lazyregexp.New(`^(头|只|羽|匹|头\(只\)|头/只|头\(羽\))?(左右|以上)?$`)

// species reads the animals of a farm: 生猪, or 生猪、肉鸡, or 生猪800头 where a column has both.
func (x *cellRead) species(rec *Record, c Cell) error {
	if c.Kind == Text && rec.Heads == nil && speciesOf(c.Text) != "" && strings.ContainsFunc(c.Text, registry.StartsNumber) {
		rec.Species = ""
		return x.counts(rec, &rec.Heads, c)
	}
	var herds []registry.Herd
	for _, part := range herdParts(c.Text) {
		species := speciesOf(part)
		switch {
		case species == "":
			x.keep(rec, part, "不是登记库的畜种，没有采用")
		case !slices.ContainsFunc(herds, func(h registry.Herd) bool { return h.Species == species }):
			herds = append(herds, registry.Herd{Species: species})
			x.other(rec, part)
		}
	}
	if len(herds) > 0 {
		rec.Species = herds[0].Species
	}
	if len(herds) > 1 {
		rec.Herds = herds
	}
	return nil
}

// keep says what becomes of words that name an animal, and keeps them for the note.
func (x *cellRead) keep(rec *Record, words, why string) {
	x.warn("“%s”%s，原文记入备注", clip(words), why)
	rec.Other = append(rec.Other, x.col.leaf()+"："+clip(words))
}

// other keeps the words for an animal that the register has no word for.
func (x *cellRead) other(rec *Record, words string) {
	if words = strings.TrimSpace(words); speciesOf(words) == otherSpecies && !strings.HasPrefix(words, "其") {
		x.keep(rec, words, "登记库没有单列，记作其他")
	}
}

// unit warns of a unit that is none of the bureau's: a town's government, a branch of another city. It stays as it is written.
func (x *cellRead) unit(text string) {
	b := x.r.places.bureau
	town := strings.HasSuffix(text, "政府") || strings.HasSuffix(text, "办事处")
	if town || strings.HasSuffix(text, "分局") && x.r.places.of(text).Code == "" && !strings.Contains(text, b.City.Name) {
		x.warn("“%s”不是%s的机构，按原文保留", clip(text), b.Name)
	}
}

var herdEnd = lazyregexp.New(`([头只羽匹])(\p{Han})`)

// herdParts are what a cell says of each species: 生猪800头、肉鸡2000羽 are two, and so they are without the mark between. A comma in a number is none.
func herdParts(text string) []string {
	text = strings.NewReplacer("，", "、", "；", "、", ";", "、", "\n", "、", "+", "、", "＋", "、").Replace(text)
	if strings.ContainsFunc(text, registry.StartsNumber) {
		text = herdEnd.ReplaceAllStringFunc(text, func(s string) string {
			unit, next := string([]rune(s)[0]), string([]rune(s)[1])
			if speciesStart(next) {
				return unit + "、" + next
			}
			return s
		})
	} else {
		text = strings.NewReplacer(",", "、", "/", "、", "和", "、", "及", "、").Replace(text)
	}
	return slices.DeleteFunc(strings.Split(text, "、"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

func speciesStart(s string) bool {
	return slices.ContainsFunc(speciesWords, func(w struct{ species, words string }) bool {
		return slices.ContainsFunc(strings.Fields(w.words), func(word string) bool { return strings.HasPrefix(word, s) })
	})
}

// counts reads how many animals there are, of one species or of several in one cell.
func (x *cellRead) counts(rec *Record, to **int64, c Cell) error {
	parts := herdParts(c.Text)
	if len(parts) < 2 {
		return x.count(rec, to, c)
	}
	var herds []registry.Herd
	for i, part := range parts {
		one := Record{}
		if speciesOf(part) == "" && len(parts) == len(rec.Herds) { // 畜种 names them in the same order
			one.Species = rec.Herds[i].Species
		}
		if err := x.count(&one, &one.Heads, Cell{Text: strings.TrimSpace(part)}); err != nil || one.Species == "" {
			return fmt.Errorf("看不懂数量“%s”：几种畜禽的，请写成 生猪800头、肉鸡2000羽", clip(c.Text))
		}
		rec.Other = append(rec.Other, one.Other...)
		herds = append(herds, registry.Herd{Species: one.Species, Stage: stageWord.FindString(part), Count: one.Heads, Qualifier: one.Qualifier})
	}
	rec.Species, *to, rec.Qualifier, rec.Herds = herds[0].Species, herds[0].Count, herds[0].Qualifier, herds
	return nil
}

var stageWord = lazyregexp.New(`能繁母猪|母猪|仔猪|育肥猪|商品猪|种猪|犊牛|雏鸡|种鸡`)

// count reads a number of animals: 5300多头, 约200, 1.2万羽, 生猪500头.
func (x *cellRead) count(rec *Record, to **int64, c Cell) error {
	s := strings.Join(strings.Fields(registry.HalfWidth(c.Text)), "")
	if species := speciesOf(s); species != "" {
		if rec.Species == "" {
			rec.Species = species
			x.other(rec, s)
		}
		if i := strings.IndexFunc(s, registry.StartsNumber); i > 0 && !strings.Contains(s[:i], "约") {
			s = s[i:]
		}
	}
	qualifier := ""
	for _, w := range []string{"大约", "约", "近"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			s, qualifier = rest, "约"
			break
		}
	}
	r := []rune(s)
	v, end := registry.ReadNumber(r, 0)
	if end == 0 {
		return fmt.Errorf("看不懂数量“%s”，请写成 5300、5300余 或 约200", clip(c.Text))
	}
	rest := string(r[end:])
	for _, w := range []string{"余", "多"} {
		if after, ok := strings.CutPrefix(rest, w); ok {
			rest, qualifier = after, w
		}
	}
	unit := headUnits.FindStringSubmatch(rest)
	switch {
	case unit == nil || v%registry.NumberUnit != 0:
		return fmt.Errorf("看不懂数量“%s”，请写成 5300、5300余 或 约200", clip(c.Text))
	case unit[2] == "左右":
		qualifier = "约"
	case unit[2] == "以上":
		qualifier = "余"
	}
	n := v / registry.NumberUnit
	*to = &n
	if qualifier != "" {
		rec.Qualifier = qualifier
	}
	return nil
}

// code reads a credit code by its checksum; a person's number stands in the same column of many ledgers.
func (x *cellRead) code(rec *Record, c Cell) error {
	code := registry.NormalizeCode(c.Text)
	switch {
	case strings.Contains(code, "*"):
		x.warn("已遮盖，没有采用")
		return nil
	case c.Kind == Number && len(code) > 15:
		return errors.New("代码按数字保存，第 15 位以后已经丢失，请把这一列设为文本，重新填写")
	case registry.CheckCreditCode(code) == nil:
		rec.Code = code
		return nil
	case registry.CheckPersonID(code) == nil:
		rec.Person = code
		return nil
	case len(code) == 15 && strings.Trim(code, "0123456789") == "":
		x.warn("“%s”是旧的工商注册号，没有采用", code)
		return nil
	}
	return registry.CheckCreditCode(code)
}

func (x *cellRead) person(rec *Record, c Cell) error {
	id := registry.NormalizeCode(c.Text)
	if strings.Contains(id, "*") {
		x.warn("已遮盖，没有采用")
		return nil
	}
	if c.Kind == Number && len(id) > 15 {
		return errors.New("号码按数字保存，第 15 位以后已经丢失，请把这一列设为文本，重新填写")
	}
	kind := rec.IDKind
	if !registry.IDKinds.Has(kind) {
		kind = registry.IDResident
	}
	if err := registry.CheckIDNumber(kind, id); err != nil {
		return err
	}
	rec.Person = id
	return nil
}

func (x *cellRead) district(rec *Record, c Cell) error {
	b := x.r.places.bureau
	d := x.r.places.of(c.Text)
	switch {
	case d.Code != "":
		rec.District, rec.DistrictCode = d.Name, d.Code
	case c.Text == b.City.Name || c.Text == b.City.Short || c.Text == "市本级" || c.Text == "市直" || c.Text == b.Name:
		x.warn("写的是“%s”，没有写到县（市、区）", clip(c.Text))
	default:
		return fmt.Errorf("“%s”不是%s的县（市、区）或镇街", clip(c.Text), b.City.Name)
	}
	return nil
}

// citations reads the provisions of a column by the grammar. What it does not understand stays in the text.
func (x *cellRead) citations(rec *Record, f *field, text string) {
	role, kept := registry.RoleBreached, &rec.BreachedText
	if f.Name == "basis" {
		role, kept = registry.RoleBasis, &rec.BasisText
	}
	*kept = text
	list := x.r.cited(text)
	if len(list) == 0 {
		x.warn("没有认出条款：“%s”", clip(text))
		return
	}
	into := f.to(rec).(*[]registry.Citation)
	for _, m := range list {
		if m.Law == "" {
			x.warn("“%s”没有指明是哪部法", clip(m.Surface))
			continue
		}
		if m.Holding == registry.UnknownLaw {
			x.warn("本库没有《%s》，请核对名称", m.Law)
		}
		*into = append(*into, registry.Citation{Role: role, Law: m.Law, LawID: m.LawID, Provision: m.Provision})
	}
}

// kindWords are what ledgers call the kinds of penalties, beside their names.
var kindWords = [][2]string{{"没收违法所得", "没收违法所得"}, {"没收非法财物", "没收非法财物"}, {"按日", "按日连续罚款"}, {"罚款", "罚款"}, {"警告", "警告"}, {"通报批评", "通报批评"},
	{"停产停业", "责令停产停业"}, {"停产", "责令停产停业"}, {"关闭", "责令关闭"}, {"吊销", "吊销许可证件"}, {"暂扣", "暂扣许可证件"}, {"没收", "没收违法所得"}, {"未公布", registry.PenaltyUnknown}}

func (x *cellRead) kinds(rec *Record, text string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;；/+ \n和及并", r) }) {
		known := false
		for _, k := range kindWords {
			if strings.Contains(part, k[0]) {
				if known = true; !slices.Contains(rec.Kinds, k[1]) {
					rec.Kinds = append(rec.Kinds, k[1])
				}
				break
			}
		}
		if !known {
			x.warn("“%s”不是处罚种类，没有采用", clip(part))
		}
	}
}

func degrees(to **float64, name, text string) error {
	parse := registry.ParseLongitude
	if name == "latitude" {
		parse = registry.ParseLatitude
	}
	v, err := parse(text)
	if err == nil {
		*to = &v
	}
	return err
}

func (x *cellRead) area(to **float64, text string) error {
	unit := "平方米"
	for _, u := range []string{"亩", "公顷"} {
		if strings.Contains(x.col.Title, u) || strings.HasSuffix(text, u) {
			unit = u
		}
		text = strings.TrimSuffix(text, u)
	}
	v, ok := registry.ParseDecimal(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, "平方米"), "㎡"), "m2"))
	if !ok {
		return fmt.Errorf("看不懂面积“%s”", clip(text))
	}
	f, _ := v.Float64()
	m2 := registry.SquareMetres(f, unit)
	*to = &m2
	return nil
}
