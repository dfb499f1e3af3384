package casefile

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
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

type reviewFormPage struct {
	kit.Layout
	Form *kit.Form
	Note registry.ReviewNote
	Case registry.Case
}

func (reviewFormPage) Template() string { return "casefile/reviews-form" }

// reviewEditing is our remark beside what a source printed, on its form: the print itself is never changed. A new one is written on the
// case page.
func (s area) reviewEditing(r *kit.Request, c registry.Case, stored registry.ReviewNote) kit.Editing[registry.ReviewNote] {
	e := kit.Editing[registry.ReviewNote]{
		Record: stored, Labels: reviewLabels, Fields: reviewFields,
		Add: s.Service.AddReviewNote, Change: s.Service.ChangeReviewNote,
		Remove:  func(version int64) error { return s.Service.RemoveReviewNote(r.Ctx(), r.Actor, stored.ID, version) },
		Title:   func(x registry.ReviewNote) string { return x.About },
		Address: func(x registry.ReviewNote) string { return fmt.Sprintf("/reviews/%d", x.ID) },
		Home:    func(x registry.ReviewNote) string { return view.CasePlace(x.CaseID, "reviews") },
	}
	if stored.ID == 0 {
		e.Page = func(f *kit.Form, _ registry.ReviewNote) error {
			return s.casePage(r, c.ID, "history", caseForms{review: f})
		}
		e.Saved = func(x registry.ReviewNote) error {
			return s.savedOn(r, "复核意见已登记。", x.CaseID, "reviews")
		}
		return e
	}
	e.Page = func(f *kit.Form, _ registry.ReviewNote) error {
		return r.Form(f, reviewFormPage{r.Layout("修改复核意见"), f, stored, c})
	}
	e.Saved = func(x registry.ReviewNote) error {
		return s.savedOn(r, "复核意见已保存，原来的写法留在历史中。", x.CaseID, "reviews")
	}
	return e
}

func (s area) newReview(r *kit.Request) (kit.Editing[registry.ReviewNote], error) {
	c, err := s.openCase(r)
	return s.reviewEditing(r, c, registry.ReviewNote{CaseID: c.ID}), err
}

// storedReview reads the note of the path with its case, which must be open.
func (s area) storedReview(r *kit.Request) (e kit.Editing[registry.ReviewNote], err error) {
	id, err := kit.PathID[registry.ReviewNoteID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.ReviewNote(r.Ctx(), r.Actor, id)
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, x.CaseID)
	if err != nil {
		return e, err
	}
	return s.reviewEditing(r, file.Case, x), nil
}
