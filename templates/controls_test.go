package templates

import (
	"io/fs"
	"strings"
	"testing"
)

// The browser's own file input speaks the browser's language: every one stands in the box of partials/form.html, or, on the phone, is unseen behind
// its label, which is the button.
func TestFileInputsAreOurs(t *testing.T) {
	found := 0
	if err := fs.WalkDir(Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(Files, path)
		n := strings.Count(string(b), `type="file"`)
		if found += n; n > 0 && path != "partials/form.html" && path != "partials/field-steps.html" {
			t.Errorf("%s has a file input of its own; use {{template \"file\" (file …)}}", path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("partials/form.html has none")
	}
}
