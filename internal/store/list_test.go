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

// listed is a page of ids, or the error.
type listed func(tx *store.Tx, p store.Page) (ids []int64, next string, err error)

// pages reads a list page by page, of a size, and compares all of it.
func pages(t *testing.T, db *store.DB, name string, size int, byID bool, list listed, want []int64) {
	t.Helper()
	var got []int64
	p := store.Page{Limit: size, ByID: byID}
	for {
		storetest.Read(t, db, func(tx *store.Tx) error {
			ids, next, err := list(tx, p)
			if len(ids) > size {
				t.Errorf("%s: %d rows on a page of %d", name, len(ids), size)
			}
			got, p.Cursor = append(got, ids...), next
			return err
		})
		if p.Cursor == "" || len(got) > len(want)+size {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s, %d a page: %v, want %v", name, size, got, want)
	}
}

// refusesCursors tries what is no cursor of a list, one of another order among it.
func refusesCursors(t *testing.T, db *store.DB, list listed, other ...string) {
	t.Helper()
	for _, c := range append(other, "?", "bm8", "aXx4", "ZHx4fHk") { // not base64; "no", "i|x" and "d|x|y"
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			_, _, err := list(tx, store.Page{Cursor: c, Limit: 3})
			return err
		}); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "cursor: 翻页位置无效，请从第一页重新打开") {
			t.Errorf("cursor %q: %v, want it refused", c, err)
		}
	}
}

func TestCaseList(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db) // case 1 of 2 May 2024, decided
	more := []registry.Case{
		{Title: "乙案", DistrictCode: "440781", Origin: registry.OriginPublished, FoundOn: registry.Month(2024, 5), Summary: "废水渗漏"},
		{Title: "丙案", DistrictCode: "440785", Origin: registry.OriginSample, FoundOn: registry.Year(2023)},
		{Title: "丁案", DistrictCode: "440785", Origin: registry.OriginField, FarmID: w.farm.ID, CampaignID: w.campaign.ID},
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range more {
			more[i].Stage = registry.StageOpened
			if err := store.Cases.Insert(tx, &more[i], storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(f store.CaseFilter) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.Cases(f, p)
			for _, r := range rows {
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	for _, c := range []struct {
		name string
		f    store.CaseFilter
		want []int64 // newest finding first; a search: last registered first
	}{
		{"all", store.CaseFilter{}, []int64{1, 2, 3, 4}},
		{"district", store.CaseFilter{DistrictCode: "440785"}, []int64{1, 3, 4}},
		{"stage", store.CaseFilter{Stage: string(registry.StageDecided)}, []int64{1}},
		{"on the way", store.CaseFilter{OnTheWay: true}, []int64{2, 3, 4}},
		{"origin", store.CaseFilter{Origin: string(registry.OriginPublished)}, []int64{2}},
		{"no sample", store.CaseFilter{NoSample: true}, []int64{1, 2, 4}},
		{"farm", store.CaseFilter{FarmID: w.farm.ID}, []int64{1, 4}},
		{"campaign", store.CaseFilter{CampaignID: w.campaign.ID}, []int64{1, 4}},
		{"party", store.CaseFilter{PartyID: w.party.ID}, []int64{1}},
		{"violation", store.CaseFilter{TypeCode: "WATER_EVASION"}, []int64{1}},
		{"found from a day in the month", store.CaseFilter{From: registry.Day(2024, 5, 3)}, []int64{2}},
		{"found until the year's end", store.CaseFilter{To: registry.Year(2023)}, []int64{3}},
		{"found in May", store.CaseFilter{From: registry.Month(2024, 5), To: registry.Month(2024, 5)}, []int64{1, 2}},
		{"word of the summary", store.CaseFilter{Q: "渗漏"}, []int64{2}},
		{"one character, read from the texts", store.CaseFilter{Q: "案"}, []int64{4, 3, 2, 1}},
		{"finding of its inspection", store.CaseFilter{Q: "渗坑"}, []int64{1}},
		{"number of its document", store.CaseFilter{Q: "江恩环罚〔2024〕1号"}, []int64{1}},
		{"name of its party and of its farm", store.CaseFilter{Q: "绿源公司 绿源猪场"}, []int64{1}},
		{"two words of different cases", store.CaseFilter{Q: "乙案 丙案"}, nil},
	} {
		for _, size := range []int{1, 3, 10} {
			pages(t, db, c.name, size, false, list(c.f), c.want)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			if n, capped, err := tx.CountCases(c.f); err != nil || n != len(c.want) || capped {
				t.Errorf("%s: CountCases = %d, %v, %v; want %d", c.name, n, capped, err, len(c.want))
			}
			ids, err := tx.CaseIDs(c.f, 1, 10)
			want := slices.DeleteFunc(slices.Sorted(slices.Values(c.want)), func(id int64) bool { return id <= 1 })
			if err != nil || fmt.Sprint(ids) != fmt.Sprint(want) {
				t.Errorf("%s: CaseIDs after 1 = %v, %v; want %v", c.name, ids, err, want)
			}
			return nil
		})
	}
	pages(t, db, "last registered first", 3, true, list(store.CaseFilter{}), []int64{4, 3, 2, 1})
	refusesCursors(t, db, list(store.CaseFilter{}), "aXwx")         // of the order by id
	refusesCursors(t, db, list(store.CaseFilter{Q: "案"}), "ZHx8MQ") // of the order by day
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, err := tx.UndecidedCases(2)
		if err != nil || len(rows) != 2 || rows[0].ID != 2 || rows[1].ID != 3 {
			t.Errorf("UndecidedCases = %+v, %v; want cases 2 and 3", rows, err)
		}
		if stage, err := tx.CaseStage(1); err != nil || stage != registry.StageDecided {
			t.Errorf("CaseStage = %s, %v", stage, err)
		}
		if _, err := tx.CaseStage(99); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("CaseStage of no case = %v", err)
		}
		return nil
	})
}

// A line of the list says what the case page says, also of a fine that was taken back.
func TestCaseRow(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	row := func() string {
		var rows []store.CaseRow
		storetest.Read(t, db, func(tx *store.Tx) (err error) {
			rows, _, err = tx.Cases(store.CaseFilter{}, store.Page{Limit: 5})
			return err
		})
		r := rows[0]
		return fmt.Sprintln(len(rows), r.ID, r.Version, r.Origin, r.Title, r.Number, r.DistrictCode, r.FoundOn, r.Stage, r.FarmName, r.FarmPublic, r.HandlingOrgan, r.UpdatedAt, r.TypeCodes, r.Fines)
	}
	line := func(stage, fines string) string {
		return "1 1 1 现场登记 绿源公司偷排案 江恩环立〔2024〕3号 440785 2024-05-02 " + stage + " 绿源猪场  恩平 2026-11-22T02:00:00.000Z [WATER_EVASION] " + fines + "\n"
	}
	if got, want := row(), line("已处罚", "{20,000 1 0}"); got != want {
		t.Errorf("row %s, want %s", got, want)
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		return store.Documents.Insert(tx, &registry.Document{CaseID: w.cas.ID, Seq: 2, Kind: registry.DocAnnulled, MadeOn: registry.Day(2024, 9, 1)}, storetest.Now)
	})
	if got, want := row(), line("已撤销", "{0 0 0}"); got != want {
		t.Errorf("row after the annulment %s, want %s", got, want)
	}
}

func TestFarmList(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	newWorld(t, db) // farm 1
	more := []registry.Farm{
		{Name: "甲场", DistrictCode: "440781", Origin: registry.OriginPublished, Herds: []registry.Herd{{Species: "蛋鸡"}}},
		{Name: "乙场", DistrictCode: "440785", Origin: registry.OriginField, Town: "沙湖镇", Zone: registry.Zone{Relation: "禁养区内"}},
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range more {
			if err := store.Farms.Insert(tx, &more[i], storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	places := store.Asking{Districts: registry.DefaultBureau().Districts}
	list := func(f store.FarmFilter) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.Farms(f, p)
			for _, r := range rows {
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	for _, c := range []struct {
		name string
		f    store.FarmFilter
		want []int64
	}{
		{"all", store.FarmFilter{}, []int64{3, 2, 1}},
		{"all, asked by somebody", store.FarmFilter{Asking: places}, []int64{3, 2, 1}},
		{"district", store.FarmFilter{DistrictCode: "440785"}, []int64{3, 1}},
		{"species", store.FarmFilter{Species: "蛋鸡"}, []int64{2}},
		{"origin", store.FarmFilter{Origin: string(registry.OriginField)}, []int64{3, 1}},
		{"zone", store.FarmFilter{Zone: "禁养区内"}, []int64{3}},
		{"town", store.FarmFilter{Q: "沙湖"}, []int64{3}},
		{"district by name", store.FarmFilter{Q: "台山市", Asking: places}, []int64{2}},
		{"district by short name, and a word", store.FarmFilter{Q: "台山 场", Asking: places}, []int64{2}},
		{"search in a district", store.FarmFilter{Q: "场", DistrictCode: "440785"}, []int64{3, 1}},
	} {
		for _, size := range []int{1, 2, 10} {
			pages(t, db, c.name, size, false, list(c.f), c.want)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			if n, capped, err := tx.CountFarms(c.f); err != nil || n != len(c.want) || capped {
				t.Errorf("%s: CountFarms = %d, %v, %v; want %d", c.name, n, capped, err, len(c.want))
			}
			return nil
		})
	}
	refusesCursors(t, db, list(store.FarmFilter{}))
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.Farms(store.FarmFilter{Species: "生猪"}, store.Page{Limit: 5})
		if len(rows) != 1 || rows[0].Operator != "绿源公司" || rows[0].Inspections != 1 || rows[0].Cases != 1 || rows[0].LastInspection != registry.Day(2024, 5, 2) {
			t.Errorf("row of an inspected farm: %+v", rows)
		}
		return err
	})
}

func TestInspectionList(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db) // inspection 1 of 2 May 2024, with a case
	more := []registry.Inspection{
		{Kind: "双随机", StartedOn: registry.Month(2024, 6), Result: registry.ViolationFound, State: registry.InspectionSubmitted, DistrictCode: "440781", Number: "台检1号"},
		{Kind: "复查", StartedOn: registry.Day(2023, 1, 2), Result: registry.NoViolationFound, State: registry.InspectionSubmitted, DistrictCode: "440785", Origin: registry.OriginImported},
		{Kind: "日常检查", Result: "待定", State: registry.InspectionDraft, DistrictCode: "440785", Findings: "鱼塘边"},
	}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range more {
			more[i].FarmID = w.farm.ID
			if err := store.Inspections.Insert(tx, &more[i], storetest.Now); err != nil {
				return err
			}
		}
		return store.Samples.Insert(tx, &registry.Sample{InspectionID: 1, Point: "口"}, storetest.Now)
	})
	list := func(f store.InspectionFilter) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.Inspections(f, p)
			for _, r := range rows {
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	for _, c := range []struct {
		name string
		f    store.InspectionFilter
		want []int64
	}{
		{"all", store.InspectionFilter{}, []int64{2, 1, 3, 4}},
		{"district", store.InspectionFilter{DistrictCode: "440785"}, []int64{1, 3, 4}},
		{"kind", store.InspectionFilter{Kind: "复查"}, []int64{3}},
		{"result", store.InspectionFilter{Result: registry.ViolationFound}, []int64{2, 1}},
		{"submitted", store.InspectionFilter{State: registry.InspectionSubmitted}, []int64{2, 1, 3}},
		{"drafts", store.InspectionFilter{State: registry.InspectionDraft}, []int64{4}},
		{"origin", store.InspectionFilter{Origin: string(registry.OriginImported)}, []int64{3}},
		{"farm", store.InspectionFilter{FarmID: w.farm.ID}, []int64{2, 1, 3, 4}},
		{"another farm", store.InspectionFilter{FarmID: 9}, nil},
		{"no case", store.InspectionFilter{NoCase: true}, []int64{2, 3, 4}},
		{"violation without a case", store.InspectionFilter{NoCase: true, Result: registry.ViolationFound}, []int64{2}},
		{"from", store.InspectionFilter{From: registry.Day(2024, 6, 30)}, []int64{2}},
		{"to", store.InspectionFilter{To: registry.Day(2023, 12, 31)}, []int64{3}},
		{"findings", store.InspectionFilter{Q: "鱼塘"}, []int64{4}},
		{"number", store.InspectionFilter{Q: "台检1号"}, []int64{2}},
		{"farm's name", store.InspectionFilter{Q: "绿源"}, []int64{4, 3, 2, 1}},
	} {
		for _, size := range []int{1, 3, 10} {
			pages(t, db, c.name, size, false, list(c.f), c.want)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			if n, capped, err := tx.CountInspections(c.f); err != nil || n != len(c.want) || capped {
				t.Errorf("%s: CountInspections = %d, %v, %v; want %d", c.name, n, capped, err, len(c.want))
			}
			return nil
		})
	}
	pages(t, db, "last registered first", 3, true, list(store.InspectionFilter{}), []int64{4, 3, 2, 1})
	refusesCursors(t, db, list(store.InspectionFilter{}), "aXwx")
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.Inspections(store.InspectionFilter{From: registry.Day(2024, 5, 2), To: registry.Day(2024, 5, 2)}, store.Page{Limit: 5})
		if len(rows) != 1 || rows[0].FarmName != "绿源猪场" || rows[0].Samples != 1 || rows[0].CaseID != w.cas.ID || rows[0].StartedOn != registry.Day(2024, 5, 2) {
			t.Errorf("row of an inspection with a case: %+v", rows)
		}
		if err != nil {
			return err
		}
		rows, _, err = tx.Inspections(store.InspectionFilter{Result: registry.ViolationFound, NoCase: true}, store.Page{Limit: 5})
		if len(rows) != 1 || rows[0].ID != 2 {
			t.Errorf("inspections without a case = %+v, want inspection 2", rows)
		}
		return err
	})
	// The case lets go of its inspection, which is without one then.
	storetest.Write(t, db, func(tx *store.Tx) error {
		w.cas.Inspections = nil
		return store.Cases.Update(tx, &w.cas, storetest.Now)
	})
	pages(t, db, "without a case", 10, false, list(store.InspectionFilter{NoCase: true}), []int64{2, 1, 3, 4})
}

func TestPartyList(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db) // party 1
	more := []registry.Party{{Name: "甲合作社"}, {Name: "张三", IDNumber: "11010519491231002X"}, {Name: "绿源", MergedInto: w.party.ID}}
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range more {
			if err := store.Parties.Insert(tx, &more[i], storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	asking := store.Asking{}
	list := func(q string) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.Parties(store.PartyFilter{Q: q, Asking: asking}, p)
			for _, r := range rows {
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	for q, want := range map[string][]int64{"": {3, 2, 1}, "绿源": {1}, "恩平某": {1}, "9144 0704304226404t": {1}, "0704-3042": {1}, "作社": {2},
		"11010519491231002x": nil, "1949": nil, "110105 1949 1231": nil, "11010519491231002X 张三": nil} {
		pages(t, db, "parties "+q, 2, false, list(q), want)
	}
	asking.Guarded = true
	for q, want := range map[string][]int64{"9144 0704304226404t": {1}, "11010519491231002x": {3}, "1949": {3}, "110105-19491231-002X": {3}, "002x": {3}, "张三 1949": {3},
		"02x": nil, "1948": nil, "绿源 1949": nil, "19491231003": nil} {
		pages(t, db, "parties for who may see numbers "+q, 2, false, list(q), want)
	}
	refusesCursors(t, db, list(""))
}

func TestBulletinList(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i, state := range []registry.BulletinState{registry.BulletinDraft, registry.BulletinApproved, registry.BulletinDraft} {
			b := registry.Bulletin{Title: "通报", State: state, Cases: []registry.BulletinCase{{CaseID: w.cas.ID, Title: fmt.Sprint("案", i)}}}
			if err := store.Bulletins.Insert(tx, &b, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(state registry.BulletinState) listed {
		return func(tx *store.Tx, p store.Page) (ids []int64, next string, err error) {
			rows, next, err := tx.Bulletins(string(state), p)
			for _, r := range rows {
				if want := fmt.Sprint("案", r.ID-1); len(r.Cases) != 1 || r.Cases[0].Title != want {
					t.Errorf("bulletin %d holds %+v, want %s", r.ID, r.Cases, want)
				}
				ids = append(ids, int64(r.ID))
			}
			return ids, next, err
		}
	}
	pages(t, db, "all", 2, false, list(""), []int64{3, 2, 1})
	pages(t, db, "drafts", 1, false, list(registry.BulletinDraft), []int64{3, 1})
	pages(t, db, "withdrawn", 1, false, list(registry.BulletinWithdrawn), nil)
	refusesCursors(t, db, list(""))
}

// A count stops where a list says 1000+.
func TestCountsAreCapped(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	insert := func(n int) {
		storetest.Write(t, db, func(tx *store.Tx) error {
			for range n {
				x := registry.Farm{Name: "场", DistrictCode: "440785"}
				if err := store.Farms.Insert(tx, &x, storetest.Now); err != nil {
					return err
				}
			}
			return nil
		})
	}
	count := func() string {
		var n int
		var capped bool
		storetest.Read(t, db, func(tx *store.Tx) (err error) {
			if n, capped, err = tx.CountFarms(store.FarmFilter{IncludeVoided: true}); err != nil {
				return err
			}
			kept, _, err := tx.CountFarms(store.FarmFilter{}) // from the tallies, whole
			if err == nil && min(kept, store.CountCap) != n {
				t.Errorf("%d farms are kept, %d counted", kept, n)
			}
			return err
		})
		return fmt.Sprint(n, capped)
	}
	if insert(1000); count() != "1000 false" {
		t.Errorf("1000 farms: %s", count())
	}
	if insert(1); count() != "1000 true" {
		t.Errorf("1001 farms: %s", count())
	}
}

func TestCountByDistrict(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		for _, district := range []string{"440785", "440781", "110101"} { // the last is none of ours
			if err := store.Cases.Insert(tx, &registry.Case{Title: "案", DistrictCode: district, Stage: registry.StageOpened}, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		got, err := tx.CountByDistrict(registry.DefaultBureau().Districts)
		var want []store.DistrictCount
		for _, d := range registry.DefaultBureau().Districts {
			c := store.DistrictCount{Code: d.Code}
			switch d.Code {
			case "440785":
				c = store.DistrictCount{Code: d.Code, Farms: 1, Checks: 1, Cases: 2, OnTheWay: 1, Ended: 1}
			case "440781":
				c = store.DistrictCount{Code: d.Code, Cases: 1, OnTheWay: 1}
			}
			want = append(want, c)
		}
		if !slices.Equal(got, want) {
			t.Errorf("CountByDistrict = %+v, want %+v", got, want)
		}
		return err
	})
}
