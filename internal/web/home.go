package web

import "net/http"

type homePage struct{ Layout }

func (homePage) Template() string { return "home" }

func (s *Server) home(r *request) error { return r.page(homePage{r.layout("工作台")}) }

type morePage struct{ Layout }

func (morePage) Template() string { return "more" }

// more is the phone's page of every place that the bottom bar has no room for.
func (s *Server) more(r *request) error { return r.page(morePage{r.layout("更多")}) }

// health tells a supervisor that the server answers and the database reads.
func (s *Server) health(r *request) error {
	if err := s.service.Ping(r.ctx()); err != nil {
		return err
	}
	return r.String(http.StatusOK, "ok\n")
}
