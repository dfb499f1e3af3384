package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/klauspost/compress/flate"
)

// pack receives the parts of a workbook from excelize (all small: the sheets have no rows) and writes the archive: parts in a
// fixed order with a fixed time, so that the same input gives the same bytes, and the spooled rows inside their sheets.
type pack struct {
	parts map[string]*bytes.Buffer
	rows  map[string]*spool // part name → its rows
	links map[string]*spool // and its hyperlinks
	at    time.Time
}

func newPack(at time.Time) *pack {
	return &pack{parts: map[string]*bytes.Buffer{}, rows: map[string]*spool{}, links: map[string]*spool{}, at: at}
}

// Create implements excelize.ZipWriter.
func (p *pack) Create(name string) (io.Writer, error) {
	p.parts[name] = new(bytes.Buffer)
	return p.parts[name], nil
}

// AddFS implements excelize.ZipWriter; a workbook that was not read from a file never needs it.
func (p *pack) AddFS(fs.FS) error { return errors.New("xlsx: a file system cannot be packed") }

// Close implements excelize.ZipWriter; writeTo does the work.
func (p *pack) Close() error { return nil }

// writeTo writes the archive. [Content_Types].xml sorts first, where readers of streams expect it.
func (p *pack) writeTo(w io.Writer) error {
	zw := zip.NewWriter(w)
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, name := range slices.Sorted(maps.Keys(p.parts)) {
		part := p.parts[name].Bytes()
		if name == contentTypes {
			part = sortDefaults(part)
		}
		if s := p.rows[name]; s != nil {
			if err := p.writeSheet(zw, name, part, s, p.links[name]); err != nil {
				return fmt.Errorf("pack %s: %w", name, err)
			}
			continue
		}
		out, err := zw.CreateHeader(p.header(name))
		if err != nil {
			return err
		}
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	return zw.Close()
}

const contentTypes = "[Content_Types].xml"

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// sortDefaults puts the default content types in order: excelize takes them out of a map.
func sortDefaults(part []byte) []byte {
	all := defaultType.FindAll(part, -1)
	slices.SortFunc(all, bytes.Compare)
	i := -1
	return defaultType.ReplaceAllFunc(part, func([]byte) []byte { i++; return all[i] })
}

// writeSheet joins the pieces of a sheet: head, rows, what stands between rows and hyperlinks, these, tail. Each is a deflate stream, of which only
// the last has a final block.
func (p *pack) writeSheet(zw *zip.Writer, name string, sheet []byte, rows, links *spool) error {
	before, rest, ok := bytes.Cut(sheet, []byte("<sheetData"))
	if !ok {
		return errors.New("excelize wrote a sheet without sheetData")
	}
	_, after, ok := bytes.Cut(rest, []byte("</sheetData>"))
	if !ok {
		if _, after, ok = bytes.Cut(rest, []byte("/>")); !ok {
			return errors.New("excelize wrote a sheetData without an end")
		}
	}
	var join joined
	if err := join.bytes(append(slices.Clip(before), "<sheetData>"...), false); err != nil {
		return err
	}
	if err := join.spool(rows); err != nil {
		return err
	}
	tail := append([]byte("</sheetData>"), after...)
	if links != nil {
		at := bytes.Index(tail, []byte("<printOptions"))
		if at < 0 {
			at = bytes.Index(tail, []byte("<pageMargins"))
		}
		if at < 0 {
			return errors.New("excelize wrote a sheet without margins")
		}
		if err := join.bytes(tail[:at], false); err != nil {
			return err
		}
		if err := join.spool(links); err != nil {
			return err
		}
		tail = tail[at:]
	}
	if err := join.bytes(tail, true); err != nil {
		return err
	}
	h := p.header(name)
	h.CreatorVersion, h.ReaderVersion = 20, 20 // CreateRaw takes the header as it is
	h.CRC32, h.CompressedSize64, h.UncompressedSize64 = join.crc, uint64(join.size), uint64(join.raw)
	out, err := zw.CreateRaw(h)
	if err != nil {
		return err
	}
	for _, write := range join.pieces {
		if err := write(out); err != nil {
			return err
		}
	}
	return nil
}

// joined are deflated pieces one behind the other, with the size and CRC of the whole.
type joined struct {
	pieces    []func(io.Writer) error
	crc       uint32
	raw, size int64
}

func (j *joined) add(write func(io.Writer) error, crc uint32, raw, size int64) {
	j.pieces = append(j.pieces, write)
	j.crc = joinCRC(j.crc, crc, raw)
	j.raw, j.size = j.raw+raw, j.size+size
}

func (j *joined) bytes(b []byte, final bool) error {
	var out bytes.Buffer
	if err := deflatePiece(&out, b, final); err != nil {
		return err
	}
	j.add(func(w io.Writer) error { _, err := w.Write(out.Bytes()); return err }, crc32.ChecksumIEEE(b), int64(len(b)), int64(out.Len()))
	return nil
}

func (j *joined) spool(s *spool) error {
	if err := s.finish(); err != nil {
		return err
	}
	j.add(s.copyTo, s.crc, s.raw, s.size)
	return nil
}

func deflatePiece(w io.Writer, b []byte, final bool) error {
	fw, err := flate.NewWriter(w, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := fw.Write(b); err != nil {
		return err
	}
	if final {
		return fw.Close()
	}
	return fw.Flush()
}

// header describes a part. The old two-second time is set and the newer one left out: some readers dislike its extra field.
func (p *pack) header(name string) *zip.FileHeader {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	h.ModifiedDate, h.ModifiedTime = dosTime(p.at) //nolint:staticcheck // the newer field is what must be left out
	return h
}

// dosTime is a time as zip headers keep it: no zone, two-second steps.
func dosTime(t time.Time) (date, clock uint16) {
	if t.Year() < 1980 {
		return 1<<5 | 1, 0
	}
	return uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9), uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
