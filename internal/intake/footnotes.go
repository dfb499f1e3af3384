package intake

import (
	"slices"

	"casebook/internal/lazyregexp"
)

// footnote is a note under a list, told of the case that holds its mark: ①该公司存栏生猪2600头, 注1：….
type footnote struct {
	mark string
	text *para
}

var (
	noteMark = lazyregexp.New(`[①-⑳]|注\d{1,2}`)
	noteHead = lazyregexp.New(`^(?:[①-⑳]|注\d|(?:备注|注|说明)：)`)
)

// footnotesOf finds the notes whose marks stand in a paragraph before; their own paragraphs are no part of any case.
func footnotesOf(paras []*para) (notes []footnote) {
	for i, p := range paras {
		line := string(p.r)
		at := noteMark.FindAllStringIndex(line, -1)
		if len(at) == 0 || !noteHead.MatchString(line) {
			continue
		}
		next := runeLen(line[:at[0][0]])
		for k, m := range at {
			mark := line[m[0]:m[1]]
			from, end := skipMarks(p.r, next+runeLen(mark)), len(p.r)
			if k+1 < len(at) {
				end = next + runeLen(line[m[0]:at[k+1][0]])
			}
			if next = end; from < end && !p.listsParty(paras[:i], mark) && marked(paras[:i], mark) {
				text := *p
				text.flow, text.kind = p.slice(from, end), paraProse
				notes, p.kind = append(notes, footnote{mark, &text}), paraBreak
			}
		}
	}
	return notes
}

// listsParty takes the party of a note that tells a case by itself: 甲场①、乙场②被处罚, and a note for each. The list tells none.
func (p *para) listsParty(before []*para, mark string) bool {
	for _, q := range before {
		ns := names(q.flow)
		for i, n := range ns {
			if len(ns) > 1 && hasAt(q.r, n.end, mark) && (i > 0 || ns[1].start == n.end+2) {
				p.of, q.kind = q.slice(n.start, n.end), paraBreak
				return true
			}
		}
	}
	return false
}

// marked reports whether a mark stands in a paragraph, not in front of it.
func marked(paras []*para, mark string) bool {
	return slices.ContainsFunc(paras, func(p *para) bool { return index(p.r, mark) > 0 })
}

// tellNotes gives each case the notes whose marks it holds.
func tellNotes(notes []footnote, list []*caseText) {
	for _, c := range list {
		for _, n := range notes {
			if marked(c.paras, n.mark) {
				c.apart = append(c.apart, n.text)
			}
		}
	}
}
