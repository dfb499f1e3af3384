package casework

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
)

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
	return s.verifyAll(ctx, tell)
}

// verifiable are verifiableDue and verifiableFact of some cases after each other: the clocks of a case run once for both, and are forgotten with its fact.
func (s *Service) verifiable(ctx context.Context) (due func(*registry.CaseFile) store.Due, fact func(*registry.CaseFile) registry.CaseFact, err error) {
	if due, err = s.verifiableDue(ctx); err != nil {
		return nil, nil, err
	}
	if fact, err = s.verifiableFact(ctx); err != nil || due == nil || fact == nil {
		return due, fact, err
	}
	clocks := map[*registry.CaseFile][]procedure.Clock{}
	return func(f *registry.CaseFile) store.Due {
			clocks[f] = procedure.Clocks(s.clockFacts(f))
			return dueBy(f, clocks[f])
		}, func(f *registry.CaseFile) registry.CaseFact {
			list, known := clocks[f]
			if delete(clocks, f); f.Case.IsVoid() || !known {
				return s.fact(f)
			}
			return report.FactOf(f, list)
		}, nil
}

func (s *Service) verifyAll(ctx context.Context, tell func(store.VerifyProgress)) (store.VerifyReport, error) {
	due, fact, err := s.verifiable(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	r, err := s.db.VerifyTelling(ctx, statute.TextHash, due, fact, tell)
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

// VerifyAsked is what a verification is asked for.
type VerifyAsked struct {
	Since bool `json:"since,omitempty"` // only what came since the last good one
}

// words say it.
func (v VerifyAsked) words() string {
	if v.Since {
		return "自上次核验以来"
	}
	return "全部"
}

// VerifyKeeping verifies what is asked. Where a verification that found nothing ended is kept, beside the database: there the next may begin.
func (s *Service) VerifyKeeping(ctx context.Context, a registry.Actor, ask VerifyAsked, tell func(store.VerifyProgress)) (r VerifyReport, err error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return r, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return r, err
	}
	defer done()
	return s.verifyKeeping(ctx, ask, tell)
}

func (s *Service) verifyKeeping(ctx context.Context, ask VerifyAsked, tell func(store.VerifyProgress)) (r VerifyReport, err error) {
	var at store.VerifyMark
	var kept seal.Mark
	now := s.now()
	if ask.Since {
		if kept, err = s.mark(ctx); err != nil {
			return r, err
		}
		if r, at, err = s.verifySince(ctx, kept, tell); err != nil {
			return r, err
		}
	} else {
		if at, err = s.db.VerifyMark(ctx); err != nil && registry.KindOf(err) != registry.KindNotFound { // nothing has been written yet
			return r, err
		}
		if r, err = s.verifyAll(ctx, tell); err != nil {
			return r, err
		}
		kept = seal.Mark{Full: at.Seq, FullAt: seal.Instant(now)}
	}
	if len(r.Defects) > 0 || at.Seq == 0 {
		return r, nil
	}
	kept.Position, kept.Counts, kept.CheckedAt = registry.Position{Seq: at.Seq, Hash: at.Hash, At: seal.Instant(at.At)}, at.Counts, seal.Instant(now)
	if err := s.keepMark(ctx, kept); err != nil {
		r.Note = "没有留下增量核验的起点：" + troubleWords(s.db.Unavailable(err))
		s.log.LogAttrs(ctx, slog.LevelWarn, "keep where a verification ended", slog.String("error", err.Error()))
	}
	return r, nil
}

func (s *Service) verifySince(ctx context.Context, kept seal.Mark, tell func(store.VerifyProgress)) (r VerifyReport, next store.VerifyMark, err error) {
	due, fact, err := s.verifiable(ctx)
	if err != nil {
		return r, next, err
	}
	from := store.VerifyMark{Position: store.Position{Seq: kept.Seq, Hash: kept.Hash}, Counts: kept.Counts}
	if r, next, err = s.db.VerifySince(ctx, from, due, fact, tell); err != nil {
		return r, next, err
	}
	r.Since.Full = kept.Full
	if r.Since.At, err = time.Parse(time.RFC3339, kept.CheckedAt); err != nil {
		return r, next, err
	}
	r.Since.FullAt, err = time.Parse(time.RFC3339, kept.FullAt)
	return r, next, err
}

// mark is where the last good verification ended, as its file says it: of this register, and signed with its key.
func (s *Service) mark(ctx context.Context) (m seal.Mark, err error) {
	text, err := s.db.ReadMark()
	if err != nil {
		return m, err
	}
	if len(text) == 0 {
		return m, registry.Conflict("还没有一次没有问题的完整核验，没有可以接着核验的起点。请先做完整核验。")
	}
	key, err := s.headKey()
	if err != nil {
		return m, err
	}
	register := ""
	if err := s.db.Read(ctx, func(tx *store.Tx) error { register, err = tx.RegisterID(); return err }); err != nil {
		return m, err
	}
	m, ok := seal.ReadMark(text)
	if signer, signed := m.Check(); !ok || !signed || signer.String() != key.Public().String() || m.Register != register {
		return m, registry.Conflict("上次核验留下的起点（数据目录里的 verified.json）不是本登记册现在的密钥签的，或者改动过，不能从它接着核验。请做完整核验。")
	}
	return m, nil
}

func (s *Service) keepMark(ctx context.Context, m seal.Mark) error {
	key, err := s.headKey()
	if err != nil {
		return err
	}
	if err := s.db.Read(ctx, func(tx *store.Tx) error { m.Register, err = tx.RegisterID(); return err }); err != nil {
		return err
	}
	if err := m.Sign(key); err != nil {
		return err
	}
	text, err := seal.Text(m)
	if err != nil {
		return err
	}
	return s.db.WriteMark(text)
}
