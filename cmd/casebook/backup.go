package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"casebook/internal/store"
)

func backup(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("backup")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return fmt.Errorf("用法：casebook backup 备份目录 --data 数据目录")
	}
	r, err := store.Backup(ctx, c.data, words[0], store.BackupOptions{Program: program(), Now: c.now(), Database: c.database(), Progress: progress(c.stderr)})
	if err != nil {
		return err
	}
	m := r.Manifest
	fmt.Fprintf(c.stdout, "已备份到 %s：案件 %d 个，附件文件 %d 个（新复制 %d 个，已有 %d 个），审计链第 %d 条 %.12s\n",
		r.Folder, m.Counts["cases"], len(m.Attachments), r.Copied, r.Kept, m.Audit.Seq, m.Audit.Hash)
	if len(m.Missing) > 0 {
		for _, hash := range m.Missing {
			fmt.Fprintln(c.stdout, "✗ 登记册里的附件缺失或已改变，没有备份：", hash)
		}
		return fmt.Errorf("备份已完成，但登记册本身有 %d 个附件缺失或已改变；请用 casebook verify 核查，并从以前的备份里找回", len(m.Missing))
	}
	return nil
}

// program is the version of this program, as its build knows it.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "casebook"
	}
	version := "casebook " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			version += " " + s.Value
		}
	}
	return version
}
