// Package facts reads what the text of one case tells of the place beside the fields by which it was found (package intake): the farm's
// papers, area and zone, its facilities and their state, the way of the waste water, samples and what they showed, evidence that is named,
// what was damaged. It answers in the nouns of the registry, and every value says by which words it was decided. What the text does not say
// stays empty.
//
// pattern.go says how patterns and the words of lexicon/ are written; telling.go has the text folded to one width, with its sentences and clauses.
// A noun (thing.go) is found once: it is a place on the way of the water (path.go), a facility (facility.go), or both. farm.go reads papers, area
// and what words tell by themselves, sample.go what was taken and found, evidence.go what is named, the zone and the damage.
package facts

import "casebook/internal/registry"

// Case is what is known of a case before its facts are read.
type Case struct {
	Narrative, Handling string
	FoundOn             registry.Date
}

// Facts are what the text of a case tells of the place. Farm holds only what is told: its name, district and animals are not in it.
type Facts struct {
	Farm     registry.Farm
	Path     registry.DischargePath
	Samples  []registry.Sample
	Evidence []registry.Evidence
	Others   string   // who came along: 某监测站（采样监测）
	Damage   []string // of registry.DamagedElements
	Ongoing  bool     // the water was running when the officers came
	Idle     bool     // a facility stood still when they came
	Still    bool     // it was met again at the recheck
	Source   string   // of registry.CaseSources
	Kind     string   // of registry.InspectionKinds
	Told     []Told
}

// Keys name the facts as a person takes or leaves them. A facility, a sample and a piece of evidence each have their number behind: facility.0.
const (
	Operation  = "operation"
	Raising    = "raising"
	Area       = "area"
	EIA        = "eia"
	Acceptance = "acceptance"
	Permit     = "permit"
	Entrusted  = "entrusted"
	Zone       = "zone"
	Facility   = "facility"
	Path       = "path"
	Sample     = "sample"
	Exhibit    = "evidence"
	Damage     = "damage"
	Others     = "others"
	Source     = "source"
)

// Told is a fact with the words that told it: runes of the narrative, or, counted on from its end, of the handling.
type Told struct {
	Key, Label, Value string
	Start, End        int
}

// Read reads the facts of a case.
func Read(c Case) Facts {
	t := newTelling(c)
	t.readPlain()
	t.readPapers()
	t.readPath()
	t.readFacilities()
	t.readSamples()
	t.readEvidence()
	t.readZone()
	t.Ongoing, t.Idle, t.Still = running.MatchString(t.s), idle.MatchString(t.s), again.MatchString(t.s)
	return t.Facts
}
