package bulletins

import (
	"context"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// Refused, Asked and Answered are the findings of the guard.
func (p bulletinPage) Refused() []casework.BulletinLeak {
	refused, _, _ := p.Guard.Split()
	return refused
}

// Asked are those that somebody else than the writers may answer for.
func (p bulletinPage) Asked() []casework.BulletinLeak {
	_, asked, _ := p.Guard.Split()
	return asked
}

// Answered are those that somebody did.
func (p bulletinPage) Answered() []casework.BulletinLeak {
	_, _, answered := p.Guard.Split()
	return answered
}

// MayAnswer tells whether the reader may say why something is harmless: a publisher who wrote nothing of it.
func (p bulletinPage) MayAnswer() bool {
	return (p.Draft() || p.Submitted()) && p.Can(registry.PermBulletinStep) && !p.Bulletin.HasWriter(p.User.ID)
}

// AnsweredBy is the name of who answered.
func (p bulletinPage) AnsweredBy(id registry.UserID) string { return p.Answerers[id] }

func (s area) bulletinAnswer(r *kit.Request) error {
	return s.bulletinAct(r, "理由已记录。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		return s.Service.AnswerBulletin(ctx, a, id, version, f.Value("kind"), f.Value("text"), f.Value("reason"))
	})
}
