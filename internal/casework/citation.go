package casework

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// actEnd is the date that chooses the law's version: the act's end, or, where it is blank, the day of the inspection or of
// the finding stands in for it (and the page says so).
func actEnd(f *registry.CaseFile, x *registry.Violation) registry.Date {
	if !x.ActTo.IsZero() {
		return x.ActTo
	}
	for _, i := range f.Inspections {
		if !i.StartedOn.IsZero() {
			return i.StartedOn
		}
	}
	return f.Case.FoundOn
}

// circumstances are what of a case decides between competing bases.
func circumstances(f *registry.CaseFile) statute.Circumstances {
	c := statute.Circumstances{DistrictCode: f.Case.DistrictCode}
	if f.Farm == nil {
		return c
	}
	switch p := f.Farm.Permit; {
	case p.Kind == "登记管理", p.State == "未办理", p.State == "不需要办理":
		no := false // a registration receipt (排污许可管理条例第二十四条) is no permit
		c.PermitHolder = &no
	case p.State == "已办理":
		yes := true
		c.PermitHolder = &yes
	}
	switch f.Farm.InTanjiang {
	case registry.Yes:
		yes := true
		c.InTanjiangBasin = &yes
	case registry.No:
		no := false
		c.InTanjiangBasin = &no
	}
	return c
}

// offered turns an offer into citations that wait for confirmation. Where the law leaves a choice nothing of it is taken: not
// between candidates (old law, the Code, a regulation beside it), not between versions of one law, not between competing bases.
func (s *Service) offered(f *registry.CaseFile, x *registry.Violation) ([]registry.Citation, error) {
	o, err := s.Law().Offer(x.TypeCode, x.ActFrom, actEnd(f, x), circumstances(f))
	if err != nil || len(o.Candidates) != 1 {
		return nil, err
	}
	all := append(slices.Clone(o.Candidates[0].Breached), o.Candidates[0].Liability...)
	versions := map[string]map[string]bool{}
	for _, c := range all {
		if versions[c.LawID] == nil {
			versions[c.LawID] = map[string]bool{}
		}
		versions[c.LawID][c.VersionID] = true
	}
	var list []registry.Citation
	for _, c := range all {
		if c.Competing || len(versions[c.LawID]) > 1 {
			continue
		}
		c.Citation.Standing = registry.StandingOffered
		list = append(list, c.Citation)
	}
	return list, nil
}

// heldText is the text that a stored citation of this provision points at: a text that was corrected since does not move under it.
func heldText(was []registry.Citation, v *statute.Version, p registry.Provision) (hash string, ok bool) {
	for _, c := range was {
		if c.LawID == v.LawID && c.VersionID == v.ID && c.Provision == p && c.Holding == registry.Held && c.TextHash != "" {
			return c.TextHash, true
		}
	}
	return "", false
}

// settleCitations finds each citation in the catalogue, records whether its text is held, and keeps the text under its hash.
// A version that was named stays; where none was, the one in force on the date is taken if there is just one, and where the law had been
// repealed by then or was not in force yet, its last or first one (case review says that it did not apply). was are the record's
// citations as they are stored.
func (s *Service) settleCitations(tx *store.Tx, list []registry.Citation, on registry.Date, was ...registry.Citation) error {
	catalogue := s.Law()
	for i := range list {
		c := &list[i]
		law, known := catalogue.LawByName(c.Law)
		if c.LawID != "" {
			law, known = catalogue.Law(c.LawID)
		}
		if !known {
			c.LawID, c.VersionID, c.Holding, c.TextHash = "", "", registry.UnknownLaw, ""
			continue
		}
		c.Law, c.LawID = law.Name, law.ID
		version, ok := catalogue.Version(law.ID, c.VersionID)
		if !ok {
			if in := catalogue.InForce(law.ID, on); len(in) == 1 {
				version, ok = in[0], true
			} else if outside, _, _, found := catalogue.OutsideForce(law.ID, on); found {
				version, ok = outside, true
			}
		}
		if !ok {
			c.VersionID, c.Holding, c.TextHash = "", registry.NotHeld, ""
			continue
		}
		if hash, ok := heldText(was, version, c.Provision); ok {
			c.VersionID, c.Holding, c.TextHash = version.ID, registry.Held, hash
			continue
		}
		settled := catalogue.Cite(c.Role, c.Standing, version, c.Provision)
		c.VersionID, c.Holding, c.TextHash = version.ID, settled.Holding, settled.TextHash
		if c.Holding == registry.Absent && c.Standing != registry.StandingPublished {
			return registry.Invalid(fmt.Sprintf("citations.%d.article", i), "《%s》（%s）没有%s，请核对条款项", law.Name, version.Name, c.Provision)
		}
		if c.TextHash == "" {
			continue
		}
		text, _ := version.Text(c.Provision)
		if err := tx.KeepText(c.TextHash, law.Name, version.Name, c.Provision.String(), text, s.now().UTC().Format("2006-01-02")); err != nil {
			return err
		}
	}
	return nil
}
