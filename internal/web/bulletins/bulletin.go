package bulletins

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type bulletinListPage struct {
	kit.Layout
	List  kit.List
	State string
	Tabs  []bulletinTab
	Rows  []casework.BulletinRow
}

func (bulletinListPage) Template() string { return "bulletins/list" }

type bulletinTab struct {
	Label, Href string
	Current     bool
}

var bulletinStates = []registry.BulletinState{registry.BulletinDraft, registry.BulletinSubmitted, registry.BulletinApproved, registry.BulletinWithdrawn}

func (s area) bulletinList(r *kit.Request) error {
	l := r.List()
	p := bulletinListPage{Layout: r.Layout("典型案例通报"), State: l.Get("state")}
	p.Tabs = []bulletinTab{{"全部", l.WithQuery("state", ""), p.State == ""}}
	for _, state := range bulletinStates {
		p.Tabs = append(p.Tabs, bulletinTab{string(state), l.WithQuery("state", string(state)), p.State == string(state)})
	}
	rows, next, err := s.Service.BulletinRows(r.Ctx(), r.Actor, p.State, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	l.Paged(len(rows), next, -1, false)
	p.List, p.Rows = l, rows
	return r.Page(p)
}

type bulletinPage struct {
	kit.Layout
	casework.BulletinPage
	Form    *kit.Form // for the reason of a withdrawal, and what was refused
	Cases   []bulletinCaseView
	Lead    []paperPicture // the pictures of the lead
	Looks   []pictureLook  // of each picture, whether it was looked through
	History []view.HistoryEntry
	Media   []kit.Option // where a bulletin is published
	Formats []paperFormat

	Outdated   []outdatedCase // whose records have changed since they were drafted
	CheckFirst bool           // quotes are checked before the bulletin is approved
}

// outdatedCase is a case of a bulletin whose record says something else today.
type outdatedCase struct {
	N       int
	Changes []draftChange
}

func caseNumber(x *registry.Bulletin, id registry.CaseID) int {
	return 1 + slices.IndexFunc(x.Cases, func(c registry.BulletinCase) bool { return c.CaseID == id })
}

func (bulletinPage) Template() string { return "bulletins/show" }

// Draft, Submitted and Approved say where the bulletin stands.
func (p bulletinPage) Draft() bool { return p.Bulletin.State == registry.BulletinDraft }

func (p bulletinPage) Submitted() bool { return p.Bulletin.State == registry.BulletinSubmitted }

func (p bulletinPage) Approved() bool { return p.Bulletin.State == registry.BulletinApproved }

// Public says whether the public site shows it now.
func (p bulletinPage) Public() bool { return p.Bulletin.Public() }

// Releasing says that a publication was typed and refused.
func (p bulletinPage) Releasing() bool {
	return slices.ContainsFunc(p.Form.Errors, func(e registry.FieldError) bool { return strings.HasPrefix(e.Field, "release.") })
}

// bulletinCaseView is one case as it is published, and the real case behind it.
type bulletinCaseView struct {
	report.BulletinCase
	Parts  []casePart
	Figure kit.HTML // the discharge path drawn; empty where it is not published
	Boxes  []view.StatuteBox
	Case   registry.Case
}

func (s area) bulletinShow(r *kit.Request) error {
	return s.showBulletin(r, r.NewForm(bulletinLabels))
}

func (s area) showBulletin(r *kit.Request, f *kit.Form) error {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	b, err := s.Service.BulletinPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := bulletinPage{Layout: r.Layout(b.Bulletin.Title).FullWidth(), BulletinPage: b, Form: f, Media: kit.TermOptions(registry.PublicationMedia), Formats: paperFormats}
	p.Cases = paperCases(id, &b.Print)
	p.Lead = paperPictures(id, b.Print.Pictures)
	p.Looks = pictureLooks(&b)
	for i := range p.Cases {
		p.Cases[i].Case = b.Cases[i]
	}
	for _, o := range b.Outdated {
		p.Outdated = append(p.Outdated, outdatedCase{caseNumber(&b.Bulletin, o.CaseID), draftChanges(o.Was, o.Now)})
	}
	p.CheckFirst = s.Service.Bureau().QuotesCheckedFirst()
	p.History = view.History(r, b.Revisions, registry.BulletinFields, nil)
	return r.Form(f, p)
}

// bulletinAct is a button of the page: submit, return, approve, publish or withdraw. A refusal is shown on the page itself.
func (s area) bulletinAct(r *kit.Request, done string, do func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error) error {
	id, f, err := s.readAct(r)
	if err != nil {
		return err
	}
	if err = do(r.Ctx(), r.Actor, id, f.Version, f); err == nil && f.OK() {
		return r.Done(done, "/bulletins/%d", id)
	}
	return s.refuseAct(r, f, err)
}

func (s area) readAct(r *kit.Request) (registry.BulletinID, *kit.Form, error) {
	id, err := kit.PathID[registry.BulletinID](r, "id")
	if err != nil {
		return 0, nil, err
	}
	f, err := r.ReadForm(bulletinLabels)
	return id, f, err
}

// refuseAct shows the page again with what was refused; err is nil where the form itself holds the problems.
func (s area) refuseAct(r *kit.Request, f *kit.Form, err error) error {
	if registry.KindOf(err) == registry.KindStale {
		f.Status, f.Message = http.StatusConflict, "您打开页面之后，通报又有改动。下面是现在的内容，请看过再操作。"
	} else if err != nil {
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.showBulletin(r, f)
}

func (s area) bulletinSubmit(r *kit.Request) error {
	return s.bulletinAct(r, "已提交审核，等待审批。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		return s.Service.SubmitBulletin(ctx, a, id, version, f.Value("words"))
	})
}

func (s area) bulletinReturn(r *kit.Request) error {
	return s.bulletinAct(r, "已退回草稿，可以修改。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		return s.Service.ReturnBulletin(ctx, a, id, version, f.Value("return_reason"))
	})
}

func (s area) bulletinApprove(r *kit.Request) error {
	return s.bulletinAct(r, "意见已记录。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		return s.Service.ApproveBulletin(ctx, a, id, version, f.Value("opinion"))
	})
}

func (s area) bulletinWithdraw(r *kit.Request) error {
	return s.bulletinAct(r, "已撤回，撤回理由已记录。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		return s.Service.WithdrawBulletin(ctx, a, id, version, f.Value("withdraw_reason"))
	})
}

func (s area) bulletinRelease(r *kit.Request) error {
	return s.bulletinAct(r, "已登记这次发布。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *kit.Form) error {
		var x registry.BulletinRelease
		f.Date("release.on", &x.On)
		f.Text("release.medium", &x.Medium)
		f.Text("release.where", &x.Where)
		f.Text("release.url", &x.URL)
		if !f.OK() {
			return nil
		}
		return s.Service.ReleaseBulletin(ctx, a, id, version, x)
	})
}

func (s area) bulletinPublish(r *kit.Request) error {
	return s.bulletinAct(r, "已发布到公众网站。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, _ *kit.Form) error {
		return s.Service.PublishBulletin(ctx, a, id, version)
	})
}

// bulletinCorrect begins the correction of an approved bulletin and goes on to its form.
func (s area) bulletinCorrect(r *kit.Request) error {
	id, f, err := s.readAct(r)
	if err != nil {
		return err
	}
	made, err := s.Service.CorrectBulletin(r.Ctx(), r.Actor, id, f.Version, f.Value("correction_note"))
	if err == nil {
		return r.Done("已照原文建立更正草稿。改好后重新送审；原通报不变。", "/bulletins/%d/edit", made)
	}
	return s.refuseAct(r, f, err)
}
