package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"casebook/internal/registry"
)

// staleEdit is a refused edit of a case or of something on it.
type staleEdit[T any] struct {
	form    *Form // as typed
	labels  Labels
	fields  func(*Form, *T)
	current T // the record as it is now
	entity  string
	id      int64
	caseID  registry.CaseID
	what    string
}

// staleOnCase shows the merge page. What both sides began from comes from the case's history; without it (an old version that
// the page's history no longer reaches) the page compares two sides instead of three.
func staleOnCase[T any](s *Server, r *request, err error, e staleEdit[T]) error {
	now := r.newForm(e.labels)
	e.fields(now, &e.current)
	now.ClientUID = e.form.ClientUID
	var base *Form
	if page, pageErr := s.service.CaseRecord(r.ctx(), r.actor, e.caseID); pageErr == nil {
		for _, v := range page.History {
			var old T
			if v.Entity == e.entity && v.EntityID == e.id && v.Version == e.form.Version && json.Unmarshal(v.Body, &old) == nil {
				base = r.newForm(e.labels)
				e.fields(base, &old)
				break
			}
		}
	}
	return r.stale(err, e.form, now, base, e.what, fmt.Sprintf("/cases/%d", e.caseID))
}

// relocate moves problems that a use case names by a record's field to the inputs of the form, where they have other names:
// the key is the field's beginning, as citations.3.
func (f *Form) relocate(to map[string]string) {
	for i, p := range f.problems {
		for from, name := range to {
			if rest, ok := strings.CutPrefix(p.Field, from); ok && (rest == "" || rest[0] == '.') {
				f.problems[i].Field = name + rest
				break
			}
		}
	}
}

// acted answers a single button on the case page. What was refused because the record moved on is said there, beside the record
// as it is now: there is nothing typed to lose.
func (s *Server) acted(r *request, err error, message string, id registry.CaseID, anchor string) error {
	switch kind := registry.KindOf(err); {
	case err == nil:
		r.flash("ok", message)
	case kind == registry.KindStale || kind == registry.KindConflict:
		r.flash("warn", problemOf(err).Detail)
	default:
		return err
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#%s", id, anchor))
}

func (s *Server) removed(r *request, err error, what string, id registry.CaseID, anchor string) error {
	return s.acted(r, err, what+"已删除。历史记录保留在审计日志中。", id, anchor)
}
