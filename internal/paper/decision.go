package paper

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// addressee is the head of a paper that is served: who it is for, and by what number (行政处罚法第五十九条第一款第一项).
func (w *writer) addressee() {
	w.p.Number = w.v("文号")
	w.plain("当事人", "当事人")
	w.plain("证照号码", "当事人号码")
	w.plain("地址（住址）", "当事人地址")
	w.plain("法定代表人（负责人、经营者）", "法定代表人")
}

// order is 责令改正违法行为决定书. It is no penalty.
func order(w *writer) {
	w.addressee()
	w.wording("lead")
	w.heading("一、违法事实和证据")
	w.findings()
	w.heading("二、违反的规定")
	w.text(w.v("违反条款"))
	w.heading("三、责令改正的依据和内容")
	w.text("依据" + w.v("责令依据"))
	w.wording("order")
	w.text("改正内容：" + sentence(w.v("改正内容")))
	w.text("改正期限：" + sentence(w.v("改正期限")))
	w.heading("四、不改正的后果")
	w.wording("refusal")
	w.heading("五、救济途径和期限")
	w.wording("remedies")
	w.closing()
}

// findings are the facts of each act, and what proves them.
func (w *writer) findings() {
	w.text(w.v("违法事实"))
	w.add(Block{Text: "以上事实，有下列证据证明："})
	lines := exhibitLines(w.Source)
	w.used["证据"] = true
	for i, l := range lines {
		end := "；"
		if i == len(lines)-1 {
			end = "。"
		}
		w.text(fmt.Sprintf("%d. %s%s", i+1, strings.TrimRight(l, "；。"), end))
	}
	if len(lines) == 0 {
		w.text(Blank)
	}
}

// facts are the acts as the record tells them, each numbered where there are several.
func facts(s *Source) string {
	var list []string
	for i := range s.file().Violations {
		if f := s.file().Violations[i].Facts; f != "" {
			list = append(list, f)
		}
	}
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	for i := range list {
		list[i] = fmt.Sprintf("（%s）%s", registry.ChineseNumeral(i+1), list[i])
	}
	return strings.Join(list, "\n")
}

// quoted are the articles of a role with their text; the article alone where the text is not held, so that nobody reads an invented one.
func quoted(s *Source, role registry.CitationRole) string {
	var list []string
	for _, c := range s.cited(role) {
		if s.Document != nil && s.Document.Kind == registry.DocOrder && role == registry.RoleBasis && c.LawID == penaltyLaw {
			continue
		}
		text := strings.TrimRight(s.clause(c), "；")
		if text == "" {
			list = append(list, c.String()+"（条文："+Blank+"）")
			continue
		}
		line := c.String() + "：“" + text + "”"
		if !strings.HasSuffix(text, "。") {
			line += "。"
		}
		list = append(list, line)
	}
	return strings.Join(list, "\n")
}

// orderBasis is what an order to correct rests on: what the document cites as such, else the rule of the penalty law in force that day.
func orderBasis(s *Source) string {
	if s.Document == nil {
		return ""
	}
	for _, c := range s.Document.Citations {
		if c.Role == registry.RoleBasis && c.LawID == penaltyLaw {
			return c.String() + prefixed("“", s.words(c)) + suffix(s.words(c), "”")
		}
	}
	p := registry.Provision{Article: 28, Paragraph: 1}
	if cite := s.article(penaltyLaw, p); cite != "" {
		return cite + "“" + s.says(penaltyLaw, p) + "”"
	}
	return ""
}

func orderTerm(s *Source) string {
	d := s.Document
	switch {
	case d == nil:
		return ""
	case d.OrderMode == "立即改正":
		return "立即改正"
	case d.DueOn.IsZero():
		return ""
	}
	return d.DueOn.Chinese() + "前"
}

// orderContent is what an order tells the party to do: the order's own, or on a decision that of the order made apart.
func orderContent(s *Source) string {
	d := s.Document
	if d == nil || d.Kind == registry.DocOrder {
		if d == nil {
			return ""
		}
		return d.Content
	}
	o, ok := s.file().Document(registry.DocOrder)
	if !ok {
		return ""
	}
	return join("", "责令改正已由《责令改正违法行为决定书》", prefixed("（", o.Number), suffix(o.Number, "）"), "另行作出：", sentence(o.Content))
}

// priorNotice is 行政处罚事先（听证）告知书.
func priorNotice(w *writer) {
	hearing := true
	if w.Facts != nil && w.Document != nil {
		owed, why := procedure.HearingOwed(w.Facts, w.Document)
		if hearing = owed != registry.No; owed == registry.TriUnknown {
			w.p.Doubts = append(w.p.Doubts, "是否应当告知听证权利不能确定，纸上已写；"+why)
		}
	}
	if !hearing {
		w.p.Title = "行政处罚事先告知书"
	}
	w.addressee()
	w.wording("lead")
	w.heading("一、违法事实和证据")
	w.findings()
	w.heading("二、违反的规定和拟处罚的依据")
	w.text("上述行为违反了下列规定：")
	w.text(w.v("违反条款"))
	w.text("依据下列规定：")
	w.text(w.v("处罚依据"))
	w.heading("三、拟作出的行政处罚和裁量理由")
	w.text(w.v("拟处罚内容"))
	w.text("裁量理由：" + sentence(w.v("裁量理由")))
	w.heading("四、陈述、申辩的权利")
	w.wording("statement")
	if hearing {
		w.heading("五、要求听证的权利")
		w.wording("hearing")
	}
	w.wording("contact")
	w.closing()
	w.p.Doubts = append(w.p.Doubts, w.lawDoubts(append(w.cited(registry.RoleBreached), w.cited(registry.RoleBasis)...)...)...)
}

// penaltyDecision is 行政处罚决定书 (行政处罚法第五十九条).
func penaltyDecision(w *writer) {
	w.addressee()
	w.wording("lead")
	w.heading("一、违法事实和证据")
	w.wording("found")
	w.findings()
	w.text("上述行为违反了下列规定：")
	w.text(w.v("违反条款"))
	w.heading("二、陈述、申辩和听证情况")
	w.wording("told")
	w.text(w.v("陈述申辩情况"))
	w.heading("三、行政处罚的依据、种类和裁量理由")
	w.text("依据下列规定：")
	w.text(w.v("处罚依据"))
	w.text("裁量理由：" + sentence(w.v("裁量理由")))
	w.text("我局决定对" + w.you() + "作出以下行政处罚：")
	w.text(w.v("处罚内容"))
	if c := w.has("改正内容"); c != "" {
		w.text(c)
	}
	w.heading("四、行政处罚的履行方式和期限")
	w.wording("payment")
	w.heading("五、不履行的后果")
	w.wording("refusal")
	w.heading("六、救济途径和期限")
	w.wording("remedies")
	w.closing()
	w.p.Doubts = append(w.p.Doubts, w.lawDoubts(append(w.cited(registry.RoleBreached), w.cited(registry.RoleBasis)...)...)...)
}

// penalties are those that the document imposes: its own, and those that name no document where it alone can have imposed them.
func penalties(s *Source) (list []registry.Penalty) {
	d, f := s.Document, s.file()
	if d == nil {
		return nil
	}
	imposing := 0
	for i := range f.Documents {
		if f.Kind(f.Documents[i].Kind).Imposes {
			imposing++
		}
	}
	for _, p := range f.Penalties {
		if p.DocumentID == d.ID || p.DocumentID == 0 && imposing < 2 {
			list = append(list, p)
		}
	}
	return list
}

// imposed lists what a decision imposes, amounts in figures and in 大写, with their sum.
func imposed(s *Source) string {
	list := penalties(s)
	var lines []string
	var sum registry.Money
	fines := 0
	for i, p := range list {
		line := p.Kind
		switch {
		case p.Monetary() && p.Amount != nil:
			line += money(*p.Amount)
			sum, fines = sum+*p.Amount, fines+1
		case p.Monetary():
			line += "人民币" + Blank
		}
		if i := slices.IndexFunc(s.file().Parties, func(x registry.Party) bool { return x.ID == p.PartyID && x.ID != s.party().ID }); i >= 0 {
			line = "对" + s.file().Parties[i].Name + "，" + line
		}
		if p.Content != "" {
			line = "对" + p.Content + "，" + line
			if !p.Monetary() {
				line = p.Kind + "：" + p.Content
			}
		}
		if len(list) > 1 {
			line = fmt.Sprintf("%d. %s", i+1, line)
		}
		lines = append(lines, line+"；")
	}
	if len(lines) == 0 {
		return ""
	}
	lines[len(lines)-1] = sentence(lines[len(lines)-1])
	if fines > 1 {
		lines = append(lines, "以上合计"+money(sum)+"。")
	}
	return strings.Join(lines, "\n")
}

// proposed is what a notice announces: its amount, and what it says of kinds without one.
func proposed(s *Source) string {
	d := s.Document
	if d == nil || d.Amount == nil {
		return ""
	}
	return "我局拟对" + s.you() + "作出如下行政处罚：罚款" + money(*d.Amount) + "。"
}

// reasons are the arithmetic of the 裁量 kept with the case, else what was noted on the penalties.
func reasons(s *Source) string {
	var list []string
	seen := map[registry.ViolationID]bool{}
	for i := len(s.Sheets) - 1; i >= 0; i-- { // a later sheet replaces an earlier one of the same act
		x := &s.Sheets[i]
		if seen[x.ViolationID] {
			continue
		}
		seen[x.ViolationID] = true
		if line := sheetWords(x); line != "" {
			list = append(list, line)
		}
	}
	slices.Reverse(list)
	if len(list) == 0 {
		for _, p := range s.file().Penalties {
			if strings.Contains(p.Note, "裁量") {
				list = append(list, join("：", p.Content, strings.TrimRight(p.Note, "。")))
			}
		}
	}
	return strings.Join(list, "；")
}

func sheetWords(x *registry.DiscretionSheet) string {
	var sheet statute.Sheet
	if json.Unmarshal(x.Sheet, &sheet) != nil {
		return ""
	}
	var rows []string
	for _, r := range sheet.Rows {
		words := join("为", r.Factor, r.Option)
		if r.Weight != 0 {
			words += fmt.Sprintf("（%d%%）", r.Weight)
		}
		rows = append(rows, words)
	}
	line := join("：", "依据"+join(" ", cmp.Or(x.Instrument, sheet.Instrument), prefixed("§", strings.TrimPrefix(sheet.Section, "§"))), strings.Join(rows, "，"))
	if sheet.Percent > 0 {
		line += fmt.Sprintf("，合计%d%%", sheet.Percent)
	}
	if m := sheet.Amount(); m != nil {
		line += "，计" + m.String() + "元"
	}
	return join("。", line, strings.TrimRight(x.Note, "。"))
}

func notice(f func(d *registry.Document) string) func(*Source) string {
	return func(s *Source) string {
		d, ok := s.file().Document(registry.DocNotice)
		if !ok {
			return ""
		}
		return f(&d)
	}
}

// statements tell what the party said after the notice and what became of it (案卷评查细则: 陈述申辩及采纳情况). That nobody said anything is a
// fact too, and must be recorded to be printed.
func statements(s *Source) string {
	f := s.file()
	told := slices.IndexFunc(f.Documents, func(d registry.Document) bool { return d.Kind == registry.DocNotice })
	if told < 0 {
		return ""
	}
	var lines []string
	spoke := false // a discussion alone tells nothing of the party
	for _, d := range f.Documents[told+1:] {
		if s.Document != nil && d.ID == s.Document.ID {
			break
		}
		on := prefixed("于", day(d.MadeOn))
		spoke = spoke || d.Kind == registry.DocStatement || d.Kind == registry.DocHearingRequest || d.Kind == registry.DocHearing
		switch d.Kind {
		case registry.DocStatement:
			lines = append(lines, s.you()+on+"提出陈述、申辩："+sentence(d.Content))
		case registry.DocHearingRequest:
			lines = append(lines, s.you()+on+sentence(cmp.Or(strings.TrimRight(d.Content, "。"), "要求听证")))
		case registry.DocHearing:
			lines = append(lines, "我局"+on+"组织听证。"+sentence(strings.TrimPrefix(d.Content, "听证会：")))
		case registry.DocDiscussion:
			lines = append(lines, "复核和采纳情况："+sentence(d.Content))
		}
	}
	if !spoke {
		return ""
	}
	return strings.Join(lines, "\n")
}
