package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/registry/registrytest"
	"casebook/internal/store/enginetest"
)

// tables are the round trips of all nouns that a Table stores.
var tables = map[string]func(*testing.T, *Tx){
	"farm": keeps(Farms), "party": keeps(Parties), "party_merge": keeps(PartyMerges), "farm_merge": keeps(FarmMerges), "inspection": keeps(Inspections), "sample": keeps(Samples),
	"evidence": keeps(EvidenceItems), "case": keeps(Cases), "violation": keeps(Violations), "document": keeps(Documents), "penalty": keeps(Penalties),
	"payment": keeps(Payments), "review_note": keeps(ReviewNotes), "discretion_sheet": keeps(DiscretionSheets), "bulletin": keeps(Bulletins),
	"publication": keeps(Publications), "campaign": keeps(Campaigns), "organ": keeps(Organs), "officer": keeps(Officers), "user": keeps(Users),
	"document_kind": keeps(DocumentKinds), "score_sheet": keeps(ScoreSheets), "draw": keeps(Draws), "draw_result": keeps(DrawResults), "export_profile": keeps(ExportProfiles), "list_view": keeps(ListViews), "zone": keeps(ZoneMaps),
	"interrogation": keeps(Interrogations), "signed_paper": keeps(SignedPapers), "paper_wording": keeps(PaperWordings),
}

// keeps stores a record with a value of its own in every field, reads it back, changes every field, and reads it again.
func keeps[T any, P Record[T]](table *Table[T, P]) func(*testing.T, *Tx) {
	return func(t *testing.T, tx *Tx) {
		var f registrytest.Filler
		check := func(how string, want T) {
			got, err := table.Get(tx, table.ID(P(&want)))
			if err != nil {
				t.Fatal(err)
			}
			if lost := registrytest.Differences(want, got); len(lost) > 0 {
				t.Errorf("%s: no column keeps %s: see %s, and internal/store/migrations", how, strings.Join(lost, ", "),
					registrytest.FilesWith(t, "internal/store", ".go", `Entity: "`+table.Entity+`"`))
			}
		}
		f.Bool = true
		var x T
		f.Fill(&x)
		settle(t, tx, P(&x), P(nil))
		if err := table.Insert(tx, P(&x), testTime); err != nil {
			t.Fatal(err)
		}
		check("insert", x)
		if table.Entity == "discretion_sheet" {
			return // rows are only added
		}
		f.Bool = false
		y := x
		f.Fill(&y)
		*table.id(P(&y)), *P(&y).Base() = *table.id(P(&x)), *P(&x).Base()
		settle(t, tx, P(&y), P(&x))
		if err := table.Update(tx, P(&y), testTime.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		check("update", y)
	}
}

// settle puts right what the schema and the search text ask of a record; was is the row it changes.
func settle(t *testing.T, tx *Tx, x, was any) {
	t.Helper()
	switch x := x.(type) {
	case *registry.Inspection: // is found by its farm's name
		f := farm("场")
		if err := Farms.Insert(tx, &f, testTime); err != nil {
			t.Fatal(err)
		}
		x.FarmID = f.ID
	case *registry.KeptKind: // keeps its name and stage
		if was := was.(*registry.KeptKind); was != nil {
			x.Name, x.Stage = was.Name, was.Stage
		}
	}
}

// Every field of every noun is stored and read back. References lead nowhere: they are checked at COMMIT, which never comes.
func TestColumnsKeepEveryField(t *testing.T) {
	db := open(t, t.TempDir(), Options{})
	undo := errors.New("undo")
	for _, n := range registry.Nouns {
		t.Run(n.Entity, func(t *testing.T) {
			err := db.Write(context.Background(), func(tx *Tx) error {
				if _, err := tx.exec(withoutReferences); err != nil {
					return err
				}
				switch keep := tables[n.Entity]; {
				case keep != nil:
					keep(t, tx)
				case n.Entity == "attachment":
					keepsAttachment(t, tx)
				default:
					t.Errorf("no table of %s is tried: add it to the list in internal/store/field_test.go", n.Entity)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Error(err)
			}
		})
	}
}

// withoutReferences lets a transaction write rows whose references lead nowhere.
var withoutReferences = func() string {
	if enginetest.Server() {
		return "SET LOCAL session_replication_role = replica"
	}
	return "PRAGMA defer_foreign_keys = ON"
}()

func keepsAttachment(t *testing.T, tx *Tx) {
	var x registry.Attachment
	new(registrytest.Filler).Fill(&x)
	if _, err := tx.InsertAttachment(&x, "key"); err != nil {
		t.Fatal(err)
	}
	got, err := tx.Attachment(x.ID)
	if err != nil {
		t.Fatal(err)
	}
	if lost := registrytest.Differences(x, got); len(lost) > 0 {
		t.Errorf("no column keeps %s: see %s", strings.Join(lost, ", "), registrytest.FilesWith(t, "internal/store", ".go", "INSERT INTO attachments"))
	}
}
