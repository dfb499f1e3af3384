package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"casebook/internal/store"
)

func copyCommand(ctx context.Context, c *cli, args []string) error {
	opt := store.CopyOptions{Now: c.now(), Progress: progress(c.stderr)}
	fs := flag.NewFlagSet("casebook copy", flag.ContinueOnError)
	fs.SetOutput(c.stderr)
	fs.StringVar(&opt.From, "from", "", "来源：SQLite 登记册的数据目录，或 postgres://用户@主机/数据库；只读取，不改动，可以正在使用")
	fs.StringVar(&opt.To, "to", "", "目标：空目录或新目录，或空的 PostgreSQL 数据库")
	fs.StringVar(&opt.FromFiles, "from-files", "", "来源是 PostgreSQL 时，它的附件所在的目录（serve 时的 --data）")
	fs.StringVar(&opt.ToFiles, "to-files", "", "目标是 PostgreSQL 时，存放附件的空目录或新目录（以后 serve 时的 --data）")
	accept := fs.Bool("accept-defects", false, "复制无误、但登记册在来源里已有问题的，也复制")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if opt.From == "" || opt.To == "" || len(words) > 0 {
		return errors.New("用法：casebook copy --from 数据目录或postgres://… --to 新目录或postgres://…（PostgreSQL 一边的附件目录用 --from-files、--to-files）")
	}
	for _, side := range []struct{ name, place, files string }{{"from", opt.From, opt.FromFiles}, {"to", opt.To, opt.ToFiles}} {
		switch server := strings.Contains(side.place, "://"); {
		case server && !strings.HasPrefix(side.place, "postgres://") && !strings.HasPrefix(side.place, "postgresql://"):
			return fmt.Errorf("--%s 应是数据目录，或 postgres://用户@主机:端口/数据库", side.name)
		case server && side.files == "":
			return fmt.Errorf("--%s 是 PostgreSQL 数据库，请用 --%[1]s-files 指定它的附件目录（serve 时的 --data）", side.name)
		case !server && side.files != "":
			return fmt.Errorf("--%s 是目录，附件就在里面，不用写 --%[1]s-files", side.name)
		}
	}
	r, err := store.BeginCopy(ctx, opt)
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
		return fmt.Errorf("每一行都与来源相同，但登记册有 %d 处问题，没有复制；请先用 casebook verify 核查来源，或加 --accept-defects 照原样复制", len(defects))
	}
	if err := r.Finish(ctx); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已复制并逐行核对：%d 个表，%d 行，附件文件 %d 个，审计链第 %d 条 %.12s。来源没有改动；此后写入来源的不在其中\n",
		r.Tables, r.Rows, r.Copied+r.Kept, r.Audit.Seq, r.Audit.Hash)
	if len(defects) == 0 {
		fmt.Fprintln(c.stdout, "核验通过")
	}
	return nil
}

// progress prints what is done with the rows of which table.
func progress(w io.Writer) func(what, table string, rows int64) {
	return func(what, table string, rows int64) {
		if rows >= 1000 { // a table of less takes no time
			fmt.Fprintf(w, "%s %s：%d 行\n", what, table, rows)
		}
	}
}
