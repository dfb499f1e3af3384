package heavy

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"casebook/internal/registry"
)

// However many come at once, what is taken together is never more than the queue has; everybody gets a turn.
func TestTakenTogetherIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size = 100
		q := New(size, time.Hour)
		var now, most, turns atomic.Int64
		var all sync.WaitGroup
		for i := range 150 {
			bytes := int64(10 + i%7*15) // up to a queue of its own
			all.Go(func() {
				done, err := q.Take(t.Context(), bytes)
				if err != nil {
					t.Error(err)
					return
				}
				defer done()
				defer done() // a second time gives nothing back
				n := now.Add(bytes)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				time.Sleep(time.Second)
				turns.Add(1)
				now.Add(-bytes)
			})
		}
		all.Wait()
		if most.Load() > size || most.Load() < size*3/4 || turns.Load() != 150 {
			t.Errorf("%d of 150 got a turn, at most %d of %d together", turns.Load(), most.Load(), size)
		}
	})
}

func TestLargerThanTheQueueRunsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(100, time.Minute)
		done, err := q.Take(t.Context(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Take(t.Context(), 1); registry.KindOf(err) != registry.KindUnavailable {
			t.Errorf("beside it: %v", err)
		}
		done()
		if done, err = q.Take(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		done()
	})
}

// Who has waited long is told when to come back, in words; who goes away frees the place in the queue at once.
func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(100, 20*time.Second)
		done, err := q.Take(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		gone, leave := context.WithCancel(t.Context())
		left := make(chan error)
		go func() {
			_, err := q.Take(gone, 100)
			left <- err
		}()
		synctest.Wait()
		behind := make(chan error)
		go func() { // small, and behind the one who will go
			done, err := q.Take(t.Context(), 10)
			if err == nil {
				done()
			}
			behind <- err
		}()
		synctest.Wait()
		if n := q.Waiting(); n != 2 {
			t.Errorf("%d wait, want 2", n)
		}
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who went away: %v", err)
		}
		synctest.Wait()
		if n := q.Waiting(); n != 1 {
			t.Errorf("%d wait after one went away, want 1", n)
		}
		err = <-behind // after its patience: the first keeps all
		var e *registry.Error
		if !errors.As(err, &e) || e.Kind != registry.KindUnavailable || e.RetryAfter != 10*time.Second || !strings.Contains(e.Message, "约 10 秒后再试") {
			t.Errorf("after 20 seconds: %v", err)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := q.Take(short, 1); registry.KindOf(err) != registry.KindUnavailable {
			t.Errorf("who has a second only: %v", err)
		}
		done()
		if q.Waiting() != 0 {
			t.Error("somebody still waits")
		}
	})
}
