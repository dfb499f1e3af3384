package lists

import (
	"cmp"
	"net/url"
	"strings"
	"unicode/utf8"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// fewFound is how many of a kind the page of results shows; the list behind it has the others.
const fewFound = 5

// mostAsked is how many characters of what was typed are looked for.
const mostAsked = 60

type searchPage struct {
	kit.Layout
	Q      string
	Short  bool // one character finds too much to look at
	Groups []foundGroup
}

func (searchPage) Template() string { return "lists/search" }

// foundGroup is what was found of a kind.
type foundGroup struct {
	Label string
	Icon  string
	Lines []foundLine
	More  string // the address of the list that has the others; empty: these are all
}

type foundLine struct {
	Href  string
	Label string
	Badge kit.HTML // the stage, the state
	Hint  string
	Quote []view.Segment // of an article
	Found []casework.Find
}

// search is what the box finds, a few of each kind. An empty question is the box by itself, as a phone without a script may open it.
func (s area) search(r *kit.Request) error {
	q := registry.CleanText(r.QueryParam("q"))
	if runes := []rune(q); len(runes) > mostAsked {
		q = string(runes[:mostAsked])
	}
	p := searchPage{Layout: r.Layout("搜索"), Q: q}
	p.SearchedFor = q
	switch {
	case q == "":
		return r.Page(p)
	case utf8.RuneCountInString(q) < 2:
		p.Short = true
		return r.Page(p)
	}
	f, err := s.Service.Find(r.Ctx(), r.Actor, q, fewFound)
	if err != nil {
		return err
	}
	p.add("编号、文号", "key", numbered(f.Numbered), "")
	p.add("案件", "case", s.cases(f.Cases.Rows), more("/cases", q, f.Cases.More))
	p.add("养殖场", "farm", s.farms(f.Farms.Rows), more("/farms", q, f.Farms.More))
	p.add("当事人", "party", parties(f.Parties.Rows), more("/parties", q, f.Parties.More))
	p.add("现场检查", "inspection", s.inspections(f.Inspections.Rows), more("/inspections", q, f.Inspections.More))
	law, others := s.articles(q, r.Today())
	p.add("法条", "statute", law, more("/statutes", q, others))
	p.add("违法行为", "gavel", s.types(q), "")
	p.add("通报", "bulletin", bulletins(f.Bulletins), "")
	return r.Page(p)
}

func (p *searchPage) add(label, icon string, lines []foundLine, more string) {
	if len(lines) > 0 {
		p.Groups = append(p.Groups, foundGroup{label, icon, lines, more})
	}
}

// more is the address of a list with the same words, where it has others than are shown.
func more(path, q string, others bool) string {
	if !others {
		return ""
	}
	return path + "?" + url.Values{"q": {q}}.Encode()
}

func at(path string, id int64) string { return path + "/" + kit.Itoa(id) }

// joined puts what is known of a record in one line.
func joined(parts ...string) string {
	known := parts[:0]
	for _, x := range parts {
		if x != "" {
			known = append(known, x)
		}
	}
	return strings.Join(known, "　")
}

func numbered(list []casework.NumberedRecord) (lines []foundLine) {
	for _, x := range list {
		line := foundLine{Label: x.Title}
		switch x.Entity {
		case "case":
			line.Href, line.Hint = at("/cases", x.ID), "案件编号"
		case "document":
			line.Href, line.Hint = at("/cases", int64(x.Case)), "文号"
		case "inspection":
			line.Href, line.Hint = at("/inspections", x.ID), "检查编号"
		}
		lines = append(lines, line)
	}
	return lines
}

func (s area) cases(rows []casework.CaseRow) (lines []foundLine) {
	for _, x := range rows {
		lines = append(lines, foundLine{Href: at("/cases", int64(x.ID)), Label: x.Title, Badge: view.Stage(x.Stage), Found: x.FoundBy,
			Hint: joined(s.Service.Bureau().DistrictName(x.DistrictCode), x.FoundOn.String(), x.Number)})
	}
	return lines
}

func (s area) farms(rows []casework.FarmRow) (lines []foundLine) {
	for _, x := range rows {
		lines = append(lines, foundLine{Href: at("/farms", int64(x.ID)), Label: x.Name, Found: x.FoundBy,
			Hint: joined(s.Service.Bureau().DistrictName(x.DistrictCode), x.Town, x.Operator)})
	}
	return lines
}

// unknownKind is a party of which nobody knows what it is: no hint.
const unknownKind = "未知"

func parties(rows []casework.PartyRow) (lines []foundLine) {
	for _, x := range rows {
		hint := x.CreditCode
		if x.Kind != unknownKind {
			hint = joined(x.Kind, hint)
		}
		if len(x.FormerNames) > 0 {
			hint = joined(hint, "曾用名 "+strings.Join(x.FormerNames, "、"))
		}
		lines = append(lines, foundLine{Href: at("/parties", int64(x.ID)), Label: x.Name, Hint: hint, Found: x.FoundBy})
	}
	return lines
}

func (s area) inspections(rows []casework.InspectionRow) (lines []foundLine) {
	for _, x := range rows {
		lines = append(lines, foundLine{Href: at("/inspections", int64(x.ID)), Label: x.FarmName + " " + cmp.Or(x.Kind, "现场检查"), Found: x.FoundBy,
			Hint: joined(x.StartedOn.String(), s.Service.Bureau().DistrictName(x.DistrictCode), x.Number)})
	}
	return lines
}

// articles are the provision that was typed as one, the laws of that name, and the articles in force today with the words; others tells that there are more.
func (s area) articles(q string, today registry.Date) (lines []foundLine, others bool) {
	c := s.Service.Law()
	if ref, err := c.Reference(q); err == nil {
		for _, l := range view.EveryVersion(c, ref) {
			lines = append(lines, foundLine{Href: l.Href, Label: l.Label, Hint: l.Missing})
		}
	}
	words := strings.Fields(q)
	for _, law := range c.Laws() {
		if law.Named(words) {
			lines = append(lines, foundLine{Href: "/statutes/" + law.ID, Label: "《" + law.ShortName + "》", Hint: law.Level})
		}
	}
	for _, law := range c.Laws() {
		for _, v := range c.InForce(law.ID, today) {
			for a, k := range v.Having(words) {
				if len(lines) >= fewFound {
					return lines[:fewFound], true
				}
				p := a.Place(k)
				lines = append(lines, foundLine{Href: view.VersionHref(v) + "#" + p.Key(), Label: law.ShortName + p.String(), Quote: view.Snippet(a.Paragraphs[k].FullText(), words)})
			}
		}
	}
	return lines, false
}

func (s area) types(q string) (lines []foundLine) {
	for _, t := range s.Service.Law().ViolationTypes() {
		if !t.Found(q) {
			continue
		}
		if len(lines) == fewFound {
			break
		}
		lines = append(lines, foundLine{Href: view.ViolationHref(t), Label: t.Label, Hint: said(t, q)})
	}
	return lines
}

func said(t *statute.ViolationType, q string) string {
	if words := t.Said(q); len(words) > 0 {
		return "常用说法：" + strings.Join(words, "、")
	}
	return ""
}

func bulletins(list []casework.BulletinTitle) (lines []foundLine) {
	for _, x := range list {
		lines = append(lines, foundLine{Href: at("/bulletins", int64(x.ID)), Label: x.Title, Hint: string(x.State)})
	}
	return lines
}
