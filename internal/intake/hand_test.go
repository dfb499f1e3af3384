package intake

import (
	"encoding/json"
	"os"
	"testing"

	"casebook/internal/intake/compose"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// handText is a text written by hand in a form that no layout has, with what it tells.
type handText struct {
	Name   string
	Unseen bool // read for the first time when the reader was done with the others
	Text   string
	Cases  []struct {
		Title, Authority, District, Party, Species string
		FoundOn                                    string `json:"found_on"`
		HeadCount                                  int64  `json:"head_count"`
		FineYuan                                   int64  `json:"fine_yuan"`
		Violated, Measures                         []string
	}
}

// TestHandTexts reads texts written by hand: letters on one line, tables pasted cell by cell, several parties in a sentence, columns, diaries. At
// first sight 23 of the 46 cases of the seen ones were found; what is asked here is what is read now.
func TestHandTexts(t *testing.T) {
	b, err := os.ReadFile("testdata/hand.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []handText
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	var cases, found, extra, fields, right int
	for _, x := range texts {
		read := ReadBulletin(statute.Embedded(), x.Text, registry.Date{})
		checkBulletin(t, x.Text, read)
		left := len(read.Cases)
		for _, c := range x.Cases {
			cases++
			want := labelsOf(compose.Case{Title: c.Title, Authority: c.Authority, District: c.District, FoundOn: c.FoundOn, Party: c.Party, Species: c.Species, Heads: c.HeadCount,
				Fine: c.FineYuan, Violated: c.Violated, Measures: c.Measures})
			for _, d := range read.Cases {
				if d.Party != c.Party {
					continue
				}
				found, left = found+1, left-1
				got := valuesOf(d)
				for _, k := range fieldNames {
					fields++
					if got[k] == want[k] || k == "measures" && measuresMatch(got[k], want[k]) {
						right++
					} else if *missed == "hand" {
						t.Logf("%s, %s: %s = %q, want %q", x.Name, c.Party, k, got[k], want[k])
					}
				}
				break
			}
		}
		extra += left
	}
	t.Logf("cases %d of %d, extra %d, fields %d of %d", found, cases, extra, right, fields)
	if len(texts) < 44 || found < 62 || extra > 2 || share(right, fields) < 98 {
		t.Errorf("%d texts: cases %d of %d, extra %d, fields %.1f %%", len(texts), found, cases, extra, share(right, fields))
	}
}
