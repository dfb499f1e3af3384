package store

import (
	"database/sql"
	"fmt"

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
	From, To     registry.Date // found_on, both ends included
	NoSample     bool          // leave out 示例
	OnTheWay     bool          // no decision yet, not ended otherwise
}

func (f CaseFilter) where(q *query) (id string) {
	id = q.search("case", f.Q)
	q.andIf(f.DistrictCode != "", "x.district_code = ?", f.DistrictCode)
	q.andIf(f.Stage != "", "x.stage = ?", f.Stage)
	q.andIf(f.Origin != "", "x.origin = ?", f.Origin)
	q.andIf(f.OnTheWay, "x.on_the_way = 1")
	q.andIf(f.NoSample, "x.origin <> ?", string(registry.OriginSample))
	q.andIf(f.FarmID != 0, "x.farm_id = ?", f.FarmID)
	q.andIf(f.CampaignID != 0, "x.campaign_id = ?", f.CampaignID)
	q.andIf(f.PartyID != 0, "EXISTS (SELECT 1 FROM case_parties cp WHERE cp.case_id = x.id AND cp.party_id = ?)", f.PartyID)
	q.andIf(f.TypeCode != "", "EXISTS (SELECT 1 FROM violations v WHERE v.case_id = x.id AND v.type_code = ?)", f.TypeCode)
	// An act known by month falls into a period that it overlaps.
	q.andIf(!f.From.IsZero(), "x.found_on_latest >= ?", f.From.Earliest())
	q.andIf(!f.To.IsZero(), "x.found_on <= ? AND x.found_on <> ''", f.To.Latest())
	return id
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
}

// Page is one page of a list: Next is the cursor of the following page, empty on the last.
type Page struct {
	Cursor string
	Limit  int
	ByID   bool // last registered first, instead of the list's own order
}

// Cases lists cases, newest finding first (with a search: last registered first, so that the scan stops when the page is full).
func (tx *Tx) Cases(f CaseFilter, p Page) (rows []CaseRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.title, x.number, x.district_code, x.found_on, x.found_on_latest, x.stage,
		COALESCE(fa.name, ''), COALESCE(fa.public_name, ''), COALESCE(o.short_name, ''), x.updated_at
		FROM cases x LEFT JOIN farms fa ON fa.id = x.farm_id LEFT JOIN organs o ON o.id = x.handling_organ_id`)
	id := f.where(q)
	byID := f.Q != "" || p.ByID
	if err := keyset(q, p, byID, id, "x.found_on"); err != nil {
		return nil, "", err
	}
	var last [2]string
	err = tx.each(func(r *sql.Rows) error {
		var c CaseRow
		b := dateBounds{d: &c.FoundOn}
		if err := r.Scan(&c.ID, &c.Version, &c.Origin, &c.Title, &c.Number, &c.DistrictCode, (*dateEarliest)(&b), (*dateLatest)(&b), &c.Stage,
			&c.FarmName, &c.FarmPublic, &c.HandlingOrgan, &c.UpdatedAt); err != nil {
			return err
		}
		rows = append(rows, c)
		return nil
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list cases: %w", err)
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		x := rows[p.Limit-1]
		last = [2]string{x.FoundOn.Earliest(), fmt.Sprint(int64(x.ID))}
		next = cursor(byID, last)
	}
	return rows, next, tx.decorate(rows)
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

// countCap bounds what a count reads: a list says 1000+ rather than scan a million rows.
const countCap = 1000

// CountCases counts up to countCap+1 cases of a filter; capped tells that there are more.
func (tx *Tx) CountCases(f CaseFilter) (n int, capped bool, err error) {
	q := newQuery("SELECT COUNT(*) FROM (SELECT x.id FROM cases x")
	f.where(q)
	q.add(" LIMIT ?) AS counted", countCap+1)
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return min(n, countCap), n > countCap, err
}

// FarmFilter selects farms.
type FarmFilter struct {
	Q            string
	DistrictCode string
	Species      string
	Origin       string
	Zone         string
}

func (f FarmFilter) where(q *query) (id string) {
	id = q.search("farm", f.Q)
	q.andIf(f.DistrictCode != "", "x.district_code = ?", f.DistrictCode)
	q.andIf(f.Species != "", "x.main_species = ?", f.Species)
	q.andIf(f.Origin != "", "x.origin = ?", f.Origin)
	q.andIf(f.Zone != "", "x.zone_relation = ?", f.Zone)
	return id
}

// FarmRow is a farm as a list shows it.
type FarmRow struct {
	ID             registry.FarmID `json:"id"`
	Version        int64           `json:"version"`
	Origin         registry.Origin `json:"origin"`
	Name           string          `json:"name"`
	PublicName     string          `json:"public_name"`
	DistrictCode   string          `json:"district_code"`
	Town           string          `json:"town"`
	Herds          []registry.Herd `json:"herds"`
	ZoneRelation   string          `json:"zone_relation"`
	PermitState    string          `json:"permit_state"`
	Operator       string          `json:"operator"`
	Inspections    int             `json:"inspections"`
	Cases          int             `json:"cases"`
	LastInspection registry.Date   `json:"last_inspection"`
}

// Farms lists farms, last registered first, with how often they were inspected and prosecuted.
func (tx *Tx) Farms(f FarmFilter, p Page) (rows []FarmRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.name, x.public_name, x.district_code, x.town, x.herds, x.zone_relation, x.permit_state, COALESCE(p.name, ''),
		(SELECT COUNT(*) FROM inspections i WHERE i.farm_id = x.id), (SELECT COUNT(*) FROM cases c WHERE c.farm_id = x.id),
		COALESCE((SELECT i.started_on FROM inspections i WHERE i.farm_id = x.id ORDER BY i.started_on DESC LIMIT 1), ''),
		COALESCE((SELECT i.started_on_latest FROM inspections i WHERE i.farm_id = x.id ORDER BY i.started_on DESC LIMIT 1), '')
		FROM farms x LEFT JOIN parties p ON p.id = x.operator_id`)
	id := f.where(q)
	if err := keyset(q, p, true, id, ""); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) error {
		var x FarmRow
		b := dateBounds{d: &x.LastInspection}
		if err := r.Scan(&x.ID, &x.Version, &x.Origin, &x.Name, &x.PublicName, &x.DistrictCode, &x.Town, jsonValue{&x.Herds}, &x.ZoneRelation, &x.PermitState, &x.Operator,
			&x.Inspections, &x.Cases, (*dateEarliest)(&b), (*dateLatest)(&b)); err != nil {
			return err
		}
		rows = append(rows, x)
		return nil
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list farms: %w", err)
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	return rows, next, nil
}

// CountFarms counts farms of a filter, capped.
func (tx *Tx) CountFarms(f FarmFilter) (n int, capped bool, err error) {
	q := newQuery("SELECT COUNT(*) FROM (SELECT x.id FROM farms x")
	f.where(q)
	q.add(" LIMIT ?) AS counted", countCap+1)
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return min(n, countCap), n > countCap, err
}

// InspectionFilter selects inspections.
type InspectionFilter struct {
	Q            string
	DistrictCode string
	Kind         string
	Result       string
	State        string
	Origin       string
	FarmID       registry.FarmID
	From, To     registry.Date
	NoCase       bool // no case rests on it
}

func (f InspectionFilter) where(q *query) (id string) {
	id = q.search("inspection", f.Q)
	q.andIf(f.DistrictCode != "", "x.district_code = ?", f.DistrictCode)
	q.andIf(f.Kind != "", "x.kind = ?", f.Kind)
	q.andIf(f.Result != "", "x.result = ?", f.Result)
	if f.State == registry.InspectionDraft {
		q.add(" AND x.state = '草稿'") // spelled out, as the partial index of drafts is declared
	} else {
		q.andIf(f.State != "", "x.state = ?", f.State)
	}
	q.andIf(f.Origin != "", "x.origin = ?", f.Origin)
	q.andIf(f.FarmID != 0, "x.farm_id = ?", f.FarmID)
	q.andIf(f.NoCase, "x.cased = 0")
	q.andIf(f.NoCase && f.Result == registry.ViolationFound, "x.result = '发现违法'") // as the partial index of the desk is declared
	q.andIf(!f.From.IsZero(), "x.started_on_latest >= ?", f.From.Earliest())
	q.andIf(!f.To.IsZero(), "x.started_on <= ? AND x.started_on <> ''", f.To.Latest())
	return id
}

// InspectionRow is an inspection as a list shows it.
type InspectionRow struct {
	ID           registry.InspectionID `json:"id"`
	Version      int64                 `json:"version"`
	Origin       registry.Origin       `json:"origin"`
	Number       string                `json:"number"`
	Kind         string                `json:"kind"`
	StartedOn    registry.Date         `json:"started_on"`
	DistrictCode string                `json:"district_code"`
	FarmID       registry.FarmID       `json:"farm_id"`
	FarmName     string                `json:"farm_name"`
	Result       string                `json:"result"`
	State        string                `json:"state"`
	Officers     []registry.OfficerRef `json:"officers"`
	Organ        string                `json:"organ"`
	Samples      int                   `json:"samples"`
	CaseID       registry.CaseID       `json:"case_id"` // the first case that rests on it; 0 where none does
}

// Inspections lists inspections, newest first.
func (tx *Tx) Inspections(f InspectionFilter, p Page) (rows []InspectionRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.number, x.kind, x.started_on, x.started_on_latest, x.district_code, x.farm_id, fa.name, x.result, x.state, x.officers, COALESCE(o.short_name, ''),
		(SELECT COUNT(*) FROM samples s WHERE s.inspection_id = x.id), COALESCE((SELECT MIN(ci.case_id) FROM case_inspections ci WHERE ci.inspection_id = x.id), 0)
		FROM inspections x JOIN farms fa ON fa.id = x.farm_id LEFT JOIN organs o ON o.id = x.organ_id`)
	id := f.where(q)
	byID := f.Q != "" || p.ByID
	if err := keyset(q, p, byID, id, "x.started_on"); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) error {
		var x InspectionRow
		b := dateBounds{d: &x.StartedOn}
		if err := r.Scan(&x.ID, &x.Version, &x.Origin, &x.Number, &x.Kind, (*dateEarliest)(&b), (*dateLatest)(&b), &x.DistrictCode, &x.FarmID, &x.FarmName, &x.Result, &x.State,
			jsonValue{&x.Officers}, &x.Organ, &x.Samples, &x.CaseID); err != nil {
			return err
		}
		rows = append(rows, x)
		return nil
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list inspections: %w", err)
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		x := rows[p.Limit-1]
		next = cursor(byID, [2]string{x.StartedOn.Earliest(), fmt.Sprint(int64(x.ID))})
	}
	return rows, next, nil
}

// CountInspections counts inspections of a filter, capped.
func (tx *Tx) CountInspections(f InspectionFilter) (n int, capped bool, err error) {
	q := newQuery("SELECT COUNT(*) FROM (SELECT x.id FROM inspections x")
	f.where(q)
	q.add(" LIMIT ?) AS counted", countCap+1)
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return min(n, countCap), n > countCap, err
}

// Parties lists parties whose name holds q, or whose code is q; newest first. One that was merged into another is left out.
func (tx *Tx) Parties(text string, p Page) (rows []registry.Party, next string, err error) {
	q := newQuery("WHERE merged_into IS NULL")
	if text = registry.CleanText(text); text != "" {
		code := registry.NormalizeCode(text)
		q.add(" AND (instr(name, ?) > 0 OR instr(public_name, ?) > 0 OR credit_code = ? OR id_number = ?)", text, text, code, code)
	}
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, "", err
	}
	if rows, err = Parties.List(tx, q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	return rows, next, nil
}

// Bulletins lists bulletins of a state (empty: all) with the number of their cases, newest first.
func (tx *Tx) Bulletins(state string, p Page) (rows []registry.Bulletin, next string, err error) {
	q := newQuery("WHERE 1 = 1")
	q.andIf(state != "", "state = ?", state)
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, "", err
	}
	if rows, err = Bulletins.List(tx, q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	for i := range rows {
		if err := Bulletins.load(tx, &rows[i]); err != nil {
			return nil, "", err
		}
	}
	return rows, next, nil
}
