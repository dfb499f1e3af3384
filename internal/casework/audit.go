package casework

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// Audit lists audit entries, newest first.
func (s *Service) Audit(ctx context.Context, a registry.Actor, f store.AuditFilter) (list []registry.AuditEntry, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		list, err = tx.AuditEntries(f)
		return err
	})
	return list, err
}

// Verify checks the whole register; nothing is written.
func (s *Service) Verify(ctx context.Context, a registry.Actor) (store.VerifyReport, error) {
	return s.VerifyTelling(ctx, a, func(store.VerifyProgress) {})
}

// VerifyTelling is Verify that tells how far it is.
func (s *Service) VerifyTelling(ctx context.Context, a registry.Actor, tell func(store.VerifyProgress)) (store.VerifyReport, error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return store.VerifyReport{}, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	defer done()
	due, err := s.verifiableDue(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	fact, err := s.verifiableFact(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	r, err := s.db.VerifyTelling(ctx, statute.TextHash, due, fact, tell)
	if err != nil {
		return r, err
	}
	rows, defects, err := s.db.VerifyRecords(ctx, tell)
	r.Rows, r.Defects = rows, append(r.Defects, defects...)
	if err != nil {
		return r, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		texts, checks, err := storedLaws(tx)
		if err != nil {
			return err
		}
		_, broken := s.laws.With(texts, checks)
		for _, b := range broken {
			r.Defects = append(r.Defects, fmt.Sprintf("录入的法规文本 %s/%s 第 %d 次录入不能使用：%s", b.LawID, b.VersionID, b.Revision, b.Why))
		}
		return nil
	})
	return r, err
}
