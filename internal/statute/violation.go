package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// CodeDay is the day the 生态环境法典 came into force and ten statutes ended (法典第一千二百四十二条).
var CodeDay = registry.Day(2026, 8, 15)

// ViolationType is one kind of unlawful act: what it breaches, what it costs, and what must be shown.
type ViolationType struct {
	Code    string
	Name    string // the words of the law
	Label   string // at most 16 characters, for pickers and tables
	Group   string
	Aliases []string
	Words   []string // by which officers call it: words.json. They find a type and are never law
	// Elements are the 构成要件 as questions of fact, taken from the wording of the breached articles.
	Elements      []Element
	Notes         string
	Preconditions []string // what must have happened before a fine: 责令停止违法行为文书已送达
	Discretion    string   // key of the discretion table, if one is held
	Regimes       []Regime // in the order of their validity
	Confidence    string
	// MappingConfidence: the texts may be sure and yet their correspondence (breach to penalty, old law to Code) a researcher's.
	MappingConfidence string
	Source            string

	searched searched
}

// Element is one question of the checklist; Key is stable within the type and stored with the answers.
type Element struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// RegimeKind tells the regimes of a type apart.
type RegimeKind string

// The kinds of regime.
const (
	RegimeStatutes RegimeKind = "statutes" // the law before the Code, or law that the Code did not touch
	RegimeCode     RegimeKind = "code"     // 生态环境法典
	RegimeBeside   RegimeKind = "beside"   // a regulation that was not repealed and stands beside the Code
)

// A Regime is one set of legal bases with its own validity.
type Regime struct {
	Kind              RegimeKind
	Label             string
	From, To          registry.Date // zero: open
	Breached          []Reference
	Liability         []Reference
	Penalties         []PenaltyRange
	Measures          []Measure
	Note              string
	Confidence        string
	MappingConfidence string
}

// PenaltyRange is one penalty the law provides. Min and Max are nil where the law gives no amount (or nobody verified it).
type PenaltyRange struct {
	Kind      string // 罚款, 罚款（个人）, 责令停业、关闭, …
	Min, Max  *registry.Money
	Formula   string       // in words, where the amount is computed: 直接损失×20%
	Compute   *Computation // the same for a machine; nil where the words leave nothing to compute
	Condition string
	Basis     []Reference
	Mandatory registry.Tri // 是: 应当 or 并处; 否: 可以; empty where the record does not say
}

// Measure is an order or step other than a penalty: 责令改正, 查封、扣押, 按日连续处罚, 移送.
type Measure struct {
	Kind      string
	Basis     []Reference
	Mandatory registry.Tri // as PenaltyRange.Mandatory
	Note      string
}

// ViolationTypes lists the types by group, in the order of the picker.
func (c *Catalogue) ViolationTypes() []*ViolationType { return c.types }

// ViolationType finds a type by its code.
func (c *Catalogue) ViolationType(code string) (*ViolationType, bool) {
	t, ok := c.typeByCode[code]
	return t, ok
}

// The files' own shapes. Amounts are whole 元 there: a lawyer compares them with the printed article.
type (
	violationFile struct {
		Group string          `json:"group"`
		Types []violationJSON `json:"types"`
	}
	violationJSON struct {
		Code              string       `json:"code"`
		Name              string       `json:"name"`
		Label             string       `json:"label"`
		Aliases           []string     `json:"aliases"`
		Elements          []Element    `json:"elements"`
		Notes             string       `json:"notes"`
		Preconditions     []string     `json:"preconditions"`
		Discretion        string       `json:"discretion"`
		Statutes          []regimeJSON `json:"statutes"`
		Code2026          *regimeJSON  `json:"code_2026"`
		BesideNote        string       `json:"beside_note"`
		Confidence        string       `json:"confidence"`
		MappingConfidence string       `json:"mapping_confidence"`
		Source            string       `json:"source"`
	}
	regimeJSON struct {
		From              registry.Date `json:"from"`
		To                registry.Date `json:"to"`
		Breached          []reference   `json:"breached"`
		Liability         []reference   `json:"liability"`
		Penalties         []penaltyJSON `json:"penalties"`
		Measures          []measureJSON `json:"measures"`
		Note              string        `json:"note"`
		Confidence        string        `json:"confidence"`
		MappingConfidence string        `json:"mapping_confidence"`
	}
	penaltyJSON struct {
		Kind      string       `json:"kind"`
		Min       *int64       `json:"min_yuan"`
		Max       *int64       `json:"max_yuan"`
		Formula   string       `json:"formula"`
		Compute   *Computation `json:"compute"`
		Condition string       `json:"condition"`
		Basis     []reference  `json:"basis"`
		Mandatory *bool        `json:"mandatory"`
	}
	measureJSON struct {
		Kind      string      `json:"kind"`
		Basis     []reference `json:"basis"`
		Mandatory *bool       `json:"mandatory"`
		Note      string      `json:"note"`
	}
)

func (c *Catalogue) loadViolations(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "violations/*.json") // numbered, so sorted as the picker shows the groups
	if err != nil {
		return err
	}
	c.typeByCode = map[string]*ViolationType{}
	for _, file := range files {
		var f violationFile
		if err := readJSON(fsys, file, &f); err != nil {
			return err
		}
		for i := range f.Types {
			t, err := c.violationType(&f.Types[i])
			if err != nil {
				return fmt.Errorf("%s: %s: %w", file, f.Types[i].Code, err)
			}
			if _, twice := c.typeByCode[t.Code]; twice || t.Code == "" {
				return fmt.Errorf("%s: code %q is empty or used twice", file, t.Code)
			}
			t.Group = f.Group
			c.types = append(c.types, t)
			c.typeByCode[t.Code] = t
		}
	}
	return nil
}

func (c *Catalogue) violationType(j *violationJSON) (*ViolationType, error) {
	t := &ViolationType{
		Code: j.Code, Name: j.Name, Label: j.Label, Aliases: j.Aliases, Elements: j.Elements, Notes: j.Notes,
		Preconditions: j.Preconditions, Discretion: j.Discretion, Confidence: j.Confidence,
		MappingConfidence: j.MappingConfidence, Source: j.Source,
	}
	if len(j.Statutes) == 0 {
		return nil, fmt.Errorf("no statutes")
	}
	for i := range j.Statutes {
		r, err := c.regime(&j.Statutes[i], RegimeStatutes)
		if err != nil {
			return nil, err
		}
		t.Regimes = append(t.Regimes, r)
	}
	last := &t.Regimes[len(t.Regimes)-1]
	if j.Code2026 == nil && c.allStanding(last) {
		t.label()
		return t, nil // the Code changed nothing here
	}
	last.To = CodeDay.AddDays(-1)
	beside := c.besideTheCode(last, j.BesideNote) // before last moves
	if j.Code2026 != nil {
		r, err := c.regime(j.Code2026, RegimeCode)
		if err != nil {
			return nil, err
		}
		r.From = CodeDay
		t.Regimes = append(t.Regimes, r)
	}
	t.Regimes = append(t.Regimes, beside...)
	t.label()
	return t, nil
}

func (t *ViolationType) label() {
	for i := range t.Regimes {
		r := &t.Regimes[i]
		switch {
		case r.Kind == RegimeCode:
			r.Label = "生态环境法典"
		case r.Kind == RegimeBeside:
			// labelled with the regulation's name where it is made
		case r.To.IsZero():
			r.Label = "现行法律、法规"
		default:
			r.Label = r.To.String() + " 以前的法律"
		}
	}
}

func (c *Catalogue) regime(j *regimeJSON, kind RegimeKind) (r Regime, err error) {
	r = Regime{Kind: kind, From: j.From, To: j.To, Note: j.Note, Confidence: j.Confidence, MappingConfidence: j.MappingConfidence}
	if r.Breached, err = c.references(j.Breached); err != nil {
		return r, err
	}
	if r.Liability, err = c.references(j.Liability); err != nil {
		return r, err
	}
	for _, p := range j.Penalties {
		out := PenaltyRange{Kind: p.Kind, Min: yuan(p.Min), Max: yuan(p.Max), Formula: p.Formula, Compute: p.Compute,
			Condition: p.Condition, Mandatory: tri(p.Mandatory)}
		if out.Basis, err = c.references(p.Basis); err != nil {
			return r, err
		}
		if len(out.Basis) == 0 {
			return r, fmt.Errorf("penalty %s has no basis", p.Kind)
		}
		r.Penalties = append(r.Penalties, out)
	}
	for _, m := range j.Measures {
		out := Measure{Kind: m.Kind, Mandatory: tri(m.Mandatory), Note: m.Note}
		if out.Basis, err = c.references(m.Basis); err != nil {
			return r, err
		}
		if len(out.Basis) == 0 {
			return r, fmt.Errorf("measure %s has no basis", m.Kind)
		}
		r.Measures = append(r.Measures, out)
	}
	return r, nil
}

func tri(b *bool) registry.Tri {
	switch {
	case b == nil:
		return registry.TriUnknown
	case *b:
		return registry.Yes
	}
	return registry.No
}

func yuan(n *int64) *registry.Money {
	if n == nil {
		return nil
	}
	m := registry.Yuan(*n)
	return &m
}

// standing reports whether the law still has a version in force on the Code's first day.
func (c *Catalogue) standing(lawID string) bool {
	return len(c.versionsBetween(lawID, CodeDay.Earliest(), CodeDay.Latest())) > 0
}

func (c *Catalogue) allStanding(r *Regime) bool {
	return !slices.ContainsFunc(slices.Concat(r.Breached, r.Liability), func(ref Reference) bool { return !c.standing(ref.LawID) })
}

// besideTheCode splits off what the Code did not repeal: one regime for each law that has a liability article of its own,
// together with the duties in laws that have none. It is computed, not written down, so that adding an amended version or
// an end date to a law's text changes the offer without touching the types.
func (c *Catalogue) besideTheCode(old *Regime, note string) []Regime {
	if note == "" {
		note = "未见废止，2026-08-15 后与法典并列，供承办人选择"
	}
	var laws []string // with a liability article, in the order of the file
	for _, ref := range old.Liability {
		if c.standing(ref.LawID) && !slices.Contains(laws, ref.LawID) {
			laws = append(laws, ref.LawID)
		}
	}
	beside := func(lawID, label string) Regime {
		other := func(id string) bool { return id != lawID && slices.Contains(laws, id) }
		r := Regime{
			Kind: RegimeBeside, Label: "并行：" + label, From: CodeDay, Note: note,
			Confidence: old.Confidence, MappingConfidence: old.MappingConfidence,
		}
		for _, ref := range old.Breached {
			if c.standing(ref.LawID) && !other(ref.LawID) {
				r.Breached = append(r.Breached, ref)
			}
		}
		for _, ref := range old.Liability {
			if ref.LawID == lawID {
				r.Liability = append(r.Liability, ref)
			}
		}
		for _, p := range old.Penalties {
			if slices.ContainsFunc(p.Basis, func(b Reference) bool { return b.LawID == lawID }) {
				r.Penalties = append(r.Penalties, p)
			}
		}
		for _, m := range old.Measures {
			foreign := slices.ContainsFunc(m.Basis, func(b Reference) bool { return !c.standing(b.LawID) || other(b.LawID) })
			if m.Basis[0].LawID == lawID || !foreign {
				r.Measures = append(r.Measures, m)
			}
		}
		return r
	}
	var out []Regime
	for _, id := range laws {
		out = append(out, beside(id, c.byID[id].Name))
	}
	if len(out) > 0 {
		return out
	}
	// Only duties are left standing: they can be cited as breached, the penalty must come from the Code.
	r := beside("", "")
	if len(r.Breached) == 0 {
		return nil
	}
	r.Label = dutiesLabel(r.Breached)
	return []Regime{r}
}

// dutiesLabel names a regime of duties alone after their laws.
func dutiesLabel(breached []Reference) string {
	var names []string
	for _, ref := range breached {
		if !slices.Contains(names, ref.Law) {
			names = append(names, ref.Law)
		}
	}
	return "并行：" + strings.Join(names, "、")
}
