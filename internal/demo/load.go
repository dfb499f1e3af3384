package demo

import (
	"context"
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

const cityCode = "440700"

// Load fills an empty register, in one transaction, with the organs, the published cases and their bulletin, and the
// invented records; the five cases get the ids 1 to 5 and the bulletin id 1. In a register that is a demonstration already it does
// nothing; one with other data is refused.
func Load(ctx context.Context, s *casework.Service) error {
	empty, demo, err := s.IsDemo(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("load the demonstration: %w", err)
	case !empty && demo:
		return nil
	case !empty:
		return registry.Conflict("登记册里已有数据，不能再载入演示案例；请用 --data 指定一个新的数据目录。")
	}
	have, err := readUnits(ctx, s)
	if err != nil {
		return fmt.Errorf("load the demonstration: %w", err)
	}
	err = s.Bulk(ctx, registry.CommandLine, func(b *casework.Bulk) error {
		l := &loader{b: b, law: s.Law(), units: have.clone()}
		if err := l.addUnits(); err != nil {
			return err
		}
		if err := l.published(s); err != nil {
			return err
		}
		if err := l.invented(); err != nil {
			return err
		}
		if err := l.zones(); err != nil {
			return err
		}
		return b.MarkDemo()
	})
	if err != nil {
		return fmt.Errorf("load the demonstration: %w", err)
	}
	return nil
}

// loader writes records inside one transaction.
type loader struct {
	b        *casework.Bulk
	law      *statute.Catalogue
	units    units
	campaign registry.CampaignID
}

// units are the organs and officers that records refer to.
type units struct {
	city     registry.OrganID
	branches map[string]registry.OrganID // by district code
	officers map[string][]registry.Officer
	names    map[string]registry.OrganID
}

func (u units) clone() units {
	c := units{city: u.city, branches: map[string]registry.OrganID{}, officers: map[string][]registry.Officer{}, names: map[string]registry.OrganID{}}
	for k, v := range u.branches {
		c.branches[k] = v
	}
	for k, v := range u.officers {
		c.officers[k] = append([]registry.Officer(nil), v...)
	}
	for k, v := range u.names {
		c.names[k] = v
	}
	return c
}

// readUnits finds the organs and invented officers that are there already: an administrator may have entered the bureau's
// organs before the first case.
func readUnits(ctx context.Context, s *casework.Service) (units, error) {
	u := units{}.clone()
	organs, err := s.Organs(ctx, registry.CommandLine)
	if err != nil {
		return u, err
	}
	district := map[registry.OrganID]string{}
	for _, o := range organs {
		u.note(o)
		district[o.ID] = o.DistrictCode
	}
	officers, err := s.Officers(ctx, registry.CommandLine)
	if err != nil {
		return u, err
	}
	certs := map[string]bool{}
	for _, want := range officerNames {
		for i := range want.names {
			certs[certNo(want.code, i)] = true
		}
	}
	for _, o := range officers {
		// A real officer's name must never stand on an invented record.
		if code := district[o.OrganID]; code != "" && certs[o.CertNo] {
			u.officers[code] = append(u.officers[code], o)
		}
	}
	return u, nil
}

func (u *units) note(o registry.Organ) {
	u.names[o.Name] = o.ID
	switch o.Kind {
	case "市局":
		u.city = o.ID
	case "分局":
		u.branches[o.DistrictCode] = o.ID
	}
}

const (
	bureau         = "江门市生态环境局"
	heshanStation  = "鹤山市环境保护监测站"
	heshanDistrict = "440784"
)

// officerNames are invented: every one of them is called 示例.
var officerNames = []struct {
	code  string
	names [2]string
}{
	{"440703", [2]string{"赵示例", "钱示例"}}, {"440704", [2]string{"陈示例", "李示例"}}, {"440705", [2]string{"周示例", "吴示例"}},
	{"440781", [2]string{"郑示例", "王示例"}}, {"440783", [2]string{"冯示例", "褚示例"}}, {"440784", [2]string{"卫示例", "蒋示例"}},
	{"440785", [2]string{"沈示例", "韩示例"}}, {cityCode, [2]string{"杨示例", "朱示例"}},
}

// Accounts are the certificates of the officers that the demonstration's accounts are tied to: the first works for the whole city, the other
// in 恩平.
var Accounts = map[string]string{"officer": certNo(cityCode, 0), "officer2": certNo("440785", 0)}

func certNo(code string, i int) string { return fmt.Sprintf("SL%s%03d", code, i+1) }

// addUnits adds the bureau, its seven branches, the monitoring station the published cases name, and two invented officers a
// branch and of the bureau itself. The organs' real credit codes are not known to us and stay empty.
func (l *loader) addUnits() error {
	organs := []registry.Organ{{Name: bureau, ShortName: "市局", Kind: "市局", DistrictCode: cityCode, CreditCode: creditCode("11", 0), Active: true}} // an invented code
	for _, d := range registry.DefaultBureau().Districts {
		organs = append(organs, registry.Organ{Name: bureau + d.Branch, ShortName: d.Branch, Kind: "分局", DistrictCode: d.Code, Abbr: d.Abbr, Active: true})
	}
	organs = append(organs, registry.Organ{Name: heshanStation, ShortName: "鹤山监测站", Kind: "监测站", DistrictCode: heshanDistrict, Active: true})
	for i := range organs {
		o := &organs[i]
		if _, there := l.units.names[o.Name]; there {
			continue
		}
		if err := l.b.Organ(o); err != nil {
			return fmt.Errorf("organ %s: %w", o.Name, err)
		}
		l.units.note(*o)
	}
	for _, want := range officerNames {
		if len(l.units.officers[want.code]) > 0 {
			continue
		}
		for i, name := range want.names {
			organ := l.units.branches[want.code]
			if want.code == cityCode {
				organ = l.units.city
			}
			o := registry.Officer{Name: name, OrganID: organ, CertNo: certNo(want.code, i),
				ValidFrom: registry.Day(2022, 1, 1), ValidTo: registry.Day(2027, 12, 31), Active: true}
			if err := l.b.Officer(&o); err != nil {
				return fmt.Errorf("officer %s: %w", o.CertNo, err)
			}
			l.units.officers[want.code] = append(l.units.officers[want.code], o)
		}
	}
	return nil
}

// crew are the officers of a branch as an inspection's sheet records them.
func (u *units) crew(code string) []registry.OfficerRef {
	var list []registry.OfficerRef
	for _, o := range u.officers[code] {
		list = append(list, registry.OfficerRef{OfficerID: o.ID, Name: o.Name, CertNo: o.CertNo})
	}
	return list
}
