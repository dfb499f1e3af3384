package demo

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// published adds the campaign, the five cases and the bulletin that published them.
func (l *loader) published(s *casework.Service) error {
	campaign := registry.Campaign{Origin: registry.OriginPublished, Name: "畜禽养殖场环境执法专项行动", Year: 2024,
		Aim: "潭江湾国考断面水质稳定达标", OrganID: l.units.city,
		Note: "依据全市生猪养殖污染防治工作会议的部署，针对规模化养殖行业偷排、漏排、超标排放和污染治理设施不正常运行。"}
	if err := l.b.Campaign(&campaign); err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	l.campaign = campaign.ID
	approved := s.Now()
	bulletin := registry.Bulletin{Origin: registry.OriginPublished, Title: "畜禽养殖场环境执法专项行动典型案例（2024年）",
		Lead: "2024年，江门市生态环境局落实全市生猪养殖污染防治工作部署，对规模化养殖场开展专项执法，依法查处偷排漏排、超标排放和不正常运行治理设施等行为，" +
			"推动养殖业污染治理，保障潭江湾国考断面水质稳定达标。现公布其中五起案件，供养殖经营者引以为戒。",
		Issuer: bureau, Byline: "朱磊磊 江晓峰", Dated: registry.Month(2024, 12), CampaignID: l.campaign, State: registry.BulletinApproved, ApprovedAt: &approved, PublishedAt: &approved}
	// The day and the page of the newspaper are not on the page that we have; its text is not kept here.
	source := registry.Publication{Name: "江门日报", Medium: "报纸", PublishedOn: registry.Month(2024, 12)}
	for _, p := range []struct {
		write   func() *registry.CaseFile
		printed string
	}{
		{l.enping, "恩平某畜牧有限公司违法排污案"}, {l.heshan, "鹤山市某畜禽养殖场违法排污案"}, {l.kaiping, "开平市某农业科技有限公司未配套建设畜禽粪污处理设施案"},
		{l.taishan, "台山市某养殖场在畜禽禁养区内从事畜禽养殖案"}, {l.xinhui, "新会区某养牛场向环境直接排放未经无害化处理畜禽养殖废弃物案"},
	} {
		f := l.fromPublication(p.write())
		if err := l.keep(f); err != nil {
			return err
		}
		source.Cases = append(source.Cases, registry.PublicationCase{CaseID: f.Case.ID, Title: p.printed, Cited: printedOrder(f)})
	}
	if err := l.b.Publication(&source); err != nil {
		return fmt.Errorf("publication: %w", err)
	}
	for _, told := range source.Cases {
		c, err := l.b.Compose(told.CaseID)
		if err != nil {
			return fmt.Errorf("compose %s: %w", told.Title, err)
		}
		bulletin.Cases = append(bulletin.Cases, c)
	}
	if err := l.b.Bulletin(&bulletin); err != nil {
		return fmt.Errorf("bulletin: %w", err)
	}
	return nil
}

// printedOrder lists the articles that the source names as breached in its order: law by law, the articles of a law by number. The acts of
// a case are in the order in which the source tells them, which is another.
func printedOrder(f *registry.CaseFile) []string {
	var list []registry.Citation
	laws := map[string]int{}
	for _, v := range f.Violations {
		for _, c := range v.Breached(registry.StandingPublished) {
			if _, met := laws[c.Law]; !met {
				laws[c.Law] = len(laws)
			}
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b registry.Citation) int {
		return cmp.Or(cmp.Compare(laws[a.Law], laws[b.Law]), cmp.Compare(a.Article, b.Article))
	})
	var words []string
	for _, c := range list {
		words = append(words, c.String())
	}
	return words
}

// fromPublication fills in what all published cases have in common: where they come from, one party under its published
// name, one inspection in the month of the case, and one penalty of unpublished kind and amount.
func (l *loader) fromPublication(f *registry.CaseFile) *registry.CaseFile {
	const origin = registry.OriginPublished
	f.Case.Origin, f.Case.CampaignID, f.Case.DistrictCode = origin, l.campaign, f.Farm.DistrictCode
	f.Case.Source = "专项行动"
	f.Case.Note = "据公开通报补录：未载明的事项（具体日期、文号、执法人员、处罚种类和金额等）一律留空。" + decidingRemark
	f.Case.Parties = []registry.CaseParty{{Role: "单位"}}
	f.Farm.Origin = origin
	f.Farm.Place, f.Farm.Note = samplePlaces[f.Farm.DistrictCode], inventedPlace
	name := f.Farm.Name
	f.Farm.PublicName, f.Parties[0].Origin, f.Parties[0].Name, f.Parties[0].PublicName = name, origin, name, name
	for i := range f.Inspections {
		x := &f.Inspections[i]
		x.Origin, x.Kind, x.CampaignID, x.State, x.Result, x.StartedOn = origin, "专项检查", l.campaign, registry.InspectionSubmitted, registry.ViolationFound, f.Case.FoundOn
	}
	for i := range f.Documents {
		d := &f.Documents[i]
		if k, ok := registry.DocumentKindByName(d.Kind); ok && k.Own {
			d.OrganID = l.units.city
		}
		if d.Kind == registry.DocDecision {
			f.Penalties = []registry.Penalty{{DocumentID: registry.DocumentID(i + 1), Kind: registry.PenaltyUnknown, Note: "处罚种类、金额未公布。"}}
		}
	}
	return f
}
