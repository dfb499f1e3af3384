package law

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// similarEnough is the share of equal characters from which a character diff reads as one; below it the texts stand side by side.
const similarEnough = 0.4

var relationTones = map[statute.Relation]string{statute.RelationSucceeded: "accent", statute.RelationBeside: "warn", statute.RelationRenumbered: "plain"}

// comparePage is 新旧对照 of one provision: through its versions, and beside what came before, after or stands next to it.
type comparePage struct {
	kit.Layout
	Law       *statute.Law
	Provision registry.Provision
	Name      string // 水污染防治法第三十九条
	Whole     string // address of the whole article's page, where this is a part of it
	Versions  []versionText
	Gaps      []string
	Pairs     []pairView
	Moved     []string // where another version uses the same number for something else
	Fines     []fineCompare
	Note      string
}

func (comparePage) Template() string { return "law/statutes-compare" }

// versionText is the provision in one version, and what changed in it since the version before.
type versionText struct {
	Name, Validity, Href string
	Status, Tone         string
	Holding              string // in words, where the text is not held
	Text                 string
	Checked              bool
	Confidence           string
	Since                string      // the version it is compared with; empty for the first
	Same                 bool        // the same words
	Edits                []diff.Edit // nil where they are the same or too different
}

// pairView is one mapping with both texts.
type pairView struct {
	Relation, Tone string
	From, To       pairSide
	Similar        bool
	Equal          string // 71%
	Confidence     string
	Why, Note      string
	Beside         bool
	Within         bool // two versions of one law: the versions tell the sides apart
	Types          []view.RefLink
}

// pairSide is one side of a mapping. Edits are the text with its own deletions or insertions marked.
type pairSide struct {
	Label, Full, Href, Compare string
	Version, Validity          string
	Missing                    string
	Others                     string // further versions that may have been in force
	Text                       string
	Edits                      []diff.Edit
	Checked                    bool
	Here                       bool // the side that the page is about
}

// fineCompare is one type of violation with the fines of each of its sets of bases.
type fineCompare struct {
	Type    *statute.ViolationType
	Href    string
	Regimes []regimeRow
	Beside  bool
}

var provisionKey = regexp.MustCompile(`^(\d{1,4})(?:-(\d{1,2}))?(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?$`)

// parseProvision reads registry.Provision.Key; only the one spelling of a place is an address.
func parseProvision(key string) (p registry.Provision, ok bool) {
	m := provisionKey.FindStringSubmatch(key)
	if m == nil {
		return p, false
	}
	for i, to := range []*int{&p.Article, &p.Sub, &p.Paragraph, &p.Item, &p.Subitem} {
		*to, _ = strconv.Atoi(m[i+1]) // digits or empty: an empty one is not named
	}
	return p, p.Article > 0 && p.Key() == key
}

// statuteCompare is the page of one provision.
func (s area) statuteCompare(r *kit.Request) error {
	c := s.Service.Law()
	law, ok := c.Law(r.Param("law"))
	if !ok {
		return registry.NotFound("法规", r.Param("law"))
	}
	place, ok := parseProvision(r.Param("provision"))
	if !ok {
		return registry.NotFound("《"+law.ShortName+"》的条文", r.Param("provision"))
	}
	p := comparePage{Law: law, Provision: place, Name: law.ShortName + place.String(), Gaps: versionGaps(law), Note: c.SuccessionNote()}
	p.Layout = r.Layout("新旧对照：" + p.Name)
	p.Versions = textsThroughTime(law, place, r.Today())
	for _, x := range c.Successions(law.ID, place) {
		if moved := movedNumber(c, x); moved != "" {
			p.Moved = append(p.Moved, moved)
			continue
		}
		p.Pairs = append(p.Pairs, viewPair(c, &x.Succession, !x.Earlier))
	}
	slices.SortStableFunc(p.Pairs, func(a, b pairView) int { return relationOrder(a.Relation) - relationOrder(b.Relation) })
	if nowhere(p.Versions) && len(p.Pairs)+len(p.Moved) == 0 {
		return registry.NotFound("《"+law.ShortName+"》的条文", place.String())
	}
	if whole := (registry.Provision{Article: place.Article, Sub: place.Sub}); whole != place {
		p.Whole = view.CompareHref(law.ID, whole)
	}
	p.Fines = finesResting(c, law.ID, place, r.Today())
	return r.Page(p)
}

func relationOrder(r string) int { return slices.Index(statute.Relations, statute.Relation(r)) }

// nowhere reports whether no held version has the provision: then the page would show nothing.
func nowhere(list []versionText) bool {
	return !slices.ContainsFunc(list, func(v versionText) bool { return v.Text != "" })
}

// movedNumber says that the number meant another article in a version that is not held. Such a mapping is none of this
// article's: 2008年修订第八十三条 became 第九十四条, and 2017年修正第八十三条 is another text.
func movedNumber(c *statute.Catalogue, x statute.Linked) string {
	if x.Earlier || x.Self.VersionName == "" || len(c.VersionsAt(x.Self)) > 0 {
		return ""
	}
	return fmt.Sprintf("%s的%s（本库未收录）后来是%s的%s，与现在的同一条号不是同一条（%s）。", x.Self.VersionName, x.Self.Provision,
		x.Other.VersionName, x.Other.Provision, statute.ConfidenceLabel(x.Confidence))
}

// textsThroughTime lists a provision in each held version, oldest first, with what changed from the one before that holds it.
func textsThroughTime(law *statute.Law, p registry.Provision, today registry.Date) []versionText {
	var list []versionText
	before := -1
	for _, v := range law.Versions {
		text, holding := v.ContextText(p)
		x := versionText{Name: v.Name, Validity: view.Validity(v), Href: view.ProvisionHref(v, p), Text: text, Checked: v.Checked, Holding: view.HoldingLabels[holding]}
		x.Status, x.Tone = view.StatusOf(law, v, today)
		if a, ok := v.Article(p.Article, p.Sub); ok {
			x.Confidence = statute.ConfidenceLabel(a.Confidence)
		}
		if text != "" {
			if before >= 0 {
				x.Since = list[before].Name
				x.Same = statute.TextHash(text) == statute.TextHash(list[before].Text)
				if edits := diff.Texts(list[before].Text, text); !x.Same && diff.Similarity(edits) >= similarEnough {
					x.Edits = edits
				}
			}
			before = len(list)
		}
		list = append(list, x)
	}
	return list
}

// viewPair lays out a mapping; from tells which side the page is about.
func viewPair(c *statute.Catalogue, x *statute.Succession, from bool) pairView {
	v := pairView{Relation: string(x.Relation), Tone: relationTones[x.Relation], From: viewPlace(c, x.From), To: viewPlace(c, x.To),
		Confidence: statute.ConfidenceLabel(x.Confidence), Why: x.Why(), Beside: x.Relation == statute.RelationBeside, Within: x.Relation == statute.RelationRenumbered}
	v.From.Here, v.To.Here = from, !from
	if len(x.Types) > 0 {
		v.Note = view.PlainWords(x.Note)
	}
	for _, t := range x.Types {
		v.Types = append(v.Types, view.RefLink{Label: t.Label, Full: t.Name, Href: view.ViolationHref(t)})
	}
	if v.From.Text == "" || v.To.Text == "" {
		return v
	}
	edits := diff.Texts(v.From.Text, v.To.Text)
	equal := diff.Similarity(edits)
	v.Equal = fmt.Sprintf("%d%%", int(equal*100))
	if v.Similar = equal >= similarEnough; v.Similar {
		v.From.Edits, v.To.Edits = oneSide(edits, diff.Delete), oneSide(edits, diff.Insert)
	}
	return v
}

// oneSide keeps of a diff what stands in one text: the old one with its deletions, or the new one with its insertions.
func oneSide(edits []diff.Edit, op diff.Op) []diff.Edit {
	var list []diff.Edit
	for _, e := range edits {
		own := e.A
		if op == diff.Insert {
			own = e.B
		}
		switch {
		case own == "":
		case e.Op == diff.Same:
			list = append(list, e)
		case op == diff.Delete:
			list = append(list, diff.Edit{Op: op, A: own})
		default:
			list = append(list, diff.Edit{Op: op, B: own})
		}
	}
	return list
}

// viewPlace is one side with its text: of the version that holds it, where several may have been in force.
func viewPlace(c *statute.Catalogue, p statute.Place) pairSide {
	x := pairSide{Label: p.Law + p.Provision.String(), Full: p.String(), Version: p.VersionName, Href: "/statutes/" + p.LawID, Missing: "本库未收录"}
	if law, ok := c.Law(p.LawID); ok {
		x.Label = law.ShortName + p.Provision.String()
	}
	x.Compare = view.CompareHref(p.LawID, p.Provision)
	var others []string
	for _, v := range c.VersionsAt(p) {
		text, holding := v.ContextText(p.Provision)
		if x.Text != "" {
			others = append(others, v.Name+"（"+view.Validity(v)+"）")
			continue
		}
		x.Version, x.Validity, x.Href, x.Text, x.Missing, x.Checked = v.Name, view.Validity(v), view.ProvisionHref(v, p.Provision), text, view.HoldingLabels[holding], v.Checked
	}
	x.Others = strings.Join(others, "、")
	return x
}

// finesResting lists the types of violation that name a provision, with the fines of each of their sets of bases.
func finesResting(c *statute.Catalogue, lawID string, p registry.Provision, today registry.Date) []fineCompare {
	var list []fineCompare
	for _, t := range c.ViolationTypes() {
		if !slices.ContainsFunc(t.Regimes, func(r statute.Regime) bool { return r.Names(lawID, p) }) {
			continue
		}
		x := fineCompare{Type: t, Href: view.ViolationHref(t), Regimes: regimeRows(c, t, "", today)}
		for i := range t.Regimes {
			x.Beside = x.Beside || t.Regimes[i].Kind == statute.RegimeBeside
		}
		list = append(list, x)
	}
	return list
}

// compareListPage is every mapping in one table.
type compareListPage struct {
	kit.Layout
	List   kit.List
	Groups []pairGroup
	Note   string
	Shown  int
	Total  int
}

func (compareListPage) Template() string { return "law/statutes-compare_list" }

// pairGroup is the mappings of one older law.
type pairGroup struct {
	ID, Name string
	Rows     []pairView
}

// Values of the filter 来历.
const (
	pairsWritten  = "written"
	pairsInferred = "inferred"
)

func (s area) statuteCompareList(r *kit.Request) error {
	c := s.Service.Law()
	var laws, relations []kit.Option
	for _, x := range c.AllSuccessions() {
		for _, side := range []statute.Place{x.From, x.To} {
			law, _ := c.Law(side.LawID) // loading refused a mapping of an unknown law
			if o := (kit.Option{Value: law.ID, Label: law.ShortName}); !slices.Contains(laws, o) {
				laws = append(laws, o)
			}
		}
	}
	for _, rel := range statute.Relations {
		relations = append(relations, kit.Option{Value: string(rel), Label: string(rel)})
	}
	l := r.List(kit.Filter{Name: "law", Label: "法规", Options: laws}, kit.Filter{Name: "relation", Label: "关系", Options: relations},
		kit.Filter{Name: "origin", Label: "来历", Options: []kit.Option{{Value: pairsWritten, Label: "逐条整理"}, {Value: pairsInferred, Label: "由违法行为类型推出"}}})
	p := compareListPage{Layout: r.Layout("新旧对照").FullWidth(), List: l, Note: c.SuccessionNote(), Total: len(c.AllSuccessions())}
	words := strings.Fields(clipRunes(registry.CleanText(l.Q), maxQuery))
	all := c.AllSuccessions()
	for _, law := range c.Laws() {
		g := pairGroup{ID: "law-" + law.ID, Name: law.ShortName}
		var pairs []*statute.Succession
		for i := range all {
			if x := &all[i]; x.From.LawID == law.ID && pairWanted(x, l, words) {
				pairs = append(pairs, x)
			}
		}
		slices.SortStableFunc(pairs, byOldPlace)
		for _, x := range pairs {
			g.Rows = append(g.Rows, rowOfPair(c, x))
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
			p.Shown += len(g.Rows)
		}
	}
	return r.Page(p)
}

// byOldPlace sorts as the older text runs; what changed its number within the law comes first.
func byOldPlace(a, b *statute.Succession) int {
	p, q := a.From.Provision, b.From.Provision
	return cmp.Or(view.Order(a.Relation != statute.RelationRenumbered, b.Relation != statute.RelationRenumbered),
		cmp.Compare(p.Article, q.Article), cmp.Compare(p.Sub, q.Sub), cmp.Compare(p.Paragraph, q.Paragraph), cmp.Compare(p.Item, q.Item))
}

func pairWanted(x *statute.Succession, l kit.List, words []string) bool {
	law, rel, origin := l.Get("law"), l.Get("relation"), l.Get("origin")
	switch {
	case law != "" && law != x.From.LawID && law != x.To.LawID, rel != "" && rel != string(x.Relation),
		origin == pairsWritten && len(x.Types) > 0, origin == pairsInferred && len(x.Types) == 0:
		return false
	}
	return len(words) == 0 || containsAll(x.From.String()+x.To.String()+x.Why(), words)
}

// rowOfPair is a mapping without its texts.
func rowOfPair(c *statute.Catalogue, x *statute.Succession) pairView {
	v := pairView{Relation: string(x.Relation), Tone: relationTones[x.Relation], From: viewPlace(c, x.From), To: viewPlace(c, x.To),
		Confidence: statute.ConfidenceLabel(x.Confidence), Why: x.Why()}
	v.From.Text, v.To.Text = "", ""
	return v
}
