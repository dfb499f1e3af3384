package report

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// sorter puts the rows of a view in order with bounded memory: as many as sortMemory bytes in memory, longer lists in sorted runs in one
// temporary file, which are merged at the end. Rows that are equal in all keys stay as they came.
type sorter struct {
	dir   string
	down  []bool
	list  []sortedRow
	bytes int
	n     uint64
	file  *os.File
	out   *bufio.Writer
	at    int64
	runs  []int64 // where each run begins
}

// sortMemory is how many bytes of rows a sorter keeps in memory.
const sortMemory = 8 << 20

// sortedRow is a row as it is kept: what it is ordered by, when it came, and its cells.
type sortedRow struct {
	keys []Cell
	n    uint64
	row  []Cell
}

func newSorter(dir string, v *View) *sorter {
	s := &sorter{dir: dir}
	for _, o := range v.sort {
		s.down = append(s.down, o.Down)
	}
	return s
}

// add takes a row, whole and as the view cuts it.
func (s *sorter) add(v *View, whole, row []Cell) error {
	r := sortedRow{n: s.n, row: slices.Clone(row)}
	s.n++
	for _, c := range v.sorted {
		r.keys = append(r.keys, whole[c])
	}
	for _, c := range row {
		s.bytes += 64 + len(c.Text)
	}
	s.list = append(s.list, r)
	if s.bytes < sortMemory {
		return nil
	}
	return s.spill()
}

func (s *sorter) compare(a, b *sortedRow) int {
	for i := range s.down {
		c := compareCells(&a.keys[i], &b.keys[i])
		if c == 0 {
			continue
		}
		if !known(&a.keys[i]) || !known(&b.keys[i]) {
			return c // what is not known comes last in either direction
		}
		if s.down[i] {
			return -c
		}
		return c
	}
	return cmp.Compare(a.n, b.n)
}

func known(c *Cell) bool { return c.Kind != Empty && c.Kind != CellUnknown }

// compareCells orders two cells of one column: numbers by value, dates by their first day, texts by their characters; unknown ones last.
func compareCells(a, b *Cell) int {
	switch {
	case !known(a) || !known(b):
		return cmp.Compare(rank(a), rank(b))
	case a.Kind == CellDate && b.Kind == CellDate:
		return cmp.Or(cmp.Compare(a.Date.Earliest(), b.Date.Earliest()), cmp.Compare(a.Date.Latest(), b.Date.Latest()))
	case a.Kind == b.Kind && (a.Kind == CellMoney || a.Kind == CellInteger):
		return cmp.Compare(a.N, b.N)
	case a.Kind == CellNumber && b.Kind == CellNumber:
		x, _ := strconv.ParseFloat(a.Text, 64) // plain decimals: they can be read
		y, _ := strconv.ParseFloat(b.Text, 64)
		return cmp.Compare(x, y)
	}
	return strings.Compare(a.String(), b.String())
}

// rank is 0 of what is known, then unknown words, then nothing.
func rank(c *Cell) int {
	switch c.Kind {
	case CellUnknown:
		return 1
	case Empty:
		return 2
	}
	return 0
}

func (s *sorter) sort() {
	slices.SortFunc(s.list, func(a, b sortedRow) int { return s.compare(&a, &b) })
}

// spill writes what is in memory as a sorted run.
func (s *sorter) spill() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "casebook-sort-*")
		if err != nil {
			return fmt.Errorf("make a temporary file to sort rows: %w", err)
		}
		s.file, s.out = f, bufio.NewWriterSize(f, 64<<10)
	}
	s.sort()
	s.runs = append(s.runs, s.at)
	var b []byte
	for i := range s.list {
		b = s.list[i].append(b[:0])
		if _, err := s.out.Write(binary.AppendUvarint(nil, uint64(len(b)))); err != nil {
			return err
		}
		if _, err := s.out.Write(b); err != nil {
			return err
		}
		s.at += int64(len(b)) + int64(len(binary.AppendUvarint(nil, uint64(len(b)))))
	}
	s.list, s.bytes = s.list[:0], 0
	return nil
}

// each gives the rows in order.
func (s *sorter) each(give func([]Cell) error) error {
	if s.file == nil {
		s.sort()
		for i := range s.list {
			if err := give(s.list[i].row); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	m := merging{s: s}
	for i, from := range s.runs {
		to := s.at
		if i+1 < len(s.runs) {
			to = s.runs[i+1]
		}
		r := &run{in: bufio.NewReaderSize(io.NewSectionReader(s.file, from, to-from), 32<<10)}
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			m.runs = append(m.runs, r)
		}
	}
	heap.Init(&m)
	for len(m.runs) > 0 {
		r := m.runs[0]
		if err := give(r.head.row); err != nil {
			return err
		}
		if ok, err := r.next(); err != nil {
			return err
		} else if ok {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return nil
}

func (s *sorter) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// run is a sorted run while it is read.
type run struct {
	in   *bufio.Reader
	head sortedRow
	buf  []byte
}

func (r *run) next() (ok bool, err error) {
	n, err := binary.ReadUvarint(r.in)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.buf = slices.Grow(r.buf[:0], int(n))[:n]
	if _, err := io.ReadFull(r.in, r.buf); err != nil {
		return false, fmt.Errorf("read sorted rows: %w", err)
	}
	return true, r.head.read(r.buf)
}

// merging is the heap of runs, the one with the least head first.
type merging struct {
	s    *sorter
	runs []*run
}

func (m *merging) Len() int           { return len(m.runs) }
func (m *merging) Less(i, j int) bool { return m.s.compare(&m.runs[i].head, &m.runs[j].head) < 0 }
func (m *merging) Swap(i, j int)      { m.runs[i], m.runs[j] = m.runs[j], m.runs[i] }
func (m *merging) Push(x any)         { m.runs = append(m.runs, x.(*run)) }
func (m *merging) Pop() any {
	last := m.runs[len(m.runs)-1]
	m.runs = m.runs[:len(m.runs)-1]
	return last
}

// append writes the row: its place, its keys, its cells.
func (r *sortedRow) append(b []byte) []byte {
	b = binary.AppendUvarint(b, r.n)
	for _, list := range [][]Cell{r.keys, r.row} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, c := range list {
			text := c.Text
			if c.Kind == CellDate {
				text = c.Date.String()
			}
			b = append(b, byte(c.Kind))
			b = binary.AppendVarint(b, c.N)
			b = binary.AppendUvarint(b, uint64(len(text)))
			b = append(b, text...)
		}
	}
	return b
}

var errSortedRow = errors.New("report: a sorted row cannot be read back")

func (r *sortedRow) read(b []byte) error {
	n, k := binary.Uvarint(b)
	if k <= 0 {
		return errSortedRow
	}
	r.n, b = n, b[k:]
	for _, list := range []*[]Cell{&r.keys, &r.row} {
		count, k := binary.Uvarint(b)
		if k <= 0 {
			return errSortedRow
		}
		b = b[k:]
		*list = (*list)[:0]
		for range count {
			if len(b) == 0 {
				return errSortedRow
			}
			c := Cell{Kind: CellKind(b[0])}
			v, k1 := binary.Varint(b[1:])
			if k1 <= 0 {
				return errSortedRow
			}
			size, k2 := binary.Uvarint(b[1+k1:])
			if k2 <= 0 || uint64(len(b)-1-k1-k2) < size {
				return errSortedRow
			}
			b = b[1+k1+k2:]
			c.N, c.Text, b = v, string(b[:size]), b[size:]
			if c.Kind == CellDate {
				d, err := registry.ParseDate(c.Text)
				if err != nil {
					return err
				}
				c.Date, c.Text = d, ""
			}
			*list = append(*list, c)
		}
	}
	return nil
}
