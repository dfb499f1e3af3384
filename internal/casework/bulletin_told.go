package casework

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Who reads of a county, a species and a head count may know the farm. fewFarms are too few that fit; a register with fewer farms of that kind than
// enoughFarms does not hold them all and says nothing.
const (
	fewFarms    = 3
	enoughFarms = 20
	recognised  = "可能认出是谁"
)

// mainHerd is the herd that a bulletin tells of: as found by the first inspection that has one, else the farm's.
func mainHerd(f *registry.CaseFile) (h registry.Herd, ok bool) {
	for _, i := range f.Inspections {
		if len(i.Herds) > 0 {
			return i.Herds[0], true
		}
	}
	if f.Farm != nil && len(f.Farm.Herds) > 0 {
		return f.Farm.Herds[0], true
	}
	return h, false
}

// recognisable asks about the cases of a bulletin whose county, species and head count, as it is printed, fit few farms of the register. A case taken from
// a publication tells nothing that was not told.
func (s *Service) recognisable(tx *store.Tx, x *registry.Bulletin, files bulletinFiles) (list []BulletinLeak, err error) {
	of := map[[2]string]int{} // farms of a county and species
	for i, c := range x.Cases {
		f := files.of[c.CaseID]
		if f == nil || f.Case.Origin == registry.OriginPublished {
			continue
		}
		herd, ok := mainHerd(f)
		if !ok || herd.Species == "" {
			continue
		}
		told, ok := herd.HeadsTold(c.Title + "\n" + c.Facts + "\n" + c.Handling)
		if !ok {
			continue
		}
		kind := [2]string{f.Case.DistrictCode, herd.Species}
		all, counted := of[kind]
		if !counted {
			if all, err = tx.FarmsOfKind(f.Case.DistrictCode, herd.Species); err != nil {
				return nil, err
			}
			of[kind] = all
		}
		if all < enoughFarms {
			continue
		}
		fitting, err := tx.FarmsAlike(f.Case.DistrictCode, herd.Species, told, fewFarms)
		if err != nil {
			return nil, err
		}
		if fitting >= fewFarms {
			continue
		}
		district := s.Bureau().DistrictName(f.Case.DistrictCode)
		note := fmt.Sprintf("（%s登记的%d家%s养殖场里，存栏数与文中相符的有%d家", district, all, herd.Species, fitting)
		if month := f.Case.FoundOn.ToMonth(); !month.IsZero() && len(f.Violations) > 0 {
			n, err := tx.CasesAlike(f.Case.DistrictCode, f.Violations[0].TypeCode, month.String(), fewFarms)
			if err != nil {
				return nil, err
			}
			note += fmt.Sprintf("；%s发现的同类案件有%d件", month.Chinese(), n)
		}
		list = append(list, BulletinLeak{Where: "案件" + registry.ChineseNumeral(i+1), Note: note + "；存栏数可以写成约数）",
			Leak: registry.Leak{Kind: recognised, Text: district + herd.Species + told.Text, Asked: true}})
	}
	return list, nil
}
