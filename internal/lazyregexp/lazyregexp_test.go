package lazyregexp

import (
	"regexp"
	"slices"
	"sync"
	"testing"
)

// The methods pass on what regexp finds, from many goroutines at once too.
func TestAsRegexp(t *testing.T) {
	const s = "第二十三条第二款，第八条"
	for _, expr := range []string{`第([一二三十八]+)(条|款)`, `条|款`, `无`, `第.*条`} {
		lazy, plain := New(expr), regexp.MustCompile(expr)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if got, want := lazy.FindAllStringSubmatchIndex(s, -1), plain.FindAllStringSubmatchIndex(s, -1); !slices.EqualFunc(got, want, slices.Equal[[]int]) {
					t.Errorf("%s: %v, want %v", expr, got, want)
				}
				if got, want := lazy.ReplaceAllString(s, "*"), plain.ReplaceAllString(s, "*"); got != want {
					t.Errorf("%s: %q, want %q", expr, got, want)
				}
			})
		}
		all.Wait()
	}
}

func TestLongest(t *testing.T) {
	re := New(`沉淀|沉淀池`)
	re.Longest()
	if got := re.FindString("三级沉淀池"); got != "沉淀池" {
		t.Error(got)
	}
}

// A faulty expression is found by the first test of the package that has it, whether or not that test uses it.
func TestFaulty(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	New(`(`)
}
