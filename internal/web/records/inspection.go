package records

import (
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type inspectionListPage struct {
	kit.Layout
	List  kit.List
	Tools view.ListTools
	Rows  []inspectionRow
}

type inspectionRow struct {
	casework.InspectionRow
	Names string // the officers
}

// Draft reports whether an own record still waits to be submitted.
func (x inspectionRow) Draft() bool {
	return x.State == registry.InspectionDraft && x.Origin == registry.OriginField
}

func (inspectionListPage) Template() string { return "records/inspections-list" }

func (s area) inspectionList(r *kit.Request) error {
	l := r.List(
		kit.Filter{Name: "district_code", Was: "district", Label: "辖区", Options: view.DistrictOptions(s.Server, r)},
		kit.Filter{Name: "kind", Label: "检查类型", Options: view.MustOptions("inspection-kinds")},
		kit.Filter{Name: "result", Label: "结果", Options: view.MustOptions("inspection-results")},
		kit.Filter{Name: "state", Label: "状态", Options: view.MustOptions("inspection-states")},
		kit.Filter{Name: "origin", Label: "来源", Options: view.MustOptions("origins")},
		kit.Filter{Name: "from", Label: "检查日期起", Date: true},
		kit.Filter{Name: "to", Label: "检查日期止", Date: true},
		kit.Filter{Name: "farm_id", Label: "养殖场", Show: func(string) string { return view.FarmName(s.Server, r, kit.QueryID[registry.FarmID](r, "farm_id")) }},
		kit.Filter{Name: "officer_id", Label: "等谁办理", Show: func(string) string {
			return view.OfficerName(s.Server, r, kit.QueryID[registry.OfficerID](r, "officer_id"))
		}},
		kit.Filter{Name: "no_case", Label: "案件", Show: func(string) string { return "尚未立案登记" }},
		kit.Filter{Name: "cased", Label: "案件", Show: func(string) string { return "已登记案件" }},
		kit.Filter{Name: "monthly", Label: "统计", Show: func(string) string { return "只列月份已知的" }},
		view.VoidedFilter(),
	)
	f := casework.InspectionFilter{Cased: l.Get("cased") != "", Monthly: l.Get("monthly") != "", Q: l.Q, DistrictCode: l.Get("district_code"), Kind: l.Get("kind"), Result: l.Get("result"), State: l.Get("state"), Origin: l.Get("origin"),
		FarmID: kit.QueryID[registry.FarmID](r, "farm_id"), OfficerID: kit.QueryID[registry.OfficerID](r, "officer_id"), From: l.Date("from"), To: l.Date("to"), NoCase: l.Get("no_case") != "",
		IncludeVoided: l.Get("include_voided") == "true"}
	l.Own = "-started_on"
	tools, err := view.ToolsOf(s.Server, r, &l, "inspections")
	if err != nil {
		return err
	}
	var res casework.List[casework.InspectionRow]
	if !l.Refused {
		if res, err = s.Service.Inspections(r.Ctx(), r.Actor, f, view.PageOf(&l, "inspections")); err != nil {
			return err
		}
	}
	l.Paged(len(res.Rows), res.Next, res.Count, res.Capped)
	p := inspectionListPage{Layout: r.Layout("现场检查").FullWidth(), List: l, Tools: tools}
	for _, x := range res.Rows {
		p.Rows = append(p.Rows, inspectionRow{x, officerNames(x.Officers)})
	}
	return r.Page(p)
}

func officerNames(list []registry.OfficerRef) string {
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = o.Name
	}
	return strings.Join(names, "、")
}

type inspectionPage struct {
	kit.Layout
	casework.InspectionPage
	Draft       bool // an own record, not yet submitted
	CanOpen     bool // a case may be opened on it
	When        string
	Phone       string
	IDNumber    string
	Missing     []kit.FormProblem
	Doubts      []string
	Path        kit.HTML
	Samples     []sampleView
	Evidence    []evidenceRow
	Photos      []photoRow
	Attachments view.AttachmentBox
	History     []view.HistoryEntry
}

func (inspectionPage) Template() string { return "records/inspections-show" }

func (s area) inspectionShow(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	d, err := s.Service.InspectionPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	r.ReadOnly = string(d.Foreign)
	x := d.Inspection
	p := inspectionPage{Layout: r.Layout(inspectionTitle(d)), InspectionPage: d, Draft: x.State == registry.InspectionDraft, When: inspectionTime(x), Phone: x.PresentPhone, IDNumber: x.PresentIDNumber,
		Path: view.PathFigure("path", x.Path), Samples: sampleViews(s.Service.Law(), &x, &d.Farm, d.Samples, d.Told), Evidence: evidenceRows(d.Evidence, d.Attachments),
		Attachments: view.Attachments(r, "inspections", int64(id), d.Attachments), History: view.FileHistory(s.Server, r, d.History, "inspection", inspectionNames(d), r.Can(registry.PermRecordWrite) && !x.IsVoid())}
	if p.Photos, err = s.photoRows(&d); err != nil {
		return err
	}
	p.Warnings = append(p.Warnings, registry.SampleTimesOdd(&x, d.Samples)...)
	if x.IsVoid() {
		p.Draft, p.Attachments.Action = false, ""
	}
	if !p.Can(registry.PermPersonalRead) {
		p.Phone, p.IDNumber = registry.MaskPhone(p.Phone), registry.MaskID(p.IDNumber)
	}
	if p.Draft {
		p.Doubts = registry.DoubtfulWords(x.Findings)
	}
	for _, m := range d.Missing {
		p.Missing = append(p.Missing, kit.FormProblem{Href: fmt.Sprintf("/inspections/%d/edit#%s", id, kit.FieldID(m.Field)), Label: inspectionLabels.Of(m.Field) + kit.RowWords(m.Field), Message: m.Message})
	}
	p.CanOpen = p.Can(registry.PermRecordWrite) && !x.IsVoid() && x.Result == registry.ViolationFound && len(d.Cases) == 0 && (!p.Draft || x.Origin != registry.OriginField)
	return r.Page(p)
}

func inspectionTitle(d casework.InspectionPage) string {
	return d.Farm.Name + " " + cmp.Or(d.Inspection.Kind, "现场检查")
}

// inspectionNames gives words to the ids of an inspection.
func inspectionNames(d casework.InspectionPage) map[string]string {
	x := d.Inspection
	names := map[string]string{fmt.Sprintf("farm_id=%d", x.FarmID): d.Farm.Name}
	if d.Party != nil {
		names[fmt.Sprintf("party_id=%d", x.PartyID)] = d.Party.Name
	}
	if d.Organ != nil {
		names[fmt.Sprintf("organ_id=%d", x.OrganID)] = d.Organ.Name
	}
	if d.Campaign != nil {
		names[fmt.Sprintf("campaign_id=%d", x.CampaignID)] = d.Campaign.Name
	}
	for i, o := range x.Officers {
		names[fmt.Sprintf("officers.%d.officer_id=%d", i, o.OfficerID)] = o.Name
	}
	return names
}

// inspectionTime is when an inspection took place, as much as is known: 2024年10月5日 09:30 至 11:40.
func inspectionTime(x registry.Inspection) string {
	from := strings.TrimSpace(x.StartedOn.Chinese() + " " + x.StartTime)
	to := x.EndTime
	if !x.EndedOn.IsZero() && x.EndedOn != x.StartedOn {
		to = strings.TrimSpace(x.EndedOn.Chinese() + " " + x.EndTime)
	}
	if to == "" {
		return from
	}
	return from + " 至 " + to
}

// inspectionSubmit makes a draft final. What the law still asks for is shown at the fields of its form.
func (s area) inspectionSubmit(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	d, err := s.Service.InspectionPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	posted, err := r.ReadForm(inspectionLabels)
	if err != nil {
		return err
	}
	x := d.Inspection
	if x.State == registry.InspectionSubmitted {
		return r.Done("这份检查记录此前已经提交。", "/inspections/%d", id)
	}
	err = registry.Stale("检查", x.Version, posted.Version)
	if x.Version == posted.Version { // what lacks of a version that nobody has seen is not for this page to say
		err = s.Service.SubmitInspection(r.Ctx(), r.Actor, &x)
	}
	switch {
	case err == nil:
		return r.Done("检查记录已提交。", "/inspections/%d", id)
	case registry.KindOf(err) == registry.KindStale:
		r.Flash("warn", "没有提交：记录刚被他人修改，请看过现在的内容再提交。")
		return r.Go("/inspections/%d", id)
	}
	e := s.inspectionEditing(r, d.Inspection, inspectionTitle(d))
	f := e.Fill(r, d.Inspection)
	if err := f.Refuse(err); err != nil {
		return err
	}
	return e.Page(f, d.Inspection)
}
