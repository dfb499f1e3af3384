package intake

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

var (
	trial  = flag.String("trial", "", "read a folder of texts (NNN.txt) with expectations (NNN.json) and print the score of each field")
	misses = flag.String("misses", "", "with -trial: print the misses of this field (all for every one)")
)

// tally counts how a field was read: right, wrong (another value), missed (null for a value), and made up (a value for null).
type tally struct{ right, wrong, missed, madeUp int }

func (t *tally) add(got, want string) bool {
	switch {
	case got == want:
		if want != "" {
			t.right++
		}
		return true
	case got == "":
		t.missed++
	case want == "":
		t.madeUp++
	default:
		t.wrong++
	}
	return false
}

func (t tally) String() string {
	p, r := 0.0, 0.0
	if n := t.right + t.wrong + t.madeUp; n > 0 {
		p = 100 * float64(t.right) / float64(n)
	}
	if n := t.right + t.wrong + t.missed; n > 0 {
		r = 100 * float64(t.right) / float64(n)
	}
	return fmt.Sprintf("precision %5.1f  recall %5.1f  (right %d, wrong %d, missed %d, made up %d)", p, r, t.right, t.wrong, t.missed, t.madeUp)
}

// TestTrial scores the reader on texts that are not part of the repository: go test ./internal/intake -run Trial -trial DIR.
func TestTrial(t *testing.T) {
	if *trial == "" {
		t.Skip("no -trial folder given")
	}
	files, err := filepath.Glob(filepath.Join(*trial, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in %s: %v", *trial, err)
	}
	fields := []string{"cases", "title", "authority", "district", "found_on", "party", "species", "head_count", "violated", "basis", "fine_yuan",
		"measures"}
	score := map[string]*tally{}
	for _, f := range fields {
		score[f] = &tally{}
	}
	miss := func(field, file, got, want string) {
		if *misses == field || *misses == "all" {
			fmt.Printf("%s %-10s got %q want %q\n", filepath.Base(file), field, got, want)
		}
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want struct{ Cases []map[string]any }
		b, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
		if err != nil {
			continue
		}
		if err := json.Unmarshal(b, &want); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		text, err := Decode(raw)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		out, err := json.Marshal(ReadBulletin(statute.Embedded(), text, registry.Date{}))
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Cases []map[string]any }
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Cases) == len(want.Cases) {
			score["cases"].right += len(want.Cases)
		} else {
			score["cases"].right += min(len(got.Cases), len(want.Cases))
			score["cases"].missed += max(0, len(want.Cases)-len(got.Cases))
			score["cases"].madeUp += max(0, len(got.Cases)-len(want.Cases))
			miss("cases", file, fmt.Sprint(len(got.Cases)), fmt.Sprint(len(want.Cases)))
		}
		for i := range min(len(got.Cases), len(want.Cases)) {
			g, w := got.Cases[i], want.Cases[i]
			for _, f := range fields[1:] {
				switch f {
				case "violated", "basis":
					gs, ws := provisionKeys(g[f]), provisionKeys(w[f])
					for _, k := range ws {
						if slices.Contains(gs, k) {
							score[f].right++
						} else {
							score[f].missed++
						}
					}
					for _, k := range gs {
						if !slices.Contains(ws, k) {
							score[f].madeUp++
						}
					}
					if !slices.Equal(gs, ws) {
						miss(f, file, strings.Join(gs, " "), strings.Join(ws, " "))
					}
				case "measures":
					gs, ws := texts(g[f]), texts(w[f])
					for _, k := range ws {
						if slices.ContainsFunc(gs, func(s string) bool { return strings.Contains(s, k) || strings.Contains(k, s) }) {
							score[f].right++
						} else {
							score[f].missed++
							miss(f, file, strings.Join(gs, "|"), strings.Join(ws, "|"))
						}
					}
					for _, k := range gs {
						if !slices.ContainsFunc(ws, func(s string) bool { return strings.Contains(s, k) || strings.Contains(k, s) }) {
							score[f].madeUp++
							miss(f, file, strings.Join(gs, "|"), strings.Join(ws, "|"))
						}
					}
				default:
					gv, wv := valueText(g[f]), valueText(w[f])
					if f == "species" {
						gv, wv = family(gv), family(wv)
					}
					if !score[f].add(gv, wv) {
						miss(f, file, gv, wv)
					}
				}
			}
		}
	}
	for _, f := range fields {
		fmt.Printf("%-11s %s\n", f, score[f])
	}
}

func valueText(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func texts(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, x := range list {
		out = append(out, fmt.Sprint(x))
	}
	return out
}

func provisionKeys(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, x := range list {
		m, _ := x.(map[string]any)
		out = append(out, fmt.Sprintf("%v-%v-%v-%v-%v", m["law"], m["article"], valueText(m["sub"]), valueText(m["paragraph"]), valueText(m["item"])))
	}
	slices.Sort(out)
	return out
}
