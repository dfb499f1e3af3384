package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// crossingSteps bounds the search for a crossing: about a quarter of a second.
const crossingSteps = 50_000_000

// crossing finds two edges of a ring that cross, by their numbers from 0; -1 where there are none. It goes through the edges from west to east and
// compares each with those that begin before it ends. whole is false where it gave up.
func crossing(r orb.Ring) (i, j int, whole bool) {
	n := len(r) - 1
	order := make([]int, n)
	west := func(e int) float64 { return min(r[e][0], r[e+1][0]) }
	for e := range order {
		order[e] = e
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := west(a), west(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a - b
	})
	steps := 0
	for k, a := range order {
		east := max(r[a][0], r[a+1][0])
		for _, b := range order[k+1:] {
			if west(b) > east {
				break
			}
			if steps++; steps > crossingSteps {
				return -1, -1, false
			}
			if cross(r[a], r[a+1], r[b], r[b+1]) {
				return min(a, b), max(a, b), true
			}
		}
	}
	return -1, -1, true
}

// cross reports whether two edges cross in a point inside both; edges that only touch, as neighbours do, don't.
func cross(a, b, c, d Point) bool {
	if max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return turn(a, b, c)*turn(a, b, d) < 0 && turn(c, d, a)*turn(c, d, b) < 0
}

func turn(a, b, c Point) float64 {
	switch v := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]); {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
