package statute

import (
	"fmt"
	"io/fs"

	"casebook/internal/registry"
)

// Units a deadline is counted in. 工作日 or 日历日 is a property of each rule's own law, never of the register.
const (
	UnitCalendarDay = "日历日"
	UnitWorkingDay  = "工作日"
	UnitHour        = "小时"
	UnitMonth       = "月"
	UnitYear        = "年"
)

// Deadline is one procedural clock, as data.
type Deadline struct {
	Code                string
	Name                string
	Actor               string // 行政机关, 当事人, 公安机关, …
	StartsAt            string // in words; 倒计 where it counts backwards
	Length              *int   // nil: a formula, see Unit and Note
	Back                bool   // counted back from the day it starts at: something must be done before it
	Unit                string
	Extension           string
	ExtensionConfidence string
	Cap                 string
	Basis               []Reference // empty where the article was not verified
	Confidence          string
	From, To            registry.Date // zero: not verified, an old case may have had another length
	Note                string
	// What becomes of an end that falls on a day of rest; each period in calendar days, months or years has one of the three. Roll is the
	// article by which it moves to the next working day: the civil procedure's for a party's right or payment (applied by analogy outside a
	// lawsuit), or the rule's own. NoRoll says in Chinese why it stays: a limit on an authority's power ends when it ends. RollDoubt says that
	// no provision held settles it: the earlier day is shown, and an act on the next working day is not called late.
	Roll      *Reference
	NoRoll    string
	RollDoubt string
}

// WorkingDayRule says which periods of one law are working days.
type WorkingDayRule struct {
	Basis      Reference
	Rule       string
	Confidence string
}

// HearingThreshold is an amount from which a fine counts as large (较大数额) and a hearing must be offered. Two scopes are
// on record and which prevails was not verified: both are shown.
type HearingThreshold struct {
	Scope        string         `json:"scope"` // in words
	Code         string         `json:"code"`  // GB/T 2260 prefix of where a local one holds; empty: everywhere
	Citizen      registry.Money `json:"citizen_yuan"`
	Organisation registry.Money `json:"organisation_yuan"`
	Confidence   string         `json:"confidence"`
	Source       string         `json:"source"`
	Note         string         `json:"note"`
}

// CalendarDay is a day on which work and rest differ from the week: a holiday, or a weekend day worked instead (调休).
type CalendarDay struct {
	Date       registry.Date `json:"date"`
	Holiday    bool          `json:"holiday"` // false: 调休上班
	Name       string        `json:"name"`
	Source     string        `json:"source,omitempty"`
	Confidence string        `json:"confidence,omitempty"`
	Year       int           `json:"year,omitempty"` // of the notice that named it: 元旦 may begin in the December before; 0: the day's own
}

// Calendar is what the State Council announced. A weekend day it does not name is a day of rest. Years it does not reach are
// unknown and must not be computed: say 日历未录入.
type Calendar struct {
	Days []CalendarDay // ascending
	Note string
}

// Covers reports whether the calendar has announcements for a year.
func (c Calendar) Covers(year int) bool {
	for _, d := range c.Days {
		if d.notice() == year {
			return true
		}
	}
	return false
}

// NoticeMissing names the year whose notice should be there by a day and is not: this year's, or, from 1 October on, the next one's, since
// in autumn the year to come is announced and terms begin to reach into it. ok is false where nothing is missing.
func (c Calendar) NoticeMissing(today registry.Date) (year int, ok bool) {
	year, month, _ := today.YMD()
	switch {
	case !c.Covers(year):
		return year, true
	case month >= 10 && !c.Covers(year+1):
		return year + 1, true
	}
	return 0, false
}

// Discretion is the province's 裁量 rules as data. DiscretionTable.Compute works a table through; what is decided is a person's.
type Discretion struct {
	Instrument       string           `json:"instrument"`
	From             registry.Date    `json:"from"`
	To               registry.Date    `json:"to"`
	BoundsRule       string           `json:"bounds_rule"` // 以上 includes the number, 以下 does not: tiers are [min, max)
	Modes            []DiscretionMode `json:"modes"`
	ApologyReduction string           `json:"apology_reduction"`
	// Aside are the rules that no table computes: a sheet lists them, so that nobody takes its amount for the whole of the rules.
	Aside         []string          `json:"aside"`
	UnknownFactor string            `json:"unknown_factor"`
	Scope         string            `json:"scope"` // GB/T 2260 prefix of where the rules hold
	Local         LocalDiscretion   `json:"local"`
	Warning       string            `json:"warning"`
	Confidence    string            `json:"confidence"`
	Source        string            `json:"source"`
	Tables        []DiscretionTable `json:"tables"`
}

// DiscretionMode explains one way of arriving at an amount.
type DiscretionMode struct {
	Name string `json:"name"`
	Rule string `json:"rule"`
}

// LocalDiscretion is the city's own rule on top; empty where the city has none.
type LocalDiscretion struct {
	Scope      string `json:"scope"` // GB/T 2260 prefix of the city
	Name       string `json:"name"`  // in short: 某市细则
	Instrument string `json:"instrument"`
	Formula    string `json:"formula"`
	Confidence string `json:"confidence"`
	Source     string `json:"source"`
}

// The modes of a DiscretionTable.
const (
	ModeWeights = "权重累加" // start + the weights of the factors, at most CapPercent, of Base
	ModeTiers   = "幅度罚款" // a tier gives a range
)

// DiscretionTable is one table of the rules, for one violation type.
type DiscretionTable struct {
	ID         string              `json:"id"`
	Section    string              `json:"section"`
	Violation  string              `json:"violation"`
	Mode       string              `json:"mode"`
	Formula    string              `json:"formula"`
	Base       *registry.Money     `json:"base_yuan"` // nil: BaseOf or the start says of what
	BaseOf     *DiscretionBase     `json:"base_of"`
	CapPercent int                 `json:"cap_pct"`
	Starts     []DiscretionStart   `json:"starts"`
	Factors    []DiscretionFactor  `json:"factors"`
	Tiers      []DiscretionTier    `json:"tiers"`
	Variant    *DiscretionTableFor `json:"variant"`
	Notes      []string            `json:"notes"`
	// NoApology is the item of 第十四条第一款 by which acts of this table are never reduced for a public apology; 0: none. Options and tiers
	// have one of their own.
	NoApology int `json:"no_apology"`

	rules *Discretion // the instrument that the table belongs to
}

// DiscretionBase is the greatest fine of the law where it is a share of an amount of the case: 建设项目总投资额的 5%.
type DiscretionBase struct {
	Of      string `json:"of"`
	Percent int    `json:"pct"`
}

// DiscretionStart is the 裁量起点, perhaps one of several.
type DiscretionStart struct {
	When    string          `json:"when"`
	Percent int             `json:"pct"`
	Base    *registry.Money `json:"base_yuan"` // nil: the table's
}

// DiscretionFactor is one factor with its graded options.
type DiscretionFactor struct {
	Name    string             `json:"factor"`
	Options []DiscretionOption `json:"options"`
}

// DiscretionOption is one grade and its weight in percent.
type DiscretionOption struct {
	Label     string `json:"label"`
	Weight    int    `json:"weight_pct"`
	NoApology int    `json:"no_apology"`
	// AskApology is an item that the grade may meet, since it covers more than the item: 生态环境敏感区 and 饮用水水源保护区.
	AskApology int `json:"ask_apology"`
}

// DiscretionTier is one range.
type DiscretionTier struct {
	When string         `json:"when"`
	Min  registry.Money `json:"min_yuan"`
	Max  registry.Money `json:"max_yuan"`
	Note string         `json:"note"`
	// Group tells the tiers apart that belong to different legal ranges of one article; empty where there is one range.
	Group string `json:"group"`
	// Scale is the tier by head of each species, as the table writes it: species first, nothing converted to pigs.
	Scale      []TierScale `json:"scale"`
	NoApology  int         `json:"no_apology"`
	AskApology int         `json:"ask_apology"` // as of an option
}

// TierScale is a tier's bounds for some species: from From, less than Below; nil is open.
type TierScale struct {
	Species []string `json:"species"` // registry.Species
	Unit    string   `json:"unit"`
	From    *int64   `json:"from"`
	Below   *int64   `json:"below"`
}

// DiscretionTableFor is the same table under another law with a floor.
type DiscretionTableFor struct {
	Section      string `json:"section"`
	Basis        string `json:"basis"`
	FloorPercent int    `json:"floor_pct"`
	Note         string `json:"note"`
}

func (c *Catalogue) loadRules(fsys fs.FS) error {
	if err := c.loadDeadlines(fsys); err != nil {
		return err
	}
	var cal struct {
		Note    string   `json:"note"`
		Sources []string `json:"sources"`
		Days    []struct {
			Date       registry.Date `json:"date"`
			Kind       string        `json:"kind"`
			Name       string        `json:"name"`
			Source     int           `json:"source"`
			Confidence string        `json:"confidence"`
		} `json:"days"`
	}
	if err := readJSON(fsys, "calendar.json", &cal); err != nil {
		return err
	}
	c.calendar.Note = cal.Note
	for i, d := range cal.Days {
		if d.Kind != "holiday" && d.Kind != "workday" || d.Source < 1 || d.Source > len(cal.Sources) || d.Date.Precision() != registry.PrecisionDay ||
			i > 0 && d.Date.Compare(cal.Days[i-1].Date) <= 0 {
			return fmt.Errorf("calendar.json: day %d (%s) is malformed or out of order", i+1, d.Date)
		}
		c.calendar.Days = append(c.calendar.Days,
			CalendarDay{Date: d.Date, Holiday: d.Kind == "holiday", Name: d.Name, Source: cal.Sources[d.Source-1], Confidence: d.Confidence})
	}
	if err := readJSON(fsys, "discretion.json", &c.discretion); err != nil {
		return err
	}
	for i := range c.discretion.Tables {
		t := &c.discretion.Tables[i]
		t.rules = &c.discretion
		if t.Base != nil {
			fen(t.Base)
		}
		for j := range t.Starts {
			if t.Starts[j].Base != nil {
				fen(t.Starts[j].Base)
			}
		}
		for j := range t.Tiers {
			fen(&t.Tiers[j].Min)
			fen(&t.Tiers[j].Max)
		}
	}
	return nil
}

// fen turns an amount just read from a file, where it is whole 元, into Money.
func fen(m *registry.Money) { *m = registry.Yuan(int64(*m)) }

func (c *Catalogue) loadDeadlines(fsys fs.FS) error {
	var f struct {
		WorkingDays []struct {
			Basis      string `json:"basis"`
			Rule       string `json:"rule"`
			Confidence string `json:"confidence"`
		} `json:"working_days"`
		HearingThresholds []HearingThreshold `json:"hearing_thresholds"`
		Deadlines         []struct {
			Code                string        `json:"code"`
			Name                string        `json:"name"`
			Actor               string        `json:"actor"`
			StartsAt            string        `json:"starts_at"`
			Length              *int          `json:"length"`
			Unit                string        `json:"unit"`
			Extension           string        `json:"extension"`
			ExtensionConfidence string        `json:"extension_confidence"`
			Cap                 string        `json:"cap"`
			Basis               []reference   `json:"basis"`
			Confidence          string        `json:"confidence"`
			From                registry.Date `json:"from"`
			To                  registry.Date `json:"to"`
			Note                string        `json:"note"`
			Roll                string        `json:"roll"`
			NoRoll              string        `json:"no_roll"`
			Back                bool          `json:"back"`
			RollDoubt           string        `json:"roll_doubt"`
		} `json:"deadlines"`
		Note string `json:"note"`
	}
	if err := readJSON(fsys, "deadlines.json", &f); err != nil {
		return err
	}
	for _, w := range f.WorkingDays {
		ref, err := c.Reference(w.Basis)
		if err != nil {
			return fmt.Errorf("deadlines.json: %w", err)
		}
		c.workingDays = append(c.workingDays, WorkingDayRule{ref, w.Rule, w.Confidence})
	}
	c.hearings = f.HearingThresholds
	for i := range c.hearings {
		fen(&c.hearings[i].Citizen)
		fen(&c.hearings[i].Organisation)
	}
	c.deadlineNote = f.Note
	for _, j := range f.Deadlines {
		basis, err := c.references(j.Basis)
		if err != nil {
			return fmt.Errorf("deadlines.json: %s: %w", j.Code, err)
		}
		var roll *Reference
		if j.Roll != "" {
			ref, err := c.Reference(j.Roll)
			if err != nil {
				return fmt.Errorf("deadlines.json: %s: %w", j.Code, err)
			}
			roll = &ref
		}
		c.deadlines = append(c.deadlines, Deadline{
			Roll: roll, NoRoll: j.NoRoll, RollDoubt: j.RollDoubt, Back: j.Back,
			Code: j.Code, Name: j.Name, Actor: j.Actor, StartsAt: j.StartsAt, Length: j.Length, Unit: j.Unit, Extension: j.Extension,
			ExtensionConfidence: j.ExtensionConfidence, Cap: j.Cap, Basis: basis, Confidence: j.Confidence, From: j.From, To: j.To, Note: j.Note,
		})
	}
	return nil
}

// Deadlines lists the procedural clocks in the order of a case.
func (c *Catalogue) Deadlines() []Deadline { return c.deadlines }

// DeadlineNote is what must be said beside any list of deadlines.
func (c *Catalogue) DeadlineNote() string { return c.deadlineNote }

// Deadline finds a clock by its code.
func (c *Catalogue) Deadline(code string) (Deadline, bool) {
	for _, d := range c.deadlines {
		if d.Code == code {
			return d, true
		}
	}
	return Deadline{}, false
}

// WorkingDayRules lists which law counts which periods in working days.
func (c *Catalogue) WorkingDayRules() []WorkingDayRule { return c.workingDays }

// HearingThresholds lists the amounts from which a hearing must be offered, by scope.
func (c *Catalogue) HearingThresholds() []HearingThreshold { return c.hearings }

// Calendar is the announced holidays and 调休 days: the seed of the calendar an administrator keeps.
func (c *Catalogue) Calendar() Calendar { return c.calendar }

// Discretion is the province's 裁量 rules.
func (c *Catalogue) Discretion() *Discretion { return &c.discretion }

// DiscretionTable finds a table by its key, as ViolationType.Discretion names it.
func (c *Catalogue) DiscretionTable(id string) (*DiscretionTable, bool) {
	for i := range c.discretion.Tables {
		if c.discretion.Tables[i].ID == id {
			return &c.discretion.Tables[i], true
		}
	}
	return nil, false
}
