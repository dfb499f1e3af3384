package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Due is what a case has due next and whose it is. Zero: nothing.
type Due struct {
	On       registry.Date // the last day
	Code     string        // of the deadline
	Officers []registry.OfficerID
}

// dueBatch is how many whole cases are read at a time.
const dueBatch = 200

// settleDue brings the due days of some cases up to date. How a due day follows from a case's file is a rule above the store.
func (tx *Tx) settleDue(ids []registry.CaseID, of func(*registry.CaseFile) Due) error {
	for batch := range slices.Chunk(ids, dueBatch) {
		files, err := tx.CaseFiles(batch)
		if err != nil {
			return err
		}
		have, err := tx.dues(batch)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := tx.keepDue(f.Case.ID, have[f.Case.ID], dueIn(f, of)); err != nil {
				return fmt.Errorf("settle what case %d has due: %w", f.Case.ID, err)
			}
		}
	}
	return nil
}

// dueIn is what a case has due; one that was voided has nothing.
func dueIn(f *registry.CaseFile, of func(*registry.CaseFile) Due) Due {
	if f.Case.IsVoid() {
		return Due{}
	}
	return ordered(of(f))
}

// ordered names each officer once, in the order of the table; a case with nothing due lies on nobody's desk.
func ordered(d Due) Due {
	if d.On.IsZero() {
		return Due{}
	}
	d.Officers = slices.DeleteFunc(slices.Clone(d.Officers), func(id registry.OfficerID) bool { return id == 0 })
	slices.Sort(d.Officers)
	d.Officers = slices.Compact(d.Officers)
	return d
}

func (d Due) same(o Due) bool {
	return d.On == o.On && d.Code == o.Code && slices.Equal(d.Officers, o.Officers)
}

func (tx *Tx) keepDue(id registry.CaseID, have, want Due) error {
	if have.same(want) {
		return nil
	}
	if _, err := tx.exec("UPDATE cases SET due_on = $1, due_code = $2 WHERE id = $3", want.On.String(), want.Code, id); err != nil {
		return err
	}
	if _, err := tx.exec("DELETE FROM case_officers WHERE case_id = $1", id); err != nil {
		return err
	}
	for _, o := range want.Officers {
		if _, err := tx.exec("INSERT INTO case_officers (officer_id, case_id) SELECT id, $2 FROM officers WHERE id = $1", o, id); err != nil {
			return err
		}
	}
	return nil
}

// dues reads what is kept of some cases.
func (tx *Tx) dues(ids []registry.CaseID) (map[registry.CaseID]Due, error) {
	m := map[registry.CaseID]Due{}
	q := newQuery("SELECT x.id, x.due_on, x.due_code, COALESCE(o.officer_id, 0) FROM cases x LEFT JOIN case_officers o ON o.case_id = x.id WHERE x.id IN ")
	q.add(in(q, ids) + " ORDER BY x.id, o.officer_id")
	err := tx.each(func(rows *sql.Rows) (err error) {
		var id registry.CaseID
		var officer registry.OfficerID
		var on, code string
		if err := rows.Scan(&id, &on, &code, &officer); err != nil {
			return err
		}
		d := m[id]
		if d.On, err = registry.ParseDate(on); err != nil {
			return err
		}
		d.Code = code
		if officer != 0 {
			d.Officers = append(d.Officers, officer)
		}
		m[id] = d
		return nil
	}, q.sql(), q.args...)
	return m, err
}

// refreshBatch is how many cases are brought up to date in a transaction behind a server: what people save waits for one batch at most.
const refreshBatch = 50

// settingDueAt holds the basis that is being computed and the last case that is done, while it is.
const settingDueAt = "due_at"

// RefreshDue recomputes what every case that is not closed has due, a batch a transaction: other writers come in between. basis names what it is computed
// from; cut short, it goes on where it was while that is the same. progress is told after each batch.
func (db *DB) RefreshDue(ctx context.Context, basis string, of func(*registry.CaseFile) Due, progress func(done, total int)) error {
	var after registry.CaseID
	var done, total int
	if err := db.Read(ctx, func(tx *Tx) error {
		at, err := tx.Setting(settingDueAt)
		if err != nil {
			return err
		}
		if of, id, ok := strings.Cut(at, " "); ok && of == basis {
			n, _ := strconv.ParseInt(id, 10, 64)
			after = registry.CaseID(n)
		}
		done, total, err = tx.countOpenCases(after)
		return err
	}); err != nil {
		return err
	}
	for progress(done, total); ; progress(done, total) {
		var ids []registry.CaseID
		err := db.Write(ctx, func(tx *Tx) (err error) {
			if ids, err = tx.openCaseIDs(after, refreshBatch); err != nil || len(ids) == 0 {
				return err
			}
			if err := tx.settleDue(ids, of); err != nil {
				return err
			}
			return tx.SetSetting(settingDueAt, fmt.Sprintf("%s %d", basis, ids[len(ids)-1]))
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		done += len(ids)
	}
}

// openCases is the condition of the partial index of cases that may have something due, spelled out as it is declared.
const openCases = "(stage <> '" + string(registry.StageClosed) + "' OR due_on <> '')"

func (tx *Tx) countOpenCases(upTo registry.CaseID) (before, all int, err error) {
	err = tx.one([]any{&before, &all}, "SELECT COALESCE(SUM(CASE WHEN id <= $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM cases WHERE "+openCases, upTo)
	return before, all, err
}

func (tx *Tx) openCaseIDs(after registry.CaseID, limit int) (ids []registry.CaseID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM cases WHERE id > $1 AND "+openCases+" ORDER BY id LIMIT $2", after, limit)
	return ids, err
}

// DueFilter selects cases that have something due; zero fields select all.
type DueFilter struct {
	OrganID   registry.OrganID   // the handling unit
	OfficerID registry.OfficerID // on whose desk it lies
	From      registry.Date      // due days from this one
	Until     registry.Date      // to this one
}

func (f DueFilter) where(tx *Tx, q *query) {
	q.add(" WHERE x.due_on <> ''")
	q.own(tx, "x.branch")
	q.andIf(f.OrganID != 0, "x.handling_organ_id = ?", f.OrganID)
	q.andIf(f.OfficerID != 0, "EXISTS (SELECT 1 FROM case_officers co WHERE co.officer_id = ? AND co.case_id = x.id)", f.OfficerID)
	q.andIf(!f.From.IsZero(), "x.due_on >= ?", f.From.Earliest())
	q.andIf(!f.Until.IsZero(), "x.due_on <= ?", f.Until.Latest())
}

// DueRow is a case as the desk shows it.
type DueRow struct {
	ID            registry.CaseID
	Origin        registry.Origin
	Title         string
	Number        string
	DistrictCode  string
	Stage         registry.Stage
	HandlingOrgan string
	DueOn         registry.Date
	DueCode       string
}

// DueCases lists cases by what is due, the most urgent first.
func (tx *Tx) DueCases(f DueFilter, p Page) (rows []DueRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.origin, x.title, x.number, x.district_code, x.stage, COALESCE(o.short_name, ''), x.due_on, x.due_code
		FROM cases x LEFT JOIN organs o ON o.id = x.handling_organ_id`)
	f.where(tx, q)
	if err := dueKeyset(q, p); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) (err error) {
		var x DueRow
		var on string
		if err := r.Scan(&x.ID, &x.Origin, &x.Title, &x.Number, &x.DistrictCode, &x.Stage, &x.HandlingOrgan, &on, &x.DueCode); err != nil {
			return err
		}
		x.DueOn, err = registry.ParseDate(on)
		rows = append(rows, x)
		return err
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list what is due: %w", err)
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		x := rows[p.Limit-1]
		next = cursor(false, [2]string{x.DueOn.String(), fmt.Sprint(int64(x.ID))})
	}
	return rows, next, nil
}

// DueCounts are how many cases have something due.
type DueCounts struct {
	Overdue, Today, Week int // Week: from today to the last day asked for
}

// CountDue counts the cases of a filter whose due day lies before today, on it, and from it to the last day of the week ahead.
func (tx *Tx) CountDue(f DueFilter, today, last registry.Date) (c DueCounts, err error) {
	f.From, f.Until = registry.Date{}, last
	q := newQuery(`SELECT COALESCE(SUM(CASE WHEN x.due_on < ? THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN x.due_on = ? THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN x.due_on >= ? THEN 1 ELSE 0 END), 0) FROM cases x`, today.String(), today.String(), today.String())
	f.where(tx, q)
	err = tx.one([]any{&c.Overdue, &c.Today, &c.Week}, q.sql(), q.args...)
	return c, err
}

// verifyDue compares what some cases have due with what their files say.
func (tx *Tx) verifyDue(files []*registry.CaseFile, of func(*registry.CaseFile) Due, bad func(string, ...any)) error {
	if of == nil || len(files) == 0 {
		return nil
	}
	ids := make([]registry.CaseID, len(files))
	for i, f := range files {
		ids[i] = f.Case.ID
	}
	have, err := tx.dues(ids)
	if err != nil {
		return err
	}
	for _, f := range files {
		if want := dueIn(f, of); !have[f.Case.ID].same(want) {
			bad("案件 %d 的最近期限记为“%s %s”，按记录应为“%s %s”，或承办人员与记录不符", f.Case.ID, have[f.Case.ID].On, have[f.Case.ID].Code, want.On, want.Code)
		}
	}
	return nil
}
