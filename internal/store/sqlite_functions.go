package store

import (
	"bytes"
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"

	"casebook/internal/store/packing"
)

// text_has looks into a packed text.
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
