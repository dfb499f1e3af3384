package casework

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// matchedAtOnce is how many rows' cases are read together.
const matchedAtOnce = 100

// matcher finds what the register, or an earlier row, has of the rows.
type matcher struct {
	tx    *store.Tx
	law   *statute.Catalogue
	near  map[string]int64
	hides bool                    // what another branch handles
	seen  map[string]*LedgerMatch // by what identifies a row
	of    map[string]*LedgerMatch // by the record that a row is of
}

// match looks up what the register has of the rows.
func (p *LedgerPlan) match(tx *store.Tx, s *Service, a registry.Actor, chosen LedgerChoices) error {
	m := matcher{tx: tx, law: s.Law(), hides: a.Branch != nil && s.Bureau().OwnBranchOnly, near: chosen.Near, seen: map[string]*LedgerMatch{}, of: map[string]*LedgerMatch{}}
	p.Matches = make([]LedgerMatch, len(p.Accepted))
	for at := 0; at < len(p.Accepted); at += matchedAtOnce {
		few := p.Matches[at:min(at+matchedAtOnce, len(p.Accepted))]
		for i := range few {
			few[i] = LedgerMatch{Accepted: p.Accepted[at+i], Fate: FateNew}
		}
		if err := m.few(few); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) few(list []LedgerMatch) error {
	candidates, all := make([][]registry.CaseID, len(list)), []registry.CaseID{}
	for i := range list {
		var err error
		switch x := &list[i]; {
		case x.Record.Farms:
			err = m.farm(x)
		case x.Record.Visits:
			err = m.visit(x)
		default:
			candidates[i], err = m.candidates(x)
			all = append(all, candidates[i]...)
		}
		if err != nil {
			return err
		}
	}
	slices.Sort(all)
	read, err := m.tx.CaseFiles(slices.Compact(all))
	if err != nil {
		return err
	}
	files := map[registry.CaseID]*registry.CaseFile{}
	for _, f := range read {
		files[f.Case.ID] = f
	}
	for i := range list {
		x := &list[i]
		if !x.Record.Farms && !x.Record.Visits {
			m.among(x, candidates[i], files)
		}
		if x.Fate == FateNew {
			m.repeated(x)
			continue
		}
		if err := m.mayUpdate(x); err != nil {
			return err
		}
	}
	return nil
}

// mayUpdate keeps a row from what its record may not take: a second row of it would bring in what the first did, and one of another branch, or of another party's code, is
// not this person's to change.
func (m *matcher) mayUpdate(x *LedgerMatch) error {
	key := fmt.Sprintf("%s %d", x.Entity, x.ID)
	why := ""
	if before := m.of[key]; before != nil && x.Updatable() {
		x.Why += fmt.Sprintf("，与工作表“%s”第 %d 行是同一条", before.Sheet, before.Row)
		why = "同一条记录只按前一行更新"
	}
	if m.of[key] == nil {
		m.of[key] = x
	}
	err := m.tx.MayWrite(x.Entity, x.ID)
	if registry.KindOf(err) == registry.KindForbidden {
		why, err = "别的分局办理的，您的账号不能更新", nil
	}
	if err != nil {
		return err
	}
	for i := range x.Differences {
		d := &x.Differences[i]
		if why == "" && d.Field == fieldCode && d.Fixed == "" {
			same, err := m.tx.SimilarParties(&registry.Party{CreditCode: x.Record.Code})
			if err != nil {
				return err
			}
			for k := range same {
				if same[k].CreditCode == x.Record.Code && int64(same[k].ID) != d.edit.id {
					d.Fixed = fmt.Sprintf("当事人 %d 已用这个代码，请先核对是否同一个", same[k].ID)
				}
			}
		}
		d.Fixed = cmp.Or(d.Fixed, why)
	}
	return nil
}

// repeated finds an earlier row of the same.
func (m *matcher) repeated(x *LedgerMatch) {
	key := rowKey(&x.Record)
	before := m.seen[key]
	if before == nil {
		m.seen[key] = x
		return
	}
	x.Why, x.Fate = fmt.Sprintf("与工作表“%s”第 %d 行重复", before.Sheet, before.Row), FateConflict
	if reflect.DeepEqual(before.Record, x.Record) {
		x.Fate = FateSame
	}
}

// rowKey identifies a row among those of one ledger: by its number, else by who, where, when and what.
func rowKey(rec *ledgerread.Record) string {
	if key := registry.DocNumberKey(rec.DecisionNumber); key != "" && !rec.Farms {
		return key
	}
	return strings.Join([]string{strconv.FormatBool(rec.Farms), registry.NameKey(rec.Party), registry.NameKey(rec.Farm), rec.DistrictCode, rec.FoundOn.String(), rec.DecidedOn.String(), rec.Number, registry.Fold(rec.Title)}, "|")
}

// chosenNear says that a person chose which farm a row is of.
const chosenNear = "您选定的"

// farm finds a farm of a list of farms: by its name and district, or because a person said which it is.
func (m *matcher) farm(x *LedgerMatch) error {
	rec := &x.Record
	id, why := m.near[nearKey("farm", rec)], chosenNear
	if id == 0 {
		same, err := m.tx.SameFarms(&registry.Farm{Name: rec.Farm, DistrictCode: rec.DistrictCode})
		if err != nil || len(same) == 0 {
			return err
		}
		id, why = same[0].ID, same[0].Why
	}
	farm, err := store.Farms.Get(m.tx, id)
	if err != nil {
		return err
	}
	if farm.IsVoid() || farm.MergedInto != 0 {
		return registry.Conflict("所选的养殖场“%s”已作废或并入别的，请重新选择。", farm.Name)
	}
	x.Entity, x.ID, x.Why = "farm", id, why
	x.compareFarm(&farm)
	x.settle()
	return nil
}

// candidates are the cases that a row may be of: by the number of its decision, by our own number of it, else those of its party or its farm.
func (m *matcher) candidates(x *LedgerMatch) (ids []registry.CaseID, err error) {
	rec := &x.Record
	if rec.DecisionNumber != "" {
		docs, err := m.tx.DocumentsNumbered(rec.DecisionNumber)
		if err != nil {
			return nil, err
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
	if len(ids) > 0 {
		return ids, nil
	}
	if rec.Party != "" {
		if ids, err = m.tx.CasesOfParty(rec.DistrictCode, rec.Party); err != nil {
			return nil, err
		}
	}
	if rec.Farm == "" {
		return ids, nil
	}
	of, err := m.tx.CasesOfFarm(rec.DistrictCode, rec.Farm)
	return append(ids, of...), err
}

// among takes the first of the cases that the row is of.
func (m *matcher) among(x *LedgerMatch, ids []registry.CaseID, files map[registry.CaseID]*registry.CaseFile) {
	for _, id := range ids {
		f := files[id]
		if f != nil && m.hides && registry.KindOf(m.tx.MayWrite(store.Cases.Entity, int64(id))) == registry.KindForbidden { // whose it is may be said, what it says may not
			if x.Why != "" {
				x.Fate, x.Why = FateConflict, "登记册里已有这个文号，是别的分局的案件"
				return
			}
			continue
		}
		if f == nil || f.Case.IsVoid() || x.Why == "" && !m.sameAct(f, &x.Record) {
			continue
		}
		x.Why = cmp.Or(x.Why, "当事人或养殖场、辖区、日期相同")
		x.Entity, x.ID = "case", int64(f.Case.ID)
		x.compareCase(f)
		x.settle()
		return
	}
	x.Why = ""
}

// sameAct tells that a case of the party or the farm is of the same day as the row, by one of the days that both know, of no other decision and of no other type.
func (m *matcher) sameAct(f *registry.CaseFile, rec *ledgerread.Record) bool {
	if d, ok := f.Document(registry.DocDecision); ok && d.Number != "" && rec.DecisionNumber != "" {
		return false
	}
	if !m.sameType(f, rec.Type) {
		return false
	}
	for _, days := range [][2]registry.Date{{f.DecidedOn(), rec.DecidedOn}, {f.FiledOn(), rec.FiledOn}, {f.Case.FoundOn, rec.FoundOn}} {
		if !days[0].IsZero() && days[0] == days[1] {
			return true
		}
	}
	return f.Case.Title == rec.Title && rec.DecidedOn.IsZero() && rec.FiledOn.IsZero() && rec.FoundOn.IsZero()
}

// sameType tells that an act of the case may be of the type; words that are none of the catalogue's may mean any, and so may an act without a type.
func (m *matcher) sameType(f *registry.CaseFile, label string) bool {
	meant := ""
	for _, t := range m.law.ViolationTypes() {
		if t.Label == label {
			meant = t.Code
		}
	}
	return meant == "" || len(f.Violations) == 0 || slices.ContainsFunc(f.Violations, func(v registry.Violation) bool { return v.TypeCode == "" || v.TypeCode == meant })
}

func (x *LedgerMatch) settle() {
	x.Fate = FateSame
	for _, d := range x.Differences {
		if d.Here != "" && !d.Finer {
			x.Fate = FateConflict
			return
		}
		x.Fate = FateUpdate
	}
}
