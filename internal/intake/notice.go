package intake

import (
	"strings"

	"casebook/internal/lazyregexp"
)

// Notice is what a page prints in front of its cases: the bulletin's own title, lead and byline. Empty where it prints none.
type Notice struct {
	Title    string // 市生态环境局公布5起典型案例
	Lead     string
	Byline   string // 张三 李四
	Issuer   string // the organ that the title or lead names
	Campaign string // 畜禽养殖场环境执法专项行动
	Aim      string // 某断面水质稳定达标
	Start    int    // code points of the text, [Start,End)
	End      int
}

// longestLead is how many paragraphs stand between a bulletin's title and its first case.
const longestLead = 12

var (
	namesOnly = lazyregexp.New(`^（?(?:文/|记者|通讯员|本报记者|/|：)*(\p{Han}{2,4}(?: +\p{Han}{2,4})*)）$|^（?(?:文/|记者|通讯员|本报记者|供稿)(?:：|/)?(.{2,40}?)）?$`)
	campaigns = lazyregexp.New(`(?:组织)?(?:开展|组织|部署|实施|推进|启动|“)(?:了)?“?(\p{Han}{2,24}专项(?:执法)?(?:行动|整治行动|整治|检查))`)
	aims      = lazyregexp.New(`(?:推进|推动|保障|确保|促进|实现|守护)(\p{Han}{2,30}(?:达标|改善|好转|提升))`)
)

// noticeOf reads what stands in front of the first case: the last headline that announces cases, and the paragraphs behind it.
func noticeOf(page []rune, pieces []*piece, found []*reading) (n Notice) {
	if len(found) == 0 {
		return n
	}
	first := found[0].from
	title := -1
	for i := first - 1; i >= 0 && first-i < 8*longestLead; i-- {
		if u := pieces[i]; u.said.any(aFront) && u.said.any(announced) && (u.said.any(aHeadline) || u.p.kind == paraHeading) {
			title = i
			break
		}
	}
	if title < 0 {
		return n
	}
	head := &caseText{page: page}
	n.Title = head.titleText(pieces[title].p.flow)
	n.Start, n.End = pieces[title].p.start(), pieces[title].p.end()
	var lead []string
	for _, u := range pieces[title+1 : first] {
		if !u.said.any(aFront) || len(lead) >= longestLead {
			continue
		}
		n.End = u.p.end()
		line := string(page[u.p.start():u.p.end()])
		if m := namesOnly.FindStringSubmatch(strings.NewReplacer("(", "（", ")", "）").Replace(strings.TrimSpace(line))); m != nil {
			n.Byline = strings.Join(strings.Fields(m[1]+m[2]), " ")
			continue
		}
		if !u.said.any(aHeadline | aBreak) {
			lead = append(lead, u.p.text(page))
		}
	}
	n.Lead = strings.Join(lead, "\n")
	told := n.Title + "。" + n.Lead
	if os := organsOf(pieces[title].p.flow); len(os) > 0 {
		n.Issuer = pieces[title].p.slice(os[0].start, os[0].end).text(page)
	}
	if m := campaigns.FindStringSubmatch(told); m != nil {
		n.Campaign = m[1]
	}
	if m := aims.FindStringSubmatch(told); m != nil {
		n.Aim = m[1]
	}
	return n
}
