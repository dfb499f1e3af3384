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

// CleanText makes typed text storable: valid UTF-8, no control characters but newline and tab, \r\n as \n, no soft
// hyphens, zero-width marks or byte-order marks that Word and web pages leave behind, outer space trimmed.
func CleanText(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "�")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r == 0xAD, r == 0xFEFF, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		case unicode.IsControl(r):
			return -1
		case r == 0xA0:
			return ' '
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
