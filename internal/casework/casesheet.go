package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// CaseSheet is the whole record of a case as it is read now, for paper or page. Printing one is recorded: a sheet leaves the register.
func (s *Service) CaseSheet(ctx context.Context, a registry.Actor, id registry.CaseID) (sheet report.CaseSheet, err error) {
	in := report.CaseSheetInput{Actor: a.DisplayName, At: s.now(), Personal: a.May(registry.PermPersonalRead) == nil}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		rec, err := caseRecord(tx, id, wholeRecord)
		if err != nil {
			return err
		}
		in.Texts, in.Sheets, in.Changes = rec.Texts, rec.Sheets, rec.History
		if in.Facts, err = s.facts(tx, &rec.CaseFile, s.FineRanges(&rec.CaseFile)); err != nil {
			return err
		}
		demo, err := tx.Setting(settingDemo)
		if err != nil {
			return err
		}
		in.Demo = demo != ""
		in.Labels, err = s.labels(tx)
		return err
	})
	if err != nil {
		return sheet, err
	}
	return report.NewCaseSheet(in), nil
}

// PrintCaseSheet is CaseSheet for a file that leaves the register, which the audit log records.
func (s *Service) PrintCaseSheet(ctx context.Context, a registry.Actor, id registry.CaseID) (report.CaseSheet, error) {
	sheet, err := s.CaseSheet(ctx, a, id)
	if err != nil {
		return sheet, err
	}
	return sheet, s.write(ctx, a, func(tx *store.Tx) error {
		head, err := wordsOfHead(tx.NewestHead())
		if err != nil {
			return err
		}
		if head != "" {
			sheet.Foot = append(slices.Clip(sheet.Foot), "审计链头 "+head)
		}
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "导出", Entity: "case", EntityID: int64(id), Detail: "案件登记表 PDF"}, nil)
	})
}
