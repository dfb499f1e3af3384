package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddEvidence records an exhibit of a case or an inspection.
func (s *Service) AddEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, append(evidenceChecks(x), takenFrom(x))...)
}

// ChangeEvidence stores an edited exhibit. One of an inspection may be taken up by a case that rests on it; none moves from one case or
// inspection to another.
func (s *Service) ChangeEvidence(ctx context.Context, a registry.Actor, x *registry.Evidence) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, x, append(evidenceChecks(x), stays(x))...)
}

func evidenceChecks(x *registry.Evidence) []check {
	checks := []check{openInspection(x.InspectionID), refExists(store.Inspections, "inspection_id", x.InspectionID), fileThere(x)}
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

// fileThere refuses a file that is not in the register.
func fileThere(x *registry.Evidence) check {
	return func(tx *store.Tx) error {
		if x.AttachmentID == 0 {
			return nil
		}
		_, err := tx.Attachment(x.AttachmentID)
		if registry.KindOf(err) == registry.KindNotFound {
			return registry.Invalid("attachment_id", "没有找到所选的附件，请重新选择")
		}
		return err
	}
}

// takenFrom asks that an exhibit of a case which names an inspection names one that the case rests on.
func takenFrom(x *registry.Evidence) check {
	return func(tx *store.Tx) error {
		if x.CaseID == 0 || x.InspectionID == 0 {
			return nil
		}
		c, err := store.Cases.Get(tx, int64(x.CaseID))
		if err != nil || slices.Contains(c.Inspections, x.InspectionID) {
			return err
		}
		return registry.Invalid("inspection_id", "本案没有关联这次检查，请先在案件中关联")
	}
}

// stays refuses to move an exhibit; the one of an inspection alone may be taken up by a case.
func stays(x *registry.Evidence) check {
	return func(tx *store.Tx) error {
		was, err := store.EvidenceItems.Get(tx, int64(x.ID))
		switch {
		case err != nil:
			return err
		case was.CaseID != 0 && was.CaseID != x.CaseID:
			return registry.Invalid("case_id", "证据不能改到别的案件；登记错了的请删除后重新登记")
		case was.InspectionID != x.InspectionID:
			return registry.Invalid("inspection_id", "证据不能改到别的检查；登记错了的请删除后重新登记")
		case was.CaseID == 0:
			return takenFrom(x)(tx)
		}
		return nil
	}
}

// TakeUp makes evidence of a case's inspections the case's own, in one transaction: exhibits as they are, and files as exhibits of what
// their names tell. What the case has already is left alone, so that a form sent twice takes nothing twice. It returns how many were taken.
func (s *Service) TakeUp(ctx context.Context, a registry.Actor, id registry.CaseID, exhibits []registry.EvidenceID, files []registry.AttachmentID) (taken int, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return 0, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		taken = 0
		if err := open(id)(tx); err != nil {
			return err
		}
		f, err := tx.CaseFile(id)
		if err != nil {
			return err
		}
		list := f.Exhibits()
		for _, e := range exhibits {
			i := slices.IndexFunc(list, func(x registry.Exhibit) bool { return x.File == nil && x.ID == e })
			if i < 0 {
				return registry.Invalid(fmt.Sprintf("evidence.%d", e), "所选的证据不在本案的检查中，请刷新后重新选择")
			}
			if list[i].Taken {
				continue
			}
			x := list[i].Evidence
			if x.CaseID != 0 {
				return registry.Conflict("“%s”已列入另一案件；两案都依据这次检查的，在两案中都会列出，不必再列入。", x.Title)
			}
			x.CaseID, x.Seq = id, 0
			if err := changeIn(tx, s, act{actor: a, action: "列入案件"}, store.EvidenceItems, &x, evidenceChecks(&x)...); err != nil {
				return err
			}
			taken++
		}
		for _, n := range files {
			i := slices.IndexFunc(list, func(x registry.Exhibit) bool { return x.AttachmentID == n })
			if i < 0 {
				return registry.Invalid(fmt.Sprintf("file.%d", n), "所选的文件不在本案的检查中，请刷新后重新选择")
			}
			if list[i].File == nil {
				continue // an exhibit names it already
			}
			x := list[i].Evidence
			x.CaseID = id
			if _, err := addIn(tx, s, act{actor: a}, store.EvidenceItems, &x, evidenceChecks(&x)...); err != nil {
				return err
			}
			list[i].File = nil
			taken++
		}
		return nil
	})
	return taken, err
}

// EvidenceItem reads an exhibit.
func (s *Service) EvidenceItem(ctx context.Context, a registry.Actor, id registry.EvidenceID) (registry.Evidence, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.EvidenceItems, int64(id))
}

// EvidenceOfInspection lists the exhibits of an inspection.
func (s *Service) EvidenceOfInspection(ctx context.Context, a registry.Actor, id registry.InspectionID) (list []registry.Evidence, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if _, err := store.Inspections.Get(tx, int64(id)); err != nil {
			return err
		}
		list, err = tx.EvidenceOfInspection(id)
		return err
	})
	return list, err
}

// RemoveEvidence deletes an exhibit entered by mistake; it proves nothing any more.
func (s *Service) RemoveEvidence(ctx context.Context, a registry.Actor, id registry.EvidenceID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.EvidenceItems, int64(id), version, func(tx *store.Tx) error {
		e, err := store.EvidenceItems.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := openInspection(e.InspectionID)(tx); err != nil {
			return err
		}
		if e.CaseID != 0 {
			if err := open(e.CaseID)(tx); err != nil {
				return err
			}
		}
		return s.unproved(tx, a, &e)
	})
}
