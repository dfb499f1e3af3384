package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// ledgerRows bounds what is brought in at once: one transaction, all of it or nothing.
const ledgerRows = 3000

// LedgerAsked is a ledger with what a person said of it.
type LedgerAsked struct {
	Filename    string
	File        []byte
	District    string            // code: of rows that tell none
	Titles      map[string]string // title → field
	MappingName string            // the corrections are kept under, for the next ledger of the kind
}

// Fate is what becomes of a row that can be brought in.
type Fate string

// The fates.
const (
	FateNew      Fate = "新增"
	FateSame     Fate = "已有，相同"
	FateConflict Fate = "已有，不同"
)

// LedgerMatch is an accepted row with what the register has of it.
type LedgerMatch struct {
	ledgerread.Accepted
	Fate        Fate
	Entity      string // case or farm, where the register has it
	ID          int64
	Why         string       // by what it was found
	Differences []Difference // field, here, there
}

// LedgerPlan is what bringing a ledger in would do. Nothing is written.
type LedgerPlan struct {
	*ledgerread.Ledger
	Matches []LedgerMatch
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

// KeepLedger keeps an uploaded ledger for the pages that look through it; the next start of the server removes it.
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

// PlanLedger reads a ledger and looks up what the register has of its rows.
func (s *Service) PlanLedger(ctx context.Context, a registry.Actor, ask LedgerAsked) (p LedgerPlan, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return p, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return p, err
	}
	defer done()
	book, err := ledgerread.Open(ask.File, ask.Filename)
	if err != nil {
		return p, err
	}
	o := ledgerread.Options{Bureau: s.Bureau(), Law: s.Law(), District: ask.District, Titles: ask.Titles}
	if own := registry.DefaultBureau(); own.City.Code == o.Bureau.City.Code {
		o.Towns = registry.DefaultTowns()
	}
	if p.Ledger, err = ledgerread.ReadBook(ctx, book, o); err != nil {
		return p, err
	}
	p.withoutDistrict()
	sum := sha256.Sum256(ask.File)
	p.SHA256 = hex.EncodeToString(sum[:])
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		m := matcher{tx: tx, seen: map[string]int{}, rows: p.Accepted}
		for i := range p.Accepted {
			x, err := m.match(i)
			if err != nil {
				return err
			}
			p.Matches = append(p.Matches, x)
		}
		return nil
	})
	return p, err
}

// withoutDistrict rejects the rows that tell no district: the register keeps no record without one.
func (p *LedgerPlan) withoutDistrict() {
	kept := p.Accepted[:0]
	for _, x := range p.Accepted {
		if x.Record.DistrictCode != "" {
			kept = append(kept, x)
			continue
		}
		p.Rejected = append(p.Rejected, ledgerread.Rejected{Sheet: x.Sheet, Row: x.Row, Reason: "没有写明辖区：加一列“辖区”，或者在“列的对应”里为这些行选一个"})
	}
	p.Accepted = kept
}

// matcher finds what the register, or an earlier row, has of a row.
type matcher struct {
	tx   *store.Tx
	rows []ledgerread.Accepted
	seen map[string]int // what identifies a row → its place
}

func (m *matcher) match(i int) (x LedgerMatch, err error) {
	x = LedgerMatch{Accepted: m.rows[i], Fate: FateNew}
	rec := &x.Record
	if rec.Farms {
		err = m.farm(&x)
	} else {
		err = m.cas(&x)
	}
	if err != nil || x.Fate != FateNew {
		return x, err
	}
	key := rowKey(rec)
	before, twice := m.seen[key]
	if !twice {
		m.seen[key] = i
		return x, nil
	}
	x.Why, x.Fate = fmt.Sprintf("与工作表“%s”第 %d 行重复", m.rows[before].Sheet, m.rows[before].Row), FateConflict
	if reflect.DeepEqual(m.rows[before].Record, *rec) {
		x.Fate = FateSame
	}
	return x, nil
}

// rowKey identifies a row among those of one ledger: by its number, else by who, where, when and what.
func rowKey(rec *ledgerread.Record) string {
	if key := registry.DocNumberKey(rec.DecisionNumber); key != "" && !rec.Farms {
		return key
	}
	return strings.Join([]string{strconv.FormatBool(rec.Farms), registry.NameKey(rec.Party), registry.NameKey(rec.Farm), rec.DistrictCode, rec.FoundOn.String(), rec.DecidedOn.String(), rec.Number, registry.Fold(rec.Title)}, "|")
}

func (m *matcher) farm(x *LedgerMatch) error {
	rec := &x.Record
	same, err := m.tx.SameFarms(&registry.Farm{Name: rec.Farm, DistrictCode: rec.DistrictCode})
	if err != nil || len(same) == 0 {
		return err
	}
	farm, err := store.Farms.Get(m.tx, same[0].ID)
	if err != nil {
		return err
	}
	x.Entity, x.ID, x.Why = "farm", same[0].ID, same[0].Why
	x.compare("镇街", farm.Town, rec.Town)
	x.compare("地址", farm.Address, rec.Address)
	x.compare("畜种", farm.MainSpecies(), rec.Species)
	x.compare("存栏", countText(farm.MainHeads()), countText(rec.Heads))
	x.compare("排污许可或登记编号", farm.Permit.Number, rec.PermitNumber)
	x.settle()
	return nil
}

func countText(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// cas finds a case: by the number of its decision, by our own number of it, else by party, place, day and act.
func (m *matcher) cas(x *LedgerMatch) error {
	rec := &x.Record
	var ids []registry.CaseID
	if rec.DecisionNumber != "" {
		docs, err := m.tx.DocumentsNumbered(rec.DecisionNumber)
		if err != nil {
			return err
		}
		for _, d := range docs {
			ids, x.Why = append(ids, d.CaseID), "文号相同"
		}
	}
	if n, err := strconv.ParseInt(rec.OwnID, 10, 64); err == nil && len(ids) == 0 {
		if c, err := store.Cases.Get(m.tx, n); err == nil && c.Title == rec.Title && !c.IsVoid() {
			ids, x.Why = []registry.CaseID{c.ID}, "登记编号和案名相同"
		}
	}
	if len(ids) == 0 && rec.Party != "" {
		list, err := m.tx.CasesOfParty(rec.DistrictCode, rec.Party)
		if err != nil {
			return err
		}
		ids = list
	}
	files, err := m.tx.CaseFiles(ids)
	if err != nil {
		return err
	}
	for _, f := range files {
		if x.Why == "" && !sameAct(f, rec) || f.Case.IsVoid() {
			continue
		}
		if x.Why == "" {
			x.Why = "当事人、辖区和日期相同"
		}
		x.Entity, x.ID = "case", int64(f.Case.ID)
		x.compareCase(f)
		x.settle()
		return nil
	}
	x.Why = ""
	return nil
}

// sameAct tells that a case of the party is of the same day as the row, by one of the days that both know, and of no other decision.
func sameAct(f *registry.CaseFile, rec *ledgerread.Record) bool {
	if d, ok := f.Document(registry.DocDecision); ok && d.Number != "" && rec.DecisionNumber != "" {
		return false
	}
	for _, days := range [][2]registry.Date{{f.DecidedOn(), rec.DecidedOn}, {f.FiledOn(), rec.FiledOn}, {f.Case.FoundOn, rec.FoundOn}} {
		if !days[0].IsZero() && days[0] == days[1] {
			return true
		}
	}
	return f.Case.Title == rec.Title && rec.DecidedOn.IsZero() && rec.FiledOn.IsZero() && rec.FoundOn.IsZero()
}

// compare notes a difference where both sides say something.
func (x *LedgerMatch) compare(field, here, there string) {
	if here != "" && there != "" && registry.Fold(here) != registry.Fold(there) {
		x.Differences = append(x.Differences, Difference{Side: Different, Row: x.Row, Field: field, Here: here, There: there})
	}
}

func (x *LedgerMatch) settle() {
	if x.Fate = FateSame; len(x.Differences) > 0 {
		x.Fate = FateConflict
	}
}

func (x *LedgerMatch) compareCase(f *registry.CaseFile) {
	rec := &x.Record
	p, name, ok := f.MainParty()
	if ok && registry.NameKey(p.Name) != registry.NameKey(rec.Party) && registry.NameKey(p.PublicName) != registry.NameKey(rec.Party) {
		x.compare("当事人", name, rec.Party)
	}
	x.compare("统一社会信用代码", p.CreditCode, rec.Code)
	x.compare("辖区", f.Case.DistrictCode, rec.DistrictCode)
	x.compare("决定日期", f.DecidedOn().String(), rec.DecidedOn.String())
	x.compare("立案日期", f.FiledOn().String(), rec.FiledOn.String())
	x.compare("发现日期", f.Case.FoundOn.String(), rec.FoundOn.String())
	if fines := f.Fines(); rec.Fine != nil && fines.Unknown == 0 && fines.Known > 0 && fines.Total != *rec.Fine {
		x.compare("罚款", fines.Total.String()+" 元", rec.Fine.String()+" 元")
	}
}

// ImportLedger brings in what is new of a ledger, in one transaction: all of it or nothing. The batch says what it made. A ledger that brings nothing new is no batch.
func (s *Service) ImportLedger(ctx context.Context, a registry.Actor, ask LedgerAsked) (p LedgerPlan, batch registry.LedgerBatch, err error) {
	if p, err = s.PlanLedger(ctx, a, ask); err != nil {
		return p, batch, err
	}
	n := p.Count(FateNew)
	switch {
	case n == 0:
		return p, batch, nil
	case n > ledgerRows:
		return p, batch, registry.Invalid("file", "要新增的有 %d 行，一次最多 %d 行，请分年度或分单位导入", n, ledgerRows)
	}
	err = s.writeAlone(ctx, a, func(tx *store.Tx) error {
		batch = registry.LedgerBatch{Filename: registry.CleanText(ask.Filename), SHA256: p.SHA256, MappingName: registry.CleanText(ask.MappingName), Mapping: p.mapping(),
			Rejected: len(p.Rejected), Ignored: len(p.Ignored), Same: p.Count(FateSame), By: a.Username, At: s.now()}
		im := ledgerImporter{b: Bulk{s: s, tx: tx, a: act{actor: a, detail: "导入台账 " + batch.Filename}}, batch: &batch, parties: map[string]registry.PartyID{}}
		for i := range p.Matches {
			x := &p.Matches[i]
			if x.Fate != FateNew {
				continue
			}
			if err := im.row(x); err != nil {
				return rowError(x, err)
			}
		}
		return tx.AddLedgerBatch(&batch)
	})
	return p, batch, err
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
	return registry.Invalid("file", "工作表“%s”第 %d 行：%s。全部没有导入；请改正或删去这一行再导入", x.Sheet, x.Row, strings.TrimSuffix(why, "。"))
}

// DifferenceWords are the differences in a line: ；罚款：本册 20,000 元，台账 30,000 元.
func (x *LedgerMatch) DifferenceWords() (words string) {
	for _, d := range x.Differences {
		words += "；" + d.Field + "：本册 " + d.Here + "，台账 " + d.There
	}
	return words
}
