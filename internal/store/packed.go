package store

import (
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"

	"casebook/internal/store/packing"
)

// packedText is a text as packing.Pack leaves it, NULL where it is empty.
type packedText struct {
	noun string
	s    *string
}

func (p packedText) Scan(src any) error {
	body, err := unpacked(src)
	*p.s = string(body)
	return err
}

func (p packedText) Value() (driver.Value, error) { return packedBody(p.noun, *p.s), nil }

// packedJSON is a value as JSON, packed; NULL where it is nothing.
type packedJSON struct {
	noun string
	v    jsonValue
}

func (p packedJSON) Scan(src any) error {
	body, err := unpacked(src)
	if err != nil || body == nil {
		return err
	}
	return p.v.Scan(body)
}

func (p packedJSON) Value() (driver.Value, error) {
	v, err := p.v.Value()
	if v == "null" || err != nil {
		return nil, err
	}
	return packedBody(p.noun, v.(string)), nil
}

func unpacked(src any) ([]byte, error) {
	switch v := src.(type) {
	case nil:
		return nil, nil
	case []byte:
		return packing.Unpack(v)
	}
	return nil, fmt.Errorf("packed column holds %T", src)
}

func packedBody(noun, body string) driver.Value {
	if body == "" {
		return nil
	}
	return packing.Pack(noun, []byte(body))
}

// SQLite's step 35 packs the rows that are there, one after another.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("packed", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		noun, isNoun := args[0].(string)
		body, isText := args[1].(string)
		if args[1] == nil {
			return nil, nil
		}
		if !isNoun || !isText {
			return nil, fmt.Errorf("packed is given %T and %T", args[0], args[1])
		}
		return packedBody(noun, body), nil
	})
}
