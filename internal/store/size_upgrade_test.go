package store

import (
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"modernc.org/sqlite"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("unpacked", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		body, err := unpacked(args[0])
		return string(body), err
	})
}

// toSchema34 takes a register back to how it kept its rows before schema 35: whole, each for itself.
var toSchema34 = func() []string {
	list := []string{
		`CREATE TABLE citations_of_owner (
  owner TEXT NOT NULL CHECK (owner IN ('violation', 'document')), owner_id INTEGER NOT NULL, seq INTEGER NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id),
  role TEXT NOT NULL, standing TEXT NOT NULL, law TEXT NOT NULL, law_id TEXT NOT NULL, version_id TEXT NOT NULL,
  article INTEGER NOT NULL, sub INTEGER NOT NULL, paragraph INTEGER NOT NULL, item INTEGER NOT NULL, subitem INTEGER NOT NULL,
  holding TEXT NOT NULL, text_hash TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (owner_id, owner, seq)
)`,
		`INSERT INTO citations_of_owner SELECT c.owner, c.owner_id, c.seq, c.case_id, c.role, c.standing, p.law, p.law_id, p.version_id, p.article, p.sub, p.paragraph, p.item, p.subitem,
  p.holding, p.text_hash, c.text, c.reason, c.note FROM citations c JOIN provisions p ON p.id = c.provision_id`,
		"DROP TABLE citations", "DROP TABLE provisions", "ALTER TABLE citations_of_owner RENAME TO citations", "CREATE INDEX citations_case ON citations(case_id, owner, owner_id, seq)",
		"UPDATE documents SET number_normalized = number WHERE number_normalized = ''",
	}
	for _, c := range []struct{ table, column, empty string }{
		{"farms", "facilities", "null"}, {"inspections", "officers", "null"}, {"inspections", "findings", ""}, {"inspections", "path", "null"}, {"cases", "summary", ""},
		{"violations", "facts", ""}, {"violations", "checklist", "null"},
	} {
		list = append(list, "ALTER TABLE "+c.table+" ADD COLUMN plain TEXT NOT NULL DEFAULT '"+c.empty+"'", "UPDATE "+c.table+" SET plain = unpacked("+c.column+") WHERE "+c.column+" IS NOT NULL",
			"ALTER TABLE "+c.table+" DROP COLUMN "+c.column, "ALTER TABLE "+c.table+" RENAME COLUMN plain TO "+c.column)
	}
	for table, dates := range datesOf {
		list = append(list, "UPDATE "+table+" SET updated_at = created_at WHERE updated_at = ''")
		for _, d := range dates {
			list = append(list, "UPDATE "+table+" SET "+d+"_latest = "+d+" WHERE "+d+"_latest = ''")
		}
	}
	list = append(list, "DROP INDEX farms_last_year", "DROP INDEX farms_last_year_district", "DROP TRIGGER farm_years_last_added", "DROP TRIGGER farm_years_last_deleted",
		"ALTER TABLE farms DROP COLUMN last_year") // of schema 62
	list = append(list, "DROP TABLE party_repeats", "DROP TABLE repeat_tallies",
		"DROP TRIGGER IF EXISTS inspections_year_added", "DROP TRIGGER IF EXISTS inspections_year_changed", "DROP TRIGGER IF EXISTS inspections_year_deleted", "DROP TRIGGER IF EXISTS farms_years_changed",
		"DROP TABLE farm_years", "DELETE FROM tallies WHERE noun = 'farm_year'") // of schema 59
	list = append(list, "DROP TABLE case_lines", "DROP INDEX inspections_cased")                                                                                        // of schema 55
	list = append(list, "DROP TABLE list_views", "DROP TABLE list_columns", "DROP TABLE officer_inspections")                                                           // of schema 56
	list = append(list, "DROP INDEX penalties_document", "DROP INDEX payments_penalty")                                                                                 // of schema 58
	list = append(list, "DROP TABLE zones", "DROP INDEX inspections_counted", "ALTER TABLE inspections DROP COLUMN uncounted", "ALTER TABLE bureau DROP COLUMN visits") // of schema 54
	list = append(list, "DROP TABLE interrogations", "DROP TABLE signed_papers", "DROP TABLE paper_wordings")                                                           // of schema 52
	list = append(list, "DROP TABLE form_drafts")                                                                                                                       // of schema 51
	for _, c := range []string{"present_gender", "present_id_number", "present_unit", "present_address", "recusal", "production", "procedures", "facilities", "signature", "refusal_reason", "witness"} {
		list = append(list, "ALTER TABLE inspections DROP COLUMN "+c)
	}
	for _, c := range []string{"made_time", "place", "subject"} {
		list = append(list, "ALTER TABLE evidence DROP COLUMN "+c)
	}
	list = append(list, "DROP INDEX bulletin_cases_turned", "ALTER TABLE bulletin_cases DROP COLUMN turned", "DROP TABLE public_terms", "ALTER TABLE bureau DROP COLUMN public_contact") // of schema 50
	list = append(list, "DROP TABLE ledger_batches")                                                                                                                                     // of schema 53
	list = append(list, "DROP TABLE jobs")                                                                                                                                               // of schema 49
	list = append(list, "DROP TABLE draw_results", "DROP TABLE draws", "DROP TABLE score_sheets")                                                                                        // of schema 48
	list = append(list, "DROP TRIGGER IF EXISTS inspections_month_added", "DROP TRIGGER IF EXISTS inspections_month_changed", "DROP TRIGGER IF EXISTS inspections_month_deleted",
		"DROP TABLE check_tallies", "DROP TABLE case_facts", "DROP TABLE fact_cells") // of schema 47
	list = append(list, "DROP TABLE audit_days", "DROP TABLE case_days", "DROP TABLE day_tallies", "DROP TABLE month_closings") // of schema 45
	list = append(list, "DROP TABLE public_facets", "DROP TABLE public_facet_counts", "DROP TABLE public_texts", "DROP TABLE bulletin_reports", "DROP INDEX bulletins_slug",
		"ALTER TABLE bulletins DROP COLUMN slug", "ALTER TABLE bulletins DROP COLUMN facets", "ALTER TABLE bureau DROP COLUMN public_site") // of schema 41
	list = append(list, "ALTER TABLE bulletins DROP COLUMN pictures") // of schema 42
	list = append(list, "DROP TABLE export_profiles")                 // of schema 46
	list = append(list, "DROP INDEX bulletins_state", "DROP INDEX bulletins_published", "DROP INDEX bulletins_corrects")
	for _, c := range []string{"design", "corrects_id", "correction_note", "writers", "opinions", "papers", "releases", "published_at", "withdrawn_at", "withdrawer_id", "number", "addressed_to", "copied_to"} {
		list = append(list, "ALTER TABLE bulletins DROP COLUMN "+c) // of schemas 36 and 39
	}
	list = append(list, "DROP TABLE exports", "DROP TABLE audit_heads")                                                                      // of schema 44
	list = append(list, "DROP TABLE guard_names", "ALTER TABLE bulletins DROP COLUMN answers", "ALTER TABLE bureau DROP COLUMN round_heads") // of schema 37
	list = append(list, "DROP TABLE bulletin_unsaved", "DROP INDEX documents_decided", "ALTER TABLE bulletins DROP COLUMN sections", "ALTER TABLE bulletin_cases DROP COLUMN meaning",
		"ALTER TABLE bulletin_cases DROP COLUMN drafted", "ALTER TABLE bureau DROP COLUMN bulletins") // of schema 40
	list = append(list, "ALTER TABLE bureau DROP COLUMN approval")                            // of schema 38
	list = append(list, "DROP INDEX farms_alike", "ALTER TABLE farms DROP COLUMN main_heads") // of schema 43
	return append(list, "DELETE FROM goose_db_version WHERE version_id >= 35")
}()

// datesOf are the tables of nouns, with their partial dates.
var datesOf = map[string][]string{
	"organs": nil, "officers": {"valid_from", "valid_to"}, "users": nil, "campaigns": nil, "parties": nil,
	"farms":       {"production_since", "eia_on", "eia_valid_to", "acceptance_on", "acceptance_valid_to", "permit_on", "permit_valid_to", "zone_plan_on", "zone_checked_on"},
	"inspections": {"started_on", "ended_on"}, "samples": {"sampled_on", "report_on", "told_on"}, "cases": {"found_on"}, "review_notes": nil, "evidence": {"made_on"},
	"violations": {"act_from", "act_to"}, "documents": {"made_on", "served_on", "due_on", "result_on", "excluded_from", "excluded_to"}, "penalties": {"pay_by"}, "payments": {"paid_on"},
	"bulletins": {"dated"}, "publications": {"published_on"}, "party_merges": nil, "farm_merges": nil, "document_kinds": nil, "bureau": nil, "bulletin_reports": nil, "month_closings": {"month"},
	"export_profiles": nil, "score_sheets": nil, "draws": {"decided_from", "decided_to"}, "draw_results": {"reviewed_on"},
	"list_views":     nil,
	"zones":          {"valid_from", "valid_to"},
	"interrogations": {"asked_on"}, "signed_papers": nil, "paper_wordings": nil,
}

// What a register of schema 34 holds is there after the upgrade, to the letter, and as short as if it were written today.
func TestUpgradeShortensTheRows(t *testing.T) {
	t.Parallel()
	enginetest.OnlySQLite(t, "registers of older schemas")
	dir := t.TempDir()
	db := open(t, dir, Options{})
	side := newSide(t, db, "恩平", "440785")
	article := registry.Citation{Role: registry.RoleBreached, Law: "水污染防治法", LawID: "water", VersionID: "2017", TextHash: "h"}
	article.Article, article.Paragraph = 39, 1
	typed := registry.Citation{Role: registry.RoleBasis, Law: "某市规定", Text: "第一条 不得偷排。", Reason: "目录未收", Note: "核对过"}
	var violation, changed registry.Violation
	var document registry.Document
	write(t, db, func(tx *Tx) error {
		side.inspection.Findings = "null"
		side.inspection.StartedOn, side.inspection.EndedOn = registry.Month(2024, 5), registry.Day(2024, 5, 31)
		side.farm.ProductionSince = registry.Year(2019)
		if err := Inspections.Update(tx, &side.inspection, testTime.AddDate(0, 0, 1)); err != nil {
			return err
		}
		if err := Farms.Update(tx, &side.farm, testTime.AddDate(0, 0, 1)); err != nil {
			return err
		}
		violation = registry.Violation{CaseID: side.cas.ID, Seq: 2, TypeCode: "WATER_EVASION", Facts: "将未经处理的养殖废水经软管排入鱼塘，再流入外环境。", ActFrom: registry.Year(2023), ActTo: registry.Day(2024, 1, 1),
			Citations: []registry.Citation{article, typed, article}}
		changed = registry.Violation{CaseID: side.cas.ID, Seq: 3, TypeCode: "WATER_EVASION", Citations: []registry.Citation{article}}
		document = registry.Document{CaseID: side.cas.ID, Seq: 9, Kind: registry.DocDecision, NumberTyped: "江恩环罚[2024]7号", Number: "江恩环罚〔2024〕7号", MadeOn: registry.Day(2024, 6, 1),
			Citations: []registry.Citation{typed}}
		for _, v := range []*registry.Violation{&violation, &changed} {
			if err := Violations.Insert(tx, v, testTime); err != nil {
				return err
			}
		}
		return Documents.Insert(tx, &document, testTime)
	})
	write(t, db, func(tx *Tx) error {
		changed.Citations = []registry.Citation{typed}
		return Violations.Update(tx, &changed, testTime.AddDate(0, 0, 1))
	})
	type rows struct {
		Farm                registry.Farm
		Inspection          registry.Inspection
		Case                registry.Case
		Violation, Changed  registry.Violation
		Document            registry.Document
		CitationsOfTheFile  [][]registry.Citation
		NumbersVerifiedWell bool
	}
	held := func(db *DB) (r rows) {
		t.Helper()
		read(t, db, func(tx *Tx) (err error) {
			for _, get := range []func() error{
				func() error { r.Farm, err = Farms.Get(tx, int64(side.farm.ID)); return err },
				func() error { r.Inspection, err = Inspections.Get(tx, int64(side.inspection.ID)); return err },
				func() error { r.Case, err = Cases.Get(tx, int64(side.cas.ID)); return err },
				func() error { r.Violation, err = Violations.Get(tx, int64(violation.ID)); return err },
				func() error { r.Changed, err = Violations.Get(tx, int64(changed.ID)); return err },
				func() error { r.Document, err = Documents.Get(tx, int64(document.ID)); return err },
			} {
				if err := get(); err != nil {
					return err
				}
			}
			f, err := tx.CaseFile(side.cas.ID)
			if err != nil {
				return err
			}
			for _, v := range f.Violations {
				r.CitationsOfTheFile = append(r.CitationsOfTheFile, v.Citations)
			}
			r.NumbersVerifiedWell = true
			return tx.verifyNumbers(func(string, ...any) { r.NumbersVerifiedWell = false })
		})
		return r
	}
	want := held(db)
	if !reflect.DeepEqual(want.Violation.Citations, violation.Citations) || want.Inspection.Findings != "null" || want.Document.Number == want.Document.NumberTyped || !want.NumbersVerifiedWell {
		t.Fatalf("before the upgrade: %+v", want)
	}
	mustDo(t, db.Close())
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	mustDo(t, err)
	for _, s := range toSchema34 {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
	count := func(query string) (n int) {
		t.Helper()
		mustDo(t, raw.QueryRow(query).Scan(&n))
		return n
	}
	if n := count("SELECT COUNT(*) FROM inspections WHERE typeof(findings) <> 'text' OR updated_at = '' OR started_on <> '' AND started_on_latest = ''"); n != 0 {
		t.Fatalf("%d inspections are not as schema 34 keeps them", n)
	}
	if n := count("SELECT COUNT(*) FROM citations WHERE law = '水污染防治法'"); n != 2 {
		t.Fatalf("%d citations, want 2", n)
	}
	mustDo(t, raw.Close())

	db = open(t, dir, Options{})
	if got := held(db); !reflect.DeepEqual(got, want) {
		t.Errorf("after the upgrade the register holds\n%+v\nwant\n%+v", got, want)
	}
	mustDo(t, db.Close())
	raw, err = sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	mustDo(t, err)
	defer raw.Close() //nolint:errcheck // of a test
	if n := count("SELECT COUNT(*) FROM provisions"); n != 2 {
		t.Errorf("%d provisions, want 2", n)
	}
	for table, dates := range datesOf {
		if n := count("SELECT COUNT(*) FROM " + table + " WHERE updated_at = created_at"); n != 0 {
			t.Errorf("%d rows of %s say twice when they were made", n, table)
		}
		for _, d := range dates {
			if n := count("SELECT COUNT(*) FROM " + table + " WHERE " + d + "_latest = " + d + " AND " + d + " <> ''"); n != 0 {
				t.Errorf("%d rows of %s say %s twice", n, table, d)
			}
		}
	}
	if n := count("SELECT COUNT(*) FROM violations WHERE typeof(facts) NOT IN ('blob', 'null')"); n != 0 {
		t.Errorf("%d violations are not packed", n)
	}
}

// Every noun and each of its partial dates is among those that the upgrade shortens; sheets that may not be changed stay as they are.
func TestUpgradeKnowsEveryDate(t *testing.T) {
	enginetest.OnlySQLite(t, "registers of older schemas")
	dir := t.TempDir()
	mustDo(t, open(t, dir, Options{}).Close())
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	mustDo(t, err)
	defer raw.Close() //nolint:errcheck // of a test
	var want []string
	for table, dates := range datesOf {
		want = append(want, table+".updated_at")
		for _, d := range dates {
			want = append(want, table+"."+d+"_latest")
		}
	}
	slices.Sort(want)
	rows, err := raw.Query(`SELECT t.name || '.' || c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' AND (c.name LIKE '%\_latest' ESCAPE '\' OR c.name = 'updated_at') AND t.name <> 'discretion_sheets' ORDER BY 1`)
	mustDo(t, err)
	defer rows.Close() //nolint:errcheck // Err tells
	var have []string
	for rows.Next() {
		var name string
		mustDo(t, rows.Scan(&name))
		have = append(have, name)
	}
	mustDo(t, rows.Err())
	if !slices.Equal(have, want) {
		t.Errorf("the register has\n%v, the upgrade knows\n%v", have, want)
	}
}
