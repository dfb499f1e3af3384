package store

import (
	"database/sql/driver"
	"fmt"

	"casebook/internal/store/packing"
)

// The text that search keeps of a record repeats what the records say. In an SQLite file it is kept packed, a quarter of its length; PostgreSQL
// packs long texts by itself. text_has looks into it on both.

// textHas is the condition that a kept text holds a word.
func textHas(column string) string { return "text_has(" + column + ", ?)" }

// searchText binds a kept text.
type searchText struct{ s *string }

func (t searchText) Scan(src any) error {
	switch kept := src.(type) {
	case string: // of PostgreSQL
		*t.s = kept
		return nil
	case []byte:
		body, err := packing.Unpack(kept)
		*t.s = string(body)
		return err
	}
	return fmt.Errorf("search text is kept as %T", src)
}

// keptTexts reads many kept texts, one at a time, and keeps what it needs for that.
type keptTexts struct {
	text     string
	unpacker packing.Unpacker
	body     []byte
}

func (t *keptTexts) Scan(src any) (err error) {
	kept, ok := src.([]byte)
	if !ok {
		return searchText{&t.text}.Scan(src)
	}
	t.body, err = t.unpacker.Append(t.body[:0], kept)
	t.text = string(t.body)
	return err
}

// Value is the packed text; a connection of PostgreSQL takes the plain one.
func (t searchText) Value() (driver.Value, error) {
	return packing.Pack(packing.SearchText, []byte(*t.s)), nil
}
