package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// compose writes a case's first published copy from an allow-list of fields: public name, month, district, species and heads,
// permits, kinds of places on the discharge path, what was over the limit, dictionary names of violations, articles, measures.
// Free text of an own case (findings, facts, notes) never goes in: it may name anybody. A case taken from a published source
// keeps the text we wrote from that source, which named nobody.
func compose(f *registry.CaseFile, law *statute.Catalogue, bureau *registry.Bureau) registry.BulletinCase {
	secrets := bureau.SecretsOf(f)
	name := bureau.PublicName(f)
	c := registry.BulletinCase{CaseID: f.Case.ID, Title: name + caption(f, law) + "案"}
	if f.Case.Origin == registry.OriginPublished && f.Case.Summary != "" {
		c.Title, c.Facts, c.Handling = f.Case.Title, f.Case.Summary, f.Case.Handling
	} else {
		c.Facts, c.Handling = composeFacts(f, law, bureau, name), composeHandling(f, law, bureau, name)
	}
	c.Title, c.Facts, c.Handling = secrets.Mask(c.Title), secrets.Mask(c.Facts), secrets.Mask(c.Handling)
	c.Quotes = quotes(f, law)
	c.Path = publicPath(f, secrets)
	c.ShowPath = len(c.Path.Nodes) > 0
	return c
}

func caption(f *registry.CaseFile, law *statute.Catalogue) string {
	if labels := labelsOf(f, law); len(labels) > 0 {
		return labels[0]
	}
	return "环境违法"
}

func labelsOf(f *registry.CaseFile, law *statute.Catalogue) []string {
	var out []string
	for _, v := range f.Violations {
		if t, ok := law.ViolationType(v.TypeCode); ok {
			out = append(out, t.Label)
		}
	}
	return out
}

func composeFacts(f *registry.CaseFile, law *statute.Catalogue, bureau *registry.Bureau, name string) string {
	var b strings.Builder
	when := f.Case.FoundOn.ToMonth().Chinese()
	if when != "" {
		when += "，"
	}
	fmt.Fprintf(&b, "%s%s执法人员对%s进行现场检查时，发现该单位", when, bureau.Handling(f.Case.DistrictCode), name)
	if herd := herdText(f, bureau.RoundHeads); herd != "" {
		b.WriteString(herd + "，")
	}
	labels := labelsOf(f, law)
	if len(labels) == 0 {
		b.WriteString("存在环境违法行为。")
	} else {
		b.WriteString("存在" + strings.Join(labels, "、") + "的违法行为。")
	}
	if p := pathText(f); p != "" {
		b.WriteString("\n现场查明的排放去向为：" + p + "。")
	}
	if s := sampleText(f); s != "" {
		b.WriteString("\n" + s)
	}
	return b.String()
}

func herdText(f *registry.CaseFile, rounded bool) string {
	h, ok := mainHerd(f)
	if !ok || h.Count == nil || h.Species == "" {
		return ""
	}
	if rounded {
		h = h.Rounded()
	}
	what := h.Species
	if registry.Terms(pigStages).Has(h.Stage) {
		what = h.Stage
	}
	switch h.Qualifier {
	case "约":
		return fmt.Sprintf("%s%s约%d%s", h.Basis, what, *h.Count, h.Unit())
	case "余", "多":
		return fmt.Sprintf("%s%s%d%s%s", h.Basis, what, *h.Count, h.Qualifier, h.Unit())
	}
	return fmt.Sprintf("%s%s%d%s", h.Basis, what, *h.Count, h.Unit())
}

// pigStages may replace the species in a sentence; any other stage is free text and stays out.
var pigStages = []string{"母猪", "商品猪", "仔猪"}

// pathText names the path by the dictionary's kinds only: a node's own name is free text.
func pathText(f *registry.CaseFile) string {
	for _, i := range f.Inspections {
		var kinds []string
		for _, n := range i.Path.Nodes {
			k := n.Kind
			if k == "其他" {
				continue // says nothing without the name it stands for
			}
			if n.Lining == "无防渗" {
				k = "无防渗措施的" + k
			}
			if k != "" && (len(kinds) == 0 || kinds[len(kinds)-1] != k) {
				kinds = append(kinds, k)
			}
		}
		if len(kinds) > 1 {
			return strings.Join(kinds, "—")
		}
	}
	return ""
}

// publicPath is the first discharge path of a case's inspections as a bulletin may draw it: kinds of places, linings, and states in the
// words of a table. Names, places on the farm and the receiving water are free text of an own case and stay out; a published source named
// nobody, so what was written after it stays.
func publicPath(f *registry.CaseFile, secrets registry.Secrets) (d registry.DischargePath) {
	i := slices.IndexFunc(f.Inspections, func(x registry.Inspection) bool { return len(x.Path.Nodes) > 1 })
	if i < 0 {
		return d
	}
	told := f.Case.Origin == registry.OriginPublished
	path := f.Inspections[i].Path
	if told {
		d.ReceivingWater = secrets.Mask(path.ReceivingWater)
	}
	for _, n := range path.Nodes {
		node := registry.PathNode{Kind: n.Kind, Name: cmp.Or(n.Kind, "其他"), Lining: n.Lining, State: n.EscapeWord(), After: n.After}
		if told {
			node.Name, node.Place, node.State = secrets.Mask(n.Name), secrets.Mask(n.Place), secrets.Mask(n.State)
		}
		d.Nodes = append(d.Nodes, node)
	}
	return d
}

// PublicPaths are the discharge paths of cases as a bulletin may draw them; a case without one is not among them.
func (s *Service) PublicPaths(ctx context.Context, a registry.Actor, ids []registry.CaseID) (map[registry.CaseID]registry.DischargePath, error) {
	out := map[registry.CaseID]registry.DischargePath{}
	err := s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		files, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		bureau := s.Bureau()
		for _, f := range files {
			if d := publicPath(f, bureau.SecretsOf(f)); len(d.Nodes) > 0 {
				out[f.Case.ID] = d
			}
		}
		return nil
	})
	return out, err
}

func sampleText(f *registry.CaseFile) string {
	var over []string
	for _, s := range f.Samples {
		for _, r := range s.Results {
			if r.Verdict != "超标" || !registry.Pollutants.Has(r.Pollutant) {
				continue
			}
			t := r.Pollutant
			if m, ok := r.Multiple(); ok {
				t += "超标" + m + "倍"
			}
			if !strings.Contains(strings.Join(over, "、"), t) {
				over = append(over, t)
			}
		}
	}
	if len(over) == 0 {
		return ""
	}
	return "经采样监测，超过规定排放限值的项目有：" + strings.Join(over, "、") + "。"
}

func composeHandling(f *registry.CaseFile, law *statute.Catalogue, bureau *registry.Bureau, name string) string {
	var b strings.Builder
	var cited []string
	for _, v := range f.Violations {
		for _, c := range v.Breached() {
			// A law that the catalogue does not know has only the name that somebody typed.
			if name := lawName(law, c.LawID); name != "" && !contains(cited, "《"+name+"》"+c.Provision.String()) {
				cited = append(cited, "《"+name+"》"+c.Provision.String())
			}
		}
	}
	if len(cited) > 0 {
		fmt.Fprintf(&b, "%s的上述行为违反了%s的规定。", name, strings.Join(cited, "、"))
	}
	if steps := stepsText(f); steps != "" {
		fmt.Fprintf(&b, "%s依法%s。", bureau.Handling(f.Case.DistrictCode), steps)
	}
	return b.String()
}

// stepsText tells the documents in their order in the words of the dictionary; numbers, days and people stay out.
func stepsText(f *registry.CaseFile) string {
	var steps []string
	add := func(s string) {
		if !contains(steps, s) {
			steps = append(steps, s)
		}
	}
	for _, d := range f.Documents {
		switch d.Kind {
		case registry.DocOrder:
			switch d.OrderMode {
			case "限期改正":
				add("责令其限期改正违法行为")
			case "立即改正":
				add("责令其立即改正违法行为")
			default:
				add("责令其改正违法行为")
			}
		case registry.DocRecheck:
			if d.Result == "拒不改正" {
				add("经复查发现其拒不改正")
			}
		case registry.DocFiling:
			add("立案查处")
		case registry.DocDecision:
			fines := f.Fines()
			if fines.Known > 0 && fines.Unknown == 0 && fines.Total > 0 {
				add("处罚款" + fines.Total.String() + "元")
			} else {
				add("作出行政处罚")
			}
		case registry.DocDetention:
			// Referred, not detained: only the police decide, and their answer may be missing.
			add("将案件移送公安机关处理")
		case registry.DocReport:
			add("报请有批准权的人民政府责令拆除或者关闭")
		}
	}
	return strings.Join(steps, "，")
}

// quoteOf is a provision as the catalogue holds it today; held is false where it holds none.
func quoteOf(law *statute.Catalogue, lawID, versionID string, p registry.Provision) (q registry.StatuteQuote, held bool) {
	version, ok := law.Version(lawID, versionID)
	if !ok {
		return q, false
	}
	text, holding := version.Text(p)
	if holding != registry.Held {
		return q, false
	}
	return registry.StatuteQuote{Law: lawName(law, lawID), LawID: lawID, VersionID: versionID, VersionName: version.Name, Provision: p, Text: text,
		TextHash: statute.TextHash(text), Checked: version.Checked}, true
}

// lawName is the catalogue's name of a law: what an officer typed instead is free text.
func lawName(law *statute.Catalogue, id string) string {
	l, ok := law.Law(id)
	if !ok {
		return ""
	}
	return l.Name
}

func quotesOf(list []registry.Citation, law *statute.Catalogue) []registry.StatuteQuote {
	var out []registry.StatuteQuote
	seen := map[string]bool{}
	for _, c := range list {
		if q, held := quoteOf(law, c.LawID, c.VersionID, c.Provision); held && !seen[q.Key()] {
			seen[q.Key()] = true
			out = append(out, q)
		}
	}
	return out
}

// quotes are the breached articles as the catalogue holds them for the act: never retyped, and in the order of the publication that a
// case was taken from.
func quotes(f *registry.CaseFile, law *statute.Catalogue) []registry.StatuteQuote {
	var list []registry.Citation
	for _, v := range f.Violations {
		list = append(list, v.Breached()...)
	}
	f.InPrintedOrder(list)
	return quotesOf(list, law)
}

// QuoteChoices lists, for each case, the articles its published copy may quote: those it breached, those it was punished under, and
// those its documents rest on, as far as the catalogue holds them.
func (s *Service) QuoteChoices(ctx context.Context, a registry.Actor, ids []registry.CaseID) (map[registry.CaseID][]registry.StatuteQuote, error) {
	out := map[registry.CaseID][]registry.StatuteQuote{}
	err := s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		files, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		for _, f := range files {
			var list []registry.Citation
			for _, v := range f.Violations {
				list = append(append(list, v.Breached()...), v.Basis()...)
			}
			for _, d := range f.Documents {
				list = append(list, d.Citations...)
			}
			out[f.Case.ID] = quotesOf(list, s.Law())
		}
		return nil
	})
	return out, err
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
