package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// FoldFacts adds to the cells what they do not hold yet.
func (db *DB) FoldFacts(ctx context.Context) error {
	for more := true; more; {
		if err := db.WriteAlone(ctx, func(tx *Tx) (err error) {
			more, err = tx.foldFacts()
			return err
		}); err != nil {
			return fmt.Errorf("add up facts: %w", err)
		}
	}
	return nil
}

// foldedAtOnce bounds how long others wait for a fold: half a second, as for a batch of a load.
const foldedAtOnce = foldLoad

func (tx *Tx) foldFacts() (more bool, err error) {
	if err := tx.addUpYears(); err != nil {
		return false, err
	}
	type waiting struct {
		id            registry.CaseID
		fact, counted packedFact
	}
	var list []waiting
	if err := tx.waitingFacts(foldedAtOnce, func(id registry.CaseID, fact, counted packedFact) error {
		list = append(list, waiting{id, fact, counted})
		return nil
	}); err != nil || len(list) == 0 {
		return false, err
	}
	for date := range registry.CaseDates { // one after another: the cells of all are some forty megabytes
		f := newFolding()
		for i := range list {
			x := &list[i]
			if err := errors.Join(f.add(&x.counted, date, -1), f.add(&x.fact, date, 1)); err != nil {
				return false, fmt.Errorf("fact of case %d: %w", x.id, err)
			}
		}
		f.addYears()
		if err := f.keep(tx); err != nil {
			return false, err
		}
	}
	_, err = tx.exec("UPDATE case_facts"+tx.conn.engine.by("case_facts_waiting")+" SET counted = NULL WHERE counted IS NOT NULL AND case_id <= $1", list[len(list)-1].id)
	return len(list) == foldedAtOnce, err
}

// waitingFacts are those that the cells do not hold as they are, in the order of the cases. Few wait, or none: statistics that the planner took during a load
// say that all do, and it read the facts through.
func (tx *Tx) waitingFacts(limit int, do func(id registry.CaseID, fact, counted packedFact) error) error {
	return tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var is, was sql.RawBytes
		if err := rows.Scan(&id, &is, &was); err != nil {
			return err
		}
		fact, err := unpackFact(bytes.Clone(is))
		if err != nil {
			return fmt.Errorf("fact of case %d: %w", id, err)
		}
		counted, err := unpackFact(bytes.Clone(was))
		if err != nil {
			return fmt.Errorf("counted fact of case %d: %w", id, err)
		}
		return do(id, fact, counted)
	}, "SELECT case_id, fact, counted FROM case_facts"+tx.conn.engine.by("case_facts_waiting")+" WHERE counted IS NOT NULL ORDER BY case_id LIMIT $1", limit)
}

func (k cellKey) compare(o cellKey) int {
	if k.date != o.date {
		return k.date - o.date
	}
	if n := strings.Compare(k.area, o.area); n != 0 {
		return n
	}
	return strings.Compare(k.month, o.month)
}

// folding adds up packed tallies by cell. The names of their lines are numbers meanwhile: a few hundred names stand in some hundred thousand sums, and
// looking each up by its text was a tenth of a load's CPU.
type folding struct {
	cells   map[cellKey]map[int]registry.Tally
	numbers map[string]int // of a line, by its table and its name
	lines   []registry.TallyKey
	ranks   []int             // of the numbers, in the order in which lines are packed
	read    map[*byte]tallied // what was read of the fact that is being added: areas and dates share the tallies
	name    []byte
}

// tallied are unpacked tallies, by the numbers of their lines.
type tallied []struct {
	line int
	registry.Tally
}

func newFolding() *folding {
	return &folding{cells: map[cellKey]map[int]registry.Tally{}, numbers: map[string]int{}, read: map[*byte]tallied{}}
}

func (f *folding) unpack(b []byte) (list tallied, err error) {
	if len(b) == 0 {
		return nil, nil
	}
	if list, ok := f.read[&b[0]]; ok {
		return list, nil
	}
	err = eachTally(b, func(table, line []byte, t registry.Tally) {
		f.name = append(append(append(f.name[:0], table...), 0), line...)
		n, ok := f.numbers[string(f.name)]
		if !ok {
			n = len(f.lines)
			f.numbers[string(f.name)] = n
			f.lines = append(f.lines, registry.TallyKey{Table: string(table), Line: string(line)})
		}
		list = append(list, struct {
			line int
			registry.Tally
		}{n, t})
	})
	f.read[&b[0]] = list
	return list, err
}

// add adds n times a fact to its cells by a date.
func (f *folding) add(x *packedFact, date int, n int64) (err error) {
	clear(f.read)
	x.cellsBy(date, func(k cellKey, tallies []byte, times int64) {
		list, e := f.unpack(tallies)
		if e != nil {
			err = e
		}
		f.plus(k, list, n*times)
	})
	return err
}

func (f *folding) plus(k cellKey, list tallied, n int64) {
	cell := f.cells[k]
	if cell == nil {
		cell = map[int]registry.Tally{}
		f.cells[k] = cell
	}
	for _, t := range list {
		cell[t.line] = cell[t.line].Plus(t.Tally, n)
	}
}

// addYears adds the bodies of months to cells of their years.
func (f *folding) addYears() {
	for _, k := range slices.Collect(maps.Keys(f.cells)) {
		year, ok := k.yearOf()
		if !ok {
			continue
		}
		if f.cells[year] == nil {
			f.cells[year] = map[int]registry.Tally{}
		}
		for line, t := range f.cells[k] {
			if !registry.HeadTables[f.lines[line].Table] {
				f.cells[year][line] = f.cells[year][line].Plus(t, 1)
			}
		}
	}
}

// keep adds what was added up to the cells of the register.
func (f *folding) keep(tx *Tx) error {
	for _, k := range slices.SortedFunc(maps.Keys(f.cells), cellKey.compare) {
		if err := f.keepCell(tx, k); err != nil {
			return fmt.Errorf("cell %v: %w", k, err)
		}
	}
	return nil
}

func (f *folding) keepCell(tx *Tx, k cellKey) error {
	nothing := true
	for _, t := range f.cells[k] {
		nothing = nothing && t == (registry.Tally{})
	}
	if nothing {
		return nil
	}
	var head, body []byte
	err := tx.one([]any{&head, &body}, "SELECT head, body FROM fact_cells WHERE date = $1 AND area = $2 AND month = $3", k.date, k.area, k.month)
	if err != nil && !noRows(err) {
		return err
	}
	clear(f.read)
	for _, b := range [][]byte{head, body} {
		list, err := f.unpack(b)
		if err != nil {
			return err
		}
		f.plus(k, list, 1)
	}
	h, b := f.pack(f.cells[k])
	_, err = tx.exec(`INSERT INTO fact_cells (date, area, month, head, body) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (date, area, month) DO UPDATE SET head = excluded.head, body = excluded.body`, k.date, k.area, k.month, h, b)
	return err
}

// pack parts a cell and packs it: what periods are compared by stands apart.
func (f *folding) pack(cell map[int]registry.Tally) (head, body []byte) {
	if len(f.ranks) < len(f.lines) {
		order := make([]int, len(f.lines))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return compareTallies(f.lines[a], f.lines[b]) })
		f.ranks = make([]int, len(f.lines))
		for rank, line := range order {
			f.ranks[line] = rank
		}
	}
	lines := make([]int, 0, len(cell))
	for line, t := range cell {
		if t != (registry.Tally{}) {
			lines = append(lines, line)
		}
	}
	slices.SortFunc(lines, func(a, b int) int { return cmp.Compare(f.ranks[a], f.ranks[b]) })
	var h, b tallyPacker
	for _, line := range lines {
		if k := f.lines[line]; registry.HeadTables[k.Table] {
			h.add(k, cell[line])
		} else {
			b.add(k, cell[line])
		}
	}
	return append([]byte{}, h.packed...), append([]byte{}, b.packed...) // never NULL
}

// settingYearsMissing stands while the bodies of years are not added up: after an upgrade.
const settingYearsMissing = "fact_years_missing"

// addUpYears adds up the bodies of the years where an upgrade left that to be done.
func (tx *Tx) addUpYears() error {
	missing, err := tx.Setting(settingYearsMissing)
	if err != nil || missing == "" {
		return err
	}
	f := newFolding()
	if err := tx.each(func(rows *sql.Rows) error {
		var k cellKey
		var body []byte
		if err := rows.Scan(&k.date, &k.area, &k.month, &body); err != nil {
			return err
		}
		clear(f.read)
		list, err := f.unpack(body)
		year, _ := k.yearOf()
		f.plus(year, list, 1)
		return err
	}, "SELECT date, area, month, body FROM fact_cells WHERE length(month) = 7"); err != nil {
		return err
	}
	if err := f.keep(tx); err != nil {
		return err
	}
	_, err = tx.exec("DELETE FROM settings WHERE name = $1", settingYearsMissing)
	return err
}
