package web

import "casebook/internal/registry"

var reviewLabels = Labels{"about": "针对的内容", "printed": "公布的写法", "official": "官方文本或记录", "kind": "类别", "severity": "级别", "note": "说明", "confidence": "可信程度"}

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
