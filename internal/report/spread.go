package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Line is one named record of a listing.
type Line struct {
	Text string
	N    Cell
	Ask  Ask
	List Ask // behind N
}

// NamedList is a table of named records, the first of many.
type NamedList struct {
	Key, Title, Rule, What, Unit string
	N                            int
	Lines                        []Line
	All                          Ask // the list of all of them; zero: none
}

// Section is the listing as a section of statistics.
func (l NamedList) Section() StatSection {
	s := StatSection{Key: l.Key, Title: fmt.Sprintf("%s：%d", l.Title, l.N), Rule: l.Rule, Columns: []Column{textColumn("name", l.What, 40), textColumn("n", l.Unit, 16)}}
	if len(l.Lines) > 0 && l.Lines[0].N.Kind == CellInteger {
		s.Columns[1].Kind = KindInteger
	}
	for _, x := range l.Lines {
		s.Rows = append(s.Rows, StatRow{Cells: []Cell{Text(x.Text), x.N}, Asks: []Ask{x.Ask, x.List}})
	}
	if l.All != (Ask{}) && l.N > 0 {
		s.Total.add(Text("全部名单"), Ask{})
		s.Total.add(Integer(l.N), l.All)
	}
	if l.N > len(l.Lines) {
		s.Folded = fmt.Sprintf("另有 %d 个未列出。", l.N-len(l.Lines))
	}
	return s
}

// AlikeGroup is one kind of case whose fines can be compared.
type AlikeGroup struct {
	Key, Label string
	Cases      int64
}

// AlikeGroups are the kinds with most cases in the period, those with one left out.
func (in *StatisticsInput) AlikeGroups(limit int) (list []AlikeGroup) {
	for k, t := range allMonths(in.Months) {
		if k.Table == registry.TallyAlike && t.Cases > 1 {
			list = append(list, AlikeGroup{k.Line, in.AlikeLabel(k.Line), t.Cases})
		}
	}
	slices.SortFunc(list, func(a, b AlikeGroup) int { return cmp.Or(cmp.Compare(b.Cases, a.Cases), strings.Compare(a.Key, b.Key)) })
	return list[:min(limit, len(list))]
}

// AlikeLabel says a kind in words: type, basis, size.
func (in *StatisticsInput) AlikeLabel(key string) string {
	part := strings.Split(key, "|")
	if len(part) != 3 {
		return key
	}
	m := statMaker{in: *in}
	words := []string{m.typeLabel(part[0]), cmp.Or(part[1], "处罚依据未填")}
	if part[2] != "" {
		part[2] += " 头（只、羽）"
	}
	return strings.Join(append(words, cmp.Or(part[2], "规模未知")), " · ")
}

// ComparedFine is the fine of one case beside those of others.
type ComparedFine struct {
	Case      registry.CaseID
	Title     string
	Number    string
	District  string
	DecidedOn string
	Fine      registry.Money
	Outlier   bool
}

// Spread are the fines of one kind of case, lowest first, and how they lie.
type Spread struct {
	Key, Label          string
	Groups              []AlikeGroup // that may be chosen
	Fines               []ComparedFine
	Low, Q1, Median     registry.Money
	Q3, High            registry.Money
	FenceLow, FenceHigh registry.Money // beyond these a fine is told as far from the others
	Outliers            int
	Judged              bool // there are enough to tell
	Capped              bool
	Rule                string
}

// outlierLeast is how many fines it takes to call one of them far from the others.
const outlierLeast = 8

// OutlierRule says which fines are told.
const OutlierRule = "同类：只有一项违法行为的案件，违法行为类型、处罚依据（到款、项）和养殖规模档相同；罚款是每案有效罚款合计，不含按日连续罚款的案件。" +
	"离群：低于下四分位减 1.5 倍四分位距，或高于上四分位加 1.5 倍四分位距；不足 8 件不判断。离群只提示去看，不说明裁量有误。"

// SpreadOf says how fines lie; they come lowest first.
func SpreadOf(key, label string, fines []ComparedFine, capped bool) *Spread {
	s := &Spread{Key: key, Label: label, Fines: fines, Capped: capped, Rule: OutlierRule}
	if capped {
		s.Rule += "件数太多，只取最近决定的 500 件。"
	}
	n := len(fines)
	if n == 0 {
		return s
	}
	quarter := func(k int) registry.Money { // of the sorted fines, the value at k/4, between two of them in proportion
		at := k * (n - 1)
		low, rest := at/4, at%4
		x := fines[low].Fine
		if rest > 0 {
			x += (fines[low+1].Fine - x) * registry.Money(rest) / 4
		}
		return x
	}
	s.Low, s.Q1, s.Median, s.Q3, s.High = fines[0].Fine, quarter(1), quarter(2), quarter(3), fines[n-1].Fine
	far := (s.Q3 - s.Q1) * 3 / 2
	s.FenceLow, s.FenceHigh = s.Q1-far, s.Q3+far
	s.Judged = n >= outlierLeast
	for i := range fines {
		if f := &fines[i]; s.Judged && (f.Fine < s.FenceLow || f.Fine > s.FenceHigh) {
			f.Outlier = true
			s.Outliers++
		}
	}
	return s
}
