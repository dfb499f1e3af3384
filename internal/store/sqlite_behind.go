package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync"
)

// writeBehind writes the rows of a load while the next ones are made ready: half of a load's CPU is SQLite's, the other half is ours. Statements run in their order;
// whatever reads, or asks what became of a statement, waits until all are through, as does the end of the transaction. The first that fails ends them: every
// later statement tells its error, and the load is rolled back as a whole. So it is for a load alone (ForLoad), where no error is one row's.
type writeBehind struct {
	todo  chan *late
	queue sync.WaitGroup
	mu    sync.Mutex
	err   error
	last  map[string]int64 // the id that the last row of a table got, by the statement that inserts it
}

// late is a statement that may not have run yet.
type late struct {
	b    *writeBehind
	stmt *sql.Stmt
	args []any
	want int64 // the id that the row must get; 0 where it has none
	res  sql.Result
}

// behindMost is how many statements wait at most: some twenty cases, whose rows come by fits and starts.
const behindMost = 1024

func newWriteBehind() *writeBehind {
	b := &writeBehind{todo: make(chan *late, behindMost), last: map[string]int64{}}
	go func() {
		for l := range b.todo {
			if b.failed() == nil {
				b.fail(l.run())
			}
			b.queue.Done()
		}
	}()
	return b
}

func (l *late) run() (err error) {
	if l.res, err = l.stmt.ExecContext(context.Background(), l.args...); err != nil || l.want == 0 {
		return err
	}
	id, err := l.res.LastInsertId()
	if err == nil && id != l.want {
		err = fmt.Errorf("a row got the id %d, want %d", id, l.want)
	}
	return err
}

func (b *writeBehind) failed() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

func (b *writeBehind) fail(err error) {
	if err != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.err = err
	}
}

// caughtUp waits until all statements are through, and tells what failed.
func (b *writeBehind) caughtUp() error {
	if b == nil {
		return nil
	}
	b.queue.Wait()
	return b.failed()
}

// moved is before a statement that moves the transaction: COMMIT is the last to tell what failed, and what begins or takes back forgets it.
func (b *writeBehind) moved(query string) error {
	err := b.caughtUp()
	if b == nil || query == "COMMIT" || query == release {
		return err
	}
	b.err = nil
	clear(b.last) // what got an id may have been taken back
	return nil
}

func (b *writeBehind) exec(s *sql.Stmt, args []any, want int64) (*late, error) {
	if err := b.failed(); err != nil {
		return nil, err
	}
	for i, a := range args { // what it points to may change before it is written
		if v, ok := a.(driver.Valuer); ok {
			if _, ok := a.(searchText); ok { // packing it is work for the other side
				continue
			}
			value, err := v.Value()
			if err != nil {
				return nil, err
			}
			args[i] = value
		}
	}
	l := &late{b: b, stmt: s, args: args, want: want}
	b.queue.Add(1)
	b.todo <- l
	return l, nil
}

// insert is exec for a row of a table that gives out ids one after another: after the first row of a transaction the next id is known before it is written.
func (b *writeBehind) insert(s *sql.Stmt, query string, args []any) (int64, error) {
	id, known := b.last[query]
	if known {
		id++
		if _, err := b.exec(s, args, id); err != nil {
			return 0, err
		}
	} else {
		l, err := b.exec(s, args, 0)
		if err != nil {
			return 0, err
		}
		if id, err = l.LastInsertId(); err != nil {
			return 0, err
		}
	}
	b.last[query] = id
	return id, nil
}

func (l *late) LastInsertId() (int64, error) {
	if err := l.b.caughtUp(); err != nil {
		return 0, err
	}
	return l.res.LastInsertId()
}

func (l *late) RowsAffected() (int64, error) {
	if err := l.b.caughtUp(); err != nil {
		return 0, err
	}
	return l.res.RowsAffected()
}

// stop is before the connection is closed, which is then nobody's.
func (b *writeBehind) stop() {
	if b != nil {
		b.queue.Wait()
		close(b.todo)
	}
}
