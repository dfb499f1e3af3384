// Package paper makes the papers of a case file out of the record: 现场检查笔录, 行政处罚决定书, 送达回证 and the others, as a title, a number and
// blocks that internal/pdf and internal/docx only set. It decides nothing and invents nothing: what the record lacks is a line to be
// filled in by hand, and is listed with the field that it belongs to.
//
//	kind.go      Kinds, the one table: what a paper is of, what it must hold and who asks for it, its fixed wordings. Start here
//	item.go      Items: what a name in braces stands for, and which field of which record says it
//	source.go    the records that a paper is read from; wording.go  the fixed wordings, which an administrator may change
//	law.go       terms and articles as of the day of the paper, from the catalogue and from nowhere else
//	visit.go, interrogation.go, decision.go, inner.go   the bodies
package paper
