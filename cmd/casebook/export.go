package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/flatfile"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/wechat"
	"casebook/internal/xlsx"
)

// exportUsage tells what can be exported.
const exportUsage = "用法：casebook export ledger|credit|statistics|方案 [-o 文件] [--format xlsx|csv|jsonl] [--sheet 工作表] [--as-of 2026-06-30] [--date decided --from 2026-06 --to 2026-06]，或 casebook export diff --from-day 2026-05-31 [--to-day 2026-06-30] -o 变化.xlsx"

// exportAsked is what the command line asks of an export.
type exportAsked struct {
	x                        casework.Export
	diff                     bool // what changed between two days
	span                     casework.Span
	out                      string
	from, to, asOf, a, b, by string
}

// flags adds what an export is asked by.
func (e *exportAsked) flags(fs *flag.FlagSet) {
	f := &e.x.Cases
	fs.StringVar(&e.out, "o", "", "输出文件")
	fs.StringVar(&e.x.Profile, "profile", "", "导出方案的名称：系统自带的，或在页面上建立的")
	fs.StringVar(&e.x.Format, "format", "", "文件格式：xlsx、csv、jsonl；不写则看 -o 的文件名，否则是 xlsx")
	fs.StringVar(&e.x.Sheet, "sheet", "", "csv、jsonl 只写一张工作表：写哪一张；不写则是第一张")
	fs.StringVar((*string)(&e.x.Order), "sort", "", "案件的排列：found（发现日期从新到旧）、found_on（从旧到新）、-id（最近登记的在前）、id（最早登记的在前）；不写则按登记先后")
	fs.BoolVar(&e.x.Narratives, "narratives", false, "案件台账加上案情、查处情况和检查发现的全文")
	fs.StringVar(&f.DistrictCode, "district", "", "辖区代码")
	fs.StringVar(&f.Stage, "stage", "", "阶段")
	fs.StringVar(&f.Origin, "origin", "", "来源")
	fs.StringVar(&f.TypeCode, "type", "", "违法行为类型代码")
	fs.StringVar(&f.Q, "q", "", "检索词")
	fs.StringVar(&e.from, "from", "", "日期自（哪个日期由 --date 定）")
	fs.StringVar(&e.to, "to", "", "日期至")
	fs.StringVar(&e.by, "date", "", "按哪个日期：found 发现、filed 立案、decided 决定、paid 缴款、closed 结案；不写则双公示、公示摘要、对账按决定，其他按发现")
	fs.StringVar(&e.asOf, "as-of", "", "截至哪一日终了时的登记册，如 2026-06-30")
	fs.BoolVar(&e.x.Live, "live", false, "已结账的月份也用现在的数据")
	fs.StringVar(&e.a, "from-day", "", "变化：自哪一日终了")
	fs.StringVar(&e.b, "to-day", "", "变化：至哪一日终了；不写即到现在")
	fs.BoolVar(&f.NoSample, "no-sample", false, "不含示例")
}

// read reads what the words and flags say.
func (e *exportAsked) read(words []string) (err error) {
	switch x := &e.x; {
	case len(words) == 1 && words[0] == "diff" && x.Profile == "":
		e.diff = true
	case len(words) == 1 && x.Profile == "":
		x.Profile = words[0]
	case len(words) == 0 && x.Profile != "", len(words) == 1 && words[0] == "ledger":
	default:
		return errors.New(exportUsage)
	}
	if e.x.Profile == "statistics" {
		e.x.Profile = "monthly"
	}
	ends := strings.TrimPrefix(strings.ToLower(filepath.Ext(e.out)), ".")
	if web.Files[ends] == nil {
		ends = ""
	}
	e.x.Format = cmp.Or(e.x.Format, ends, "xlsx")
	e.x.Basis = report.Basis(e.by)
	for _, d := range []struct {
		flag, value string
		to          *registry.Date
	}{{"from", e.from, &e.x.Cases.From}, {"to", e.to, &e.x.Cases.To}, {"as-of", e.asOf, &e.x.AsOf}, {"from-day", e.a, &e.span.From}, {"to-day", e.b, &e.span.To}} {
		if *d.to, err = registry.ParseDate(d.value); err != nil {
			return fmt.Errorf("--%s：%w", d.flag, err)
		}
	}
	switch {
	case web.Files[e.x.Format] == nil:
		return fmt.Errorf("--format 的内容“%s”不对，可选：xlsx、csv、jsonl", e.x.Format)
	case ends != "" && ends != e.x.Format:
		return fmt.Errorf("-o 的文件名以 .%s 结尾，--format 写的是 %s：请改成一样", ends, e.x.Format)
	case e.x.Format == "xlsx" && e.x.Sheet != "":
		return errors.New("--sheet 只用于 csv 和 jsonl：xlsx 写出全部工作表")
	case !e.diff && (e.a != "" || e.b != ""):
		return errors.New("--from-day 和 --to-day 是 casebook export diff 的；台账的截至日用 --as-of")
	case e.diff && (e.asOf != "" || e.x.Live):
		return errors.New("casebook export diff 用 --from-day 和 --to-day 写明两日，不用 --as-of 和 --live")
	case e.diff && (e.x.Format != "xlsx" || e.x.Order != ""):
		return errors.New("casebook export diff 写出 Excel 工作簿，不用 --format 和 --sort")
	}
	return nil
}

func export(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("export")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导出")
	var e exportAsked
	e.flags(fs)
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if err := e.read(words); err != nil {
		return err
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
	if e.diff {
		return e.writeDifference(ctx, c, s, actor)
	}
	form, err := s.ExportForm(ctx, actor, e.x)
	if err != nil {
		return err
	}
	day := registry.DateOf(c.now()).String()
	if e.asOf != "" {
		day = "截至" + e.x.AsOf.String()
	}
	path := cmp.Or(e.out, report.FileName(form.FileTitle()+"-"+day, "导出", e.x.Format))
	var made registry.ExportRecord
	if err := writeDurably(path, func(w io.Writer, durable func() error) error {
		return s.SealedLedger(ctx, actor, e.x, w, func(w io.Writer, l report.Ledger) (*report.Summary, error) {
			sum, err := web.Files[e.x.Format](e.x.Sheet)(w, l)
			if err != nil {
				return nil, err
			}
			return sum, durable() // the record says of a file that is on the disk that it was made
		}, &made)
	}); err != nil {
		return err
	}
	if err := writeSeal(ctx, s, actor, made, path); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已导出 %s（%s，SHA-256 %s）\n", path, made.Number(), made.SHA256)
	if names := flatfile.Sheets(&form, &report.LedgerOptions{}); e.x.Format != "xlsx" && len(names) > 1 {
		fmt.Fprintf(c.stdout, "只含工作表“%s”；其余用 --sheet 选：%s\n", cmp.Or(e.x.Sheet, names[0]), strings.Join(names, "、"))
	}
	return nil
}

func (e *exportAsked) writeDifference(ctx context.Context, c *cli, s *casework.Service, actor registry.Actor) error {
	if err := s.CheckDifference(e.x, e.span); err != nil {
		return err
	}
	path := cmp.Or(e.out, "台账变化-"+e.a+"-"+cmp.Or(e.b, registry.DateOf(c.now()).String())+".xlsx")
	var made registry.ExportRecord
	if err := writeDurably(path, func(w io.Writer, durable func() error) error {
		return s.Difference(ctx, actor, e.x, e.span, w, func(w io.Writer, d report.Difference) (*report.DifferenceSums, error) {
			sums, err := xlsx.WriteDifference(w, d)
			if err != nil {
				return nil, err
			}
			return sums, durable()
		}, &made)
	}); err != nil {
		return err
	}
	if err := writeSeal(ctx, s, actor, made, path); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "已导出 %s（%s，SHA-256 %s）\n", path, made.Number(), made.SHA256)
	return nil
}

// sealSuffix is what the name of a seal has behind that of its file.
const sealSuffix = ".seal.json"

// writeSeal puts the seal of an export beside its file.
func writeSeal(ctx context.Context, s *casework.Service, a registry.Actor, made registry.ExportRecord, path string) error {
	e, err := s.ExportSeal(ctx, a, made.ID)
	if err != nil {
		return fmt.Errorf("已导出 %s，但没有写成封签：%w", path, err)
	}
	text, err := seal.Text(e)
	if err != nil {
		return err
	}
	return writeFile(path+sealSuffix, func(w io.Writer) error { _, err := w.Write(text); return err })
}

func bulletin(ctx context.Context, c *cli, args []string) error {
	var format, design, fonts string
	return printed{
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
			b, name, err := s.PrintBulletin(ctx, actor, registry.BulletinID(id), format, design)
			return name, func(w io.Writer) error { return bulletinFormats[format](w, b) }, err
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
	return printed{
		command: "case", word: "sheet", usage: "casebook case sheet 案件号 -o 登记表.pdf", number: "案件号",
		read: func(s *casework.Service, actor registry.Actor, id int64) (string, func(w io.Writer) error, error) {
			sheet, err := s.PrintCaseSheet(ctx, actor, registry.CaseID(id))
			return fmt.Sprintf("案件登记表-%d.pdf", id), func(w io.Writer) error { return pdf.WriteCaseSheet(w, sheet) }, err
		},
	}.print(ctx, c, args)
}

// printed is a command that prints one record: casebook bulletin pdf 1 -o b.pdf.
type printed struct {
	command, word string
	usage         string
	number        string                 // what the number is called
	flags         func(fs *flag.FlagSet) // more of them; nil: none
	check         func() error           // of those flags
	// read reads the record. file is how the file is called where the command line says nothing.
	read func(s *casework.Service, actor registry.Actor, id int64) (file string, write func(w io.Writer) error, err error)
}

func (p printed) print(ctx context.Context, c *cli, args []string) error {
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
	return writeDurably(path, func(w io.Writer, _ func() error) error { return write(w) })
}

// writeDurably is writeFile for who must know that all is on the disk before it ends: durable sees to that.
func writeDurably(path string, write func(w io.Writer, durable func() error) error) (err error) {
	dir := filepath.Dir(path)
	switch at, err := os.Stat(path); {
	case err == nil && at.IsDir():
		return fmt.Errorf("%s 是文件夹：请写明文件名", path)
	case err == nil && !at.Mode().IsRegular(): // a device would be replaced by the file
		return fmt.Errorf("%s 不是普通文件，不能写到那里：请换一个文件名", path)
	}
	tmp, err := os.CreateTemp(dir, ".casebook-*")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("没有文件夹 %s：请先建立，或换一个地方", dir)
	}
	if err != nil {
		return fmt.Errorf("无法写文件：%w", store.Explain(dir, err))
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
			err = store.Explain(dir, err)
		}
	}()
	b := bufio.NewWriterSize(tmp, 1<<20)
	durable := func() error {
		if err := b.Flush(); err != nil {
			return err
		}
		return tmp.Sync()
	}
	if err := write(b, durable); err != nil {
		return err
	}
	if err := durable(); err != nil {
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
