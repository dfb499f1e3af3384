package registry

import (
	"fmt"
	"strings"
)

// PublicName is the name under which a case's party may be published: the recorded 公开用名, or 县名+某+形式 made from facts that
// identify nobody. A recorded one that tells more than it may is passed over (PublicNameDoubt).
func (b *Bureau) PublicName(f *CaseFile) string {
	for _, p := range f.Parties {
		if p.PublicName != "" && b.PartyNameDoubt(&p) == "" {
			return p.PublicName
		}
	}
	if f.Farm != nil && f.Farm.PublicName != "" && b.FarmNameDoubt(f.Farm) == "" {
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

// PartyNameDoubt is PublicNameDoubt of a party. What a publication called it was public already.
func (b *Bureau) PartyNameDoubt(x *Party) string {
	if x.Origin == OriginPublished {
		return ""
	}
	return b.PublicNameDoubt(x.PublicName, x.Name)
}

// FarmNameDoubt is PublicNameDoubt of a farm.
func (b *Bureau) FarmNameDoubt(x *Farm) string {
	if x.Origin == OriginPublished {
		return ""
	}
	return b.PublicNameDoubt(x.PublicName, x.Name)
}

// PublicNameDoubt says in Chinese what is wrong with a 公开用名 beside the name that it hides; empty where nothing is. It may be saved: the guard of a
// bulletin does not take it for one that may be published.
func (b *Bureau) PublicNameDoubt(public, name string) string {
	if public == "" {
		return ""
	}
	c, folded := b.places(), guardKey(Fold(public))
	if core := guardKey(c.core(Fold(name))); !masked(Fold(name)) && RuneLen(core) >= 2 && !nameTrade.all(core) && strings.Contains(NameKey(folded), NameKey(core)) {
		return fmt.Sprintf("公开用名“%s”含有真实名称里的“%s”，看到的人能认出是谁；请写成“县名+某+行业+形式”", clip(public, 40), core)
	}
	if !masked(folded) && strings.TrimLeft(nameTrade.allOff(nameForm.off(c.cut(folded))), "一二三四五六七八九十0123456789") != "" {
		return fmt.Sprintf("公开用名“%s”没有“某”，除地名、行业和形式外还有别的字；请写成“县名+某+行业+形式”", clip(public, 40))
	}
	return ""
}
