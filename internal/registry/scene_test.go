package registry

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A scene says facts only, in words that the record takes, and every gap in it is asked.
func TestScenes(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Scenes {
		typed, asked := map[string]string{}, map[string]bool{}
		for _, g := range s.Gaps {
			typed[g.Name], asked["{"+g.Name+"}"] = "某处", true
		}
		for _, gap := range regexp.MustCompile(`\{[^}]*\}`).FindAllString(s.Text, -1) {
			if !asked[gap] {
				t.Errorf("%s: the gap %s is not asked", s.Name, gap)
			}
		}
		all, least := s.Say(typed), s.Say(nil)
		if strings.ContainsAny(all, "{}[]＿") || strings.ContainsAny(least, "{}[]") {
			t.Errorf("%s says %q, and without its gaps %q", s.Name, all, least)
		}
		if doubts := DoubtfulWords(all); len(doubts) > 0 {
			t.Errorf("%s: %v", s.Name, doubts)
		}
		x := Inspection{FarmID: 1, Findings: all, Result: s.Result, Path: DischargePath{Nodes: s.Places(typed)}}
		x.Clean()
		if err := x.Validate(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		if seen[s.Code] || seen[s.Name] || len(s.Shots) == 0 {
			t.Errorf("%s is there twice, or says nothing to photograph", s.Name)
		}
		seen[s.Code], seen[s.Name] = true, true
	}
	if len(Scenes) != 11 {
		t.Errorf("%d scenes", len(Scenes))
	}
}

func TestReadGrid(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"the columns of the grid", "S1\t排口\t废水\t09:10\t氨氮\t121\tmg/L\r\n\t\t\t\t总磷\t9.1\tmg/L\r\n", "S1 排口 09:10 氨氮=121mg/L 总磷=9.1mg/L"},
		{"headings in another order", "项目\t结果\t点位\n氨氮\t121\t排口\n氨氮\t3\t沟\n", "排口 氨氮=121 | 沟 氨氮=3"},
		{"pollutants as headings", "编号\t点位\t氨氮（mg/L）\t总磷(mg/L)\nS1\t排口\t121\t\nS2\t沟\t\t0.4\n", "S1 排口 氨氮=121mg/L | S2 沟 总磷=0.4mg/L"},
		{"a sample without a result", "S1\t排口\n", "S1 排口"},
		{"blank lines", "\n\n", ""},
	} {
		rows, err := ReadGrid(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		samples, places := SamplesOfGrid(rows, Day(2024, 12, 16))
		var all []string
		for _, s := range samples {
			words := []string{}
			for _, w := range []string{s.Code, s.Point, s.SampledTime} {
				if w != "" {
					words = append(words, w)
				}
			}
			for _, r := range s.Results {
				words = append(words, r.Pollutant+"="+r.Value+r.Unit)
			}
			all = append(all, strings.Join(words, " "))
		}
		if got := strings.Join(all, " | "); got != tt.want || len(places) != len(rows) {
			t.Errorf("%s: %q, want %q (%d places of %d rows)", tt.name, got, tt.want, len(places), len(rows))
		}
	}
	if _, err := ReadGrid("a\tb\tc\td\te\tf\tg\th\ti\tj\tk\n"); err == nil || !strings.Contains(err.Error(), "11 格") {
		t.Errorf("too many cells: %v", err)
	}
}

func TestSampleTimesOdd(t *testing.T) {
	x := Inspection{StartedOn: Day(2024, 12, 16), StartTime: "09:00", EndTime: "10:00"}
	odd := SampleTimesOdd(&x, []Sample{{Code: "S1", SampledTime: "08:50"}, {Code: "S2", SampledTime: "09:30"}, {Code: "S3", SampledTime: "09:20"}, {Code: "S4", SampledTime: "10:10"}, {Code: "S5", SampledOn: Day(2024, 12, 17), SampledTime: "08:00"}})
	if len(odd) != 3 || !strings.Contains(odd[0], "早于检查开始") || !strings.Contains(odd[1], "“S3”") || !strings.Contains(odd[2], "晚于检查结束") {
		t.Errorf("%s", strings.Join(odd, "\n"))
	}
	if odd := SampleTimesOdd(&x, []Sample{{SampledTime: "09:10"}, {SampledTime: "09:10"}, {}}); slices.Contains(odd, "") || len(odd) != 0 {
		t.Errorf("in order: %v", odd)
	}
}

func TestDatesOfTheKeypad(t *testing.T) {
	for typed, want := range map[string]string{"202610": "2026-10", "20261005": "2026-10-05", "2026": "2026"} {
		if d, err := ParseDate(typed); err != nil || d.String() != want {
			t.Errorf("ParseDate(%s) = %s, %v; want %s", typed, d, err, want)
		}
	}
	if d, err := ParseDate("202613"); err == nil {
		t.Errorf("ParseDate(202613) = %s", d)
	}
}
