package casework

import (
	"cmp"
	"context"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// BulletinPage is a bulletin with what its page shows beside it.
type BulletinPage struct {
	Bulletin  registry.Bulletin
	Author    *registry.User
	Approver  *registry.User
	Campaign  *registry.Campaign
	Cases     []registry.Case // in the order of the bulletin; zero where the reader may not read it
	Guard     GuardReport
	Checkers  map[registry.UserID]string // who looked through its pictures
	Answerers map[registry.UserID]string // who answered what the guard asks
	Outdated  []OutOfDate
	Unchecked []UncheckedQuote // quoted texts that nobody has compared with the official one
	Revisions []registry.Revision
	Print     report.Bulletin

	Withdrawer  *registry.User
	Corrects    *registry.Bulletin  // the one that it puts right
	Corrections []registry.Bulletin // those that put it right
	Releases    []ReleaseLine
	Approval    BulletinApproval
	Fitness     []CaseFitness  // of a draft, or one that waits: a line for each case; of an approved one: for each that is or may still be contested
	NeedsWords  bool           // one of them is asked for a reason
	Turns       []BulletinTurn // cases of an approved one that are no longer what was approved
	Contests    []BulletinTurn // decisions that are contested since
	Formats     []string       // that its paper can be had in
}

// BulletinPage reads a bulletin's page.
func (s *Service) BulletinPage(ctx context.Context, a registry.Actor, id registry.BulletinID) (p BulletinPage, err error) {
	if err := s.db.LearnGuardNames(ctx); err != nil {
		return p, err
	}
	err = s.read(ctx, a, registry.PermBulletinRead, func(tx *store.Tx) error {
		if p.Bulletin, err = store.Bulletins.Get(tx, int64(id)); err != nil {
			return err
		}
		if p.Author, err = maybe(tx, store.Users, p.Bulletin.AuthorID); err != nil {
			return err
		}
		if p.Approver, err = maybe(tx, store.Users, p.Bulletin.ApproverID); err != nil {
			return err
		}
		if p.Campaign, err = maybe(tx, store.Campaigns, p.Bulletin.CampaignID); err != nil {
			return err
		}
		ids := make([]registry.CaseID, len(p.Bulletin.Cases))
		for i, c := range p.Bulletin.Cases {
			ids[i] = c.CaseID
		}
		if p.Cases, err = tx.CaseRows(ids); err != nil {
			return err
		}
		tx.Narrow(nil) // the copies are compared with all of the cases, whoever looks
		files, err := filesOf(tx, &p.Bulletin)
		if err != nil {
			return err
		}
		if p.Guard, err = s.guard(tx, &p.Bulletin, files); err != nil {
			return err
		}
		if p.Checkers, err = checkers(tx, &p.Bulletin); err != nil {
			return err
		}
		p.Answerers = map[registry.UserID]string{}
		for _, answer := range p.Bulletin.Answers {
			u, err := maybe(tx, store.Users, answer.UserID)
			if err != nil {
				return err
			}
			if u != nil {
				p.Answerers[answer.UserID] = u.DisplayName
			}
		}
		p.Outdated = s.outOfDate(&p.Bulletin, files)
		turns, err := s.turnsIn(tx, &p.Bulletin, files)
		if err != nil {
			return err
		}
		for _, t := range turns {
			if t.Contested {
				p.Contests = append(p.Contests, t)
			} else {
				p.Turns = append(p.Turns, t)
			}
		}
		s.pageFitness(&p, files)
		if err := firstError(s.pageLinks(tx, &p), s.pageApproval(tx, a, &p, files)); err != nil {
			return err
		}
		p.Revisions, err = tx.Revisions("bulletin", int64(id))
		return err
	})
	p.Formats = s.PaperFormats()
	s.markQuotes(&p.Bulletin)
	p.Unchecked = uncheckedQuotes(&p.Bulletin)
	p.Print = printed(&p.Bulletin)
	return p, err
}

// markQuotes says of each quoted text whether it is 已核对 today: a text may be compared, or a mark taken back, after the bulletin was
// written. The words themselves stay as they were quoted. Where papers are kept of it, the marks are theirs.
func (s *Service) markQuotes(x *registry.Bulletin) {
	if len(x.Papers) > 0 {
		return
	}
	law := s.Law()
	for i := range x.Cases {
		for k := range x.Cases[i].Quotes {
			q := &x.Cases[i].Quotes[k]
			q.Checked = law.CheckedText(q.LawID, q.VersionID, q.Provision, q.TextHash)
		}
	}
}

// UncheckedQuote is a text that a bulletin quotes and that nobody has compared with the official one.
type UncheckedQuote struct {
	registry.StatuteQuote
	Cases []int // which cases quote it, from 1
}

// uncheckedQuotes lists them in the order in which the bulletin first quotes them; markQuotes has been there.
func uncheckedQuotes(x *registry.Bulletin) (list []UncheckedQuote) {
	at := map[string]int{}
	for i, c := range x.Cases {
		for _, q := range c.Quotes {
			if q.Checked {
				continue
			}
			n, listed := at[q.Key()]
			if !listed {
				n = len(list)
				at[q.Key()], list = n, append(list, UncheckedQuote{StatuteQuote: q})
			}
			list[n].Cases = append(list[n].Cases, i+1)
		}
	}
	return list
}

// quotesChecked refuses a bulletin that quotes an unchecked text, where the bureau wants them checked first.
func (s *Service) quotesChecked(x *registry.Bulletin) error {
	if !s.Bureau().QuotesCheckedFirst() {
		return nil
	}
	s.markQuotes(x)
	if list := uncheckedQuotes(x); len(list) > 0 {
		return registry.Invalid("cases", "所引法条有 %d 条未经官方文本核对，本局要求先核对再批准：《%s》%s等", len(list), list[0].Law, list[0].Provision)
	}
	return nil
}

// PreviewBulletin is a bulletin as it would be printed if it were saved as it is typed: nothing is stored, and what a saved one would refuse is
// printed as it stands.
func (s *Service) PreviewBulletin(ctx context.Context, a registry.Actor, x *registry.Bulletin) (b report.Bulletin, err error) {
	x.State = registry.BulletinDraft
	x.Clean()
	var was []registry.BulletinCase
	if x.ID != 0 {
		stored, err := s.Bulletin(ctx, a, x.ID)
		if err != nil {
			return b, err
		}
		was = stored.Cases
	}
	if _, err := s.draftCases(ctx, a, x, was); err != nil {
		return b, err
	}
	if err := s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error { return s.settleCopies(tx, x, was) }); err != nil {
		return b, err
	}
	s.markQuotes(x)
	return printed(x), nil
}

// printed is the bulletin as page and PDF show it: the published copy and nothing else.
func printed(x *registry.Bulletin) report.Bulletin {
	b := report.Bulletin{Title: x.Title, Lead: x.Lead, Issuer: x.Issuer, Byline: x.Byline, Dated: x.Dated.ToMonth().Chinese(), Sections: x.Parts(), Created: x.CreatedAt,
		Design: x.Design, Number: x.Number, AddressedTo: x.AddressedTo, CopiedTo: x.CopiedTo}
	if x.Origin == registry.OriginSample {
		b.Marks = append(b.Marks, "示例（虚构数据）")
	}
	switch x.State {
	case registry.BulletinDraft, registry.BulletinSubmitted:
		b.Draft, b.Marks = true, append(b.Marks, "草稿　未经签发")
	case registry.BulletinWithdrawn:
		b.Marks = append(b.Marks, "已撤回")
	}
	if x.CorrectionNote != "" {
		b.Notes = append(b.Notes, "更正说明："+strings.Join(paragraphs(x.CorrectionNote), " "))
	}
	if x.ApprovedAt != nil {
		b.Created, b.Signed = *x.ApprovedAt, registry.DateOf(*x.ApprovedAt).Chinese()
	}
	b.Pictures = printedPictures(x, 0)
	unchecked := false
	for i, c := range x.Cases {
		bc := report.BulletinCase{Label: "案件" + registry.ChineseNumeral(i+1), Title: c.Title, Facts: paragraphs(c.Facts), Handling: paragraphs(c.Handling), Meaning: paragraphs(c.Meaning)}
		if c.ShowPath {
			bc.Path = &c.Path
		}
		bc.Pictures = printedPictures(x, c.CaseID)
		for _, q := range c.Quotes {
			bc.Quotes = append(bc.Quotes, report.StatuteQuote{Law: q.Law, Provision: q.Provision.String(), Version: q.VersionName, Checked: q.Checked, Text: q.Text})
			unchecked = unchecked || !q.Checked
		}
		b.Cases = append(b.Cases, bc)
	}
	if unchecked {
		b.Notes = append(b.Notes, "所引法条文本取自本系统法规库，标注“未经官方文本核对”的，以官方公布文本为准。")
	}
	return b
}

func paragraphs(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// PrintBulletin reads a bulletin for a file of a format (pdf, docx, html) in a design, and records the export. Of one that was signed that is another paper
// than the one that was: it says so on every page and in the file's name.
func (s *Service) PrintBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID, format, design string) (b report.Bulletin, filename string, err error) {
	if err := a.May(registry.PermBulletinRead); err != nil {
		return b, "", err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		x, err := store.Bulletins.Get(tx, int64(id))
		if err != nil {
			return err
		}
		s.markQuotes(&x)
		b, filename = printed(&x), paperName(&x, format)
		if x.State == registry.BulletinApproved || x.State == registry.BulletinWithdrawn {
			b.Marks, filename = append(b.Marks, "另行排版　不是定稿"), "非定稿-"+filename
		}
		b.Design = design
		if err := s.Illustrate(&b); err != nil {
			return err
		}
		if b.Head, err = headAtApproval(tx, &x); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "导出", Entity: "bulletin", EntityID: int64(id), Version: x.Version, Detail: strings.ToUpper(cmp.Or(format, "pdf"))}, nil)
	})
	return b, filename, err
}
