package field

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var visitLabels = kit.LabelsOf(registry.InspectionFields, kit.Labels{
	"farm_name": "养殖场名称", "farm_district": "养殖场辖区", "farm_town": "养殖场镇村", "farm_in_tanjiang": "流域条例范围", "party_name": "当事人名称", "party_kind": "当事人类别", "party_credit_code": "统一社会信用代码",
	"party_id_number": "身份证号码", "party_legal_person": "法定代表人（负责人、经营者）", "party_address": "住所、住址", casework.ConfirmField: "仍要新建的理由", "farm_q": "找养殖场", "scene": "场景", "partner": "同行", "grid": "样品", "grid_text": "粘贴的样品",
	"standard": "执行标准（这批样品）", "grid.*.code": "样品编号", "grid.*.point": "采样点位", "grid.*.medium": "介质", "grid.*.sampled_time": "采样时间", "grid.*.pollutant": "项目", "grid.*.value": "结果",
	"grid.*.unit": "单位", "grid.*.limit": "限值", "grid.*.limit_ref": "限值依据", "grid.*.limit_reason": "改用其他限值的理由", "grid.*.verdict": "结论",
	"photos": "照片", "photos.*": "照片", "files": "照片", "batch.subject": "证明对象", "batch.place": "拍摄地点", "batch.maker": "拍摄人", "batch.proves": "证明内容",
})

// visitPage is the form of a visit.
type visitPage struct {
	kit.Layout
	Form       *kit.Form
	Inspection registry.Inspection
	Shell      bool // what is kept on a phone: nothing of anybody stands in it
	Farm       string
	Party      string
	Found      []kit.Option // farms, of a search without JavaScript
	Last       *registry.Inspection
	Officers   []kit.Option
	Organs     []kit.Option
	Campaigns  []kit.Option
	Districts  []kit.Option
	Partner    []kit.Option
	CrewNote   string
	Scenes     []registry.Scene
	Scene      *registry.Scene
	Path       kit.HTML
	Samples    int // registered already
	Photos     int
	Warnings   []string
	MaxFile    int64
	Statement  string // what a person signs to
}

func (visitPage) Template() string { return "field/visit" }

// statement is the sentence that the record ends with (现场检查笔录).
const statement = "以上笔录我已看过（向我宣读过），与我所述相符。"

// Submitted reports whether the record is final already.
func (p visitPage) Submitted() bool { return p.Inspection.State == registry.InspectionSubmitted }

// NewOpen reports whether the inputs of a new farm and party are shown at once.
func (p visitPage) NewOpen() bool {
	for _, name := range []string{"farm_name", "party_name", casework.ConfirmField} {
		if p.Form.Value(name) != "" || p.Form.Problem(name) != "" {
			return true
		}
	}
	return false
}

// SceneCode marks the chosen scene.
func (p visitPage) SceneCode() string { return p.Form.Value("scene") }

// SceneData is a scene for the page's script.
func (visitPage) SceneData(s registry.Scene) (string, error) {
	b, err := json.Marshal(s)
	return string(b), err
}

// visit is one request about a visit: the form's own parts beside the inspection's fields.
type visit struct {
	area
	r      *kit.Request
	stored registry.Inspection
	casework.Visit
	places []registry.GridPlace
	found  []kit.Option
	scene  *registry.Scene
	open   bool // goes on to the case that rests on it
}

// isScript reports whether the page's script asks, which is answered in JSON.
func isScript(r *kit.Request) bool {
	return strings.Contains(r.Request().Header.Get("Accept"), "application/json")
}

func (s area) newVisit(r *kit.Request) (kit.Editing[registry.Inspection], error) {
	v := &visit{area: s, r: r}
	return v.editing(), nil
}

func (s area) storedVisit(r *kit.Request) (e kit.Editing[registry.Inspection], err error) {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return e, err
	}
	v := &visit{area: s, r: r}
	if v.stored, err = s.Service.Inspection(r.Ctx(), r.Actor, id); err != nil {
		return e, err
	}
	return v.editing(), nil
}

// editing is the visit on its form.
func (v *visit) editing() kit.Editing[registry.Inspection] {
	home := func(x registry.Inspection) string { return fmt.Sprintf("/inspections/%d", x.ID) }
	enter := func(ctx context.Context, a registry.Actor, x *registry.Inspection) (bool, error) {
		v.Inspection = *x
		repeated, err := v.Service.EnterVisit(ctx, a, &v.Visit)
		if err == nil {
			*x = v.Inspection
		}
		return repeated, err
	}
	return kit.Editing[registry.Inspection]{
		Record: v.stored, Labels: visitLabels, Fields: view.InspectionFields, Check: v.read, Page: v.page, Add: enter,
		Change: func(ctx context.Context, a registry.Actor, x *registry.Inspection) error {
			_, err := enter(ctx, a, x)
			return err
		},
		Saved: v.saved,
		Title: func(x registry.Inspection) string { return x.StartedOn.String() + " " + cmp.Or(x.Kind, "现场检查") },
		Home:  home, Address: func(x registry.Inspection) string { return fmt.Sprintf("/field/%d", x.ID) },
		Words: func(f *kit.Form, x registry.Inspection) {
			f.Name("farm_id", kit.Itoa(int64(x.FarmID)), view.FarmName(v.Server, v.r, x.FarmID))
			f.Name("party_id", kit.Itoa(int64(x.PartyID)), view.PartyName(v.Server, v.r, x.PartyID))
		},
	}
}

// read reads what the form has beside the inspection's fields, and answers its buttons that save nothing.
func (v *visit) read(f *kit.Form, x *registry.Inspection) error {
	v.newcomers(f, x)
	if x.FarmID == 0 && v.Farm.Name == "" && f.Adding == "" {
		f.Add("farm_id", "请选择养殖场；没有登记过的，填写名称和辖区")
	}
	var partner registry.OfficerID
	kit.Ref(f, "partner", &partner)
	if partner != 0 && !slices.ContainsFunc(x.Officers, func(o registry.OfficerRef) bool { return o.OfficerID == partner }) {
		x.Officers = append(x.Officers, registry.OfficerRef{OfficerID: partner})
	}
	if err := v.Service.NameOfficers(v.r.Ctx(), v.r.Actor, x.Officers, v.stored.Officers); err != nil {
		return f.Refuse(err)
	}
	v.open = f.Value("_action") == "open"
	v.Submit = v.open || f.Value("_action") == "submit"
	v.gather(f, x)
	v.photos(f, x)
	switch f.Adding {
	case "farm":
		return v.findFarms(f)
	case "last":
		return v.copyLast(f, x)
	case "scene":
		v.fillScene(f, x)
	}
	return nil
}

// newcomers reads the farm and the party that the register does not have. What the visit tells of the farm is not asked twice.
func (v *visit) newcomers(f *kit.Form, x *registry.Inspection) {
	v.Farm = registry.Farm{DistrictCode: f.Value("farm_district"), Town: f.Value("farm_town"), Place: x.Position, ReceivingWater: x.Path.ReceivingWater, InTanjiang: registry.Tri(f.Value("farm_in_tanjiang"))}
	if v.Farm.Name = f.Value("farm_name"); v.Farm.Name != "" {
		for _, h := range x.Herds {
			h.AsOf = x.StartedOn
			v.Farm.Herds = append(v.Farm.Herds, h)
		}
	}
	for name, p := range map[string]*string{"name": &v.Party.Name, "kind": &v.Party.Kind, "credit_code": &v.Party.CreditCode, "id_number": &v.Party.IDNumber,
		"legal_person": &v.Party.LegalPerson, "address": &v.Party.Address} {
		f.Text("party_"+name, p)
	}
	v.Anyway = f.Value(casework.ConfirmField)
}

// newcomerInputs are the inputs where what is wrong with a new farm or party is mended.
var newcomerInputs = map[string]string{
	"farm.name": "farm_name", "farm.district_code": "farm_district", "farm.town": "farm_town", "farm.in_tanjiang": "farm_in_tanjiang", "farm.herds": "herds", "farm.place": "position", "farm." + casework.ConfirmField: casework.ConfirmField,
	"party.name": "party_name", "party.kind": "party_kind", "party.credit_code": "party_credit_code", "party.id_number": "party_id_number", "party.legal_person": "party_legal_person",
	"party.address": "party_address", "party." + casework.ConfirmField: casework.ConfirmField,
}

// findFarms answers the button 查找: farms by name, initials or number.
func (v *visit) findFarms(f *kit.Form) error {
	res, err := v.Service.Farms(v.r.Ctx(), v.r.Actor, casework.FarmFilter{Q: f.Value("farm_q")}, casework.Page{Limit: 12})
	if err != nil {
		return err
	}
	for _, x := range res.Rows {
		v.found = append(v.found, kit.Option{Value: kit.Itoa(int64(x.ID)), Label: strings.Join(view.NotEmpty(x.Name, x.Town, x.Operator), " · ")})
	}
	return nil
}

// fillScene answers the button 填入: the sentences and the path of the chosen scene. What stands there already stays before them.
func (v *visit) fillScene(f *kit.Form, x *registry.Inspection) {
	s, ok := registry.SceneOf(f.Value("scene"))
	if !ok {
		return
	}
	v.scene = &s
	typed, asked := map[string]string{}, false
	for _, g := range s.Gaps {
		_, shown := f.Values["gap."+g.Name]
		asked = asked || shown
		typed[g.Name] = f.Value("gap." + g.Name)
	}
	if !asked { // first the gaps are shown
		return
	}
	x.Findings = strings.TrimSpace(x.Findings + "\n" + s.Say(typed))
	if len(x.Path.Nodes) == 0 {
		x.Path.Nodes, x.Path.ReceivingWater = s.Places(typed), typed["water"]
	}
	if x.Result == "" || x.Result == registry.Undecided {
		x.Result = s.Result
	}
	v.refill(f, x)
}

// refill shows the record again as it is after a button has changed it, beside what only the form has.
func (v *visit) refill(f *kit.Form, x *registry.Inspection) {
	filled := v.r.NewForm(visitLabels)
	view.InspectionFields(filled, x)
	for name, values := range filled.Values {
		f.Values[name] = values
	}
	for name, n := range filled.Counts {
		f.Counts[name] = n
	}
}

// copyLast answers the button 照上次填写.
func (v *visit) copyLast(f *kit.Form, x *registry.Inspection) error {
	last, found, err := v.Service.LastVisit(v.r.Ctx(), v.r.Actor, x.FarmID)
	if err != nil || !found {
		return err
	}
	lasting(x, &last)
	v.refill(f, x)
	return nil
}

// lasting takes over what seldom changes from one visit to the next, where nothing is typed yet: who was met, how the farm is built and run. What
// was found is never copied.
func lasting(x, last *registry.Inspection) {
	for _, p := range []struct{ to, from *string }{
		{&x.Place, &last.Place}, {&x.PresentName, &last.PresentName}, {&x.PresentTitle, &last.PresentTitle}, {&x.PresentPhone, &last.PresentPhone},
		{&x.PresentGender, &last.PresentGender}, {&x.PresentIDNumber, &last.PresentIDNumber}, {&x.PresentUnit, &last.PresentUnit}, {&x.PresentAddress, &last.PresentAddress},
		{&x.Production, &last.Production}, {&x.Procedures, &last.Procedures}, {&x.Facilities, &last.Facilities}, {&x.Path.ReceivingWater, &last.Path.ReceivingWater},
	} {
		*p.to = cmp.Or(*p.to, *p.from)
	}
	if x.PartyID == 0 {
		x.PartyID = last.PartyID
	}
	if x.Position.Longitude == nil {
		x.Position = last.Position
	}
	if len(x.Path.Nodes) == 0 {
		x.Path.Nodes = slices.Clone(last.Path.Nodes)
		for i := range x.Path.Nodes {
			x.Path.Nodes[i].State = "" // as found that day
		}
	}
}

// saved answers after the visit was stored.
func (v *visit) saved(x registry.Inspection) error {
	message, href := "检查记录已存为草稿。", fmt.Sprintf("/inspections/%d", x.ID)
	if x.State == registry.InspectionSubmitted {
		message = "检查记录已提交。"
	}
	if len(v.Twice) > 0 {
		message += "这些照片此前已有，没有重复登记：" + strings.Join(v.Twice, "、") + "。"
	}
	if v.open && x.Result == registry.ViolationFound {
		href = fmt.Sprintf("/cases/new?inspection_id=%d", x.ID)
	}
	if isScript(v.r) {
		return v.r.JSON(http.StatusOK, map[string]any{"message": message, "href": href})
	}
	return v.r.DoneAt(message, href)
}

// page shows the form, or tells the script what is wrong with it.
func (v *visit) page(f *kit.Form, x registry.Inspection) error {
	f.Relocate(newcomerInputs)
	for i, p := range f.Errors {
		f.Errors[i].Field = v.gridField(p.Field)
	}
	if isScript(v.r) {
		list := []map[string]string{}
		for i, p := range f.Problems() {
			list = append(list, map[string]string{"field": f.Errors[i].Field, "label": p.Label, "message": p.Message})
		}
		return v.r.JSON(cmp.Or(f.Status, http.StatusUnprocessableEntity), map[string]any{"message": cmp.Or(f.Message, "有内容需要更正。"), "errors": list})
	}
	p, err := v.form(f, x)
	if err != nil {
		return err
	}
	return v.r.Form(f, p)
}

// form is the page with the lists that its inputs choose from.
func (v *visit) form(f *kit.Form, x registry.Inspection) (p visitPage, err error) {
	r := v.r
	p = visitPage{Layout: r.Layout("现场录入"), Form: f, Inspection: v.stored, Found: v.found, Scenes: registry.Scenes, Scene: v.scene, MaxFile: casework.MaxFile, Statement: statement,
		Farm: view.FarmName(v.Server, r, kit.FormID[registry.FarmID](f, "farm_id")), Party: view.PartyName(v.Server, r, kit.FormID[registry.PartyID](f, "party_id")),
		Path: view.PathFigure("path", x.Path), Districts: view.DistrictOptions(v.Server, r)}
	day := r.Today()
	if x.StartedOn.Precision() == registry.PrecisionDay {
		day = x.StartedOn
	}
	if p.Officers, err = view.OfficerOptions(v.Server, r, day); err != nil {
		return p, err
	}
	if p.Organs, _, err = view.OrganOptions(v.Server, r); err != nil {
		return p, err
	}
	if p.Campaigns, err = view.CampaignOptions(v.Server, r); err != nil {
		return p, err
	}
	if last, found, err := v.Service.LastVisit(r.Ctx(), r.Actor, kit.FormID[registry.FarmID](f, "farm_id")); err != nil {
		return p, err
	} else if found && last.ID != v.stored.ID {
		p.Last = &last
	}
	if v.stored.ID != 0 {
		d, err := v.Service.InspectionPage(r.Ctx(), r.Actor, v.stored.ID)
		p.Samples, p.Photos, p.Warnings = len(d.Samples), len(d.Evidence), d.Warnings
		return p, err
	}
	crew, err := v.Service.Crew(r.Ctx(), r.Actor, day)
	if err != nil {
		return p, err
	}
	p.CrewNote = crew.Doubt
	if crew.Partner != nil {
		p.Partner = []kit.Option{{Value: kit.Itoa(int64(crew.Partner.ID)), Label: crew.Partner.Name + " · " + crew.Partner.CertNo}}
	}
	return p, nil
}

// visitNew begins a visit with what is known: the day and the hour, who is signed in, the unit, the farm that the address names.
func (s area) visitNew(r *kit.Request) error {
	v := &visit{area: s, r: r}
	x := registry.Inspection{Origin: registry.OriginField, Kind: "日常检查", StartedOn: r.Today(), StartTime: s.Service.Now().Format("15:04"), OrganID: r.User.OrganID}
	if id := kit.QueryID[registry.FarmID](r, "farm_id"); id != 0 {
		farm, err := s.Service.Farm(r.Ctx(), r.Actor, id)
		if err != nil {
			return err
		}
		x.FarmID, x.PartyID, x.Place, x.Position = id, farm.OperatorID, farm.Where(), farm.Place
	}
	crew, err := s.Service.Crew(r.Ctx(), r.Actor, x.StartedOn)
	if err != nil {
		return err
	}
	x.Officers = []registry.OfficerRef{{}}
	if crew.Own != nil {
		x.Officers[0], x.Recorder = registry.OfficerRef{OfficerID: crew.Own.ID, Name: crew.Own.Name, CertNo: crew.Own.CertNo}, crew.Own.Name
	}
	f := v.editing().Fill(r, x)
	f.Values.Set("farm_district", r.OwnDistrict())
	f.Values.Set("batch.maker", x.Recorder) // who is signed in takes most photos
	return v.page(f, x)
}

// startPage is where a visit begins: what is unsent on this phone (its script says), what is a draft in the register.
type startPage struct {
	kit.Layout
	Drafts []casework.InspectionRow
}

func (startPage) Template() string { return "field/start" }

func (s area) start(r *kit.Request) error {
	res, err := s.Service.Inspections(r.Ctx(), r.Actor, casework.InspectionFilter{State: registry.InspectionDraft, Origin: string(registry.OriginField)}, casework.Page{Limit: 20})
	if err != nil {
		return err
	}
	return r.Page(startPage{Layout: r.Layout("现场录入"), Drafts: res.Rows})
}
