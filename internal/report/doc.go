// Package report turns sequences of records into neutral tables and totals, computed once and used alike by the page, the
// workbook and the paper: a number that stands on a screen and in a spreadsheet came out of one value here.
//
// The ledger is one pass over the cases. Walk hands each row of each detail sheet to a RowSink and adds up the Summary
// meanwhile; memory does not grow with the number of cases. Summarize is the same pass without rows, for a page.
//
//	ledger.go    Walk: the pass. Start here.          table.go    Column, Cell, Table: what a renderer needs to know
//	cases.go     案件台账, a row a case                summary.go  Summary: figures, tables, checks
//	actions.go   处罚与措施, 违法行为                    count.go    the counting rules, case by case
//	details.go   监测数据, 证据, 法条引用                check.go    what the detail rows say, asked independently
//	bulletin.go  a published 典型案例通报                casesheet.go  the whole record of a case: sections that page and paper print
//	path.go      where the boxes and lines of 排污路径 stand
//
// Rules that hold everywhere: an unknown amount is counted as unknown and never as 0; a date of which only the month is
// known stays a month; the penalties of an annulled decision stay visible and leave the totals; sums are exact 分.
//
// A form of export is a row of one table (Profiles), or a record that a person made of the same parts: a base of rows, columns in order,
// conditions, order (Custom). The summary is counted whatever of it a form shows. Sorted sheets spill to a temporary file and are merged
// (sorter.go), so that memory stays flat. Nothing of any format is sent or renamed into place before all cases were read.
//
// The credit template is dated data (credit.json: 30 columns, longest lengths seen, which are required, source and confidence; its original
// was not seen). The upload sheet holds only rows that pass; each other row stands in 校验结果 with why. 处罚有效期 and 公示截止期 are not
// recorded: they are filled in by a convention that the sheet 说明 tells. Identifying numbers stand whole, so only who may see them exports it.
//
// Fines are compared within one type of violation, basis (to its item) and step of herd size, since the register has no grade of a
// violation; steps of size are ours, not the law's.
//
// A bulletin draws the discharge path in words of tables: of an own case kinds of places, linings and a word for how water escapes; names
// stay in the file.
//
// It must not know how a table is drawn (no HTML, no spreadsheet), read a clock, or ask a database.
package report
