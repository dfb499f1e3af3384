package casework

import (
	"context"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// BulletinLeak is a leak and where it stands.
type BulletinLeak struct {
	Where string
	registry.Leak
	Note   string                   // what was counted, of a case that can be told from what is said of it
	Answer *registry.BulletinAnswer // that still holds; nil where there is none
}

// Open tells a finding that keeps the bulletin where it is.
func (l BulletinLeak) Open() bool { return !l.Asked || l.Answer == nil }

// GuardReport is what the guard looked for in a bulletin, and what it found.
type GuardReport struct {
	Leaks                  []BulletinLeak
	Names, Numbers, Places int      // of the bulletin's cases
	Register               int      // names of all parties and farms
	Refused, Asked         []string // kinds that are looked for by pattern
}

// Open tells that something found keeps the bulletin where it is.
func (g GuardReport) Open() bool { return slices.ContainsFunc(g.Leaks, BulletinLeak.Open) }

// Split are the findings that are refused, those that are asked about, and those that somebody answered for.
func (g GuardReport) Split() (refused, asked, answered []BulletinLeak) {
	for _, l := range g.Leaks {
		switch {
		case !l.Asked:
			refused = append(refused, l)
		case l.Answer == nil:
			asked = append(asked, l)
		default:
			answered = append(answered, l)
		}
	}
	return refused, asked, answered
}

func refuseLeaks(leaks []BulletinLeak) error {
	var p registry.Problems
	for _, l := range leaks {
		switch {
		case !l.Open():
		case l.Asked:
			p.Add("cases", "%s含有%s“%s”%s：请改写；确实可以公开的，由没有参与撰写的人在本页写明理由", l.Where, l.Kind, l.Text, l.Note)
		default:
			p.Add("cases", "%s含有%s“%s”，请改写", l.Where, l.Kind, l.Text)
		}
	}
	return p.Err()
}

// guard checks everything that would be published against what the register knows, and says what it looked for. Whoever opens the transaction has
// called LearnGuardNames before it: without, it is slow and right.
func (s *Service) guard(tx *store.Tx, x *registry.Bulletin, files bulletinFiles) (r GuardReport, err error) {
	bureau := s.Bureau()
	secrets, texts := files.secrets(bureau), x.Words()
	others, err := s.othersIn(tx, &r, texts)
	if err != nil {
		return r, err
	}
	r.count(secrets)
	r.Refused, r.Asked = bureau.LeakKinds()
	guard := bureau.Guard(secrets, others)
	for _, t := range texts {
		for _, l := range guard.Find(t.Text) {
			r.Leaks = append(r.Leaks, BulletinLeak{Where: t.Where, Leak: l})
		}
	}
	few, err := s.recognisable(tx, x, files)
	if err != nil {
		return r, err
	}
	r.Leaks = append(r.Leaks, few...)
	for i := range r.Leaks {
		if l := &r.Leaks[i]; l.Asked {
			l.Answer = x.Answered(l.Leak)
		}
	}
	return r, nil
}

// othersIn are the names and the numbers of the rest of the register that may stand in the texts.
func (s *Service) othersIn(tx *store.Tx, r *GuardReport, texts []registry.BulletinWords) (others registry.Secrets, err error) {
	var all []string
	var numbers []string
	for _, t := range texts {
		all = append(all, t.Text)
		numbers = append(numbers, registry.NumbersIn(t.Text)...)
	}
	if others, r.Register, err = s.db.GuardNames(tx, all...); err != nil {
		return nil, err
	}
	taken, err := tx.NumbersTaken(numbers)
	for _, n := range taken {
		others = append(others, registry.Secret{Kind: "其他案件的文号", Text: n})
	}
	return others, err
}

func (g *GuardReport) count(secrets registry.Secrets) {
	for _, s := range secrets {
		switch {
		case !s.AsItStands():
		case strings.Contains(s.Kind, "名"):
			g.Names++
		case s.Kind == "地址" || s.Kind == "镇街村" || s.Kind == "水体名称" || s.Kind == "经纬度":
			g.Places++
		default:
			g.Numbers++
		}
	}
}

// AnswerBulletin records why words that the guard asks about may be published. Who wrote in the bulletin cannot.
func (s *Service) AnswerBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, kind, text, reason string) error {
	return s.moveRead(ctx, act{actor: a, perm: registry.PermBulletinStep, action: "说明"}, id, version, func(tx *store.Tx, x *registry.Bulletin, read bulletinRead) error {
		if x.State != registry.BulletinDraft && x.State != registry.BulletinSubmitted {
			return registry.Conflict("这期通报%s，不再需要说明。", x.State)
		}
		authors, err := s.authors(tx, x, read.files)
		if err != nil {
			return err
		}
		if w := authorOf(authors, a); w != nil {
			return registry.Forbidden("%s写过这期通报（%s），须由另一位没有写过的人员说明为什么可以公开。", w.User.DisplayName, w.Says())
		}
		switch reason = registry.CleanText(reason); {
		case reason == "":
			return registry.Invalid("reason", "请写明为什么“%s”可以公开", text)
		case registry.RuneLen(reason) > 500:
			return registry.Invalid("reason", "太长，最多 500 字")
		}
		asked := registry.Leak{Kind: kind, Text: text}
		at := slices.IndexFunc(read.leaks, func(l BulletinLeak) bool { return l.Asked && l.Key() == asked.Key() })
		if at < 0 {
			return registry.Conflict("通报里已没有这处文字，或者它不能公开、只能改写。请看过现在的内容再操作。")
		}
		x.Answers = append(slices.DeleteFunc(x.Answers, func(b registry.BulletinAnswer) bool {
			return registry.Leak{Kind: b.Kind, Text: b.Text}.Key() == asked.Key()
		}),
			registry.BulletinAnswer{Kind: kind, Text: read.leaks[at].Text, Reason: reason, UserID: a.UserID, At: s.now()})
		return nil
	})
}
