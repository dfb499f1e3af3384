package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"maps"
	"reflect"
	"slices"

	"casebook/internal/registry"
)

// The list behind a number of statistics is found by what case_facts and case_lines keep of each case: its month by each date that may count, and the lines
// that it stands on. Both are written with the fact, and are what the fact says.

// monthColumns hold the months of a fact, in the order of registry.Bases.
const monthColumns = "month_found, month_filed, month_decided, month_paid, month_closed"

// monthColumn is that of one date.
func monthColumn(b registry.Basis) string {
	return [...]string{"month_found", "month_filed", "month_decided", "month_paid", "month_closed"}[b.Index()]
}

// lineID is a line as case_lines holds it: six bytes of its hash, which lines that differ do not share.
func lineID(l registry.CaseLine) int64 {
	sum := sha256.Sum256([]byte(l))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 16)
}

// lines are those that a case of a fact stands on.
func (x *packedFact) lines() (list []registry.CaseLine, err error) {
	err = unpackTallies(x.tallies, func(k registry.TallyKey, t registry.Tally) { list = append(list, k.Lines(t)...) })
	return list, err
}

// keepLines writes on which lines a case stands, where it stood on others before; all writes also those that should be there already.
func (tx *Tx) keepLines(id registry.CaseID, was, is []byte, all bool) error {
	var lines [2][]registry.CaseLine
	for i, b := range [][]byte{was, is} {
		x, err := unpackFact(b)
		if err == nil {
			lines[i], err = x.lines()
		}
		if err != nil {
			return fmt.Errorf("lines of case %d: %w", id, err)
		}
	}
	for _, l := range lines[0] {
		if !slices.Contains(lines[1], l) {
			if _, err := tx.exec("DELETE FROM case_lines WHERE line = $1 AND case_id = $2", lineID(l), id); err != nil {
				return err
			}
		}
	}
	var args []any
	for _, l := range lines[1] {
		if all || !slices.Contains(lines[0], l) {
			args = append(args, lineID(l), id)
		}
	}
	if len(args) == 0 {
		return nil
	}
	_, err := tx.exec(insertRows("case_lines", len(args)/2, "line", "case_id")+" ON CONFLICT DO NOTHING", args...)
	return err
}

// settingLinesMissing stands while the lines of older cases are not kept yet: after an upgrade.
const settingLinesMissing = "case_lines_missing"

// LinesMissing reports whether lists by lines and months of statistics lack cases yet.
func (tx *Tx) LinesMissing() (bool, error) {
	v, err := tx.Setting(settingLinesMissing)
	return v != "", err
}

// Summed reports whether a filter selects as statistics count: by the month of a case.
func (f CaseFilter) Summed() bool { return f.Counted != "" }

// leadsByLine reports whether few cases stand on the filter's line: those are looked through, else the months are. Of a line that is common, and hardly ever
// in the months that are asked for, the months are read through.
func (f CaseFilter) leadsByLine(tx *Tx) bool {
	if f.Line == "" {
		return false
	}
	var n int
	err := tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM case_lines WHERE line = $1 LIMIT $2) AS few", lineID(f.Line), countLook+1)
	return err == nil && n <= countLook // what is wrong with the database the list itself tells
}

// summed adds that a case is counted in the filter's months and stands on its line.
func (f CaseFilter) summed(tx *Tx, q *query) {
	month := "m." + monthColumn(f.Counted)
	if f.leadsByLine(tx) {
		q.add(" JOIN case_lines l ON l.case_id = x.id AND l.line = ? JOIN case_facts m ON m.case_id = l.case_id", lineID(f.Line))
		month += " || ''"
	} else {
		q.add(" JOIN case_facts m ON m.case_id = x.id")
		if f.Line != "" {
			q.restIf(true, true, "EXISTS (SELECT 1 FROM case_lines l WHERE l.line = ? AND l.case_id = m.case_id)", lineID(f.Line))
		}
	}
	if f.Undated {
		q.add(" AND " + month + " = ''")
		return
	}
	if f.From.IsZero() && f.To.IsZero() {
		return
	}
	from, to := f.months()
	q.add(" AND "+month+" >= ? AND "+month+" <= ?", from, to)
}

// months are the first and the last month of a filter's span: of one that is open at an end those that are known, of none all.
func (f CaseFilter) months() (from, to string) {
	from, to = "0000-01", "9999-12"
	if f.From.IsZero() && f.To.IsZero() {
		from = ""
	}
	if !f.From.IsZero() {
		from = f.From.Earliest()[:len(from)]
	}
	if !f.To.IsZero() {
		to = f.To.Latest()[:len(to)]
	}
	return from, to
}

// CountedIn reports whether a fact is one that the filter selects by months and line: what where says in SQL. It is asked where there is either.
func (f CaseFilter) CountedIn(x *registry.CaseFact) bool {
	month := x.Months[f.Counted.Index()]
	if !f.Summed() {
		return x.On(f.Line)
	}
	from, to := f.months()
	return len(x.Tallies) > 0 && (f.Line == "" || x.On(f.Line)) && (f.Undated && month == "" || !f.Undated && month >= from && month <= to)
}

// keptSum is how many cases a filter selects that asks for months, a line and a district alone, where cells tell.
func (f CaseFilter) keptSum(tx *Tx) (n int, ok bool, err error) {
	key, counted := f.Line.Key()
	rest := f
	rest.Counted, rest.Undated, rest.Line, rest.From, rest.To, rest.DistrictCode, rest.Q, rest.Asking = "", false, "", registry.Date{}, registry.Date{}, "", "", Asking{}
	if registry.Fold(f.Q) != "" || !reflect.ValueOf(rest).IsZero() || !counted && f.Line != "" || tx.reads != nil && f.DistrictCode != "" {
		return 0, false, nil
	}
	if f.Line == "" {
		key = registry.TallyKey{Table: registry.TallyAll}
	}
	in := FactFilter{Date: f.Counted.Index(), DistrictCode: f.DistrictCode}
	in.From, in.To = f.months()
	months, err := tx.Facts(in, registry.HeadTables[key.Table])
	for m, t := range months {
		if m == "" && (f.Undated || in.From == "") || m != "" && !f.Undated {
			n += int(t[key].Cases)
		}
	}
	return n, true, err
}

// lineSums are, for each line, the sum of numbers that stand for its cases: those of facts against those of case_lines.
type lineSums struct {
	seed  maphash.Seed
	names map[int64]registry.CaseLine
	sums  map[int64]uint64
}

func newLineSums() *lineSums {
	return &lineSums{maphash.MakeSeed(), map[int64]registry.CaseLine{}, map[int64]uint64{}}
}

// of adds the lines of a fact.
func (s *lineSums) of(id int64, fact []byte) error {
	x, err := unpackFact(fact)
	if err != nil {
		return err
	}
	lines, err := x.lines()
	for _, l := range lines {
		n := lineID(l)
		s.names[n] = l
		s.sums[n] += maphash.Comparable(s.seed, id)
	}
	return err
}

// verify takes off what case_lines has, and tells of the lines of which something is left.
func (s *lineSums) verify(tx *Tx, bad func(string, ...any)) error {
	if missing, err := tx.LinesMissing(); err != nil || missing {
		return err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var line, id int64
		err := rows.Scan(&line, &id)
		s.sums[line] -= maphash.Comparable(s.seed, id)
		return err
	}, "SELECT line, case_id FROM case_lines"); err != nil {
		return err
	}
	told := 0
	for _, n := range slices.Sorted(maps.Keys(s.sums)) {
		if s.sums[n] == 0 {
			continue
		}
		if told++; told > mostDefects {
			return nil
		}
		if name, ok := s.names[n]; ok {
			bad("统计分项 %s 的案件名单与各案件的统计数据不符", name)
		} else {
			bad("统计的案件名单里有一个没有案件的分项（%d）", n)
		}
	}
	return nil
}
