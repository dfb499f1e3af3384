package registry

import "fmt"

// PublicName is the name under which a case's party may be published: the recorded 公开用名, or 县名+某+形式 made from facts that
// identify nobody.
func (b *Bureau) PublicName(f *CaseFile) string {
	for _, p := range f.Parties {
		if p.PublicName != "" {
			return p.PublicName
		}
	}
	if f.Farm != nil && f.Farm.PublicName != "" {
		return f.Farm.PublicName
	}
	district := b.DistrictName(f.Case.DistrictCode)
	if len(f.Parties) > 0 {
		switch f.Parties[0].Kind {
		case "公司":
			return fmt.Sprintf("%s某养殖有限公司", district)
		case "农民专业合作社":
			return fmt.Sprintf("%s某养殖专业合作社", district)
		case "家庭农场":
			return fmt.Sprintf("%s某家庭农场", district)
		case "自然人", "个体工商户":
			return fmt.Sprintf("%s某养殖户", district)
		}
	}
	return fmt.Sprintf("%s某养殖场", district)
}
