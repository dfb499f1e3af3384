package webtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// PDFText reads a PDF as a person's tools do. In CI the tool must be there.
func PDFText(t *testing.T, pdf []byte, tool string, args func(file string) []string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	file := filepath.Join(t.TempDir(), "b.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, args(file)...).Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return string(out)
}
