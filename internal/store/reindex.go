package store

import (
	"context"
	"fmt"
	"strings"

	"casebook/internal/registry"
)

// searchForm names how texts are folded and what of a record is indexed. Who changes either raises it: registers are then indexed anew,
// once, when they are opened.
const searchForm = "4"

// settingSearch holds the searchForm that the index has, or "searchForm noun id" while it is made anew: how far it is.
const settingSearch = "search_form"

// reindexBatch is how many records one transaction indexes: what people save behind a server waits for one batch at most.
const reindexBatch = 50

// indexed are the nouns that search knows, with how a batch of records after an id is indexed: the last one and how many; 0 after the end.
var indexed = []struct {
	entity, table string
	batch         func(tx *Tx, after int64) (last int64, n int, err error)
}{
	{"farm", "farms", reindexer(Farms, (*Tx).rekeyFarm)},
	{"party", "parties", reindexer(Parties, (*Tx).rekeyParty)},
	{"inspection", "inspections", reindexer(Inspections, (*Tx).indexInspection)},
	{"case", "cases", reindexCases},
}

func reindexer[T any, P Record[T]](t *Table[T, P], index func(*Tx, P) (bool, error)) func(*Tx, int64) (int64, int, error) {
	return func(tx *Tx, after int64) (last int64, n int, err error) {
		list, err := t.list(tx, "WHERE id > $1 ORDER BY id LIMIT $2", after, reindexBatch)
		for i := range list {
			if _, err := index(tx, &list[i]); err != nil {
				return 0, 0, fmt.Errorf("index %s %d: %w", t.Entity, t.ID(&list[i]), err)
			}
			last = t.ID(&list[i])
		}
		return last, len(list), err
	}
}

// reindexCases indexes a batch of cases out of their files.
func reindexCases(tx *Tx, after int64) (last int64, n int, err error) {
	ids, err := tx.CaseIDs(CaseFilter{IncludeVoided: true}, registry.CaseID(after), reindexBatch)
	if err != nil {
		return 0, 0, err
	}
	files, err := tx.CaseFiles(ids)
	for _, f := range files {
		if _, err := tx.indexCase(f); err != nil {
			return 0, 0, fmt.Errorf("index case %d: %w", f.Case.ID, err)
		}
		last = int64(f.Case.ID)
	}
	return last, len(files), err
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

// Reindex brings the search index to the present form, if it has another. Cut short, it goes on where it was at the next call. progress is told after each
// batch how many records are done.
func (db *DB) Reindex(ctx context.Context, progress func(done, total int)) error {
	if err := db.indexPublic(ctx); err != nil {
		return err
	}
	if err := db.fillDesks(ctx); err != nil {
		return err
	}
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
	done, total, err := db.indexedSoFar(ctx, entity, after)
	if err != nil {
		return err
	}
	for i, noun := range indexed {
		if noun.entity != entity {
			continue
		}
		for last := after; ; {
			progress(done, total)
			var next int64
			var n int
			err := db.WriteAlone(ctx, func(tx *Tx) (err error) {
				if next, n, err = noun.batch(tx, last); err != nil || next == 0 {
					return err
				}
				return tx.SetSetting(settingSearch, fmt.Sprintf("%s %s %d", searchForm, noun.entity, next))
			})
			if err != nil {
				return err
			}
			if next == 0 {
				break
			}
			last, done = next, done+n
		}
		if total > 0 {
			db.log.Info("search index made anew", "noun", noun.entity, "done", done, "of", total)
		}
		if after = 0; i+1 < len(indexed) {
			entity = indexed[i+1].entity
		}
	}
	return db.Write(ctx, func(tx *Tx) error { return tx.SetSetting(settingSearch, searchForm) })
}

// indexedSoFar counts the records that search knows, and those that come before a place among them.
func (db *DB) indexedSoFar(ctx context.Context, entity string, after int64) (done, total int, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		done, total = 0, 0
		passed := false
		for _, noun := range indexed {
			var here, all int
			if err := tx.one([]any{&here, &all}, "SELECT COALESCE(SUM(CASE WHEN id <= $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM "+noun.table, after); err != nil {
				return err
			}
			total += all
			switch {
			case noun.entity == entity:
				done, passed = done+here, true
			case !passed:
				done += all
			}
		}
		return nil
	})
	return done, total, err
}
