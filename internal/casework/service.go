package casework

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"casebook/internal/auth"
	"casebook/internal/heavy"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// Service is the register's use cases over one open store and one law catalogue.
type Service struct {
	db     *store.DB
	now    func() time.Time
	hasher *auth.Hasher
	log    *slog.Logger
	heavy  *heavy.Queue // by bytes
	wholes *heavy.Queue // reads of the whole register, by number

	upkeep   upkeep
	jobs     jobs
	refusals refusals

	papers []PaperMaker
	files  map[string]FileMaker
	glyphs func(r rune) bool
	key    KeySource

	laws       *statute.Catalogue // compiled into the program
	law        atomic.Pointer[loadedLaw]
	lawLoading sync.Mutex   // one rebuild at a time
	lawLooked  atomic.Int64 // when RefreshLaws last asked the database, in nanoseconds

	bureau  *registry.Bureau     // the program's default
	kept    atomic.Pointer[kept] // nil until LoadKept: the program's own calendar, kinds and bureau
	keeping sync.Mutex
	zones   zoneCache
}

// Config wires a Service. Now is the only clock below cmd.
type Config struct {
	DB     *store.DB
	Law    *statute.Catalogue
	Now    func() time.Time
	Hasher *auth.Hasher
	Logger *slog.Logger
	// Papers makes the files of a bulletin that its approval freezes; Settable tells whether their fonts hold a character. Nil: there are none,
	// and nothing is asked.
	Papers   []PaperMaker
	Settable func(r rune) bool
	// Files makes exports as files, by their formats: what jobs write. Nil: there are no jobs.
	Files map[string]FileMaker
	// HeadKey is the key that signs heads of the audit chain and exports. Nil: nothing is signed.
	HeadKey KeySource
}

// New makes a Service. It knows the laws compiled into the program; LoadLaws adds those an administrator imported.
func New(c Config) *Service {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Hasher == nil {
		c.Hasher = auth.NewHasher(auth.Default)
	}
	s := &Service{db: c.DB, laws: c.Law, bureau: registry.DefaultBureau(), now: c.Now, hasher: c.Hasher, log: c.Logger, papers: c.Papers, files: c.Files, jobs: newJobs(), glyphs: c.Settable, key: c.HeadKey, heavy: heavy.New(heavyRoom, heavyPatience), wholes: heavy.New(heavyReads, heavyPatience)}
	s.upkeep.asked = make(chan struct{}, 1)
	s.law.Store(&loadedLaw{catalogue: c.Law.For(s.bureau.City.Code), city: s.bureau.City.Code})
	return s
}

// Law is the statute catalogue as it stands. An import puts another in its place, so a use case takes it once and asks that one throughout.
func (s *Service) Law() *statute.Catalogue { return s.law.Load().catalogue }

// Now is the service's clock, in Shanghai.
func (s *Service) Now() time.Time { return s.now().In(registry.Shanghai) }

// Today is the civil day in Shanghai.
func (s *Service) Today() registry.Date { return registry.DateOf(s.now()) }

// read runs fn in a read snapshot after the permission check.
func (s *Service) read(ctx context.Context, a registry.Actor, p registry.Permission, fn func(tx *store.Tx) error) error {
	if err := a.May(p); err != nil {
		return err
	}
	return s.db.Read(ctx, func(tx *store.Tx) error {
		if err := narrow(tx, a); err != nil {
			return err
		}
		return fn(tx)
	})
}

// narrow keeps what an officer of a branch reads to the branch, where the bureau has set it so.
func narrow(tx *store.Tx, a registry.Actor) error {
	if a.Branch == nil {
		return nil
	}
	b, err := tx.Bureau()
	if err == nil && b.OwnBranchOnly {
		tx.Narrow(a.Branch)
	}
	return err
}

// write runs fn in the one write transaction, confined to the records of the actor's branch, and ends it in the order of every write: the rows that fn changed, then what is derived
// from them (a case's stage, search text and due day), then the revisions, which hold what people wrote, and the audit entries.
func (s *Service) write(ctx context.Context, a registry.Actor, fn func(tx *store.Tx) error) error {
	return s.db.Write(ctx, s.ended(a, fn))
}

// writeAlone is write for what may reach many records: nobody else's rows wait for its end.
func (s *Service) writeAlone(ctx context.Context, a registry.Actor, fn func(tx *store.Tx) error) error {
	return s.db.WriteAlone(ctx, s.ended(a, fn))
}

func (s *Service) ended(a registry.Actor, fn func(tx *store.Tx) error) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		tx.Confine(a.Branch)
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.Settle(s.due, s.fact); err != nil {
			return err
		}
		return tx.WriteHistory()
	}
}

const (
	// heavyRoom is what all heavy work may need together: two jobs, two reads of the whole register and a paper beside them, or four papers.
	heavyRoom = 128 << 20
	// wholeBytes is what an export or a summary needs at its peak (20 MB live at 100,000 cases as at 20,000), verifyBytes what a verification does, paperBytes a PDF.
	wholeBytes  = 24 << 20
	verifyBytes = 48 << 20
	paperBytes  = 32 << 20
	// heavyReads is how many reads of the whole register run side by side: each holds a reader for as long as it takes, and pages need the others. The
	// third waits before the queue, so that a paper need not wait behind it.
	heavyReads = 2
	// heavyPatience is how long somebody waits for either.
	heavyPatience = 25 * time.Second
)

// whole waits for a place among the reads of the whole register; done gives it back.
func (s *Service) whole(ctx context.Context) (done func(), err error) {
	one, err := s.wholes.Take(ctx, 1)
	if err != nil {
		return nil, err
	}
	room, err := s.heavy.Take(ctx, wholeBytes)
	if err != nil {
		one()
		return nil, err
	}
	return func() { room(); one() }, nil
}

// Paper waits for the room that a PDF needs while it is made; done gives it back and may be called twice.
func (s *Service) Paper(ctx context.Context) (done func(), err error) {
	return s.heavy.Take(ctx, paperBytes)
}
