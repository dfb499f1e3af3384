package casework

import (
	"fmt"
	"slices"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// BulletinTurn is a case of an approved bulletin that no longer is what was approved: its decision was annulled or changed, or the case was
// voided. Clock is that of taking the publication back. Or the decision is contested since: then nothing is to be taken back yet.
type BulletinTurn struct {
	Label     string // 案件一
	Case      registry.Case
	What      string // 撤销处罚
	On        registry.Date
	Clock     procedure.Clock
	Contested bool
}

// Due says in Chinese until when the publication is to be taken back, and by which provision; empty where the catalogue has no such deadline.
func (t BulletinTurn) Due() string {
	c := &t.Clock
	if c.Rule == nil {
		return ""
	}
	basis := ""
	if len(c.Rule.Basis) > 0 {
		basis = "（" + c.Rule.Basis[0].String() + "）"
	}
	switch {
	case !c.Term.Known():
		return fmt.Sprintf("撤回并公开说明理由的期限算不出：%s%s", c.Term.Why, basis)
	case c.State == procedure.Overdue:
		return fmt.Sprintf("最迟 %s 撤回并公开说明理由，已逾期 %d 天%s", c.Term.Latest, c.Days, basis)
	}
	return fmt.Sprintf("最迟 %s 撤回并公开说明理由，还有 %d 天%s", c.Term.Latest, c.Days, basis)
}

// Overdue reports whether it should have been taken back by now.
func (t BulletinTurn) Overdue() bool { return t.Clock.State == procedure.Overdue }

// TurnedBulletin is an approved bulletin with its turned cases, the most urgent first.
type TurnedBulletin struct {
	registry.Bulletin
	Turns []BulletinTurn
}

// turnsIn reads what became of an approved bulletin's cases since its approval: of those whose files are given.
func (s *Service) turnsIn(tx *store.Tx, x *registry.Bulletin, files bulletinFiles) (list []BulletinTurn, err error) {
	corrections, err := tx.CorrectionsOf(x.ID)
	if err != nil {
		return nil, err
	}
	told, ok := x.Told(corrections)
	if !ok || told.WithdrawnAt != nil {
		return nil, nil
	}
	for i, c := range x.Cases {
		f := files.of[c.CaseID]
		if f == nil {
			continue
		}
		turn := BulletinTurn{Label: "案件" + registry.ChineseNumeral(i+1), Case: f.Case}
		add := func(p procedure.Point) {
			t := turn
			t.What, t.On = p.What, p.On
			t.Clock, _ = procedure.WithdrawBy(s.clockFacts(f), p)
			list = append(list, t)
		}
		if f.Case.IsVoid() {
			add(procedure.Point{What: "案件作废", On: registry.DateOf(f.Case.Voided.At)})
			continue
		}
		for _, p := range procedure.TurnedSince(f, &told) {
			add(p)
		}
		for _, p := range procedure.ContestedSince(f, &told) {
			contest := turn
			contest.What, contest.On, contest.Contested = p.What, p.On, true
			list = append(list, contest)
		}
	}
	slices.SortStableFunc(list, func(a, b BulletinTurn) int { // an unknown end comes last
		return a.Clock.Term.Latest.Compare(b.Clock.Term.Latest)
	})
	return list, nil
}
