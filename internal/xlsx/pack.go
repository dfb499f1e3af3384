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
	at    time.Time
}

func newPack(at time.Time) *pack {
	return &pack{parts: map[string]*bytes.Buffer{}, rows: map[string]*spool{}, at: at}
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
			if err := p.writeSheet(zw, name, part, s); err != nil {
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

// writeSheet joins head, rows and tail of a sheet: three deflate streams of which only the last has a final block.
func (p *pack) writeSheet(zw *zip.Writer, name string, sheet []byte, s *spool) error {
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
	head := append(slices.Clip(before), "<sheetData>"...)
	tail := append([]byte("</sheetData>"), after...)
	if err := s.finish(); err != nil {
		return err
	}
	var first, last bytes.Buffer
	if err := deflatePiece(&first, head, false); err != nil {
		return err
	}
	if err := deflatePiece(&last, tail, true); err != nil {
		return err
	}
	crc := joinCRC(crc32.ChecksumIEEE(head), s.crc, s.raw)
	crc = joinCRC(crc, crc32.ChecksumIEEE(tail), int64(len(tail)))
	h := p.header(name)
	h.CreatorVersion, h.ReaderVersion = 20, 20 // CreateRaw takes the header as it is
	h.CRC32 = crc
	h.CompressedSize64 = uint64(int64(first.Len()) + s.size + int64(last.Len()))
	h.UncompressedSize64 = uint64(int64(len(head)+len(tail)) + s.raw)
	out, err := zw.CreateRaw(h)
	if err != nil {
		return err
	}
	if _, err := out.Write(first.Bytes()); err != nil {
		return err
	}
	if err := s.copyTo(out); err != nil {
		return err
	}
	_, err = out.Write(last.Bytes())
	return err
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
