package casework

import (
	"cmp"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
)

// ledgerImporter writes the records of rows inside one transaction, and notes what it made.
type ledgerImporter struct {
	b       Bulk
	batch   *registry.LedgerBatch
	parties map[string]registry.PartyID // by code, or by folded name: those of this ledger
}

const imported = registry.OriginImported

func (im *ledgerImporter) made(entity string, id int64) {
	im.batch.Made = append(im.batch.Made, registry.MadeRecord{Entity: entity, ID: id, Version: 1})
}

func (im *ledgerImporter) row(x *LedgerMatch) error {
	rec := &x.Record
	line := registry.LedgerRow{Sheet: x.Sheet, Row: x.Row, Entity: "farm", Title: rec.Farm}
	if rec.Farms {
		var operator registry.PartyID
		if rec.Party != "" && (rec.Code != "" || registry.NameKey(rec.Party) != registry.NameKey(rec.Farm)) {
			id, err := im.party(rec)
			if err != nil {
				return err
			}
			operator = id
		}
		id, err := im.farm(rec, operator)
		if err != nil {
			return err
		}
		line.ID = int64(id)
	} else {
		id, err := im.cas(x)
		if err != nil {
			return err
		}
		line.Entity, line.ID, line.Title = "case", int64(id), rec.Title
	}
	im.batch.Rows = append(im.batch.Rows, line)
	return nil
}

// party is the party of a row: that of its code, else the one of exactly its name in this ledger; else a new one. Two parties of the register with one name and no code may be
// two: those are for a person to merge.
func (im *ledgerImporter) party(rec *ledgerread.Record) (registry.PartyID, error) {
	x := registry.Party{Origin: imported, Kind: partyKindOf(rec), Name: rec.Party, CreditCode: rec.Code, IDNumber: rec.Person, LegalPerson: rec.LegalPerson, Phone: rec.Phone}
	if rec.Person != "" {
		x.IDKind = cmp.Or(rec.IDKind, registry.IDResident)
	}
	key := cmp.Or(rec.Code, rec.Person, registry.NameKey(rec.Party))
	if id := im.parties[key]; id != 0 {
		return id, nil
	}
	same, err := im.b.tx.SimilarParties(&x)
	if err != nil {
		return 0, err
	}
	for i := range same {
		p := &same[i]
		if rec.Code != "" && p.CreditCode == rec.Code || rec.Person != "" && p.IDNumber == rec.Person ||
			registry.NameKey(p.Name) == registry.NameKey(rec.Party) && (rec.Code == "" || p.CreditCode == "") && (rec.Person == "" || p.IDNumber == "") && !strings.Contains(rec.Party, "某") {
			im.parties[key] = p.ID
			return p.ID, nil
		}
	}
	if err := im.b.Party(&x); err != nil {
		return 0, err
	}
	im.made("party", int64(x.ID))
	im.parties[key] = x.ID
	return x.ID, nil
}

// partyKindOf is the kind that a row tells, or that the name shows.
func partyKindOf(rec *ledgerread.Record) string {
	switch {
	case registry.PartyKinds.Has(rec.PartyKind):
		return rec.PartyKind
	case rec.Person != "" && rec.Code == "":
		return "自然人"
	case strings.HasSuffix(rec.Party, "公司"):
		return "公司"
	case strings.HasSuffix(rec.Party, "合作社"):
		return "农民专业合作社"
	case strings.HasSuffix(rec.Party, "家庭农场"):
		return "家庭农场"
	case rec.PartyKind == "个体工商户":
		return rec.PartyKind
	}
	return "未知"
}

// farm is the farm of a row: the one of its name in the district, else a new one.
func (im *ledgerImporter) farm(rec *ledgerread.Record, operator registry.PartyID) (registry.FarmID, error) {
	x := registry.Farm{Origin: imported, Name: rec.Farm, DistrictCode: rec.DistrictCode, Town: rec.Town, Address: rec.Address, OperatorID: operator, AreaM2: rec.AreaM2,
		Place: registry.Place{Longitude: rec.Longitude, Latitude: rec.Latitude}, ContactName: rec.Contact}
	x.Permit.Number, x.EIA.Number = rec.PermitNumber, rec.EIANumber
	if rec.Farms {
		x.ContactPhone, x.Note = rec.Phone, rec.Note
		if x.ContactName == "" {
			x.ContactName = rec.LegalPerson
		}
	}
	same, err := im.b.tx.SameFarms(&registry.Farm{Name: x.Name, DistrictCode: x.DistrictCode})
	if err != nil {
		return 0, err
	}
	if len(same) > 0 {
		return registry.FarmID(same[0].ID), nil
	}
	if rec.Species != "" || rec.Heads != nil {
		x.Herds = []registry.Herd{{Species: cmp.Or(rec.Species, "其他"), Count: rec.Heads, Qualifier: rec.Qualifier, Basis: "存栏", AsOf: rec.FoundOn}}
	}
	if err := im.b.Farm(&x); err != nil {
		return 0, err
	}
	im.made("farm", int64(x.ID))
	return x.ID, nil
}

// cas writes a case with what its row tells.
func (im *ledgerImporter) cas(x *LedgerMatch) (registry.CaseID, error) {
	rec := &x.Record
	c := registry.Case{Origin: imported, Title: rec.Title, Number: rec.Number, DistrictCode: rec.DistrictCode, FoundOn: rec.FoundOn, Summary: rec.Facts, Handling: rec.Handling, Note: im.note(x)}
	if registry.CaseSources.Has(rec.Source) {
		c.Source = rec.Source
	}
	var party registry.PartyID
	if rec.Party != "" {
		id, err := im.party(rec)
		if err != nil {
			return 0, err
		}
		party = id
		c.Parties = []registry.CaseParty{{PartyID: id, Role: "单位", NameAtAct: rec.Party}}
	}
	if rec.Farm != "" {
		id, err := im.farm(rec, party)
		if err != nil {
			return 0, err
		}
		c.FarmID = id
	}
	if err := im.b.Case(&c); err != nil {
		return 0, err
	}
	im.made("case", int64(c.ID))
	if err := im.violation(rec, &c); err != nil {
		return 0, err
	}
	return c.ID, im.steps(rec, &c, party)
}

// note says where the case comes from, and what of the row has no field of its own.
func (im *ledgerImporter) note(x *LedgerMatch) string {
	rec := &x.Record
	lines := []string{"据台账“" + im.batch.Filename + "”补录。"}
	for _, l := range [][2]string{{"备注", rec.Note}, {"案件来源", rec.Source}, {"承办人", rec.Officers}, {"处罚机关", rec.Organ}, {"承办机构", rec.HandlingOrgan}} {
		if l[1] != "" {
			lines = append(lines, l[0]+"："+l[1])
		}
	}
	return strings.Join(lines, "\n")
}

// violation writes the act: its types where the catalogue has them under that name, else the ledger's words.
func (im *ledgerImporter) violation(rec *ledgerread.Record, c *registry.Case) error {
	facts := cmp.Or(rec.Facts, rec.Type)
	if facts == "" && rec.BreachedText != "" {
		facts = "据台账，违反" + rec.BreachedText
	}
	if facts == "" {
		return nil
	}
	x := registry.Violation{CaseID: c.ID, Seq: 1, Facts: facts}
	law := im.b.s.Law()
	for _, t := range law.ViolationTypes() {
		if t.Label == rec.Type {
			x.TypeCode = t.Code
		}
	}
	on := rec.DecidedOn
	if !rec.FoundOn.IsZero() {
		on = rec.FoundOn
	}
	for _, given := range append(append([]registry.Citation{}, rec.Breached...), rec.Basis...) {
		for _, cited := range Versions(law, given, on) {
			cited.Standing = registry.StandingPublished
			x.Citations = append(x.Citations, cited)
		}
	}
	if err := im.b.Violation(&x); err != nil {
		return err
	}
	im.made("violation", int64(x.ID))
	return nil
}

// steps writes the documents that the row tells of, in the order of the procedure, and the penalties and the payment of the decision.
func (im *ledgerImporter) steps(rec *ledgerread.Record, c *registry.Case, party registry.PartyID) error {
	var decision registry.DocumentID
	penalised := rec.Fine != nil || rec.Taken != nil || len(rec.Kinds) > 0 || rec.Content != ""
	for _, d := range []struct {
		kind   registry.DocKind
		number string
		on     registry.Date
		told   bool
	}{
		{registry.DocFiling, rec.FiledNumber, rec.FiledOn, false}, {registry.DocOrder, rec.OrderNumber, rec.OrderOn, false}, {registry.DocNotice, rec.NoticeNumber, rec.NoticeOn, false},
		{registry.DocDecision, rec.DecisionNumber, rec.DecidedOn, penalised}, {registry.DocClosing, "", rec.ClosedOn, false},
	} {
		if d.number == "" && d.on.IsZero() && !d.told {
			continue
		}
		x := registry.Document{CaseID: c.ID, Kind: d.kind, NumberTyped: d.number, MadeOn: d.on}
		if k, ok := registry.DocumentKindByName(d.kind); ok && k.Own {
			x.OrganID = c.DecidingOrganID
		}
		if d.kind == registry.DocDecision {
			x.ServedOn, x.Content = rec.ServedOn, rec.Content
		}
		last, err := im.b.tx.LastDocumentSeq(c.ID)
		if err != nil {
			return err
		}
		x.Seq = last + 1
		if d.kind == registry.DocClosing { // what is closed takes no more
			if err := im.penalties(rec, c, decision, party); err != nil {
				return err
			}
			decision = 0
		}
		if err := im.b.Document(&x); err != nil {
			return err
		}
		im.made("document", int64(x.ID))
		if d.kind == registry.DocDecision {
			decision = x.ID
		}
	}
	return im.penalties(rec, c, decision, party)
}

func (im *ledgerImporter) penalties(rec *ledgerread.Record, c *registry.Case, decision registry.DocumentID, party registry.PartyID) error {
	if decision == 0 {
		return nil
	}
	amounts := map[string]*registry.Money{}
	kinds := append([]string{}, rec.Kinds...)
	for _, k := range []struct {
		kind   string
		amount *registry.Money
	}{{"罚款", rec.Fine}, {"没收违法所得", rec.Taken}} {
		if k.amount == nil || *k.amount == 0 {
			continue
		}
		amounts[k.kind] = k.amount
		if !registry.Terms(kinds).Has(k.kind) {
			kinds = append(kinds, k.kind)
		}
	}
	if len(kinds) == 0 {
		if rec.Content == "" {
			return nil
		}
		kinds = []string{registry.PenaltyUnknown}
	}
	for _, kind := range kinds {
		x := registry.Penalty{CaseID: c.ID, DocumentID: decision, PartyID: party, Kind: kind, Amount: amounts[kind]}
		if !x.Monetary() {
			x.Content = rec.Content
		}
		if err := im.b.Penalty(&x); err != nil {
			return err
		}
		im.made("penalty", int64(x.ID))
		if kind == "罚款" && rec.Paid != nil && *rec.Paid > 0 {
			pay := registry.Payment{CaseID: c.ID, PenaltyID: x.ID, Kind: registry.PaidFine, PaidOn: rec.PaidOn, Amount: *rec.Paid}
			if err := im.b.Payment(&pay); err != nil {
				return err
			}
			im.made("payment", int64(pay.ID))
		}
	}
	return nil
}
