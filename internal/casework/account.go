package casework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"casebook/internal/auth"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// Limits of sign-in and sessions (GB/T 22239-2019 8.1.4.1 b: failures are handled, idle sessions end).
const (
	sessionIdle     = 30 * time.Minute
	sessionLongest  = 12 * time.Hour
	sessionTouch    = time.Minute // seen_at is written at most this often: reading a page should not write
	touchPatience   = 300 * time.Millisecond
	failureWindow   = 10 * time.Minute
	failureLock     = 15 * time.Minute
	accountFailures = 5  // against one account
	addressFailures = 10 // from one address: an office shares one, so it bears more
)

func unsigned(message string) error {
	return &registry.Error{Kind: registry.KindUnsigned, Message: message}
}

// Failures are kept under a digest: people type passwords into the name field.
func accountKey(username string) string { return "account:" + auth.TokenHash(username)[:32] }
func addressKey(ip string) string       { return "address:" + ip }

// SignIn checks a name and password and opens a session; token goes into the cookie. A wrong password, an unknown name and a
// disabled account give the same answer (KindUnsigned) after the same work; too many failures give KindConflict.
func (s *Service) SignIn(ctx context.Context, username, password, remoteIP, userAgent string) (token string, u registry.User, err error) {
	username = registry.CleanText(registry.HalfWidth(username))
	// Checks run one after another inside the hasher's few turns, and each failure is written before the turn ends: many
	// guesses sent at once cannot all pass the count before the first is counted.
	turn, err := s.hasher.Turn(ctx)
	if err != nil {
		return "", u, err
	}
	kept := true
	release := func() {
		if kept {
			kept = false
			turn.Done()
		}
	}
	defer release()
	if err := s.checkThrottle(ctx, accountKey(username), addressKey(remoteIP)); err != nil {
		return "", u, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		u, err = tx.UserByName(username)
		return err
	})
	known := err == nil
	if err != nil && registry.KindOf(err) != registry.KindNotFound {
		return "", u, err
	}
	ok := false
	if known && !u.Disabled {
		ok, err = turn.Verify(password, u.PasswordHash)
	} else {
		err = turn.VerifyNothing(password)
	}
	if err != nil {
		return "", u, fmt.Errorf("check password: %w", err)
	}
	if !ok {
		if err := s.signInFailed(ctx, username, u, known, remoteIP); err != nil {
			return "", u, err
		}
		return "", registry.User{}, unsigned("用户名或密码不正确。")
	}
	release() // while a long write keeps this one waiting, others may be checked
	err = s.write(ctx, registry.CommandLine, func(tx *store.Tx) error {
		now := s.now()
		if err := tx.SweepSignIns(now, now.Add(-24*time.Hour)); err != nil {
			return err
		}
		if err := tx.ForgetSignInFailures(accountKey(username)); err != nil {
			return err
		}
		if err := tx.SignedIn(u.ID, now); err != nil {
			return err
		}
		if token, err = s.openSession(tx, u.ID, remoteIP, userAgent); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: actorOf(u, remoteIP), At: now, Action: "登录", Entity: "user", EntityID: int64(u.ID), Version: u.Version}, nil)
	})
	u.PasswordHash = ""
	return token, u, err
}

func (s *Service) openSession(tx *store.Tx, id registry.UserID, remoteIP, userAgent string) (token string, err error) {
	token = auth.NewToken()
	now := s.now()
	if r := []rune(registry.CleanText(userAgent)); len(r) > 200 {
		userAgent = string(r[:200])
	}
	return token, tx.AddSession(store.Session{TokenHash: auth.TokenHash(token), UserID: id, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(sessionLongest), RemoteIP: remoteIP, UserAgent: registry.CleanText(userAgent)})
}

// checkThrottle refuses a sign-in after too many failures of the account or of the address.
func (s *Service) checkThrottle(ctx context.Context, account, address string) error {
	return s.db.Read(ctx, func(tx *store.Tx) error {
		for key, most := range map[string]int{account: accountFailures, address: addressFailures} {
			at, err := tx.SignInFailures(key, most)
			if err != nil {
				return err
			}
			if len(at) == most && at[0].Sub(at[most-1]) <= failureWindow && s.now().Sub(at[0]) < failureLock {
				wait := failureLock - s.now().Sub(at[0])
				return registry.Conflict("登录失败次数过多，请 %d 分钟后再试。", int(wait/time.Minute)+1)
			}
		}
		return nil
	})
}

func (s *Service) signInFailed(ctx context.Context, username string, u registry.User, known bool, remoteIP string) error {
	return s.write(ctx, registry.CommandLine, func(tx *store.Tx) error {
		now := s.now()
		for _, key := range []string{accountKey(username), addressKey(remoteIP)} {
			if err := tx.AddSignInFailure(key, now); err != nil {
				return err
			}
		}
		// A name that is no account may be a mistyped password: it does not go into the log.
		e := store.Event{Actor: registry.Actor{Username: "未知账号", RemoteIP: remoteIP}, At: now, Action: "登录失败", Entity: "user"}
		if known {
			e.Actor, e.EntityID, e.Version = actorOf(u, remoteIP), int64(u.ID), u.Version
		}
		return tx.Record(e, nil)
	})
}

func actorOf(u registry.User, remoteIP string) registry.Actor {
	return registry.Actor{UserID: u.ID, Username: u.Username, DisplayName: u.DisplayName, Role: u.Role, OrganID: u.OrganID, OfficerID: u.OfficerID, RemoteIP: remoteIP}
}

// boundActor is the actor of an account with the branch that it is bound to today.
func boundActor(tx *store.Tx, u registry.User, remoteIP string) (registry.Actor, error) {
	a := actorOf(u, remoteIP)
	if u.OrganID == 0 || u.Role != registry.RoleOfficer {
		return a, nil
	}
	organ, err := maybe(tx, store.Organs, u.OrganID)
	if err != nil {
		return a, err
	}
	b, err := tx.Bureau()
	if err == nil {
		a.Branch = b.BranchOf(u.Role, organ)
	}
	return a, err
}

// Session finds who a token belongs to. It is KindUnsigned when the session is unknown, has ended, was idle for too long, or
// when the account was disabled.
func (s *Service) Session(ctx context.Context, token string) (a registry.Actor, u registry.User, err error) {
	var x store.Session
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if x, u, err = tx.SignedInBy(auth.TokenHash(token)); err != nil {
			return err
		}
		a, err = boundActor(tx, u, x.RemoteIP)
		return err
	})
	if registry.KindOf(err) == registry.KindNotFound && err != nil {
		return registry.Actor{}, registry.User{}, unsigned("请先登录。")
	}
	if err != nil {
		return registry.Actor{}, registry.User{}, fmt.Errorf("find session: %w", err)
	}
	now := s.now()
	if u.Disabled || !now.Before(x.ExpiresAt) || now.Sub(x.SeenAt) >= sessionIdle {
		return registry.Actor{}, registry.User{}, unsigned("登录已过期，请重新登录。")
	}
	if now.Sub(x.SeenAt) >= sessionTouch && s.canTouch() {
		// Who only reads goes on reading while nothing can be written, or a long write has the turn.
		soon, cancel := context.WithTimeout(ctx, touchPatience)
		defer cancel()
		err := s.write(soon, registry.CommandLine, func(tx *store.Tx) error { return tx.TouchSession(x.TokenHash, now) })
		if err != nil && !away(err) && !errors.Is(err, context.DeadlineExceeded) {
			return registry.Actor{}, registry.User{}, fmt.Errorf("note that a session was used: %w", err)
		}
	}
	u.PasswordHash = ""
	return a, u, nil
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	a, u, err := s.Session(ctx, token)
	if registry.KindOf(err) == registry.KindUnsigned && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		if err := tx.EndSession(auth.TokenHash(token)); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "退出", Entity: "user", EntityID: int64(u.ID), Version: u.Version}, nil)
	})
}

// ChangePassword sets the actor's own password. Every session of the account ends; token is a new one for this browser.
// Wrong guesses of the present password count as failed sign-ins.
func (s *Service) ChangePassword(ctx context.Context, a registry.Actor, current, password, userAgent string) (token string, err error) {
	if err := a.May(registry.PermSelf); err != nil {
		return "", err
	}
	if err := auth.CheckNewPassword(a.Username, password, s.Bureau().Names()...); err != nil {
		return "", registry.Invalid("new", "%s", err)
	}
	if current == password {
		return "", registry.Invalid("new", "新密码与现在的密码相同")
	}
	if err := s.checkCurrent(ctx, a, current); err != nil {
		return "", err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		u, err := store.Users.Get(tx, int64(a.UserID))
		if err != nil {
			return err
		}
		u.PasswordHash, u.MustChange = hash, false
		if err := changeIn(tx, s, act{actor: a, action: "修改密码"}, store.Users, &u); err != nil {
			return err
		}
		if err := tx.EndSessions(u.ID); err != nil {
			return err
		}
		token, err = s.openSession(tx, u.ID, a.RemoteIP, userAgent)
		return err
	})
	return token, err
}

func (s *Service) checkCurrent(ctx context.Context, a registry.Actor, current string) error {
	turn, err := s.hasher.Turn(ctx)
	if err != nil {
		return err
	}
	defer turn.Done()
	if err := s.checkThrottle(ctx, accountKey(a.Username), addressKey(a.RemoteIP)); err != nil {
		return err
	}
	var u registry.User
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		u, err = store.Users.Get(tx, int64(a.UserID))
		return err
	})
	if err != nil {
		return err
	}
	ok, err := turn.Verify(current, u.PasswordHash)
	if err != nil {
		return fmt.Errorf("check password: %w", err)
	}
	if !ok {
		if err := s.signInFailed(ctx, a.Username, u, true, a.RemoteIP); err != nil {
			return err
		}
		return registry.Invalid("current", "现在的密码不正确")
	}
	return nil
}

// Ready reports whether the database and the disk take requests: what a supervisor asks before it sends any.
func (s *Service) Ready(ctx context.Context) error { return s.db.Ready(ctx, s.now()) }
