package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"casebook/internal/registry"
)

// case_days keeps, for each case that counts, by which days it is filed, decided, paid and closed, and what counts on each (registry.Counted), so that
// the cases of a span are found by an index; day_tallies adds them up by month. Findings stand on the case itself.

// keptBases are those that case_days keeps.
var keptBases = []registry.Basis{registry.BasisFiled, registry.BasisDecided, registry.BasisPaid, registry.BasisClosed}

// countedRow is a row of case_days.
type countedRow struct {
	basis       registry.Basis
	day, latest string
	n, known    int
	amount      registry.Money
	unknown     int
}

func compareCounted(a, b countedRow) int {
	return cmp.Or(cmp.Compare(a.basis, b.basis), cmp.Compare(a.day, b.day), cmp.Compare(a.latest, b.latest))
}

// countedOf are the rows that a case's file gives; none where the case was voided.
func countedOf(f *registry.CaseFile) (rows []countedRow) {
	if f.Case.IsVoid() {
		return nil
	}
	for _, b := range keptBases {
		for _, c := range f.Counted(b) {
			rows = append(rows, countedRow{b, c.On.Earliest(), c.On.Latest(), c.N, c.Money.Known, c.Money.Total, c.Money.Unknown})
		}
	}
	slices.SortFunc(rows, compareCounted)
	return rows
}

// countedRows reads what is kept of some cases.
func (tx *Tx) countedRows(ids []registry.CaseID) (map[registry.CaseID][]countedRow, error) {
	m := map[registry.CaseID][]countedRow{}
	if len(ids) == 0 {
		return m, nil
	}
	q := newQuery("SELECT case_id, basis, day, latest, n, known, amount_fen, unknown FROM case_days WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, basis, day, latest")
	var id registry.CaseID
	var c countedRow
	targets := into(&id, &c.basis, &c.day, &c.latest, &c.n, &c.known, &c.amount, &c.unknown)
	err := tx.each(func(rows *sql.Rows) error {
		err := rows.Scan(targets...)
		m[id] = append(m[id], c)
		return err
	}, q.sql(), q.args...)
	return m, err
}

// keepCounted brings what is kept of a case up to date.
func (tx *Tx) keepCounted(id registry.CaseID, have, want []countedRow) error {
	for _, c := range have {
		if !slices.Contains(want, c) {
			if _, err := tx.exec("DELETE FROM case_days WHERE basis = $1 AND day = $2 AND latest = $3 AND case_id = $4", c.basis, c.day, c.latest, id); err != nil {
				return fmt.Errorf("forget a day by which case %d counted: %w", id, err)
			}
		}
	}
	for _, c := range want {
		if !slices.Contains(have, c) {
			if _, err := tx.exec("INSERT INTO case_days (basis, day, latest, case_id, n, known, amount_fen, unknown) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
				c.basis, c.day, c.latest, id, c.n, c.known, c.amount, c.unknown); err != nil {
				return fmt.Errorf("keep a day by which case %d counts: %w", id, err)
			}
		}
	}
	return nil
}

// settingDaysAfter holds the last case whose days are kept, while those of older cases are not: after an upgrade.
const settingDaysAfter = "case_days_after"

// DaysMissing reports whether the days of some cases are not kept yet.
func (tx *Tx) DaysMissing() (bool, error) {
	v, err := tx.Setting(settingDaysAfter)
	return v != "", err
}

// FillDays keeps the days of the cases of before, a batch a transaction; cut short, it goes on where it was.
func (db *DB) FillDays(ctx context.Context, progress func(done, total int)) error {
	var after registry.CaseID
	var done, total int
	missing := false
	if err := db.Read(ctx, func(tx *Tx) error {
		at, err := tx.Setting(settingDaysAfter)
		if err != nil || at == "" {
			return err
		}
		missing = true
		n, _ := strconv.ParseInt(at, 10, 64)
		after = registry.CaseID(n)
		return tx.one([]any{&done, &total}, "SELECT COALESCE(SUM(CASE WHEN id <= $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM cases", after)
	}); err != nil || !missing {
		return err
	}
	for progress(done, total); ; progress(done, total) {
		var ids []registry.CaseID
		if err := db.WriteAlone(ctx, func(tx *Tx) (err error) {
			if ids, err = tx.CaseIDs(CaseFilter{}, after, refreshBatch); err != nil {
				return err
			}
			if len(ids) == 0 {
				_, err := tx.exec("DELETE FROM settings WHERE name = $1", settingDaysAfter)
				return err
			}
			files, err := tx.ClockFiles(ids)
			if err != nil {
				return err
			}
			have, err := tx.countedRows(ids)
			if err != nil {
				return err
			}
			for _, f := range files {
				if err := tx.keepCounted(f.Case.ID, have[f.Case.ID], countedOf(f)); err != nil {
					return err
				}
			}
			return tx.SetSetting(settingDaysAfter, fmt.Sprint(int64(ids[len(ids)-1])))
		}); err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		done += len(ids)
	}
}

// Spanned reports whether a filter selects by a basis whose days case_days keeps.
func (f CaseFilter) Spanned() bool {
	return slices.Contains(keptBases, f.By) && f.Counted == "" && (!f.From.IsZero() || !f.To.IsZero())
}

// inSpan adds the condition that the day d of case_days certainly lies in the filter's span.
func (f CaseFilter) inSpan(q *query, d string) {
	q.add(d+".basis = ?", string(f.By))
	if f.From.IsZero() {
		q.add(" AND " + d + ".day > ''")
	} else {
		q.add(" AND "+d+".day >= ?", f.From.Earliest())
	}
	if !f.To.IsZero() {
		q.add(" AND "+d+".day <= ? AND "+d+".latest <= ?", f.To.Latest(), f.To.Latest())
	}
}

// Undated counts the cases of a filter that may or may not lie in its span, since of their day only a year or a month is known, or nothing: the ledger of
// the span leaves them out. Of findings, which overlap a span or do not, only those without any date. most is where it stops; 0: nowhere.
func (tx *Tx) Undated(f CaseFilter, most int) (n int, err error) {
	if f.From.IsZero() && f.To.IsZero() || f.Summed() {
		return 0, nil
	}
	span := f
	f.From, f.To = registry.Date{}, registry.Date{}
	q := newQuery("SELECT COUNT(*) FROM (SELECT 1 FROM cases x")
	f.where(tx, q)
	count := func() (int, error) {
		if most > 0 {
			q.add(" LIMIT ?", most)
		}
		q.add(") AS undated")
		err := tx.one([]any{&n}, q.sql(), q.args...)
		return n, err
	}
	if !slices.Contains(keptBases, span.By) {
		q.add(" AND x.found_on = ''")
		return count()
	}
	q.add(" AND x.id IN (SELECT d.case_id FROM case_days d WHERE d.basis = ? AND (d.day = ''", string(span.By))
	for _, end := range []registry.Date{span.From, span.To} {
		if end.IsZero() {
			continue
		}
		y, m, _ := end.YMD()
		for _, partial := range []registry.Date{registry.Year(y), registry.Month(y, max(m, 1))} {
			if partial.Overlaps(span.From, span.To) && !partial.Within(span.From, span.To) {
				q.add(" OR d.day = ? AND d.latest = ?", partial.Earliest(), partial.Latest())
			}
		}
	}
	q.add("))")
	q.add(" AND NOT EXISTS (SELECT 1 FROM case_days s WHERE s.case_id = x.id AND ")
	span.inSpan(q, "s")
	q.add(")")
	return count()
}

// SpanIDs are the ids of all cases of a filter that selects by a kept basis, in order: read once for an export, since batches in the order of ids
// would read the whole span for each.
func (tx *Tx) SpanIDs(f CaseFilter) (ids []registry.CaseID, err error) {
	q := newQuery("SELECT x.id FROM cases x")
	f.where(tx, q)
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, q.sql(), q.args...)
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// Tallied is what counts in a period: of decisions how many, and the penalties in force that rest on them.
type Tallied struct {
	N     int          `json:"n"`
	Money registry.Sum `json:"money"`
}

// Tally adds up what counts by a basis in the months from one to another, both included.
func (tx *Tx) Tally(b registry.Basis, from, to registry.Date) (t Tallied, err error) {
	err = tx.one([]any{&t.N, &t.Money.Total, &t.Money.Known, &t.Money.Unknown}, `SELECT COALESCE(SUM(n), 0), COALESCE(SUM(amount_fen), 0), COALESCE(SUM(known), 0), COALESCE(SUM(unknown), 0)
		FROM day_tallies WHERE basis = $1 AND period >= $2 AND period <= $3`, string(b), from.ToMonth().String(), to.ToMonth().String())
	return t, err
}

// verifyCounted compares what is kept of some cases with what their files give.
func (tx *Tx) verifyCounted(files []*registry.CaseFile, bad func(string, ...any)) error {
	ids := make([]registry.CaseID, len(files))
	for i, f := range files {
		ids[i] = f.Case.ID
	}
	have, err := tx.countedRows(ids)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !slices.Equal(have[f.Case.ID], countedOf(f)) {
			bad("案件 %d 计入统计的日期和金额与案件不符", f.Case.ID)
		}
	}
	return nil
}

// dayTalliesAnew adds up what day_tallies keeps.
const dayTalliesAnew = `SELECT basis, CASE WHEN substr(day, 1, 7) = substr(latest, 1, 7) THEN substr(day, 1, 7) ELSE substr(day, 1, 4) END AS period,
	SUM(n) AS n, SUM(amount_fen) AS amount_fen, SUM(known) AS known, SUM(unknown) AS unknown, COUNT(*) AS lines FROM case_days GROUP BY 1, 2`

// verifyDayTallies adds them up anew, and looks for days of cases that there are not.
func (tx *Tx) verifyDayTallies(bad func(string, ...any)) error {
	type line struct {
		basis, period                    string
		n, amount, known, unknown, lines int64
	}
	read := func(query string) (map[line]bool, error) {
		m := map[line]bool{}
		return m, tx.each(func(rows *sql.Rows) error {
			var l line
			err := rows.Scan(&l.basis, &l.period, &l.n, &l.amount, &l.known, &l.unknown, &l.lines)
			m[l] = true
			return err
		}, query)
	}
	kept, err := read("SELECT basis, period, n, amount_fen, known, unknown, lines FROM day_tallies")
	if err != nil {
		return err
	}
	anew, err := read(dayTalliesAnew)
	if err != nil {
		return err
	}
	wrong := map[string]bool{}
	for l := range kept {
		if !anew[l] {
			wrong[l.period+"（"+registry.Basis(l.basis).Label()+"）"] = true
		}
	}
	for l := range anew {
		if !kept[l] {
			wrong[l.period+"（"+registry.Basis(l.basis).Label()+"）"] = true
		}
	}
	for _, w := range slices.Sorted(maps.Keys(wrong)) {
		bad("%s的月份合计与案件不符", w)
	}
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		bad("案件 %d 计入统计的日期没有这个案件", id)
		return err
	}, "SELECT DISTINCT d.case_id FROM case_days d LEFT JOIN cases c ON c.id = d.case_id WHERE c.id IS NULL ORDER BY d.case_id LIMIT 20")
}

// verifyAuditDays compares the first entries of the days with the chain.
func (tx *Tx) verifyAuditDays(first map[string]int64, timeless map[int64]bool, bad func(text string)) error {
	if err := tx.each(func(rows *sql.Rows) error {
		var day string
		var seq int64
		err := rows.Scan(&day, &seq)
		if first[day] != seq && !timeless[seq] {
			bad(fmt.Sprintf("%s 的第一条审计记录记为第 %d 条，按审计链应为第 %d 条", day, seq, first[day]))
		}
		delete(first, day)
		return err
	}, "SELECT day, seq FROM audit_days"); err != nil {
		return err
	}
	for _, day := range slices.Sorted(maps.Keys(first)) {
		bad(fmt.Sprintf("%s 有审计记录，却没有记下当日第一条（第 %d 条）", day, first[day]))
	}
	return nil
}
