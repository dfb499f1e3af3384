package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
	"casebook/internal/wechat"
	"casebook/internal/xlsx"
)

func export(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("export")
	out := fs.String("o", "", "输出文件")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	var f casework.LedgerFilter
	var from, to string
	fs.StringVar(&f.DistrictCode, "district", "", "辖区代码")
	fs.StringVar(&f.Stage, "stage", "", "阶段")
	fs.StringVar(&f.Origin, "origin", "", "来源")
	fs.StringVar(&f.TypeCode, "type", "", "违法行为类型代码")
	fs.StringVar(&f.Q, "q", "", "检索词")
	fs.StringVar(&from, "from", "", "发现日期自")
	fs.StringVar(&to, "to", "", "发现日期至")
	fs.BoolVar(&f.NoSample, "no-sample", false, "不含示例")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 1 || words[0] != "ledger" {
		return fmt.Errorf("用法：casebook export ledger -o 台账.xlsx")
	}
	if f.From, err = registry.ParseDate(from); err != nil {
		return fmt.Errorf("--from：%w", err)
	}
	if f.To, err = registry.ParseDate(to); err != nil {
		return fmt.Errorf("--to：%w", err)
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the export's own error is the one to tell
	if err := s.CheckCases(f); err != nil {
		return err
	}
	actor, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	path := *out
	if path == "" {
		path = "案件台账-" + registry.DateOf(c.now()).String() + ".xlsx"
	}
	err = writeFile(path, func(w io.Writer) error {
		return s.Ledger(ctx, actor, casework.Export{Cases: f}, w, xlsx.WriteLedger)
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "已导出", path)
	return nil
}

func bulletin(ctx context.Context, c *cli, args []string) error {
	var format, design, fonts string
	return paper{
		command: "bulletin", word: "pdf", usage: "casebook bulletin pdf 编号 -o 通报.pdf", number: "通报编号",
		flags: func(fs *flag.FlagSet) {
			fs.StringVar(&format, "format", "pdf", "文件格式：pdf、docx、html（可粘贴到公众号）")
			fs.StringVar(&design, "design", "", "版式：通报、公文、报纸；不写则按通报所选")
			fs.StringVar(&fonts, "fonts", "", "仿宋、小标宋、楷体、黑体字体文件所在的目录；不写则用内嵌字体")
		},
		check: func() error {
			if bulletinFormats[format] == nil {
				return fmt.Errorf("--format 的内容“%s”不对，可选：pdf、docx、html", format)
			}
			if design != "" && !registry.BulletinDesigns.Has(design) {
				return fmt.Errorf("--design 的内容“%s”不对，可选：%s", design, strings.Join(registry.BulletinDesigns, "、"))
			}
			return c.useFonts(fonts)
		},
		read: func(s *casework.Service, actor registry.Actor, id int64) (string, func(w io.Writer) error, error) {
			if design == "" { // the paper that the approval froze, or a draft's as it is
				f, err := s.BulletinFile(ctx, actor, registry.BulletinID(id), format)
				return f.Filename, func(w io.Writer) error { _, err := w.Write(f.Content); return err }, err
			}
			b, err := s.PrintBulletin(ctx, actor, registry.BulletinID(id), format)
			if design != "" {
				b.Design = design
			}
			return report.FileName(b.Title, fmt.Sprintf("通报-%d", id), format), func(w io.Writer) error { return bulletinFormats[format](w, b) }, err
		},
	}.print(ctx, c, args)
}

// bulletinFormats are the files of a bulletin.
var bulletinFormats = map[string]func(io.Writer, report.Bulletin) error{"pdf": pdf.WriteBulletin, "docx": docx.Write, "html": wechat.WritePage}

// useFonts takes the fonts of a folder for papers and says on stderr which sets what, and why a file is not taken.
func (c *cli) useFonts(dir string) error {
	if dir == "" {
		return nil
	}
	uses, err := pdf.UseFonts(dir)
	for _, u := range uses {
		fmt.Fprintln(c.stderr, "字体", u)
	}
	return err
}

func caseCommand(ctx context.Context, c *cli, args []string) error {
	return paper{
		command: "case", word: "sheet", usage: "casebook case sheet 案件号 -o 登记表.pdf", number: "案件号",
		read: func(s *casework.Service, actor registry.Actor, id int64) (string, func(w io.Writer) error, error) {
			sheet, err := s.PrintCaseSheet(ctx, actor, registry.CaseID(id))
			return fmt.Sprintf("案件登记表-%d.pdf", id), func(w io.Writer) error { return pdf.WriteCaseSheet(w, sheet) }, err
		},
	}.print(ctx, c, args)
}

// paper is a command that prints one record: casebook bulletin pdf 1 -o b.pdf.
type paper struct {
	command, word string
	usage         string
	number        string                 // what the number is called
	flags         func(fs *flag.FlagSet) // more of them; nil: none
	check         func() error           // of those flags
	// read reads the record. file is how the file is called where the command line says nothing.
	read func(s *casework.Service, actor registry.Actor, id int64) (file string, write func(w io.Writer) error, err error)
}

func (p paper) print(ctx context.Context, c *cli, args []string) error {
	fs := c.flags(p.command)
	out := fs.String("o", "", "输出文件")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	if p.flags != nil {
		p.flags(fs)
	}
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 || words[0] != p.word {
		return fmt.Errorf("用法：%s", p.usage)
	}
	id, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil || id <= 0 {
		return fmt.Errorf("%s“%s”应是正整数", p.number, words[1])
	}
	if p.check != nil {
		if err := p.check(); err != nil {
			return err
		}
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
	name, write, err := p.read(s, actor, id)
	if err != nil {
		return err
	}
	path := *out
	if path == "" {
		path = name
	}
	if err := writeFile(path, write); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "已导出", path)
	return nil
}

// writeFile writes beside the target and renames, so that a failure never leaves half a file under the asked name.
func writeFile(path string, write func(w io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".casebook-*")
	if err != nil {
		return fmt.Errorf("无法在 %s 写文件：%w", filepath.Dir(path), err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	b := bufio.NewWriterSize(tmp, 1<<20)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
