package store

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"casebook/internal/registry"
)

// searchForm names how texts are folded and what of a record is indexed. Who changes either raises it: registers are then indexed anew,
// once, when they are opened.
const searchForm = "3"

// settingSearch holds the searchForm that the index has, or "searchForm noun id" while it is made anew: how far it is.
const settingSearch = "search_form"

// reindexBatch is how many records one transaction indexes, so that other writers get their turn.
const reindexBatch = 500

// indexed are the nouns that search knows, with how a batch of records after an id is indexed; last is 0 after the end.
var indexed = []struct {
	entity string
	batch  func(tx *Tx, after int64) (last int64, err error)
}{
	{"farm", reindexer(Farms, (*Tx).rekeyFarm)},
	{"party", reindexer(Parties, (*Tx).rekeyParty)},
	{"inspection", reindexer(Inspections, (*Tx).indexInspection)},
	{"case", reindexCases},
}

func reindexer[T any, P Record[T]](t *Table[T, P], index func(*Tx, P) (bool, error)) func(*Tx, int64) (int64, error) {
	return func(tx *Tx, after int64) (last int64, err error) {
		list, err := t.list(tx, "WHERE id > $1 ORDER BY id LIMIT $2", after, reindexBatch)
		for i := range list {
			if _, err := index(tx, &list[i]); err != nil {
				return 0, fmt.Errorf("index %s %d: %w", t.Entity, t.ID(&list[i]), err)
			}
			last = t.ID(&list[i])
		}
		return last, err
	}
}

// reindexCases indexes a batch of cases out of their files.
func reindexCases(tx *Tx, after int64) (last int64, err error) {
	ids, err := tx.CaseIDs(CaseFilter{IncludeVoided: true}, registry.CaseID(after), dueBatch)
	if err != nil {
		return 0, err
	}
	files, err := tx.CaseFiles(ids)
	for _, f := range files {
		if _, err := tx.indexCase(f); err != nil {
			return 0, fmt.Errorf("index case %d: %w", f.Case.ID, err)
		}
		last = int64(f.Case.ID)
	}
	return last, err
}

// rekeyParty is indexParty for a party whose keys may be of another folding too.
func (tx *Tx) rekeyParty(x *registry.Party) (changed bool, err error) {
	if _, err := tx.exec("UPDATE parties SET name_key = $1, public_key = $2 WHERE id = $3 AND (name_key <> $1 OR public_key <> $2)",
		registry.NameKey(x.Name), registry.NameKey(x.PublicName), x.ID); err != nil {
		return false, err
	}
	return tx.indexParty(x)
}

// rekeyFarm is indexFarm for a farm whose key may be of another folding too.
func (tx *Tx) rekeyFarm(x *registry.Farm) (changed bool, err error) {
	if _, err := tx.exec("UPDATE farms SET name_key = $1 WHERE id = $2 AND name_key <> $1", registry.NameKey(x.Name), x.ID); err != nil {
		return false, err
	}
	return tx.indexFarm(x)
}

// reindex brings the search index to the present form. Cut short, it goes on where it was at the next opening.
func (db *DB) reindex(ctx context.Context, log *slog.Logger) error {
	var state string
	err := db.Read(ctx, func(tx *Tx) (err error) {
		state, err = tx.Setting(settingSearch)
		return err
	})
	if err != nil || state == searchForm {
		return err
	}
	var entity string
	var after int64
	if _, err := fmt.Sscanf(strings.TrimPrefix(state, searchForm), "%s %d", &entity, &after); err != nil {
		entity, after = indexed[0].entity, 0 // of another form, or none yet
	}
	for i, n := range indexed {
		if n.entity != entity {
			continue
		}
		for last := after; ; {
			err := db.WriteAlone(ctx, func(tx *Tx) error {
				next, err := n.batch(tx, last)
				if last = next; err != nil || last == 0 {
					return err
				}
				return tx.SetSetting(settingSearch, fmt.Sprintf("%s %s %d", searchForm, n.entity, last))
			})
			if err != nil {
				return err
			}
			if last == 0 {
				break
			}
			log.Info("search index made anew", "noun", n.entity, "up_to", last)
		}
		if after = 0; i+1 < len(indexed) {
			entity = indexed[i+1].entity
		}
	}
	return db.Write(ctx, func(tx *Tx) error { return tx.SetSetting(settingSearch, searchForm) })
}
