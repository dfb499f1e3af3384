package kit

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// zipAbove is from how many bytes an answer is worth compressing.
const zipAbove = 1024

// zippers are compressors at rest. One takes 1.2 MB: it is taken when an answer is written, not while a request waits for its turn or for the database, so that
// hundreds of requests at once hold a few. Level 1: the next ones cost half as much again for a tenth less. klauspost/compress takes half the
// time of the standard library for the same size.
var zippers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is one that there is
	return w
}}

// zipped compresses the answers of a route for browsers that take it.
func zipped(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		res := c.Response()
		res.Header().Add("Vary", "Accept-Encoding")
		if !takesGzip(c.Request().Header) {
			return next(c)
		}
		w := &zipWriter{ResponseWriter: res.Writer}
		res.Writer = w
		whole := false
		defer func() {
			res.Writer = w.ResponseWriter
			if ended := w.end(whole); err == nil {
				err = ended
			}
		}()
		err = next(c)
		whole = err == nil
		return err
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

// zipWriter decides at the first bytes of an answer: pages and JSON come in one piece.
type zipWriter struct {
	http.ResponseWriter
	status int // held back until the first bytes are there; 0: not said
	begun  bool
	zip    *gzip.Writer // nil: as it is
}

// Unwrap lets http.ResponseController reach the connection.
func (w *zipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *zipWriter) WriteHeader(status int) {
	if w.begun {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.status = status
}

func (w *zipWriter) Write(p []byte) (int, error) {
	if !w.begun {
		w.begin(len(p))
	}
	if w.zip != nil {
		return w.zip.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

func (w *zipWriter) begin(first int) {
	w.begun = true
	h := w.Header()
	if first >= zipAbove && h.Get("Content-Encoding") == "" && h.Get("Content-Type") != "" && w.status != http.StatusPartialContent {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		w.zip = zippers.Get().(*gzip.Writer)
		w.zip.Reset(w.ResponseWriter)
	}
	if w.status != 0 {
		w.ResponseWriter.WriteHeader(w.status)
	}
}

func (w *zipWriter) Flush() {
	if !w.begun {
		w.begin(0)
	}
	if w.zip != nil {
		_ = w.zip.Flush() // the next write fails too
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

func (w *zipWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// end writes what is left and gives the compressor back. What a handler has not written whole, because of an error or a panic, gets no ending that would make it
// look so.
func (w *zipWriter) end(whole bool) (err error) {
	if !w.begun && w.status != 0 && whole {
		w.begin(0)
	}
	if w.zip == nil {
		return nil
	}
	if whole {
		err = w.zip.Close()
	}
	w.zip.Reset(io.Discard)
	zippers.Put(w.zip)
	w.zip = nil
	return err
}
