package flatfile_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"casebook/internal/flatfile"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/report/reporttest"
)

func one(f *registry.CaseFile) report.Ledger {
	return report.Ledger{Cases: func(yield func(*registry.CaseFile, error) bool) { yield(f, nil) }}
}

func text(t *testing.T, w report.LedgerWriter, l report.Ledger) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := w(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What a person typed comes out of the file as it went in, but for the ' that keeps a formula from being one and what no spreadsheet shows.
func TestFieldsOfCSV(t *testing.T) {
	for in, want := range map[string]string{
		"平常": "平常", "=1+1": "'=1+1", "+86": "'+86", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "＝cmd": "'＝cmd", "\t制表": "'\t制表", "\r=1": "'\n=1", "\uFEFF=1": "'=1",
		"逗号,引号\"": "逗号,引号\"", "两\r\n行": "两\n行", "控\x00制\x07符": "控制符", " 前后空格 ": " 前后空格 ", "坏\xff字": "坏\uFFFD字",
	} {
		f := &registry.CaseFile{Case: registry.Case{Title: "案", Note: in}}
		out := text(t, flatfile.CSV(""), one(f))
		if !strings.HasPrefix(out, "\uFEFF") || strings.Count(out, "\r\n") != 2 || strings.Contains(strings.ReplaceAll(out, "\r\n", ""), "\r") {
			t.Errorf("%q: no mark, or lines that do not end in CR LF", in)
		}
		rows, err := stdcsv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", in, len(rows), err)
		}
		if got := rows[1][len(rows[1])-1]; got != want {
			t.Errorf("%q reads as %q, want %q", in, got, want)
		}
		var listed bytes.Buffer
		n, err := flatfile.WriteListing(&listed, report.ListSheet{Sheet: report.Sheet{Columns: []report.Column{{Title: "备注"}}}, Rows: report.RowsOf([][]report.Cell{{report.Text(in)}})})
		if last := out[strings.LastIndex(out[:len(out)-2], "\r\n")+2:]; err != nil || n != 1 || !strings.HasSuffix(last, strings.TrimPrefix(listed.String(), "\uFEFF备注\r\n")) {
			t.Errorf("%q is listed as %q, %v; exported as %q", in, listed.String(), err, last)
		}
	}
}

func TestJSONLines(t *testing.T) {
	m := registry.Yuan(20000)
	f := &registry.CaseFile{Case: registry.Case{ID: 7, Origin: registry.OriginPublished, Title: "<案>&\"", FoundOn: registry.Month(2024, 10)},
		Documents: []registry.Document{{ID: 1, Kind: registry.DocDecision}}, Penalties: []registry.Penalty{{ID: 1, DocumentID: 1, Kind: "罚款", Amount: &m}}}
	var row struct {
		Title    string            `json:"title"`
		FoundOn  string            `json:"found_on"`
		Fines    int64             `json:"fines_fen"`
		Paid     *int64            `json:"paid_fen"`
		Party    *string           `json:"party"`
		Decided  *string           `json:"decided_on"`
		Seq      int               `json:"seq"`
		Unknown  map[string]string `json:"unknown"`
		ClosedOn *string           `json:"closed_on"`
	}
	out := text(t, flatfile.JSONLines(""), one(f))
	if err := json.Unmarshal([]byte(out), &row); err != nil || strings.Count(out, "\n") != 1 {
		t.Fatalf("%v in %s", err, out)
	}
	if row.Title != "<案>&\"" || row.FoundOn != "2024-10" || row.Fines != 2_000_000 || row.Seq != 1 || row.Paid != nil || row.Party != nil || row.Decided != nil {
		t.Errorf("got %+v", row)
	}
	if row.Unknown["party"] != "未公布" || row.Unknown["decided_on"] != "未公布" || !strings.Contains(out, `"party":null`) || strings.Contains(out, "closed_on") {
		t.Errorf("unknown %v in %s", row.Unknown, out)
	}
}

// Every sheet of every profile can be had in both forms, with as many lines as the walk counts rows.
func TestEverySheet(t *testing.T) {
	for i := range report.Profiles {
		p := &report.Profiles[i]
		l := report.Ledger{Profile: p, Options: report.LedgerOptions{Labels: report.Labels{Bureau: registry.DefaultBureau()}}, Cases: reporttest.Cases(30, 5)}
		for at, name := range flatfile.Sheets(p, &l.Options) {
			var b bytes.Buffer
			sum, err := flatfile.JSONLines(name)(&b, l)
			if err != nil {
				t.Fatalf("%s %s: %v", p.Name, name, err)
			}
			lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
			for _, line := range lines {
				if line != "" && !json.Valid([]byte(line)) {
					t.Fatalf("%s %s: %s", p.Name, name, line)
				}
			}
			if at < len(sum.Sheets) && sum.Sheets[at] != strings.Count(b.String(), "\n") {
				t.Errorf("%s %s: %d lines of %d rows", p.Name, name, strings.Count(b.String(), "\n"), sum.Sheets[at])
			}
			rows, err := stdcsv.NewReader(strings.NewReader(text(t, flatfile.CSV(name), l))).ReadAll()
			if err != nil || at < len(sum.Sheets) && len(rows) != sum.Sheets[at]+1 {
				t.Errorf("%s %s as CSV: %d rows, %v", p.Name, name, len(rows), err)
			}
		}
	}
	var b bytes.Buffer
	if _, err := flatfile.CSV("没有")(&b, report.Ledger{Cases: reporttest.Cases(1, 1)}); err == nil || b.Len() > 0 || !strings.Contains(err.Error(), "可选") {
		t.Errorf("an unknown sheet: %v", err)
	}
}

// Nothing is written before all cases were read, and no file is left.
func TestErrorLeavesNothing(t *testing.T) {
	broken := errors.New("the database went away")
	dir := t.TempDir()
	l := report.Ledger{TempDir: dir, Cases: func(yield func(*registry.CaseFile, error) bool) {
		for f, err := range reporttest.Cases(1500, 1) {
			if !yield(f, err) {
				return
			}
		}
		if files, _ := os.ReadDir(dir); len(files) == 0 {
			t.Error("no temporary file was used: this test proves nothing")
		}
		yield(nil, broken)
	}}
	for _, w := range []report.LedgerWriter{flatfile.CSV(""), flatfile.JSONLines("")} {
		var b bytes.Buffer
		if _, err := w(&b, l); !errors.Is(err, broken) || b.Len() > 0 {
			t.Errorf("err %v, %d bytes", err, b.Len())
		}
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Errorf("%d files left", len(files))
	}
}
