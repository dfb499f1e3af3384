package intake

// footnote is a note under a list, told of the case that holds its mark: ①该公司存栏生猪2600头, 注1：….
type footnote struct {
	mark string
	text *para
}

// footnotesOf finds the notes whose marks stand in a paragraph before; their own paragraphs are no part of any case.
func footnotesOf(paras []*para) (notes []footnote) {
	for i, p := range paras {
		if mark, _ := noteMark(p.r, 0); mark == "" && !hasAnyAt(p.r, 0, "注：", "备注：", "说明：") {
			continue
		}
		mark, from := "", 0
		for k := 0; k <= len(p.r); k++ {
			next, end := noteMark(p.r, min(k, len(p.r)))
			if next == "" && k < len(p.r) {
				continue
			}
			if mark != "" && from < k && !p.listsParty(paras[:i], mark) && marked(paras[:i], mark) {
				text := *p
				text.flow, text.kind = p.slice(from, k), paraProse
				notes, p.kind = append(notes, footnote{mark, &text}), paraBreak
			}
			mark, from, k = next, end, max(k, end-1)
		}
	}
	return notes
}

// listsParty takes the party of a note that tells a case by itself: 甲场①、乙场②被处罚, and a note for each.
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

func startsNote(r []rune) bool {
	_, end := noteMark(r, 0)
	return end > 0 && r[0] == '注'
}

// noteMark is the mark of a note at i: ①, 注1; end is behind it.
func noteMark(r []rune, i int) (mark string, end int) {
	switch {
	case i >= len(r):
		return "", 0
	case r[i] >= '①' && r[i] <= '⑳':
		end = i + 1
	case r[i] == '注':
		if _, end = ordinal(r, i+1); end == 0 {
			return "", 0
		}
	default:
		return "", 0
	}
	return string(r[i:end]), skipMarks(r, end)
}

// marked reports whether a mark stands in a paragraph, not in front of it.
func marked(paras []*para, mark string) bool {
	for _, p := range paras {
		if index(p.r, mark) > 0 {
			return true
		}
	}
	return false
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
