package casework

import (
	"context"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// numberFree refuses a number that another document has, and says which. It runs inside the single write transaction, so that of two
// people who save one number at once exactly one is told so; the unique index stands behind it.
func numberFree(x *registry.Document) check {
	return func(tx *store.Tx) error {
		if x.Number == "" || x.OrganName != "" {
			return nil
		}
		list, err := tx.DocumentsNumbered(x.Number)
		if err != nil {
			return err
		}
		if len(list) == 0 || slices.ContainsFunc(list, func(d registry.Document) bool { return d.ID == x.ID }) {
			return nil // its own number, perhaps with a twin from before numbers were compared by their key
		}
		taken := list[0]
		c, err := store.Cases.Get(tx, int64(taken.CaseID))
		if err != nil {
			return err
		}
		message := fmt.Sprintf("这个文号已被案件“%s”的%s使用；同一文号只能登记一次", titleFor(tx, c.ID, c.Title), taken.Kind)
		if taken.NumberTyped != x.NumberTyped {
			message += fmt.Sprintf("（那里写作 %s）", taken.NumberTyped)
		}
		return &registry.Error{Kind: registry.KindConflict, Message: message, Fields: []registry.FieldError{{Field: "number", Message: message}}}
	}
}

// NumberedDocument is the document that has a number, with its case.
type NumberedDocument struct {
	Document registry.Document
	Case     registry.Case
}

// DocumentNumbered finds the document of ours that has a number, however it is spelt; nil where there is none.
func (s *Service) DocumentNumbered(ctx context.Context, a registry.Actor, number string) (found *NumberedDocument, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list, err := tx.DocumentsNumbered(number)
		if err != nil || len(list) == 0 {
			return err
		}
		c, err := store.Cases.Get(tx, int64(list[0].CaseID))
		found = &NumberedDocument{list[0], c}
		return err
	})
	return found, err
}

// nameParticipants gives the officers chosen from the roster their names. Who was on the document before keeps the name of that day.
func nameParticipants(x, was *registry.Document) check {
	return func(tx *store.Tx) error {
		kept := map[registry.OfficerID]string{}
		for _, p := range was.Participants {
			kept[p.OfficerID] = p.Name
		}
		for i := range x.Participants {
			p := &x.Participants[i]
			if p.OfficerID == 0 {
				continue
			}
			if name, ok := kept[p.OfficerID]; ok {
				if p.Name == "" {
					p.Name = name
				}
				continue
			}
			o, err := store.Officers.Get(tx, int64(p.OfficerID))
			if registry.KindOf(err) == registry.KindNotFound {
				return registry.Invalid(fmt.Sprintf("participants.%d.officer_id", i), "执法人员名册里没有这个人，请重新选择")
			}
			if err != nil {
				return err
			}
			p.Name = o.Name
		}
		return nil
	}
}

// AddDocument records a document or step.
func (s *Service) AddDocument(ctx context.Context, a registry.Actor, x *registry.Document) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, detail: s.reviewRemark(ctx, a, x)}, store.Documents, x, s.documentChecks(a, x)...)
}

// ChangeDocument stores an edited document.
func (s *Service) ChangeDocument(ctx context.Context, a registry.Actor, x *registry.Document) error {
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Documents, x, s.documentChecks(a, x)...)
}

func (s *Service) documentChecks(a registry.Actor, x *registry.Document) []check {
	return []check{
		s.openDocument(x), knownKind(x), refExists(store.Organs, "organ_id", x.OrganID), namesOwnInspection(x), numberFree(x),
		func(tx *store.Tx) error {
			if x.Seq == 0 {
				last, err := tx.LastDocumentSeq(x.CaseID)
				if err != nil {
					return err
				}
				x.Seq = last + 1
			}
			var was registry.Document
			if x.ID != 0 {
				var err error
				if was, err = store.Documents.Get(tx, int64(x.ID)); err != nil {
					return err
				}
			}
			if err := nameParticipants(x, &was)(tx); err != nil {
				return err
			}
			if err := s.tellInspection(tx, a, &was, x); err != nil {
				return err
			}
			return s.settleCitations(tx, x.Citations, x.MadeOn, was.Citations...)
		},
	}
}

// Document reads a document.
func (s *Service) Document(ctx context.Context, a registry.Actor, id registry.DocumentID) (registry.Document, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.Documents, int64(id))
}

// RemoveDocument deletes a document entered by mistake; one that penalties rest on stays.
func (s *Service) RemoveDocument(ctx context.Context, a registry.Actor, id registry.DocumentID, version int64) error {
	return remove(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Documents, int64(id), version, func(tx *store.Tx) error {
		d, err := store.Documents.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if err := firstError(open(d.CaseID)(tx), nothingKeeps(tx, "document", "份文书", int64(id))); err != nil {
			return err
		}
		return tx.DropCitations("document", int64(id), d.CaseID)
	})
}
