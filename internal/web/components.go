package web

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

// StatuteBox is the 引文框: it looks the same on a page, in print and in the PDF.
type StatuteBox struct {
	Law       string // without 《》
	Provision string // 第三十九条
	Text      string // paragraphs split by newlines; empty where the catalogue does not hold it
	Version   string // 2017年修正
	InForce   string // 2018-01-01 起施行
	Checked   bool   // 已核对 against the official text
	CheckedBy string // source and date of the check
	Holding   registry.Holding
	Label     string // 违反条款, 处罚依据
	Href      string
	Compare   string // address of its 新旧对照; empty where there is nothing to compare with
	Note      string
}

// ReviewBox is our remark beside what a source printed.
type ReviewBox struct {
	About, Severity, Printed, Official, Note string
	Edit                                     string // address; empty where it may not be edited
}

// Fact is one line of a definition list where a page builds it in Go.
type Fact struct{ Label, Value string }

// Empty is an empty list: what belongs there and how to begin.
type Empty struct {
	Icon, Title, Text string
	Href, Action      string // the first step, where the role may take it
}
