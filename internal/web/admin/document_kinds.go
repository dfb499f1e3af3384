package admin

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var kindLabels = kit.LabelsOf(registry.DocumentKindFields, nil)

func kindFields(f *kit.Form, x *registry.KeptKind) {
	f.Meta(&x.Meta)
	if x.ID == 0 {
		kit.Word(f, "name", &x.Name)
		f.Text("code", &x.Code)
		kit.Word(f, "stage", &x.Stage)
		f.Bool("own", &x.Own)
		f.Bool("numbers", &x.Numbers)
	} else {
		f.Bool("active", &x.Active)
	}
	f.Text("note", &x.Note)
}

// stageOptions are the stages that a document may lead to: all but the first, where a case has none.
func stageOptions() []kit.Option {
	var list []kit.Option
	for _, s := range registry.Stages[1:] {
		list = append(list, kit.Option{Value: string(s), Label: string(s)})
	}
	return list
}

type kindListPage struct {
	kit.Layout
	Kept    []registry.KeptKind
	BuiltIn []registry.DocumentKind
}

func (kindListPage) Template() string { return "admin/document-kinds" }

func (s area) kindList(r *kit.Request) error {
	list, err := s.Service.KeptKinds(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return r.Page(kindListPage{r.Layout("文书种类"), list, registry.DocumentKinds})
}

type kindPage struct {
	kit.Layout
	Form   *kit.Form
	Kind   registry.KeptKind
	Stages []kit.Option
}

func (kindPage) Template() string { return "admin/document-kind" }

func (s area) kindForm(r *kit.Request, f *kit.Form, x registry.KeptKind) error {
	title := "新增文书种类"
	if x.ID != 0 {
		title = string(x.Name)
	}
	return r.Form(f, kindPage{r.Layout(title), f, x, stageOptions()})
}

func (s area) kindNew(r *kit.Request) error {
	x := registry.KeptKind{DocumentKind: registry.DocumentKind{Own: true}, Active: true}
	f := r.NewForm(kindLabels)
	kindFields(f, &x)
	return s.kindForm(r, f, x)
}

func (s area) kindCreate(r *kit.Request) error {
	f, err := r.ReadForm(kindLabels)
	if err != nil {
		return err
	}
	var x registry.KeptKind
	kindFields(f, &x)
	if f.OK() {
		_, err := s.Service.AddKind(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("已新增文书种类“"+string(x.Name)+"”。", "/admin/document-kinds")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.kindForm(r, f, registry.KeptKind{})
}

func (s area) kindOf(r *kit.Request) (x registry.KeptKind, err error) {
	id, err := kit.PathID[registry.KindID](r, "id")
	if err != nil {
		return x, err
	}
	return s.Service.KeptKind(r.Ctx(), r.Actor, id)
}

func (s area) kindEdit(r *kit.Request) error {
	x, err := s.kindOf(r)
	if err != nil {
		return err
	}
	f := r.NewForm(kindLabels)
	kindFields(f, &x)
	return s.kindForm(r, f, x)
}

func (s area) kindUpdate(r *kit.Request) error {
	current, err := s.kindOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(kindLabels)
	if err != nil {
		return err
	}
	x := current
	kindFields(f, &x)
	if f.OK() {
		err := s.Service.ChangeKind(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("已保存。", "/admin/document-kinds")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.NewForm(kindLabels)
			kindFields(now, &current)
			return r.Stale(err, f, now, nil, "文书种类 "+string(current.Name), fmt.Sprintf("/admin/document-kinds/%d", current.ID))
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.kindForm(r, f, current)
}
