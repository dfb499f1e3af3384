package store

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"

	"modernc.org/sqlite"

	"casebook/internal/store/packing"
)

// The functions with which migration 33 makes history small. What was tampered with need not be convertible: it is kept as it was, in a form
// that cannot be taken for a converted one, so that verify names the entry as it did before.
func init() {
	for name, convert := range map[string]func(kept any) driver.Value{"history_bytes": historyBytes, "history_ms": historyMs} {
		sqlite.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			return convert(args[0]), nil
		})
	}
	sqlite.MustRegisterDeterministicScalarFunction("history_packed", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		kind, _ := args[0].(string) // of whatever else, the common dictionary
		body, err := text(args[1])
		return packing.Pack(kind, []byte(body)), err
	})
}

// historyBytes are the bytes of a hash, digest or salt that was kept in small hex digits; a text stays one.
func historyBytes(kept any) driver.Value {
	switch kept := kept.(type) {
	case string:
		if b, err := hex.DecodeString(kept); err == nil && hex.EncodeToString(b) == kept {
			return b
		}
	case []byte:
		return string(kept)
	}
	return kept
}

// historyMs is an instant as milliseconds. What is none becomes bytes, which a column of numbers does not read as a number.
func historyMs(kept any) driver.Value {
	s, err := text(kept)
	if err != nil {
		s = fmt.Sprint(kept)
	}
	if t, ok := readInstant(s); ok && instantText(t) == s {
		return t.UnixMilli()
	}
	return []byte(s)
}
