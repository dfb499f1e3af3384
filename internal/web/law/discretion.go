package law

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type discretionPage struct {
	kit.Layout
	Rules      *statute.Discretion
	Validity   string
	Confidence string
	Local      string
	Tables     []discretionView
}

func (discretionPage) Template() string { return "law/statutes-discretion" }

// discretionView is one table of the 裁量基准 with the type of violation that it is for.
type discretionView struct {
	*statute.DiscretionTable
	Type *statute.ViolationType
	Href string
}

// discretionList is the province's 裁量 rules as data: what the tables say, not what a case comes to.
func (s area) discretionList(r *kit.Request) error {
	c := s.Service.Law()
	d := c.Discretion()
	p := discretionPage{Layout: r.Layout("裁量基准"), Rules: d, Validity: view.Interval(d.From, d.To), Confidence: statute.ConfidenceLabel(d.Confidence),
		Local: statute.ConfidenceLabel(d.Local.Confidence)}
	for i := range d.Tables {
		p.Tables = append(p.Tables, viewDiscretion(c, &d.Tables[i]))
	}
	return r.Page(p)
}

func viewDiscretion(c *statute.Catalogue, t *statute.DiscretionTable) discretionView {
	v := discretionView{DiscretionTable: t}
	if vt, ok := c.ViolationType(t.Violation); ok {
		v.Type, v.Href = vt, view.ViolationHref(vt)
	}
	return v
}

// discretionTablePage is the calculator of one table: the questions, and under them the arithmetic once they are answered.
type discretionTablePage struct {
	kit.Layout
	Rules      *statute.Discretion
	Confidence string
	Table      discretionView
	Form       *kit.Form
	Factors    []factorView
	Starts     []kit.Option
	Tiers      []kit.Option
	Groups     []kit.Option
	TierUnit   string
	Scaled     bool // the tiers are by head of each species
	Exclusions []kit.Option
	Sheet      *statute.Sheet
	Case       *registry.Case
	Violation  registry.ViolationID
	Placed     []view.Placed // the amount on every range that may apply to the case
	Prefilled  bool
	Keep       *kit.Form // the form 存入案件; nil where it may not be kept
	Answers    string
}

func (discretionTablePage) Template() string { return "law/statutes-discretion_table" }

type factorView struct {
	Name, Field, Number, Unit string
	Options                   []kit.Option
}

// discretionInput is the calculator's form as it is typed: all of it is in the page's address.
type discretionInput struct {
	Start    string
	Variant  bool
	Options  []string // an option's place, or unknownAnswer
	Numbers  []string
	Base     *registry.Money
	Tier     string
	Group    string
	Species  string
	Heads    *int64
	Number   string
	Degree   string
	Proposed *registry.Money
	Apology  *int64
	Excluded []string
	Local    bool
	Sum      string
	ActOn    registry.Date
	On       registry.Date
}

// unknownAnswer is 查不明 in the address.
const unknownAnswer = "?"

func discretionLabels(t *statute.DiscretionTable) kit.Labels {
	l := kit.Labels{"start": "裁量起点", "variant": "适用依据", "base": "计罚基数", "tier": "档次", "group": "适用情形", "species": "畜种", "heads": "存栏数", "number": "数值",
		"degree": "处罚轻重", "proposed": "拟定金额", "apology": "公开道歉承诺降低", "x": "不适用公开道歉承诺的情形", "jm": "地方细则", "coefficient": "调整系数总和",
		"act": "行为终了日", "on": "决定日", "note": "说明", "answers": "裁量因素"}
	for i, f := range t.Factors {
		l[fmt.Sprintf("f%d", i)], l[fmt.Sprintf("n%d", i)] = f.Name, f.Name+"（数值）"
	}
	if t.BaseOf != nil {
		l["base"] = t.BaseOf.Of
	}
	return l
}

func discretionFields(f *kit.Form, t *statute.DiscretionTable, x *discretionInput) {
	for len(x.Options) < len(t.Factors) {
		x.Options, x.Numbers = append(x.Options, ""), append(x.Numbers, "")
	}
	f.Text("start", &x.Start)
	f.Bool("variant", &x.Variant)
	for i := range t.Factors {
		f.Text(fmt.Sprintf("f%d", i), &x.Options[i])
		f.Text(fmt.Sprintf("n%d", i), &x.Numbers[i])
	}
	f.Money("base", &x.Base)
	f.Text("tier", &x.Tier)
	f.Text("group", &x.Group)
	f.Text("species", &x.Species)
	f.Int("heads", &x.Heads)
	f.Text("number", &x.Number)
	f.Text("degree", &x.Degree)
	f.Money("proposed", &x.Proposed)
	f.Int("apology", &x.Apology)
	f.Words("x", &x.Excluded)
	f.Bool("jm", &x.Local)
	f.Text("coefficient", &x.Sum)
	f.Date("act", &x.ActOn)
	f.Date("on", &x.On)
}

// answers turns what was typed into what statute computes with.
func (x *discretionInput) answers(c *statute.Catalogue, t *statute.DiscretionTable) (statute.DiscretionAnswers, statute.DiscretionCircumstances) {
	a := statute.DiscretionAnswers{Variant: x.Variant, Start: answerIndex(x.Start), Base: x.Base, Tier: answerIndex(x.Tier), Group: x.Group, Species: x.Species, Heads: x.Heads,
		Number: x.Number, Numbers: x.Numbers}
	for _, o := range x.Options {
		a.Options = append(a.Options, answerIndex(o))
	}
	circ := statute.DiscretionCircumstances{Degree: x.Degree, Proposed: x.Proposed, ActOn: x.ActOn, DecidedOn: x.On, Statutory: c.DiscretionRanges(t)}
	if x.Apology != nil {
		n := int(min(*x.Apology, 1000))
		circ.Apology = &n
	}
	for _, item := range x.Excluded {
		if n, err := strconv.Atoi(item); err == nil && n > 0 && n <= len(c.ApologyExclusions()) {
			circ.Excluded = append(circ.Excluded, n)
		}
	}
	if x.Local {
		circ.Coefficient = cmp.Or(x.Sum, "0")
	}
	return a, circ
}

func answerIndex(s string) int {
	if s == unknownAnswer {
		return statute.UnknownAnswer
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n
	}
	return statute.Unanswered
}

// computeDiscretion reads a form and computes; what is wrong stands at its fields.
func (s area) computeDiscretion(f *kit.Form, t *statute.DiscretionTable) (*statute.Sheet, error) {
	var x discretionInput
	discretionFields(f, t, &x)
	if !f.OK() {
		return nil, nil
	}
	a, circ := x.answers(s.Service.Law(), t)
	sheet, err := t.Compute(a, circ)
	if err != nil {
		return nil, f.Refuse(err)
	}
	return &sheet, nil
}

// discretionTable is the calculator. With ?violation= it is for a violation of a case, whose records it begins with.
func (s area) discretionTable(r *kit.Request) error {
	c := s.Service.Law()
	t, ok := c.DiscretionTable(r.Param("table"))
	if !ok {
		return registry.NotFound("裁量表", r.Param("table"))
	}
	d := c.Discretion()
	p := discretionTablePage{Layout: r.Layout("裁量计算 " + t.Section), Rules: d, Confidence: statute.ConfidenceLabel(d.Confidence), Table: viewDiscretion(c, t), TierUnit: t.TierUnit()}
	var file *registry.CaseFile
	if id := kit.QueryID[registry.ViolationID](r, "violation"); id != 0 {
		v, err := s.Service.Violation(r.Ctx(), r.Actor, id)
		if err != nil {
			return err
		}
		if file, err = s.Service.CaseFile(r.Ctx(), r.Actor, v.CaseID); err != nil {
			return err
		}
		p.Case, p.Violation = &file.Case, id
	}
	if r.QueryParam("go") == "" {
		p.Form = r.NewForm(discretionLabels(t))
		x := discretionInput{On: r.Today()}
		if file != nil {
			x, p.Prefilled = s.discretionFromCase(t, file, p.Violation, r.Today()), true
		}
		discretionFields(p.Form, t, &x)
	} else {
		p.Form = kit.FormOf(r.QueryParams(), discretionLabels(t))
		sheet, err := s.computeDiscretion(p.Form, t)
		if err != nil {
			return err
		}
		if p.Sheet = sheet; sheet != nil {
			p.Answers = discretionAnswers(p.Form)
			if file != nil {
				s.sheetInCase(r, &p, file)
			}
		}
	}
	p.options(c)
	return r.Page(p)
}

// sheetInCase places the amount on the ranges of the case's violation, and offers to keep the sheet.
func (s area) sheetInCase(r *kit.Request, p *discretionTablePage, file *registry.CaseFile) {
	no := 1 + slices.IndexFunc(file.Violations, func(v registry.Violation) bool { return v.ID == p.Violation })
	ranges := slices.DeleteFunc(s.Service.FineRanges(file), func(x casework.CandidateRange) bool { return x.No != no })
	p.Placed, _ = view.PlacedOn(s.Server, file, &registry.Penalty{Kind: "罚款", Amount: p.Sheet.Amount(), RangeBaseOf: baseOf(p.Table.DiscretionTable), RangeBase: typedBase(p.Form)}, ranges)
	if s.Service.MayWrite(r.Ctx(), r.Actor, "violation", int64(p.Violation)) == nil && p.Can(registry.PermRecordWrite) && !file.Case.Stage.Closed() && file.Violations[no-1].TypeCode == p.Table.Violation {
		p.Keep = r.NewForm(kit.Labels{"note": "说明"})
	}
}

func baseOf(t *statute.DiscretionTable) string {
	if t.BaseOf == nil {
		return ""
	}
	return t.BaseOf.Of
}

func typedBase(f *kit.Form) *registry.Money {
	if m, err := registry.ParseYuan(f.Value("base")); err == nil {
		return &m
	}
	return nil
}

// options are the choices of the table's fields.
func (p *discretionTablePage) options(c *statute.Catalogue) {
	t := p.Table.DiscretionTable
	for i, st := range t.Starts {
		p.Starts = append(p.Starts, kit.Option{Value: kit.Itoa(int64(i)), Label: fmt.Sprintf("%s（%d%%）", st.When, st.Percent)})
	}
	for i := range t.Factors {
		f := &t.Factors[i]
		v := factorView{Name: f.Name, Field: fmt.Sprintf("f%d", i), Number: fmt.Sprintf("n%d", i), Unit: f.Unit()}
		for j, o := range f.Options {
			v.Options = append(v.Options, kit.Option{Value: kit.Itoa(int64(j)), Label: fmt.Sprintf("%s　%d%%", o.Label, o.Weight)})
		}
		v.Options = append(v.Options, kit.Option{Value: unknownAnswer, Label: "查不明（按最低档）"})
		p.Factors = append(p.Factors, v)
	}
	for i, tier := range t.Tiers {
		words := statute.Wan(tier.Min) + "～" + statute.Wan(tier.Max)
		if tier.Min == tier.Max {
			words = statute.Wan(tier.Max)
		}
		p.Tiers = append(p.Tiers, kit.Option{Value: kit.Itoa(int64(i)), Label: tier.When + "　" + words})
		p.Scaled = p.Scaled || len(tier.Scale) > 0
		if g := tier.Group; g != "" && !slices.Contains(p.Groups, kit.Option{Value: g, Label: g}) {
			p.Groups = append(p.Groups, kit.Option{Value: g, Label: g})
		}
	}
	if t.Mode == statute.ModeTiers {
		p.Tiers = append(p.Tiers, kit.Option{Value: unknownAnswer, Label: "查不明（按最低档）"})
	}
	for i, words := range c.ApologyExclusions() {
		p.Exclusions = append(p.Exclusions, kit.Option{Value: kit.Itoa(int64(i + 1)), Label: "（" + registry.ChineseNumeral(i+1) + "）" + words})
	}
}

// discretionAnswers is what was answered, as in the address, without what is empty or not an answer.
func discretionAnswers(f *kit.Form) string {
	kept := url.Values{}
	for name, values := range f.Values {
		if _, ok := f.Labels[name]; !ok {
			continue
		}
		for _, v := range values {
			if v != "" {
				kept.Add(name, v)
			}
		}
	}
	return kept.Encode()
}

// discretionFromCase begins a calculation with what the case's records tell: the day of the act, the herd, how many pollutants
// were over their limits and by how much, what forbids a reduction for an apology. A person checks all of it.
func (s area) discretionFromCase(t *statute.DiscretionTable, file *registry.CaseFile, id registry.ViolationID, today registry.Date) discretionInput {
	x := discretionInput{On: today, Options: make([]string, len(t.Factors)), Numbers: make([]string, len(t.Factors))}
	for i := range file.Violations {
		if v := &file.Violations[i]; v.ID == id {
			x.ActOn = s.Service.OfferIn(file, v).End
		}
	}
	if d := file.DecidedOn(); !d.IsZero() {
		x.On = d
	}
	if file.Farm != nil && t.Mode == statute.ModeTiers {
		for _, h := range file.Farm.Herds {
			if _, ok := t.TierForHeads("", h.Species, 0); ok && h.Basis == "存栏" && h.Count != nil {
				x.Species, x.Heads = h.Species, h.Count
				break
			}
		}
	}
	for _, item := range noApology(file) {
		x.Excluded = append(x.Excluded, strconv.Itoa(item))
	}
	over, most := exceeded(file.Samples)
	if t.TierUnit() == "倍" {
		x.Number = most
	}
	for i := range t.Factors {
		switch t.Factors[i].Unit() {
		case "倍":
			x.Numbers[i] = most
		case "个":
			if over > 0 {
				x.Numbers[i] = strconv.Itoa(over)
			}
		}
	}
	return x
}

// noApology are the items of 第十四条 that the documents of a case meet: it was handed to the police, or a re-check found that the act went on.
func noApology(file *registry.CaseFile) (items []int) {
	if _, ok := file.Document(registry.DocDetention); ok {
		items = append(items, statute.ApologyDetention)
	}
	if _, ok := file.Document(registry.DocCrime); ok {
		items = append(items, statute.ApologyCrime)
	}
	goesOn := func(result string) bool { return result == "未改正" || result == "拒不改正" }
	if slices.ContainsFunc(file.Documents, func(d registry.Document) bool { return d.Kind == registry.DocRecheck && goesOn(d.Result) }) ||
		slices.ContainsFunc(file.LoneRechecks(), func(i *registry.Inspection) bool { return goesOn(i.Rectified) }) {
		items = append(items, statute.ApologyGoesOn)
	}
	return items
}

// exceeded is how many pollutants were over their limits, and the greatest multiple; empty where no number is known.
func exceeded(samples []registry.Sample) (pollutants int, most string) {
	seen := map[string]bool{}
	for _, x := range samples {
		for _, res := range x.Results {
			if res.Verdict == "超标" {
				seen[res.Pollutant] = true
			}
			m, ok := res.Multiple()
			if !ok {
				continue
			}
			seen[res.Pollutant] = true
			if a, _ := registry.ParseDecimal(m); most == "" {
				most = m
			} else if b, _ := registry.ParseDecimal(most); a.Cmp(b) > 0 {
				most = m
			}
		}
	}
	return len(seen), most
}
