package view

import (
	"fmt"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// clockView is one clock in words.
type Clock struct {
	Code, Name, Actor string
	Words, Tone       string
	Duty              bool
	Start, StartHref  string
	StartOn           registry.Date
	End, Moved        string
	Counted           string
	Excluded          []string
	Done, DoneHref    string
	DoneOn            registry.Date
	Links             []RefLink
	Confidence        string
	Note              string
}

// ClockOf says a clock of a case in words.
func ClockOf(s *kit.Server, r *kit.Request, c *procedure.Clock) Clock {
	row := DeadlineOf(s.Service.Law(), *c.Rule, startOr(c.Start.On, r.Today()))
	v := Clock{Code: c.Rule.Code, Name: c.Rule.Name, Actor: c.Rule.Actor, Words: c.Words(), Tone: clockTone(c), Duty: c.Duty, Start: c.Start.What, StartHref: documentHref(c.Start.Document),
		StartOn: c.Start.On, End: c.End(), Moved: c.Moved(), Counted: c.Counted(), Excluded: c.Excluded(), Links: row.Links, Note: c.Note}
	switch {
	case c.Source != "":
		v.Confidence = c.SourceWords()
	case len(c.Rule.Basis) > 0:
		v.Confidence = row.Confidence
	}
	if c.Done != nil {
		v.Done, v.DoneHref, v.DoneOn = c.Done.What, documentHref(c.Done.Document), c.Done.On
	}
	return v
}

// startOr is the day on which the law of a clock is read: when it started, or today where that is not known.
func startOr(start, today registry.Date) registry.Date {
	if start.IsZero() {
		return today
	}
	return start
}

func documentHref(id registry.DocumentID) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("#document-%d", id)
}

// Soon is from how many days left a clock is conspicuous.
const Soon = 7

func clockTone(c *procedure.Clock) string {
	switch {
	case c.State == procedure.Overdue:
		return "danger"
	case c.State == procedure.Running && c.Duty && c.Days <= Soon, c.State == procedure.Late:
		return "warn"
	case c.State == procedure.Running && c.Duty, c.State == procedure.InTime:
		return "accent"
	case c.State == procedure.Unknown:
		return "plain"
	}
	return ""
}
