package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/store"
)

func caseCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("case")
	out := fs.String("o", "", "输出文件")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 || words[0] != "sheet" {
		return fmt.Errorf("用法：casebook case sheet 案件号 -o 登记表.pdf")
	}
	id, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil || id <= 0 {
		return fmt.Errorf("案件号“%s”应是正整数", words[1])
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
	sheet, err := s.PrintCaseSheet(ctx, actor, registry.CaseID(id))
	if err != nil {
		return err
	}
	path := *out
	if path == "" {
		path = fmt.Sprintf("案件登记表-%d.pdf", id)
	}
	if err := writeFile(path, func(w io.Writer) error { return pdf.WriteCaseSheet(w, sheet) }); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "已导出", path)
	return nil
}
