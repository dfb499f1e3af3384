package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

var testTime = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// fresh is a register with the newest schema and nothing in it, made once: to migrate a new one costs more than most tests. It is a file, or the
// name of a database.
var fresh = sync.OnceValues(func() (register []byte, err error) {
	dir, err := os.MkdirTemp("", "casebook-store-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	opt, name := Options{Now: testTime}, ""
	if enginetest.Server() {
		if name, err = enginetest.New(""); err != nil {
			return nil, err
		}
		opt.Database = enginetest.Address(name)
	}
	db, err := Open(context.Background(), dir, opt)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil || name != "" {
		return []byte(name), err
	}
	return os.ReadFile(filepath.Join(dir, fileName))
})

// open opens the register of a folder, a fresh one where there is none.
func open(t testing.TB, dir string, opt Options) *DB {
	t.Helper()
	if path := filepath.Join(dir, fileName); !exists(path) && !enginetest.Given(dir) {
		register, err := fresh()
		if err != nil {
			t.Fatal(err)
		}
		if enginetest.Server() {
			enginetest.Give(t, dir, string(register))
		} else if err := os.WriteFile(path, register, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt.Now, opt.Database = testTime, enginetest.Database(t, dir)
	db, err := Open(context.Background(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func write(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.Write(context.Background(), settled(fn)); err != nil {
		t.Fatal(err)
	}
}

// settled is a write as casework ends it, without due days.
func settled(fn func(tx *Tx) error) func(tx *Tx) error {
	return func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.Settle(nil, nil); err != nil {
			return err
		}
		return tx.WriteHistory()
	}
}

func farm(name string) registry.Farm {
	return registry.Farm{Name: name, DistrictCode: "440785", Origin: registry.OriginField}
}

func TestRoundTripKeepsEveryField(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	n, area, lng, lat := int64(5300), 66700.0, 112.3, 22.2
	party := registry.Party{Name: "甲", Kind: "公司", Origin: registry.OriginField}
	x := registry.Farm{Name: "一号场", PublicName: "恩平某场", DistrictCode: "440785", Town: "沙湖镇", Address: "某村", Origin: registry.OriginPublished, AreaM2: &area,
		Place: registry.Place{Longitude: &lng, Latitude: &lat, Datum: "CGCS2000"}, ProductionSince: registry.Year(2019), RaisingMode: "自繁自养", ManureMode: "干清粪",
		Herds:      []registry.Herd{{Species: "生猪", Stage: "母猪", Count: &n, Qualifier: "多", Basis: "存栏", AsOf: registry.Month(2024, 10)}},
		Facilities: []registry.Facility{{Kind: "沉淀池", State: "满溢"}}, EIA: registry.Approval{State: "已办理", Kind: "报告书", Number: "1", On: registry.Day(2020, 1, 2)},
		Permit: registry.Approval{State: "已办理", ValidTo: registry.Month(2027, 1)}, Zone: registry.Zone{Relation: "禁养区内", PlanNumber: "台府〔2020〕19号", PlanOn: registry.Year(2020)},
		InTanjiang: registry.Yes, Note: "备注"}
	x.ClientUID = "u-1"
	write(t, db, func(tx *Tx) error {
		if err := Parties.Insert(tx, &party, testTime); err != nil {
			return err
		}
		x.OperatorID = party.ID
		return Farms.Insert(tx, &x, testTime)
	})
	err := db.Read(context.Background(), func(tx *Tx) error {
		got, err := Farms.Get(tx, int64(x.ID))
		if err != nil {
			return err
		}
		if a, b := fmt.Sprintf("%+v", redactPointers(got)), fmt.Sprintf("%+v", redactPointers(x)); a != b {
			t.Errorf("Get:\n got %s\nwant %s", a, b)
		}
		if *got.AreaM2 != area || *got.Herds[0].Count != n || *got.Place.Longitude != lng {
			t.Errorf("numbers changed: %v %v %v", *got.AreaM2, *got.Herds[0].Count, *got.Place.Longitude)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func redactPointers(f registry.Farm) registry.Farm {
	f.AreaM2, f.Place.Longitude, f.Place.Latitude = nil, nil, nil
	f.Herds = slices.Clone(f.Herds)
	for i := range f.Herds {
		f.Herds[i].Count = nil
	}
	return f
}

func TestStaleUpdateChangesNothing(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	x := farm("场")
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	first, second := x, x
	first.Name, second.Name = "甲改", "乙改"
	write(t, db, func(tx *Tx) error { return Farms.Update(tx, &first, testTime) })
	err := db.Write(context.Background(), func(tx *Tx) error { return Farms.Update(tx, &second, testTime) })
	if registry.KindOf(err) != registry.KindStale {
		t.Fatalf("second update = %v; want a stale error", err)
	}
	if second.Version != 1 {
		t.Errorf("a refused update raised the version to %d", second.Version)
	}
	_ = db.Read(context.Background(), func(tx *Tx) error {
		got, _ := Farms.Get(tx, int64(x.ID))
		if got.Name != "甲改" || got.Version != 2 {
			t.Errorf("stored %s v%d; want 甲改 v2", got.Name, got.Version)
		}
		return nil
	})
}

// A context that ends inside a transaction must leave nothing behind and the writer usable (a regression of the driver once).
func TestCancelInsideTransaction(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	ctx, cancel := context.WithCancel(context.Background())
	err := db.Write(ctx, func(tx *Tx) error {
		x := farm("半途")
		if err := Farms.Insert(tx, &x, testTime); err != nil {
			return err
		}
		cancel()
		y := farm("半途二")
		return Farms.Insert(tx, &y, testTime)
	})
	if err == nil {
		t.Fatal("Write after cancel = nil; want an error")
	}
	x := farm("其后")
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	_ = db.Read(context.Background(), func(tx *Tx) error {
		rows, _, err := tx.Farms(FarmFilter{}, Page{Limit: 10})
		if err != nil || len(rows) != 1 || rows[0].Name != "其后" {
			t.Errorf("farms after a cancelled write: %v, %v; want 其后 alone", rows, err)
		}
		return nil
	})
}

// chained is a register with an audit chain of 20 entries.
func chained(t *testing.T) *DB {
	t.Helper()
	db := open(t, t.TempDir(), Options{})
	for i := range 20 {
		x := farm(fmt.Sprintf("场%d", i))
		write(t, db, func(tx *Tx) error {
			if err := Farms.Insert(tx, &x, testTime); err != nil {
				return err
			}
			return tx.Record(Event{Actor: registry.CommandLine, At: testTime, Action: "新建", Entity: "farm", EntityID: int64(x.ID), Version: 1}, &x)
		})
	}
	return db
}

func TestAuditChainFindsEveryEdit(t *testing.T) {
	db := chained(t)
	ctx := context.Background()
	if n, defects, err := db.VerifyAudit(ctx); err != nil || n != 20 || len(defects) != 0 {
		t.Fatalf("VerifyAudit of an untouched chain = %d, %v, %v; want 20 entries, no defects", n, defects, err)
	}
	for _, s := range []string{"UPDATE audit_log SET actor = '他' WHERE seq = 3", "DELETE FROM audit_log WHERE seq = 3"} {
		if err := enginetest.Exec(t, db.Dir(), s); err == nil {
			t.Errorf("the trigger let %s", s)
		}
	}
	for name, tamper := range map[string]string{
		"field":    "UPDATE audit_log SET detail = 'x' WHERE seq = 5",
		"delete":   "DELETE FROM audit_log WHERE seq = 7",
		"truncate": "DELETE FROM audit_log WHERE seq > 15",
		"revision": "UPDATE revisions SET body = (SELECT r.body FROM revisions r WHERE r.audit_seq = 4) WHERE audit_seq = 3",
		"swap":     "UPDATE audit_log SET seq = CASE seq WHEN 4 THEN -5 WHEN 5 THEN -4 ELSE seq END WHERE seq IN (4, 5)",
	} {
		t.Run(name, func(t *testing.T) {
			c := chained(t)
			for _, s := range []string{"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete", tamper, "UPDATE audit_log SET seq = -seq WHERE seq < 0"} {
				if err := enginetest.Exec(t, c.Dir(), s); err != nil {
					t.Fatal(err)
				}
			}
			_, defects, err := c.VerifyAudit(ctx)
			if err != nil || len(defects) == 0 {
				t.Errorf("VerifyAudit after %q = %v, %v; want a defect", tamper, defects, err)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	enginetest.OnlySQLite(t, "what may lie in the folder of a data file")
	ctx := context.Background()
	write := func(t *testing.T, content []byte) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, fileName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	made := t.TempDir()
	db := open(t, made, Options{})
	for i := range 200 {
		x := farm(fmt.Sprintf("场%d", i))
		if err := db.Write(ctx, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) }); err != nil {
			t.Fatal(err)
		}
	}
	_ = db.Close()
	good, err := os.ReadFile(filepath.Join(made, fileName))
	if err != nil {
		t.Fatal(err)
	}
	newer := t.TempDir()
	n := open(t, newer, Options{})
	if err := enginetest.Exec(t, n.Dir(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	_ = n.Close()
	orphan := t.TempDir()
	if err := os.Mkdir(filepath.Join(orphan, "attachments"), 0o750); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, dir, want string
		opt             Options
	}{
		{"empty file", write(t, nil), "0 字节", Options{}},
		{"a text file", write(t, []byte(strings.Repeat("not a database\n", 100))), "已损坏", Options{}},
		{"cut short", write(t, good[:len(good)*2/3]), "已损坏", Options{Exclusive: true}},
		{"cut short, with its log", write(t, good[:len(good)*2/3]), "已损坏", Options{Exclusive: true}},
		{"newer schema", newer, "较新的 casebook", Options{}},
		{"database gone, attachments there", orphan, "从备份恢复", Options{}},
		{"nothing there for a reading command", t.TempDir(), "没有登记册", Options{MustExist: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "cut short, with its log" {
				if err := os.WriteFile(filepath.Join(c.dir, fileName+"-wal"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			db, err := Open(ctx, c.dir, c.opt)
			if err == nil {
				_ = db.Close()
				t.Fatalf("Open = nil error; want one with %q", c.want)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open = %v; want an error with %q", err, c.want)
			}
		})
	}
}

func TestSecondServerIsRefused(t *testing.T) {
	enginetest.OnlySQLite(t, "one server a data file")
	dir := t.TempDir()
	open(t, dir, Options{Exclusive: true})
	db, err := Open(context.Background(), dir, Options{Exclusive: true})
	if err == nil {
		_ = db.Close()
		t.Fatal("a second exclusive Open = nil error")
	}
	if !strings.Contains(err.Error(), "正被另一个 casebook 使用") {
		t.Errorf("second Open = %v", err)
	}
	short := open(t, dir, Options{}) // export, user and verify run beside serve
	x := farm("旁路")
	write(t, short, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
}

func TestUpgradeKeepsACopy(t *testing.T) {
	enginetest.OnlySQLite(t, "a copy of the data file before an upgrade")
	dir := t.TempDir()
	db := open(t, dir, Options{})
	x := farm("升级前")
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	raw, err := sql.Open("sqlite", writerDSN(filepath.Join(dir, fileName)))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() //nolint:errcheck // test
	kept, err := db.copyBefore(context.Background(), raw, 1, testTime)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sql.Open("sqlite", "file:"+kept)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // test
	var name string
	if err := c.QueryRow("SELECT name FROM farms").Scan(&name); err != nil || name != "升级前" {
		t.Errorf("the copy holds %q, %v; want 升级前", name, err)
	}
}

// Search must agree with a plain look through the texts for every word of two characters and more.
func TestSearchAgreesWithScan(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("猪场废水渗坑氧化塘开平恩某养殖〔2024〕27号A𬭚")
	var names []string
	write(t, db, func(tx *Tx) error {
		for range 300 {
			n := make([]rune, 4+r.IntN(12))
			for i := range n {
				n[i] = alphabet[r.IntN(len(alphabet))]
			}
			x := farm(string(n))
			if err := Farms.Insert(tx, &x, testTime); err != nil {
				return err
			}
			names = append(names, x.Name)
		}
		return nil
	})
	for range 200 {
		name := []rune(names[r.IntN(len(names))])
		i := r.IntN(len(name) - 2)
		q := string(name[i : i+2+r.IntN(min(3, len(name)-i-2)+1)])
		if strings.TrimSpace(q) == "" {
			continue
		}
		want := 0
		for _, n := range names {
			if strings.Contains(registry.Fold(n), registry.Fold(q)) {
				want++
			}
		}
		err := db.Read(context.Background(), func(tx *Tx) error {
			rows, _, err := tx.Farms(FarmFilter{Q: q}, Page{Limit: 500})
			if err == nil && len(rows) != want {
				err = fmt.Errorf("search %q found %d, a scan finds %d", q, len(rows), want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestSearchSyntaxIsHarmless(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	x := farm("“引号”场 100% 真_的")
	write(t, db, func(tx *Tx) error { return Farms.Insert(tx, &x, testTime) })
	for _, q := range []string{`"`, `*`, `猪" OR "场`, `NEAR(猪 场)`, `%`, `_`, `'; DROP TABLE farms; --`, "猪\x00场", strings.Repeat("猪", 3000), "AND", "()"} {
		err := db.Read(context.Background(), func(tx *Tx) error {
			_, _, err := tx.Farms(FarmFilter{Q: q}, Page{Limit: 10})
			return err
		})
		if err != nil {
			t.Errorf("search %.30q = %v", q, err)
		}
	}
}

func TestPagesShowEachRowOnce(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	write(t, db, func(tx *Tx) error {
		for i := range 57 {
			c := registry.Case{Title: fmt.Sprintf("案%d", i), DistrictCode: "440785", Origin: registry.OriginField, Stage: registry.StageOpened}
			switch i % 3 { // the same month many times, some days, some unknown: ties must not lose or repeat rows
			case 0:
				c.FoundOn = registry.Month(2024, 6)
			case 1:
				c.FoundOn = registry.Day(2024, 6, 1+i%20)
			}
			if err := Cases.Insert(tx, &c, testTime); err != nil {
				return err
			}
		}
		return nil
	})
	for _, byID := range []bool{false, true} {
		seen := map[registry.CaseID]bool{}
		cursor := ""
		for {
			var rows []CaseRow
			err := db.Read(context.Background(), func(tx *Tx) (err error) {
				rows, cursor, err = tx.Cases(CaseFilter{}, Page{Cursor: cursor, Limit: 10, ByID: byID})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if seen[r.ID] {
					t.Fatalf("case %d shown twice", r.ID)
				}
				seen[r.ID] = true
			}
			if cursor == "" {
				break
			}
		}
		if len(seen) != 57 {
			t.Errorf("byID=%v: %d cases over all pages; want 57", byID, len(seen))
		}
	}
	err := db.Read(context.Background(), func(tx *Tx) error {
		_, _, err := tx.Cases(CaseFilter{}, Page{Cursor: "nonsense!", Limit: 10})
		return err
	})
	if registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a broken cursor = %v; want invalid", err)
	}
}

func TestFilesAreKeptByHash(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	hash, size, err := db.SaveFile(strings.NewReader("证据"), 100)
	if err != nil || size != 6 {
		t.Fatalf("SaveFile = %s, %d, %v", hash, size, err)
	}
	f, err := db.OpenFile(hash)
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	if _, _, err := db.SaveFile(strings.NewReader(strings.Repeat("x", 101)), 100); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a file over the limit = %v; want invalid", err)
	}
	if _, err := db.OpenFile("../../etc/passwd"); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("a path as hash = %v; want not found", err)
	}
	left, _ := filepath.Glob(filepath.Join(db.Dir(), "attachments", "incoming-*"))
	if len(left) != 0 {
		t.Errorf("refused uploads left %v", left)
	}
}

func TestSweepRemovesOrphans(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir, Options{Exclusive: true})
	orphan, _, err := db.SaveFile(strings.NewReader("orphan"), 100)
	if err != nil {
		t.Fatal(err)
	}
	kept, _, err := db.SaveFile(strings.NewReader("kept"), 100)
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, func(tx *Tx) error {
		_, err := tx.InsertAttachment(&registry.Attachment{Entity: "farm", EntityID: 1, Filename: "a.txt", SHA256: kept, Size: 4, CreatedAt: testTime}, "k")
		return err
	})
	_ = db.Close()
	// Where other servers may share the folder, what lies there since an hour is swept.
	if err := os.Chtimes(filepath.Join(dir, "attachments", orphan[:2], orphan), testTime, testTime.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, Options{Exclusive: true})
	late, _, err := again.SaveFile(strings.NewReader("an upload that goes on"), 100)
	if err != nil {
		t.Fatal(err)
	}
	again.Upkeep(t.Context())
	if f, err := again.OpenFile(late); err != nil {
		t.Errorf("the file of an upload that goes on is gone: %v", err)
	} else {
		_ = f.Close()
	}
	if _, err := again.OpenFile(orphan); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("the orphan is still there: %v", err)
	}
	if f, err := again.OpenFile(kept); err != nil {
		t.Errorf("the kept file is gone: %v", err)
	} else {
		_ = f.Close()
	}
}

func TestRollbackOnPanic(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	func() {
		defer func() { _ = recover() }()
		_ = db.Write(context.Background(), func(tx *Tx) error {
			x := farm("恐慌")
			if err := Farms.Insert(tx, &x, testTime); err != nil {
				return err
			}
			panic("boom")
		})
	}()
	err := db.Read(context.Background(), func(tx *Tx) error {
		n, _, err := tx.CountFarms(FarmFilter{})
		if err == nil && n != 0 {
			err = errors.New("a panicking write left a farm")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// The driver's C library must be the very version the driver was generated for; a mismatch has crashed other projects.
func TestLibcIsTheDriversOwn(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "modernc.org/sqlite v1.61.1") || !strings.Contains(string(mod), "modernc.org/libc v1.79.0") {
		t.Error("go.mod: modernc.org/sqlite v1.61.1 needs modernc.org/libc v1.79.0; after an upgrade look up the pair in sqlite's own go.mod and change this test")
	}
}

// TestCleanStopLeavesNoLog: a register that was written and read is one file again when it is closed, so that the next start need not
// check it whole.
func TestCleanStopLeavesNoLog(t *testing.T) {
	enginetest.OnlySQLite(t, "the log beside the data file")
	dir := t.TempDir()
	db, err := Open(t.Context(), dir, Options{Exclusive: true, Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tx *Tx) error { return tx.SetSetting("a", "b") }); err != nil {
		t.Fatal(err)
	}
	if err := db.Read(t.Context(), func(tx *Tx) error { _, err := tx.Setting("a"); return err }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "casebook.db-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
