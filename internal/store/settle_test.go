package store

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
)

func TestWriteEndsSettled(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	c := registry.Case{Title: "案", DistrictCode: "440785", Origin: registry.OriginField, Stage: registry.StageOpened}
	insert := func(tx *Tx) error { return Cases.Insert(tx, &c, testTime) }
	act := func(tx *Tx) error {
		return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "case", EntityID: int64(c.ID), Version: 1}, &c)
	}
	for name, fn := range map[string]func(tx *Tx) error{"a case not settled": insert, "an act not written": act} {
		if err := db.Write(context.Background(), fn); err == nil || !strings.Contains(err.Error(), "not settled") {
			t.Errorf("%s: Write = %v, want a refusal", name, err)
		}
	}
	write(t, db, insert)
	if err := db.Read(context.Background(), func(tx *Tx) error {
		_, err := Cases.Get(tx, int64(c.ID))
		return err
	}); err != nil {
		t.Errorf("after a settled write: %v", err)
	}
}

// What is written once stays when a record is changed.
func TestUpdateKeepsTheCreation(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	x := farm("场")
	x.ClientUID = "u-1"
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	later := testTime.Add(time.Hour)
	x.ClientUID, x.CreatedAt, x.Note = "u-2", later, "改"
	write(t, db, func(tx *Tx) error { return Farms.Update(tx, &x, later) })
	write(t, db, func(tx *Tx) error {
		got, err := Farms.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		if got.ClientUID != "u-1" || !got.CreatedAt.Equal(testTime) || !got.UpdatedAt.Equal(later) || got.Note != "改" {
			t.Errorf("after the change: client UUID %q, made %s, changed %s, note %q", got.ClientUID, got.CreatedAt, got.UpdatedAt, got.Note)
		}
		return nil
	})
}

func TestKeepAndImage(t *testing.T) {
	stored := registry.Case{Title: "旧", Stage: registry.StageFiled, Meta: registry.Meta{ClientUID: "u-1", CreatedAt: testTime}}
	x := registry.Case{Title: "新", Stage: registry.StageClosed, Meta: registry.Meta{ClientUID: "u-2", Version: 3}}
	Cases.Keep(&x, &stored)
	want := registry.Case{Title: "新", Stage: registry.StageFiled, Meta: registry.Meta{ClientUID: "u-1", Version: 3, CreatedAt: testTime}}
	if x.Title != want.Title || x.Stage != want.Stage || x.Meta != want.Meta {
		t.Errorf("Keep = %+v, want %+v", x, want)
	}
	if u := (&registry.User{Username: "甲", LastSignIn: &stored.CreatedAt}); Users.Image(u).LastSignIn != nil || u.LastSignIn == nil {
		t.Errorf("Image of an account last signed in %v keeps %v; want none", u.LastSignIn, Users.Image(u).LastSignIn)
	}
	b, err := json.Marshal(Cases.Image(&x))
	if err != nil || strings.Contains(string(b), `"stage"`) || x.Stage != registry.StageFiled {
		t.Errorf("Image = %s, %v, of a case at %s; want no stage, and the case as it was", b, err, x.Stage)
	}
}
