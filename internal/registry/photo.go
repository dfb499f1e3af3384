package registry

import (
	"fmt"
	"time"
)

// FarFromFarm is how far from its farm a photo of an inspection may have been taken without being asked about, in metres: a farm with its ponds
// and the ditch to the river is seldom longer.
const FarFromFarm = 2000.0

// PhotoDoubts compares what a camera wrote into a photo with the inspection that it is of: a clock that runs wrong, another day, another place.
// It says, and refuses nothing: the original stays what it is.
func (b *Bureau) PhotoDoubts(taken time.Time, at Place, x *Inspection, farm Place, now time.Time) (doubts []string) {
	day := DateOf(taken)
	last := x.EndedOn
	if last.IsZero() {
		last = x.StartedOn
	}
	switch {
	case taken.IsZero():
	case taken.After(now.Add(10 * time.Minute)):
		doubts = append(doubts, "拍摄时间 "+day.String()+" 在今天之后，手机时钟可能不对")
	case x.StartedOn.Precision() == PrecisionDay && (day.Before(x.StartedOn) || last.Before(day)):
		doubts = append(doubts, "拍摄日期 "+day.String()+" 与检查日期 "+x.StartedOn.String()+" 不同")
	}
	if doubt := b.Doubt(at); doubt != "" {
		return append(doubts, "拍摄位置 "+at.Decimal()+" "+doubt)
	}
	for _, o := range []struct {
		what string
		at   Place
	}{{"养殖场", farm}, {"登记的检查位置", x.Position}} {
		if metres, ok := at.Metres(o.at); ok && metres > FarFromFarm {
			return append(doubts, fmt.Sprintf("拍摄位置离%s约 %.1f 公里", o.what, metres/1000))
		}
	}
	return doubts
}
