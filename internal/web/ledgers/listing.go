package ledgers

import (
	"bufio"
	"io"

	"casebook/internal/casework"
	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
	"casebook/internal/xlsx"
)

// sendListing answers with a listing as a workbook, or its first sheet as CSV. Of a workbook nothing is sent before all rows were read, so that an error still becomes a page; of a
// CSV file the connection breaks, so that half of one is not taken for the whole.
func (s area) sendListing(r *kit.Request, format string, l report.Listing) error {
	h := r.Response().Header()
	h.Set("Content-Disposition", kit.FileDisposition(report.FileName(l.Title+"-"+registry.DateOf(l.AsOf).String(), "列表", format)))
	if format == "csv" {
		h.Set("Content-Type", "text/csv; charset=utf-8")
		_, err := flatfile.WriteListing(r.Response(), l.Sheets[0])
		return err
	}
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	out := bufio.NewWriterSize(r.Response(), 1<<16)
	if _, err := xlsx.WriteListing(out, l, ""); err != nil {
		return err
	}
	return out.Flush()
}

// sealedListing writes a listing as a workbook that is sealed, with the headers of the answer.
func sealedListing(r *kit.Request) casework.ListingWriter {
	return func(w io.Writer, l report.Listing) ([]int, error) {
		h := r.Response().Header()
		h.Set("Content-Disposition", kit.FileDisposition(report.FileName(l.Title+"-"+registry.DateOf(l.AsOf).String(), "列表", "xlsx")))
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		out := bufio.NewWriterSize(w, 1<<16)
		rows, err := xlsx.WriteListing(out, l, "")
		if err != nil {
			return nil, err
		}
		return rows, out.Flush()
	}
}
