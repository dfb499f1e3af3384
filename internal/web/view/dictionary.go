package view

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

// dictionaries are the closed lists a template may name: (options "species").
var dictionaries = map[string]registry.Terms{
	"bulletin-designs": registry.BulletinDesigns, "bulletin-parts": registry.BulletinParts, "quote-policies": registry.QuotePolicies,
	"species": registry.Species, "herd-bases": registry.HerdBases, "qualifiers": registry.Qualifiers, "facility-kinds": registry.FacilityKinds,
	"facility-states": registry.FacilityStates, "linings": registry.Linings, "approval-states": registry.ApprovalStates, "eia-kinds": registry.EIAKinds,
	"permit-kinds": registry.PermitKinds, "carried-states": registry.CarriedStates, "operations": registry.Operations, "zone-relations": registry.ZoneRelations, "zone-kinds": registry.ZoneMapKinds, "raising-modes": registry.RaisingModes, "manure-modes": registry.ManureModes,
	"datums": registry.Datums, "inspection-kinds": registry.InspectionKinds, "inspection-results": registry.InspectionResults, "inspection-states": registry.InspectionStates,
	"recheck-results": registry.RecheckResults,
	"signatures":      registry.Signatures, "genders": registry.Genders,
	"path-kinds": registry.PathKinds, "media": registry.Media, "pollutants": registry.Pollutants, "result-kinds": registry.ResultKinds, "verdicts": registry.Verdicts,
	"limit-from": registry.LimitFrom, "case-sources": registry.CaseSources, "party-roles": registry.PartyRoles, "party-kinds": registry.PartyKinds, "id-kinds": registry.IDKinds,
	"evidence-kinds": registry.EvidenceKinds, "review-severities": registry.ReviewSeverities, "version-choices": registry.VersionChoices,
	"element-answers": registry.ElementAnswers, "end-bases": registry.EndBases, "damaged-elements": registry.DamagedElements, "publication-media": registry.PublicationMedia, "order-modes": registry.OrderModes, "service-modes": registry.ServiceModes, "participant-parts": registry.ParticipantParts,
	"penalty-kinds": registry.PenaltyKinds, "payment-kinds": registry.PaymentKinds, "organ-kinds": registry.OrganKinds, "origins": registry.Origins, "degrees": statute.Degrees,
	"tri": {string(registry.Yes), string(registry.No)},
}

// MustOptions is options for handlers; a mistyped name is a defect that the first test of the page finds.
func MustOptions(name string) []kit.Option {
	list, err := Dictionary(name)
	if err != nil {
		panic(err)
	}
	return list
}

// options finds a dictionary by name, or one of those whose value is not its label.
func Dictionary(name string) ([]kit.Option, error) {
	switch name {
	case "roles":
		var list []kit.Option
		for _, r := range registry.Roles {
			list = append(list, kit.Option{Value: string(r), Label: r.Chinese()})
		}
		return list, nil
	case "stages":
		var list []kit.Option
		for _, s := range registry.Stages {
			list = append(list, kit.Option{Value: string(s), Label: string(s)})
		}
		return list, nil
	}
	terms, ok := dictionaries[name]
	if !ok {
		return nil, fmt.Errorf("options: no dictionary %q", name)
	}
	return kit.TermOptions(terms), nil
}
