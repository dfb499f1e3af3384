package casefile

import (
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

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
	return r.Redirect(http.StatusSeeOther, view.CasePlace(id, anchor))
}

// savedOn goes back to a part of the case's page after something on the case was saved.
func (s area) savedOn(r *kit.Request, message string, id registry.CaseID, anchor string) error {
	return r.DoneAt(message, view.CasePlace(id, anchor))
}
