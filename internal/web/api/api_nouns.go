package api

import (
	"context"
	"errors"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var apiFarms = resource[registry.Farm, *registry.Farm]{path: "/api/v1/farms",
	id: func(x *registry.Farm) *int64 { return (*int64)(&x.ID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Farm, error) {
		return s.Service.Farm(ctx, a, registry.FarmID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Farm) (bool, error) {
		return s.Service.AddFarm(ctx, a, x)
	},
	second: func(s area, ctx context.Context, a registry.Actor, x *registry.Farm, why string) (bool, error) {
		return s.Service.AddFarmAnyway(ctx, a, x, why)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Farm) error {
		return s.Service.ChangeFarm(ctx, a, x)
	},
	hide: func(x *registry.Farm) { x.ContactPhone = registry.MaskPhone(x.ContactPhone) },
}

var apiParties = resource[registry.Party, *registry.Party]{path: "/api/v1/parties",
	id: func(x *registry.Party) *int64 { return (*int64)(&x.ID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Party, error) {
		return s.Service.Party(ctx, a, registry.PartyID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Party) (bool, error) {
		return s.Service.AddParty(ctx, a, x)
	},
	second: func(s area, ctx context.Context, a registry.Actor, x *registry.Party, why string) (bool, error) {
		return s.Service.AddPartyAnyway(ctx, a, x, why)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Party) error {
		return s.Service.ChangeParty(ctx, a, x)
	},
	hide: view.MaskParty,
}

var apiInspections = resource[registry.Inspection, *registry.Inspection]{path: "/api/v1/inspections",
	id: func(x *registry.Inspection) *int64 { return (*int64)(&x.ID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Inspection, error) {
		return s.Service.Inspection(ctx, a, registry.InspectionID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Inspection) (bool, error) {
		return s.Service.AddInspection(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Inspection) error {
		return s.Service.SaveInspection(ctx, a, x)
	},
	hide: func(x *registry.Inspection) {
		x.PresentPhone, x.PresentIDNumber = registry.MaskPhone(x.PresentPhone), registry.MaskID(x.PresentIDNumber)
	},
}

var apiCases = resource[registry.Case, *registry.Case]{path: "/api/v1/cases",
	id: func(x *registry.Case) *int64 { return (*int64)(&x.ID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Case, error) {
		return s.Service.Case(ctx, a, registry.CaseID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Case) (bool, error) {
		return s.Service.AddCase(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Case) error {
		return s.Service.ChangeCase(ctx, a, x)
	},
}

var apiBulletins = resource[registry.Bulletin, *registry.Bulletin]{path: "/api/v1/bulletins",
	id: func(x *registry.Bulletin) *int64 { return (*int64)(&x.ID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Bulletin, error) {
		return s.Service.Bulletin(ctx, a, registry.BulletinID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Bulletin) (bool, error) {
		return s.Service.AddBulletin(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Bulletin) error {
		return s.Service.ChangeBulletin(ctx, a, x)
	},
}

var apiSamples = resource[registry.Sample, *registry.Sample]{path: "/api/v1/inspections/:id/samples",
	id:     func(x *registry.Sample) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Sample) *int64 { return (*int64)(&x.InspectionID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Sample, error) {
		return s.Service.Sample(ctx, a, registry.SampleID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Sample) (bool, error) {
		return s.Service.AddSample(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Sample) error {
		return s.Service.ChangeSample(ctx, a, x)
	},
}

var apiViolations = resource[registry.Violation, *registry.Violation]{path: "/api/v1/cases/:id/violations",
	id:     func(x *registry.Violation) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Violation) *int64 { return (*int64)(&x.CaseID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Violation, error) {
		return s.Service.Violation(ctx, a, registry.ViolationID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Violation) (bool, error) {
		return s.Service.AddViolation(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Violation) error {
		return s.Service.ChangeViolation(ctx, a, x)
	},
}

var apiDocuments = resource[registry.Document, *registry.Document]{path: "/api/v1/cases/:id/documents",
	id:     func(x *registry.Document) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Document) *int64 { return (*int64)(&x.CaseID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Document, error) {
		return s.Service.Document(ctx, a, registry.DocumentID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Document) (bool, error) {
		return s.Service.AddDocument(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Document) error {
		return s.Service.ChangeDocument(ctx, a, x)
	},
}

var apiPenalties = resource[registry.Penalty, *registry.Penalty]{path: "/api/v1/cases/:id/penalties",
	id:     func(x *registry.Penalty) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Penalty) *int64 { return (*int64)(&x.CaseID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Penalty, error) {
		return s.Service.Penalty(ctx, a, registry.PenaltyID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Penalty) (bool, error) {
		return s.Service.AddPenalty(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Penalty) error {
		return s.Service.ChangePenalty(ctx, a, x)
	},
}

var apiPayments = resource[registry.Payment, *registry.Payment]{path: "/api/v1/cases/:id/payments",
	id:     func(x *registry.Payment) *int64 { return (*int64)(&x.ID) },
	parent: func(x *registry.Payment) *int64 { return (*int64)(&x.CaseID) },
	get: func(s area, ctx context.Context, a registry.Actor, id int64) (registry.Payment, error) {
		return s.Service.Payment(ctx, a, registry.PaymentID(id))
	},
	add: func(s area, ctx context.Context, a registry.Actor, x *registry.Payment) (bool, error) {
		return s.Service.AddPayment(ctx, a, x)
	},
	change: func(s area, ctx context.Context, a registry.Actor, x *registry.Payment) error {
		return s.Service.ChangePayment(ctx, a, x)
	},
}

// Handlers of the nouns, for the route table.

func (s area) apiFarmCreate(r *kit.Request) error { return apiFarms.create(s, r) }

func (s area) apiFarmShow(r *kit.Request) error { return apiFarms.show(s, r) }

func (s area) apiFarmPatch(r *kit.Request) error { return apiFarms.patch(s, r) }

func (s area) apiPartyCreate(r *kit.Request) error { return apiParties.create(s, r) }

func (s area) apiPartyShow(r *kit.Request) error { return apiParties.show(s, r) }

func (s area) apiPartyPatch(r *kit.Request) error { return apiParties.patch(s, r) }

func (s area) apiInspectionCreate(r *kit.Request) error { return apiInspections.create(s, r) }

func (s area) apiInspectionShow(r *kit.Request) error { return apiInspections.show(s, r) }

func (s area) apiInspectionPatch(r *kit.Request) error { return apiInspections.patch(s, r) }

func (s area) apiCaseCreate(r *kit.Request) error { return apiCases.create(s, r) }

func (s area) apiCaseShow(r *kit.Request) error { return apiCases.show(s, r) }

func (s area) apiCasePatch(r *kit.Request) error { return apiCases.patch(s, r) }

func (s area) apiBulletinCreate(r *kit.Request) error { return apiBulletins.create(s, r) }

func (s area) apiBulletinShow(r *kit.Request) error { return apiBulletins.show(s, r) }

func (s area) apiBulletinPatch(r *kit.Request) error { return apiBulletins.patch(s, r) }

func (s area) apiSampleCreate(r *kit.Request) error { return apiSamples.create(s, r) }

func (s area) apiSampleShow(r *kit.Request) error { return apiSamples.show(s, r) }

func (s area) apiSamplePatch(r *kit.Request) error { return apiSamples.patch(s, r) }

func (s area) apiViolationCreate(r *kit.Request) error { return apiViolations.create(s, r) }

func (s area) apiViolationShow(r *kit.Request) error { return apiViolations.show(s, r) }

func (s area) apiViolationPatch(r *kit.Request) error { return apiViolations.patch(s, r) }

func (s area) apiDocumentCreate(r *kit.Request) error { return apiDocuments.create(s, r) }

func (s area) apiDocumentShow(r *kit.Request) error { return apiDocuments.show(s, r) }

func (s area) apiDocumentPatch(r *kit.Request) error { return apiDocuments.patch(s, r) }

func (s area) apiPenaltyCreate(r *kit.Request) error { return apiPenalties.create(s, r) }

func (s area) apiPenaltyShow(r *kit.Request) error { return apiPenalties.show(s, r) }

func (s area) apiPenaltyPatch(r *kit.Request) error { return apiPenalties.patch(s, r) }

func (s area) apiPaymentCreate(r *kit.Request) error { return apiPayments.create(s, r) }

func (s area) apiPaymentShow(r *kit.Request) error { return apiPayments.show(s, r) }

func (s area) apiPaymentPatch(r *kit.Request) error { return apiPayments.patch(s, r) }

func (s area) apiPaymentList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendChildren(r, f.Payments, func(x registry.Payment) int64 { return int64(x.ID) })
}

func (s area) apiFarmList(r *kit.Request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	f := casework.FarmFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Species: r.QueryParam("species"),
		Origin: r.QueryParam("origin"), Zone: r.QueryParam("zone"), Idle: r.QueryParam("idle")}
	if f.IncludeVoided, err = includeVoided(r); err != nil {
		return err
	}
	l, err := s.Service.Farms(r.Ctx(), r.Actor, f, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

func (s area) apiPartyList(r *kit.Request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	f := casework.PartyFilter{Q: r.QueryParam("q"), Repeated: r.QueryParam("repeated"), DistrictCode: r.QueryParam("district_code")}
	if f.IncludeVoided, err = includeVoided(r); err != nil {
		return err
	}
	rows, next, err := s.Service.Parties(r.Ctx(), r.Actor, f, p)
	if err != nil {
		return err
	}
	if !r.Actor.Role.Can(registry.PermPersonalRead) {
		for i := range rows {
			view.MaskParty(&rows[i].Party)
		}
	}
	return sendItems(r, rows, next)
}

func (s area) apiInspectionList(r *kit.Request) error {
	p, err := apiPage(r, "-started_on")
	if err != nil {
		return err
	}
	f := casework.InspectionFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Kind: r.QueryParam("kind"), Result: r.QueryParam("result"),
		State: r.QueryParam("state"), Origin: r.QueryParam("origin"), FarmID: kit.QueryID[registry.FarmID](r, "farm_id"), Cased: r.QueryParam("cased") != "", Monthly: r.QueryParam("monthly") != ""}
	if f.IncludeVoided, err = includeVoided(r); err != nil {
		return err
	}
	if f.From, err = queryDate(r, "from"); err != nil {
		return err
	}
	if f.To, err = queryDate(r, "to"); err != nil {
		return err
	}
	if err := f.Validate(s.Service.Bureau()); err != nil {
		return err
	}
	l, err := s.Service.Inspections(r.Ctx(), r.Actor, f, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

func (s area) apiCaseList(r *kit.Request) error {
	p, err := apiPage(r, "-found_on")
	if err != nil {
		return err
	}
	f, err := s.caseFilterOf(r)
	if err != nil {
		return err
	}
	l, err := s.Service.Cases(r.Ctx(), r.Actor, f, p)
	if err != nil {
		return err
	}
	return sendItems(r, l.Rows, l.Next)
}

// caseFilterOf reads the filter of cases that list, export and interface share.
func (s area) caseFilterOf(r *kit.Request) (f casework.CaseFilter, err error) {
	f = casework.CaseFilter{Q: r.QueryParam("q"), DistrictCode: r.QueryParam("district_code"), Stage: r.QueryParam("stage"), Origin: r.QueryParam("origin"),
		TypeCode: r.QueryParam("type_code"), FarmID: kit.QueryID[registry.FarmID](r, "farm_id"), PartyID: kit.QueryID[registry.PartyID](r, "party_id"),
		CampaignID: kit.QueryID[registry.CampaignID](r, "campaign_id"), NoSample: r.QueryParam("no_sample") != "", OnTheWay: r.QueryParam("on_the_way") != "", By: registry.Basis(r.QueryParam("date")),
		Counted: registry.Basis(r.QueryParam("counted")), Undated: r.QueryParam("undated") != "", Line: registry.CaseLine(r.QueryParam("line"))}
	if f.IncludeVoided, err = includeVoided(r); err != nil {
		return f, err
	}
	if f.From, err = queryDate(r, "from"); err != nil {
		return f, err
	}
	if f.To, err = queryDate(r, "to"); err != nil {
		return f, err
	}
	return f, s.Service.CheckCases(f)
}

func (s area) apiBulletinList(r *kit.Request) error {
	p, err := apiPage(r, "-id")
	if err != nil {
		return err
	}
	rows, next, err := s.Service.Bulletins(r.Ctx(), r.Actor, r.QueryParam("state"), p)
	if err != nil {
		return err
	}
	return sendItems(r, rows, next)
}

func (s area) apiSampleList(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	list, err := s.Service.Samples(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return sendChildren(r, list, func(x registry.Sample) int64 { return int64(x.ID) })
}

// apiCaseFile reads the case of a path for the lists of its children.
func (s area) apiCaseFile(r *kit.Request) (*registry.CaseFile, error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return nil, err
	}
	return s.Service.CaseFile(r.Ctx(), r.Actor, id)
}

func (s area) apiViolationList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendChildren(r, f.Violations, func(x registry.Violation) int64 { return int64(x.ID) })
}

func (s area) apiDocumentList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendChildren(r, f.Documents, func(x registry.Document) int64 { return int64(x.ID) })
}

// apiPublicationList lists the published texts that a case was taken from, each with what it printed of this case.
func (s area) apiPublicationList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendItems(r, f.Publications, "")
}

func (s area) apiPenaltyList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	return sendChildren(r, f.Penalties, func(x registry.Penalty) int64 { return int64(x.ID) })
}

// attach takes one file for a record of entity. The part is read as it comes: nothing is held in memory or a second temp file.
func (s area) attach(entity string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		x, repeated, err := s.Receive(r, entity, id, r.Request().Header.Get("Idempotency-Key"))
		var before *casework.Repeated[registry.Attachment]
		if errors.As(err, &before) {
			return kit.Twice{Err: err, Stored: before.Stored, Typed: x}
		}
		if err != nil {
			return err
		}
		r.Response().Header().Set("Location", "/attachments/"+kit.Itoa(int64(x.ID)))
		answer := attached{x, x.Mismatch()}
		if repeated {
			return r.JSON(http.StatusOK, answer)
		}
		return r.JSON(http.StatusCreated, answer)
	}
}

// attached is a kept file with what is odd about it: content that is not what its name promises.
type attached struct {
	registry.Attachment
	Mismatch string `json:"mismatch,omitempty"`
}
