package statute

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// UnheldVersion is a version that is known to have been in force although the catalogue does not hold its text. A zero date was not
// verified and is left open.
type UnheldVersion struct {
	Name       string        `json:"name"` // 2008年修订
	From       registry.Date `json:"from"`
	To         registry.Date `json:"to"` // last valid day
	Source     string        `json:"source"`
	Confidence string        `json:"confidence"`
	Note       string        `json:"note"`
}

// String is the version with its dates as far as they are known, and how far it can be trusted: 2008年修订（至 2017-12-31，仅凭记忆）.
func (u UnheldVersion) String() string {
	when := "施行日、失效日未核到"
	if words := u.dates(); words != "" {
		when = words
	}
	switch u.Confidence {
	case "memory":
		when += "，仅凭记忆"
	case "secondary":
		when += "，二手来源"
	}
	return u.Name + "（" + when + "）"
}

func (u UnheldVersion) dates() string {
	switch {
	case u.From.IsZero() && u.To.IsZero():
		return ""
	case u.From.IsZero():
		return "至 " + u.To.String()
	case u.To.IsZero():
		return "自 " + u.From.String()
	}
	return u.From.String() + " 至 " + u.To.String()
}

// loadHistory reads history.json: law → versions known to have been in force. A catalogue may have none.
func (c *Catalogue) loadHistory(fsys fs.FS) error {
	const file = "history.json"
	if _, err := fs.Stat(fsys, file); err != nil {
		return nil //nolint:nilerr // a catalogue without history is whole
	}
	if err := readJSON(fsys, file, &c.unheld); err != nil {
		return err
	}
	for id, list := range c.unheld {
		if _, ok := c.byID[id]; !ok {
			return fmt.Errorf("%s: no law %s", file, id)
		}
		for _, u := range list {
			if u.Name == "" || u.To.Before(u.From) {
				return fmt.Errorf("%s: %s: a version without a name, or that ends before it begins", file, id)
			}
		}
	}
	return nil
}

// unheldOf leaves out what has been imported since the file was written: a version of that name, or that begins or ends on its day.
func (c *Catalogue) unheldOf(law *Law) (list []UnheldVersion) {
	for _, u := range c.unheld[law.ID] {
		if !law.holds(u) {
			list = append(list, u)
		}
	}
	return list
}

func (l *Law) holds(u UnheldVersion) bool {
	same := func(a, b registry.Date) bool { return !a.IsZero() && a == b }
	for _, v := range l.Versions {
		if v.Name == u.Name || same(v.From, u.From) || same(v.To, u.To) {
			return true
		}
	}
	return false
}

// hole is a stretch of days on which no dated version that is held was in force; an empty bound is open. ended: nothing held
// follows it.
type hole struct {
	span
	ended bool
}

// holes are the stretches without a held version, in order. A law without a dated version has none that could be told.
func (l *Law) holes() (list []hole) {
	next := "" // the first day that no version so far covers
	begun, open := false, false
	for _, v := range l.Versions {
		if v.From.IsZero() {
			continue
		}
		if from := v.From.Earliest(); !open && (!begun || next < from) {
			list = append(list, hole{span{next, shift(from, -1)}, false})
		}
		begun, open = true, open || v.To.IsZero()
		if !open {
			next = max(next, shift(v.To.Latest(), 1))
		}
	}
	if begun && !open {
		list = append(list, hole{span{next, ""}, true})
	}
	return list
}

// shift moves a YYYY-MM-DD by days.
func shift(day string, n int) string {
	d, _ := registry.ParseDate(day) // written by Date.Earliest or Latest
	return d.AddDays(n).String()
}

// Gap says, in Chinese, why no held version (or not for every day of a partial date) was in force: 该日版本未收录, or the law had ended.
// An undated version may still apply; then it says so.
func (c *Catalogue) Gap(lawID string, on registry.Date) (why string, gap bool) {
	law, ok := c.byID[lawID]
	if !ok || on.IsZero() {
		return "", false
	}
	return law.gapBetween(span{on.Earliest(), on.Latest()})
}

func (l *Law) gapBetween(days span) (why string, gap bool) {
	for _, h := range l.holes() {
		if (h.from == "" || h.from <= days.to) && (h.to == "" || h.to >= days.from) {
			why = l.explainHole(h)
			if !h.ended && !l.unborn(h) {
				why = "该日版本未收录：" + why
			}
			for _, v := range l.Versions {
				if v.From.IsZero() {
					why += "；另有" + v.Name + "，施行日未核到，可能适用"
				}
			}
			return why, true
		}
	}
	return "", false
}

// unborn reports whether a hole lies before the law came into being: what follows it is how the law was made (a statute is 通过, a regulation 公布; what
// came later is 修正 or 修订). A rule of a department or a locality may have been made anew under its old name: nothing is said of it.
func (l *Law) unborn(h hole) bool {
	if h.from != "" || h.to == "" {
		return false
	}
	made := map[string]string{"法律": "通过", "行政法规": "公布"}[l.Level]
	for _, u := range l.Unheld {
		if u.From.IsZero() || u.From.Earliest() <= h.to {
			return false
		}
	}
	return made != "" && strings.HasSuffix(l.Versions[0].Name, made)
}

// OutsideForce is the text that a citation means on a day on which no version of the law was in force, because it had been repealed by then (its
// last version) or was not in force yet (its first). why says so in Chinese. ok is false where a version was in force, or may have been.
func (c *Catalogue) OutsideForce(lawID string, on registry.Date) (v *Version, repealed bool, why string, ok bool) {
	law, known := c.byID[lawID]
	if !known || on.IsZero() || len(c.InForce(lawID, on)) > 0 {
		return nil, false, "", false
	}
	for _, h := range law.holes() {
		if h.from != "" && h.from > on.Latest() || h.to != "" && h.to < on.Earliest() {
			continue
		}
		switch {
		case h.ended:
			return law.last(), true, law.explainHole(h), true
		case law.unborn(h):
			return law.Versions[0], false, law.explainHole(h), true
		}
	}
	return nil, false, "", false
}

// last is the dated version that ended last.
func (l *Law) last() *Version {
	return slices.MaxFunc(l.Versions, func(a, b *Version) int { return cmp.Compare(a.To.Latest(), b.To.Latest()) })
}

// explainHole names the hole and the versions that are known to have been in force in it.
func (l *Law) explainHole(h hole) string {
	if h.ended {
		if h.from == CodeDay.Earliest() {
			return "自 " + h.from + " 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断"
		}
		return "自 " + h.from + " 起失效；其后是否另有接续文件，本库未收录"
	}
	if l.unborn(h) {
		return "自 " + shift(h.to, 1) + " 起施行，此前尚未施行"
	}
	known := ""
	for _, u := range l.Unheld {
		if u.dates() != "" && overlap(u.From, u.To, h.from, h.to) {
			if known != "" {
				known += "、"
			}
			known += u.String()
		}
	}
	words := h.from + " 至 " + h.to + "：该期间施行的版本本库未收录"
	if h.from == "" {
		words = shift(h.to, 1) + " 以前施行的版本（如有）本库未收录"
	}
	if known != "" {
		words += "；已知曾施行" + known
	}
	return words
}

// Gaps says for which times no version is held, in the order of time, and what is not known of the versions' order.
func (l *Law) Gaps() (list []string) {
	for _, h := range l.holes() {
		list = append(list, l.explainHole(h))
	}
	for _, u := range l.Unheld {
		words := u.Name + "：" + u.Note
		if u.dates() == "" {
			words = "另有" + u.String() + "，本库未收录。" + u.Note
		}
		if u.dates() == "" || u.Note != "" {
			list = append(list, words)
		}
	}
	for _, v := range l.Versions {
		if v.From.IsZero() {
			list = append(list, v.Name+"的施行日未核到，与其他版本的先后以官方文本为准")
		}
	}
	return list
}
