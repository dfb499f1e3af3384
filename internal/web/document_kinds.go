package web

import (
	"fmt"

	"casebook/internal/registry"
)

// options finds a dictionary for a template: those of the program, and those that an administrator keeps: districts, kinds of document.
func (s *Server) options(name string) ([]Option, error) {
	switch name {
	case "districts":
		return s.districtOptions(), nil
	case "document-kinds":
	default:
		return options(name)
	}
	var list []Option
	for _, k := range s.service.DocumentKinds() {
		list = append(list, Option{k.Name, k.Name})
	}
	return list, nil
}

var kindLabels = Labels{"name": "名称", "code": "文书代字", "stage": "登记后案件到哪个阶段", "own": "谁作出", "numbers": "编有文号", "active": "使用中", "note": "备注"}

func kindFields(f *Form, x *registry.KeptKind) {
	f.meta(&x.Meta)
	if x.ID == 0 {
		f.text("name", &x.Name)
		f.text("code", &x.Code)
		word(f, "stage", &x.Stage)
		f.bool("own", &x.Own)
		f.bool("numbers", &x.Numbers)
	} else {
		f.bool("active", &x.Active)
	}
	f.text("note", &x.Note)
}

// stageOptions are the stages that a document may lead to: all but the first, where a case has none.
func stageOptions() []Option {
	var list []Option
	for _, s := range registry.Stages[1:] {
		list = append(list, Option{string(s), string(s)})
	}
	return list
}

type kindListPage struct {
	Layout
	Kept    []registry.KeptKind
	BuiltIn []registry.DocumentKind
}

func (kindListPage) Template() string { return "admin/document-kinds" }

func (s *Server) kindList(r *request) error {
	list, err := s.service.KeptKinds(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	return r.page(kindListPage{r.layout("文书种类"), list, registry.DocumentKinds})
}

type kindPage struct {
	Layout
	Form   *Form
	Kind   registry.KeptKind
	Stages []Option
}

func (kindPage) Template() string { return "admin/document-kind" }

func (s *Server) kindForm(r *request, f *Form, x registry.KeptKind) error {
	title := "新增文书种类"
	if x.ID != 0 {
		title = x.Name
	}
	return r.form(f, kindPage{r.layout(title), f, x, stageOptions()})
}

func (s *Server) kindNew(r *request) error {
	x := registry.KeptKind{DocumentKind: registry.DocumentKind{Own: true}, Active: true}
	f := r.newForm(kindLabels)
	kindFields(f, &x)
	return s.kindForm(r, f, x)
}

func (s *Server) kindCreate(r *request) error {
	f, err := r.readForm(kindLabels)
	if err != nil {
		return err
	}
	var x registry.KeptKind
	kindFields(f, &x)
	if f.ok() {
		_, err := s.service.AddKind(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("已新增文书种类“"+x.Name+"”。", "/admin/document-kinds")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.kindForm(r, f, registry.KeptKind{})
}

func (s *Server) kindOf(r *request) (x registry.KeptKind, err error) {
	id, err := pathID[registry.KindID](r, "id")
	if err != nil {
		return x, err
	}
	return s.service.KeptKind(r.ctx(), r.actor, id)
}

func (s *Server) kindEdit(r *request) error {
	x, err := s.kindOf(r)
	if err != nil {
		return err
	}
	f := r.newForm(kindLabels)
	kindFields(f, &x)
	return s.kindForm(r, f, x)
}

func (s *Server) kindUpdate(r *request) error {
	current, err := s.kindOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(kindLabels)
	if err != nil {
		return err
	}
	x := current
	kindFields(f, &x)
	if f.ok() {
		err := s.service.ChangeKind(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("已保存。", "/admin/document-kinds")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.newForm(kindLabels)
			kindFields(now, &current)
			return r.stale(err, f, now, nil, "文书种类 "+current.Name, fmt.Sprintf("/admin/document-kinds/%d", current.ID))
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.kindForm(r, f, current)
}
