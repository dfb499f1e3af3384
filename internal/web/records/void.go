package records

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var voidLabels = kit.Labels{"reason": "理由"}

// voidPage asks for the reason of voiding a record, or of restoring a voided one, and names what rests on it.
type voidPage struct {
	kit.Layout
	Form    *kit.Form
	Record  casework.Voided
	Home    string
	Action  string
	Restore bool // it was voided
	Resting []view.ReferenceLink
}

func (voidPage) Template() string { return "records/void" }

// voidFunc voids a record, or restores it.
type voidFunc func(ctx context.Context, a registry.Actor, entity string, id, version int64, reason string) error

// voiding are the handlers of one noun: its name in the history and the path of its pages.
type voiding struct {
	area
	entity, path string
}

func (v voiding) form(r *kit.Request) error {
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	f := r.NewForm(voidLabels)
	return v.page(r, f, id)
}

func (v voiding) page(r *kit.Request, f *kit.Form, id int64) error {
	x, err := v.Service.Voidable(r.Ctx(), r.Actor, v.entity, id)
	if err != nil {
		return err
	}
	p := voidPage{Layout: r.Layout("作废" + x.Noun), Form: f, Record: x, Home: fmt.Sprintf("/%s/%d", v.path, id), Restore: x.Voided != registry.Voiding{}}
	p.Action = p.Home + "/void"
	if p.Restore {
		p.Layout, p.Action = r.Layout("恢复"+x.Noun), p.Home+"/unvoid"
	}
	f.Version = x.Version
	list := f.References
	if len(list) == 0 {
		list = x.Resting
	}
	p.Resting = view.References(list, p.Home)
	return r.Form(f, p)
}

func (v voiding) void(r *kit.Request) error {
	return v.write(r, v.Service.Void, "已作废，理由记入修改历史。")
}

func (v voiding) unvoid(r *kit.Request) error {
	return v.write(r, v.Service.Unvoid, "已恢复，理由记入修改历史。")
}

func (v voiding) write(r *kit.Request, how voidFunc, done string) error {
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(voidLabels)
	if err != nil {
		return err
	}
	err = how(r.Ctx(), r.Actor, v.entity, id, f.Version, f.Value("reason"))
	var e *registry.Error
	switch {
	case err == nil:
		return r.DoneAt(done, fmt.Sprintf("/%s/%d", v.path, id))
	case registry.KindOf(err) == registry.KindStale && errors.As(err, &e):
		f.Status, f.Message = http.StatusConflict, e.Message+"请看过现在的内容再决定。"
		return v.page(r, f, id)
	}
	if err := f.Refuse(err); err != nil {
		return err
	}
	return v.page(r, f, id)
}
