package casework_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// askLedger has a ledger of so many rows brought in behind.
func (w *working) askLedger(rows int) registry.JobID {
	w.Helper()
	text := ledgerText(rows)
	file, err := w.s.KeepLedger(officer, strings.NewReader(text))
	w.must(err)
	id, err := w.s.AskLedger(ctx, officer, file, asked(""), rows)
	w.must(err)
	return id
}

// imported waits until a job of ledgers is as asked.
func (w *working) imported(id registry.JobID, is func(x casework.Job) bool) casework.Job {
	w.Helper()
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(2 * time.Millisecond) {
		list, err := w.s.Jobs(ctx, officer, registry.JobImport)
		w.must(err)
		for _, x := range list {
			if x.ID == id && is(x) {
				return x
			}
			if x.ID == id && (!x.Open() || time.Now().After(end)) {
				w.Fatalf("job %d is %s (%s %d/%d, %s)", id, x.State, x.Doing, x.Done, x.Total, x.Trouble)
			}
		}
	}
}

func inState(state registry.JobState) func(casework.Job) bool {
	return func(x casework.Job) bool { return x.State == state }
}

func halfWay(x casework.Job) bool { return x.Doing == "写入" && x.Done > 0 }

// nothingOf tells whether of a ledger nothing is there: no case beside the one of the register, no party, no batch.
func (w *working) nothingOf(what string) {
	w.Helper()
	list, err := w.s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10})
	w.must(err)
	parties, _, err := w.s.Parties(ctx, officer, casework.PartyFilter{Q: "畜牧公司"}, casework.Page{Limit: 10})
	w.must(err)
	batches, err := w.s.LedgerBatches(ctx, officer)
	w.must(err)
	if len(list.Rows) != 1 || len(parties) != 0 || len(batches) != 0 {
		w.Errorf("after %s there are %d cases, %d parties, %d batches; want the one case that was there", what, len(list.Rows), len(parties), len(batches))
	}
}

// TestLedgerJob: a large ledger comes in behind, says how far it is, waits its turn, and is taken back behind.
func TestLedgerJob(t *testing.T) {
	w := newWorking(t)
	id := w.askLedger(300)
	w.imported(id, func(x casework.Job) bool { return halfWay(x) && x.Total == 300 && x.Percent() > 0 })
	done, ok := ref(w.imported(id, inState(registry.JobDone))).Imported()
	if !ok || done.New != 300 || done.Batch == 0 {
		t.Fatalf("done = %+v, %v", done, ok)
	}
	again := w.askLedger(300)
	if same, ok := ref(w.imported(again, inState(registry.JobDone))).Imported(); !ok || same.Batch != 0 || same.New != 0 {
		t.Errorf("the same again = %+v, %v; want nothing new", same, ok)
	}
	batch, err := w.s.LedgerBatch(ctx, officer, done.Batch)
	w.must(err)
	undo, err := w.s.AskUndoLedger(ctx, officer, batch)
	w.must(err)
	if back, ok := ref(w.imported(undo, inState(registry.JobDone))).Imported(); !ok || !back.Undone || back.Batch != done.Batch {
		t.Errorf("undone = %+v, %v", back, ok)
	}
	if list, err := w.s.Cases(ctx, officer, casework.CaseFilter{}, casework.Page{Limit: 10}); err != nil || len(list.Rows) != 1 {
		t.Errorf("after the undo there are %d cases, %v", len(list.Rows), err)
	}
	if _, err := w.s.AskLedger(ctx, auditor, "x", asked(""), 1); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("an auditor asks: %v", err)
	}
}

func ref(x casework.Job) *casework.Job { return &x }

// TestLedgerJobIsCancelled: who takes one out of the queue, or cancels in the middle, leaves nothing, and others may write at once.
func TestLedgerJobIsCancelled(t *testing.T) {
	w := newWorking(t)
	w.cancel()
	<-w.ended
	jobs := []registry.JobID{w.askLedger(1500), w.askLedger(10), w.askLedger(20)}
	for i, id := range jobs {
		w.imported(id, func(x casework.Job) bool { return x.State == registry.JobWaiting && x.Place == i+1 })
	}
	for _, id := range jobs[1:] {
		w.must(w.s.CancelJob(ctx, officer, registry.JobImport, id))
	}
	w.start()
	w.imported(jobs[0], halfWay)
	w.must(w.s.CancelJob(ctx, officer, registry.JobImport, jobs[0]))
	for _, id := range jobs {
		w.imported(id, inState(registry.JobCancelled))
	}
	w.nothingOf("cancelling")
	_, err := w.s.AddParty(ctx, officer, &registry.Party{Name: "丙", Kind: "自然人"})
	w.must(err)
}

// TestLedgerJobEndsWithItsServer: a server that stops in the middle leaves nothing; the job says that it was broken off.
func TestLedgerJobEndsWithItsServer(t *testing.T) {
	w := newWorking(t)
	id := w.askLedger(1500)
	w.imported(id, halfWay)
	w.cancel()
	<-w.ended
	w.imported(id, inState(registry.JobBroken))
	w.nothingOf("the stop")
	other, err := w.s.KeepLedger(officer, strings.NewReader(ledgerHead+"没有人导入"))
	w.must(err)
	w.age()
	w.db.Upkeep(ctx) // as the next start does
	if _, err := w.s.KeptLedger(officer, other); registry.KindOf(err) != registry.KindNotFound {
		w.Errorf("a ledger that no job names: %v; want it swept", err)
	}
	w.start()
	w.must(w.s.RunAgain(ctx, officer, registry.JobImport, id))
	if done, ok := ref(w.imported(id, inState(registry.JobDone))).Imported(); !ok || done.New != 1500 {
		t.Errorf("run again = %+v, %v", done, ok)
	}
	if err := w.s.RunAgain(ctx, officer, registry.JobImport, id); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("run again when it is done: %v; want a conflict", err)
	}
}

// age makes all kept files older than those that an upload may still be about.
func (w *working) age() {
	w.Helper()
	then := time.Unix(0, w.clock.Load()).Add(-2 * time.Hour)
	w.must(filepath.WalkDir(filepath.Join(w.dir, "attachments"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chtimes(path, then, then)
		}
		return err
	}))
}

// TestLedgerJobFailsInWords: a row that the register refuses fails the job, and its words name the row.
func TestLedgerJobFailsInWords(t *testing.T) {
	w := newWorking(t)
	file, err := w.s.KeepLedger(officer, strings.NewReader(ledgerText(3)+fmt.Sprintf("%s公司,,恩平,,,,江恩环罚〔2024〕50号,2024-06-03,2,,,\n", strings.Repeat("长", 300))))
	w.must(err)
	id, err := w.s.AskLedger(ctx, officer, file, asked(""), 4)
	w.must(err)
	if x := w.imported(id, inState(registry.JobFailed)); !strings.Contains(x.Trouble, "第 5 行") {
		t.Errorf("trouble = %s", x.Trouble)
	}
	w.nothingOf("the failure")
}
