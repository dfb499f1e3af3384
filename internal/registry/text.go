package registry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// HalfWidth turns full-width ASCII (Ａ１（）　) into its half-width form: what phones and Word leave in codes and numbers.
func HalfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000, r == 0xA0:
			return ' '
		}
		return r
	}, s)
}

// CleanText makes typed text storable: valid UTF-8, no control characters but newline and tab, line breaks of any kind as \n, blanks of any
// width but the Chinese one as a blank, nothing invisible, outer space trimmed. What remains is stored as it was typed.
func CleanText(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\n' || r == '\t' || r == 0x3000:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), Invisible(r):
			return -1
		}
		return r
	}, s))
}

// RuneLen counts characters as people do: code points.
func RuneLen(s string) int { return utf8.RuneCountInString(s) }

// clip shortens s to n characters for a message.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
