package casework

import (
	"context"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// CaseRecord is a case with everything that is on it.
type CaseRecord struct {
	registry.CaseFile
	Attachments []registry.Attachment
	History     []registry.Revision // of the case and what is on it, newest first; the latest of a long one
	Changed     int                 // how many changes there are in all
	Bulletins   []registry.Bulletin
	Texts       map[string]string // kept statute texts by hash
	Sheets      []registry.DiscretionSheet
}

// CasePage is the record of a case and what follows from it.
type CasePage struct {
	CaseRecord
	Foreign     Foreign
	Organs      map[registry.OrganID]string // the names of all units
	Offers      []ViolationOffer            // what the catalogue offers for each violation
	Ranges      []CandidateRange            // of fines, of all candidates
	Facts       *procedure.Facts            // what clocks, checks and sums are read from, as of today
	Repeats     procedure.Repeats
	Zones       ZoneCheck // at the place, on the day of the act
	MoreRelated bool      // there are further cases of its parties, registered earlier, that it was not compared with
}

// CaseReads is what is read for the page of a case beside its file, from which every panel takes its head.
type CaseReads struct {
	History   int  // how many changes, the newest first
	Texts     bool // of the articles it cites
	Sheets    bool // kept calculations of discretion
	Files     bool // its own attachments
	Bulletins bool // that tell it
	Related   bool // other cases of its parties and its farm
	Zones     bool // at its place
}

// WholeCase are the reads of all that a page of a case may show.
var WholeCase = CaseReads{History: 3 * historyLimit, Texts: true, Sheets: true, Files: true, Bulletins: true, Related: true, Zones: true}

// WholeHistory is more changes than any case has.
const WholeHistory = 1_000_000

// wholeRecord leaves nothing out, as a paper must.
var wholeRecord = CaseReads{History: WholeHistory, Texts: true, Sheets: true, Files: true, Bulletins: true}

// CasePage reads all that the page of a case may show, in one snapshot.
func (s *Service) CasePage(ctx context.Context, a registry.Actor, id registry.CaseID) (p CasePage, err error) {
	return s.CasePanel(ctx, a, id, WholeCase)
}

// CasePanel reads what one panel of a case's page shows, in one snapshot.
func (s *Service) CasePanel(ctx context.Context, a registry.Actor, id registry.CaseID, reads CaseReads) (p CasePage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		p, err = s.casePage(tx, a, id, reads)
		return err
	})
	return p, err
}

// CaseRecord reads the record of a case.
func (s *Service) CaseRecord(ctx context.Context, a registry.Actor, id registry.CaseID) (r CaseRecord, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		r, err = caseRecord(tx, id, WholeCase)
		return err
	})
	return r, err
}

func caseRecord(tx *store.Tx, id registry.CaseID, reads CaseReads) (p CaseRecord, err error) {
	f, err := tx.CaseFile(id)
	if err != nil {
		return p, err
	}
	p.CaseFile = *f
	if reads.Files {
		if p.Attachments, err = tx.AttachmentsOf("case", int64(id)); err != nil {
			return p, err
		}
	}
	if reads.History > 0 {
		if p.History, err = tx.CaseHistory(id, reads.History); err != nil {
			return p, err
		}
		if p.Changed, err = tx.CountCaseHistory(id); err != nil {
			return p, err
		}
	}
	if reads.Bulletins {
		if p.Bulletins, err = tx.BulletinsOfCase(id); err != nil {
			return p, err
		}
	}
	if reads.Sheets {
		if p.Sheets, err = tx.DiscretionSheetsOf(id); err != nil {
			return p, err
		}
	}
	if reads.Texts {
		p.Texts, err = tx.KeptTexts(textHashes(f))
	}
	return p, err
}

func (s *Service) casePage(tx *store.Tx, a registry.Actor, id registry.CaseID, reads CaseReads) (p CasePage, err error) {
	if p.CaseRecord, err = caseRecord(tx, id, reads); err != nil {
		return p, err
	}
	f := &p.CaseFile
	if p.Organs, err = organNames(tx); err != nil {
		return p, err
	}
	p.Offers = s.Offers(f)
	p.Ranges = rangesOf(f, p.Offers)
	file := p.CaseFile // the page is returned by value; its facts point at the file they were read from
	if p.Facts, err = s.facts(tx, &file, p.Ranges); err != nil {
		return p, err
	}
	if reads.Related {
		others, more, err := related(tx, &f.Case)
		if err != nil {
			return p, err
		}
		p.Repeats, p.MoreRelated = procedure.RepeatsOf(p.Facts, others), more
	}
	if reads.Zones {
		if p.Zones, err = s.zonesOfCase(tx, f); err != nil {
			return p, err
		}
	}
	p.Foreign, err = foreignTo(tx, a, "本案", "办理", store.Cases.Entity, int64(id))
	return p, err
}

// textHashes are the kept texts that the citations of a case point at.
func textHashes(f *registry.CaseFile) (hashes []string) {
	add := func(list []registry.Citation) {
		for _, c := range list {
			if c.TextHash != "" {
				hashes = append(hashes, c.TextHash)
			}
		}
	}
	for _, v := range f.Violations {
		add(v.Citations)
	}
	for _, d := range f.Documents {
		add(d.Citations)
	}
	return hashes
}

// organNames are the names of all units.
func organNames(tx *store.Tx) (map[registry.OrganID]string, error) {
	list, err := tx.Organs()
	if err != nil {
		return nil, err
	}
	names := make(map[registry.OrganID]string, len(list))
	for _, o := range list {
		names[o.ID] = o.Name
	}
	return names, nil
}
