package web_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/xlsx"
)

var (
	scaleCases  = flag.Int("cases", 2000, "synthetic cases for the benchmarks; 100000 for the figures of a release")
	scaleAccept = flag.String("accept-encoding", "", "what the benchmarks' client takes: gzip adds compressing, which a browser asks for")
	scaleData   = flag.String("scale-data", "", "keep the benchmarks' register in this folder and use it again")
	scaleDB     = flag.String("scale-db", "", "the benchmarks' register is this PostgreSQL database, as casebook copy made it, with its attachments in -scale-data")
)

// scaled is one register with many cases, made once for all benchmarks of a run.
var scaled struct {
	once    sync.Once
	handler http.Handler
	cookie  *http.Cookie
	service *casework.Service
	db      *store.DB
	stop    func()
	behind  sync.WaitGroup
	err     error
}

// TestMain closes the benchmarks' register: after a stop that is not clean the next run would check the file's pages beside what it measures.
func TestMain(m *testing.M) {
	code := m.Run()
	if scaled.db != nil {
		scaled.stop()
		scaled.behind.Wait()
		if err := scaled.db.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func scale(b *testing.B) (http.Handler, *http.Cookie) {
	b.Helper()
	scaled.once.Do(func() {
		ctx := context.Background()
		dir := *scaleData
		if dir == "" {
			dir, scaled.err = os.MkdirTemp("", "casebook-scale-")
		}
		if scaled.err == nil {
			scaled.err = makeScaled(ctx, dir)
		}
	})
	if scaled.err != nil {
		b.Fatal(scaled.err)
	}
	return scaled.handler, scaled.cookie
}

// BenchmarkScaleStart opens a register as a start of the server does. It runs first: the other benchmarks keep it open.
func BenchmarkScaleStart(b *testing.B) {
	if *scaleData == "" {
		b.Skip("needs -scale-data with a register that an earlier run has made")
	}
	for b.Loop() {
		db, err := store.Open(context.Background(), *scaleData, store.Options{Database: *scaleDB, Exclusive: true, Now: time.Now()})
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func makeScaled(ctx context.Context, dir string) error {
	debug.SetGCPercent(300) // as serve does
	have := *scaleDB != "" || fileExists(filepath.Join(dir, "casebook.db"))
	db, err := store.Open(ctx, dir, store.Options{Database: *scaleDB, Exclusive: true, Now: time.Now()}) // as serve does
	if err != nil {
		return err
	}
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: time.Now, Hasher: auth.NewHasher(auth.Cheap)})
	if !have {
		if err := demo.Load(ctx, s); err != nil {
			return err
		}
		if err := demo.Synthesize(ctx, s, *scaleCases, 1, func(int) {}); err != nil {
			return err
		}
		if err := db.MergeTerms(ctx); err != nil { // as the command that loads does
			return err
		}
	}
	db.Upkeep(ctx)
	for db.Checking().Running { // of the file's pages, which a start does and no answer
		time.Sleep(10 * time.Millisecond)
	}
	var behind context.Context
	behind, scaled.stop = context.WithCancel(ctx)
	scaled.behind.Go(func() { s.GatherTerms(behind) }) // as serve does
	accounts, err := s.DemoAccounts(ctx, nil, demo.Accounts)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.Username == "officer" {
			token, _, err := s.SignIn(ctx, a.Username, a.Password, "127.0.0.1", "bench")
			if err != nil {
				return err
			}
			scaled.cookie = &http.Cookie{Name: "casebook_session", Value: token}
		}
	}
	server, err := web.New(web.Options{Service: s, Now: time.Now, Demo: true})
	if err != nil {
		return err
	}
	scaled.handler, scaled.service, scaled.db = server.Handler(), s, db
	return nil
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// userCPU is what this process computed so far, where the system tells: its own work and what the system did for it. What waits for a disk or for
// another program is not counted.
var userCPU = func() time.Duration { return 0 }

// databaseCPU is what the processes of a PostgreSQL server on this machine computed so far, where /proc tells.
func databaseCPU() (sum time.Duration) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is good
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, postgres := strings.Cut(string(stat), " (postgres) ")
		if f := strings.Fields(rest); postgres && len(f) > 14 {
			for _, ticks := range f[11:15] { // of its own and of children that have ended, in hundredths of a second
				n, _ := strconv.Atoi(ticks)
				sum += time.Duration(n) * 10 * time.Millisecond
			}
		}
	}
	return sum
}

// benchGet asks for a page again and again, and tells what one answer costs the server: CPU, and pages of the file (4 kB) that SQLite looked at for it,
// which is how far it went through rows; or the CPU of PostgreSQL.
func benchGet(b *testing.B, path string) {
	h, cookie := scale(b)
	get := func() int {
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
		r.AddCookie(cookie)
		r.Header.Set("Accept-Encoding", *scaleAccept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("GET %s = %d", path, w.Code)
		}
		return w.Body.Len()
	}
	get() // templates are put together and statements prepared by the first one
	size := get()
	pages := 0
	if *scaleDB == "" {
		var err error
		if pages, err = scaled.db.PagesOf(context.Background(), func() { get() }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	cpu, database := userCPU(), databaseCPU()
	for b.Loop() {
		get()
	}
	b.ReportMetric(float64((userCPU()-cpu).Microseconds())/float64(b.N), "cpu-µs/op")
	if *scaleDB == "" {
		b.ReportMetric(float64(pages), "pages/op")
	} else {
		b.ReportMetric(float64((databaseCPU()-database).Microseconds())/float64(b.N), "database-cpu-µs/op")
	}
	b.ReportMetric(float64(size)/1000, "kB")
}

// The figures of a release: go test ./internal/web -run '^$' -bench Scale -args -cases 100000 -scale-data DIR
func BenchmarkScaleCaseList(b *testing.B)            { benchGet(b, "/cases") }
func BenchmarkScaleCaseListDistrict(b *testing.B)    { benchGet(b, "/cases?district_code=440785") }
func BenchmarkScaleSearchTwoCharacters(b *testing.B) { benchGet(b, "/cases?q=%E6%B8%97%E5%9D%91") }  // 渗坑
func BenchmarkScaleSearchRare(b *testing.B)          { benchGet(b, "/cases?q=%E9%B1%BC%E5%A1%98A") } // 鱼塘A
func BenchmarkScaleCasePage(b *testing.B)            { benchGet(b, "/cases/100") }
func BenchmarkScaleFarmList(b *testing.B)            { benchGet(b, "/farms") }
func BenchmarkScaleInspectionList(b *testing.B)      { benchGet(b, "/inspections") }
func BenchmarkScaleDesk(b *testing.B)                { benchGet(b, "/") }

// The use case alone: the rows of a list without the page around them.
func BenchmarkScaleListUseCase(b *testing.B) {
	scale(b)
	officer := registry.Actor{UserID: 1, Username: "officer", Role: registry.RoleOfficer}
	b.ResetTimer()
	for b.Loop() {
		if _, err := scaled.service.Cases(context.Background(), officer, casework.CaseFilter{}, casework.Page{Limit: 50}); err != nil {
			b.Fatal(err)
		}
	}
}

// Words of each kind that search knows: of most cases, of some, of few, of none; the first letters of a name, a certificate, a piece of a
// number, what officers call an act.
func BenchmarkScaleSearchWords(b *testing.B) {
	scale(b)
	officer := registry.Actor{UserID: 1, Username: "officer", Role: registry.RoleOfficer}
	for _, q := range []string{"养殖", "沼液池", "水源保护区 水泵", "江开环罚〔2026〕120号", "没有这个词", "kpsm", "sl440783001", "7830", "直排", "开平市"} {
		b.Run(q, func(b *testing.B) {
			n := 0
			for b.Loop() {
				l, err := scaled.service.Cases(context.Background(), officer, casework.CaseFilter{Q: q}, casework.Page{Limit: 50})
				if err != nil {
					b.Fatal(err)
				}
				n = l.Count
			}
			b.ReportMetric(float64(n), "found")
		})
	}
}

func BenchmarkScaleSearchUseCase(b *testing.B) {
	scale(b)
	officer := registry.Actor{UserID: 1, Username: "officer", Role: registry.RoleOfficer}
	b.ResetTimer()
	for b.Loop() {
		if _, err := scaled.service.Cases(context.Background(), officer, casework.CaseFilter{Q: "渗坑"}, casework.Page{Limit: 50}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScaleLedger exports the ledger of one district and quarter, and of the whole register: reading whole cases and writing six sheets. A cell is one
// with a value, as the workbook has it:
//
//	go test ./internal/web -run '^$' -bench ScaleLedger -benchtime 5x -args -cases 10000 -scale-data DIR
func BenchmarkScaleLedger(b *testing.B) {
	auditor := registry.Actor{UserID: 1, Username: "auditor", Role: registry.RoleAuditor}
	for _, c := range []struct {
		name   string
		filter casework.CaseFilter
	}{
		{"district and quarter", casework.CaseFilter{DistrictCode: "440785", From: registry.Month(2025, 1), To: registry.Month(2025, 3)}},
		{"whole", casework.CaseFilter{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			scale(b)
			export := func(w io.Writer) (cases int) {
				err := scaled.service.Ledger(context.Background(), auditor, casework.Export{Cases: c.filter}, w, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
					sum, err := xlsx.WriteLedger(w, l)
					if err == nil {
						cases = sum.Cases
					}
					return sum, err
				})
				if err != nil {
					b.Fatal(err)
				}
				return cases
			}
			var book bytes.Buffer
			cases := export(&book)
			cells := cellsWithValue(b, book.Bytes())
			book = bytes.Buffer{}
			b.ReportAllocs()
			b.ResetTimer()
			cpu := userCPU()
			for b.Loop() {
				export(io.Discard)
			}
			took := float64((userCPU() - cpu).Nanoseconds()) / float64(b.N)
			b.ReportMetric(took/float64(cells), "cpu-ns/cell")
			b.ReportMetric(took/1000/float64(max(cases, 1)), "cpu-µs/case")
			b.ReportMetric(float64(cells), "cells")
		})
	}
}

// cellsWithValue counts the cells of a workbook that are not empty.
func cellsWithValue(b *testing.B, book []byte) (n int) {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		for s := bufio.NewReader(r); ; {
			part, err := s.ReadSlice('>')
			if bytes.HasSuffix(part, []byte("</c>")) {
				n++
			}
			if err == io.EOF {
				break
			}
		}
	}
	return n
}
