package web

import (
	"context"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var apiFarms = resource[registry.Farm, *registry.Farm]{path: "/api/v1/farms",
	id: func(x *registry.Farm) *int64 { return (*int64)(&x.ID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Farm, error) {
		return s.service.Farm(ctx, a, registry.FarmID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Farm) (bool, error) {
		return s.service.AddFarm(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Farm) error {
		return s.service.ChangeFarm(ctx, a, x)
	},
	hide: func(x *registry.Farm) { x.ContactPhone = registry.MaskPhone(x.ContactPhone) },
}

var apiParties = resource[registry.Party, *registry.Party]{path: "/api/v1/parties",
	id: func(x *registry.Party) *int64 { return (*int64)(&x.ID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Party, error) {
		return s.service.Party(ctx, a, registry.PartyID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Party) (bool, error) {
		return s.service.AddParty(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Party) error {
		return s.service.ChangeParty(ctx, a, x)
	},
	hide: maskParty,
}

func maskParty(x *registry.Party) {
	x.IDNumber, x.Phone = registry.MaskID(x.IDNumber), registry.MaskPhone(x.Phone)
}

var apiInspections = resource[registry.Inspection, *registry.Inspection]{path: "/api/v1/inspections",
	id: func(x *registry.Inspection) *int64 { return (*int64)(&x.ID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Inspection, error) {
		return s.service.Inspection(ctx, a, registry.InspectionID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Inspection) (bool, error) {
		return s.service.AddInspection(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Inspection) error {
		return s.service.SaveInspection(ctx, a, x)
	},
	hide: func(x *registry.Inspection) { x.PresentPhone = registry.MaskPhone(x.PresentPhone) },
}

var apiCases = resource[registry.Case, *registry.Case]{path: "/api/v1/cases",
	id: func(x *registry.Case) *int64 { return (*int64)(&x.ID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Case, error) {
		return s.service.Case(ctx, a, registry.CaseID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Case) (bool, error) {
		return s.service.AddCase(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Case) error {
		return s.service.ChangeCase(ctx, a, x)
	},
}

var apiBulletins = resource[registry.Bulletin, *registry.Bulletin]{path: "/api/v1/bulletins",
	id: func(x *registry.Bulletin) *int64 { return (*int64)(&x.ID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Bulletin, error) {
		return s.service.Bulletin(ctx, a, registry.BulletinID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Bulletin) (bool, error) {
		return s.service.AddBulletin(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Bulletin) error {
		return s.service.ChangeBulletin(ctx, a, x)
	},
}

var apiSamples = resource[registry.Sample, *registry.Sample]{path: "/api/v1/inspections/:id/samples",
	id:     func(x *registry.Sample) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Sample) *int64 { return (*int64)(&x.InspectionID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Sample, error) {
		return s.service.Sample(ctx, a, registry.SampleID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Sample) (bool, error) {
		return s.service.AddSample(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Sample) error {
		return s.service.ChangeSample(ctx, a, x)
	},
}

var apiViolations = resource[registry.Violation, *registry.Violation]{path: "/api/v1/cases/:id/violations",
	id:     func(x *registry.Violation) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Violation) *int64 { return (*int64)(&x.CaseID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Violation, error) {
		return s.service.Violation(ctx, a, registry.ViolationID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Violation) (bool, error) {
		return s.service.AddViolation(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Violation) error {
		return s.service.ChangeViolation(ctx, a, x)
	},
}

var apiDocuments = resource[registry.Document, *registry.Document]{path: "/api/v1/cases/:id/documents",
	id:     func(x *registry.Document) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Document) *int64 { return (*int64)(&x.CaseID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Document, error) {
		return s.service.Document(ctx, a, registry.DocumentID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Document) (bool, error) {
		return s.service.AddDocument(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Document) error {
		return s.service.ChangeDocument(ctx, a, x)
	},
}

var apiPenalties = resource[registry.Penalty, *registry.Penalty]{path: "/api/v1/cases/:id/penalties",
	id:     func(x *registry.Penalty) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Penalty) *int64 { return (*int64)(&x.CaseID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Penalty, error) {
		return s.service.Penalty(ctx, a, registry.PenaltyID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Penalty) (bool, error) {
		return s.service.AddPenalty(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Penalty) error {
		return s.service.ChangePenalty(ctx, a, x)
	},
}

var apiPayments = resource[registry.Payment, *registry.Payment]{path: "/api/v1/cases/:id/payments",
	id:     func(x *registry.Payment) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Payment) *int64 { return (*int64)(&x.CaseID) },
	get: func(s *Server, ctx context.Context, a registry.Actor, id int64) (registry.Payment, error) {
		return s.service.Payment(ctx, a, registry.PaymentID(id))
	},
	add: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Payment) (bool, error) {
		return s.service.AddPayment(ctx, a, x)
	},
	change: func(s *Server, ctx context.Context, a registry.Actor, x *registry.Payment) error {
		return s.service.ChangePayment(ctx, a, x)
	},
}

// Handlers of the nouns, for the route table.

func (s *Server) apiFarmCreate(r *request) error       { return apiFarms.create(s, r) }
func (s *Server) apiFarmShow(r *request) error         { return apiFarms.show(s, r) }
func (s *Server) apiFarmPatch(r *request) error        { return apiFarms.patch(s, r) }
func (s *Server) apiPartyCreate(r *request) error      { return apiParties.create(s, r) }
func (s *Server) apiPartyShow(r *request) error        { return apiParties.show(s, r) }
func (s *Server) apiPartyPatch(r *request) error       { return apiParties.patch(s, r) }
func (s *Server) apiInspectionCreate(r *request) error { return apiInspections.create(s, r) }
func (s *Server) apiInspectionShow(r *request) error   { return apiInspections.show(s, r) }
func (s *Server) apiInspectionPatch(r *request) error  { return apiInspections.patch(s, r) }
func (s *Server) apiCaseCreate(r *request) error       { return apiCases.create(s, r) }
func (s *Server) apiCaseShow(r *request) error         { return apiCases.show(s, r) }
func (s *Server) apiCasePatch(r *request) error        { return apiCases.patch(s, r) }
func (s *Server) apiBulletinCreate(r *request) error   { return apiBulletins.create(s, r) }
func (s *Server) apiBulletinShow(r *request) error     { return apiBulletins.show(s, r) }
func (s *Server) apiBulletinPatch(r *request) error    { return apiBulletins.patch(s, r) }
func (s *Server) apiSampleCreate(r *request) error     { return apiSamples.create(s, r) }
func (s *Server) apiSampleShow(r *request) error       { return apiSamples.show(s, r) }
func (s *Server) apiSamplePatch(r *request) error      { return apiSamples.patch(s, r) }
func (s *Server) apiViolationCreate(r *request) error  { return apiViolations.create(s, r) }
func (s *Server) apiViolationShow(r *request) error    { return apiViolations.show(s, r) }
func (s *Server) apiViolationPatch(r *request) error   { return apiViolations.patch(s, r) }
func (s *Server) apiDocumentCreate(r *request) error   { return apiDocuments.create(s, r) }
func (s *Server) apiDocumentShow(r *request) error     { return apiDocuments.show(s, r) }
func (s *Server) apiDocumentPatch(r *request) error    { return apiDocuments.patch(s, r) }
func (s *Server) apiPenaltyCreate(r *request) error    { return apiPenalties.create(s, r) }
func (s *Server) apiPenaltyShow(r *request) error      { return apiPenalties.show(s, r) }
func (s *Server) apiPenaltyPatch(r *request) error     { return apiPenalties.patch(s, r) }
func (s *Server) apiPaymentCreate(r *request) error    { return apiPayments.create(s, r) }
func (s *Server) apiPaymentShow(r *request) error      { return apiPayments.show(s, r) }
func (s *Server) apiPaymentPatch(r *request) error     { return apiPayments.patch(s, r) }

func (s *Server) apiPaymentList(r *request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendItems(r, f.Payments, "")
}

func (s *Server) apiFarmList(r *request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	l, err := s.service.Farms(r.ctx(), r.actor, casework.FarmFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Species: r.QueryParam("species"),
		Origin: r.QueryParam("origin"), Zone: r.QueryParam("zone")}, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

func (s *Server) apiPartyList(r *request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	rows, next, err := s.service.Parties(r.ctx(), r.actor, r.QueryParam("q"), p)
	if err != nil {
		return err
	}
	if !r.actor.Role.Can(registry.PermPersonalRead) {
		for i := range rows {
			maskParty(&rows[i])
		}
	}
	return sendItems(r, rows, next)
}

func (s *Server) apiInspectionList(r *request) error {
	p, err := apiPage(r, "-started_on")
	if err != nil {
		return err
	}
	f := casework.InspectionFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Kind: r.QueryParam("kind"), Result: r.QueryParam("result"),
		State: r.QueryParam("state"), Origin: r.QueryParam("origin"), FarmID: queryID[registry.FarmID](r, "farm_id")}
	if f.From, err = queryDate(r, "from"); err != nil {
		return err
	}
	if f.To, err = queryDate(r, "to"); err != nil {
		return err
	}
	l, err := s.service.Inspections(r.ctx(), r.actor, f, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

func (s *Server) apiCaseList(r *request) error {
	p, err := apiPage(r, "-found_on")
	if err != nil {
		return err
	}
	f, err := caseFilterOf(r)
	if err != nil {
		return err
	}
	l, err := s.service.Cases(r.ctx(), r.actor, f, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

// caseFilterOf reads the filter of cases that list, export and interface share.
func caseFilterOf(r *request) (f casework.CaseFilter, err error) {
	f = casework.CaseFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Stage: r.QueryParam("stage"), Origin: r.QueryParam("origin"),
		TypeCode: r.QueryParam("type_code"), FarmID: queryID[registry.FarmID](r, "farm_id"), PartyID: queryID[registry.PartyID](r, "party_id"),
		CampaignID: queryID[registry.CampaignID](r, "campaign_id"), NoSample: r.QueryParam("no_sample") != "", OnTheWay: r.QueryParam("on_the_way") != ""}
	if f.From, err = queryDate(r, "from"); err != nil {
		return f, err
	}
	f.To, err = queryDate(r, "to")
	return f, err
}

func (s *Server) apiBulletinList(r *request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	rows, next, err := s.service.Bulletins(r.ctx(), r.actor, r.QueryParam("state"), p)
	if err != nil {
		return err
	}
	return sendItems(r, rows, next)
}

func (s *Server) apiSampleList(r *request) error {
	id, err := pathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	list, err := s.service.Samples(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	return sendItems(r, list, "")
}

// apiCaseFile reads the case of a path for the lists of its children.
func (s *Server) apiCaseFile(r *request) (*registry.CaseFile, error) {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return nil, err
	}
	return s.service.CaseFile(r.ctx(), r.actor, id)
}

func (s *Server) apiViolationList(r *request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendItems(r, f.Violations, "")
}

func (s *Server) apiDocumentList(r *request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendItems(r, f.Documents, "")
}

func (s *Server) apiPenaltyList(r *request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendItems(r, f.Penalties, "")
}

// attach takes one file for a record of entity. The part is read as it comes: nothing is held in memory or a second temp file.
func attach(entity string) func(*Server, *request) error {
	return func(s *Server, r *request) error {
		id, err := pathID[int64](r, "id")
		if err != nil {
			return err
		}
		x, err := s.receive(r, entity, id, r.Request().Header.Get("Idempotency-Key"))
		if err != nil {
			return err
		}
		r.Response().Header().Set("Location", "/attachments/"+itoa(int64(x.ID)))
		return r.JSON(http.StatusCreated, x)
	}
}
