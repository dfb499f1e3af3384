package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// What the moves of a bulletin are called in the audit log.
const (
	actSubmit   = "提交审核"
	actReturn   = "退回"
	actAgree    = "同意"
	actApprove  = "批准"
	actWithdraw = "撤回"
)

// maxWords bounds an opinion, a reason or a remark of the approval.
const maxWords = 2000

// SubmitBulletin hands a draft in: the chain of approval that is in force now is the one it goes through. words say why where a case asks for
// it (BulletinFitness), and may be empty otherwise.
func (s *Service) SubmitBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, words string) error {
	return s.moveRead(ctx, act{actor: a, perm: registry.PermBulletinWrite, action: actSubmit}, id, version, func(tx *store.Tx, x *registry.Bulletin, read bulletinRead) error {
		if x.State != registry.BulletinDraft {
			return registry.Conflict("这期通报%s，不能提交审核。", x.State)
		}
		if len(x.Cases) == 0 {
			return registry.Invalid("cases", "通报里还没有案件")
		}
		if x.CorrectsID != 0 && x.CorrectionNote == "" {
			return registry.Invalid("correction_note", "请写明更正了什么、为什么，说明会与更正后的通报一同公布")
		}
		words, err := opinionWords("words", words)
		if err != nil {
			return err
		}
		if err := firstError(refuseLeaks(read.leaks), s.settable(x)(tx), gate(x, read.files, false, "words", words)); err != nil {
			return err
		}
		b, err := tx.Bureau()
		if err != nil {
			return err
		}
		x.Wrote(a.UserID)
		x.State, x.ReturnReason = registry.BulletinSubmitted, ""
		s.say(x, a, registry.BulletinOpinion{Step: registry.DraftStep, Verdict: registry.VerdictSubmitted, Words: words, Chain: b.ApprovalChain()})
		return nil
	})
}

// ReturnBulletin gives a submitted bulletin back to its authors, with what is to be done about it. Who takes back what is his own need not
// say why; of others it is for whoever may take the step that it waits at.
func (s *Service) ReturnBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, reason string) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinStep, action: actReturn}, id, version, func(tx *store.Tx, x *registry.Bulletin) error {
		if x.State != registry.BulletinSubmitted {
			return registry.Conflict("这期通报%s，不能退回。", x.State)
		}
		round, err := roundOf(tx, x)
		if err != nil {
			return err
		}
		own, step := wrote(x, a), round.Waits()
		if !mayReturn(x, round, a) {
			return registry.Forbidden("这期通报正在“%s”环节，由%s办理；您不能退回。", step.Name, step.Whose())
		}
		words, err := opinionWords("return_reason", reason)
		if err != nil {
			return err
		}
		if words == "" && !own {
			return registry.Invalid("return_reason", "请写明为什么退回、需要改什么，作者会看到")
		}
		x.State, x.ReturnReason = registry.BulletinDraft, words
		name := step.Name
		if own {
			name = registry.DraftStep
		}
		s.say(x, a, registry.BulletinOpinion{Step: name, Verdict: registry.VerdictReturned, Words: words})
		return nil
	})
}

// ApproveBulletin takes the step that a submitted bulletin waits at, with an opinion that may be empty. The last step signs it: its papers
// are made of the text that was read, before the transaction, and kept with it; where the bulletin moved on meanwhile nothing is kept.
func (s *Service) ApproveBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, words string) error {
	if err := a.May(registry.PermBulletinStep); err != nil {
		return err
	}
	signing, err := s.signing(ctx, a, id, version, words)
	if err != nil {
		return err
	}
	by := act{actor: a, perm: registry.PermBulletinStep, action: actAgree}
	if signing != nil {
		by.action = actApprove
	}
	return s.moveRead(ctx, by, id, version, func(tx *store.Tx, x *registry.Bulletin, read bulletinRead) error {
		words, err := s.mayStep(tx, x, read.files, a, words)
		if err != nil {
			return err
		}
		if err := refuseLeaks(read.leaks); err != nil {
			return err
		}
		round, err := roundOf(tx, x)
		if err != nil {
			return err
		}
		if round.Last() != (signing != nil) {
			return registry.Stale("通报", x.Version, version)
		}
		opinion := registry.BulletinOpinion{Step: round.Waits().Name, Verdict: registry.VerdictAgreed, Words: words}
		if signing != nil {
			opinion.Verdict = registry.VerdictSigned
			x.State, x.ApproverID, x.ApprovedAt, x.Cases = registry.BulletinApproved, a.UserID, signing.text.ApprovedAt, signing.text.Cases
			if err := s.keepPapers(tx, a, x, signing.files); err != nil {
				return err
			}
		}
		s.say(x, a, opinion)
		return nil
	})
}

// signing is a bulletin as its approval would leave it, with the papers made of it.
type signing struct {
	text  registry.Bulletin
	files []madePaper
}

// signing makes the papers where the step that the bulletin waits at is the last; nil where it is another. What stands in the way is asked
// first: papers are heavy.
func (s *Service) signing(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, words string) (*signing, error) {
	var x registry.Bulletin
	last := false
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if x, err = store.Bulletins.Get(tx, int64(id)); err != nil {
			return err
		}
		if x.Version != version {
			return registry.Stale("通报", x.Version, version)
		}
		files, err := filesOf(tx, &x)
		if err != nil {
			return err
		}
		if _, err = s.mayStep(tx, &x, files, a, words); err != nil {
			return err
		}
		round, err := roundOf(tx, &x)
		last = round.Last()
		return err
	})
	if err != nil || !last {
		return nil, err
	}
	now := s.now()
	s.markQuotes(&x) // as they stand today: from here on nothing changes them
	x.State, x.ApprovedAt = registry.BulletinApproved, &now
	files, err := s.makePapers(ctx, &x)
	return &signing{x, files}, err
}

// mayStep asks whether an actor may take the step that the bulletin waits at now: the step is theirs, they wrote none of it, took no other
// step of this round, and its cases may be published. It returns the opinion as it is kept.
func (s *Service) mayStep(tx *store.Tx, x *registry.Bulletin, files bulletinFiles, a registry.Actor, words string) (string, error) {
	if x.State != registry.BulletinSubmitted {
		return "", registry.Conflict("这期通报%s；提交审核后才能批准。", x.State)
	}
	words, err := opinionWords("opinion", words)
	if err != nil {
		return "", err
	}
	round, err := roundOf(tx, x)
	if err != nil {
		return "", err
	}
	authors, err := s.authors(tx, x, files)
	if err != nil {
		return "", err
	}
	if why := barred(round, authors, a); why != "" {
		return "", registry.Forbidden("%s", why)
	}
	if err := takenBy(tx, round, a); err != nil {
		return "", err
	}
	if round.Last() {
		if err := s.quotesChecked(x); err != nil {
			return "", err
		}
	}
	return words, gate(x, files, round.Last(), "opinion", cmp.Or(words, round.Submitted.Words))
}

// barred says in Chinese why an actor may not take the step that a bulletin waits at; empty where they may.
func barred(round registry.ApprovalRound, authors []BulletinAuthor, a registry.Actor) string {
	step := round.Waits()
	switch {
	case a.UserID == 0 || a.Role == registry.RoleSystem:
		return "通报由有账号的人员审批，命令行和系统不能代办；请用 --as 写明是谁，或在页面上办理。"
	case step == nil:
		return "审批环节已全部办完。"
	}
	if w := authorOf(authors, a); w != nil {
		return fmt.Sprintf("%s写过这期通报（%s），须由另一位没有写过的人员审批。需要再改的，可以退回草稿。", w.User.DisplayName, w.Says())
	}
	if !step.Takes(a) {
		return fmt.Sprintf("这期通报正在“%s”环节，由%s办理；您不能代办。", step.Name, step.Whose())
	}
	for _, o := range round.Taken {
		if o.UserID == a.UserID {
			return fmt.Sprintf("您在这一轮里已经办理过“%s”，一人一轮只办一个环节。", o.Step)
		}
	}
	return ""
}

// wrote reports whether the row says that an actor wrote a word of it. The history may know of more: authors.
func wrote(x *registry.Bulletin, a registry.Actor) bool {
	return a.UserID != 0 && (x.AuthorID == a.UserID || slices.Contains(x.Writers, a.UserID))
}

// takenBy refuses a second step in a round to another account of the same officer.
func takenBy(tx *store.Tx, round registry.ApprovalRound, a registry.Actor) error {
	for _, o := range round.Taken {
		u, err := store.Users.Get(tx, int64(o.UserID))
		if err != nil {
			return err
		}
		if same(u, a) {
			return registry.Forbidden("%s在这一轮里已经办理过“%s”，一人一轮只办一个环节。", u.DisplayName, o.Step)
		}
	}
	return nil
}

// gate refuses a bulletin with a case that must not be published, and asks for words where one should not be without a reason. What only the
// last signature waits for counts where signing.
func gate(x *registry.Bulletin, files bulletinFiles, signing bool, field, words string) error {
	var p registry.Problems
	for i := range x.Pictures {
		for _, u := range PictureFitness(&x.Pictures[i]) {
			if u.Refused || u.Unsigned && signing {
				p.Add("pictures", "%s：%s", registry.PictureName(i), u.Reason)
			}
		}
	}
	for i, c := range x.Cases {
		f := files.of[c.CaseID]
		if f == nil {
			return caseMissing(i)
		}
		for _, u := range BulletinFitness(f) {
			switch {
			case u.Refused || u.Unsigned && signing:
				p.Add("cases", "案件%s（%s）：%s", registry.ChineseNumeral(i+1), c.Title, u.Reason)
			case u.Asked && words == "":
				p.Add(field, "案件%s（%s）：%s；仍要公布的，请写明理由", registry.ChineseNumeral(i+1), c.Title, u.Reason)
			}
		}
	}
	return p.Err()
}

// WithdrawBulletin withdraws an approved bulletin; who, when and why are kept and shown.
func (s *Service) WithdrawBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, reason string) error {
	return s.moveBulletin(ctx, act{actor: a, perm: registry.PermBulletinApprove, action: actWithdraw}, id, version, func(_ *store.Tx, x *registry.Bulletin) error {
		if x.State != registry.BulletinApproved {
			return registry.Conflict("这期通报%s，不能撤回。", x.State)
		}
		words, err := opinionWords("withdraw_reason", reason)
		if err != nil {
			return err
		}
		if words == "" {
			return registry.Invalid("withdraw_reason", "请写明撤回的理由（行政处罚法第四十八条）")
		}
		now := s.now()
		x.State, x.WithdrawReason, x.WithdrawnAt, x.WithdrawerID = registry.BulletinWithdrawn, words, &now, a.UserID
		s.say(x, a, registry.BulletinOpinion{Step: registry.VerdictWithdrawn, Verdict: registry.VerdictWithdrawn, Words: words})
		return nil
	})
}

// say adds an opinion of the actor.
func (s *Service) say(x *registry.Bulletin, a registry.Actor, o registry.BulletinOpinion) {
	o.UserID, o.At = a.UserID, s.now()
	x.Opinions = append(slices.Clone(x.Opinions), o)
}

func opinionWords(field, words string) (string, error) {
	words = registry.CleanText(words)
	if registry.RuneLen(words) > maxWords {
		return "", registry.Invalid(field, "太长，最多 %d 字", maxWords)
	}
	return words, nil
}

// roundOf is where a bulletin's approval stands.
func roundOf(tx *store.Tx, x *registry.Bulletin) (registry.ApprovalRound, error) {
	b, err := tx.Bureau()
	if err != nil {
		return registry.ApprovalRound{}, err
	}
	return x.Round(b.ApprovalChain()), nil
}
