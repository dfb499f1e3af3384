package kit

import "strconv"

// Itoa writes an id.
func Itoa(n int64) string { return strconv.FormatInt(n, 10) }
