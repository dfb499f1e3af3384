package xlsx

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/klauspost/compress/flate"
)

// spool keeps the deflated XML of one sheet's rows until the workbook is put together: in memory while it is small, then in
// a temporary file. Level 1 of klauspost's deflate costs a fifth of the standard library's and gives files a fifth larger.
type spool struct {
	dir  string
	mem  bytes.Buffer
	file *os.File
	out  *bufio.Writer // on file: the compressor gives its output in pieces of 250 bytes
	fw   *flate.Writer
	crc  uint32
	raw  int64 // bytes before deflating
	size int64 // bytes after
	done bool
}

const spoolMemory = 256 << 10

func newSpool(dir string) *spool {
	s := &spool{dir: dir}
	s.fw, _ = flate.NewWriter(deflated{s}, flate.BestSpeed) // fails on an unknown level only
	return s
}

// Write deflates p.
func (s *spool) Write(p []byte) (int, error) {
	s.crc = crc32.Update(s.crc, crc32.IEEETable, p)
	s.raw += int64(len(p))
	return s.fw.Write(p)
}

// deflated receives what the compressor gives.
type deflated struct{ *spool }

func (d deflated) Write(p []byte) (int, error) {
	s := d.spool
	s.size += int64(len(p))
	if s.file == nil && s.mem.Len()+len(p) <= spoolMemory {
		return s.mem.Write(p)
	}
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "casebook-xlsx-*")
		if err != nil {
			return 0, fmt.Errorf("make a temporary file for the rows: %w", err)
		}
		s.file, s.out = f, bufio.NewWriterSize(f, 64<<10)
		if _, err := s.mem.WriteTo(s.out); err != nil {
			return 0, err
		}
		s.mem = bytes.Buffer{}
	}
	return s.out.Write(p)
}

// finish ends the deflate stream on a byte boundary without its final block, so that more deflate data may follow.
func (s *spool) finish() error {
	if s.done {
		return nil
	}
	s.done = true
	err := s.fw.Flush()
	s.fw = nil // its window is not needed again
	if err == nil && s.out != nil {
		err = s.out.Flush()
	}
	return err
}

// copyTo writes the deflated rows.
func (s *spool) copyTo(w io.Writer) error {
	if s.file == nil {
		_, err := w.Write(s.mem.Bytes())
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, s.file)
	return err
}

// close removes the temporary file.
func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
		s.file = nil
	}
}

// joinCRC is the CRC-32 of two pieces one behind the other, from the CRC of each and the length of the second: head, rows and
// tail of a sheet are deflated at different times. In GF(2) it is crc1·x^(8·len2) + crc2 modulo the CRC's polynomial
// (zlib's crc32_combine).
func joinCRC(crc1, crc2 uint32, len2 int64) uint32 {
	shift, square := uint32(1)<<31, uint32(1)<<23 // 1 and x^8, the highest power in the lowest bit
	for n := len2; n > 0; n >>= 1 {
		if n&1 == 1 {
			shift = mulCRC(shift, square)
		}
		square = mulCRC(square, square)
	}
	return mulCRC(shift, crc1) ^ crc2
}

// mulCRC multiplies two polynomials modulo the CRC's.
func mulCRC(a, b uint32) uint32 {
	var p uint32
	for m := uint32(1) << 31; m != 0; m >>= 1 {
		if a&m != 0 {
			p ^= b
		}
		if b&1 != 0 {
			b = b>>1 ^ crc32.IEEE
		} else {
			b >>= 1
		}
	}
	return p
}
