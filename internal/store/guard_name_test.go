package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// named is a register with a party and a farm that were renamed once, with their histories.
func named(t *testing.T) *store.DB {
	t.Helper()
	db := storetest.Open(t)
	party := registry.Party{Origin: registry.OriginField, Name: "恩平市旧林禽业有限公司", Kind: "公司", LegalPerson: "司空见"}
	farm := registry.Farm{Origin: registry.OriginField, Name: "高坡绿野养殖场", DistrictCode: "440785", ContactName: "钱七巧"}
	storetest.Write(t, db, func(tx *store.Tx) error {
		if err := store.Parties.Insert(tx, &party, storetest.Now); err != nil {
			return err
		}
		if err := store.Farms.Insert(tx, &farm, storetest.Now); err != nil {
			return err
		}
		return keep(tx, &party, &farm, "新建")
	})
	party.Name, party.LegalPerson, farm.Name = "恩平市新林畜牧(岭背)有限公司", "司空惯", "高坡蓝野养殖场"
	storetest.Write(t, db, func(tx *store.Tx) error {
		if err := store.Parties.Update(tx, &party, storetest.Now); err != nil {
			return err
		}
		if err := store.Farms.Update(tx, &farm, storetest.Now); err != nil {
			return err
		}
		return keep(tx, &party, &farm, "修改")
	})
	return db
}

func keep(tx *store.Tx, party *registry.Party, farm *registry.Farm, action string) error {
	if err := tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: action, Entity: "party", EntityID: int64(party.ID), Version: party.Version}, store.Parties.Image(party)); err != nil {
		return err
	}
	return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: action, Entity: "farm", EntityID: int64(farm.ID), Version: farm.Version}, store.Farms.Image(farm))
}

// Whatever is taken from the names that the guard looks for, altered in them or added to them is found.
func TestVerifyNamesOfTheGuard(t *testing.T) {
	for _, c := range []struct {
		name, query, want string
	}{
		{"nothing", "", ""},
		{"a name is lost", "DELETE FROM guard_names WHERE name = '恩平市新林畜牧岭背有限公司'", "没有当事人 1 的“恩平市新林畜牧岭背有限公司”"},
		{"a short form is lost", "DELETE FROM guard_names WHERE name = '高坡蓝野养殖' OR name = '高坡蓝野'", "没有养殖场 1 的“高坡蓝野"},
		{"a person is lost", "DELETE FROM guard_names WHERE name = '司空惯'", "没有当事人 1 的“司空惯”"},
		{"a name is altered", "UPDATE guard_names SET name = '恩平市新林畜牧岭背有限公' WHERE name = '恩平市新林畜牧岭背有限公司'", "没有当事人 1 的“恩平市新林畜牧岭背有限公司”"},
		{"a former name is altered", "UPDATE guard_names SET name = '恩平市旧森禽业有限公司' WHERE name = '恩平市旧林禽业有限公司'", "多了其他当事人名称“恩平市旧森禽业有限公司”"},
		{"a kind is altered", "UPDATE guard_names SET kind = '其他养殖场名称' WHERE name = '恩平市新林畜牧岭背有限公司'", "没有当事人 1 的“恩平市新林畜牧岭背有限公司”"},
		{"the kind of a former name is altered", "UPDATE guard_names SET kind = '其他人姓名' WHERE name = '恩平市旧林禽业有限公司'", "多了其他人姓名“恩平市旧林禽业有限公司”"},
		{"a name of another entry", "UPDATE guard_names SET entity_id = 7 WHERE name = '高坡绿野养殖场'", "属于没有的记录（farm 7）"},
		{"a name more", "INSERT INTO guard_names (entity, entity_id, kind, name) VALUES ('party', 1, '其他当事人名称', '江门市某某公司')", "多了其他当事人名称“江门市某某公司”"},
		{"a short form more", "INSERT INTO guard_names (entity, entity_id, kind, name) VALUES ('party', 1, '其他当事人名称简称', '违法行为')", "多了其他当事人名称简称“违法行为”"},
		{"a person more", "INSERT INTO guard_names (entity, entity_id, kind, name) VALUES ('farm', 1, '其他人姓名', '司空见')", "多了其他人姓名“司空见”"},
		{"a name twice", "INSERT INTO guard_names (entity, entity_id, kind, name) SELECT entity, entity_id, kind, name FROM guard_names WHERE name = '司空惯'", "“司空惯”记了两次"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := named(t)
			if c.query != "" {
				exec(c.query)(t, db, db.Dir())
			}
			r, err := db.Verify(t.Context(), func(string) string { return "" }, nil)
			if err != nil {
				t.Fatal(err)
			}
			told := slices.DeleteFunc(r.Defects, func(d string) bool { return !strings.Contains(d, "公开检查") })
			if c.want == "" && len(told) > 0 || c.want != "" && !strings.Contains(fmt.Sprint(told), c.want) {
				t.Errorf("verify tells %q, want %q", told, c.want)
			}
		})
	}
}
