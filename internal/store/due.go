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

// Due is what a case has due next and whose it is, and which bulletins somebody has to look at for it: they no longer tell what it is. Zero: nothing.
type Due struct {
	On       registry.Date // the last day
	Code     string        // of the deadline
	Officers []registry.OfficerID
	Turned   []registry.BulletinID
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
			want := dueIn(f, of)
			if err := tx.keepDue(f.Case.ID, have[f.Case.ID], want); err != nil {
				return fmt.Errorf("settle what case %d has due: %w", f.Case.ID, err)
			}
			if err := tx.keepTurned(f, want.Turned); err != nil {
				return err
			}
		}
	}
	return nil
}

// dueIn is what a case has due; one that was voided has nothing.
func dueIn(f *registry.CaseFile, of func(*registry.CaseFile) Due) Due {
	if f.Case.IsVoid() {
		return Due{Turned: of(f).Turned}
	}
	return ordered(of(f))
}

// ordered names each officer once, in the order of the table; a case with nothing due lies on nobody's desk.
func ordered(d Due) Due {
	if d.On.IsZero() {
		return Due{Turned: d.Turned}
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
	if len(have.Officers) > 0 {
		if _, err := tx.exec("DELETE FROM case_officers WHERE case_id = $1", id); err != nil {
			return err
		}
	}
	for _, o := range want.Officers {
		if _, err := tx.exec("INSERT INTO case_officers (officer_id, due_on, case_id) SELECT id, $2, $3 FROM officers WHERE id = $1", o, want.On.String(), id); err != nil {
			return err
		}
	}
	return nil
}

// dues reads what is kept of some cases.
func (tx *Tx) dues(ids []registry.CaseID) (map[registry.CaseID]Due, error) {
	m := make(map[registry.CaseID]Due, len(ids))
	var id registry.CaseID
	var officer registry.OfficerID
	var on, code string
	targets := into(&id, &on, &code, &officer)
	for few := range slices.Chunk(ids, fewIDs) {
		q := newQuery("SELECT x.id, x.due_on, x.due_code, COALESCE(o.officer_id, 0) FROM cases x LEFT JOIN case_officers o ON o.case_id = x.id WHERE x.id IN ")
		q.add(in(q, few) + " ORDER BY x.id, o.officer_id")
		if err := tx.each(func(rows *sql.Rows) (err error) {
			if err := rows.Scan(targets...); err != nil {
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
		}, q.sql(), q.args...); err != nil {
			return nil, err
		}
	}
	return m, nil
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
		err := db.WriteAlone(ctx, func(tx *Tx) (err error) {
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

// openCases are the cases that may have something due.
const openCases = "(stage <> '" + string(registry.StageClosed) + "' OR due_on <> '' OR EXISTS (SELECT 1 FROM bulletin_cases bc WHERE bc.case_id = cases.id))"

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

// from is what the list of a filter reads: an officer's cases from what is kept of the desk in the order of due days. day and id are the columns of
// that order.
func (f DueFilter) from() (from, day, id string) {
	if f.OfficerID != 0 {
		return "case_officers co JOIN cases x ON x.id = co.case_id", "co.due_on", "co.case_id"
	}
	return "cases x", "x.due_on", "x.id"
}

// counts is from where only what is on the desk is asked for.
func (f DueFilter) counts(tx *Tx) string {
	if f.OfficerID != 0 && f.OrganID == 0 && tx.reads == nil {
		return "case_officers co"
	}
	from, _, _ := f.from()
	return from
}

func (f DueFilter) where(tx *Tx, q *query) {
	_, day, _ := f.from()
	q.add(" WHERE " + day + " <> ''")
	q.andIf(f.OfficerID != 0, "co.officer_id = ?", f.OfficerID)
	organ := "x.handling_organ_id"
	if f.OfficerID != 0 {
		organ += " + 0" // the officer's cases lead
	}
	q.restIf(f.OrganID != 0, f.OfficerID != 0, organ+" = ?", f.OrganID)
	q.ownBehind(tx, "x.branch", f.OfficerID != 0 || f.OrganID != 0)
	q.andIf(!f.From.IsZero(), day+" >= ?", f.From.Earliest())
	q.andIf(!f.Until.IsZero(), day+" <= ?", f.Until.Latest())
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
	from, day, id := f.from()
	q := newQuery(`SELECT x.id, x.origin, x.title, x.number, x.district_code, x.stage, COALESCE(o.short_name, ''), x.due_on, x.due_code
		FROM ` + from + ` LEFT JOIN organs o ON o.id = x.handling_organ_id`)
	f.where(tx, q)
	if err := dueKeyset(q, p, day, id); err != nil {
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

// DueCounts are how many cases have something due. An officer's stop at CountCap: Capped then.
type DueCounts struct {
	Overdue, Today, Week int // Week: from today to the last day asked for
	Capped               bool
}

// CountDue counts the cases of a filter whose due day lies before today, on it, and from it to the last day of the week ahead: of units and branches
// from the tallies that are kept with the cases, of an officer from the desk.
func (tx *Tx) CountDue(f DueFilter, today, last registry.Date) (c DueCounts, err error) {
	if f.OfficerID != 0 {
		return tx.countDueOf(f, today, last)
	}
	where := newQuery("")
	where.own(tx, "branch")
	where.andIf(f.OrganID != 0, "organ_id = ?", f.OrganID)
	day, end := today.String(), last.String()
	month := day[:min(len("2006-01"), len(day))]
	q := newQuery("")
	q.args = where.args
	n := func(what string, args ...any) {
		q.add("(SELECT COALESCE(SUM(n), 0) FROM due_tallies WHERE "+what, args...)
		q.b.WriteString(where.sql() + ")") // whose parameters are the first ones
	}
	q.add("SELECT ")
	n("span = 'month' AND period < ?", month)
	q.add(" + ")
	n("span = 'day' AND period > ? AND period < ?", month, day)
	q.add(", ")
	n("span = 'day' AND period = ?", day)
	q.add(", ")
	n("span = 'day' AND period >= ? AND period <= ?", day, end)
	err = tx.one([]any{&c.Overdue, &c.Today, &c.Week}, q.sql(), q.args...)
	return c, err
}

// countDueOf counts on the desk of an officer, up to CountCap of each.
func (tx *Tx) countDueOf(f DueFilter, today, last registry.Date) (c DueCounts, err error) {
	for _, k := range []struct {
		n           *int
		from, until registry.Date
	}{{&c.Overdue, registry.Date{}, today.AddDays(-1)}, {&c.Today, today, today}, {&c.Week, today, last}} {
		f.From, f.Until = k.from, k.until
		n, capped, err := tx.counted(f.counts(tx), func(q *query) { f.where(tx, q) })
		if err != nil {
			return c, err
		}
		*k.n, c.Capped = n, c.Capped || capped
	}
	return c, nil
}

// verifyDueTallies counts anew what is kept for the desk.
func (tx *Tx) verifyDueTallies(bad func(string, ...any)) error {
	anew := `SELECT 'month' AS span, substr(due_on, 1, 7) AS period, COALESCE(handling_organ_id, 0) AS organ_id, branch, COUNT(*) AS n FROM cases WHERE due_on <> '' GROUP BY 1, 2, 3, 4
		UNION ALL SELECT 'day', due_on, COALESCE(handling_organ_id, 0), branch, COUNT(*) FROM cases WHERE due_on <> '' GROUP BY 1, 2, 3, 4`
	if err := tx.each(func(rows *sql.Rows) error {
		var period string
		var organ int64
		err := rows.Scan(&period, &organ)
		bad("%s 到期的案件数（承办单位 %d）与案件不符", period, organ)
		return err
	}, differing("period, organ_id", "span, period, organ_id, branch, n", anew, "SELECT span, period, organ_id, branch, n FROM due_tallies")); err != nil {
		return err
	}
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		bad("案件 %d 在承办人员工作台上的到期日与案件不符", id)
		return err
	}, "SELECT x.id FROM case_officers co JOIN cases x ON x.id = co.case_id WHERE co.due_on <> x.due_on ORDER BY x.id LIMIT 20")
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
	turned, err := tx.turnedBy(ids)
	if err != nil {
		return err
	}
	for _, f := range files {
		want := dueIn(f, of)
		if !slices.Equal(turned[f.Case.ID], want.Turned) {
			bad("案件 %d 使哪些通报不再属实，与通报和文书不符：记为 %v，应为 %v", f.Case.ID, turned[f.Case.ID], want.Turned)
		}
		if !have[f.Case.ID].same(want) {
			bad("案件 %d 的最近期限记为“%s %s”，按记录应为“%s %s”，或承办人员与记录不符", f.Case.ID, have[f.Case.ID].On, have[f.Case.ID].Code, want.On, want.Code)
		}
	}
	return nil
}
