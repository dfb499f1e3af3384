package web

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// documentIcons draw the kinds of document that have a picture of their own.
var documentIcons = map[string]string{
	registry.DocOrder: "order", registry.DocRecheck: "inspection", registry.DocDecision: "gavel", registry.DocDetention: "send", registry.DocCrime: "send",
	registry.DocReport: "send", registry.DocClosing: "lock", "监测报告": "flask", "告知监测结果": "flask", "查封扣押": "lock", "公示": "bulletin",
}

// caseTimeline is one story of the case: inspections, samples, documents with their service and result, money. Documents
// without a date keep their place in the chain.
func caseTimeline(f *registry.CaseFile, documents []documentView) []TimelineItem {
	var list []TimelineItem
	for _, x := range f.Inspections {
		item := TimelineItem{Date: x.StartedOn, Icon: "inspection", Kind: cmp.Or(x.Kind, "现场检查"), Title: cmp.Or(x.Result, "现场检查"), Href: fmt.Sprintf("/inspections/%d", x.ID)}
		if x.Number != "" {
			item.Meta = append(item.Meta, x.Number)
		}
		list = append(list, item)
	}
	for _, x := range f.Samples {
		list = append(list, sampleItems(x)...)
	}
	for _, d := range documents {
		list = append(list, documentItems(d)...)
	}
	for _, x := range f.Payments {
		item := TimelineItem{Date: x.PaidOn, Icon: "money", Kind: "缴款", Title: x.Amount.String() + " 元"}
		if x.Receipt != "" {
			item.Meta = append(item.Meta, "票据 "+x.Receipt)
		}
		list = append(list, item)
	}
	sortTimeline(list)
	return list
}

func sampleItems(x registry.Sample) []TimelineItem {
	item := TimelineItem{Date: x.SampledOn, Icon: "flask", Kind: "采样", Title: x.Point}
	if x.SamplingOrgan != "" {
		item.Meta = append(item.Meta, x.SamplingOrgan)
	}
	if x.Exceeds() {
		item.Tone, item.Text = "warn", "超标"
	}
	list := []TimelineItem{item}
	if !x.ReportOn.IsZero() {
		list = append(list, TimelineItem{Date: x.ReportOn, Icon: "flask", Kind: "监测报告", Title: cmp.Or(x.ReportNumber, x.Point)})
	}
	if !x.ToldOn.IsZero() {
		list = append(list, TimelineItem{Date: x.ToldOn, Icon: "send", Kind: "告知监测结果", Title: x.Point})
	}
	return list
}

func documentItems(d documentView) []TimelineItem {
	item := TimelineItem{Date: d.MadeOn, Icon: cmp.Or(documentIcons[d.Kind], "document"), Kind: d.Kind, Title: d.NumberTyped, Text: d.Content, Overdue: d.Overdue, Tone: "accent",
		Href: fmt.Sprintf("#document-%d", d.ID)}
	if item.Title == "" {
		item.Href = ""
	}
	for _, m := range []string{d.Organ, d.Due, d.Outcome} {
		if m != "" {
			item.Meta = append(item.Meta, m)
		}
	}
	if d.Unknown {
		item.Tone = "warn"
	}
	list := []TimelineItem{item}
	if !d.ServedOn.IsZero() {
		list = append(list, TimelineItem{Date: d.ServedOn, Icon: "send", Kind: "送达", Title: strings.TrimSpace(d.Kind + " " + d.ServiceMode)})
	}
	return list
}

// sortTimeline puts dated items in the order of their days; one without a date stays where the chain has it.
func sortTimeline(list []TimelineItem) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].Date.Before(list[j-1].Date); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// entityWords names what on a case a change was about, and how its fields are called.
var entityWords = map[string]struct {
	name   string
	labels Labels
}{
	"case": {"案件", caseLabels}, "violation": {"违法行为", inHistory(violationLabels)}, "document": {"文书", inHistory(documentLabels)}, "penalty": {"处罚", penaltyLabels},
	"payment": {"缴款", paymentLabels}, "evidence": {"证据", Labels{"kind": "种类", "title": "名称", "number": "编号", "maker": "制作人", "made_on": "制作日期", "proves": "证明内容", "note": "备注"}},
	"review_note": {"复核意见", reviewLabels}, "discretion_sheet": {"裁量计算表", Labels{}},
}

// inHistory calls the citations by one name: a form tells those that were typed from those that were offered.
func inHistory(l Labels) Labels {
	l = maps.Clone(l)
	l["citations"], l["citations.*.version_id"], l["seq"] = "引用条款", "版本", "次序"
	return l
}

// caseHistory is the history of the case and of what is on it. What the machine keeps for itself, such as a text's hash, is left
// out: it follows from what people see.
func (s *Server) caseHistory(r *request, p casework.CasePage) []HistoryEntry {
	names := s.caseNames(p)
	var list []HistoryEntry
	for _, c := range casework.Changes(p.History) {
		words := entityWords[c.Entity]
		at, _ := instant(c.At) // a time.Time never fails
		entry := HistoryEntry{Version: c.Version, At: at, Actor: c.Actor, Action: c.Action + cmp.Or(words.name, c.Entity)}
		if c.Action == "确认条款" {
			entry.Action = c.Action
		}
		if what := s.changedWhat(p, c); what != "" {
			entry.Action += "：" + what
		}
		for _, f := range c.Fields {
			last := f.Field[strings.LastIndexByte(f.Field, '.')+1:]
			if last == "text_hash" || last == "law_id" || last == "held" || last == "number_normalized" || last == "key" {
				continue
			}
			entry.Changes = append(entry.Changes, Change{words.labels.Of(f.Field) + rowWords(f.Field), s.historyWords(r, f.Field, f.Before, names), s.historyWords(r, f.Field, f.After, names)})
		}
		list = append(list, entry)
	}
	return list
}

func (s *Server) historyWords(r *request, field, v string, names map[string]string) string {
	last := field[strings.LastIndexByte(field, '.')+1:]
	switch {
	case v == "":
		return ""
	case strings.HasSuffix(last, "_fen"):
		var n registry.Money
		if _, err := fmt.Sscan(v, &n); err == nil {
			return n.String() + " 元"
		}
	case last == "standing":
		return cmp.Or(standingWords[registry.CitationStanding(v)][0], v)
	case last == "role":
		return cmp.Or(roleWords[registry.CitationRole(v)], v)
	case last == "type_code":
		return s.typeLabel(v)
	case strings.HasPrefix(field, "inspections."):
		return cmp.Or(names["inspection_id="+v], v)
	}
	return r.historyValue(field[strings.LastIndexByte(field, '.')+1:], v, names)
}

// changedWhat names the record of a change that is still on the case.
func (s *Server) changedWhat(p casework.CasePage, c casework.Change) string {
	switch c.Entity {
	case "violation":
		for _, v := range p.Violations {
			if int64(v.ID) == c.EntityID {
				return s.typeLabel(v.TypeCode)
			}
		}
	case "document":
		for _, d := range p.Documents {
			if int64(d.ID) == c.EntityID {
				return strings.TrimSpace(documentTitle(d))
			}
		}
	case "evidence":
		for _, e := range p.Evidence {
			if int64(e.ID) == c.EntityID {
				return e.Title
			}
		}
	}
	return ""
}

// caseNames are words for the ids in a case's history, as far as the case still has them.
func (s *Server) caseNames(p casework.CasePage) map[string]string {
	names := map[string]string{}
	for i, cp := range p.Case.Parties {
		names["party_id="+itoa(int64(cp.PartyID))] = cmp.Or(cp.NameAtAct, p.Parties[i].Name)
	}
	for _, x := range p.Inspections {
		names["inspection_id="+itoa(int64(x.ID))] = strings.TrimSpace(x.StartedOn.String() + " " + x.Kind)
	}
	for _, d := range p.Documents {
		names["document_id="+itoa(int64(d.ID))] = documentTitle(d)
	}
	if p.Farm != nil {
		names["farm_id="+itoa(int64(p.Farm.ID))] = p.Farm.Name
	}
	for field, o := range map[string]*registry.Organ{"deciding_organ_id": p.DecidingOrgan, "handling_organ_id": p.HandlingOrgan} {
		if o != nil {
			names[field+"="+itoa(int64(o.ID))] = o.Name
			names["organ_id="+itoa(int64(o.ID))] = o.Name
		}
	}
	return names
}
