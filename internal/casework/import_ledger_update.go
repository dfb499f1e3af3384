package casework

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// LedgerDifference is a field of a row that the register has otherwise, or not at all: Here is empty then.
type LedgerDifference struct {
	Field, Here, There string
	Fixed              string // why the ledger's value cannot be taken over; empty: a person may choose it
	Finer              bool   // the register knows the month, and the ledger the day in it
	edit               ledgerEdit
}

// ledgerEdit brings a difference in: a value is set on the record, or something is added to the case.
type ledgerEdit struct {
	entity string
	id     int64
	set    func(im *ledgerImporter, x any) error
	add    func(im *ledgerImporter) error
}

// set is an edit of a record, written as what the record is.
func set[T any](entity string, id int64, fn func(x *T)) ledgerEdit {
	return ledgerEdit{entity: entity, id: id, set: func(_ *ledgerImporter, x any) error { fn(x.(*T)); return nil }}
}

// differs notes a difference where the ledger says something that the register does not.
func (x *LedgerMatch) differs(field, here, there, fixed string, edit ledgerEdit) {
	if there == "" || registry.Fold(here) == registry.Fold(there) {
		return
	}
	x.Differences = append(x.Differences, LedgerDifference{Field: field, Here: here, There: there, Fixed: fixed, edit: edit})
}

// fills is differs for what is compared only where the register has nothing: texts of some length are told in many ways.
func (x *LedgerMatch) fills(field, here, there, fixed string, edit ledgerEdit) {
	if here == "" {
		x.differs(field, here, there, fixed, edit)
	}
}

// dayDiffers is differs for days: a month that the register knows to the day is no difference.
func (x *LedgerMatch) dayDiffers(field string, here, there registry.Date, fixed string, edit ledgerEdit) {
	n := len(x.Differences)
	if !strings.HasPrefix(here.String(), there.String()) {
		x.differs(field, here.String(), there.String(), fixed, edit)
	}
	if len(x.Differences) > n {
		x.Differences[n].Finer = !here.IsZero() && strings.HasPrefix(there.String(), here.String())
	}
}

func (x *LedgerMatch) compareFarm(farm *registry.Farm) {
	id := int64(farm.ID)
	of := func(fn func(f *registry.Farm)) ledgerEdit { return set("farm", id, fn) }
	there := farmOf(&x.Record)
	for _, t := range []struct {
		field       string
		here, there string
		to          func(f *registry.Farm) *string
	}{
		{"镇街", farm.Town, there.Town, func(f *registry.Farm) *string { return &f.Town }},
		{"地址", farm.Address, there.Address, func(f *registry.Farm) *string { return &f.Address }},
		{"排污许可或登记编号", farm.Permit.Number, there.Permit.Number, func(f *registry.Farm) *string { return &f.Permit.Number }},
		{"环评文号", farm.EIA.Number, there.EIA.Number, func(f *registry.Farm) *string { return &f.EIA.Number }},
		{"联系人", farm.ContactName, there.ContactName, func(f *registry.Farm) *string { return &f.ContactName }},
		{"联系电话", farm.ContactPhone, there.ContactPhone, func(f *registry.Farm) *string { return &f.ContactPhone }},
	} {
		x.differs(t.field, t.here, t.there, "", of(func(f *registry.Farm) { *t.to(f) = t.there }))
	}
	for _, h := range there.Herds {
		here := ""
		for _, known := range farm.Herds {
			if sameHerd(known, h) {
				here = cmp.Or(known.CountText(), known.Species)
			}
		}
		x.differs(h.Basis+"（"+h.Species+h.Stage+"）", here, cmp.Or(h.CountText(), here, h.Species), "", of(func(f *registry.Farm) { keepHerd(f, h) }))
	}
	if there.AreaM2 != nil && farm.AreaM2 == nil {
		x.differs("占地面积", "", decimalText(*there.AreaM2)+" 平方米", "", of(func(f *registry.Farm) { f.AreaM2 = there.AreaM2 }))
	}
	if there.Place.Longitude != nil && there.Place.Latitude != nil && farm.Place.Longitude == nil {
		x.differs("经纬度", "", decimalText(*there.Place.Longitude)+"，"+decimalText(*there.Place.Latitude), "", of(func(f *registry.Farm) { f.Place = there.Place }))
	}
}

// sameHerd tells that both count the same animals: 年出栏 is no 存栏.
func sameHerd(a, b registry.Herd) bool {
	return a.Species == b.Species && a.Stage == b.Stage && cmp.Or(a.Basis, inStock) == cmp.Or(b.Basis, inStock)
}

// keepHerd sets how many animals of a species there are.
func keepHerd(f *registry.Farm, h registry.Herd) {
	for i := range f.Herds {
		if sameHerd(f.Herds[i], h) {
			f.Herds[i].Count, f.Herds[i].Qualifier, f.Herds[i].AsOf = h.Count, h.Qualifier, h.AsOf
			return
		}
	}
	f.Herds = append(f.Herds, h)
}

const fieldCode = "统一社会信用代码"

const (
	fixedParty  = "当事人请到案件里改"
	fixedClosed = "案件已结案"
	fixedMany   = "本案有几项，请到案件里核对"
	fixedNone   = "台账写的是 0，请到案件里核对"
)

func (x *LedgerMatch) compareCase(f *registry.CaseFile) {
	rec, fixed := &x.Record, ""
	if f.Case.Stage.Closed() {
		fixed = fixedClosed
	}
	of := func(fn func(c *registry.Case)) ledgerEdit { return set("case", int64(f.Case.ID), fn) }
	x.compareParty(f)
	x.differs("辖区", f.Case.DistrictCode, rec.DistrictCode, "辖区请到案件里改", ledgerEdit{})
	x.differs("案件编号", f.Case.Number, rec.Number, fixed, of(func(c *registry.Case) { c.Number = rec.Number }))
	x.dayDiffers("发现日期", f.Case.FoundOn, rec.FoundOn, fixed, of(func(c *registry.Case) { c.FoundOn = rec.FoundOn }))
	x.fills("查处情况", f.Case.Handling, rec.Handling, fixed, of(func(c *registry.Case) { c.Handling = rec.Handling }))
	x.fills("违法事实", f.Case.Summary+factsOf(f), rec.Facts, fixed, of(func(c *registry.Case) { c.Summary = rec.Facts }))
	if f.Case.FarmID == 0 {
		x.differs("养殖场", "", rec.Farm, fixed, ledgerEdit{"case", int64(f.Case.ID), func(im *ledgerImporter, v any) (err error) {
			v.(*registry.Case).FarmID, err = im.farm(rec, 0)
			return err
		}, nil})
	}
	x.compareSteps(f, fixed)
}

// factsOf are the facts of the acts, where a case's own summary is empty.
func factsOf(f *registry.CaseFile) (text string) {
	for i := range f.Violations {
		text += f.Violations[i].Facts
	}
	return text
}

func (x *LedgerMatch) compareParty(f *registry.CaseFile) {
	rec := &x.Record
	p, name, ok := f.MainParty()
	if !ok {
		x.differs("当事人", "", rec.Party, fixedParty, ledgerEdit{})
		return
	}
	if registry.NameKey(p.Name) != registry.NameKey(rec.Party) && registry.NameKey(p.PublicName) != registry.NameKey(rec.Party) {
		x.differs("当事人", name, rec.Party, fixedParty, ledgerEdit{})
		return // what else the row says of it is of somebody else
	}
	fixed := ""
	if p.CreditCode != "" {
		fixed = fixedParty
	}
	of := func(fn func(p *registry.Party)) ledgerEdit { return set("party", int64(p.ID), fn) }
	x.differs(fieldCode, p.CreditCode, rec.Code, fixed, of(func(p *registry.Party) { p.CreditCode = rec.Code }))
	x.fills("法定代表人", p.LegalPerson, rec.LegalPerson, "", of(func(p *registry.Party) { p.LegalPerson = rec.LegalPerson }))
	x.fills("当事人电话", p.Phone, rec.Phone, "", of(func(p *registry.Party) { p.Phone = rec.Phone }))
}

// compareSteps compares the documents, the penalties and the payment, in the order of the procedure: so they are added.
func (x *LedgerMatch) compareSteps(f *registry.CaseFile, fixed string) {
	rec := &x.Record
	steps := ledgerSteps(rec)
	for i := range steps {
		if steps[i].kind != registry.DocClosing {
			x.compareStep(f, &steps[i], fixed)
		}
	}
	x.compareAmount(f, "罚款", rec.Fine, f.Fines(), fixed)
	x.compareAmount(f, "没收违法所得", rec.Taken, f.Confiscated(), fixed)
	x.comparePaid(f, fixed)
	x.compareStep(f, &steps[len(steps)-1], fixed)
}

func (x *LedgerMatch) compareStep(f *registry.CaseFile, s *ledgerStep, fixed string) {
	d, ok := f.Document(s.kind)
	several, named := 0, false
	for i := range f.Documents {
		o := &f.Documents[i]
		if o.Kind != s.kind {
			continue
		}
		if several++; s.number != "" && registry.DocNumberKey(o.Number) == registry.DocNumberKey(s.number) {
			d, ok, named = *o, true, true
		}
	}
	if several > 1 && !named { // which of them the row means nobody can tell
		fixed = cmp.Or(fixed, fixedMany)
	}
	kind := string(s.kind)
	if !ok {
		if what := strings.TrimSpace(s.number + " " + s.on.String()); what != "" {
			x.differs(kind, "", what, fixed, ledgerEdit{add: func(im *ledgerImporter) error {
				_, err := im.document(&f.Case, s, &x.Record)
				return err
			}})
		}
		return
	}
	of := func(fn func(d *registry.Document)) ledgerEdit { return set("document", int64(d.ID), fn) }
	if registry.DocNumberKey(d.Number) != registry.DocNumberKey(s.number) {
		x.differs(kind+"文号", d.Number, s.number, fixed, of(func(d *registry.Document) { d.NumberTyped = s.number }))
	}
	x.dayDiffers(kind+"日期", d.MadeOn, s.on, fixed, of(func(d *registry.Document) { d.MadeOn = s.on }))
	if s.kind == registry.DocDecision {
		x.dayDiffers("送达日期", d.ServedOn, x.Record.ServedOn, fixed, of(func(d *registry.Document) { d.ServedOn = x.Record.ServedOn }))
	}
}

// compareAmount compares a penalty of money. sum is what the register has in force of its kind.
func (x *LedgerMatch) compareAmount(f *registry.CaseFile, kind string, there *registry.Money, sum registry.Sum, fixed string) {
	if there == nil || *there == 0 && sum.Known+sum.Unknown == 0 || sum.Unknown == 0 && sum.Known > 0 && sum.Total == *there {
		return
	}
	here, only := "", 0
	var of registry.Penalty
	for _, p := range f.Penalties {
		if p.Kind == kind {
			of = p
			only++
		}
	}
	if sum.Known > 0 {
		here = sum.Total.String() + " 元"
	}
	edit := set("penalty", int64(of.ID), func(p *registry.Penalty) { p.Amount = there })
	switch {
	case only == 0 && sum.Known+sum.Unknown == 0:
		edit = ledgerEdit{add: func(im *ledgerImporter) error { return im.addPenalty(f.Case.ID, kind, there) }}
		if _, decided := f.Document(registry.DocDecision); !decided && x.Record.DecisionNumber == "" && x.Record.DecidedOn.IsZero() {
			fixed = cmp.Or(fixed, "本案没有处罚决定书，请先登记")
		}
	case *there == 0:
		fixed = cmp.Or(fixed, fixedNone)
	case only != 1 || sum.Known+sum.Unknown > 1:
		fixed = cmp.Or(fixed, fixedMany)
	}
	x.differs(kind, here, there.String()+" 元", fixed, edit)
}

func (x *LedgerMatch) comparePaid(f *registry.CaseFile, fixed string) {
	there, paid := x.Record.Paid, f.Paid()
	if len(f.Payments) == 1 && f.Payments[0].Kind == registry.PaidFine {
		p := &f.Payments[0]
		x.dayDiffers("缴款日期", p.PaidOn, x.Record.PaidOn, fixed, set("payment", int64(p.ID), func(p *registry.Payment) { p.PaidOn = x.Record.PaidOn }))
	}
	if there == nil || *there == paid {
		return
	}
	here := ""
	if len(f.Payments) > 0 {
		here = paid.String() + " 元"
	}
	edit := ledgerEdit{add: func(im *ledgerImporter) error { return im.addPayment(f.Case.ID, &x.Record) }}
	fined := slices.ContainsFunc(f.Penalties, func(p registry.Penalty) bool { return p.Kind == "罚款" }) || x.Record.Fine != nil && *x.Record.Fine > 0
	switch {
	case *there == 0:
		fixed = cmp.Or(fixed, fixedNone)
	case len(f.Payments) == 0 && !fined:
		fixed = cmp.Or(fixed, "本案没有罚款，请先登记")
	case len(f.Payments) == 1 && f.Payments[0].Kind == registry.PaidFine:
		edit = set("payment", int64(f.Payments[0].ID), func(p *registry.Payment) { p.Amount = *there })
	case len(f.Payments) > 0:
		fixed = cmp.Or(fixed, fixedMany)
	}
	x.differs("实缴", here, there.String()+" 元", fixed, edit)
}

// update brings what the row says into the record that it is of: a record is written once, however many of its fields change.
func (im *ledgerImporter) update(x *LedgerMatch) error {
	type key struct {
		entity string
		id     int64
	}
	var order []key
	sets := map[key][]ledgerEdit{}
	var adds []ledgerEdit
	for _, d := range x.Differences {
		switch k := (key{d.edit.entity, d.edit.id}); {
		case d.Fixed != "":
		case d.edit.add != nil:
			adds = append(adds, d.edit)
		default:
			if sets[k] == nil {
				order = append(order, k)
			}
			sets[k] = append(sets[k], d.edit)
		}
	}
	for _, k := range order {
		if err := ledgerChanges[k.entity].write(im, k.id, sets[k]); err != nil {
			return err
		}
	}
	for _, e := range adds {
		if err := e.add(im); err != nil {
			return err
		}
	}
	title := x.Record.Title
	if x.Entity == "farm" {
		title = x.Record.Farm
	}
	im.batch.Updates++
	im.batch.Rows = append(im.batch.Rows, registry.LedgerRow{Sheet: x.Sheet, Row: x.Row, Entity: x.Entity, ID: x.ID, Title: title, Updated: true})
	return nil
}

// ledgerChange writes the edits of a record of a noun, and takes them back.
type ledgerChange struct {
	write func(im *ledgerImporter, id int64, edits []ledgerEdit) error
	back  func(u *undoing, r registry.ChangedRecord) error
}

// ledgerChanges are the nouns of which a row may change a record.
var ledgerChanges = map[string]ledgerChange{
	"case": changeOf(store.Cases, func(im *ledgerImporter, x *registry.Case) []check {
		return append(im.b.s.caseRefs(x), open(x.ID), partsStay(x))
	}),
	"document": changeOf(store.Documents, func(im *ledgerImporter, x *registry.Document) []check {
		return im.b.s.documentChecks(im.b.a.actor, x)
	}),
	"penalty":    changeOf(store.Penalties, func(_ *ledgerImporter, x *registry.Penalty) []check { return []check{open(x.CaseID), penaltyRefs(x)} }),
	"payment":    changeOf(store.Payments, func(_ *ledgerImporter, x *registry.Payment) []check { return []check{open(x.CaseID), ofPenalty(x)} }),
	"party":      changeOf(store.Parties, func(_ *ledgerImporter, x *registry.Party) []check { return []check{partyStands(x)} }),
	"inspection": changeOf(store.Inspections, func(im *ledgerImporter, x *registry.Inspection) []check { return im.b.s.inspectionRefs(x) }),
	"farm": changeOf(store.Farms, func(_ *ledgerImporter, x *registry.Farm) []check {
		return []check{stands(store.Farms, x.ID), unmergedFarm(x)}
	}),
}

func changeOf[T any, P store.Record[T]](t *store.Table[T, P], checks func(*ledgerImporter, P) []check) ledgerChange {
	return ledgerChange{
		write: func(im *ledgerImporter, id int64, edits []ledgerEdit) error {
			x, err := t.Get(im.b.tx, id)
			if err != nil {
				return err
			}
			before := P(&x).Base().Version
			for _, e := range edits {
				if err := e.set(im, &x); err != nil {
					return err
				}
			}
			if err := changeIn(im.b.tx, im.b.s, im.b.a, t, P(&x), checks(im, P(&x))...); err != nil {
				return err
			}
			im.changed(registry.ChangedRecord{Entity: t.Entity, ID: id, Before: before, After: P(&x).Base().Version})
			return nil
		},
		back: func(u *undoing, r registry.ChangedRecord) error { return takeBack(u, t, r) },
	}
}

// changed notes that a record was changed; of one that several rows are about, what it was before the first.
func (im *ledgerImporter) changed(r registry.ChangedRecord) {
	for i := range im.batch.Changed {
		if c := &im.batch.Changed[i]; c.Entity == r.Entity && c.ID == r.ID {
			c.After = r.After
			return
		}
	}
	for i := range im.batch.Made { // made by a row before
		if m := &im.batch.Made[i]; m.Entity == r.Entity && m.ID == r.ID {
			m.Version = r.After
			return
		}
	}
	im.batch.Changed = append(im.batch.Changed, r)
}

func decimalText(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
