package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// A standby follows the database and takes the reads that may lag. When it was last as new as the database is found out by asking: the end of the
// database's log at a moment, and then, until it has come there, how far the standby has replayed. From that moment on it holds every commit that anybody
// was told of before, at whichever node.

const (
	standbyLag   = 5 * time.Second // older than this it answers nothing
	standbyEvery = 500 * time.Millisecond
	standbyWait  = 2 * time.Second // for its answer
	// clockSkew is how far the clocks of two nodes may differ: one notes when somebody wrote, another how new the standby is.
	clockSkew = 2 * time.Second
)

type standby struct {
	place   string
	now     func() time.Time
	reader  *handle
	asOf    atomic.Int64 // the moment, in nanoseconds, of which it holds every commit; 0 where it cannot be used
	trouble atomic.Pointer[string]
	stop    context.CancelFunc
	done    chan struct{}
}

type lagKey struct{}

// MayLag lets the reads of a request go to the standby where that holds all that was committed until the moment since: the last own write of whoever asks.
func MayLag(ctx context.Context, since time.Time) context.Context {
	return context.WithValue(ctx, lagKey{}, since)
}

// serves reports whether a read may go to the standby.
func (s *standby) serves(ctx context.Context) bool {
	if s == nil {
		return false
	}
	since, may := ctx.Value(lagKey{}).(time.Time)
	asOf := s.asOf.Load()
	return may && asOf != 0 && s.now().Sub(time.Unix(0, asOf)) < standbyLag && time.Unix(0, asOf).Sub(since) > clockSkew
}

// openStandby opens the connections to the standby. It may be away: then the database answers until it is there.
func (db *DB) openStandby(schema int64, opt Options) error {
	config, err := postgresConfig(opt.Standby)
	if err != nil {
		return fmt.Errorf("--db-read：%w", err)
	}
	pool := sql.OpenDB(postgresConnector{stdlib.GetConnector(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error { return db.enter(ctx, c, schema, false) }))})
	ctx, stop := context.WithCancel(context.Background())
	s := &standby{place: fmt.Sprintf("%s/%s", net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), config.Database), now: opt.Clock, stop: stop, done: make(chan struct{}),
		reader: newHandle(db.engine, pool, false, max(8, 2*runtime.NumCPU()), opt.Trace)}
	db.standby = s
	go db.follow(ctx, s)
	return nil
}

func (s *standby) close() error {
	if s == nil {
		return nil
	}
	s.stop()
	<-s.done
	return s.reader.Close()
}

// follow finds out again and again how new the standby is.
func (db *DB) follow(ctx context.Context, s *standby) {
	defer close(s.done)
	var place string // of the database's log at the moment at; empty where none is waited for
	var at time.Time
	again := time.NewTicker(standbyEvery)
	defer again.Stop()
	for {
		err := db.compare(ctx, s, &place, &at)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.asOf.Store(0)
		}
		db.tell(s, err)
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

var (
	errLags     = errors.New("it lags behind the database")
	errDatabase = errors.New("the database itself does not answer")
	errStandby  = errors.New("it is no standby")
	errOther    = errors.New("it holds another register")
)

func (db *DB) compare(ctx context.Context, s *standby, place *string, at *time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, standbyWait)
	defer cancel()
	var register string
	if *place == "" {
		now := s.now()
		if err := db.reader.ask(ctx, []any{place}, "SELECT pg_current_wal_insert_lsn()::text"); err != nil {
			return fmt.Errorf("%w: %w", errDatabase, err)
		}
		*at = now
	}
	var standing, there bool
	if err := s.reader.ask(ctx, []any{&standing, &there, &register}, `SELECT pg_is_in_recovery(), COALESCE(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false),
		COALESCE((SELECT value FROM settings WHERE name = $2), '')`, *place, settingRegister); err != nil {
		return err
	}
	switch {
	case !standing:
		return errStandby
	case register != db.register:
		return errOther
	case there:
		s.asOf.Store(at.UnixNano())
		*place = ""
	case s.now().Sub(*at) > standbyLag:
		return errLags
	}
	return nil
}

// ask asks one question outside a transaction.
func (h *handle) ask(ctx context.Context, into []any, query string, args ...any) error {
	c, err := h.take(ctx)
	if err != nil {
		return err
	}
	if err := c.QueryRowContext(ctx, query, args...).Scan(into...); err != nil {
		h.discard(c)
		h.renew()
		return err
	}
	h.give(c)
	return nil
}

// tell says in the log, once, that the standby cannot be used or can be again.
func (db *DB) tell(s *standby, err error) {
	var words *string
	if err != nil {
		w := fmt.Sprintf("备机 %s 现在不用（%s），查询由主机承担。", s.place, standbyWords(err))
		words = &w
	}
	before := s.trouble.Swap(words)
	switch {
	case err != nil && before == nil:
		db.log.Warn("the standby is not used", "standby", s.place, "err", err)
	case err == nil && before != nil:
		db.log.Info("the standby is used again", "standby", s.place)
	}
}

func standbyWords(err error) string {
	for known, words := range map[error]string{errLags: "复制落后", errDatabase: "主机没有应答，无法比较", errStandby: "它不是备机", errOther: "它是另一个登记册的数据库"} {
		if errors.Is(err, known) {
			return words
		}
	}
	if troubleOf(err) == away || errors.Is(err, context.DeadlineExceeded) {
		return "连不上"
	}
	return "出错，见日志"
}

// StandbyTrouble tells why the standby is not used; empty where it is, or where there is none.
func (db *DB) StandbyTrouble() string {
	if db.standby == nil || db.standby.trouble.Load() == nil {
		return ""
	}
	return *db.standby.trouble.Load()
}
