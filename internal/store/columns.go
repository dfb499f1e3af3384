package store

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"casebook/internal/registry"
)

// columns binds the columns of a table to the fields of a value: the same list serves INSERT, UPDATE and SELECT, so that a
// field cannot be written and forgotten on reading. Each entry scans into, and takes its value from, the same pointer.
type columns struct {
	names    []string
	ptrs     []any
	computed []computed
}

// computed is a column that the database computes from the others of the row as it is written; {name} stands for one of them.
type computed struct{ name, value string }

// sql is the expression in a statement whose parameters are the columns given.
func (x computed) sql(columns []string) string {
	for i, name := range columns {
		x.value = strings.ReplaceAll(x.value, "{"+name+"}", mark(i+1))
	}
	return x.value
}

// col binds a text, number or yes/no column.
func (c *columns) col(name string, ptr any) {
	c.names = append(c.names, name)
	c.ptrs = append(c.ptrs, ptr)
}

// driverValues are what fields hold now, as a driver takes them: database/sql would find each out by reflection.
func driverValues(ptrs []any) (values []any, err error) {
	values = make([]any, len(ptrs))
	for i, p := range ptrs {
		switch p := p.(type) {
		case *string:
			values[i] = *p
		case *int64:
			values[i] = *p
		case *bool:
			values[i] = *p
		case driver.Valuer:
			if values[i], err = p.Value(); err != nil {
				return nil, err
			}
		default:
			values[i] = p
		}
	}
	return values, nil
}

// writtenOnce tells the columns that an update leaves alone.
func writtenOnce(name string) bool { return name == "client_uid" || name == "created_at" }

// updated are the values of an update.
func (c *columns) updated() (ptrs []any) {
	for i, n := range c.names {
		if !writtenOnce(n) {
			ptrs = append(ptrs, c.ptrs[i])
		}
	}
	return ptrs
}

// date binds a partial date to its two columns: the second is empty where the day is known.
func (c *columns) date(name string, d *registry.Date) {
	b := &dateBounds{d: d}
	c.col(name, (*dateEarliest)(b))
	c.col(name+"_latest", (*dateLatest)(b))
}

// list binds a value that belongs to its row and is stored as JSON.
func (c *columns) list(name string, ptr any) { c.col(name, jsonValue{ptr}) }

// packed binds a text that rows repeat each other in, narratives above all: nothing asks for it in SQL, and packed with the dictionary of its noun it takes
// a fifth.
func (c *columns) packed(noun, name string, s *string) { c.col(name, packedText{noun, s}) }

// packedList is list, packed.
func (c *columns) packedList(noun, name string, ptr any) {
	c.col(name, packedJSON{noun, jsonValue{ptr}})
}

// leaveWords takes out what is packed, but who inspected: due days lie on the desks of officers.
func (c *columns) leaveWords() {
	names, ptrs := c.names[:0], c.ptrs[:0]
	for i, p := range c.ptrs {
		_, text := p.(packedText)
		_, list := p.(packedJSON)
		if text || list && c.names[i] != "officers" {
			continue
		}
		names, ptrs = append(names, c.names[i]), append(ptrs, p)
	}
	c.names, c.ptrs = names, ptrs
}

// time binds an instant, which becomes what will be read back.
func (c *columns) time(name string, t *time.Time) {
	*t = asStored(*t)
	c.col(name, instant{t})
}

// maybeTime binds an instant that may be NULL.
func (c *columns) maybeTime(name string, t **time.Time) {
	if *t != nil {
		u := asStored(**t)
		*t = &u
	}
	c.col(name, maybeInstant{t})
}

// ref binds a reference whose zero is NULL.
func ref[T ~int64](c *columns, name string, id *T) { c.col(name, reference[T]{id}) }

func (c *columns) meta(m *registry.Meta) {
	c.col("version", &m.Version)
	c.col("client_uid", emptyNull{&m.ClientUID})
	c.time("created_at", &m.CreatedAt)
	m.UpdatedAt = asStored(m.UpdatedAt)
	c.col("updated_at", laterInstant{&m.UpdatedAt, m})
}

func (c *columns) approval(prefix string, a *registry.Approval) {
	c.col(prefix+"_state", &a.State)
	c.col(prefix+"_kind", &a.Kind)
	c.col(prefix+"_number", &a.Number)
	c.date(prefix+"_on", &a.On)
	c.date(prefix+"_valid_to", &a.ValidTo)
}

func (c *columns) place(p *registry.Place) {
	c.col("longitude", &p.Longitude)
	c.col("latitude", &p.Latitude)
	c.col("datum", &p.Datum)
}

type dateBounds struct {
	d        *registry.Date
	earliest string
}

type (
	dateEarliest dateBounds
	dateLatest   dateBounds
)

func (b *dateEarliest) Scan(src any) error {
	s, err := text(src)
	b.earliest = s
	return err
}

func (b *dateEarliest) Value() (driver.Value, error) { return b.d.Earliest(), nil }

func (b *dateLatest) Scan(src any) error {
	s, err := text(src)
	if err != nil {
		return err
	}
	return b.set(s)
}

func (b *dateLatest) set(s string) (err error) {
	if s == "" {
		s = b.earliest
	}
	*b.d, err = registry.DateFromRange(b.earliest, s)
	return err
}

func (b *dateLatest) Value() (driver.Value, error) {
	if latest := b.d.Latest(); latest != b.d.Earliest() {
		return latest, nil
	}
	return "", nil
}

// latestOf is the last day of a partial date, in SQL.
func latestOf(column string) string {
	return "CASE " + column + "_latest WHEN '' THEN " + column + " ELSE " + column + "_latest END"
}

type jsonValue struct{ ptr any }

func (j jsonValue) Scan(src any) error {
	s, err := text(src)
	if err != nil {
		return err
	}
	return j.set(s)
}

func (j jsonValue) set(s string) error {
	if s == "null" { // as nearly all are; what it is read into is new
		return nil
	}
	return json.Unmarshal([]byte(s), j.ptr)
}

func (j jsonValue) Value() (driver.Value, error) {
	b, err := json.Marshal(j.ptr)
	return string(b), err
}

// instantLayout has a fixed length, so that text order is time order.
const instantLayout = "2006-01-02T15:04:05.000Z"

// asStored is an instant as a column keeps it, so that a revision written with the row says the same.
func asStored(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

func instantText(t time.Time) string { return t.UTC().Format(instantLayout) }

type instant struct{ t *time.Time }

func (i instant) Scan(src any) error {
	if ms, ok := src.(int64); ok { // in the audit log
		*i.t = time.UnixMilli(ms).UTC()
		return nil
	}
	s, err := text(src)
	if err != nil {
		return err
	}
	return i.set(s)
}

func (i instant) set(s string) (err error) {
	if t, ok := readInstant(s); ok {
		*i.t = t
		return nil
	}
	*i.t, err = time.Parse(instantLayout, s)
	return err
}

// readInstant reads instantLayout by its places: every row of every list has two of them, and time.Parse reads the layout each time.
func readInstant(s string) (time.Time, bool) {
	if len(s) != len(instantLayout) {
		return time.Time{}, false
	}
	var n [7]int // year, month, day, hour, minute, second, millisecond
	part := 0
	for i := range len(s) {
		c, shape := s[i], instantLayout[i]
		switch {
		case c >= '0' && c <= '9' && shape >= '0' && shape <= '9':
			n[part] = 10*n[part] + int(c-'0')
		case c == shape && part < len(n)-1:
			part++
		case c != shape:
			return time.Time{}, false
		}
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6]*1e6, time.UTC)
	if t.Day() != n[2] || n[1] < 1 || n[1] > 12 || n[3] > 23 || n[4] > 59 || n[5] > 59 { // 30 February is time.Parse's to refuse
		return time.Time{}, false
	}
	return t, true
}

func (i instant) Value() (driver.Value, error) { return instantText(*i.t), nil }

// laterInstant is when a row was changed last: empty where it never was, as most rows never are. It stands after created_at.
type laterInstant struct {
	t   *time.Time
	row *registry.Meta
}

func (l laterInstant) Scan(src any) error {
	s, err := text(src)
	if err != nil {
		return err
	}
	return l.set(s)
}

func (l laterInstant) set(s string) error {
	if s == "" {
		*l.t = l.row.CreatedAt
		return nil
	}
	return instant{l.t}.set(s)
}

func (l laterInstant) Value() (driver.Value, error) {
	if l.row.Version == 1 && l.t.Equal(l.row.CreatedAt) {
		return "", nil
	}
	return instantText(*l.t), nil
}

// updatedOf is when a row was changed last, in SQL.
func updatedOf(row string) string {
	return "CASE " + row + ".updated_at WHEN '' THEN " + row + ".created_at ELSE " + row + ".updated_at END"
}

// otherText is empty where it is the text of a column before it.
type otherText struct{ s, first *string }

func (o otherText) Scan(src any) error {
	s, err := text(src)
	if err != nil {
		return err
	}
	return o.set(s)
}

func (o otherText) set(s string) error {
	if s == "" {
		s = *o.first
	}
	*o.s = s
	return nil
}

func (o otherText) Value() (driver.Value, error) {
	if *o.s == *o.first {
		return "", nil
	}
	return *o.s, nil
}

// actedAt reads when an act was done. What is no time, in a log that was tampered with, is read as none: the list is still shown, and verify
// names the entry.
type actedAt struct{ t *time.Time }

func (a actedAt) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		*a.t = time.Time{}
		return nil
	}
	*a.t = time.UnixMilli(ms).UTC()
	return nil
}

// number reads a number of the log; what is none, which only tampering leaves, is one that no entry tells.
type number struct{ n *int64 }

func (n number) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		v = math.MinInt64
	}
	*n.n = v
	return nil
}

type maybeInstant struct{ t **time.Time }

func (m maybeInstant) Scan(src any) error {
	if src == nil {
		*m.t = nil
		return nil
	}
	var t time.Time
	if err := (instant{&t}).Scan(src); err != nil {
		return err
	}
	*m.t = &t
	return nil
}

func (m maybeInstant) Value() (driver.Value, error) {
	if *m.t == nil {
		return nil, nil
	}
	return instantText(**m.t), nil
}

type reference[T ~int64] struct{ id *T }

func (r reference[T]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r.id = 0
	case int64:
		*r.id = T(v)
	default:
		return fmt.Errorf("reference column holds %T", src)
	}
	return nil
}

func (r reference[T]) Value() (driver.Value, error) {
	if *r.id == 0 {
		return nil, nil
	}
	return int64(*r.id), nil
}

// emptyNull stores an empty text as NULL: for UNIQUE columns in which many rows have none.
type emptyNull struct{ s *string }

func (e emptyNull) Scan(src any) error {
	s, err := text(src)
	*e.s = s
	return err
}

func (e emptyNull) Value() (driver.Value, error) {
	if *e.s == "" {
		return nil, nil
	}
	return *e.s, nil
}

func text(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case time.Time: // the driver parses columns declared as dates; ours are TEXT, so this is a schema mistake
		return "", fmt.Errorf("text column holds a time")
	}
	return "", fmt.Errorf("text column holds %T", src)
}

// derived binds a column that is computed from the value as it is when it is asked: written, and skipped on reading.
func (c *columns) derived(name string, value func() any) { c.col(name, derivedValue{value}) }

type derivedValue struct{ of func() any }

func (derivedValue) Scan(any) error { return nil }
func (d derivedValue) Value() (driver.Value, error) {
	return driver.DefaultParameterConverter.ConvertValue(d.of())
}

// hexed reads bytes as hex digits. A text that stands in their place was none when the register was converted, and is read as it is.
type hexed struct{ s *string }

func (h hexed) Scan(src any) error {
	s, err := text(src)
	if b, ok := src.([]byte); ok {
		var digits [2 * sha256.Size]byte // most are a sum: a text of them is made once
		s = string(hex.AppendEncode(digits[:0], b))
	}
	*h.s = s
	return err
}
