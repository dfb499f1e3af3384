package web

import (
	"fmt"

	"casebook/internal/registry"
)

var userLabels = labelsOf(registry.UserFields, nil)

func userFields(f *Form, x *registry.User) {
	f.meta(&x.Meta)
	if x.ID == 0 {
		f.text("username", &x.Username)
	}
	f.text("display_name", &x.DisplayName)
	word(f, "role", &x.Role)
	ref(f, "organ_id", &x.OrganID)
}

type userListPage struct {
	Layout
	Users  []registry.User
	Active int
	Organs map[registry.OrganID]string
}

func (userListPage) Template() string { return "admin/users" }

func (s *Server) userList(r *request) error {
	users, err := s.service.ListUsers(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	_, names, err := s.organOptions(r)
	if err != nil {
		return err
	}
	p := userListPage{Layout: r.layout("账号"), Users: users, Organs: names}
	for _, u := range users {
		if !u.Disabled {
			p.Active++
		}
	}
	return r.page(p)
}

type userPage struct {
	Layout
	Form         *Form
	Edited       registry.User
	OrganOptions []Option
}

func (userPage) Template() string { return "admin/user" }

// userForm shows the form of an account; x.ID is 0 for a new one.
func (s *Server) userForm(r *request, f *Form, x registry.User) error {
	organs, _, err := s.organOptions(r)
	if err != nil {
		return err
	}
	title := "新建账号"
	if x.ID != 0 {
		title = x.DisplayName
	}
	return r.form(f, userPage{r.layout(title), f, x, organs})
}

func (s *Server) userNew(r *request) error {
	var x registry.User
	f := r.newForm(userLabels)
	userFields(f, &x)
	return s.userForm(r, f, x)
}

func (s *Server) userCreate(r *request) error {
	f, err := r.readForm(userLabels)
	if err != nil {
		return err
	}
	var x registry.User
	userFields(f, &x)
	if f.ok() {
		password, err := s.service.AddUser(r.ctx(), r.actor, &x)
		if err == nil {
			return r.page(oneTimePage{r.layout("账号已建立"), x, password})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.userForm(r, f, registry.User{})
}

func (s *Server) userEdit(r *request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	f := r.newForm(userLabels)
	userFields(f, &x)
	return s.userForm(r, f, x)
}

func (s *Server) userUpdate(r *request) error {
	current, err := s.userByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(userLabels)
	if err != nil {
		return err
	}
	x := current
	userFields(f, &x)
	if f.ok() {
		err := s.service.UpdateUser(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("账号已保存。", "/admin/users")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.newForm(userLabels)
			userFields(now, &current)
			return r.stale(err, f, now, nil, "账号 "+current.Username, fmt.Sprintf("/admin/users/%d", current.ID))
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.userForm(r, f, current)
}

func (s *Server) userDisable(r *request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(nil)
	if err != nil {
		return err
	}
	disable := f.Value("disabled") != ""
	if err := s.service.SetDisabled(r.ctx(), r.actor, x.ID, disable); err != nil {
		return err
	}
	if disable {
		return r.done("账号已停用。", "/admin/users/%d", x.ID)
	}
	return r.done("账号已恢复。", "/admin/users/%d", x.ID)
}

// oneTimePage shows a password once. It is the answer to the POST itself: nothing may keep the password for a redirect.
type oneTimePage struct {
	Layout
	Edited   registry.User
	Password string
}

func (oneTimePage) Template() string { return "admin/one-time" }

func (s *Server) userResetPassword(r *request) error {
	x, err := s.userByID(r)
	if err != nil {
		return err
	}
	password, err := s.service.ResetPassword(r.ctx(), r.actor, x.ID)
	if err != nil {
		return err
	}
	return r.page(oneTimePage{r.layout("密码已重置"), x, password})
}

func (s *Server) userByID(r *request) (registry.User, error) {
	id, err := pathID[registry.UserID](r, "id")
	if err != nil {
		return registry.User{}, err
	}
	return s.service.GetUser(r.ctx(), r.actor, id)
}
