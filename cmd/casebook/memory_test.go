package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMemoryOfTheMachine(t *testing.T) {
	const machine = "MemTotal:        8000000 kB\nMemFree:          100000 kB\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  int64
	}{
		{"a machine", map[string]string{"proc/meminfo": machine}, 8000000 << 10},
		{"nobody tells", nil, 0},
		{"version 2", map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/a.slice/b.service\n", "sys/fs/cgroup/a.slice/b.service/memory.max": "max\n", "sys/fs/cgroup/a.slice/memory.max": "1073741824\n"}, 1 << 30},
		{"version 2 in a container", map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "536870912\n"}, 512 << 20},
		{"version 1", map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "9:cpu,cpuacct:/x\n8:memory:/d/e\n", "sys/fs/cgroup/memory/d/e/memory.limit_in_bytes": "268435456\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 256 << 20},
		{"no limit", map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "8:memory:/\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 8000000 << 10},
		{"more than the machine has", map[string]string{"proc/meminfo": machine, "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "99999999999999\n"}, 8000000 << 10},
	} {
		root := t.TempDir()
		for name, text := range c.files {
			path := filepath.Join(root, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got := machineMemory(root); got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
	}
	for machine, want := range map[int64]int64{0: mostMemory, 64 << 20: leastMemory, 512 << 20: 128 << 20, 64 << 30: mostMemory} {
		if got := memoryLimit(machine); got != want {
			t.Errorf("the limit on a machine of %d MB is %d MB, want %d", machine>>20, got>>20, want>>20)
		}
	}
}
