package home

import (
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

type signInPage struct {
	kit.Layout
	Form     *kit.Form
	Next     string
	Problem  string
	Username string
}

func (signInPage) Template() string { return "home/account-sign-in" }

func (s area) signInPage(r *kit.Request) error {
	return r.Page(signInPage{Layout: r.Layout("登录"), Next: kit.LocalPath(r.QueryParam("next"))})
}

// signIn is POST /login. A wrong password and an unknown name look the same.
func (s area) signIn(r *kit.Request) error {
	f, err := r.ReadForm(nil)
	if err != nil {
		return err
	}
	username, next := f.Value("username"), kit.LocalPath(f.Value("next"))
	token, _, err := s.Service.SignIn(r.Ctx(), username, f.Value("password"), r.RealIP(), r.Request().UserAgent())
	if err == nil {
		r.SetSession(token)
		return r.Redirect(http.StatusSeeOther, next)
	}
	status := map[registry.Kind]int{registry.KindUnsigned: http.StatusUnauthorized, registry.KindConflict: http.StatusTooManyRequests}[registry.KindOf(err)]
	if status == 0 {
		return err
	}
	return r.PageStatus(status, signInPage{Layout: r.Layout("登录"), Next: next, Username: username, Problem: kit.ProblemOf(err).Detail})
}

func (s area) signOut(r *kit.Request) error {
	if err := s.Service.SignOut(r.Ctx(), r.Token); err != nil {
		return err
	}
	r.SetSession("")
	return r.Go("/login")
}

// ownAccount is what the register knows of who is signed in.
type ownAccount struct {
	Unit    string
	Officer string // of the roster, with the certificate and until when it is valid
	Reach   string // where they may write; empty for roles that enter no record
}

func (s area) ownAccount(r *kit.Request) (x ownAccount, err error) {
	if x.Reach, err = s.Service.Reach(r.Ctx(), r.Actor, r.User); err != nil {
		return x, err
	}
	if r.User.OrganID != 0 {
		o, err := s.Service.Organ(r.Ctx(), r.Actor, r.User.OrganID)
		if err != nil {
			return x, err
		}
		x.Unit = o.Name
	}
	if r.User.OfficerID == 0 {
		return x, nil
	}
	o, err := s.Service.Officer(r.Ctx(), r.Actor, r.User.OfficerID)
	if err != nil {
		return x, err
	}
	x.Officer = o.Name + "，执法证号 " + o.CertNo
	if !o.ValidTo.IsZero() {
		x.Officer += "，有效期至 " + o.ValidTo.String()
	}
	return x, nil
}

type passwordPage struct {
	kit.Layout
	Form *kit.Form
	Must bool
	Own  ownAccount
}

func (passwordPage) Template() string { return "home/account-password" }

var passwordLabels = kit.Labels{"current": "现在的密码", "new": "新密码", "again": "再输一次新密码"}

func (s area) passwordPage(r *kit.Request) error { return s.passwordForm(r, r.NewForm(passwordLabels)) }

func (s area) passwordForm(r *kit.Request, f *kit.Form) error {
	own, err := s.ownAccount(r)
	if err != nil {
		return err
	}
	return r.Form(f, passwordPage{r.Layout("修改密码"), f, r.User.MustChange, own})
}

func (s area) passwordChange(r *kit.Request) error {
	f, err := r.ReadForm(passwordLabels)
	if err != nil {
		return err
	}
	if f.Value("new") != f.Value("again") {
		f.Add("again", "两次输入的新密码不一致")
	}
	if f.OK() {
		token, err := s.Service.ChangePassword(r.Ctx(), r.Actor, f.Value("current"), f.Value("new"), r.Request().UserAgent())
		if err == nil {
			r.SetSession(token)
			return r.Done("密码已修改，您在其他设备上的登录已退出。", "/")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.passwordForm(r, f)
}
