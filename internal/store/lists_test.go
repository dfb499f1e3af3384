package store

import (
	"fmt"
	"reflect"
	"testing"

	"casebook/internal/registry"
)

func idsOf[T any, P Record[T]](t *Table[T, P], list []T, err error) (string, error) {
	ids := []int64{}
	for i := range list {
		ids = append(ids, t.ID(P(&list[i])))
	}
	return fmt.Sprint(ids), err
}

// TestNamedLists: each list finds its rows, and no other, in its order.
func TestNamedLists(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	insert := func(fn func(tx *Tx) error) { t.Helper(); write(t, db, fn) }
	for _, o := range []registry.Organ{
		{Name: "大队", Kind: "其他", Active: true}, {Name: "分局", Kind: "分局", DistrictCode: "440785"}, {Name: "市局", Kind: "市局", Active: true},
	} {
		insert(func(tx *Tx) error { return Organs.Insert(tx, &o, testTime) })
	}
	for _, x := range []registry.Officer{{Name: "乙", CertNo: "2", OrganID: 1}, {Name: "甲", CertNo: "1", OrganID: 3}, {Name: "丙", CertNo: "3", OrganID: 1}} {
		insert(func(tx *Tx) error { return Officers.Insert(tx, &x, testTime) })
	}
	for _, x := range []registry.Campaign{{Name: "一", Year: 2024}, {Name: "二", Year: 2025}, {Name: "三", Year: 2024}} {
		insert(func(tx *Tx) error { return Campaigns.Insert(tx, &x, testTime) })
	}
	for _, x := range []registry.Party{
		{Name: "甲公司(恩平)", Kind: "公司"}, {Name: "甲公司（恩平）", Kind: "公司"}, {Name: "乙公司", Kind: "公司", CreditCode: "91440000"},
		{Name: "丙公司", Kind: "公司", CreditCode: "91440000"}, {Name: "甲公司（恩平）", Kind: "公司", MergedInto: 2},
	} {
		insert(func(tx *Tx) error { return Parties.Insert(tx, &x, testTime) })
	}
	insert(func(tx *Tx) error {
		return PartyMerges.Insert(tx, &registry.PartyMerge{PartyID: 5, IntoID: 2, Merging: registry.Merging{Reason: "重复"}}, testTime)
	})
	for _, operator := range []registry.PartyID{1, 2, 1} {
		x := farm("场")
		x.OperatorID = operator
		insert(func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	}
	for _, f := range []registry.FarmID{1, 2} {
		x := registry.Inspection{FarmID: f, StartedOn: registry.Day(2025, 3, int(f))}
		insert(func(tx *Tx) error { return Inspections.Insert(tx, &x, testTime) })
		c := registry.Case{Title: "案", DistrictCode: "440785", FarmID: f, Stage: registry.StageOpened, Inspections: []registry.InspectionID{x.ID}}
		insert(func(tx *Tx) error { return Cases.Insert(tx, &c, testTime) })
		for i, d := range []registry.Document{
			{Number: "江恩环立〔2025〕1号", MadeOn: registry.Day(2025, 4, 1)},
			{Number: "江恩环立〔2025〕1号", OrganName: "公安局", MadeOn: registry.Day(2025, 5, 1)},
		} {
			d.CaseID, d.Kind, d.Seq = c.ID, registry.DocFiling, int64(i+1)
			if f == 2 && i == 0 {
				d.Number = ""
			}
			insert(func(tx *Tx) error { return Documents.Insert(tx, &d, testTime) })
		}
		insert(func(tx *Tx) error {
			return Penalties.Insert(tx, &registry.Penalty{CaseID: c.ID, Kind: "罚款"}, testTime)
		})
		insert(func(tx *Tx) error {
			return Violations.Insert(tx, &registry.Violation{CaseID: c.ID, Seq: 3 * int64(f)}, testTime)
		})
		for _, seq := range []int64{2, 1} {
			insert(func(tx *Tx) error {
				return EvidenceItems.Insert(tx, &registry.Evidence{InspectionID: x.ID, Seq: seq, Kind: "书证", Title: "笔录"}, testTime)
			})
		}
		insert(func(tx *Tx) error {
			b := registry.Bulletin{Title: "通报", State: registry.BulletinDraft, Cases: []registry.BulletinCase{{CaseID: c.ID, Title: "案"}}}
			return Bulletins.Insert(tx, &b, testTime)
		})
	}
	write(t, db, func(tx *Tx) error {
		second, err := Parties.Get(tx, 2)
		if err != nil {
			return err
		}
		third, err := Parties.Get(tx, 3)
		if err != nil {
			return err
		}
		merged, err := Parties.Get(tx, 5)
		if err != nil {
			return err
		}
		for _, c := range []struct {
			name, want string
			list       func() (string, error)
		}{
			{"Organs", "[3 2 1]", func() (string, error) { l, err := tx.Organs(); return idsOf(Organs, l, err) }},
			{"ActiveOrgans", "[1 3]", func() (string, error) { l, err := tx.ActiveOrgans(); return idsOf(Organs, l, err) }},
			{"Officers", "[3 1 2]", func() (string, error) { l, err := tx.Officers(); return idsOf(Officers, l, err) }},
			{"Campaigns", "[2 3 1]", func() (string, error) { l, err := tx.Campaigns(); return idsOf(Campaigns, l, err) }},
			{"SimilarParties by name", "[1]", func() (string, error) { l, err := tx.SimilarParties(&second); return idsOf(Parties, l, err) }},
			{"SimilarParties by code", "[4]", func() (string, error) { l, err := tx.SimilarParties(&third); return idsOf(Parties, l, err) }},
			{"SimilarParties of a merged one", "[]", func() (string, error) { l, err := tx.SimilarParties(&merged); return idsOf(Parties, l, err) }},
			{"MergesOfParty", "[1]", func() (string, error) { l, err := tx.MergesOfParty(2); return idsOf(PartyMerges, l, err) }},
			{"MergesOfParty of another", "[]", func() (string, error) { l, err := tx.MergesOfParty(1); return idsOf(PartyMerges, l, err) }},
			{"FarmsOfOperator", "[1 3]", func() (string, error) { l, err := tx.FarmsOfOperator(1); return idsOf(Farms, l, err) }},
			{"DocumentsNumbered", "[1]", func() (string, error) {
				l, err := tx.DocumentsNumbered("江恩环立〔2025〕1号")
				return idsOf(Documents, l, err)
			}},
			{"DocumentsNumbered without one", "[]", func() (string, error) { l, err := tx.DocumentsNumbered(""); return idsOf(Documents, l, err) }},
			{"DocumentsOfFarm", "[2 1]", func() (string, error) { l, err := tx.DocumentsOfFarm(1, 10); return idsOf(Documents, l, err) }},
			{"DocumentsOfFarm, the latest", "[2]", func() (string, error) { l, err := tx.DocumentsOfFarm(1, 1); return idsOf(Documents, l, err) }},
			{"PenaltiesOf", "[2]", func() (string, error) { l, err := tx.PenaltiesOf(2); return idsOf(Penalties, l, err) }},
			{"BulletinsOfCase", "[2]", func() (string, error) { l, err := tx.BulletinsOfCase(2); return idsOf(Bulletins, l, err) }},
			{"EvidenceOfInspection", "[4 3]", func() (string, error) { l, err := tx.EvidenceOfInspection(2); return idsOf(EvidenceItems, l, err) }},
			{"CasesOnInspection", "[2]", func() (string, error) { l, err := tx.CasesOnInspection(2); return idsOf(Cases, l, err) }},
		} {
			if got, err := c.list(); err != nil || got != c.want {
				t.Errorf("%s = %s, %v; want %s", c.name, got, err, c.want)
			}
		}
		if n, err := tx.LastViolationSeq(2); n != 6 || err != nil {
			t.Errorf("LastViolationSeq(2) = %d, %v; want 6", n, err)
		}
		if n, err := tx.LastViolationSeq(99); n != 0 || err != nil {
			t.Errorf("LastViolationSeq of no case = %d, %v; want 0", n, err)
		}
		grounds, err := tx.CaseGrounds(2)
		if err != nil {
			return err
		}
		whole, err := tx.CaseFile(2)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(grounds, &registry.CaseFile{Case: whole.Case, Farm: whole.Farm, Inspections: whole.Inspections}) {
			t.Errorf("CaseGrounds(2) = %+v; want those of\n%+v", grounds, whole)
		}
		if _, err := tx.CaseGrounds(99); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("CaseGrounds(99) = %v; want not found", err)
		}
		return nil
	})
}

func TestKeptTexts(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	want := map[string]string{}
	var hashes []string
	write(t, db, func(tx *Tx) error {
		for i := range keptTextBatch + 1 {
			h := fmt.Sprintf("h-%03d", i)
			want[h], hashes = fmt.Sprint("第", i, "条"), append(hashes, h, h)
			if err := tx.KeepText(h, "某法", "2025", "第一条", want[h], "2025-01-01"); err != nil {
				return err
			}
		}
		got, err := tx.KeptTexts(hashes)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("KeptTexts = %d texts, %v; want %d", len(got), err, len(want))
		}
		if _, err := tx.KeptTexts([]string{"h-000", "unknown"}); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("KeptTexts of an unknown hash = %v; want not found", err)
		}
		return nil
	})
}
