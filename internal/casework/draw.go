package casework

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddScoreSheet keeps a score sheet as the bureau entered it.
func (s *Service) AddScoreSheet(ctx context.Context, a registry.Actor, x *registry.ScoreSheet) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermDraw}, store.ScoreSheets, x)
}

// ChangeScoreSheet stores an edited sheet. Draws keep the items that they were made with.
func (s *Service) ChangeScoreSheet(ctx context.Context, a registry.Actor, x *registry.ScoreSheet) error {
	return change(ctx, s, act{actor: a, perm: registry.PermDraw}, store.ScoreSheets, x)
}

// ScoreSheet reads a sheet.
func (s *Service) ScoreSheet(ctx context.Context, a registry.Actor, id registry.ScoreSheetID) (registry.ScoreSheet, error) {
	return get(ctx, s, a, registry.PermDraw, store.ScoreSheets, int64(id))
}

// ScoreSheets lists the sheets, those in use first.
func (s *Service) ScoreSheets(ctx context.Context, a registry.Actor) (list []registry.ScoreSheet, err error) {
	err = s.read(ctx, a, registry.PermDraw, func(tx *store.Tx) error {
		list, err = tx.ScoreSheetList()
		return err
	})
	return list, err
}

// MakeDraw draws cases for a file review: it reads the population in one snapshot, chooses by the seed, which it makes where none was given, and keeps the draw. Nothing is chosen again
// afterwards, whatever becomes of the register.
func (s *Service) MakeDraw(ctx context.Context, a registry.Actor, x *registry.Draw) (repeated bool, err error) {
	if err := a.May(registry.PermDraw); err != nil {
		return false, err
	}
	x.Clean()
	if err := x.Validate(); err != nil {
		return false, err
	}
	made, err := creationOf(store.Draws, x) // before the program fills it in
	if err != nil {
		return false, err
	}
	if _, ok := s.Law().ViolationType(x.TypeCode); x.TypeCode != "" && !ok {
		return false, registry.Invalid("type_code", "没有代码为“%s”的违法行为类型", x.TypeCode)
	}
	done, err := s.whole(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	if x.Seed == "" {
		var seed [8]byte
		_, _ = rand.Read(seed[:]) // crypto/rand.Read never fails since Go 1.24
		x.Seed = hex.EncodeToString(seed[:])
	}
	x.DrawnBy = a.DisplayName
	if err := s.read(ctx, a, registry.PermDraw, func(tx *store.Tx) error { return s.draw(tx, x) }); err != nil {
		return false, err
	}
	return add(ctx, s, act{actor: a, perm: registry.PermDraw, action: "抽取", made: made}, store.Draws, x, refExists(store.Organs, "organ_id", x.OrganID), refExists(store.ScoreSheets, "sheet_id", x.SheetID))
}

// draw fills in what is drawn.
func (s *Service) draw(tx *store.Tx, x *registry.Draw) error {
	demo, err := tx.Setting(settingDemo)
	if err != nil {
		return err
	}
	population, uncertain, err := tx.Population(x, demo != "")
	if err != nil {
		return err
	}
	if len(population) == 0 {
		also := ""
		if uncertain > 0 {
			also = fmt.Sprintf("另有 %d 件的决定日期不全，不能确定是否在内；", uncertain)
		}
		return registry.Invalid("from", "这个范围内没有作出处罚决定的案件，没有可抽的。%s请放宽条件", also)
	}
	n := x.Wanted(len(population))
	if n > registry.MaxDrawn {
		return registry.Invalid("percent", "总体 %d 件的 %d%% 是 %d 件，一次最多抽 %d 件。请缩小比例或范围", len(population), x.Percent, n, registry.MaxDrawn)
	}
	x.Population, x.PopulationDigest, x.Uncertain = int64(len(population)), registry.PopulationDigest(population), uncertain
	if x.Cases, err = tx.Drawn(x.Choose(population, n), x.Seed); err != nil {
		return err
	}
	if x.SheetID != 0 {
		sheet, err := store.ScoreSheets.Get(tx, int64(x.SheetID))
		if registry.KindOf(err) == registry.KindNotFound {
			return registry.Invalid("sheet_id", "没有找到所选的评分表，请重新选择")
		}
		if err != nil {
			return err
		}
		x.SheetName, x.SheetSource, x.Items = sheet.Name, sheet.Source, sheet.Items
	}
	return nil
}

// DrawRow is a draw in a list: how many cases were drawn and how many of them are reviewed.
type DrawRow struct {
	registry.Draw
	Drawn, Reviewed int
}

// Draws lists draws, newest first.
func (s *Service) Draws(ctx context.Context, a registry.Actor, p Page) (rows []DrawRow, next string, err error) {
	err = s.read(ctx, a, registry.PermDrawRead, func(tx *store.Tx) error {
		list, n, err := tx.DrawList(p)
		if err != nil {
			return err
		}
		ids := make([]registry.DrawID, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		reviewed, err := tx.CountResults(ids)
		for _, x := range list {
			rows = append(rows, DrawRow{x, x.Wanted(int(x.Population)), reviewed[x.ID]})
		}
		next = n
		return err
	})
	return rows, next, err
}

// DrawPage is a draw with its results, as far as whoever asks may see them.
type DrawPage struct {
	registry.Draw
	Results map[registry.CaseID]registry.DrawResult
	Own     bool // an officer's: only the cases of the own branch are left, of the city's officers all
	Organ   string
}

// Draw reads a draw. Of an officer it leaves the cases of the branch that the officer works for: their results are for those who handled them.
func (s *Service) Draw(ctx context.Context, a registry.Actor, id registry.DrawID) (p DrawPage, err error) {
	err = s.read(ctx, a, registry.PermDrawRead, func(tx *store.Tx) error {
		if p.Draw, err = store.Draws.Get(tx, int64(id)); err != nil {
			return err
		}
		list, err := tx.ResultsOf(id)
		if err != nil {
			return err
		}
		if p.OrganID != 0 {
			organ, err := store.Organs.Get(tx, int64(p.OrganID))
			if err != nil {
				return err
			}
			p.Organ = organ.Name
		}
		if !a.Role.Can(registry.PermDraw) {
			ids := make([]registry.CaseID, len(p.Cases))
			for i, c := range p.Cases {
				ids[i] = c.CaseID
			}
			own, err := tx.CasesOfBranch(a.Branch, ids)
			if err != nil {
				return err
			}
			p.Own = true
			p.Cases = slices.DeleteFunc(p.Cases, func(c registry.DrawCase) bool { return !own[c.CaseID] })
			list = slices.DeleteFunc(list, func(x registry.DrawResult) bool { return !own[x.CaseID] })
		}
		p.Results = map[registry.CaseID]registry.DrawResult{}
		for _, x := range list {
			p.Results[x.CaseID] = x
		}
		return nil
	})
	return p, err
}

// AddDrawResult stores what the review of a drawn case found, and ChangeDrawResult a correction of it.
func (s *Service) AddDrawResult(ctx context.Context, a registry.Actor, x *registry.DrawResult) (repeated bool, err error) {
	if err := s.scored(ctx, a, x); err != nil {
		return false, err
	}
	return add(ctx, s, act{actor: a, perm: registry.PermDraw}, store.DrawResults, x, func(tx *store.Tx) error {
		have, err := tx.HasResult(x.DrawID, x.CaseID)
		if err == nil && have {
			err = registry.Conflict("这件案卷的评查结果已经登记，请打开它再修改。")
		}
		return err
	})
}

// ChangeDrawResult stores an edited result.
func (s *Service) ChangeDrawResult(ctx context.Context, a registry.Actor, x *registry.DrawResult) error {
	if err := s.scored(ctx, a, x); err != nil {
		return err
	}
	return change(ctx, s, act{actor: a, perm: registry.PermDraw}, store.DrawResults, x)
}

// scored computes the score by the items of the draw, which never change.
func (s *Service) scored(ctx context.Context, a registry.Actor, x *registry.DrawResult) error {
	draw, err := get(ctx, s, a, registry.PermDraw, store.Draws, int64(x.DrawID))
	if err != nil {
		return err
	}
	if _, ok := draw.Case(x.CaseID); !ok {
		return registry.NotFound("抽中的案件", x.CaseID)
	}
	x.Clean()
	var p registry.Problems
	p.Merge("", x.Validate())
	p.Merge("", x.Against(draw.Items))
	return p.Err()
}
