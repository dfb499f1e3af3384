// Package xlsx writes the tables of report as Excel workbooks. It decides nothing about their content and is the only
// importer of excelize.
//
// excelize makes the workbook: styles, widths, panes, filters, print setup, names, charts, properties. The rows take a
// shorter way. Its StreamWriter keeps 16 to 33 MB in memory for each open sheet until the file is closed, so the six detail
// sheets of one pass over the cases would need 200 MB; it also wants the row count before the first row. So every row is
// encoded here, deflated at once into a spool (memory first, then a temporary file), and when the pass is over and all
// counts are known, excelize lays out empty sheets and pack puts the spools in the place of their <sheetData>. Nothing is
// written to the destination before all cases have been read: an error in the middle can still be answered as an error.
//
//	ledger.go   WriteLedger. Start here.        summary.go, notes.go   汇总 and 说明, laid out cell by cell
//	book.go     book: sheets, layout, print     style.go               the look
//	row.go      cells → XML, text hygiene       deflater.go, spool.go, pack.go   deflate, join, zip
//
// export ledger of 20,000 cases took 13 s and 79 MB (casebook demo --cases 20000, then GNU time). With reading, a cell with a value takes
// 0.97 µs CPU on two busy cores (3.05 million of 10,000 cases; 1.15 in the same minutes when each text of a row was a call into SQLite):
//
//	go test ./internal/web -run '^$' -bench ScaleLedger -benchtime 3x -args -cases 10000 -scale-data DIR
//
// Each total is counted from the cases, from the rows handed out, and by a live formula beside it. Links inside a workbook end after 60,000 a
// sheet (Excel's bound), and 说明 says so.
//
// What the text of a cell goes through is told at appendText and guarded: no formula out of a person's typing, no
// character that XML forbids, nothing cut without saying so.
package xlsx
