package xlsx

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"

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

	formulas map[string]*formulaFinder // by part
	renamed  map[string]string         // names of sheets, by those that the other workbook has for them
}

// sheets are the names of the sheets, of one that was renamed the name that the other workbook has.
func (w *Workbook) sheets() []string {
	list := w.f.GetSheetList()
	for was, is := range w.renamed {
		list[slices.Index(list, is)] = was
	}
	return list
}

// own is a sheet's name in this workbook.
func (w *Workbook) own(name string) string { return cmp.Or(w.renamed[name], name) }

// renames finds the sheets that stand in the place of another and have a new name.
func (w *Workbook) renames(of *Workbook) (list []Difference) {
	old, now := of.f.GetSheetList(), w.f.GetSheetList()
	w.renamed = map[string]string{}
	for i, name := range old {
		if len(old) == len(now) && !slices.Contains(now, name) && !slices.Contains(old, now[i]) {
			w.renamed[name] = now[i]
			list = append(list, Difference{Change: Changed, Sheet: name, Column: "工作表名称", Was: name, Is: now[i]})
		}
	}
	return list
}

// Read opens a workbook. It is refused where it is none, is protected by a password, or holds more than a ledger can.
func Read(r io.ReaderAt, size int64) (*Workbook, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("不是能打开的 xlsx 文件：%w", err)
	}
	w := &Workbook{parts: map[string][sha256.Size]byte{}, formulas: map[string]*formulaFinder{}}
	var all int64
	for _, part := range zr.File {
		also := io.Discard
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			x := &formulaFinder{}
			w.formulas[part.Name], also = x, x
		}
		sum, n, err := hashPart(part, maxUnzipped-all, also)
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

func hashPart(part *zip.File, room int64, also io.Writer) (sum [sha256.Size]byte, n int64, err error) {
	in, err := part.Open()
	if err != nil {
		return sum, 0, err
	}
	defer in.Close() //nolint:errcheck // only read
	h := sha256.New()
	if n, err = io.Copy(io.MultiWriter(h, also), io.LimitReader(in, room+1)); err == nil && n > room {
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
	rows, err := w.f.Rows(w.own(sheet))
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
	rows, err := w.f.Rows(w.own(sheet))
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
	for i, cell := range r.row {
		r.row[i] = plainNumber(cell)
	}
	return r.err == nil
}

// plainNumber is a number without zeros at its end: 100.00 is 100 once another program has saved the workbook.
func plainNumber(s string) string {
	whole, part, ok := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if !ok || whole == "" || part == "" || strings.Trim(whole+part, "0123456789") != "" {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func (r *rowsOf) close() {
	if err := r.rows.Close(); r.err == nil {
		r.err = err
	}
	if err := r.rows.Error(); r.err == nil {
		r.err = err
	}
}
