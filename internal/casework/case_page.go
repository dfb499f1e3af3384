package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// CasePage is a case with everything on it.
type CasePage struct {
	registry.CaseFile
	Attachments []registry.Attachment
	History     []registry.Revision // of the case and what is on it, newest first
	Bulletins   []registry.Bulletin
	Texts       map[string]string // kept statute texts by hash
	Sheets      []registry.DiscretionSheet
}

// CasePage reads a case's page.
func (s *Service) CasePage(ctx context.Context, a registry.Actor, id registry.CaseID) (p CasePage, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		f, err := tx.CaseFile(id)
		if err != nil {
			return err
		}
		p.CaseFile = *f
		if p.Attachments, err = tx.AttachmentsOf("case", int64(id)); err != nil {
			return err
		}
		if p.History, err = tx.CaseHistory(id, 3*historyLimit); err != nil {
			return err
		}
		if p.Bulletins, err = tx.BulletinsOfCase(id); err != nil {
			return err
		}
		if p.Sheets, err = tx.DiscretionSheetsOf(id); err != nil {
			return err
		}
		p.Texts, err = keptTexts(tx, f)
		return err
	})
	return p, err
}

func keptTexts(tx *store.Tx, f *registry.CaseFile) (map[string]string, error) {
	texts := map[string]string{}
	keep := func(list []registry.Citation) error {
		for _, c := range list {
			if c.TextHash == "" || texts[c.TextHash] != "" {
				continue
			}
			t, err := tx.KeptText(c.TextHash)
			if err != nil {
				return err
			}
			texts[c.TextHash] = t
		}
		return nil
	}
	for _, v := range f.Violations {
		if err := keep(v.Citations); err != nil {
			return nil, err
		}
	}
	for _, d := range f.Documents {
		if err := keep(d.Citations); err != nil {
			return nil, err
		}
	}
	return texts, nil
}
