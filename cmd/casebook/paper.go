package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"casebook/internal/docx"
	"casebook/internal/paper"
	"casebook/internal/pdf"
	"casebook/internal/store"
)

// paperFormats are the files of a paper of the case file, by the name's end.
var paperFormats = map[string]func(io.Writer, paper.Paper) error{".pdf": pdf.WritePaper, ".docx": docx.WritePaper}

// paperKinds names the kinds for who asks: visit 现场检查（勘察）笔录.
func paperKinds() string {
	var list []string
	for _, k := range paper.Kinds {
		list = append(list, k.Key+" "+k.Title)
	}
	return strings.Join(list, "，")
}

func paperCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("paper")
	out := fs.String("o", "", "输出文件：.pdf 或 .docx")
	of := fs.String("of", "", "从哪种记录打印：inspection、case、document；不写则是这种文书自己的")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 {
		return fmt.Errorf("用法：casebook paper 种类 记录号 -o 文书.pdf；种类有：%s", paperKinds())
	}
	kind, ok := paper.ByKey(words[0])
	if !ok {
		return fmt.Errorf("没有“%s”这种文书；种类有：%s", words[0], paperKinds())
	}
	id, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil || id <= 0 {
		return fmt.Errorf("记录号“%s”应是正整数", words[1])
	}
	entity := *of
	if entity == "" {
		entity = strings.Fields(kind.Of)[0]
	}
	path := *out
	if path == "" {
		path = fmt.Sprintf("%s-%d.pdf", kind.Title, id)
	}
	write := paperFormats[strings.ToLower(filepath.Ext(path))]
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
	p, err := s.PrintFilePaper(ctx, actor, kind.Key, entity, id, strings.TrimPrefix(filepath.Ext(path), "."))
	if err != nil {
		return err
	}
	if err := writeFile(path, func(w io.Writer) error { return write(w, p.Paper) }); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "已导出", path)
	for _, m := range p.Missing {
		fmt.Fprintf(c.stdout, "缺 %s（%s）\n", m.Name, m.Asks)
	}
	return nil
}
