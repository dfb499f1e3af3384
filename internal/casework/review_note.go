package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// ChangeReviewNote stores an edited remark; what it said before stays in the history.
func (s *Service) ChangeReviewNote(ctx context.Context, a registry.Actor, x *registry.ReviewNote) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.ReviewNotes, x, open(x.CaseID))
}

// RemoveReviewNote deletes a remark.
func (s *Service) RemoveReviewNote(ctx context.Context, a registry.Actor, id registry.ReviewNoteID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.ReviewNotes, int64(id), version, func(tx *store.Tx) error {
		x, err := store.ReviewNotes.Get(tx, int64(id))
		if err != nil {
			return err
		}
		return open(x.CaseID)(tx)
	})
}

// AddReviewNote records a remark beside what a source printed.
func (s *Service) AddReviewNote(ctx context.Context, a registry.Actor, x *registry.ReviewNote) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.ReviewNotes, x, open(x.CaseID))
}

// ReviewNote reads a review note.
func (s *Service) ReviewNote(ctx context.Context, a registry.Actor, id registry.ReviewNoteID) (registry.ReviewNote, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.ReviewNotes, int64(id))
}
