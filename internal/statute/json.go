package statute

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
)

// readJSON reads one file of the catalogue; a field nobody reads is an error, because a misspelt one would be lost silently.
func readJSON(fsys fs.FS, file string, v any) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	if err := strictJSON(b, v); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func strictJSON(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("text after the JSON value")
	}
	return nil
}
