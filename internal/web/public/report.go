package public

import (
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// trap is a field that people do not see: who fills it in is a program.
const trap = "website"

type reportedPage struct {
	frame
	Back string
}

func (reportedPage) Template() string { return "public/reported" }

// report takes what a reader says is wrong. What was typed stays on the page where it is refused.
func (a area) report(r *kit.Request) error {
	slug := r.Param("slug")
	if _, err := r.FormParams(); err != nil {
		if kit.IsTooLarge(err) {
			return err
		}
		return kit.BadRequest("发来的表单无法读取，请返回上一页重试。")
	}
	sent := func() error { return r.Redirect(http.StatusSeeOther, a.served().bulletin(slug)+"/reported") }
	if r.FormValue(trap) != "" {
		return sent() // a program is not told that it was seen
	}
	x := registry.BulletinReport{Words: r.FormValue("words"), Contact: r.FormValue("contact")}
	err := a.Service.ReportError(r.Ctx(), r.RealIP(), slug, &x)
	if err == nil {
		return sent()
	}
	kind := registry.KindOf(err)
	if kind != registry.KindInvalid && kind != registry.KindConflict {
		return err
	}
	b, readErr := a.Service.PublicBulletin(r.Ctx(), slug)
	if readErr != nil {
		return readErr
	}
	if b.Gone {
		return a.gone(r, &b)
	}
	p := a.bulletinPage(a.served(), &b)
	problem := kit.ProblemOf(err)
	p.Typed, p.Problems = x, problem.Errors
	if len(p.Problems) == 0 {
		p.Problems = []registry.FieldError{{Field: "words", Message: problem.Detail}}
	}
	status := problem.Status
	if kind == registry.KindConflict {
		status = http.StatusTooManyRequests
	}
	body, renderErr := a.Render(p)
	if renderErr != nil {
		return renderErr
	}
	return r.HTMLBlob(status, body)
}

// reported thanks, at an address of its own: sent again by a reload, nothing is written twice.
func (a area) reported(r *kit.Request) error {
	x, err := a.Service.PublicBulletin(r.Ctx(), r.Param("slug"))
	if err != nil {
		return err
	}
	if x.Gone {
		return a.gone(r, &x)
	}
	return a.page(r, reportedPage{a.frame(a.served(), "已收到"), a.served().bulletin(x.Slug)})
}
