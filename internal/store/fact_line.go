package store

import (
	"cmp"
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
// that it stands on, in each of these months: a line that most cases stand on may have few in the months that are asked for. Both are written with the fact, and are what the fact says.

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

// lineAt is a line on which a case stands, in a month: that of its finding, and each in which it is counted by another date.
type lineAt struct {
	line  int64
	month string // YYYY-MM; empty where that of the finding is not known
}

// foundBit is the date of the finding in what case_lines keeps of the dates by which a case is counted in a month: each case has it once on a line.
const foundBit = int64(1) << registry.FoundDate

// linesAt are those of a fact, with the dates by which its case is counted in the month, a bit each.
func (x *packedFact) linesAt(each func(l registry.CaseLine, at lineAt, dates int64)) error {
	lines, err := x.lines()
	if err != nil {
		return err
	}
	months := x.datesIn()
	for _, l := range lines {
		for _, m := range months {
			each(l, lineAt{lineID(l), m.month}, m.dates)
		}
	}
	return nil
}

// monthDates are the dates by which a case is counted in a month.
type monthDates struct {
	month string
	dates int64
}

// datesIn are the months in which the case of a fact is counted, each once.
func (x *packedFact) datesIn() (list []monthDates) {
	list = make([]monthDates, 0, len(x.months))
	for i, m := range x.months {
		if m == "" && i != registry.FoundDate {
			continue
		}
		at := slices.IndexFunc(list, func(o monthDates) bool { return o.month == m })
		if at < 0 {
			at, list = len(list), append(list, monthDates{month: m})
		}
		list[at].dates |= 1 << i
	}
	return list
}

// linesAtOnce is how many lines a statement writes: a case has some fifty, and each number of them would be a statement of its own.
const linesAtOnce = 16

// lineRow is a row of case_lines.
type lineRow struct {
	lineAt
	id    registry.CaseID
	dates int64
}

// changedLines takes a case off the lines that it stands on no more, and tells the rows that are to be written, where it stood on others before; all tells also those that
// should be there already.
func (tx *Tx) changedLines(id registry.CaseID, was, is []byte, all bool) (changed []lineRow, err error) {
	var lines [2]map[lineAt]int64
	for i, b := range [][]byte{was, is} {
		lines[i] = map[lineAt]int64{}
		x, err := unpackFact(b)
		if err == nil {
			err = x.linesAt(func(_ registry.CaseLine, at lineAt, dates int64) { lines[i][at] = dates })
		}
		if err != nil {
			return nil, fmt.Errorf("lines of case %d: %w", id, err)
		}
	}
	for at := range lines[0] {
		if lines[1][at] == 0 {
			if _, err := tx.exec("DELETE FROM case_lines WHERE line = $1 AND month = $2 AND case_id = $3", at.line, at.month, id); err != nil {
				return nil, err
			}
		}
	}
	for at, dates := range lines[1] {
		if all || lines[0][at] != dates {
			changed = append(changed, lineRow{at, id, dates})
		}
	}
	return changed, nil
}

// insertLines are the statements for one row, two and so on.
var insertLines = func() (list [linesAtOnce]string) {
	for i := range list {
		list[i] = insertRows("case_lines", i+1, "line", "month", "case_id", "dates") + " ON CONFLICT (line, month, case_id) DO UPDATE SET dates = excluded.dates"
	}
	return list
}()

// putLines writes rows of some cases in the order in which the table holds them: those of one line lie beside each other, and finding their place costs more than writing them.
func (tx *Tx) putLines(rows []lineRow) error {
	slices.SortFunc(rows, func(a, b lineRow) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.month, b.month), cmp.Compare(a.id, b.id))
	})
	for some := range slices.Chunk(rows, linesAtOnce) {
		args := make([]any, 0, 4*len(some))
		for _, r := range some {
			args = append(args, r.line, r.month, r.id, r.dates)
		}
		if _, err := tx.exec(insertLines[len(some)-1], args...); err != nil {
			return err
		}
	}
	return nil
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

// byLine reports whether the cases of the filter's line are read, in the order of their months: else those of the months are.
func (f CaseFilter) byLine() bool {
	return f.Summed() && f.Line != "" && registry.Fold(f.Q) == "" && !f.eachAsked
}

// byNumber prepares a filter for a list in the order of the ids, which those of a line in some months are not in: few are sorted, else each case is asked.
func (f *CaseFilter) byNumber(tx *Tx, is bool) {
	if !is || !f.byLine() {
		return
	}
	from, to := f.months()
	var n int
	err := tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM case_lines WHERE line = $1 AND month >= $2 AND month <= $3 LIMIT $4) AS few", lineID(f.Line), from, to, countLook+1)
	f.eachAsked = err == nil && n > countLook // what is wrong with the database the list itself tells
}

// summedBy is the month that a list of such a filter is in the order of.
func (f CaseFilter) summedBy() string {
	if f.byLine() {
		return "m.month"
	}
	return "m." + monthColumn(f.Counted)
}

// onLine is the condition that the case of a fact m stands on a line.
const onLine = "EXISTS (SELECT 1 FROM case_lines l WHERE l.line = ? AND l.month = m.month_found AND l.case_id = m.case_id)"

// summed adds that a case is counted in the filter's months and stands on its line. Where no month is asked for, a line's cases are those of their findings.
func (f CaseFilter) summed(q *query) {
	spanned := !f.Undated && (!f.From.IsZero() || !f.To.IsZero())
	if f.byLine() {
		q.add(" JOIN case_lines m ON m.case_id = x.id AND m.line = ?", lineID(f.Line))
		dates := foundBit
		if spanned {
			dates = 1 << f.Counted.Index()
		}
		q.restIf(true, true, "m.dates & ? <> 0", dates)
		q.restIf(f.Undated, true, "EXISTS (SELECT 1 FROM case_facts u WHERE u.case_id = m.case_id AND u."+monthColumn(f.Counted)+" = '')")
	} else {
		q.add(" JOIN case_facts m ON m.case_id = x.id")
		q.restIf(f.Line != "", true, onLine, lineID(f.Line))
		q.andIf(f.Undated, f.summedBy()+" = ''")
	}
	if spanned {
		from, to := f.months()
		month := behind(f.summedBy(), f.eachAsked)
		q.add(" AND "+month+" >= ? AND "+month+" <= ?", from, to)
	}
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
	n, err = tx.lineCases(in, key, !f.Undated, f.Undated || in.From == "")
	return n, true, err
}

// lineSums are, for each line, the sum of numbers that stand for its cases: those of facts against those of case_lines.
type lineSums struct {
	seed  maphash.Seed
	sums  map[int64]*lineSum
	named map[registry.CaseLine]*lineSum
}

type lineSum struct {
	name registry.CaseLine // empty: no fact has it
	left uint64
}

func newLineSums() *lineSums {
	return &lineSums{maphash.MakeSeed(), map[int64]*lineSum{}, map[registry.CaseLine]*lineSum{}}
}

func (s *lineSums) sum(line int64) *lineSum {
	x := s.sums[line]
	if x == nil {
		x = &lineSum{}
		s.sums[line] = x
	}
	return x
}

// of adds the lines of a fact.
func (s *lineSums) of(id int64, x *packedFact) error {
	lines, err := x.lines()
	if err != nil {
		return err
	}
	var signs uint64 // on each of its lines a case counts in the same months
	for _, m := range x.datesIn() {
		signs += s.sign(maphash.String(s.seed, m.month), id<<registry.CaseDates|m.dates)
	}
	for _, l := range lines {
		sum := s.named[l]
		if sum == nil {
			sum = s.sum(lineID(l))
			sum.name, s.named[l] = l, sum
		}
		sum.left += signs
	}
	return nil
}

// sign is a number that stands for a case on a line in a month, and the dates by which it counts there.
func (s *lineSums) sign(month uint64, at int64) uint64 {
	return maphash.Comparable(s.seed, [2]uint64{month, uint64(at)})
}

// linesInMonths are the rows of case_lines, those of a line in a month as one text: handing over each of a million rows costs twice what reading it does. A case and its dates
// are one number; what none can be is -1.
var linesInMonths = fmt.Sprintf(`SELECT line, month, string_agg(CAST(CASE WHEN dates >= 0 AND dates < %[1]d AND case_id > 0 AND case_id < %[2]d THEN case_id * %[1]d + dates ELSE -1 END AS TEXT), ',')
	FROM case_lines GROUP BY line, month`, 1<<registry.CaseDates, int64(1)<<(62-registry.CaseDates))

// verify takes off what case_lines has, and tells of the lines of which something is left.
func (s *lineSums) verify(tx *Tx, bad func(string, ...any)) error {
	if missing, err := tx.LinesMissing(); err != nil || missing {
		return err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var line int64
		var month, at string
		if err := rows.Scan(&line, &month, &at); err != nil {
			return err
		}
		sum, key := s.sum(line), maphash.String(s.seed, month)
		for n, sign, i := int64(0), int64(1), 0; i <= len(at); i++ {
			switch {
			case i == len(at) || at[i] == ',':
				sum.left -= s.sign(key, sign*n)
				n, sign = 0, 1
			case at[i] == '-':
				sign = -1
			default:
				n = 10*n + int64(at[i]-'0')
			}
		}
		return nil
	}, linesInMonths); err != nil {
		return err
	}
	told := 0
	for _, n := range slices.Sorted(maps.Keys(s.sums)) {
		sum := s.sums[n]
		if sum.left == 0 {
			continue
		}
		if told++; told > mostDefects {
			return nil
		}
		if sum.name != "" {
			bad("统计分项 %s 的案件名单与各案件的统计数据不符", sum.name)
		} else {
			bad("统计的案件名单里有一个没有案件的分项（%d）", n)
		}
	}
	return nil
}
