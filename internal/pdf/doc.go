// Package pdf sets official papers: typical-case bulletins and case sheets. It takes finished
// values of report, decides nothing about their content, and is the only importer of gofpdf.
//
// gofpdf serves as a PDF writer alone. Its MultiCell and SplitText drop one Han character at every line break, its Text
// panics on characters beyond the BMP, a missing glyph prints as an empty box without an error, and it writes into the
// font slice it is given. So line breaking, justification, page making and glyph coverage are done here:
//
//	document.go   Document: what is said about a paper, headers, page numbers, output. Start here.
//	blocks.go     title, headings, paragraphs, notes        table.go, statute.go   keyed rows, tables, the statute box
//	bulletin.go   WriteBulletin, the design 通报     official.go  公文     newspaper.go  报纸     casesheet.go   WriteCaseSheet, the figure of a discharge path
//	text.go       runs of text → cells (one a character) → drawn lines
//	linebreak.go  cells → lines, least badness over the paragraph; kinsoku.go  what may not begin or end a line
//	galley.go     lines → pages: pure arithmetic, no PDF             columns.go  lines → columns; the last page filled, or balanced
//	canvas.go     pieces of lines → gofpdf: the only place that draws
//	fonts.go      the embedded faces, coverage, private slots; sfnt.go  widths and coverage out of a TrueType file
//	licensed.go   UseFonts: 仿宋, 小标宋, 楷体, 黑体 from an administrator's folder, and what stands in for them
//
// Blocks only collect rows. Nothing is drawn before Write, and Write draws nothing when a character has no glyph.
// All lengths are points (1/72 inch), y grows downwards. Figures are those of GB/T 9704-2012.
package pdf
