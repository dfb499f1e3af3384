package kit

import (
	"casebook/internal/registry"
)

// Values for the partials that several nouns show. Handlers fill them; the partial of the same name shows them.

// TimelineItem is one line of a timeline: the date at the left, the kind by icon and word, then what happened.
type TimelineItem struct {
	ID      string // anchor; may be empty
	Date    registry.Date
	Icon    string
	Kind    string
	Title   string
	Href    string
	Text    string
	Meta    []string // small facts: the number, the organ, the service
	Overdue string   // in words: 逾期 3 个工作日
	Tone    string   // "", accent, warn, danger
}

// Fact is one line of a definition list where a page builds it in Go.
type Fact struct{ Label, Value string }

// Empty is an empty list: what belongs there and how to begin.
type Empty struct {
	Icon, Title, Text string
	Href, Action      string // the first step, where the role may take it
}
