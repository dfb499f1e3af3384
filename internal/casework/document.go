package casework

import (
	"context"
	"fmt"

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
		list, err := sameNumber(tx, x.Number)
		if err != nil {
			return err
		}
		for _, d := range list {
			if d.ID == x.ID {
				continue
			}
			c, err := store.Cases.Get(tx, int64(d.CaseID))
			if err != nil {
				return err
			}
			message := fmt.Sprintf("这个文号已被案件“%s”的%s使用；同一文号只能登记一次", c.Title, d.Kind)
			return &registry.Error{Kind: registry.KindConflict, Message: message, Fields: []registry.FieldError{{Field: "number", Message: message}}}
		}
		return nil
	}
}

func sameNumber(tx *store.Tx, number string) ([]registry.Document, error) {
	return store.Documents.List(tx, "WHERE number_normalized = $1 AND number_normalized <> '' AND organ_name = '' ORDER BY id", number)
}

// NumberedDocument is the document that has a number, with its case.
type NumberedDocument struct {
	Document registry.Document
	Case     registry.Case
}

// DocumentNumbered finds the document of ours that has a number, however its brackets were typed; nil where there is none.
func (s *Service) DocumentNumbered(ctx context.Context, a registry.Actor, number string) (found *NumberedDocument, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list, err := sameNumber(tx, registry.NormalizeDocNumber(registry.CleanText(number)))
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
