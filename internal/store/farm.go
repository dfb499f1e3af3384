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
		c.col("raising_mode", &x.RaisingMode)
		c.col("barns", &x.Barns)
		c.col("manure_mode", &x.ManureMode)
		c.derived("main_species", x.MainSpecies())
		c.list("herds", &x.Herds)
		c.list("facilities", &x.Facilities)
		c.approval("eia", &x.EIA)
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
		c.derived("name_key", registry.NameKey(x.Name))
		ref(c, "merged_into", &x.MergedInto)
		c.voided(&x.Voidable)
	},
	save: func(tx *Tx, x *registry.Farm) error {
		_, err := tx.indexFarm(x)
		return err
	}}

func (tx *Tx) indexFarm(x *registry.Farm) (changed bool, err error) {
	return tx.indexText("farm", int64(x.ID),
		searchText(x.Name, x.PublicName, tx.districtName(x.DistrictCode), x.Town, x.Address, x.MainSpecies(), x.Note))
}

// FarmFilter selects farms.
type FarmFilter struct {
	Q            string
	DistrictCode string
	Species      string
	Origin       string
	Zone         string

	IncludeVoided bool // also those entered by mistake
}

func (f FarmFilter) where(q *query) (id string) {
	id = q.search("farm", f.Q)
	q.add(" AND x.merged_into IS NULL")
	q.andIf(!f.IncludeVoided, "x.voided = ''")
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
	registry.Voidable
}

// Farms lists farms, last registered first, with how often they were inspected and prosecuted.
func (tx *Tx) Farms(f FarmFilter, p Page) (rows []FarmRow, next string, err error) {
	q := newQuery(`SELECT x.id, x.version, x.origin, x.name, x.public_name, x.district_code, x.town, x.herds, x.zone_relation, x.permit_state, COALESCE(p.name, ''),
		(SELECT COUNT(*) FROM inspections i WHERE i.farm_id = x.id AND i.voided = ''), (SELECT COUNT(*) FROM cases c WHERE c.farm_id = x.id AND c.voided = ''),
		COALESCE((SELECT i.started_on FROM inspections i WHERE i.farm_id = x.id AND i.voided = '' ORDER BY i.started_on DESC LIMIT 1), ''),
		COALESCE((SELECT i.started_on_latest FROM inspections i WHERE i.farm_id = x.id AND i.voided = '' ORDER BY i.started_on DESC LIMIT 1), ''), x.voided
		FROM farms x LEFT JOIN parties p ON p.id = x.operator_id`)
	id := f.where(q)
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

// FarmsOfOperator lists the farms that a party runs.
func (tx *Tx) FarmsOfOperator(id registry.PartyID) ([]registry.Farm, error) {
	return Farms.list(tx, "WHERE operator_id = $1 AND voided = '' AND merged_into IS NULL ORDER BY id LIMIT 50", id)
}
