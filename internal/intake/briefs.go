package intake

import (
	"strings"
)

// briefs reads articles that tell a case without heading it.
func briefs(page []rune, paras []*para) []*caseText {
	var list []*caseText
	var c *caseText
	var title flow
	lead := &context{}
	flush := func() {
		if c != nil && len(c.paras) > 0 {
			list = append(list, c)
		}
		c = nil
	}
	for i, p := range paras {
		if i < 200 {
			lead.read(p.r)
		}
		switch p.kind {
		case paraBreak, paraRow:
			if c != nil && !unfinishedBefore(c.paras) {
				flush()
				title = flow{}
			}
		case paraHeadline, paraDecision:
			if p.marker {
				continue
			}
			if label(p.r) {
				if c == nil {
					c, title = &caseText{page: page, title: title, lead: lead}, flow{}
				}
				c.paras = append(c.paras, p)
				continue
			}
			if c != nil && (c.goesOn(paras[i+1:]) || skipDecoration(p.r, 0) > 0) {
				continue
			}
			flush()
			if t := cleanTitle(p.flow); len(t.r) > 0 {
				title = t
			}
		case paraProse:
			if c == nil {
				c = &caseText{page: page, title: title, lead: lead}
				title = flow{}
			}
			if c.opened() && newFinding(c, p) {
				c.title = flow{} // the headline of several cases is no title of one
				flush()
				c = &caseText{page: page, lead: lead}
			}
			if c.opened() && c.ends(p) && !unfinishedBefore(c.paras) {
				flush()
				continue
			}
			if environment.any(p.r) || anaphora.any(p.r) || unfinishedBefore(c.paras) {
				c.paras = append(c.paras, p)
			}
		}
	}
	flush()
	var out []*caseText
	for _, c := range list {
		if each := c.perSentence(); len(each) > 0 {
			out = append(out, each...)
			continue
		}
		out = append(out, c)
	}
	return keepCases(out)
}

// lineWords are what stands around the title of a web page.
var lineWords = wordList("web_line")

// cleanTitle leaves out 标题： and an organ's name before the title's own; a line of dates and buttons is no title.
func cleanTitle(f flow) flow {
	for i, c := range f.r {
		if c != '：' || i > 24 {
			continue
		}
		before := string(f.r[:i])
		organ := strings.ContainsAny(before[max(0, len(before)-len("局")):], "局厅部报") // 南平市生态环境局：…案
		if before == "标题" || before == "名称" || organ && endsInCase(f.r) {
			f = f.slice(i+1, len(f.r))
		}
		break
	}
	own := 0
	for i := 0; i < len(f.r); {
		n := 0
		for _, w := range lineWords {
			if hasAt(f.r, i, w) {
				n = runeLen(w)
				break
			}
		}
		if n == 0 {
			if isHan(f.r[i]) {
				own++
			}
			n = 1
		}
		i += n
	}
	if own < 5 {
		return flow{}
	}
	return f
}

// perSentence divides a brief that tells each case in a sentence or two: 甲公司未批先建，被罚3万元。乙养鸡场直排，罚款2万元。 Each must name
// a party of its own at its beginning and end in a fine; nil where fewer than two do.
func (c *caseText) perSentence() []*caseText {
	var list []*caseText
	var last *caseText
	seen := map[string]bool{}
	for _, p := range c.paras {
		if p.kind != paraProse || p.marked {
			return nil
		}
		from := 0
		for i := range p.r {
			if !endsSentence(p.r[i]) && i+1 < len(p.r) {
				continue
			}
			sentence := &para{flow: p.slice(from, i+1), kind: paraProse}
			from = i + 1
			who := openingParty(sentence.flow)
			switch {
			case who != "" && seen[who]:
				return nil
			case who != "" && fines(sentence.flow):
				seen[who] = true
				last = &caseText{page: c.page, lead: c.lead, short: true, paras: []*para{sentence}}
				list = append(list, last)
			case last != nil && anaphora.any(sentence.r):
				last.paras = append(last.paras, sentence)
			}
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// openingParty is the party that a sentence begins with.
func openingParty(f flow) string {
	ns := names(f)
	if len(ns) == 0 || ns[0].person || ns[0].start > 12 {
		return ""
	}
	return string(f.r[ns[0].start:ns[0].end])
}

// fines reports whether a sentence tells a fine that was imposed.
func fines(f flow) bool {
	for i := 0; i < len(f.r); i++ {
		if !startsNumber(f.r[i]) || i > 0 && (isDigit(f.r[i-1]) || f.r[i-1] == '.') {
			continue
		}
		if _, end := readMoney(f.r, i, true); end > 0 {
			if isFine(f, i, end) {
				return true
			}
			i = end - 1
		}
	}
	return false
}

// opened reports whether a brief has told a finding already. Each paragraph is looked at once: a page may be one brief of 10 MB.
func (c *caseText) opened() bool {
	for ; !c.found && c.seen < len(c.paras); c.seen++ {
		c.found = isFinding(c.paras[c.seen])
	}
	return c.found
}

func isFinding(p *para) bool {
	return acting.any(p.r) && environment.any(p.r) && (enforced.any(p.r) || containsAny(p.r, "检查")) &&
		(len(organsOf(p.flow)) > 0 || containsAny(p.r, "执法人员", "我局"))
}

// newFinding reports whether a paragraph begins another case: its own dated inspection of another party, where the case before has one.
func newFinding(c *caseText, p *para) bool {
	if !isFinding(p) || p.marked && p.section != secFacts {
		return false
	}
	has := func(f flow) bool {
		dates, _ := datesOf(f)
		d, ok := foundOn(dates)
		return ok && d.event >= evSampled
	}
	if !has(p.flow) || !startsFinding(p.r) {
		return false
	}
	mine := names(p.flow)
	if len(mine) == 0 || mine[0].person {
		return false
	}
	core := string(maskedCore(p.r[mine[0].start:mine[0].end]))
	inspected := false
	for _, q := range c.paras {
		inspected = inspected || has(q.flow)
		if index(q.r, core) >= 0 && q != p {
			return false
		}
	}
	return inspected
}

// startsFinding is for paragraphs that open with a date or organ, not with 经查 or 该.
func startsFinding(r []rune) bool {
	if _, end := ordinal(r, 0); end > 0 && hasAt(r, end, "是") { // 一是查处…
		return true
	}
	if _, ok := dateAt(r, skipDecoration(r, 0)); ok {
		return true
	}
	for i := 0; i < len(r) && i < 14; i++ {
		if _, ok := dateAt(r, i); ok {
			return true
		}
		if _, end := readDate(r, i, 2000, 0); end > 0 {
			return true
		}
	}
	return false
}
