package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// importer writes the records of accepted drafts inside one transaction.
type importer struct {
	b        Bulk
	p        *registry.Publication
	campaign registry.CampaignID
}

const published = registry.OriginPublished

// draft writes one case: party, farm, inspection, case, violations, documents, penalty, remarks, and the text it was read from.
func (im *importer) draft(d *AcceptedDraft) (registry.CaseID, error) {
	same, err := duplicates(im.b.tx, im.p.SHA256, d)
	if err != nil {
		return 0, err
	}
	if len(same) > 0 && strings.TrimSpace(d.Anyway) == "" {
		return 0, &registry.Error{Kind: registry.KindConflict, Message: "有案件或养殖场已在登记册里，没有导入。",
			Fields: []registry.FieldError{{Field: "anyway", Message: fmt.Sprintf("登记册里已有%s；确需另登的，请写明理由", same[0].words())}}}
	}
	d.Facts = d.withoutLeft()
	d.tellActs()
	c := registry.Case{Origin: published, Title: d.Title, DistrictCode: d.DistrictCode, HandlingOrganID: d.HandlingOrganID, FoundOn: d.FoundOn,
		Summary: d.Narrative, Handling: d.Handling, Note: im.note(d, same)}
	c.Clean()
	if err := valid(im.b.tx, &c); err != nil { // before its farm and party: its fields are the ones on the page
		return 0, renamed(err, caseNames)
	}
	party, err := im.party(d)
	if err != nil {
		return 0, renamed(err, map[string]string{"name": "party", "public_name": "party", "kind": "party_kind"})
	}
	if party != 0 {
		c.Parties = []registry.CaseParty{{PartyID: party, Role: "单位", NameAtAct: d.Party}}
	}
	if err := im.place(d, &c, party); err != nil {
		return 0, renamed(err, map[string]string{"name": "party", "public_name": "party", "herds.0.count": "head_count", "herds.0.species": "species", "herds.0.qualifier": "qualifier",
			"findings": "narrative"})
	}
	if c.CampaignID, c.Source = im.campaign, d.Facts.Source; im.campaign != 0 && c.Source == "" {
		c.Source = "专项行动"
	}
	if err := im.b.Case(&c); err != nil {
		return 0, renamed(err, caseNames)
	}
	for i, x := range d.Facts.Evidence {
		x.CaseID, x.Seq = c.ID, int64(i+1)
		if err := im.b.Evidence(&x); err != nil {
			return 0, renamed(err, map[string]string{"title": "facts", "number": "facts", "kind": "facts"})
		}
	}
	if err := im.violations(d, &c); err != nil {
		return 0, err
	}
	if err := im.documents(d, &c, party); err != nil {
		return 0, err
	}
	for _, n := range d.Notes {
		n.CaseID = c.ID
		if err := im.b.ReviewNote(&n); err != nil {
			return 0, renamed(err, map[string]string{"about": "notes", "printed": "notes", "official": "notes", "note": "notes"})
		}
	}
	return c.ID, im.attach(c.ID)
}

var caseNames = map[string]string{"summary": "narrative"}

// note says what was judged on the way in. Where the case comes from stands once, in its publication.
func (im *importer) note(d *AcceptedDraft, same []Duplicate) string {
	lines := []string{"据公开通报补录，出处见“公开资料”。未载明的事项一律留空，原文见附件。"}
	if d.Authority != "" {
		lines = append(lines, "原文所写机关："+d.Authority+"。")
	}
	if len(same) > 0 {
		lines = append(lines, fmt.Sprintf("登记册里已有%s，仍然导入，理由：%s", same[0].words(), registry.CleanText(d.Anyway)))
	}
	return strings.Join(lines, "\n")
}

// cited lists the breached articles of a draft in the order of the text, under the names of the catalogue; those that a person added to
// what was read follow, and those that he took out are not in it.
func (im *importer) cited(d *AcceptedDraft) (list []string) {
	var accepted []string
	for _, v := range d.Violations {
		for _, c := range v.Citations {
			if c.Role != registry.RoleBasis {
				accepted = append(accepted, im.nameOf(c))
			}
		}
	}
	for _, c := range d.Violated {
		if s := im.nameOf(c); slices.Contains(accepted, s) && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, s := range accepted {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func (im *importer) nameOf(c registry.Citation) string {
	if law, ok := im.b.s.Law().Law(c.LawID); ok {
		c.Law = law.Name
	}
	return c.String()
}

// party adds the party under its published name; each case has its own: 恩平某畜牧有限公司 may be two companies.
func (im *importer) party(d *AcceptedDraft) (registry.PartyID, error) {
	if strings.TrimSpace(d.Party) == "" {
		return 0, nil
	}
	x := registry.Party{Origin: published, Kind: cmp.Or(d.PartyKind, "未知"), Name: d.Party, PublicName: d.Party}
	err := im.b.Party(&x)
	return x.ID, err
}

// place adds the farm and the inspection that found the act.
func (im *importer) place(d *AcceptedDraft, c *registry.Case, party registry.PartyID) error {
	farm := registry.Farm{Origin: published, Name: d.Party, PublicName: d.Party, DistrictCode: d.DistrictCode, OperatorID: party}
	if strings.TrimSpace(farm.Name) == "" {
		farm.PublicName = im.b.s.Bureau().DistrictName(d.DistrictCode) + "某养殖场"
		farm.Name = farm.PublicName + "（名称未公布）"
	}
	if d.Herd.Species != "" || d.Herd.Count != nil {
		herd := d.Herd
		if herd.AsOf = d.FoundOn; herd.Count != nil {
			herd.Basis = "存栏"
		}
		farm.Herds = []registry.Herd{herd}
	}
	d.fillFarm(&farm)
	if err := im.b.Farm(&farm); err != nil {
		return err
	}
	organ := c.HandlingOrganID
	if organ == 0 {
		if err := fillOrgans(im.b.tx, c); err != nil {
			return err
		}
		organ = c.HandlingOrganID
	}
	x := registry.Inspection{Origin: published, FarmID: farm.ID, PartyID: party, OrganID: organ, StartedOn: d.FoundOn, DistrictCode: d.DistrictCode, Herds: farm.Herds,
		Findings: d.Narrative, Result: registry.ViolationFound, State: registry.InspectionSubmitted, CampaignID: im.campaign,
		Path: d.Facts.Path, Others: d.Facts.Others, Kind: d.Facts.Kind}
	if im.campaign != 0 && x.Kind == "" {
		x.Kind = "专项检查"
	}
	if err := im.b.Inspection(&x); err != nil {
		return err
	}
	c.FarmID, c.Inspections = farm.ID, []registry.InspectionID{x.ID}
	for _, p := range d.Facts.Samples {
		p.InspectionID = x.ID
		if err := im.b.Sample(&p); err != nil {
			return renamed(err, map[string]string{"point": "facts", "results": "facts", "standard_cited": "facts"})
		}
	}
	return nil
}

func (im *importer) violations(d *AcceptedDraft, c *registry.Case) error {
	if len(d.Violations) == 0 {
		return registry.Invalid("violations", "请至少登记一项违法行为：选择类型，或写明违法事实")
	}
	law := im.b.s.Law()
	for i, v := range d.Violations {
		at := fmt.Sprintf("violations.%d.", i)
		if _, ok := law.ViolationType(v.TypeCode); v.TypeCode != "" && !ok {
			return registry.Invalid(at+"type_code", "没有代码为“%s”的违法行为类型", v.TypeCode)
		}
		x := registry.Violation{CaseID: c.ID, Seq: int64(i + 1), TypeCode: v.TypeCode, Facts: v.Facts,
			EndBasis: v.EndBasis, Continuing: v.Continuing, Damage: v.Damage, Checklist: v.Checklist}
		names := map[string]string{"type_code": at + "type_code", "facts": at + "facts", "citations": at + "violated"}
		for _, given := range v.Citations {
			for _, cited := range Versions(law, given, d.FoundOn) {
				if cited.Role == registry.RoleBasis {
					names[fmt.Sprintf("citations.%d", len(x.Citations))] = at + "basis"
				}
				cited.Standing = registry.StandingPublished
				x.Citations = append(x.Citations, cited)
			}
		}
		if err := im.b.Violation(&x); err != nil {
			return renamed(err, names)
		}
	}
	return nil
}

// documents writes the steps that the text tells, in its order, and the penalty of its decision. A fine is a decision.
func (im *importer) documents(d *AcceptedDraft, c *registry.Case, party registry.PartyID) error {
	list := slices.Clone(d.Documents)
	decided := func(x registry.Document) bool { return x.Kind == registry.DocDecision }
	if d.Fine != nil && !slices.ContainsFunc(list, decided) {
		list = append(list, registry.Document{Kind: registry.DocDecision})
	}
	var decision registry.DocumentID
	for i, x := range list {
		x.CaseID, x.Seq = c.ID, int64(i+1)
		if k, ok := registry.DocumentKindByName(x.Kind); ok && k.Own {
			x.OrganID = c.DecidingOrganID
		}
		if err := im.b.Document(&x); err != nil {
			return renamed(err, map[string]string{"kind": "documents", "content": "documents"})
		}
		if decided(x) {
			decision = x.ID
		}
	}
	if decision == 0 {
		return nil
	}
	x := registry.Penalty{CaseID: c.ID, DocumentID: decision, PartyID: party, Kind: "罚款", Amount: d.Fine}
	if d.Fine == nil {
		x.Kind, x.Note = registry.PenaltyUnknown, "处罚种类、金额未公布。"
	}
	return renamed(im.b.Penalty(&x), map[string]string{"amount_fen": "fine"})
}

// attach hangs the text on the case. The file is on disk already.
func (im *importer) attach(id registry.CaseID) error {
	parts := slices.DeleteFunc([]string{"通报原文", im.p.Name, im.p.PublishedOn.String()}, func(s string) bool { return s == "" })
	x := registry.Attachment{Entity: "case", EntityID: int64(id), Filename: cleanFilename(strings.Join(parts, "-") + ".txt"), MediaType: "text/plain",
		SHA256: im.p.SHA256, Size: im.p.Size, CreatedAt: im.b.s.now(), UploadedBy: im.b.a.actor.Username}
	if _, err := im.b.tx.InsertAttachment(&x, ""); err != nil {
		return err
	}
	return im.b.tx.Record(store.Event{Actor: im.b.a.actor, At: x.CreatedAt, Action: "上传附件", Entity: "attachment", EntityID: int64(x.ID), Version: 1, Detail: "case"}, x)
}

// campaignOf is the campaign that the notice tells of, in the year of its publication or of its last case: the register's own under that name, or a
// new one.
func (im *importer) campaignOf(notice intake.Notice, drafts []AcceptedDraft) (registry.CampaignID, error) {
	year, _, _ := im.p.PublishedOn.YMD()
	for _, d := range drafts {
		if found, _, _ := d.FoundOn.YMD(); im.p.PublishedOn.IsZero() {
			year = max(year, found)
		}
	}
	if notice.Campaign == "" || year == 0 {
		return 0, nil
	}
	list, err := im.b.tx.Campaigns()
	if err != nil {
		return 0, err
	}
	for _, c := range list {
		if c.Name == notice.Campaign && c.Year == int64(year) {
			return c.ID, nil
		}
	}
	c := registry.Campaign{Origin: published, Name: notice.Campaign, Year: int64(year), Aim: notice.Aim}
	if c.OrganID, err = im.bureauOrgan(); err != nil {
		return 0, err
	}
	err = im.b.Campaign(&c)
	return c.ID, renamed(err, map[string]string{"name": "bulletin", "aim": "bulletin"})
}

// bureauOrgan is the city's own bureau; 0 where the register has none.
func (im *importer) bureauOrgan() (registry.OrganID, error) {
	list, err := im.b.tx.Organs()
	for _, o := range list {
		if err == nil && o.Active && o.Kind == "市局" {
			return o.ID, nil
		}
	}
	return 0, err
}

// bulletin writes the bulletin that printed the cases, as a draft: that it was published elsewhere is its publication's to say, and nobody approved
// it here.
func (im *importer) bulletin(n intake.Notice) error {
	bureau := im.b.s.Bureau()
	x := registry.Bulletin{Origin: published, Title: n.Title, Lead: n.Lead, Issuer: n.Issuer, Byline: n.Byline, Dated: im.p.PublishedOn.ToMonth(), CampaignID: im.campaign,
		State: registry.BulletinDraft, AuthorID: im.b.a.actor.UserID, Sections: bureau.Begin(im.p.PublishedOn.ToMonth()).Sections}
	if x.Issuer == bureau.ShortName || x.Issuer == "" {
		x.Issuer = bureau.Name
	}
	x.Wrote(x.AuthorID)
	for _, told := range im.p.Cases[:min(len(im.p.Cases), registry.MaxBulletinCases)] {
		c, err := im.b.Compose(told.CaseID)
		if err != nil {
			return err
		}
		x.Cases = append(x.Cases, c)
	}
	return renamed(im.b.Bulletin(&x), map[string]string{"title": "bulletin", "lead": "bulletin", "byline": "bulletin", "issuer": "bulletin"})
}
