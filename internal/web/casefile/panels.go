package casefile

import (
	"strings"

	"casebook/internal/casework"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// panelReads are what each panel of a case's page reads beside the file.
var panelReads = map[string]casework.CaseReads{
	"":          {Sheets: true, Bulletins: true, Zones: true},
	"law":       {Texts: true, Sheets: true, Related: true},
	"evidence":  {Files: true},
	"documents": {Texts: true},
	"money":     {},
	"checks":    {},
	"history":   {History: casework.WholeCase.History},
}

// panelTab is a panel in the row that leads to each.
type panelTab struct {
	Title, Href string
	Holds       string // the places on it, for links that name no panel
	Current     bool
	Count       int
	Bad         bool // the count is of what a file review would find
}

// panelTabs is the row of panels, with how much is on each.
func panelTabs(p *casePage) []panelTab {
	f := &p.CaseFile
	count := map[string]int{"law": len(f.Violations), "evidence": len(f.Exhibits()), "documents": len(f.Documents), "money": len(f.Penalties)}
	list := make([]panelTab, len(view.CasePanels))
	for i, x := range view.CasePanels {
		list[i] = panelTab{Title: x.Title, Href: x.Href(f.Case.ID), Holds: strings.Join(x.Holds, " "), Current: x.Key == p.Panel, Count: count[x.Key]}
		if x.Key == "checks" && !f.Case.IsVoid() {
			list[i].Count, list[i].Bad = p.Procedure.Found, p.Procedure.Found > 0
		}
	}
	return list
}

// NextTab is the panel after the one that is shown; nil after the last.
func (p casePage) NextTab() *panelTab {
	for i := range p.Tabs[:len(p.Tabs)-1] {
		if p.Tabs[i].Current {
			return &p.Tabs[i+1]
		}
	}
	return nil
}

// nextStep is what the head of a case names as next.
type nextStep struct{ Label, Href string }

// NextStep is the first of the steps that usually come next; nil where none does, or nobody may take it.
func (p casePage) NextStep() *nextStep {
	x, at := p.Procedure, "/cases/"+kit.Itoa(int64(p.Case.ID))
	switch {
	case !p.Editable:
		return nil
	case x.NoViolation:
		return &nextStep{"违法行为", at + "/violations/new"}
	case x.NoFine:
		return &nextStep{"处罚金额", at + "/penalties/new"}
	case len(x.Steps) > 0:
		return &nextStep{x.Steps[0].Kind, x.Steps[0].Href}
	}
	return nil
}

// PartyNames are the parties in the head: the first, and how many more.
func (p casePage) PartyNames() (name string) {
	if len(p.Parties) == 0 {
		return ""
	}
	name = p.Parties[0].NameAtAct
	if n := len(p.Parties) - 1; n > 0 {
		name += "等 " + kit.Itoa(int64(n+1)) + " 个"
	}
	return name
}

// Place is the address of a place on the case, within the page where it stands there.
func (p casePage) Place(place string) string {
	if view.PanelOf(place).Key == p.Panel {
		return "#" + place
	}
	return view.CasePlace(p.Case.ID, place)
}
