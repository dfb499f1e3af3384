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
const counted = "casebook/internal/lineartest,bytes,regexp,strings,unicode/utf8,casebook/internal/registry,casebook/internal/statute,casebook/internal/statute/cite,casebook/internal/statute/diff,casebook/internal/intake,casebook/internal/ledgerread"

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

func (c *counter) start() error {
	var err error
	if c.dir, err = os.MkdirTemp("", "casebook-steps-"); err != nil {
		return err
	}
	binary := filepath.Join(c.dir, "counting")
	if out, err := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg="+counted, "-o", binary, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build the counting binary: %w\n%s", err, out)
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

// steps are what a reader takes for a text.
func steps(t *testing.T, reader int, text string) (n uint64) {
	t.Helper()
	counting.once.Do(func() { counting.err = counting.start() })
	if counting.err != nil {
		t.Fatal(counting.err)
	}
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
