package casework

import (
	"context"
	"io"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// A closed case is read-only: itself, everything on it, and the inspections it rests on with their samples, exhibits and files. Only a
// document 恢复办理 with its reason may be added; with it the case stands where it stood before it was closed, and can be written again.
//
// One file may come later: the signed 结案审批表. The closing is registered with the day of its approval, and the sheet is printed from that record,
// signed and scanned, so that its original cannot be there before. It is taken once (closingScan); it says what the record says already, and changes
// nothing of it. Another one in its place, or a correction, asks for 恢复办理.

const closedMessage = "案件已结案，记录只读。需要补充或更正的，请先恢复办理并写明理由。"

// open refuses a write to a case whose record is closed, or that was voided. It reads the parent inside the writing transaction, which is the
// lock: no second writer runs beside it.
func open(id registry.CaseID) check {
	return func(tx *store.Tx) error {
		if void, err := tx.CaseVoided(id); err != nil {
			return err
		} else if void {
			return registry.Conflict(voidMessage, "案件")
		}
		stage, err := tx.CaseStage(id)
		if err != nil {
			return err
		}
		if stage.Closed() {
			return registry.Conflict(closedMessage)
		}
		return nil
	}
}

// openInspection refuses a write to an inspection, or to what is on it, that was voided, or that a closed case rests on: its samples are
// that case's figures.
func openInspection(id registry.InspectionID) check {
	return func(tx *store.Tx) error {
		if id == 0 {
			return nil
		}
		if void, err := tx.InspectionVoided(id); err != nil {
			return err
		} else if void {
			return registry.Conflict(voidMessage, "检查")
		}
		closed, err := tx.ClosedCaseOn(id)
		if err != nil || closed == "" {
			return err
		}
		return registry.Conflict("“%s”以这次检查为依据且已结案，检查和样品只读。需要补充或更正的，请先恢复办理该案并写明理由。", closed)
	}
}

// openFor asks of the record that a file is kept on.
func openFor(entity string, id int64) check {
	switch entity {
	case "case":
		return open(registry.CaseID(id))
	case "inspection":
		return openInspection(registry.InspectionID(id))
	case "farm":
		return stands(store.Farms, registry.FarmID(id))
	case "party":
		return stands(store.Parties, registry.PartyID(id))
	}
	return func(*store.Tx) error { return nil }
}

// closingScan lets the first signed original of a closing's approval be kept on the case that it closed; of any other document, open decides.
func closingScan(id registry.DocumentID) check {
	return func(tx *store.Tx) error {
		d, err := store.Documents.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if d.Kind != registry.DocClosing {
			return open(d.CaseID)(tx)
		}
		if void, err := tx.CaseVoided(d.CaseID); err != nil {
			return err
		} else if void {
			return registry.Conflict(voidMessage, "案件")
		}
		list, err := tx.SignedPapersOf("document", int64(id))
		if err != nil {
			return err
		}
		if len(list) > 0 {
			return open(d.CaseID)(tx)
		}
		return nil
	}
}

// AddSignedScan is AddAttachment for the scan of a document that was printed from the register and signed.
func (s *Service) AddSignedScan(ctx context.Context, a registry.Actor, d *registry.Document, filename string, content io.Reader, key string) (x registry.Attachment, repeated bool, err error) {
	return s.addFile(ctx, a, "case", int64(d.CaseID), filename, content, key, closingScan(d.ID))
}

// openDocument is open for documents: of a closed case 恢复办理 may be added, and of an open one it may not.
func (s *Service) openDocument(x *registry.Document) check {
	return func(tx *store.Tx) error {
		if x.Kind != registry.DocReopened || x.ID != 0 {
			return open(x.CaseID)(tx)
		}
		f, err := tx.CaseFile(x.CaseID)
		if err != nil {
			return err
		}
		if !f.Case.Stage.Closed() {
			return registry.Conflict("案件没有结案，不需要恢复办理。")
		}
		if !reopens(f, *x) {
			return registry.Invalid("made_on", "恢复办理的日期不能早于结案日期；日期不清楚的请留空")
		}
		return nil
	}
}

// reopens reports whether a case stands open once x is among its documents.
func reopens(f *registry.CaseFile, x registry.Document) bool {
	all := slices.Clone(f.Documents)
	for _, d := range f.Documents {
		x.Seq = max(x.Seq, d.Seq+1)
	}
	all = append(all, x)
	registry.SortDocuments(all)
	return !registry.StageOf(all, f.Kinds...).Closed()
}

// Reopen takes the closing of a case back, with the reason.
func (s *Service) Reopen(ctx context.Context, a registry.Actor, id registry.CaseID, reason string) error {
	f, err := s.CaseFile(ctx, a, id)
	if err != nil {
		return err
	}
	x := registry.Document{CaseID: id, Kind: registry.DocReopened, MadeOn: s.Today(), OrganID: f.Case.HandlingOrganID, People: a.DisplayName, Content: registry.CleanText(reason)}
	if !reopens(f, x) { // closed on a day to come, by a slip: the order of the documents says what the days cannot
		x.MadeOn = registry.Date{}
	}
	_, err = add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, action: string(registry.DocReopened)}, store.Documents, &x, s.documentChecks(a, &x)...)
	return err
}
