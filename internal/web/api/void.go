package api

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// voidBody is what POST …/void and …/unvoid take.
type voidBody struct {
	Reason string `json:"reason"`
}

// voider voids and restores the records of one noun under If-Match; show answers with the record as it is then.
type voider struct {
	area
	entity, path string
	show         func(area, *kit.Request) error
}

func (v voider) void(r *kit.Request) error { return v.write(r, true) }

func (v voider) unvoid(r *kit.Request) error { return v.write(r, false) }

func (v voider) write(r *kit.Request, to bool) error {
	version, err := ifMatch(r)
	if err != nil {
		return err
	}
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	b, err := readBody(r)
	if err != nil {
		return err
	}
	var body voidBody
	if err := decode(b, &body); err != nil {
		return err
	}
	how := v.Service.Void
	if !to {
		how = v.Service.Unvoid
	}
	if err := how(r.Ctx(), r.Actor, v.entity, id, version, body.Reason); err != nil {
		return err
	}
	return v.show(v.area, r)
}

// voidRoutes are the addresses of voiding for the nouns that can be voided.
func (s area) voidRoutes() (list []kit.Route) {
	for _, v := range []voider{
		{s, "farm", "farms", area.apiFarmShow}, {s, "party", "parties", area.apiPartyShow},
		{s, "inspection", "inspections", area.apiInspectionShow}, {s, "case", "cases", area.apiCaseShow},
	} {
		at := "/api/v1/" + v.path + "/:id/"
		list = append(list, kit.Post(at+"void", registry.PermRecordVoid, v.void), kit.Post(at+"unvoid", registry.PermRecordVoid, v.unvoid))
	}
	return list
}

// includeVoided is ?include_voided=: true or false.
func includeVoided(r *kit.Request) (bool, error) {
	switch s := r.QueryParam("include_voided"); s {
	case "", "false", "0":
		return false, nil
	case "true", "1":
		return true, nil
	default:
		return false, registry.Invalid("include_voided", "应为 true 或 false")
	}
}
