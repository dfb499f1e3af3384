package casework

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// ActionRefused is what the log calls an attempt that was refused: a permission that the role does not have, or a record or a step that is
// somebody else's. Who is not signed in (401) is nobody and leaves no entry; a wrong password is 登录失败.
const ActionRefused = "被拒绝"

const (
	refusalWindow   = time.Minute
	refusalKinds    = 6 // entries a person can cause in a window, before the one that counts the rest
	refusalPatience = 3 * time.Second
	refusalTick     = 20 * time.Second
)

// Refusal is one attempt. Act says what was tried, by the address as the table of routes has it: never what a person typed.
type Refusal struct {
	Act      string // 打开 /admin/users
	Why      string
	Entity   string
	EntityID int64
}

// refusals counts what is not written one by one, so that a loop cannot fill the disk: of each person and minute the first attempt of an act
// stands in the log at once, the others in one entry when the minute is over. Each node counts its own.
type refusals struct {
	mu sync.Mutex
	of map[string]*refusalCount
}

type refusalCount struct {
	actor registry.Actor
	began time.Time
	told  map[string]bool
	again map[string]int // by act; acts are as many as there are routes
}

// count takes an attempt in. tell is whether it gets an entry of its own; ended is a window of the same person that is over.
func (r *refusals) count(a registry.Actor, act string, now time.Time) (tell bool, ended *refusalCount) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.of[a.Username]
	if w != nil && now.Sub(w.began) >= refusalWindow {
		w, ended = nil, w
	}
	if w == nil {
		w = &refusalCount{actor: a, began: now, told: map[string]bool{}, again: map[string]int{}}
		if r.of == nil {
			r.of = map[string]*refusalCount{}
		}
		r.of[a.Username] = w
	}
	if w.told[act] || len(w.told) == refusalKinds {
		w.again[act]++
		return false, ended
	}
	w.told[act] = true
	return true, ended
}

// take gives out the windows that are over; with all, every one.
func (r *refusals) take(now time.Time, all bool) (ended []*refusalCount) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(r.of)) {
		if w := r.of[name]; all || now.Sub(w.began) >= refusalWindow {
			ended = append(ended, w)
			delete(r.of, name)
		}
	}
	return ended
}

// words are what a window's last entry says; empty where nothing was repeated.
func (w *refusalCount) words() string {
	const named = 5
	acts := slices.SortedFunc(maps.Keys(w.again), func(a, b string) int { return cmp.Or(cmp.Compare(w.again[b], w.again[a]), strings.Compare(a, b)) })
	var parts []string
	total, others := 0, 0
	for i, act := range acts {
		total += w.again[act]
		if i < named {
			parts = append(parts, fmt.Sprintf("%s %d 次", act, w.again[act]))
		} else {
			others += w.again[act]
		}
	}
	if others > 0 {
		parts = append(parts, fmt.Sprintf("其他 %d 次", others))
	}
	if total == 0 {
		return ""
	}
	return fmt.Sprintf("自 %s 起一分钟内又被拒绝 %d 次，合并记为一条：%s", w.began.In(registry.Shanghai).Format("15:04:05"), total, strings.Join(parts, "；"))
}

// Refused notes in the audit log that a request was refused, in a transaction of its own: what the request began is rolled back. That the
// note cannot be written changes nothing of the answer; the program's log tells it.
func (s *Service) Refused(ctx context.Context, a registry.Actor, r Refusal) {
	tell, ended := s.refusals.count(a, r.Act, s.now())
	if ended != nil {
		s.tellRefusals(ctx, ended)
	}
	if tell {
		s.noteRefusal(ctx, a, r.Entity, r.EntityID, r.Act+"："+r.Why)
	}
}

// TellRefusals writes down what Refused counted as the minutes end, until ctx does, and the rest then.
func (s *Service) TellRefusals(ctx context.Context) {
	tick := time.NewTicker(refusalTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			s.tellRefusals(ctx, s.refusals.take(s.now(), true)...)
			return
		case <-tick.C:
			s.tellRefusals(ctx, s.refusals.take(s.now(), false)...)
		}
	}
}

func (s *Service) tellRefusals(ctx context.Context, ended ...*refusalCount) {
	for _, w := range ended {
		if words := w.words(); words != "" {
			s.noteRefusal(ctx, w.actor, "access", 0, words)
		}
	}
}

// noteRefusal does not wait for long, and goes on when whoever asked has left.
func (s *Service) noteRefusal(ctx context.Context, a registry.Actor, entity string, id int64, words string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refusalPatience)
	defer cancel()
	err := s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: ActionRefused, Entity: cmp.Or(entity, "access"), EntityID: id, Detail: words}, nil)
	})
	if err != nil {
		s.log.LogAttrs(ctx, slog.LevelError, "note a refused attempt", slog.String("user", a.Username), slog.String("what", words), slog.String("error", err.Error()))
	}
}
