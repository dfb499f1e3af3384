package ledgerread

import (
	"strings"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// places find the districts of a bureau: by full name, short name, branch, code, or a town of theirs.
type places struct {
	bureau *registry.Bureau
	towns  map[string]string // name of a town → code of its district; of several districts with such a town none
}

func newPlaces(b *registry.Bureau, towns map[string][]string) *places {
	p := &places{b, map[string]string{}}
	for code, names := range towns {
		for _, n := range names {
			if other, twice := p.towns[n]; twice && other != code {
				p.towns[n] = ""
				continue
			}
			p.towns[n] = code
		}
	}
	return p
}

// of is the district that a cell of the district's column names; Code is empty where it is none of the bureau's.
func (p *places) of(text string) registry.District {
	text = strings.Join(strings.Fields(text), "")
	text = strings.TrimPrefix(strings.TrimPrefix(text, p.bureau.Name), p.bureau.City.Name)
	for _, d := range p.bureau.Districts {
		if text == d.Code || text == d.Name || text == d.Short || text == d.Branch || d.Branch != "" && strings.Contains(text, d.Branch) {
			return d
		}
	}
	if d := p.stem(text); d.Code != "" {
		return d
	}
	return p.within(text)
}

// kindEnd is what a short name may have behind it: 围场县 and 围场分局 of 围场满族蒙古族自治县, 新会分局 where the bureau has no branch of its own there.
var kindEnd = lazyregexp.New(`^(.+?)(市|县|区|旗|自治县|自治旗)?(生态环境)?(分局|局)?$`)

// stem is the one district whose short name is all of a text but its kind; 开平区 is another than 开平市. 台 is no name: a short name has two characters.
func (p *places) stem(text string) (found registry.District) {
	m := kindEnd.FindStringSubmatch(text)
	if m == nil || utf8.RuneCountInString(m[1]) < 2 {
		return found
	}
	for _, d := range p.bureau.Districts {
		if d.Short == m[1] && strings.HasSuffix(d.Name, m[2]) {
			if found.Code != "" {
				return registry.District{}
			}
			found = d
		}
	}
	return found
}

// within is the district that a longer text names first: by its full name, its branch, or one of its towns.
func (p *places) within(text string) (found registry.District) {
	at := len(text) + 1
	for _, d := range p.bureau.Districts {
		for _, name := range []string{d.Name, d.Branch} {
			if i := strings.Index(text, name); name != "" && i >= 0 && i < at {
				found, at = d, i
			}
		}
	}
	if found.Code != "" {
		return found
	}
	longest := 0
	for town, code := range p.towns {
		if code != "" && len(town) > longest && strings.Contains(text, town) {
			found, _ = p.bureau.District(code)
			longest = len(town)
		}
	}
	return found
}

// named is within, and also the short name that a name begins with: 恩平某养殖场.
func (p *places) named(text string) registry.District {
	if d := p.within(text); d.Code != "" {
		return d
	}
	text = strings.TrimPrefix(text, p.bureau.City.Name)
	for _, d := range p.bureau.Districts {
		if d.Short != "" && strings.HasPrefix(text, d.Short) {
			return d
		}
	}
	return registry.District{}
}
