package casework

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"casebook/internal/auth"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// ListUsers lists every account, without password hashes.
func (s *Service) ListUsers(ctx context.Context, a registry.Actor) (list []registry.User, err error) {
	err = s.read(ctx, a, registry.PermAdmin, func(tx *store.Tx) error {
		list, err = tx.Accounts()
		return err
	})
	for i := range list {
		list[i].PasswordHash = ""
	}
	return list, err
}

// GetUser reads an account, without its password hash.
func (s *Service) GetUser(ctx context.Context, a registry.Actor, id registry.UserID) (registry.User, error) {
	u, err := get(ctx, s, a, registry.PermAdmin, store.Users, int64(id))
	u.PasswordHash = ""
	return u, err
}

// ActorNamed is the actor of a command run as a user: --as USER. A disabled account cannot act.
func (s *Service) ActorNamed(ctx context.Context, username string) (a registry.Actor, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		u, err := tx.UserByName(username)
		if err == nil && u.Disabled {
			err = registry.Conflict("账号 %s 已停用。", username)
		}
		if err == nil {
			a, err = boundActor(tx, u, "")
		}
		return err
	})
	return a, err
}

// AddUser makes an account with a one-time password, which is returned and kept nowhere.
func (s *Service) AddUser(ctx context.Context, a registry.Actor, x *registry.User) (password string, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return "", err
	}
	x.MustChange, x.Disabled, x.LastSignIn = true, false, nil
	password = auth.OneTimePassword()
	if x.PasswordHash, err = s.hasher.Hash(ctx, password); err != nil {
		return "", err
	}
	repeated, err := add(ctx, s, act{actor: a, perm: registry.PermAdmin, action: "新建账号"}, store.Users, x, userRefs(x)...)
	x.PasswordHash = ""
	if before := (*Repeated[registry.User])(nil); errors.As(err, &before) {
		before.Stored.PasswordHash = ""
	}
	if err != nil {
		return "", err
	}
	if repeated {
		return "", registry.Conflict("账号 %s 已经建立。一次性密码只显示一次；需要时请在账号页重置密码。", x.Username)
	}
	return password, nil
}

// UpdateUser changes an account's name, role and unit. A changed role ends the account's sessions; the last administrator
// cannot be given another role.
func (s *Service) UpdateUser(ctx context.Context, a registry.Actor, x *registry.User) error {
	if err := a.May(registry.PermAdmin); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		stored, err := store.Users.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		x.Username, x.PasswordHash, x.MustChange = stored.Username, stored.PasswordHash, stored.MustChange
		x.Disabled = stored.Disabled
		if stored.Role == registry.RoleAdmin && x.Role != registry.RoleAdmin && !stored.Disabled {
			if err := anotherAdmin(tx, x.ID, "role", "这是最后一个可用的管理员，不能改为其他角色"); err != nil {
				return err
			}
		}
		if err := fillUnit(tx, x); err != nil {
			return err
		}
		err = changeIn(tx, s, act{actor: a, action: "修改账号", detail: unitChange(tx, &stored, x)}, store.Users, x, userRefs(x)...)
		x.PasswordHash = ""
		if err != nil || x.Role == stored.Role {
			return err
		}
		return tx.EndSessions(x.ID)
	})
}

// userRefs asks that the officer and the unit be there. Where no unit was chosen the officer's is the account's.
func userRefs(x *registry.User) []check {
	return []check{
		func(tx *store.Tx) error { return fillUnit(tx, x) },
		func(tx *store.Tx) error { return refExists(store.Organs, "organ_id", x.OrganID)(tx) },
	}
}

// OfficerCalled finds an officer of the roster by certificate number, or by a name that only one on duty has: casebook user add --officer.
func (s *Service) OfficerCalled(ctx context.Context, a registry.Actor, word string) (registry.OfficerID, error) {
	list, err := s.Officers(ctx, a)
	if err != nil {
		return 0, err
	}
	var found []registry.OfficerID
	for _, o := range list {
		if o.CertNo == registry.NormalizeCode(word) {
			return o.ID, nil
		}
		if o.Active && o.Name == registry.CleanText(word) {
			found = append(found, o.ID)
		}
	}
	switch len(found) {
	case 0:
		return 0, registry.Invalid("officer_id", "执法人员名册里没有“%s”，请写执法证号或姓名；名册在“管理 → 执法人员”", word)
	case 1:
		return found[0], nil
	}
	return 0, registry.Invalid("officer_id", "在岗的执法人员里有 %d 名“%s”，请改写执法证号", len(found), word)
}

// OrganCalled finds a unit in use by its name, its short name, or what its district is called: casebook user add --branch 恩平分局.
func (s *Service) OrganCalled(ctx context.Context, a registry.Actor, word string) (registry.OrganID, error) {
	list, err := s.Organs(ctx, a)
	if err != nil {
		return 0, err
	}
	word = registry.CleanText(word)
	var short []string
	for _, o := range list {
		if !o.Active {
			continue
		}
		short = append(short, cmp.Or(o.ShortName, o.Name))
		if word == o.Name || word == o.ShortName {
			return o.ID, nil
		}
	}
	for _, o := range list {
		d, ok := s.Bureau().District(o.DistrictCode)
		if ok && o.Active && o.Kind == "分局" && (word == d.Code || word == d.Name || word == d.Short) {
			return o.ID, nil
		}
	}
	if len(short) == 0 {
		return 0, registry.Invalid("organ_id", "登记册里还没有机构，不能指定“%s”；启动一次 serve 后会按本局设置建立", word)
	}
	return 0, registry.Invalid("organ_id", "没有在用的机构“%s”，可写：%s", word, strings.Join(short, "、"))
}

func fillUnit(tx *store.Tx, x *registry.User) error {
	if err := refExists(store.Officers, "officer_id", x.OfficerID)(tx); err != nil || x.OfficerID == 0 || x.OrganID != 0 {
		return err
	}
	o, err := store.Officers.Get(tx, int64(x.OfficerID))
	x.OrganID = o.OrganID
	return err
}

// unitChange says in the audit log that an account was moved to another unit, since that decides which records it may write.
func unitChange(tx *store.Tx, was, now *registry.User) string {
	if was.OrganID == now.OrganID && was.OfficerID == now.OfficerID {
		return ""
	}
	name := func(id registry.OrganID) string {
		if o, err := maybe(tx, store.Organs, id); err == nil && o != nil {
			return o.Name
		}
		return "未设置（全市）"
	}
	if was.OrganID == now.OrganID {
		return "改定对应的执法人员"
	}
	return "单位由“" + name(was.OrganID) + "”改为“" + name(now.OrganID) + "”"
}

func anotherAdmin(tx *store.Tx, except registry.UserID, field, message string) error {
	n, err := tx.ActiveAdmins(except)
	if err == nil && n == 0 {
		err = &registry.Error{Kind: registry.KindConflict, Message: message + "。", Fields: []registry.FieldError{{Field: field, Message: message}}}
	}
	return err
}

// SetDisabled stops an account at once, or lets it sign in again. The last administrator cannot be stopped.
func (s *Service) SetDisabled(ctx context.Context, a registry.Actor, id registry.UserID, disabled bool) error {
	action := "恢复账号"
	if disabled {
		action = "停用账号"
	}
	return s.alterUser(ctx, a, id, action, func(tx *store.Tx, u *registry.User) error {
		if disabled && u.Role == registry.RoleAdmin && !u.Disabled {
			if err := anotherAdmin(tx, u.ID, "disabled", "这是最后一个可用的管理员，不能停用"); err != nil {
				return err
			}
		}
		u.Disabled = disabled
		return nil
	})
}

// ResetPassword gives an account a one-time password, which is returned and kept nowhere.
func (s *Service) ResetPassword(ctx context.Context, a registry.Actor, id registry.UserID) (password string, err error) {
	if err := a.May(registry.PermAdmin); err != nil {
		return "", err
	}
	password = auth.OneTimePassword()
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	return password, s.alterUser(ctx, a, id, "重置密码", func(tx *store.Tx, u *registry.User) error {
		u.PasswordHash, u.MustChange = hash, true
		return tx.ForgetSignInFailures(accountKey(u.Username))
	})
}

// alterUser changes an account as stored and ends its sessions.
func (s *Service) alterUser(ctx context.Context, a registry.Actor, id registry.UserID, action string, alter func(*store.Tx, *registry.User) error) error {
	if err := a.May(registry.PermAdmin); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		u, err := store.Users.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := alter(tx, &u); err != nil {
			return err
		}
		if err := changeIn(tx, s, act{actor: a, action: action}, store.Users, &u); err != nil {
			return err
		}
		return tx.EndSessions(u.ID)
	})
}

// EnsureFirstAdmin makes the account "admin" with a one-time password in a register that has no account yet; created tells
// whether it did. The command prints the password once.
func (s *Service) EnsureFirstAdmin(ctx context.Context) (password string, created bool, err error) {
	var list []registry.User
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = tx.Accounts()
		return err
	})
	if err != nil || len(list) > 0 {
		return "", false, err
	}
	password, err = s.AddUser(ctx, registry.CommandLine, &registry.User{Username: "admin", DisplayName: "系统管理员", Role: registry.RoleAdmin})
	return password, err == nil, err
}

// SetPassword sets an account's password from the command line or for a demo. It need not be changed at sign-in.
func (s *Service) SetPassword(ctx context.Context, username, password string) error {
	if err := auth.CheckNewPassword(username, password, s.Bureau().Names()...); err != nil {
		return registry.Invalid("password", "%s", err)
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	var u registry.User
	if err := s.db.Read(ctx, func(tx *store.Tx) error {
		u, err = tx.UserByName(username)
		return err
	}); err != nil {
		return err
	}
	return s.alterUser(ctx, registry.CommandLine, u.ID, "设置密码", func(tx *store.Tx, u *registry.User) error {
		u.PasswordHash, u.MustChange = hash, false
		return tx.ForgetSignInFailures(accountKey(u.Username))
	})
}
