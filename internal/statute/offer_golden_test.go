package statute

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The whole offer as a lawyer reads it: every type, before and after the Code, in Guangdong and elsewhere, for a permit holder and another.
// Combinations with the same answer stand in one heading. A change of the catalogue shows here line by line:
// go test ./internal/statute -run OfferTable -update
func TestOfferTable(t *testing.T) {
	var b strings.Builder
	for _, vt := range Embedded().ViolationTypes() {
		fmt.Fprintf(&b, "# %s %s（%s）\n", vt.Code, vt.Label, vt.Group)
		type answer struct {
			when []string
			text string
		}
		var answers []answer
		for _, on := range []string{"2024-06-10", "2026-09-01"} {
			for _, place := range []struct{ code, name string }{{"440785", "恩平"}, {"350203", "厦门"}} {
				for _, permit := range []bool{true, false} {
					holder := map[bool]string{true: "持证", false: "不持证"}[permit]
					circ := Circumstances{PermitHolder: &permit, DistrictCode: place.code}
					text := offerWords(offer(t, vt.Code, "", on, circ))
					when := fmt.Sprintf("%s %s %s", on, place.name, holder)
					if i := slices.IndexFunc(answers, func(a answer) bool { return a.text == text }); i >= 0 {
						answers[i].when = append(answers[i].when, when)
						continue
					}
					answers = append(answers, answer{[]string{when}, text})
				}
			}
		}
		for _, a := range answers {
			fmt.Fprintf(&b, "\n## %s\n%s", strings.Join(a.when, "；"), a.text)
		}
		b.WriteString("\n")
	}
	compareGolden(t, filepath.Join("testdata", "offers.txt"), b.String())
}

// compareGolden holds a text against a golden file line by line, or writes the file anew.
func compareGolden(t *testing.T, path, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, held := strings.Split(text, "\n"), strings.Split(string(want), "\n")
	for i := range got {
		if i >= len(held) || got[i] != held[i] {
			t.Fatalf("%s:%d: the catalogue gives\n\t%s\nwant\n\t%s\nLook at the change, then run with -update.", path, i+1, got[i],
				append(held, "")[min(i, len(held))])
		}
	}
	if len(held) != len(got) {
		t.Errorf("%s has %d lines, the catalogue gives %d", path, len(held), len(got))
	}
}

func offerWords(o Offer) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if len(o.Candidates) == 0 {
		line("（没有可列的依据）")
	}
	for _, c := range o.Candidates {
		line("· %s", c.Label)
		for _, x := range c.Breached {
			line("    违反  %s", citationWords(x))
		}
		for _, x := range c.Liability {
			line("    罚则  %s", citationWords(x))
		}
		for _, p := range c.Penalties {
			line("    处罚  %s", penaltyWords(p))
		}
		for _, m := range c.Measures {
			line("    措施  %s%s %s%s", m.Kind, mandatoryWords(m.Mandatory), referenceWords(m.Basis), inBrackets(m.Note))
		}
		if c.Note != "" {
			line("    说明  %s", c.Note)
		}
	}
	for _, n := range o.Notes {
		line("  提示  %s", n)
	}
	if o.Why != "" {
		line("  须选择  %s", o.Why)
	}
	return b.String()
}

func citationWords(x OfferedCitation) string {
	s := fmt.Sprintf("《%s》%s %s %s", x.Law, x.Provision, x.VersionName, x.Holding)
	if x.Competing {
		s += "（竞合：" + x.CompetingWhy + "）"
	}
	return s
}

func penaltyWords(p PenaltyRange) string {
	s := p.Kind
	switch {
	case p.Min != nil && p.Max != nil && *p.Min == 0:
		s += fmt.Sprintf(" %s以下", Wan(*p.Max))
	case p.Min != nil && p.Max != nil:
		s += fmt.Sprintf(" %s至%s", Wan(*p.Min), Wan(*p.Max))
	}
	if p.Formula != "" {
		s += " " + p.Formula
	}
	return s + mandatoryWords(p.Mandatory) + " " + referenceWords(p.Basis) + inBrackets(p.Condition)
}

func mandatoryWords(t registry.Tri) string {
	return map[registry.Tri]string{registry.Yes: "［应当］", registry.No: "［可以］"}[t]
}

func referenceWords(refs []Reference) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.String())
	}
	return strings.Join(list, "、")
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}
