package web

import (
	"net/http"

	"casebook/internal/registry"
)

type signInPage struct {
	Layout
	Form     *Form
	Next     string
	Problem  string
	Username string
}

func (signInPage) Template() string { return "account/sign-in" }

func (s *Server) signInPage(r *request) error {
	return r.page(signInPage{Layout: r.layout("登录"), Next: localPath(r.QueryParam("next"))})
}

// signIn is POST /login. A wrong password and an unknown name look the same.
func (s *Server) signIn(r *request) error {
	f, err := r.readForm(nil)
	if err != nil {
		return err
	}
	username, next := f.Value("username"), localPath(f.Value("next"))
	token, _, err := s.service.SignIn(r.ctx(), username, f.Value("password"), r.RealIP(), r.Request().UserAgent())
	if err == nil {
		r.setSession(token)
		return r.Redirect(http.StatusSeeOther, next)
	}
	status := map[registry.Kind]int{registry.KindUnsigned: http.StatusUnauthorized, registry.KindConflict: http.StatusTooManyRequests}[registry.KindOf(err)]
	if status == 0 {
		return err
	}
	return r.pageStatus(status, signInPage{Layout: r.layout("登录"), Next: next, Username: username, Problem: problemOf(err).Detail})
}

func (s *Server) signOut(r *request) error {
	if err := s.service.SignOut(r.ctx(), r.token); err != nil {
		return err
	}
	r.setSession("")
	return r.redirect("/login")
}

type passwordPage struct {
	Layout
	Form *Form
	Must bool
}

func (passwordPage) Template() string { return "account/password" }

var passwordLabels = Labels{"current": "现在的密码", "new": "新密码", "again": "再输一次新密码"}

func (s *Server) passwordPage(r *request) error {
	return r.page(passwordPage{r.layout("修改密码"), r.newForm(passwordLabels), r.user.MustChange})
}

func (s *Server) passwordChange(r *request) error {
	f, err := r.readForm(passwordLabels)
	if err != nil {
		return err
	}
	if f.Value("new") != f.Value("again") {
		f.add("again", "两次输入的新密码不一致")
	}
	if f.ok() {
		token, err := s.service.ChangePassword(r.ctx(), r.actor, f.Value("current"), f.Value("new"), r.Request().UserAgent())
		if err == nil {
			r.setSession(token)
			return r.done("密码已修改，您在其他设备上的登录已退出。", "/")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return r.form(f, passwordPage{r.layout("修改密码"), f, r.user.MustChange})
}
