package casefile

import (
	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// branchPanel are the side tracks of a case on its page.
type branchPanel struct {
	Origin registry.Origin
	Rows   []procedure.Branch
}

func branchesOf(f *registry.CaseFile) branchPanel {
	return branchPanel{f.Case.Origin, procedure.Branches(f)}
}
