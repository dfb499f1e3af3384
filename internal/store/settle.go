package store

import (
	"fmt"
	"maps"
	"slices"

	"casebook/internal/registry"
)

// Settle brings what is derived of every case that this transaction touched up to date: the stage, the search text, the days by which it counts, the due day,
// which dueOf tells from the file, and the fact that statistics count; nil leaves either as it is. However many writes touched a case, it is settled once, out of
// one reading of its file.
func (tx *Tx) Settle(dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact) error {
	if err := tx.settleCases(dueOf, factOf); err != nil || factOf == nil {
		return err
	}
	return tx.keepRepeats()
}

func (tx *Tx) settleCases(dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact) error {
	ids := slices.Sorted(maps.Keys(tx.cases))
	clear(tx.cases)
	for batch := range slices.Chunk(ids, dueBatch) {
		files, rest, err := tx.madeFiles(batch)
		if err != nil {
			return err
		}
		read, err := tx.CaseFiles(rest)
		if err != nil {
			return err
		}
		if len(read) < len(rest) {
			return fmt.Errorf("settle cases %v: %d of them are not there", rest, len(rest)-len(read))
		}
		counted, err := tx.countedRows(rest)
		if err != nil {
			return err
		}
		have := map[registry.CaseID]Due{}
		if dueOf != nil && len(rest) > 0 {
			if have, err = tx.dues(rest); err != nil {
				return err
			}
		}
		var lines []lineRow
		for i, f := range append(files, read...) {
			if err := tx.keepCounted(f.Case.ID, counted[f.Case.ID], countedOf(f)); err != nil {
				return err
			}
			if err := tx.settle(f, i < len(files), have[f.Case.ID], dueOf); err != nil {
				return fmt.Errorf("settle case %d: %w", f.Case.ID, err)
			}
			if factOf != nil {
				how := keepChanged
				if i < len(files) {
					how = keepNew
				}
				if err := tx.keepFact(f, factOf(f), how, &lines); err != nil {
					return fmt.Errorf("keep what is counted of case %d: %w", f.Case.ID, err)
				}
			}
		}
		if err := tx.putLines(lines); err != nil {
			return fmt.Errorf("keep the lines of cases: %w", err)
		}
		for _, id := range batch { // its stage is another now
			delete(tx.made.rows, rowKey{Cases.Entity, int64(id)})
		}
	}
	return nil
}

// Part ends a part of a long write: what it wrote is settled and in the history, and need not be held to the end. Who has several cases is read at the end alone:
// reading waits for all that is written behind.
func (tx *Tx) Part(dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact) error {
	if err := tx.settleCases(dueOf, factOf); err != nil {
		return err
	}
	tx.made = tx.made.lasting() // who asks for another of these rows later reads it
	return tx.WriteHistory()
}

// settle settles one case. One that is new is as it was written: what it is at its beginning need not be written again.
func (tx *Tx) settle(f *registry.CaseFile, isNew bool, have Due, dueOf func(*registry.CaseFile) Due) error {
	stage := registry.StageOf(f.Documents, f.Kinds...)
	if onTheWay := stage.OnTheWay() && !f.Case.IsVoid(); !isNew || stage != f.Case.Stage {
		if _, err := tx.exec("UPDATE cases SET stage = $1, on_the_way = $2 WHERE id = $3 AND (stage <> $1 OR on_the_way <> $2)", stage, onTheWay, f.Case.ID); err != nil {
			return fmt.Errorf("stage: %w", err)
		}
	}
	f.Case.Stage = stage
	if _, err := tx.indexCase(f); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if dueOf == nil {
		return nil
	}
	want := dueIn(f, dueOf)
	if err := tx.keepDue(f.Case.ID, have, want); err != nil {
		return err
	}
	return tx.keepTurned(f, want.Turned)
}
