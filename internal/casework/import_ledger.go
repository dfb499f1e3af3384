package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// LedgerAsked is a ledger with what a person said of it.
type LedgerAsked struct {
	Filename    string
	File        []byte
	District    string            // code: of rows that tell none
	Titles      map[string]string // title → field
	MappingName string            // the corrections are kept under, for the next ledger of the kind
	Choices     LedgerChoices
}

// LedgerChoices are what a person chose of the rows that the register has something of.
type LedgerChoices struct {
	All  map[Fate]bool    // all rows of a fate update their records
	Rows map[string]bool  // and single rows, by their keys, do or do not
	Near map[string]int64 // the key of a name → the entry of the register that it is
	Seen string           // what the person saw of the records that there are: LedgerPlan.Seen; empty: nobody looked
}

// updates tells whether a row is to update the record that it is of.
func (c LedgerChoices) updates(x *LedgerMatch) bool {
	if chosen, ok := c.Rows[x.Key()]; ok {
		return chosen
	}
	return c.All[x.Fate]
}

// Fate is what becomes of a row that can be brought in.
type Fate string

// The fates.
const (
	FateNew      Fate = "新增"
	FateSame     Fate = "已有，相同"
	FateUpdate   Fate = "已有，可补充" // the register has nothing where the ledger says something
	FateConflict Fate = "已有，不同"
)

// LedgerMatch is an accepted row with what the register has of it.
type LedgerMatch struct {
	ledgerread.Accepted
	Fate        Fate
	Entity      string // case, farm or inspection, where the register has it
	ID          int64
	Why         string // by what it was found
	Differences []LedgerDifference
}

// Key names a row on a form.
func (x *LedgerMatch) Key() string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(x.Sheet))
	return fmt.Sprintf("%08x.%d", h.Sum32(), x.Row)
}

// Updatable tells whether something of the row can be brought into the record.
func (x *LedgerMatch) Updatable() bool {
	return slices.ContainsFunc(x.Differences, func(d LedgerDifference) bool { return d.Fixed == "" })
}

// LedgerPlan is what bringing a ledger in would do. Nothing is written.
type LedgerPlan struct {
	*ledgerread.Ledger
	Matches []LedgerMatch
	Near    []NearName
	SHA256  string
}

// Count is how many rows have a fate.
func (p *LedgerPlan) Count(f Fate) (n int) {
	for i := range p.Matches {
		if p.Matches[i].Fate == f {
			n++
		}
	}
	return n
}

// Seen tells the differences of a plan apart from those of another: what a person chose is of what was shown, and not of what somebody wrote meanwhile.
func (p *LedgerPlan) Seen() string {
	h := fnv.New64a()
	for i := range p.Matches {
		if x := &p.Matches[i]; x.Updatable() {
			_, _ = fmt.Fprintf(h, "%s %s %d %s\n", x.Key(), x.Entity, x.ID, x.DifferenceWords())
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// stale tells that a row is to update a record that is not as it was shown any more.
func (p *LedgerPlan) stale(c LedgerChoices) bool {
	return c.Seen != "" && c.Seen != p.Seen() && slices.ContainsFunc(p.Matches, func(x LedgerMatch) bool { return x.Updatable() && c.updates(&x) })
}

// Chosen is how many rows are written: those that are new, and those that are to update a record.
func (p *LedgerPlan) Chosen(c LedgerChoices) (n int) {
	for i := range p.Matches {
		if x := &p.Matches[i]; x.Fate == FateNew || x.Updatable() && c.updates(x) {
			n++
		}
	}
	return n
}

// KeepLedger keeps an uploaded ledger for the pages that look through it; the next start of the server removes it, unless a job is to bring it in.
func (s *Service) KeepLedger(a registry.Actor, r io.Reader) (name string, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return "", err
	}
	name, _, err = s.db.SaveFile(r, ledgerread.MaxFile)
	return name, err
}

// KeptLedger is an uploaded ledger.
func (s *Service) KeptLedger(a registry.Actor, name string) ([]byte, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return nil, err
	}
	f, err := s.db.OpenFile(name)
	if registry.KindOf(err) == registry.KindNotFound {
		return nil, &registry.Error{Kind: registry.KindNotFound, Message: "上传的台账已经清理（系统重新启动过），请重新上传。"}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	return io.ReadAll(io.LimitReader(f, ledgerread.MaxFile+1))
}

// PlanLedger reads a ledger and looks up what the register has of its rows. Nothing is written.
func (s *Service) PlanLedger(ctx context.Context, a registry.Actor, ask LedgerAsked) (p LedgerPlan, err error) {
	done, err := s.whole(ctx)
	if err != nil {
		return p, err
	}
	defer done()
	if p, err = s.readLedger(ctx, a, ask); err != nil {
		return p, err
	}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		p.Matches = nil
		tx.Confine(a.Branch) // a row of another branch's record is told here, not when all is written
		tx.Narrow(nil)       // and that a number is taken, also by a case that the asker may not see
		if err := firstError(p.match(tx, s, a, ask.Choices), narrow(tx, a)); err != nil {
			return err
		}
		p.Near, err = s.nearNames(tx, p.Matches, ask.Choices.Near)
		return err
	})
	return p, err
}

// readLedger reads a ledger without asking the register of its rows.
func (s *Service) readLedger(ctx context.Context, a registry.Actor, ask LedgerAsked) (p LedgerPlan, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return p, err
	}
	if _, ok := s.Bureau().District(ask.District); !ok && ask.District != "" {
		return p, registry.Invalid("district", "“%s”不是%s的县（市、区）代码", ask.District, s.Bureau().City.Name)
	}
	book, err := ledgerread.Open(ask.File, ask.Filename)
	if err != nil {
		return p, err
	}
	if p.Ledger, err = ledgerread.ReadBook(ctx, book, ledgerread.Options{Bureau: s.Bureau(), Towns: s.towns(), Law: s.Law(), District: ask.District, Titles: ask.Titles}); err != nil {
		return p, err
	}
	p.ownDistricts(a.Branch, s.Bureau())
	sum := sha256.Sum256(ask.File)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, nil
}

// towns are those of the bureau's districts, where they are known.
func (s *Service) towns() map[string][]string {
	if registry.DefaultBureau().City.Code == s.Bureau().City.Code {
		return registry.DefaultTowns()
	}
	return nil
}

// ownDistricts rejects the rows that tell no district, since the register keeps no record without one, and those of a district that the branch of the asker does not write in.
func (p *LedgerPlan) ownDistricts(own *registry.Branch, b *registry.Bureau) {
	kept := p.Accepted[:0]
	for _, x := range p.Accepted {
		var why string
		switch code := x.Record.DistrictCode; {
		case code == "":
			why = "没有写明辖区：加一列“辖区”，或者在“列的对应”里为这些行选一个"
		case own != nil && !own.Holds(code):
			why = "这一行是" + b.DistrictName(code) + "的，您的账号属于" + own.Name + "，只能导入本分局的；请交市局或该分局导入"
		default:
			kept = append(kept, x)
			continue
		}
		p.Rejected = append(p.Rejected, ledgerread.Rejected{Sheet: x.Sheet, Row: x.Row, Reason: why})
	}
	p.Accepted = kept
	at := map[string]int{}
	for i := range p.Sheets {
		at[p.Sheets[i].Name] = i
	}
	slices.SortStableFunc(p.Rejected, func(a, b ledgerread.Rejected) int { return cmp.Or(at[a.Sheet]-at[b.Sheet], a.Row-b.Row) })
}

// ImportLedger brings in what is new of a ledger, and what a person chose to update, in one transaction: all of it or nothing. The batch says what it made and what it changed.
// A ledger that brings nothing is no batch.
func (s *Service) ImportLedger(ctx context.Context, a registry.Actor, ask LedgerAsked) (p LedgerPlan, batch registry.LedgerBatch, err error) {
	done, err := s.whole(ctx)
	if err != nil {
		return p, batch, err
	}
	defer done()
	return s.importLedger(ctx, a, ask, ledgerRun{})
}

// ledgerRun is what a job wants to be told of an import, and does at its end in the same transaction: the job is done exactly if its rows are there.
type ledgerRun struct {
	tell func(doing string, done, total int)
	end  func(tx *store.Tx, batch *registry.LedgerBatch) error
}

func (r ledgerRun) at(doing string, done, total int) {
	if r.tell != nil {
		r.tell(doing, done, total)
	}
}

func (s *Service) importLedger(ctx context.Context, a registry.Actor, ask LedgerAsked, run ledgerRun) (p LedgerPlan, batch registry.LedgerBatch, err error) {
	run.at("读取台账", 0, 0)
	if p, err = s.readLedger(ctx, a, ask); err != nil {
		return p, batch, err
	}
	err = s.writeAlone(ctx, a, func(tx *store.Tx) error {
		p.Matches = nil // what the register has is asked where it is written: the same file sent twice at once comes in once
		run.at("与登记册核对", 0, 0)
		if err := p.match(tx, s, a, ask.Choices); err != nil {
			return err
		}
		if p.stale(ask.Choices) {
			return registry.Invalid("file", "您查看结论以后，登记册里要更新的记录有了改动，没有写入。请按现在的结论再选一次")
		}
		batch = registry.LedgerBatch{Filename: registry.CleanText(ask.Filename), SHA256: p.SHA256, MappingName: registry.CleanText(ask.MappingName), Mapping: p.mapping(),
			Rejected: len(p.Rejected), Ignored: len(p.Ignored), Same: p.Count(FateSame), By: a.Username, At: s.now()}
		im := ledgerImporter{b: Bulk{s: s, tx: tx, a: act{actor: a, detail: "导入台账 " + batch.Filename}}, batch: &batch, near: ask.Choices.Near, parties: map[string]registry.PartyID{}, organs: map[string]registry.OrganID{}}
		for i := range p.Matches {
			if i%50 == 0 {
				run.at("写入", i, len(p.Matches))
				if err := s.soFar(ctx, tx, i); err != nil {
					return err
				}
			}
			x := &p.Matches[i]
			write := im.row
			switch {
			case x.Fate == FateNew:
			case x.Updatable() && ask.Choices.updates(x):
				write = im.update
			default:
				if x.Fate != FateSame {
					batch.Kept++
				}
				continue
			}
			if err := write(x); err != nil {
				return rowError(x, err)
			}
		}
		if len(batch.Rows) > 0 {
			run.at("结算期限和统计", len(p.Matches), len(p.Matches))
			if err := tx.AddLedgerBatch(&batch); err != nil {
				return err
			}
		}
		if run.end != nil {
			return run.end(tx, &batch)
		}
		return nil
	})
	return p, batch, err
}

// settledAtOnce is after how many records of a long transaction their history is written, so that it need not be held to the end.
const settledAtOnce = 500

// soFar goes on with a long transaction unless its caller has gone, and settles what it has written.
func (s *Service) soFar(ctx context.Context, tx *store.Tx, n int) error {
	if err := ctx.Err(); err != nil || n%settledAtOnce != 0 {
		return err
	}
	return tx.Part(s.due, s.fact)
}

// mapping is how the columns were understood, all of them: what was recognised by its values need not be in the next ledger.
func (p *LedgerPlan) mapping() map[string]string {
	titles := map[string]string{}
	for i := range p.Sheets {
		for _, c := range p.Sheets[i].Columns {
			titles[c.Title] = c.Field
		}
	}
	return titles
}

// rowError says which row kept the ledger from being brought in.
func rowError(x *LedgerMatch, err error) error {
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != registry.KindInvalid && e.Kind != registry.KindConflict {
		return err
	}
	why := e.Message
	if len(e.Fields) > 0 {
		why = e.Fields[0].Message
	}
	return registry.Invalid("file", "工作表“%s”第 %d 行：%s。全部没有导入；请改正或删去这一行（更新已有记录的，选“不更新”）再导入", x.Sheet, x.Row, strings.TrimSuffix(why, "。"))
}

// DifferenceWords are the differences in a line: ；罚款：本册 20,000 元，台账 30,000 元.
func (x *LedgerMatch) DifferenceWords() (words string) {
	for _, d := range x.Differences {
		here := d.Here
		if here == "" {
			here = "没有"
		}
		words += "；" + d.Field + "：本册 " + here + "，台账 " + d.There
		if d.Fixed != "" {
			words += "（" + d.Fixed + "，不能更新）"
		}
	}
	return words
}
