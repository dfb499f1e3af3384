package pdf

// Settable reports whether a font of the papers holds a character: what MissingGlyphs would name can be told while it is typed.
func Settable(r rune) bool {
	_, _, ok := find(serif, r)
	return ok
}
