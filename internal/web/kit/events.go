package kit

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	eventsEvery = time.Second // how often is looked for something new
	eventsAlive = 15          // after how many looks something is sent anyway, so that who has gone is noticed
)

// WantsPage reports whether a browser asks that shows what it gets: a person, not a program.
func (r *Request) WantsPage() bool {
	return strings.Contains(r.Request().Header.Get("Accept"), "text/html")
}

// Events sends what next gives as server-sent events, whenever it differs, until there is no more, the browser goes, or the server stops.
func (r *Request) Events(next func() (data any, more bool, err error)) error {
	h := r.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy that collects answers would hold them back
	was, quiet := "", 0
	for begun := false; ; begun = true {
		data, more, err := next()
		if err != nil {
			if begun {
				return nil //nolint:nilerr // the browser asks again, and is told then
			}
			return err
		}
		text, err := json.Marshal(data)
		if err != nil {
			return err
		}
		message := ""
		switch quiet++; {
		case string(text) != was:
			message = "data: " + string(text) + "\n\n"
		case quiet > eventsAlive:
			message = ":\n\n"
		}
		if !more {
			message += "event: end\ndata: \n\n"
		}
		if message != "" {
			if _, err := fmt.Fprint(r.Response(), message); err != nil {
				return nil //nolint:nilerr // it has gone
			}
			r.Response().Flush()
			was, quiet = string(text), 0
		}
		if !more {
			return nil
		}
		select {
		case <-r.Ctx().Done():
			return nil
		case <-r.Server.stopping:
			return nil
		case <-time.After(eventsEvery):
		}
	}
}

// stop ends what would keep a server that stops waiting.
func (s *Server) stop() { s.stopOnce.Do(func() { close(s.stopping) }) }

// onShutdown has a server end the streams of events when it is shut down.
func (s *Server) onShutdown(h *http.Server) *http.Server {
	h.RegisterOnShutdown(s.stop)
	return h
}
