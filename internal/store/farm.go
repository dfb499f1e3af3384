package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Farms stores 养殖场.
var Farms = &Table[registry.Farm, *registry.Farm]{Entity: "farm", Noun: "养殖场", name: "farms",
	id: func(x *registry.Farm) *int64 { return (*int64)(&x.ID) },
	fields: func(x *registry.Farm, c *columns) {
		c.col("origin", &x.Origin)
		c.col("name", &x.Name)
		c.col("public_name", &x.PublicName)
		c.col("district_code", &x.DistrictCode)
		c.col("town", &x.Town)
		c.col("address", &x.Address)
		ref(c, "operator_id", &x.OperatorID)
		c.place(&x.Place)
		c.col("area_m2", &x.AreaM2)
		c.date("production_since", &x.ProductionSince)
		c.col("operation", &x.Operation)
		c.col("raising_mode", &x.RaisingMode)
		c.col("barns", &x.Barns)
		c.col("manure_mode", &x.ManureMode)
		c.derived("main_species", func() any { return x.MainSpecies() })
		c.derived("main_heads", func() any { return x.MainHeads() })
		c.list("herds", &x.Herds)
		c.packedList("farm", "facilities", &x.Facilities)
		c.col("entrusted", &x.Entrusted)
		c.approval("eia", &x.EIA)
		c.col("eia_carried", &x.EIACarried)
		c.approval("acceptance", &x.Acceptance)
		c.approval("permit", &x.Permit)
		c.col("zone_relation", &x.Zone.Relation)
		c.col("zone_plan_name", &x.Zone.PlanName)
		c.col("zone_plan_number", &x.Zone.PlanNumber)
		c.date("zone_plan_on", &x.Zone.PlanOn)
		c.col("zone_evidence", &x.Zone.Evidence)
		c.date("zone_checked_on", &x.Zone.CheckedOn)
		c.col("receiving_water", &x.ReceivingWater)
		c.col("control_section", &x.ControlSection)
		c.col("in_tanjiang", &x.InTanjiang)
		c.col("contact_name", &x.ContactName)
		c.col("contact_phone", &x.ContactPhone)
		c.col("note", &x.Note)
		c.derived("name_key", func() any { return registry.NameKey(x.Name) })
		ref(c, "merged_into", &x.MergedInto)
		c.voided(&x.Voidable)
	}}

// A farm that took up another is indexed by reading it through its own table, which that table's value cannot name.
func init() { Farms.save = saveFarm }

func saveFarm(tx *Tx, x *registry.Farm) error {
	changed, err := tx.indexFarm(x)
	if err != nil || x.Version == 1 {
		return err
	}
	if changed {
		if err := tx.indexVisitsOf("farm_id", int64(x.ID)); err != nil {
			return err
		}
	}
	return tx.indexFarmMerge(x.MergedInto)
}

// indexFarm gathers what a person may remember of a farm: its names and those it had, who runs it and who ran it, under any of their names.
func (tx *Tx) indexFarm(x *registry.Farm) (changed bool, err error) {
	if err := tx.guardFarm(x); err != nil {
		return false, err
	}
	d := newSearchDoc()
	d.names(inRow, x.Name)
	d.texts(inRow, x.Town, x.MainSpecies())
	d.names(inPublicName, x.PublicName)
	d.texts(inContact, x.ContactName)
	d.texts(inPlace, x.Address)
	d.texts(inApproval, x.EIA.Number, x.Acceptance.Number, x.Permit.Number)
	d.texts(inNote, x.Note)
	d.code(districtCode(x.DistrictCode))
	var operators []registry.PartyID
	if x.Version > 1 {
		revisions, err := tx.Revisions("farm", int64(x.ID))
		if err != nil {
			return false, err
		}
		d.names(inFormerName, registry.FormerNames(x.Name, revisions)...)
		operators = registry.FormerOperators(x.OperatorID, revisions)
	}
	if err := tx.mergedFarmNames(d, x.ID); err != nil {
		return false, err
	}
	if err := tx.partyWords(d, inRow, x.OperatorID); err != nil {
		return false, err
	}
	for _, id := range operators {
		if err := tx.partyWords(d, inFormerOperator, id); err != nil {
			return false, err
		}
	}
	return tx.indexDoc("farm", int64(x.ID), d)
}

// FarmFilter selects farms.
type FarmFilter struct {
	Q            string
	DistrictCode string
	Species      string
	Origin       string
	Zone         string
	Idle         string // a year, YYYY, in which it was not inspected
	Asking

	IncludeVoided bool // also those entered by mistake
}

func (f FarmFilter) where(tx *Tx, q *query) (id string) {
	id = q.search(tx, "farm", f.Q, f.Asking)
	led := registry.Fold(f.Q) != ""
	narrow := f.Species != "" || f.Origin != "" || f.Zone != ""
	q.ownBehind(tx, "x.district_code", led || narrow)
	q.add(" AND x.merged_into IS NULL")
	q.andIf(!f.IncludeVoided, "x.voided = ''")
	q.shareIf(f.DistrictCode != "", "x.district_code", led || narrow, f.DistrictCode)
	q.shareIf(f.Species != "", "x.main_species", led, f.Species)
	q.shareIf(f.Origin != "", "x.origin", led, f.Origin)
	q.shareIf(f.Zone != "", "x.zone_relation", led, f.Zone)
	notIn(q, true, f.Idle)
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
	FoundBy        []Find          `json:"found_by,omitempty"` // of a search
	registry.Voidable
}

// Farms lists farms, last registered first, with how often they were inspected and prosecuted.
func (tx *Tx) Farms(f FarmFilter, p Page) (rows []FarmRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.name, x.public_name, x.district_code, x.town, x.herds, x.zone_relation, x.permit_state, COALESCE(p.name, ''),
		(SELECT COUNT(*) FROM inspections i WHERE i.farm_id = x.id AND i.voided = ''), (SELECT COUNT(*) FROM cases c WHERE c.farm_id = x.id AND c.voided = ''),
		COALESCE((SELECT i.started_on FROM inspections i WHERE i.farm_id = x.id AND i.voided = '' ORDER BY i.started_on DESC LIMIT 1), ''),
		COALESCE((SELECT i.started_on_latest FROM inspections i WHERE i.farm_id = x.id AND i.voided = '' ORDER BY i.started_on DESC LIMIT 1), ''), x.voided
		FROM farms x LEFT JOIN parties p ON p.id = x.operator_id`)
	id := f.where(tx, q)
	if f.Idle != "" && f.bare() {
		ids, err := tx.idleFarms(f, p)
		if err != nil || len(ids) == 0 {
			return nil, "", err
		}
		q.add(" AND x.id IN " + in(q, ids))
	}
	if err := keyset(q, p, true, id, ""); err != nil {
		return nil, "", err
	}
	err = tx.each(func(r *sql.Rows) error {
		var x FarmRow
		b := dateBounds{d: &x.LastInspection}
		if err := r.Scan(&x.ID, &x.Version, &x.Origin, &x.Name, &x.PublicName, &x.DistrictCode, &x.Town, jsonValue{&x.Herds}, &x.ZoneRelation, &x.PermitState, &x.Operator,
			&x.Inspections, &x.Cases, (*dateEarliest)(&b), (*dateLatest)(&b), voidedValue{&x.Voided}); err != nil {
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
		next = p.cursor(true, [2]string{"", fmt.Sprint(int64(rows[p.Limit-1].ID))})
	}
	shown := func(i int) (texts, codes []string) {
		return []string{rows[i].Name, rows[i].Town}, []string{districtCode(rows[i].DistrictCode)}
	}
	found, err := tx.foundBy("farm", idsOfRows(rows, func(x *FarmRow) int64 { return int64(x.ID) }), shown, f.Q, f.Asking)
	for i := range rows {
		rows[i].FoundBy = found[int64(rows[i].ID)]
	}
	return rows, next, err
}

// CountFarms counts farms of a filter, capped.
func (tx *Tx) CountFarms(f FarmFilter) (n int, capped bool, err error) {
	if f.bare() { // kept with the rows
		if n, err = tx.tally("farm", f.DistrictCode, ""); err != nil || f.Idle == "" {
			return n, false, err
		}
		inspected, err := tx.tally("farm_year", f.DistrictCode, f.Idle)
		return n - inspected, false, err
	}
	return tx.counted("farms x", func(q *query) { f.where(tx, q) })
}

// FarmsOfOperator lists the farms that a party runs.
func (tx *Tx) FarmsOfOperator(id registry.PartyID) ([]registry.Farm, error) {
	q := newQuery("WHERE operator_id = ? AND voided = '' AND merged_into IS NULL", id)
	q.own(tx, "district_code")
	q.add(" ORDER BY id LIMIT 50")
	return Farms.list(tx, q.sql(), q.args...)
}
