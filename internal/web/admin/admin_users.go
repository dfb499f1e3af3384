package admin

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var userLabels = kit.LabelsOf(registry.UserFields, nil)

// userFields are the inputs of an account; its username is chosen when it is made, and stays.
func userFields(f *kit.Form, x *registry.User, username bool) {
	f.Meta(&x.Meta)
	if username {
		f.Text("username", &x.Username)
	}
	f.Text("display_name", &x.DisplayName)
	kit.Word(f, "role", &x.Role)
	kit.Ref(f, "officer_id", &x.OfficerID)
	kit.Ref(f, "organ_id", &x.OrganID)
}

type userListPage struct {
	kit.Layout
	Users    []registry.User
	Active   int
	Organs   map[registry.OrganID]string
	Officers map[registry.OfficerID]string
	Unset    int // accounts of officers in use without a unit: they write in the whole city
}

// unset reports whether an account writes in the whole city only because nobody has set its unit.
func unset(u registry.User) bool {
	return u.Role == registry.RoleOfficer && u.OrganID == 0 && !u.Disabled
}

func (userListPage) Template() string { return "admin/users" }

func (s area) userList(r *kit.Request) error {
	users, err := s.Service.ListUsers(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	_, names, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	p := userListPage{Layout: r.Layout("账号"), Users: users, Organs: names, Officers: map[registry.OfficerID]string{}}
	for _, u := range users {
		if !u.Disabled {
			p.Active++
		}
		if unset(u) {
			p.Unset++
		}
	}
	roster, err := s.Service.Officers(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	for _, o := range roster {
		p.Officers[o.ID] = o.Name + " " + o.CertNo
	}
	return r.Page(p)
}

type userPage struct {
	kit.Layout
	Form         *kit.Form
	Edited       registry.User
	OrganOptions []kit.Option
	Officers     []kit.Option
	Unset        bool   // an officer without a unit
	Reach        string // where the account may write, in words; empty for roles that enter no record
}

func (userPage) Template() string { return "admin/user" }

// userEditing is an account on its form. A new one is answered with its one-time password, which is shown once.
func (s area) userEditing(r *kit.Request, stored registry.User) kit.Editing[registry.User] {
	title := "新建账号"
	if stored.ID != 0 {
		title = stored.DisplayName
	}
	password := ""
	at := func(x registry.User) string { return fmt.Sprintf("/admin/users/%d", x.ID) }
	return kit.Editing[registry.User]{
		Record: stored, Labels: userLabels,
		Fields: func(f *kit.Form, x *registry.User) { userFields(f, x, stored.ID == 0) },
		Check: func(f *kit.Form, x *registry.User) error {
			if name := f.Value("username"); stored.ID != 0 && name != "" && name != stored.Username {
				f.Add("", "用户名不能修改；需要用户名“%s”的，请另建账号", kit.Clip(name))
			}
			return nil
		},
		Page: func(f *kit.Form, _ registry.User) error {
			return s.userForm(r, f, title, stored)
		},
		Add: func(ctx context.Context, a registry.Actor, x *registry.User) (repeated bool, err error) {
			password, err = s.Service.AddUser(ctx, a, x)
			return false, err
		},
		Change: s.Service.UpdateUser,
		Saved: func(x registry.User) error {
			if password != "" {
				return r.Page(oneTimePage{r.Layout("账号已建立"), x, password})
			}
			return r.DoneAt("账号已保存。", "/admin/users")
		},
		Title: func(x registry.User) string { return x.Username }, Address: at, Home: at,
		Words: func(f *kit.Form, x registry.User) {
			s.nameOrgan(r, f, x.OrganID)
			if x.OfficerID != 0 {
				if o, err := s.Service.Officer(r.Ctx(), r.Actor, x.OfficerID); err == nil {
					f.Name("officer_id", kit.Itoa(int64(x.OfficerID)), o.Name+" "+o.CertNo)
				}
			}
		},
	}
}

// userForm shows an account with the officers and units to choose from, and says where it may write.
func (s area) userForm(r *kit.Request, f *kit.Form, title string, stored registry.User) (err error) {
	p := userPage{Layout: r.Layout(title), Form: f, Edited: stored, Unset: unset(stored)}
	if p.OrganOptions, _, err = view.OrganOptions(s.Server, r); err != nil {
		return err
	}
	if p.Officers, err = view.OfficerOptions(s.Server, r, r.Today()); err != nil {
		return err
	}
	if stored.ID != 0 && stored.Role == registry.RoleOfficer {
		if p.Reach, err = s.Service.Reach(r.Ctx(), r.Actor, stored); err != nil {
			return err
		}
	}
	return r.Form(f, p)
}

func (s area) userNew(r *kit.Request) error {
	return s.userEditing(r, registry.User{}).Show(r, registry.User{})
}

func (s area) newUser(r *kit.Request) (kit.Editing[registry.User], error) {
	return s.userEditing(r, registry.User{}), nil
}

func (s area) storedUser(r *kit.Request) (kit.Editing[registry.User], error) {
	x, err := s.userByID(r)
	return s.userEditing(r, x), err
}

func (s area) userDisable(r *kit.Request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(nil)
	if err != nil {
		return err
	}
	disable := f.Value("disabled") != ""
	if err := s.Service.SetDisabled(r.Ctx(), r.Actor, x.ID, disable); err != nil {
		return err
	}
	if disable {
		return r.Done("账号已停用。", "/admin/users/%d", x.ID)
	}
	return r.Done("账号已恢复。", "/admin/users/%d", x.ID)
}

// oneTimePage shows a password once. It is the answer to the POST itself: nothing may keep the password for a redirect.
type oneTimePage struct {
	kit.Layout
	Edited   registry.User
	Password string
}

func (oneTimePage) Template() string { return "admin/one-time" }

func (s area) userResetPassword(r *kit.Request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	password, err := s.Service.ResetPassword(r.Ctx(), r.Actor, x.ID)
	if err != nil {
		return err
	}
	return r.Page(oneTimePage{r.Layout("密码已重置"), x, password})
}

func (s area) userByID(r *kit.Request) (registry.User, error) {
	id, err := kit.PathID[registry.UserID](r, "id")
	if err != nil {
		return registry.User{}, err
	}
	return s.Service.GetUser(r.Ctx(), r.Actor, id)
}
