package web

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// sortIcons draw the sorts of document.
var sortIcons = map[registry.KindSort]string{
	"": "document", registry.SortOrder: "order", registry.SortVisit: "inspection", registry.SortSampling: "flask", registry.SortSeizure: "lock", registry.SortDecision: "gavel",
	registry.SortReferral: "send", registry.SortPublication: "bulletin", registry.SortClosing: "lock",
}

// caseTimeline is one story of the case: inspections, samples, exhibits, kept calculations, documents with their service and result,
// money. What has no date keeps its place in the chain.
func caseTimeline(f *registry.CaseFile, documents []documentView, sheets []sheetRow) []TimelineItem {
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
	for _, x := range f.Evidence {
		list = append(list, evidenceItem(x))
	}
	for _, d := range documents {
		list = append(list, documentItems(d)...)
	}
	for _, x := range sheets {
		item := TimelineItem{Date: registry.DateOf(x.CreatedAt), Icon: "filter", Kind: "裁量计算存入", Title: x.Violation, Href: "#discretion", Meta: []string{x.Section}}
		if x.Result != nil {
			item.Meta = append(item.Meta, x.Result.String()+" 元")
		}
		list = append(list, item)
	}
	for _, x := range f.Payments {
		item := TimelineItem{Date: x.PaidOn, Icon: "money", Kind: cmp.Or(x.Kind, "缴款"), Title: x.Amount.String() + " 元"}
		if x.Receipt != "" {
			item.Meta = append(item.Meta, "票据 "+x.Receipt)
		}
		list = append(list, item)
	}
	sortTimeline(list)
	return list
}

func evidenceItem(x registry.Evidence) TimelineItem {
	item := TimelineItem{Date: x.MadeOn, Icon: "camera", Kind: x.Kind, Title: x.Title, Text: x.Proves}
	if x.Kind != "照片" && x.Kind != "视听资料" {
		item.Icon = "note"
	}
	item.Meta = notEmpty(x.Number, x.Maker)
	return item
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
		list = append(list, TimelineItem{Date: x.ReportOn, Icon: "flask", Kind: string(registry.DocMonitoring), Title: cmp.Or(x.ReportNumber, x.Point)})
	}
	if !x.ToldOn.IsZero() {
		list = append(list, TimelineItem{Date: x.ToldOn, Icon: "send", Kind: string(registry.DocMonitoringTold), Title: x.Point})
	}
	return list
}

func documentItems(d documentView) []TimelineItem {
	item := TimelineItem{Date: d.MadeOn, Icon: sortIcons[d.Row.Sort], Kind: string(d.Kind), Title: d.NumberTyped, Text: d.Content, Overdue: d.Overdue, Tone: "accent",
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
		list = append(list, TimelineItem{Date: d.ServedOn, Icon: "send", Kind: "送达", Title: strings.TrimSpace(string(d.Kind) + " " + d.ServiceMode)})
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
