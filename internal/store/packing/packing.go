// Package packing makes the bodies of revisions small: zstd with a dictionary for each kind of record, so that what all records of a kind
// have alike (names of fields, empty fields, formulas of documents, citations of the catalogue) costs a byte or two.
//
// What was packed once must be readable for ever. A packed body begins with a byte: the number of the dictionary it was packed with, or 0
// before a body that is kept as it is. A dictionary is a file of the program and never changes: a better one gets a new number, and the old
// one stays for what was packed with it. They are made from invented records alone (TestDictionaries), for every register has them. Invented
// sentences pack better than real ones, since dictionaries know them; fields, formulas and citations are as in a real register.
//
// It must not know what a record is. Look first at Pack.
package packing

import (
	"embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// dictionaries are named number-kind.
//
//go:embed dictionaries/*.zstd
var dictionaries embed.FS

// Kinds that are no noun's: all records that have no dictionary of their own, and the text that search keeps of a record.
const (
	Rest       = "rest"
	SearchText = "search"
)

const (
	plain = 0 // in place of a dictionary's number
	// shortest is how long a body must be for packing to pay.
	shortest = 32
	// largest bounds what a damaged or forged body can make us allocate; the longest body of a record is well below it.
	largest = 64 << 20
)

// unused is the bit of a frame's first byte that no decoder looks at: set, it is damage all the same.
const unused = 1 << 4

// magic begins every frame of zstd, and is left out.
var magic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// A dictionary with what packs by it. Neither is made before it is needed: a dictionary in use costs half a megabyte.
type dictionary struct {
	number  byte
	content []byte
	encoder func() *zstd.Encoder
	decoder func() *zstd.Decoder
}

type shelf struct {
	byKind   map[string]*dictionary // the newest of each kind
	byNumber map[byte]*dictionary
}

var load = sync.OnceValue(func() shelf {
	s := shelf{map[string]*dictionary{}, map[byte]*dictionary{}}
	list, err := dictionaries.ReadDir("dictionaries")
	must(err)
	for _, e := range list {
		number, kind, _ := strings.Cut(strings.TrimSuffix(e.Name(), path.Ext(e.Name())), "-")
		n, err := strconv.ParseUint(number, 10, 8)
		must(err)
		content, err := dictionaries.ReadFile("dictionaries/" + e.Name())
		must(err)
		d := &dictionary{number: byte(n), content: content}
		d.encoder = sync.OnceValue(func() *zstd.Encoder { return encoder(content) })
		d.decoder = sync.OnceValue(func() *zstd.Decoder {
			r, err := zstd.NewReader(nil, zstd.WithDecoderDicts(content), zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(largest))
			must(err)
			return r
		})
		s.byNumber[d.number] = d
		if have := s.byKind[kind]; have == nil || have.number < d.number {
			s.byKind[kind] = d
		}
	}
	return s
})

func must(err error) {
	if err != nil {
		panic("packing: a dictionary of the program cannot be used: " + err.Error())
	}
}

// window is how far back a longer body is looked at: the encoder keeps as much memory.
const window = 256 << 10

// encoder packs with one goroutine at a time: writes come one after another. The body's digest stands in the audit chain, a checksum of the
// frame would be a second one.
func encoder(dict []byte) *zstd.Encoder {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dict), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window))
	must(err)
	return w
}

// Pack returns a body as it is stored.
func Pack(kind string, body []byte) []byte {
	s := load()
	d := s.byKind[kind]
	if d == nil {
		d = s.byKind[Rest]
	}
	if d != nil && len(body) >= shortest {
		packed := d.encoder().EncodeAll(body, make([]byte, 0, len(body)/2+64))
		if len(packed)-len(magic) < len(body) {
			packed = slices.Delete(packed, 0, len(magic)-1)
			packed[0] = d.number
			return packed
		}
	}
	return append([]byte{plain}, body...)
}

var errDamaged = errors.New("packed body is damaged")

// Unpack returns the body that Pack was given.
func Unpack(packed []byte) ([]byte, error) { return new(Unpacker).Append([]byte{}, packed) }

// Unpacker unpacks many bodies, one at a time, and keeps what it needs for that.
type Unpacker struct{ frame []byte }

// Append adds the body that Pack was given to dst. Where it fails, what is behind dst is nothing.
func (u *Unpacker) Append(dst, packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return dst, fmt.Errorf("%w: it is empty", errDamaged)
	}
	number, rest := packed[0], packed[1:]
	if number == plain {
		return append(dst, rest...), nil
	}
	d := load().byNumber[number]
	if d == nil {
		return dst, fmt.Errorf("%w: there is no dictionary %d", errDamaged, number)
	}
	if len(rest) == 0 || rest[0]&unused != 0 {
		return dst, fmt.Errorf("%w: it does not begin as a frame", errDamaged)
	}
	u.frame = append(append(u.frame[:0], magic...), rest...)
	body, err := d.decoder().DecodeAll(u.frame, dst)
	if err != nil {
		return dst, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return body, nil
}
