package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Group commit. A commit waits for the disk, about a millisecond; requests that come in the meantime share the next one. The turn to write goes
// from hand to hand: whoever has it runs its own statements, in its own goroutine, as a savepoint of the transaction that is open, and
// hands it on to who waits. The last of a group commits, and then all of it are answered. So a request that comes alone waits for nobody, one that
// fails takes back its own rows only, and the order of the audit chain is the order of the turns.

const (
	// groupLength bounds how many requests share a commit, and groupTime how long the first of them waits for it to begin.
	groupLength = 64
	groupTime   = 20 * time.Millisecond

	savepoint = "SAVEPOINT member"
	release   = "RELEASE SAVEPOINT member"
	takeBack  = "ROLLBACK TO SAVEPOINT member"
)

// group is the queue in front of the writer.
type group struct {
	mu      sync.Mutex
	taken   bool // somebody has the turn
	waiting []*waiter
	longest time.Duration // groupTime, where it is zero
}

type waiter struct {
	turn  chan *shared
	alone bool
}

// shared is the transaction of a group.
type shared struct {
	h       *handle
	conn    *conn       // nil before the first of the group began, and once the transaction ended
	late    *time.Timer // since it began
	members int
	known   known
	head    auditHead
	terms   []terms
	done    chan struct{}
	err     error // of the commit, once done
}

func (g *group) write(caller context.Context, h *handle, alone bool, fn func(tx *Tx) error) error {
	s, err := g.wait(caller, h, alone)
	if err != nil {
		return err
	}
	if err := g.run(caller, s, alone, fn); err != nil {
		return err
	}
	// What is written is the group's now. A caller that gives up here is told what became of it, and that is a matter of groupTime.
	<-s.done
	return s.err
}

// wait waits for the turn. A caller that gives up is gone without a trace.
func (g *group) wait(caller context.Context, h *handle, alone bool) (*shared, error) {
	w := &waiter{turn: make(chan *shared, 1), alone: alone}
	g.mu.Lock()
	if g.taken {
		g.waiting = append(g.waiting, w)
	} else {
		g.taken = true
		w.turn <- newShared(h)
	}
	g.mu.Unlock()
	var s *shared
	select {
	case s = <-w.turn:
	case <-caller.Done():
		if !g.leave(w) { // the turn came at the same moment
			s = <-w.turn
		}
	}
	if err := caller.Err(); err != nil {
		if s != nil {
			g.pass(s, false)
		}
		if errors.Is(err, context.DeadlineExceeded) {
			return nil, fmt.Errorf("%w（%w）", errTurn, err)
		}
		return nil, fmt.Errorf("wait for the database: %w", err)
	}
	return s, nil
}

// leave takes a waiter out of the queue; false where it is not there any more.
func (g *group) leave(w *waiter) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting, w)
	if i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
	}
	return i >= 0
}

func newShared(h *handle) *shared { return &shared{h: h, done: make(chan struct{})} }

// run is a member's turn: its statements, and their end. The turn goes on however fn ends.
func (g *group) run(caller context.Context, s *shared, alone bool, fn func(tx *Tx) error) (err error) {
	kept := false
	defer func() {
		if !kept {
			s.undo(err)
		}
		g.pass(s, alone)
	}()
	if err := s.begin(caller, alone, cmp.Or(g.longest, groupTime)); err != nil {
		return err
	}
	tx := newTx(caller, s.conn)
	tx.known, tx.head = &s.known, s.head
	if err := fn(tx); err != nil {
		return translate(err)
	}
	if err := caller.Err(); err != nil {
		return err
	}
	if err := s.keep(alone); err != nil {
		return err
	}
	kept = true
	s.head, s.terms = tx.head, append(s.terms, tx.terms...)
	return nil
}

// begin opens the transaction for the first of a group, and a savepoint for each. Also the first has one: releasing it shows that the transaction
// is still there. A long write, which is a group of its own, has none: SQLite walks through all that a savepoint could take back at the end of
// every statement that has a trigger.
func (s *shared) begin(caller context.Context, alone bool, longest time.Duration) (err error) {
	if s.conn == nil {
		if s.conn, err = s.h.open(caller); err != nil {
			return err
		}
		s.late = time.NewTimer(longest)
	}
	if alone {
		return nil
	}
	return s.conn.do(savepoint)
}

func (s *shared) keep(alone bool) error {
	if !alone {
		if err := s.conn.do(release); err != nil {
			return err
		}
	}
	s.members++
	return nil
}

// undo takes back what a member wrote that failed with cause; nil where it panicked. Some errors (a full disk, most of all) end the whole
// transaction: then nothing of the group stands, and all of it are told.
func (s *shared) undo(cause error) {
	s.known = known{} // it may have read its own rows
	switch {
	case s.conn == nil:
	case s.members == 0:
		_ = s.h.end(s.conn, "ROLLBACK") // the cause is the one to tell
		s.conn = nil
	default:
		err := s.conn.do(takeBack)
		if err == nil {
			err = s.conn.do(release)
		}
		if err != nil {
			s.h.discard(s.conn)
			s.finish(lost(cause, err))
		}
	}
}

// lost is what the others of a group are told where a member's trouble took their transaction with it.
func lost(cause, err error) error {
	if cause != nil && troubleOf(cause) != unclear {
		return fmt.Errorf("the transaction that it shared was lost: %w", cause)
	}
	return fmt.Errorf("%w（the transaction that it shared was lost: %w）", errAway, err)
}

// pass hands the turn on: the open transaction to the next who waits where it may take one more, else a new one after the commit.
func (g *group) pass(s *shared, alone bool) {
	if s.conn != nil {
		if !alone && !s.full() && g.hand(s, func(w *waiter) bool { return !w.alone }) {
			return
		}
		s.finish(s.commit())
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.next(newShared(s.h)) {
		g.taken = false
	}
}

func (s *shared) full() bool {
	select {
	case <-s.late.C:
		return true
	default:
		return s.members >= groupLength
	}
}

// commit ends the transaction with what is written once for all of the group.
func (s *shared) commit() error {
	tx := newTx(context.Background(), s.conn)
	err := tx.writeTerms(s.terms)
	if err == nil && s.head.seq > 0 {
		err = tx.moveHead(s.head)
	}
	if err != nil {
		_ = s.h.end(s.conn, "ROLLBACK")
		return translate(err)
	}
	return s.h.end(s.conn, "COMMIT")
}

// hand gives the turn to the first who waits, if it may have it.
func (g *group) hand(s *shared, may func(w *waiter) bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting) > 0 && may(g.waiting[0]) && g.next(s)
}

func (g *group) next(s *shared) bool {
	if len(g.waiting) == 0 {
		return false
	}
	w := g.waiting[0]
	g.waiting = slices.Delete(g.waiting, 0, 1)
	w.turn <- s
	return true
}

// finish answers all of the group.
func (s *shared) finish(err error) {
	s.late.Stop()
	s.conn, s.err = nil, err
	close(s.done)
}
