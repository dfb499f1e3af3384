package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"casebook/internal/registry"
)

// CaseFilter selects cases; zero fields select all. It serves the list, the export and the API alike.
type CaseFilter struct {
	Q            string
	DistrictCode string
	Stage        string
	Origin       string
	TypeCode     string
	FarmID       registry.FarmID
	PartyID      registry.PartyID
	CampaignID   registry.CampaignID
	IDs          []registry.CaseID // those alone: chosen in a list, MostChosen at most
	From, To     registry.Date     // both ends included, by the day that By says
	By           registry.Basis    // empty: the finding
	Counted      registry.Basis    // instead of By: the month in which statistics count the case by this date lies in the span
	Undated      bool              // instead of the span: that month is not known
	Line         registry.CaseLine // and it stands on this line of statistics; empty: any
	NoSample     bool              // leave out 示例
	OnTheWay     bool              // no decision yet, not ended otherwise
	Asking

	IncludeVoided bool // also those entered by mistake

	eachAsked bool // whether it stands on Line is asked of each case: byNumber
}

// MostChosen is how many cases may be chosen one by one.
const MostChosen = 500

func (f CaseFilter) where(tx *Tx, q *query) (id string) {
	// Without words the cases of a type, or of a span of another day than the finding's, are read in the list's order from what is kept of them; a search
	// leads by its own index.
	words := registry.Fold(f.Q) != ""
	dated := f.Spanned() && !words
	summed := f.Summed()
	typed := f.TypeCode != "" && !words && !dated && !summed
	if summed {
		f.summed(q)
	}
	if dated {
		q.add(" JOIN case_days cd ON cd.case_id = x.id AND ")
		f.inSpan(q, "cd")
		q.add(" AND NOT EXISTS (SELECT 1 FROM case_days l WHERE l.case_id = cd.case_id AND (l.day > cd.day OR l.day = cd.day AND l.latest > cd.latest) AND ")
		f.inSpan(q, "l")
		q.add(")") // once a case, by its last day of the span
	}
	if typed {
		q.add(" JOIN case_types ct ON ct.case_id = x.id AND ct.type_code = ?", f.TypeCode)
	}
	id, day := q.search(tx, "case", f.Q, f.Asking), "x.found_on"
	if typed {
		id, day = "ct.case_id", "ct.found_on"
	}
	if dated {
		id = "cd.case_id"
	}
	if summed && !words {
		id = "m.case_id"
	}
	led := typed || words || dated || summed
	few := len(f.IDs) > 0 || f.FarmID != 0 || f.PartyID != 0 || f.CampaignID != 0
	narrow := f.Stage != "" || f.Origin != "" || f.OnTheWay
	q.ownBehind(tx, "x.branch", led || few || narrow)
	q.andIf(!f.IncludeVoided, "x.voided = ''")
	q.shareIf(f.DistrictCode != "", "x.district_code", led || few || narrow || tx.reads != nil, f.DistrictCode)
	q.shareIf(f.Stage != "", "x.stage", led || few, f.Stage)
	q.shareIf(f.Origin != "", "x.origin", led || few, f.Origin)
	q.restIf(f.Line != "" && !summed, dated, "EXISTS (SELECT 1 FROM case_facts m WHERE m.case_id = x.id AND "+onLine+")", lineID(f.Line))
	q.andIf(f.OnTheWay, "x.on_the_way = 1")
	if len(f.IDs) > 0 {
		q.add(" AND x.id IN ")
		q.add(in(q, f.IDs))
	}
	q.restIf(f.NoSample, true, "x.origin <> ?", string(registry.OriginSample))
	q.andIf(f.FarmID != 0, "x.farm_id = ?", f.FarmID)
	q.andIf(f.CampaignID != 0, "x.campaign_id = ?", f.CampaignID)
	q.andIf(f.PartyID != 0, "x.id IN (SELECT cp.case_id FROM case_parties cp WHERE cp.party_id = ?)", f.PartyID)
	q.restIf(f.TypeCode != "" && !typed, dated || summed, "EXISTS (SELECT 1 FROM case_types ct WHERE ct.case_id = x.id AND ct.type_code = ?)", f.TypeCode)
	// An act known by month falls into a period that it overlaps.
	switch {
	case summed:
	case !f.Spanned():
		q.period("cases", "found_on", behind(day, few), f.From, f.To)
	case words:
		q.add(" AND EXISTS (SELECT 1 FROM case_days s WHERE s.case_id = x.id AND ")
		f.inSpan(q, "s")
		q.add(")")
	}
	return id
}

// Matches reports whether a case with this file is one that the filter selects, words and months of statistics (CountedIn) aside: what where says in SQL. It
// is asked of files of the past.
func (f CaseFilter) Matches(x *registry.CaseFile) bool {
	c := &x.Case
	switch {
	case !f.IncludeVoided && c.IsVoid(),
		f.DistrictCode != "" && c.DistrictCode != f.DistrictCode,
		f.Stage != "" && string(c.Stage) != f.Stage,
		f.Origin != "" && string(c.Origin) != f.Origin,
		f.OnTheWay && (!c.Stage.OnTheWay() || c.IsVoid()),
		len(f.IDs) > 0 && !slices.Contains(f.IDs, c.ID),
		f.NoSample && c.Origin == registry.OriginSample,
		f.FarmID != 0 && c.FarmID != f.FarmID,
		f.CampaignID != 0 && c.CampaignID != f.CampaignID,
		f.PartyID != 0 && !slices.ContainsFunc(c.Parties, func(p registry.CaseParty) bool { return p.PartyID == f.PartyID }),
		f.TypeCode != "" && !slices.ContainsFunc(x.Violations, func(v registry.Violation) bool { return v.TypeCode == f.TypeCode }):
		return false
	}
	return f.Summed() || f.From.IsZero() && f.To.IsZero() || len(x.InSpan(f.By, f.From, f.To)) > 0
}

// orderedBy is the day, or the month, that a list of the filter is in the order of, as the index has it that leads.
func (f CaseFilter) orderedBy() string {
	switch {
	case registry.Fold(f.Q) != "":
	case f.Summed():
		return f.summedBy()
	case f.Spanned():
		return "cd.day"
	case f.TypeCode != "":
		return "ct.found_on"
	}
	return "x.found_on"
}

// CaseRow is a case as a list shows it.
type CaseRow struct {
	ID            registry.CaseID `json:"id"`
	Version       int64           `json:"version"`
	Origin        registry.Origin `json:"origin"`
	Title         string          `json:"title"`
	Number        string          `json:"number"`
	DistrictCode  string          `json:"district_code"`
	FoundOn       registry.Date   `json:"found_on"`
	Stage         registry.Stage  `json:"stage"`
	FarmName      string          `json:"farm_name"`
	FarmPublic    string          `json:"farm_public"`
	HandlingOrgan string          `json:"handling_organ"`
	UpdatedAt     string          `json:"updated_at"`
	TypeCodes     []string        `json:"type_codes"`
	Fines         registry.Sum    `json:"fines"`
	FoundBy       []Find          `json:"found_by,omitempty"` // of a search
	registry.Voidable
}

// Cases lists cases, newest finding first (with a search: last registered first, so that the scan stops when the page is full).
func (tx *Tx) Cases(f CaseFilter, p Page) (rows []CaseRow, next string, err error) {
	f.byNumber(tx, p.ByID)
	q := newQuery(`SELECT x.id, x.version, x.origin, x.title, x.number, x.district_code, x.found_on, x.found_on_latest, x.stage,
		COALESCE(fa.name, ''), COALESCE(fa.public_name, ''), COALESCE(o.short_name, ''), ` + updatedOf("x") + `, x.voided, ` + f.orderedBy() + `
		FROM cases x LEFT JOIN farms fa ON fa.id = x.farm_id LEFT JOIN organs o ON o.id = x.handling_organ_id`)
	id := f.where(tx, q)
	byID := f.Q != "" || p.ByID
	if err := keyset(q, p, byID, id, f.orderedBy()); err != nil {
		return nil, "", err
	}
	var last [2]string
	var days []string // that the list is in the order of
	var c CaseRow
	var on string
	b := dateBounds{d: &c.FoundOn}
	into := []any{&c.ID, &c.Version, &c.Origin, &c.Title, &c.Number, &c.DistrictCode, (*dateEarliest)(&b), (*dateLatest)(&b), &c.Stage,
		&c.FarmName, &c.FarmPublic, &c.HandlingOrgan, &c.UpdatedAt, voidedValue{&c.Voided}, &on}
	err = tx.each(func(r *sql.Rows) error {
		if rows == nil {
			rows, days = make([]CaseRow, 0, min(p.Limit, 100)+1), make([]string, 0, min(p.Limit, 100)+1)
		}
		c = CaseRow{}
		err := r.Scan(into...)
		rows, days = append(rows, c), append(days, on)
		return err
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list cases: %w", err)
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		x := rows[p.Limit-1]
		last = [2]string{days[p.Limit-1], fmt.Sprint(int64(x.ID))}
		next = p.cursor(byID, last)
	}
	if err := tx.decorate(rows); err != nil {
		return nil, "", err
	}
	shown := func(i int) (texts, codes []string) {
		x := &rows[i]
		codes = append(make([]string, 0, 1+len(x.TypeCodes)), districtCode(x.DistrictCode))
		for _, c := range x.TypeCodes {
			codes = append(codes, typeCode(c))
		}
		return []string{x.Title, x.Number, cmp.Or(x.FarmPublic, x.FarmName)}, codes
	}
	found, err := tx.foundBy("case", idsOfRows(rows, func(x *CaseRow) int64 { return int64(x.ID) }), shown, f.Q, f.Asking)
	for i := range rows {
		rows[i].FoundBy = found[int64(rows[i].ID)]
	}
	return rows, next, err
}

// ListedCases are the ids of a page of the list, in its order.
func (tx *Tx) ListedCases(f CaseFilter, p Page) (ids []registry.CaseID, next string, err error) {
	f.byNumber(tx, p.ByID)
	q := newQuery("SELECT x.id, " + f.orderedBy() + " FROM cases x")
	id := f.where(tx, q)
	byID := f.Q != "" || p.ByID
	if err := keyset(q, p, byID, id, f.orderedBy()); err != nil {
		return nil, "", err
	}
	var days []string
	err = tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var day string
		err := r.Scan(&id, &day)
		ids, days = append(ids, id), append(days, day)
		return err
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list cases: %w", err)
	}
	if len(ids) > p.Limit {
		last := p.Limit - 1
		ids, next = ids[:p.Limit], p.cursor(byID, [2]string{days[last], fmt.Sprint(int64(ids[last]))})
	}
	return ids, next, nil
}

// decorate adds violation types and fines to a page of cases with two queries.
func (tx *Tx) decorate(rows []CaseRow) error {
	if len(rows) == 0 {
		return nil
	}
	at := map[registry.CaseID]*CaseRow{}
	ids := make([]registry.CaseID, len(rows))
	for i := range rows {
		at[rows[i].ID], ids[i] = &rows[i], rows[i].ID
	}
	q := newQuery("SELECT case_id, type_code FROM violations WHERE case_id IN ")
	q.add(in(q, ids) + " ORDER BY case_id, seq")
	if err := tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var code string
		if err := r.Scan(&id, &code); err != nil {
			return err
		}
		at[id].TypeCodes = append(at[id].TypeCodes, code)
		return nil
	}, q.sql(), q.args...); err != nil {
		return err
	}
	return tx.sumFines(at, ids)
}

// CountCases counts up to CountCap+1 cases of a filter; capped tells that there are more.
func (tx *Tx) CountCases(f CaseFilter) (n int, capped bool, err error) {
	if n, ok, err := f.kept(tx); ok || err != nil {
		return n, false, err
	}
	if f.Summed() {
		if n, ok, err := f.keptSum(tx); ok || err != nil {
			return n, false, err
		}
	}
	if ids := f.keptAlone(tx); ids != nil {
		return tx.counted("(", func(q *query) {
			ids(q)
			q.add(") AS k WHERE id NOT IN (SELECT id FROM cases WHERE voided <> '' AND id > 0)") // the bound on ids keeps the planner to the index of voided cases
		})
	}
	return tx.counted("cases x", func(q *query) { f.where(tx, q) })
}

// kept counts from the tallies what a district, a stage or both select.
func (f CaseFilter) kept(tx *Tx) (n int, ok bool, err error) {
	district, stage := f.DistrictCode, f.Stage
	words := registry.Fold(f.Q) != ""
	f.Q, f.DistrictCode, f.Stage, f.Asking = "", "", "", Asking{}
	if words || !reflect.ValueOf(f).IsZero() || tx.reads != nil && district != "" {
		return 0, false, nil
	}
	noun := "case"
	if tx.reads != nil {
		noun = "branch"
	}
	n, err = tx.tally(noun, district, stage)
	return n, true, err
}

// tally is how many records of a noun there are, of a district and at a stage where these are given.
func (tx *Tx) tally(noun, district, stage string) (n int, err error) {
	q := newQuery("SELECT COALESCE(SUM(n), 0) FROM tallies WHERE noun = ?", noun)
	q.own(tx, "code")
	q.andIf(district != "", "code = ?", district)
	q.andIf(stage != "", "stage = ?", stage)
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return n, err
}

// keptAlone reads the ids where the index of words, or what is kept of types, alone tells which cases a filter selects, but for the few that
// are voided: no case is looked at then. nil where that takes more.
func (f CaseFilter) keptAlone(tx *Tx) func(*query) {
	words, code := f.terms(f.Q), f.TypeCode
	f.Q, f.TypeCode, f.Asking = "", "", Asking{}
	if tx.reads != nil || !reflect.ValueOf(f).IsZero() {
		return nil
	}
	n := needs(words)
	switch {
	case len(words) == 0 && code != "":
		return func(q *query) { q.add("SELECT case_id AS id FROM case_types WHERE type_code = ?", code) }
	case len(words) > 0 && code == "" && n.exact:
		return func(q *query) { tx.conn.engine.found(tx, q, "case", n) }
	}
	return nil
}

// CaseIDs returns up to limit ids of the cases a filter selects, greater than after, in id order: the export's batches.
func (tx *Tx) CaseIDs(f CaseFilter, after registry.CaseID, limit int) ([]registry.CaseID, error) {
	f.byNumber(tx, true)
	q := newQuery("SELECT x.id FROM cases x")
	id := f.where(tx, q)
	q.add(" AND "+id+" > ?", after)
	q.add(" ORDER BY "+id+" LIMIT ?", limit)
	var ids []registry.CaseID
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, q.sql(), q.args...)
	return ids, err
}
