package web

import "casebook/internal/registry"

var reviewLabels = labelsOf(registry.ReviewNoteFields, nil)

func reviewFields(f *Form, x *registry.ReviewNote) {
	f.meta(&x.Meta)
	f.text("about", &x.About)
	f.text("printed", &x.Printed)
	f.text("official", &x.Official)
	f.text("kind", &x.Kind)
	f.text("severity", &x.Severity)
	f.text("note", &x.Note)
}

// reviewCreate records our remark beside what a source printed: the print itself is never changed.
func (s *Server) reviewCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	if _, err := s.openCase(r); err != nil {
		return err
	}
	f, err := r.readForm(reviewLabels)
	if err != nil {
		return err
	}
	x := registry.ReviewNote{CaseID: id}
	reviewFields(f, &x)
	if f.ok() {
		_, err := s.service.AddReviewNote(r.ctx(), r.actor, &x)
		if err == nil {
			return s.acted(r, nil, "复核意见已登记。", id, "reviews")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.casePage(r, id, caseForms{review: f})
}

type reviewFormPage struct {
	Layout
	Form *Form
	Note registry.ReviewNote
	Case registry.Case
}

func (reviewFormPage) Template() string { return "reviews/form" }

// reviewOf reads the note of the path with its case, which must be open.
func (s *Server) reviewOf(r *request) (x registry.ReviewNote, file *registry.CaseFile, err error) {
	id, err := pathID[registry.ReviewNoteID](r, "id")
	if err != nil {
		return x, nil, err
	}
	if x, err = s.service.ReviewNote(r.ctx(), r.actor, id); err != nil {
		return x, nil, err
	}
	file, err = s.openFile(r, x.CaseID)
	return x, file, err
}

func (s *Server) reviewEdit(r *request) error {
	x, file, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f := r.newForm(reviewLabels)
	reviewFields(f, &x)
	return r.form(f, reviewFormPage{r.layout("修改复核意见"), f, x, file.Case})
}

func (s *Server) reviewUpdate(r *request) error {
	current, file, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(reviewLabels)
	if err != nil {
		return err
	}
	x := current
	reviewFields(f, &x)
	if f.ok() {
		err := s.service.ChangeReviewNote(r.ctx(), r.actor, &x)
		if err == nil {
			return s.acted(r, nil, "复核意见已保存，原来的写法留在历史中。", x.CaseID, "reviews")
		}
		if registry.KindOf(err) == registry.KindStale {
			return staleOnCase(s, r, err, staleEdit[registry.ReviewNote]{f, reviewLabels, reviewFields, current, "review_note", int64(x.ID), x.CaseID, "复核意见 " + current.About})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return r.form(f, reviewFormPage{r.layout("修改复核意见"), f, current, file.Case})
}

func (s *Server) reviewDelete(r *request) error {
	x, _, err := s.reviewOf(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(reviewLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.service.RemoveReviewNote(r.ctx(), r.actor, x.ID, f.Version), "复核意见", x.CaseID, "reviews")
}
