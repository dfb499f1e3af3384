package store

import (
	"database/sql"
	"fmt"
	"maps"
	"math"
	"strconv"

	"casebook/internal/registry"
)

// FactFilter says which cells are read: by which date (registry.FoundDate …), of which district (empty: all), from which month to which.
type FactFilter struct {
	Date         int
	DistrictCode string
	From, To     string // YYYY-MM
}

// area is what is read for a filter. Where reading is narrowed, it is the branch's, whatever district is asked for.
func (f FactFilter) area(tx *Tx) string {
	switch {
	case tx.reads != nil:
		return branchArea(tx.ownDistrict())
	case f.DistrictCode != "":
		return districtArea(f.DistrictCode)
	}
	return ""
}

// part is a part of a cell.
type part int

const (
	heads part = iota
	bodies
)

// cellRange are cells of months, or of years, that follow each other.
type cellRange struct {
	from, to string
	name     int // how long their names are
}

// ranges are the cells that hold the bodies of a filter's months: the years in them, and the months before and after those; months alone where years are not
// added up.
func (f FactFilter) ranges(years bool) []cellRange {
	const year, month = len("2006"), len("2006-01")
	from, to := max(f.From, "0000-01"), f.To
	all := []cellRange{{from, to, month}}
	first, err := strconv.Atoi(from[:year])
	last, err2 := strconv.Atoi(to[:year])
	if !years || err != nil || err2 != nil {
		return all
	}
	if from[year:] > "-01" {
		first++
	}
	if to[year:] < "-12" {
		last--
	}
	if first > last {
		return all
	}
	name := func(y int) string { return fmt.Sprintf("%04d", y) }
	return []cellRange{{from, name(first-1) + "-12", month}, {name(first), name(last), year}, {name(last+1) + "-01", to, month}}
}

// eachPart hands out what adds up to the figures of a filter: heads month by month, bodies as they are added up, those of the cases of no known month under the
// empty one; n times each. What is handed out of facts that the cells do not hold yet has both parts.
func (tx *Tx) eachPart(f FactFilter, p part, do func(month string, tallies []byte, n int64) error) error {
	area := f.area(tx)
	ranges, column := []cellRange{{max(f.From, "0"), f.To, len("2006-01")}}, "head"
	if p == bodies {
		missing, err := tx.Setting(settingYearsMissing)
		if err != nil {
			return err
		}
		ranges, column = f.ranges(missing == ""), "body"
	}
	for _, r := range append(ranges, cellRange{}) {
		if r.from > r.to {
			continue
		}
		if err := tx.each(func(rows *sql.Rows) error {
			var month string
			var tallies sql.RawBytes
			if err := rows.Scan(&month, &tallies); err != nil {
				return err
			}
			return do(month, tallies, 1)
		}, "SELECT month, "+column+" FROM fact_cells WHERE date = $1 AND area = $2 AND month >= $3 AND month <= $4 AND length(month) = $5", f.Date, area, r.from, r.to, r.name); err != nil {
			return fmt.Errorf("read what is kept of cases: %w", err)
		}
	}
	if err := tx.readWaiting(); err != nil {
		return err
	}
	for i := range tx.waiting {
		for j, n := range []int64{-1, 1} {
			var err error
			tx.waiting[i][j].in(f.Date, area, func(month string, tallies []byte, times int64) {
				if (month == "" || month >= f.From && month <= f.To) && err == nil {
					err = do(month, tallies, n*times)
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// readWaiting reads the facts that the cells do not hold as they are: a page asks several times.
func (tx *Tx) readWaiting() error {
	if tx.waiting != nil {
		return nil
	}
	tx.waiting = [][2]packedFact{}
	return tx.waitingFacts(math.MaxInt32, func(_ registry.CaseID, fact, counted packedFact) error {
		tx.waiting = append(tx.waiting, [2]packedFact{counted, fact})
		return nil
	})
}

// Facts are the tallies of the months of a filter, by month; those of the cases whose month is not known stand under the empty one. What periods are not
// compared by is asked of all months together, and stands under the first; onlyHeads leaves it out.
func (tx *Tx) Facts(f FactFilter, onlyHeads bool) (map[string]registry.Tallies, error) {
	sums := map[string]*tallySums{}
	add := func(p part, under func(month string) string) error {
		return tx.eachPart(f, p, func(month string, tallies []byte, n int64) error {
			month = under(month)
			if sums[month] == nil {
				sums[month] = &tallySums{tables: map[string]map[string]int{}}
			}
			return sums[month].add(tallies, n, p)
		})
	}
	err := add(heads, func(month string) string { return month })
	if err == nil && !onlyHeads {
		err = add(bodies, func(month string) string {
			if month == "" {
				return ""
			}
			return f.From
		})
	}
	if err != nil {
		return nil, err
	}
	months := map[string]registry.Tallies{}
	for m, s := range sums {
		months[m] = s.tallies()
	}
	maps.DeleteFunc(months, func(_ string, t registry.Tallies) bool { return len(t) == 0 })
	return months, nil
}

// lineCases is how many cases of a filter's months, or of no known month, stand on a line.
func (tx *Tx) lineCases(f FactFilter, key registry.TallyKey, dated, undated bool) (n int, err error) {
	p := bodies
	if registry.HeadTables[key.Table] {
		p = heads
	}
	count := func(month string, tallies []byte, times int64) error {
		if month == "" && !undated || month != "" && !dated {
			return nil
		}
		return eachTally(tallies, func(table, line []byte, t registry.Tally) {
			if string(line) == key.Line && string(table) == key.Table {
				n += int(times * t.Cases)
			}
		})
	}
	err = tx.eachPart(f, p, count)
	return n, err
}

// tallySums add up packed tallies. A line is looked up by its bytes: a period has some thousands of them, and most of its cells have most of them.
type tallySums struct {
	tables map[string]map[string]int // of a table, each line's place in list
	list   []tallySum
}

type tallySum struct {
	key registry.TallyKey
	t   registry.Tally
}

func (s *tallySums) add(b []byte, n int64, p part) error {
	return eachTally(b, func(table, line []byte, t registry.Tally) {
		if registry.HeadTables[string(table)] != (p == heads) {
			return
		}
		lines := s.tables[string(table)]
		if lines == nil {
			lines = map[string]int{}
			s.tables[string(table)] = lines
		}
		i, ok := lines[string(line)]
		if !ok {
			i = len(s.list)
			lines[string(line)] = i
			s.list = append(s.list, tallySum{key: registry.TallyKey{Table: string(table), Line: string(line)}})
		}
		s.list[i].t = s.list[i].t.Plus(t, n)
	})
}

// tallies are those of which something is left.
func (s *tallySums) tallies() registry.Tallies {
	t := make(registry.Tallies, len(s.list))
	for i := range s.list {
		if x := &s.list[i]; x.t != (registry.Tally{}) {
			t[x.key] = x.t
		}
	}
	return t
}
