package store_test

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

func partiesFound(t *testing.T, db *store.DB, q string) (names []string) {
	t.Helper()
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.Parties(store.PartyFilter{Q: q}, store.Page{Limit: 50})
		for _, r := range rows {
			names = append(names, r.Name)
		}
		return err
	})
	return names
}

func casesFound(t *testing.T, db *store.DB, q string) (n int) {
	t.Helper()
	storetest.Read(t, db, func(tx *store.Tx) (err error) {
		n, _, err = tx.CountCases(store.CaseFilter{Q: q})
		return err
	})
	return n
}

// A party is found however its name is typed, and alone.
func TestPartySearchFolds(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	for _, name := range []string{"恩平市绿源（示范）养殖有限公司", "Ａ牧场", "台山市青⼭养殖有限公司", "张　三", "买买提·艾力", "鹤山市“金猪”合作社", "Green Farm 2号"} {
		storetest.Write(t, db, func(tx *store.Tx) error {
			return store.Parties.Insert(tx, &registry.Party{Name: name, Kind: "其他组织"}, storetest.Now)
		})
	}
	for q, want := range map[string]string{
		"绿源(示范)":   "恩平市绿源（示范）养殖有限公司",
		"A牧场":      "Ａ牧场",
		"青山养殖":     "台山市青⼭养殖有限公司",
		"张三":       "张　三",
		"张 三":      "张　三",
		"买买提•艾力":   "买买提·艾力",
		"\"金猪\"":   "鹤山市“金猪”合作社",
		"金\u200b猪": "鹤山市“金猪”合作社",
		"ｇreen ２號": "",
		"ＧＲＥＥＮ ２号": "Green Farm 2号",
		"〔示范〕":     "恩平市绿源（示范）养殖有限公司",
	} {
		var names []string
		if want != "" {
			names = []string{want}
		}
		if got := partiesFound(t, db, q); !reflect.DeepEqual(got, names) {
			t.Errorf("parties with %q: %q, want %q", q, got, names)
		}
	}
}

// A case is found by the number of a document of it in any brackets and figures, as far as it is typed.
func TestCaseIsFoundByANumberHoweverTyped(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i, number := range []string{"江恩环责改[2026]88号", "江恩环听告〔2026〕第07号"} {
			d := registry.Document{CaseID: w.cas.ID, Seq: int64(i + 2), Kind: registry.DocOrder, NumberTyped: number}
			d.Clean()
			if err := store.Documents.Insert(tx, &d, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	for q, want := range map[string]int{
		"江恩环责改[2026]88号": 1, "江恩环责改（2026）88号": 1, "江恩环责改【2026】88号": 1, "江恩环责改(2026)88号": 1, "江恩环责改［２０２６］８８号": 1,
		"[2026]88号": 1, "江恩环责改〔2026〕88号": 1, "江恩环责改﹝2026﹞88号": 1,
		"（2026）88号": 1, "〖２０２６〗88": 1, "江恩环责改〔2026年〕088号": 1, "〔二〇二六〕第88号": 1, "江恩环责改〔2026〕8": 1,
		"江恩环听告〔2026〕7号": 1, "江恩环听告[2026]07号": 1, "听告〔2026〕第7": 1, "江恩环立（2024）03号": 1,
		"江恩环责改〔2026〕89号": 0, "江恩环责改〔2025〕88号": 0, "江恩环听告〔2026〕70号": 0,
	} {
		if got := casesFound(t, db, q); got != want {
			t.Errorf("cases with %q: %d, want %d", q, got, want)
		}
	}
}

// A case is found by the people in it, and by the names that its party had before and was given since.
func TestCaseIsFoundByItsPeople(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		made := store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "新增", Entity: "party", EntityID: int64(w.party.ID), Version: 1}
		if err := tx.Record(made, w.party); err != nil {
			return err
		}
		w.inspection.Officers = []registry.OfficerRef{{Name: "陈一", CertNo: "19070001"}}
		if err := store.Inspections.Update(tx, &w.inspection, storetest.Now); err != nil {
			return err
		}
		w.document.PartyName, w.document.People = "绿源养殖公司", "谢七"
		w.document.Participants = []registry.Participant{{Name: "黄五", Part: "审核"}}
		return store.Documents.Update(tx, &w.document, storetest.Now)
	})
	w.party.Name = "清泉公司"
	storetest.Write(t, db, func(tx *store.Tx) error { return store.Parties.Update(tx, &w.party, storetest.Now) })
	for q, want := range map[string]int{"陈一": 1, "19070001": 1, "绿源养殖": 1, "谢七": 1, "黄五": 1, "清泉": 1, "绿源公司": 1, "钱九": 0} {
		if got := casesFound(t, db, q); got != want {
			t.Errorf("cases with %s: %d, want %d", q, got, want)
		}
	}
	storetest.Read(t, db, func(tx *store.Tx) error {
		rows, _, err := tx.Parties(store.PartyFilter{Q: "绿源"}, store.Page{Limit: 9})
		if err != nil || len(rows) != 1 || rows[0].Name != "清泉公司" || !reflect.DeepEqual(rows[0].FormerNames, []string{"绿源公司"}) {
			t.Errorf("parties with 绿源: %+v, %v; want 清泉公司, before 绿源公司", rows, err)
		}
		return nil
	})
}

// An index of another form is made anew when the register is opened, from where it was cut short, and only then.
func TestOpenIndexesAnew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state string
		farm  bool // whether the farm, indexed first, is indexed again
	}{{"", true}, {"1", true}, {"2 farm 0", true}, {"2 party 0", false}, {"2", false}} {
		db := storetest.Open(t)
		newWorld(t, db)
		storetest.Exec(t, db, "UPDATE search_texts SET text = 'old'")
		storetest.Exec(t, db, "UPDATE settings SET value = ? WHERE name = 'search_form'", c.state)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		db, err := store.Open(t.Context(), db.Dir(), store.Options{Now: storetest.Now, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			farms, _, err := tx.CountFarms(store.FarmFilter{Q: "绿源"})
			if (farms == 1) != c.farm {
				t.Errorf("from %q: %d farms found, %v; want it found: %v", c.state, farms, err, c.farm)
			}
			if form, err := tx.Setting("search_form"); form != "2" || err != nil {
				t.Errorf("from %q: form %q, %v", c.state, form, err)
			}
			return err
		})
		cases, parties := casesFound(t, db, "偷排案"), fmt.Sprint(partiesFound(t, db, "绿源"))
		if anew := c.state != "2"; (cases == 1) != anew || (parties == "[绿源公司]") != anew || strings.Contains(log.String(), "noun=case") != anew {
			t.Errorf("from %q: %d cases and parties %s found, log %s", c.state, cases, parties, &log)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
