package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"casebook/internal/registry"
)

// A verification may begin where an earlier one that found nothing ended. It is for every day; what it does not see, a whole one does.

// VerifyMark is where a verification begins: the newest entry of the chain then, and how many rows each noun had.
type VerifyMark struct {
	Position
	Counts map[string]int64
}

// VerifySince is what one that began at a mark looked at.
type VerifySince struct {
	Seq     int64     // the entry of the mark
	At      time.Time // when that was verified
	Full    int64     // up to which entry all was verified together, and when
	FullAt  time.Time
	Records int64 // written since, and compared
}

// Words say what was verified, and Unseen what was not: somebody who changes an old row behind the program's back is found by a whole verification alone.
func (v *VerifySince) Words(r *VerifyReport) string {
	return fmt.Sprintf("增量核验：自 %s 的核验（审计记录第 %d 条）以来的审计记录 %d 条、写过的记录 %d 条、所涉案件 %d 件的阶段和期限，各表的行数、各项统计数，新附件 %d 个的内容",
		v.At.In(registry.Shanghai).Format("2006-01-02 15:04"), v.Seq, r.AuditEntries-v.Seq, v.Records, r.Cases, r.Attachments)
}

// Unseen says what was not verified.
func (v *VerifySince) Unseen() string {
	return fmt.Sprintf("没有核验的：那以前的审计记录和历史，那以后没有写过的记录（绕过系统改动其中一个值，只有完整核验能发现）、旧附件的内容、数据文件的结构。上次完整核验是 %s（第 %d 条）",
		v.FullAt.In(registry.Shanghai).Format("2006-01-02 15:04"), v.Full)
}

// VerifyMark is where a verification that begins now will have ended.
func (db *DB) VerifyMark(ctx context.Context) (m VerifyMark, err error) {
	err = db.Read(ctx, func(tx *Tx) error { m, err = tx.verifyMark(); return err })
	return m, err
}

func (tx *Tx) verifyMark() (m VerifyMark, err error) {
	seq, _, err := tx.AuditHead()
	if err != nil {
		return m, err
	}
	if m.Position, err = tx.EntryAt(seq); err != nil {
		return m, err
	}
	m.Counts = map[string]int64{}
	for _, k := range keptNouns {
		entity, _ := k.noun()
		if m.Counts[entity], err = tx.rowsOf(k); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (tx *Tx) rowsOf(k kept) (n int64, err error) {
	err = tx.one([]any{&n}, "SELECT COUNT(*) FROM "+k.table())
	return n, err
}

// VerifySince verifies what was written after a mark, and of the rest what costs little: how many rows there are, counts and sums that are kept. It returns
// the mark for the next.
func (db *DB) VerifySince(ctx context.Context, m VerifyMark, dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact, tell func(VerifyProgress)) (r VerifyReport, next VerifyMark, err error) {
	r.Since = &VerifySince{Seq: m.Seq}
	bad := listed(&r.Defects)
	var files []string
	err = db.Read(ctx, func(tx *Tx) error {
		if hash, err := tx.HashAt(m.Seq); err != nil || hash != m.Hash {
			bad("审计链第 %d 条不是上次核验时的那一条：审计链被截短或重写过，请做完整核验", m.Seq)
			return err
		}
		if next, err = tx.verifyMark(); err != nil {
			return err
		}
		if r.AuditEntries, r.Defects, err = tx.verifyChain(m.Seq, m.Hash, func(done int64) { tell(VerifyProgress{"审计记录和历史", done - m.Seq, next.Seq - m.Seq}) }); err != nil {
			return err
		}
		cases, err := tx.verifyTouched(m, next, &r, bad, tell)
		if err != nil {
			return err
		}
		verify, err := tx.caseVerifier(&r, dueOf, factOf, bad)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(cases, 500) {
			tell(VerifyProgress{"案件", r.Cases, int64(len(cases))})
			if err := verify(some); err != nil {
				return err
			}
		}
		tell(VerifyProgress{Doing: "统计数"})
		for _, check := range []func(func(string, ...any)) error{tx.verifyTallies, tx.verifyDayTallies, tx.verifyNotices, tx.verifyHeads} {
			if err := check(bad); err != nil {
				return err
			}
		}
		files, err = tx.newFiles(m.Seq)
		return err
	})
	if err != nil {
		return r, next, err
	}
	for _, hash := range files {
		r.Attachments++
		db.verifyFile(hash, bad)
	}
	return r, next, ctx.Err()
}

// touched are the records of a noun that were written after an entry, and whether they were there before.
func (tx *Tx) touched(entity string, after int64) (was map[int64]bool, cases map[registry.CaseID]bool, err error) {
	was, cases = map[int64]bool{}, map[registry.CaseID]bool{}
	err = tx.each(func(rows *sql.Rows) error {
		var id int64
		var of registry.CaseID
		err := rows.Scan(&id, reference[registry.CaseID]{&of})
		was[id] = false
		if entity == Cases.Entity {
			of = registry.CaseID(id)
		}
		if of != 0 {
			cases[of] = true
		}
		return err
	}, "SELECT entity_id, case_id FROM revisions WHERE audit_seq > $1 AND entity = $2", after, entity)
	for id := range was {
		var action string
		gone := tx.one([]any{&action}, "SELECT "+wordOf("a.action")+` FROM revisions r JOIN audit_log a ON a.seq = r.audit_seq
			WHERE r.entity = $1 AND r.entity_id = $2 AND r.audit_seq <= $3 ORDER BY r.version DESC LIMIT 1`, entity, id, after)
		if gone != nil && !noRows(gone) {
			return nil, nil, gone
		}
		was[id] = gone == nil && action != deletedAction
	}
	return was, cases, err
}

// verifyTouched compares the records that were written since a mark with their histories, and the number of rows with what the histories say. It returns the
// cases that they hang on.
func (tx *Tx) verifyTouched(m, now VerifyMark, r *VerifyReport, bad func(string, ...any), tell func(VerifyProgress)) (ids []registry.CaseID, err error) {
	all := map[registry.CaseID]bool{}
	var body bytes.Buffer
	for _, k := range keptNouns {
		entity, words := k.noun()
		was, cases, err := tx.touched(entity, m.Seq)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, cases)
		expected, told := m.Counts[entity], 0
		for _, id := range slices.Sorted(maps.Keys(was)) {
			rows, err := k.images(tx, &body, id-1, 1)
			if err != nil {
				return nil, err
			}
			there := len(rows) == 1 && rows[0].id == id
			if !there {
				rows = nil
			}
			if err := tx.compareRows(entity, words, rows, id-1, id, func(format string, args ...any) {
				if told++; told <= mostDefects {
					bad(format, args...)
				}
			}); err != nil {
				return nil, err
			}
			if there && !was[id] {
				expected++
			} else if !there && was[id] {
				expected--
			}
			r.Since.Records++
			if r.Rows++; r.Rows%500 == 0 {
				tell(VerifyProgress{words + "与其历史", r.Since.Records, 0})
			}
		}
		if n := now.Counts[entity]; n != expected {
			bad("%s应有 %d 条，实有 %d 条：有记录不是经本系统写入或删除的", words, expected, n)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if ok, err := Cases.Exists(tx, int64(id)); err != nil {
			return nil, err
		} else if ok {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// newFiles are the attachments that came after an entry.
func (tx *Tx) newFiles(after int64) (hashes []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var h string
		err := rows.Scan(&h)
		hashes = append(hashes, h)
		return err
	}, "SELECT DISTINCT a.sha256 FROM attachments a JOIN revisions r ON r.entity = 'attachment' AND r.entity_id = a.id WHERE r.audit_seq > $1", after)
	return hashes, err
}

// markName is the file of the mark in the data folder.
const markName = "verified.json"

// ReadMark reads the file of the mark that the last good verification left; empty where there is none.
func (db *DB) ReadMark() ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(db.dir, markName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// WriteMark writes it, whole or not at all.
func (db *DB) WriteMark(b []byte) error {
	if was, err := db.ReadMark(); err == nil && bytes.Equal(was, b) {
		return nil
	}
	path := filepath.Join(db.dir, markName)
	if err := os.WriteFile(path+".partial", b, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".partial", path)
}
