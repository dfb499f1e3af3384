package view

import (
	"fmt"

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
	if name != "document-kinds" {
		return Dictionary(name)
	}
	var list []kit.Option
	for _, k := range s.Service.DocumentKinds() {
		list = append(list, kit.Option{Value: string(k.Name), Label: string(k.Name)})
	}
	return list, nil
}
