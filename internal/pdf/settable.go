package pdf

// Settable reports whether a paper prints a character, as it is or as the plain ones that it stands for: what MissingGlyphs would name can be told while
// it is typed. It is what the setting itself goes by (clean, shape), with the fonts that every paper has; an administrator's are asked for no more.
func Settable(r rune) bool {
	for _, c := range clean(string(r)) {
		if _, _, ok := find(serif, c); !ok && c != '\n' {
			return false
		}
	}
	return true
}
