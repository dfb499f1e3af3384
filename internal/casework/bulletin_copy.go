package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// compose writes a case's first published copy from an allow-list of fields: public name, month, district, species and heads,
// permits, kinds of places on the discharge path, what was over the limit, dictionary names of violations, articles, measures.
// Free text of an own case (findings, facts, notes) never goes in: it may name anybody. A case taken from a published source
// keeps the text we wrote from that source, which named nobody.
func compose(f *registry.CaseFile, law *statute.Catalogue, bureau *registry.Bureau) registry.BulletinCase {
	secrets := bureau.SecretsOf(f).Masker()
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
	c.Drafted = draftedOf(&c)
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
	if p := permitText(f); p != "" {
		b.WriteString("\n" + p)
	}
	if p := pathText(f); p != "" {
		b.WriteString("\n现场查明的排放去向为：" + p + "。")
	}
	if s := sampleText(f); s != "" {
		b.WriteString("\n" + s)
	}
	return b.String()
}

// permitText tells which approvals the farm has and which it lacks, in the words of the dictionary; nothing where none is known.
func permitText(f *registry.CaseFile) string {
	if f.Farm == nil {
		return ""
	}
	var has, lacks []string
	for _, a := range []struct {
		approval registry.Approval
		what     string
	}{{f.Farm.EIA, "环境影响评价"}, {f.Farm.Acceptance, "环境保护设施验收"}, {f.Farm.Permit, "排污许可"}} {
		switch a.approval.State {
		case "已办理":
			has = append(has, a.what)
		case "未办理":
			lacks = append(lacks, a.what)
		}
	}
	var said []string
	if len(has) > 0 {
		said = append(said, "已办理"+strings.Join(has, "、")+"手续")
	}
	if len(lacks) > 0 {
		said = append(said, "未办理"+strings.Join(lacks, "、")+"手续")
	}
	if said == nil {
		return ""
	}
	return "经查，该单位" + strings.Join(said, "，") + "。"
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
func publicPath(f *registry.CaseFile, secrets registry.Masker) (d registry.DischargePath) {
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
			node.Name, node.Place, node.State = secrets.Mask(n.Name), maskedWords(secrets, n.Place), maskedWords(secrets, n.State)
		}
		d.Nodes = append(d.Nodes, node)
	}
	return d
}

// maskedWords are words behind the mask; nothing where it leaves none: “某” alone tells nobody where.
func maskedWords(secrets registry.Masker, s string) string {
	if s = secrets.Mask(s); s == "某" {
		return ""
	}
	return s
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
	for i := range f.Documents {
		if s := stepText(f, &f.Documents[i]); s != "" && !contains(steps, s) {
			steps = append(steps, s)
		}
	}
	return strings.Join(steps, "，")
}

// plainSteps are the kinds of documents that a bulletin tells in the same words whatever they say.
var plainSteps = map[registry.DocKind]string{
	registry.DocFiling: "立案查处", registry.DocSeizure: "查封（扣押）有关设施设备", registry.DocRestrict: "责令其限制生产", registry.DocSuspend: "责令其停产整治",
	registry.DocDailyPenalty: "实施按日连续处罚",
	// Referred, not detained: only the police decide, and their answer may be missing.
	registry.DocDetention: "将案件移送公安机关处理", registry.DocCrime: "将涉嫌犯罪线索移送司法机关",
	registry.DocReport: "报请有批准权的人民政府责令拆除或者关闭", registry.DocEnforcement: "申请人民法院强制执行",
	registry.DocDamageAgreement: "与其达成生态环境损害赔偿协议",
}

func stepText(f *registry.CaseFile, d *registry.Document) string {
	switch d.Kind {
	case registry.DocOrder:
		return orderText(d)
	case registry.DocRecheck:
		return map[string]string{"拒不改正": "经复查发现其拒不改正", "已改正": "经复查，违法行为已改正", "部分改正": "经复查，违法行为部分改正", "未改正": "经复查，违法行为未改正"}[d.Result]
	case registry.DocDecision:
		return decisionText(f)
	case registry.DocReconsideration:
		return map[string]string{"维持": "行政复议维持处罚决定", "已受理": "行政复议正在审理", "变更": "行政复议变更处罚决定"}[d.Result]
	case registry.DocSuit:
		return map[string]string{"维持": "人民法院判决维持处罚决定", "已受理": "行政诉讼正在审理", "变更": "人民法院判决变更处罚决定"}[d.Result]
	}
	return plainSteps[d.Kind]
}

// orderText tells an order with its term in days, where both days are known: no day is published.
func orderText(d *registry.Document) string {
	switch d.OrderMode {
	case "限期改正":
		from, known := d.MadeOn.Time()
		to, due := d.DueOn.Time()
		if n := int(to.Sub(from).Hours() / 24); known && due && n > 0 {
			return fmt.Sprintf("责令其在%d日内改正违法行为", n)
		}
		return "责令其限期改正违法行为"
	case "立即改正":
		return "责令其立即改正违法行为"
	}
	return "责令其改正违法行为"
}

// decisionText tells what was imposed and is in force; an amount is told only where all amounts are known.
func decisionText(f *registry.CaseFile) string {
	var imposed []string
	if m := f.Fines(); m.Known > 0 && m.Unknown == 0 && m.Total > 0 {
		imposed = append(imposed, "处罚款"+m.Total.String()+"元")
	}
	if m := f.Confiscated(); m.Known > 0 && m.Unknown == 0 && m.Total > 0 {
		imposed = append(imposed, "没收违法所得、非法财物"+m.Total.String()+"元")
	}
	if imposed == nil {
		return "作出行政处罚"
	}
	return strings.Join(imposed, "，")
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

// quotable are the articles that a case's published copy may quote: those it breached, those it was punished under, and those its documents
// rest on, as far as the catalogue holds them.
func quotable(f *registry.CaseFile, law *statute.Catalogue) []registry.StatuteQuote {
	var list []registry.Citation
	for _, v := range f.Violations {
		list = append(append(list, v.Breached()...), v.Basis()...)
	}
	for _, d := range f.Documents {
		list = append(list, d.Citations...)
	}
	return quotesOf(list, law)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
