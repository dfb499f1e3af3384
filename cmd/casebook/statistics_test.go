package main

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/web"
)

// matrix is a table of months and districts: what stands in the row of a month under a title. Money is in 分.
type matrix map[string]map[string]int64

func (m matrix) set(month, column string, n int64) {
	if n == 0 {
		return // the page leaves out what is nothing
	}
	if m[month] == nil {
		m[month] = map[string]int64{}
	}
	m[month][column] = n
}

// read reads a table whose first row is its titles; factor is what a cell's number is counted in.
func (m matrix) read(t *testing.T, rows [][]string, factor float64) {
	t.Helper()
	for _, row := range rows[1:] {
		for i, cell := range row {
			if i == 0 || cell == "" || rows[0][i] == "金额未知（项）" || rows[0][i] == "明细核对" {
				continue
			}
			n, err := strconv.ParseFloat(strings.ReplaceAll(cell, ",", ""), 64)
			if err != nil {
				t.Fatalf("%s, %s: %v", row[0], rows[0][i], err)
			}
			m.set(row[0], rows[0][i], int64(math.Round(n*factor)))
		}
	}
}

// statisticsTables are the tables that all three show: their keys, their titles in a workbook, what their numbers are counted in.
var statisticsTables = []struct {
	key, title string
	factor     float64
}{{"months", "案件数（件）：月份 × 辖区", 1}, {"fines", "罚款（元）：月份 × 辖区", 100}}

var (
	tableRow  = regexp.MustCompile(`(?s)<tr.*?</tr>`)
	tableCell = regexp.MustCompile(`(?s)<t[hd].*?>(.*?)</t[hd]>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// ofPage are the rows of a table of the page.
func ofPage(page, key string) (rows [][]string) {
	_, rest, _ := strings.Cut(page, `aria-labelledby="s-`+key+`"`)
	section, _, _ := strings.Cut(rest, "</section>")
	_, section, _ = strings.Cut(section, "summary-table")
	for _, tr := range tableRow.FindAllString(section, -1) {
		var row []string
		for _, c := range tableCell.FindAllStringSubmatch(tr, -1) {
			row = append(row, strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(c[1], ""))))
		}
		rows = append(rows, row)
	}
	return rows
}

// ofWorkbook are the rows of a table of a workbook, from its titles to its total.
func ofWorkbook(t *testing.T, path, title string) (rows [][]string) {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test's
	for _, sheet := range f.GetSheetList() {
		all, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		inside := false
		for _, row := range all {
			switch {
			case len(row) > 0 && row[0] == title:
				inside = true
			case inside && len(row) > 0 && (row[0] == "月份" || len(rows) > 0):
				rows = append(rows, row[:min(len(row), len(append(rows, row)[0]))])
				if row[0] == "合计" {
					return rows
				}
			}
		}
	}
	t.Fatalf("%s has no table %s", path, title)
	return nil
}

// What the command writes of a past day is what the page and the interface for programs show of it, by each date that may count, and not what is there now.
func TestStatisticsOfThreeWays(t *testing.T) {
	data := t.TempDir()
	demoIn(t, data)
	later := func() time.Time { return sampleTime().AddDate(0, 0, 3) }
	const day = "2026-11-22"
	ways := map[registry.Basis]map[string][2]matrix{} // what the page and the interface show
	var now matrix
	c := &cli{data: data, now: later}
	db, s, err := c.open(t.Context(), store.Options{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	get := asked(t, s, db, later)
	for _, b := range registry.Bases {
		ways[b] = map[string][2]matrix{}
		q := "?from=2022-01&to=2026-11&date=" + string(b) + "&as_of=" + day
		page := get("/statistics" + q)
		for _, x := range statisticsTables {
			two := [2]matrix{{}, ofInterface(t, get("/api/v1/statistics"+q), x.key)}
			two[0].read(t, ofPage(page, x.key), x.factor)
			ways[b][x.key] = two
		}
	}
	now = ofInterface(t, get("/api/v1/statistics?from=2022-01&to=2026-11&date=decided"), "fines")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, b := range registry.Bases {
		path := filepath.Join(t.TempDir(), "m.xlsx")
		var out bytes.Buffer
		if err := run(context.Background(), []string{"export", "statistics", "--as-of", day, "--date", string(b), "--data", data, "-o", path}, &out, &out, later); err != nil {
			t.Fatal(out.String(), err)
		}
		for _, x := range statisticsTables {
			book := matrix{}
			book.read(t, ofWorkbook(t, path, x.title), x.factor)
			maps.DeleteFunc(book, func(month string, _ map[string]int64) bool { return len(month) != len("2006-01") }) // the total has the cases of no known month in it
			for i, way := range []string{"the page", "the interface"} {
				shown := maps.Clone(ways[b][x.key][i])
				delete(shown, "合计")
				if len(book) == 0 || !maps.EqualFunc(book, shown, maps.Equal[map[string]int64, map[string]int64]) {
					t.Errorf("%s by %s: the workbook has %v, %s %v", x.key, b, book, way, shown)
				}
			}
		}
	}
	if maps.EqualFunc(now, ways[registry.BasisDecided]["fines"][1], maps.Equal[map[string]int64, map[string]int64]) {
		t.Error("the fine of the next day makes no difference: the past is not asked")
	}
}

// ofInterface is a table of the interface for programs.
func ofInterface(t *testing.T, body, key string) matrix {
	t.Helper()
	var x struct {
		Sections []struct {
			Key     string
			Columns []struct{ Key, Title string }
			Rows    [][]any
			Total   []any
		}
	}
	if err := json.Unmarshal([]byte(body), &x); err != nil {
		t.Fatal(err)
	}
	m := matrix{}
	for _, s := range x.Sections {
		for _, row := range append(s.Rows, s.Total) {
			for i, c := range row {
				if n, ok := c.(float64); ok && s.Key == key && s.Columns[i].Key != "unknown" {
					m.set(row[0].(string), s.Columns[i].Title, int64(n))
				}
			}
		}
	}
	return m
}

// asked adds a decision on a later day, and gives what asks a server as an auditor.
func asked(t *testing.T, s *casework.Service, db *store.DB, later func() time.Time) func(path string) string {
	t.Helper()
	ctx := t.Context()
	var id registry.CaseID
	if err := db.Read(ctx, func(tx *store.Tx) error {
		ids, err := tx.CaseIDs(store.CaseFilter{}, 0, 1)
		id = ids[0]
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d := registry.Document{CaseID: id, Kind: registry.DocDecision, MadeOn: registry.Day(2026, 11, 20)}
	if _, err := s.AddDocument(ctx, registry.CommandLine, &d); err != nil {
		t.Fatal(err)
	}
	amount := registry.Yuan(34567)
	if _, err := s.AddPenalty(ctx, registry.CommandLine, &registry.Penalty{CaseID: id, DocumentID: d.ID, Kind: "罚款", Amount: &amount}); err != nil {
		t.Fatal(err)
	}
	accounts, err := s.DemoAccounts(ctx, nil, demo.Accounts)
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Options{Service: s, Now: later, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	token := ""
	for _, a := range accounts {
		if a.Role == registry.RoleAuditor {
			if token, _, err = s.SignIn(ctx, a.Username, a.Password, "127.0.0.1", "test"); err != nil {
				t.Fatal(err)
			}
		}
	}
	return func(path string) string {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
		r.AddCookie(&http.Cookie{Name: "casebook_session", Value: url.QueryEscape(token)})
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("GET %s = %d %s", path, w.Code, w.Body)
		}
		return w.Body.String()
	}
}
