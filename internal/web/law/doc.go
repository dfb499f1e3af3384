// Package law are the pages of the catalogue: statutes and their versions, violation types, standards, deadlines and the calendar, 裁量, the
// comparison of old and new, and the texts that an administrator imports and checks.
package law
