package law

import (
	"fmt"
	"net/url"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var countLabels = kit.Labels{"rule": "时限", "start": "起算日", "extra": "延长", "out_from": "不计入期限的时间，自", "out_to": "不计入期限的时间，至"}

// countView is a period counted on the kept calendar.
type countView struct {
	statute.Counting
	Rule   view.Deadline
	Answer string // the last day, or why it is not known
	Left   string
}

// countDays counts what the address asks: ?rule=&start=&extra=&out_from=&out_to=. What is wrong with it stands beside the field.
func (s area) countDays(r *kit.Request) (*kit.Form, *countView) {
	f := r.NewForm(countLabels)
	f.Filling = false // reads the address as if it were posted
	f.Values = url.Values{}
	for name := range countLabels {
		f.Values.Set(name, r.QueryParam(name))
	}
	if f.Value("rule") == "" && f.Value("start") == "" {
		return f, nil
	}
	var start registry.Date
	var span statute.Span
	var extra *int64
	f.Date("start", &start)
	f.Date("out_from", &span.From)
	f.Date("out_to", &span.To)
	f.Int("extra", &extra)
	d, ok := s.Service.Law().Deadline(f.Value("rule"))
	switch {
	case !ok || d.Length == nil:
		f.Add("rule", "请选择一项时限")
	case start.Precision() != registry.PrecisionDay:
		f.Add("start", "请填写到日，如 %s", r.Today())
	case !span.From.IsZero() && !span.To.IsZero() && span.To.Before(span.From):
		f.Add("out_to", "止日早于起日")
	case span.From.IsZero() && !span.To.IsZero():
		f.Add("out_from", "请填写从哪天起")
	case extra != nil && (*extra < 0 || *extra > 1000):
		f.Add("extra", "请填写 0 至 1000")
	}
	if !f.OK() {
		return f, nil
	}
	var n int
	if extra != nil {
		n = int(*extra)
	}
	var spans []statute.Span
	if !span.From.IsZero() {
		spans = append(spans, span)
	}
	v := &countView{Counting: d.Counting(s.Service.Calendar(), start, n, spans), Rule: view.DeadlineOf(s.Service.Law(), d, start)}
	v.Answer = v.Term.Why
	if v.Term.Known() {
		v.Answer = v.Term.On.Chinese() + "（" + statute.WeekdayName(v.Term.On) + "）"
		if days, ok := v.Term.DaysLeft(r.Today()); ok {
			v.Left = daysLeftWords(days)
		}
	}
	return f, v
}

func daysLeftWords(days int) string {
	switch {
	case days > 0:
		return fmt.Sprintf("距今天还有 %d 天", days)
	case days == 0:
		return "就是今天"
	}
	return fmt.Sprintf("已过 %d 天", -days)
}
