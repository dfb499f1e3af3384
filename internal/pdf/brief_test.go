package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"casebook/internal/report/brieftest"
)

// A brief is one page, says what its golden text says, and is the same bytes again.
func TestBriefGolden(t *testing.T) {
	for name, week := range map[string]bool{"周报": true, "月报": false} {
		var one, two bytes.Buffer
		for _, out := range []*bytes.Buffer{&one, &two} {
			if err := WriteBrief(out, brieftest.Brief(week)); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: the same brief makes other bytes", name)
		}
		if info := run(t, one.Bytes(), "pdfinfo"); !strings.Contains(strings.Join(strings.Fields(info), " "), "Pages: 1 ") {
			t.Errorf("%s: %s, want one page", name, info)
		}
		got, file := run(t, one.Bytes(), "pdftotext", "-raw"), "testdata/"+name+".txt"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s says\n%s\nwant\n%s", name, got, want)
		}
	}
}
