package casework

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// ledgerImporter writes the records of rows inside one transaction, and notes what it made.
type ledgerImporter struct {
	b       Bulk
	batch   *registry.LedgerBatch
	near    map[string]int64            // the names that a person said whose they are
	parties map[string]registry.PartyID // those of this ledger, by partyKey
	opened  registry.CaseID             // the case that was made last
	seq     int64                       // and the place of its last document
	organs  map[string]registry.OrganID // the branches, by their districts
}

const imported = registry.OriginImported

func (im *ledgerImporter) made(entity string, id int64) {
	im.batch.Made = append(im.batch.Made, registry.MadeRecord{Entity: entity, ID: id, Version: 1})
}

func (im *ledgerImporter) row(x *LedgerMatch) error {
	rec := &x.Record
	line := registry.LedgerRow{Sheet: x.Sheet, Row: x.Row, Entity: "farm", Title: rec.Farm}
	switch {
	case rec.Farms:
		operator, err := im.operator(rec)
		if err != nil {
			return err
		}
		id, err := im.farm(rec, operator)
		if err != nil {
			return err
		}
		line.ID = int64(id)
	case rec.Visits:
		id, err := im.visitRow(x)
		if err != nil {
			return err
		}
		line.Entity, line.ID, line.Title = "inspection", int64(id), rec.Title
	default:
		id, err := im.cas(x)
		if err != nil {
			return err
		}
		line.Entity, line.ID, line.Title = "case", int64(id), rec.Title
	}
	im.batch.New++
	im.batch.Rows = append(im.batch.Rows, line)
	return nil
}

// partyKey is by what the rows of a ledger are of one party: the code, else the name; that of a person in one district only.
func partyKey(rec *ledgerread.Record) string {
	key := cmp.Or(rec.Code, rec.Person)
	if key == "" {
		if key = registry.NameKey(rec.Party); isPersonName(rec.Party) {
			key += "|" + rec.DistrictCode
		}
	}
	return key
}

// isPersonName tells a name that many may have: 张伟, and masked ones.
func isPersonName(name string) bool {
	return registry.RuneLen(name) <= 4 || strings.ContainsAny(name, "某×*＊")
}

func (im *ledgerImporter) partyOf(rec *ledgerread.Record) *registry.Party {
	x := registry.Party{Origin: imported, Kind: partyKindOf(rec), Name: rec.Party, CreditCode: rec.Code, IDNumber: rec.Person, LegalPerson: rec.LegalPerson, Phone: rec.Phone}
	if rec.Person != "" {
		x.IDKind = cmp.Or(rec.IDKind, registry.IDResident)
	}
	return &x
}

// knownParty is the party of the register that a row names: that of its code, or the one of exactly its name where neither has a code. Two people of one name may be two: those
// are for a person to choose.
func knownParty(tx *store.Tx, rec *ledgerread.Record) (registry.PartyID, error) {
	same, err := tx.SimilarParties(&registry.Party{Name: rec.Party, CreditCode: rec.Code, IDNumber: rec.Person})
	if err != nil {
		return 0, err
	}
	for i := range same {
		p := &same[i]
		if rec.Code != "" && p.CreditCode == rec.Code || rec.Person != "" && p.IDNumber == rec.Person ||
			registry.NameKey(p.Name) == registry.NameKey(rec.Party) && (rec.Code == "" || p.CreditCode == "") && (rec.Person == "" || p.IDNumber == "") && !isPersonName(rec.Party) {
			return p.ID, nil
		}
	}
	return 0, nil
}

// party is the party of a row: one of this ledger, the known one, the one that a person chose, else a new one.
func (im *ledgerImporter) party(rec *ledgerread.Record) (registry.PartyID, error) {
	key := partyKey(rec)
	if id := im.parties[key]; id != 0 {
		return id, nil
	}
	id, err := knownParty(im.b.tx, rec)
	if err != nil {
		return 0, err
	}
	if chosen := im.near[nearKey("party", rec)]; id == 0 && chosen != 0 {
		id = registry.PartyID(chosen)
		if err := notMerged("file", id)(im.b.tx); err != nil {
			return 0, err
		}
	}
	if id == 0 {
		x := im.partyOf(rec)
		if err := im.b.Party(x); err != nil {
			return 0, err
		}
		im.made("party", int64(x.ID))
		id = x.ID
	}
	im.parties[key] = id
	return id, nil
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

// farmOf is the farm that a row tells of.
func farmOf(rec *ledgerread.Record) *registry.Farm {
	x := registry.Farm{Origin: imported, Name: rec.Farm, DistrictCode: rec.DistrictCode, Town: rec.Town, Address: rec.Address, AreaM2: rec.AreaM2,
		Place: registry.Place{Longitude: rec.Longitude, Latitude: rec.Latitude}, ContactName: rec.Contact}
	x.Permit.Number, x.EIA.Number = rec.PermitNumber, rec.EIANumber
	if rec.Farms {
		note := append(told(rec.Note), rec.Other...)
		if rec.HandlingOrgan != "" {
			note = append(note, "承办机构："+rec.HandlingOrgan)
		}
		x.ContactName, x.ContactPhone, x.Note = cmp.Or(rec.Contact, rec.LegalPerson), rec.Phone, strings.Join(note, "\n")
	}
	x.Facilities = facilitiesOf(rec.Facilities)
	for _, h := range rec.AllHerds() {
		h.AsOf = rec.FoundOn
		x.Herds = append(x.Herds, h)
	}
	return &x
}

// told is a text as a list of one, empty where there is none.
func told(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// facilitiesOf are the facilities that a cell names, one by one; what is none of the register's kinds keeps its name.
func facilitiesOf(text string) (list []registry.Facility) {
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;；/+＋ \n", r) }) {
		x := registry.Facility{Kind: "其他", Name: name}
		if i := slices.IndexFunc(registry.FacilityKinds, func(k string) bool { return strings.Contains(name, k) }); i >= 0 {
			x.Kind = registry.FacilityKinds[i]
		}
		if len(list) < 20 && registry.RuneLen(name) <= 30 {
			list = append(list, x)
		}
	}
	return list
}

// farm is the farm of a row: the one of its name in the district, the one that a person chose, else a new one.
func (im *ledgerImporter) farm(rec *ledgerread.Record, operator registry.PartyID) (registry.FarmID, error) {
	same, err := im.b.tx.SameFarms(&registry.Farm{Name: rec.Farm, DistrictCode: rec.DistrictCode})
	if err != nil {
		return 0, err
	}
	if len(same) > 0 {
		return registry.FarmID(same[0].ID), nil
	}
	if chosen := registry.FarmID(im.near[nearKey("farm", rec)]); chosen != 0 {
		return chosen, notMergedFarm("file", chosen)(im.b.tx)
	}
	x := farmOf(rec)
	x.OperatorID = operator
	if err := im.b.Farm(x); err != nil {
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
	if rec.Farm == "" && sampled(rec) { // a sample is of an inspection, and that of a farm
		rec.Farm = rec.Party
	}
	if rec.Farm != "" {
		id, err := im.farm(rec, party)
		if err != nil {
			return 0, err
		}
		c.FarmID = id
		if sampled(rec) {
			ins, err := im.visit(x, id, party, registry.ViolationFound)
			if err != nil {
				return 0, err
			}
			c.Inspections = []registry.InspectionID{ins}
		}
	}
	if err := im.b.caseAt(&c, stageTold(rec)); err != nil {
		return 0, err
	}
	im.made("case", int64(c.ID))
	im.opened, im.seq = c.ID, 0
	if err := im.violation(rec, &c); err != nil {
		return 0, err
	}
	return c.ID, im.steps(rec, &c, party)
}

// note says where the case comes from, and what of the row has no field of its own.
func (im *ledgerImporter) note(x *LedgerMatch) string {
	rec := &x.Record
	lines := []string{"据台账“" + im.batch.Filename + "”补录。"}
	list := [][2]string{{"备注", rec.Note}, {"案件来源", rec.Source}, {"承办人", rec.Officers}, {"处罚机关", rec.Organ}, {"承办机构", rec.HandlingOrgan},
		{"证据", rec.Evidence}, {"整改情况", rec.Rectified}, {"超标倍数", rec.OverTimes}}
	if rec.Visits {
		list = append(list, [2]string{"处理情况", rec.Handling}, [2]string{"检查类型", rec.VisitKind})
	} else {
		list = append(list, [2]string{"检查人员", rec.Inspectors}, [2]string{"检查结果", rec.Result})
	}
	for _, l := range list {
		if l[1] != "" {
			lines = append(lines, l[0]+"："+l[1])
		}
	}
	return strings.Join(append(lines, rec.Other...), "\n")
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

// ledgerStep is a document that a row may tell of.
type ledgerStep struct {
	kind   registry.DocKind
	number string
	on     registry.Date
}

// told tells that a row tells of a step: also of a decision by what it decided.
func (s *ledgerStep) told(rec *ledgerread.Record) bool {
	penalised := rec.Fine != nil || rec.Taken != nil || len(rec.Kinds) > 0 || rec.Content != ""
	return s.number != "" || !s.on.IsZero() || penalised && s.kind == registry.DocDecision
}

// stageTold is where the steps of a row bring its case.
func stageTold(rec *ledgerread.Record) registry.Stage {
	var docs []registry.Document
	steps := ledgerSteps(rec)
	for i := range steps {
		if steps[i].told(rec) {
			docs = append(docs, registry.Document{Kind: steps[i].kind})
		}
	}
	return registry.StageOf(docs)
}

// ledgerSteps are those of a row in the order of the procedure; the closing is the last.
func ledgerSteps(rec *ledgerread.Record) []ledgerStep {
	return []ledgerStep{{registry.DocFiling, rec.FiledNumber, rec.FiledOn}, {registry.DocOrder, rec.OrderNumber, rec.OrderOn}, {registry.DocNotice, rec.NoticeNumber, rec.NoticeOn},
		{registry.DocDecision, rec.DecisionNumber, rec.DecidedOn}, {registry.DocNoPenalty, rec.NoPenaltyNumber, rec.NoPenaltyOn}, {registry.DocClosing, "", rec.ClosedOn}}
}

// document writes a step of a case.
func (im *ledgerImporter) document(c *registry.Case, s *ledgerStep, rec *ledgerread.Record) (registry.DocumentID, error) {
	x := registry.Document{CaseID: c.ID, Kind: s.kind, NumberTyped: s.number, MadeOn: s.on}
	if k, ok := registry.DocumentKindByName(s.kind); ok && k.Own {
		x.OrganID = c.DecidingOrganID
	}
	if s.kind == registry.DocDecision {
		x.ServedOn, x.Content = rec.ServedOn, rec.Content
	}
	last, err := im.lastSeq(c)
	if err != nil {
		return 0, err
	}
	x.Seq = last + 1
	x.Clean() // the number as it is compared comes of the one that was typed
	if err := numberFree(&x)(im.b.tx); err != nil {
		return 0, err
	}
	if err := im.b.Document(&x); err != nil {
		return 0, err
	}
	im.made("document", int64(x.ID))
	im.seq = x.Seq
	return x.ID, nil
}

// lastSeq is the place of the last document of a case; those of the case that the row has just made are known.
func (im *ledgerImporter) lastSeq(c *registry.Case) (int64, error) {
	if c.ID == im.opened {
		return im.seq, nil
	}
	return im.b.tx.LastDocumentSeq(c.ID)
}

// steps writes the documents that the row tells of, in the order of the procedure, and the penalties and the payment of the decision.
func (im *ledgerImporter) steps(rec *ledgerread.Record, c *registry.Case, party registry.PartyID) error {
	var decision registry.DocumentID
	steps := ledgerSteps(rec)
	for i := range steps {
		s := &steps[i]
		if !s.told(rec) {
			continue
		}
		if s.kind == registry.DocClosing { // what is closed takes no more
			if err := im.penalties(rec, c, decision, party); err != nil {
				return err
			}
			decision = 0
		}
		id, err := im.document(c, s, rec)
		if err != nil {
			return err
		}
		if s.kind == registry.DocDecision {
			decision = id
		}
	}
	return im.penalties(rec, c, decision, party)
}

// addPenalty adds a penalty of money to a case that is there, addPayment what was paid of its fine.
func (im *ledgerImporter) addPenalty(id registry.CaseID, kind string, amount *registry.Money) error {
	f, err := im.b.tx.CaseFile(id)
	if err != nil {
		return err
	}
	decision, ok := f.Document(registry.DocDecision)
	if !ok {
		return registry.Invalid("file", "本案没有处罚决定书，“%s”没有依据；请先补上决定书的文号或日期", kind)
	}
	p, _, _ := f.MainParty()
	x := registry.Penalty{CaseID: id, DocumentID: decision.ID, PartyID: p.ID, Kind: kind, Amount: amount}
	if err := im.b.Penalty(&x); err != nil {
		return err
	}
	im.made("penalty", int64(x.ID))
	return nil
}

func (im *ledgerImporter) addPayment(id registry.CaseID, rec *ledgerread.Record) error {
	f, err := im.b.tx.CaseFile(id)
	if err != nil {
		return err
	}
	for i := range f.Penalties {
		if f.Penalties[i].Kind == "罚款" {
			return im.paid(rec, &f.Penalties[i])
		}
	}
	return registry.Invalid("file", "本案没有罚款，实缴没有依据")
}

func (im *ledgerImporter) paid(rec *ledgerread.Record, of *registry.Penalty) error {
	x := registry.Payment{CaseID: of.CaseID, PenaltyID: of.ID, Kind: registry.PaidFine, PaidOn: rec.PaidOn, Amount: *rec.Paid}
	if err := im.b.Payment(&x); err != nil {
		return err
	}
	im.made("payment", int64(x.ID))
	return nil
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
			if err := im.paid(rec, &x); err != nil {
				return err
			}
		}
	}
	return nil
}
