package view

import (
	"cmp"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// TypeLabel is the label of a violation type; an unknown code is shown as it is.
func TypeLabel(s *kit.Server, code string) string {
	if code == "" {
		return "未归类"
	}
	if t, ok := s.Service.Law().ViolationType(code); ok {
		return t.Label
	}
	return code
}

// farmName, partyName and inspectionName are words for an id; a record that is gone is named by its number.
func FarmName(s *kit.Server, r *kit.Request, id registry.FarmID) string {
	if x, err := s.Service.Farm(r.Ctx(), r.Actor, id); err == nil {
		return x.Name
	}
	return numbered(int64(id))
}

// OfficerName is the name of an officer.
func OfficerName(s *kit.Server, r *kit.Request, id registry.OfficerID) string {
	if x, err := s.Service.Officer(r.Ctx(), r.Actor, id); err == nil {
		return x.Name
	}
	return numbered(int64(id))
}

// PartyName is the name of a party; empty for none.
func PartyName(s *kit.Server, r *kit.Request, id registry.PartyID) string {
	if x, err := s.Service.Party(r.Ctx(), r.Actor, id); err == nil {
		return x.Name
	}
	return numbered(int64(id))
}

// InspectionName says which inspection it is; empty for none.
func InspectionName(s *kit.Server, r *kit.Request, id registry.InspectionID) string {
	x, err := s.Service.Inspection(r.Ctx(), r.Actor, id)
	if err != nil {
		return numbered(int64(id))
	}
	return cmp.Or(x.StartedOn.String(), "日期不详") + " " + cmp.Or(x.Kind, "检查") + " " + FarmName(s, r, x.FarmID)
}

func numbered(id int64) string {
	if id == 0 {
		return ""
	}
	return "编号 " + kit.Itoa(id)
}
