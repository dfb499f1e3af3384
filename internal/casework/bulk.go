package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

const settingDemo = "demo"

// Bulk writes many records in one transaction through the same checks, audit entries and revisions as one at a time. It
// serves the demo and imports.
type Bulk struct {
	s  *Service
	tx *store.Tx
	a  act
}

// Bulk runs fn in one transaction.
func (s *Service) Bulk(ctx context.Context, a registry.Actor, fn func(b *Bulk) error) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	return s.writeAlone(ctx, a, func(tx *store.Tx) error { return fn(&Bulk{s: s, tx: tx, a: act{actor: a}}) })
}

// MarkDemo notes that the register holds demonstration data, so that serve --demo accepts it and every export says so.
func (b *Bulk) MarkDemo() error { return b.tx.SetSetting(settingDemo, "1") }

// Organ adds a unit.
func (b *Bulk) Organ(x *registry.Organ) error { return bulkAdd(b, store.Organs, x) }

// Officer adds an officer.
func (b *Bulk) Officer(x *registry.Officer) error { return bulkAdd(b, store.Officers, x) }

// Campaign adds a campaign.
func (b *Bulk) Campaign(x *registry.Campaign) error { return bulkAdd(b, store.Campaigns, x) }

// Party adds a party.
func (b *Bulk) Party(x *registry.Party) error { return bulkAdd(b, store.Parties, x) }

// Farm adds a farm.
func (b *Bulk) Farm(x *registry.Farm) error { return bulkAdd(b, store.Farms, x) }

// Zone adds a zone from a GeoJSON file.
func (b *Bulk) Zone(x *registry.ZoneMap, file []byte) error {
	if err := b.s.readZone(x, file, false); err != nil {
		return err
	}
	return bulkAdd(b, store.ZoneMaps, x)
}

// Inspection adds an inspection, submitted if it says so: a published or sample record is complete as it is.
func (b *Bulk) Inspection(x *registry.Inspection) error {
	if x.State == registry.InspectionSubmitted {
		x.Clean()
		if err := x.CheckSubmit(b.s.Today()); err != nil {
			return err
		}
		now := b.s.now()
		x.SubmittedAt, x.SubmittedBy = &now, b.a.actor.Username
	}
	return bulkAdd(b, store.Inspections, x)
}

// Sample adds a sample; its verdicts follow from the numbers as for one entered by hand.
func (b *Bulk) Sample(x *registry.Sample) error {
	settled := b.s.settleSample(b.tx, x)
	return bulkAdd(b, store.Samples, x, func(*store.Tx) error { return settled })
}

// Evidence adds an exhibit.
func (b *Bulk) Evidence(x *registry.Evidence) error {
	return bulkAdd(b, store.EvidenceItems, x, evidenceChecks(x)...)
}

// Interrogation adds an interrogation.
func (b *Bulk) Interrogation(x *registry.Interrogation) error {
	return bulkAdd(b, store.Interrogations, x, interrogationChecks(x)...)
}

// PaperWording adds the wordings of a kind of paper.
func (b *Bulk) PaperWording(x *registry.PaperWording) error {
	return bulkAdd(b, store.PaperWordings, x, bracesStand(x))
}

// Case opens a case.
func (b *Bulk) Case(x *registry.Case) error { return b.caseAt(x, registry.StageOpened) }

// Part ends a part of a long transaction: what it wrote is settled and in the history, and need not be held to the end.
func (b *Bulk) Part() error { return b.tx.Part(b.s.due, b.s.fact) }

// Foresee reads the farms and parties that the next records are about, and the provisions that they may cite, all at once.
func (b *Bulk) Foresee(farms []registry.FarmID, parties []registry.PartyID) error {
	return b.tx.Foresee(farms, parties)
}

// caseAt opens a case that stands where the documents will bring it that this transaction writes next: it need not be written again when it is settled.
func (b *Bulk) caseAt(x *registry.Case, stage registry.Stage) error {
	x.Stage = stage
	return bulkAdd(b, store.Cases, x, func(tx *store.Tx) error { return firstError(fillOrgans(tx, x), ownGrounds(tx, x)) })
}

// Violation adds a violation; its citations are settled against the catalogue as for one entered by hand.
func (b *Bulk) Violation(x *registry.Violation) error {
	return bulkAdd(b, store.Violations, x, func(tx *store.Tx) error {
		return b.s.settleCitations(tx, x.Citations, x.ActTo)
	})
}

// Document adds a document.
func (b *Bulk) Document(x *registry.Document) error {
	return bulkAdd(b, store.Documents, x, knownKind(x), func(tx *store.Tx) error {
		return b.s.settleCitations(tx, x.Citations, x.MadeOn)
	})
}

// Penalty adds a penalty.
func (b *Bulk) Penalty(x *registry.Penalty) error { return bulkAdd(b, store.Penalties, x) }

// Payment adds a payment.
func (b *Bulk) Payment(x *registry.Payment) error { return bulkAdd(b, store.Payments, x) }

// ReviewNote adds a review note.
func (b *Bulk) ReviewNote(x *registry.ReviewNote) error { return bulkAdd(b, store.ReviewNotes, x) }

// Publication adds a published text and says which cases it tells. Of a text that is not kept here the hash is empty.
func (b *Bulk) Publication(x *registry.Publication) error {
	x.By = b.a.actor.Username
	return bulkAdd(b, store.Publications, x)
}

// Compose writes the first published copy of a case that this transaction has written.
func (b *Bulk) Compose(id registry.CaseID) (registry.BulletinCase, error) {
	f, err := b.tx.CaseFile(id)
	if err != nil {
		return registry.BulletinCase{}, err
	}
	return compose(f, b.s.Law(), b.s.Bureau()), nil
}

// Bulletin adds a bulletin as it stands, approved or not.
func (b *Bulk) Bulletin(x *registry.Bulletin) error {
	return bulkAdd(b, store.Bulletins, x, b.s.bulletinChecks(x)...)
}

func bulkAdd[T any, P store.Record[T]](b *Bulk, t *store.Table[T, P], x P, checks ...check) error {
	_, err := addIn(b.tx, b.s, b.a, t, x, checks...)
	return err
}

// IsDemo reports whether the register is empty, and whether it was marked as a demonstration.
func (s *Service) IsDemo(ctx context.Context) (empty, demo bool, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if empty, err = tx.Empty(); err != nil {
			return err
		}
		v, err := tx.Setting(settingDemo)
		demo = v != ""
		return err
	})
	return empty, demo, err
}
