package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// Verify of a whole register counts what it read; each thing changed behind its back is told, and nothing else.
func TestVerify(t *testing.T) {
	rehash := func(text string) string { return "hash of " + text }
	make := func(t *testing.T) (db *store.DB, hash string) {
		db = storetest.Open(t)
		newWorld(t, db)
		newHistory(t, db)
		hash, _, err := db.SaveFile(strings.NewReader("证据"), 100)
		if err != nil {
			t.Fatal(err)
		}
		storetest.Write(t, db, func(tx *store.Tx) error {
			if err := tx.KeepText("hash of 禁止", "水污染防治法", "2017", "第三十九条", "禁止", ""); err != nil {
				return err
			}
			if err := tx.AddLawText(&store.LawText{StoredText: statute.StoredText{LawID: "a", VersionID: "1", Body: "甲"}}); err != nil {
				return err
			}
			result := registry.Yuan(1)
			sheet := registry.DiscretionSheet{CaseID: 1, ViolationID: 1, TableID: "T", Result: &result, Sheet: []byte(`{"result_fen":100}`)}
			if err := store.DiscretionSheets.Insert(tx, &sheet, storetest.Now); err != nil {
				return err
			}
			_, err := tx.InsertAttachment(&registry.Attachment{Entity: "case", EntityID: 1, Filename: "a", SHA256: hash, Size: 6, CreatedAt: storetest.Now}, "")
			return err
		})
		return db, hash
	}
	const nameless = "公开检查所用的名称“绿源公司”属于没有的记录（party 1）"
	lost := append(slices.Repeat([]string{"数据文件里有指向不存在记录的引用"}, 4), nameless)
	if enginetest.Server() {
		lost = []string{"数据库里有 1 个指向不存在记录的引用（case_parties.party_id）", "数据库里有 1 个指向不存在记录的引用（farms.operator_id）",
			"数据库里有 1 个指向不存在记录的引用（inspections.party_id）", "数据库里有 1 个指向不存在记录的引用（penalties.party_id）",
			"当事人查重所用的记录与当事人不符：91440704304226404T", "当事人查重所用的记录与当事人不符：绿源公司", nameless} // the triggers were away too
	}
	for _, c := range []struct {
		name   string
		tamper func(t *testing.T, db *store.DB, file string)
		want   []string
	}{
		{"nothing", func(*testing.T, *store.DB, string) {}, nil},
		{"stage of a case", exec("UPDATE cases SET stage = '已立案'"), []string{"案件 1 的阶段记为“已立案”，按文书应为“已处罚”"}},
		{"mark of an inspection", exec("UPDATE inspections SET cased = 0"), []string{"检查 1 是否已有案件的标记与案件不符"}},
		{"a count", exec("UPDATE tallies SET n = 7 WHERE noun = 'case' AND n = 1", "DELETE FROM tallies WHERE noun = 'farm'", "INSERT INTO tallies VALUES ('branch', '440785', '已立案', 3)"),
			[]string{"统计数“440785 辖区养殖场”记为 0，按记录应为 1", "统计数“440785 辖区案件 已处罚”记为 7，按记录应为 1", "统计数“440785 承办案件 已立案”记为 3，按记录应为 0"}},
		{"a type of a case", exec("UPDATE case_types SET found_on = '2020-01-01'"), []string{"案件 1 的违法行为类型 WATER_EVASION 与按类型查案件所用的记录不符"}},
		{"a type that no violation has", exec("INSERT INTO case_types VALUES ('ODOR', '2024-05-02', 1)"), []string{"案件 1 的违法行为类型 ODOR 与按类型查案件所用的记录不符"}},
		{"a key of a party", exec("UPDATE party_keys SET n = 2 WHERE way = 'name'"), []string{"当事人查重所用的记录与当事人不符：绿源公司"}},
		{"a key of a farm", exec("UPDATE farm_keys SET n = 2 WHERE way = 'name'"), []string{"养殖场查重所用的记录与养殖场不符：绿源猪场"}},
		{"a count of what is due", exec("INSERT INTO due_tallies VALUES ('day', '2026-01-01', 0, '440785', 3)"), []string{"2026-01-01 到期的案件数（承办单位 0）与案件不符"}},
		{"a farm is void and its case counts", exec(`UPDATE farms SET voided = '{"reason":"误登","at":"2026-11-22T02:00:00Z","by":"a"}'`),
			[]string{"检查 1 引用的养殖场 1 已作废", "案件 1 引用的养殖场 1 已作废"}},
		{"key of a number", exec("UPDATE documents SET number_key = '江恩环罚(2024)2'"), []string{"文书 1 的文号“江恩环罚〔2024〕1号”记为“江恩环罚(2024)2”，应为“江恩环罚(2024)1”"}},
		{"number twice from before", exec("CREATE TABLE twin AS SELECT * FROM documents", "UPDATE twin SET id = 2, seq = 2, client_uid = NULL, number_twin = 2, number_normalized = '江恩环罚〔2024〕01号'",
			"INSERT INTO documents SELECT * FROM twin", "DROP TABLE twin"),
			[]string{"案件 1 计入统计的日期和金额与案件不符", "文书 2 与文书 1 的文号“江恩环罚〔2024〕01号”是同一个，请核对后改正其中一个"}},
		{"key of a case's number", exec("UPDATE cases SET number = '江恩环立〔2024〕1号', number_key = '江恩环立(2024)2' WHERE id = 1"), []string{"案件 1 的编号“江恩环立〔2024〕1号”记为“江恩环立(2024)2”，应为“江恩环立(2024)1”"}},
		{"reference", exec("UPDATE evidence SET case_id = 1", "DELETE FROM parties"), lost},
		{"kept text", exec("DROP TRIGGER statute_texts_no_update", "UPDATE statute_texts SET text = '允许'"), []string{"《水污染防治法》第三十九条的留存文本与其摘要不符"}},
		{"imported law", exec("DROP TRIGGER law_texts_no_update", "UPDATE law_texts SET body = '乙'"), []string{"录入的法规文本 a/1 第 1 次录入的内容与其摘要不符"}},
		{"amount beside a sheet", exec("DROP TRIGGER discretion_sheets_no_update", "UPDATE discretion_sheets SET result_fen = 1"), []string{"裁量计算表 1 与其案件、违法行为或所记金额不符"}},
		{"a sheet itself", exec("DROP TRIGGER discretion_sheets_no_update", "UPDATE discretion_sheets SET sheet = '{'"), []string{"裁量计算表 1 的内容不完整"}},
		{"history", exec("UPDATE revisions SET body = (SELECT r.body FROM revisions r WHERE r.entity <> 'case' ORDER BY r.audit_seq LIMIT 1) WHERE entity = 'case' AND version = 1"), []string{"case 5 第 1 版的历史内容与审计摘要不符"}},
		{"audit", exec("DROP TRIGGER audit_log_no_update", "UPDATE audit_log SET detail = '别的' WHERE seq = 3"), []string{"审计记录 3 的内容被改动"}},
		{"missing act", exec("DROP TRIGGER audit_log_no_delete", "DELETE FROM audit_log WHERE seq = 8"), []string{"审计链末尾缺失：应有 8 条，实有 7 条"}},
		{"missing file", func(t *testing.T, _ *store.DB, file string) { must(t, os.Remove(file)) }, []string{"附件 HASH… 的文件缺失"}},
		{"content of a file", func(t *testing.T, _ *store.DB, file string) { must(t, os.WriteFile(file, []byte("假的"), 0o600)) }, []string{"附件 HASH… 的内容已改变"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db, hash := make(t)
			c.tamper(t, db, filepath.Join(db.Dir(), "attachments", hash[:2], hash))
			r, err := db.Verify(t.Context(), rehash, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.ReplaceAll(strings.Join(c.want, "\n"), "HASH", hash[:12])
			if got := strings.Join(r.Defects, "\n"); got != want {
				t.Errorf("Verify found\n%s\nwant\n%s", got, want)
			}
			if r.Cases != 1 || r.Attachments != 1 || r.StatuteTexts != 1 || r.LawTexts != 1 {
				t.Errorf("Verify read %+v, want one of each", r)
			}
		})
	}
}

// Who waits for a verification is told how far it is, and may give up at any of these moments.
func TestVerifyTellsAndStops(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	newWorld(t, db)
	storetest.Write(t, db, func(tx *store.Tx) error {
		for i := range 1000 {
			if err := tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: "修改", Entity: "farm", EntityID: 99, Version: int64(i + 1)}, map[string]any{"id": 99, "n": i}); err != nil {
				return err
			}
		}
		return nil
	})
	rehash := func(text string) string { return text }
	var told []store.VerifyProgress
	if _, err := db.VerifyTelling(t.Context(), rehash, nil, nil, func(p store.VerifyProgress) { told = append(told, p) }); err != nil {
		t.Fatal(err)
	}
	want := []store.VerifyProgress{{Doing: "审计记录和历史", Done: 256, All: 1000}, {Doing: "审计记录和历史", Done: 512, All: 1000}, {Doing: "审计记录和历史", Done: 768, All: 1000}, {Doing: "案件", All: 1}, {Doing: "数据文件结构"}}
	if !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	for i := range want {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		_, err := db.VerifyTelling(ctx, rehash, nil, nil, func(store.VerifyProgress) {
			if n++; n == i+1 {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) || n != i+1 {
			t.Errorf("given up when told for the %d. time: %v, told %d times", i+1, err, n)
		}
		cancel()
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func exec(statements ...string) func(t *testing.T, db *store.DB, file string) {
	return func(t *testing.T, db *store.DB, _ string) {
		t.Helper()
		for _, s := range statements {
			storetest.Exec(t, db, s)
		}
	}
}

// Each row is held against its newest revision, and each newest revision against its row, whether the row is read by itself or with the file of a case.
func TestVerifyRows(t *testing.T) {
	make := func(t *testing.T) *store.DB {
		db := storetest.Open(t)
		w := newWorld(t, db)
		storetest.Write(t, db, func(tx *store.Tx) error {
			record := func(entity string, id, version int64, action string, image any) error {
				return tx.Record(store.Event{Actor: registry.CommandLine, At: storetest.Now, Action: action, Entity: entity, EntityID: id, Version: version}, image)
			}
			first := w.party
			w.party.Note = "改"
			gone := registry.Campaign{Origin: registry.OriginField, Name: "清塘", Year: 2025}
			if err := errors.Join(store.Parties.Update(tx, &w.party, storetest.Now), store.Campaigns.Insert(tx, &gone, storetest.Now), store.Campaigns.Delete(tx, &gone)); err != nil {
				return err
			}
			return errors.Join(
				record("organ", int64(w.organ.ID), 1, "新建", store.Organs.Image(&w.organ)), record("officer", int64(w.officer.ID), 1, "新建", store.Officers.Image(&w.officer)),
				record("user", int64(w.user.ID), 1, "新建", store.Users.Image(&w.user)), record("campaign", int64(w.campaign.ID), 1, "新建", store.Campaigns.Image(&w.campaign)),
				record("party", 1, 1, "新建", store.Parties.Image(&first)), record("party", 1, 2, "修改", store.Parties.Image(&w.party)),
				record("campaign", 2, 1, "新建", store.Campaigns.Image(&gone)), record("campaign", 2, 2, "删除", store.Campaigns.Image(&gone)),
				record("farm", int64(w.farm.ID), 1, "新建", store.Farms.Image(&w.farm)), record("inspection", int64(w.inspection.ID), 1, "新建", store.Inspections.Image(&w.inspection)),
				record("case", int64(w.cas.ID), 1, "新建", store.Cases.Image(&w.cas)), record("document", int64(w.document.ID), 1, "新建", store.Documents.Image(&w.document)),
				record("penalty", int64(w.penalty.ID), 1, "新建", store.Penalties.Image(&w.penalty)), record("violation", int64(w.violation.ID), 1, "新建", store.Violations.Image(&w.violation)),
			)
		})
		return db
	}
	twin := func(table, id string) func(t *testing.T, db *store.DB, file string) {
		return exec("CREATE TABLE twin AS SELECT * FROM "+table, "UPDATE twin SET id = "+id+", client_uid = NULL", "INSERT INTO "+table+" SELECT * FROM twin", "DROP TABLE twin")
	}
	for _, c := range []struct {
		name   string
		tamper func(t *testing.T, db *store.DB, file string)
		want   []string // among others, by what is derived of the row
	}{
		{"nothing", exec(), nil},
		{"a value", exec("UPDATE farms SET note = '改'"), []string{"养殖场 1 与历史里的第 1 版不同：note"}},
		{"a value of a case", exec("UPDATE cases SET title = '改'"), []string{"案件 1 与历史里的第 1 版不同：title"}},
		{"a value of what is of a case", exec("UPDATE violations SET place = '改'", "UPDATE penalties SET content = '改'", "UPDATE documents SET note = '改'"),
			[]string{"违法行为 1 与历史里的第 1 版不同：place", "文书 1 与历史里的第 1 版不同：note", "处罚 1 与历史里的第 1 版不同：content"}},
		{"what is of a case that is not there", exec("UPDATE violations SET case_id = 7"), []string{"违法行为 1 与历史里的第 1 版不同：case_id"}},
		{"an older version", exec("UPDATE parties SET note = '', version = 1"), []string{"当事人 1 记为第 1 版，历史里最新是第 2 版"}},
		{"the text of an older version", exec("UPDATE parties SET note = ''"), []string{"当事人 1 与历史里的第 2 版不同：note"}},
		{"a version is missing", exec("DELETE FROM revisions WHERE entity = 'party' AND entity_id = 1 AND version = 1"), []string{"当事人 1 的历史有 1 版，应有 2 版"}},
		{"a row without history", twin("parties", "3000"), []string{"当事人 3000 没有历史：它不是经本系统写入的"}},
		{"a row that was deleted", twin("campaigns", "2"), []string{"专项行动 2 在历史里已经删除，记录却还在"}},
		{"no row", exec("DELETE FROM farms"), []string{"养殖场 1 的记录不见了，而历史里没有删除它"}},
		{"no row of a case", exec("DELETE FROM penalties"), []string{"处罚 1 的记录不见了，而历史里没有删除它"}},
		{"what is computed", exec("UPDATE farms SET name_key = '改'", "UPDATE cases SET number_key = '改'"), []string{"养殖场 1 的辅助列与记录不符：name_key", "案件 1 的辅助列与记录不符：number_key"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := make(t)
			c.tamper(t, db, "")
			r, err := db.VerifyTelling(t.Context(), func(text string) string { return text }, nil, nil, func(store.VerifyProgress) {})
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if !slices.Contains(r.Defects, want) {
					t.Errorf("VerifyTelling found\n%s\nnot\n%s", strings.Join(r.Defects, "\n"), want)
				}
			}
			if c.want == nil && (len(r.Defects) > 0 || r.Rows != 11) {
				t.Errorf("VerifyTelling found %q in %d rows", r.Defects, r.Rows)
			}
		})
	}
}
