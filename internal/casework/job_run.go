package casework

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

const (
	// jobBeat is how often a running job says that it lives and how far it is, and learns that it was cancelled elsewhere.
	jobBeat = time.Second
	// jobLost is how long a job says nothing before it is taken for lost: its server was killed, or cut off from the database.
	jobLost = time.Minute
	// importLost is that of an import, which says nothing while it writes.
	importLost = 15 * time.Minute
	// jobPoll is how often a server looks for jobs that others were asked for, and jobSweep for what is lost or has expired.
	jobPoll  = 2 * time.Second
	jobSweep = time.Minute
)

// Why a job ends before its end.
var (
	errCancelled = registry.Conflict("已取消")
	errStopped   = registry.Conflict("服务器停止了，没有做完")
	errTaken     = registry.Conflict("与数据库失去联系太久，已由别的服务器接管")
)

// jobs are those that this server runs.
type jobs struct {
	node    string
	asked   chan struct{}
	mu      *sync.Mutex
	running map[registry.JobID]*runningJob
}

type runningJob struct {
	stop  context.CancelCauseFunc
	how   progressOf
	ended chan struct{}
}

func newJobs() jobs {
	return jobs{node: rand.Text(), asked: make(chan struct{}, 1), mu: &sync.Mutex{}, running: map[registry.JobID]*runningJob{}}
}

// wake has the queue looked at.
func (j *jobs) wake() {
	select {
	case j.asked <- struct{}{}:
	default: // somebody has asked already
	}
}

// stop ends a job and waits until it has let go of what it held; nothing happens where it does not run here.
func (j *jobs) stop(id registry.JobID, why error) {
	j.mu.Lock()
	r := j.running[id]
	j.mu.Unlock()
	if r != nil {
		r.stop(why)
		<-r.ended
	}
}

// now puts into a job how far it is, where it runs here: while an import writes, nothing else is written, and so not how far it is either.
func (j *jobs) now(x *registry.Job) {
	j.mu.Lock()
	r := j.running[x.ID]
	j.mu.Unlock()
	if r == nil || x.State != registry.JobRunning {
		return
	}
	x.Done, x.Total = r.how.done.Load(), r.how.total.Load()
	if doing := r.how.doing.Load(); doing != nil {
		x.Doing = *doing
	}
}

// RunJobs runs jobs until ctx ends, behind the requests of a server. A job that runs then is broken off.
func (s *Service) RunJobs(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	var swept time.Time
	wait := jobSweep
	if s.db.Shared() {
		wait = jobPoll
	}
	for ctx.Err() == nil {
		if now := s.now(); now.Sub(swept) >= jobSweep {
			swept = now
			s.told(ctx, "sweep the jobs", s.sweepJobs(ctx))
		}
		for {
			x, ok, err := s.nextJob(ctx)
			s.told(ctx, "take a job", err)
			if err != nil || !ok {
				break
			}
			running.Go(func() {
				s.runJob(ctx, x)
				s.jobs.wake()
			})
		}
		select {
		case <-ctx.Done():
		case <-s.jobs.asked:
		case <-time.After(wait):
		}
	}
}

// told has the log tell of trouble, unless it is that the server stops.
func (s *Service) told(ctx context.Context, doing string, err error) {
	if err != nil && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelError, doing, slog.String("error", err.Error()))
	}
}

// nextJob takes the first of the queue, if fewer than may run together do.
func (s *Service) nextJob(ctx context.Context) (x registry.Job, ok bool, err error) {
	waits := func(open []registry.Job) int {
		busy, next := 0, -1
		for i := range open {
			if open[i].State == registry.JobRunning {
				busy++
			} else if next < 0 {
				next = i
			}
		}
		if busy >= jobsAtOnce {
			return -1
		}
		return next
	}
	open := func(tx *store.Tx) (list []registry.Job, at int, err error) {
		list, err = tx.OpenJobs()
		return list, waits(list), err
	}
	at := -1
	if err := s.db.Read(ctx, func(tx *store.Tx) error { _, at, err = open(tx); return err }); err != nil || at < 0 {
		return x, false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		ok = false
		list, at, err := open(tx)
		if err != nil || at < 0 {
			return err
		}
		x = list[at]
		now := s.now()
		x.State, x.Run, x.Node, x.BegunAt, x.BeatAt = registry.JobRunning, x.Run+1, s.jobs.node, now, now
		ok, err = tx.PutJob(&x, registry.JobWaiting, x.Run-1)
		return err
	})
	return x, ok && err == nil, err
}

// progressOf is how far a job is, as its work tells it.
type progressOf struct {
	doing       atomic.Pointer[string]
	done, total atomic.Int64
}

func (p *progressOf) at(doing string, done, total int64) {
	p.doing.Store(&doing)
	p.done.Store(done)
	p.total.Store(total)
}

// reads tells of cases that are read; then the file is put together.
func (p *progressOf) reads(done, total int) {
	doing := "读取案件"
	if done >= total {
		doing = "写出文件"
	}
	p.at(doing, int64(done), int64(total))
}

func (s *Service) runJob(server context.Context, x registry.Job) {
	ctx, stop := context.WithCancelCause(context.WithoutCancel(server))
	defer context.AfterFunc(server, func() { stop(errStopped) })()
	r := &runningJob{stop: stop, ended: make(chan struct{})}
	s.jobs.mu.Lock()
	s.jobs.running[x.ID] = r
	s.jobs.mu.Unlock()
	defer func() {
		s.jobs.mu.Lock()
		delete(s.jobs.running, x.ID)
		s.jobs.mu.Unlock()
		close(r.ended)
	}()
	p := &r.how
	beats := make(chan struct{})
	var beating sync.WaitGroup
	beating.Go(func() { s.beat(ctx, x, p, stop, beats) })
	err := s.doJob(ctx, &x, p)
	close(beats)
	beating.Wait()
	s.endJob(ctx, &x, err)
}

// beat writes how far a job is until it ends, and stops it where it is not this server's any more.
func (s *Service) beat(ctx context.Context, x registry.Job, p *progressOf, stop context.CancelCauseFunc, ended <-chan struct{}) {
	every := time.NewTicker(jobBeat)
	defer every.Stop()
	for {
		select {
		case <-ended:
			return
		case <-ctx.Done():
			return
		case <-every.C:
		}
		ours := true
		err := s.db.Write(ctx, func(tx *store.Tx) error {
			now, err := tx.Job(x.ID)
			if err != nil {
				ours = registry.KindOf(err) != registry.KindNotFound
				return err
			}
			if now.State != registry.JobRunning || now.Run != x.Run {
				ours = false
				return nil
			}
			now.BeatAt, now.Done, now.Total = s.now(), p.done.Load(), p.total.Load()
			if doing := p.doing.Load(); doing != nil {
				now.Doing = *doing
			}
			ours, err = tx.PutJob(&now, registry.JobRunning, x.Run)
			return err
		})
		if !ours {
			stop(errTaken)
			return
		}
		s.told(ctx, "write how far a job is", err) // a disk that is full now may have room for the next
	}
}

// doJob does the work. A panic is this job's alone.
func (s *Service) doJob(ctx context.Context, x *registry.Job, p *progressOf) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	a, err := s.ActorNamed(ctx, x.Owner) // as the account is now: it may have been disabled since
	if err != nil {
		return err
	}
	a.RemoteIP = x.RemoteIP
	switch x.Kind {
	case registry.JobVerify:
		return s.doVerify(ctx, x, p, a)
	case registry.JobImport:
		return s.doLedger(ctx, x, p, a)
	}
	return s.doExport(ctx, a, x, p)
}

func (s *Service) doExport(ctx context.Context, a registry.Actor, x *registry.Job, p *progressOf) error {
	ask, _, err := ExportOf(x.Request)
	if err != nil {
		return err
	}
	maker := s.files[ask.Format]
	if maker == nil {
		return registry.Conflict("没有“%s”这种文件格式", ask.Format)
	}
	p.at("等待内存", 0, 0)
	file, err := s.db.MakeJobFile(x.ID)
	if err != nil {
		return err
	}
	defer file.Close()
	var made registry.ExportRecord
	defer func() { x.Export = made.ID }()
	how := making{room: func(ctx context.Context) (func(), error) { return s.jobRoom(ctx, wholeBytes) }, at: x.Position, tell: p.reads,
		begun: func(at registry.Position) error { return s.keepPosition(ctx, x, at, made.ID) }}
	err = s.sealedLedger(ctx, a, ask, file, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		l.TempDir = file.Dir()
		x.Filename = l.FileName(ask.Format)
		sum, err := maker(ask.Sheet)(w, l)
		if err != nil {
			return nil, err
		}
		return sum, file.Keep()
	}, &made, how)
	if err != nil {
		return s.db.Unavailable(err)
	}
	if x.SHA256 != "" && x.SHA256 != made.SHA256 {
		x.Trouble = "重做的文件与第一次的不同：导出方案、机构名称或程序的版本可能在其间改过"
	}
	x.SHA256, x.Size = made.SHA256, made.Size
	return nil
}

// keepPosition notes of which state of the register an export is, before it is made: a run after one that was broken off is of the same.
func (s *Service) keepPosition(ctx context.Context, x *registry.Job, at registry.Position, export registry.ExportID) error {
	x.Position, x.Export = at, export
	return s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Job(x.ID)
		if err != nil {
			return err
		}
		now.Position, now.Export = at, export
		_, err = tx.PutJob(&now, registry.JobRunning, x.Run) // where it was cancelled, the next beat stops it
		return err
	})
}

func (s *Service) doVerify(ctx context.Context, x *registry.Job, p *progressOf, a registry.Actor) error {
	if err := a.May(registry.PermAuditRead); err != nil {
		return err
	}
	var ask VerifyAsked
	if err := json.Unmarshal(x.Request, &ask); err != nil {
		return err
	}
	p.at("等待内存", 0, 0)
	done, err := s.jobRoom(ctx, verifyBytes)
	if err != nil {
		return err
	}
	defer done()
	r, err := s.verifyKeeping(ctx, ask, func(v store.VerifyProgress) { p.at(v.Doing, v.Done, v.All) })
	if err != nil {
		return err
	}
	x.Report, err = json.Marshal(r)
	return err
}

// jobRoom waits for the memory of a read of the whole register, for as long as it takes: nobody sits before it.
func (s *Service) jobRoom(ctx context.Context, bytes int64) (done func(), err error) {
	for {
		done, err := s.heavy.Take(ctx, bytes)
		if registry.KindOf(err) != registry.KindUnavailable {
			return done, err
		}
	}
}

// endJob notes how a job ended. Where somebody cancelled it meanwhile, that stands.
func (s *Service) endJob(ctx context.Context, x *registry.Job, failed error) {
	now, cause := s.now(), context.Cause(ctx)
	x.State, x.EndedAt, x.ExpiresAt, x.Doing = registry.JobDone, now, now.Add(JobKept), ""
	switch {
	case failed == nil:
		x.Done = x.Total
	case errors.Is(cause, errCancelled), errors.Is(cause, errTaken):
		return
	case errors.Is(cause, errStopped):
		x.State, x.Trouble = registry.JobBroken, errStopped.Error()
	default:
		x.State, x.Trouble = registry.JobFailed, troubleWords(failed)
		s.log.LogAttrs(ctx, slog.LevelError, "a job failed", slog.Int64("job", int64(x.ID)), slog.String("error", failed.Error()))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endPatience)
	defer cancel()
	ok := false
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		ok, err = tx.PutJob(x, registry.JobRunning, x.Run)
		return err
	})
	if failed == nil && (err != nil || !ok) && x.Kind == registry.JobExport {
		err = errors.Join(err, s.db.DropJobFile(x.ID)) // cancelled at the last moment, or nobody knows of it
	}
	s.told(ctx, "note how a job ended", err) // it says nothing any more, and is found to be lost
}

// troubleWords say why a job failed: what is not the register's own words is for the log.
func troubleWords(err error) string {
	var e *registry.Error
	switch {
	case !errors.As(err, &e):
		return "系统遇到了意外的问题，请重试；仍有问题时请告诉管理员这个任务的编号"
	case len(e.Fields) > 0:
		return e.Fields[0].Message
	}
	return e.Message
}

// sweepJobs finds what was lost, and has what expired go.
func (s *Service) sweepJobs(ctx context.Context) error {
	now := s.now()
	if err := s.db.Writable(ctx); err != nil {
		return err
	}
	var old []registry.Job
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		open, err := tx.OpenJobs()
		if err != nil {
			return err
		}
		for i := range open {
			x := &open[i]
			lost := jobLost
			if x.Kind == registry.JobImport {
				lost = importLost
			}
			gone := now.Sub(x.BeatAt) > lost || !s.db.Shared() && x.Node != s.jobs.node
			if x.State != registry.JobRunning || !gone {
				continue
			}
			x.State, x.Trouble, x.EndedAt, x.ExpiresAt = registry.JobBroken, "运行它的服务器停止了，或者与数据库失去联系", now, now.Add(JobKept)
			if _, err := tx.PutJob(x, registry.JobRunning, x.Run); err != nil {
				return err
			}
		}
		old, err = tx.ExpiredJobs(now, jobsShown)
		for i := range old {
			err = errors.Join(err, tx.DropJob(old[i].ID))
		}
		return err
	}); err != nil {
		return err
	}
	for i := range old {
		if err := s.db.DropJobFile(old[i].ID); err != nil {
			return err
		}
	}
	return s.db.SweepJobFiles(ctx, now)
}
