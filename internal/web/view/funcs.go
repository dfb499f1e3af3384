package view

import "casebook/internal/web/kit"

// Funcs are the template functions that know nouns, beside those of the kit.
func Funcs(s *kit.Server) map[string]any {
	return map[string]any{
		"cell":    ReportCell, // a value of package report
		"stage":   Stage,
		"options": func(name string) ([]kit.Option, error) { return OptionsFor(s, name) },
	}
}
