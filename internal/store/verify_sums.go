package store

import (
	"cmp"
	"database/sql"
	"hash/maphash"
	"maps"
	"slices"
	"sync"

	"casebook/internal/registry"
)

// Every row has to be what the newest revision of its record says, and nearly every one is. Looked up record by record, revisions and their entries took a tenth of a whole
// verification, although the chain had been read just before. It is therefore proved by sums, as indexes are (indexcheck.go): the chain adds up the newest revisions of some
// ids of a noun, each as a random number, and their rows are taken off. Where something is left, the rows with these ids are compared one by one, which finds the words.

// rowSums are the sums of a register, at one moment.
type rowSums struct {
	seed maphash.Seed
	old  numberSet // revisions that a newer one follows
	rows int64     // that were found
	body []byte    // of the row that is looked at

	mu   sync.Mutex // checkers add
	sums map[idRange]uint64
	odd  map[idRange]bool // to be compared whatever their sum is
}

// idRange are some ids of a noun, whose rows have one sum.
type idRange struct {
	entity string
	number int64
}

// idsInRange is how many rows are compared where one of them differs.
const idsInRange = rowsAtOnce

func rangeOf(entity string, id int64) idRange { return idRange{entity, id / idsInRange} }

// numberSet is a set of numbers, most of which lie beside each other.
type numberSet map[int64]uint64

func (s numberSet) add(n int64)      { s[n>>6] |= 1 << (n & 63) }
func (s numberSet) has(n int64) bool { return s[n>>6]&(1<<(n&63)) != 0 }

func (s numberSet) within(all numberSet) bool {
	for at, some := range s {
		if some&^all[at] != 0 {
			return false
		}
	}
	return true
}

// newRowSums finds which revisions are not the newest. A version that does not follow the one before it makes its record odd.
func (tx *Tx) newRowSums() (*rowSums, error) {
	s := &rowSums{seed: maphash.MakeSeed(), old: numberSet{}, sums: map[idRange]uint64{}, odd: map[idRange]bool{}}
	var entity string
	var id, before int64
	targets := into(&entity, &id, &before)
	return s, tx.each(func(rows *sql.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if before == 0 {
			s.odd[rangeOf(entity, id)] = true
		} else {
			s.old.add(before)
		}
		return nil
	}, `SELECT n.entity, n.entity_id, COALESCE(o.audit_seq, 0) FROM revisions n LEFT JOIN revisions o ON o.entity = n.entity AND o.entity_id = n.entity_id AND o.version = n.version - 1
		WHERE n.version <> 1`)
}

// sign is the number that stands for a version of a record; its noun is the range's.
func (s *rowSums) sign(id, version int64, body []byte) uint64 {
	return maphash.Comparable(s.seed, [3]uint64{uint64(id), uint64(version), maphash.Bytes(s.seed, body)})
}

// told adds what the chain says of a record: a revision that was found to be as its entry says, with its body. Where no rows are compared, there are no sums.
func (s *rowSums) told(a *act, body []byte) {
	if s == nil || a.Action == deletedAction || s.old.has(a.Seq) {
		return
	}
	n := s.sign(a.EntityID, a.Version, body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sums[rangeOf(a.Entity, a.EntityID)] += n
}

// found takes a row off.
func (s *rowSums) found(entity string, id, version int64, body []byte) {
	s.rows++
	s.sums[rangeOf(entity, id)] -= s.sign(id, version, body)
}

// computed has rows compared that hold what does not follow from them.
func (s *rowSums) computed(entity string, id int64, wrong []string) {
	if len(wrong) > 0 {
		s.odd[rangeOf(entity, id)] = true
	}
}

// nounsOfFiles are those of which each row is in the file of one case: they are found there. A row that is of no case is left over, and compared like any other.
var nounsOfFiles = []string{Cases.Entity, Violations.Entity, Documents.Entity, Penalties.Entity, Payments.Entity}

// file takes these off.
func (s *rowSums) file(f *registry.CaseFile) error {
	return cmp.Or(inFile(s, Cases, []registry.Case{f.Case}), inFile(s, Violations, f.Violations), inFile(s, Documents, f.Documents), inFile(s, Penalties, f.Penalties),
		inFile(s, Payments, f.Payments))
}

func inFile[T any, P Record[T]](s *rowSums, t *Table[T, P], list []T) (err error) {
	for i := range list {
		x := P(&list[i])
		if s.body, err = appendJSON(s.body[:0], t.Image(x)); err != nil {
			return err
		}
		s.found(t.Entity, t.ID(x), x.Base().Version, s.body)
	}
	return nil
}

// left are the ranges of a noun that have to be compared, in order.
func (s *rowSums) left(entity string) (numbers []int64) {
	odd := map[int64]bool{}
	for r, sum := range s.sums {
		if r.entity == entity && sum != 0 {
			odd[r.number] = true
		}
	}
	for r := range s.odd {
		if r.entity == entity {
			odd[r.number] = true
		}
	}
	return slices.Sorted(maps.Keys(odd))
}
