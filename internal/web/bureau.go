package web

import "casebook/internal/registry"

var bureauLabels = Labels{"name": "本局名称", "short_name": "行文简称", "city.code": "城市代码", "city.name": "城市名称", "city.short": "城市简称", "city.abbr": "城市在文号里的字",
	"districts": "县（市、区）", "districts.*.code": "代码", "districts.*.name": "名称", "districts.*.short": "简称", "districts.*.abbr": "文号用字", "districts.*.branch": "分局",
	"series": "文号格式", "basin": "有条例的流域", "area.west": "西界（经度）", "area.east": "东界（经度）", "area.south": "南界（纬度）", "area.north": "北界（纬度）"}

var bureauEditing = editing[registry.Bureau, *registry.Bureau]{bureauLabels, bureauFields}

func bureauFields(f *Form, x *registry.Bureau) {
	f.meta(&x.Meta)
	f.text("name", &x.Name)
	f.text("short_name", &x.ShortName)
	f.text("city.code", &x.City.Code)
	f.text("city.name", &x.City.Name)
	f.text("city.short", &x.City.Short)
	f.text("city.abbr", &x.City.Abbr)
	rows(f, "districts", &x.Districts, func(f *Form, x *registry.District) {
		f.text("code", &x.Code)
		f.text("name", &x.Name)
		f.text("short", &x.Short)
		f.text("abbr", &x.Abbr)
		f.text("branch", &x.Branch)
	})
	f.text("series", &x.Series)
	f.text("basin", &x.Basin)
	degrees(f, "area.west", &x.Area.West)
	degrees(f, "area.east", &x.Area.East)
	degrees(f, "area.south", &x.Area.South)
	degrees(f, "area.north", &x.Area.North)
}

// degrees binds a bound of the area, which is not known where it is blank.
func degrees(f *Form, name string, v *float64) {
	var typed *float64
	if *v != 0 {
		typed = v
	}
	f.float(name, &typed)
	if typed == nil {
		typed = new(float64)
	}
	*v = *typed
}

type bureauPage struct {
	Layout
	Form    *Form
	Bureau  registry.Bureau
	History []HistoryEntry
}

func (bureauPage) Template() string { return "admin/bureau" }

// bureauEdit is the page of the bureau: what it is called, where it is, how it numbers, and how all that came to be.
func (s *Server) bureauEdit(r *request) error {
	p, err := s.service.BureauPage(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	return s.bureauForm(r, bureauEditing.fill(r, &p.Bureau), p.Bureau, p.Revisions)
}

func (s *Server) bureauForm(r *request, f *Form, x registry.Bureau, revisions []registry.Revision) error {
	return r.form(f, bureauPage{r.layout("本局"), f, x, r.history(revisions, bureauLabels, nil)})
}

func (s *Server) bureauUpdate(r *request) error {
	p, err := s.service.BureauPage(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	x := p.Bureau
	f, err := bureauEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		began := x.Version
		err := s.service.ChangeBureau(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("本局设置已保存。", "/admin/bureau")
		}
		if registry.KindOf(err) == registry.KindStale {
			return bureauEditing.stale(r, err, began, &x, &p.Bureau, about{"本局设置", "/admin/bureau", p.Revisions, nil})
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.bureauForm(r, f, p.Bureau, p.Revisions)
}

// districtOptions lists the districts that the bureau serves.
func (s *Server) districtOptions() []Option {
	var list []Option
	for _, d := range s.service.Bureau().Districts {
		list = append(list, Option{d.Code, d.Name})
	}
	return list
}

// localLabels are a noun's labels with the name of the bureau's own basin among them.
func (s *Server) localLabels(labels Labels) Labels {
	basin := s.service.Bureau().Basin
	if _, asked := labels["in_tanjiang"]; !asked || basin == "" {
		return labels
	}
	return also(labels, Labels{"in_tanjiang": basin})
}
