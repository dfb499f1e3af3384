package report

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"casebook/internal/registry"
)

// Credit is the template of the credit platform as data: its columns with what is known of their rules, where that comes from, and how
// sure it is. Its original was not seen; a bureau compares it with what its own platform gives out.
type Credit struct {
	Template   string `json:"template"`
	AsOf       string `json:"as_of"` // when the data was put together
	Confidence string `json:"confidence"`
	Source     string `json:"source"`
	Parties    struct {
		Values registry.Terms `json:"values"`
	} `json:"parties"`
	Penalties struct {
		Values registry.Terms `json:"values"`
		Source string         `json:"source"`
	} `json:"penalties"`
	ValidUntil struct {
		Value registry.Date `json:"value"`
		Note  string        `json:"note"`
	} `json:"valid_until"`
	Publicity struct {
		Months int    `json:"months"`
		Least  int    `json:"least"`
		Most   int    `json:"most"`
		Note   string `json:"note"`
	} `json:"publicity"`
	Columns []CreditColumn `json:"columns"`
}

// CreditColumn is one column of the template.
type CreditColumn struct {
	Seq      int    `json:"seq"`
	Field    string `json:"field"`
	Name     string `json:"name"`
	Type     string `json:"type"`     // text, code, date, wan (万元)
	Max      int    `json:"max"`      // the longest that was seen; 0: not said
	Required string `json:"required"` // always, conditional; empty: may be left out
	Rule     string `json:"rule"`     // of a conditional one, in words
	Content  string `json:"content"`  // what stands in it
	Note     string `json:"note"`
}

//go:embed credit.json
var creditData []byte

// CreditTemplate is the template that the credit export follows.
var CreditTemplate = func() (c Credit) {
	if err := json.Unmarshal(creditData, &c); err != nil {
		panic("report: credit.json: " + err.Error())
	}
	return c
}()

// Words tells what is known of the template and of what it was filled in by convention.
func (c *Credit) Words() [][2]string {
	return [][2]string{
		{"模板", fmt.Sprintf("%s，%d 列，整理于 %s", c.Template, len(c.Columns), c.AsOf)},
		{"来源", c.Source + "。可信程度：" + confidenceWords[c.Confidence]},
		{"处罚类别", strings.Join(c.Penalties.Values, "、") + "；几种以半角分号隔开。" + c.Penalties.Source},
		{"处罚有效期", "一律填 " + c.ValidUntil.Value.String() + "：" + c.ValidUntil.Note},
		{"公示截止期", fmt.Sprintf("决定日期加 %d 个月：%s", c.Publicity.Months, c.Publicity.Note)},
		{"金额", "万元，由分换算，至多六位小数，不四舍五入；金额未知的不上报，列在“校验结果”"},
		{"个人信息", "代码和证件号按登记全部写出，上报以外不要外传"},
	}
}

var confidenceWords = map[string]string{"secondary": "二手资料，未见标准原件", "memory": "未核对"}

// creditView is a row of the template: the cells in its order, and what the platform would refuse.
type creditView struct {
	decisionView
	values   []Cell
	problems []string
}

// credit are the rows of a case's decisions. Those that no longer stand are refused too: nothing may be uploaded of them.
func (c *caseView) credit() []creditView {
	decisions := c.decisions()
	out := make([]creditView, 0, len(decisions))
	for _, d := range decisions {
		v := creditView{decisionView: d}
		v.fill()
		out = append(out, v)
	}
	return out
}

// fill makes the cells and holds them to the rules.
func (v *creditView) fill() {
	v.values = make([]Cell, len(CreditTemplate.Columns))
	for i := range CreditTemplate.Columns {
		c := &CreditTemplate.Columns[i]
		if value := creditValues[c.Field]; value != nil {
			v.values[i] = value(v)
		}
	}
	if s := v.state(); s != stateInForce {
		v.problems = append(v.problems, "决定"+s+"，不再上报；上报过的应在平台撤下或更正")
	}
	for i := range CreditTemplate.Columns {
		if why := v.refused(&CreditTemplate.Columns[i], v.values[i]); why != "" {
			v.problems = append(v.problems, CreditTemplate.Columns[i].Name+"："+why)
		}
	}
}

// refused says what the platform would find wrong with a value, by the rules of its column.
func (v *creditView) refused(c *CreditColumn, x Cell) string {
	text := x.String()
	if x.Kind == CellUnknown || text == "" {
		switch {
		case c.Required == "always", c.Required == "conditional" && creditConditions[c.Field](v):
			if x.Kind == CellUnknown {
				return "必填，登记库里是“" + text + "”"
			}
			return "必填，登记库里没有"
		case x.Kind == CellUnknown:
			return "登记库里是“" + text + "”，不能上报"
		}
		return ""
	}
	if n := utf8.RuneCountInString(text); c.Max > 0 && n > c.Max {
		return fmt.Sprintf("%d 字，超过 %d 字", n, c.Max)
	}
	if check := creditChecks[c.Field]; check != nil {
		return check(v, x)
	}
	return ""
}

// creditValues are where the cells come from, by field. What has no row here the register does not keep: it stays empty.
var creditValues = map[string]func(*creditView) Cell{
	"cf_xdr_mc": func(v *creditView) Cell { return TextOr(v.name(), v.unknown) },
	"cf_xdr_lb": func(v *creditView) Cell { return TextOr(v.creditKind(), "不能确定") },
	"cf_xdr_shxym": func(v *creditView) Cell {
		return Text(v.ofParty(func(p *registry.Party) string { return p.CreditCode }))
	},
	"cf_frdb": func(v *creditView) Cell {
		if v.creditKind() == creditPerson {
			return Cell{}
		}
		return Text(v.ofParty(func(p *registry.Party) string { return p.LegalPerson }))
	},
	"cf_xdr_zjlx": func(v *creditView) Cell { return v.ofPerson((*registry.Party).IDDocument) },
	"cf_xdr_zjhm": func(v *creditView) Cell { return v.ofPerson(func(p *registry.Party) string { return p.IDNumber }) },
	"cf_wsh": func(v *creditView) Cell {
		if v.doc == nil {
			return Unknown(v.unknown)
		}
		return TextOr(v.doc.Number, v.unknown)
	},
	"cf_wfxw": func(v *creditView) Cell {
		return Text(strings.Join(slices.DeleteFunc(v.violationTypes(), func(s string) bool { return s == typeUnknown }), ";"))
	},
	"cf_sy":   func(v *creditView) Cell { return Text(v.creditFacts()) },
	"cf_yj":   func(v *creditView) Cell { return Text(v.creditBasis()) },
	"cf_cflb": func(v *creditView) Cell { return Text(strings.Join(v.creditKinds(), ";")) },
	"cf_nr":   func(v *creditView) Cell { return Text(v.words()) },
	"cf_nr_fk": func(v *creditView) Cell {
		return v.wan(v.sumOf(classFine))
	},
	"cf_nr_wfff": func(v *creditView) Cell { return v.wan(v.sumOf(classTaken)) },
	"cf_nr_zkdx": func(v *creditView) Cell {
		var list []string
		for _, x := range v.charges {
			if x.InForce() && slices.Contains(licences, x.Penalty.Kind) {
				list = appendNew(list, x.Penalty.Content)
			}
		}
		return Text(joined("；", list...))
	},
	"cf_jdrq": func(v *creditView) Cell {
		if v.doc == nil {
			return Unknown(v.unknown)
		}
		return DateOr(v.doc.MadeOn, v.unknown)
	},
	"cf_yxq": func(*creditView) Cell { return DateCell(CreditTemplate.ValidUntil.Value) },
	"cf_gsjzq": func(v *creditView) Cell {
		if v.doc == nil {
			return Cell{}
		}
		return DateCell(monthsAfter(v.doc.MadeOn, CreditTemplate.Publicity.Months))
	},
	"cf_cfjg":   func(v *creditView) Cell { return Text(v.decidingOrgan()) },
	"cf_cfjgdm": func(v *creditView) Cell { return Text(v.organCode(v.decidingOrgan())) },
	"cf_sjly":   func(v *creditView) Cell { return Text(v.bureauName()) },
	"cf_sjlydm": func(v *creditView) Cell { return Text(v.organCode(v.bureauName())) },
}

// creditConditions tell when a conditional column must be filled in.
var creditConditions = map[string]func(*creditView) bool{
	"cf_xdr_shxym": func(v *creditView) bool { return v.creditKind() != creditPerson },
	"cf_frdb":      func(v *creditView) bool { return v.creditKind() != creditPerson },
	"cf_xdr_zjlx":  func(v *creditView) bool { return v.creditKind() == creditPerson },
	"cf_xdr_zjhm":  func(v *creditView) bool { return v.creditKind() == creditPerson },
	"cf_nr_fk":     func(v *creditView) bool { return slices.Contains(v.creditKinds(), "罚款") },
	"cf_nr_wfff": func(v *creditView) bool {
		return slices.ContainsFunc(v.creditKinds(), func(k string) bool { return class(k) == classTaken })
	},
	"cf_nr_zkdx": func(v *creditView) bool {
		return slices.ContainsFunc(v.creditKinds(), func(k string) bool { return slices.Contains(licences, k) })
	},
}

// creditChecks hold a value that is there to what its column demands.
var creditChecks = map[string]func(*creditView, Cell) string{
	"cf_xdr_lb": func(_ *creditView, x Cell) string {
		if !CreditTemplate.Parties.Values.Has(x.Text) {
			return "应为" + strings.Join(CreditTemplate.Parties.Values, "、") + "之一"
		}
		return ""
	},
	"cf_xdr_shxym": checkedCode,
	"cf_cfjgdm":    checkedCode,
	"cf_sjlydm":    checkedCode,
	"cf_xdr_zjhm": func(v *creditView, x Cell) string {
		if err := registry.CheckIDNumber(v.f.Parties[v.party].IDDocument(), x.Text); err != nil {
			return err.Error()
		}
		return ""
	},
	"cf_cflb": func(v *creditView, x Cell) string {
		for _, k := range strings.Split(x.Text, ";") {
			if !CreditTemplate.Penalties.Values.Has(k) {
				return "“" + k + "”不是处罚类别"
			}
		}
		return ""
	},
	"cf_nr_fk":   checkedMoney(classFine),
	"cf_nr_wfff": checkedMoney(classTaken),
	"cf_jdrq":    wholeDay,
	"cf_gsjzq":   wholeDay,
	"cf_yxq":     wholeDay,
}

func checkedCode(_ *creditView, x Cell) string {
	if err := registry.CheckCreditCode(x.Text); err != nil {
		return err.Error()
	}
	return ""
}

func wholeDay(_ *creditView, x Cell) string {
	if x.Date.Precision() != registry.PrecisionDay {
		return "“" + x.Date.String() + "”不是完整的年月日"
	}
	return ""
}

// licences are the penalties about a licence.
var licences = []string{"暂扣许可证件", "吊销许可证件"}

const (
	creditOrgan    = "法人及非法人组织"
	creditPerson   = "自然人"
	creditBusiness = "个体工商户"
)

// creditKind is the party as the template knows it; empty where the record does not tell. A family farm is what its code says that it is
// registered as.
func (v *creditView) creditKind() string {
	if v.party < 0 {
		return ""
	}
	p := &v.f.Parties[v.party]
	switch p.Kind {
	case "公司", "农民专业合作社", "其他组织":
		return creditOrgan
	case "个体工商户":
		return creditBusiness
	case "自然人":
		return creditPerson
	case "家庭农场":
		switch {
		case strings.HasPrefix(p.CreditCode, "92"):
			return creditBusiness
		case p.CreditCode != "":
			return creditOrgan
		}
	}
	return ""
}

func (v *creditView) ofParty(get func(*registry.Party) string) string {
	if v.party < 0 {
		return ""
	}
	return get(&v.f.Parties[v.party])
}

// ofPerson is what only a natural person's row has.
func (v *creditView) ofPerson(get func(*registry.Party) string) Cell {
	if v.creditKind() != creditPerson {
		return Cell{}
	}
	return Text(v.ofParty(get))
}

func (v *creditView) creditFacts() string {
	var list []string
	for i := range v.f.Violations {
		list = appendNew(list, v.f.Violations[i].Facts)
	}
	var out strings.Builder
	for _, s := range list {
		if t := out.String(); t != "" && !strings.HasSuffix(t, "。") {
			out.WriteString("；")
		}
		out.WriteString(s)
	}
	return cmp.Or(out.String(), v.f.Case.Summary)
}

// creditBasis are the articles that the penalty rests on, of the violations; where these name none, of the decision itself.
func (v *creditView) creditBasis() string {
	if s := v.cited(registry.RoleBasis); s != "" || v.doc == nil {
		return s
	}
	var list []registry.Citation
	for _, q := range v.doc.Citations {
		if q.Role == registry.RoleBasis && q.Standing != registry.StandingReview {
			list = append(list, q)
		}
	}
	return citationList(list)
}

// creditKinds are the penalties in force by the template's words: a daily fine is a fine.
func (v *creditView) creditKinds() []string {
	var list []string
	for _, x := range v.charges {
		switch k := x.Penalty.Kind; {
		case !x.InForce():
		case k == registry.PenaltyDaily:
			list = appendNew(list, "罚款")
		default:
			list = appendNew(list, k)
		}
	}
	return list
}

// wan is a sum in 万元, exact: 分 have six decimals of it. Where one of its amounts is not known, the sum is not.
func (v *creditView) wan(s registry.Sum) Cell {
	switch {
	case s.Unknown > 0:
		return Unknown(v.unknown)
	case s.Known == 0:
		return Cell{}
	}
	return Number(wanYuan(s.Total))
}

func wanYuan(m registry.Money) string {
	n, sign := m.Fen(), ""
	if n < 0 {
		n, sign = -n, "-"
	}
	s := fmt.Sprintf("%s%d.%06d", sign, n/1_000_000, n%1_000_000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// checkedMoney refuses an amount that is not above 0.
func checkedMoney(cl string) func(*creditView, Cell) string {
	return func(v *creditView, _ Cell) string {
		if v.sumOf(cl).Total <= 0 {
			return "金额应大于 0"
		}
		return ""
	}
}

func (v *creditView) bureauName() string {
	if b := v.o.Labels.Bureau; b != nil {
		return b.Name
	}
	return ""
}

func (v *creditView) organCode(name string) string {
	for _, o := range []*registry.Organ{v.f.DecidingOrgan, v.f.HandlingOrgan} {
		if o != nil && o.Name == name {
			return o.CreditCode
		}
	}
	if v.o.Labels.OrganCode != nil {
		return v.o.Labels.OrganCode(name)
	}
	return ""
}

// monthsAfter is the same day of a later month; the last of that month where it has no such day. Nothing where the day is not known.
func monthsAfter(d registry.Date, n int) registry.Date {
	if d.Precision() != registry.PrecisionDay {
		return registry.Date{}
	}
	y, m, day := d.YMD()
	first := time.Date(y, time.Month(m+n), 1, 0, 0, 0, 0, time.UTC)
	return registry.Day(first.Year(), int(first.Month()), min(day, first.AddDate(0, 1, -1).Day()))
}

// creditColumns are the template's columns as those of a base.
var creditColumns = func() []column[creditView] {
	kinds := map[string]Kind{"text": KindText, "code": KindCode, "date": KindDate, "wan": KindNumber}
	widths := map[string]float64{"text": 22, "code": 22, "date": 12, "wan": 14}
	list := make([]column[creditView], len(CreditTemplate.Columns))
	for i, c := range CreditTemplate.Columns {
		list[i] = column[creditView]{Column{c.Field, c.Name, kinds[c.Type], widths[c.Type], c.Max >= 200, c.Meaning()}, func(v creditView) Cell { return v.values[i] }}
	}
	return list
}()

// Meaning is a column's rule and content in words.
func (c CreditColumn) Meaning() string {
	required := map[string]string{"always": "必填", "conditional": c.Rule}[c.Required]
	length := ""
	if c.Max > 0 {
		length = fmt.Sprintf("至多 %d 字", c.Max)
	}
	return joined("；", required, c.Content, length, c.Note)
}

// creditCheckColumns are those of 校验结果.
var creditCheckColumns = []column[creditView]{
	{Column{"number", "案件编号", KindCode, 22, false, ""}, func(v creditView) Cell { return TextOr(v.f.Case.Number, v.unknown) }},
	{Column{"title", "案件名称", KindText, 26, true, ""}, func(v creditView) Cell { return Text(v.f.Case.Title) }},
	{Column{"doc_number", "决定书文号", KindCode, 26, false, ""}, creditValue("cf_wsh")},
	{Column{"party", "行政相对人名称", KindText, 22, true, ""}, creditValue("cf_xdr_mc")},
	{Column{"problems", "问题（个）", KindInteger, 9, false, ""}, func(v creditView) Cell { return Integer(len(v.problems)) }},
	{Column{"why", "为什么不能上报", KindText, 58, true, "列名：原因；在登记库里补正后重新导出"}, func(v creditView) Cell { return Text(strings.Join(v.problems, "\n")) }},
	idColumn(func(v creditView) *caseView { return v.caseView }),
}

func creditValue(field string) func(creditView) Cell {
	i := slices.IndexFunc(CreditTemplate.Columns, func(c CreditColumn) bool { return c.Field == field })
	return func(v creditView) Cell { return v.values[i] }
}
