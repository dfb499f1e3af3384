package casework

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// LedgerFilter selects what a ledger holds. Voided cases are never among its rows.
type LedgerFilter = store.CaseFilter

// batch is how many whole cases are in memory at a time during an export.
const batch = 200

// Export is what is asked of a ledger, a statistic or another export: which cases, by which date, as of when, in which columns.
type Export struct {
	Cases LedgerFilter
	Basis report.Basis // the date that counts; empty: that of the finding
}

// Ledger opens one read snapshot, so that every sheet agrees, and has write write it to out, the cases one by one. The export and its filter
// go into the audit log first: an export that fails half-way was still begun.
func (s *Service) Ledger(ctx context.Context, a registry.Actor, x Export, out io.Writer, write report.LedgerWriter) error {
	if err := a.May(registry.PermExport); err != nil {
		return err
	}
	if err := s.checkExport(x); err != nil {
		return err
	}
	x.Cases.Asking = s.asking(a)
	done, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer done()
	words := append(s.ownWords(a), s.filterWords(x.Cases)...)
	if err := s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "导出", Entity: "ledger", Detail: "台账 " + strings.Join(words, "；")}, nil)
	}); err != nil {
		return err
	}
	return s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		newest, err := tx.NewestRecord()
		if err != nil {
			return err
		}
		demo, err := tx.Setting(settingDemo)
		if err != nil {
			return err
		}
		o, err := s.ledgerOptions(tx, x)
		if err != nil {
			return err
		}
		info := report.LedgerInfo{Organ: s.Bureau().Name, AsOf: newest.At, AuditSeq: newest.Seq, AuditHead: newest.Hash, Filters: words, Actor: a.DisplayName, Demo: demo != ""}
		_, err = write(out, report.Ledger{Info: info, Options: o, Cases: s.exported(tx, x)})
		return err
	})
}

// Summary counts what a ledger would hold, without rows: the numbers of the export page.
func (s *Service) Summary(ctx context.Context, a registry.Actor, x Export) (sum *report.Summary, err error) {
	x.Cases.Asking = s.asking(a)
	done, err := s.whole(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		o, err := s.ledgerOptions(tx, x)
		if err != nil {
			return err
		}
		sum, err = report.Summarize(s.exported(tx, x), o)
		return err
	})
	return sum, err
}

func (s *Service) checkExport(x Export) error { return s.CheckCases(x.Cases) }

// namedVoided is how many numbers of voided cases a ledger names.
const namedVoided = 20

// ledgerOptions are what a ledger of a filter says beside its rows.
func (s *Service) ledgerOptions(tx *store.Tx, x Export) (o report.LedgerOptions, err error) {
	o.Basis = x.Basis
	if o.Labels, err = s.labels(tx); err != nil {
		return o, err
	}
	o.Voided, o.VoidedNumbers, err = tx.VoidedNumbers(x.Cases, namedVoided)
	return o, err
}

// labels give reports the catalogue's words and the organs' names.
func (s *Service) labels(tx *store.Tx) (report.Labels, error) {
	names, err := organNames(tx)
	if err != nil {
		return report.Labels{}, err
	}
	law := s.Law() // one for the whole export
	return report.Labels{
		Bureau: s.Bureau(),
		Violation: func(code string) string {
			if t, ok := law.ViolationType(code); ok {
				return t.Label
			}
			return code
		},
		Version: func(c registry.Citation) string {
			if v, ok := law.Version(c.LawID, c.VersionID); ok {
				return v.Name
			}
			return ""
		},
		Checked: func(c registry.Citation) bool { return law.CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash) },
		Organ:   func(id registry.OrganID) string { return names[id] },
	}, nil
}

// ownWords says in a ledger that it holds the records of the actor's branch only.
func (s *Service) ownWords(a registry.Actor) []string {
	if a.Branch == nil || !s.Bureau().OwnBranchOnly {
		return nil
	}
	return []string{"范围：" + a.Branch.Name}
}

// filterWords says a filter in words, as page, workbook and audit log print it.
func (s *Service) filterWords(f LedgerFilter) []string {
	var w []string
	add := func(name, value string) {
		if value != "" {
			w = append(w, name+"："+value)
		}
	}
	add("检索", withoutNumbers(f.Q))
	if f.DistrictCode != "" {
		add("辖区", s.Bureau().DistrictName(f.DistrictCode))
	}
	add("阶段", f.Stage)
	add("来源", f.Origin)
	if t, ok := s.Law().ViolationType(f.TypeCode); ok {
		add("违法行为", t.Label)
	}
	add("发现日期自", f.From.String())
	add("发现日期至", f.To.String())
	id := func(name string, n int64) {
		if n != 0 {
			w = append(w, fmt.Sprintf("%s：编号 %d", name, n))
		}
	}
	id("专项行动", int64(f.CampaignID))
	id("养殖场", int64(f.FarmID))
	id("当事人", int64(f.PartyID))
	if f.OnTheWay {
		w = append(w, "只含办理中")
	}
	if f.NoSample {
		w = append(w, "不含示例")
	}
	return w
}

// withoutNumbers is a search as papers and the audit log print it: a number that may be a person's is masked, since both outlive it.
func withoutNumbers(q string) string {
	words := strings.Fields(q)
	for i, w := range words {
		number := strings.ReplaceAll(registry.NormalizeCode(w), "-", "")
		figures := 0
		for _, c := range number {
			if c >= '0' && c <= '9' {
				figures++
			}
		}
		if figures >= 8 && figures >= registry.RuneLen(number)-1 { // a card's number may end in X, a permit's begins with a letter
			words[i] = registry.MaskID(number)
		}
	}
	return strings.Join(words, " ")
}

// exported are the cases of an export, one by one, the oldest first; never those voided.
func (s *Service) exported(tx *store.Tx, x Export) iter.Seq2[*registry.CaseFile, error] {
	return caseFiles(tx, x.Cases)
}

func caseFiles(tx *store.Tx, f store.CaseFilter) iter.Seq2[*registry.CaseFile, error] {
	f.IncludeVoided = false
	return func(yield func(*registry.CaseFile, error) bool) {
		var after registry.CaseID
		for {
			ids, err := tx.CaseIDs(f, after, batch)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(ids) == 0 {
				return
			}
			after = ids[len(ids)-1]
			files, err := tx.CaseFiles(ids)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, file := range files {
				if !yield(file, nil) {
					return
				}
			}
		}
	}
}
