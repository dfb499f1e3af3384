package casefile

import (
	"encoding/json"
	"fmt"
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// staleEdit is a refused edit of a case or of something on it.
type staleEdit[T any] struct {
	form    *kit.Form // as typed
	labels  kit.Labels
	fields  func(*kit.Form, *T)
	current T // the record as it is now
	entity  string
	id      int64
	caseID  registry.CaseID
	what    string
}

// staleOnCase shows the merge page. What both sides began from comes from the case's history; without it (an old version that
// the page's history no longer reaches) the page compares two sides instead of three.
func staleOnCase[T any](s area, r *kit.Request, err error, e staleEdit[T]) error {
	now := r.NewForm(e.labels)
	e.fields(now, &e.current)
	now.ClientUID = e.form.ClientUID
	var base *kit.Form
	if page, pageErr := s.Service.CaseRecord(r.Ctx(), r.Actor, e.caseID); pageErr == nil {
		for _, v := range page.History {
			var old T
			if v.Entity == e.entity && v.EntityID == e.id && v.Version == e.form.Version && json.Unmarshal(v.Body, &old) == nil {
				base = r.NewForm(e.labels)
				e.fields(base, &old)
				break
			}
		}
	}
	return r.Stale(err, e.form, now, base, e.what, fmt.Sprintf("/cases/%d", e.caseID))
}

// acted answers a single button on the case page. What was refused because the record moved on is said there, beside the record
// as it is now: there is nothing typed to lose.
func (s area) acted(r *kit.Request, err error, message string, id registry.CaseID, anchor string) error {
	switch kind := registry.KindOf(err); {
	case err == nil:
		r.Flash("ok", message)
	case kind == registry.KindStale || kind == registry.KindConflict:
		r.Flash("warn", kit.ProblemOf(err).Detail)
	default:
		return err
	}
	return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/cases/%d#%s", id, anchor))
}

func (s area) removed(r *kit.Request, err error, what string, id registry.CaseID, anchor string) error {
	return s.acted(r, err, what+"已删除。历史记录保留在审计日志中。", id, anchor)
}
