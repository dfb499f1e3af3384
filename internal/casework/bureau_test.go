package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// units lists the units as 简称 or, where they are out of use, -简称.
func units(t *testing.T, list []registry.Organ, err error) []string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range list {
		name := o.ShortName
		if !o.Active {
			name = "-" + name
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestChangeBureau(t *testing.T) {
	s := service(t)
	admin := registry.CommandLine
	aCase(t, s, registry.OriginField) // in 440785
	p, err := s.BureauPage(ctx, admin)
	if err != nil || p.Bureau.Version != 0 {
		t.Fatalf("BureauPage = %+v, %v", p, err)
	}
	if err := s.ChangeBureau(ctx, officer, &p.Bureau); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("an officer changes the bureau: %v", err)
	}

	// 恩平 has records and may not go; 蓬江 leaves, its unit takes the seat of 新河, 江海 is renamed.
	x := p.Bureau
	x.Districts = slices.Clone(x.Districts[1:6])
	if err := s.ChangeBureau(ctx, admin, &x); err == nil || !strings.Contains(err.Error(), "恩平市（440785）已有登记的") {
		t.Errorf("a district with records left: %v", err)
	}
	x = p.Bureau
	x.Districts = append(slices.Clone(x.Districts[1:]), registry.District{Code: "440790", Name: "新河区", Short: "新河", Abbr: "河", Branch: "新河分局"})
	x.Districts[0].Branch = "江海区分局"
	if err := s.ChangeBureau(ctx, admin, &x); err != nil {
		t.Fatal(err)
	}
	list, err := s.Organs(ctx, admin)
	want := []string{"台山分局", "市局", "开平分局", "恩平分局", "新会分局", "新河分局", "江海区分局", "鹤山分局"}
	slices.Sort(want)
	if got := units(t, list, err); !slices.Equal(got, want) {
		t.Errorf("units are %v, want %v", got, want)
	}

	// A unit that the administrator put out of use or renamed stays so; one without a seat or a taker goes out of use.
	for i := range list {
		o := &list[i]
		switch o.ShortName {
		case "开平分局":
			o.Active = false
		case "鹤山分局":
			o.Name = "鹤山执法局"
		default:
			continue
		}
		if err := s.ChangeOrgan(ctx, admin, o); err != nil {
			t.Fatal(err)
		}
	}
	x.Districts = slices.DeleteFunc(slices.Clone(x.Districts), func(d registry.District) bool { return d.Code == "440790" })
	x.ShortName = "市局"
	if err := s.ChangeBureau(ctx, admin, &x); err != nil {
		t.Fatal(err)
	}
	list, err = s.Organs(ctx, admin)
	want = []string{"-开平分局", "-新河分局", "台山分局", "市局", "恩平分局", "新会分局", "江海区分局", "鹤山分局"}
	slices.Sort(want)
	if got := units(t, list, err); !slices.Equal(got, want) {
		t.Errorf("units are %v, want %v", got, want)
	}

	stale := p.Bureau
	if err := s.ChangeBureau(ctx, admin, &stale); registry.KindOf(err) != registry.KindStale {
		t.Errorf("an edit of what stood before: %v", err)
	}
	if p, err = s.BureauPage(ctx, admin); err != nil || len(p.Revisions) != 2 || p.Bureau.Version != 2 || s.Bureau().ShortName != "市局" {
		t.Errorf("after two changes: version %d, %d revisions, %v", p.Bureau.Version, len(p.Revisions), err)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("Verify: %v, %v", r.Defects, err)
	}
	if _, err := s.AddFarm(ctx, officer, &registry.Farm{Name: "某场", DistrictCode: "440703"}); !strings.Contains(fmt.Sprint(err), "不是江门市的县") {
		t.Errorf("a farm in a district that left: %v", err)
	}
}
