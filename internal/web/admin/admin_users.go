package admin

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var userLabels = kit.LabelsOf(registry.UserFields, nil)

func userFields(f *kit.Form, x *registry.User) {
	f.Meta(&x.Meta)
	if x.ID == 0 {
		f.Text("username", &x.Username)
	}
	f.Text("display_name", &x.DisplayName)
	kit.Word(f, "role", &x.Role)
	kit.Ref(f, "organ_id", &x.OrganID)
}

type userListPage struct {
	kit.Layout
	Users  []registry.User
	Active int
	Organs map[registry.OrganID]string
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
	p := userListPage{Layout: r.Layout("账号"), Users: users, Organs: names}
	for _, u := range users {
		if !u.Disabled {
			p.Active++
		}
	}
	return r.Page(p)
}

type userPage struct {
	kit.Layout
	Form         *kit.Form
	Edited       registry.User
	OrganOptions []kit.Option
}

func (userPage) Template() string { return "admin/user" }

// userForm shows the form of an account; x.ID is 0 for a new one.
func (s area) userForm(r *kit.Request, f *kit.Form, x registry.User) error {
	organs, _, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	title := "新建账号"
	if x.ID != 0 {
		title = x.DisplayName
	}
	return r.Form(f, userPage{r.Layout(title), f, x, organs})
}

func (s area) userNew(r *kit.Request) error {
	var x registry.User
	f := r.NewForm(userLabels)
	userFields(f, &x)
	return s.userForm(r, f, x)
}

func (s area) userCreate(r *kit.Request) error {
	f, err := r.ReadForm(userLabels)
	if err != nil {
		return err
	}
	var x registry.User
	userFields(f, &x)
	if f.OK() {
		password, err := s.Service.AddUser(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Page(oneTimePage{r.Layout("账号已建立"), x, password})
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.userForm(r, f, registry.User{})
}

func (s area) userEdit(r *kit.Request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	f := r.NewForm(userLabels)
	userFields(f, &x)
	return s.userForm(r, f, x)
}

func (s area) userUpdate(r *kit.Request) error {
	current, err := s.userByID(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(userLabels)
	if err != nil {
		return err
	}
	x := current
	userFields(f, &x)
	if f.OK() {
		err := s.Service.UpdateUser(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("账号已保存。", "/admin/users")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.NewForm(userLabels)
			userFields(now, &current)
			return r.Stale(err, f, now, nil, "账号 "+current.Username, fmt.Sprintf("/admin/users/%d", current.ID))
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.userForm(r, f, current)
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
