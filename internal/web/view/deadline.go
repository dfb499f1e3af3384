package view

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
)

// deadlineRow is one clock in words.
type Deadline struct {
	statute.Deadline
	Span       string // 90 日历日
	Validity   string
	Links      []RefLink
	Confidence string
	Extended   string // confidence of the extension, where it differs
}

// DeadlineOf says a rule of the catalogue in words.
func DeadlineOf(c *statute.Catalogue, d statute.Deadline, today registry.Date) Deadline {
	day := today
	switch { // the basis is read in the law of the clock's own time
	case !d.From.IsZero() && today.Before(d.From):
		day = d.From
	case !d.To.IsZero() && d.To.Before(today):
		day = d.To
	}
	row := Deadline{Deadline: d, Validity: Interval(d.From, d.To), Links: RefLinks(c, d.Basis, day), Confidence: statute.ConfidenceLabel(d.Confidence), Span: d.Unit}
	if d.Length != nil {
		row.Span = fmt.Sprintf("%d %s", *d.Length, d.Unit)
		switch d.Unit {
		case statute.UnitMonth, statute.UnitWorkingDay:
			row.Span = fmt.Sprintf("%d 个%s", *d.Length, d.Unit)
		case statute.UnitCalendarDay:
			row.Span = fmt.Sprintf("%d 日（日历日）", *d.Length)
		}
	}
	row.Note = PlainWords(d.Note)
	if d.ExtensionConfidence != "" && d.ExtensionConfidence != d.Confidence {
		row.Extended = statute.ConfidenceLabel(d.ExtensionConfidence)
	}
	return row
}

// NoticeMissing says that the notice of this year, or from 1 October on of the next, was not entered: terms that reach into it are not
// counted. It is empty where nothing is missing.
func NoticeMissing(s *kit.Server, r *kit.Request) string {
	year, missing := s.Service.Calendar().NoticeMissing(r.Today())
	if !missing {
		return ""
	}
	return fmt.Sprintf("%d 年的放假安排还没有录入，涉及这一年的期限暂不推算；国务院办公厅的通知公布后请及时录入。", year)
}
