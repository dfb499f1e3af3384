package store

import (
	"cmp"
	"database/sql"
	_ "embed"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// flatLists are the lists, counts and look-ups of pages. What each reads must not grow with the register, and plan is the index that its
// first statement reads (empty: any, but none that reads a table through).
var flatLists = []struct {
	name, plan string
	rows       func(tx *Tx) error
}{
	{"cases", "cases_found", listCases(CaseFilter{}, flatPage)},
	{"cases, second page", "cases_found", func(tx *Tx) error {
		_, next, err := tx.Cases(CaseFilter{}, flatPage)
		return cmp.Or(err, listCases(CaseFilter{}, Page{Limit: 50, Cursor: next})(tx))
	}},
	{"cases by id", "", listCases(CaseFilter{}, Page{Limit: 50, ByID: true})},
	{"cases of a district", "cases_district", listCases(CaseFilter{DistrictCode: "440785"}, flatPage)},
	{"cases of a stage", "cases_stage", listCases(CaseFilter{Stage: string(registry.StageDecided)}, flatPage)},
	{"cases of an origin", "cases_origin", listCases(CaseFilter{Origin: string(registry.OriginField)}, flatPage)},
	{"cases on the way", "cases_on_the_way", listCases(CaseFilter{OnTheWay: true}, flatPage)},
	{"cases of a common type", "SEARCH ct USING PRIMARY KEY (type_code=?)", listCases(CaseFilter{TypeCode: "COMMON"}, flatPage)},
	{"cases of a rare type", "SEARCH ct USING PRIMARY KEY (type_code=?)", listCases(CaseFilter{TypeCode: "RARE"}, flatPage)},
	{"cases of no type", "SEARCH ct USING PRIMARY KEY (type_code=?)", listCases(CaseFilter{TypeCode: "NONE"}, flatPage)},
	{"cases of a type by id", "case_types", listCases(CaseFilter{TypeCode: "COMMON"}, Page{Limit: 50, ByID: true})},
	{"cases of a farm", "cases_farm", listCases(CaseFilter{FarmID: 9}, flatPage)},
	{"cases of a party", "case_parties_party", listCases(CaseFilter{PartyID: 9}, flatPage)},
	{"cases of a campaign", "cases_campaign", listCases(CaseFilter{CampaignID: 1}, flatPage)},
	{"cases with a common word", "", listCases(CaseFilter{Q: "渗坑"}, flatPage)},
	{"cases with no such word", "", listCases(CaseFilter{Q: "没有这个词"}, flatPage)},
	{"count of cases", "", countCases(CaseFilter{})},
	{"count of a district", "cases_district", countCases(CaseFilter{DistrictCode: "440785"})},
	{"count of a common type", "case_types", countCases(CaseFilter{TypeCode: "COMMON"})},
	{"count of a rare type", "case_types", countCases(CaseFilter{TypeCode: "RARE"})},
	{"count of a party", "case_parties_party", countCases(CaseFilter{PartyID: 9})},
	{"count of a common word", "", countCases(CaseFilter{Q: "渗坑"})},
	{"batch of an export", "", func(tx *Tx) error { _, err := tx.CaseIDs(CaseFilter{}, 100, 50); return err }},
	{"batch of an export of a type", "case_types", func(tx *Tx) error { _, err := tx.CaseIDs(CaseFilter{TypeCode: "COMMON"}, 100, 50); return err }},
	{"cases whose due day may change", "cases_open", func(tx *Tx) error { _, err := tx.openCaseIDs(0, 50); return err }},
	{"inspections", "inspections_started", listInspections(InspectionFilter{})},
	{"inspections of a district", "inspections_district", listInspections(InspectionFilter{DistrictCode: "440785"})},
	{"inspections of a farm", "inspections_farm", listInspections(InspectionFilter{FarmID: 9})},
	{"inspections without a case", "inspections_uncased", listInspections(InspectionFilter{NoCase: true, Result: registry.ViolationFound})},
	{"drafts", "inspections_drafts", listInspections(InspectionFilter{State: registry.InspectionDraft})},
	{"inspections with a common word", "", listInspections(InspectionFilter{Q: "渗坑"})},
	{"count of inspections", "", func(tx *Tx) error { _, _, err := tx.CountInspections(InspectionFilter{}); return err }},
	{"farms", "", listFarms(FarmFilter{})},
	{"farms of a district", "farms_district", listFarms(FarmFilter{DistrictCode: "440785"})},
	{"farms of a species", "farms_species", listFarms(FarmFilter{Species: "蛋鸡"})},
	{"count of farms", "", func(tx *Tx) error { _, _, err := tx.CountFarms(FarmFilter{}); return err }},
	{"parties", "", func(tx *Tx) error { _, _, err := tx.Parties(PartyFilter{}, flatPage); return err }},
	{"due", "cases_due", func(tx *Tx) error { _, _, err := tx.DueCases(DueFilter{}, flatPage); return err }},
	{"due in a unit", "cases_due_organ", func(tx *Tx) error { _, _, err := tx.DueCases(DueFilter{OrganID: 1}, flatPage); return err }},
	{"counts of the desk", "tallies", func(tx *Tx) error {
		_, err := tx.CountByDistrict(registry.DefaultBureau().Districts)
		return err
	}},
	{"a party like another", "", func(tx *Tx) error {
		_, err := tx.SimilarParties(&registry.Party{ID: 1, Name: "恩平养殖公司9", CreditCode: "C9", IDNumber: "N9"})
		return err
	}},
	{"parties that may be one", "party_keys_twins", func(tx *Tx) error { _, _, err := tx.PartyTwins(flatPage); return err }},
	{"a farm like another", "", func(tx *Tx) error {
		_, err := tx.SameFarms(&registry.Farm{ID: 1, Name: "恩平猪场9", DistrictCode: "440785"})
		return err
	}},
	{"a case's file", "", func(tx *Tx) error { _, err := tx.CaseFile(1); return err }},
	{"cases related to one", "", func(tx *Tx) error {
		_, _, err := tx.RelatedCases(&registry.Case{ID: 9, FarmID: 9}, 20)
		return err
	}},
	{"units of a farm's cases", "", func(tx *Tx) error { _, err := tx.PartiesOfFarm(9, 20); return err }},
	{"documents of a farm", "", func(tx *Tx) error { _, err := tx.DocumentsOfFarm(9, 20); return err }},
}

var flatPage = Page{Limit: 50}

func listCases(f CaseFilter, p Page) func(tx *Tx) error {
	return func(tx *Tx) error { _, _, err := tx.Cases(f, p); return err }
}

func countCases(f CaseFilter) func(tx *Tx) error {
	return func(tx *Tx) error { _, _, err := tx.CountCases(f); return err }
}

func listInspections(f InspectionFilter) func(tx *Tx) error {
	return func(tx *Tx) error { _, _, err := tx.Inspections(f, flatPage); return err }
}

func listFarms(f FarmFilter) func(tx *Tx) error {
	return func(tx *Tx) error { _, _, err := tx.Farms(f, flatPage); return err }
}

// statistics are those of a register of 10,000 synthetic cases, as ANALYZE left them: table, index, figures.
//
//go:embed testdata/statistics.txt
var statistics string

// plantStatistics has the planner believe that the register is a large one.
func plantStatistics(t *testing.T, dir string) {
	t.Helper()
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // a test's
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := raw.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec("ANALYZE")
	exec("DELETE FROM sqlite_stat1")
	for line := range strings.Lines(statistics) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if f[1] == "-" {
			exec("INSERT INTO sqlite_stat1 (tbl, stat) VALUES ($1, $2)", f[0], f[2])
		} else {
			exec("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", f[0], f[1], f[2])
		}
	}
}

var (
	// readsThrough are the steps of a plan that read a large table: those of lists with bounds of their own are named in mayRead.
	readsThrough = regexp.MustCompile(`^SCAN (x|c|v|i|p|farms|inspections|cases|parties|documents|violations|penalties|samples|evidence|case_\w+|search_texts|st)\b`)
	inOrder      = regexp.MustCompile(` USING (COVERING )?INDEX (cases_found|cases_on_the_way|inspections_started|inspections_drafts|inspections_uncased|cases_due|cases_district_stage|cases_voided)$`)
)

// mayRead says which lists go through a table by its id, or a covering index, until their page or their count is full.
var mayRead = map[string]bool{"cases by id": true, "farms": true, "parties": true, "count of cases": true, "count of inspections": true, "count of farms": true, "batch of an export": true}

// maySort are lists of the few rows that a farm, a party or a case has, sorted once found.
var maySort = map[string]bool{"cases of a farm": true, "cases of a party": true, "cases related to one": true, "units of a farm's cases": true, "documents of a farm": true, "a case's file": true,
	"a party like another": true}

// TestFlatPlans pins how each list is read, also where the planner knows nothing of the register's size.
func TestFlatPlans(t *testing.T) {
	enginetest.OnlySQLite(t, "SQLite's plans")
	for _, known := range []bool{false, true} {
		dir := t.TempDir()
		if known {
			if err := open(t, dir, Options{}).Close(); err != nil {
				t.Fatal(err)
			}
			plantStatistics(t, dir)
		}
		var traced []string
		db := open(t, dir, Options{Trace: func(q string) { traced = append(traced, q) }})
		newSide(t, db, "恩平", "440785")
		for _, l := range flatLists {
			read(t, db, func(tx *Tx) error {
				traced = nil
				if err := l.rows(tx); err != nil && registry.KindOf(err) != registry.KindNotFound {
					return fmt.Errorf("%s: %w", l.name, err)
				}
				for n, q := range slices.Clone(traced) {
					plan := planOf(t, tx, q)
					tell := func(what string) {
						t.Errorf("%s, statistics %v, %s:\n%s\n%s", l.name, known, what, plan, q)
					}
					if n == 0 && !strings.Contains(plan, l.plan) {
						tell("does not read " + l.plan)
					}
					if strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && n == 0 && !maySort[l.name] {
						tell("sorts")
					}
					for step := range strings.Lines(plan) {
						if step = strings.TrimSpace(step); readsThrough.MatchString(step) && !inOrder.MatchString(step) && !mayRead[l.name] {
							tell("reads a table through")
						}
					}
				}
				return nil
			})
		}
	}
}

// grow copies the first record of each noun until there are n: farms, parties and inspections of their own, cases of 50 types and all stages.
func grow(t *testing.T, db *DB, n int) {
	t.Helper()
	day := "date('2020-01-01', '+' || (s.n * 7 % 2000) || ' days')"
	write(t, db, func(tx *Tx) error {
		for _, c := range []struct {
			table, where string
			set          map[string]string
		}{
			{"parties", "id = 1", map[string]string{"id": "s.n", "name": "o.name || s.n", "name_key": "o.name_key || s.n", "credit_code": "'C' || s.n", "id_number": "'N' || s.n"}},
			{"farms", "id = 1", map[string]string{"id": "s.n", "name": "o.name || s.n", "name_key": "o.name_key || s.n", "operator_id": "s.n", "main_species": "CASE s.n % 5 WHEN 0 THEN '蛋鸡' ELSE '生猪' END",
				"district_code": "'44078' || (1 + s.n % 5)"}},
			{"inspections", "id = 1", map[string]string{"id": "s.n", "farm_id": "s.n", "party_id": "s.n", "started_on": day, "started_on_latest": day, "cased": "s.n % 3 > 0", "district_code": "'44078' || (1 + s.n % 5)"}},
			{"cases", "id = 1", map[string]string{"id": "s.n", "farm_id": "s.n", "title": "o.title || s.n", "found_on": day, "found_on_latest": day, "stage": "CASE s.n % 3 WHEN 0 THEN '已处罚' WHEN 1 THEN '已结案' ELSE '已立案' END",
				"on_the_way": "s.n % 3 = 2", "district_code": "'44078' || (1 + s.n % 5)", "branch": "'44078' || (1 + s.n % 5)", "due_on": "CASE s.n % 3 WHEN 1 THEN '' ELSE " + day + " END", "handling_organ_id": "1"}},
			{"case_parties", "case_id = 1", map[string]string{"case_id": "s.n", "party_id": "s.n"}},
			{"case_inspections", "case_id = 1", map[string]string{"case_id": "s.n", "inspection_id": "s.n"}},
			{"violations", "id = 1", map[string]string{"id": "s.n", "case_id": "s.n", "type_code": "CASE WHEN s.n % 2 = 0 THEN 'COMMON' WHEN s.n = 101 THEN 'RARE' ELSE 'T' || (s.n % 50) END"}},
			{"documents", "id = 1", map[string]string{"id": "s.n", "case_id": "s.n", "kind": "CASE s.n % 4 WHEN 0 THEN '撤销处罚' ELSE o.kind END"}},
			{"penalties", "id = 1", map[string]string{"id": "s.n", "case_id": "s.n"}},
		} {
			columns, values := []string{}, []string{}
			if err := tx.each(func(rows *sql.Rows) error {
				var name string
				err := rows.Scan(&name)
				columns = append(columns, name)
				values = append(values, cmp.Or(c.set[name], map[string]string{"client_uid": "NULL", "number": "''"}[name], "o."+name))
				return err
			}, "SELECT name FROM pragma_table_info('"+c.table+"')"); err != nil {
				return err
			}
			key := "id"
			if !slices.Contains(columns, "id") {
				key = "case_id"
			}
			q := "WITH RECURSIVE s (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < $1) INSERT INTO " + c.table + " (" + strings.Join(columns, ", ") + ") SELECT " + strings.Join(values, ", ") +
				" FROM s, " + c.table + " o WHERE o." + c.where + " AND s.n > (SELECT MAX(" + key + ") FROM " + c.table + ")"
			if _, err := tx.exec(q, n); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		for entity, table := range map[string]string{"case": "search_cases", "inspection": "search_inspections"} {
			for _, q := range []string{
				"INSERT INTO " + table + " (rowid, pairs) SELECT id, '渗坑 坑案 养殖' FROM " + entity + "s WHERE id NOT IN (SELECT entity_id FROM search_texts WHERE entity = '" + entity + "')",
				"INSERT INTO search_texts (entity, entity_id, text, codes, guarded) SELECT '" + entity + "', id, '渗坑案 养殖', '', '' FROM " + entity + "s WHERE id NOT IN (SELECT entity_id FROM search_texts WHERE entity = '" + entity + "')",
			} {
				if _, err := tx.exec(q); err != nil {
					return fmt.Errorf("%s: %w", q, err)
				}
			}
		}
		return nil
	})
}

// pagesRead is how many pages of the file (4 kB) a list looks at, whether they were in memory or not.
func pagesRead(t *testing.T, tx *Tx, rows func(tx *Tx) error) int {
	t.Helper()
	sum := func() (n int) {
		if err := tx.conn.Raw(func(c any) error {
			for _, op := range []sqlite.DBStatusOp{sqlite.DBStatusCacheHit, sqlite.DBStatusCacheMiss} {
				v, _, err := c.(sqlite.DBStatus).Status(op, false)
				if err != nil {
					return err
				}
				n += v
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := rows(tx); err != nil { // statements are prepared
		t.Fatal(err)
	}
	before := sum()
	if err := rows(tx); err != nil {
		t.Fatal(err)
	}
	return sum() - before
}

// TestFlat: ten times the register is read as much, within what one more level of each index adds, and rows that lie further apart. Whatever reads rows one after the other that
// the page does not show reads ten times as much.
func TestFlat(t *testing.T) {
	enginetest.OnlySQLite(t, "pages read by SQLite")
	db := open(t, t.TempDir(), Options{})
	newSide(t, db, "恩平", "440785")
	measure := func(n int) (pages []int) {
		grow(t, db, n)
		if _, err := db.analyse(t.Context()); err != nil {
			t.Fatal(err)
		}
		read(t, db, func(tx *Tx) error {
			for _, l := range flatLists {
				pages = append(pages, pagesRead(t, tx, l.rows))
			}
			return nil
		})
		return pages
	}
	// The smaller one fills every page and every count, so that nothing grows because there is more to show.
	small := measure(2200)
	large := measure(22000)
	for i, l := range flatLists {
		if limit := small[i]*5/2 + 20; large[i] > limit {
			t.Errorf("%s: %d pages of 2,200 cases, %d of 22,000, want at most %d", l.name, small[i], large[i], limit)
		}
		t.Logf("%-32s %5d %5d", l.name, small[i], large[i])
	}
}
