// Package ledgerread reads the ledgers that people keep in Excel: 案件台账, 处罚登记, the credit template, 备案 lists of farms and our own exports.
// It writes nothing and knows no register; casework brings in what it read.
//
// A file becomes a Book of sheets whose rows come one by one (book.go and scan.go for .xlsx, csv.go for text). Read (read.go) finds the table of each
// sheet: its header (header.go), what each column holds, by its title (fields.go) and by what stands in it (content.go), and which rows
// are none of a table (rowkind.go). The cells of a row become a Record (cell.go, place.go), with warnings, or the row is rejected with the column and
// the value; each row that is not blank is in exactly one list. Where the sheet has totals of its own they are compared (total.go).
//
// A sheet may have several tables one below the other, each with its own header; one that has no header is read by what stands in its columns, and says so
// (headless). A table of which no column names a case or a farm is none.
//
// A table is one of cases, of farms (备案) or of inspections: the last has a day of inspection and who was inspected, and no column of a step (立案, 决定 …).
// What a column is called is told by its title (fields.go), by the parts of a title (处罚书日期: of which step, a day: header.go), else by what stands in it
// (content.go). A column with a title that is none of all that goes to the note of the record; one that is left out says why (Column.LeftOut).
//
// The generator of ledgers_test.go makes two hundred of known verdicts. Those of odd_test.go and district_test.go were written by hand and labelled before they were
// read: 85 of 97 rows of the first were in the right list at first and 50 of 54 values right, and 87 of 109 rows of the second with 80 of 99; they are mended by kind,
// and are no unseen figure any more.
//
// What a cell means is decided by the functions that forms use (registry.ParseDate, ParseYuan …), so that a ledger accepts what a form does.
//
// 10,000 rows of the credit template, 30 columns, take 0.6 s of one core, with a heap of 84 MB that holds the file and the result too:
//
//	go test ./internal/ledgerread -run '^$' -bench Read
package ledgerread
