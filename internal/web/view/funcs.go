package view

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// Funcs are the template functions that know nouns, beside those of the kit.
func Funcs(s *kit.Server) map[string]any {
	return map[string]any{
		"cell":     ReportCell, // a value of package report
		"stage":    Stage,
		"district": func(code string) string { return s.Service.Bureau().DistrictName(code) },
		"bureau":   func() *registry.Bureau { return s.Service.Bureau() }, // the city that pages speak of
		"doubt":    func(p registry.Place) string { return s.Service.Bureau().Doubt(p) },
		"options":  func(name string, own ...string) ([]kit.Option, error) { return OptionsFor(s, name, own...) },
	}
}
