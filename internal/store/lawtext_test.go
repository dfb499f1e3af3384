package store

import (
	"context"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store/enginetest"
)

func TestLawTextsAreAppendOnly(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	for i, body := range []string{"甲", "乙"} {
		x := LawText{StoredText: statute.StoredText{LawID: "a-law", VersionID: "2020", Body: body, Import: statute.Import{By: "admin", At: testTime, Source: "公报", Note: "注"}}}
		write(t, db, func(tx *Tx) error { return tx.AddLawText(&x) })
		if x.Revision != i+1 || x.ID != int64(i+1) {
			t.Errorf("text %d is revision %d with id %d", i, x.Revision, x.ID)
		}
	}
	mark := LawCheck{Reason: "理由", At: testTime, Check: statute.Check{LawID: "a-law", VersionID: "2020", Hash: "h", Source: "公报", On: registry.Day(2026, 11, 1), By: "admin", Withdrawn: true}}
	write(t, db, func(tx *Tx) error { return tx.AddLawCheck(&mark) })
	for _, q := range []string{
		"UPDATE law_texts SET body = 'x'", "UPDATE law_texts SET note = 'x' WHERE id = 2", "DELETE FROM law_texts", "DELETE FROM law_texts WHERE id = 1",
		"UPDATE law_checks SET withdrawn = 0", "DELETE FROM law_checks",
		"INSERT INTO law_texts SELECT NULL, law_id, version_id, revision, body, sha256, source, note, imported_at, imported_by FROM law_texts WHERE id = 1",
	} {
		if err := enginetest.Exec(t, db.Dir(), q); err == nil {
			t.Errorf("%s: done, want it refused", q)
		}
	}
	err := db.Read(context.Background(), func(tx *Tx) error {
		texts, err := tx.LawTexts()
		if err != nil {
			return err
		}
		checks, err := tx.LawChecks()
		if err != nil {
			return err
		}
		if len(texts) != 2 || texts[0].Body != "甲" || texts[1].Note != "注" || !texts[1].At.Equal(testTime) || texts[1].SHA256 != bodySum("乙") {
			t.Errorf("LawTexts = %+v", texts)
		}
		if len(checks) != 1 || checks[0].Check != mark.Check || checks[0].Reason != "理由" {
			t.Errorf("LawChecks = %+v, want %+v", checks, mark)
		}
		g, err := tx.LawGeneration()
		if g != (LawGeneration{Texts: 2, Checks: 1}) {
			t.Errorf("LawGeneration = %+v", g)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A text changed behind the register's back is found.
func TestVerifyFindsAnEditedLawText(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	x := LawText{StoredText: statute.StoredText{LawID: "a-law", VersionID: "2020", Body: "第一条　甲。"}}
	write(t, db, func(tx *Tx) error { return tx.AddLawText(&x) })
	for _, q := range []string{"DROP TRIGGER law_texts_no_update", "UPDATE law_texts SET body = '第一条　乙。'"} {
		if err := enginetest.Exec(t, db.Dir(), q); err != nil {
			t.Fatal(err)
		}
	}
	r, err := db.Verify(context.Background(), func(string) string { return "" }, nil)
	if err != nil || r.LawTexts != 1 || !strings.Contains(strings.Join(r.Defects, "\n"), "a-law/2020 第 1 次录入") {
		t.Errorf("Verify = %+v, %v", r, err)
	}
}
