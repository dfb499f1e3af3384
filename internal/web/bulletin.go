package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
)

type bulletinListPage struct {
	Layout
	List  List
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

func (s *Server) bulletinList(r *request) error {
	l := r.list()
	p := bulletinListPage{Layout: r.layout("典型案例通报"), State: l.Get("state")}
	p.Tabs = []bulletinTab{{"全部", l.with("state", ""), p.State == ""}}
	for _, state := range bulletinStates {
		p.Tabs = append(p.Tabs, bulletinTab{string(state), l.with("state", string(state)), p.State == string(state)})
	}
	rows, next, err := s.service.BulletinRows(r.ctx(), r.actor, p.State, casework.Page{Cursor: l.Cursor(), Limit: pageSize})
	if err != nil {
		return err
	}
	l.paged(len(rows), next, -1, false)
	p.List, p.Rows = l, rows
	return r.page(p)
}

type bulletinPage struct {
	Layout
	casework.BulletinPage
	Form    *Form // for the reason of a withdrawal, and what was refused
	Cases   []bulletinCaseView
	History []HistoryEntry
	Own     bool // the reader is its author: somebody else approves
}

func (bulletinPage) Template() string { return "bulletins/show" }

// Draft, Submitted and Approved say where the bulletin stands.
func (p bulletinPage) Draft() bool     { return p.Bulletin.State == registry.BulletinDraft }
func (p bulletinPage) Submitted() bool { return p.Bulletin.State == registry.BulletinSubmitted }
func (p bulletinPage) Approved() bool  { return p.Bulletin.State == registry.BulletinApproved }

// bulletinCaseView is one case as it is published, and the real case behind it.
type bulletinCaseView struct {
	report.BulletinCase
	Boxes []StatuteBox
	Case  registry.Case
}

func (s *Server) bulletinShow(r *request) error {
	return s.showBulletin(r, r.newForm(bulletinLabels))
}

func (s *Server) showBulletin(r *request, f *Form) error {
	id, err := pathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	b, err := s.service.BulletinPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	p := bulletinPage{Layout: r.layout(b.Bulletin.Title).wide(), BulletinPage: b, Form: f, Own: b.Bulletin.AuthorID == r.user.ID}
	for i, c := range b.Print.Cases {
		view := bulletinCaseView{BulletinCase: c, Case: b.Cases[i]}
		for _, q := range c.Quotes {
			view.Boxes = append(view.Boxes, StatuteBox{Law: q.Law, Provision: q.Provision, Text: q.Text, Version: q.Version, Checked: q.Checked, Holding: registry.Held})
		}
		p.Cases = append(p.Cases, view)
	}
	p.History = r.history(b.Revisions, registry.BulletinFields, nil)
	return r.form(f, p)
}

// bulletinAct is a button of the page: submit, return, approve or withdraw. A refusal is shown on the page itself.
func (s *Server) bulletinAct(r *request, done string, do func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *Form) error) error {
	id, err := pathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.readForm(bulletinLabels)
	if err != nil {
		return err
	}
	err = do(r.ctx(), r.actor, id, f.Version, f)
	if err == nil {
		return r.done(done, "/bulletins/%d", id)
	}
	if registry.KindOf(err) == registry.KindStale {
		f.status, f.Message = http.StatusConflict, "您打开页面之后，通报又有改动。下面是现在的内容，请看过再操作。"
	} else if err := f.refuse(err); err != nil {
		return err
	}
	return s.showBulletin(r, f)
}

func (s *Server) bulletinSubmit(r *request) error {
	return s.bulletinAct(r, "已提交审核，等待另一位宣传发布人员批准。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, _ *Form) error {
		return s.service.SubmitBulletin(ctx, a, id, version)
	})
}

func (s *Server) bulletinReturn(r *request) error {
	return s.bulletinAct(r, "已退回草稿，可以修改。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *Form) error {
		return s.service.ReturnBulletin(ctx, a, id, version, f.Value("return_reason"))
	})
}

func (s *Server) bulletinApprove(r *request) error {
	return s.bulletinAct(r, "已批准。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, _ *Form) error {
		return s.service.ApproveBulletin(ctx, a, id, version)
	})
}

func (s *Server) bulletinWithdraw(r *request) error {
	return s.bulletinAct(r, "已撤回，撤回理由已记录。", func(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, f *Form) error {
		return s.service.WithdrawBulletin(ctx, a, id, version, f.Value("withdraw_reason"))
	})
}

// bulletinPDF sends the published copy on paper. The file's name says nothing of the cases.
func (s *Server) bulletinPDF(r *request) error {
	id, err := pathID[registry.BulletinID](r, "id")
	if err != nil {
		return err
	}
	b, err := s.service.PrintBulletin(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := pdf.WriteBulletin(&out, b); err != nil {
		return err // *pdf.MissingGlyphs is invalid input and names the characters
	}
	r.Response().Header().Set("Content-Disposition", fileDisposition(fmt.Sprintf("典型案例通报-%d.pdf", id)))
	return r.Blob(http.StatusOK, "application/pdf", out.Bytes())
}
