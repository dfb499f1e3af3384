package report

import (
	"strings"
	"unicode"
)

// maxFileName is how long the name of a file may be, in characters: 255 bytes are the limit of most file systems, and the browser
// adds " (1)".
const maxFileName = 60

// FileName makes the name of a file of a paper's title: 典型案例通报.pdf. What file systems and zip programs refuse is left out, and so is
// whatever is invisible or runs the other way. ext is pdf, docx or html; without a title the file is called other.
func FileName(title, other, ext string) string {
	clean := func(s string) string {
		s = strings.Map(func(r rune) rune {
			switch {
			case strings.ContainsRune(`\/:*?"<>|`, r), unicode.IsControl(r), unicode.IsSpace(r) && r != ' ', r == '\uFFFD':
				return ' '
			case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r), unicode.Is(unicode.Co, r):
				return -1
			}
			return r
		}, s)
		r := []rune(strings.Join(strings.Fields(s), " "))
		return strings.Trim(string(r[:min(len(r), maxFileName)]), " .")
	}
	name := clean(title)
	if name == "" {
		name = clean(other)
	}
	switch base, _, _ := strings.Cut(strings.ToUpper(name), "."); base {
	case "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "LPT1", "LPT2", "LPT3", "LPT4": // devices of Windows
		name = "_" + name
	}
	return name + "." + ext
}
