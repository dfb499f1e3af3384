package statute

import (
	"encoding/json"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute/cite"
)

// Condition says to whom or where a reference applies; empty means always.
type Condition string

// The conditions a reference may carry.
const (
	WhenPermitHolder Condition = "permit_holder" // 持排污许可证的排污单位
	WhenInTanjiang   Condition = "tanjiang"      // the place is in the basin that the law is for
)

// Reference points at a provision of a law, of whichever version is in force.
type Reference struct {
	Law   string // full name
	LawID string
	registry.Provision
	When Condition
	// Competing says in Chinese why this liability article stands against another for the same act (竞合): which applies is the
	// officer's decision.
	Competing string
}

// String is the formal citation without a version.
func (r Reference) String() string { return cite.Formal(r.Law, r.Provision) }

// Reference reads one reference as the catalogue's files write it: 水污染防治法第八十三条第（三）项, with or without 《》. It is strict:
// the law must be in the catalogue. Citations in running text are another matter.
func (c *Catalogue) Reference(s string) (Reference, error) {
	name, p, err := cite.Parse(s)
	if err != nil {
		return Reference{}, err
	}
	law, ok := c.LawByName(name)
	if !ok {
		return Reference{}, fmt.Errorf("“%s”：目录里没有这部法律", s)
	}
	return Reference{Law: law.Name, LawID: law.ID, Provision: p}, nil
}

// reference is how the files write a Reference: a string, or an object with its condition.
type reference struct {
	Ref       string    `json:"ref"`
	When      Condition `json:"when"`
	Competing string    `json:"competing"`
}

func (r *reference) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &r.Ref)
	}
	type plain reference
	return strictJSON(b, (*plain)(r))
}

func (c *Catalogue) references(list []reference) ([]Reference, error) {
	var out []Reference
	for _, raw := range list {
		r, err := c.Reference(raw.Ref)
		if err != nil {
			return nil, err
		}
		switch r.When, r.Competing = raw.When, raw.Competing; r.When {
		case "", WhenPermitHolder, WhenInTanjiang:
		default:
			return nil, fmt.Errorf("%s: unknown condition %q", raw.Ref, raw.When)
		}
		if c.BasinOf(r.LawID) != "" {
			r.When = WhenInTanjiang
		}
		out = append(out, r)
	}
	return out, nil
}

// versionsBetween lists the versions that may have been in force within a range of days (an empty bound is open). An undated
// version is never excluded: the choice is a person's.
func (c *Catalogue) versionsBetween(lawID, earliest, latest string) []*Version {
	law, ok := c.byID[lawID]
	if !ok {
		return nil
	}
	var out []*Version
	for _, v := range law.Versions {
		if v.From.IsZero() || overlap(v.From, v.To, earliest, latest) {
			out = append(out, v)
		}
	}
	return out
}
