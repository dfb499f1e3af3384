package store

import (
	"os"
	"path/filepath"
	"strings"
)

// runningName is the file that a server leaves while it runs: the boot of the machine in which it started. A clean stop takes it away. So the next
// start knows how the last one ended, and whom to trust:
//
//   - stopped: nothing was lost.
//   - killed, the machine went on: what the process had written is in the system's memory or on the disk, whole; SQLite's log brings the last
//     transaction to its end. No page can have been torn.
//   - cut: the machine itself stopped or lost power, or nobody knows. A disk that lies about what it has written may have torn any page: nothing is
//     written before all were checked.
const runningName = "casebook.running"

type ending int

const (
	stopped ending = iota
	killed
	cut
)

// lastEnding reads how the last server on dir ended. log says whether SQLite's log holds something: after a clean stop it does not.
func lastEnding(dir string, log bool) ending {
	mark, err := os.ReadFile(filepath.Join(dir, runningName)) //nolint:gosec // in the data directory
	switch boot := bootID(); {
	case err != nil && !log:
		return stopped
	case err == nil && boot != "" && strings.TrimSpace(string(mark)) == boot:
		return killed
	}
	return cut
}

// markRunning says durably that a server runs in this boot, over pages that can be trusted; unchecked leaves a mark that no boot has.
func markRunning(dir string, checked bool) error {
	mark := bootID()
	if !checked {
		mark = "unchecked"
	}
	path := filepath.Join(dir, runningName)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // in the data directory
	if err != nil {
		return err
	}
	_, err = f.WriteString(mark + "\n")
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = syncDir(dir)
	}
	return err
}

// unmarkRunning is the end of a clean stop.
func unmarkRunning(dir string) { _ = os.Remove(filepath.Join(dir, runningName)) }

// bootID names the time since the machine was started; empty where the system does not tell, which makes every crash one of the machine.
func bootID() string {
	b, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}
