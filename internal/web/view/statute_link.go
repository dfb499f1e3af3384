package view

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// RefLink is a provision as pages of the law catalogue name it: short words, the full citation, where it is read.
type RefLink struct {
	Label   string // 水污染防治法第三十九条
	Full    string // 《中华人民共和国水污染防治法》第三十九条
	Href    string
	Missing string // in words, where the text is not held
	When    string // in words, where it holds only for some parties or places
}

// WhenLabel says to whom or where a reference applies; empty where it applies to all.
func WhenLabel(c *statute.Catalogue, ref statute.Reference) string {
	switch ref.When {
	case statute.WhenPermitHolder:
		return "仅适用于持排污许可证的单位"
	case statute.WhenInTanjiang:
		return "仅适用于" + c.BasinOf(ref.LawID)
	}
	return ""
}

// HoldingLabels are for places too small for a statute box.
var HoldingLabels = map[registry.Holding]string{
	registry.NotHeld: "本库未收录", registry.Absent: "该版本没有这一条", registry.UnknownLaw: "本库没有这部法律",
}

// VersionHref is the address of a version of a law.
func VersionHref(v *statute.Version) string { return "/statutes/" + v.LawID + "/" + v.ID }

// ProvisionHref is where a provision is read. The anchors of a version's page are Provision.Key() of what it holds; a place
// that is not held leads to the smallest one around it that is.
func ProvisionHref(v *statute.Version, p registry.Provision) string {
	for _, around := range []registry.Provision{
		p,
		{Article: p.Article, Sub: p.Sub, Paragraph: p.Paragraph, Item: p.Item},
		{Article: p.Article, Sub: p.Sub, Paragraph: p.Paragraph},
		{Article: p.Article, Sub: p.Sub},
	} {
		if _, holding := v.Text(around); holding == registry.Held {
			return VersionHref(v) + "#" + around.Key()
		}
	}
	return VersionHref(v)
}

// VersionsOn lists the versions that may have been in force, the newest last; where none is held, none.
func VersionsOn(c *statute.Catalogue, lawID string, on registry.Date) []*statute.Version {
	if on.IsZero() {
		return nil
	}
	return c.InForce(lawID, on)
}

// refLink names a reference in the version in force on a day. Where several may be, it leads to the page that compares them.
func RefLinkOf(c *statute.Catalogue, ref statute.Reference, on registry.Date) RefLink {
	l := RefLink{Label: ref.Law + ref.Provision.String(), Full: ref.String(), Href: "/statutes/" + ref.LawID, When: WhenLabel(c, ref)}
	if law, ok := c.Law(ref.LawID); ok {
		l.Label = law.ShortName + ref.Provision.String()
	}
	switch versions := VersionsOn(c, ref.LawID, on); len(versions) {
	case 0:
		l.Missing = "当时施行的版本本库未收录"
		if v, repealed, _, outside := c.OutsideForce(ref.LawID, on); outside {
			l.Href, l.Missing = ProvisionHref(v, ref.Provision), "当时尚未施行"
			if repealed {
				l.Missing = "当时已失效"
			}
		}
	case 1:
		_, holding := versions[0].Text(ref.Provision)
		l.Href, l.Missing = ProvisionHref(versions[0], ref.Provision), HoldingLabels[holding]
	default:
		l.Href, l.Missing = ProvisionHref(versions[0], ref.Provision), "另有版本可能适用"
	}
	return l
}

// RefLinks are the links of several references, each in the version in force on a day.
func RefLinks(c *statute.Catalogue, refs []statute.Reference, on registry.Date) []RefLink {
	list := make([]RefLink, len(refs))
	for i, ref := range refs {
		list[i] = RefLinkOf(c, ref, on)
	}
	return list
}

// QuoteBox quotes a provision in one version.
func QuoteBox(label string, v *statute.Version, p registry.Provision) StatuteBox {
	text, holding := v.Text(p)
	box := StatuteBox{
		Label: label, Law: v.LawName, Provision: p.String(), Text: text, Version: v.Name, InForce: Validity(v),
		Checked: v.Checked, CheckedBy: CheckedBy(v), Holding: holding, Href: ProvisionHref(v, p),
	}
	a, ok := v.Article(p.Article, p.Sub)
	if !ok || text == "" {
		return box
	}
	if lead := leadOf(a, p); lead != "" {
		box.Note = "本款开头：" + lead
	}
	if a.Confidence != "full_text_x2" && !v.Checked {
		box.Note = strings.TrimPrefix(box.Note+"　"+statute.ConfidenceLabel(a.Confidence), "　")
	}
	return box
}

// CheckedBy says what a 已核对 text was compared with, and when.
func CheckedBy(v *statute.Version) string {
	if !v.Checked || v.CheckedSource == "" {
		return ""
	}
	return v.CheckedSource + "，" + v.CheckedOn.String()
}

// ConfidenceOf says how well a version's text is known: a check says more than where the copy came from.
func ConfidenceOf(v *statute.Version) string {
	if !v.Checked {
		return statute.ConfidenceLabel(v.Confidence)
	}
	if by := CheckedBy(v); by != "" {
		return "已核对官方文本（" + by + "）"
	}
	return "已核对官方文本"
}

// leadOf is the beginning of the 款 that a 项 stands in: a 项 of a liability article does not say what it costs.
func leadOf(a *statute.Article, p registry.Provision) string {
	for i := range a.Paragraphs {
		if p.Item > 0 && p.Item <= len(a.Paragraphs[i].Items) && (p.Paragraph == 0 || p.Paragraph == i+1) {
			return a.Paragraphs[i].Text
		}
	}
	return ""
}

// codeWords are the keys of statute.ConfidenceLabel that the catalogue's own notes use as words, with the spaces that stand
// around a Latin word and not around a Chinese one.
var codeWords = func() *strings.Replacer {
	var pairs []string
	for _, w := range [][2]string{
		{"full_text_x2", "两份全文副本一致"}, {"full_text", "一份全文副本"}, {"secondary", "二手来源"}, {"not_found", "未核到"}, {"memory", "仅凭记忆"},
		{"official_table", "官方裁量表"}, {"researcher_inference", "整理者判断"}, {"statute_self_reference", "条文自述"},
	} {
		pairs = append(pairs, " "+w[0]+" ", w[1], " "+w[0], w[1], w[0]+" ", w[1], w[0], w[1])
	}
	return strings.NewReplacer(pairs...)
}()

// PlainWords writes a note of the catalogue without its keys.
func PlainWords(note string) string { return codeWords.Replace(note) }

// Interval writes a validity; a zero date is open.
func Interval(from, to registry.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return from.String() + " 起"
	case from.IsZero():
		return "至 " + to.String()
	}
	return from.String() + " 至 " + to.String()
}

// Validity is a version's interval in words; an unknown beginning is said.
func Validity(v *statute.Version) string {
	switch {
	case v.From.IsZero() && v.To.IsZero():
		return "施行日、失效日未核到"
	case v.From.IsZero():
		return "施行日未核到，至 " + v.To.String()
	}
	return Interval(v.From, v.To) + "施行"
}

// StatusOf says in words whether a version is in force today, and its badge's tone.
func StatusOf(law *statute.Law, v *statute.Version, today registry.Date) (word, tone string) {
	last := v == law.Versions[len(law.Versions)-1]
	switch {
	case v.From.IsZero():
		return "施行日未核到", "warn"
	case today.Before(v.From):
		return "尚未施行", "plain"
	case v.To.IsZero() && !last:
		return "失效日未核到", "warn"
	case v.To.IsZero() || !v.To.Before(today):
		return "现行", "accent"
	case v.To == statute.CodeDay.AddDays(-1):
		return "已废止", "closed"
	case !last:
		return "已被新版本代替", "closed"
	}
	return "已失效", "closed"
}

// EndOf writes the end of a version's validity for a table.
func EndOf(law *statute.Law, v *statute.Version) string {
	switch {
	case !v.To.IsZero():
		return v.To.String()
	case v.From.IsZero() || v != law.Versions[len(law.Versions)-1]:
		return "未核到"
	}
	return "未见失效"
}

// citers lists the types of violation that name provisions of an article, by the article's key.
type Citer struct {
	Role  string // 违反条款, 处罚依据, 措施依据
	Cited string // the provision they name, empty for the whole article
	Label string
	Href  string
}

// CitersOf finds what cites a law, by article key. The catalogue is small: a scan costs less than keeping an index true.
func CitersOf(c *statute.Catalogue, lawID string) map[string][]Citer {
	out := map[string][]Citer{}
	for _, t := range c.ViolationTypes() {
		add := func(role string, refs []statute.Reference) {
			for _, ref := range refs {
				if ref.LawID != lawID {
					continue
				}
				key := registry.Provision{Article: ref.Article, Sub: ref.Sub}.Key()
				whole := registry.Provision{Article: ref.Article, Sub: ref.Sub}.String()
				x := Citer{role, strings.TrimPrefix(ref.Provision.String(), whole), t.Label, ViolationHref(t)}
				if !slices.Contains(out[key], x) {
					out[key] = append(out[key], x)
				}
			}
		}
		for i := range t.Regimes {
			r := &t.Regimes[i]
			add("违反条款", r.Breached)
			add("处罚依据", r.Liability)
			for _, p := range r.Penalties {
				add("处罚依据", p.Basis)
			}
			for _, m := range r.Measures {
				add("措施依据", m.Basis)
			}
		}
	}
	return out
}

// ViolationHref is the address of a violation type.
func ViolationHref(t *statute.ViolationType) string { return "/statutes/violations/" + t.Code }

// CompareHref is the address of an article's 新旧对照.
func CompareHref(lawID string, p registry.Provision) string {
	return "/statutes/compare/" + lawID + "/" + p.Key()
}

// CompareLink is the address of a provision's 新旧对照, empty where there is nothing to compare it with.
func CompareLink(c *statute.Catalogue, lawID string, p registry.Provision) string {
	law, ok := c.Law(lawID)
	if !ok || p.Article == 0 {
		return ""
	}
	held := slices.ContainsFunc(law.Versions, func(v *statute.Version) bool {
		_, ok := v.Article(p.Article, p.Sub)
		return ok
	})
	if held && len(law.Versions) > 1 || len(c.Successions(lawID, p)) > 0 {
		return CompareHref(lawID, p)
	}
	return ""
}
