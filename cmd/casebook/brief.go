package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// briefFormats are the files that a brief may be.
var briefFormats = map[string]casework.BriefWriter{"pdf": pdf.WriteBrief, "docx": docx.WriteBrief}

func brief(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("brief")
	out := fs.String("o", "", "输出文件：.pdf 或 .docx")
	on := fs.String("on", "", "哪一天所在的周或月，如 2026-11-23；不写则今天")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 1 || words[0] != "week" && words[0] != "month" {
		return fmt.Errorf("用法：casebook brief week|month [--on 2026-11-23] -o 简报.pdf")
	}
	day, err := registry.ParseDate(*on)
	if err != nil {
		return fmt.Errorf("--on：%w", err)
	}
	q := casework.BriefAsk{Week: words[0] == "week", On: day}
	path := *out
	if path == "" {
		if day.IsZero() {
			q.On = registry.DateOf(c.now())
		}
		path = q.Name() + ".pdf"
	}
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	write := briefFormats[format]
	if write == nil {
		return fmt.Errorf("-o 的文件名应以 .pdf 或 .docx 结尾：%s", path)
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the export's own error is the one to tell
	actor, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	if err := writeFile(path, func(w io.Writer) error {
		return s.SealedBrief(ctx, actor, q, format, w, write)
	}); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "已导出", path)
	return nil
}
