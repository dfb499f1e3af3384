package web

import (
	"fmt"
	"net/url"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

var countLabels = Labels{"rule": "时限", "start": "起算日", "extra": "延长", "out_from": "不计入期限的时间，自", "out_to": "不计入期限的时间，至"}

// countView is a period counted on the kept calendar.
type countView struct {
	statute.Counting
	Rule   deadlineRow
	Answer string // the last day, or why it is not known
	Left   string
}

// countDays counts what the address asks: ?rule=&start=&extra=&out_from=&out_to=. What is wrong with it stands beside the field.
func (s *Server) countDays(r *request) (*Form, *countView) {
	f := r.newForm(countLabels)
	f.filling = false // reads the address as if it were posted
	f.values = url.Values{}
	for name := range countLabels {
		f.values.Set(name, r.QueryParam(name))
	}
	if f.Value("rule") == "" && f.Value("start") == "" {
		return f, nil
	}
	var start registry.Date
	var span statute.Span
	var extra *int64
	f.date("start", &start)
	f.date("out_from", &span.From)
	f.date("out_to", &span.To)
	f.int("extra", &extra)
	d, ok := s.service.Law().Deadline(f.Value("rule"))
	switch {
	case !ok || d.Length == nil:
		f.add("rule", "请选择一项时限")
	case start.Precision() != registry.PrecisionDay:
		f.add("start", "请填写到日，如 %s", r.today())
	case !span.From.IsZero() && !span.To.IsZero() && span.To.Before(span.From):
		f.add("out_to", "止日早于起日")
	case span.From.IsZero() && !span.To.IsZero():
		f.add("out_from", "请填写从哪天起")
	case extra != nil && (*extra < 0 || *extra > 1000):
		f.add("extra", "请填写 0 至 1000")
	}
	if !f.ok() {
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
	v := &countView{Counting: d.Counting(s.service.Calendar(), start, n, spans), Rule: viewDeadline(s.service.Law(), d, start)}
	v.Answer = v.Term.Why
	if v.Term.Known() {
		v.Answer = v.Term.On.Chinese() + "（" + statute.WeekdayName(v.Term.On) + "）"
		if days, ok := v.Term.DaysLeft(r.today()); ok {
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
