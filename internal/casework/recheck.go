package casework

import (
	"cmp"
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// A re-check of a case is one entry: the inspection as it is written on the spot, and the case's document of it. Each names the other, and what
// is later changed on one follows on the other unless somebody has written something else there.

// RecheckKinds are the kinds of inspection that may be a case's re-check: a 按日连续处罚 asks for one that was not announced.
var RecheckKinds = []string{registry.Recheck, "暗查"}

// AddRecheck records a re-check of a case, in one transaction: the inspection, submitted where its state says so; its place among the
// inspections of the case; and the document. A document that was entered before for the same day is taken for it. An entry repeated with its
// client UUID and content finds both.
func (s *Service) AddRecheck(ctx context.Context, a registry.Actor, id registry.CaseID, x *registry.Inspection) (d registry.Document, repeated bool, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return d, false, err
	}
	x.Kind = cmp.Or(registry.CleanText(x.Kind), registry.Recheck)
	if !slices.Contains(RecheckKinds, x.Kind) {
		return d, false, registry.Invalid("kind", "复查的检查类型应为“%s”或“%s”", RecheckKinds[0], RecheckKinds[1])
	}
	made, err := creationOf(store.Inspections, x) // as it was typed
	if err != nil {
		return d, false, err
	}
	what := act{actor: a, perm: registry.PermRecordWrite, made: made}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		c, err := store.Cases.Get(tx, int64(id))
		if err != nil {
			return err
		}
		x.FarmID = cmp.Or(x.FarmID, c.FarmID)
		if len(c.Parties) == 1 {
			x.PartyID = cmp.Or(x.PartyID, c.Parties[0].PartyID)
		}
		x.OrganID = cmp.Or(x.OrganID, c.HandlingOrganID)
		x.SubmittedAt, x.SubmittedBy = nil, ""
		if x.State == registry.InspectionSubmitted {
			if err := s.submitting(a, x); err != nil {
				return err
			}
			what.action = "提交"
		}
		if repeated, err = addIn(tx, s, what, store.Inspections, x, append(s.inspectionRefs(x), open(id))...); err != nil {
			return err
		}
		if repeated {
			d, err = recheckDocument(tx, id, x)
			return err
		}
		c.Inspections = append(c.Inspections, x.ID)
		if err := rewrite(tx, s, act{actor: a, action: "修改"}, store.Cases, &c); err != nil {
			return err
		}
		if d, err = recheckDocument(tx, id, x); err != nil {
			return err
		}
		fillRecheck(&d, x)
		if d.ID != 0 {
			return changeIn(tx, s, act{actor: a}, store.Documents, &d, s.documentChecks(a, &d)...)
		}
		_, err = addIn(tx, s, act{actor: a}, store.Documents, &d, s.documentChecks(a, &d)...)
		return err
	})
	return d, repeated, err
}

// recheckDocument is the document of a case that an inspection is named by, or else one of its day that names none, or one of which neither day
// nor result is written yet; otherwise a new one.
func recheckDocument(tx *store.Tx, id registry.CaseID, x *registry.Inspection) (registry.Document, error) {
	list, err := tx.DocumentsOfKind(id, registry.DocRecheck)
	if err != nil {
		return registry.Document{}, err
	}
	for _, same := range []func(d registry.Document) bool{
		func(d registry.Document) bool { return d.InspectionID == x.ID },
		func(d registry.Document) bool {
			return d.InspectionID == 0 && !d.MadeOn.IsZero() && d.MadeOn == x.StartedOn
		},
		func(d registry.Document) bool { return d.InspectionID == 0 && d.MadeOn.IsZero() && d.Result == "" },
	} {
		if i := slices.IndexFunc(list, same); i >= 0 {
			return store.Documents.Get(tx, int64(list[i].ID)) // with what hangs on it
		}
	}
	return registry.Document{CaseID: id, Kind: registry.DocRecheck}, nil
}

// fillRecheck completes a document by what the inspection tells; what it says already stays.
func fillRecheck(d *registry.Document, x *registry.Inspection) {
	told := x.RecheckOf()
	d.InspectionID = x.ID
	if d.MadeOn.IsZero() {
		d.MadeOn = told.MadeOn
	}
	d.OrganID = cmp.Or(d.OrganID, told.OrganID)
	if d.Result == "" {
		d.Result, d.ResultOn = told.Result, told.ResultOn
	}
	if len(d.Participants) == 0 {
		d.Participants = Investigators([]registry.Inspection{*x})
	}
}

// Investigator is the part of who handles a case.
const Investigator = "承办"

// Investigators are the officers of inspections, each once, as 承办.
func Investigators(visits []registry.Inspection) []registry.Participant {
	var list []registry.Participant
	for _, i := range visits {
		for _, o := range i.Officers {
			p := registry.Participant{OfficerID: o.OfficerID, Name: o.Name, Part: Investigator}
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}

// changeInspection stores an edited inspection, and what its documents say of it.
func (s *Service) changeInspection(ctx context.Context, a act, x *registry.Inspection) error {
	if err := a.actor.May(a.perm); err != nil {
		return err
	}
	return s.write(ctx, a.actor, func(tx *store.Tx) error {
		was, err := store.Inspections.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		if err := changeIn(tx, s, a, store.Inspections, x, s.inspectionRefs(x)...); err != nil {
			return err
		}
		return s.tellDocuments(tx, a.actor, &was, x)
	})
}

// tellDocuments lets the documents that name an inspection follow its day, organ, officers and result, each where it said what the inspection
// said.
func (s *Service) tellDocuments(tx *store.Tx, a registry.Actor, was, x *registry.Inspection) error {
	before, now := was.RecheckOf(), x.RecheckOf()
	list, err := tx.DocumentsNaming(x.ID)
	if err != nil {
		return err
	}
	for _, row := range list {
		stage, err := tx.CaseStage(row.CaseID)
		if err != nil {
			return err
		}
		d, err := store.Documents.Get(tx, int64(row.ID))
		if err != nil {
			return err
		}
		changed := follow(&d.MadeOn, before.MadeOn, now.MadeOn)
		changed = follow(&d.Result, before.Result, now.Result) || changed
		changed = follow(&d.ResultOn, before.ResultOn, now.ResultOn) || changed
		changed = follow(&d.OrganID, before.OrganID, now.OrganID) || changed
		if crew := Investigators([]registry.Inspection{*x}); slices.Equal(d.Participants, Investigators([]registry.Inspection{*was})) && !slices.Equal(d.Participants, crew) {
			d.Participants, changed = crew, true
		}
		if !changed || stage.Closed() {
			continue
		}
		if err := rewrite(tx, s, act{actor: a, action: "修改"}, store.Documents, &d); err != nil {
			return err
		}
	}
	return nil
}

// follow moves a value that is what another was to what that is now.
func follow[T comparable](value *T, was, now T) bool {
	if *value != was || was == now {
		return false
	}
	*value = now
	return true
}

// tellInspection lets the inspection that a document names follow the document's result, where it said the same or nothing.
func (s *Service) tellInspection(tx *store.Tx, a registry.Actor, was, d *registry.Document) error {
	if d.InspectionID == 0 || d.Result == was.Result || !registry.RecheckResults.Has(d.Result) {
		return nil
	}
	x, err := store.Inspections.Get(tx, int64(d.InspectionID))
	if err != nil || x.Rectified != "" && x.Rectified != was.Result || x.Rectified == d.Result {
		return err
	}
	if openInspection(x.ID)(tx) != nil {
		return nil // a closed case rests on it too: there it stays as it is
	}
	x.Rectified = d.Result
	x.Clean()
	return rewrite(tx, s, act{actor: a, action: "修改"}, store.Inspections, &x)
}

// namesOwnInspection asks that the inspection which a document names is one of its case.
func namesOwnInspection(x *registry.Document) check {
	return func(tx *store.Tx) error {
		if x.InspectionID == 0 {
			return nil
		}
		c, err := store.Cases.Get(tx, int64(x.CaseID))
		if err != nil || slices.Contains(c.Inspections, x.InspectionID) {
			return err
		}
		return registry.Invalid("inspection_id", "本案没有关联这次检查，请先在案件中关联")
	}
}
