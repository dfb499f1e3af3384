package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// memoryShare is the part of the machine, or of the container, that the garbage collector may let the heap grow to before it works harder: the
	// rest is for SQLite's caches, which lie beside the heap, the files that the system keeps in memory, and everybody else.
	memoryShare = 4
	// A register needs no more than mostMemory however large the machine is: heavy work waits in a queue that fits into it. Below leastMemory the
	// collector would run all the time.
	leastMemory = 96 << 20
	mostMemory  = 160 << 20
)

// boundMemory sets the heap's soft limit from the machine and returns it; a GOMEMLIMIT in the environment stands.
func boundMemory() int64 {
	// A page is short-lived garbage on a small heap: letting the heap grow further before each collection takes a sixth off a list's CPU. The limit
	// keeps that from adding up.
	debug.SetGCPercent(300)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit(machineMemory("/")))
	}
	return debug.SetMemoryLimit(-1)
}

// exportHeap bounds the heap of a command that exports: with SQLite's cache and the program itself it stays under 100 MB, however many cases there are. What lives
// is 25 MB; collecting more often costs less than a third of the CPU.
const exportHeap = 40 << 20

// boundExport keeps the memory of an export small; GOGC and GOMEMLIMIT in the environment stand.
func boundExport() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(25)
		debug.SetMemoryLimit(exportHeap)
	}
}

// memoryLimit is the limit on a machine of so many bytes; 0: nobody knows.
func memoryLimit(machine int64) int64 {
	if machine == 0 {
		return mostMemory
	}
	return min(mostMemory, max(leastMemory, machine/memoryShare))
}

// machineMemory is what this process may use: the machine's memory, or less where a control group of it or above it (version 2, or 1) says so; 0 where the
// system does not tell. root is / but in tests.
func machineMemory(root string) int64 {
	least := memTotal(filepath.Join(root, "proc/meminfo"))
	groups, _ := os.ReadFile(filepath.Join(root, "proc/self/cgroup")) //nolint:gosec // the system's own
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		top, file := "sys/fs/cgroup", "memory.max"
		switch {
		case parts[1] == "": // version 2
		case strings.Contains(","+parts[1]+",", ",memory,"):
			top, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		default:
			continue
		}
		for group := path.Join("/", parts[2]); ; group = path.Dir(group) {
			b, _ := os.ReadFile(filepath.Join(root, top, group, file)) //nolint:gosec // the system's own
			// No limit is "max", or in version 1 a number beyond every machine.
			if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && n > 0 && (least == 0 || n < least) {
				least = n
			}
			if group == "/" {
				break
			}
		}
	}
	return least
}

func memTotal(file string) int64 {
	b, _ := os.ReadFile(file) //nolint:gosec // the system's own
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		if f := strings.Fields(s.Text()); len(f) == 3 && f[0] == "MemTotal:" && f[2] == "kB" {
			kb, _ := strconv.ParseInt(f[1], 10, 64)
			return kb << 10
		}
	}
	return 0
}

// quiet is how long nobody asked for anything before memory is given back.
const quiet = 20 * time.Second

// giveBack returns to the system what a start, or a busy hour, has left on the heap, once nobody asks for anything: the collector alone would keep it for the next
// busy hour. shrink does the same for what lies beside the heap.
func giveBack(ctx context.Context, served *atomic.Int64, shrink func(context.Context)) {
	tick := time.NewTicker(quiet)
	defer tick.Stop()
	debug.FreeOSMemory()
	for before, given := served.Load(), served.Load(); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := served.Load()
		if now == before && now != given {
			shrink(ctx)
			debug.FreeOSMemory()
			given = now
		}
		before = now
	}
}
