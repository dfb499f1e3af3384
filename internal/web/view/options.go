package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// OrganOptions lists the units in use for a select, the signed-in person's own first, and the names of all by id.
func OrganOptions(s *kit.Server, r *kit.Request) ([]kit.Option, map[registry.OrganID]string, error) {
	list, err := s.Service.Organs(r.Ctx(), r.Actor)
	if err != nil {
		return nil, nil, err
	}
	var options []kit.Option
	names := map[registry.OrganID]string{}
	list = ownFirst(list, func(o registry.Organ) bool { return o.ID == r.User.OrganID && o.ID != 0 })
	for _, o := range list {
		names[o.ID] = o.Name
		if o.Active {
			options = append(options, kit.Option{Value: fmt.Sprint(o.ID), Label: o.Name})
		}
	}
	return options, names, nil
}

// ownFirst brings what is a person's own to the front; the rest keeps its order.
func ownFirst[T any](list []T, own func(T) bool) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int {
		switch {
		case own(a) == own(b):
			return 0
		case own(a):
			return -1
		}
		return 1
	})
	return list
}

// OfficerOptions lists the officers on duty for a select, those of the signed-in person's own unit first, with what to look at on that day.
func OfficerOptions(s *kit.Server, r *kit.Request, on registry.Date) ([]kit.Option, error) {
	_, names, err := OrganOptions(s, r)
	if err != nil {
		return nil, err
	}
	roster, err := s.Service.Officers(r.Ctx(), r.Actor)
	if err != nil {
		return nil, err
	}
	var options []kit.Option
	for _, o := range ownFirst(roster, func(o registry.Officer) bool { return o.OrganID == r.User.OrganID && o.OrganID != 0 }) {
		if !o.Active {
			continue
		}
		words := NotEmpty(o.Name, o.CertNo, names[o.OrganID])
		if valid, known := o.ValidOn(on); known && !valid {
			words = append(words, "证件已过期")
		}
		options = append(options, kit.Option{Value: kit.Itoa(int64(o.ID)), Label: strings.Join(words, " · ")})
	}
	return options, nil
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

// OptionsFor finds a dictionary for a template: those of the program, the kinds of document that an administrator keeps, and the districts,
// with the own one first where the page says which it is: (options "districts" .OwnDistrict).
func OptionsFor(s *kit.Server, name string, own ...string) ([]kit.Option, error) {
	switch name {
	case "districts":
		return districtOptions(s, strings.Join(own, "")), nil
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

// DistrictOptions lists the districts that the bureau serves, the signed-in person's own first.
func DistrictOptions(s *kit.Server, r *kit.Request) []kit.Option {
	return districtOptions(s, r.OwnDistrict())
}

func districtOptions(s *kit.Server, own string) []kit.Option {
	var list []kit.Option
	for _, d := range ownFirst(s.Service.Bureau().Districts, func(d registry.District) bool { return d.Code == own }) {
		list = append(list, kit.Option{Value: d.Code, Label: d.Name})
	}
	return list
}

// LocalLabels are a noun's labels with the name of the bureau's own basin among them.
func LocalLabels(s *kit.Server, labels kit.Labels) kit.Labels {
	basin := s.Service.Bureau().Basin
	for _, name := range []string{"in_tanjiang", "farm_in_tanjiang"} {
		if _, asked := labels[name]; asked && basin != "" {
			labels = maps.Clone(labels)
			labels[name] = basin
		}
	}
	return labels
}
