package imports

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute/diff"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type readingPage struct {
	kit.Layout
	Form     *kit.Form
	Summary  intakeSummary
	Source   registry.Publication
	Text     string // on its way to the next page; empty where it is long
	Held     string
	Length   int // code points
	Cut      bool
	Total    int // drafts of the text
	From, To int // those on the page, from 1
	Prev     string
	Next     string
	Ticked   int
	Blocks   []textBlock
	Legend   []markKind
	Cited    []citeLine // where no case was found
	Notice   intake.Notice
	Organs   []kit.Option
}

func (readingPage) Template() string { return "imports/intake-reading" }

// intakeSummary is the summary of what is wrong, in the shape of a Form's.
type intakeSummary struct {
	Message  string
	Problems []kit.FormProblem
}

// textBlock is a stretch of the text: a case with its card, or what stands between cases.
type textBlock struct {
	Spans  []textSpan
	Length int  // code points
	Open   bool // something of a case is in it
	Card   *draftCard
}

// textSpan is a piece of the text: plain, marked, or a number of characters left out.
type textSpan struct {
	Text string
	Mark *markKind
	Gap  int
}

// markKind is what a marked place was taken for.
type markKind struct{ Class, Label string }

// markKinds are the fields that are shown in the text. A whole narrative is not: everything else stands in it.
var markKinds = map[string]markKind{
	"title": {"title", "案名"}, "authority": {"organ", "机关"}, "district": {"place", "辖区"}, "found_on": {"date", "日期"}, "party": {"party", "当事人"},
	"species": {"herd", "畜种"}, "head_count": {"herd", "存栏"}, "violated": {"violated", "违反条款"}, "basis": {"basis", "处罚依据"}, "fine_yuan": {"money", "金额"},
	"measures": {"measure", "措施"}, "quotes": {"quote", "引文"}, "fact": {"fact", "其他事实"}, "other": {"other", "其他条款"},
}

var markOrder = []string{"party", "found_on", "authority", "district", "species", "head_count", "violated", "basis", "other", "fine_yuan", "measures", "quotes", "fact", "title"}

// draftCard is one draft beside its text.
type draftCard struct {
	Row        string // drafts.0
	ActsID     string // where a problem with the violations as a whole leads
	Number     int64
	Title      string
	Authority  string
	Doubts     []string
	Duplicates []casework.Duplicate
	AskAnyway  bool
	Acts       []actCard
	Documents  []kit.Option
	Told       []registry.Document
	Quotes     []quoteCard
	Facts      []factLine
	FactsID    string
}

// factLine is a fact of the place as it may be taken, with the words that told it.
type factLine struct {
	Key, Label, Value, Words string
	Ticked                   bool
}

// actCard is one violation of a card.
type actCard struct {
	Row    string
	Types  []kit.Option
	Best   string // how many types the articles point at, in words
	Lines  []citeLine
	Single bool
	Doubt  bool // its type was chosen by the article alone
}

// citeLine is a citation with what the catalogue knows of it.
type citeLine struct {
	Label, Href string
	Role        string
	State, Tone string // held, not held, …
	Versions    string
	Surface     string
}

// quoteCard is a quotation beside the official text.
type quoteCard struct {
	Place    string // the value of its remark's box; empty where it has none
	Citation string
	Matches  bool
	Unknown  bool
	Text     string
	Edits    []diff.Edit
	Words    string
	Ticked   bool
}

// showReading shows the text with its marks and a card for each draft.
func (s area) showReading(r *kit.Request, x *intakeForm) error {
	p := readingPage{Layout: r.Layout("读出的案件").FullWidth(), Form: x.Form, Source: x.Source, Total: len(x.Reading.Cases), From: x.From + 1, To: x.From + len(x.Inputs)}
	var err error
	if p.Text, p.Held, err = s.carry(r, x.Reading.Text); err != nil {
		return err
	}
	if p.Organs, _, err = view.OrganOptions(s.Server, r); err != nil {
		return err
	}
	drafts := make([]casework.AcceptedDraft, len(x.Inputs))
	for i := range x.Inputs {
		drafts[i] = x.Inputs[i].AcceptedDraft
		if x.Inputs[i].take {
			p.Ticked++
		}
	}
	same, err := s.Service.Duplicates(r.Ctx(), r.Actor, x.Reading.SHA256, drafts)
	if err != nil {
		return err
	}
	if x.From > 0 {
		p.Prev = fmt.Sprint(max(0, x.From-draftsAPage))
	}
	if p.To < p.Total {
		p.Next = fmt.Sprint(p.To)
	}
	p.Summary, p.Notice = x.summary(), x.Reading.Notice
	text := []rune(x.Reading.Text)
	p.Length, p.Cut = len(text), len(text) > wholeText
	spans := x.marks()
	p.Blocks = x.blocks(text, spans, same)
	p.Legend = legendOf(p.Blocks)
	if p.Total == 0 {
		p.Cited = x.cited()
	}
	return r.Form(x.Form, p)
}

// summary names the draft of each problem.
func (x *intakeForm) summary() intakeSummary {
	sum := intakeSummary{Message: x.Form.Message}
	for _, p := range x.Form.Problems() {
		for row := range x.Inputs {
			if strings.HasPrefix(p.Href, fmt.Sprintf("#f-drafts-%d-", row)) {
				label, _, _ := strings.Cut(p.Label, "（第")
				p.Label = fmt.Sprintf("案 %d · %s", x.Inputs[row].number, label)
			}
		}
		if p.Href == "#f-drafts" {
			p.Href = "#draft-" + fmt.Sprint(x.From+1)
		}
		sum.Problems = append(sum.Problems, p)
	}
	return sum
}

const (
	wholeText   = 30_000 // code points: a text up to this is shown whole
	caseWindow  = 6_000  // of a case of a longer one
	otherWindow = 600    // of what stands between its cases
)

type mark struct {
	kind       string
	start, end int
	doubt      bool
	label      string // where it is another than the kind's
}

// longestFact is how long a marked stretch that told a fact may be: the way of the water goes over sentences and is shown by its words alone.
const longestFact = 40

// marks lists the marked places of the text in reading order. Where fields overlap the outer one is shown; a fact of the place stands behind them.
func (x *intakeForm) marks() []mark {
	list := marksOf(&x.Reading)
	for i := range x.Inputs {
		at := x.Reading.Cases[x.Inputs[i].number-1].ToldAt
		for _, f := range x.Inputs[i].Facts.Told {
			if f.Start >= f.End || f.End > len(at) || f.End-f.Start > longestFact {
				continue
			}
			m := mark{kind: "fact", start: at[f.Start], end: at[f.End-1] + 1, label: f.Label}
			if !slices.ContainsFunc(list, func(o mark) bool { return o.start < m.end && m.start < o.end }) && m.end-m.start <= 2*longestFact {
				list = append(list, m)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b mark) int { return cmp.Compare(a.start, b.start) })
	return list
}

// marksOf lists the marked places of the fields.
func marksOf(reading *casework.Reading) []mark {
	var all []mark
	for _, c := range reading.Cases {
		for _, m := range c.Marks {
			if _, shown := markKinds[m.Field]; shown && m.Start < m.End {
				all = append(all, mark{m.Field, m.Start, m.End, m.Doubt, ""})
			}
		}
	}
	for _, c := range reading.Citations {
		all = append(all, mark{"other", c.Start, c.End, false, ""})
	}
	slices.SortStableFunc(all, func(a, b mark) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	list, last := all[:0], 0
	for _, m := range all {
		if m.start >= last && m.start < m.end {
			list, last = append(list, m), m.end
		}
	}
	return list
}

// blocks divides the text into the cases of the page and what stands between them.
func (x *intakeForm) blocks(text []rune, marks []mark, same [][]casework.Duplicate) (list []textBlock) {
	order := make([]int, len(x.Inputs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x.Inputs[a].Start, x.Inputs[b].Start) })
	at := 0
	if x.From > 0 {
		at = min(x.Reading.Cases[x.From-1].End, len(text))
	}
	between := func(end int) {
		if strings.TrimSpace(string(text[at:max(at, end)])) == "" {
			return
		}
		b := x.window(text, marks, at, end, otherWindow)
		b.Open = len(x.Inputs) == 0 || slices.ContainsFunc(b.Spans, func(s textSpan) bool { return s.Mark != nil && s.Mark.Class != "other" })
		list = append(list, b)
	}
	for _, i := range order {
		d := &x.Inputs[i]
		start, end := min(max(d.Start, at), len(text)), min(d.End, len(text))
		between(start)
		b := x.window(text, marks, start, max(start, end), caseWindow)
		card := x.card(i, same[i])
		b.Card = &card
		list = append(list, b)
		at = max(at, end)
	}
	rest := len(text)
	if next := x.From + len(x.Inputs); next < len(x.Reading.Cases) {
		rest = min(x.Reading.Cases[next].Start, len(text))
	}
	between(rest)
	return list
}

// window is a stretch of the text with its marks. Of a very long text only the beginning and end of a stretch are shown.
func (x *intakeForm) window(text []rune, marks []mark, start, end, limit int) textBlock {
	b := textBlock{Length: end - start}
	if len(text) <= wholeText || end-start <= limit {
		b.Spans = spansOf(text, marks, start, end)
		return b
	}
	head, tail := start+limit*2/3, end-limit/3
	b.Spans = append(spansOf(text, marks, start, head), textSpan{Gap: tail - head})
	b.Spans = append(b.Spans, spansOf(text, marks, tail, end)...)
	return b
}

func spansOf(text []rune, marks []mark, start, end int) (list []textSpan) {
	plain := func(to int) {
		if start < to {
			list = append(list, textSpan{Text: string(text[start:to])})
		}
	}
	first, _ := slices.BinarySearchFunc(marks, start, func(m mark, at int) int { return cmp.Compare(m.end, at+1) })
	for _, m := range marks[first:] {
		from, to := max(m.start, start), min(m.end, end)
		if from >= end {
			break
		}
		plain(from)
		kind := markKinds[m.kind]
		if m.label != "" {
			kind.Label = m.label
		}
		if m.doubt {
			kind.Label += "？"
		}
		list = append(list, textSpan{Text: string(text[from:to]), Mark: &kind})
		start = to
	}
	plain(end)
	return list
}

func legendOf(blocks []textBlock) (list []markKind) {
	seen := map[markKind]bool{}
	for _, b := range blocks {
		for _, s := range b.Spans {
			if s.Mark != nil {
				k := *s.Mark
				k.Label = strings.TrimSuffix(k.Label, "？")
				if k.Class == "fact" {
					k = markKinds["fact"]
				}
				seen[k] = true
			}
		}
	}
	for _, name := range markOrder {
		if k := markKinds[name]; seen[k] {
			list = append(list, k)
		}
	}
	return list
}

func (x *intakeForm) card(i int, same []casework.Duplicate) draftCard {
	d := &x.Inputs[i]
	read, told := &x.Reading.Cases[d.number-1], x.Reading.Draft(int(d.number-1))
	row := fmt.Sprintf("drafts.%d", i)
	c := draftCard{Row: row, ActsID: kit.FieldID(row + ".violations"), Number: d.number, Title: d.Title, Authority: d.Authority, Doubts: slices.Clone(read.Warnings), Duplicates: same,
		AskAnyway: len(same) > 0 || d.Anyway != "", Told: told.Documents}
	if read.District != "" && told.DistrictCode == "" {
		c.Doubts = append(c.Doubts, fmt.Sprintf("“%s”不是%s的县（市、区）：本登记册只登记%[2]s的案件", read.District, x.s.Service.Bureau().City.Name))
	}
	for _, m := range x.Reading.Citations {
		for _, problem := range m.Problems {
			if m.Start >= d.Start && m.End <= d.End && !slices.ContainsFunc(c.Doubts, func(said string) bool { return strings.Contains(said, problem) }) {
				c.Doubts = append(c.Doubts, strings.Join(strings.Fields(m.Surface), "")+"："+problem)
			}
		}
	}
	rows := len(d.Violations)
	if x.Form.Adding == c.Row+".violations" {
		rows++
	}
	for n := range rows {
		act := actCard{Row: fmt.Sprintf("%s.violations.%d", c.Row, n), Single: rows == 1}
		var v casework.AcceptedViolation
		if n < len(d.Violations) {
			v = d.Violations[n]
			act.Doubt = v.TypeDoubt && v.TypeCode != ""
		}
		act.Types, act.Best = x.s.typeChoices(v.Citations, d.FoundOn)
		for _, cited := range v.Citations {
			act.Lines = append(act.Lines, x.s.citeLine(cited, d.FoundOn))
		}
		c.Acts = append(c.Acts, act)
	}
	var kinds []string
	for _, k := range x.s.Service.DocumentKinds() {
		if k.Told || slices.ContainsFunc(c.Told, func(d registry.Document) bool { return d.Kind == k.Name }) {
			kinds = append(kinds, string(k.Name))
		}
	}
	c.Documents = kit.TermOptions(kinds)
	c.Facts, c.FactsID = factLines(d, read), kit.FieldID(row+".facts")
	c.Quotes = quoteCards(read.Quotes, x.Form.Values[c.Row+".notes"])
	return c
}

// factLines are the facts of the place, a key a line: the words are the text's.
func factLines(d *draftInput, read *intake.Draft) (list []factLine) {
	told := []rune(read.Narrative + read.Handling)
	for _, f := range d.Facts.Told {
		line := factLine{Key: f.Key, Label: f.Label, Value: f.Value, Ticked: slices.Contains(d.facts, f.Key)}
		if f.Start < f.End && f.End <= len(told) {
			from, to := f.Start, f.End // the whole clause: a noun alone says little
			for from > 0 && !strings.ContainsRune("，。；：\n", told[from-1]) {
				from--
			}
			for to < len(told) && !strings.ContainsRune("，。；：\n", told[to]) {
				to++
			}
			line.Words = strings.Join(strings.Fields(string(told[from:to])), "")
		}
		if i := slices.IndexFunc(list, func(o factLine) bool { return o.Key == f.Key }); i >= 0 {
			list[i].Value += "；" + f.Value
			continue
		}
		list = append(list, line)
	}
	return list
}

// typeChoices puts the types that the cited articles point at before all others.
func (s area) typeChoices(cited []registry.Citation, on registry.Date) (list []kit.Option, best string) {
	fitting := map[string]bool{}
	for _, m := range casework.TypesCiting(s.Service.Law(), cited, on) {
		fitting[m.Type.Code] = true
		list = append(list, kit.Option{Value: m.Type.Code, Label: "与条款相符 · " + m.Type.Label})
	}
	if n := len(list); n > 0 {
		best = fmt.Sprintf("所引条款对应 %d 种类型，列在最前；请核对事实后选择", n)
	}
	for _, o := range view.TypeOptions(s.Server) {
		if !fitting[o.Value] {
			list = append(list, o)
		}
	}
	return list, best
}

// holdingTones colour what the catalogue knows; the words are always there.
var holdingTones = map[registry.Holding]string{registry.Held: "accent", registry.NotHeld: "", registry.Absent: "danger", registry.UnknownLaw: "warn"}

// citeLine looks a citation up in the version that applied on the day, or in all that may have.
func (s area) citeLine(c registry.Citation, on registry.Date) citeLine {
	law := s.Service.Law()
	l := citeLine{Label: c.String(), Role: view.RoleWords[c.Role], State: view.HoldingLabels[registry.UnknownLaw], Tone: holdingTones[registry.UnknownLaw]}
	if known, ok := law.Law(c.LawID); ok {
		l.Label, l.Href = "《"+known.ShortName+"》"+c.Provision.String(), "/statutes/"+url.PathEscape(known.ID)
		l.State, l.Tone = "当时施行的版本本库未收录", ""
	}
	var names []string
	for i, x := range casework.Versions(law, c, on) {
		v, ok := law.Version(x.LawID, x.VersionID)
		if !ok {
			continue
		}
		_, holding := v.Text(x.Provision)
		if i == 0 || holding == registry.Held {
			l.State, l.Tone, l.Href = cmp.Or(view.HoldingLabels[holding], "已收录"), holdingTones[holding], view.ProvisionHref(v, x.Provision)
		}
		names = append(names, v.Name)
	}
	l.Versions = strings.Join(names, "、")
	if _, _, why, outside := law.OutsideForce(c.LawID, on); outside {
		l.Versions, l.Tone = l.Versions+"："+why, "warn"
	}
	if len(names) > 1 {
		l.Versions += "都可能适用，日期不足以确定；可在法名后写明，如（" + names[0] + "）"
	}
	return l
}

// quoteCards pairs the quotations of a case with the remarks made of those that differ.
func quoteCards(quotes []intake.Quote, ticked []string) (list []quoteCard) {
	notes := 0
	for _, q := range quotes {
		c := quoteCard{Citation: q.Citation, Text: q.Text, Unknown: q.Matches == nil, Matches: q.Matches != nil && *q.Matches, Edits: nearEdits(q.Edits), Words: q.Difference}
		if q.Matches != nil && !*q.Matches {
			c.Place = fmt.Sprint(notes)
			c.Ticked = slices.Contains(ticked, c.Place)
			notes++
		}
		list = append(list, c)
	}
	return list
}

// nearEdits shortens what is equal on both sides to the words around each difference.
func nearEdits(edits []diff.Edit) []diff.Edit {
	const near = 14
	list := slices.Clone(edits)
	for i, e := range list {
		r := []rune(e.A)
		if e.Op != diff.Same || len(r) <= 2*near {
			continue
		}
		head, tail := string(r[:near]), string(r[len(r)-near:])
		switch {
		case i == 0:
			e.A = "……" + tail
		case i == len(list)-1:
			e.A = head + "……"
		default:
			e.A = head + "……" + tail
		}
		list[i] = e
	}
	return list
}

// cited lists what the text cites, for a text without a case.
func (x *intakeForm) cited() (list []citeLine) {
	for i := range x.Reading.Citations {
		m := &x.Reading.Citations[i]
		l := x.s.citeLine(registry.Citation{Role: m.Role, Law: m.Law, LawID: m.LawID, VersionID: m.VersionID, Provision: m.Provision}, registry.Date{})
		l.Role = cmp.Or(mentionRoles[m.Role], "其他")
		l.Surface = strings.Join(strings.Fields(m.Surface), "")
		if m.Law == "" {
			l.Label, l.State, l.Tone = m.Provision.String(), "原文没有写明是哪部法律", "warn"
		}
		list = append(list, l)
		if len(list) == 200 {
			break
		}
	}
	return list
}

var mentionRoles = map[registry.CitationRole]string{registry.RoleBreached: "违反条款", registry.RoleBasis: "处罚依据", registry.RoleQuote: "引用条文"}
