package view

import (
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// ReferenceLink is a record that an error is about, with its page.
type ReferenceLink struct {
	registry.Reference
	Noun, Href string
}

// pageOf is where a record of a noun is shown. What has no page of its own stands on its case, which is named with it.
var pageOf = map[string]string{"farm": "/farms/%d", "party": "/parties/%d", "inspection": "/inspections/%d", "case": "/cases/%d", "bulletin": "/bulletins/%d",
	"sample": "/samples/%d"}

// partOf is where on the page of a case something stands.
var partOf = map[string]string{"document": "documents", "penalty": "penalties", "payment": "penalties", "sample": "samples"}

// References are the records that an error is about, as links; home is the page of the record that the error was met on.
func References(list []registry.Reference, home string) []ReferenceLink {
	links := make([]ReferenceLink, len(list))
	for i, r := range list {
		noun, _ := registry.NounOf(r.Entity)
		links[i] = ReferenceLink{Reference: r, Noun: noun.Name}
		switch part := partOf[r.Entity]; {
		case part != "" && caseAt(home) != 0:
			links[i].Href = CasePlace(caseAt(home), part)
		case pageOf[r.Entity] != "":
			links[i].Href = fmt.Sprintf(pageOf[r.Entity], r.ID)
		}
	}
	return links
}

// caseAt is the case whose page an address is; 0 where it is another's.
func caseAt(home string) registry.CaseID {
	digits, ok := strings.CutPrefix(home, "/cases/")
	id, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return 0
	}
	return registry.CaseID(id)
}

// VoidedFilter lets a list show what was entered by mistake.
func VoidedFilter() kit.Filter {
	return kit.Filter{Name: "include_voided", Label: "作废的", Blank: "不含作废", Options: []kit.Option{{Value: "true", Label: "含作废"}}}
}
