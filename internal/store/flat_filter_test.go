package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// flatList is a list, count or look-up of a page. What it reads must not grow with the register; plan is the index that its first statement
// reads (empty: any, but none that reads a table through).
type flatList struct {
	name, plan string
	rows       func(tx *Tx) error
}

// The values that a filter takes are common ones and, where the register may hold few of them, rare ones: those are what a list looks for
// longest. grow makes them.
var (
	flatCases = []struct {
		filter CaseFilter
		plan   string
	}{
		{CaseFilter{}, "cases_found"},
		{CaseFilter{IncludeVoided: true}, "cases_found"},
		{CaseFilter{NoSample: true}, "cases_found"},
		{CaseFilter{DistrictCode: "440785"}, "cases_district"},
		{CaseFilter{Stage: string(registry.StageDecided)}, "cases_stage"},
		{CaseFilter{Stage: string(registry.StageAnnulled)}, "cases_stage"},
		{CaseFilter{Origin: string(registry.OriginField)}, "cases_origin"},
		{CaseFilter{Origin: string(registry.OriginImported)}, "cases_origin"},
		{CaseFilter{OnTheWay: true}, ""},
		{CaseFilter{TypeCode: "COMMON"}, "SEARCH ct USING PRIMARY KEY (type_code=?"},
		{CaseFilter{TypeCode: "RARE"}, "SEARCH ct USING PRIMARY KEY (type_code=?"},
		{CaseFilter{TypeCode: "NONE"}, "SEARCH ct USING PRIMARY KEY (type_code=?"},
		{CaseFilter{FarmID: 9}, "cases_farm"},
		{CaseFilter{PartyID: 9}, "case_parties_party"},
		{CaseFilter{CampaignID: 1}, "cases_campaign"},
		{CaseFilter{IDs: []registry.CaseID{9, 12, 15}}, "INTEGER PRIMARY KEY (rowid=?"},
		{CaseFilter{From: registry.Day(2022, 3, 15), To: registry.Day(2022, 12, 31)}, "cases_found"},
		{CaseFilter{From: registry.Day(2022, 3, 15), To: registry.Day(2022, 6, 30)}, "cases_found"},
		{CaseFilter{TypeCode: "COMMON", From: registry.Day(2022, 3, 15), To: registry.Day(2024, 12, 31)}, "SEARCH ct USING PRIMARY KEY (type_code=?"},
		{CaseFilter{By: registry.BasisDecided, From: registry.Month(2022, 3), To: registry.Month(2022, 12)}, "SEARCH cd USING PRIMARY KEY (basis=? AND day>?"},
		{CaseFilter{By: registry.BasisDecided, TypeCode: "COMMON", From: registry.Day(2022, 3, 15), To: registry.Day(2023, 6, 30)}, "SEARCH cd USING PRIMARY KEY (basis=? AND day>?"},
		{CaseFilter{Counted: registry.BasisFound, From: registry.Month(2022, 3), To: registry.Month(2022, 12)}, "INDEX case_facts_found (month"},
		{CaseFilter{Counted: registry.BasisDecided, From: registry.Month(2022, 3), To: registry.Month(2022, 12)}, "INDEX case_facts_decided (month"},
		{CaseFilter{Counted: registry.BasisDecided, Undated: true}, "case_facts_decided"},
		{CaseFilter{Counted: registry.BasisDecided, Line: "species|COMMON", From: registry.Month(2022, 3), To: registry.Month(2024, 12)}, "SEARCH m USING PRIMARY KEY (line=?"},
		{CaseFilter{Counted: registry.BasisDecided, Line: "species|RARE", From: registry.Month(2022, 3), To: registry.Month(2024, 12)}, "SEARCH m USING PRIMARY KEY (line=?"},
		{CaseFilter{Counted: registry.BasisDecided, Line: "species|PAST", From: registry.Month(2024, 3), To: registry.Month(2025, 12)}, "SEARCH m USING PRIMARY KEY (line=? AND month>? AND month<?)"},
		{CaseFilter{Counted: registry.BasisFound, Line: "species|COMMON"}, "SEARCH m USING PRIMARY KEY (line=?"},
		{CaseFilter{Counted: registry.BasisDecided, Line: "clock|COMMON|late", From: registry.Month(2022, 3), To: registry.Month(2024, 12)}, "SEARCH m USING PRIMARY KEY (line=?"},
		{CaseFilter{Q: "渗坑"}, ""},
		{CaseFilter{Q: "没有这个词"}, ""},
	}
	flatInspections = []struct {
		filter InspectionFilter
		plan   string
	}{
		{InspectionFilter{}, "inspections_started"},
		{InspectionFilter{IncludeVoided: true}, "inspections_started"},
		{InspectionFilter{DistrictCode: "440785"}, "inspections_district"},
		{InspectionFilter{Kind: "双随机"}, "inspections_kind"},
		{InspectionFilter{Kind: "督办"}, "inspections_kind"},
		{InspectionFilter{Result: registry.ViolationFound}, "inspections_result"},
		{InspectionFilter{Result: "待定"}, "inspections_result"},
		{InspectionFilter{Origin: string(registry.OriginField)}, "inspections_origin"},
		{InspectionFilter{Origin: string(registry.OriginImported)}, "inspections_origin"},
		{InspectionFilter{State: registry.InspectionDraft}, ""},
		{InspectionFilter{State: registry.InspectionSubmitted}, ""},
		{InspectionFilter{NoCase: true}, ""},
		{InspectionFilter{NoCase: true, Result: registry.ViolationFound}, "inspections_uncased"},
		{InspectionFilter{Cased: true}, ""},
		{InspectionFilter{Monthly: true, From: registry.Month(2022, 3), To: registry.Month(2022, 12)}, "inspections_started"},
		{InspectionFilter{FarmID: 9}, "inspections_farm"},
		{InspectionFilter{OfficerID: 1, State: registry.InspectionDraft}, "SEARCH oi USING PRIMARY KEY (officer_id=?"},
		{InspectionFilter{OfficerID: 1, NoCase: true, Result: registry.ViolationFound}, "SEARCH oi USING PRIMARY KEY (officer_id=?"},
		{InspectionFilter{From: registry.Day(2022, 3, 15), To: registry.Day(2022, 12, 31)}, "inspections_started"},
		{InspectionFilter{From: registry.Day(2022, 3, 15), To: registry.Day(2022, 6, 30)}, "inspections_started"},
		{InspectionFilter{Q: "渗坑"}, ""},
		{InspectionFilter{Q: "没有这个词"}, ""},
	}
	flatFarms = []struct {
		filter FarmFilter
		plan   string
	}{
		{FarmFilter{}, ""},
		{FarmFilter{IncludeVoided: true}, ""},
		{FarmFilter{DistrictCode: "440785"}, "farms_district"},
		{FarmFilter{Species: "蛋鸡"}, "farms_species"},
		{FarmFilter{Species: "鸽"}, "farms_species"},
		{FarmFilter{Origin: string(registry.OriginField)}, "farms_origin"},
		{FarmFilter{Origin: string(registry.OriginImported)}, "farms_origin"},
		{FarmFilter{Zone: "适养区"}, "farms_zone"},
		{FarmFilter{Zone: "禁养区内"}, "farms_zone"},
		{FarmFilter{Idle: "2022"}, "farms_last_year"},
		{FarmFilter{Idle: "2026"}, "farms_last_year"},
		{FarmFilter{Idle: "2026", DistrictCode: "440785"}, "farms_last_year"},
		{FarmFilter{Q: "猪场"}, ""},
		{FarmFilter{Q: "没有这个词"}, ""},
	}
	flatParties = []PartyFilter{{}, {Repeated: "2022-03..2022-12"}, {Repeated: "2022-03..2024-12", DistrictCode: "440785"}, {Repeated: "2022-03..2022-12", Q: "养殖"}, {IncludeVoided: true}, {Q: "养殖"}, {Q: "没有这个词"}}
	flatDue     = []struct {
		filter DueFilter
		plan   string
	}{
		{DueFilter{}, "cases_due"},
		{DueFilter{OrganID: 1}, "cases_due_organ"},
		{DueFilter{OfficerID: 1}, "SEARCH co USING PRIMARY KEY (officer_id=?"},
		{DueFilter{OfficerID: 2}, "SEARCH co USING PRIMARY KEY (officer_id=?"},
		{DueFilter{OfficerID: 1, OrganID: 1}, "SEARCH co USING PRIMARY KEY (officer_id=?"},
		{DueFilter{From: registry.Day(2022, 3, 15), Until: registry.Day(2022, 3, 15)}, "cases_due"},
		{DueFilter{Until: registry.Day(2022, 3, 15)}, "cases_due"},
	}
	flatAudit = []struct {
		filter AuditFilter
		plan   string
	}{
		{AuditFilter{}, "SEARCH a USING INTEGER PRIMARY KEY (rowid"},
		{AuditFilter{Before: 1000}, "SEARCH a USING INTEGER PRIMARY KEY (rowid"},
		{AuditFilter{Actor: "officer"}, "audit_log_by"},
		{AuditFilter{Actor: "officer", Before: 1000}, "audit_log_by (actor=? AND rowid<?)"},
		{AuditFilter{Actor: "rare"}, "audit_log_by"},
		{AuditFilter{Actor: "nobody"}, "audit_log_by"},
		{AuditFilter{Entity: "case"}, "SEARCH a USING INTEGER PRIMARY KEY (rowid"},
		{AuditFilter{Entity: "organ"}, "audit_log_rare"},
		{AuditFilter{Entity: "organ", Before: 1000}, "audit_log_rare (entity=? AND rowid<?)"},
		{AuditFilter{Entity: "case", EntityID: 9}, "audit_log_of"},
		{AuditFilter{EntityID: 9}, "audit_log_of"},
		{AuditFilter{Action: "新建"}, "SEARCH a USING INTEGER PRIMARY KEY (rowid"},
		{AuditFilter{Action: "导出"}, "audit_log_act"},
		{AuditFilter{Action: "导出", Before: 1000}, "audit_log_act (action=? AND rowid<?)"},
		{AuditFilter{Action: "没有的事"}, "audit_log_act"},
		{AuditFilter{From: auditDay(2), Until: auditDay(3)}, "audit_head"}, // halving comes first
		{AuditFilter{Until: auditDay(2)}, "audit_head"},
		{AuditFilter{Actor: "officer", From: auditDay(1), Until: auditDay(2)}, "audit_head"},
		{AuditFilter{Actor: "officer", Entity: "organ"}, "audit_log_rare"},
		{AuditFilter{Actor: "officer", Action: "导出"}, "audit_log_act"},
	}
)

// auditDay is a day of the log that grow makes, which has an entry a minute.
func auditDay(n int) time.Time { return time.UnixMilli(1793606400000).AddDate(0, 0, n) }

// set names the fields of a filter that are set, with their values.
func set(filter any) string {
	var list []string
	for v, i := reflect.ValueOf(filter), 0; i < v.NumField(); i++ {
		if f := v.Field(i); !f.IsZero() && v.Type().Field(i).Name != "Asking" {
			list = append(list, fmt.Sprintf("%s=%v", v.Type().Field(i).Name, f.Interface()))
		}
	}
	return cmp.Or(strings.Join(list, " "), "all")
}

// everywhere is a list as it is, in one district, and narrowed to a branch. Where nothing leads but the list's own order, the district or the
// branch does then.
func everywhere(name, plan string, own map[string]string, in func(district string) func(tx *Tx) error) (list []flatList) {
	list = append(list, flatList{name, plan, in("")})
	there := plan
	if strings.HasSuffix(plan, "_found") || strings.HasSuffix(plan, "_started") || plan == "cases_due" {
		there = own["district"]
	}
	if own["district"] != "" && !strings.Contains(name, "DistrictCode") {
		list = append(list, flatList{name + ", in a district", there, in("440785")})
	}
	if own["branch"] != "" && there == own["district"] {
		there = own["branch"]
	}
	narrowed := in("")
	return append(list, flatList{name + ", narrowed", there, func(tx *Tx) error {
		tx.Narrow(&registry.Branch{OrganID: 1, DistrictCode: "440785"})
		defer tx.Narrow(nil)
		return narrowed(tx)
	}})
}

// second reads a list's first page and the one behind it.
func second(page func(p Page) (string, error)) error {
	next, err := page(flatPage)
	if err != nil || next == "" {
		return err
	}
	_, err = page(Page{Limit: flatPage.Limit, Cursor: next})
	return err
}

// filteredLists are the lists and counts of every filter.
func filteredLists() (list []flatList) {
	cases := map[string]string{"district": "cases_district", "branch": "cases_branch"}
	for _, x := range flatCases {
		list = append(list, everywhere("cases "+set(x.filter), x.plan, cases, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error {
				return second(func(p Page) (string, error) { _, next, err := tx.Cases(f, p); return next, err })
			}
		})...)
		list = append(list, everywhere("count of cases "+set(x.filter), "", cases, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error { _, _, err := tx.CountCases(f); return err }
		})...)
	}
	inspections := map[string]string{"district": "inspections_district"}
	for _, x := range flatInspections {
		list = append(list, everywhere("inspections "+set(x.filter), x.plan, inspections, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error {
				return second(func(p Page) (string, error) { _, next, err := tx.Inspections(f, p); return next, err })
			}
		})...)
		list = append(list, everywhere("count of inspections "+set(x.filter), "", inspections, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error { _, _, err := tx.CountInspections(f); return err }
		})...)
	}
	farms := map[string]string{"district": "farms_district"}
	for _, x := range flatFarms {
		list = append(list, everywhere("farms "+set(x.filter), x.plan, farms, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error {
				return second(func(p Page) (string, error) { _, next, err := tx.Farms(f, p); return next, err })
			}
		})...)
		list = append(list, everywhere("count of farms "+set(x.filter), "", farms, func(district string) func(tx *Tx) error {
			f := x.filter
			f.DistrictCode = cmp.Or(district, f.DistrictCode)
			return func(tx *Tx) error { _, _, err := tx.CountFarms(f); return err }
		})...)
	}
	for _, f := range flatParties {
		list = append(list, everywhere("parties "+set(f), "", nil, func(string) func(tx *Tx) error {
			return func(tx *Tx) error {
				return second(func(p Page) (string, error) { _, next, err := tx.Parties(f, p); return next, err })
			}
		})...)
	}
	for _, x := range flatDue {
		list = append(list, everywhere("due "+set(x.filter), x.plan, map[string]string{"branch": "cases_due_branch"}, func(string) func(tx *Tx) error {
			return func(tx *Tx) error {
				return second(func(p Page) (string, error) { _, next, err := tx.DueCases(x.filter, p); return next, err })
			}
		})...)
		list = append(list, everywhere("counts of due "+set(x.filter), "", nil, func(string) func(tx *Tx) error {
			return func(tx *Tx) error {
				_, err := tx.CountDue(x.filter, registry.Day(2022, 3, 15), registry.Day(2022, 3, 22))
				return err
			}
		})...)
	}
	for _, x := range flatAudit {
		list = append(list, flatList{"log " + set(x.filter), x.plan, func(tx *Tx) error {
			f := x.filter
			f.Limit = 51
			_, err := tx.AuditEntries(f)
			return err
		}})
	}
	return list
}

// TestEveryFilterIsFlat: a filter that a list gets must have its row above.
func TestEveryFilterIsFlat(t *testing.T) {
	used := map[string]bool{}
	mark := func(filter any) {
		for v, i := reflect.ValueOf(filter), 0; i < v.NumField(); i++ {
			if name := v.Type().Name() + "." + v.Type().Field(i).Name; !v.Field(i).IsZero() {
				used[name] = true
			}
		}
	}
	for _, x := range flatCases {
		mark(x.filter)
	}
	for _, x := range flatInspections {
		mark(x.filter)
	}
	for _, x := range flatFarms {
		mark(x.filter)
	}
	for _, x := range flatParties {
		mark(x)
	}
	for _, x := range flatDue {
		mark(x.filter)
	}
	for _, x := range flatAudit {
		mark(x.filter)
	}
	other := []string{"Asking", "Limit", "eachAsked"} // what the asker knows; the size of a page; what follows from the rest
	for _, filter := range []any{CaseFilter{}, InspectionFilter{}, FarmFilter{}, PartyFilter{}, DueFilter{}, AuditFilter{}} {
		for v, i := reflect.TypeOf(filter), 0; i < v.NumField(); i++ {
			if name := v.Field(i).Name; !slices.Contains(other, name) && !used[v.Name()+"."+name] {
				t.Errorf("%s.%s: no list in flat_filter_test.go is read by it", v.Name(), name)
			}
		}
	}
}

// indexUse are the indexes that no list above reads, with what does: a look-up by a key, what a foreign key or a rule asks before a row goes, or a
// constraint that the index is.
var indexUse = map[string]string{
	"case_facts_closed":           "SELECT case_id FROM case_facts WHERE month_closed >= '2024-01' AND month_closed <= '2024-12' ORDER BY month_closed DESC, case_id DESC LIMIT 51",
	"case_facts_filed":            "SELECT case_id FROM case_facts WHERE month_filed >= '2024-01' AND month_filed <= '2024-12' ORDER BY month_filed DESC, case_id DESC LIMIT 51",
	"case_facts_paid":             "SELECT case_id FROM case_facts WHERE month_paid >= '2024-01' AND month_paid <= '2024-12' ORDER BY month_paid DESC, case_id DESC LIMIT 51",
	"discretion_sheets_case":      "SELECT id FROM discretion_sheets WHERE case_id = 1",
	"discretion_sheets_violation": "SELECT id FROM discretion_sheets WHERE violation_id = 1",
	"documents_inspection":        "SELECT id FROM documents WHERE inspection_id = 1",
	"draw_results_case":           "SELECT id FROM draw_results WHERE case_id = 1",
	"farm_merges_farm":            "SELECT id FROM farm_merges WHERE farm_id = 1",
	"farm_merges_into":            "SELECT id FROM farm_merges WHERE into_id = 1",
	"farms_merged":                "SELECT id FROM farms WHERE merged_into = 1",
	"inspections_counted":         "SELECT farm_id, COUNT(*) FROM inspections WHERE voided = '' AND kind <> '复查' AND uncounted = '' AND started_on >= '2024-01-01' AND started_on <= '2024-12-31' GROUP BY farm_id", // a year's inspections, for one page
	"parties_merged":              "SELECT id FROM parties WHERE merged_into = 1",
	"parties_public_key":          "SELECT id FROM parties WHERE public_key = 'x' AND public_key <> ''",
	"party_merges_into":           "SELECT id FROM party_merges WHERE into_id = 1",
	"party_merges_party":          "SELECT id FROM party_merges WHERE party_id = 1",
	"penalties_party":             "SELECT id FROM penalties WHERE party_id = 1",
	"publications_sha256":         "SELECT id FROM publications WHERE sha256 = 'x'",
	"sessions_expiry":             "DELETE FROM sessions WHERE expires_at < 'x'",
	"sessions_user":               "DELETE FROM sessions WHERE user_id = 1",
	"sign_in_failures_key":        "SELECT at FROM sign_in_failures WHERE key = 'x' ORDER BY at DESC",
}

// TestIndexesAreRead: an index that nothing reads costs every write. Unique ones are constraints.
func TestIndexesAreRead(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	var traced []string
	db := open(t, t.TempDir(), Options{Trace: func(q string) { traced = append(traced, q) }})
	newSide(t, db, "恩平", "440785")
	read(t, db, func(tx *Tx) error {
		var indexes []string
		if err := tx.each(func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			indexes = append(indexes, name)
			return err
		}, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%' ORDER BY name"); err != nil {
			return err
		}
		traced = nil
		for _, l := range flatLists {
			if err := l.rows(tx); err != nil && registry.KindOf(err) != registry.KindNotFound {
				return err
			}
		}
		var plans strings.Builder
		done := map[string]bool{}
		for _, q := range slices.Clone(traced) {
			if !done[q] {
				done[q] = true
				plans.WriteString(strings.ReplaceAll(planOf(t, tx, q), "\n", " ") + " ")
			}
		}
		for _, index := range indexes {
			if strings.Contains(plans.String(), " "+index+" ") {
				if indexUse[index] != "" {
					t.Errorf("%s is read by a list; strike it from indexUse", index)
				}
				continue
			}
			q, ok := indexUse[index]
			if !ok {
				t.Errorf("nothing reads the index %s", index)
			} else if plan := planOf(t, tx, q); !strings.Contains(plan, index) {
				t.Errorf("%s is not read by its statement: %s", index, plan)
			}
		}
		return nil
	})
}
