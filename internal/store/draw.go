package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// ScoreSheets stores 评查评分表.
var ScoreSheets = &Table[registry.ScoreSheet, *registry.ScoreSheet]{Entity: "score_sheet", Noun: "评分表", name: "score_sheets",
	id: func(x *registry.ScoreSheet) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.ScoreSheet, c *columns) {
		c.col("name", &x.Name)
		c.col("source", &x.Source)
		c.list("items", &x.Items)
		c.col("active", &x.Active)
	}}

// Draws stores 案卷评查抽取.
var Draws = &Table[registry.Draw, *registry.Draw]{Entity: "draw", Noun: "案卷评查抽取", name: "draws",
	id: func(x *registry.Draw) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Draw, c *columns) {
		c.col("title", &x.Title)
		c.date("decided_from", &x.From)
		c.date("decided_to", &x.To)
		c.col("district_code", &x.DistrictCode)
		ref(c, "organ_id", &x.OrganID)
		c.col("type_code", &x.TypeCode)
		c.col("size", &x.Size)
		c.col("percent", &x.Percent)
		c.col("by_unit", &x.ByUnit)
		c.col("seed", &x.Seed)
		c.col("population", &x.Population)
		c.col("population_digest", &x.PopulationDigest)
		c.col("uncertain", &x.Uncertain)
		c.list("cases", &x.Cases)
		ref(c, "sheet_id", &x.SheetID)
		c.col("sheet_name", &x.SheetName)
		c.col("sheet_source", &x.SheetSource)
		c.list("items", &x.Items)
		c.col("drawn_by", &x.DrawnBy)
		c.col("note", &x.Note)
	}}

// DrawResults stores 评查结果.
var DrawResults = &Table[registry.DrawResult, *registry.DrawResult]{Entity: "draw_result", Noun: "评查结果", name: "draw_results",
	id: func(x *registry.DrawResult) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.DrawResult, c *columns) {
		ref(c, "draw_id", &x.DrawID)
		ref(c, "case_id", &x.CaseID)
		c.list("marks", &x.Marks)
		c.col("score", &x.Score)
		c.col("grade", &x.Grade)
		c.col("reviewer", &x.Reviewer)
		c.date("reviewed_on", &x.ReviewedOn)
		c.col("note", &x.Note)
	}}

// ScoreSheetList lists the score sheets, those in use first; a bureau has a few.
func (tx *Tx) ScoreSheetList() ([]registry.ScoreSheet, error) {
	return ScoreSheets.list(tx, "WHERE id > 0 ORDER BY active DESC, id DESC LIMIT 200")
}

// DrawList lists draws, newest first, without their cases and items.
func (tx *Tx) DrawList(p Page) (rows []registry.Draw, next string, err error) {
	q := newQuery("SELECT id, created_at, title, decided_from, decided_from_latest, decided_to, decided_to_latest, size, percent, population, drawn_by FROM draws WHERE id > 0")
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) error {
		var x registry.Draw
		from, to := &dateBounds{d: &x.From}, &dateBounds{d: &x.To}
		err := r.Scan(&x.ID, instant{&x.CreatedAt}, &x.Title, (*dateEarliest)(from), (*dateLatest)(from), (*dateEarliest)(to), (*dateLatest)(to), &x.Size, &x.Percent, &x.Population, &x.DrawnBy)
		rows = append(rows, x)
		return err
	}, q.sql(), q.args...)
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(rows[p.Limit-1].ID)})
	}
	return rows, next, err
}

// ResultsOf lists the results of a draw; it has MaxDrawn at most.
func (tx *Tx) ResultsOf(id registry.DrawID) ([]registry.DrawResult, error) {
	return DrawResults.list(tx, "WHERE draw_id = $1 ORDER BY case_id", id)
}

// HasResult reports whether a drawn case has a result.
func (tx *Tx) HasResult(draw registry.DrawID, of registry.CaseID) (bool, error) {
	var n int
	err := tx.one([]any{&n}, "SELECT COUNT(*) FROM draw_results WHERE draw_id = $1 AND case_id = $2", draw, of)
	return n > 0, err
}

// CountResults is how many drawn cases have a result, by draw.
func (tx *Tx) CountResults(ids []registry.DrawID) (map[registry.DrawID]int, error) {
	m := map[registry.DrawID]int{}
	q := newQuery("SELECT draw_id, COUNT(*) FROM draw_results WHERE draw_id IN ")
	q.add(in(q, ids) + " GROUP BY draw_id")
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.DrawID
		var n int
		err := rows.Scan(&id, &n)
		m[id] = n
		return err
	}, q.sql(), q.args...)
	return m, err
}

// CasesOfBranch leaves of some cases those that are a branch's; nil is the whole city.
func (tx *Tx) CasesOfBranch(b *registry.Branch, ids []registry.CaseID) (map[registry.CaseID]bool, error) {
	own := map[registry.CaseID]bool{}
	for _, id := range ids {
		own[id] = b == nil
	}
	if b == nil || len(ids) == 0 {
		return own, nil
	}
	q := newQuery("SELECT id FROM cases WHERE branch = ?", b.DistrictCode)
	q.add(" AND id IN ")
	q.add(in(q, ids))
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		own[id] = true
		return err
	}, q.sql(), q.args...)
	return own, err
}

// Population reads what a draw is from: the cases whose last penalty decision lies in its span as a whole, without voided ones and, unless samples, without 示例. uncertain counts those
// whose decision may or may not lie in it, since its day is not fully known. It goes through the decisions of the span in the order of their index.
func (tx *Tx) Population(d *registry.Draw, samples bool) (population []registry.Candidate, uncertain int64, err error) {
	from, to := d.From.Earliest(), d.To.Latest()
	for _, span := range []struct {
		days string
		args []any
	}{
		{"d.made_on >= ? AND d.made_on <= ?", []any{from, to}},
		{"d.made_on IN (?, ?) AND d.made_on < ? AND d.made_on_latest >= ?", []any{from[:len("2006")] + "-01-01", from[:len("2006-01")] + "-01", from, from}}, // a year or a month that reaches into the span
		{"d.made_on = ''", nil},
	} {
		q := newQuery("SELECT d.case_id, d.made_on, CASE d.made_on_latest WHEN '' THEN d.made_on ELSE d.made_on_latest END, COALESCE(x.handling_organ_id, 0) FROM documents d JOIN cases x ON x.id = d.case_id WHERE d.kind = '行政处罚决定' AND x.voided || '' = '' AND ")
		q.add(span.days, span.args...)
		q.andIf(d.DistrictCode != "", "x.district_code || '' = ?", d.DistrictCode)
		q.andIf(d.OrganID != 0, "x.handling_organ_id + 0 = ?", d.OrganID)
		q.andIf(d.TypeCode != "", "EXISTS (SELECT 1 FROM case_types ct WHERE ct.type_code = ? AND ct.case_id = x.id)", d.TypeCode)
		q.andIf(!samples, "x.origin || '' <> ?", string(registry.OriginSample))
		q.add(" AND " + lastDecision)
		if err := tx.each(func(rows *sql.Rows) error {
			var c registry.Candidate
			var first, last string
			if err := rows.Scan(&c.ID, &first, &last, &c.Unit); err != nil {
				return err
			}
			switch {
			case first >= from && last <= to && first != "":
				population = append(population, c)
			case first == "" || last >= from:
				uncertain++
			}
			return nil
		}, q.sql(), q.args...); err != nil {
			return nil, 0, fmt.Errorf("read the population of a draw: %w", err)
		}
	}
	return population, uncertain, nil
}

// Drawn reads what a draw keeps of chosen cases, in their order.
func (tx *Tx) Drawn(chosen []registry.Candidate, seed string) ([]registry.DrawCase, error) {
	ids := make([]registry.CaseID, len(chosen))
	for i, c := range chosen {
		ids[i] = c.ID
	}
	cases, err := byIDs(tx, Cases, ids)
	if err != nil {
		return nil, err
	}
	days := map[registry.CaseID]registry.Date{}
	q := newQuery("WHERE kind = '行政处罚决定' AND case_id IN ")
	q.add(in(q, ids) + " ORDER BY made_on, id")
	documents, err := Documents.list(tx, q.sql(), q.args...)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		days[d.CaseID] = d.MadeOn // the last one counts
	}
	organs, err := tx.Organs()
	if err != nil {
		return nil, err
	}
	names := map[registry.OrganID]string{}
	for _, o := range organs {
		names[o.ID] = o.Name
	}
	list := make([]registry.DrawCase, len(chosen))
	for i, c := range chosen {
		x := cases[c.ID]
		list[i] = registry.DrawCase{CaseID: c.ID, Title: x.Title, Number: x.Number, DecidedOn: days[c.ID], OrganID: c.Unit, Unit: names[c.Unit], Hash: registry.DrawHash(seed, c.ID)}
	}
	return list, nil
}
