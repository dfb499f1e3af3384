package casework

import (
	"context"

	"casebook/internal/paper"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// SignPaper keeps the scan of a signed paper as its legal original. From then on what the paper says cannot be changed in its record, until
// ReopenPaper.
func (s *Service) SignPaper(ctx context.Context, a registry.Actor, key, entity string, id int64, scan registry.AttachmentID) (x registry.SignedPaper, err error) {
	p, err := s.FilePaper(ctx, a, key, entity, id)
	if err != nil {
		return x, err
	}
	x = registry.SignedPaper{Entity: entity, EntityID: id, Paper: key, Of: p.Version, Digest: p.Digest(), AttachmentID: scan, CaseID: p.CaseID, InspectionID: p.InspectionID}
	_, err = add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, action: "签名原件"}, store.SignedPapers, &x, func(tx *store.Tx) error {
		if err := tx.MayWrite(entity, id); err != nil {
			return err
		}
		if !signable[entity] {
			return registry.Conflict("《%s》由多条记录汇成，扫描件请存入附件。", p.Title)
		}
		may := openSigned
		if entity == "document" {
			may = func(tx *store.Tx, _ *registry.SignedPaper) error { return closingScan(registry.DocumentID(id))(tx) }
		}
		if err := may(tx, &x); err != nil {
			return err
		}
		list, err := tx.SignedPapersOf(entity, id)
		for i := range list {
			if list[i].Paper == key && list[i].InForce() {
				return registry.Conflict("这份文书已有签名原件；要换的，请先写明理由更正。")
			}
		}
		return err
	})
	return x, err
}

// signable are the records whose papers can be signed: one record, one paper. What is put together from many is not locked by a scan.
var signable = map[string]bool{"document": true, "inspection": true, "interrogation": true}

// ReopenPaper takes a signed original out of force, with the reason that stands beside it from then on: the record can be corrected and signed
// anew. Nothing is removed.
func (s *Service) ReopenPaper(ctx context.Context, a registry.Actor, id registry.SignedPaperID, version int64, reason string) error {
	x, err := get(ctx, s, a, registry.PermRecordWrite, store.SignedPapers, int64(id))
	if err != nil {
		return err
	}
	if !x.InForce() {
		return registry.Conflict("这份签名原件已经更正过了。")
	}
	x.Reason = registry.CleanText(reason)
	if x.Reason == "" {
		return registry.Invalid("reason", "请写明为什么要更正已经签名的文书")
	}
	x.Version = version
	return change(ctx, s, act{actor: a, perm: registry.PermRecordWrite, action: "更正签名文书"}, store.SignedPapers, &x, func(tx *store.Tx) error {
		return openSigned(tx, &x)
	})
}

func openSigned(tx *store.Tx, x *registry.SignedPaper) error {
	if x.CaseID != 0 {
		return open(x.CaseID)(tx)
	}
	return openInspection(x.InspectionID)(tx)
}

// SignedPaper reads a signed original.
func (s *Service) SignedPaper(ctx context.Context, a registry.Actor, id registry.SignedPaperID) (registry.SignedPaper, error) {
	return get(ctx, s, a, registry.PermRecordRead, store.SignedPapers, int64(id))
}

// notSigned refuses to change what a signed paper says. is is nil where the record is to be deleted.
func notSigned(tx *store.Tx, entity string, id int64, was, is registry.Record) error {
	if !signable[entity] {
		return nil
	}
	list, err := tx.SignedPapersOf(entity, id)
	if err != nil {
		return err
	}
	for i := range list {
		if !list[i].InForce() || is != nil && registry.SameSigned(was, is) {
			continue
		}
		title := list[i].Paper
		if k, ok := paper.ByKey(title); ok {
			title = k.Title
		}
		return registry.Conflict("《%s》已有签名原件，所载内容已锁定。需要更正的，请在这份文书的打印页写明理由后再改，改后重新签名。", title)
	}
	return nil
}
