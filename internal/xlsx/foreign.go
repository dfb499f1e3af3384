package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// A workbook that somebody sends is read row by row, with bounds: what unpacks to more than maxUnpacked is no table of a bureau, but a bomb.
const (
	maxUnpacked = 256 << 20
	inMemory    = 16 << 20 // of a part; larger ones are unpacked to a temporary file
)

// errNoBook is what a file that cannot be read as a workbook is told.
func errNoBook(format string, args ...any) error { return fmt.Errorf(format, args...) }

// Book is a workbook that is read.
type Book struct{ f *excelize.File }

// IsOldOrLocked reports the form of .xls files and of encrypted workbooks, which no part of this program reads.
func IsOldOrLocked(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
}

// IsZip reports what an .xlsx file begins with.
func IsZip(b []byte) bool { return bytes.HasPrefix(b, []byte("PK\x03\x04")) }

// OpenBook opens an .xlsx file. The error says in Chinese what is wrong with the file and what to do.
func OpenBook(b []byte) (*Book, error) {
	if IsOldOrLocked(b) {
		return nil, errNoBook("这是旧版 .xls 或加了密码的工作簿，不能读取。请用 Excel 或 WPS 打开，去掉密码，另存为“Excel 工作簿（.xlsx）”再上传")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, errNoBook("文件损坏，或者不是 Excel 工作簿（.xlsx）。请重新导出后再上传")
	}
	total := uint64(0)
	for _, part := range z.File {
		if total += part.UncompressedSize64; total > maxUnpacked {
			return nil, errNoBook("工作簿展开后超过 %d MB，没有读取。请只留需要核对的工作表和列", maxUnpacked>>20)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: inMemory, RawCellValue: true})
	if err != nil {
		return nil, errNoBook("文件损坏，或者不是 Excel 工作簿（.xlsx）。请重新导出后再上传")
	}
	return &Book{f}, nil
}

// Close removes what was unpacked.
func (b *Book) Close() error { return b.f.Close() }

// Sheets are the names of the visible sheets.
func (b *Book) Sheets() (names []string) {
	for _, name := range b.f.GetSheetList() {
		if visible, err := b.f.GetSheetVisible(name); err == nil && visible {
			names = append(names, name)
		}
	}
	return names
}

// Rows are the rows of a sheet as stored: a date is its number of days, an amount its plain decimal. Rows without a cell come too.
func (b *Book) Rows(sheet string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		rows, err := b.f.Rows(sheet)
		if err != nil {
			yield(nil, errNoBook("工作表“%s”不能读取", sheet))
			return
		}
		defer rows.Close() //nolint:errcheck // read
		for rows.Next() {
			cells, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				err = errNoBook("工作表“%s”读到一半出错，文件可能损坏", sheet)
			}
			if !yield(cells, err) || err != nil {
				return
			}
		}
		if err := rows.Error(); err != nil && !errors.Is(err, io.EOF) {
			yield(nil, errNoBook("工作表“%s”读到一半出错，文件可能损坏", sheet))
		}
	}
}
