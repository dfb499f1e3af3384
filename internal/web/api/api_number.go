package api

import (
	"net/http"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// apiCaseNumber gives a case its number, also a closed one, with the reason; the change is based on a version, as a PATCH is.
func (s area) apiCaseNumber(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	version, err := ifMatch(r)
	if err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	var asked struct {
		Number string `json:"number"`
		Reason string `json:"reason"`
	}
	if err := decode(body, &asked); err != nil {
		return err
	}
	c, err := s.Service.SetCaseNumber(r.Ctx(), r.Actor, id, version, asked.Number, asked.Reason)
	if err != nil {
		return err
	}
	return apiCases.send(r, http.StatusOK, &c)
}
