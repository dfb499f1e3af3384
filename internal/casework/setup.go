package casework

import (
	"context"
	"slices"

	"casebook/internal/auth"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// EnsureOrgans names the bureau and its branches in a register that knows no organ yet.
func (s *Service) EnsureOrgans(ctx context.Context) error {
	have, err := s.Organs(ctx, registry.CommandLine)
	if err != nil || len(have) > 0 {
		return err
	}
	return s.write(ctx, registry.CommandLine, func(tx *store.Tx) error {
		list := s.Bureau().Organs()
		for i := range list {
			if _, err := addIn(tx, s, act{actor: registry.CommandLine}, store.Organs, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// DemoAccount is an account of a demonstration register with the password it has until the next start.
type DemoAccount struct {
	Username, Password string
	Role               registry.Role
}

// demoUsers are the accounts of a demonstration: two officers and two publishers, since rules need a second person.
var demoUsers = []registry.User{
	{Username: "admin", DisplayName: "示例管理员", Role: registry.RoleAdmin},
	{Username: "officer", DisplayName: "示例执法员甲", Role: registry.RoleOfficer},
	{Username: "officer2", DisplayName: "示例执法员乙", Role: registry.RoleOfficer},
	{Username: "publisher", DisplayName: "示例宣传员甲", Role: registry.RolePublisher},
	{Username: "publisher2", DisplayName: "示例宣传员乙", Role: registry.RolePublisher},
	{Username: "auditor", DisplayName: "示例审计员", Role: registry.RoleAuditor},
}

// DemoAccounts makes the demonstration's accounts where they are missing and gives each a fresh password, or the kept one of its username:
// an account that has it already stays as it is, and its sessions go on. It refuses a register that is no demonstration: real accounts are
// never given a password that is printed. officers names the certificate of the officer that an account is tied to when it is made.
func (s *Service) DemoAccounts(ctx context.Context, kept, officers map[string]string) ([]DemoAccount, error) {
	if _, demo, err := s.IsDemo(ctx); err != nil {
		return nil, err
	} else if !demo {
		return nil, registry.Conflict("这不是示例登记册。")
	}
	known := map[string]registry.User{}
	users, err := s.ListUsers(ctx, registry.CommandLine)
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		known[u.Username] = u
	}
	roster, err := s.Officers(ctx, registry.CommandLine)
	if err != nil {
		return nil, err
	}
	var list []DemoAccount
	for _, u := range demoUsers {
		if _, ok := known[u.Username]; !ok {
			if i := slices.IndexFunc(roster, func(o registry.Officer) bool { return o.CertNo == officers[u.Username] }); i >= 0 {
				u.OfficerID = roster[i].ID // whose unit becomes the account's
			}
			if _, err := s.AddUser(ctx, registry.CommandLine, &u); err != nil {
				return nil, err
			}
		}
		password, ok := kept[u.Username]
		if !ok {
			password = auth.OneTimePassword()
		}
		if has, err := s.hasPassword(ctx, u.Username, password); err != nil {
			return nil, err
		} else if !has {
			if err := s.SetPassword(ctx, u.Username, password); err != nil {
				return nil, err
			}
		}
		list = append(list, DemoAccount{u.Username, password, u.Role})
	}
	return list, nil
}

// hasPassword reports whether an account has a password that need not be changed at sign-in.
func (s *Service) hasPassword(ctx context.Context, username, password string) (bool, error) {
	u, err := s.userNamed(ctx, username)
	if err != nil || u.MustChange {
		return false, err
	}
	turn, err := s.hasher.Turn(ctx)
	if err != nil {
		return false, err
	}
	defer turn.Done()
	return turn.Verify(password, u.PasswordHash)
}

// ResetPasswordOf gives the account of this name a one-time password: casebook user passwd.
func (s *Service) ResetPasswordOf(ctx context.Context, a registry.Actor, username string) (password string, err error) {
	u, err := s.userNamed(ctx, username)
	if err != nil {
		return "", err
	}
	return s.ResetPassword(ctx, a, u.ID)
}

// DisableNamed stops the account of this name: casebook user disable.
func (s *Service) DisableNamed(ctx context.Context, a registry.Actor, username string) error {
	u, err := s.userNamed(ctx, username)
	if err != nil {
		return err
	}
	return s.SetDisabled(ctx, a, u.ID, true)
}

func (s *Service) userNamed(ctx context.Context, username string) (u registry.User, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		u, err = tx.UserByName(username)
		return err
	})
	return u, err
}
