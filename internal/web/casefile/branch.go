package casefile

import (
	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// branchPanel are the side tracks of a case on its page.
type branchPanel struct {
	Origin registry.Origin
	Rows   []procedure.Branch
	Visits string // where the inspections are shown
	hrefs  documentHrefs
}

// Href leads to a document of the case.
func (p branchPanel) Href(id registry.DocumentID) string { return p.hrefs.of(id) }

func branchesOf(f *registry.CaseFile) branchPanel {
	return branchPanel{Origin: f.Case.Origin, Rows: procedure.Branches(f)}
}
