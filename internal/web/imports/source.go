package imports

import (
	"fmt"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var sourceLabels = kit.LabelsOf(registry.PublicationFields, nil)

// publicationFields bind a source with the cases that it tells.
func publicationFields(f *kit.Form, x *registry.Publication) {
	sourceFields(f, x)
	kit.Rows(f, "cases", &x.Cases, func(f *kit.Form, c *registry.PublicationCase) {
		kit.Ref(f, "case_id", &c.CaseID)
		f.Text("title", &c.Title)
		f.Bind("cited", strings.Join(c.Cited, "\n"), func(typed string) error {
			c.Cited = nil
			for line := range strings.Lines(typed) {
				if line = strings.Trim(strings.TrimSpace(line), "；;。，,、"); line != "" {
					c.Cited = append(c.Cited, line)
				}
			}
			return nil
		})
	})
}

type sourcePage struct {
	kit.Layout
	Form   *kit.Form
	Source registry.Publication // ID 0 for a new one
	Chosen map[string]string    // field → the title of the case that it names
}

func (sourcePage) Template() string { return "imports/source-form" }

// sourceEditing is where a text was published, on its form.
func (s area) sourceEditing(r *kit.Request, stored registry.Publication) kit.Editing[registry.Publication] {
	title := "登记公开资料出处"
	if stored.ID != 0 {
		title = "修改公开资料出处"
	}
	home := func(x registry.Publication) string { return fmt.Sprintf("/imports/bulletin/%d", x.ID) }
	return kit.Editing[registry.Publication]{
		Record: stored, Labels: sourceLabels, Fields: publicationFields,
		Page: func(f *kit.Form, x registry.Publication) error {
			p := sourcePage{r.Layout(title), f, stored, map[string]string{}}
			s.nameCases(r, x, func(field, _, name string) { p.Chosen[field] = name })
			return r.Form(f, p)
		},
		Add: s.Service.AddPublication, Change: s.Service.ChangePublication,
		Saved: func(x registry.Publication) error { return r.DoneAt("出处已保存。", home(x)) },
		Title: func(x registry.Publication) string { return x.Where() }, Address: home, Home: home,
		Words: func(f *kit.Form, x registry.Publication) { s.nameCases(r, x, f.Name) },
	}
}

// nameCases gives words to the cases of a source.
func (s area) nameCases(r *kit.Request, x registry.Publication, set func(field, value, name string)) {
	for i, c := range x.Cases {
		if found, err := s.Service.Case(r.Ctx(), r.Actor, c.CaseID); err == nil {
			set(fmt.Sprintf("cases.%d.case_id", i), kit.Itoa(int64(c.CaseID)), found.Title)
		}
	}
}

// sourceNew asks for the source of cases that were entered by hand, such as the one of ?case_id=.
func (s area) sourceNew(r *kit.Request) error {
	x := registry.Publication{}
	if id := kit.QueryID[registry.CaseID](r, "case_id"); id != 0 {
		if _, err := s.Service.Case(r.Ctx(), r.Actor, id); err != nil {
			return err
		}
		x.Cases = []registry.PublicationCase{{CaseID: id}}
	}
	return s.sourceEditing(r, registry.Publication{}).Show(r, x)
}

func (s area) newSource(r *kit.Request) (kit.Editing[registry.Publication], error) {
	return s.sourceEditing(r, registry.Publication{}), nil
}

func (s area) storedSource(r *kit.Request) (e kit.Editing[registry.Publication], err error) {
	id, err := kit.PathID[registry.PublicationID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Publication(r.Ctx(), r.Actor, id)
	return s.sourceEditing(r, x), err
}
