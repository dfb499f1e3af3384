package store

import (
	"context"
	"crypto/rand"
	"time"
)

// Several servers (nodes) may serve a register that lies in PostgreSQL. What they know together is in the database: sessions, throttles, keys of
// repeated requests, laws, calendar. Here is what one of them does for all, and what they must have alike.

// nodeLock is the class of the locks under which one node works for all.
const nodeLock = 1128354631

// turnPoll is how often a node that waits for its turn asks again.
const turnPoll = 100 * time.Millisecond

// Shared tells whether other servers may serve the register at the same time.
func (db *DB) Shared() bool { return db.place != "" }

// Alone takes the right to do a piece of work for all nodes; alone is false while another has it. A node that dies loses it with its connection.
// It saves work and keeps two starts apart, no more: a node that was cut off from the database may not know yet that it lost it.
func (db *DB) Alone(ctx context.Context, work string) (done func(), alone bool, err error) {
	if !db.Shared() {
		return func() {}, true, nil
	}
	for again := false; ; again = true {
		c, err := db.reader.take(ctx)
		if err != nil {
			return nil, false, db.unavailable(err)
		}
		err = c.QueryRowContext(context.WithoutCancel(ctx), "SELECT pg_try_advisory_lock($1, hashtext(current_schema() || '.' || $2))", nodeLock, work).Scan(&alone)
		switch {
		case err == nil && !alone:
			db.reader.give(c)
			return func() {}, false, nil
		case err == nil:
			return func() { db.endAlone(c, work) }, true, nil
		}
		db.reader.discard(c)
		if again || troubleOf(err) != away {
			return nil, false, db.unavailable(err)
		}
		db.reader.renew()
	}
}

func (db *DB) endAlone(c *conn, work string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_unlock($1, hashtext(current_schema() || '.' || $2))", nodeLock, work); err != nil {
		db.reader.discard(c) // the lock goes with it
		return
	}
	db.reader.give(c)
}

// InTurn does a piece of work while no other node does it.
func (db *DB) InTurn(ctx context.Context, work string, fn func() error) error {
	for {
		done, alone, err := db.Alone(ctx, work)
		if err != nil {
			return err
		}
		if alone {
			defer done()
			return fn()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(turnPoll):
		}
	}
}

// Secret is what the nodes sign with: a page that one of them made is another's too. The only server of an SQLite file needs none that outlives it.
func (db *DB) Secret(ctx context.Context) ([]byte, error) {
	if !db.Shared() {
		return []byte(rand.Text()), nil
	}
	secret, err := db.settled(ctx, "secret")
	return []byte(secret), err
}

// settled reads a random word that the register has for good; who asks first makes it.
func (db *DB) settled(ctx context.Context, name string) (word string, err error) {
	err = db.Write(ctx, func(tx *Tx) (err error) {
		if word, err = tx.Setting(name); err != nil || word != "" {
			return err
		}
		word = rand.Text()
		return tx.SetSetting(name, word)
	})
	return word, err
}
