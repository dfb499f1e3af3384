package registry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/lazyregexp"
)

// BureauID identifies the bureau's row. A register belongs to one bureau: there is only row 1.
type BureauID int64

// TheBureau is the one row.
const TheBureau BureauID = 1

// Bureau is the 市生态环境局 that keeps this register: what differs from one city to the next and is asked for by a rule or shown on a page.
// An administrator edits it; functions that depend on the city take it as a value. What is said of it must not be changed by who reads it.
type Bureau struct {
	ID BureauID `json:"id"`
	Meta
	Name      string     `json:"name"`       // in full, as on the seal: issuer of bulletins, maker of ledgers
	ShortName string     `json:"short_name"` // 市生态环境局: in running text of a bulletin
	City      District   `json:"city"`       // Branch stays empty
	Districts []District `json:"districts"`  // the 县（市、区） it serves, in the order of lists and tables
	Series    string     `json:"series"`     // pattern of its document numbers, see SeriesParts
	Basin     string     `json:"basin"`      // …流域: the basin with a regulation of its own (Farm.InTanjiang); empty: there is none
	Area      Area       `json:"area"`
	Visits    VisitCap   `json:"visits,omitzero"`

	Bulletins BulletinTemplate `json:"bulletins,omitzero"` // what a new 典型案例通报 begins with
	Approval  []ApprovalStep   `json:"approval"`           // what a bulletin goes through after its drafting; empty: ApprovalChain says

	OwnBranchOnly bool   `json:"own_branch_only"`          // officers of a branch read its records only; off: everybody reads the whole city's
	PublicSite    bool   `json:"public_site"`              // published bulletins are read under /public without signing in; off: every address there answers 404
	PublicContact string `json:"public_contact,omitempty"` // where readers of the site tell what is wrong: a telephone, a mailbox
	RoundHeads    bool   `json:"round_heads"`              // drafts of bulletins tell head counts rounded: 约1300头
}

// District is a county-level division, with the unit of the bureau that handles its cases; or the city itself.
type District struct {
	Code   string `json:"code"`   // GB/T 2260, six digits
	Name   string `json:"name"`   // 恩平市
	Short  string `json:"short"`  // 恩平
	Abbr   string `json:"abbr"`   // 恩: the character in document numbers (江恩环罚)
	Branch string `json:"branch"` // 恩平分局; empty: the bureau handles the district's cases itself
}

// Area is the box of degrees in which the city lies, an approximate one, with a margin. Zero: not known, and nothing is doubted.
type Area struct {
	West  float64 `json:"west"`
	East  float64 `json:"east"`
	South float64 `json:"south"`
	North float64 `json:"north"`
}

// SeriesParts are what a number pattern is put together from, each written once: 江{区}环{字}〔{年}〕{号}号. {区} is District.Abbr, empty where
// the city itself numbers; {字} is DocumentKind.Code. A city without district characters leaves {区} out.
var SeriesParts = struct{ District, Kind, Year, Number string }{"{区}", "{字}", "{年}", "{号}"}

// maxDistricts is more than any city has: Chongqing has 38.
const maxDistricts = 60

// Clean normalises what was typed.
func (b *Bureau) Clean() {
	b.Name, b.ShortName, b.Basin, b.PublicContact = CleanText(b.Name), CleanText(b.ShortName), CleanText(b.Basin), CleanText(b.PublicContact)
	const year = "2024" // stands in for {年}: only brackets around four digits are the year's
	b.Series = strings.Replace(NormalizeDocNumber(strings.Replace(b.Series, SeriesParts.Year, year, 1)), year, SeriesParts.Year, 1)
	b.Visits.Source = CleanText(b.Visits.Source)
	b.Bulletins.clean()
	b.City.clean()
	for i := range b.Districts {
		b.Districts[i].clean()
	}
	for i := range b.Approval {
		b.Approval[i].clean()
	}
}

func (d *District) clean() {
	d.Code = NormalizeCode(d.Code)
	for _, s := range []*string{&d.Name, &d.Short, &d.Abbr, &d.Branch} {
		*s = CleanText(*s)
	}
}

var (
	cityCode   = lazyregexp.New(`^[1-9]\d{3}00$`)
	countyCode = lazyregexp.New(`^[1-9]\d{5}$`)
)

// Validate checks the bureau.
func (b *Bureau) Validate() error {
	var p Problems
	p.required("name", b.Name, "本局名称")
	p.text("name", b.Name, maxName)
	p.required("short_name", b.ShortName, "行文简称")
	p.text("short_name", b.ShortName, 50)
	p.text("basin", b.Basin, 30)
	p.text("public_contact", b.PublicContact, 200)
	if !cityCode.MatchString(b.City.Code) {
		p.Add("city.code", "城市代码“%s”应为六位数字，末两位是 00", clip(b.City.Code, 10))
	}
	p.required("city.name", b.City.Name, "城市名称")
	b.City.texts(&p, "city.")
	b.districts(&p)
	b.series(&p)
	b.Area.validate(&p)
	b.Visits.validate(&p)
	b.Bulletins.validate(&p, "bulletins.")
	b.approval(&p)
	return p.Err()
}

func (d *District) texts(p *Problems, at string) {
	p.text(at+"name", d.Name, 30)
	p.text(at+"short", d.Short, 20)
	p.text(at+"abbr", d.Abbr, 4)
	p.text(at+"branch", d.Branch, 50)
}

func (b *Bureau) districts(p *Problems) {
	if n := len(b.Districts); n == 0 || n > maxDistricts {
		p.Add("districts", "请填写 1 至 %d 个县（市、区）", maxDistricts)
		return
	}
	codes, names := map[string]bool{b.City.Code: true}, map[string]bool{}
	for i, d := range b.Districts {
		at := func(f string) string { return fieldAt("districts", i, f) }
		switch {
		case !countyCode.MatchString(d.Code):
			p.Add(at("code"), "辖区代码“%s”应为六位数字", clip(d.Code, 10))
		case codes[d.Code]:
			p.Add(at("code"), "代码 %s 重复", d.Code)
		}
		if p.required(at("name"), d.Name, "辖区名称"); d.Name != "" && names[d.Name] {
			p.Add(at("name"), "“%s”重复", d.Name)
		}
		p.required(at("short"), d.Short, "辖区简称")
		if d.Abbr == "" && strings.Contains(b.Series, SeriesParts.District) {
			p.Add(at("abbr"), "文号格式含%s，请填写这个辖区在文号里用的字", SeriesParts.District)
		}
		d.texts(p, fieldAt("districts", i, ""))
		codes[d.Code], names[d.Name] = true, true
	}
}

// series asks that a number made from the pattern be one that NumberDoubts takes.
func (b *Bureau) series(p *Problems) {
	for _, part := range []string{SeriesParts.Kind, SeriesParts.Year, SeriesParts.Number} {
		if strings.Count(b.Series, part) != 1 {
			p.Add("series", "文号格式里%s应写一次", part)
			return
		}
	}
	if strings.Count(b.Series, SeriesParts.District) > 1 || !docNumber.MatchString(b.number("区", "字", 2024, "1")) {
		p.Add("series", "文号格式应像“甲{区}环{字}〔{年}〕{号}号”")
	}
}

func (a Area) validate(p *Problems) {
	if a == (Area{}) {
		return
	}
	if !(a.West >= 73 && a.West < a.East && a.East <= 136) {
		p.Add("area.west", "经度范围应由西向东，在 73 至 136 之间；不知道的四项都留空")
	}
	if !(a.South >= 3 && a.South < a.North && a.North <= 54) {
		p.Add("area.south", "纬度范围应由南向北，在 3 至 54 之间；不知道的四项都留空")
	}
}

// District finds a district that the bureau serves.
func (b *Bureau) District(code string) (d District, ok bool) {
	i := slices.IndexFunc(b.Districts, func(d District) bool { return d.Code == code })
	if i < 0 {
		return District{}, false
	}
	return b.Districts[i], true
}

// DistrictName is the full name for a code, also the city's own; a code from elsewhere is shown as it is.
func (b *Bureau) DistrictName(code string) string {
	if d, ok := b.District(code); ok {
		return d.Name
	}
	if code == b.City.Code {
		return b.City.Name
	}
	return code
}

// Sample is the district that examples on forms speak of: the last.
func (b *Bureau) Sample() District {
	if n := len(b.Districts); n > 0 {
		return b.Districts[n-1]
	}
	return b.City
}

// SampleNumber is a number of the bureau's series, of a decision in the Sample district: 江恩环罚〔2024〕12号.
func (b *Bureau) SampleNumber() string { return b.number(b.Sample().Abbr, "罚", 2024, "12") }

// Names are what the bureau and its city are called: words that make no password.
func (b *Bureau) Names() []string { return []string{b.Name, b.City.Name, b.City.Short} }

// Accepts refuses a record whose place the bureau does not serve. Records without a place are accepted.
func (b *Bureau) Accepts(r Record) error {
	var code string
	switch x := r.(type) {
	case *Farm:
		code = x.DistrictCode
	case *Inspection:
		code = x.DistrictCode
	case *Case:
		code = x.DistrictCode
	case *ZoneMap:
		code = x.DistrictCode
	case *Organ:
		if code = x.DistrictCode; code == b.City.Code {
			return nil
		}
	}
	if _, ok := b.District(code); ok || !countyCode.MatchString(code) {
		return nil // what is no code at all, Validate has said
	}
	return Invalid("district_code", "辖区代码“%s”不是%s的县（市、区）", clip(code, 10), b.City.Name)
}

// Organs are the bureau and its branches, as a new register begins with them.
func (b *Bureau) Organs() []Organ {
	list := []Organ{{Name: b.Name, ShortName: "市局", Kind: "市局", DistrictCode: b.City.Code, Abbr: b.City.Abbr, Active: true}}
	for _, d := range b.Districts {
		if d.Branch != "" {
			list = append(list, Organ{Name: b.Name + d.Branch, ShortName: d.Branch, Kind: "分局", DistrictCode: d.Code, Abbr: d.Abbr, Active: true})
		}
	}
	return list
}

// Handling names the unit that handles a district's cases, as a bulletin does: 市生态环境局恩平分局.
func (b *Bureau) Handling(districtCode string) string {
	d, _ := b.District(districtCode)
	return b.ShortName + d.Branch
}

// number writes a document number of the bureau's series.
func (b *Bureau) number(abbr, kindCode string, year int, n string) string {
	return strings.NewReplacer(SeriesParts.District, abbr, SeriesParts.Kind, kindCode, SeriesParts.Year, strconv.Itoa(year), SeriesParts.Number, n).Replace(b.Series)
}

// Doubt says what to look at in a point that could be right: outside the city's area, or in a datum of map software. Empty where there is
// nothing.
func (b *Bureau) Doubt(pl Place) string {
	if pl.Longitude == nil || pl.Latitude == nil {
		return ""
	}
	switch a, lng, lat := b.Area, *pl.Longitude, *pl.Latitude; {
	case a != (Area{}) && (lng < a.West || lng > a.East || lat < a.South || lat > a.North):
		return fmt.Sprintf("在%s大致范围（东经%v至%v、北纬%v至%v）之外，请核对", b.City.Name, a.West, a.East, a.South, a.North)
	case pl.Datum == "GCJ-02" || pl.Datum == "BD-09":
		return pl.Datum + " 是地图软件的加偏坐标，与实地相差可达数百米"
	}
	return ""
}
