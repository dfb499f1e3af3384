package registry

import (
	"strconv"

	"casebook/internal/lazyregexp"
)

// HeadsTold is how many animals a text tells: from Low to High, as exact as it is written.
type HeadsTold struct {
	Text      string // 约1300头
	Low, High int64
}

// Fits tells whether a herd may be the one that is told.
func (t HeadsTold) Fits(h Herd) bool {
	return h.Count != nil && *h.Count >= t.Low && *h.Count <= t.High
}

var headsTold = lazyregexp.New(`(约|近|超过)?([1-9][0-9]{1,6})(余|多)?(?:头|只|羽|匹)`)

// HeadsTold finds where a text tells the count of a herd, as it stands or rounded; ok is false where it tells none that fits.
func (h Herd) HeadsTold(text string) (t HeadsTold, ok bool) {
	if h.Count == nil {
		return t, false
	}
	for _, m := range headsTold.FindAllStringSubmatch(text, -1) {
		n, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil {
			continue
		}
		unit := int64(1)
		for v := n; v%10 == 0; v /= 10 {
			unit *= 10
		}
		t = HeadsTold{Text: m[0], Low: n, High: n}
		switch {
		case m[3] != "" || m[1] == "超过":
			t.High = n + unit - 1
		case m[1] == "约":
			t.Low, t.High = n-unit/2, n+unit/2
		case m[1] == "近":
			t.Low = n - unit + 1
		}
		if t.Fits(h) {
			return t, true
		}
	}
	return HeadsTold{}, false
}

// Rounded is the herd with its count to two figures: 1340 is 约1300. What is below 100, and what is round already, stays.
func (h Herd) Rounded() Herd {
	if h.Count == nil || *h.Count < 100 {
		return h
	}
	unit := int64(1)
	for v := *h.Count; v >= 100; v /= 10 {
		unit *= 10
	}
	n := (*h.Count + unit/2) / unit * unit
	if n != *h.Count || h.Qualifier == "" {
		h.Qualifier = "约"
	}
	h.Count = &n
	return h
}
