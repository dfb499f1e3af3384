package intake

import "slices"

// part is a stretch of the body under one section.
type part struct {
	from, to int
	section  section
	shared   bool
}

// longestCase bounds what is read of one case, in characters: ten newspaper pages.
const longestCase = 20_000

func (c *caseText) build() {
	c.own = &context{}
	if c.row != nil {
		c.buildRow()
	} else {
		for _, p := range append(slices.Clip(c.paras), c.apart...) {
			c.addPart(p, false)
		}
		for _, p := range c.shared {
			c.addPart(p, true)
		}
		if f, ok := c.labelled("案例名称", "案件名称", "案名"); ok {
			c.title, c.headed = f, true
		}
		c.own.read(c.title.r)
		c.own.read(c.body.r)
		c.split()
	}
	c.markQuotations()
}

func (c *caseText) addPart(p *para, shared bool) {
	f, sec := p.flow, p.section
	if p.kind == paraHeading || p.marker || len(c.body.r) > longestCase {
		return
	}
	headline := p.kind == paraHeadline && !label(f.r) && len(c.body.r) == 0 && len(c.paras) > 1
	switch addressed := len(f.r) < 44 && f.r[len(f.r)-1] == '：' && !p.marked; {
	case headline, c.decision && (addressed || p.kind == paraHeadline || p.kind == paraDecision || label(f.r)):
		sec = secHead
	case shared && sec == secNone:
		sec = secHandled
	}
	c.tell(f, sec, shared)
}

// tell adds a paragraph to the body.
func (c *caseText) tell(f flow, sec section, shared bool) {
	from := len(c.body.r)
	if c.body.join(f); len(c.body.r) > from {
		c.parts = append(c.parts, part{from, len(c.body.r), sec, shared})
	}
}

// handlingWords open the handling where no marker does.
var handlingWords = words("handling")

// citing words tell which law an act breached or a decision rests on.
var citing = words("citing")

// split divides parts without a marker into what was found and what was done about it, at the first sentence that cites or orders.
func (c *caseText) split() {
	cue := handlingWords
	for _, p := range c.parts {
		if p.section == secNone && citing.any(c.body.r[p.from:p.to]) {
			cue = citing // orders may be told among the facts; the citation is where the handling begins
		}
	}
	var out []part
	handled := false
	for _, p := range c.parts {
		if p.section != secNone {
			out = append(out, p)
			continue
		}
		cut := p.from
		if !handled {
			cut = c.handlingFrom(p, cue)
		}
		for _, half := range []part{{p.from, cut, secFacts, p.shared}, {cut, p.to, secHandled, p.shared}} {
			if half.from < half.to {
				out = append(out, half)
			}
		}
		handled = cut < p.to
	}
	c.parts = out
}

// handlingFrom is where the handling begins in a part: at the first sentence with a cue.
func (c *caseText) handlingFrom(p part, cue *lexicon[struct{}]) int {
	for i, from := p.from, p.from; i < p.to; i++ {
		if !endsSentence(c.body.r[i]) && i+1 < p.to {
			continue
		}
		sentence := c.body.r[from:min(i+1, p.to)]
		at := firstOf(cue, sentence)
		first := from == 0 && findingWords.any(sentence) && !containsAny(sentence, "罚款", "违反", "处罚") // it opens a case, and tells found and done in one breath
		if at < len(sentence) && !inBook(sentence, at) && cites(sentence, at) && !first {
			if from >= 25 || p.from > 0 {
				return from
			}
			for at > 0 && !endsClause(sentence[at-1]) { // found and done in one sentence: parted at the clause
				at--
			}
			if at == 0 || at > 12 { // not 2023年，某市依法查处了一批案件
				return from + at
			}
		}
		from = i + 1
	}
	return p.to
}

// markQuotations marks what stands between quotation marks and is long enough to be law: orders inside are the law's, not the case's.
func (c *caseText) markQuotations() {
	c.quoted = make([]bool, len(c.body.r))
	open := -1
	for i, r := range c.body.r {
		switch {
		case open < 0 && (r == '“' || r == '「'):
			open = i
		case r == '”' || r == '」' || r == '\n':
			for j := open; r != '\n' && open >= 0 && i-open > 14 && j <= i; j++ {
				c.quoted[j] = true
			}
			open = -1
		}
	}
}

// partAt is the part in which i stands.
func (c *caseText) partAt(i int) part {
	for _, p := range c.parts {
		if i >= p.from && i < p.to {
			return p
		}
	}
	return part{}
}

func (c *caseText) sectionAt(i int) section { return c.partAt(i).section }

// told reports whether i stands in the case itself: not in quoted law, an editor's comment, or the telling of rights.
func (c *caseText) told(i int) bool {
	return !c.sectionAt(i).aside() && !c.quoted[i]
}
