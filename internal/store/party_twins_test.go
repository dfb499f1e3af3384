package store

import (
	"strings"
	"testing"

	"casebook/internal/registry"
)

// Parties of one name are told to who may read both; a branch that reads its own alone is told of none.
func TestPartyTwinsKeepToTheBranch(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	ours := newSide(t, db, "恩平", "440785")
	theirs := newSide(t, db, "开平", "440783")
	theirs.party.Name = ours.party.Name
	write(t, db, func(tx *Tx) error { return Parties.Update(tx, &theirs.party, testTime) })
	for _, narrowed := range []bool{false, true} {
		read(t, db, func(tx *Tx) error {
			if narrowed {
				tx.Narrow(ours.branch)
			}
			list, next, err := tx.PartyTwins(Page{Limit: 5})
			if err != nil || next != "" || len(list) != map[bool]int{false: 1, true: 0}[narrowed] {
				t.Errorf("narrowed %v: %d groups, next %q, %v", narrowed, len(list), next, err)
			}
			return nil
		})
	}
}

// Keys follow parties that are renamed, merged, voided and taken back; a masked name is compared with no more than a page's share.
func TestPartyKeysFollowTheRows(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	list := []*registry.Party{{Name: "甲公司", CreditCode: "C1"}, {Name: "甲公司", CreditCode: "C1"}, {Name: "乙公司"}, {Name: "开平某场"}, {Name: "开平丙场"}}
	write(t, db, func(tx *Tx) error {
		for _, x := range list {
			if err := Parties.Insert(tx, x, testTime); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		name   string
		change func()
		want   string
	}{
		{"as made", func() {}, "code 甲公司 甲公司, name 甲公司 甲公司, masked 开平某场 开平丙场"},
		{"renamed", func() { list[2].Name = "开平丁场" }, "code 甲公司 甲公司, name 甲公司 甲公司, masked 开平丁场 开平某场 开平丙场"},
		{"another code", func() { list[1].CreditCode = "C2" }, "name 甲公司 甲公司, masked 开平丁场 开平某场 开平丙场"},
		{"merged", func() { list[1].MergedInto = 1 }, "masked 开平丁场 开平某场 开平丙场"},
		{"voided", func() { list[3].Voided = registry.Voiding{Reason: "误登", At: testTime, By: "a"} }, ""},
		{"taken back", func() { list[1].MergedInto, list[3].Voided = 0, registry.Voiding{} }, "name 甲公司 甲公司, masked 开平丁场 开平某场 开平丙场"},
	} {
		c.change()
		write(t, db, func(tx *Tx) error {
			for _, x := range list {
				if err := Parties.Update(tx, x, testTime); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, db, func(tx *Tx) error {
			groups, next, err := tx.PartyTwins(Page{Limit: 9})
			var got []string
			for _, g := range groups {
				line := string(g.Way)
				for _, p := range g.Parties {
					line += " " + p.Name
				}
				got = append(got, line)
			}
			if strings.Join(got, ", ") != c.want || next != "" {
				t.Errorf("%s: %q, next %q; want %q", c.name, got, next, c.want)
			}
			if err != nil {
				return err
			}
			return tx.verifyPartyKeys(func(format string, args ...any) { t.Errorf(c.name+": "+format, args...) })
		})
	}
}
