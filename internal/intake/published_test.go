package intake

import (
	"encoding/json"
	"os"
	"testing"

	"casebook/internal/intake/compose"
)

// TestPublishedTexts reads texts written by hand in twenty forms that bureaus, courts and papers publish in, two of each; the second of each
// was kept until the reader was done with the first. ⟦ ⟧ stand around the cases.
func TestPublishedTexts(t *testing.T) {
	b, err := os.ReadFile("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []struct {
		Name, Text string
		Unseen     bool
		Cases      []compose.Case
	}
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	halves := map[bool][]compose.Text{}
	for _, x := range texts {
		var page []rune
		i := 0
		for _, r := range x.Text {
			switch r {
			case '⟦':
				x.Cases[i].Start = len(page)
			case '⟧':
				x.Cases[i].End, i = len(page), i+1
			default:
				page = append(page, r)
			}
		}
		halves[x.Unseen] = append(halves[x.Unseen], compose.Text{Layout: x.Name, Body: string(page), Cases: x.Cases})
	}
	show := ""
	if *missed == "published" {
		show = "all"
	}
	seen, _ := figureOf(t, halves[false], show)
	t.Logf("seen: %v", seen)
}
