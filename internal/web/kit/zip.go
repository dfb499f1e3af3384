package kit

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// zipFrom is the size from which an answer is compressed: a smaller one fits a packet anyway.
const zipFrom = 1024

// zips are kept, since each holds large tables. Level 1: the next ones cost half as much again for a tenth less. klauspost/compress takes half
// the time of the standard library for the same size.
var zips = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}}

// zipped compresses what a handler writes, where the client takes it. An error of the handler is answered without: it is written later.
func zipped(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		res := c.Response()
		res.Header().Add("Vary", "Accept-Encoding")
		if !takesGzip(c.Request().Header) {
			return next(c)
		}
		w := &zipWriter{ResponseWriter: res.Writer}
		res.Writer = w
		defer func() {
			res.Writer = w.ResponseWriter
			w.finish()
		}()
		return next(c)
	}
}

// takesGzip reads Accept-Encoding as far as browsers and programs vary it: q=0 refuses.
func takesGzip(h http.Header) bool {
	for _, line := range h.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(line, ",") {
			name, params, weighted := strings.Cut(one, ";")
			if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
				continue
			}
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(params), "q="), 64)
			return !weighted || err == nil && q > 0
		}
	}
	return false
}

// zipWriter holds back the head and the first bytes of an answer until it is known whether it is large enough.
type zipWriter struct {
	http.ResponseWriter
	code  int
	first []byte
	plain bool // the answer goes out as it is
	z     *gzip.Writer
}

func (w *zipWriter) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
}

func (w *zipWriter) Write(p []byte) (int, error) {
	switch {
	case w.z != nil:
		return w.z.Write(p)
	case w.plain:
		return w.ResponseWriter.Write(p)
	case len(w.first)+len(p) < zipFrom:
		w.first = append(w.first, p...)
		return len(p), nil
	}
	if err := w.begin(w.Header().Get("Content-Encoding") == ""); err != nil {
		return 0, err
	}
	return w.Write(p)
}

// begin sends the head and what was held back.
func (w *zipWriter) begin(zip bool) error {
	if zip {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Del("Content-Length")
	}
	if w.code != 0 {
		w.ResponseWriter.WriteHeader(w.code)
	}
	if !zip {
		w.plain = true
		if len(w.first) == 0 {
			return nil // a redirect has no body, and must not have one
		}
		_, err := w.ResponseWriter.Write(w.first)
		return err
	}
	w.z = zips.Get().(*gzip.Writer)
	w.z.Reset(w.ResponseWriter)
	_, err := w.z.Write(w.first)
	return err
}

// finish sends what is left. A client that is gone is none of our errors.
func (w *zipWriter) finish() {
	switch {
	case w.z != nil:
		_ = w.z.Close()
		w.z.Reset(nil)
		zips.Put(w.z)
	case !w.plain && (w.code != 0 || len(w.first) > 0):
		_ = w.begin(false)
	}
}

// Unwrap lets the deadlines of the connection be set.
func (w *zipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
