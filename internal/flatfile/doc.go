// Package flatfile writes one sheet of an export as text: CSV for spreadsheets and other systems, JSON Lines for programs. It decides nothing
// about the content; that is report's.
//
// A file is of one sheet, the first of the profile unless another is asked for: a CSV has no tabs, and a zip of several is one more thing to open.
// Of a profile without rows of its own (月报) that is 主要数字, then each table of 汇总 by its title. Rows go into a temporary file as they come
// and to the destination when all have been read, as those of a workbook do: after an error nothing has been written.
package flatfile
