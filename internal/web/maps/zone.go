package maps

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var zoneLabels = kit.LabelsOf(registry.ZoneMapFields, kit.Labels{"file": "GeoJSON 文件", casework.ZoneConfirmField: "存疑之处"})

func zoneFields(f *kit.Form, x *registry.ZoneMap) {
	f.Meta(&x.Meta)
	f.Text("kind", &x.Kind)
	f.Text("name", &x.Name)
	f.Text("district_code", &x.DistrictCode)
	f.Text("plan_number", &x.PlanNumber)
	f.Date("valid_from", &x.ValidFrom)
	f.Date("valid_to", &x.ValidTo)
	f.Text("source", &x.Source)
	f.Text("note", &x.Note)
	if x.ID == 0 { // a stored shape has its datum for good
		f.Text("datum", &x.Datum)
	}
}

type zoneListPage struct {
	kit.Layout
	Rows []zoneRow
}

type zoneRow struct {
	registry.ZoneMap
	State, Tone string
}

func (zoneListPage) Template() string { return "maps/zones-list" }

func (s area) zoneList(r *kit.Request) error {
	list, err := s.Service.Zones(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := zoneListPage{Layout: r.Layout("区划")}
	for _, z := range list {
		p.Rows = append(p.Rows, rowOf(r, z))
	}
	return r.Page(p)
}

// rowOf says whether a zone is in force today.
func rowOf(r *kit.Request, z registry.ZoneMap) zoneRow {
	switch in, sure := z.InForce(r.Today()); {
	case in && sure:
		return zoneRow{z, "有效", "accent"}
	case in:
		return zoneRow{z, "是否有效不能确定", "warn"}
	case z.ValidFrom.Earliest() > r.Today().Earliest():
		return zoneRow{z, "尚未生效", ""}
	}
	return zoneRow{z, "已失效", "closed"}
}

type zoneFormPage struct {
	kit.Layout
	Form   *kit.Form
	Zone   registry.ZoneMap
	Held   string // the name of the file that a refused form keeps
	Doubts string
}

func (zoneFormPage) Template() string { return "maps/zones-form" }

// zoneEditing is a zone on its form; a new one takes its shape from a file.
func (s area) zoneEditing(r *kit.Request, stored registry.ZoneMap) kit.Editing[registry.ZoneMap] {
	title, saved := "导入区划", "已导入区划。"
	if stored.ID != 0 {
		title, saved = "修改 "+stored.Name, "已保存。"
	}
	home := func(x registry.ZoneMap) string { return fmt.Sprintf("/zones/%d", x.ID) }
	var file []byte
	confirmed := false
	return kit.Editing[registry.ZoneMap]{
		Record: stored, Labels: zoneLabels, Fields: zoneFields,
		Page: func(f *kit.Form, _ registry.ZoneMap) error {
			held, _, _ := strings.Cut(f.Value("held"), "|")
			return r.Form(f, zoneFormPage{r.Layout(title), f, stored, held, f.Problem(casework.ZoneConfirmField)})
		},
		Check: func(f *kit.Form, _ *registry.ZoneMap) (err error) {
			confirmed = f.Value(casework.ZoneConfirmField) != ""
			if stored.ID == 0 {
				file, err = s.zoneFile(r, f)
			}
			return err
		},
		Add: func(ctx context.Context, a registry.Actor, x *registry.ZoneMap) (bool, error) {
			return s.Service.ImportZone(ctx, a, x, file, confirmed)
		},
		Change: s.Service.ChangeZone,
		Saved:  func(x registry.ZoneMap) error { return r.DoneAt(saved, home(x)) },
		Title:  func(x registry.ZoneMap) string { return x.Name }, Address: home, Home: home,
		Given: func(typed *registry.ZoneMap, stored registry.ZoneMap) { typed.Origin = stored.Origin },
	}
}

// zoneFile reads the file of a form, or the one that the form before it brought: the form carries a signed ticket of it, name|hash|signature.
func (s area) zoneFile(r *kit.Request, f *kit.Form) ([]byte, error) {
	part, err := r.FormFile("file")
	if err != nil {
		name, rest, _ := strings.Cut(f.Value("held"), "|")
		hash, mac, _ := strings.Cut(rest, "|")
		if hash == "" || mac != fmt.Sprintf("%x", r.Sign("zone|"+hash)) {
			f.Values.Del("held")
			return nil, nil
		}
		b, err := s.Service.HeldZoneFile(r.Actor, hash)
		if err != nil {
			f.Values.Del("held")
			f.Add("file", "%s 已不在服务器上（可能重新启动过），请再选择一次", name)
		}
		return b, nil
	}
	if part.Size > casework.MaxZoneFile {
		f.Status = http.StatusRequestEntityTooLarge
		f.Add("file", "文件有 %s，最大 %d MB", view.SizeText(part.Size), casework.MaxZoneFile>>20)
		return nil, nil
	}
	in, err := part.Open()
	if err != nil {
		return nil, fmt.Errorf("open the uploaded file: %w", err)
	}
	defer in.Close() //nolint:errcheck // opened for reading
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("read the uploaded file: %w", err)
	}
	hash, err := s.Service.HoldZoneFile(r.Actor, b)
	if err != nil {
		return nil, err
	}
	f.Values.Set("held", strings.ReplaceAll(part.Filename, "|", " ")+"|"+hash+"|"+fmt.Sprintf("%x", r.Sign("zone|"+hash)))
	return b, nil
}

func (s area) zoneNew(r *kit.Request) error {
	return s.zoneEditing(r, registry.ZoneMap{}).Show(r, registry.ZoneMap{Kind: registry.ForbiddenZone})
}

func (s area) newZone(r *kit.Request) (kit.Editing[registry.ZoneMap], error) {
	return s.zoneEditing(r, registry.ZoneMap{}), nil
}

func (s area) storedZone(r *kit.Request) (e kit.Editing[registry.ZoneMap], err error) {
	id, err := kit.PathID[registry.ZoneMapID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Zone(r.Ctx(), r.Actor, id)
	return s.zoneEditing(r, x), err
}

type zonePage struct {
	kit.Layout
	Zone    zoneRow
	Area    string
	Drawing *drawing
	History []view.HistoryEntry
}

func (zonePage) Template() string { return "maps/zones-show" }

func (s area) zoneShow(r *kit.Request) error {
	id, err := kit.PathID[registry.ZoneMapID](r, "id")
	if err != nil {
		return err
	}
	p, err := s.Service.ZonePage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	d := draw([]casework.MapZone{{ZoneMap: p.Zone, Outline: p.Outline}}, nil)
	return r.Page(zonePage{r.Layout(p.Zone.Name), rowOf(r, p.Zone), fmt.Sprintf("%.1f 公顷（%.2f 平方公里）", p.Area/1e4, p.Area/1e6), d, view.History(r, p.Revisions, registry.ZoneMapFields, nil)})
}
