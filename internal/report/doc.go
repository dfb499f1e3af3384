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
// It must not know how a table is drawn (no HTML, no spreadsheet), read a clock, or ask a database.
package report
