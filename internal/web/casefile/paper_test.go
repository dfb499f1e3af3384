package casefile_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// Papers wait for room in the queue of heavy work, and get it when others are done; looking at pages needs none.
func TestPapersWaitForRoom(t *testing.T) {
	a := webtest.New(t)
	officer := a.As(registry.RoleOfficer)
	officer.Get("/cases/new").Submit("/cases", "title", "打印的案件", "district_code", "440785").Follow().Want(http.StatusOK)
	var taken []func()
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		done, err := a.Service.Paper(ctx)
		cancel()
		if err != nil {
			break
		}
		taken = append(taken, done)
	}
	if len(taken) != 4 {
		t.Errorf("%d papers at once, want 4", len(taken))
	}
	got := make(chan struct{})
	go func() {
		defer close(got)
		officer.Get("/cases/1/sheet.pdf").Want(http.StatusOK)
	}()
	a.As(registry.RoleOfficer).GetCase("/cases/1").Want(http.StatusOK)
	select {
	case <-got:
		t.Error("a paper was made without room")
	case <-time.After(100 * time.Millisecond):
	}
	taken[0]()
	<-got
}
