package casework

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Audit lists audit entries, newest first.
func (s *Service) Audit(ctx context.Context, a registry.Actor, f store.AuditFilter) (list []registry.AuditEntry, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		list, err = tx.AuditEntries(f)
		return err
	})
	return list, err
}

// AuditWords are the nouns and the acts that the log knows, for its filters.
func (s *Service) AuditWords(ctx context.Context, a registry.Actor) (nouns, acts []string, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		nouns, acts, err = tx.AuditWords()
		return err
	})
	return nouns, append([]string{"新建", "修改"}, acts...), err
}

// AuditRecord finds the record that a list of the log is narrowed to: by its id, or by the number of a case, a document or an inspection. entity is
// the noun that was chosen; where none was, a number brings its own.
func (s *Service) AuditRecord(ctx context.Context, a registry.Actor, entity, typed string) (noun string, id int64, err error) {
	if n, err := strconv.ParseInt(typed, 10, 64); err == nil && n > 0 {
		return entity, n, nil
	}
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		noun, id, err = tx.RecordNumbered(typed)
		return err
	})
	switch {
	case registry.KindOf(err) == registry.KindNotFound:
		return "", 0, registry.Invalid("record", "没有编号或文号为“%s”的案件、文书或检查。可以填记录的编号（网址里的数字），或完整的文号", typed)
	case err != nil:
		return "", 0, err
	case entity != "" && entity != noun:
		return "", 0, registry.Invalid("record", "“%s”是%s的编号，与所选的对象不符", typed, nounName(noun))
	}
	return noun, id, nil
}

func nounName(entity string) string {
	n, _ := registry.NounOf(entity)
	return n.Name
}

// AuditChanges are what entries of the log changed, by their number: entries with a record are there, with the fields that differ from the version before.
func (s *Service) AuditChanges(ctx context.Context, a registry.Actor, entries []registry.AuditEntry) (changes map[int64]Change, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		changes, err = auditChanges(tx, entries)
		return err
	})
	return changes, err
}

func auditChanges(tx *store.Tx, entries []registry.AuditEntry) (map[int64]Change, error) {
	var seqs []int64
	wanted := map[int64]bool{}
	for _, e := range entries {
		if e.Digest != "" {
			seqs, wanted[e.Seq] = append(seqs, e.Seq), true
		}
	}
	revisions, err := tx.RevisionsAt(seqs)
	if err != nil {
		return nil, err
	}
	m := map[int64]Change{}
	for _, c := range Changes(withoutTwins(revisions)) {
		if wanted[c.AuditSeq] {
			m[c.AuditSeq] = c
		}
	}
	return m, nil
}

// withoutTwins leaves one of each revision: what came before one entry may be another entry itself.
func withoutTwins(list []registry.Revision) []registry.Revision {
	seen := map[int64]bool{}
	return slices.DeleteFunc(list, func(r registry.Revision) bool {
		was := seen[r.AuditSeq]
		seen[r.AuditSeq] = true
		return was
	})
}

// AuditFound is a batch of an export of the log: entries, newest first, and what each changed.
type AuditFound struct {
	Entries []registry.AuditEntry
	Changes map[int64]Change
}

// auditBatch is how many entries an export holds at a time.
const auditBatch = 500

// ExportAudit hands write all entries of a filter, newest first, in one read snapshot. That the log was exported stands in the log first, and as its newest entry in
// the export where the filter holds it. words are the filter in words.
func (s *Service) ExportAudit(ctx context.Context, a registry.Actor, f store.AuditFilter, words []string, write func(asOf time.Time, batches iter.Seq2[AuditFound, error]) error) error {
	if err := a.May(registry.PermAuditRead); err != nil {
		return err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer done()
	now := s.now()
	if err := s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: now, Action: "导出", Entity: "audit", Detail: strings.TrimSpace("审计日志 " + strings.Join(words, "；"))}, nil)
	}); err != nil {
		return err
	}
	return s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		return write(now, func(yield func(AuditFound, error) bool) {
			f := f
			for f.Limit = auditBatch; ; {
				list, err := tx.AuditEntries(f)
				found := AuditFound{Entries: list}
				if err == nil {
					found.Changes, err = auditChanges(tx, list)
				}
				if err != nil || len(list) > 0 {
					if !yield(found, err) || err != nil {
						return
					}
				}
				if len(list) < auditBatch {
					return
				}
				f.Before = list[len(list)-1].Seq
			}
		})
	})
}
