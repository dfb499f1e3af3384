// Package pdf sets official papers: typical-case bulletins and case sheets. It takes finished
// values of report, decides nothing about their content, and is the only importer of gofpdf.
//
// gofpdf serves as a PDF writer alone. Its MultiCell and SplitText drop one Han character at every line break, its Text
// panics on characters beyond the BMP, and a missing glyph prints as an empty box without an error. So line breaking,
// justification, page making, glyph coverage and fonts are done here:
//
//	document.go   Document: what is said about a paper, headers, page numbers, output. Start here.
//	blocks.go     title, headings, paragraphs, notes        table.go, statute.go   keyed rows, tables, the statute box
//	bulletin.go   WriteBulletin, the design 通报     official.go  公文     newspaper.go  报纸     casesheet.go   WriteCaseSheet, the figure of a discharge path
//	text.go       runs of text → cells (one a character) → drawn lines
//	linebreak.go  cells → lines, least badness over the paragraph; kinsoku.go  what may not begin or end a line
//	galley.go     lines → pages: pure arithmetic, no PDF             columns.go  the best of several ways to fill pages and columns
//	canvas.go     pieces of lines → gofpdf: the only place that draws
//	fonts.go      the embedded faces, coverage, private slots; sfnt.go  widths and coverage out of a TrueType file
//	licensed.go   UseFonts: 仿宋, 小标宋, 楷体, 黑体 from an administrator's folder, and what stands in for them
//	subset.go     a font cut to a paper's characters; embed.go  its objects in the file; pack.go  what gofpdf wrote, compressed, with the fonts
//
// gofpdf reads a font whole for each paper and makes a compressor for each stream. Fonts are therefore read once, and it is told their names
// alone. What a paper takes:
//
//	go test ./internal/pdf -run '^$' -bench 'Bulletin$|CaseSheet'
//
// A bulletin is one text in three designs. 通报 is ours; the lines of a page are drawn together or apart, by up to two a page, so that pages end at
// their foot and the last one is nearly half full; a figure lets text go before it. 公文 keeps GB/T 9704-2012: 22 lines of 28 squares in 156 × 225 mm
// (3号 is 16 pt on squares of 15.8: 28 of 16 pt are wider than the type area), 发文字号, 主送 and 抄送 only where they were filled in, 成文日期 is
// the day of approval, room for the seal, notes as 附注, figures and pictures as 附件, numbered through, 版记 at the foot of the last page; law is
// quoted as （三）, without a ground. 报纸 is two columns with a masthead; a box is divided only between provisions, where a fifth of the column
// would stay white, pictures stand in the column, one of the lead across both, and the columns of the last page are balanced. TestOfficialGrid
// measures the finished file.
//
// Fonts of GB/T 9704 are nobody's to ship. 仿宋 and 楷体 are set in Noto Serif SC, 小标宋 in the same with an outline of 2.8 % of its size, 黑体
// in Noto Sans SC Bold. An administrator's TrueType files are told by the names in them; one that must not be embedded or is CFF is passed
// over, and the log says which font sets what, and why. They are read at the start: a changed folder counts after the next one.
//
// A character prints or is refused by name. The embedded fonts hold the 8105 of 通用规范汉字表, Extension A but ten characters
// (U+4DB6–4DBF, those of Unicode 13), 2,252 characters beyond the BMP and the signs that officers type; TestGeneralTable and
// TestRareCharactersAndSigns count.
//
// A file says what it is: PDF 1.7 with language, title shown by viewers, dates with their zone, fonts as named subsets. Not tagged PDF, no
// PDF/A: gofpdf makes neither, and what leads from a page to a structure tree could only be written into its output (pack.go).
//
// Blocks only collect rows. Nothing is drawn before Write, and Write draws nothing when a character has no glyph.
// All lengths are points (1/72 inch), y grows downwards. Figures are those of GB/T 9704-2012.
package pdf
