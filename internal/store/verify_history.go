package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"sync"

	"casebook/internal/registry"
	"casebook/internal/store/packing"
)

// mostDefects is how many defects of one kind of check are told one by one.
const mostDefects = 20

// act is an entry of the chain with its revision, as both were read.
type act struct {
	registry.AuditEntry
	words   [3]int64 // actor, role and action
	kept    bool     // it has a revision
	same    bool     // and that is of the same record and version
	salt    string
	body    []byte
	missing int64 // the number that should have been here; 0 where none is missing
}

const chain = `SELECT a.seq, a.at, a.actor, a.role, a.remote_ip, a.action, a.entity, a.entity_id, a.version, a.detail, a.digest, a.hash,
	r.audit_seq IS NOT NULL, COALESCE(r.entity = a.entity AND r.entity_id = a.entity_id AND r.version = a.version, false), r.salt, r.body
	FROM audit_log a LEFT JOIN revisions r ON r.audit_seq = a.seq WHERE a.seq > $1 ORDER BY a.seq`

func (a *act) scan(rows *sql.Rows) error {
	return rows.Scan(&a.Seq, actedAt{&a.At}, number{&a.words[0]}, number{&a.words[1]}, &a.RemoteIP, number{&a.words[2]}, &a.Entity, number{&a.EntityID}, number{&a.Version}, &a.Detail,
		hexed{&a.Digest}, hexed{&a.Hash}, &a.kept, &a.same, hexed{&a.salt}, &a.body)
}

// found gathers what is wrong from several goroutines, and tells it in the order of the chain.
type found struct {
	sync.Mutex
	list []struct {
		seq  int64
		text string
	}
}

func (f *found) add(seq int64, format string, args ...any) {
	f.Lock()
	defer f.Unlock()
	f.list = append(f.list, struct {
		seq  int64
		text string
	}{seq, fmt.Sprintf(format, args...)})
}

func (f *found) told() (texts []string) {
	slices.SortStableFunc(f.list, func(a, b struct {
		seq  int64
		text string
	}) int {
		return cmp.Compare(a.seq, b.seq)
	})
	for _, d := range f.list[:min(len(f.list), mostDefects)] {
		texts = append(texts, d.text)
	}
	return texts
}

// actsAtOnce is how many acts go to a checker together, and checkers how many of these there are: reading is the other half of the work.
const (
	actsAtOnce = 256
	checkers   = 2
)

// VerifyAudit walks the whole chain with every revision: each entry's hash and place, and that it has the revision it tells of, and no other
// has one. It returns how many entries were read and the first defects.
func (db *DB) VerifyAudit(ctx context.Context) (entries int64, defects []string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		entries, defects, err = tx.verifyChain(0, "", func(int64) {})
		return err
	})
	return entries, defects, err
}

// verifyChain walks the chain behind an entry, of which the hash is known: behind none, all of it. It returns the number of the last entry.
func (tx *Tx) verifyChain(after int64, prev string, progress func(done int64)) (entries int64, defects []string, err error) {
	entries = after
	var f found
	names := map[int64]string{}
	if err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var word string
		err := rows.Scan(&id, &word)
		names[id] = word
		return err
	}, "SELECT id, word FROM audit_words"); err != nil {
		return 0, nil, err
	}
	batches := make(chan []act, checkers)
	var running sync.WaitGroup
	for range checkers {
		running.Go(func() {
			for batch := range batches {
				for i := range batch {
					batch[i].check(names, &f)
				}
			}
		})
	}
	var revisions int64
	days, timeless := map[string]int64{}, map[int64]bool{} // the first entry of each; entries whose time cannot be read, which are told as changed
	batch := make([]act, 0, actsAtOnce)
	err = tx.each(func(rows *sql.Rows) error {
		batch = append(batch, act{})
		a := &batch[len(batch)-1]
		if err := a.scan(rows); err != nil {
			return err
		}
		if entries++; a.Seq != entries {
			a.missing, entries = entries, a.Seq
		}
		a.PrevHash, prev = prev, a.Hash
		if day := registry.DateOf(a.At).String(); a.At.IsZero() {
			timeless[a.Seq] = true
		} else if days[day] == 0 {
			days[day] = a.Seq
		}
		if a.kept {
			revisions++
		}
		if len(batch) == actsAtOnce {
			batches <- batch
			batch = make([]act, 0, actsAtOnce)
			progress(entries)
		}
		return nil
	}, chain, above(after))
	batches <- batch
	close(batches)
	running.Wait()
	if err != nil {
		return entries, nil, err
	}
	defects = f.told()
	seq, hash, err := tx.AuditHead()
	if err != nil {
		return entries, defects, err
	}
	var heads int64
	if err := tx.one([]any{&heads}, "SELECT COUNT(*) FROM audit_head"); err != nil {
		return entries, defects, err
	}
	if heads != 1 {
		defects = append(defects, fmt.Sprintf("审计链应有一个链头，实有 %d 个", heads))
	}
	if seq != entries || hash != prev {
		defects = append(defects, fmt.Sprintf("审计链末尾缺失：应有 %d 条，实有 %d 条", seq, entries))
	}
	if after > 0 { // days that began before are known with the whole chain alone
		more, err := tx.forgedRevisions(after, revisions)
		return entries, slices.Concat(defects, more), err
	}
	if err := tx.verifyAuditDays(days, timeless, func(text string) { defects = append(defects, text) }); err != nil {
		return entries, defects, err
	}
	more, err := tx.forgedRevisions(after, revisions)
	if err != nil {
		return entries, defects, err
	}
	leftovers, err := tx.leftovers()
	return entries, slices.Concat(defects, more, leftovers), err
}

// above is what numbers are above that come behind an entry; behind none are also those that no chain has.
func above(after int64) int64 {
	if after == 0 {
		return math.MinInt64
	}
	return after
}

// check compares an entry with its own hash and with its revision.
func (a *act) check(names map[int64]string, f *found) {
	if a.missing != 0 {
		f.add(a.Seq, "审计链在第 %d 条处缺号（记录号 %d）", a.missing, a.Seq)
	}
	a.Actor, a.Role, a.Action = names[a.words[0]], names[a.words[1]], names[a.words[2]]
	if h := hashEntry(&a.AuditEntry); hex.EncodeToString(h[:]) != a.Hash {
		f.add(a.Seq, "审计记录 %d 的内容被改动", a.Seq)
	}
	switch {
	case a.Digest == "" && !a.kept:
	case !a.kept:
		f.add(a.Seq, "%s %d 第 %d 版的历史缺失（审计记录 %d）", a.Entity, a.EntityID, a.Version, a.Seq)
	case !a.same || a.Digest == "":
		f.add(a.Seq, "审计记录 %d 之下的历史不是它所记的 %s %d 第 %d 版", a.Seq, a.Entity, a.EntityID, a.Version)
	default:
		body, err := packing.Unpack(a.body)
		if err != nil {
			f.add(a.Seq, "%s %d 第 %d 版的历史内容已损坏，无法还原", a.Entity, a.EntityID, a.Version)
			return
		}
		if d := digest(a.salt, body); hex.EncodeToString(d[:]) != a.Digest {
			f.add(a.Seq, "%s %d 第 %d 版的历史内容与审计摘要不符", a.Entity, a.EntityID, a.Version)
		}
	}
}

// forgedRevisions are those behind an entry that no entry of the chain tells of; there are some where more are kept than the chain has.
func (tx *Tx) forgedRevisions(after, told int64) (defects []string, err error) {
	var kept int64
	if err := tx.one([]any{&kept}, "SELECT COUNT(*) FROM revisions WHERE audit_seq > $1", above(after)); err != nil || kept == told {
		return nil, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var entity, id, version string
		err := rows.Scan(&entity, &id, &version)
		defects = append(defects, fmt.Sprintf("%s %s 第 %s 版的历史没有审计记录", entity, id, version))
		return err
	}, `SELECT h.entity, h.entity_id, h.version FROM revisions h LEFT JOIN audit_log e ON e.seq = h.audit_seq
		WHERE h.audit_seq > $1 AND (e.seq IS NULL OR e.entity <> h.entity OR e.entity_id <> h.entity_id OR e.version <> h.version) LIMIT 20`, above(after))
	return defects, err
}

// leftovers are what the history of before schema 33 told twice and not alike; nobody but who tampered with it leaves any.
func (tx *Tx) leftovers() (defects []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var seq, said string
		err := rows.Scan(&seq, &said)
		defects = append(defects, fmt.Sprintf("审计记录 %s 在升级前另有不一致的记载：%s", seq, said))
		return err
	}, "SELECT seq, said FROM audit_leftovers ORDER BY seq LIMIT 20")
	return defects, err
}
