package casefile

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var reviewLabels = kit.LabelsOf(registry.ReviewNoteFields, nil)

func reviewFields(f *kit.Form, x *registry.ReviewNote) {
	f.Meta(&x.Meta)
	f.Text("about", &x.About)
	f.Text("printed", &x.Printed)
	f.Text("official", &x.Official)
	f.Text("kind", &x.Kind)
	f.Text("severity", &x.Severity)
	f.Text("note", &x.Note)
}

// reviewCreate records our remark beside what a source printed: the print itself is never changed.
func (s area) reviewCreate(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	if _, err := s.openCase(r); err != nil {
		return err
	}
	f, err := r.ReadForm(reviewLabels)
	if err != nil {
		return err
	}
	x := registry.ReviewNote{CaseID: id}
	reviewFields(f, &x)
	if f.OK() {
		_, err := s.Service.AddReviewNote(r.Ctx(), r.Actor, &x)
		if err == nil {
			return s.acted(r, nil, "复核意见已登记。", id, "reviews")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.casePage(r, id, caseForms{review: f})
}

type reviewFormPage struct {
	kit.Layout
	Form *kit.Form
	Note registry.ReviewNote
	Case registry.Case
}

func (reviewFormPage) Template() string { return "casefile/reviews-form" }

// reviewOf reads the note of the path with its case, which must be open.
func (s area) reviewOf(r *kit.Request) (x registry.ReviewNote, file *registry.CaseFile, err error) {
	id, err := kit.PathID[registry.ReviewNoteID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.Service.ReviewNote(r.Ctx(), r.Actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openFile(r, x.CaseID)
	return x, file, err
}

func (s area) reviewEdit(r *kit.Request) error {
	x, file, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f := r.NewForm(reviewLabels)
	reviewFields(f, &x)
	return r.Form(f, reviewFormPage{r.Layout("修改复核意见"), f, x, file.Case})
}

func (s area) reviewUpdate(r *kit.Request) error {
	current, file, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(reviewLabels)
	if err != nil {
		return err
	}
	x := current
	reviewFields(f, &x)
	if f.OK() {
		err := s.Service.ChangeReviewNote(r.Ctx(), r.Actor, &x)
		if err == nil {
			return s.acted(r, nil, "复核意见已保存，原来的写法留在历史中。", x.CaseID, "reviews")
		}
		if registry.KindOf(err) == registry.KindStale {
			return staleOnCase(s, r, err, staleEdit[registry.ReviewNote]{f, reviewLabels, reviewFields, current, "review_note", int64(x.ID), x.CaseID, "复核意见 " + current.About})
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return r.Form(f, reviewFormPage{r.Layout("修改复核意见"), f, current, file.Case})
}

func (s area) reviewDelete(r *kit.Request) error {
	x, _, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(reviewLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.Service.RemoveReviewNote(r.Ctx(), r.Actor, x.ID, f.Version), "复核意见", x.CaseID, "reviews")
}
