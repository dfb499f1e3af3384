package store

import (
	"bytes"
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"

	"casebook/internal/store/packing"
)

// The text that search keeps of a record repeats what the records say; it is kept packed, a quarter of its length, and looked into by a
// function of our own.

// textHas is the condition that a kept text holds a word.
func textHas(column string) string { return "text_has(" + column + ", ?)" }

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("text_has", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		word, ok := args[1].(string)
		if !ok {
			return nil, fmt.Errorf("text_has looks for %T", args[1])
		}
		kept, ok := args[0].([]byte)
		if !ok {
			return nil, fmt.Errorf("text_has looks into %T", args[0])
		}
		text, err := packing.Unpack(kept)
		return bytes.Contains(text, []byte(word)), err
	})
}

// searchText binds a kept text.
type searchText struct{ s *string }

func (t searchText) Scan(src any) error {
	switch kept := src.(type) {
	case string: // PostgreSQL packs by itself
		*t.s = kept
		return nil
	case []byte:
		body, err := packing.Unpack(kept)
		*t.s = string(body)
		return err
	}
	return fmt.Errorf("search text is kept as %T", src)
}

func (t searchText) Value() (driver.Value, error) {
	return packing.Pack(packing.SearchText, []byte(*t.s)), nil
}
