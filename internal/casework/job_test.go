package casework_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
	"casebook/internal/xlsx"
)

// working is a register whose server runs jobs. What a job of the format "held" has begun with waits until the test lets it go.
type working struct {
	*testing.T
	dir    string
	db     *store.DB
	s      *casework.Service
	clock  atomic.Int64
	held   chan held
	cancel context.CancelFunc
	ended  chan struct{}
}

// held is a writer that waits: of which year its export is, and what it ends with.
type held struct {
	year string
	end  chan error
}

// hold takes so many writers that wait, by their years.
func (w *working) hold(n int) map[string]chan error {
	m := map[string]chan error{}
	for range n {
		h := <-w.held
		m[h.year] = h.end
	}
	return m
}

func newWorking(t *testing.T) *working {
	w := &working{T: t, dir: storetest.Dir(t), held: make(chan held)}
	w.clock.Store(time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC).UnixNano())
	db, err := store.Open(ctx, w.dir, store.Options{Now: w.now(), Database: enginetest.Database(t, w.dir)})
	w.must(err)
	t.Cleanup(func() { _ = db.Close() })
	w.db, w.s = db, w.service(db)
	for _, a := range []registry.Actor{officer, auditor} {
		_, err := w.s.AddUser(ctx, registry.CommandLine, &registry.User{Username: a.Username, DisplayName: a.Username, Role: a.Role})
		w.must(err)
	}
	aCase(t, w.s, registry.OriginField)
	w.start()
	t.Cleanup(func() { w.cancel(); <-w.ended })
	return w
}

func (w *working) now() time.Time { return time.Unix(0, w.clock.Load()).UTC() }

func (w *working) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *working) service(db *store.DB) *casework.Service {
	hold := func(string) report.LedgerWriter {
		return func(out io.Writer, l report.Ledger) (*report.Summary, error) {
			if _, err := io.WriteString(out, "half of it"); err != nil {
				return nil, err
			}
			h := held{l.Options.From.String(), make(chan error)}
			w.held <- h
			if err := <-h.end; err != nil {
				return nil, err
			}
			return report.Summarize(l.Cases, l.Options)
		}
	}
	return casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: w.now, Hasher: auth.NewHasher(auth.Cheap), HeadKey: seal.KeyFile(filepath.Join(w.dir, "head.key")), Logger: slog.New(slog.NewTextHandler(w.Output(), nil)),
		Files: map[string]casework.FileMaker{"xlsx": func(string) report.LedgerWriter { return xlsx.WriteLedger }, "held": hold}})
}

// start is the server's work behind its pages.
func (w *working) start() {
	var work context.Context
	work, w.cancel = context.WithCancel(context.Background())
	ended := make(chan struct{})
	w.ended = ended
	s := w.s
	go func() { defer close(ended); s.RunJobs(work) }()
}

func (w *working) ask(a registry.Actor, x casework.Export) registry.JobID {
	w.Helper()
	id, asked, err := w.s.AskExport(ctx, a, x, 0)
	if err != nil || !asked {
		w.Fatalf("ask for an export: %v, %v", asked, err)
	}
	return id
}

// job is one of a person's as its list shows it.
func (w *working) job(a registry.Actor, id registry.JobID) casework.Job {
	w.Helper()
	list, err := w.s.Jobs(ctx, a, registry.JobExport)
	w.must(err)
	for _, x := range list {
		if x.ID == id {
			return x
		}
	}
	return casework.Job{}
}

// until waits for a state.
func (w *working) until(a registry.Actor, id registry.JobID, state registry.JobState) casework.Job {
	w.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if x := w.job(a, id); x.State == state {
			return x
		} else if time.Now().After(end) {
			w.Fatalf("job %d is %s (%s), want %s", id, x.State, x.Trouble, state)
		}
	}
}

// read is the file of a job.
func (w *working) read(a registry.Actor, id registry.JobID) []byte {
	w.Helper()
	x, f, err := w.s.OpenJobFile(ctx, a, id)
	w.must(err)
	defer f.Close() //nolint:errcheck // of a test
	b, err := io.ReadAll(f)
	w.must(err)
	if hashOf(b) != x.SHA256 || int64(len(b)) != x.Size {
		w.Errorf("the file of job %d is not that of its hash", id)
	}
	return b
}

// left are the files in the folder of exports.
func (w *working) left() (names []string) {
	w.Helper()
	list, err := os.ReadDir(filepath.Join(w.dir, "exports"))
	if err != nil && !os.IsNotExist(err) {
		w.Fatal(err)
	}
	for _, d := range list {
		names = append(names, d.Name())
	}
	return names
}

// Two jobs run at a time, the others have their places; who cancels frees place and files at once, and the next begins.
func TestJobsTakeTurns(t *testing.T) {
	w := newWorking(t)
	var ids []registry.JobID
	for i := range 4 {
		ids = append(ids, w.ask(auditor, casework.Export{Format: "held", Cases: casework.LedgerFilter{From: registry.Year(2020 + i)}}))
	}
	running := w.hold(2)
	one, two := running["2020"], running["2021"]
	for i, place := range []int{0, 0, 1, 2} {
		if x := w.job(auditor, ids[i]); x.Place != place || (x.State == registry.JobRunning) != (place == 0) {
			t.Errorf("job %d is %s at place %d, want place %d", i, x.State, x.Place, place)
		}
	}
	if again := w.ask(auditor, casework.Export{Format: "held", Cases: casework.LedgerFilter{From: registry.Year(2023)}}); again != ids[3] {
		t.Errorf("the same export asked for twice is job %d, want %d", again, ids[3])
	}
	if err := w.s.CancelJob(ctx, officer, registry.JobExport, ids[2]); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("somebody else's job: %v", err)
	}
	w.must(w.s.CancelJob(ctx, auditor, registry.JobExport, ids[2]))
	go func() { two <- context.Canceled }() // the writer hears of it as soon as it writes or reads
	w.must(w.s.CancelJob(ctx, auditor, registry.JobExport, ids[1]))
	three := w.hold(1)["2023"] // the fourth: the third was taken out of the queue
	if x := w.job(auditor, ids[1]); x.State != registry.JobCancelled || len(w.left()) != 2 {
		t.Errorf("after cancelling it is %s, with files %q", x.State, w.left())
	}
	one <- nil
	three <- nil
	for _, id := range []registry.JobID{ids[0], ids[3]} {
		w.until(auditor, id, registry.JobDone)
		if b := w.read(auditor, id); string(b) != "half of it" {
			t.Errorf("the file is %q", b)
		}
	}
	if _, _, err := w.s.OpenJobFile(ctx, officer, ids[0]); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("somebody else's file: %v", err)
	}
	if _, _, err := w.s.OpenJobFile(ctx, auditor, ids[1]); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the file of a cancelled job: %v", err)
	}
	if err := w.s.CancelJob(ctx, auditor, registry.JobExport, ids[0]); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("cancel what has ended: %v", err)
	}
	w.must(w.s.DropJob(ctx, auditor, registry.JobExport, ids[0]))
	if left := w.left(); len(left) != 1 || left[0] != fmt.Sprint(ids[3]) {
		t.Errorf("after one was deleted there are %q", left)
	}
}

// An export that its server lost is broken, and made again has the bytes of the first: those of the state of the register that it began with.
func TestLostJobIsMadeAgain(t *testing.T) {
	w := newWorking(t)
	whole := w.ask(auditor, casework.Export{Format: "xlsx"})
	first := w.until(auditor, whole, registry.JobDone)
	file := w.read(auditor, whole)
	cut := w.ask(auditor, casework.Export{Format: "held"})
	end := <-w.held
	w.cancel()
	end.end <- context.Canceled
	<-w.ended
	if x := w.job(auditor, cut); x.State != registry.JobBroken || x.Trouble == "" || x.Position != first.Position {
		t.Errorf("broken off by a stop: %+v", x.Job)
	}
	if left := w.left(); len(left) != 1 {
		t.Errorf("files after a stop: %q", left)
	}

	// A server that was killed leaves its job as it was: its row says that it runs.
	w.must(w.db.Write(ctx, func(tx *store.Tx) error {
		x, err := tx.Job(whole)
		if err == nil {
			x.State, x.Node, x.SHA256 = registry.JobRunning, "another", ""
			_, err = tx.PutJob(&x, registry.JobDone, x.Run)
		}
		return err
	}))
	aCase(t, w.s, registry.OriginField) // the register goes on
	w.clock.Add(int64(2 * time.Minute))
	w.s = w.service(w.db)
	w.start()
	w.until(auditor, whole, registry.JobBroken)
	w.must(w.s.RunAgain(ctx, auditor, registry.JobExport, whole))
	again := w.until(auditor, whole, registry.JobDone)
	if again.SHA256 != first.SHA256 || again.Trouble != "" || string(w.read(auditor, whole)) != string(file) {
		t.Errorf("made again it is %s, was %s (%s)", again.SHA256, first.SHA256, again.Trouble)
	}
	if again.Export == first.Export {
		t.Error("the second making has no record of its own")
	}

	w.clock.Add(int64(casework.JobKept + time.Hour))
	w.cancel()
	<-w.ended
	w.start()
	for end := time.Now().Add(2 * time.Minute); w.job(auditor, whole).ID != 0 || len(w.left()) > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("expired, and still there: %q", w.left())
		}
	}
}

// What goes wrong is said in words and leaves no file: a full disk, an account that was disabled, a list's order of the past.
func TestJobsFailInWords(t *testing.T) {
	w := newWorking(t)
	full := w.ask(auditor, casework.Export{Format: "held"})
	(<-w.held).end <- &os.PathError{Op: "write", Path: filepath.Join(w.dir, "exports", "x"), Err: syscall.ENOSPC}
	if x := w.until(auditor, full, registry.JobFailed); x.Trouble != "磁盘已满，没有写入任何内容。请通知管理员清理磁盘后重试。" || len(w.left()) != 0 {
		t.Errorf("on a full disk: %s, files %q", x.Trouble, w.left())
	}
	ordered := w.ask(auditor, casework.Export{Format: "xlsx", Order: casework.OrderFound})
	w.until(auditor, ordered, registry.JobDone)
	aCase(t, w.s, registry.OriginField)
	w.must(w.s.RunAgain(ctx, auditor, registry.JobExport, ordered))
	if x := w.until(auditor, ordered, registry.JobFailed); x.Trouble != "登记册在这份导出之后有改动，检索的、按列表次序的导出不能照原样重做。请重新导出现在的数据。" {
		t.Errorf("a list of the past: %s", x.Trouble)
	}
	w.must(w.s.DisableNamed(ctx, registry.CommandLine, officer.Username))
	gone := w.ask(officer, casework.Export{Format: "xlsx"})
	if x := w.until(officer, gone, registry.JobFailed); x.Trouble != "账号 "+officer.Username+" 已停用。" {
		t.Errorf("of a disabled account: %s", x.Trouble)
	}
	if _, asked, err := w.s.AskExport(ctx, auditor, casework.Export{Format: "xlsx", Cases: casework.LedgerFilter{Q: "441224197001011234"}}, 0); err != nil || asked {
		t.Errorf("a search for a person's number would be kept: %v, %v", asked, err)
	}
	if _, asked, err := w.s.AskExport(ctx, auditor, casework.Export{Format: "xlsx"}, 2); err != nil || asked {
		t.Errorf("two cases are made a job above two: %v, %v", asked, err)
	}
}

// Two servers of one register run two jobs between them, and what one runs the other cancels.
func TestJobsOfTwoServers(t *testing.T) {
	enginetest.OnlyPostgres(t)
	w := newWorking(t)
	first := w.s
	w.s = w.service(w.db)
	stopFirst, firstEnded := w.cancel, w.ended
	w.start()
	t.Cleanup(func() { stopFirst(); <-firstEnded })
	var ids []registry.JobID
	for i := range 3 {
		ids = append(ids, w.ask(auditor, casework.Export{Format: "held", Cases: casework.LedgerFilter{From: registry.Year(2020 + i)}}))
	}
	running := w.hold(2)
	select {
	case <-w.held:
		t.Error("three jobs run at a time")
	case <-time.After(3 * time.Second): // both have looked again
	}
	go func() { running["2020"] <- context.Canceled }() // once it hears of it
	w.must(first.CancelJob(ctx, auditor, registry.JobExport, ids[0]))
	three := w.hold(1)["2022"]
	running["2021"] <- nil
	three <- nil
	for _, id := range ids[1:] {
		w.until(auditor, id, registry.JobDone)
	}
	if x := w.job(auditor, ids[0]); x.State != registry.JobCancelled {
		t.Errorf("cancelled, and it is %s", x.State)
	}
}
