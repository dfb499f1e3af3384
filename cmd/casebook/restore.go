package main

import (
	"context"
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/store"
)

func restore(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("restore")
	accept := fs.Bool("accept-defects", false, "备份完好、但登记册在备份时已有问题的，也恢复")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return fmt.Errorf("用法：casebook restore 备份目录 --data 新目录")
	}
	if err := c.fileOnly("restore"); err != nil {
		return err
	}
	r, err := store.BeginRestore(ctx, words[0], c.data)
	if err != nil {
		return err
	}
	defer r.Abandon()
	inside := *c
	inside.data = r.Work()
	defects, err := inside.verified(ctx)
	if err != nil {
		return err
	}
	for _, d := range defects {
		fmt.Fprintln(c.stdout, "✗", d)
	}
	if len(defects) > 0 && !*accept {
		return fmt.Errorf("备份 %s 的每个文件都与清单相符，但登记册在备份时已有 %d 处问题，没有恢复；可改用更早的备份，或加 --accept-defects 照原样恢复", r.From, len(defects))
	}
	if err := r.Finish(); err != nil {
		return err
	}
	m := r.Manifest
	fmt.Fprintf(c.stdout, "已从 %s 恢复到 %s：案件 %d 个，附件文件 %d 个，审计链第 %d 条 %.12s，备份于 %s\n",
		r.From, c.data, m.Counts["cases"], len(m.Attachments), m.Audit.Seq, m.Audit.Hash, m.MadeAt.In(registry.Shanghai).Format("2006-01-02 15:04:05"))
	if len(defects) == 0 {
		fmt.Fprintln(c.stdout, "核验通过")
	}
	return nil
}

// verified opens a register, brings its schema up to date, and verifies it.
func (c *cli) verified(ctx context.Context) (defects []string, err error) {
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return nil, err
	}
	report, err := s.Verify(ctx, registry.CommandLine)
	if closed := db.Close(); err == nil {
		err = closed
	}
	return report.Defects, err
}
