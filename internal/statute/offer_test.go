package statute

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func boolp(b bool) *bool { return &b }

func offer(t *testing.T, code, began, end string, circ Circumstances) Offer {
	t.Helper()
	var dates [2]registry.Date
	for i, s := range []string{began, end} {
		d, err := registry.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		dates[i] = d
	}
	o, err := Embedded().Offer(code, dates[0], dates[1], circ)
	if err != nil {
		t.Fatalf("Offer(%s): %v", code, err)
	}
	return o
}

// outline writes an offer as text: label: breached / liability [competing] / fines.
func outline(o Offer) []string {
	var out []string
	for _, cand := range o.Candidates {
		line := cand.Label + ":"
		for _, b := range cand.Breached {
			line += " " + b.LawID + "@" + b.VersionID + " " + b.Provision.Key()
		}
		line += " |"
		for _, l := range cand.Liability {
			line += " " + l.LawID + "@" + l.VersionID + " " + l.Provision.Key()
			if l.Competing {
				line += "*"
			}
		}
		line += " |"
		for _, p := range cand.Penalties {
			if p.Max != nil {
				line += fmt.Sprintf(" %s-%s", p.Min, p.Max)
			}
		}
		out = append(out, line)
	}
	return out
}

func TestOfferBeforeTheCode(t *testing.T) {
	t.Run("permit holder", func(t *testing.T) {
		o := offer(t, "WATER_EVASION", "", "2024-06-10", Circumstances{PermitHolder: boolp(true)})
		want := []string{"2026-08-14 以前的法律: water-pollution-law@2017 39 environmental-protection-law@2014 42.4 livestock-regulation@2013 13.3 permit-regulation@2021 17.2" +
			" | water-pollution-law@2017 83.0.3 permit-regulation@2021 34.0.2* | 100,000-1,000,000 200,000-1,000,000"}
		if got := outline(o); !reflect.DeepEqual(got, want) {
			t.Errorf("Offer(…) = %q, want %q", got, want)
		}
		if o.NeedsChoice || o.Why != "" {
			t.Errorf("Offer(…).NeedsChoice = %v, %q, want false", o.NeedsChoice, o.Why)
		}
		c := o.Candidates[0].Liability[0]
		if c.Role != registry.RoleBasis || c.Standing != registry.StandingConfirmed || c.Holding != registry.Held ||
			c.TextHash != TextHash(c.Text) || c.VersionName != "2017年修正" || c.Confidence != "full_text_x2" {
			t.Errorf("Offer(…) liability = %+v", c)
		}
	})
	t.Run("no permit", func(t *testing.T) {
		o := offer(t, "WATER_EVASION", "", "2024-06-10", Circumstances{PermitHolder: boolp(false)})
		want := []string{"2026-08-14 以前的法律: water-pollution-law@2017 39 environmental-protection-law@2014 42.4 livestock-regulation@2013 13.3" +
			" | water-pollution-law@2017 83.0.3 | 100,000-1,000,000"}
		if got := outline(o); !reflect.DeepEqual(got, want) {
			t.Errorf("Offer(…) = %q, want %q", got, want)
		}
		if len(o.Notes) != 1 || !strings.Contains(o.Notes[0], "不持排污许可证") {
			t.Errorf("Offer(…).Notes = %q", o.Notes)
		}
	})
	t.Run("permit unknown", func(t *testing.T) {
		o := offer(t, "WATER_EVASION", "", "2024-06-10", Circumstances{})
		l := o.Candidates[0].Liability[1]
		if !l.Competing || !strings.HasPrefix(l.CompetingWhy, "当事人是否持排污许可证未填") {
			t.Errorf("Offer(…) permit regulation: competing %v, %q", l.Competing, l.CompetingWhy)
		}
	})
	t.Run("both versions of the Tanjiang regulation in the basin", func(t *testing.T) {
		o := offer(t, "LIVESTOCK_DIRECT_DISCHARGE", "", "2024-06", Circumstances{InTanjiangBasin: boolp(true), DistrictCode: "440705"})
		want := []string{"2026-08-14 以前的法律: livestock-regulation@2013 20 tanjiang-regulation@2016 29.2 tanjiang-regulation@2019 29.2" +
			" | livestock-regulation@2013 41 tanjiang-regulation@2016 36.2* tanjiang-regulation@2019 36.2* | 0-50,000 20,000-50,000"}
		if got := outline(o); !reflect.DeepEqual(got, want) {
			t.Errorf("Offer(…) = %q, want %q", got, want)
		}
		if !o.NeedsChoice || !strings.Contains(o.Why, "2016年通过、2019年修正") || !strings.Contains(o.Why, "施行日未核到") {
			t.Errorf("Offer(…).NeedsChoice = %v, %q", o.NeedsChoice, o.Why)
		}
		if b := o.Candidates[0].Breached[2]; b.Holding != registry.NotHeld || b.Text != "" {
			t.Errorf("第二十九条 of the 2019 amendment: %+v, want not held", b)
		}
	})
	t.Run("outside the basin", func(t *testing.T) {
		o := offer(t, "LIVESTOCK_DIRECT_DISCHARGE", "", "2024-06", Circumstances{InTanjiangBasin: boolp(false)})
		want := []string{"2026-08-14 以前的法律: livestock-regulation@2013 20 | livestock-regulation@2013 41 | 0-50,000"}
		if got := outline(o); !reflect.DeepEqual(got, want) || o.NeedsChoice {
			t.Errorf("Offer(…) = %q, %v, want %q", got, o.NeedsChoice, want)
		}
	})
	t.Run("outside the province", func(t *testing.T) {
		o := offer(t, "NO_FARM_ZONE_OPERATE", "", "2024-06-10", Circumstances{DistrictCode: "450100"})
		if got := outline(o); !reflect.DeepEqual(got, []string(nil)) || !strings.Contains(strings.Join(o.Notes, ""), "没有收录案发地的地方性法规") {
			t.Errorf("Offer(…) = %q, notes %q", got, o.Notes)
		}
	})
	t.Run("version not held", func(t *testing.T) {
		o := offer(t, "MANURE_NOT_COLLECTED", "", "2019-05", Circumstances{})
		want := []string{"2026-08-14 以前的法律: solid-waste-law@ 65.2 | solid-waste-law@ 107 |"}
		if got := outline(o); !reflect.DeepEqual(got, want) {
			t.Errorf("Offer(…) = %q, want %q: the fine of the 2020 version must not be offered for 2019", got, want)
		}
		if l := o.Candidates[0].Liability[0]; l.Holding != registry.NotHeld || len(o.Notes) == 0 {
			t.Errorf("Offer(…) liability %+v, notes %q", l, o.Notes)
		}
	})
	t.Run("renumbered by the 2022 amendment", func(t *testing.T) {
		o := offer(t, "NOT_DISCLOSE", "", "2022-11", Circumstances{})
		want := []string{
			"2022-11-29 以前的法律: environmental-protection-law@2014 55 guangdong-env-regulation@2019 24.4 | environmental-protection-law@2014 62 guangdong-env-regulation@2019 68.2* | 100,000-200,000",
			"2026-08-14 以前的法律: environmental-protection-law@2014 55 guangdong-env-regulation@2022 24 | environmental-protection-law@2014 62 guangdong-env-regulation@2022 68* | 100,000-200,000",
		}
		if got := outline(o); !reflect.DeepEqual(got, want) || !o.NeedsChoice || !strings.Contains(o.Why, "2022-11-30") {
			t.Errorf("Offer(…) = %q, %q, want %q", got, o.Why, want)
		}
	})
}

func TestOfferAfterTheCode(t *testing.T) {
	t.Run("Code and regulations side by side", func(t *testing.T) {
		o := offer(t, "LIVESTOCK_DIRECT_DISCHARGE", "", "2026-09-01", Circumstances{InTanjiangBasin: boolp(true)})
		want := []string{
			"生态环境法典: eco-code@2026 171.3 eco-code@2026 309.2 | eco-code@2026 1231.0.1 | 0-100,000",
			"并行：畜禽规模养殖污染防治条例: livestock-regulation@2013 20 | livestock-regulation@2013 41 | 0-50,000",
			"并行：江门市潭江流域水质保护条例: tanjiang-regulation@2016 29.2 tanjiang-regulation@2019 29.2 | tanjiang-regulation@2016 36.2 tanjiang-regulation@2019 36.2 | 20,000-50,000",
		}
		if got := outline(o); !reflect.DeepEqual(got, want) || !o.NeedsChoice || !strings.Contains(o.Why, "并列") {
			t.Errorf("Offer(…) = %q, %q, want %q", got, o.Why, want)
		}
	})
	t.Run("statute repealed, permit regulation stays", func(t *testing.T) {
		o := offer(t, "WATER_EVASION", "", "2026-09-01", Circumstances{})
		want := []string{
			"生态环境法典: eco-code@2026 164.1 | eco-code@2026 1108 | 100,000-1,000,000",
			"并行：排污许可管理条例: livestock-regulation@2013 13.3 permit-regulation@2021 17.2 | permit-regulation@2021 34.0.2 | 200,000-1,000,000",
		}
		if got := outline(o); !reflect.DeepEqual(got, want) {
			t.Errorf("Offer(…) = %q, want %q", got, want)
		}
	})
	t.Run("no permit leaves only the Code", func(t *testing.T) {
		o := offer(t, "WATER_EVASION", "", "2026-09-01", Circumstances{PermitHolder: boolp(false)})
		if got := outline(o); len(got) != 1 || o.NeedsChoice {
			t.Errorf("Offer(…) = %q, %v", got, o.NeedsChoice)
		}
	})
	// 条例第四十条 refers to two repealed statutes: what took their place is a candidate, as what they said was before.
	t.Run("referral to repealed statutes", func(t *testing.T) {
		o := offer(t, "LIVESTOCK_LEAK", "", "2026-10-01", Circumstances{})
		want := []string{
			"生态环境法典: eco-code@2026 171.3 | eco-code@2026 1231.0.1 eco-code@2026 1137.1.3* eco-code@2026 1137.2* | 0-100,000 100,000-1,000,000",
			"并行：畜禽规模养殖污染防治条例: livestock-regulation@2013 19 | livestock-regulation@2013 40.0.2 |",
		}
		if got := outline(o); !reflect.DeepEqual(got, want) || !o.NeedsChoice || !strings.Contains(o.Candidates[1].Note, "转致") {
			t.Errorf("Offer(…) = %q, %v, notes %q, want %q", got, o.NeedsChoice, o.Notes, want)
		}
	})
	t.Run("untouched by the Code", func(t *testing.T) {
		o := offer(t, "LEDGER_FALSE", "2026-01-01", "2026-09-01", Circumstances{})
		if got := outline(o); len(got) != 1 || o.NeedsChoice || o.Candidates[0].Label != "现行法律、法规" {
			t.Errorf("Offer(…) = %q, %v", got, o.NeedsChoice)
		}
	})
}

// After the Code the question is rank and special rule, not the old law or the milder one; an act that went on over the change is shown the
// province's rule for it.
func TestOfferAsksTheRightQuestion(t *testing.T) {
	after := offer(t, "LIVESTOCK_WASTE_EXCEED", "2026-08-20", "2026-09-01", Circumstances{DistrictCode: "440785"})
	if !strings.Contains(after.Why, "位阶") || strings.Contains(after.Why, "从旧") {
		t.Errorf("after the Code: Why = %q", after.Why)
	}
	over := offer(t, "WATER_EVASION", "2026-07-01", "2026-09-01", Circumstances{DistrictCode: "440785"})
	if !strings.Contains(over.Why, "从旧") || !strings.Contains(strings.Join(over.Notes, "\n"), "一直连续或继续到新法施行之后的，适用新法进行处罚") {
		t.Errorf("over the change: Why = %q, notes %q", over.Why, over.Notes)
	}
	if elsewhere := offer(t, "WATER_EVASION", "2026-07-01", "2026-09-01", Circumstances{DistrictCode: "350203"}); strings.Contains(strings.Join(elsewhere.Notes, "\n"), "适用新法进行处罚") {
		t.Errorf("another province is shown Guangdong's rule: %q", elsewhere.Notes)
	}
}

// A permit holder's article is not offered to a party recorded as holding none, and no regime is left hollow beside one that has a penalty.
func TestOfferByPermit(t *testing.T) {
	for _, tc := range []struct {
		code   string
		permit *bool
		want   []string
	}{
		{"LIVESTOCK_FACILITY_ABNORMAL", boolp(false),
			[]string{"并行：畜禽规模养殖污染防治条例: livestock-regulation@2013 13.3 | livestock-regulation@2013 39 | 0-100,000"}},
		{"LIVESTOCK_FACILITY_ABNORMAL", boolp(true), []string{
			"生态环境法典: eco-code@2026 309.2 eco-code@2026 179.2 | eco-code@2026 1104.1 | 20,000-50,000 50,000-200,000",
			"并行：畜禽规模养殖污染防治条例: livestock-regulation@2013 13.3 | livestock-regulation@2013 39 | 0-100,000"}},
		{"WATER_EXCEED", boolp(false), []string{
			"生态环境法典: eco-code@2026 151 | eco-code@2026 1107 | 100,000-1,000,000",
			"并行：广东省环境保护条例: guangdong-env-regulation@2022 21.2 | guangdong-env-regulation@2022 66.2 | 100,000-1,000,000"}},
		{"WATER_EXCEED", boolp(true), []string{
			"生态环境法典: eco-code@2026 151 eco-code@2026 179.2 | eco-code@2026 1107 eco-code@2026 1103* | 100,000-1,000,000 100,000-1,000,000",
			"并行：广东省环境保护条例: guangdong-env-regulation@2022 21.2 | guangdong-env-regulation@2022 66.2 | 100,000-1,000,000",
			"并行：排污许可管理条例: permit-regulation@2021 17.2 | permit-regulation@2021 34.0.1 | 200,000-1,000,000"}},
	} {
		o := offer(t, tc.code, "", "2026-09-01", Circumstances{PermitHolder: tc.permit, DistrictCode: "440785"})
		if got := outline(o); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("Offer(%s, permit %v) =\n%s\nwant\n%s", tc.code, *tc.permit, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

// Outside Guangdong no offer is empty without saying what is missing.
func TestOfferElsewhere(t *testing.T) {
	for _, vt := range Embedded().ViolationTypes() {
		for _, end := range []string{"2024-06-10", "2026-09-01"} {
			o := offer(t, vt.Code, "", end, Circumstances{DistrictCode: "350203"})
			punishable := slices.ContainsFunc(o.Candidates, func(c Candidate) bool { return len(c.Liability) > 0 })
			gap := vt.Notes + strings.Join(o.Notes, "")
			for _, c := range o.Candidates {
				gap += c.Note
			}
			if !punishable && !strings.Contains(gap, "未收录") && !strings.Contains(gap, "没有收录") && !strings.Contains(gap, "缺口") {
				t.Errorf("Offer(%s, %s, 厦门): nothing to punish by, and the notes are %q", vt.Code, end, o.Notes)
			}
			for _, c := range o.Candidates {
				if c.Kind == RegimeBeside && len(c.Breached)+len(c.Liability) == 0 {
					t.Errorf("Offer(%s, %s, 厦门) lists %s, of which nothing is left", vt.Code, end, c.Label)
				}
				said := c.Label + c.Note
				for _, m := range c.Measures {
					said += fmt.Sprint(m.Note, m.Basis)
				}
				for _, p := range c.Penalties {
					said += fmt.Sprint(p.Basis)
				}
				if strings.Contains(said, "广东") || strings.Contains(said, "省条例") || strings.Contains(said, "潭江") {
					t.Errorf("Offer(%s, %s, 厦门) speaks of the law of elsewhere: %s", vt.Code, end, said)
				}
				for _, oc := range slices.Concat(c.Breached, c.Liability) {
					if strings.HasPrefix(oc.LawID, "guangdong") || oc.LawID == "tanjiang-regulation" {
						t.Errorf("Offer(%s, %s, 厦门) lists %s", vt.Code, end, oc.Citation)
					}
				}
			}
		}
	}
}

func TestOfferAcrossTheChange(t *testing.T) {
	all := []string{"2026-08-14 以前的法律", "生态环境法典", "并行：排污许可管理条例"}
	for _, tt := range []struct {
		name, began, end string
		want             []string
		why              string
	}{
		{"last day of the old law", "", "2026-08-14", all[:1], ""},
		{"first day of the Code", "", "2026-08-15", all[1:], "并列"},
		{"began before, ended after", "2026-07-01", "2026-09-01", all, "跨越 2026-08-15"},
		{"began the same month, day unknown", "2026-08", "2026-08-20", all, "跨越 2026-08-15"},
		{"both before", "2026-07-01", "2026-08-14", all[:1], ""},
		{"both after", "2026-08-15", "2026-09-01", all[1:], "并列"},
		{"end known to the month", "", "2026-08", all, "不够精确"},
		{"end known to the year", "", "2026", all, "不够精确"},
		{"end unknown", "2026-07-01", "", all, "未知"},
		{"beginning after the end is not a straddle", "2026-09-01", "2026-08-01", all[:1], ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := offer(t, "WATER_EVASION", tt.began, tt.end, Circumstances{})
			var got []string
			for _, cand := range o.Candidates {
				got = append(got, cand.Label)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Offer(WATER_EVASION, %q, %q) = %q, want %q", tt.began, tt.end, got, tt.want)
			}
			if o.NeedsChoice != (tt.why != "") || !strings.Contains(o.Why, tt.why) {
				t.Errorf("Offer(WATER_EVASION, %q, %q).Why = %q, want %q in it", tt.began, tt.end, o.Why, tt.why)
			}
		})
	}
}

// Whatever the date and the facts, an offer never fails and never cites a version outside its validity.
func TestOfferAlwaysAnswers(t *testing.T) {
	c := Embedded()
	for _, vt := range c.ViolationTypes() {
		for _, end := range []string{"", "2013", "2019-05", "2024-06-10", "2026", "2026-08", "2026-08-15", "2030-01-01"} {
			for _, flag := range []*bool{nil, boolp(true), boolp(false)} {
				o := offer(t, vt.Code, "", end, Circumstances{PermitHolder: flag, InTanjiangBasin: flag, DistrictCode: "440785"})
				if o.NeedsChoice != (o.Why != "") || (len(o.Candidates) > 1 && !o.NeedsChoice) {
					t.Errorf("Offer(%s, %q): %d candidates, choice %v, why %q", vt.Code, end, len(o.Candidates), o.NeedsChoice, o.Why)
				}
				if len(o.Candidates) == 0 && len(o.Notes) == 0 {
					t.Errorf("Offer(%s, %q) is empty and does not say why", vt.Code, end)
				}
				for _, cand := range o.Candidates {
					for _, oc := range append(slices.Clone(cand.Breached), cand.Liability...) {
						v, ok := c.Version(oc.LawID, oc.VersionID)
						on, _ := registry.ParseDate(end)
						if ok && !slices.Contains(c.InForce(oc.LawID, on), v) {
							t.Errorf("Offer(%s, %q) cites %s of %s, not in force", vt.Code, end, oc.Citation, v.Name)
						}
						if (oc.Holding == registry.Held) != (oc.Text != "") || (oc.TextHash != "") != (oc.Text != "") {
							t.Errorf("Offer(%s, %q): %s is %s with text %q", vt.Code, end, oc.Citation, oc.Holding, oc.Text)
						}
					}
				}
			}
		}
	}
}

func TestOfferUnknownType(t *testing.T) {
	_, err := Embedded().Offer("NO_SUCH_TYPE", registry.Date{}, registry.Date{}, Circumstances{})
	if registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("Offer(NO_SUCH_TYPE) error = %v, want not found", err)
	}
}
