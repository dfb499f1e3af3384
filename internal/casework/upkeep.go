package casework

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// A server listens at once; what follows from the records and is not there yet (due days by changed rules, the search index in a new form, the
// planner's statistics) is brought up to date behind it, a batch a transaction. Pages say so while it lasts.

// upkeep is how far that is.
type upkeep struct {
	refreshing        sync.Mutex // one computation of the due days at a time
	behind            atomic.Bool
	asked             chan struct{} // due days are to be looked at again
	due, index, facts progress
	days              progress
}

// progress is how far a piece of work is; safe to look at while it goes on.
type progress struct{ now atomic.Pointer[[2]int] }

func (p *progress) at(done, total int) { p.now.Store(&[2]int{done, total}) }
func (p *progress) end()               { p.now.Store(nil) }

// words are the work's progress, where it goes on.
func (p *progress) words() string {
	now := p.now.Load()
	if now == nil {
		return ""
	}
	return fmt.Sprintf("已完成 %s / %s 件", spaced(now[0]), spaced(now[1]))
}

// spaced writes a number in groups of three figures: 34 000.
func spaced(n int) string {
	s := fmt.Sprint(n)
	var groups []string
	for len(s) > 3 {
		groups = append([]string{s[len(s)-3:]}, groups...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, groups...), " ")
}

// upkeepAgain is how long a failed piece of upkeep waits before it is tried again: a disk that is full now may have room then.
const upkeepAgain = time.Minute

// Upkeep brings up to date what follows from the records, and again whenever rules change, until ctx ends. It runs beside the requests of a server. Of
// several nodes one does it; the others look again after a while, since that one may have died.
func (s *Service) Upkeep(ctx context.Context) {
	s.upkeep.behind.Store(true)
	defer s.upkeep.behind.Store(false)
	for first := true; ; {
		ours, err := s.upkeepOnce(ctx, first)
		if ctx.Err() != nil {
			return
		}
		var again <-chan time.Time
		if err != nil {
			s.log.LogAttrs(ctx, slog.LevelError, "bring the register up to date behind the server", slog.String("error", err.Error()))
		}
		if err != nil || !ours {
			again = time.After(upkeepAgain)
		}
		first = first && !ours
		select {
		case <-ctx.Done():
			return
		case <-s.upkeep.asked:
		case <-again:
		}
	}
}

// upkeepOnce reports whether the upkeep was this node's.
func (s *Service) upkeepOnce(ctx context.Context, first bool) (ours bool, err error) {
	if err := s.db.Writable(ctx); err != nil {
		return true, err
	}
	done, ours, err := s.db.Alone(ctx, "upkeep")
	if err != nil || !ours {
		return ours, err
	}
	defer done()
	if first {
		s.db.Upkeep(ctx)
	}
	if err := s.newestRules(ctx, first); err != nil {
		return true, err
	}
	if err := s.db.FillDays(ctx, s.upkeep.days.at); err != nil {
		return true, fmt.Errorf("keep the days by which the cases count: %w", err)
	}
	s.upkeep.days.end()
	if err := s.RefreshDue(ctx); err != nil {
		return true, fmt.Errorf("compute what the cases have due: %w", err)
	}
	defer s.upkeep.index.end()
	if err := s.db.Reindex(ctx, s.upkeep.index.at); err != nil {
		return true, fmt.Errorf("make the search index anew: %w", err)
	}
	return true, nil
}

// newestRules makes sure that due days are computed by the rules that the register has now: a node that nobody asked for anything has old ones. And after a
// change it gives the other nodes the time in which they learn of it: what one of them saves by the old rules must not come after.
func (s *Service) newestRules(ctx context.Context, first bool) error {
	if !s.db.Shared() {
		return nil
	}
	if !first {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * lawInterval):
		}
	}
	if err := s.LoadKept(ctx); err != nil {
		return err
	}
	return s.LoadLaws(ctx)
}

// GatherTerms keeps the search index in few parts while records are saved one by one, until ctx ends.
func (s *Service) GatherTerms(ctx context.Context) { s.db.GatherTerms(ctx, s.canTouch) }

// Rest tidies the search index and gives back the memory that the database's caches hold, while nobody asks for anything.
func (s *Service) Rest(ctx context.Context) { s.db.Rest(ctx, s.canTouch()) }

// dueChanged has due days computed anew after rules have changed: behind a server, at once in a command. It reports whether that was done or is under way;
// if not, the next start does it.
func (s *Service) dueChanged(ctx context.Context) bool {
	if s.upkeep.behind.Load() {
		select {
		case s.upkeep.asked <- struct{}{}:
		default: // somebody has asked already
		}
		return true
	}
	if err := s.RefreshDue(ctx); err != nil {
		s.log.LogAttrs(ctx, slog.LevelError, "count due days by the changed rules", slog.String("error", err.Error()))
		return false
	}
	return true
}

// Checking is how far the check of the data file is that goes on behind a server.
func (s *Service) Checking() store.Checking { return s.db.Checking() }

// Notices tell whoever uses the register what is not as usual now: work that goes on behind it, or a file that is damaged.
func (s *Service) Notices() (list []string) {
	c := s.db.Checking()
	switch {
	case c.Damage != nil:
		list = append(list, "数据文件有损坏，已停止保存，只能查看。请通知管理员：停止使用，从备份恢复（casebook restore）。")
	case c.WritesWait && c.SecondsLeft > 0:
		list = append(list, fmt.Sprintf("上次未正常停止，正在检查数据文件（%d %%），约 %d 秒后可以保存；现在可以查看。", c.Percent, c.SecondsLeft))
	case c.WritesWait:
		list = append(list, "上次未正常停止，正在检查数据文件，检查完才能保存；现在可以查看。")
	}
	if w := s.upkeep.days.words(); w != "" {
		list = append(list, "旧案件的立案、决定、缴款和结案日期正在整理："+w+"；整理完才能按这些日期统计。")
	}
	if w := s.upkeep.due.words(); w != "" {
		list = append(list, "期限正在重算："+w+"；算完之前，到期列表可能不全。")
	}
	if w := s.upkeep.facts.words(); w != "" {
		list = append(list, "统计数据正在重新汇总："+w+"；完成之前，统计页的数字不全。")
	}
	if w := s.upkeep.index.words(); w != "" {
		list = append(list, "检索索引正在更新："+w+"；更新完之前，检索结果可能不全。")
	}
	return list
}

// MayLag lets the reads of a request go to a standby that holds all that was committed until since, the last own write of whoever asks.
func MayLag(ctx context.Context, since time.Time) context.Context { return store.MayLag(ctx, since) }

// Shared tells whether other servers may serve the register at the same time.
func (s *Service) Shared() bool { return s.db.Shared() }

// StandbyTrouble tells why the standby is not used; empty where it is, or where there is none.
func (s *Service) StandbyTrouble() string { return s.db.StandbyTrouble() }

// canTouch reports whether what no one waits for may be written now.
func (s *Service) canTouch() bool {
	c := s.db.Checking()
	return !c.WritesWait && c.Damage == nil
}

// away reports an error that says nothing of what was asked: a full disk, a lock, a check that goes on.
func away(err error) bool {
	k := registry.KindOf(err)
	return k == registry.KindFull || k == registry.KindUnavailable
}
