package api

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// Interrogations hang under their case or their inspection.

func getInterrogation(s area, ctx context.Context, a registry.Actor, id int64) (registry.Interrogation, error) {
	return s.Service.Interrogation(ctx, a, registry.InterrogationID(id))
}

func addInterrogation(s area, ctx context.Context, a registry.Actor, x *registry.Interrogation) (bool, error) {
	return s.Service.AddInterrogation(ctx, a, x)
}

func changeInterrogation(s area, ctx context.Context, a registry.Actor, x *registry.Interrogation) error {
	return s.Service.ChangeInterrogation(ctx, a, x)
}

func interrogationID(x *registry.Interrogation) *int64 { return (*int64)(&x.ID) }

var apiCaseInterrogations = resource[registry.Interrogation, *registry.Interrogation]{path: "/api/v1/cases/:id/interrogations", id: interrogationID,
	parent: func(x *registry.Interrogation) *int64 { return (*int64)(&x.CaseID) }, get: getInterrogation, add: addInterrogation, change: changeInterrogation}

var apiInspectionInterrogations = resource[registry.Interrogation, *registry.Interrogation]{path: "/api/v1/inspections/:id/interrogations", id: interrogationID,
	parent: func(x *registry.Interrogation) *int64 { return (*int64)(&x.InspectionID) }, get: getInterrogation, add: addInterrogation, change: changeInterrogation}

func (s area) apiInterrogationList(r *kit.Request) error {
	id, err := kit.PathID[int64](r, "id")
	if err != nil {
		return err
	}
	of, visit := registry.CaseID(id), registry.InspectionID(0)
	if r.Path() == apiInspectionInterrogations.path {
		of, visit = 0, registry.InspectionID(id)
	}
	list, err := s.Service.Interrogations(r.Ctx(), r.Actor, of, visit)
	if err != nil {
		return err
	}
	return sendChildren(r, list, func(x registry.Interrogation) int64 { return int64(x.ID) })
}

// interrogationRoutes are the addresses of both.
func (s area) interrogationRoutes() (routes []kit.Route) {
	for _, x := range []*resource[registry.Interrogation, *registry.Interrogation]{&apiCaseInterrogations, &apiInspectionInterrogations} {
		routes = append(routes, kit.Get(x.path, registry.PermRecordRead, s.apiInterrogationList),
			kit.Post(x.path, registry.PermRecordWrite, func(r *kit.Request) error { return x.create(s, r) }),
			kit.Get(x.path+"/:child", registry.PermRecordRead, func(r *kit.Request) error { return x.show(s, r) }),
			kit.Patch(x.path+"/:child", registry.PermRecordWrite, func(r *kit.Request) error { return x.patch(s, r) }))
	}
	return routes
}
