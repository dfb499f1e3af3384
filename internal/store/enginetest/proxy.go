package enginetest

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands between a register and its server, and cuts the line when it is told to.
type Proxy struct {
	listener net.Listener
	server   string

	mu       sync.Mutex
	lines    []net.Conn
	down     bool
	atCommit cut
}

// cut says what becomes of a COMMIT that the client sends.
type cut int

const (
	pass    cut = iota
	lost        // the line is cut before the server has it
	unknown     // the server has it, and its answer is lost
)

// Through gives the address of a data folder's database behind a proxy.
func Through(t testing.TB, dir string) (*Proxy, string) {
	t.Helper()
	u, err := url.Parse(Database(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: ln, server: u.Host}
	t.Cleanup(func() { _ = ln.Close(); p.Cut() })
	go p.serve()
	u.Host = ln.Addr().String()
	return p, u.String()
}

// Cut cuts every line; new ones are let through unless the proxy is down.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.lines {
		_ = c.Close()
	}
	p.lines = nil
}

// Down says whether the server cannot be reached.
func (p *Proxy) Down(down bool) {
	p.mu.Lock()
	p.down = down
	p.mu.Unlock()
	if down {
		p.Cut()
	}
}

// LoseCommit cuts the line at the next COMMIT: before the server has it, or, answered, before the client has the answer.
func (p *Proxy) LoseCommit(answered bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.atCommit = lost; answered {
		p.atCommit = unknown
	}
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		down := p.down
		p.mu.Unlock()
		server, err := net.Dial("tcp", p.server)
		if down || err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.lines = append(p.lines, client, server)
		p.mu.Unlock()
		go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
		go p.forward(client, server)
	}
}

func (p *Proxy) forward(client, server net.Conn) {
	defer server.Close() //nolint:errcheck // of a test
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		p.mu.Lock()
		what := pass
		if bytes.Contains(buffer[:n], []byte("COMMIT\x00")) {
			what, p.atCommit = p.atCommit, pass
		}
		p.mu.Unlock()
		switch what {
		case lost:
			_ = client.Close()
			return
		case unknown:
			_ = client.(*net.TCPConn).CloseWrite() // what the server answers meets a closed line
			_ = client.Close()
			_, _ = server.Write(buffer[:n])
			_, _ = io.ReadFull(server, make([]byte, 5)) // it has been done
			return
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}
