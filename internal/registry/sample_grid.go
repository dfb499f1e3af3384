package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// GridRow is one result of a sample as a grid has it: what is blank of the sample is that of the row above.
type GridRow struct {
	Code, Point, Medium, Time   string
	Pollutant, Value, Unit      string
	Limit, LimitUnit, LimitRef  string
	LimitReason, Verdict, Maker string // Maker: 采样单位
}

// MaxGridRows is how many rows are taken at once: ten days of a laboratory's work.
const MaxGridRows = 500

// blank reports a row that says nothing.
func (r GridRow) blank() bool { return r == GridRow{} }

// gridCell is what a column of the grid holds, and what its heading is called on laboratories' sheets.
type gridCell struct {
	names []string
	at    func(*GridRow) *string
}

var gridCells = []gridCell{
	{[]string{"样品编号", "编号", "样号"}, func(r *GridRow) *string { return &r.Code }},
	{[]string{"采样点位", "点位", "点位名称", "采样点", "采样位置"}, func(r *GridRow) *string { return &r.Point }},
	{[]string{"介质", "样品类型", "类别"}, func(r *GridRow) *string { return &r.Medium }},
	{[]string{"采样时间", "时间"}, func(r *GridRow) *string { return &r.Time }},
	{[]string{"监测项目", "项目", "检测项目", "污染物", "因子"}, func(r *GridRow) *string { return &r.Pollutant }},
	{[]string{"结果", "监测结果", "检测结果", "数值", "浓度"}, func(r *GridRow) *string { return &r.Value }},
	{[]string{"单位"}, func(r *GridRow) *string { return &r.Unit }},
	{[]string{"限值", "标准限值", "排放限值"}, func(r *GridRow) *string { return &r.Limit }},
	{[]string{"限值依据", "执行标准", "标准"}, func(r *GridRow) *string { return &r.LimitRef }},
	{[]string{"采样单位", "采样机构"}, func(r *GridRow) *string { return &r.Maker }},
}

// ReadGrid reads a block as it is copied out of a spreadsheet: rows by lines, cells by tabs. A first row of headings says what the columns are, a
// pollutant among them (化学需氧量(mg/L)) that its results stand below it; without headings the columns are those of the grid.
func ReadGrid(text string) ([]GridRow, error) {
	lines := slices.DeleteFunc(strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	if len(lines) == 0 {
		return nil, nil
	}
	columns, headed := gridColumns(strings.Split(lines[0], "\t"))
	if headed {
		lines = lines[1:]
	}
	if len(lines) > MaxGridRows {
		return nil, fmt.Errorf("粘贴了 %d 行，一次最多 %d 行；请分几次粘贴，没有登记任何一行", len(lines), MaxGridRows)
	}
	var rows []GridRow
	for n, line := range lines {
		cells := strings.Split(line, "\t")
		if extra := cells[min(len(cells), len(columns)):]; strings.TrimSpace(strings.Join(extra, "")) != "" {
			return nil, fmt.Errorf("第 %d 行有 %d 格，只认得 %d 列；请连表头一起粘贴，或按列的次序排好", n+1, len(cells), len(columns))
		}
		rows = append(rows, gridRows(columns, cells)...)
	}
	return rows, nil
}

// gridColumn is a column of a pasted block: a cell of the row, or the results of one pollutant.
type gridColumn struct {
	cell            func(*GridRow) *string
	pollutant, unit string
}

func gridColumns(first []string) (columns []gridColumn, headed bool) {
	known := 0
	for _, h := range first {
		name := strings.TrimSpace(HalfWidth(h))
		i := slices.IndexFunc(gridCells, func(c gridCell) bool { return slices.Contains(c.names, name) })
		word, unit, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
		switch {
		case i >= 0:
			known++
			columns = append(columns, gridColumn{cell: gridCells[i].at})
		case Pollutants.Has(word):
			known++
			columns = append(columns, gridColumn{pollutant: word, unit: unit})
		default:
			columns = append(columns, gridColumn{})
		}
	}
	if known >= 2 && known == len(first) {
		return columns, true
	}
	columns = nil
	for _, c := range gridCells {
		columns = append(columns, gridColumn{cell: c.at})
	}
	return columns, false
}

// gridRows makes the row of a line, or one for each pollutant that has a result on it.
func gridRows(columns []gridColumn, cells []string) (rows []GridRow) {
	var whole GridRow
	for i, c := range cells {
		if i < len(columns) && columns[i].cell != nil {
			*columns[i].cell(&whole) = CleanText(c)
		}
	}
	for i, c := range cells {
		if value := CleanText(c); i < len(columns) && columns[i].pollutant != "" && value != "" {
			r := whole
			r.Pollutant, r.Value, r.Unit = columns[i].pollutant, value, columns[i].unit
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 && !whole.blank() {
		rows = append(rows, whole)
	}
	return rows
}

// GridPlace tells in which row of a grid a result of a sample stood.
type GridPlace struct{ Sample, Result int }

// SamplesOfGrid gathers rows into samples, in their order: a row that names another sample (by its number, else its point and time) begins it.
// places has for each row where it went; -1 as the result is a row that only names the sample.
func SamplesOfGrid(rows []GridRow, on Date) (samples []Sample, places []GridPlace) {
	var above GridRow
	at := map[string]int{}
	for _, r := range rows {
		if r.Code == "" && r.Point == "" { // goes on with the sample above
			r.Code, r.Point, r.Time = above.Code, above.Point, cmp.Or(r.Time, above.Time)
		}
		r.Medium, r.Maker = cmp.Or(r.Medium, above.Medium, "废水"), cmp.Or(r.Maker, above.Maker)
		if r.Point == "" && r.Code != "" && r.Code == above.Code {
			r.Point, r.Time = above.Point, cmp.Or(r.Time, above.Time)
		}
		above = r
		key := "#" + r.Code
		if r.Code == "" {
			key = r.Point + "\n" + r.Time
		}
		n, there := at[key]
		if !there {
			n = len(samples)
			at[key] = n
			samples = append(samples, Sample{Code: r.Code, Point: r.Point, Medium: r.Medium, SampledOn: on, SampledTime: r.Time, SamplingOrgan: r.Maker})
		}
		place := GridPlace{n, -1}
		if r.Pollutant != "" || r.Value != "" || r.Verdict != "" {
			place.Result = len(samples[n].Results)
			samples[n].Results = append(samples[n].Results, SampleResult{Pollutant: r.Pollutant, Value: r.Value, Kind: gridKind(r), Unit: r.Unit,
				Limit: r.Limit, LimitUnit: r.LimitUnit, LimitRef: r.LimitRef, LimitReason: r.LimitReason, LimitFrom: gridFrom(r), Verdict: r.Verdict})
		}
		places = append(places, place)
	}
	return samples, places
}

// gridKind is the kind of a result that the grid does not ask: the value says 未检出 or <0.5, or there is only a verdict.
func gridKind(r GridRow) string {
	switch {
	case r.Value == ResultNotDetected || strings.EqualFold(r.Value, "ND"):
		return ResultNotDetected
	case r.Value == "" && r.Verdict != "":
		return ResultVerdict
	}
	return ResultValue
}

func gridFrom(r GridRow) string {
	if r.Limit != "" && r.LimitReason == "" && r.LimitRef == "" {
		return LimitAsPrinted
	}
	return ""
}

// SampleTimesOdd says what is odd about when samples were taken: outside the hours of the inspection, or one after another against their numbers.
func SampleTimesOdd(x *Inspection, samples []Sample) (odd []string) {
	last := -1
	for i := range samples {
		s := &samples[i]
		name := cmp.Or(s.Code, s.Point)
		if s.SampledTime == "" || s.SampledOn != x.StartedOn && !s.SampledOn.IsZero() {
			continue
		}
		switch {
		case x.StartTime != "" && s.SampledTime < x.StartTime:
			odd = append(odd, fmt.Sprintf("样品“%s”的采样时间 %s 早于检查开始时间 %s", name, s.SampledTime, x.StartTime))
		case x.EndTime != "" && (x.EndedOn.IsZero() || x.EndedOn == x.StartedOn) && s.SampledTime > x.EndTime:
			odd = append(odd, fmt.Sprintf("样品“%s”的采样时间 %s 晚于检查结束时间 %s", name, s.SampledTime, x.EndTime))
		}
		if last >= 0 && s.SampledTime < samples[last].SampledTime {
			odd = append(odd, fmt.Sprintf("样品“%s”的采样时间 %s 早于排在前面的“%s”（%s），请核对次序", name, s.SampledTime, cmp.Or(samples[last].Code, samples[last].Point), samples[last].SampledTime))
		}
		last = i
	}
	return odd
}
