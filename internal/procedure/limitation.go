package procedure

import (
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// actEnds is the last day on which an act of the case ended.
func (x *Facts) actEnds() []Point {
	var last registry.Date
	for _, d := range x.ActEnds {
		if last.IsZero() || last.Before(d) {
			last = d
		}
	}
	if last.IsZero() {
		return nil
	}
	return []Point{{What: "违法行为终了", On: last}}
}

// The longer limitation of five years stands beside the two where somebody has to judge which applies: not where the case was filed within two.

func (x *Facts) longBeforeCode() []Point { return x.long(false) }
func (x *Facts) longUnderCode() []Point  { return x.long(true) }

func (x *Facts) long(underCode bool) []Point {
	list := x.actEnds()
	if len(list) == 0 || x.underCode() != underCode || x.filedWithinTwo(list[0]) {
		return nil
	}
	return list
}

// underCode reports whether an act of the case may have gone on until the Code was in force.
func (x *Facts) underCode() bool {
	list := x.actEnds()
	return len(list) > 0 && list[0].On.Latest() >= statute.CodeDay.Earliest()
}

func (x *Facts) filedWithinTwo(end Point) bool {
	filed, ok := by(registry.DocFiling, registry.DocNotFiled)(x.File, end)
	two, known := x.Law.Deadline("LIMITATION")
	if !ok || !known || filed.On.IsZero() {
		return false
	}
	t := two.Run(x.Calendar, end.On, 0, nil)
	return t.Known() && filed.On.Latest() <= t.On.Earliest()
}

// twoOrFive leaves open whether the two years matter under the Code, once they are over (法典第一千零五十四条).
func (x *Facts) twoOrFive(c *Clock) {
	if x.underCode() && (c.State == Late || c.State == Overdue) {
		c.State, c.Days, c.Note = Unknown, 0, "已过二年；造成环境污染、生态破坏等危害后果的为五年（生态环境法典第一千零五十四条），是否造成由人判断"
	}
}
