package view

import (
	"fmt"
	"maps"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// OrganOptions lists the units in use for a select, and the names of all by id.
func OrganOptions(s *kit.Server, r *kit.Request) ([]kit.Option, map[registry.OrganID]string, error) {
	list, err := s.Service.Organs(r.Ctx(), r.Actor)
	if err != nil {
		return nil, nil, err
	}
	var options []kit.Option
	names := map[registry.OrganID]string{}
	for _, o := range list {
		names[o.ID] = o.Name
		if o.Active {
			options = append(options, kit.Option{Value: fmt.Sprint(o.ID), Label: o.Name})
		}
	}
	return options, names, nil
}

// TypeOptions lists the violation types as the picker orders them, the group before the label.
func TypeOptions(s *kit.Server) []kit.Option {
	var list []kit.Option
	for _, t := range s.Service.Law().ViolationTypes() {
		list = append(list, kit.Option{Value: t.Code, Label: t.Group + " · " + t.Label})
	}
	return list
}

// CampaignOptions lists the campaigns, newest first.
func CampaignOptions(s *kit.Server, r *kit.Request) ([]kit.Option, error) {
	list, err := s.Service.Campaigns(r.Ctx(), r.Actor)
	if err != nil {
		return nil, err
	}
	options := []kit.Option{}
	for _, c := range list {
		options = append(options, kit.Option{Value: fmt.Sprint(c.ID), Label: c.Name})
	}
	return options, nil
}

// options finds a dictionary for a template: those of the program, and the kinds of document that an administrator keeps.
func OptionsFor(s *kit.Server, name string) ([]kit.Option, error) {
	switch name {
	case "districts":
		return DistrictOptions(s), nil
	case "document-kinds":
	default:
		return Dictionary(name)
	}
	var list []kit.Option
	for _, k := range s.Service.DocumentKinds() {
		list = append(list, kit.Option{Value: string(k.Name), Label: string(k.Name)})
	}
	return list, nil
}

// DistrictOptions lists the districts that the bureau serves.
func DistrictOptions(s *kit.Server) []kit.Option {
	var list []kit.Option
	for _, d := range s.Service.Bureau().Districts {
		list = append(list, kit.Option{Value: d.Code, Label: d.Name})
	}
	return list
}

// LocalLabels are a noun's labels with the name of the bureau's own basin among them.
func LocalLabels(s *kit.Server, labels kit.Labels) kit.Labels {
	basin := s.Service.Bureau().Basin
	if _, asked := labels["in_tanjiang"]; !asked || basin == "" {
		return labels
	}
	labels = maps.Clone(labels)
	labels["in_tanjiang"] = basin
	return labels
}
