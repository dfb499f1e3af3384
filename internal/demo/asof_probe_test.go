package demo

import (
	"encoding/json"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
)

func TestProbe(t *testing.T) {
	s, db := loaded(t)
	if err := Synthesize(t.Context(), s, 60, 1, nil); err != nil {
		t.Fatal(err)
	}
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		head, err := tx.NewestRecord()
		if err != nil {
			return err
		}
		p, err := tx.AsOf(head.Seq)
		if err != nil {
			return err
		}
		ids, err := p.CaseIDs(0, 100)
		if err != nil {
			return err
		}
		then, err := p.CaseFiles(ids)
		if err != nil {
			return err
		}
		now, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		if len(then) != len(now) || len(now) < 60 {
			t.Fatal(len(then), len(now))
		}
		for i := range now {
			a, _ := json.MarshalIndent(now[i], "", " ")
			b, _ := json.MarshalIndent(then[i], "", " ")
			if string(a) != string(b) {
				t.Errorf("%d\n%s\n\n%s", i, a, b)
				return nil
			}
		}
		_ = registry.Date{}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
