package registry

// Branch is the unit that an account works in where that is a 分局: its officers write the records of its district, and no others. An
// account of the whole city has none. Which records are whose, store/branch.go says.
type Branch struct {
	OrganID      OrganID
	Name         string // 恩平分局
	DistrictCode string // empty where the unit was dissolved: then nothing is its own
}

// BranchOf is the branch that an account with this role and unit is bound to; nil where it works for the whole city. Only officers are
// bound: the other roles enter no record, and read those of every branch. A unit without a district works for the city, unless it is a
// branch whose district left the bureau.
func (b *Bureau) BranchOf(role Role, o *Organ) *Branch {
	if role != RoleOfficer || o == nil || o.Kind != "分局" && (o.DistrictCode == "" || o.DistrictCode == b.City.Code) {
		return nil
	}
	x := &Branch{OrganID: o.ID, Name: o.ShortName, DistrictCode: o.DistrictCode}
	if x.Name == "" {
		x.Name = o.Name
	}
	return x
}

// Holds reports whether what belongs to a district is the branch's; everything is the whole city's.
func (x *Branch) Holds(district string) bool {
	return x == nil || district != "" && district == x.DistrictCode
}

// UnitOf names the unit that the records of a district belong to: 恩平分局; the city itself where the bureau handles them.
func (b *Bureau) UnitOf(district string) string {
	d, ok := b.District(district)
	switch {
	case ok && d.Branch != "":
		return d.Branch
	case ok:
		return d.Name + "（市局直接办理）"
	case district == b.City.Code:
		return "市局"
	}
	return "其他单位"
}

// Foreign refuses a write to what belongs to another branch, and says whom to ask.
func (b *Bureau) Foreign(own *Branch, district string) error {
	unit := b.UnitOf(district)
	if own.DistrictCode == "" {
		return Forbidden("这条记录由%s办理。您的账号所在的%s已不管辖任何辖区，只能查看；请联系管理员改定账号的单位。", unit, own.Name)
	}
	return Forbidden("这条记录由%s办理，您的账号属于%s，只能查看。需要登记或修改的，请联系%s；改由%s办理的，请市局人员变更承办单位。", unit, own.Name, unit, own.Name)
}
