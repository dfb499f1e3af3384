package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// LedgerAbove is how many rows are brought in, or taken back, while somebody waits; more are a job.
const LedgerAbove = 3000

// importBytes is what reading a ledger and writing its rows needs at its peak.
const importBytes = 64 << 20

// ledgerRequest is what a job of ledgers was asked for: to bring a kept file in, or to take a batch back.
type ledgerRequest struct {
	File                            string `json:",omitempty"`
	Filename, District, MappingName string
	Titles                          map[string]string
	Choices                         LedgerChoices
	Undo                            registry.LedgerBatchID `json:",omitempty"`
}

// AskLedger makes bringing in a ledger that KeepLedger keeps a job.
func (s *Service) AskLedger(ctx context.Context, a registry.Actor, file string, ask LedgerAsked, rows int) (registry.JobID, error) {
	return s.askLedger(ctx, a, "导入台账", ledgerRequest{File: file, Filename: ask.Filename, District: ask.District, MappingName: ask.MappingName, Titles: ask.Titles, Choices: ask.Choices},
		ask.Filename, fmt.Sprintf("%d 行", rows))
}

// AskUndoLedger makes taking a batch back a job.
func (s *Service) AskUndoLedger(ctx context.Context, a registry.Actor, x registry.LedgerBatch) (registry.JobID, error) {
	return s.askLedger(ctx, a, "撤销导入", ledgerRequest{Undo: x.ID}, fmt.Sprintf("批次 %d", x.ID), x.Filename)
}

func (s *Service) askLedger(ctx context.Context, a registry.Actor, title string, x ledgerRequest, words ...string) (registry.JobID, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return 0, err
	}
	request, err := json.Marshal(x)
	if err != nil {
		return 0, err
	}
	return s.ask(ctx, a, registry.Job{Kind: registry.JobImport, Title: title, Words: words, Request: request})
}

// LedgerDone is what a job of ledgers has come to: the batch that it made or took back, 0 where there was nothing to write.
type LedgerDone struct {
	Batch              registry.LedgerBatchID
	New, Updated, Kept int
	Undone             bool
}

// Imported is what a job of ledgers came to; ok is false where it is none, or has not ended well.
func (x *Job) Imported() (d LedgerDone, ok bool) {
	return d, x.Kind == registry.JobImport && x.State == registry.JobDone && json.Unmarshal(x.Report, &d) == nil
}

// doLedger brings a ledger in or takes a batch back. That the job is done is written with its rows: whatever ends it before, nothing of it is there.
func (s *Service) doLedger(ctx context.Context, x *registry.Job, p *progressOf, a registry.Actor) error {
	var ask ledgerRequest
	if err := json.Unmarshal(x.Request, &ask); err != nil {
		return err
	}
	p.at("等待内存", 0, 0)
	done, err := s.jobRoom(ctx, importBytes)
	if err != nil {
		return err
	}
	defer done()
	run := ledgerRun{
		tell: func(doing string, done, total int) { p.at(doing, int64(done), int64(total)) },
		end: func(tx *store.Tx, b *registry.LedgerBatch) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			ended := *x
			now := s.now()
			ended.State, ended.EndedAt, ended.ExpiresAt, ended.Doing, ended.Done, ended.Total = registry.JobDone, now, now.Add(JobKept), "", p.total.Load(), p.total.Load()
			if ended.Report, err = json.Marshal(LedgerDone{b.ID, b.New, b.Updates, b.Kept, b.Undone()}); err != nil {
				return err
			}
			ok, err := tx.PutJob(&ended, registry.JobRunning, x.Run)
			if err == nil && !ok {
				err = errCancelled
			}
			return err
		},
	}
	if ask.Undo != 0 {
		return s.undoLedger(ctx, a, ask.Undo, run)
	}
	file, err := s.KeptLedger(a, ask.File)
	if err != nil {
		return err
	}
	_, _, err = s.importLedger(ctx, a, LedgerAsked{Filename: ask.Filename, File: file, District: ask.District, Titles: ask.Titles, MappingName: ask.MappingName, Choices: ask.Choices}, run)
	return err
}
