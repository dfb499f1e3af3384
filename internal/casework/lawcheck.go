package casework

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// LawMark says that one text was compared with an official one.
type LawMark struct {
	LawID, VersionID string
	Hash             string // statute.Version.Hash of the text that the person read
	Source           string // what it was compared with
	On               registry.Date
}

// MarkChecked marks exactly this text as 已核对. A correction made since is another text: the mark is refused.
func (s *Service) MarkChecked(ctx context.Context, a registry.Actor, m LawMark) error {
	v, err := s.markable(ctx, a, m.LawID, m.VersionID, m.Hash)
	if err != nil {
		return err
	}
	var p registry.Problems
	m.Source = registry.CleanText(m.Source)
	switch {
	case m.Source == "":
		p.Add("source", "请写明与哪份官方文本核对：网址、公报期号或文件")
	case registry.RuneLen(m.Source) > 500:
		p.Add("source", "太长，最多 500 字")
	}
	switch today := s.Today(); {
	case m.On.Precision() != registry.PrecisionDay:
		p.Add("on", "请填写核对日期，如 %s", today)
	case today.Before(m.On):
		p.Add("on", "核对日期 %s 晚于今天", m.On)
	}
	if err := p.Err(); err != nil {
		return err
	}
	return s.addMark(ctx, a, v, "标记已核对", store.LawCheck{Check: statute.Check{Source: m.Source, On: m.On}})
}

// WithdrawCheck takes a mark back; the mark itself stays on record.
func (s *Service) WithdrawCheck(ctx context.Context, a registry.Actor, lawID, versionID, hash, reason string) error {
	v, err := s.markable(ctx, a, lawID, versionID, hash)
	if err != nil {
		return err
	}
	reason = registry.CleanText(reason)
	switch {
	case !v.Checked:
		return registry.Conflict("这份文本现在没有核对标记。")
	case reason == "":
		return registry.Invalid("reason", "请写明为什么撤回核对标记")
	case registry.RuneLen(reason) > 500:
		return registry.Invalid("reason", "太长，最多 500 字")
	}
	return s.addMark(ctx, a, v, "撤回核对标记", store.LawCheck{Reason: reason, Check: statute.Check{Source: v.CheckedSource, On: v.CheckedOn, Withdrawn: true}})
}

// markable finds the text that a mark is about: the version as it is looked up now.
func (s *Service) markable(ctx context.Context, a registry.Actor, lawID, versionID, hash string) (*statute.Version, error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return nil, err
	}
	if err := s.LoadLaws(ctx); err != nil {
		return nil, err
	}
	v, ok := s.Law().Version(lawID, versionID)
	if !ok {
		return nil, registry.NotFound("法规版本", lawID+"/"+versionID)
	}
	if v.Hash != hash {
		return nil, registry.Conflict("《%s》（%s）的文本在您打开页面之后有了新的录入，核对标记只能加在您看过的文本上。请打开新文本再核对。", v.LawName, v.Name)
	}
	return v, nil
}

func (s *Service) addMark(ctx context.Context, a registry.Actor, v *statute.Version, action string, x store.LawCheck) error {
	x.LawID, x.VersionID, x.Hash, x.By, x.At = v.LawID, v.ID, v.Hash, a.Username, s.now()
	err := s.write(ctx, a, func(tx *store.Tx) error {
		if err := tx.AddLawCheck(&x); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: x.At, Action: action, Entity: "law_check", EntityID: x.ID, Version: 1, Detail: fmt.Sprintf("《%s》%s", v.LawName, v.Name)}, x)
	})
	if err != nil {
		return err
	}
	return s.LoadLaws(ctx)
}

// LawCheck is a 核对 mark as it is kept.
type LawCheck = store.LawCheck

// LawShelf is what an administrator sees of the catalogue beside its texts.
type LawShelf struct {
	Broken []statute.BrokenText // imported texts that cannot be used any more
	Checks []LawCheck           // every mark and withdrawal, oldest first
}

// LawTexts reads the state of the imported texts; the texts themselves are revisions of the catalogue's versions.
func (s *Service) LawTexts(ctx context.Context, a registry.Actor) (x LawShelf, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return x, err
	}
	if err := s.LoadLaws(ctx); err != nil {
		return x, err
	}
	x.Broken = s.law.Load().broken
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		x.Checks, err = tx.LawChecks()
		return err
	})
	return x, err
}
