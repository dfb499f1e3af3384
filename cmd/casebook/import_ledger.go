package main

import (
	"context"
	"fmt"
	"path/filepath"

	"casebook/internal/casework"
	"casebook/internal/ledgerread"
	"casebook/internal/store"
)

// importLedger brings in what is new of a ledger, and says what became of each row that is not.
func (c *cli) importLedger(ctx context.Context, name, district string) error {
	b, err := ledgerFile(name)
	if err != nil {
		return err
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the import was committed
	actor, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	p, batch, err := s.ImportLedger(ctx, actor, casework.LedgerAsked{Filename: filepath.Base(name), File: b, District: district})
	if err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	for i := range p.Sheets {
		for _, col := range p.Sheets[i].Columns {
			if why := col.LeftOut(); why != "" {
				fmt.Fprintf(c.stdout, "“%s”%s 列“%s”没有导入：%s\n", p.Sheets[i].Name, col.Letters(), col.Title, why)
			}
		}
	}
	for _, x := range p.Rejected {
		fmt.Fprintf(c.stdout, "“%s”第 %d 行没有导入：%s\n", x.Sheet, x.Row, rejectedWords(x))
	}
	for i := range p.Matches {
		if x := &p.Matches[i]; x.Fate == casework.FateConflict || x.Fate == casework.FateUpdate {
			fmt.Fprintf(c.stdout, "“%s”第 %d 行没有导入：%s（%s%s）\n", x.Sheet, x.Row, x.Fate, x.Why, x.DifferenceWords())
		}
	}
	if batch.ID == 0 {
		fmt.Fprintf(c.stdout, "没有新的记录：%d 行登记册里已有，%d 行不能导入，%d 行不是记录\n", p.Count(casework.FateSame), len(p.Rejected), len(p.Ignored))
		return nil
	}
	fmt.Fprintf(c.stdout, "批次 %d：新增 %d 行，已有相同 %d 行，已有未动 %d 行，不能导入 %d 行，不是记录 %d 行\n", batch.ID, len(batch.Rows), p.Count(casework.FateSame),
		batch.Kept, len(p.Rejected), len(p.Ignored))
	return nil
}

// rejectedWords are why a row was rejected, with the column and the value where it is one cell.
func rejectedWords(x ledgerread.Rejected) string {
	if x.Column == "" {
		return x.Reason
	}
	return fmt.Sprintf("“%s”写的是“%s”，%s", x.Column, x.Value, x.Reason)
}
