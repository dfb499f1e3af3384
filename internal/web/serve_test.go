package web_test

import (
	"flag"
	"net"
	"net/http"
	"testing"

	"casebook/internal/web/webtest"
)

var serveAt = flag.String("serve", "", "serve the product with the test accounts at this address until interrupted: go test ./internal/web -run TestServe -serve 127.0.0.1:8091")

// TestServe is for looking at pages while working on them: every account's password is webtest.Password.
func TestServe(t *testing.T) {
	if *serveAt == "" {
		t.Skip("needs -serve")
	}
	a := webtest.New(t)
	l, err := net.Listen("tcp", *serveAt)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(http.Serve(l, a.Server.Config.Handler))
}
