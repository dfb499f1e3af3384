package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"casebook/internal/registry"
)

// Tallies are kept as bytes: for each line its table, its name, which of its figures are not zero, and those, in the order of the names. The same
// tallies are the same bytes.

func packTallies(b []byte, t registry.Tallies) []byte {
	p := tallyPacker{packed: b}
	for _, k := range slices.SortedFunc(maps.Keys(t), compareTallies) {
		p.add(k, t[k])
	}
	return p.packed
}

func compareTallies(a, b registry.TallyKey) int {
	return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Line, b.Line))
}

// tallyPacker packs tallies that come in the order of their names.
type tallyPacker struct {
	packed []byte
	table  string
}

func (p *tallyPacker) add(k registry.TallyKey, t registry.Tally) {
	table := k.Table
	if table == p.table { // an empty name: the one before
		table = ""
	}
	p.table = k.Table
	p.packed = packText(packText(p.packed, table), k.Line)
	at := len(p.packed)
	p.packed = append(p.packed, 0)
	for i, n := range figures(t) {
		if n != 0 {
			p.packed[at] |= 1 << i
			p.packed = binary.AppendVarint(p.packed, n)
		}
	}
}

func figures(t registry.Tally) [7]int64 {
	return [...]int64{t.Cases, t.Items, int64(t.Total), t.Known, t.Unknown, t.Persons, t.Unsaid}
}

func packText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errTallies = errors.New("kept tallies are damaged")

// unpackTallies hands out what packTallies wrote.
func unpackTallies(b []byte, each func(k registry.TallyKey, t registry.Tally)) error {
	return eachTally(b, func(table, line []byte, t registry.Tally) {
		each(registry.TallyKey{Table: string(table), Line: string(line)}, t)
	})
}

// eachTally is unpackTallies where names are looked at and not kept.
func eachTally(b []byte, each func(table, line []byte, t registry.Tally)) (err error) {
	var table []byte
	for len(b) > 0 {
		var next, line []byte
		if next, b, err = unpackBytes(b); err != nil {
			return err
		}
		if len(next) > 0 {
			table = next
		}
		if line, b, err = unpackBytes(b); err != nil {
			return err
		}
		if len(b) == 0 {
			return errTallies
		}
		has := b[0]
		b = b[1:]
		var n [7]int64
		for i := range n {
			if has&(1<<i) == 0 {
				continue
			}
			v, used := binary.Varint(b)
			if used <= 0 {
				return errTallies
			}
			n[i], b = v, b[used:]
		}
		each(table, line, registry.Tally{Cases: n[0], Items: n[1], Total: registry.Money(n[2]), Known: n[3], Unknown: n[4], Persons: n[5], Unsaid: n[6]})
	}
	return nil
}

func unpackText(b []byte) (s string, rest []byte, err error) {
	text, rest, err := unpackBytes(b)
	return string(text), rest, err
}

func unpackBytes(b []byte) (text, rest []byte, err error) {
	n, used := binary.Uvarint(b)
	if used <= 0 || n > uint64(len(b)-used) {
		return nil, nil, errTallies
	}
	b = b[used:]
	return b[:n], b[n:], nil
}

// packFact is what of a fact is added up: nothing where it is that of a voided case.
func packFact(x *registry.CaseFact) []byte {
	if len(x.Tallies) == 0 {
		return []byte{}
	}
	b := make([]byte, 0, 512)
	if len(x.Apart) > 0 { // rare: a mark that is no length of a month, and what counts apart
		var apart []byte
		for _, a := range x.Apart {
			apart = packText(binary.AppendUvarint(apart, uint64(a.Date)), a.Month)
			apart = packText(apart, string(packTallies(nil, a.Tallies)))
		}
		b = packText(append(b, apartMark), string(apart))
	}
	for _, m := range x.Months {
		b = packText(b, m)
	}
	return packTallies(packText(packText(b, x.District), x.Branch), x.Tallies)
}

// apartMark begins a fact of which something counts apart. Others begin with the length of a month.
const apartMark = 1

// packedFact is a fact as it is kept: its tallies are still packed.
type packedFact struct {
	months           [registry.CaseDates]string
	district, branch string
	tallies          []byte
	apart            []packedApart
}

type packedApart struct {
	date    int
	month   string
	tallies []byte
}

func unpackFact(b []byte) (x packedFact, err error) {
	if len(b) == 0 {
		return x, nil
	}
	if b[0] == apartMark {
		if b, err = x.unpackApart(b[1:]); err != nil {
			return x, err
		}
	}
	for i := range x.months {
		if x.months[i], b, err = unpackText(b); err != nil {
			return x, err
		}
	}
	if x.district, b, err = unpackText(b); err != nil {
		return x, err
	}
	x.branch, x.tallies, err = unpackText(b)
	return x, err
}

func (x *packedFact) unpackApart(b []byte) (rest []byte, err error) {
	list, rest, err := unpackBytes(b)
	if err != nil {
		return nil, err
	}
	for len(list) > 0 {
		date, used := binary.Uvarint(list)
		if used <= 0 || date >= registry.CaseDates {
			return nil, errTallies
		}
		a := packedApart{date: int(date)}
		if a.month, list, err = unpackText(list[used:]); err != nil {
			return nil, err
		}
		if a.tallies, list, err = unpackBytes(list); err != nil {
			return nil, err
		}
		x.apart = append(x.apart, a)
	}
	return rest, nil
}

// cellKey is a cell of what is kept of all cases: by which date, of whom, in which month.
type cellKey struct {
	date  int
	area  string
	month string
}

// Areas of cells: the whole register, the cases that lie in a district, those that a branch handles.
func districtArea(code string) string { return "d" + code }
func branchArea(code string) string   { return "b" + code }

// cells are those of months that a fact is part of, with what it adds there, and how often.
func (x *packedFact) cells(do func(k cellKey, tallies []byte, n int64)) {
	for date := range x.months {
		x.cellsBy(date, do)
	}
}

func (x *packedFact) cellsBy(date int, do func(k cellKey, tallies []byte, n int64)) {
	for _, area := range []string{"", districtArea(x.district), branchArea(x.branch)} {
		x.in(date, area, func(month string, tallies []byte, n int64) { do(cellKey{date, area, month}, tallies, n) })
	}
}

// in is what a fact adds to the months of a date in an area, and how often: what counts in another month than the case is taken from the case's.
func (x *packedFact) in(date int, area string, do func(month string, tallies []byte, n int64)) {
	if len(x.tallies) == 0 || area != "" && (area[:1] != "d" || area[1:] != x.district) && (area[:1] != "b" || area[1:] != x.branch) {
		return
	}
	do(x.months[date], x.tallies, 1)
	for i := range x.apart {
		if a := &x.apart[i]; a.date == date {
			do(a.month, a.tallies, 1)
			do(x.months[date], a.tallies, -1)
		}
	}
}

// yearOf is the cell of the year that a month's cell is added up in; ok is false where there is none.
func (k cellKey) yearOf() (year cellKey, ok bool) {
	if len(k.month) != len("2006-01") {
		return k, false
	}
	k.month = k.month[:len("2006")]
	return k, true
}
