package ledgers

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

// chart is a plot as the page draws it: an SVG of these places. Whatever it shows stands in the table after it, which is what a screen reader reads.
type chart struct {
	ID, Title, Desc string
	W, H            int
	Flat            bool
	Left, Right     int // of the area
	Base            int // y of the axis
	Bars            []bar
	Ticks           []tick
	Unit            string
}

type bar struct {
	X, Y, W, H     int
	LabelX, LabelY int
	Label          string // under it, or beside it
	ValueX, ValueY int
	Value          string // as much as fits
	Said           string // whole
}

type tick struct {
	At   int
	Text string
}

const chartWidth = 480

// chartOf places a plot; nil where it has nothing to show.
func chartOf(id string, p *report.Plot) *chart {
	if p == nil || len(p.Series) == 0 || len(p.Labels) == 0 {
		return nil
	}
	values, most := p.Series[0].Values, int64(0)
	for _, v := range values {
		most = max(most, v)
	}
	if most == 0 {
		return nil
	}
	c := &chart{ID: id, Title: p.Title, Desc: p.Desc, W: chartWidth, Flat: p.Flat, Unit: p.Unit}
	write := func(v int64) string {
		if p.Money {
			return report.Wan(v)
		}
		return strconv.FormatInt(v, 10)
	}
	if p.Flat {
		c.flat(p.Labels, values, most, write)
	} else {
		c.upright(p.Labels, values, most, write, p.Money)
	}
	return c
}

const (
	labelWidth = 190
	rowHeight  = 28
	longest    = 13 // characters of a label beside a bar
)

func (c *chart) flat(labels []string, values []int64, most int64, write func(int64) string) {
	c.Left, c.Right = labelWidth, c.W-56
	c.H = rowHeight*len(labels) + 8
	for i, label := range labels {
		y := 4 + i*rowHeight
		w := int(values[i] * int64(c.Right-c.Left) / most)
		if values[i] > 0 {
			w = max(w, 1)
		}
		short := label
		if utf8.RuneCountInString(label) > longest {
			r := []rune(label)
			short = string(r[:longest/2]) + "…" + string(r[len(r)-longest/2:])
		}
		c.Bars = append(c.Bars, bar{X: c.Left, Y: y + 4, W: w, H: rowHeight - 10, LabelX: c.Left - 8, LabelY: y + 18, Label: short,
			ValueX: c.Left + w + 6, ValueY: y + 18, Value: write(values[i]), Said: label + "：" + write(values[i]) + " " + c.Unit})
	}
	c.Base = c.H
}

func (c *chart) upright(labels []string, values []int64, most int64, write func(int64) string, money bool) {
	c.H, c.Left, c.Right, c.Base = 220, 52, c.W-8, 180
	const top = 24
	step := niceStep(most, money)
	high := (most + step - 1) / step * step
	for v := int64(0); v <= high; v += step {
		c.Ticks = append(c.Ticks, tick{c.Base - int(v*int64(c.Base-top)/high), write(v)})
	}
	slot := float64(c.Right-c.Left) / float64(len(labels))
	every := 1
	for float64(every)*slot < 34 { // a label is some 30 wide
		every++
	}
	for i, label := range labels {
		x := c.Left + int(float64(i)*slot)
		w := max(1, min(36, int(slot*0.72)))
		x += (int(slot) - w) / 2
		h := int(values[i] * int64(c.Base-top) / high)
		if values[i] > 0 {
			h = max(h, 1)
		}
		b := bar{X: x, Y: c.Base - h, W: w, H: h, LabelX: x + w/2, LabelY: c.Base + 18, ValueX: x + w/2, ValueY: c.Base - h - 6, Said: label + "：" + write(values[i]) + " " + c.Unit}
		if i%every == 0 {
			b.Label = monthLabel(label, i == 0 || every > 1)
		}
		if values[i] > 0 && slot >= 34 {
			b.Value = write(values[i])
		}
		c.Bars = append(c.Bars, b)
	}
}

// monthLabel is a month under an axis: 24-01 where the year is to be said, else 2月.
func monthLabel(month string, year bool) string {
	if len(month) != len("2006-01") {
		return month
	}
	n, _ := strconv.Atoi(month[5:])
	if year || n == 1 {
		return month[2:]
	}
	return strconv.Itoa(n) + "月"
}

// niceStep is 1, 2 or 5 times a power of ten that divides a scale into at most five.
func niceStep(most int64, money bool) int64 {
	unit := int64(1)
	if money {
		unit = 10_000 // 0.01 万元
	}
	for step := unit; ; step *= 10 {
		for _, k := range []int64{1, 2, 5} {
			if most <= 5*k*step {
				return k * step
			}
		}
	}
}

// spread is a distribution as the page draws it: a dot for each fine on a line of amounts, and the box of the middle half.
type spread struct {
	*report.Spread
	W, H                int
	Dots                []dot
	BoxX, BoxW, MedianX int
	LowX, HighX         int
	MidY                int
	Ticks               []tick
	Outlying            []report.ComparedFine
	Lines               []report.ComparedFine // of the table
	Unlisted            int
	GroupOptions        []kit.Option
	Words               string
}

type dot struct {
	X, Y int
	Far  bool
	Said string
}

// finesListed is how many fines the table under the dots names.
const finesListed = 100

func spreadOf(s *report.Spread) *spread {
	if s == nil {
		return nil
	}
	x := &spread{Spread: s, W: chartWidth, H: 150, MidY: 96}
	for _, g := range s.Groups {
		x.GroupOptions = append(x.GroupOptions, kit.Option{Value: g.Key, Label: fmt.Sprintf("%s（%d 件）", g.Label, g.Cases)})
	}
	x.Lines = s.Fines
	if len(x.Lines) > finesListed {
		x.Unlisted, x.Lines = len(x.Lines)-finesListed, x.Lines[:finesListed]
	}
	if len(s.Fines) == 0 {
		return x
	}
	x.Words = fmt.Sprintf("%d 件：最低 %s 元，下四分位 %s 元，中位数 %s 元，上四分位 %s 元，最高 %s 元。", len(s.Fines), s.Low, s.Q1, s.Median, s.Q3, s.High)
	switch {
	case !s.Judged:
		x.Words += "不足 8 件，不判断离群。"
	case s.Outliers == 0:
		x.Words += "没有离群的。"
	default:
		x.Words += fmt.Sprintf("离群 %d 件。", s.Outliers)
	}
	step := niceStep(int64(s.High), true)
	high := (int64(s.High) + step - 1) / step * step
	const left, right = 24, chartWidth - 52
	at := func(m registry.Money) int { return left + int(int64(m)*(right-left)/high) }
	for v := int64(0); v <= high; v += step {
		x.Ticks = append(x.Ticks, tick{at(registry.Money(v)), report.Wan(v)})
	}
	x.BoxX, x.MedianX, x.LowX, x.HighX = at(s.Q1), at(s.Median), at(s.Low), at(s.High)
	x.BoxW = max(2, at(s.Q3)-x.BoxX)
	stacked := map[int]int{} // how many dots stand at a place
	for _, f := range s.Fines {
		px := at(f.Fine) / 6 * 6
		n := stacked[px]
		stacked[px]++
		x.Dots = append(x.Dots, dot{at(f.Fine), max(8, 76-6*n), f.Outlier, f.Title + "：" + f.Fine.String() + " 元"})
		if f.Outlier {
			x.Outlying = append(x.Outlying, f)
		}
	}
	return x
}
