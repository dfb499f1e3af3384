package enginetest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Cluster is a PostgreSQL server of a test's own, that the test may stop, start and follow with a standby. It is made from the programs of the
// newest version that the machine has under /usr/lib/postgresql.
type Cluster struct {
	t    testing.TB
	dir  string // of the cluster; the log lies beside it
	port int
}

const clusterPassword = "casebook"

// NewCluster makes a server with one empty database, casebook, and starts it.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	c := newCluster(t)
	password := c.dir + ".password"
	if err := os.WriteFile(password, []byte(clusterPassword), 0o644); err != nil { //nolint:gosec // of a test
		t.Fatal(err)
	}
	c.tool("initdb", "-D", c.dir, "-U", "postgres", "-A", "scram-sha-256", "--pwfile="+password, "-E", "UTF8", "--locale=C.UTF-8", "-N")
	c.Start()
	c.psql("postgres", "CREATE DATABASE casebook ENCODING 'UTF8' TEMPLATE template0")
	return c
}

// Standby makes a second server that follows this one.
func (c *Cluster) Standby() *Cluster {
	c.t.Helper()
	s := newCluster(c.t)
	s.tool("pg_basebackup", "-R", "-D", s.dir, "-c", "fast", "-d", c.Address("postgres"))
	s.Start()
	return s
}

func newCluster(t testing.TB) *Cluster {
	t.Helper()
	if len(programs()) == 0 {
		t.Skip("no PostgreSQL under /usr/lib/postgresql")
	}
	dir, err := os.MkdirTemp("", "casebook-cluster-") // not below a folder of the test, which its user alone may enter
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{t: t, dir: filepath.Join(dir, "data"), port: ln.Addr().(*net.TCPAddr).Port}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip(err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		_ = c.command("pg_ctl", "-D", c.dir, "-m", "immediate", "-w", "stop").Run() // it may have been stopped
		_ = os.RemoveAll(dir)
	})
	return c
}

func programs() []string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is sound
	slices.Sort(found)
	return found
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	all := programs()
	args = append([]string{filepath.Join(all[len(all)-1], name)}, args...)
	if os.Getuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...) //nolint:gosec // of a test
	cmd.Dir = "/"
	return cmd
}

func (c *Cluster) tool(name string, args ...string) {
	c.t.Helper()
	if out, err := c.command(name, args...).CombinedOutput(); err != nil {
		c.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (c *Cluster) psql(database, statement string) {
	c.t.Helper()
	c.tool("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", c.Address(database), "-c", statement)
}

// Start starts the server; Stop stops it, dropping its clients. Promote makes a standby the primary.
func (c *Cluster) Start() {
	c.t.Helper()
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off", c.port, filepath.Dir(c.dir))
	// The server would hold a pipe of ours open: its output goes to the log.
	if err := c.command("pg_ctl", "-D", c.dir, "-l", c.dir+".log", "-w", "-s", "-o", options, "start").Run(); err != nil {
		c.t.Fatalf("start PostgreSQL: %v", err)
	}
}

// Stop stops the server and drops its clients.
func (c *Cluster) Stop() {
	c.t.Helper()
	c.tool("pg_ctl", "-D", c.dir, "-m", "fast", "-w", "-s", "stop")
}

// Promote makes a standby a primary.
func (c *Cluster) Promote() { c.t.Helper(); c.tool("pg_ctl", "-D", c.dir, "-w", "-s", "promote") }

// Do runs a statement in the register's database.
func (c *Cluster) Do(statement string) { c.t.Helper(); c.psql("casebook", statement) }

// Number asks the register's database for a number.
func (c *Cluster) Number(query string) int {
	c.t.Helper()
	out, err := c.command("psql", "-X", "-A", "-t", "-d", c.Address("casebook"), "-c", query).Output()
	if err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// Host is where the server listens.
func (c *Cluster) Host() string { return fmt.Sprintf("127.0.0.1:%d", c.port) }

// Address is that of one of its databases.
func (c *Cluster) Address(database string) string {
	return fmt.Sprintf("postgres://postgres:%s@%s/%s", clusterPassword, c.Host(), database)
}
