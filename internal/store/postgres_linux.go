package store

import (
	"strings"
	"syscall"
)

// giveUp ends a connection whose server has not taken what was sent for 30 seconds: after a cut that nobody tells of, a write would wait a
// quarter of an hour otherwise.
func giveUp(network, _ string, c syscall.RawConn) (err error) {
	const tcpUserTimeout = 18
	if !strings.HasPrefix(network, "tcp") {
		return nil
	}
	if told := c.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, 30_000) }); told != nil {
		return told
	}
	return err
}
