package casefile

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// A timeline of more than longTimeline items is folded, and its last recentItems stand above the fold.
const (
	longTimeline = 20
	recentItems  = 10
)

// caseTimeline is one story of the case: inspections, samples, exhibits, kept calculations, documents with their service and result,
// money. What has no date keeps its place in the chain.
func caseTimeline(f *registry.CaseFile, documents []documentView, sheets []sheetRow) []kit.TimelineItem {
	var list []kit.TimelineItem
	entered := map[registry.InspectionID]registry.Date{}
	for _, x := range f.Inspections {
		entered[x.ID] = x.StartedOn
		item := kit.TimelineItem{Date: x.StartedOn, Icon: "inspection", Kind: cmp.Or(x.Kind, "现场检查"), Title: cmp.Or(x.Rectified, x.Result, "现场检查"), Href: fmt.Sprintf("/inspections/%d", x.ID)}
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
		if on, ok := entered[d.InspectionID]; ok && on == d.MadeOn {
			continue // it is the inspection that the line has already
		}
		list = append(list, documentItems(d)...)
	}
	for _, x := range sheets {
		item := kit.TimelineItem{Date: registry.DateOf(x.CreatedAt), Icon: "filter", Kind: "裁量计算存入", Title: x.Violation, Href: "#discretion", Meta: []string{x.Section}}
		if x.Result != nil {
			item.Meta = append(item.Meta, x.Result.String()+" 元")
		}
		list = append(list, item)
	}
	for _, x := range f.Payments {
		item := kit.TimelineItem{Date: x.PaidOn, Icon: "money", Kind: cmp.Or(x.Kind, "缴款"), Title: x.Amount.String() + " 元"}
		if x.Receipt != "" {
			item.Meta = append(item.Meta, "票据 "+x.Receipt)
		}
		list = append(list, item)
	}
	sortTimeline(list)
	return list
}

func evidenceItem(x registry.Evidence) kit.TimelineItem {
	item := kit.TimelineItem{Date: x.MadeOn, Icon: "camera", Kind: x.Kind, Title: x.Title}
	if x.Kind != "照片" && x.Kind != "视听资料" {
		item.Icon = "note"
	}
	item.Meta = view.NotEmpty(x.Number, x.Maker)
	return item
}

func sampleItems(x registry.Sample) []kit.TimelineItem {
	item := kit.TimelineItem{Date: x.SampledOn, Icon: "flask", Kind: "采样", Title: x.Point}
	if x.SamplingOrgan != "" {
		item.Meta = append(item.Meta, x.SamplingOrgan)
	}
	if x.Exceeds() {
		item.Tone, item.Text = "warn", "超标"
	}
	list := []kit.TimelineItem{item}
	if !x.ReportOn.IsZero() {
		list = append(list, kit.TimelineItem{Date: x.ReportOn, Icon: "flask", Kind: string(registry.DocMonitoring), Title: cmp.Or(x.ReportNumber, x.Point)})
	}
	if !x.ToldOn.IsZero() {
		list = append(list, kit.TimelineItem{Date: x.ToldOn, Icon: "send", Kind: string(registry.DocMonitoringTold), Title: x.Point})
	}
	return list
}

func documentItems(d documentView) []kit.TimelineItem {
	item := kit.TimelineItem{Date: d.MadeOn, Icon: view.SortIcons[d.Row.Sort], Kind: string(d.Kind), Title: d.NumberTyped, Overdue: d.Overdue, Tone: "accent",
		Href: fmt.Sprintf("#document-%d", d.ID)}
	if item.Title == "" {
		item.Kind, item.Title = "", item.Kind
	}
	for _, m := range []string{d.Organ, d.Due, d.Outcome} {
		if m != "" {
			item.Meta = append(item.Meta, m)
		}
	}
	if d.Unknown {
		item.Tone = "warn"
	}
	list := []kit.TimelineItem{item}
	if !d.ServedOn.IsZero() {
		list = append(list, kit.TimelineItem{Date: d.ServedOn, Icon: "send", Kind: "送达", Title: strings.TrimSpace(string(d.Kind) + " " + d.ServiceMode)})
	}
	return list
}

// sortTimeline puts dated items in the order of their days; one without a date stays where the chain has it.
func sortTimeline(list []kit.TimelineItem) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].Date.Before(list[j-1].Date); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// caseNames are words for the ids in a case's history, as far as the case still has them.
func (s area) caseNames(p casework.CasePage) map[string]string {
	names := map[string]string{}
	for i, cp := range p.Case.Parties {
		names["party_id="+kit.Itoa(int64(cp.PartyID))] = cmp.Or(cp.NameAtAct, p.Parties[i].Name)
	}
	for _, x := range p.Inspections {
		names["inspection_id="+kit.Itoa(int64(x.ID))] = strings.TrimSpace(x.StartedOn.String() + " " + x.Kind)
	}
	for _, x := range p.CaseFile.Evidence {
		names["evidence_id="+kit.Itoa(int64(x.ID))] = strings.TrimSpace(x.Title + " " + x.Number)
	}
	for _, d := range p.Documents {
		names["document_id="+kit.Itoa(int64(d.ID))] = documentTitle(d)
	}
	if p.Farm != nil {
		names["farm_id="+kit.Itoa(int64(p.Farm.ID))] = p.Farm.Name
	}
	for field, o := range map[string]*registry.Organ{"deciding_organ_id": p.DecidingOrgan, "handling_organ_id": p.HandlingOrgan} {
		if o != nil {
			names[field+"="+kit.Itoa(int64(o.ID))] = o.Name
			names["organ_id="+kit.Itoa(int64(o.ID))] = o.Name
		}
	}
	return names
}
