package casework_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store/storetest"
)

// The guard looks through a bulletin before the write. What is recorded in between counts all the same: a name that comes into the register is found in the text. What no
// finding rests on has nothing read again.
func TestGuardSeesWhatComesInBetween(t *testing.T) {
	var between atomic.Pointer[func()]
	var read atomic.Int64
	s, _ := serviceIn(t, storetest.Dir(t), func(q string) {
		if !strings.HasPrefix(q, "SELECT COALESCE(MAX(id), 0) FROM guard_names") { // how many names the register has: asked by the guard alone
			return
		}
		read.Add(1)
		if do := between.Swap(nil); do != nil {
			(*do)()
		}
	})
	draft := func() registry.Bulletin {
		c := aCase(t, s, registry.OriginField)
		if _, err := s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, TypeCode: "LIVESTOCK_DIRECT_DISCHARGE", ActTo: registry.Day(2025, 3, 4)}); err != nil {
			t.Fatal(err)
		}
		decided(t, s, c.ID)
		b := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: c.ID, Title: "某场直排案", Facts: "据翠屏湾禽业介绍，该场直排。"}}}
		if _, err := s.AddBulletin(ctx, publisher, &b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := draft()
	meet := func(do func() error) {
		f := func() {
			if err := do(); err != nil {
				t.Error(err)
			}
		}
		between.Store(&f)
		read.Store(0)
	}
	meet(func() error {
		_, err := s.AddParty(ctx, officer, &registry.Party{Name: "恩平市翠屏湾禽业有限公司", Kind: "公司"})
		return err
	})
	if err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version, ""); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "翠屏湾") {
		t.Errorf("handing in what names a party that has just been registered = %v", err)
	}
	if n := read.Load(); n < 2 {
		t.Errorf("the names were read %d times, want again", n)
	}
	b = draft()
	b.Cases[0].Facts = "该场直排。"
	if err := s.ChangeBulletin(ctx, publisher, &b); err != nil {
		t.Fatal(err)
	}
	once := int64(0)
	for name, do := range map[string]func() error{"nothing": func() error { return nil }, "another bulletin": func() error {
		_, err := s.AddBulletin(ctx, publisher, &registry.Bulletin{Title: "另一期"})
		return err
	}} {
		meet(do)
		if err := s.SubmitBulletin(ctx, publisher, b.ID, reread(t, s, b.ID).Version, ""); err != nil {
			t.Fatal(name, err)
		}
		if n := read.Load(); once != 0 && n != once {
			t.Errorf("with %s in between the names were read %d times, else %d times", name, n, once)
		} else {
			once = n
		}
		if err := s.ReturnBulletin(ctx, publisher, b.ID, reread(t, s, b.ID).Version, ""); err != nil {
			t.Fatal(err)
		}
	}
}
