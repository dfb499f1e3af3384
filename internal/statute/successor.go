package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Relation says how two provisions stand to each other.
type Relation string

// The relations. There is no official table from the old statutes to the Code, so a Succession helps to find an article and
// decides nothing.
const (
	RelationRenumbered Relation = "同一法律条号变动" // the same law, another version, another number
	RelationSucceeded  Relation = "法典接续"     // a statute that 法典第一千二百四十二条 repealed, and the article of the Code that took its place
	RelationBeside     Relation = "并列"       // not repealed: since CodeDay both may apply, and which one is a person's decision
)

// Relations in the order pages list them.
var Relations = []Relation{RelationSucceeded, RelationBeside, RelationRenumbered}

var relationKeys = map[string]Relation{"renumbered": RelationRenumbered, "succeeded": RelationSucceeded, "beside": RelationBeside}

// Place is a provision of a law in a version: the one named, or those in force on a day.
type Place struct {
	Reference
	VersionName string        // 2008年修订, perhaps not held; empty: see On
	On          registry.Date // where no version is named
}

// Succession joins two provisions, the older (or the regulation that stands beside the Code) to the newer.
type Succession struct {
	Relation   Relation
	From, To   Place
	Confidence string // of the mapping, not of the texts: ConfidenceLabel
	Note       string // of an inferred pair: what the type says of its bases in the Code
	Source     string
	// Types are the types of violation that the pair was inferred from; empty for one that was written down.
	Types []*ViolationType
	Role  registry.CitationRole // of an inferred pair: both are breached articles, or both are liability articles
}

// Linked is a succession seen from one of its sides.
type Linked struct {
	Succession
	Self, Other Place
	Earlier     bool // Other is the older side
}

type (
	successorFile struct {
		Note   string           `json:"note"`
		Groups []successorGroup `json:"groups"`
	}
	successorGroup struct {
		Relation    string      `json:"relation"`
		Confidence  string      `json:"confidence"`
		FromVersion string      `json:"from_version"`
		ToVersion   string      `json:"to_version"`
		Note        string      `json:"note"`
		Source      string      `json:"source"`
		ByText      bool        `json:"by_text"` // the texts themselves are the evidence: TestSuccessionsByText measures them
		Pairs       [][2]string `json:"pairs"`
	}
)

// loadSuccessors reads the mappings that were written down and adds those that follow from the types of violation. It comes
// after the types.
func (c *Catalogue) loadSuccessors(fsys fs.FS) error {
	var f successorFile
	if err := readJSON(fsys, "successors.json", &f); err != nil {
		return err
	}
	c.successionNote = f.Note
	for _, g := range f.Groups {
		for _, pair := range g.Pairs {
			x, err := c.succession(&g, pair)
			if err == nil && c.joined(x.From, x.To) {
				err = fmt.Errorf("listed twice")
			}
			if err != nil {
				return fmt.Errorf("successors.json: %s → %s: %w", pair[0], pair[1], err)
			}
			c.successions = append(c.successions, x)
		}
	}
	c.inferSuccessions()
	return nil
}

func (c *Catalogue) succession(g *successorGroup, pair [2]string) (x Succession, err error) {
	x = Succession{Relation: relationKeys[g.Relation], Confidence: g.Confidence, Note: g.Note, Source: g.Source}
	if x.From.Reference, err = c.Reference(pair[0]); err != nil {
		return x, err
	}
	if x.To.Reference, err = c.Reference(pair[1]); err != nil {
		return x, err
	}
	x.From.VersionName, x.To.VersionName = g.FromVersion, g.ToVersion
	switch x.Relation {
	case RelationRenumbered:
		if x.From.LawID != x.To.LawID || g.FromVersion == "" || g.ToVersion == "" {
			return x, fmt.Errorf("a renumbering needs one law and two versions")
		}
	case RelationSucceeded:
		x.From.On, x.To.On = CodeDay.AddDays(-1), CodeDay
		if c.standing(x.From.LawID) {
			return x, fmt.Errorf("《%s》 was not repealed", x.From.Law)
		}
	case RelationBeside:
		x.From.On, x.To.On = CodeDay, CodeDay
	default:
		return x, fmt.Errorf("unknown relation %q", g.Relation)
	}
	switch x.Confidence {
	case "official_table", "statute_self_reference", "researcher_inference", "memory":
	default:
		return x, fmt.Errorf("unknown confidence %q", x.Confidence)
	}
	for _, side := range []Place{x.From, x.To} {
		if err := c.checkPlace(side); err != nil {
			return x, err
		}
	}
	return x, nil
}

// checkPlace refuses a place that cannot be: an article that a held version does not have, a law without a version on the day.
// A version that is named and not held is taken at its word, and pages say 本库未收录.
func (c *Catalogue) checkPlace(p Place) error {
	versions := c.VersionsAt(p)
	if len(versions) == 0 && p.VersionName == "" {
		return fmt.Errorf("%s has no version in force on %s", p.Reference, p.On)
	}
	for _, v := range versions {
		if _, holding := v.Text(p.Provision); holding == registry.Held {
			return nil
		}
	}
	if len(versions) > 0 {
		return fmt.Errorf("%s is not held in %s", p.Reference, versions[0].Name)
	}
	return nil
}

// VersionsAt finds the versions of a place: none where the named one is not held, several where the day does not decide.
func (c *Catalogue) VersionsAt(p Place) []*Version {
	if p.VersionName == "" {
		return c.InForce(p.LawID, p.On)
	}
	if law, ok := c.byID[p.LawID]; ok {
		for _, v := range law.Versions {
			if v.Name == p.VersionName {
				return []*Version{v}
			}
		}
	}
	return nil
}

// inferSuccessions pairs, within a type of violation, what its old bases and its bases in the Code name in the same role. Such a
// pair says that both were listed for the same act, no more. An old provision that has a successor written down gets no others
// from here: across several articles of one type most pairs would be wrong.
func (c *Catalogue) inferSuccessions() {
	written := len(c.successions)
	explicit := func(p Place) bool {
		return slices.ContainsFunc(c.successions[:written], func(x Succession) bool {
			return x.Relation == RelationSucceeded && x.From.overlaps(p.LawID, p.Provision)
		})
	}
	for _, t := range c.types {
		var code, old *Regime
		for i := range t.Regimes {
			switch r := &t.Regimes[i]; r.Kind {
			case RegimeCode:
				code = r
			case RegimeStatutes:
				old = r // the last before the Code
			}
		}
		if code == nil || old == nil {
			continue
		}
		for _, side := range []struct {
			role     registry.CitationRole
			from, to []Reference
		}{{registry.RoleBreached, old.Breached, code.Breached}, {registry.RoleBasis, old.Liability, code.Liability}} {
			for _, from := range side.from {
				for _, to := range side.to {
					x := c.inferred(from, to)
					if to.LawID != codeID || x.Relation == RelationSucceeded && explicit(x.From) {
						continue
					}
					x.Confidence, x.Note, x.Role = code.MappingConfidence, code.Note, side.role
					c.infer(x, t, written)
				}
			}
		}
	}
}

const codeID = "eco-code"

// inferred places a pair: a repealed statute is succeeded by the Code, anything else stands beside it.
func (c *Catalogue) inferred(from, to Reference) Succession {
	x := Succession{Relation: RelationSucceeded, From: Place{Reference: from, On: CodeDay.AddDays(-1)}, To: Place{Reference: to, On: CodeDay}}
	if c.standing(from.LawID) {
		x.Relation, x.From.On = RelationBeside, CodeDay
	}
	return x
}

// infer adds a pair, or its type to the pair that is there.
func (c *Catalogue) infer(x Succession, t *ViolationType, written int) {
	for i := range c.successions {
		have := &c.successions[i]
		if have.From.same(x.From) && have.To.same(x.To) {
			if i >= written && have.Role == x.Role && !slices.Contains(have.Types, t) {
				have.Types = append(have.Types, t)
			}
			return
		}
	}
	x.Types = []*ViolationType{t}
	c.successions = append(c.successions, x)
}

func (c *Catalogue) joined(from, to Place) bool {
	return slices.ContainsFunc(c.successions, func(x Succession) bool { return x.From.same(from) && x.To.same(to) })
}

func (p Place) same(q Place) bool {
	return p.LawID == q.LawID && p.Provision == q.Provision && p.VersionName == q.VersionName
}

// overlaps reports whether a place and a provision have text in common: 第八十三条 with 第八十三条第（三）项, but not 第（二）项 with it.
func (p Place) overlaps(lawID string, q registry.Provision) bool {
	either := func(a, b int) bool { return a == 0 || b == 0 || a == b }
	return p.LawID == lawID && p.Article == q.Article && p.Sub == q.Sub &&
		either(p.Paragraph, q.Paragraph) && either(p.Item, q.Item) && either(p.Subitem, q.Subitem)
}

// Why says in Chinese what a mapping rests on: one that was written down on its note, an inferred one on its types.
func (x *Succession) Why() string {
	if len(x.Types) == 0 {
		return x.Note
	}
	var labels []string
	for _, t := range x.Types {
		labels = append(labels, "“"+t.Label+"”")
	}
	role := "违反条款"
	if x.Role == registry.RoleBasis {
		role = "处罚依据"
	}
	return "由违法行为类型推出：同列为" + strings.Join(labels, "、") + "的" + role + "，不等于逐条对应"
}

// AllSuccessions lists every mapping: those written down as the file has them, then the inferred ones by type.
func (c *Catalogue) AllSuccessions() []Succession { return c.successions }

// SuccessionNote says in Chinese where the mappings come from.
func (c *Catalogue) SuccessionNote() string { return c.successionNote }

// Successions lists the mappings of a provision in both directions; a whole article has those of its 款 and 项 too. Numbers
// move between versions, so Self says of which version the mapping speaks: 2008年修订第八十三条 is not 2017年修正第八十三条. A
// mapping between two versions that kept the number is listed once, from its older side.
func (c *Catalogue) Successions(lawID string, p registry.Provision) []Linked {
	var list []Linked
	for _, x := range c.successions {
		if x.From.overlaps(lawID, p) {
			list = append(list, Linked{Succession: x, Self: x.From, Other: x.To})
		} else if x.To.overlaps(lawID, p) {
			list = append(list, Linked{Succession: x, Self: x.To, Other: x.From, Earlier: true})
		}
	}
	return list
}

// ContextText is a provision's text as a comparison needs it: a 项 with the lead it stands under, because the lead says what it
// costs.
func (v *Version) ContextText(p registry.Provision) (string, registry.Holding) {
	text, holding := v.Text(p)
	a, ok := v.Article(p.Article, p.Sub)
	if !ok || holding != registry.Held || p.Item == 0 || p.Subitem > 0 {
		return text, holding
	}
	for i := range a.Paragraphs {
		if n := i + 1; p.Item <= len(a.Paragraphs[i].Items) && (p.Paragraph == 0 || p.Paragraph == n) {
			return a.Paragraphs[i].Text + "\n（" + registry.ChineseNumeral(p.Item) + "）" + text, holding
		}
	}
	return text, holding
}

// Names reports whether the regime rests on a provision, as breached or as liability article; a whole article has its 款 and 项.
func (r *Regime) Names(lawID string, p registry.Provision) bool {
	return slices.ContainsFunc(slices.Concat(r.Breached, r.Liability), func(ref Reference) bool {
		return Place{Reference: ref}.overlaps(lawID, p)
	})
}
