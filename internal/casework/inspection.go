package casework

import (
	"context"
	"errors"

	"casebook/internal/registry"
	"casebook/internal/store"
)

func asError(err error, target **registry.Error) bool { return errors.As(err, target) }

// AddInspection saves a new inspection as a draft, with anything missing.
func (s *Service) AddInspection(ctx context.Context, a registry.Actor, x *registry.Inspection) (repeated bool, err error) {
	x.SubmittedAt, x.SubmittedBy = nil, ""
	if x.Origin == registry.OriginField || x.Origin == "" {
		x.State = registry.InspectionDraft
	}
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Inspections, x, s.inspectionRefs(x)...)
}

// ChangeInspection stores an edited inspection. A submitted one of our own must stay complete.
func (s *Service) ChangeInspection(ctx context.Context, a registry.Actor, x *registry.Inspection) error {
	if x.State == registry.InspectionSubmitted {
		x.Clean()
		if err := x.CheckSubmit(s.Today()); err != nil {
			return err
		}
	}
	return s.changeInspection(ctx, act{actor: a, perm: registry.PermRecordWrite}, x)
}

// SubmitInspection makes a draft final: it asks for what the law asks for.
func (s *Service) SubmitInspection(ctx context.Context, a registry.Actor, x *registry.Inspection) error {
	x.Clean()
	if err := x.CheckSubmit(s.Today()); err != nil {
		return err
	}
	now := s.now()
	x.State, x.SubmittedAt, x.SubmittedBy = registry.InspectionSubmitted, &now, a.Username
	return s.changeInspection(ctx, act{actor: a, perm: registry.PermRecordWrite, action: "提交"}, x)
}

func (s *Service) inspectionRefs(x *registry.Inspection) []check {
	return []check{
		openInspection(x.ID), notMergedFarm("farm_id", x.FarmID), notMerged("party_id", x.PartyID),
		refExists(store.Organs, "organ_id", x.OrganID), refExists(store.Campaigns, "campaign_id", x.CampaignID),
		func(tx *store.Tx) error { return ownFarm(tx, x) },
		func(tx *store.Tx) error {
			// The place's district is the farm's unless the record says otherwise: never asked twice.
			if x.DistrictCode == "" && x.FarmID != 0 {
				f, err := store.Farms.Get(tx, int64(x.FarmID))
				if err != nil {
					return err
				}
				x.DistrictCode = f.DistrictCode
			}
			return nil
		},
	}
}

// ownFarm asks that the farm that an inspection of a branch is newly of lie in the branch's district.
func ownFarm(tx *store.Tx, x *registry.Inspection) error {
	was, err := maybe(tx, store.Inspections, x.ID)
	if err != nil || was != nil && was.FarmID == x.FarmID {
		return err
	}
	return tx.MayWrite(store.Farms.Entity, int64(x.FarmID))
}

// Inspection reads an inspection.
func (s *Service) Inspection(ctx context.Context, a registry.Actor, id registry.InspectionID) (registry.Inspection, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Inspections, int64(id))
}

// InspectionPage is an inspection with what belongs to it.
type InspectionPage struct {
	Inspection  registry.Inspection
	Foreign     Foreign
	Farm        registry.Farm
	Party       *registry.Party
	Organ       *registry.Organ
	Campaign    *registry.Campaign
	Samples     []registry.Sample
	Evidence    []registry.Evidence
	Cases       []registry.Case
	Told        []registry.Document // of these cases, that tell the party a monitoring result
	Attachments []registry.Attachment
	Revisions   []registry.Revision
	History     []registry.Revision   // of the inspection and what is or was on it, newest first
	Missing     []registry.FieldError // what submitting would still ask for
	Warnings    []string              // certificates not valid that day, and other things to look at
	Zones       ZoneCheck             // that day, at the position of the inspection or of the farm
}

// InspectionPage reads an inspection's page.
func (s *Service) InspectionPage(ctx context.Context, a registry.Actor, id registry.InspectionID) (p InspectionPage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if p.Inspection, err = store.Inspections.Get(tx, int64(id)); err != nil {
			return err
		}
		x := &p.Inspection
		if p.Foreign, err = foreignTo(tx, a, "本次检查", "办理", store.Inspections.Entity, int64(id)); err != nil {
			return err
		}
		if p.Farm, err = store.Farms.Referred(tx, int64(x.FarmID)); err != nil {
			return err
		}
		if p.Party, err = maybe(tx, store.Parties, x.PartyID); err != nil {
			return err
		}
		if p.Organ, err = maybe(tx, store.Organs, x.OrganID); err != nil {
			return err
		}
		if p.Campaign, err = maybe(tx, store.Campaigns, x.CampaignID); err != nil {
			return err
		}
		samples, err := tx.SamplesOf([]registry.InspectionID{id})
		if err != nil {
			return err
		}
		p.Samples = samples[id]
		if p.Evidence, err = tx.EvidenceOfInspection(id); err != nil {
			return err
		}
		if p.Cases, err = tx.CasesOnInspection(id); err != nil {
			return err
		}
		if p.Told, err = tx.DocumentsOnInspection(id, registry.DocMonitoringTold); err != nil {
			return err
		}
		if p.Attachments, err = tx.AttachmentsOf("inspection", int64(id)); err != nil {
			return err
		}
		if p.Revisions, err = tx.Revisions("inspection", int64(id)); err != nil {
			return err
		}
		if p.History, err = tx.InspectionHistory(id, 3*historyLimit); err != nil {
			return err
		}
		if p.Warnings, err = certificateWarnings(tx, *x); err != nil {
			return err
		}
		if x.Kind != registry.Recheck && x.Uncounted == "" && !x.IsVoid() {
			v, err := s.visitsOf(tx, x.FarmID, x.StartedOn, id)
			if err != nil {
				return err
			}
			if words := v.Warning(); words != "" {
				p.Warnings = append(p.Warnings, words)
			}
		}
		at := x.Position
		if at.Longitude == nil {
			at = p.Farm.Place
		}
		p.Zones, err = s.zonesAt(tx, at, x.StartedOn)
		return err
	})
	if err != nil {
		return p, err
	}
	if p.Inspection.State == registry.InspectionDraft && !p.Inspection.IsVoid() {
		var e *registry.Error
		if asError(p.Inspection.CheckSubmit(s.Today()), &e) {
			p.Missing = e.Fields
		}
	}
	return p, nil
}

// certificateWarnings compares the officers on the sheet with the roster: a certificate that was not valid that day is a
// fatal defect in file review, but the record of what happened stays as it is.
func certificateWarnings(tx *store.Tx, x registry.Inspection) ([]string, error) {
	var out []string
	for _, ref := range x.Officers {
		if ref.OfficerID == 0 {
			continue
		}
		o, err := store.Officers.Get(tx, int64(ref.OfficerID))
		if err != nil {
			return nil, err
		}
		switch valid, known := o.ValidOn(x.StartedOn); {
		case !known:
			out = append(out, o.Name+"的执法证有效期未登记，无法判断检查当日是否有效")
		case !valid:
			out = append(out, o.Name+"的执法证在检查当日不在有效期内（"+o.ValidFrom.String()+" 至 "+o.ValidTo.String()+"）")
		}
	}
	return out, nil
}

// Inspections lists inspections.
func (s *Service) Inspections(ctx context.Context, a registry.Actor, f store.InspectionFilter, p store.Page) (l List[store.InspectionRow], err error) {
	f.Asking = s.asking(a)
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if l.Rows, l.Next, err = tx.Inspections(f, p); err != nil {
			return err
		}
		if l.whole(p) {
			return nil
		}
		l.Count, l.Capped, err = tx.CountInspections(f)
		l.Count = max(l.Count, len(l.Rows))
		return err
	})
	return l, err
}

// SaveInspection stores an edited inspection, or submits it where the edit turns a draft into a submitted one. A submitted
// record does not become a draft again.
func (s *Service) SaveInspection(ctx context.Context, a registry.Actor, x *registry.Inspection) error {
	was, err := s.Inspection(ctx, a, x.ID)
	if err != nil {
		return err
	}
	x.SubmittedAt, x.SubmittedBy = was.SubmittedAt, was.SubmittedBy
	switch {
	case was.State == registry.InspectionSubmitted && x.State != registry.InspectionSubmitted:
		return registry.Conflict("这次检查已提交，不能改回草稿。")
	case was.State != registry.InspectionSubmitted && x.State == registry.InspectionSubmitted:
		return s.SubmitInspection(ctx, a, x)
	}
	return s.ChangeInspection(ctx, a, x)
}
