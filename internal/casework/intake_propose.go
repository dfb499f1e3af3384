package casework

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/diff"
)

// propose is what a person would accept of a draft: the register's own words for what the text says, and nothing that it does not
// say. What takes judgement (which violation type an article that several share stands for) stays empty.
func propose(law *statute.Catalogue, districts []registry.District, organs []registry.Organ, text []rune, d *intake.Draft) AcceptedDraft {
	x := AcceptedDraft{Start: d.Start, End: d.End, Title: d.Title, PrintedTitle: d.Title, Authority: d.Authority, FoundOn: d.FoundOn, Party: d.Party, PartyKind: partyKind(d.Party),
		Narrative: d.Narrative, Handling: d.Handling, Fine: d.Fine}
	if x.Title == "" && x.Party != "" {
		x.Title = x.Party + "环境违法案"
	}
	for _, k := range districts {
		if name := registry.Fold(d.District); name != "" && (name == registry.Fold(k.Name) || name == registry.Fold(k.Short)) {
			x.DistrictCode = k.Code
		}
	}
	x.HandlingOrganID = organNamed(organs, d.Authority)
	x.Herd = registry.Herd{Species: speciesOf(d.Species), Count: d.HeadCount, Qualifier: qualifier(text, d)}
	x.Violations = actsOf(law, d)
	for _, p := range d.Violated {
		x.Violated = append(x.Violated, registry.Citation{Law: p.Law, LawID: p.LawID, Provision: p.Provision})
	}
	x.Documents = stepsOf(d)
	x.Notes = remarksOn(d.Quotes)
	return x
}

// partyKind is the form that a published name shows. An individual business often shows none.
func partyKind(name string) string {
	switch {
	case name == "":
		return ""
	case strings.HasSuffix(name, "公司"):
		return "公司"
	case strings.Contains(name, "合作社"):
		return "农民专业合作社"
	case strings.HasSuffix(name, "家庭农场"):
		return "家庭农场"
	case person.MatchString(name):
		return "自然人"
	}
	return "未知"
}

var person = regexp.MustCompile(`^\p{Han}某{1,2}\p{Han}?$`)

// organNamed finds the branch that the text names: 市生态环境局恩平分局 holds 恩平分局.
func organNamed(organs []registry.Organ, words string) registry.OrganID {
	for _, o := range organs {
		if o.Active && o.Kind == "分局" && o.ShortName != "" && strings.Contains(registry.Fold(words), registry.Fold(o.ShortName)) {
			return o.ID
		}
	}
	return 0
}

// speciesOf is the register's word for a species. 牛 and 鸡 may be either of two and stay open.
func speciesOf(s string) string {
	if s == "猪" {
		return "生猪"
	}
	if registry.Species.Has(s) {
		return s
	}
	return ""
}

// qualifier is the 余, 多 or 约 beside the head count.
func qualifier(text []rune, d *intake.Draft) string {
	for _, m := range d.Marks {
		if m.Field != "head_count" || m.Start < 0 || m.End > len(text) || m.Start > m.End {
			continue
		}
		for _, q := range registry.Qualifiers {
			if strings.Contains(string(text[max(m.Start-1, 0):min(m.End+1, len(text))]), q) {
				return q
			}
		}
	}
	return ""
}

// TypeMatch is a violation type that has a cited article among its own.
type TypeMatch struct {
	Type  *statute.ViolationType
	Score int
}

// TypesCiting lists the violation types that the cited articles point at, best first: the breached articles count, most where the
// paragraph fits too; the basis of the penalty tells apart what the breached ones leave open. A person chooses.
func TypesCiting(law *statute.Catalogue, cited []registry.Citation, on registry.Date) []TypeMatch {
	var list []TypeMatch
	for _, t := range law.ViolationTypes() {
		acts, bases := 0, 0
		for _, c := range cited {
			if c.Role == registry.RoleBasis {
				bases += min(fit(t, c, on, liability), 1)
			} else {
				acts += fit(t, c, on, breached)
			}
		}
		if acts > 0 {
			list = append(list, TypeMatch{t, 10*acts + bases})
		}
	}
	slices.SortStableFunc(list, func(a, b TypeMatch) int { return cmp.Compare(b.Score, a.Score) })
	return list
}

// fit is how well a citation meets a type's references on a date: 2 the same place, 1 the same article named more or less closely.
func fit(t *statute.ViolationType, c registry.Citation, on registry.Date, of func(*statute.Regime) []statute.Reference) int {
	best := 0
	for i := range t.Regimes {
		r := &t.Regimes[i]
		for _, ref := range of(r) {
			if ref.LawID != c.LawID || c.LawID == "" || ref.Article != c.Article || ref.Sub != c.Sub || on.Before(r.From) || r.To.Before(on) {
				continue
			}
			switch {
			case ref.Provision == c.Provision:
				best = 2
			case agree(ref.Paragraph, c.Paragraph) && agree(ref.Item, c.Item):
				best = max(best, 1)
			}
		}
	}
	return best
}

// agree: a part that one of the two does not name is no difference.
func agree(a, b int) bool { return a == b || a == 0 || b == 0 }

// actsOf makes one act of the articles that stand for the same violation type, and one of each article that may stand for several: the
// person joins what belongs together. Where the type is not settled the text's own account are the facts.
func actsOf(law *statute.Catalogue, d *intake.Draft) []AcceptedViolation {
	var acts []AcceptedViolation
	types := make([][]TypeMatch, len(d.Violated))
	cited := make([]registry.Citation, len(d.Violated))
	for i, p := range d.Violated {
		cited[i] = registry.Citation{Role: registry.RoleBreached, Law: p.Law, LawID: p.LawID, Provision: p.Provision}
		types[i] = TypesCiting(law, cited[i:i+1], d.FoundOn)
	}
	actOf := func(code string) int {
		return slices.IndexFunc(acts, func(v AcceptedViolation) bool { return v.TypeCode == code })
	}
	add := func(at int, code string, c registry.Citation) {
		if at < 0 {
			acts, at = append(acts, AcceptedViolation{TypeCode: code}), len(acts)
		}
		acts[at].Citations = append(acts[at].Citations, c)
	}
	for i, c := range cited {
		if len(types[i]) == 1 {
			add(actOf(types[i][0].Type.Code), types[i][0].Type.Code, c)
		}
	}
	for i, c := range cited {
		if len(types[i]) < 2 {
			continue
		}
		at := slices.IndexFunc(acts, func(v AcceptedViolation) bool {
			return v.TypeCode != "" && slices.ContainsFunc(types[i], func(m TypeMatch) bool { return m.Type.Code == v.TypeCode })
		})
		add(at, "", c)
	}
	for i, c := range cited {
		if len(types[i]) == 0 {
			add(actOf(""), "", c)
		}
	}
	for _, p := range d.Basis {
		c := registry.Citation{Role: registry.RoleBasis, Law: p.Law, LawID: p.LawID, Provision: p.Provision}
		at := slices.IndexFunc(acts, func(v AcceptedViolation) bool { return punishes(law, c, v, d.FoundOn) })
		if at < 0 && len(acts) > 0 {
			at = 0
		}
		add(at, "", c)
	}
	for i := range acts {
		if acts[i].TypeCode == "" {
			acts[i].Facts = d.Narrative
		}
	}
	if len(acts) == 0 {
		acts = []AcceptedViolation{{Facts: d.Narrative}}
	}
	return acts
}

// punishes reports whether a basis is among the liability articles of an act's type, or of the types that its articles may stand for.
func punishes(law *statute.Catalogue, basis registry.Citation, v AcceptedViolation, on registry.Date) bool {
	return slices.ContainsFunc(TypesCiting(law, v.Citations, on), func(m TypeMatch) bool {
		return (v.TypeCode == "" || v.TypeCode == m.Type.Code) && fit(m.Type, basis, on, liability) > 0
	})
}

func breached(r *statute.Regime) []statute.Reference  { return r.Breached }
func liability(r *statute.Regime) []statute.Reference { return r.Liability }

// Versions is a citation in each version of its law that may have applied on a date and has the provision: one where it names its
// version or the date decides, the last where the law had been repealed by then. It comes back as it is where the catalogue has no such law or
// version.
func Versions(law *statute.Catalogue, c registry.Citation, on registry.Date) []registry.Citation {
	if _, named := law.Version(c.LawID, c.VersionID); named {
		return []registry.Citation{c}
	}
	var list []registry.Citation
	in := law.InForce(c.LawID, on)
	if v, _, _, outside := law.OutsideForce(c.LawID, on); outside {
		in = []*statute.Version{v}
	}
	for _, v := range in {
		if _, holding := v.Text(c.Provision); holding == registry.Absent && len(in) > 1 {
			continue
		}
		x := c
		x.VersionID = v.ID
		list = append(list, x)
	}
	if len(list) == 0 {
		return []registry.Citation{c}
	}
	return list
}

// step is a document or act of the procedure and the words by which a text tells it. A text that says why not is left alone.
type step struct {
	kind registry.DocKind
	says *regexp.Regexp
	but  *regexp.Regexp // of the clause: it says something else
}

var steps = []step{
	{registry.DocOrder, regexp.MustCompile(`责令[^，。；]{0,24}(?:改正|整改|治理|停止违法行为|停止排放|消除污染)|责改`), nil},
	{registry.DocNotFiled, regexp.MustCompile(`不予立案`), nil},
	{registry.DocFiling, regexp.MustCompile(`立案`), regexp.MustCompile(`不予立案|立案侦查|公安[^，。；]*立案|结案`)},
	{registry.DocSeizure, regexp.MustCompile(`查封|扣押`), regexp.MustCompile(`解除|未`)},
	{registry.DocNotice, regexp.MustCompile(`(?:事先|听证)[^，。；]{0,8}告知|拟(?:作出|处|对|给予)[^，。；]{0,24}(?:处罚|罚款)`), nil},
	{registry.DocDecision, regexp.MustCompile(`行政处罚决定|(?:作出|给予|予以|实施|进行|下达)[^，。；]{0,16}处罚|处(?:以|予)?[^，。；]{0,20}罚款|罚款[^，。；]{0,10}元|依法处罚|立案处罚`),
		regexp.MustCompile(`拟|不予|免予|免于|告知|可以|应当|由[^，。；]*主管部门|以上[^，。；]*以下`)},
	{registry.DocNoPenalty, regexp.MustCompile(`(?:不予|免予|免于)(?:行政)?处罚`), nil},
	{registry.DocDailyPenalty, regexp.MustCompile(`按日(?:连续|计)`), regexp.MustCompile(`可以|应当`)},
	{registry.DocCrime, regexp.MustCompile(`移送[^。；]*(?:犯罪|刑事)|(?:犯罪|刑事责任)[^。；]*移送`), nil},
	{registry.DocDetention, regexp.MustCompile(`移送[^。；]*(?:公安|拘留)`), regexp.MustCompile(`犯罪|刑事`)},
	{registry.DocReport, regexp.MustCompile(`报[^，。；]{0,14}政府[^。；]*(?:拆除|关闭|关停)|报请[^，。；]{0,14}政府`), nil},
	{registry.DocDamageTalks, regexp.MustCompile(`损害(?:赔偿)?磋商|损害赔偿`), nil},
	{registry.DocRepairPlan, regexp.MustCompile(`修复方案`), nil},
	{registry.DocRepair, regexp.MustCompile(`(?:开展|着手|实施|启动|完成)[^，。；]{0,10}修复(?:工作|工程|。|$)`), nil},
	{registry.DocRecheck, regexp.MustCompile(`复查|复核检查|后督察`), nil},
	{registry.DocEnforcement, regexp.MustCompile(`申请[^，。；]{0,14}强制执行`), nil},
	{registry.DocClosing, regexp.MustCompile(`结案`), nil},
}

// clauses end at a full stop or semicolon; a comma joins what is said of one step.
var clauseEnd = regexp.MustCompile(`[。；;\n]`)

// stepsOf lists the steps that the text tells of how the case was handled, one of a kind, in its order.
func stepsOf(d *intake.Draft) []registry.Document {
	said := d.Handling
	if said == "" {
		said = strings.Join(d.Measures, "。")
	}
	var list []registry.Document
	for _, sentence := range clauseEnd.Split(said, -1) {
		type place struct {
			at int
			x  registry.Document
		}
		var here []place
		for _, s := range steps {
			at := s.says.FindStringIndex(sentence)
			if at == nil || s.but != nil && s.but.MatchString(partOf(sentence, at)) ||
				slices.ContainsFunc(list, func(x registry.Document) bool { return x.Kind == s.kind }) {
				continue
			}
			here = append(here, place{at[0], document(s.kind, strings.TrimSpace(sentence))})
		}
		slices.SortStableFunc(here, func(a, b place) int { return cmp.Compare(a.at, b.at) })
		for _, p := range here {
			list = append(list, p.x)
		}
	}
	return list
}

// partOf is the part between commas that holds a place of a sentence.
func partOf(sentence string, at []int) string {
	from, to := 0, len(sentence)
	if i := strings.LastIndex(sentence[:at[0]], "，"); i >= 0 {
		from = i
	}
	if i := strings.Index(sentence[at[1]:], "，"); i >= 0 {
		to = at[1] + i
	}
	return sentence[from:to]
}

func document(kind registry.DocKind, words string) registry.Document {
	x := registry.Document{Kind: kind, Content: words + "。"}
	switch {
	case kind == registry.DocOrder && strings.Contains(words, "立即"):
		x.OrderMode = "立即改正"
	case kind == registry.DocOrder && strings.Contains(words, "限期"):
		x.OrderMode = "限期改正"
	case kind == registry.DocRecheck && strings.Contains(words, "拒不"):
		x.Result = "拒不改正"
	case kind == registry.DocDetention || kind == registry.DocCrime:
		x.OrganName = string(registry.DeciderPolice)
	}
	return x
}

// remarksOn makes a remark of each quotation that differs from the held text.
func remarksOn(quotes []intake.Quote) []registry.ReviewNote {
	var list []registry.ReviewNote
	for _, q := range quotes {
		if q.Matches == nil || *q.Matches {
			continue
		}
		n := registry.ReviewNote{About: q.Citation + "引文", Kind: "文字", Severity: "轻微", Note: q.Difference}
		n.Printed, n.Official = around(q.Edits)
		if n.Printed == "" && n.Official == "" {
			n.Printed = clipText(q.Text, 400)
		}
		if len(q.Edits) > 0 && !slices.ContainsFunc(q.Edits, func(e diff.Edit) bool { return e.Op != diff.Same && (wordy(e.A) || wordy(e.B)) }) {
			n.Kind = "标点"
		}
		list = append(list, n)
	}
	return list
}

func wordy(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// around shows each differing place with a few characters of what is equal on both sides.
func around(edits []diff.Edit) (printed, official string) {
	const near = 6
	var a, b []string
	for i, e := range edits {
		if e.Op == diff.Same {
			continue
		}
		before, after := "", ""
		if i > 0 {
			r := []rune(edits[i-1].A)
			before = string(r[max(0, len(r)-near):])
		}
		if i+1 < len(edits) {
			after = clipText(edits[i+1].A, near)
		}
		a, b = append(a, before+e.A+after), append(b, before+e.B+after)
	}
	return clipText(strings.Join(b, "……"), 1900), clipText(strings.Join(a, "……"), 1900)
}

func clipText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
