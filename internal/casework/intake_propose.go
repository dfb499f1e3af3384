package casework

import (
	"slices"
	"strings"
	"unicode"

	"casebook/internal/intake"
	"casebook/internal/intake/facts"
	"casebook/internal/lazyregexp"
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
	x.Herd = registry.Herd{Species: speciesOf(d.Species), Count: d.HeadCount, Qualifier: qualifier(text, d), Stage: stageOf(text, d)}
	x.Facts = facts.Read(facts.Case{Narrative: d.Narrative, Handling: d.Handling, FoundOn: d.FoundOn})
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

var person = lazyregexp.New(`^\p{Han}某{1,2}\p{Han}?$`)

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

// stages are words for animals of an age or a use, as a count names them.
var stages = lazyregexp.New(`母猪|仔猪|种猪|保育猪|育肥猪|商品猪|后备猪|犊牛|母牛|种鸡|雏鸡|青年鸡`)

// stageOf is the stage of the animals that were counted; empty where the count is of all.
func stageOf(text []rune, d *intake.Draft) string {
	for _, m := range d.Marks {
		if m.Field == "head_count" && m.Start >= 0 && m.End <= len(text) && m.Start < m.End {
			if found := stages.FindAllString(string(text[m.Start:m.End]), -1); len(found) == 1 {
				return found[0]
			}
		}
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
