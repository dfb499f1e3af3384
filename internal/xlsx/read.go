package xlsx

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// claimProperty is the document property that holds what a workbook says of itself.
const claimProperty = "casebook-export"

const (
	maxUnzipped   = 1 << 30  // of all parts of a workbook together: more is no ledger
	keptInMemory  = 16 << 20 // of one part; longer ones go to temporary files
	mostRemembers = 200      // differences that are told one by one
)

// Workbook is a workbook that was read.
type Workbook struct {
	f     *excelize.File
	parts map[string][sha256.Size]byte
}

// Read opens a workbook. It is refused where it is none, is protected by a password, or holds more than a ledger can.
func Read(r io.ReaderAt, size int64) (*Workbook, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("不是能打开的 xlsx 文件：%w", err)
	}
	w := &Workbook{parts: map[string][sha256.Size]byte{}}
	var all int64
	for _, part := range zr.File {
		sum, n, err := hashPart(part, maxUnzipped-all)
		if err != nil {
			return nil, fmt.Errorf("xlsx 文件已损坏：%s：%w", part.Name, err)
		}
		all += n
		w.parts[part.Name] = sum
	}
	w.f, err = excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: keptInMemory, RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("不是能打开的 xlsx 文件：%w", err)
	}
	return w, nil
}

func hashPart(part *zip.File, room int64) (sum [sha256.Size]byte, n int64, err error) {
	in, err := part.Open()
	if err != nil {
		return sum, 0, err
	}
	defer in.Close() //nolint:errcheck // only read
	h := sha256.New()
	if n, err = io.Copy(h, io.LimitReader(in, room+1)); err == nil && n > room {
		err = fmt.Errorf("解开后超过 %d MB", maxUnzipped>>20)
	}
	h.Sum(sum[:0])
	return sum, n, err
}

// Close frees what reading took.
func (w *Workbook) Close() error { return w.f.Close() }

// Claim is what the workbook says of itself; empty where it says nothing: it is no export, or another program has written it anew.
func (w *Workbook) Claim() string {
	props, err := w.f.GetCustomProps()
	if err != nil {
		return ""
	}
	for _, p := range props {
		if s, ok := p.Value.(string); ok && p.Name == claimProperty {
			return s
		}
	}
	return ""
}

// lacks tells whether a workbook names a sheet whose part is not there.
func (w *Workbook) lacks(sheet string) bool {
	rows, err := w.f.Rows(sheet)
	if err != nil {
		return true
	}
	_ = rows.Close()
	return false
}

// rowsOf goes through the rows of a sheet, one by one.
type rowsOf struct {
	rows *excelize.Rows
	n    int
	row  []string
	err  error
}

func (w *Workbook) rows(sheet string) (*rowsOf, error) {
	rows, err := w.f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	return &rowsOf{rows: rows}, nil
}

func (r *rowsOf) next() bool {
	if r.err != nil || !r.rows.Next() {
		r.row = nil
		return false
	}
	r.n++
	r.row, r.err = r.rows.Columns(excelize.Options{RawCellValue: true})
	return r.err == nil
}

func (r *rowsOf) close() {
	if err := r.rows.Close(); r.err == nil {
		r.err = err
	}
	if err := r.rows.Error(); r.err == nil {
		r.err = err
	}
}
