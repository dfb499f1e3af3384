package report

import (
	"slices"
	"strings"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// caseView is one case while its rows are made: what several columns ask, found once.
type caseView struct {
	n        int
	f        *registry.CaseFile
	o        *LedgerOptions
	unknown  string // the origin's word: 未公布 or 未填
	month    string // YYYY-MM by the basis, or MonthUnknown
	district string

	documents  map[registry.DocKind]*registry.Document // the last of each kind
	current    []*registry.Penalty                     // penalties that count
	annulled   map[*registry.Penalty]bool              // and those that a change put others in the place of
	charges    map[*registry.Penalty]*registry.Charge
	branches   []procedure.Branch
	fines      registry.Sum
	taken      registry.Sum // 没收
	inspection *registry.Inspection
}

func newCaseView(n int, f *registry.CaseFile, o *LedgerOptions) *caseView {
	c := &caseView{n: n, f: f, o: o, unknown: f.Case.Origin.Unknown(), documents: make(map[registry.DocKind]*registry.Document, len(f.Documents))}
	for i := range f.Documents {
		c.documents[f.Documents[i].Kind] = &f.Documents[i]
	}
	c.branches = procedure.Branches(f)
	charges := f.Charges(registry.Date{})
	c.annulled = map[*registry.Penalty]bool{}
	c.charges = make(map[*registry.Penalty]*registry.Charge, len(charges))
	for i := range charges {
		x := &charges[i]
		c.charges[x.Penalty] = x
		if !x.InForce() {
			c.annulled[x.Penalty] = true
			continue
		}
		c.current = append(c.current, x.Penalty)
		switch class(x.Penalty.Kind) {
		case classFine:
			c.fines.Add(x.Due)
		case classTaken:
			c.taken.Add(x.Due)
		}
	}
	if len(f.Inspections) > 0 {
		c.inspection = &f.Inspections[0]
	}
	c.month = monthOf(f.CountedOn(o.Basis, o.From, o.To))
	c.district = o.Labels.district(f.Case.DistrictCode)
	if c.district == "" {
		c.district = districtUnknown
	}
	return c
}

const districtUnknown = "辖区未填"

// basisDate is the date by which a case is put into a month, whatever the span.
func basisDate(f *registry.CaseFile, b Basis) registry.Date {
	return f.CountedOn(b, registry.Date{}, registry.Date{})
}

func monthOf(d registry.Date) string {
	if d.Precision() < registry.PrecisionMonth {
		return MonthUnknown
	}
	return d.ToMonth().String()
}

// Classes of a row of 处罚与措施: what its amount is added to. Formulas in the workbook ask for these words.
const (
	classFine     = "罚款"
	classTaken    = "没收"
	classOther    = "其他处罚"   // no money: 警告, 责令停产停业 …
	classAnnulled = "已撤销或变更" // kept in sight, in no total
)

// class says what a penalty's amount counts as. 种类未公布 stands with the fines: of "作出行政处罚" without a word more,
// a fine of unknown amount is what the reader must be told is missing.
func class(kind string) string {
	switch kind {
	case "罚款", "按日连续罚款", registry.PenaltyUnknown:
		return classFine
	case "没收违法所得", "没收非法财物":
		return classTaken
	}
	return classOther
}

// code shows an identifying code as the options allow.
func (c *caseView) code(s string) string {
	if s == "" || c.o.FullCodes {
		return s
	}
	return registry.MaskID(s)
}

// document cells: nothing where the case has no such document, the unknown word where it has one and the fact is not known.

func (c *caseView) madeOn(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok {
		return Cell{}
	}
	return DateOr(d.MadeOn, c.unknown)
}

func (c *caseView) servedOn(kind registry.DocKind) Cell {
	if d, ok := c.documents[kind]; ok {
		return DateCell(d.ServedOn)
	}
	return Cell{}
}

func (c *caseView) number(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok {
		return Cell{}
	}
	return TextOr(d.Number, c.unknown)
}

func (c *caseView) result(kind registry.DocKind) Cell {
	d, ok := c.documents[kind]
	if !ok {
		return Cell{}
	}
	return Text(joined("；", d.Result, d.ResultNote))
}

func (c *caseView) organ(d *registry.Document) string {
	if d.OrganName != "" || d.OrganID == 0 {
		return d.OrganName
	}
	if c.o.Labels.Organ != nil {
		return c.o.Labels.Organ(d.OrganID)
	}
	for _, o := range []*registry.Organ{c.f.DecidingOrgan, c.f.HandlingOrgan} {
		if o != nil && o.ID == d.OrganID {
			return o.Name
		}
	}
	return ""
}

// sum is nothing where there is no such penalty, the unknown word where none of the amounts is known, else what is known.
func (c *caseView) sum(s registry.Sum) Cell {
	switch {
	case s.Known > 0:
		return Money(s.Total)
	case s.Unknown > 0:
		return Unknown(c.unknown)
	}
	return Cell{}
}

func (c *caseView) violationLabel(code string) string {
	if code == "" {
		return typeUnknown
	}
	if c.o.Labels.Violation != nil {
		if l := c.o.Labels.Violation(code); l != "" {
			return l
		}
	}
	return code
}

const typeUnknown = "未归类"

// cited lists the citations of a role over all violations, each once, without our own review notes.
func (c *caseView) cited(role registry.CitationRole) string {
	var all []registry.Citation
	for i := range c.f.Violations {
		for _, q := range c.f.Violations[i].Citations {
			if q.Role == role && q.Standing != registry.StandingReview {
				all = append(all, q)
			}
		}
	}
	c.f.InPrintedOrder(all)
	var list []string
	for _, q := range all {
		list = appendNew(list, q.String())
	}
	return strings.Join(list, "；")
}

func (c *caseView) violationTypes() []string {
	var list []string
	for i := range c.f.Violations {
		list = appendNew(list, c.violationLabel(c.f.Violations[i].TypeCode))
	}
	return list
}

// herd is the head count by a basis: the inspection's of that day before the farm's of today.
func (c *caseView) herd(basis string) (registry.Herd, bool) {
	var lists [2][]registry.Herd
	if c.inspection != nil {
		lists[0] = c.inspection.Herds
	}
	if c.f.Farm != nil {
		lists[1] = c.f.Farm.Herds
	}
	for _, list := range lists {
		for _, h := range list {
			if h.Basis == basis {
				return h, true
			}
		}
	}
	return registry.Herd{}, false
}

// species is what statistics group by: the farm's main species, else what was found that day; empty when unknown.
func (c *caseView) species() string {
	if c.f.Farm != nil {
		if s := c.f.Farm.MainSpecies(); s != "" {
			return s
		}
	}
	for i := range c.f.Inspections {
		for _, h := range c.f.Inspections[i].Herds {
			if h.Species != "" {
				return h.Species
			}
		}
	}
	return ""
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// CaseCells are the values of some columns of 案件台账 for one case; a key that there is not gives an empty cell.
func CaseCells(f *registry.CaseFile, o *LedgerOptions, keys []string) []Cell {
	c, cells := newCaseView(1, f, o), make([]Cell, len(keys))
	for i, key := range keys {
		if at := slices.IndexFunc(caseColumns, func(x column[*caseView]) bool { return x.Key == key }); at >= 0 {
			cells[i] = caseColumns[at].value(c)
		}
	}
	return cells
}
