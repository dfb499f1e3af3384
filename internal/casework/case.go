package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddCase opens a case.
func (s *Service) AddCase(ctx context.Context, a registry.Actor, x *registry.Case) (repeated bool, err error) {
	x.Stage = registry.StageOpened
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Cases, x, s.caseRefs(x)...)
}

// ChangeCase stores an edited case; a closed one is read-only.
func (s *Service) ChangeCase(ctx context.Context, a registry.Actor, x *registry.Case) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Cases, x, append(s.caseRefs(x), open(x.ID))...)
}

func (s *Service) caseRefs(x *registry.Case) []check {
	checks := []check{
		refExists(store.Farms, "farm_id", x.FarmID), refExists(store.Campaigns, "campaign_id", x.CampaignID),
		refExists(store.Organs, "deciding_organ_id", x.DecidingOrganID), refExists(store.Organs, "handling_organ_id", x.HandlingOrganID),
		func(tx *store.Tx) error { return fillOrgans(tx, x) },
	}
	for i, p := range x.Parties {
		checks = append(checks, notMerged(fmt.Sprintf("parties.%d.party_id", i), p.PartyID))
	}
	checks = append(checks, func(tx *store.Tx) error { return nameParties(tx, x) })
	for i, id := range x.Inspections {
		checks = append(checks, refExists(store.Inspections, fmt.Sprintf("inspections.%d.id", i), id))
	}
	return checks
}

// nameParties keeps the name that each party has today where nobody typed another: it may be renamed or sold later.
func nameParties(tx *store.Tx, x *registry.Case) error {
	for i := range x.Parties {
		if p := &x.Parties[i]; p.NameAtAct == "" {
			party, err := store.Parties.Get(tx, int64(p.PartyID))
			if err != nil {
				return err
			}
			p.NameAtAct = party.Name
		}
	}
	return nil
}

// fillOrgans names the city bureau as deciding organ and the district's branch as handling unit where nobody chose others.
func fillOrgans(tx *store.Tx, x *registry.Case) error {
	if x.DecidingOrganID != 0 && x.HandlingOrganID != 0 {
		return nil
	}
	organs, err := store.Organs.List(tx, "WHERE active = $1 ORDER BY id", true)
	if err != nil {
		return err
	}
	for _, o := range organs {
		if x.DecidingOrganID == 0 && o.Kind == "市局" {
			x.DecidingOrganID = o.ID
		}
		if x.HandlingOrganID == 0 && o.Kind == "分局" && o.DistrictCode == x.DistrictCode {
			x.HandlingOrganID = o.ID
		}
	}
	return nil
}

// JoinInspection lets a case rest on one more inspection: a re-check entered from the case.
func (s *Service) JoinInspection(ctx context.Context, a registry.Actor, id registry.CaseID, inspection registry.InspectionID) error {
	x, err := s.Case(ctx, a, id)
	if err != nil || slices.Contains(x.Inspections, inspection) {
		return err
	}
	x.Inspections = append(x.Inspections, inspection)
	return s.ChangeCase(ctx, a, &x)
}

// Case reads a case.
func (s *Service) Case(ctx context.Context, a registry.Actor, id registry.CaseID) (registry.Case, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Cases, int64(id))
}

// CasePage is a case with everything on it.
type CasePage struct {
	registry.CaseFile
	Attachments []registry.Attachment
	History     []registry.Revision // of the case and what is on it, newest first
	Bulletins   []registry.Bulletin
	Texts       map[string]string // kept statute texts by hash
	Sheets      []registry.DiscretionSheet
}

// CasePage reads a case's page.
func (s *Service) CasePage(ctx context.Context, a registry.Actor, id registry.CaseID) (p CasePage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		f, err := tx.CaseFile(id)
		if err != nil {
			return err
		}
		p.CaseFile = *f
		if p.Attachments, err = tx.AttachmentsOf("case", int64(id)); err != nil {
			return err
		}
		if p.History, err = tx.CaseHistory(id, 3*historyLimit); err != nil {
			return err
		}
		if p.Bulletins, err = store.Bulletins.List(tx, "WHERE id IN (SELECT bulletin_id FROM bulletin_cases WHERE case_id = $1) ORDER BY id", int64(id)); err != nil {
			return err
		}
		if p.Sheets, err = tx.DiscretionSheetsOf(id); err != nil {
			return err
		}
		p.Texts, err = keptTexts(tx, f)
		return err
	})
	return p, err
}

func keptTexts(tx *store.Tx, f *registry.CaseFile) (map[string]string, error) {
	texts := map[string]string{}
	keep := func(list []registry.Citation) error {
		for _, c := range list {
			if c.TextHash == "" || texts[c.TextHash] != "" {
				continue
			}
			t, err := tx.KeptText(c.TextHash)
			if err != nil {
				return err
			}
			texts[c.TextHash] = t
		}
		return nil
	}
	for _, v := range f.Violations {
		if err := keep(v.Citations); err != nil {
			return nil, err
		}
	}
	for _, d := range f.Documents {
		if err := keep(d.Citations); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// CaseFile reads a case with everything on it.
func (s *Service) CaseFile(ctx context.Context, a registry.Actor, id registry.CaseID) (f *registry.CaseFile, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		f, err = tx.CaseFile(id)
		return err
	})
	return f, err
}

// Cases lists cases.
func (s *Service) Cases(ctx context.Context, a registry.Actor, f store.CaseFilter, p store.Page) (l List[store.CaseRow], err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if l.Rows, l.Next, err = tx.Cases(f, p); err != nil {
			return err
		}
		l.Count, l.Capped, err = tx.CountCases(f)
		return err
	})
	return l, err
}

// AddViolation records a violation. Where no citation is given, those the catalogue offers for the act's end are recorded as
// offered, for the officer to confirm; where the law leaves a choice, none is.
func (s *Service) AddViolation(ctx context.Context, a registry.Actor, x *registry.Violation) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, x, s.violationChecks(x)...)
}

// ChangeViolation stores an edited violation.
func (s *Service) ChangeViolation(ctx context.Context, a registry.Actor, x *registry.Violation) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, x, s.violationChecks(x)...)
}

func (s *Service) violationChecks(x *registry.Violation) []check {
	return []check{
		open(x.CaseID),
		func(tx *store.Tx) error {
			if x.TypeCode != "" {
				if _, ok := s.Law().ViolationType(x.TypeCode); !ok {
					return registry.Invalid("type_code", "没有代码为“%s”的违法行为类型", x.TypeCode)
				}
			}
			f, err := tx.CaseFile(x.CaseID)
			if err != nil {
				return err
			}
			if x.Seq == 0 {
				x.Seq = int64(len(f.Violations)) + 1
			}
			if len(x.Citations) == 0 && x.TypeCode != "" {
				if x.Citations, err = s.offered(f, x); err != nil {
					return err
				}
			}
			var was []registry.Citation
			for _, stored := range f.Violations {
				if stored.ID == x.ID {
					was = stored.Citations
				}
			}
			if err := s.settleCitations(tx, x.Citations, actEnd(f, x), was...); err != nil {
				return err
			}
			return s.keepChoice(tx, f, x)
		},
	}
}

// Violation reads a violation.
func (s *Service) Violation(ctx context.Context, a registry.Actor, id registry.ViolationID) (registry.Violation, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Violations, int64(id))
}

// RemoveViolation deletes a violation entered by mistake; one that a 裁量 sheet was kept for stays, since the sheet does.
func (s *Service) RemoveViolation(ctx context.Context, a registry.Actor, id registry.ViolationID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Violations, int64(id), version, func(tx *store.Tx) error {
		v, err := store.Violations.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := open(v.CaseID)(tx); err != nil {
			return err
		}
		if kept, err := tx.HasDiscretionSheet(id); err != nil {
			return err
		} else if kept {
			return registry.Conflict("这项违法行为已有裁量计算表存入案件，不能删除；可以编辑它，并另存新的裁量计算表。")
		}
		return tx.DropCitations("violation", int64(id))
	})
}

// AddDocument records a document or step.
func (s *Service) AddDocument(ctx context.Context, a registry.Actor, x *registry.Document) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.reviewRemark(ctx, a, x)}, store.Documents, x, s.documentChecks(x)...)
}

// ChangeDocument stores an edited document.
func (s *Service) ChangeDocument(ctx context.Context, a registry.Actor, x *registry.Document) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Documents, x, s.documentChecks(x)...)
}

func (s *Service) documentChecks(x *registry.Document) []check {
	return []check{
		s.openDocument(x), knownKind(x), refExists(store.Organs, "organ_id", x.OrganID), numberFree(x),
		func(tx *store.Tx) error {
			if x.Seq == 0 {
				last, err := tx.LastDocumentSeq(x.CaseID)
				if err != nil {
					return err
				}
				x.Seq = last + 1
			}
			var was registry.Document
			if x.ID != 0 {
				var err error
				if was, err = store.Documents.Get(tx, int64(x.ID)); err != nil {
					return err
				}
			}
			if err := nameParticipants(x, &was)(tx); err != nil {
				return err
			}
			return s.settleCitations(tx, x.Citations, x.MadeOn, was.Citations...)
		},
	}
}

// Document reads a document.
func (s *Service) Document(ctx context.Context, a registry.Actor, id registry.DocumentID) (registry.Document, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Documents, int64(id))
}

// RemoveDocument deletes a document entered by mistake; one that penalties rest on stays.
func (s *Service) RemoveDocument(ctx context.Context, a registry.Actor, id registry.DocumentID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Documents, int64(id), version, func(tx *store.Tx) error {
		d, err := store.Documents.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := open(d.CaseID)(tx); err != nil {
			return err
		}
		return tx.DropCitations("document", int64(id))
	})
}

// AddPenalty records a penalty.
func (s *Service) AddPenalty(ctx context.Context, a registry.Actor, x *registry.Penalty) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.rangeRemark(ctx, a, x)}, store.Penalties, x, open(x.CaseID), penaltyRefs(x))
}

// ChangePenalty stores an edited penalty.
func (s *Service) ChangePenalty(ctx context.Context, a registry.Actor, x *registry.Penalty) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.rangeRemark(ctx, a, x)}, store.Penalties, x, open(x.CaseID), penaltyRefs(x))
}

// penaltyRefs asks that the decision and the party be of the same case.
func penaltyRefs(x *registry.Penalty) check {
	return func(tx *store.Tx) error {
		if x.DocumentID != 0 {
			d, err := store.Documents.Get(tx, int64(x.DocumentID))
			if err != nil || d.CaseID != x.CaseID {
				return registry.Invalid("document_id", "所选文书不是本案的，请重新选择")
			}
		}
		if x.PartyID != 0 {
			c, err := store.Cases.Get(tx, int64(x.CaseID))
			if err != nil {
				return err
			}
			for _, p := range c.Parties {
				if p.PartyID == x.PartyID {
					return nil
				}
			}
			return registry.Invalid("party_id", "所选当事人不是本案的；请先在案件中加入当事人")
		}
		return nil
	}
}

// Penalty reads a penalty.
func (s *Service) Penalty(ctx context.Context, a registry.Actor, id registry.PenaltyID) (registry.Penalty, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Penalties, int64(id))
}

// RemovePenalty deletes a penalty entered by mistake; one with payments stays.
func (s *Service) RemovePenalty(ctx context.Context, a registry.Actor, id registry.PenaltyID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Penalties, int64(id), version, func(tx *store.Tx) error {
		p, err := store.Penalties.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return open(p.CaseID)(tx)
	})
}

// AddPayment records money received.
func (s *Service) AddPayment(ctx context.Context, a registry.Actor, x *registry.Payment) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, x, open(x.CaseID), ofPenalty(x))
}

// ChangePayment corrects a payment.
func (s *Service) ChangePayment(ctx context.Context, a registry.Actor, x *registry.Payment) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, x, open(x.CaseID), ofPenalty(x))
}

// ofPenalty asks that a payment be for a penalty of its case.
func ofPenalty(x *registry.Payment) check {
	return func(tx *store.Tx) error {
		p, err := store.Penalties.Get(tx, int64(x.PenaltyID))
		if err != nil || p.CaseID != x.CaseID {
			return registry.Invalid("penalty_id", "所选处罚不是本案的，请重新选择")
		}
		return nil
	}
}

// Payment reads a payment.
func (s *Service) Payment(ctx context.Context, a registry.Actor, id registry.PaymentID) (registry.Payment, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Payments, int64(id))
}

// RemovePayment deletes a payment entered by mistake.
func (s *Service) RemovePayment(ctx context.Context, a registry.Actor, id registry.PaymentID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Payments, int64(id), version, func(tx *store.Tx) error {
		p, err := store.Payments.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return open(p.CaseID)(tx)
	})
}

// AddEvidence records an exhibit of a case or an inspection.
func (s *Service) AddEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, evidenceChecks(x)...)
}

// ChangeEvidence stores an edited exhibit.
func (s *Service) ChangeEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, evidenceChecks(x)...)
}

func evidenceChecks(x *registry.Evidence) []check {
	checks := []check{refExists(store.Inspections, "inspection_id", x.InspectionID), openInspection(x.InspectionID)}
	if x.CaseID != 0 {
		checks = append(checks, open(x.CaseID))
	}
	return append(checks, func(tx *store.Tx) error {
		if x.Seq == 0 {
			last, err := tx.LastEvidenceSeq(x.CaseID, x.InspectionID)
			x.Seq = last + 1
			return err
		}
		return nil
	})
}

// EvidenceItem reads an exhibit.
func (s *Service) EvidenceItem(ctx context.Context, a registry.Actor, id registry.EvidenceID) (registry.Evidence, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.EvidenceItems, int64(id))
}

// RemoveEvidence deletes an exhibit entered by mistake.
func (s *Service) RemoveEvidence(ctx context.Context, a registry.Actor, id registry.EvidenceID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, int64(id), version, func(tx *store.Tx) error {
		e, err := store.EvidenceItems.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := openInspection(e.InspectionID)(tx); err != nil || e.CaseID == 0 {
			return err
		}
		return open(e.CaseID)(tx)
	})
}

// AddReviewNote records a remark beside what a source printed.
func (s *Service) AddReviewNote(ctx context.Context, a registry.Actor, x *registry.ReviewNote) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.ReviewNotes, x, refExists(store.Cases, "case_id", x.CaseID), open(x.CaseID))
}
