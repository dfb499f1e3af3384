package xlsx

import (
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"casebook/internal/report"
)

// caseKey is a case as both workbooks know it.
func caseKey(row []string, columns []int) uint64 {
	h := fnv.New64a()
	for _, c := range columns {
		if c >= 0 && c < len(row) {
			_, _ = io.WriteString(h, row[c])
		}
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// caseSheets are the parts of the list of cases.
func (w *Workbook) caseSheets() (list []string) {
	name := report.Sheets[report.SheetCases].Name
	for _, s := range w.sheets() {
		if rest, ok := strings.CutPrefix(s, name); ok && strings.Trim(rest, "0123456789") == "" {
			list = append(list, s)
		}
	}
	return list
}

func (w *Workbook) caseKeys() (keys []uint64, numbers []string, err error) {
	for _, sheet := range w.caseSheets() {
		if w.lacks(sheet) {
			continue
		}
		r, err := w.rows(sheet)
		if err != nil {
			return nil, nil, err
		}
		var columns []int
		for r.next() {
			if r.n == 1 {
				for _, title := range []string{"数据来源", "辖区", "案件编号", "案件名称（案由）"} {
					columns = append(columns, slices.Index(r.row, title))
				}
				continue
			}
			if len(r.row) == 0 {
				continue
			}
			keys, numbers = append(keys, caseKey(r.row, columns)), append(numbers, r.row[0])
		}
		r.close()
		if r.err != nil {
			return nil, nil, r.err
		}
	}
	return keys, numbers, nil
}

// pairs matches the cases of two workbooks by number in the order of both.
type pairs struct {
	to   map[string]string // the number of a case in the first → in the second
	from map[string]string
	all  bool // each case of either has its pair: numbers are the same too

	unlisted bool // neither workbook lists its cases: a case is known by its number alone
}

func (p *pairs) of(number string) (to string, ok bool) {
	if p.unlisted {
		return number, true
	}
	to, ok = p.to[number]
	return to, ok
}

func (p *pairs) known(number string) bool {
	_, ok := p.from[number]
	return ok || p.unlisted
}

// matchCases pairs the cases of both. A case whose own name was changed stands between the same neighbours: it is paired with what stands there.
func matchCases(was, is *Workbook) (p pairs, err error) {
	a, numbersA, err := was.caseKeys()
	if err != nil {
		return p, err
	}
	b, numbersB, err := is.caseKeys()
	if err != nil {
		return p, err
	}
	left, right := map[uint64]int{}, map[uint64]int{} // how many of each are still to come
	for _, k := range a {
		left[k]++
	}
	for _, k := range b {
		right[k]++
	}
	p = pairs{to: map[string]string{}, from: map[string]string{}}
	paired := 0
	pair := func(i, j int) {
		p.to[numbersA[i]], p.from[numbersB[j]] = numbersB[j], numbersA[i]
		paired++
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch known, found := right[a[i]] > 0, left[b[j]] > 0; {
		case a[i] == b[j], !known && !found:
			pair(i, j)
			left[a[i]]--
			right[b[j]]--
			i, j = i+1, j+1
		case !known:
			left[a[i]]--
			i++
		default: // b's is new, or stands elsewhere
			right[b[j]]--
			j++
		}
	}
	for _, n := range numbersA { // one that was taken from the list alone keeps its number in other sheets
		if _, paired := p.to[n]; !paired && p.from[n] == "" {
			p.to[n], p.from[n] = n, n
		}
	}
	p.all = paired == len(a) && paired == len(b)
	p.unlisted = len(a) == 0 && len(b) == 0 && len(was.caseSheets()) == 0
	return p, nil
}
