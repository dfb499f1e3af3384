// Package docx writes typical-case bulletins as Word files, for the office that goes on editing them: minimal OOXML of our own, the three
// designs of the paper. It takes finished values of report and decides nothing about their content. Fonts are named, not embedded: 仿宋_GB2312,
// 方正小标宋简体, 黑体, 楷体_GB2312, each with the face that stands in where it is not installed. Same input, same bytes.
//
// docx.go holds Write and the parts of the file, body.go the paragraphs of each design. What a page looks like in the end is Word's
// decision: lines are broken by it, and 版记 stands at the end of the text, not at the foot of the last page as in the PDF.
package docx
