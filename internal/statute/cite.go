package statute

import "casebook/internal/registry"

// Citations finds every provision of a law that a text cites, in reading order. Where a citation names no version, it is looked up
// in the one in force on the day; a zero day leaves the version open.
func (c *Catalogue) Citations(text string, on registry.Date) []Mention { return nil }
