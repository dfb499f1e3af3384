package kit

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestZipped(t *testing.T) {
	long := strings.Repeat("案件登记", 200)
	page := func(text string) echo.HandlerFunc {
		return func(c echo.Context) error { return c.HTML(http.StatusAccepted, text) }
	}
	for _, tt := range []struct {
		name, accept string
		handler      echo.HandlerFunc
		status       int
		zip          bool
		body         string
	}{
		{"a long page", "gzip, deflate, br", page(long), 202, true, long},
		{"weighted", "br;q=1.0, GZIP ; q=0.5", page(long), 202, true, long},
		{"a short page", "gzip", page("短"), 202, false, "短"},
		{"not taken", "br", page(long), 202, false, long},
		{"refused", "br, gzip;q=0", page(long), 202, false, long},
		{"nothing said", "", page(long), 202, false, long},
		{"in pieces", "gzip", func(c echo.Context) error {
			c.Response().WriteHeader(http.StatusTeapot)
			for _, r := range long {
				if _, err := io.WriteString(c.Response(), string(r)); err != nil {
					return err
				}
			}
			return nil
		}, 418, true, long},
		{"compressed already", "gzip", func(c echo.Context) error {
			c.Response().Header().Set("Content-Encoding", "br")
			return c.HTML(http.StatusOK, long)
		}, 200, false, long},
		{"a redirect", "gzip", func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, "/cases") }, 303, false, ""},
		{"no content", "gzip", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }, 204, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			if err := zipped(tt.handler)(echo.New().NewContext(r, w)); err != nil {
				t.Fatal(err)
			}
			body := io.Reader(w.Body)
			if zip := w.Header().Get("Content-Encoding") == "gzip"; zip != tt.zip {
				t.Fatalf("compressed: %v, want %v", zip, tt.zip)
			} else if zip {
				z, err := gzip.NewReader(w.Body)
				if err != nil {
					t.Fatal(err)
				}
				body = z
			}
			got, err := io.ReadAll(body)
			if err != nil || string(got) != tt.body || w.Code != tt.status || w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("%d %q (Vary %q), %v; want %d %q", w.Code, got, w.Header().Get("Vary"), err, tt.status, tt.body)
			}
		})
	}
	t.Run("an error is written by who handles it", func(t *testing.T) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		c := echo.New().NewContext(r, w)
		failed := errors.New("failed")
		if err := zipped(func(echo.Context) error { return failed })(c); !errors.Is(err, failed) {
			t.Fatalf("got %v, want the handler's error", err)
		}
		if err := c.String(http.StatusInternalServerError, long); err != nil || w.Body.String() != long || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("after an error: %v, %q", err, w.Body)
		}
	})
}
