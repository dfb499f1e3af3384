package casework_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/xlsx"
)

// A thousand edits at random of a file of each kind that leaves: none is taken for the original, which is known. Where in a workbook it was edited, package xlsx
// tells (TestRandomEdits); a text file has no room for what it claims to be, and is told by its hash alone.
func TestRandomEditsOfEveryKind(t *testing.T) {
	s, _ := sealed(t)
	file := func(made func(out *bytes.Buffer) error) []byte {
		t.Helper()
		var out bytes.Buffer
		if err := made(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	listing := report.Listing{Title: "列表", Sheets: []report.ListSheet{{Sheet: report.Sheet{Name: "列表", Columns: []report.Column{{Key: "a", Title: "甲", Width: 20}}}, Rows: report.RowsOf([][]report.Cell{{report.Text("一")}, {report.Text("二")}})}}}
	kinds := map[string][]byte{}
	for format, write := range map[string]casework.FileMaker{"csv": flatfile.CSV, "jsonl": flatfile.JSONLines, "xlsx": func(string) report.LedgerWriter { return xlsx.WriteLedger }} {
		kinds[format] = file(func(out *bytes.Buffer) error {
			return s.Ledger(ctx, auditor, casework.Export{Format: format}, out, write(""))
		})
	}
	kinds[casework.KindDifference] = file(func(out *bytes.Buffer) error {
		return s.Difference(ctx, auditor, casework.Export{}, casework.Span{From: registry.Day(2026, 11, 20)}, out, xlsx.WriteDifference, &registry.ExportRecord{})
	})
	kinds[casework.KindReconciliation] = file(func(out *bytes.Buffer) error {
		return s.SealedListing(ctx, auditor, registry.PermAuditRead, casework.Export{Table: "x"}, casework.KindReconciliation, nil, out, func() (report.Listing, error) { return listing, nil },
			func(w io.Writer, l report.Listing) ([]int, error) { return xlsx.WriteListing(w, l, "") })
	})
	r := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same edits each time
	for kind, original := range kinds {
		ours, err := s.FileByHash(ctx, auditor, hashOf(original))
		if err != nil || len(ours.Exports) != 1 || ours.Exports[0].Size != int64(len(original)) {
			t.Errorf("%s: the original is known as %+v, %v", kind, ours.Exports, err)
		}
		for n := range 1000 {
			at := r.IntN(len(original))
			to := min(len(original), at+1+r.IntN(20))
			var edited []byte
			switch r.IntN(4) {
			case 0: // a byte is another
				edited = bytes.Clone(original)
				edited[at] ^= byte(1 + r.IntN(255))
			case 1: // some are gone
				edited = append(bytes.Clone(original[:at]), original[to:]...)
			case 2: // some stand twice
				edited = append(bytes.Clone(original[:to]), original[at:]...)
			default: // the end is gone
				edited = original[:at]
			}
			ours, err := s.FileByHash(ctx, auditor, hashOf(edited))
			if err != nil || ours.Ours() {
				t.Fatalf("%s, edit %d: taken for %+v, %v", kind, n, ours, err)
			}
		}
	}
}
