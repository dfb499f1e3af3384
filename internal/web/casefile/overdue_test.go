package casefile

import (
	"testing"

	"casebook/internal/registry"
)

// A document is called overdue only where something is waited for and nothing tells that it came.
func TestOverdueWords(t *testing.T) {
	due, today := registry.Day(2026, 1, 10), registry.Day(2026, 1, 15)
	order := registry.Document{Kind: registry.DocOrder, DueOn: due}
	for _, c := range []struct {
		name   string
		origin registry.Origin
		stage  registry.Stage
		docs   []registry.Document
		want   string
	}{
		{"an order whose term is over", registry.OriginField, registry.StageOrdered, []registry.Document{order}, "期限已过 5 天，尚未登记结果"},
		{"on its last day", registry.OriginField, registry.StageOrdered, []registry.Document{{Kind: registry.DocOrder, DueOn: today}}, ""},
		{"with its result", registry.OriginField, registry.StageOrdered, []registry.Document{{Kind: registry.DocOrder, DueOn: due, Result: "已改正"}}, ""},
		{"visited since", registry.OriginField, registry.StageOrdered, []registry.Document{order, {Kind: registry.DocRecheck, Result: "已改正"}}, ""},
		{"in a closed case", registry.OriginField, registry.StageClosed, []registry.Document{order}, ""},
		{"of a published case", registry.OriginPublished, registry.StageOrdered, []registry.Document{order}, ""},
		{"an instalment plan", registry.OriginField, registry.StageDecided, []registry.Document{{Kind: registry.DocInstalments, DueOn: due}}, ""},
	} {
		f := &registry.CaseFile{Case: registry.Case{Origin: c.origin, Stage: c.stage}, Documents: c.docs}
		if got := overdueWords(f, 0, today); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
