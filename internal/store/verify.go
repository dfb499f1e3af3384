package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebook/internal/registry"

	"golang.org/x/sync/errgroup"
)

// VerifyReport is what verify found. Defects are Chinese sentences; an empty list means all is well.
type VerifyReport struct {
	AuditEntries int64
	Cases        int64
	Rows         int64 // compared with their histories
	Attachments  int64
	StatuteTexts int64
	LawTexts     int64
	Defects      []string
	Since        *VerifySince `json:",omitempty"` // of one that began at an earlier one; nil: all was verified
	Note         string       `json:",omitempty"` // what else is to be said
}

// Verify is VerifyTelling without the comparison of rows with their histories, and of facts.
func (db *DB) Verify(ctx context.Context, rehash func(text string) string, dueOf func(*registry.CaseFile) Due) (VerifyReport, error) {
	v := verification{rehash: rehash, dueOf: dueOf, tell: func(VerifyProgress) {}}
	return v.run(ctx, db)
}

// listed adds to a list of defects.
func listed(list *[]string) func(format string, args ...any) {
	return func(format string, args ...any) { *list = append(*list, fmt.Sprintf(format, args...)) }
}

// VerifyProgress is how far a verification is: of the audit entries first, then of the cases, the other rows, and at last of the file's pages, of which it does not know.
type VerifyProgress struct {
	Doing     string
	Done, All int64 // 0 and 0 where it cannot tell
}

// VerifyTelling checks the database file, its references, the audit chain, every row against its history, every case's stage, every attachment's content and every
// kept statute text and imported law. rehash is the catalogue's hash of a text, dueOf what a case has due, factOf its fact; nil leaves that out. It tells how far it is, a few
// times for every thousand records, and ends early where ctx does.
func (db *DB) VerifyTelling(ctx context.Context, rehash func(text string) string, dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact,
	tell func(VerifyProgress)) (VerifyReport, error) {
	v := verification{rehash: rehash, dueOf: dueOf, factOf: factOf, records: true, tell: tell}
	return v.run(ctx, db)
}

// verification is one of a whole register.
type verification struct {
	rehash  func(text string) string
	dueOf   func(*registry.CaseFile) Due
	factOf  func(*registry.CaseFile) registry.CaseFact
	records bool // rows are compared with their histories
	tell    func(VerifyProgress)

	report                                    VerifyReport // without its defects, which are, in their order:
	structure, chain, ofCases, beside, ofRows []string
}

// run verifies in two parts, each in a snapshot of its own: neither compares what the other read. More at once would take more memory.
func (v *verification) run(ctx context.Context, db *DB) (VerifyReport, error) {
	parts, reading := errgroup.WithContext(ctx)
	parts.Go(func() error { return db.Read(reading, v.verifyBeside) })
	parts.Go(func() error {
		err := db.Read(reading, v.verifyRecords)
		if err == nil {
			v.tell(VerifyProgress{Doing: "数据文件结构"})
		}
		return err
	})
	err := parts.Wait()
	r := v.report
	if err != nil {
		return r, err
	}
	r.Defects = slices.Concat(v.structure, v.chain, v.ofCases, v.beside)
	err = db.verifyFiles(ctx, &r, listed(&r.Defects))
	r.Defects = append(r.Defects, v.ofRows...)
	return r, err
}

// verifyRecords walks the chain, and compares what is derived of cases with them, and the rows with what the chain says of them.
func (v *verification) verifyRecords(tx *Tx) error {
	tx.cited.many = true
	seq, _, err := tx.AuditHead()
	if err != nil {
		return err
	}
	if v.records {
		if tx.sums, err = tx.newRowSums(); err != nil {
			return err
		}
	}
	r := &v.report
	if r.AuditEntries, v.chain, err = tx.verifyChain(0, "", func(done int64) { v.tell(VerifyProgress{"审计记录和历史", done, seq}) }); err != nil {
		return err
	}
	var cases int64
	if err := tx.one([]any{&cases}, "SELECT COUNT(*) FROM cases"); err != nil {
		return err
	}
	r.Cases, v.ofCases = 0, nil
	if err := tx.verifyStages(r, v.dueOf, v.factOf, listed(&v.ofCases), func() { v.tell(VerifyProgress{"案件", r.Cases, cases}) }); err != nil || !v.records {
		return err
	}
	r.Rows, v.ofRows, err = tx.verifyRows(v.tell)
	return err
}

// verifyBeside verifies the database file, and what is kept beside records.
func (v *verification) verifyBeside(tx *Tx) error {
	whole := *tx // one statement that reads the whole file takes a quarter of all the time: who gives up does not wait for its end
	whole.ctx = tx.caller
	v.structure, v.beside = nil, nil
	if err := whole.conn.engine.verifyStructure(&whole, listed(&v.structure)); err != nil {
		return err
	}
	return tx.verifyKept(&v.report, v.rehash, listed(&v.beside))
}

// differing are, of two lists that hold a row once each, the rows that one of them alone has: these columns of them, in order. Each list is made once; with EXCEPT either way
// it was made twice.
func differing(told, columns, anew, kept string) string {
	order := []string{"1", "1, 2", "1, 2, 3"}[strings.Count(told, ",")]
	return fmt.Sprintf("SELECT DISTINCT %s FROM (SELECT %s FROM (%s) AS a UNION ALL SELECT %[2]s FROM (%[4]s) AS k) AS each_row GROUP BY %[2]s HAVING COUNT(*) = 1 ORDER BY %[5]s LIMIT %[6]d",
		told, columns, anew, kept, order, mostDefects)
}

// verifyKept compares what is kept beside records with the records, and the texts of laws with their hashes.
func (tx *Tx) verifyKept(r *VerifyReport, rehash func(text string) string, bad func(string, ...any)) error {
	if err := tx.each(func(rows *sql.Rows) error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		bad("检查 %d 是否已有案件的标记与案件不符", id)
		return nil
	}, `SELECT i.id FROM inspections i WHERE (i.cased = 1) <> EXISTS (SELECT 1 FROM case_inspections ci JOIN cases c ON c.id = ci.case_id
			WHERE ci.inspection_id = i.id AND c.voided = '') LIMIT 20`); err != nil {
		return err
	}
	r.StatuteTexts, r.LawTexts = 0, 0
	for _, check := range []func(bad func(string, ...any)) error{
		tx.verifyVoided, tx.verifyTallies, tx.verifyDesks, tx.verifyDayTallies, tx.verifyCells, tx.verifyRepeats, tx.verifyPartyKeys, tx.verifyBranches, tx.verifyNumbers,
		tx.verifyNameKeys, tx.verifyGuardNames, tx.verifyPublic, tx.verifyNotices, tx.verifySheets, tx.verifyHeads,
	} {
		if err := check(bad); err != nil {
			return err
		}
	}
	if err := tx.verifyLawTexts(r, bad); err != nil {
		return err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var law string
		err := rows.Scan(&law)
		bad("案件所引的《%s》条文没有留存文本", law)
		return err
	}, "SELECT DISTINCT p.law FROM provisions p LEFT JOIN statute_texts t ON t.hash = p.text_hash WHERE p.text_hash <> '' AND t.hash IS NULL ORDER BY p.law LIMIT 20"); err != nil {
		return err
	}
	return tx.each(func(rows *sql.Rows) error {
		var hash, law, provision, text string
		if err := rows.Scan(&hash, &law, &provision, &text); err != nil {
			return err
		}
		r.StatuteTexts++
		if rehash(text) != hash {
			bad("《%s》%s的留存文本与其摘要不符", law, provision)
		}
		return nil
	}, "SELECT hash, law, provision, text FROM statute_texts")
}

func (tx *Tx) verifyStages(r *VerifyReport, dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact, bad func(string, ...any), tell func()) error {
	verify, err := tx.caseVerifier(r, dueOf, factOf, bad)
	if err != nil {
		return err
	}
	var after registry.CaseID
	for {
		ids, err := tx.CaseIDs(CaseFilter{IncludeVoided: true}, after, 500)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		tell()
		if err := verify(ids); err != nil {
			return err
		}
	}
}

// caseVerifier compares what is derived of cases with their records.
func (tx *Tx) caseVerifier(r *VerifyReport, dueOf func(*registry.CaseFile) Due, factOf func(*registry.CaseFile) registry.CaseFact, bad func(string, ...any)) (verify func(ids []registry.CaseID) error, err error) {
	kinds, err := tx.Kinds()
	if err != nil {
		return nil, err
	}
	missing, err := tx.DaysMissing()
	return func(ids []registry.CaseID) error {
		files, err := tx.verifiedFiles(ids)
		if err != nil {
			return err
		}
		if err := tx.verifyDue(files, dueOf, bad); err != nil {
			return err
		}
		if !missing {
			if err := tx.verifyCounted(files, bad); err != nil {
				return err
			}
		}
		if err := tx.verifyFacts(files, factOf, bad); err != nil {
			return err
		}
		for _, f := range files {
			r.Cases++
			if want := registry.StageOf(f.Documents, kinds...); f.Case.Stage != want {
				bad("案件 %d 的阶段记为“%s”，按文书应为“%s”", f.Case.ID, f.Case.Stage, want)
			}
		}
		return nil
	}, err
}

// verifiedFiles are CountedFiles. Where rows are compared with their histories, those that belong to cases are, as they are read for these.
func (tx *Tx) verifiedFiles(ids []registry.CaseID) ([]*registry.CaseFile, error) {
	if tx.sums == nil {
		return tx.CountedFiles(ids)
	}
	files, err := tx.caseFiles(ids, forCounts|asRecords)
	for _, f := range files {
		err = errors.Join(err, tx.sums.file(f))
	}
	return files, err
}

// verifyNameKeys compares the keys by which duplicates are found with the names.
func (tx *Tx) verifyNameKeys(bad func(string, ...any)) error {
	return tx.each(func(rows *sql.Rows) error {
		var id int64
		var name, public, nameKey, publicKey string
		err := rows.Scan(&id, &name, &public, &nameKey, &publicKey)
		if err == nil && (nameKey != registry.NameKey(name) || publicKey != registry.NameKey(public)) {
			bad("当事人 %d 的名称“%s”记为“%s”，应为“%s”", id, name, nameKey, registry.NameKey(name))
		}
		return err
	}, "SELECT id, name, public_name, name_key, public_key FROM parties ORDER BY id")
}

func (db *DB) verifyFiles(ctx context.Context, r *VerifyReport, bad func(string, ...any)) error {
	var hashes []string
	if err := db.Read(ctx, func(tx *Tx) error {
		return tx.each(func(rows *sql.Rows) error {
			var h string
			err := rows.Scan(&h)
			hashes = append(hashes, h)
			return err
		}, "SELECT DISTINCT sha256 FROM attachments")
	}); err != nil {
		return err
	}
	for _, want := range hashes {
		r.Attachments++
		db.verifyFile(want, bad)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) verifyFile(want string, bad func(string, ...any)) {
	f, err := db.OpenFile(want)
	if err != nil {
		bad("附件 %s… 的文件缺失", want[:12])
		return
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	_ = f.Close()
	if err != nil || hex.EncodeToString(h.Sum(nil)) != want {
		bad("附件 %s… 的内容已改变", want[:12])
	}
}
