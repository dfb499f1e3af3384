package view

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// CasePanel is one panel of the page of a case: one is shown at a time, each at an address of its own.
type CasePanel struct {
	Key, Title string   // Key is empty for the first, which the bare address shows
	Holds      []string // the places on it: documents, and document-7 for any number
}

// CasePanels are the panels of a case's page, in their order.
var CasePanels = []CasePanel{
	{"", "概况", []string{"facts", "zones", "number", "next", "timeline"}},
	{"law", "违法与法条", []string{"violations", "violation", "discretion", "repeats"}},
	{"evidence", "证据", []string{"elements", "element", "evidence", "exhibit", "samples", "attachments"}},
	{"documents", "文书", []string{"documents", "document", "branches"}},
	{"money", "款项", []string{"penalties", "penalty", "payments"}},
	{"checks", "检查与期限", []string{"clocks", "checks", "findings"}},
	{"history", "历史", []string{"reviews", "history"}},
}

// PanelOf is the panel of a case's page on which a place is.
func PanelOf(place string) CasePanel {
	name, _, _ := strings.Cut(place, "-")
	for _, p := range CasePanels {
		for _, h := range p.Holds {
			if h == name {
				return p
			}
		}
	}
	return CasePanels[0]
}

// Href is the address of a panel of a case.
func (p CasePanel) Href(id registry.CaseID) string {
	if p.Key == "" {
		return fmt.Sprintf("/cases/%d", id)
	}
	return fmt.Sprintf("/cases/%d?panel=%s", id, p.Key)
}

// CasePlace is the address of a place on the page of a case: /cases/7?panel=documents#document-12.
func CasePlace(id registry.CaseID, place string) string { return PanelOf(place).Href(id) + "#" + place }
