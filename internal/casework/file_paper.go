package casework

import (
	"context"
	"slices"
	"strings"

	"casebook/internal/paper"
	"casebook/internal/picture"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// PaperOf names a paper of the case file: its kind, and the record that it is printed from.
type PaperOf struct {
	Kind   *paper.Kind
	Entity string
	ID     int64
}

// FilePaper is a paper with what it is of.
type FilePaper struct {
	PaperOf
	paper.Paper
	Document      *registry.Document    // where it is of one
	CaseID        registry.CaseID       // zero for one of an inspection
	InspectionID  registry.InspectionID // of one of an inspection
	Interrogation *registry.Interrogation
	Version       int64                  // of the record
	Signed        []registry.SignedPaper // its originals, oldest first
	Foreign       Foreign
	Of            string // the case or the visit in words
}

// about says of what record a paper is.
func (p *FilePaper) about(src *paper.Source) {
	p.Document, p.Interrogation = src.Document, src.Interrogation
	switch {
	case src.Document != nil:
		p.Version = src.Document.Version
	case src.Interrogation != nil:
		p.Version = src.Interrogation.Version
	case src.Inspection != nil:
		p.Version = src.Inspection.Version
	}
	switch {
	case src.Facts != nil:
		p.CaseID, p.Of = src.Facts.File.Case.ID, src.Facts.File.Case.Title
	case src.Inspection != nil:
		p.InspectionID, p.Of = src.Inspection.ID, src.Farm.Name+" "+src.Inspection.StartedOn.String()
	}
}

// paperOf finds the kind and refuses a record that it is not printed from.
func paperOf(key, entity string, id int64) (PaperOf, error) {
	k, ok := paper.ByKey(key)
	if !ok || !k.Prints(entity) {
		return PaperOf{}, registry.NotFound("这种文书", key)
	}
	return PaperOf{k, entity, id}, nil
}

// FilePaper makes a paper of the case file as the record stands.
func (s *Service) FilePaper(ctx context.Context, a registry.Actor, key, entity string, id int64) (p FilePaper, err error) {
	if p.PaperOf, err = paperOf(key, entity, id); err != nil {
		return p, err
	}
	var src *paper.Source
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if src, err = s.paperSource(tx, a, p.PaperOf); err != nil {
			return err
		}
		if p.Foreign, err = foreignTo(tx, a, "这份文书", "办理", entity, id); err != nil {
			return err
		}
		signed, err := tx.SignedPapersOf(entity, id)
		p.Signed = slices.DeleteFunc(signed, func(x registry.SignedPaper) bool { return x.Paper != key })
		return err
	})
	if err != nil {
		return p, err
	}
	if p.about(src); p.Document != nil && !mayPrint(p.Kind, src) {
		return p, registry.NotFound("这种文书", string(p.Document.Kind))
	}
	if key == "photos" {
		s.showPhotos(ctx, src)
	}
	p.Paper = paper.New(p.Kind, src)
	return p, nil
}

func mayPrint(k *paper.Kind, src *paper.Source) bool {
	for _, x := range paper.OfDocument(src.Document, src.Facts.File.Kind(src.Document.Kind)) {
		if x == k {
			return true
		}
	}
	return false
}

// PrintFilePaper is FilePaper for a file that leaves the register, which the audit log records.
func (s *Service) PrintFilePaper(ctx context.Context, a registry.Actor, key, entity string, id int64, format string) (FilePaper, error) {
	p, err := s.FilePaper(ctx, a, key, entity, id)
	if err != nil {
		return p, err
	}
	return p, s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "导出", Entity: entity, EntityID: id, Detail: p.Title + " " + strings.ToUpper(format)}, nil)
	})
}

// FilePapers are all papers that can be printed from a case, with its documents, or from an inspection.
func (s *Service) FilePapers(ctx context.Context, a registry.Actor, entity string, id int64) (list []FilePaper, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		src, err := s.paperSource(tx, a, PaperOf{nil, entity, id})
		if err != nil {
			return err
		}
		add := func(k *paper.Kind, src paper.Source, entity string, id int64) {
			p := FilePaper{PaperOf: PaperOf{k, entity, id}, Paper: paper.New(k, &src)}
			p.about(&src)
			list = append(list, p)
		}
		for i := range paper.Kinds {
			if k := &paper.Kinds[i]; k.Prints(entity) {
				add(k, *src, entity, id)
			}
		}
		asked, err := interrogationsOn(tx, src)
		if err != nil {
			return err
		}
		for i := range asked {
			with := *src
			with.Interrogation = &asked[i]
			k, _ := paper.ByKey(paper.KeyInterrogation)
			add(k, with, "interrogation", int64(asked[i].ID))
		}
		if entity == "case" {
			docs := src.Facts.File.Documents
			for i := range docs {
				for _, k := range paper.OfDocument(&docs[i], src.Facts.File.Kind(docs[i].Kind)) {
					with := *src
					aboutDocument(&with, &docs[i])
					add(k, with, "document", int64(docs[i].ID))
				}
			}
		}
		return markSigned(tx, list)
	})
	return list, err
}

// interrogationsOn are those of the case, with those of its inspections, or of the inspection.
func interrogationsOn(tx *store.Tx, src *paper.Source) ([]registry.Interrogation, error) {
	if src.Facts != nil {
		return src.Facts.File.Interrogations, nil
	}
	return tx.InterrogationsOfInspection(src.Inspection.ID)
}

// markSigned gives the papers of a case or an inspection their signed originals.
func markSigned(tx *store.Tx, list []FilePaper) error {
	signed, err := tx.SignedPapersOn(list[0].CaseID, list[0].InspectionID)
	for _, x := range signed {
		for i := range list {
			if p := &list[i]; p.Entity == x.Entity && p.ID == x.EntityID && p.Kind.Key == x.Paper {
				p.Signed = append(p.Signed, x)
			}
		}
	}
	return err
}

// paperSource reads what a paper is made of.
func (s *Service) paperSource(tx *store.Tx, a registry.Actor, of PaperOf) (src *paper.Source, err error) {
	src = &paper.Source{Bureau: s.Bureau(), Law: s.Law(), Today: s.Today(), At: s.now(), Personal: a.May(registry.PermPersonalRead) == nil}
	if src.Organs, err = organNames(tx); err != nil {
		return nil, err
	}
	demo, err := tx.Setting(settingDemo)
	if err != nil {
		return nil, err
	}
	src.Demo = demo != ""
	if src.Wordings, err = wordings(tx); err != nil {
		return nil, err
	}
	switch of.Entity {
	case "inspection":
		return src, s.visitSource(tx, src, registry.InspectionID(of.ID))
	case "document":
		d, err := store.Documents.Get(tx, of.ID)
		if err != nil {
			return nil, err
		}
		if err := s.caseSource(tx, src, d.CaseID); err != nil {
			return nil, err
		}
		aboutDocument(src, &d)
		return src, nil
	case "interrogation":
		x, err := store.Interrogations.Get(tx, of.ID)
		if err != nil {
			return nil, err
		}
		if x.CaseID != 0 {
			err = s.caseSource(tx, src, x.CaseID)
		} else {
			err = s.visitSource(tx, src, x.InspectionID)
		}
		src.Interrogation = &x
		return src, err
	case "case":
		return src, s.caseSource(tx, src, registry.CaseID(of.ID))
	}
	return nil, registry.NotFound("这种文书", of.Entity)
}

func (s *Service) visitSource(tx *store.Tx, src *paper.Source, id registry.InspectionID) error {
	x, err := store.Inspections.Get(tx, int64(id))
	if err != nil {
		return err
	}
	src.Inspection = &x
	farm, err := store.Farms.Referred(tx, int64(x.FarmID))
	if err != nil {
		return err
	}
	src.Farm = &farm
	if src.Party, err = maybe(tx, store.Parties, x.PartyID); err != nil {
		return err
	}
	samples, err := tx.SamplesOf([]registry.InspectionID{id})
	if err != nil {
		return err
	}
	src.Samples = samples[id]
	evidence, err := tx.EvidenceOfInspection(id)
	if err != nil {
		return err
	}
	for _, e := range evidence {
		src.Exhibits = append(src.Exhibits, registry.Exhibit{Evidence: e, From: &x})
	}
	return s.photoFiles(tx, src)
}

func (s *Service) caseSource(tx *store.Tx, src *paper.Source, id registry.CaseID) error {
	f, err := tx.CaseFile(id)
	if err != nil {
		return err
	}
	if src.Facts, err = s.facts(tx, f, s.FineRanges(f)); err != nil {
		return err
	}
	if src.Sheets, err = tx.DiscretionSheetsOf(id); err != nil {
		return err
	}
	if src.Texts, err = tx.KeptTexts(textHashes(f)); err != nil {
		return err
	}
	src.Farm, src.Samples, src.Exhibits = f.Farm, f.Samples, f.Exhibits()
	if p, name, ok := f.MainParty(); ok {
		src.Party, src.NameAtAct = &p, name
	}
	return s.photoFiles(tx, src)
}

// aboutDocument turns a source of a case to one of its documents: evidence made later is not what it rests on.
func aboutDocument(src *paper.Source, d *registry.Document) {
	src.Document = d
	src.Exhibits = slices.DeleteFunc(slices.Clone(src.Exhibits), func(x registry.Exhibit) bool { return d.MadeOn.Before(x.MadeOn) })
}

// photoFiles finds the files of the photos among the exhibits.
func (s *Service) photoFiles(tx *store.Tx, src *paper.Source) error {
	src.Pictures = map[registry.AttachmentID]report.Picture{}
	for i := range src.Exhibits {
		x := &src.Exhibits[i]
		if x.Kind != "照片" || x.AttachmentID == 0 {
			continue
		}
		file, err := tx.Attachment(x.AttachmentID)
		if err != nil {
			return err
		}
		src.Pictures[file.ID] = report.Picture{File: file.ID, SHA256: file.SHA256}
	}
	return nil
}

// photoLongest is how many pixels the longer side of a photo on a paper has: 200 an inch on half a page.
const photoLongest = 1200

// showPhotos makes the copies that are printed. One that cannot be read is left to be pasted in by hand.
func (s *Service) showPhotos(ctx context.Context, src *paper.Source) {
	for id, p := range src.Pictures {
		jpeg, w, h, err := s.renderPicture(ctx, p.SHA256, picture.Edit{Longest: photoLongest})
		if err != nil {
			delete(src.Pictures, id)
			continue
		}
		p.JPEG, p.Width, p.Height = jpeg, w, h
		src.Pictures[id] = p
	}
}
