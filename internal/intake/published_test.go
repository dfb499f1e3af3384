package intake

import (
	"encoding/json"
	"os"
	"testing"

	"casebook/internal/intake/compose"
)

// TestPublishedTexts reads texts written by hand in the forms that ministries, bureaus, courts, inspectorates, papers and web accounts publish
// in. ⟦ ⟧ stand around the cases. The unseen ones were read once, when the reader was done with the others, and are not mended: their figure is README's.
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
	unseen, _ := figureOf(t, halves[true], show)
	t.Logf("seen:   %v", seen)
	t.Logf("unseen: %v", unseen)
	if seen.cases < 382 || seen.found < 381 || share(seen.exact, seen.cases) < 95 || seen.extra > 1 || seen.invented > 0 || share(seen.right, seen.fields) < 99 {
		t.Errorf("seen texts: %v", seen)
	}
	if unseen.cases < 31 || unseen.found < 30 || share(unseen.exact, unseen.cases) < 93 || unseen.extra > 0 || unseen.invented > 0 || share(unseen.right, unseen.fields) < 99 {
		t.Errorf("unseen texts: %v", unseen)
	}
}
