package casework

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddPublication records where cases that were entered by hand were published. Its text is not kept.
func (s *Service) AddPublication(ctx context.Context, a registry.Actor, x *registry.Publication) (repeated bool, err error) {
	x.SHA256, x.Size, x.By = "", 0, a.Username
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Publications, x, publicationChecks(x, nil)...)
}

// ChangePublication corrects where a text was published and how it calls its cases, and joins further cases to it. The text itself, who
// imported it, and the cases that were read from it stay.
func (s *Service) ChangePublication(ctx context.Context, a registry.Actor, x *registry.Publication) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Publications, x, func(tx *store.Tx) error {
		was, err := store.Publications.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		x.SHA256, x.Size, x.By = was.SHA256, was.Size, was.By
		for _, c := range publicationChecks(x, was.Cases) {
			if err := c(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// publicationChecks: each case exists and stands once, those that were read from the text stand where they stood, and others nowhere. A page
// tells of cases of several branches; what it says of a case is changed by who may write the case.
func publicationChecks(x *registry.Publication, was []registry.PublicationCase) []check {
	return []check{func(tx *store.Tx) error {
		for i := range x.Cases {
			c := &x.Cases[i]
			at := fmt.Sprintf("cases.%d.case_id", i)
			if slices.ContainsFunc(x.Cases[:i], func(o registry.PublicationCase) bool { return o.CaseID == c.CaseID }) {
				return registry.Invalid(at, "同一案件选了两次")
			}
			if _, err := store.Cases.Referred(tx, int64(c.CaseID)); err != nil {
				return caseMissing(i)
			}
			old := (&registry.Publication{Cases: was}).Of(c.CaseID)
			c.Start, c.End = old.Start, old.End
			if !reflect.DeepEqual(*c, old) {
				if err := tx.MayWrite("case", int64(c.CaseID)); err != nil {
					return err
				}
			}
		}
		if len(x.Cases) == 0 {
			return registry.Invalid("cases", "请至少填一个案件")
		}
		for _, c := range was {
			if c.End > 0 && x.Of(c.CaseID).CaseID == 0 {
				return registry.Invalid("cases", "案件 %d 是从原文读出来的，不能移出", c.CaseID)
			}
		}
		return nil
	}}
}

// Publication reads a published text's record.
func (s *Service) Publication(ctx context.Context, a registry.Actor, id registry.PublicationID) (registry.Publication, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Publications, int64(id))
}
