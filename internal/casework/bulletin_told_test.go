package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// herd is a herd of pigs.
func herd(n int64) []registry.Herd { return []registry.Herd{{Species: "生猪", Count: &n}} }

// aFarm adds a farm of a county with so many pigs.
func aFarm(t *testing.T, s *casework.Service, district string, heads int64, change func(x *registry.Farm)) registry.Farm {
	t.Helper()
	x := registry.Farm{Name: fmt.Sprintf("恩平市第%d养殖场", heads), DistrictCode: district, Herds: herd(heads), Origin: registry.OriginField}
	if change != nil {
		change(&x)
	}
	if _, err := s.AddFarmAnyway(ctx, officer, &x, "测试里的又一个"); err != nil {
		t.Fatal(err)
	}
	return x
}

// told is what the guard asks of who may be recognised in a bulletin of one case, with the words of its facts changed; empty where nothing.
func told(t *testing.T, s *casework.Service, c registry.CaseID, change func(facts string) string) string {
	t.Helper()
	x := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: c}}}
	if _, err := s.AddBulletin(ctx, publisher, &x); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		x.Cases[0].Facts = change(x.Cases[0].Facts)
		if err := s.ChangeBulletin(ctx, publisher, &x); err != nil {
			t.Fatal(err)
		}
	}
	r, err := s.GuardOf(ctx, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(r.Leaks, func(l casework.BulletinLeak) bool { return l.Kind == "可能认出是谁" })
	if i < 0 {
		return ""
	}
	if l := r.Leaks[i]; !l.Asked || l.Answer != nil {
		t.Errorf("it is not asked about: %+v", l)
	}
	return r.Leaks[i].Text + r.Leaks[i].Note
}

// Who reads of a county, a species and a head count may know the farm: fewer than three that fit are asked about, three are not, and in a register that
// holds fewer than twenty of the kind nobody can tell.
func TestFarmsThatMayBeRecognised(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	f, err := s.CaseFile(ctx, officer, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	f.Farm.Herds = herd(5340)
	if err := s.ChangeFarm(ctx, officer, f.Farm); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", ActTo: registry.Day(2025, 3, 4)}); err != nil {
		t.Fatal(err)
	}
	want := func(what, note string, change func(string) string) {
		t.Helper()
		if got := told(t, s, c.ID, change); note == "" && got != "" || !strings.Contains(got, note) {
			t.Errorf("%s: %q, want %q", what, got, note)
		}
	}
	for i := range int64(18) {
		aFarm(t, s, "440785", 100+i, nil)
	}
	want("nineteen farms", "", nil)
	aFarm(t, s, "440785", 5349, nil)
	want("twenty farms, one fits", "恩平市生猪5340头（恩平市登记的20家生猪养殖场里，存栏数与文中相符的有1家；2025年3月发现的同类案件有1件；存栏数可以写成约数）", nil)
	rounded := func(facts string) string { return strings.Replace(facts, "5340头", "约5300头", 1) }
	want("rounded, two fit", "生猪约5300头（恩平市登记的20家生猪养殖场里，存栏数与文中相符的有2家", rounded)
	want("no count is told", "", func(facts string) string { return strings.Replace(facts, "5340头", "", 1) })
	want("another count than the farm's", "", func(facts string) string { return strings.Replace(facts, "5340头", "9000头", 1) })

	aFarm(t, s, "440784", 5300, nil)                                                              // of another county
	aFarm(t, s, "440785", 5300, func(x *registry.Farm) { x.Herds[0].Species = "肉鸡" })             // of another species
	aFarm(t, s, "440785", 5351, nil)                                                              // above 约5300
	void := aFarm(t, s, "440785", 5300, nil)                                                      // voided
	aFarm(t, s, "440785", 1, func(x *registry.Farm) { x.Herds = append(x.Herds, herd(5300)...) }) // its first herd is another
	aFarm(t, s, "440785", 1, func(x *registry.Farm) { x.Herds[0].Count = nil })                   // nobody knows how many
	if err := s.Void(ctx, officer, "farm", int64(void.ID), void.Version, "误登"); err != nil {
		t.Fatal(err)
	}
	want("farms that do not fit", "相符的有2家", rounded)
	third := aFarm(t, s, "440785", 5250, nil) // as few as 约5300 may be
	want("rounded, three fit", "", rounded)
	want("exactly, one fits", "相符的有1家", nil)
	third.Herds = herd(5200)
	if err := s.ChangeFarm(ctx, officer, &third); err != nil {
		t.Fatal(err)
	}
	want("the third has fewer now", "相符的有2家", rounded)
	want("more than", "相符的有2家", func(facts string) string { return strings.Replace(facts, "5340头", "5340余头", 1) })

	published := aCase(t, s, registry.OriginPublished)
	g, err := s.CaseFile(ctx, officer, published.ID)
	if err != nil {
		t.Fatal(err)
	}
	g.Farm.Herds = herd(7777)
	if err := s.ChangeFarm(ctx, officer, g.Farm); err != nil {
		t.Fatal(err)
	}
	if got := toldOf(t, s, published.ID); got != "" {
		t.Errorf("a published case is asked about: %q", got)
	}
}

func toldOf(t *testing.T, s *casework.Service, id registry.CaseID) string {
	t.Helper()
	return told(t, s, id, func(facts string) string { return facts + "存栏生猪7777头。" })
}

// Where the bureau rounds head counts, a draft tells them so; small ones and those that are round stay.
func TestDraftsRoundHeads(t *testing.T) {
	s := service(t)
	b := *s.Bureau()
	b.RoundHeads = true
	if err := s.ChangeBureau(ctx, registry.CommandLine, &b); err != nil {
		t.Fatal(err)
	}
	for heads, want := range map[int64]string{5340: "存栏生猪约5300头，", 60: "存栏生猪60头，", 1300: "存栏生猪约1300头，", 995: "存栏生猪约1000头，"} {
		c := aCase(t, s, registry.OriginField)
		f, err := s.CaseFile(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		f.Farm.Herds = herd(heads)
		f.Farm.Herds[0].Basis = "存栏"
		if err := s.ChangeFarm(ctx, officer, f.Farm); err != nil {
			t.Fatal(err)
		}
		x := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: c.ID}}}
		if _, err := s.AddBulletin(ctx, publisher, &x); err != nil {
			t.Fatal(err)
		}
		if got := x.Cases[0].Facts; !strings.Contains(got, want) {
			t.Errorf("%d: %q, want %q", heads, got, want)
		}
	}
}
