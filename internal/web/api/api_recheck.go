package api

import (
	"errors"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// recheck is what a re-check made: two records of one entry.
type recheck struct {
	Inspection any `json:"inspection"`
	Document   any `json:"document"`
}

// apiRecheckCreate records a re-check of a case: the body is that of an inspection, and the document of the case is made with it. The farm is the
// case's unless the body names one. The answer's address is the inspection's.
func (s area) apiRecheckCreate(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	var x registry.Inspection
	if err := apiInspections.decode(body, &x); err != nil {
		return err
	}
	d, repeated, err := s.Service.AddRecheck(r.Ctx(), r.Actor, id, &x)
	var before *casework.Repeated[registry.Inspection]
	if errors.As(err, &before) {
		return kit.Twice{Err: err, Stored: apiInspections.shown(r, &before.Stored), Typed: apiInspections.shown(r, &x)}
	}
	if err != nil {
		return err
	}
	r.Response().Header().Set("Location", apiInspections.path+"/"+kit.Itoa(int64(x.ID)))
	status := http.StatusCreated
	if repeated {
		status = http.StatusOK
	}
	made := recheck{Inspection: apiInspections.shown(r, &x)}
	if d.ID != 0 { // of an entry sent again, somebody may have deleted it since
		made.Document = apiDocuments.shown(r, &d)
	}
	return r.JSON(status, made)
}
