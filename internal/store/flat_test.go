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
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// flatLists are the lists of every filter (flat_filter_test.go) and what else pages look up.
var flatLists = append(filteredLists(), []flatList{
	{"cases by id", "", listCases(CaseFilter{}, Page{Limit: 50, ByID: true})},
	{"cases, the oldest finding first", "cases_found", listCases(CaseFilter{}, Page{Limit: 50, Up: true})},
	{"cases of a district, the oldest finding first", "cases_district", listCases(CaseFilter{DistrictCode: "440785"}, Page{Limit: 50, Up: true})},
	{"cases of a stage, the oldest finding first", "cases_stage", listCases(CaseFilter{Stage: string(registry.StageDecided)}, Page{Limit: 50, Up: true})},
	{"cases of a type, the oldest finding first", "SEARCH ct USING PRIMARY KEY (type_code=?", listCases(CaseFilter{TypeCode: "COMMON"}, Page{Limit: 50, Up: true})},
	{"cases of a span, the oldest decision first", "SEARCH cd USING PRIMARY KEY (basis=?", listCases(CaseFilter{By: registry.BasisDecided, From: registry.Month(2022, 3), To: registry.Month(2022, 12)}, Page{Limit: 50, Up: true})},
	{"cases by id, the first first", "", listCases(CaseFilter{}, Page{Limit: 50, ByID: true, Up: true})},
	{"cases of words, the first first", "", listCases(CaseFilter{Q: "渗坑"}, Page{Limit: 50, Up: true})},
	{"inspections, the oldest first", "inspections_started", func(tx *Tx) error {
		_, _, err := tx.Inspections(InspectionFilter{}, Page{Limit: 50, Up: true})
		return err
	}},
	{"inspections of a district, the oldest first", "inspections_district", func(tx *Tx) error {
		_, _, err := tx.Inspections(InspectionFilter{DistrictCode: "440785"}, Page{Limit: 50, Up: true})
		return err
	}},
	{"inspections by id", "", func(tx *Tx) error {
		_, _, err := tx.Inspections(InspectionFilter{}, Page{Limit: 50, ByID: true})
		return err
	}},
	{"farms all, the first first", "", func(tx *Tx) error { _, _, err := tx.Farms(FarmFilter{}, Page{Limit: 50, Up: true}); return err }},
	{"parties all, the first first", "", func(tx *Tx) error { _, _, err := tx.Parties(PartyFilter{}, Page{Limit: 50, Up: true}); return err }},
	{"cases of a type by id", "case_types", listCases(CaseFilter{TypeCode: "COMMON"}, Page{Limit: 50, ByID: true})},
	{"batch of an export", "", func(tx *Tx) error { _, err := tx.CaseIDs(CaseFilter{}, 100, 50); return err }},
	{"batch of an export of a type", "case_types", func(tx *Tx) error { _, err := tx.CaseIDs(CaseFilter{TypeCode: "COMMON"}, 100, 50); return err }},
	{"an export in the list's order", "", func(tx *Tx) error { _, _, err := tx.ListedCases(CaseFilter{}, flatPage); return err }},
	{"an export of a type in the list's order", "", func(tx *Tx) error {
		_, _, err := tx.ListedCases(CaseFilter{TypeCode: "COMMON"}, Page{Limit: 50})
		return err
	}},
	{"forms of export of a person", "export_profiles_owner", func(tx *Tx) error { _, err := tx.ExportProfiles(1); return err }},
	{"views of a list", "list_views_owner", func(tx *Tx) error { _, err := tx.ViewsOf(1, "cases"); return err }},
	{"columns of a list", "sqlite_autoindex_list_columns_1", func(tx *Tx) error { _, err := tx.ColumnsOf(1, "cases"); return err }},
	{"signed papers of a record", "signed_papers_of", func(tx *Tx) error { _, err := tx.SignedPapersOf("document", 1); return err }},
	{"signed papers of a case", "signed_papers_case", func(tx *Tx) error { _, err := tx.SignedPapersOn(1, 0); return err }},
	{"signed papers of an inspection", "signed_papers_inspection", func(tx *Tx) error { _, err := tx.SignedPapersOn(0, 1); return err }},
	{"interrogations of a case", "interrogations_case", func(tx *Tx) error { _, err := tx.InterrogationsOfCase(1); return err }},
	{"interrogations of an inspection", "interrogations_inspection", func(tx *Tx) error { _, err := tx.InterrogationsOfInspection(1); return err }},
	{"a form of export by name", "export_profiles_owner", func(tx *Tx) error { _, _, err := tx.ExportProfileNamed(1, "甲"); return err }},
	{"cases whose due day may change", "", func(tx *Tx) error { _, err := tx.openCaseIDs(0, 50); return err }},
	{"counts of the desk", "tallies", func(tx *Tx) error {
		_, err := tx.CountByDistrict(registry.DefaultBureau().Districts)
		return err
	}},
	{"a party like another", "", func(tx *Tx) error {
		_, err := tx.SimilarParties(&registry.Party{ID: 1, Name: "恩平养殖公司9", CreditCode: "C9", IDNumber: "N9"})
		return err
	}},
	{"parties of a code", "", func(tx *Tx) error {
		_, err := tx.SameCodes(&registry.Party{ID: 1, CreditCode: "C9", IDNumber: "N9"})
		return err
	}},
	{"parties that may be one", "party_keys_twins", func(tx *Tx) error { _, _, err := tx.PartyTwins(flatPage); return err }},
	{"farms of one name", "farm_keys_twins", func(tx *Tx) error { _, _, err := tx.FarmTwins(SameFarmName, flatPage); return err }},
	{"farms of one permit", "farm_keys_twins", func(tx *Tx) error { _, _, err := tx.FarmTwins(SameFarmPermit, flatPage); return err }},
	{"farms side by side", "farms_place", func(tx *Tx) error { _, _, err := tx.FarmTwins(SameFarmPlace, flatPage); return err }},
	{"a farm like another", "", func(tx *Tx) error {
		lat, lng := 22.5, 112.5
		_, err := tx.SameFarms(&registry.Farm{ID: 1, Name: "恩平猪场9", DistrictCode: "440785", Permit: registry.Approval{Number: "P9"}, Place: registry.Place{Longitude: &lng, Latitude: &lat}})
		return err
	}},
	{"a case's file", "", func(tx *Tx) error { _, err := tx.CaseFile(1); return err }},
	{"clocks of a week", "", func(tx *Tx) error { _, err := tx.ClockFiles([]registry.CaseID{3, 6, 9}); return err }},
	{"cases related to one", "", func(tx *Tx) error {
		_, _, err := tx.RelatedCases(&registry.Case{ID: 9, FarmID: 9}, 20)
		return err
	}},
	{"units of a farm's cases", "", func(tx *Tx) error { _, err := tx.PartiesOfFarm(9, 20); return err }},
	{"documents of a farm", "", func(tx *Tx) error { _, err := tx.DocumentsOfFarm(9, 20); return err }},
	{"what counts in a month", "day_tallies", func(tx *Tx) error {
		_, err := tx.Tally(registry.BasisDecided, registry.Month(2022, 3), registry.Month(2022, 3))
		return err
	}},
	{"closing of a month", "month_closings_month", func(tx *Tx) error { _, _, err := tx.Closing(registry.Month(2022, 3)); return err }},
	{"what was recorded since", "audit_head", func(tx *Tx) error {
		seq, _, err := tx.AuditHead()
		if err == nil {
			_, err = tx.WrittenSince(seq-20, "case")
		}
		return err
	}},
	{"the last entry of a day", "audit_days", func(tx *Tx) error {
		_, _, err := tx.PositionOn(registry.Day(2026, 11, 1), registry.Day(2026, 11, 22))
		return err
	}},
	{"a case as it was", "", func(tx *Tx) error {
		p, err := tx.AsOf(1)
		if err == nil {
			_, err = p.CaseFiles([]registry.CaseID{3, 6, 9})
		}
		return err
	}},
	{"history of a case", "revisions_on_case", func(tx *Tx) error { _, err := tx.CaseHistory(9, 50); return err }},
	{"history of an inspection", "revisions_on_inspection", func(tx *Tx) error { _, err := tx.InspectionHistory(9, 50); return err }},
	{"history of a record", "revisions_of", func(tx *Tx) error { _, err := tx.Revisions("farm", 9); return err }},
	{"what entries changed", "r USING INTEGER PRIMARY KEY", func(tx *Tx) error { _, err := tx.RevisionsAt([]int64{7, 8, 9}); return err }},
	{"words of the log", "audit_log_of", func(tx *Tx) error { _, _, err := tx.AuditWords(); return err }},
	{"a record by its number", "cases_number", func(tx *Tx) error { _, _, err := tx.RecordNumbered("none"); return err }},
	{"who made a record", "revisions_of", func(tx *Tx) error { _, err := tx.FirstActor("farm", 9); return err }},
	{"an account by its session", "", func(tx *Tx) error { _, _, err := tx.SignedInBy("none"); return err }},
	{"the newest record", "", func(tx *Tx) error { _, err := tx.NewestRecord(); return err }},
	{"exports", "exports_begun", func(tx *Tx) error { _, _, err := tx.Exports(ExportFilter{}, flatPage); return err }},
	{"exports of a month", "exports_begun", func(tx *Tx) error {
		_, _, err := tx.Exports(ExportFilter{Day: registry.Month(2024, 3)}, flatPage)
		return err
	}},
	{"exports of a person", "exports_actor", func(tx *Tx) error { _, _, err := tx.Exports(ExportFilter{Actor: "liu"}, flatPage); return err }},
	{"exports of a file", "exports_sha256", func(tx *Tx) error { _, err := tx.ExportsOfFile("00", 20); return err }},
	{"attachments of a file", "attachments_sha256", func(tx *Tx) error { _, err := tx.AttachmentsOfFile("00", 20); return err }},
	{"the signed head before an entry", "audit_heads_seq", func(tx *Tx) error { _, err := tx.HeadBefore(9); return err }},
	{"the signed head of a day", "audit_heads_created", func(tx *Tx) error { _, err := tx.HeadAt(testTime); return err }},
	{"the first head of a key", "audit_heads_key", func(tx *Tx) error { _, err := tx.HeadOfKey("00"); return err }},
	{"signed heads", "", func(tx *Tx) error { _, err := tx.Heads(1<<62, 50); return err }},
	{"a kind that is used", "documents_added", func(tx *Tx) error { _, err := tx.KindUsed("约谈"); return err }},
	{"cases decided", "documents_decided", func(tx *Tx) error { _, _, err := tx.DecidedCases(DecidedFilter{}, flatPage); return err }},
	{"cases decided in a month", "documents_decided", func(tx *Tx) error {
		_, _, err := tx.DecidedCases(DecidedFilter{Month: registry.Month(2022, 3)}, flatPage)
		return err
	}},
	{"unsaved text of a bulletin", "bulletin_unsaved", func(tx *Tx) error {
		if _, err := tx.UnsavedOf(1, 9); registry.KindOf(err) != registry.KindNotFound {
			return err
		}
		return nil
	}},
	{"forms that a person typed into", "sqlite_autoindex_form_drafts_1", func(tx *Tx) error { _, err := tx.FormDraftsOf(1, 8); return err }},
	{"what is typed into a form", "sqlite_autoindex_form_drafts_1", func(tx *Tx) error {
		if _, err := tx.FormDraftOf(1, "/inspections/9/edit"); registry.KindOf(err) != registry.KindNotFound {
			return err
		}
		return nil
	}},
	{"farms for a phone", "", func(tx *Tx) error { _, err := tx.FieldFarms("", flatPage.Limit); return err }},
	{"farms of a district for a phone", "farms_district", func(tx *Tx) error { _, err := tx.FieldFarms("440785", flatPage.Limit); return err }},
	{"bulletins on the public site", "bulletins_published", func(tx *Tx) error { _, _, err := tx.PublicBulletins(flatPage); return err }},
	{"public bulletins of a district", "PRIMARY KEY", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{District: "440785"}, flatPage); return err }},
	{"public bulletins of all kinds", "public_terms", func(tx *Tx) error {
		_, _, err := tx.FindPublic(PublicFilter{District: "440785", Species: "生猪", Violation: "COMMON", Law: "L", Q: "偷排"}, flatPage)
		return err
	}},
	{"public bulletins with words", "public_terms", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{Q: "偷排"}, flatPage); return err }},
	{"public bulletins with a character", "public_terms", func(tx *Tx) error { _, _, err := tx.FindPublic(PublicFilter{Q: "偷"}, flatPage); return err }},
	{"what public bulletins are found under", "public_facet_counts", func(tx *Tx) error { _, err := tx.PublicFacets(); return err }},
	{"what one public bulletin is found under", "public_facets_bulletin", func(tx *Tx) error { _, err := tx.FacetsOf(9); return err }},
	{"a bulletin by its public address", "bulletins_slug", func(tx *Tx) error { _, err := tx.BulletinBySlug("none"); return err }},
	{"addresses on the public site", "bulletins_published", func(tx *Tx) error { _, err := tx.PublicAddresses(50); return err }},
	{"bulletins withdrawn from the public site", "bulletins_published", func(tx *Tx) error { _, err := tx.GoneBulletins(50); return err }},
	{"batches of a person", "ledger_batches_by", func(tx *Tx) error { _, err := tx.LedgerBatchesOf("none", 50); return err }},
	{"what rests on a document", "penalties_document", func(tx *Tx) error { _, err := tx.Resting("document", 1); return err }},
	{"the inspections of a farm on a day", "inspections_farm", func(tx *Tx) error { _, err := tx.InspectionsOn(1, registry.Day(2024, 6, 3)); return err }},
	{"what rests on a penalty", "payments_penalty", func(tx *Tx) error { _, err := tx.Resting("penalty", 1); return err }},
	{"a mapping by its name", "ledger_batches_mapping", func(tx *Tx) error { _, err := tx.LedgerMapping("none"); return err }},
	{"jobs of a person", "jobs_owner", func(tx *Tx) error { _, err := tx.JobsOf("none", registry.JobExport, 50); return err }},
	{"jobs of a kind", "jobs_kind", func(tx *Tx) error { _, err := tx.JobsOfKind(registry.JobVerify, 50); return err }},
	{"jobs that wait or run", "jobs_state", func(tx *Tx) error { _, err := tx.OpenJobs(); return err }},
	{"jobs that have expired", "jobs_expires", func(tx *Tx) error { _, err := tx.ExpiredJobs(time.UnixMilli(0), 50); return err }},
	{"reports of readers", "bulletin_reports_state", func(tx *Tx) error { _, _, err := tx.Reports(registry.ReportWaiting, flatPage); return err }},
	{"reports that wait", "bulletin_reports_state", func(tx *Tx) error { _, err := tx.WaitingReports(0, 500); return err }},
	{"reports that wait of a bulletin", "bulletin_reports_bulletin", func(tx *Tx) error { _, err := tx.WaitingReports(9, 20); return err }},
	{"corrections of a bulletin", "bulletins_corrects", func(tx *Tx) error { _, err := tx.CorrectionsOf(9); return err }},
	{"names that the guard knows", "guard_names_name", func(tx *Tx) error { _, err := tx.guardNamesAmong([]string{"绿源牧歌", "高坡金"}); return err }},
	{"names that came since", "PRIMARY KEY", func(tx *Tx) error { _, err := tx.guardNamesAfter(1 << 40); return err }},
	{"names of a party", "guard_names_of", func(tx *Tx) error { return tx.keepGuardNames("party", 9, nil) }},
	{"farms of a kind", "farms_alike", func(tx *Tx) error { _, err := tx.FarmsOfKind("440785", "生猪"); return err }},
	{"count of farms alike", "farms_alike", func(tx *Tx) error {
		_, err := tx.FarmsAlike("440785", "生猪", registry.HeadsTold{Low: 1000, High: 2000}, 3)
		return err
	}},
	{"statistics of two years and some months", "sqlite_autoindex_fact_cells_1", func(tx *Tx) error {
		_, err := tx.Facts(FactFilter{From: "2021-11", To: "2024-02"}, false)
		return err
	}},
	{"facts not added up", "case_facts_waiting", func(tx *Tx) error {
		return tx.waitingFacts(10, func(registry.CaseID, packedFact, packedFact) error { return nil })
	}},
	{"inspections of the months of a year", "PRIMARY KEY", func(tx *Tx) error { _, err := tx.CheckTallies(FactFilter{From: "2022-01", To: "2022-12"}); return err }},
	{"fines alike", "case_facts_alike", func(tx *Tx) error { _, _, err := tx.AlikeFines("COMMON||", "2020-01-01", "2025-12-31", ""); return err }},
	{"nearest fines", "case_facts_fine", func(tx *Tx) error { _, err := tx.NearestFines(9, "COMMON||", 500_000); return err }},
	{"cases of a week", "case_facts_last", func(tx *Tx) error { _, err := tx.CasesSince("2026-06-20"); return err }},
	{"inspections of a week", "inspections_started", func(tx *Tx) error {
		_, err := tx.ChecksBetween(registry.Day(2020, 1, 2), registry.Day(2020, 1, 2))
		return err
	}},
	{"count of parties with several cases", "", func(tx *Tx) error {
		_, err := tx.CountRepeats(Repeats{From: "2020-01", To: "2025-12"})
		return err
	}},
	{"parties with most cases", "PRIMARY KEY", func(tx *Tx) error {
		_, _, err := tx.Repeaters(Repeats{From: "2020-01", To: "2025-12"}, 20)
		return err
	}},
	{"bulletins with turned cases", "bulletin_cases_turned", func(tx *Tx) error { _, err := tx.TurnedBulletins(); return err }},
	{"zones", "", func(tx *Tx) error { _, err := tx.ZoneHeads(); return err }},
	{"visits to a farm in a year", "inspections_farm", func(tx *Tx) error { _, err := tx.FarmVisits(9, "2022", 0); return err }},
	{"draws", "", func(tx *Tx) error { _, _, err := tx.DrawList(flatPage); return err }},
	{"results of a draw", "draw_results_of", func(tx *Tx) error { _, err := tx.ResultsOf(9); return err }},
	{"results of draws", "draw_results_of", func(tx *Tx) error { _, err := tx.CountResults([]registry.DrawID{1, 2}); return err }},
	{"whether a drawn case has a result", "draw_results_of", func(tx *Tx) error { _, err := tx.HasResult(9, 9); return err }},
	{"population of a draw of a week", "documents_decided", func(tx *Tx) error {
		_, _, err := tx.Population(&registry.Draw{From: registry.Day(2022, 3, 1), To: registry.Day(2022, 3, 7)}, true)
		return err
	}},
	{"bulletins of the search box", "", func(tx *Tx) error { _, err := tx.FindBulletins("没有这个词", 5); return err }},
	{"bulletins", "bulletins_state", func(tx *Tx) error { _, _, err := tx.Bulletins(string(registry.BulletinDraft), flatPage); return err }},
}...)

var flatPage = Page{Limit: 50}

func listCases(f CaseFilter, p Page) func(tx *Tx) error {
	return func(tx *Tx) error { _, _, err := tx.Cases(f, p); return err }
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
	readsThrough = regexp.MustCompile(`^SCAN (x|c|v|i|p|a|w|audit_log|revisions|farms|inspections|cases|parties|documents|violations|penalties|samples|evidence|case_\w+|search_texts|st)\b`)
	inOrder      = regexp.MustCompile(` USING (COVERING )?INDEX (cases_found|cases_on_the_way|inspections_started|inspections_drafts|inspections_uncased|inspections_cased|cases_due|cases_voided|farms_place|case_facts_waiting)$`)
)

// mayRead says which lists go through a table by its id, or a covering index, until their page or their count is full.
var mayRead = regexp.MustCompile(`^(cases by id|inspections by id|batch of an export|cases whose due|farms (all|IncludeVoided=true)|parties |count of \w+ (IncludeVoided=true|NoSample=true|NoCase=true|State=)|bulletins)`)

// maySort are lists of the few rows that a farm, a party or a case has, sorted once found.
var maySort = regexp.MustCompile(`^((cases|count of cases) (FarmID|PartyID|IDs)|cases related|units of|documents of|a case's file|a party like|clocks of|log .*EntityID=|nearest fines|fines alike|count of parties with several|bulletins of the search box|forms that a person typed)`)

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
					if strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && n == 0 && !maySort.MatchString(l.name) {
						tell("sorts")
					}
					for step := range strings.Lines(plan) {
						if step = strings.TrimSpace(step); readsThrough.MatchString(step) && !inOrder.MatchString(step) && !mayRead.MatchString(l.name) {
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
// growFacts keeps facts of the cases that have none, those of 6,000 and of 36,000 alike in how many are not added up yet.
func growFacts(tx *Tx) error {
	fact := packFact(&registry.CaseFact{Months: [registry.CaseDates]string{"2022-03"}, District: "440785", Branch: "440785",
		Tallies: registry.Tallies{{Table: registry.TallyAll}: {Cases: 1}, {Table: registry.TallyType, Line: "COMMON"}: {Cases: 1, Items: 1}}})
	for line, some := range map[registry.CaseLine]string{"species|COMMON": "id % 2 = 0", "species|RARE": "id = 101", "clock|COMMON|late": "id % 3 = 0", "species|PAST": "found_on < '2024-03' OR id = 235"} {
		if _, err := tx.exec("INSERT INTO case_lines (line, month, case_id, dates) SELECT $1, substr(found_on, 1, 7), id, 5 FROM cases WHERE ("+some+") ON CONFLICT DO NOTHING", lineID(line)); err != nil {
			return err
		}
	}
	if _, err := tx.exec(`INSERT INTO case_facts (case_id, fact, counted, alike, decided_on, last_on, fine, `+monthColumns+`)
		SELECT id, $1, CASE WHEN id % 100 = 0 AND id < 5000 THEN x'' END, CASE id % 3 WHEN 0 THEN 'COMMON||' ELSE 'T' || (id % 50) END, found_on, CASE WHEN id % 500 = 0 AND id < 5000 THEN '2026-06-22' ELSE found_on END, 1000 * (id % 700), substr(found_on, 1, 7), '', CASE WHEN id % 300 = 0 AND id < 5000 THEN '' ELSE substr(found_on, 1, 7) END, CASE WHEN id % 4 = 0 THEN substr(found_on, 1, 7) ELSE '' END, ''
		FROM cases WHERE id NOT IN (SELECT case_id FROM case_facts)`, fact); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO party_repeats (party_id, area, month, case_id, prev, prev2) SELECT id, a.area, month, id, month - id % 24, 0
		FROM (SELECT id, 12 * CAST(substr(found_on, 1, 4) AS INTEGER) + CAST(substr(found_on, 6, 2) AS INTEGER) AS month FROM cases) AS c, (SELECT '' AS area UNION ALL SELECT 'd440785') AS a
		WHERE true ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	f := newFolding()
	one := packTallies(nil, registry.Tallies{{Table: registry.TallyAll}: {Cases: 1}})
	list, err := f.unpack(one)
	if err != nil {
		return err
	}
	for month := range 78 { // and the bodies of six years
		name := fmt.Sprintf("%d-%02d", 2020+month/12, 1+month%12)
		if month >= 72 {
			name = fmt.Sprint(2020 + month - 72)
		}
		for date := range registry.CaseDates {
			for area := range 12 {
				f.plus(cellKey{date, []string{"", "d", "b"}[min(area, 2)] + fmt.Sprint(area), name}, list, 1)
			}
		}
	}
	return f.keep(tx)
}

func grow(t *testing.T, db *DB, n int) {
	t.Helper()
	rare := func(n int, word, others string) string {
		return fmt.Sprintf("CASE s.n WHEN %d THEN '%s' ELSE %s END", n, word, others)
	}
	day := "date('2020-01-01', '+' || (s.n * 7 % 2000) || ' days')"
	write(t, db, func(tx *Tx) error {
		var officers int
		if err := tx.one([]any{&officers}, "SELECT COUNT(*) FROM officers"); err != nil {
			return err
		}
		if officers == 0 {
			if err := Officers.Insert(tx, &registry.Officer{Name: "王", CertNo: "X1"}, testTime); err != nil {
				return err
			}
			if _, err := tx.exec("INSERT INTO audit_words (id, word) VALUES (3, ''), (4, 'officer'), (5, 'rare'), (6, '导出')"); err != nil {
				return err
			}
			if _, err := tx.exec(`INSERT INTO audit_log (seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, hash)
				VALUES (1, 1793606400000, 4, 3, '', 1, 'case', 1, 1, '', NULL, x'00')`); err != nil {
				return err
			}
		}
		for _, c := range []struct {
			table, where string
			set          map[string]string
		}{
			{"officers", "id = 1", map[string]string{"id": "s.n", "name": "o.name || s.n", "cert_no": "'X' || s.n"}},
			{"parties", "id = 1", map[string]string{"id": "s.n", "name": "o.name || s.n", "name_key": "o.name_key || s.n", "credit_code": "'C' || s.n", "id_number": "'N' || s.n"}},
			{"farms", "id = 1", map[string]string{"id": "s.n", "name": "o.name || s.n", "name_key": "o.name_key || s.n", "operator_id": "s.n", "main_species": "CASE s.n % 7 WHEN 0 THEN '蛋鸡' ELSE '生猪' END",
				"district_code": "'44078' || (1 + s.n % 5)", "zone_relation": "CASE s.n WHEN 107 THEN '禁养区内' ELSE '适养区' END", "origin": rare(105, "导入", "o.origin"),
				"permit_number": "CASE s.n % 40 WHEN 0 THEN 'P' || (s.n / 80) ELSE '' END", "latitude": "20.0 + s.n * 0.0006", "longitude": "112.0 + s.n % 7"}},
			{"inspections", "id = 1", map[string]string{"id": "s.n", "farm_id": "s.n", "party_id": "s.n", "started_on": day, "started_on_latest": day, "cased": "s.n % 3 > 0", "district_code": "'44078' || (1 + s.n % 5)",
				"kind": "CASE WHEN s.n = 101 THEN '督办' WHEN s.n % 2 = 0 THEN '双随机' ELSE '日常检查' END", "result": rare(103, "待定", "o.result"), "origin": rare(105, "导入", "o.origin"),
				"state": "CASE s.n % 11 WHEN 0 THEN '草稿' ELSE o.state END"}},
			{"cases", "id = 1", map[string]string{"id": "s.n", "farm_id": "s.n", "title": "o.title || s.n", "found_on": day, "found_on_latest": day, "stage": "CASE WHEN s.n = 109 THEN '已撤销' WHEN s.n % 3 = 0 THEN '已处罚' WHEN s.n % 3 = 1 THEN '已结案' ELSE '已立案' END", "origin": rare(105, "导入", "o.origin"),
				"on_the_way": "s.n % 3 = 2", "district_code": "'44078' || (1 + s.n % 5)", "branch": "'44078' || (1 + s.n % 5)", "due_on": "CASE s.n % 3 WHEN 1 THEN '' ELSE " + day + " END", "handling_organ_id": "1"}},
			{"case_officers", "", map[string]string{"officer_id": "CASE s.n % 7 WHEN 0 THEN 2 ELSE 1 END", "due_on": "(SELECT c.due_on FROM cases c WHERE c.id = s.n)", "case_id": "s.n"}},
			{"officer_inspections", "", map[string]string{"officer_id": "CASE s.n % 7 WHEN 0 THEN 2 ELSE 1 END", "wait": "CASE s.n % 11 WHEN 0 THEN 'draft' ELSE 'case' END", "started_on": "(SELECT i.started_on FROM inspections i WHERE i.id = s.n)", "inspection_id": "s.n"}},
			{"audit_log", "seq = 1", map[string]string{"seq": "s.n", "at": "1793606400000 + s.n * 60000", "entity": rare(101, "organ", "'case'"), "entity_id": "s.n", "action": "CASE s.n WHEN 103 THEN 6 ELSE 1 END", "actor": "CASE s.n WHEN 105 THEN 5 ELSE 4 END"}},
			{"case_parties", "case_id = 1", map[string]string{"case_id": "s.n", "party_id": "s.n"}},
			{"case_inspections", "case_id = 1", map[string]string{"case_id": "s.n", "inspection_id": "s.n"}},
			{"violations", "id = 1", map[string]string{"id": "s.n", "case_id": "s.n", "type_code": "CASE WHEN s.n % 2 = 0 THEN 'COMMON' WHEN s.n = 101 THEN 'RARE' ELSE 'T' || (s.n % 50) END"}},
			{"documents", "id = 1", map[string]string{"id": "s.n", "case_id": "s.n", "made_on": day, "kind": "CASE s.n % 4 WHEN 0 THEN '撤销处罚' ELSE o.kind END"}},
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
			switch {
			case c.table == "audit_log":
				key = "seq"
			case c.table == "officer_inspections":
				key = "inspection_id"
			case !slices.Contains(columns, "id"):
				key = "case_id"
			}
			from := " FROM s, " + c.table + " o WHERE o." + c.where
			switch c.table {
			case "case_officers":
				from = " FROM s WHERE s.n % 3 <> 1" // cases with something due
			case "officer_inspections":
				from = " FROM s WHERE (s.n % 11 = 0 OR s.n % 3 = 0)" // drafts, and those without a case
			}
			q := "WITH RECURSIVE s (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM s WHERE n < $1) INSERT INTO " + c.table + " (" + strings.Join(columns, ", ") + ") SELECT " + strings.Join(values, ", ") +
				from + " AND s.n > (SELECT COALESCE(MAX(" + key + "), 1) FROM " + c.table + ")"
			if _, err := tx.exec(q, n); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		if _, err := tx.exec("INSERT INTO farm_years (farm_id, year, n) SELECT id, '2026', 1 FROM farms WHERE id > 300 ON CONFLICT DO NOTHING"); err != nil { // those registered last were all inspected
			return err
		}
		if err := growFacts(tx); err != nil {
			return err
		}
		if _, err := tx.exec("UPDATE audit_head SET seq = (SELECT MAX(seq) FROM audit_log)"); err != nil {
			return err
		}
		if _, err := tx.exec(`INSERT INTO case_days (basis, day, latest, case_id, n, amount_fen, known, unknown)
			SELECT 'decided', found_on, found_on, id, 1, 100, 1, 0 FROM cases WHERE NOT EXISTS (SELECT 1 FROM case_days d WHERE d.case_id = cases.id AND d.basis = 'decided')`); err != nil {
			return err
		}
		for entity, table := range map[string]string{"case": "search_cases", "inspection": "search_inspections"} {
			for _, q := range []string{
				"INSERT INTO " + table + " (rowid, pairs) SELECT id, '渗坑 坑案 养殖' FROM " + entity + "s WHERE id NOT IN (SELECT entity_id FROM search_texts WHERE entity = '" + entity + "')",
				"INSERT INTO search_texts (entity, entity_id, text, codes, guarded) SELECT '" + entity + "', id, history_packed('search', '渗坑案 养殖'), '', '' FROM " + entity + "s WHERE id NOT IN (SELECT entity_id FROM search_texts WHERE entity = '" + entity + "')",
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
	sum := func() int {
		n, err := tx.conn.pagesRead()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	run := func() {
		if err := rows(tx); err != nil && registry.KindOf(err) != registry.KindNotFound {
			t.Fatal(err)
		}
	}
	run() // statements are prepared
	before := sum()
	run()
	return sum() - before
}

// TestFlat: six times the register is read as much, within what one more level of each index adds, and rows that lie further apart. Whatever reads rows one after the other that
// the page does not show reads six times as much.
func TestFlat(t *testing.T) {
	t.Parallel()
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
	small := measure(6000)
	large := measure(36000)
	for i, l := range flatLists {
		limit := small[i]*5/2 + 40                   // in a district a quarter of the smaller one does not quite fill a page
		if strings.HasPrefix(l.name, "population") { // which is read whole: a draw is from all of it
			limit = 8*small[i] + 40
		}
		if strings.HasPrefix(l.name, "count") { // which the smaller one need not fill: rows and where they lie, three counts on the desk
			limit = max(limit, 5*countLook/2)
			if strings.Contains(l.name, " By=") || strings.Contains(l.name, " Counted=") { // a row is a day, whether it is the case's last, the case, and its type
				limit = max(limit, 8*countLook)
			}
		}
		if large[i] > limit {
			t.Errorf("%s: %d pages of 6,000 cases, %d of 36,000, want at most %d", l.name, small[i], large[i], limit)
		}
		t.Logf("%-32s %5d %5d", l.name, small[i], large[i])
	}
}
