package admin

import (
	"context"
	"fmt"
	"strings"

	"casebook/internal/paper"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// wordingsPage lists the papers whose fixed wordings can be changed.
type wordingsPage struct {
	kit.Layout
	Groups []wordingGroup
}

func (wordingsPage) Template() string { return "admin/wordings" }

type wordingGroup struct {
	paper.Kind
	Changed bool
	Labels  string
}

func (s area) wordingList(r *kit.Request) error {
	kept, err := s.Service.PaperWordings(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	changed := map[string]bool{}
	for _, x := range kept {
		changed[x.Paper] = true
	}
	p := wordingsPage{Layout: r.Layout("文书用语")}
	for _, k := range paper.WordingGroups() {
		var labels []string
		for _, w := range k.Wordings {
			labels = append(labels, w.Label)
		}
		p.Groups = append(p.Groups, wordingGroup{k, changed[k.Key], strings.Join(labels, "、")})
	}
	return r.Page(p)
}

type wordingPage struct {
	kit.Layout
	Form    *kit.Form
	Kind    paper.Kind
	Fields  string
	History []view.HistoryEntry
}

func (wordingPage) Template() string { return "admin/wording" }

// storedWording is the wordings of a kind on their form: those that were kept, else those that are shipped.
func (s area) storedWording(r *kit.Request) (e kit.Editing[registry.PaperWording], err error) {
	key := r.Param("paper")
	stored, err := s.Service.PaperWording(r.Ctx(), r.Actor, key)
	if err != nil {
		return e, err
	}
	kind, _ := paper.WordingGroup(key)
	labels := kit.Labels{"note": "修改说明"}
	for _, w := range kind.Wordings {
		labels[w.Key] = w.Label
	}
	var revisions []registry.Revision
	if stored.ID != 0 {
		if revisions, err = s.Service.Revisions(r.Ctx(), r.Actor, registry.PermAdmin, "paper_wording", int64(stored.ID)); err != nil {
			return e, err
		}
	}
	at := "/admin/wordings/" + key
	return kit.Editing[registry.PaperWording]{
		Record: stored, Labels: labels, Revisions: revisions,
		Fields: func(f *kit.Form, x *registry.PaperWording) {
			f.Meta(&x.Meta)
			for i := range x.Texts {
				f.Text(x.Texts[i].Key, &x.Texts[i].Text)
			}
			f.Text("note", &x.Note)
		},
		Page: func(f *kit.Form, _ registry.PaperWording) error {
			var names []string
			for _, n := range kind.Fields() {
				names = append(names, "{"+n+"}")
			}
			return r.Form(f, wordingPage{r.Layout("文书用语：" + kind.Title), f, kind, strings.Join(names, " "), view.History(r, revisions, registry.PaperWordingFields, nil)})
		},
		Change: func(ctx context.Context, a registry.Actor, x *registry.PaperWording) error {
			if x.ID == 0 {
				_, err := s.Service.AddPaperWording(ctx, a, x)
				return err
			}
			return s.Service.ChangePaperWording(ctx, a, x)
		},
		Saved: func(registry.PaperWording) error {
			return r.DoneAt(fmt.Sprintf("“%s”的用语已保存，以后打印的文书用新的。", kind.Title), "/admin/wordings")
		},
		Title:   func(registry.PaperWording) string { return kind.Title },
		Address: func(registry.PaperWording) string { return at }, Home: func(registry.PaperWording) string { return at },
	}, nil
}
