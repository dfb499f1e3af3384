package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebook/internal/intake"
	"casebook/internal/intake/facts"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// Reading is a published text read into drafts. Nothing of it is in the register.
type Reading struct {
	Text   string // as it was read: all offsets are code points of it
	SHA256 string // of Text, hex
	intake.Bulletin

	law       *statute.Catalogue
	districts []registry.District
	organs    []registry.Organ
	runes     []rune
}

// Draft is what a person would accept of the i-th case, with what the register adds. A page asks for a few of thousands.
func (x *Reading) Draft(i int) AcceptedDraft {
	return propose(x.law, x.districts, x.organs, x.runes, &x.Cases[i])
}

// AcceptedDraft is one case of a published text as a person accepts it. Unknown is zero or nil.
type AcceptedDraft struct {
	Start, End      int // code points of the text
	Title           string
	PrintedTitle    string // as the text has it; Title is what the case is called here
	Authority       string // in the text's words
	HandlingOrganID registry.OrganID
	DistrictCode    string
	FoundOn         registry.Date
	Party           string // as published
	PartyKind       string
	Herd            registry.Herd
	Narrative       string
	Handling        string
	Violations      []AcceptedViolation
	Violated        []registry.Citation // the breached articles in the order of the text; acts have them in their own
	Documents       []registry.Document // kind, content, mode and result, in the order of the text
	Facts           facts.Facts         // what the text tells of the place
	Left            []string            // keys of the facts that are not taken
	Fine            *registry.Money
	Notes           []registry.ReviewNote
	Anyway          string // why it is imported although the register has it already
}

// AcceptedViolation is one act of a draft. Citations carry role, law and provision, and a version where the person or the text
// named one.
type AcceptedViolation struct {
	TypeCode   string
	TypeDoubt  bool // by the article alone: the text has no words for it
	Facts      string
	Citations  []registry.Citation
	EndBasis   string
	Continuing registry.Tri
	Damage     []string
	Checklist  []registry.ElementAnswer
}

// Duplicate is a case of the register that a draft seems to tell again, or a farm that it would register again.
type Duplicate struct {
	CaseID registry.CaseID
	FarmID registry.FarmID // where it is a farm
	Title  string
	Why    string
}

func (d Duplicate) words() string {
	if d.FarmID != 0 {
		return fmt.Sprintf("养殖场 %d“%s”（%s）", d.FarmID, d.Title, d.Why)
	}
	return fmt.Sprintf("案件 %d“%s”（%s）", d.CaseID, d.Title, d.Why)
}

// ReadBulletin reads a published text and proposes what to accept. It writes nothing.
func (s *Service) ReadBulletin(ctx context.Context, a registry.Actor, text string) (Reading, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return Reading{}, err
	}
	text = registry.CleanText(text)
	organs, err := s.Organs(ctx, a)
	if err != nil {
		return Reading{}, err
	}
	law := s.Law()
	return Reading{Text: text, SHA256: fileHash(text), Bulletin: intake.ReadBulletin(law, text, registry.Date{}), law: law, districts: s.Bureau().Districts, organs: organs, runes: []rune(text)}, nil
}

func fileHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// HoldText keeps a text that is too long to travel through a page, under its hash, until it is imported. One that never is goes
// with the sweep at the next start.
func (s *Service) HoldText(a registry.Actor, text string) (hash string, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return "", err
	}
	hash, _, err = s.db.SaveFile(strings.NewReader(registry.CleanText(text)), maxFile)
	return hash, err
}

// HeldText reads a text kept by HoldText.
func (s *Service) HeldText(a registry.Actor, hash string) (string, error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return "", err
	}
	f, err := s.db.OpenFile(hash)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	b, err := io.ReadAll(io.LimitReader(f, maxFile))
	return string(b), err
}

// Duplicates lists, for each draft, the cases that the register has of it already.
func (s *Service) Duplicates(ctx context.Context, a registry.Actor, sha256 string, drafts []AcceptedDraft) (list [][]Duplicate, err error) {
	list = make([][]Duplicate, len(drafts))
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		for i := range drafts {
			if list[i], err = duplicates(tx, sha256, &drafts[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// duplicates finds the case that was taken from the same place of the same text, and cases of the same district, month and party with
// the same breached articles; where there is none, farms of the party's name in the district.
func duplicates(tx *store.Tx, sha256 string, d *AcceptedDraft) (list []Duplicate, err error) {
	why := map[registry.CaseID]string{}
	var ids []registry.CaseID
	earlier, err := tx.CasesOfText(sha256)
	if err != nil {
		return nil, err
	}
	for _, c := range earlier {
		if c.Start < d.End && d.Start < c.End && why[c.CaseID] == "" {
			ids, why[c.CaseID] = append(ids, c.CaseID), "同一份文本的同一段"
		}
	}
	if d.Party != "" {
		same, err := tx.CasesOfParty(d.DistrictCode, d.Party)
		if err != nil {
			return nil, err
		}
		for _, id := range same {
			if why[id] == "" {
				ids = append(ids, id)
			}
		}
	}
	files, err := tx.CaseFiles(ids)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		reason := why[f.Case.ID]
		if reason == "" && sameMonth(f.Case.FoundOn, d.FoundOn) && d.breaches(f) {
			reason = "辖区、月份、当事人和违反条款都相同"
		}
		if reason != "" {
			list = append(list, Duplicate{CaseID: f.Case.ID, Title: f.Case.Title, Why: reason})
		}
	}
	if d.Party == "" || strings.Contains(d.Party, "某") || len(list) > 0 { // 某 may be anyone; a case says it better than its farm
		return list, nil
	}
	farms, err := tx.SameFarms(&registry.Farm{Name: d.Party, DistrictCode: d.DistrictCode})
	for _, r := range farms {
		list = append(list, Duplicate{FarmID: registry.FarmID(r.ID), Title: r.Title, Why: r.Why})
	}
	return list, err
}

// sameMonth reports whether two dates may lie in one month; an unknown one may lie in any.
func sameMonth(a, b registry.Date) bool {
	return a.IsZero() || b.IsZero() || !a.ToMonth().Before(b.ToMonth()) && !b.ToMonth().Before(a.ToMonth())
}

// breaches reports whether a case of the register cites the same articles as breached, whatever their paragraphs.
func (d *AcceptedDraft) breaches(f *registry.CaseFile) bool {
	type article struct {
		law    string
		number registry.Provision
	}
	set := func(list []registry.Citation, into map[article]bool) {
		for _, c := range list {
			into[article{cmp.Or(c.LawID, c.Law), registry.Provision{Article: c.Article, Sub: c.Sub}}] = true
		}
	}
	ours, theirs := map[article]bool{}, map[article]bool{}
	for _, v := range d.Violations {
		set((&registry.Violation{Citations: v.Citations}).Breached(), ours)
	}
	for i := range f.Violations {
		set(f.Violations[i].Breached(), theirs)
	}
	for x := range ours {
		if !theirs[x] {
			return false
		}
	}
	return len(ours) == len(theirs)
}

// ImportDrafts turns accepted drafts of a published text into records of origin 公开资料补录, all of them or none. p says where the
// text was published; it comes back with the cases, in the order of the drafts. A draft that the register has already is refused
// unless it says why it is imported anyway. Problems name the draft: drafts.0.title. notice is the bulletin that printed the cases: it becomes a
// draft of a bulletin, for a publisher to look at; with an empty one, or where an earlier import brought it, none is made.
func (s *Service) ImportDrafts(ctx context.Context, a registry.Actor, p *registry.Publication, text string, notice intake.Notice, drafts []AcceptedDraft) error {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return err
	}
	if len(drafts) == 0 {
		return registry.Invalid("drafts", "请至少勾选一案")
	}
	text = registry.CleanText(text)
	hash, size, err := s.db.SaveFile(strings.NewReader(text), maxFile)
	if err != nil {
		return err
	}
	given := *p
	return s.writeAlone(ctx, a, func(tx *store.Tx) error {
		*p = given
		p.SHA256, p.Size, p.By, p.Cases = hash, size, a.Username, nil
		stored, found, err := store.Publications.ByUID(tx, p.ClientUID)
		if err != nil {
			return err
		}
		if found && tellsSame(stored.Cases, drafts) {
			*p = stored
			return nil
		}
		if found {
			p.ClientUID = "" // the page was gone back to, and other cases of it chosen
		}
		earlier, err := tx.CasesOfText(hash)
		if err != nil {
			return err
		}
		im := importer{b: Bulk{s: s, tx: tx, a: act{actor: a, action: "导入"}}, p: p}
		if im.campaign, err = im.campaignOf(notice, drafts); err != nil {
			return err
		}
		for i := range drafts {
			id, err := im.draft(&drafts[i])
			if err != nil {
				return inDraft(err, fmt.Sprintf("drafts.%d", i))
			}
			p.Cases = append(p.Cases, registry.PublicationCase{CaseID: id, Title: drafts[i].PrintedTitle, Cited: im.cited(&drafts[i]), Start: drafts[i].Start, End: drafts[i].End})
		}
		if _, err = addIn(tx, s, im.b.a, store.Publications, p); err != nil || notice.Title == "" || len(earlier) > 0 {
			return err
		}
		return im.bulletin(notice)
	})
}

func tellsSame(cases []registry.PublicationCase, drafts []AcceptedDraft) bool {
	return slices.EqualFunc(cases, drafts, func(c registry.PublicationCase, d AcceptedDraft) bool { return c.Start == d.Start && c.End == d.End })
}

// inDraft puts the draft before the fields of a problem.
func inDraft(err error, at string) error {
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != registry.KindInvalid && e.Kind != registry.KindConflict && e.Kind != registry.KindForbidden {
		return err
	}
	moved := &registry.Error{Kind: e.Kind, Message: e.Message}
	for _, f := range e.Fields {
		moved.Fields = append(moved.Fields, registry.FieldError{Field: at + "." + f.Field, Message: f.Message})
	}
	field := ".title"
	if e.Kind == registry.KindForbidden { // another branch's
		field = ".district_code"
	}
	if len(moved.Fields) == 0 {
		moved.Fields = []registry.FieldError{{Field: at + field, Message: e.Message}}
	}
	return moved
}

// renamed gives the fields of a record's problems the names they have in a draft: the longest beginning that to holds.
func renamed(err error, to map[string]string) error {
	var e *registry.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	moved := *e
	moved.Fields = nil
	for _, f := range e.Fields {
		for from := f.Field; from != ""; {
			if name, ok := to[from]; ok {
				f.Field = name
				break
			}
			cut := strings.LastIndexByte(from, '.')
			from = from[:max(cut, 0)]
		}
		moved.Fields = append(moved.Fields, f)
	}
	return &moved
}

// PublicationPage is a published text with the cases taken from it.
type PublicationPage struct {
	registry.Publication
	Files []*registry.CaseFile
}

// PublicationPage reads what was taken from a published text.
func (s *Service) PublicationPage(ctx context.Context, a registry.Actor, id registry.PublicationID) (p PublicationPage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if p.Publication, err = store.Publications.Get(tx, int64(id)); err != nil {
			return err
		}
		ids := make([]registry.CaseID, len(p.Cases))
		for i, c := range p.Cases {
			ids[i] = c.CaseID
		}
		p.Files, err = tx.CaseFiles(ids)
		return err
	})
	return p, err
}

// Publications lists the last imports of published texts.
func (s *Service) Publications(ctx context.Context, a registry.Actor) (rows []store.PublicationRow, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		rows, err = tx.RecentPublications(20)
		return err
	})
	return rows, err
}

// Unknowns says in a few words what is not known of an imported case yet: what a person may look for in the file.
func Unknowns(f *registry.CaseFile) []string {
	var list []string
	missing := func(is bool, words string) {
		if is {
			list = append(list, words)
		}
	}
	missing(f.Case.FoundOn.IsZero(), "检查日期")
	missing(!f.Case.FoundOn.IsZero() && f.Case.FoundOn.Precision() != registry.PrecisionDay, "检查的具体日期")
	missing(len(f.Parties) == 0, "当事人")
	for _, p := range f.Parties {
		missing(p.Kind == "未知", "当事人类别")
		missing(p.CreditCode == "" && p.IDNumber == "", "当事人代码")
	}
	missing(f.Farm != nil && (len(f.Farm.Herds) == 0 || f.Farm.Herds[0].Count == nil), "存栏数")
	for _, v := range f.Violations {
		missing(v.TypeCode == "" && !slices.Contains(list, "违法行为类型"), "违法行为类型")
		missing(len(v.Basis()) == 0 && !slices.Contains(list, "处罚依据"), "处罚依据")
	}
	numbers, days := 0, 0
	for _, d := range f.Documents {
		if k, ok := registry.DocumentKindByName(d.Kind); ok && k.Numbers && d.Number == "" {
			numbers++
		}
		if d.MadeOn.IsZero() {
			days++
		}
	}
	missing(len(f.Documents) == 0, "文书")
	missing(numbers > 0, fmt.Sprintf("%d 份文书的文号", numbers))
	missing(days > 0, fmt.Sprintf("%d 份文书的日期", days))
	for _, p := range f.Penalties {
		missing(p.Kind == registry.PenaltyUnknown, "处罚种类和金额")
	}
	return list
}
