package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Statistics are read from what is kept beside the cases. Settle writes a case's fact (case_facts) in the case's own transaction. Facts are added up in
// cells (fact_cells), by date, area and month, some hundred at a time: until then a fact says what the cells still hold of its case (counted), and whoever
// reads adds the difference. So figures are those of the cases at any moment, and a write pays for one row.
//
// A cell has a head, which is read month by month, and a body, of which only sums over months are asked. The bodies of a year are added up once more, in a
// cell of the year (YYYY) without a head: a period reads those of its years, and of the months before and after them.

// foldAt is after how many facts the cells are brought up to date: a reader adds as many, and as many more as short commands left.
const foldAt = 400

// foldLoad is foldAt where one transaction writes more than that: a load goes on, and each fold writes most of the cells of its years anew, which is a seventh
// of a load's CPU after every batch.
const foldLoad = 20 * foldAt

// keeping is what is known of a case's fact before it is kept.
type keeping int

const (
	keepChanged keeping = iota // one may be kept
	keepNew                    // none is: the case is new
	keepAnew                   // one may be kept, and not all that follows from it
)

// keepFact writes a case's fact where it is another than the one that is kept. Its lines are added to those that the caller puts.
func (tx *Tx) keepFact(f *registry.CaseFile, x registry.CaseFact, how keeping, lines *[]lineRow) error {
	id, fact := f.Case.ID, packFact(&x)
	var have []byte
	if how != keepNew {
		switch same, err := tx.sameFact(id, &x, fact, &have); {
		case err != nil:
			return err
		case same && how == keepChanged:
			return nil
		}
	}
	changed, err := tx.changedLines(id, have, fact, how == keepAnew)
	if err != nil {
		return err
	}
	*lines = append(*lines, changed...)
	tx.facts++
	tx.changeRepeats(f.Case.Parties, how == keepNew)
	insert := "INSERT INTO case_facts (case_id, fact, counted, alike, decided_on, last_on, fine, " + monthColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
	if how != keepNew {
		insert += ` ON CONFLICT (case_id) DO UPDATE SET counted = COALESCE(case_facts.counted, case_facts.fact), fact = excluded.fact, alike = excluded.alike, decided_on = excluded.decided_on,
			last_on = excluded.last_on, fine = excluded.fine, month_found = excluded.month_found, month_filed = excluded.month_filed, month_decided = excluded.month_decided,
			month_paid = excluded.month_paid, month_closed = excluded.month_closed`
	}
	_, err = tx.exec(insert, id, fact, []byte{}, x.Alike, x.DecidedOn, x.LastOn, x.Fine, x.Months[0], x.Months[1], x.Months[2], x.Months[3], x.Months[4])
	return err
}

func (tx *Tx) sameFact(id registry.CaseID, x *registry.CaseFact, fact []byte, have *[]byte) (bool, error) {
	var k keptFact
	err := tx.one(k.targets(), "SELECT "+factColumns+" FROM case_facts WHERE case_id = $1", id)
	if noRows(err) {
		return false, nil
	}
	*have = k.fact
	return err == nil && k.is(x, fact), err
}

// keptFact is a fact as it is kept: packed, with what stands beside it.
type keptFact struct {
	fact []byte
	registry.CaseFact
}

const factColumns = "fact, alike, decided_on, last_on, fine, " + monthColumns

func (k *keptFact) targets() []any {
	m := &k.Months
	return []any{&k.fact, &k.Alike, &k.DecidedOn, &k.LastOn, &k.Fine, &m[0], &m[1], &m[2], &m[3], &m[4]}
}

// is reports whether it is what a fact, packed, would be kept as.
func (k *keptFact) is(x *registry.CaseFact, fact []byte) bool {
	return bytes.Equal(k.fact, fact) && k.Alike == x.Alike && k.DecidedOn == x.DecidedOn && k.LastOn == x.LastOn && k.Fine == x.Fine && k.Months == x.Months
}

// keptFacts counts facts that a transaction wrote, and has them added up once they are many. That is no part of any write: what fails is told to the log, and
// the next round tries again.
func (db *DB) keptFacts(ctx context.Context, n int64) {
	at := int64(foldAt)
	if n > at {
		at = foldLoad
	}
	if n == 0 || db.facts.Add(n) < at {
		return
	}
	db.facts.Store(0)
	if err := db.FoldFacts(context.WithoutCancel(ctx)); err != nil {
		db.log.Warn("statistics were not added up", "err", err)
	}
}

// settingFactsAt is how far the computation of all facts by newer rules is.
const settingFactsAt = "facts_at"

// RefreshFacts computes the fact of every case anew, a batch a transaction: other writers come in between. basis names what facts are computed from; cut
// short, it goes on where it was while that is the same.
func (db *DB) RefreshFacts(ctx context.Context, basis string, of func(*registry.CaseFile) registry.CaseFact, progress func(done, total int)) error {
	var after registry.CaseID
	var done, total int
	how := keepChanged
	if err := db.Read(ctx, func(tx *Tx) error {
		missing, err := tx.LinesMissing()
		if err != nil {
			return err
		}
		if missing {
			how = keepAnew
		}
		at, err := tx.Setting(settingFactsAt)
		if err != nil {
			return err
		}
		if of, id, ok := strings.Cut(at, " "); ok && of == basis {
			n, _ := strconv.ParseInt(id, 10, 64)
			after = registry.CaseID(n)
		}
		return tx.one([]any{&done, &total}, "SELECT COALESCE(SUM(CASE WHEN id <= $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM cases", after)
	}); err != nil {
		return err
	}
	for progress(done, total); ; progress(done, total) {
		var ids []registry.CaseID
		if err := db.WriteAlone(ctx, func(tx *Tx) (err error) {
			if ids, err = tx.CaseIDs(CaseFilter{IncludeVoided: true}, after, refreshBatch); err != nil || len(ids) == 0 {
				return err
			}
			files, err := tx.CaseFiles(ids)
			if err != nil {
				return err
			}
			var lines []lineRow
			for _, f := range files {
				if err := tx.keepFact(f, of(f), how, &lines); err != nil {
					return err
				}
			}
			if err := tx.putLines(lines); err != nil {
				return err
			}
			if err := tx.keepRepeats(); err != nil {
				return err
			}
			return tx.SetSetting(settingFactsAt, fmt.Sprintf("%s %d", basis, ids[len(ids)-1]))
		}); err != nil {
			return err
		}
		if len(ids) == 0 {
			if err := db.FoldFacts(ctx); err != nil || how != keepAnew {
				return err
			}
			return db.WriteAlone(ctx, func(tx *Tx) error {
				_, err := tx.exec("DELETE FROM settings WHERE name = $1", settingLinesMissing)
				return err
			})
		}
		after = ids[len(ids)-1]
		done += len(ids)
	}
}

// verifyFacts compares the facts of some cases with what their files say.
func (tx *Tx) verifyFacts(files []*registry.CaseFile, of func(*registry.CaseFile) registry.CaseFact, bad func(string, ...any)) error {
	if of == nil || len(files) == 0 {
		return nil
	}
	ids := make([]registry.CaseID, len(files))
	for i, f := range files {
		ids[i] = f.Case.ID
	}
	kept := map[registry.CaseID]keptFact{}
	var id registry.CaseID
	var k keptFact
	targets := into(append(k.targets(), &id)...)
	q := newQuery("SELECT " + factColumns + ", case_id FROM case_facts WHERE case_id IN ")
	q.add(in(q, ids))
	if err := tx.each(func(rows *sql.Rows) error {
		k.fact = nil // or the next would be read over it
		err := rows.Scan(targets...)
		kept[id] = k
		return err
	}, q.sql(), q.args...); err != nil {
		return err
	}
	for _, f := range files {
		x := of(f)
		if k, ok := kept[f.Case.ID]; !ok || !k.is(&x, packFact(&x)) {
			bad("案件 %d 的统计数据与案件不符", f.Case.ID)
		}
	}
	return nil
}

// cellSigns tell tallies by a number that adds up as they do: each figure times a random factor of its own.
type cellSigns struct {
	seed  maphash.Seed
	lines map[string]*lineSigns // by table and name
	name  []byte
}

type lineSigns struct {
	factors [7]uint64
	head    bool
}

func (s *cellSigns) of(tallies []byte) (head, body uint64, err error) {
	err = eachTally(tallies, func(table, line []byte, t registry.Tally) {
		s.name = append(append(append(s.name[:0], table...), 0), line...)
		l := s.lines[string(s.name)]
		if l == nil {
			l = &lineSigns{head: registry.HeadTables[string(table)]}
			for i := range l.factors {
				l.factors[i] = maphash.Comparable(s.seed, [3]string{string(table), string(line), strconv.Itoa(i)})
			}
			s.lines[string(s.name)] = l
		}
		var n uint64
		for i, v := range figures(t) {
			n += uint64(v) * l.factors[i]
		}
		if l.head {
			head += n
		} else {
			body += n
		}
	})
	return head, body, err
}

// verifyCells compares the cells with the sum of what facts say they hold. A sum of tallies is told by a number (cellSigns), so that a million
// cases are compared in the memory of the cells.
func (tx *Tx) verifyCells(bad func(string, ...any)) error {
	signs := cellSigns{seed: maphash.MakeSeed(), lines: map[string]*lineSigns{}}
	want := map[cellKey]*[2]uint64{}
	lines := newLineSums()
	years, err := tx.Setting(settingYearsMissing)
	if err != nil {
		return err
	}
	add := func(k cellKey, n, head, body uint64) {
		w := want[k]
		if w == nil {
			w = &[2]uint64{}
			want[k] = w
		}
		w[0], w[1] = w[0]+n*head, w[1]+n*body
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var apart bool // it changed since it was added up
		var b, fact sql.RawBytes
		if err := rows.Scan(&id, &apart, &b, &fact); err != nil {
			return err
		}
		if !apart {
			b = fact
		}
		x, err := unpackFact(b)
		now := x
		if err == nil && apart {
			now, err = unpackFact(fact)
		}
		if err == nil {
			err = lines.of(id, &now)
		}
		if err == nil {
			var last []byte // areas and dates share the tallies
			var head, body uint64
			x.cells(func(k cellKey, tallies []byte, n int64) {
				if len(last) != len(tallies) || len(last) > 0 && &last[0] != &tallies[0] {
					last = tallies
					var e error
					if head, body, e = signs.of(tallies); e != nil {
						err = e
					}
				}
				add(k, uint64(n), head, body)
				if year, ok := k.yearOf(); ok && years == "" {
					add(year, uint64(n), 0, body)
				}
			})
		}
		if err != nil {
			bad("案件 %d 的统计数据已损坏", id)
		}
		return nil
	}, "SELECT case_id, counted IS NOT NULL, counted, fact FROM case_facts"); err != nil {
		return err
	}
	told := 0
	tell := func(k cellKey) {
		if told++; told <= mostDefects {
			bad("统计汇总（%s，%s，%s）与各案件的统计数据之和不符", registry.Bases[max(0, min(k.date, registry.CaseDates-1))].Label(), k.area, k.month)
		}
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var k cellKey
		var b, c sql.RawBytes
		if err := rows.Scan(&k.date, &k.area, &k.month, &b, &c); err != nil {
			return err
		}
		head, spare, err := signs.of(b)
		over, body, err2 := signs.of(c)
		w := want[k]
		if w == nil {
			w = &[2]uint64{}
		}
		if err != nil || err2 != nil || spare != 0 || over != 0 || *w != [2]uint64{head, body} {
			tell(k)
		}
		delete(want, k)
		return nil
	}, "SELECT date, area, month, head, body FROM fact_cells"); err != nil {
		return err
	}
	for _, k := range slices.SortedFunc(maps.Keys(want), cellKey.compare) {
		if *want[k] != [2]uint64{} {
			tell(k)
		}
	}
	return lines.verify(tx, bad)
}
