package casework

import (
	"context"
	"fmt"
	"io"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/store"
)

// The kinds of exports beside the forms of the ledger: what they were asked stands in Export, and their records are like those of ledgers.
const (
	KindDifference     = "台账变化"
	KindDraw           = "案卷评查抽取"
	KindReconciliation = "对账结果"
	KindBrief          = "简报"
)

// ListingWriter writes a listing in some form and tells how many rows each of its sheets has.
type ListingWriter func(w io.Writer, l report.Listing) (rows []int, err error)

// Writers write an export anew in the form in which it left: as a workbook.
type Writers struct {
	Ledger     report.LedgerWriter
	Difference report.DifferenceWriter
	Listing    ListingWriter
}

// listingTries is how often a listing is made anew since somebody wrote while it was made.
const listingTries = 3

// SealedListing has write write a listing to out, which make makes, and keeps a record of it like that of a ledger. The listing says of which state of the
// register it is: nobody wrote while it was made. Who made it and when stands in the record, not in the file.
func (s *Service) SealedListing(ctx context.Context, a registry.Actor, perm registry.Permission, x Export, kind string, words []string, out io.Writer, make func() (report.Listing, error), write ListingWriter) error {
	if err := a.May(perm); err != nil {
		return err
	}
	var record registry.ExportRecord
	e, err := s.beginExport(ctx, a, x, kind, words, &record)
	if err != nil {
		return err
	}
	l, err := s.steadyListing(ctx, a, perm, e, make)
	if err != nil {
		return e.end(ctx, err)
	}
	rows, err := write(e.to(out), l)
	if err == nil {
		record.Rows = rowCounts(&l, rows)
	}
	return e.end(ctx, err)
}

func rowCounts(l *report.Listing, rows []int) (list []registry.RowCount) {
	for i, n := range rows {
		list = append(list, registry.RowCount{Sheet: l.Sheets[i].Name, Rows: n})
	}
	return list
}

// steadyListing makes a listing of one state of the register and has it say of which.
func (s *Service) steadyListing(ctx context.Context, a registry.Actor, perm registry.Permission, e *sealing, make func() (report.Listing, error)) (l report.Listing, err error) {
	var before, after store.Position
	newest := func(into *store.Position) error {
		return s.read(ctx, a, perm, func(tx *store.Tx) (err error) {
			*into, err = tx.NewestRecord()
			return err
		})
	}
	for range listingTries {
		if err = newest(&before); err != nil {
			return l, err
		}
		if l, err = make(); err != nil {
			return l, err
		}
		if err = newest(&after); err != nil {
			return l, err
		}
		if before.Seq == after.Seq {
			break
		}
	}
	if before.Seq != after.Seq {
		return l, registry.Conflict("登记册正在改动，没有做成同一时刻的文件。请再试一次。")
	}
	var info report.LedgerInfo
	err = s.read(ctx, a, perm, func(tx *store.Tx) error { return e.claim(tx, after, &info) })
	l.AsOf, l.Claim = after.At, info.Claim
	if after.Seq > 0 {
		l.Notes = append(slices.Clone(l.Notes), [2]string{"数据位置", fmt.Sprintf("登记册最后一条登记是审计记录第 %d 条，摘要 %s", after.Seq, after.Hash)})
	}
	return l, err
}

// DrawListing is a draw with its results as a listing.
func (s *Service) DrawListing(ctx context.Context, a registry.Actor, id registry.DrawID) (l report.Listing, err error) {
	p, err := s.Draw(ctx, a, id)
	if err != nil {
		return l, err
	}
	var demo string
	if err := s.read(ctx, a, registry.PermDrawRead, func(tx *store.Tx) (err error) {
		demo, err = tx.Setting(settingDemo)
		return err
	}); err != nil {
		return l, err
	}
	d := &p.Draw
	violation := ""
	if t, ok := s.Law().ViolationType(d.TypeCode); ok {
		violation = t.Label
	}
	sheet := "没有选用评分表"
	if d.SheetName != "" {
		sheet = d.SheetName + "（出处：" + d.SheetSource + "；未经官方文本核对）"
	}
	return report.Listing{
		Title: s.Bureau().Name + d.Title, Demo: demo != "", Sheets: report.DrawSheets(d, p.Results),
		Notes: [][2]string{
			{"抽取人", d.DrawnBy + "，" + d.CreatedAt.In(registry.Shanghai).Format("2006-01-02 15:04")}, {"总体范围", report.DrawScope(d, p.Organ, violation, s.Bureau())},
			{"总体", fmt.Sprintf("%d 件，摘要（案件编号升序、每行一个的 SHA-256）%s；决定日期不全、不能确定落在期间内而没有列入的 %d 件", d.Population, d.PopulationDigest, d.Uncertain)},
			{"种子", d.Seed}, {"方法", report.DrawMethod(d)}, {"评分表", sheet},
		},
	}, nil
}

// SealedDraw is the workbook of a draw with its results.
func (s *Service) SealedDraw(ctx context.Context, a registry.Actor, id registry.DrawID, out io.Writer, write ListingWriter) error {
	p, err := s.Draw(ctx, a, id)
	if err != nil {
		return err
	}
	return s.SealedListing(ctx, a, registry.PermDraw, Export{Draw: id}, KindDraw, []string{p.Title}, out, func() (report.Listing, error) { return s.DrawListing(ctx, a, id) }, write)
}

// drawAgain makes the workbook of a draw anew, of today's results: same tells that nothing was written since.
func (s *Service) drawAgain(ctx context.Context, a registry.Actor, c seal.Claim, id registry.DrawID, out io.Writer, write ListingWriter) (same bool, err error) {
	e := &sealing{s: s, a: a, record: &registry.ExportRecord{Kind: c.Kind, Request: c.Request, Filters: append([]string{}, c.Filters...), Branch: c.Branch}}
	l, err := s.steadyListing(ctx, a, registry.PermDrawRead, e, func() (report.Listing, error) { return s.DrawListing(ctx, a, id) })
	if err != nil {
		return false, err
	}
	_, err = write(out, l)
	return e.record.Position == c.Position, err
}
