package store_test

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
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
	old := "CAST(x'00' || 'old' AS BLOB)" // as a text is kept that packing makes no smaller
	if enginetest.Server() {
		old = "'old'"
	}
	for _, c := range []struct {
		state string
		farm  bool // whether the farm, indexed first, is indexed again
	}{{"", true}, {"1", true}, {"2", true}, {"3", true}, {"4 farm 0", true}, {"4 party 0", false}, {"4", false}} {
		db := storetest.Open(t)
		newWorld(t, db)
		storetest.Exec(t, db, "UPDATE search_texts SET text = "+old)
		storetest.Exec(t, db, "UPDATE settings SET value = $1 WHERE name = 'search_form'", c.state)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		opt := storetest.Options(t, db.Dir())
		opt.Logger = slog.New(slog.NewTextHandler(&log, nil))
		db, err := store.Open(t.Context(), db.Dir(), opt)
		if err != nil {
			t.Fatal(err)
		}
		storetest.Read(t, db, func(tx *store.Tx) error {
			farms, _, err := tx.CountFarms(store.FarmFilter{Q: "绿源猪"})
			if (farms == 1) != c.farm {
				t.Errorf("from %q: %d farms found, %v; want it found: %v", c.state, farms, err, c.farm)
			}
			if form, err := tx.Setting("search_form"); form != "4" || err != nil {
				t.Errorf("from %q: form %q, %v", c.state, form, err)
			}
			return err
		})
		cases, parties := casesFound(t, db, "偷排案"), fmt.Sprint(partiesFound(t, db, "绿源公"))
		if anew := c.state != "4"; (cases == 1) != anew || (parties == "[绿源公司]") != anew || strings.Contains(log.String(), "noun=case") != anew {
			t.Errorf("from %q: %d cases and parties %s found, log %s", c.state, cases, parties, &log)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Keys from before, of which there were none, are made when the register is opened; verify names one that is wrong.
func TestOpenMakesKeysAnew(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	twin := registry.Party{Name: "绿源 公司", Kind: "公司"}
	storetest.Write(t, db, func(tx *store.Tx) error { return store.Parties.Insert(tx, &twin, storetest.Now) })
	similar := func(db *store.DB) (n int) {
		storetest.Read(t, db, func(tx *store.Tx) error {
			list, err := tx.SimilarParties(&w.party)
			n = len(list)
			return err
		})
		return n
	}
	if n := similar(db); n != 1 {
		t.Errorf("%d similar parties, want 1", n)
	}
	storetest.Exec(t, db, "UPDATE parties SET name_key = '', public_key = ''")
	r, err := db.Verify(t.Context(), func(string) string { return "" }, nil)
	if err != nil || !strings.Contains(strings.Join(r.Defects, "\n"), "当事人 2 的名称“绿源 公司”记为“”，应为“绿源公司”") {
		t.Errorf("Verify = %q, %v; want the missing key named", r.Defects, err)
	}
	if n := similar(db); n != 0 {
		t.Errorf("%d similar parties without keys, want 0", n)
	}
	storetest.Exec(t, db, "UPDATE settings SET value = '2' WHERE name = 'search_form'")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err = store.Open(t.Context(), db.Dir(), storetest.Options(t, db.Dir()))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // test
	if n := similar(db); n != 1 {
		t.Errorf("%d similar parties after opening, want 1", n)
	}
	if r, err := db.Verify(t.Context(), func(string) string { return "" }, nil); err != nil || strings.Contains(strings.Join(r.Defects, "\n"), "名称“") {
		t.Errorf("Verify after opening = %q, %v", r.Defects, err)
	}
}

// The index holds nothing beside what it was given: pieces of numbers, codes and signs that no word has.
func TestSearchOfSigns(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	w := newWorld(t, db)
	w.party.IDNumber = "11010519491231002X"
	storetest.Write(t, db, func(tx *store.Tx) error { return store.Parties.Update(tx, &w.party, storetest.Now) })
	long := ""
	for r := '一'; r < '一'+3000; r++ {
		long += string(r)
	}
	for _, q := range []string{"§绿", "¤d440785", "¤twaterevasion", "¦1949", "¦11010519491231002X", " d440785 ", "tWATER_EVASION", "d440785", "\x01绿", "\x1e", "\x1f", "lygs\x1f", long, strings.Repeat("养 ", 500),
		strings.Repeat("养殖 ", 200), "1949", "\"绿源\"*", "NEAR(绿 源)", "pairs:绿源", "-绿源", "^绿源"} {
		if q := registry.Fold(q); q == "" || q == "lygs" || q == "绿" { // what is left of it may be found
			continue
		}
		if n := casesFound(t, db, q); n != 0 {
			t.Errorf("%d cases with %.40q", n, q)
		}
		if got := partiesFound(t, db, q); len(got) != 0 {
			t.Errorf("parties with %.40q: %q", q, got)
		}
	}
}
