package docx

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"casebook/internal/report/brieftest"
)

// A brief says what its golden text says, and is the same bytes again.
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
		got, file := text(t, parts(t, one.Bytes())["word/document.xml"]), filepath.Join("testdata", name+".txt")
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
