package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// counted are the packages with counters; the program itself, since that is where counting is set up.
const counted = "casebook/internal/lineartest,bytes,regexp,strings,unicode/utf8,casebook/internal/registry,casebook/internal/statute,casebook/internal/statute/cite,casebook/internal/statute/diff,casebook/internal/intake,casebook/internal/intake/facts,casebook/internal/ledgerread"

func TestMain(m *testing.M) {
	code := m.Run()
	counting.end()
	os.Exit(code)
}

// counting is the counting binary at work.
var counting counter

type counter struct {
	once sync.Once
	mu   sync.Mutex
	err  error
	dir  string
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
}

// built names the binary to the processes in which a fuzz target works: it waits ten seconds for one, which building may take.
const built = "CASEBOOK_COUNTING"

func (c *counter) build() (path string, err error) {
	if c.dir, err = os.MkdirTemp("", "casebook-steps-"); err != nil {
		return "", err
	}
	if path := os.Getenv(built); path != "" {
		return path, nil
	}
	path = filepath.Join(c.dir, "counting")
	if out, err := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg="+counted, "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the counting binary: %w\n%s", err, out)
	}
	return path, os.Setenv(built, path)
}

func (c *counter) start() error {
	binary, err := c.build()
	if err != nil {
		return err
	}
	c.cmd = exec.Command(binary)
	c.cmd.Env = append(os.Environ(), "GOCOVERDIR="+c.dir)
	c.cmd.Stderr = os.Stderr
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.out = bufio.NewReader(out)
	return c.cmd.Start()
}

func (c *counter) end() {
	if c.cmd != nil && c.cmd.Process != nil {
		_ = c.in.Close()
		_ = c.cmd.Wait()
	}
	if c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
}

func (c *counter) ready(t testing.TB) {
	t.Helper()
	if c.once.Do(func() { c.err = c.start() }); c.err != nil {
		t.Fatal(c.err)
	}
}

// steps are what a reader takes for a text.
func steps(t *testing.T, reader int, text string) (n uint64) {
	t.Helper()
	counting.ready(t)
	counting.mu.Lock()
	defer counting.mu.Unlock()
	var question bytes.Buffer
	_ = binary.Write(&question, binary.LittleEndian, [2]uint32{uint32(reader), uint32(len(text))})
	question.WriteString(text)
	if _, err := counting.in.Write(question.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := binary.Read(counting.out, binary.LittleEndian, &n); err != nil {
		t.Fatalf("%s ended at a text of %d bytes: %v", readers[reader].name, len(text), err)
	}
	return n
}
