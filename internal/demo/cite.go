package demo

import (
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// at shortens a provision: article, paragraph, item.
func at(parts ...int) registry.Provision {
	p := registry.Provision{Article: parts[0]}
	if len(parts) > 1 {
		p.Paragraph = parts[1]
	}
	if len(parts) > 2 {
		p.Item = parts[2]
	}
	return p
}

// citer writes citations of the versions in force on a day or in a month.
type citer struct {
	law *statute.Catalogue
	on  registry.Date
}

// cite names a provision in each version that may have been in force: where the date does not decide, the catalogue shows
// all, and so do we.
func (c citer) cite(role registry.CitationRole, standing registry.CitationStanding, law string, p registry.Provision, note string) []registry.Citation {
	known, ok := c.law.LawByName(law)
	if !ok {
		return []registry.Citation{{Role: role, Standing: standing, Law: law, Provision: p, Note: note}}
	}
	var list []registry.Citation
	for _, v := range c.law.InForce(known.ID, c.on) {
		x := c.law.Cite(role, standing, v, p)
		x.Note = note
		list = append(list, x)
	}
	return list
}

// printed is a provision that the source names as breached.
func (c citer) printed(law string, p registry.Provision) []registry.Citation {
	return c.cite(registry.RoleBreached, registry.StandingPublished, law, p, "")
}

// Notes on our own rows: none of them is the bureau's.
const (
	inferred  = "复核意见：通报未引处罚依据；违反条款与罚则的对应为研究推断，以案卷为准。"
	competing = "复核意见：当事人持排污许可证，与水污染防治法的罚则竞合，适用哪一条由承办人确认；对应关系为研究推断。"
)

// reviewed is a liability article that a review would put beside the print.
func (c citer) reviewed(law string, p registry.Provision, note string) []registry.Citation {
	return c.cite(registry.RoleBasis, registry.StandingReview, law, p, note)
}

func join(lists ...[]registry.Citation) []registry.Citation {
	var all []registry.Citation
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

const (
	waterLaw        = "水污染防治法"
	provinceRules   = "广东省环境保护条例"
	livestockRules  = "畜禽规模养殖污染防治条例"
	permitRules     = "排污许可管理条例"
	tanjiangRules   = "江门市潭江流域水质保护条例"
	penaltyLaw      = "行政处罚法"
	environmentLaw  = "环境保护法"
	eiaLaw          = "环境影响评价法"
	answerYes       = "具备"
	answerOpen      = "待查"
	notTold         = "通报未交代。"
	concluded       = "通报作此认定，未公布据以认定的事实。"
	decidingRemark  = "通报以分局名义叙述处罚；按职权，决定机关登记为市局，分局为承办单位。"
	policeAuthority = "公安机关"
	answerable      = "相关责任人"
	inUse           = "已投产"
)

// answers fills in a checklist: key, answer, note.
// proved names, by their places in the file, the exhibits that prove elements.
func proved(list []registry.ElementAnswer, by map[string][]registry.EvidenceID) []registry.ElementAnswer {
	for i := range list {
		list[i].Evidence = by[list[i].Key]
	}
	return list
}

func answers(rows ...[3]string) []registry.ElementAnswer {
	var list []registry.ElementAnswer
	for _, r := range rows {
		list = append(list, registry.ElementAnswer{Key: r[0], Answer: r[1], Note: r[2]})
	}
	return list
}
