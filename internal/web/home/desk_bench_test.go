package home_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/web"
)

// busy is a register with 10,000 open cases, and one case of 100 documents.
var busy struct {
	once    sync.Once
	handler http.Handler
	cookie  *http.Cookie
	large   registry.CaseID
	err     error
}

const openCases = 10_000

func makeBusy(ctx context.Context, dir string) error {
	db, err := store.Open(ctx, dir, store.Options{Now: time.Now()})
	if err != nil {
		return err
	}
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: time.Now, Hasher: auth.NewHasher(auth.Cheap)})
	if err := demo.Load(ctx, s); err != nil {
		return err
	}
	if err := demo.Synthesize(ctx, s, 500, 1, nil); err != nil {
		return err
	}
	today := s.Today()
	for n := 0; n < openCases; n += 500 {
		err := s.Bulk(ctx, registry.CommandLine, func(b *casework.Bulk) error {
			for i := n; i < n+500; i++ {
				c := registry.Case{Title: fmt.Sprintf("办理中的案件 %d", i), Origin: registry.OriginSample, DistrictCode: registry.DefaultBureau().Districts[i%7].Code, FoundOn: today.AddDays(-i % 100)}
				if err := b.Case(&c); err != nil {
					return err
				}
				if err := b.Document(&registry.Document{CaseID: c.ID, Seq: 1, Kind: registry.DocFiling, MadeOn: today.AddDays(-i % 97)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := s.Bulk(ctx, registry.CommandLine, func(b *casework.Bulk) error { return largeCase(b, today) }); err != nil {
		return err
	}
	busy.handler, busy.cookie, err = signedIn(ctx, s)
	return err
}

// largeCase is a case of 100 documents.
func largeCase(b *casework.Bulk, today registry.Date) error {
	c := registry.Case{Title: "一百份文书的案件", Origin: registry.OriginSample, DistrictCode: "440785", FoundOn: today.AddDays(-300)}
	if err := b.Case(&c); err != nil {
		return err
	}
	busy.large = c.ID
	kinds := []registry.DocKind{registry.DocOrder, registry.DocRecheck, registry.DocFiling, registry.DocNotice, registry.DocDecision, registry.DocUrge, registry.DocDetention, registry.DocSeizure, registry.DocSeizureEnd, registry.DocPublication}
	for i := range 100 {
		d := registry.Document{CaseID: c.ID, Seq: int64(i + 1), Kind: kinds[i%10], MadeOn: today.AddDays(i - 200), ServedOn: today.AddDays(i - 199)}
		if err := b.Document(&d); err != nil {
			return err
		}
	}
	return nil
}

// signedIn is the product over a service, with the cookie of an officer.
func signedIn(ctx context.Context, s *casework.Service) (http.Handler, *http.Cookie, error) {
	accounts, err := s.DemoAccounts(ctx, nil, demo.Accounts)
	if err != nil {
		return nil, nil, err
	}
	server, err := web.New(web.Options{Service: s, Now: time.Now, Demo: true})
	if err != nil {
		return nil, nil, err
	}
	for _, a := range accounts {
		if a.Username == "officer" {
			token, _, err := s.SignIn(ctx, a.Username, a.Password, "127.0.0.1", "bench")
			return server.Handler(), &http.Cookie{Name: "casebook_session", Value: token}, err
		}
	}
	return nil, nil, fmt.Errorf("no account of an officer among %d", len(accounts))
}

// busyDir outlives the first benchmark: all of them read the same register.
func busyDir() string {
	dir, err := os.MkdirTemp("", "casebook-busy-")
	if err != nil {
		panic(err)
	}
	return dir
}

func benchBusy(b *testing.B, path func() string) {
	busy.once.Do(func() { busy.err = makeBusy(context.Background(), busyDir()) })
	if busy.err != nil {
		b.Fatal(busy.err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, "http://localhost"+path(), nil)
		r.AddCookie(busy.cookie)
		w := httptest.NewRecorder()
		busy.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("GET %s = %d", path(), w.Code)
		}
	}
}

// The desk with 10,000 open cases, its list, the weekly list of one unit, and a case of 100 documents:
// go test ./internal/web -run '^$' -bench Busy
func BenchmarkBusyDesk(b *testing.B)    { benchBusy(b, func() string { return "/" }) }
func BenchmarkBusyDueList(b *testing.B) { benchBusy(b, func() string { return "/desk" }) }
func BenchmarkBusyWeek(b *testing.B)    { benchBusy(b, func() string { return "/desk/week?organ=3" }) }
func BenchmarkBusyCasePage(b *testing.B) {
	benchBusy(b, func() string { return fmt.Sprintf("/cases/%d", busy.large) })
}
