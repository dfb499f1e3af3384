package statute

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// lowestAnswers answers a table with the lowest grade of everything.
func lowestAnswers(t *DiscretionTable) DiscretionAnswers {
	a := DiscretionAnswers{Tier: Unanswered, Options: make([]int, len(t.Factors)), Numbers: make([]string, len(t.Factors))}
	if t.BaseOf != nil {
		a.Base = money(1_000_000)
	}
	if t.Mode == ModeTiers {
		a.Tier = 0
	}
	return a
}

func table(t *testing.T, id string) *DiscretionTable {
	t.Helper()
	x, ok := Embedded().DiscretionTable(id)
	if !ok {
		t.Fatalf("DiscretionTable(%s) not found", id)
	}
	return x
}

// before is a day on which both the tables and the law they quote were in force.
var before = registry.Day(2024, 10, 5)

func compute(x *DiscretionTable, a DiscretionAnswers, circ DiscretionCircumstances) (Sheet, error) {
	circ.Statutory = Embedded().DiscretionRanges(x)
	if circ.ActOn.IsZero() {
		circ.ActOn, circ.DecidedOn = before, before
	}
	return x.Compute(a, circ)
}

// Every table: all factors at their lowest and at their highest stay inside the range of the law that the table is for.
func TestEveryTableStaysInTheStatutoryRange(t *testing.T) {
	d := Embedded().Discretion()
	for i := range d.Tables {
		x := &d.Tables[i]
		t.Run(x.ID, func(t *testing.T) {
			if x.Mode == ModeTiers {
				everyTier(t, x)
				return
			}
			for start := range x.Starts {
				for _, variant := range []bool{false, true} {
					if variant && x.Variant == nil {
						continue
					}
					low := lowestAnswers(x)
					low.Start, low.Variant = start, variant
					high := low
					high.Options = make([]int, len(x.Factors))
					for j, f := range x.Factors {
						for k, o := range f.Options {
							if o.Weight > f.Options[high.Options[j]].Weight {
								high.Options[j] = k
							}
						}
					}
					for name, a := range map[string]DiscretionAnswers{"lowest": low, "highest": high} {
						s, err := compute(x, a, DiscretionCircumstances{})
						if err != nil {
							t.Fatalf("%s: %v", name, err)
						}
						if s.Min == nil && x.BaseOf == nil || s.Max == nil || *s.Result < *s.Min || *s.Result > *s.Max ||
							!strings.Contains(s.Check, "在 ") {
							t.Errorf("%s, start %d, variant %v: %s in %v–%v: %q", name, start, variant, s.Result, s.Min, s.Max, s.Check)
						}
						if len(s.Warnings) != 0 {
							t.Errorf("%s: %q", name, s.Warnings)
						}
					}
				}
			}
		})
	}
}

func everyTier(t *testing.T, x *DiscretionTable) {
	for j, tier := range x.Tiers {
		for _, degree := range Degrees {
			a := lowestAnswers(x)
			a.Tier = j
			s, err := compute(x, a, DiscretionCircumstances{Degree: degree})
			if err != nil {
				t.Fatalf("tier %d: %v", j, err)
			}
			if s.Max == nil || tier.Min < *s.Min || tier.Max > *s.Max {
				t.Errorf("%q is not in the statutory range %v–%v", tier.When, s.Min, s.Max)
			}
			if s.Result != nil && (*s.Result < tier.Min || *s.Result > tier.Max) {
				t.Errorf("%q, %s: %s is not in the tier", tier.When, degree, s.Result)
			}
		}
	}
}

func TestComputeWeights(t *testing.T) {
	evasion, exceed := "GD-2.8.1", "GD-2.7.1"
	for _, tt := range []struct {
		name, table string
		options     []int // after the lowest
		variant     bool
		percent     int
		want        int64
	}{
		{"逃避监管, everything lowest: the start alone", evasion, nil, false, 10, 100_000},
		{"偷排, 有毒有害, 限批区, 1 to 5 days", evasion, []int{2, 1, 1, 0, 1, 0}, false, 54, 540_000},
		{"逃避监管, everything highest: exactly 100 %", evasion, []int{2, 1, 3, 1, 3, 3}, false, 100, 1_000_000},
		{"持证单位, below the floor of 20 %", evasion, nil, true, 20, 200_000},
		{"持证单位, above the floor", evasion, []int{2, 1, 1, 0, 1, 0}, true, 54, 540_000},
		{"超标, class B, common place, little water, below 3 times, first", exceed, []int{0, 0, 0, 0, 2, 0}, false, 12, 120_000},
		{"超标, below the least fine of the law", exceed, nil, false, 7, 100_000},
		{"未批先建, 20 % of 5 % of a million", "GD-1.1", nil, false, 20, 10_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := table(t, tt.table)
			a := lowestAnswers(x)
			a.Variant = tt.variant
			copy(a.Options, tt.options)
			s, err := compute(x, a, DiscretionCircumstances{})
			if err != nil {
				t.Fatal(err)
			}
			if s.Percent != tt.percent || s.Result == nil || *s.Result != registry.Yuan(tt.want) {
				t.Errorf("Compute = %d%% %v, want %d%% %d; steps %v", s.Percent, s.Result, tt.percent, tt.want, s.Steps)
			}
			sum := 0
			for _, r := range s.Rows {
				if sum += r.Weight; r.Sum != sum {
					t.Errorf("running sum after %q is %d, want %d", r.Factor, r.Sum, sum)
				}
			}
		})
	}
}

// 未验先投 has three starts, each a share of its own greatest fine.
func TestComputeSeveralStarts(t *testing.T) {
	x := table(t, "GD-1.8")
	for start, want := range []struct {
		min, result int64
	}{{200_000, 200_000}, {1_000_000, 1_000_000}, {50_000, 50_000}} {
		a := lowestAnswers(x)
		a.Start = start
		s, err := compute(x, a, DiscretionCircumstances{})
		if err != nil || *s.Result != registry.Yuan(want.result) || *s.Min != registry.Yuan(want.min) {
			t.Errorf("%s: Compute = %v of at least %v, %v, want %d of %d", x.Starts[start].When, s.Result, s.Min, err, want.result, want.min)
		}
	}
	a := lowestAnswers(x)
	a.Start = Unanswered
	if _, err := compute(x, a, DiscretionCircumstances{}); !names(err, "start") {
		t.Errorf("without a start: %v, want a problem at start", err)
	}
}

func names(err error, fields ...string) bool {
	var e *registry.Error
	if !errors.As(err, &e) || len(e.Fields) != len(fields) {
		return false
	}
	for i, f := range e.Fields {
		if f.Field != fields[i] {
			return false
		}
	}
	return true
}

func TestComputeCaps(t *testing.T) {
	x := *table(t, "GD-2.8.1")
	x.Starts = []DiscretionStart{{Percent: 40}}
	a := lowestAnswers(&x)
	a.Options = []int{2, 1, 3, 1, 3, 3}
	s, err := compute(&x, a, DiscretionCircumstances{})
	if err != nil || s.Percent != 100 || *s.Result != registry.Yuan(1_000_000) {
		t.Errorf("130%% comes to %d%% %v, %v, want 100%% of 1,000,000", s.Percent, s.Result, err)
	}
}

func TestUnknownFactorTakesTheLowest(t *testing.T) {
	x := table(t, "GD-2.5.1")
	a := lowestAnswers(x)
	for i := range a.Options {
		a.Options[i] = UnknownAnswer
	}
	s, err := compute(x, a, DiscretionCircumstances{})
	if err != nil || s.Percent != 10 || !slices.ContainsFunc(s.Rows, func(r SheetRow) bool { return r.Unknown && r.Weight == 0 }) {
		t.Errorf("Compute with nothing known = %d%%, %v, rows %+v, want the start alone, 10%%", s.Percent, err, s.Rows)
	}
	a.Options[3] = Unanswered
	if _, err := compute(x, a, DiscretionCircumstances{}); !names(err, "f3") {
		t.Errorf("an unanswered factor: %v, want a problem at f3", err)
	}
	tiers := table(t, "GD-8.21")
	for group, want := range map[string]int64{"禁养区": 40_000, "饮用水水源保护区": 150_000} {
		s, err := compute(tiers, DiscretionAnswers{Tier: UnknownAnswer, Group: group}, DiscretionCircumstances{})
		if err != nil || *s.Result != registry.Yuan(want) {
			t.Errorf("%s, size unknown: %v, %v, want %d", group, s.Result, err, want)
		}
	}
}

// 以上 includes the number and 以下 does not: at each edge exactly one grade holds, and none is skipped.
func TestBracketEdges(t *testing.T) {
	for _, tt := range []struct {
		table, factor, number, want string
	}{
		{"GD-2.8.1", "违法行为持续时间", "0.5", "1天以下"},
		{"GD-2.8.1", "违法行为持续时间", "1", "1天以上5天以下"},
		{"GD-2.8.1", "违法行为持续时间", "5", "5天以上15天以下"},
		{"GD-2.8.1", "违法行为持续时间", "15", "15天以上"},
		{"GD-2.7.1", "超标因子数目", "3", "3个以上"},
		{"GD-2.7.1", "超标情况", "2.99", "超标3倍以下或超量30%以下"},
		{"GD-2.7.1", "超标情况", "3", "超标3倍以上8倍以下或超量30%以上50%以下"},
		{"GD-2.7.1", "超标情况", "8", "超标8倍以上20倍以下或超量50%以上80%以下"},
		{"GD-2.7.1", "超标情况", "20", "超标20倍以上或超量80%以上"},
		{"GD-2.7.1", "废水日排放量", "49.9", "50吨以下"},
		{"GD-2.7.1", "废水日排放量", "50", "50吨以上200吨以下"},
		{"GD-2.7.1", "废水日排放量", "200", "200吨以上"},
		{"GD-2.5.1", "违法行为持续时间", "3", "3个月以上6个月以下"},
		{"GD-2.5.1", "近二年同类违法行为情况（含本次）", "4", "4次以上"},
		{"GD-2.5.1", "近二年同类违法行为情况（含本次）", "9", "4次以上"},
		{"GD-2.5.1", "近二年同类违法行为情况（含本次）", "0", ""},
		{"GD-2.5.1", "整改情况", "1", ""},
		{"GD-8.22", "", "0.99", "超标1倍以下或超总量20%以下"},
		{"GD-8.22", "", "1", "超标1倍以上3倍以下或超总量20%以上50%以下"},
		{"GD-8.22", "", "3", "超标3倍以上或超总量50%以上"},
		{"GD-3.31", "", "1", "近二年同类违法行为2次以下"},
		{"GD-3.31", "", "2", "2次"},
		{"GD-3.31", "", "3", "3次以上"},
		{"GD-3.34", "", "3", ""}, // two conditions at once: a person chooses
	} {
		x := table(t, tt.table)
		got := ""
		if tt.factor == "" {
			if i, ok := x.TierForNumber(tt.number); ok {
				got = x.Tiers[i].When
			}
		} else {
			i := slices.IndexFunc(x.Factors, func(f DiscretionFactor) bool { return f.Name == tt.factor })
			if j, ok := x.Factors[i].ForNumber(tt.number); ok {
				got = x.Factors[i].Options[j].Label
			}
		}
		if got != tt.want {
			t.Errorf("%s %s: %s falls into %q, want %q", tt.table, tt.factor, tt.number, got, tt.want)
		}
	}
}

func TestSpeciesTiersBeforeConversion(t *testing.T) {
	for _, tt := range []struct {
		table, group, species string
		heads                 int64
		want                  int // tier; -1: the table does not say
	}{
		{"GD-8.23", "", "生猪", 499, 0}, {"GD-8.23", "", "生猪", 500, 1}, {"GD-8.23", "", "生猪", 999, 1}, {"GD-8.23", "", "生猪", 1000, 2},
		{"GD-8.23", "", "蛋鸡", 29_999, 0}, {"GD-8.23", "", "蛋鸡", 30_000, 1}, {"GD-8.23", "", "肉鸡", 60_000, 2},
		{"GD-8.23", "", "奶牛", 100, 1}, {"GD-8.23", "", "肉牛", 200, 2},
		{"GD-8.23", "", "鸭", 10_300, -1}, {"GD-8.23", "", "羊", 600, -1}, {"GD-8.23", "", "鹅", 5000, -1},
		{"GD-4.29", "", "鸭", 30_000, 1}, {"GD-4.29", "", "羊", 500, 1}, {"GD-4.29", "", "生猪", 1500, 3}, {"GD-4.29", "", "肉牛", 299, 2},
		{"GD-8.21", "禁养区", "生猪", 1000, 2}, {"GD-8.21", "饮用水水源保护区", "生猪", 1000, 6}, {"GD-8.21", "", "生猪", 1000, 2},
		{"GD-8.22", "", "生猪", 500, -1},
	} {
		got, _ := table(t, tt.table).TierForHeads(tt.group, tt.species, tt.heads)
		if got != tt.want {
			t.Errorf("%s %s: TierForHeads(%s, %d) = %d, want %d", tt.table, tt.group, tt.species, tt.heads, got, tt.want)
		}
	}
	// 500 pigs and 29,999 hens: each by its own line; a duck farm of 10,300 is not turned into 343 pigs by the program.
	x := table(t, "GD-8.23")
	_, err := compute(x, DiscretionAnswers{Tier: Unanswered, Species: "鸭", Heads: number(10_300)}, DiscretionCircumstances{})
	if !names(err, "tier") {
		t.Errorf("ducks: %v, want the question for a tier", err)
	}
	if s, err := compute(x, DiscretionAnswers{Tier: 0, Species: "鸭", Heads: number(10_300)}, DiscretionCircumstances{}); err != nil ||
		*s.Result != registry.Yuan(5000) {
		t.Errorf("ducks, tier chosen: %v, %v, want 5,000", s.Result, err)
	}
	if _, err := compute(x, DiscretionAnswers{Tier: 0, Species: "生猪", Heads: number(500)}, DiscretionCircumstances{}); !names(err, "tier") {
		t.Errorf("500 pigs in the lowest tier: %v, want a problem at tier", err)
	}
	if s, err := compute(x, DiscretionAnswers{Tier: 3, Species: "生猪", Heads: number(20)}, DiscretionCircumstances{}); err != nil ||
		*s.Result != registry.Yuan(50_000) {
		t.Errorf("20 pigs with grave consequences: %v, %v, want 50,000", s.Result, err)
	}
}

func TestArticleTwelve(t *testing.T) {
	for _, tt := range []struct {
		name, table string
		tier        int
		degree      string
		result      int64 // 0: left to a person
		from, below int64
		closed      bool
	}{
		{"average", "GD-8.23", 1, "一般", 20_000, 10_000, 30_000, false},
		{"lighter: below the average", "GD-8.23", 1, "从轻", 0, 10_000, 20_000, false},
		{"heavier: not below the average", "GD-8.23", 1, "从重", 0, 20_000, 30_000, false},
		{"only an upper end: half", "GD-8.23", 0, "一般", 5_000, 0, 10_000, false},
		{"only an upper end: a fifth", "GD-8.23", 0, "从轻", 2_000, 0, 10_000, false},
		{"only an upper end, heavier: the rules are silent", "GD-8.23", 0, "从重", 0, 0, 10_000, false},
		{"a fixed amount", "GD-8.23", 3, "从重", 50_000, 50_000, 50_000, true},
		{"the misprinted tier", "GD-8.21", 5, "一般", 275_000, 200_000, 350_000, false},
	} {
		x := table(t, tt.table)
		s, err := compute(x, DiscretionAnswers{Tier: tt.tier}, DiscretionCircumstances{Degree: tt.degree})
		if err != nil {
			t.Fatal(err)
		}
		got := int64(0)
		if s.Result != nil {
			got = s.Result.Fen() / 100
		}
		if got != tt.result || *s.From != registry.Yuan(tt.from) || *s.Below != registry.Yuan(tt.below) || s.Closed != tt.closed {
			t.Errorf("%s: %d in %s–%s closed %v, want %d in %d–%d closed %v", tt.name, got, s.From, s.Below, s.Closed, tt.result, tt.from, tt.below,
				tt.closed)
		}
		if doubtful := strings.Contains(strings.Join(s.Warnings, ""), "存疑"); doubtful != (x.Tiers[tt.tier].Note != "") {
			t.Errorf("%s: warnings %q", tt.name, s.Warnings)
		}
	}
}

func TestProposedAmount(t *testing.T) {
	x := table(t, "GD-8.23")
	for _, tt := range []struct {
		degree   string
		proposed int64
		warned   bool
	}{
		{"从轻", 10_000, false}, {"从轻", 19_999, false}, {"从轻", 20_000, true}, {"从重", 20_000, false}, {"从重", 29_999, false},
		{"从重", 30_000, true}, // the next tier's: 以下 does not include it
		{"一般", 20_000, false}, {"一般", 25_000, true},
	} {
		s, err := compute(x, DiscretionAnswers{Tier: 1}, DiscretionCircumstances{Degree: tt.degree, Proposed: money(tt.proposed)})
		if err != nil || (len(s.Warnings) > 0) != tt.warned || *s.Amount() != registry.Yuan(tt.proposed) {
			t.Errorf("%s %d: %v, %q, want warned %v", tt.degree, tt.proposed, err, s.Warnings, tt.warned)
		}
	}
}

func TestApology(t *testing.T) {
	percent := func(n int) *int { return &n }
	exceed, evasion := table(t, "GD-2.7.1"), table(t, "GD-2.8.1")
	heavy := lowestAnswers(exceed)
	heavy.Options = []int{2, 1, 1, 0, 2, 0} // 33 %
	least, light := lowestAnswers(exceed), lowestAnswers(exceed)
	light.Options[4] = 2 // 12 %: 120,000
	zone := lowestAnswers(exceed)
	zone.Options = []int{2, 1, 3, 0, 2, 0} // 45 %, in the first-grade zone of a drinking-water source
	caught := lowestAnswers(evasion)
	caught.Options = []int{2, 1, 1, 0, 1, 0} // 54 %
	lasting := lowestAnswers(evasion)
	lasting.Options = []int{2, 1, 3, 1, 0, 0} // 69 %: first-grade zone, not corrected in time
	for _, tt := range []struct {
		name     string
		x        *DiscretionTable
		a        DiscretionAnswers
		percent  int
		excluded []int
		want     int64
		said     string
	}{
		{"30 % off", exceed, heavy, 30, nil, 231_000, "降低 30%"},
		{"50 % off", exceed, heavy, 50, nil, 165_000, "降低 50%"},
		{"excluded: crime", exceed, heavy, 50, []int{6}, 330_000, "第（六）项情形，不适用"},
		{"excluded twice", exceed, heavy, 50, []int{7, 1}, 330_000, "第（一）、（七）项情形，不适用"},
		{"already the least fine: item 10 by itself", exceed, least, 30, nil, 100_000, "第（十）项情形，不适用"},
		{"less than the least fine", exceed, light, 50, nil, 100_000, "按法定最低额"},
		{"a drinking-water zone was answered", exceed, zone, 50, nil, 450_000, "第（一）项情形，不适用"},
		{"a type that goes to the police", evasion, caught, 50, nil, 540_000, "第（五）项情形，不适用"},
		{"zone, detention and not corrected", evasion, lasting, 30, nil, 690_000, "第（一）、（五）、（七）项情形，不适用"},
		{"ticked as well: named once", evasion, lasting, 30, []int{5, 1}, 690_000, "第（一）、（五）、（七）项情形，不适用"},
	} {
		s, err := compute(tt.x, tt.a, DiscretionCircumstances{Apology: percent(tt.percent), Excluded: tt.excluded})
		if err != nil || *s.Result != registry.Yuan(tt.want) || !strings.Contains(s.Steps[len(s.Steps)-1].Words, tt.said) {
			t.Errorf("%s: %v, %v, %v, want %d and %q", tt.name, s.Result, err, s.Steps, tt.want, tt.said)
		}
	}
	if s, err := compute(table(t, "GD-8.21"), DiscretionAnswers{Tier: 4}, DiscretionCircumstances{Apology: percent(30)}); err != nil ||
		!strings.Contains(s.Steps[len(s.Steps)-1].Words, "第（一）项") {
		t.Errorf("a tier within a drinking-water zone: %v, %v", s.Steps, err)
	}
	for _, off := range []int{29, 51} {
		if _, err := compute(exceed, heavy, DiscretionCircumstances{Apology: percent(off)}); !names(err, "apology") {
			t.Errorf("%d%% off: %v, want a problem at apology", off, err)
		}
	}
	if s, err := compute(table(t, "GD-8.23"), DiscretionAnswers{Tier: 1}, DiscretionCircumstances{Degree: "从轻", Apology: percent(30)}); err != nil || s.Result != nil {
		t.Errorf("an apology on a range: %v, %v, want nothing computed", s.Result, err)
	}
	if list := Embedded().ApologyExclusions(); len(list) != 11 || !strings.Contains(list[4], "移送公安机关行政拘留") {
		t.Errorf("ApologyExclusions() = %d items: %q", len(list), list)
	}
}

func TestJiangmenCoefficient(t *testing.T) {
	x := table(t, "GD-2.8.1")
	a := lowestAnswers(x)
	a.Options[0] = 1 // 20 %
	for coefficient, want := range map[string]int64{"": 200_000, "2": 220_000, "-2": 180_000, "0.5": 205_000, "20": 400_000} {
		s, err := compute(x, a, DiscretionCircumstances{Coefficient: coefficient})
		if err != nil || *s.Result != registry.Yuan(want) || (coefficient != "") != strings.Contains(strings.Join(s.Warnings, ""), "二手来源") {
			t.Errorf("coefficient %q: %v, %v, %q, want %d", coefficient, s.Result, err, s.Warnings, want)
		}
	}
	a.Options = []int{2, 1, 3, 1, 3, 3}
	if s, err := compute(x, a, DiscretionCircumstances{Coefficient: "3"}); err != nil || *s.Result != registry.Yuan(1_000_000) {
		t.Errorf("above the greatest fine: %v, %v, want 1,000,000", s.Result, err)
	}
	for _, bad := range []string{"很多", "21", "--1"} {
		if _, err := compute(x, a, DiscretionCircumstances{Coefficient: bad}); !names(err, "coefficient") {
			t.Errorf("coefficient %q: %v, want a problem", bad, err)
		}
	}
}

func TestValidityIsJudged(t *testing.T) {
	x := table(t, "GD-2.8.1")
	for _, tt := range []struct {
		act, decided registry.Date
		want         []string
	}{
		{registry.Day(2024, 10, 5), registry.Day(2025, 1, 5), nil},
		{registry.Day(2021, 12, 31), registry.Day(2022, 1, 1), []string{"行为在 2021-12-31，早于"}},
		{registry.Day(2026, 8, 14), registry.Day(2026, 12, 31), nil},
		{registry.Day(2026, 8, 15), registry.Day(2027, 1, 1), []string{"决定在 2027-01-01，晚于", "生态环境法典"}},
	} {
		s, err := x.Compute(lowestAnswers(x), DiscretionCircumstances{ActOn: tt.act, DecidedOn: tt.decided,
			Statutory: Embedded().DiscretionRanges(x)})
		if err != nil || len(s.Warnings) != len(tt.want) {
			t.Errorf("%s, %s: %v, %q, want %q", tt.act, tt.decided, err, s.Warnings, tt.want)
			continue
		}
		for i, w := range tt.want {
			if !strings.Contains(s.Warnings[i], w) {
				t.Errorf("%s, %s: %q, want %q", tt.act, tt.decided, s.Warnings, tt.want)
			}
		}
	}
}

func TestContradictingAnswers(t *testing.T) {
	x := table(t, "GD-2.8.1")
	a := lowestAnswers(x)
	a.Options[4], a.Numbers[4] = 0, "5"
	if _, err := compute(x, a, DiscretionCircumstances{}); !names(err, "f4") {
		t.Errorf("5 days answered as less than one: %v, want a problem at f4", err)
	}
	a.Options[4] = Unanswered
	if s, err := compute(x, a, DiscretionCircumstances{}); err != nil || s.Percent != 18 {
		t.Errorf("5 days: %d%%, %v, want 18%%", s.Percent, err)
	}
	if _, err := compute(table(t, "GD-1.1"), DiscretionAnswers{Options: make([]int, 6)}, DiscretionCircumstances{}); !names(err, "base") {
		t.Errorf("without the investment: %v, want a problem at base", err)
	}
	empty := DiscretionAnswers{Tier: Unanswered}
	if _, err := compute(table(t, "GD-8.22"), empty, DiscretionCircumstances{}); !names(err, "tier") {
		t.Errorf("without a tier: %v, want a problem at tier", err)
	}
	var fields []string
	for i := range x.Factors {
		fields = append(fields, fmt.Sprintf("f%d", i))
	}
	if _, err := compute(x, empty, DiscretionCircumstances{}); !names(err, fields...) {
		t.Errorf("without any answer: %v, want a problem at each factor", err)
	}
}

// Options that speak of a drinking-water zone or of an act not corrected in time carry the item of 第十四条 that they meet, and a sheet lists
// the rules it does not compute.
// 环境敏感区 takes in 饮用水水源保护区 (第十九条) and 生态保护红线 stands beside it: such a grade neither excludes nor allows, so the sheet asks.
func TestApologyIsAskedWhereTheGradeIsWider(t *testing.T) {
	wider := func(label string) int {
		named := strings.Contains(label, "环境敏感区") && !strings.Contains(label, "人居") || strings.Contains(label, "生态保护红线")
		apart := strings.Contains(label, "以外") || strings.Contains(label, "除饮用水水源保护区")
		if named && !apart {
			return 1
		}
		return 0
	}
	marked := 0
	for _, x := range Embedded().Discretion().Tables {
		for _, f := range x.Factors {
			for _, o := range f.Options {
				if marked += o.AskApology; o.AskApology != wider(o.Label) && o.NoApology == 0 {
					t.Errorf("%s %s %s: asks %d, want %d", x.ID, f.Name, o.Label, o.AskApology, wider(o.Label))
				}
			}
		}
		for _, tier := range x.Tiers {
			if marked += tier.AskApology; tier.AskApology != wider(tier.When) && tier.NoApology == 0 {
				t.Errorf("%s %s: asks %d, want %d", x.ID, tier.When, tier.AskApology, wider(tier.When))
			}
		}
	}
	x := table(t, "GD-2.7.1")
	a := lowestAnswers(x)
	for i, f := range x.Factors {
		for n, o := range f.Options {
			if o.AskApology != 0 {
				a.Options[i] = n
			}
		}
	}
	off := 30
	s, err := compute(x, a, DiscretionCircumstances{Apology: &off})
	if err != nil || s.Result == nil || !strings.Contains(strings.Join(s.Warnings, ""), "第（一）项") {
		t.Errorf("an apology with a wider grade: %+v, %v, want a result and a warning", s, err)
	}
	s, err = compute(x, a, DiscretionCircumstances{Apology: &off, Excluded: []int{1}})
	if err != nil || strings.Contains(strings.Join(s.Warnings, ""), "可能属于") {
		t.Errorf("an item ticked is not asked again: %q, %v", s.Warnings, err)
	}
	if marked != 8 {
		t.Errorf("%d grades ask, want 8", marked)
	}
}

func TestNoApologyIsMarked(t *testing.T) {
	item := func(words string) int {
		switch {
		case words == "饮用水水源一级保护区", strings.HasPrefix(words, "饮用水水源保护区："):
			return 1
		case strings.HasPrefix(words, "逾期未"), strings.HasSuffix(words, "逾期未完成"), strings.Contains(words, "拒不改正："):
			return 7
		}
		return 0
	}
	for _, x := range Embedded().Discretion().Tables {
		for _, f := range x.Factors {
			for _, o := range f.Options {
				if o.NoApology != item(o.Label) {
					t.Errorf("%s %s %s: item %d, want %d", x.ID, f.Name, o.Label, o.NoApology, item(o.Label))
				}
			}
		}
		for _, tier := range x.Tiers {
			if tier.NoApology != item(tier.When) {
				t.Errorf("%s %s: item %d, want %d", x.ID, tier.When, tier.NoApology, item(tier.When))
			}
		}
	}
	x := table(t, "GD-2.8.1")
	s, err := compute(x, lowestAnswers(x), DiscretionCircumstances{})
	if err != nil || len(s.Aside) != 5 || !strings.Contains(strings.Join(s.Aside, ""), "第十七条") {
		t.Errorf("rules set aside: %q, %v", s.Aside, err)
	}
}
