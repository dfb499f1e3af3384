package records

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// farmTimeline is everything that happened on a farm, newest first; what has no date stands at the end.
func (s area) farmTimeline(p casework.FarmPage) []kit.TimelineItem {
	var list []kit.TimelineItem
	for _, c := range p.Cases {
		list = append(list, caseItem(c))
	}
	titles := map[registry.CaseID]string{}
	for _, c := range p.Cases {
		titles[c.ID] = c.Title
	}
	for _, d := range p.Documents {
		kind, _ := s.Service.DocumentKind(d.Kind)
		list = append(list, farmDocumentItem(d, kind.Sort, titles[d.CaseID]))
	}
	for _, x := range p.Inspections {
		list = append(list, inspectionItem(x))
	}
	// Stable: where an inspection and its case bear one date, the case, which came after, stands above it.
	slices.SortStableFunc(list, func(a, b kit.TimelineItem) int {
		if a.Date.IsZero() || b.Date.IsZero() {
			return a.Date.Compare(b.Date)
		}
		return cmp.Compare(b.Date.Earliest(), a.Date.Earliest())
	})
	return list
}

func farmDocumentItem(d registry.Document, sort registry.KindSort, title string) kit.TimelineItem {
	item := kit.TimelineItem{Date: d.MadeOn, Icon: view.SortIcons[sort], Kind: string(d.Kind), Title: cmp.Or(d.NumberTyped, title), Href: view.CasePlace(d.CaseID, fmt.Sprintf("document-%d", d.ID))}
	if d.NumberTyped != "" {
		item.Meta = append(item.Meta, title)
	}
	if !d.ServedOn.IsZero() {
		item.Meta = append(item.Meta, d.ServedOn.String()+" 送达")
	}
	item.Meta = view.NotEmpty(append(item.Meta, d.Result)...)
	return item
}

func inspectionItem(x casework.InspectionRow) kit.TimelineItem {
	item := kit.TimelineItem{Date: x.StartedOn, Icon: "inspection", Kind: "检查", Title: cmp.Or(x.Kind, "现场检查") + "：" + cmp.Or(x.Result, "待定"), Href: fmt.Sprintf("/inspections/%d", x.ID)}
	if x.State == registry.InspectionDraft && x.Origin == registry.OriginField {
		item.Title += "（草稿，尚未提交）"
	}
	if x.Result == registry.ViolationFound {
		item.Tone = "warn"
	}
	var officers []string
	for _, o := range x.Officers {
		officers = append(officers, o.Name)
	}
	item.Meta = view.NotEmpty(x.Number, x.Organ, strings.Join(officers, "、"))
	if x.Samples > 0 {
		item.Meta = append(item.Meta, fmt.Sprintf("样品 %d 个", x.Samples))
	}
	return item
}

func caseItem(c casework.CaseRow) kit.TimelineItem {
	return kit.TimelineItem{Date: c.FoundOn, Icon: "case", Kind: "案件", Title: c.Title, Href: fmt.Sprintf("/cases/%d", c.ID), Tone: "accent",
		Meta: view.NotEmpty(string(c.Stage), c.Number, c.HandlingOrgan, fineText(c.Fines))}
}

func fineText(s registry.Sum) string {
	if t := kit.Sum(s); t != "" {
		return "罚款 " + t
	}
	return ""
}
