package kit

import "mime"

// FileDisposition names a download; characters beyond ASCII are encoded as RFC 2231 has it.
func FileDisposition(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
