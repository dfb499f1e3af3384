package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// CaseSheet is the whole record of a case on a few pages, computed once for paper and page: sections of facts, text, quoted law,
// tables and the discharge path. Personal codes are masked as the reader's role asks.
type CaseSheet struct {
	Title    string
	Lines    []string // under the title: number, stage, origin
	Marks    []string // 示例（虚构数据）
	Sections []SheetSection
	Foot     []string // 打印时间、打印人、内部资料; the digest of the cited texts
	Created  time.Time
}

// SheetSection is one section. Key is a stable name.
type SheetSection struct {
	Key, Title, Note string
	Parts            []SheetPart
}

// SheetPart is one block of a section; one of its fields is filled.
type SheetPart struct {
	Heading string
	Facts   []SheetFact
	Text    []string // paragraphs
	Path    *registry.DischargePath
	Quotes  []StatuteQuote
	Table   *SheetTable
	Remark  string // small print
}

// SheetFact is a named value; Wide takes the whole width.
type SheetFact struct {
	Key, Value string
	Wide       bool
}

// SheetTable is a table of words. Width counts in any unit.
type SheetTable struct {
	Columns []SheetColumn
	Rows    [][]string
	Total   []string // bold, under the rows; nil: none
	Folded  bool     // narrow and long: paper sets it twice side by side, to be read one after the other
}

// SheetColumn is a column of a SheetTable.
type SheetColumn struct {
	Head  string
	Width float64
	Right bool // numbers
}

// CaseSheetInput is what a case sheet is made of.
type CaseSheetInput struct {
	Facts    *procedure.Facts // the file, the law, the day
	Labels   Labels
	Texts    map[string]string // kept statute texts by hash
	Sheets   []registry.DiscretionSheet
	Changes  []registry.Revision // of the case and what is on it, newest first
	Actor    string              // who prints
	At       time.Time
	Personal bool // the reader may see personal codes in full
	Demo     bool
}

// NewCaseSheet makes the sheet of a case.
func NewCaseSheet(in CaseSheetInput) CaseSheet {
	f := in.Facts.File
	b := &sheetBuilder{in: &in, f: f, view: newCaseView(1, f, &LedgerOptions{Labels: in.Labels}), unknown: f.Case.Origin.Unknown(), quoted: map[string]bool{}}
	title := f.Case.Title
	if f.Case.IsVoid() { // nothing runs on it, and nothing is to be mended
		title = "【已作废】" + title
	} else {
		b.running, b.findings = procedure.Read(in.Facts)
	}
	s := CaseSheet{Title: title, Created: in.At, Lines: []string{joined("　", f.Case.Number, string(f.Case.Stage), string(f.Case.Origin))}}
	if f.Case.Origin == registry.OriginSample || in.Demo {
		s.Marks = append(s.Marks, "示例（虚构数据）")
		if f.Case.Origin == registry.OriginPublished {
			s.Marks[0] = "演示登记库"
		}
	}
	for _, section := range []func() SheetSection{b.overview, b.inspections, b.violations, b.samples, b.evidence, b.documents, b.branches, b.money,
		b.clocks, b.checks, b.timeline, b.reviews, b.record} {
		if x := section(); len(x.Parts) > 0 {
			s.Sections = append(s.Sections, x)
		}
	}
	s.Foot = []string{"内部资料　打印 " + in.At.In(registry.Shanghai).Format("2006-01-02 15:04") + "　" + in.Actor, b.digest()}
	return s
}

type sheetBuilder struct {
	in      *CaseSheetInput
	f       *registry.CaseFile
	view    *caseView
	unknown string
	quoted  map[string]bool // texts that stand on the sheet already, by citation and hash
	hashes  []string

	running  []procedure.Clock // of a case that counts
	findings []procedure.Finding
}

func (b *sheetBuilder) or(s string) string { return cmp.Or(s, b.unknown) }

func (b *sheetBuilder) day(d registry.Date) string { return cmp.Or(d.String(), b.unknown) }

func (b *sheetBuilder) overview() SheetSection {
	f, c := b.f, &b.f.Case
	facts := []SheetFact{
		{"案件编号", b.or(c.Number), false}, {"办理阶段", string(c.Stage), false},
		{"辖区", b.view.district, false}, {"发现日期", b.day(c.FoundOn), false},
		{"决定机关", b.view.organName(f.DecidingOrgan).String(), false}, {"承办单位", b.view.organName(f.HandlingOrgan).String(), false},
		{"案件来源", b.or(c.Source), false}, {"数据来源", string(c.Origin), false},
	}
	for i := range f.Publications {
		p := &f.Publications[i]
		facts = append(facts, SheetFact{"公开资料出处", b.or(p.Where()), true}, SheetFact{"公布的案名", b.or(p.Of(c.ID).Title), true})
	}
	if f.Campaign != nil {
		facts = append(facts, SheetFact{"专项行动", f.Campaign.Name, true})
	}
	for i, cp := range c.Parties {
		if i < len(f.Parties) {
			facts = append(facts, SheetFact{"当事人（" + cp.Role + "）", b.party(cp, &f.Parties[i]), true})
		}
	}
	if f.Farm != nil {
		facts = append(facts, b.farm(f.Farm)...)
	}
	s := SheetSection{Key: "facts", Title: "概况", Parts: []SheetPart{{Facts: facts}}}
	if c.Summary != "" {
		s.Parts = append(s.Parts, SheetPart{Heading: "案情"}, SheetPart{Text: []string{c.Summary}})
	}
	if c.Handling != "" {
		s.Parts = append(s.Parts, SheetPart{Heading: "查处情况"}, SheetPart{Text: []string{c.Handling}})
	}
	return s
}

func (b *sheetBuilder) party(cp registry.CaseParty, p *registry.Party) string {
	words := []string{cmp.Or(cp.NameAtAct, p.Name)}
	if cp.NameAtAct != "" && cp.NameAtAct != p.Name {
		words = append(words, "现名 "+p.Name)
	}
	id, phone := p.IDNumber, p.Phone
	if !b.in.Personal {
		id, phone = registry.MaskID(id), registry.MaskPhone(phone)
	}
	words = append(words, p.Kind, labelled("统一社会信用代码 ", p.CreditCode), labelled(p.IDDocument()+" ", id), labelled(cmp.Or(p.LegalPersonTitle, "法定代表人")+" ", p.LegalPerson),
		labelled("电话 ", phone), p.Address)
	return joined("　", words...)
}

func labelled(label, s string) string {
	if s == "" {
		return ""
	}
	return label + s
}

func (b *sheetBuilder) farm(x *registry.Farm) []SheetFact {
	var herds []string
	for _, h := range x.Herds {
		if h.Count != nil {
			herds = append(herds, joined(" ", h.Species, h.Stage, h.Basis, h.CountText()))
		}
	}
	return []SheetFact{
		{"养殖场", joined("　", x.Name, joined(" ", x.Town, x.Address)), true},
		{"养殖规模", b.or(strings.Join(herds, "；")), false}, {"禁养区关系", b.or(x.Zone.Relation), false},
		{"环评", b.or(eiaText(x)), false}, {"排污许可／登记", b.or(joined(" ", x.Permit.State, x.Permit.Kind, x.Permit.Number)), false},
	}
}

func (b *sheetBuilder) inspections() SheetSection {
	s := SheetSection{Key: "findings", Title: "现场检查与排放去向"}
	for i := range b.f.Inspections {
		x := &b.f.Inspections[i]
		var officers []string
		for _, o := range x.Officers {
			officers = append(officers, joined("", o.Name, labelled("（", o.CertNo)+tail(o.CertNo != "", "）")))
		}
		s.Parts = append(s.Parts, SheetPart{Heading: joined("　", b.day(x.StartedOn), joined("—", x.StartTime, x.EndTime), cmp.Or(x.Kind, "现场检查"), x.Number)},
			SheetPart{Facts: []SheetFact{
				{"执法人员", b.or(strings.Join(officers, "、")), false}, {"检查结论", joined("，", b.or(x.Result), labelled("改正情况：", x.Rectified)), false},
				{"在场人", b.or(joined(" ", x.PresentName, x.PresentTitle)), false}, {"当事人意见", b.or(x.PartyOpinion), false}}})
		if x.Findings != "" {
			s.Parts = append(s.Parts, SheetPart{Text: []string{x.Findings}})
		}
		if len(x.Path.Nodes) > 0 {
			s.Parts = append(s.Parts, SheetPart{Path: &x.Path})
		}
	}
	return s
}

func tail(yes bool, s string) string {
	if yes {
		return s
	}
	return ""
}

func (b *sheetBuilder) violations() SheetSection {
	s := SheetSection{Key: "violations", Title: "违法行为与条文"}
	for i := range b.f.Violations {
		v := &b.f.Violations[i]
		s.Parts = append(s.Parts, SheetPart{Heading: fmt.Sprintf("%d. %s", i+1, b.view.violationLabel(v.TypeCode))})
		period := b.day(v.ActFrom) + " 至 " + b.day(v.ActTo)
		if v.ActFrom.IsZero() && v.ActTo.IsZero() {
			period = b.unknown
		}
		facts := []SheetFact{{"行为起止", period, false}, {"连续或继续", b.or(string(v.Continuing)), false}}
		if v.EndBasis != "" {
			facts = append(facts, SheetFact{"终了的认定", v.EndBasis, false})
		}
		if len(v.Damage) > 0 {
			facts = append(facts, SheetFact{"损害的环境要素", strings.Join(v.Damage, "、"), false})
		}
		if v.VersionChoice != "" {
			facts = append(facts, SheetFact{"法律适用", joined("：", v.VersionChoice, v.ChoiceReason), true})
		}
		s.Parts = append(s.Parts, SheetPart{Facts: facts})
		if v.Facts != "" {
			s.Parts = append(s.Parts, SheetPart{Text: []string{v.Facts}})
		}
		s.Parts = append(s.Parts, b.quotes(v)...)
	}
	return s
}

// quotes are the provisions of a violation: the text of each stands on the sheet once. Our own review notes are told apart from what
// the file cites.
func (b *sheetBuilder) quotes(v *registry.Violation) []SheetPart {
	var list []StatuteQuote
	var again, reviews []string
	for _, c := range v.Citations {
		name := citationRoles[c.Role] + "：" + c.String()
		key := c.String() + " " + c.VersionID + " " + c.TextHash
		switch {
		case c.Standing == registry.StandingReview:
			reviews = append(reviews, c.String())
		case b.quoted[key]:
			again = append(again, name)
		default:
			b.quoted[key] = true
			list = append(list, b.quote(c))
		}
	}
	var parts []SheetPart
	if len(list) > 0 {
		parts = append(parts, SheetPart{Quotes: list})
	} else if len(again) == 0 {
		parts = append(parts, SheetPart{Remark: "没有登记条款。"})
	}
	if len(again) > 0 {
		parts = append(parts, SheetPart{Remark: strings.Join(again, "；") + "（条文见前）"})
	}
	if len(reviews) > 0 {
		parts = append(parts, SheetPart{Remark: "复核意见另提及：" + strings.Join(reviews, "；") + "（登记库的意见，不是原案引用）"})
	}
	return parts
}

var citationRoles = map[registry.CitationRole]string{registry.RoleBreached: "违反条款", registry.RoleBasis: "处罚依据", registry.RoleQuote: "引用"}

func (b *sheetBuilder) quote(c registry.Citation) StatuteQuote {
	q := StatuteQuote{Law: c.Law, Provision: c.Provision.String(), Role: citationRoles[c.Role], Text: b.in.Texts[c.TextHash]}
	if q.Role == "" {
		q.Role = string(c.Role)
	}
	if c.Standing == registry.StandingOffered {
		q.Role += "（系统提供，待确认）"
	}
	if v, ok := b.in.Facts.Law.Version(c.LawID, c.VersionID); ok {
		q.Version, q.Checked = v.Name, b.in.Facts.Law.CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash)
	}
	switch {
	case c.TextHash != "":
		q.Hash = short(c.TextHash)
		b.hashes = append(b.hashes, c.TextHash)
	case c.Text != "":
		q.Text = c.Text + "（登记人录入）"
	case c.Holding == registry.Absent:
		q.Text = "（该版本没有这一条款项）"
	}
	q.Text = cmp.Or(q.Text, "（本库未收录）")
	return q
}

func short(hash string) string { return hash[:min(len(hash), 12)] }

// digest is one line for all the texts that the sheet quotes: two sheets with one digest rest on the same words.
func (b *sheetBuilder) digest() string {
	if len(b.hashes) == 0 {
		return "没有引用本库收录的条文"
	}
	list := slices.Compact(slices.Sorted(slices.Values(b.hashes)))
	sum := sha256.Sum256([]byte(strings.Join(list, "\n")))
	return fmt.Sprintf("所引法条文本 %d 条，校验值 %s", len(list), hex.EncodeToString(sum[:8]))
}

func (b *sheetBuilder) samples() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"点位", 24, false}, {"采样", 13, false}, {"项目", 14, false}, {"结果", 16, true}, {"限值", 14, true}, {"超标倍数", 10, true}, {"结论", 9, false}}}
	var cited, remarks []string
	for i := range b.f.Samples {
		x := &b.f.Samples[i]
		if x.StandardCited != "" {
			cited = appendNew(cited, x.StandardCited)
		}
		where := joined(" ", x.Point, labelled("报告 ", x.ReportNumber))
		if len(x.Results) == 0 {
			t.Rows = append(t.Rows, []string{where, b.day(x.SampledOn), "", "", "", "", b.or(x.Conclusion)})
		}
		for n := range x.Results {
			r := &x.Results[n]
			row := []string{"", "", r.Pollutant, joined(" ", r.ValueText(), r.Unit), joined(" ", r.Limit, r.LimitUnit), "", b.or(r.Verdict)}
			for _, remark := range r.Remarks() {
				remarks = append(remarks, where+"　"+r.Pollutant+"："+remark)
			}
			if n == 0 {
				row[0], row[1] = where, b.day(x.SampledOn)
			} else {
				row[0], row[1] = "同上", "同上"
			}
			if r.Limit == "" && r.Verdict != "不评价" {
				row[4] = b.unknown
			}
			if m, ok := r.Multiple(); ok {
				row[5] = m
			}
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	s := SheetSection{Key: "samples", Title: "监测", Parts: []SheetPart{{Table: &t}}}
	if len(cited) > 0 {
		s.Parts = append(s.Parts, SheetPart{Remark: "报告所引标准：" + strings.Join(cited, "；")})
	}
	if len(remarks) > 0 {
		s.Parts = append(s.Parts, SheetPart{Remark: strings.Join(remarks, "；")})
	}
	return s
}

func (b *sheetBuilder) evidence() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"证据", 34, false}, {"种类", 14, false}, {"制作", 14, false}, {"证明内容", 38, false}}}
	for _, e := range b.f.Exhibits() {
		proves, source := b.or(e.Proves), labelled("取自", e.Source())
		if e.File != nil {
			proves = registry.FileOnly
		}
		t.Rows = append(t.Rows, []string{joined("；", joined(" ", e.Title, e.Number, source), b.f.FileDoubt(e.AttachmentID)), e.Kind, b.day(e.MadeOn), proves})
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	return SheetSection{Key: "evidence", Title: "证据", Parts: []SheetPart{{Table: &t}}}
}

func (b *sheetBuilder) reviews() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"程度", 8, false}, {"针对", 30, false}, {"意见", 62, false}}}
	for _, n := range b.f.ReviewNotes {
		t.Rows = append(t.Rows, []string{n.Severity, n.About, joined("；", trimmed([]string{labelled("原文：", n.Printed), labelled("核对：", n.Official), n.Note})...)})
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	return SheetSection{Key: "reviews", Title: "复核意见", Note: "原文不改，意见记在旁边。", Parts: []SheetPart{{Table: &t}}}
}

// record closes the sheet: how often the record was changed, and when last.
func (b *sheetBuilder) record() SheetSection {
	s := SheetSection{Key: "record", Title: "登记"}
	if b.f.Case.Note != "" {
		s.Parts = append(s.Parts, SheetPart{Text: []string{b.f.Case.Note}})
	}
	if v := b.f.Case.Voided; b.f.Case.IsVoid() {
		s.Parts = append(s.Parts, SheetPart{Remark: fmt.Sprintf("本案系误登，已于 %s 由 %s 作废，不计入任何统计。理由：%s", v.At.In(registry.Shanghai).Format("2006-01-02 15:04"), v.By, v.Reason)})
	}
	line := fmt.Sprintf("本系统案件号 %d，第 %d 版", b.f.Case.ID, b.f.Case.Version)
	if n := len(b.in.Changes); n > 0 {
		last := b.in.Changes[0]
		line += fmt.Sprintf("；案件及其内容共有 %d 次登记和修改，最近一次 %s，%s", n, last.At.In(registry.Shanghai).Format("2006-01-02 15:04"), last.Actor)
	}
	s.Parts = append(s.Parts, SheetPart{Remark: line + "。"})
	return s
}
