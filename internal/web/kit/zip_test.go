package kit

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestZipped(t *testing.T) {
	long := strings.Repeat("案件登记", 1000)
	for _, c := range []struct {
		name, accepts string
		answer        echo.HandlerFunc
		status        int
		zip           bool
		body          string
	}{
		{"a page", "gzip, br", func(c echo.Context) error { return c.HTML(http.StatusOK, long) }, 200, true, long},
		{"a page that is refused", "gzip", func(c echo.Context) error { return c.HTML(http.StatusUnprocessableEntity, long) }, 422, true, long},
		{"a short one", "gzip", func(c echo.Context) error { return c.HTML(http.StatusOK, "短") }, 200, false, "短"},
		{"to a program", "", func(c echo.Context) error { return c.HTML(http.StatusOK, long) }, 200, false, long},
		{"in pieces", "gzip", func(c echo.Context) error {
			c.Response().Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(c.Response(), long)
			c.Response().Flush()
			_, err := io.WriteString(c.Response(), "尾")
			return err
		}, 200, true, long + "尾"},
		{"nothing", "gzip", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }, 204, false, ""},
		{"a redirect", "gzip", func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, "/") }, 303, false, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", c.accepts)
		w := httptest.NewRecorder()
		if err := zipped(c.answer)(echo.New().NewContext(r, w)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		body := io.Reader(w.Body)
		if zip := w.Header().Get("Content-Encoding") == "gzip"; zip != c.zip {
			t.Errorf("%s: compressed %v, want %v", c.name, zip, c.zip)
		} else if zip {
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			body = z
		}
		if b, err := io.ReadAll(body); err != nil || string(b) != c.body || w.Code != c.status {
			t.Errorf("%s: %d with %d bytes, %v; want %d with %d", c.name, w.Code, len(b), err, c.status, len(c.body))
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: Vary %q", c.name, w.Header().Get("Vary"))
		}
	}
}

// What breaks off half-way does not end as if it were whole; an error before the first byte leaves the answer to whoever tells it.
func TestZippedErrors(t *testing.T) {
	broken := errors.New("half-way")
	get := func(h echo.HandlerFunc) (*httptest.ResponseRecorder, error) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		return w, zipped(h)(echo.New().NewContext(r, w))
	}
	w, err := get(func(c echo.Context) error {
		_ = c.HTML(http.StatusOK, strings.Repeat("案", 5000))
		return broken
	})
	z, zerr := gzip.NewReader(w.Body)
	if zerr == nil {
		_, zerr = io.ReadAll(z)
	}
	if !errors.Is(err, broken) || zerr == nil {
		t.Errorf("broken off: %v, read %v; want an answer that cannot be read whole", err, zerr)
	}
	if w, err := get(func(echo.Context) error { return broken }); !errors.Is(err, broken) || w.Body.Len() > 0 || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("an error before the answer: %v, %d bytes, %v", err, w.Body.Len(), w.Header())
	}
}

// However many requests wait, a compressor is taken by those that write.
func TestWaitingTakesNoCompressor(t *testing.T) {
	made := atomic.Int64{}
	make1 := zippers.New
	zippers = sync.Pool{New: func() any { made.Add(1); return make1() }}
	defer func() { zippers = sync.Pool{New: make1} }()
	const requests = 200
	var in, all sync.WaitGroup
	var one sync.Mutex
	in.Add(requests)
	open := make(chan struct{})
	h := zipped(func(c echo.Context) error {
		in.Done()
		<-open
		one.Lock()
		defer one.Unlock()
		return c.HTML(http.StatusOK, strings.Repeat("案", 5000))
	})
	for range requests {
		all.Go(func() {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", "gzip")
			if err := h(echo.New().NewContext(r, httptest.NewRecorder())); err != nil {
				t.Error(err)
			}
		})
	}
	in.Wait()
	if n := made.Load(); n != 0 {
		t.Errorf("%d compressors while %d requests wait", n, requests)
	}
	close(open)
	all.Wait()
}

// A weight of 0 refuses.
func TestTakesGzip(t *testing.T) {
	for accept, want := range map[string]bool{"gzip, deflate, br": true, "br;q=1.0, GZIP ; q=0.5": true, "br, gzip;q=0": false, "br": false, "": false, "gzip;q=x": false} {
		if got := takesGzip(http.Header{"Accept-Encoding": {accept}}); got != want {
			t.Errorf("takesGzip(%q) = %v", accept, got)
		}
	}
}
