package demo

import (
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// published adds the campaign, the five cases and the bulletin that published them.
func (l *loader) published(s *casework.Service) error {
	campaign := registry.Campaign{Origin: registry.OriginPublished, Name: "畜禽养殖场环境执法专项行动", Year: 2024,
		Aim: "潭江湾国考断面水质稳定达标", OrganID: l.units.city,
		Note: "针对规模化养殖行业偷排、漏排、超标排放和污染治理设施不正常运行。"}
	if err := l.b.Campaign(&campaign); err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	l.campaign = campaign.ID
	approved := s.Now()
	bulletin := registry.Bulletin{Origin: registry.OriginPublished, Title: "畜禽养殖场环境执法专项行动典型案例（2024年）",
		Lead: "2024年，江门市生态环境局落实全市生猪养殖污染防治工作部署，对规模化养殖场开展专项执法，依法查处偷排漏排、超标排放和不正常运行治理设施等行为，" +
			"推动养殖业污染治理，保障潭江湾国考断面水质稳定达标。现公布其中五起案件，供养殖经营者引以为戒。",
		Issuer: bureau, Byline: "朱磊磊 江晓峰", Dated: registry.Month(2024, 12), CampaignID: l.campaign, State: registry.BulletinApproved, ApprovedAt: &approved}
	for _, write := range []func() *registry.CaseFile{l.enping, l.heshan, l.kaiping, l.taishan, l.xinhui} {
		f := l.fromPublication(write())
		if err := l.keep(f); err != nil {
			return err
		}
		c, err := l.b.Compose(f.Case.ID)
		if err != nil {
			return fmt.Errorf("compose %s: %w", f.Case.Title, err)
		}
		bulletin.Cases = append(bulletin.Cases, c)
	}
	if err := l.b.Bulletin(&bulletin); err != nil {
		return fmt.Errorf("bulletin: %w", err)
	}
	return nil
}

// fromPublication fills in what all published cases have in common: where they come from, one party under its published
// name, one inspection in the month of the case, and one penalty of unpublished kind and amount.
func (l *loader) fromPublication(f *registry.CaseFile) *registry.CaseFile {
	const origin = registry.OriginPublished
	f.Case.Origin, f.Case.CampaignID, f.Case.DistrictCode = origin, l.campaign, f.Farm.DistrictCode
	f.Case.Note = "据公开通报补录：未载明的事项（具体日期、文号、执法人员、处罚种类和金额等）一律留空。" + decidingRemark
	f.Case.Parties = []registry.CaseParty{{Role: "单位"}}
	f.Farm.Origin = origin
	name := f.Farm.Name
	f.Farm.PublicName, f.Parties[0].Origin, f.Parties[0].Name, f.Parties[0].PublicName = name, origin, name, name
	for i := range f.Inspections {
		x := &f.Inspections[i]
		x.Origin, x.CampaignID, x.State, x.Result, x.StartedOn = origin, l.campaign, registry.InspectionSubmitted, registry.ViolationFound, f.Case.FoundOn
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
