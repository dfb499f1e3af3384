//go:build unix

package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// cpu is what this process computed so far, in user and system time: a create also writes to a disk and to connections.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkScaleCreate opens cases through /api/v1 over connections of its own, durable, with audit entry, revision and search index, and
// prints the CPU of the process a case, the clients' share in it, how many a second there were and how long one waited:
//
//	go test ./internal/web -run '^$' -bench ScaleCreate -benchtime 5000x
func BenchmarkScaleCreate(b *testing.B) {
	h, cookie := scale(b)
	server := httptest.NewServer(h)
	defer server.Close()
	for _, clients := range []int{1, 32} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			var next atomic.Int64
			var mu sync.Mutex
			var took []time.Duration
			var all sync.WaitGroup
			b.ResetTimer()
			before, database, begun := cpu(), databaseCPU(), time.Now()
			for range clients {
				all.Go(func() {
					c, err := net.Dial("tcp", server.Listener.Addr().String())
					if err != nil {
						b.Error(err)
						return
					}
					defer c.Close() //nolint:errcheck // of a test
					r := bufio.NewReader(c)
					var mine []time.Duration
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						asked := time.Now()
						if err := createCase(c, r, cookie, n); err != nil {
							b.Error(err)
							return
						}
						mine = append(mine, time.Since(asked))
					}
					mu.Lock()
					took = append(took, mine...)
					mu.Unlock()
				})
			}
			all.Wait()
			used, whole := cpu()-before, time.Since(begun)
			slices.Sort(took)
			if len(took) == b.N {
				b.ReportMetric(float64(used.Microseconds())/float64(b.N), "cpu-µs/op")
				if *scaleDB != "" {
					b.ReportMetric(float64((databaseCPU()-database).Microseconds())/float64(b.N), "database-cpu-µs/op")
				}
				b.ReportMetric(float64(b.N)/whole.Seconds(), "creates/s")
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			}
		})
	}
}

// createCase is one request and its answer, with as little work for the client as HTTP allows.
func createCase(c net.Conn, r *bufio.Reader, cookie *http.Cookie, n int64) error {
	body := fmt.Sprintf(`{"title":"某养殖场未批先建案 %d","summary":"检查时发现，该场猪舍配套的沼液池未经验收即投入使用，废水经软管排入北侧鱼塘。","district_code":"440785","found_on":"2026-10-%02d"}`, n, n%28+1)
	if _, err := fmt.Fprintf(c, "POST /api/v1/cases HTTP/1.1\r\nHost: localhost\r\nCookie: %s=%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		cookie.Name, cookie.Value, len(body), body); err != nil {
		return err
	}
	status, err := r.ReadString('\n')
	if err != nil {
		return err
	}
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		if v, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			if length, err = strconv.Atoi(v); err != nil {
				return err
			}
		}
	}
	answer := make([]byte, length)
	if _, err := io.ReadFull(r, answer); err != nil {
		return err
	}
	if !strings.Contains(status, " 201 ") {
		return fmt.Errorf("%s%s", status, answer)
	}
	return nil
}
