package store

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"casebook/internal/registry"
)

// Inspections stores 检查.
var Inspections = &Table[registry.Inspection, *registry.Inspection]{Entity: "inspection", Noun: "检查", name: "inspections",
	id: func(x *registry.Inspection) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Inspection, c *columns) {
		c.col("origin", &x.Origin)
		c.col("number", &x.Number)
		c.col("farm_id", &x.FarmID)
		ref(c, "party_id", &x.PartyID)
		ref(c, "organ_id", &x.OrganID)
		ref(c, "campaign_id", &x.CampaignID)
		c.col("kind", &x.Kind)
		c.date("started_on", &x.StartedOn)
		c.col("start_time", &x.StartTime)
		c.date("ended_on", &x.EndedOn)
		c.col("end_time", &x.EndTime)
		c.col("district_code", &x.DistrictCode)
		c.col("place", &x.Place)
		c.place(&x.Position)
		c.packedList("inspection", "officers", &x.Officers)
		c.col("recorder", &x.Recorder)
		c.col("others", &x.Others)
		c.col("certificate_shown", &x.CertificateShown)
		c.col("rights_told", &x.RightsTold)
		c.col("present_name", &x.PresentName)
		c.col("present_title", &x.PresentTitle)
		c.col("present_phone", &x.PresentPhone)
		c.col("present_gender", &x.PresentGender)
		c.col("present_id_number", &x.PresentIDNumber)
		c.col("present_unit", &x.PresentUnit)
		c.col("present_address", &x.PresentAddress)
		c.col("recusal", &x.Recusal)
		c.col("production", &x.Production)
		c.col("procedures", &x.Procedures)
		c.col("facilities", &x.Facilities)
		c.list("herds", &x.Herds)
		c.packed("inspection", "findings", &x.Findings)
		c.packedList("inspection", "path", &x.Path)
		c.col("result", &x.Result)
		c.col("rectified", &x.Rectified)
		c.col("media", &x.Media)
		c.col("party_opinion", &x.PartyOpinion)
		c.col("signature", &x.Signature)
		c.col("refusal_reason", &x.RefusalReason)
		c.col("witness", &x.Witness)
		c.col("state", &x.State)
		c.maybeTime("submitted_at", &x.SubmittedAt)
		c.col("submitted_by", &x.SubmittedBy)
		c.col("uncounted", &x.Uncounted)
		c.col("note", &x.Note)
		c.voided(&x.Voidable)
	},
	save: func(tx *Tx, x *registry.Inspection) error {
		if err := tx.markCasesOn(x.ID); err != nil {
			return err
		}
		if _, err := tx.indexInspection(x); err != nil {
			return err
		}
		var cased bool
		if x.Version > 1 {
			if err := tx.one([]any{&cased}, "SELECT cased = 1 FROM inspections WHERE id = $1", x.ID); err != nil {
				return err
			}
		}
		return tx.keepWait(x, cased)
	}}

// indexInspection gathers what a person may remember of an inspection: its farm under any name, who was inspected, the officers and their
// certificates among it.
func (tx *Tx) indexInspection(x *registry.Inspection) (changed bool, err error) {
	d := newSearchDoc()
	farm, ok, err := tx.farmNamed(x.FarmID)
	if err == nil && !ok {
		err = registry.Invalid("farm_id", "没有找到所选的养殖场，请重新选择")
	}
	if err != nil {
		return false, err
	}
	if err := tx.farmWords(d, &farm, false); err != nil {
		return false, err
	}
	d.texts(inRow, x.Number, x.Kind)
	for _, o := range x.Officers {
		d.texts(inRow, o.Name)
		d.texts(inOfficer, o.CertNo)
	}
	d.texts(inOfficer, x.Recorder)
	d.texts(inPresent, x.PresentName, x.Others)
	d.texts(inPlace, x.Place)
	d.texts(inFindings, x.Findings)
	d.texts(inNote, x.Note)
	d.code(districtCode(x.DistrictCode))
	if err := tx.partyWords(d, inInspected, x.PartyID); err != nil {
		return false, err
	}
	return tx.indexDoc("inspection", int64(x.ID), d)
}

// indexVisitsOf brings what search knows of the inspections and cases of a farm or a party up to date: they are found by its names.
func (tx *Tx) indexVisitsOf(column string, id int64) error {
	list, err := Inspections.list(tx, "WHERE "+column+" = $1 ORDER BY id", id)
	if err != nil {
		return err
	}
	for i := range list {
		if _, err := tx.indexInspection(&list[i]); err != nil {
			return err
		}
	}
	switch column {
	case "farm_id":
		return tx.markCases("SELECT id FROM cases WHERE farm_id = $1", id)
	default:
		return tx.markCases(`SELECT case_id FROM case_parties WHERE party_id = $1
			UNION SELECT ci.case_id FROM inspections i JOIN case_inspections ci ON ci.inspection_id = i.id WHERE i.party_id = $1`, id)
	}
}

// markCases has Settle bring the cases that a query lists up to date.
// markCasesOn has the cases settled that rest on an inspection.
func (tx *Tx) markCasesOn(id registry.InspectionID) error {
	if tx.made.visits[id] != nil {
		for _, f := range tx.made.files { // no other can rest on it
			if slices.Contains(f.Case.Inspections, id) {
				tx.cases[f.Case.ID] = true
			}
		}
		return nil
	}
	return tx.markCases("SELECT case_id FROM case_inspections WHERE inspection_id = $1", int64(id))
}

func (tx *Tx) markCases(query string, id int64) error {
	return tx.each(func(rows *sql.Rows) error {
		var c registry.CaseID
		if err := rows.Scan(&c); err != nil {
			return err
		}
		tx.cases[c] = true
		return nil
	}, query, id)
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
	OfficerID    registry.OfficerID // on whose desk it waits: as a draft, with that state, else for a case
	From, To     registry.Date
	NoCase       bool // no case rests on it
	Cased        bool // one does
	Monthly      bool // as statistics count: the month is known, and lies in the span
	Asking

	IncludeVoided bool // also those entered by mistake
}

func (f InspectionFilter) where(tx *Tx, q *query) (id string) {
	if f.OfficerID != 0 {
		wait := waitsForCase
		if f.State == registry.InspectionDraft {
			wait = waitsAsDraft
		}
		q.add(" JOIN officer_inspections oi ON oi.inspection_id = x.id AND oi.officer_id = ? AND oi.wait = ?", f.OfficerID, wait)
	}
	id = q.search(tx, "inspection", f.Q, f.Asking)
	if f.OfficerID != 0 && registry.Fold(f.Q) == "" {
		id = "oi.inspection_id"
	}
	led := registry.Fold(f.Q) != "" || f.FarmID != 0 || f.OfficerID != 0
	uncased := f.NoCase && f.Result == registry.ViolationFound // the partial index of the desk
	narrow := f.Kind != "" || f.Result != "" || f.Origin != "" || f.State == registry.InspectionDraft
	q.ownBehind(tx, "x.district_code", led || narrow)
	q.andIf(!f.IncludeVoided, "x.voided = ''")
	q.shareIf(f.DistrictCode != "", "x.district_code", led || narrow, f.DistrictCode)
	q.shareIf(f.Kind != "", "x.kind", led, f.Kind)
	switch {
	case f.OfficerID != 0 && (uncased || f.State == registry.InspectionDraft): // what is kept of the desk says it
		f.State = ""
	case uncased:
		q.add(" AND x.result || '' = '发现违法' AND x.cased = 0") // spelled out, as the index is declared
	case f.NoCase:
		q.restIf(true, true, "x.cased = 0")
	}
	q.andIf(f.Cased, "x.cased = 1") // as the partial index is declared
	q.shareIf(f.Result != "" && !uncased, "x.result", led, f.Result)
	if f.State == registry.InspectionDraft {
		q.add(" AND x.state = '草稿'") // spelled out, as the partial index of drafts is declared
	} else {
		q.restIf(f.State != "", true, "x.state = ?", f.State)
	}
	q.shareIf(f.Origin != "", "x.origin", led, f.Origin)
	q.andIf(f.FarmID != 0, "x.farm_id = ?", f.FarmID)
	if f.Monthly {
		q.restIf(true, true, "x.started_on <> '' AND (x.started_on_latest = '' OR substr(x.started_on_latest, 1, 7) = substr(x.started_on, 1, 7))")
		q.andIf(!f.From.IsZero(), "x.started_on >= ?", f.From.Earliest())
		q.andIf(!f.To.IsZero(), "x.started_on <= ?", f.To.Latest())
		return id
	}
	q.period("inspections", "started_on", "x.started_on", f.From, f.To)
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
	CaseID       registry.CaseID       `json:"case_id"`            // the first case that rests on it; 0 where none does
	FoundBy      []Find                `json:"found_by,omitempty"` // of a search
	registry.Voidable
}

// Inspections lists inspections, newest first.
func (tx *Tx) Inspections(f InspectionFilter, p Page) (rows []InspectionRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.number, x.kind, x.started_on, x.started_on_latest, x.district_code, x.farm_id, fa.name, x.result, x.state, x.officers, COALESCE(o.short_name, ''),
		(SELECT COUNT(*) FROM samples s WHERE s.inspection_id = x.id), COALESCE((SELECT MIN(ci.case_id) FROM case_inspections ci JOIN cases c ON c.id = ci.case_id WHERE ci.inspection_id = x.id AND c.voided = ''), 0), x.voided
		FROM inspections x JOIN farms fa ON fa.id = x.farm_id LEFT JOIN organs o ON o.id = x.organ_id`)
	id := f.where(tx, q)
	byID := f.Q != "" || p.ByID
	day := "x.started_on"
	if id == "oi.inspection_id" {
		day = "oi.started_on"
	}
	if err := keyset(q, p, byID, id, day); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) error {
		var x InspectionRow
		b := dateBounds{d: &x.StartedOn}
		if err := r.Scan(&x.ID, &x.Version, &x.Origin, &x.Number, &x.Kind, (*dateEarliest)(&b), (*dateLatest)(&b), &x.DistrictCode, &x.FarmID, &x.FarmName, &x.Result, &x.State,
			packedJSON{"inspection", jsonValue{&x.Officers}}, &x.Organ, &x.Samples, &x.CaseID, voidedValue{&x.Voided}); err != nil {
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
		next = p.cursor(byID, [2]string{x.StartedOn.Earliest(), fmt.Sprint(int64(x.ID))})
	}
	shown := func(i int) (texts, codes []string) {
		return []string{rows[i].FarmName}, []string{districtCode(rows[i].DistrictCode)}
	}
	found, err := tx.foundBy("inspection", idsOfRows(rows, func(x *InspectionRow) int64 { return int64(x.ID) }), shown, f.Q, f.Asking)
	for i := range rows {
		rows[i].FoundBy = found[int64(rows[i].ID)]
	}
	return rows, next, err
}

// CountInspections counts inspections of a filter, capped.
func (tx *Tx) CountInspections(f InspectionFilter) (n int, capped bool, err error) {
	all := f
	all.DistrictCode, all.Asking = "", Asking{}
	if reflect.ValueOf(all).IsZero() { // kept with the rows
		n, err = tx.tally("inspection", f.DistrictCode, "")
		return n, false, err
	}
	return tx.counted("inspections x", func(q *query) { f.where(tx, q) })
}

// ClosedCaseOn is the title of a closed case that rests on an inspection; empty where there is none.
func (tx *Tx) ClosedCaseOn(id registry.InspectionID) (title string, err error) {
	err = tx.one([]any{&title}, `SELECT c.title FROM case_inspections ci JOIN cases c ON c.id = ci.case_id
		WHERE ci.inspection_id = $1 AND c.stage = $2 ORDER BY c.id LIMIT 1`, id, registry.StageClosed)
	if noRows(err) {
		return "", nil
	}
	return title, err
}

// InspectionsOn are the inspections of a farm that began on a day, or at the beginning of a month or a year that is known no better.
func (tx *Tx) InspectionsOn(farm registry.FarmID, on registry.Date) (ids []registry.InspectionID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.InspectionID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM inspections"+tx.conn.engine.by("inspections_farm")+" WHERE farm_id = $1 AND started_on = $2 AND voided = '' ORDER BY started_on_latest, id LIMIT 50", farm, on.Earliest())
	return ids, err
}
