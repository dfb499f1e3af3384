package view

import (
	"fmt"
	"html"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

// MaskParty hides what identifies a person from roles that may not see it.
func MaskParty(x *registry.Party) {
	x.IDNumber, x.Phone = registry.MaskID(x.IDNumber), registry.MaskPhone(x.Phone)
}

// StandingWords says who stands behind a citation; only the last is ours and not the file's.
var StandingWords = map[registry.CitationStanding][2]string{
	registry.StandingPublished: {"原文引用", "plain"},
	registry.StandingConfirmed: {"已确认", "accent"},
	registry.StandingOffered:   {"系统提供·待确认", "warn"},
	registry.StandingChanged:   {"已变更", "accent"},
	registry.StandingReview:    {"复核意见", "warn"},
}

// RoleWords say what a citation is for.
var RoleWords = map[registry.CitationRole]string{registry.RoleBreached: "违反条款", registry.RoleBasis: "处罚依据", registry.RoleQuote: "引用"}

// wan writes whole 万元 where the amount is one, as the articles do.
func wan(m registry.Money) string {
	if n := m.Fen(); n >= 1_000_000 && n%1_000_000 == 0 {
		return fmt.Sprintf("%d 万元", n/1_000_000)
	}
	return m.String() + " 元"
}

// SortIcons draw the sorts of document.
var SortIcons = map[registry.KindSort]string{
	"": "document", registry.SortOrder: "order", registry.SortVisit: "inspection", registry.SortSampling: "flask", registry.SortSeizure: "lock", registry.SortDecision: "gavel",
	registry.SortReferral: "send", registry.SortPublication: "bulletin", registry.SortClosing: "lock",
}

// ReportCell writes a value of a report as pages do: thousands set apart, the unknown marked as no value.
func ReportCell(c report.Cell) kit.HTML {
	switch c.Kind {
	case report.CellInteger:
		return kit.HTML(kit.Thousands(c.N))
	case report.CellUnknown:
		return kit.HTML(`<span class="unknown">` + html.EscapeString(c.Text) + `</span>`)
	}
	return kit.HTML(html.EscapeString(c.String()))
}

// BoundMark is the sign before a limit that is a lower bound.
func BoundMark(l statute.StandardLimit) string {
	if l.Bound == "min" {
		return "≥"
	}
	return "≤"
}

// MoneyWords writes an amount that may be unknown.
func MoneyWords(m *registry.Money) string {
	if m == nil {
		return "金额未知"
	}
	return m.String() + " 元"
}

// NotEmpty leaves out the empty ones.
func NotEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
