package view

import (
	"strings"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// stageTone colours the stages; the word is always there.
var stageTone = map[registry.Stage]string{
	registry.StageOrdered: "warn", registry.StageFiled: "accent", registry.StageNotified: "accent", registry.StageDecided: "accent-strong",
	registry.StageAnnulled: "danger", registry.StageClosed: "closed",
}

// Stage is the stage of a case as a badge.
func Stage(s registry.Stage) kit.HTML {
	return kit.Badge(s, strings.TrimSpace("stage badge-"+stageTone[s]))
}
