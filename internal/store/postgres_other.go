//go:build !linux

package store

import "syscall"

// giveUp leaves it to the system how long what was sent may stay untaken.
func giveUp(string, string, syscall.RawConn) error { return nil }
