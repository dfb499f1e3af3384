package registry

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Points are points of a score sheet, in tenths: sheets give 1, 1.5, 0.5.
type Points int64

// ParsePoints reads points with at most one decimal.
func ParsePoints(s string) (Points, error) {
	s = strings.TrimSpace(HalfWidth(s))
	whole, frac, dot := strings.Cut(strings.TrimSuffix(s, "分"), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || n > 1000 || strings.HasPrefix(whole, "+") || dot && len(frac) != 1 {
		return 0, fmt.Errorf("“%s”不是分数：应为 0 到 1000，最多一位小数", clip(s, 20))
	}
	n *= 10
	if dot {
		d := frac[0]
		if d < '0' || d > '9' {
			return 0, fmt.Errorf("“%s”不是分数：应为 0 到 1000，最多一位小数", clip(s, 20))
		}
		n += int64(d - '0')
	}
	return Points(n), nil
}

// String is 12 or 12.5.
func (p Points) String() string {
	s := strconv.FormatInt(int64(p)/10, 10)
	if p%10 != 0 {
		s += "." + strconv.FormatInt(int64(p)%10, 10)
	}
	return s
}

// ScoreItem is a line of a score sheet: what is looked at and how many points it has, or that it alone fails the file (否决项).
type ScoreItem struct {
	Group  string `json:"group"`
	Text   string `json:"text"`
	Points Points `json:"points"`
	Veto   bool   `json:"veto"`
}

// ScoreSheet is the sheet that a bureau scores files by, as the bureau entered it. The program has no items of its own: the text of the national rules is not
// held here, so every sheet says where its items are from.
type ScoreSheet struct {
	ID ScoreSheetID `json:"id"`
	Meta
	Name   string      `json:"name"`
	Source string      `json:"source"`
	Items  []ScoreItem `json:"items"`
	Active bool        `json:"active"`
}

const maxScoreItems = 200

// Total is what a file without a fault gets.
func (x ScoreSheet) Total() Points { return totalOf(x.Items) }

func totalOf(items []ScoreItem) (sum Points) {
	for _, i := range items {
		sum += i.Points
	}
	return sum
}

// Clean normalises what was typed.
func (x *ScoreSheet) Clean() {
	x.Name, x.Source = CleanText(x.Name), CleanText(x.Source)
	for i := range x.Items {
		x.Items[i].Group, x.Items[i].Text = CleanText(x.Items[i].Group), CleanText(x.Items[i].Text)
	}
}

// Validate checks the sheet.
func (x *ScoreSheet) Validate() error {
	var p Problems
	p.required("name", x.Name, "评分表名称")
	p.text("name", x.Name, maxName)
	p.required("source", x.Source, "评分项目的出处（文件名称、文号）")
	p.text("source", x.Source, maxLine)
	if len(x.Items) == 0 {
		p.Add("items", "请填写评分项目，每行一项")
	}
	if len(x.Items) > maxScoreItems {
		p.Add("items", "评分项目 %d 项，最多 %d 项", len(x.Items), maxScoreItems)
	}
	for i, item := range x.Items {
		if item.Text == "" {
			p.Add("items", "第 %d 项没有写项目", i+1)
		}
		if n := RuneLen(item.Text); n > maxLine {
			p.Add("items", "第 %d 项太长：%d 字，最多 %d 字", i+1, n, maxLine)
		}
		if item.Veto && item.Points != 0 {
			p.Add("items", "第 %d 项是否决项，不能再有分值", i+1)
		}
	}
	return p.Err()
}

// ItemsOf reads the items of a sheet as they are typed or pasted from a spreadsheet, one a line: group, text, points, apart by | ｜ or a tab. Points of a veto item are the
// word 否决. Without a group the line has two parts.
func ItemsOf(text string) (items []ScoreItem, err error) {
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(line, "｜", "|"), "\t", "|"))
		if line == "" {
			continue
		}
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) < 2 || len(parts) > 3 {
			return nil, fmt.Errorf("第 %d 行“%s”应写成：分组｜项目｜分值（没有分组的写 项目｜分值）", n+1, clip(line, 30))
		}
		item := ScoreItem{Text: parts[len(parts)-2]}
		if len(parts) == 3 {
			item.Group = parts[0]
		}
		switch points := parts[len(parts)-1]; points {
		case "否决", "否决项":
			item.Veto = true
		default:
			if item.Points, err = ParsePoints(points); err != nil {
				return nil, fmt.Errorf("第 %d 行：%w；否决项的分值写“否决”", n+1, err)
			}
		}
		items = append(items, item)
	}
	return items, nil
}

// ItemsText is the items as ItemsOf reads them.
func ItemsText(items []ScoreItem) string {
	var b strings.Builder
	for _, i := range items {
		if i.Group != "" {
			b.WriteString(i.Group + "｜")
		}
		points := i.Points.String()
		if i.Veto {
			points = "否决"
		}
		b.WriteString(i.Text + "｜" + points + "\n")
	}
	return b.String()
}

// Draw is a random draw of cases for a file review (案卷评查): the population, how it was drawn, the cases that were drawn, and the sheet they are scored by as it was then. It
// is made once and never changed, nor taken back: drawing again is another draw.
type Draw struct {
	ID DrawID `json:"id"`
	Meta
	Title string `json:"title"`

	From         Date    `json:"from"` // of the last penalty decision
	To           Date    `json:"to"`
	DistrictCode string  `json:"district_code"`
	OrganID      OrganID `json:"organ_id,omitempty"` // the handling unit
	TypeCode     string  `json:"type_code"`

	Size    int64  `json:"size"`    // how many were asked for; 0: a share
	Percent int64  `json:"percent"` // of the population; 0: a number
	ByUnit  bool   `json:"by_unit"` // each handling unit by its part of the population
	Seed    string `json:"seed"`

	Population       int64      `json:"population"`
	PopulationDigest string     `json:"population_digest"` // SHA-256 of the ids, ascending, a line each
	Uncertain        int64      `json:"uncertain"`         // cases left out, since their decision has no certain day
	Cases            []DrawCase `json:"cases"`

	SheetID     ScoreSheetID `json:"sheet_id,omitempty"`
	SheetName   string       `json:"sheet_name"` // empty: scored without items
	SheetSource string       `json:"sheet_source"`
	Items       []ScoreItem  `json:"items"`
	DrawnBy     string       `json:"drawn_by"`
	Note        string       `json:"note"`
}

// DrawCase is a case that was drawn, as it was then.
type DrawCase struct {
	CaseID    CaseID  `json:"case_id"`
	Title     string  `json:"title"`
	Number    string  `json:"number"`
	DecidedOn Date    `json:"decided_on"`
	OrganID   OrganID `json:"organ_id,omitempty"`
	Unit      string  `json:"unit"`
	Hash      string  `json:"hash"` // by which it was drawn
}

// MaxDrawn is how many cases one draw may take: people read every one of them.
const MaxDrawn = 200

// Clean normalises what was typed.
func (x *Draw) Clean() {
	x.Title, x.Seed, x.Note = CleanText(x.Title), CleanText(x.Seed), CleanText(x.Note)
}

// Validate checks what was asked for.
func (x *Draw) Validate() error {
	var p Problems
	p.required("title", x.Title, "名称")
	p.text("title", x.Title, maxName)
	p.text("seed", x.Seed, 100)
	p.text("note", x.Note, maxText)
	if strings.ContainsAny(x.Seed, "\r\n") {
		p.Add("seed", "种子只能是一行文字")
	}
	if x.From.IsZero() {
		p.Add("from", "请填写决定日期的起止，可以只写年月或年份")
	}
	if x.To.IsZero() {
		p.Add("to", "请填写决定日期的起止，可以只写年月或年份")
	}
	if err := CheckSpan(x.From, x.To); err != nil {
		p.Add("to", "%s", err)
	}
	if x.DistrictCode != "" {
		p.district("district_code", x.DistrictCode)
	}
	switch {
	case x.Size == 0 && x.Percent == 0:
		p.Add("size", "请填写抽取件数，或者比例")
	case x.Size != 0 && x.Percent != 0:
		p.Add("percent", "件数和比例只填一个")
	case x.Size < 0 || x.Size > MaxDrawn:
		p.Add("size", "一次可抽 1 到 %d 件", MaxDrawn)
	case x.Percent < 0 || x.Percent > 100:
		p.Add("percent", "比例应为 1 到 100")
	}
	return p.Err()
}

// Total is what a file without a fault gets.
func (x Draw) Total() Points { return totalOf(x.Items) }

// Case is the drawn case with an id.
func (x *Draw) Case(id CaseID) (DrawCase, bool) {
	i := slices.IndexFunc(x.Cases, func(c DrawCase) bool { return c.CaseID == id })
	if i < 0 {
		return DrawCase{}, false
	}
	return x.Cases[i], true
}

// Candidate is a case of the population: its id and its handling unit.
type Candidate struct {
	ID   CaseID
	Unit OrganID
}

// DrawHash is what cases are ordered by: the SHA-256 of the seed, a line break and the case's id in figures. Anybody can compute it anew:
// printf '种子\n123' | sha256sum.
func DrawHash(seed string, id CaseID) string {
	sum := sha256.Sum256([]byte(seed + "\n" + strconv.FormatInt(int64(id), 10)))
	return hex.EncodeToString(sum[:])
}

// PopulationDigest names a population: the SHA-256 of its ids in figures, ascending, a line each.
func PopulationDigest(population []Candidate) string {
	h := sha256.New()
	for _, c := range slices.SortedFunc(slices.Values(population), func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) }) {
		_, _ = h.Write(strconv.AppendInt(nil, int64(c.ID), 10)) // a hash never fails
		_, _ = h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Wanted is how many cases are to be drawn of a population: a share is rounded up, and no more than there are.
func (x *Draw) Wanted(population int) int {
	n := int(x.Size)
	if x.Percent > 0 {
		n = (population*int(x.Percent) + 99) / 100
	}
	return min(n, population)
}

// Choose draws n of a population: those with the smallest hashes. By unit, each unit has its part of n by its part of the population, rounded down; what remains goes to the
// largest fractions, one each, of equal ones to the unit with the smaller id. The answer is in the order of units and hashes.
func (x *Draw) Choose(population []Candidate, n int) []Candidate {
	units := map[OrganID][]Candidate{}
	for _, c := range population {
		unit := c.Unit
		if !x.ByUnit {
			unit = 0
		}
		units[unit] = append(units[unit], c)
	}
	type part struct {
		unit     OrganID
		n, extra int
	}
	var parts []part
	left := n
	for unit, list := range units {
		p := part{unit, n * len(list) / len(population), n * len(list) % len(population)}
		left -= p.n
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(cmp.Compare(b.extra, a.extra), cmp.Compare(a.unit, b.unit)) })
	for i := range left {
		parts[i].n++
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.unit, b.unit) })
	var chosen []Candidate
	for _, p := range parts {
		type hashed struct {
			Candidate
			hash string
		}
		list := make([]hashed, len(units[p.unit]))
		for i, c := range units[p.unit] {
			list[i] = hashed{c, DrawHash(x.Seed, c.ID)}
		}
		slices.SortFunc(list, func(a, b hashed) int { return strings.Compare(a.hash, b.hash) })
		for _, c := range list[:p.n] {
			chosen = append(chosen, c.Candidate)
		}
	}
	return chosen
}

// DrawMark is points taken off for an item of the sheet, or a veto item that the file fulfils, with the reason.
type DrawMark struct {
	Item   int64  `json:"item"` // from 1
	Points Points `json:"points"`
	Reason string `json:"reason"`
}

// DrawResult is what the review of one drawn case found.
type DrawResult struct {
	ID DrawResultID `json:"id"`
	Meta
	DrawID     DrawID     `json:"draw_id"`
	CaseID     CaseID     `json:"case_id"`
	Marks      []DrawMark `json:"marks"`
	Score      *Points    `json:"score"` // of the sheet's items; typed where there is no sheet
	Grade      string     `json:"grade"` // as the bureau's rules call it
	Reviewer   string     `json:"reviewer"`
	ReviewedOn Date       `json:"reviewed_on"`
	Note       string     `json:"note"`
}

// Clean normalises what was typed.
func (x *DrawResult) Clean() {
	x.Grade, x.Reviewer, x.Note = CleanText(x.Grade), CleanText(x.Reviewer), CleanText(x.Note)
	for i := range x.Marks {
		x.Marks[i].Reason = CleanText(x.Marks[i].Reason)
	}
}

// Validate checks the result by itself; Against checks it by the sheet.
func (x *DrawResult) Validate() error {
	var p Problems
	p.required("reviewer", x.Reviewer, "评查人")
	p.text("reviewer", x.Reviewer, 100)
	p.text("grade", x.Grade, 20)
	p.text("note", x.Note, maxText)
	return p.Err()
}

// Vetoed are the veto items of a sheet that the file fulfils.
func (x *DrawResult) Vetoed(items []ScoreItem) (list []DrawMark) {
	for _, m := range x.Marks {
		if m.Item > 0 && int(m.Item) <= len(items) && items[m.Item-1].Veto {
			list = append(list, m)
		}
	}
	return list
}

// Against computes the score by the items of the draw's sheet: the total without what was taken off, 0 where a veto item is fulfilled. Without items it is what was typed.
func (x *DrawResult) Against(items []ScoreItem) error {
	var p Problems
	if len(items) == 0 {
		if len(x.Marks) > 0 {
			p.Add("marks", "这次抽取没有评分表，不能按项目扣分")
		}
		if x.Score == nil {
			p.Add("score", "请填写得分")
		}
		return p.Err()
	}
	score := totalOf(items)
	for _, m := range x.Marks {
		if m.Item < 1 || int(m.Item) > len(items) {
			p.Add("marks", "评分表没有第 %d 项", m.Item)
			continue
		}
		item := items[m.Item-1]
		field := MarkField(int(m.Item))
		if m.Reason == "" {
			p.Add(field+"reason", "第 %d 项扣了分或被否决，请写明理由", m.Item)
		}
		if n := RuneLen(m.Reason); n > maxLine {
			p.Add(field+"reason", "第 %d 项的理由太长：%d 字，最多 %d 字", m.Item, n, maxLine)
		}
		if !item.Veto && (m.Points <= 0 || m.Points > item.Points) {
			p.Add(field+"points", "第 %d 项可扣 0.1 到 %s 分", m.Item, item.Points)
		}
		score -= m.Points
	}
	if len(x.Vetoed(items)) > 0 {
		score = 0
	}
	x.Score = &score
	return p.Err()
}

// MarkField begins the names of the inputs for an item of a sheet, from 1.
func MarkField(item int) string { return "m" + strconv.Itoa(item) + "_" }
