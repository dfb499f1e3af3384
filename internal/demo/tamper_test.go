package demo

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store/enginetest"
)

// tampering is a register whose triggers are gone, as whoever writes to the file with another program would have it.
type tampering struct {
	*testing.T
	s   *casework.Service
	raw *sql.DB
	dir string
}

func newTampering(t *testing.T) tampering {
	s, db := loaded(t)
	if err := Synthesize(context.Background(), s, 12, 1, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.RefreshDue(context.Background()); err != nil { // as serve does: verify compares from then on
		t.Fatal(err)
	}
	ctx, admin := context.Background(), registry.CommandLine
	if _, _, err := s.AddAttachment(ctx, admin, "case", 1, "现场.txt", strings.NewReader("证据"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddKind(ctx, admin, &registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "督办销案", Stage: registry.StageClosed, Own: true, Numbers: true}}); err != nil {
		t.Fatal(err)
	}
	bureau := *s.Bureau()
	bureau.PublicSite = true
	if err := s.ChangeBureau(ctx, admin, &bureau); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CloseMonth(ctx, admin, &registry.MonthClosing{Month: registry.Month(2026, 9), Note: "已报"}); err != nil {
		t.Fatal(err)
	}
	farms := make([]registry.Farm, 2)
	for i := range farms {
		farms[i] = registry.Farm{Origin: registry.OriginSample, Name: fmt.Sprint("示例并场", i), DistrictCode: "440785"}
		if _, err := s.AddFarm(ctx, admin, &farms[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.MergeFarms(ctx, admin, &registry.FarmMerge{FarmID: farms[1].ID, IntoID: farms[0].ID, Merging: registry.Merging{Reason: "同一场"}}); err != nil {
		t.Fatal(err)
	}
	published, err := s.PublicAddresses(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ReportError(ctx, "192.0.2.1", published[0].Slug, &registry.BulletinReport{Words: "日期不对"}); err != nil {
		t.Fatal(err)
	}
	sheet := registry.ScoreSheet{Name: "示例评分表", Source: "示例", Items: []registry.ScoreItem{{Text: "编号", Points: 10}, {Text: "越权", Veto: true}}, Active: true}
	if _, err := s.AddScoreSheet(ctx, admin, &sheet); err != nil {
		t.Fatal(err)
	}
	organs, err := s.Organs(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	draw := registry.Draw{Title: "评查", From: registry.Month(2000, 1), To: registry.Month(2030, 12), Percent: 100, Seed: "7", SheetID: sheet.ID}
	if _, err := s.MakeDraw(ctx, admin, &draw); err != nil {
		t.Fatal(err)
	}
	of := registry.Draw{Title: "分局评查", From: registry.Month(2000, 1), To: registry.Month(2030, 12), Percent: 100, Seed: "7", OrganID: organs[1].ID}
	if _, err := s.MakeDraw(ctx, admin, &of); err != nil && registry.KindOf(err) != registry.KindInvalid {
		t.Fatal(err)
	}
	result := registry.DrawResult{DrawID: draw.ID, CaseID: draw.Cases[0].CaseID, Marks: []registry.DrawMark{{Item: 1, Points: 5, Reason: "缺"}}, Grade: "合格", Reviewer: "甲", ReviewedOn: registry.Day(2025, 1, 2)}
	if _, err := s.AddDrawResult(ctx, admin, &result); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FreezeBulletin(ctx, admin, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Ledger(ctx, admin, casework.Export{}, io.Discard, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
		if _, err := io.WriteString(w, "台账"); err != nil {
			return nil, err
		}
		return report.Summarize(l.Cases, l.Options)
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignHead(ctx, admin); err != nil {
		t.Fatal(err)
	}
	x := tampering{t, s, enginetest.Raw(t, db.Dir()), db.Dir()}
	x.raw.SetMaxOpenConns(1)
	x.exec("PRAGMA foreign_keys = 0")
	for _, name := range x.strings("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
		x.exec("DROP TRIGGER " + name)
	}
	return x
}

func (x tampering) exec(query string, args ...any) {
	x.Helper()
	if _, err := x.raw.Exec(query, args...); err != nil {
		x.Fatalf("%s: %v", query, err)
	}
}

func (x tampering) strings(query string, args ...any) (list []string) {
	x.Helper()
	rows, err := x.raw.Query(query, args...)
	if err != nil {
		x.Fatalf("%s: %v", query, err)
	}
	defer rows.Close() //nolint:errcheck // a test's
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			x.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		x.Fatal(err)
	}
	return list
}

// found are the defects that verify tells; an error of it is one.
func (x tampering) found() []string {
	r, err := x.s.Verify(context.Background(), registry.CommandLine)
	if err != nil {
		return append(r.Defects, "核验不能完成："+err.Error())
	}
	return r.Defects
}

// changed is another value of the same kind.
func changed(v any) any {
	switch v := v.(type) {
	case nil:
		return 1
	case int64:
		return v + 100003
	case float64:
		return v + 1
	case []byte:
		if len(v) == 0 {
			return []byte{1}
		}
		w := slices.Clone(v)
		w[len(w)-1] ^= 1
		return w
	case string:
		if v == "violation" {
			return "document"
		}
		if i := strings.LastIndexAny(v, "0123456789"); i >= 0 {
			return v[:i] + string('0'+(v[i]-'0'+1)%10) + v[i+1:]
		}
		if v == "null" {
			return "[1]"
		}
		return v + "甲"
	}
	if at, ok := v.(time.Time); ok { // the driver reads columns of this type so
		return at.Add(time.Hour)
	}
	panic(fmt.Sprintf("%T", v))
}

// notHeld are the columns whose change verify does not find, and why that is so. Whatever else it misses fails.
var notHeld = map[string]string{
	"goose_db_version.*":          "the schema's version: a program that finds another than its own does not open the register",
	"search_*":                    "derived: searching, not the record; made anew by raising searchForm",
	"settings.*":                  "marks of the program: demonstration, what due days were computed by",
	"attachments.idempotency_key": "what a repeated upload is known by: no record says it",
	"statute_texts.kept_at":       "when a text was kept: no record says it",
	"statute_texts.law":           "the catalogue's words beside a text, which is held by its hash",
	"statute_texts.version_name":  "as above",
	"statute_texts.provision":     "as above",
	"guard_names.id":              "up to where a server knows the names: no record says it",
	"sign_in_failures.*":          "what is throttled for an hour: no record",
	"sample_results.multiple":     "written for people who read the file with SQL; the program computes it",
	"documents.number_twin":       "which of two documents with one number is the later: told where there are two",
	"cases.number_twin":           "as above",
}

// unfilled are the tables without a row in this register: they are tried where they are filled (TestVerify of the store), or hold no record.
var unfilled = []string{"audit_leftovers", "bulletin_unsaved", "calendar_notices", "creations", "discretion_sheets", "export_profiles", "form_drafts", "jobs", "law_checks", "law_texts", "ledger_batches", "list_columns", "list_views", "officer_inspections", "party_merges", "sessions", "signed_papers", "users"}

func heldBack(table, column string) (string, bool) {
	for _, k := range []string{table + "." + column, table + ".*", strings.SplitAfter(table, "_")[0] + "*"} {
		if _, ok := notHeld[k]; ok {
			return k, true
		}
	}
	return "", false
}

// filled are the tables with rows, empty those without.
func (x tampering) filled() []string { return x.tables("1") }

func (x tampering) empty() []string { return x.tables("0") }

func (x tampering) tables(filled string) (list []string) {
	for _, table := range x.strings("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name") {
		if x.strings("SELECT EXISTS (SELECT 1 FROM " + table + ")")[0] == filled {
			list = append(list, table)
		}
	}
	return list
}

func (x tampering) keys(table string) []string {
	if keys := x.strings("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", table); len(keys) > 0 {
		return keys
	}
	return []string{"rowid"}
}

var everyColumn = flag.Bool("columns", false, "tamper with every column, not with each sixth: go test ./internal/demo -run Tampering -args -columns")

// TestTampering changes one value in each sixth column of the schema, or with -columns in every one, deletes a row of every table and doubles one, one
// at a time: verify finds each. A new table or column is tried by itself.
func TestTampering(t *testing.T) {
	enginetest.OnlySQLite(t, "the file written to by another program")
	if testing.Short() {
		t.Skip("a verification for each of three hundred changes")
	}
	x := newTampering(t)
	if list := x.found(); len(list) > 0 {
		t.Fatal("before anything was changed:", list)
	}
	tried, missed, excused := 0, 0, map[string]bool{}
	judge := func(what, table, column string) {
		tried++
		if list := x.found(); len(list) > 0 {
			return
		}
		if k, ok := heldBack(table, column); ok {
			excused[k] = true
			return
		}
		missed++
		t.Errorf("%s of %s.%s is not found", what, table, column)
	}
	columns := 0
	for _, table := range x.filled() {
		keys := x.keys(table)
		where := make([]string, len(keys))
		for i, k := range keys {
			where[i] = k + " IS $" + fmt.Sprint(i+1)
		}
		at := " WHERE " + strings.Join(where, " AND ")
		names := x.strings("SELECT name FROM pragma_table_info($1)", table)
		for _, c := range names {
			columns++
			if _, held := heldBack(table, c); !*everyColumn && !held && columns%6 != 0 {
				continue
			}
			id, was := x.row(table, keys, c)
			set := "UPDATE " + table + " SET " + c + " = $" + fmt.Sprint(len(keys)+1) + at
			now := changed(was)
			if _, err := x.raw.Exec(set, append(slices.Clone(id), now)...); err != nil {
				if !strings.Contains(err.Error(), "constraint failed") { // the database refuses it
					t.Errorf("%s.%s: %v", table, c, err)
				}
				continue
			}
			judge("another value", table, c)
			for i, k := range keys {
				if k == c {
					id[i] = now
				}
			}
			x.exec(set, append(slices.Clone(id), was)...)
		}
		id, _ := x.row(table, keys, names[len(names)-1])
		x.exec("CREATE TEMP TABLE away AS SELECT * FROM "+table+at, id...)
		x.exec("DELETE FROM "+table+at, id...)
		judge("the loss of a row", table, "")
		x.exec("INSERT INTO " + table + " SELECT * FROM away")
		x.exec("UPDATE away SET "+keys[len(keys)-1]+" = $1", changed(id[len(id)-1]))
		if _, err := x.raw.Exec("INSERT INTO " + table + " SELECT * FROM away"); err == nil {
			judge("a row more", table, "")
			id[len(id)-1] = changed(id[len(id)-1])
			x.exec("DELETE FROM "+table+at, id...)
		}
		x.exec("DROP TABLE away")
	}
	if list := x.empty(); !slices.Equal(list, unfilled) {
		t.Errorf("tables without a row: %q, want %q", list, unfilled)
	}
	for k := range notHeld {
		if !excused[k] {
			t.Errorf("%s is found, or is no more: strike it from notHeld", k)
		}
	}
	t.Logf("%d changes tried, %d found or refused, %d columns and tables excused", tried, tried-missed-len(excused), len(excused))
}

// row is the key of a row of a table and its value in a column: of the first that has one, and that counts something where the table counts.
func (x tampering) row(table string, keys []string, column string) (id []any, value any) {
	x.Helper()
	id = make([]any, len(keys))
	ptrs := make([]any, len(keys)+1)
	for i := range id {
		ptrs[i] = &id[i]
	}
	ptrs[len(keys)] = &value
	names, order := strings.Join(keys, ", "), ""
	if slices.Contains(x.strings("SELECT name FROM pragma_table_info($1)", table), "n") {
		order = "n = 0, " // a row of nothing may as well not be there
	}
	if err := x.raw.QueryRow("SELECT " + names + ", " + column + " FROM " + table + " ORDER BY " + column + " IS NULL, length(" + column + ") = 0, " + column + " = 0, " + order + names + " LIMIT 1").Scan(ptrs...); err != nil {
		x.Fatal(err)
	}
	return id, value
}
