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
		return fmt.Errorf("用法：casebook restore 备份目录 --data 新目录（恢复到 PostgreSQL 的再加 --db postgres://…，附件放在新目录）")
	}
	r, err := store.BeginRestore(ctx, words[0], c.data, store.RestoreOptions{Database: c.database(), Now: c.now(), Progress: progress(c.stderr)})
	if err != nil {
		return err
	}
	defer r.Abandon()
	defects, err := c.verifiedAt(ctx, r.Place)
	if err != nil {
		return err
	}
	for _, d := range defects {
		fmt.Fprintln(c.stdout, "✗", d)
	}
	if len(defects) > 0 && !*accept {
		return fmt.Errorf("备份 %s 的每个文件都与清单相符，但登记册在备份时已有 %d 处问题，没有恢复；可改用更早的备份，或加 --accept-defects 照原样恢复", r.From, len(defects))
	}
	if err := r.Finish(ctx); err != nil {
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

// verifiedAt opens a register that is not in its place yet, brings its schema up to date, and verifies it.
func (c *cli) verifiedAt(ctx context.Context, place func() (string, store.Options)) (defects []string, err error) {
	dir, opt := place()
	inside := *c
	inside.data = dir
	db, s, err := inside.openAt(ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	report, err := s.Verify(ctx, registry.CommandLine)
	if closed := db.Close(); err == nil {
		err = closed
	}
	return report.Defects, err
}
