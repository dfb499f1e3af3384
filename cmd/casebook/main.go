// Command casebook is the register: a server for the bureau's people, and a few commands beside it.
//
// run is the wiring: store under casework, casework under web and the subcommands. Only this package reads the environment, the
// clock and the arguments. Each subcommand is one small file.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // Asia/Shanghai on machines without zone files

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) > 1 && os.Args[1] == "export" {
		boundExport()
	}
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr, time.Now); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "casebook:", err)
		}
		os.Exit(1)
	}
}

// command is one subcommand. Usage is what help prints after the name.
type command struct {
	name, usage, about string
	run                func(ctx context.Context, c *cli, args []string) error
}

var commands = []command{
	{"serve", "[--data DIR] [--db-read URL] [--addr HOST:PORT] [--demo] [--dev] [--tls-cert F --tls-key F] [--public-url U] [--trusted-proxy CIDR] [--fonts DIR] [--heads DIR] [--head-key FILE] [--insecure]", "启动登记册（--demo：装入示例案件；--dev：在代码仓库里改页面时用，模板和静态文件随改随见，示例密码不变）", serve},
	{"demo", "[--data DIR] [--cases N] [--seed S]", "向空的登记册装入示例案件，并可另加 N 个合成案件", demoCommand},
	{"export", "ledger|credit|statistics|diff|方案 [--data DIR] [-o FILE] [--profile 方案] [--format xlsx|csv|jsonl] [--sheet 工作表] [--narratives] [--sort found|-id] [--date found|filed|decided|paid|closed] [--as-of 2026-06-30] [--live] [--from-day A --to-day B] [--district 代码] [--from 2024-01] [--to 2024-12] [--stage …] [--origin …] [--type CODE] [-q 关键词] [--no-sample] [--as USER]", "导出台账（ledger）、双公示（credit）、统计（statistics）或其他方案，也可截至过去某日：Excel，或一张工作表的 CSV、JSON Lines；diff：两日之间的变化", export},
	{"brief", "week|month [--on YYYY-MM-DD] [-o FILE.pdf|FILE.docx] [--data DIR] [--as USER]", "一页纸的周报或月报：PDF 或 Word", brief},
	{"bulletin", "pdf ID [--data DIR] [-o FILE.pdf] [--format pdf|docx|html] [--design 通报|公文|报纸] [--fonts DIR] [--as USER]", "导出通报：PDF、Word 或可粘贴到公众号的网页", bulletin},
	{"public", "export DIR [--data DIR] [--public-url https://…]", "把公众网站写成静态文件：DIR 是新目录、空目录或以前导出的目录，整个替换", publicCommand},
	{"case", "sheet ID [--data DIR] [-o FILE.pdf] [--as USER]", "导出案件登记表 PDF：一个案件的全部记录", caseCommand},
	{"paper", "种类 记录号 [--of inspection|case|document] [-o FILE.pdf|FILE.docx] [--data DIR] [--as USER]", "导出案卷里的一份文书：现场检查笔录（visit）、行政处罚决定书（decision）、送达回证（service）等；缺的项目留空并列出", paperCommand},
	{"cite", "[--on YYYY-MM-DD] [FILE|-]", "列出文本引用的法律条款（JSON）", cite},
	{"read", "bulletin [FILE|-]", "把通报文本读成案件草稿（JSON），不写入任何内容", read},
	{"import", "bulletin FILE [--data DIR] [--as USER] [--source 报纸或网站] [--url URL] [--published YYYY-MM-DD]", "把通报文本里的案件登记进来（公开资料补录）", importCommand},
	{"user", "add|passwd|disable USERNAME [--role ROLE] [--name 姓名] [--officer 执法证号] [--branch 单位] [--data DIR]", "管理账号", user},
	{"law", "import FILE [--data DIR] [--dry-run] [--key 代号] [--version new|代号] [--end-previous] [--note 说明] [--as USER]", "录入法规文本：显示变更并入库（新版本，或纠正现有版本）", law},
	{"zone", "import FILE.geojson --name 名称 --plan 文号 --from 日期 --source 来源 --datum WGS-84|CGCS2000|GCJ-02|BD-09 [--kind 禁养区] [--to 日期] [--district 代码] [--confirm] [--data DIR] [--as USER]", "导入区划（GeoJSON）：禁养区、饮用水源保护区或水体的范围", zone},
	{"copy", "--from DIR|postgres://… --to DIR|postgres://… [--from-files DIR] [--to-files DIR] [--accept-defects]", "把登记册从 SQLite 复制到 PostgreSQL、或反过来（目标须是空的；来源只读取，可以正在使用）：逐行核对、完整核验后目标才能使用", copyCommand},
	{"backup", "DIR2 [--data DIR] [--db postgres://…]", "备份到 DIR2（可在 serve 运行时做；DIR2 在数据目录之外，可存多次备份，附件只存一份）", backup},
	{"restore", "DIR2 --data NEW [--db postgres://…] [--accept-defects]", "把备份恢复到空目录或新目录 NEW（有 --db 的恢复到空的 PostgreSQL 数据库，附件放在 NEW）：逐字节核对、完整核验后才就位（DIR2 也可以是其中一个日期目录）", restore},
	{"head", "[key] [--data DIR] [--head-key FILE] [-o FILE]", "签署审计链头：写出一个小文件，交到登记册以外保存；head key：写出核对签名用的公钥", headCommand},
	{"verify", "[--data DIR] [--since-last] [--head FILE]… [--key 公钥]", "核验数据文件、审计链、每条记录与其历史、附件、法条文本和录入的法规；--since-last：只核验上次没有问题的核验以来的（没有核验什么会写明）；--head：今天的审计链是否从这个链头接下来", verify},
	{"verify", "export FILE [--seal FILE.seal.json] [--key 公钥] [--data DIR]", "核对一份导出文件：封签是否有效（不需登记册）；有 --data 时，是否本册导出、何时、有没有改动、与今天有何不同", verify},
	{"help", "", "显示本帮助", nil},
}

// run carries out one subcommand. Errors are one line for stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, now func() time.Time) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		help(stdout)
		return nil
	}
	for _, c := range commands {
		if c.name == args[0] {
			if err := c.run(ctx, &cli{stdout: stdout, stderr: stderr, now: now}, args[1:]); err != nil {
				return plain(err)
			}
			return nil
		}
	}
	return fmt.Errorf("没有“%s”这个命令；casebook help 列出全部命令", args[0])
}

func help(w io.Writer) {
	fmt.Fprintln(w, "casebook 环案簿 · 环境执法案件登记系统")
	fmt.Fprintln(w)
	for _, c := range commands {
		fmt.Fprintf(w, "  casebook %s %s\n      %s\n", c.name, c.usage, c.about)
	}
	fmt.Fprintln(w, "\n数据目录默认为 ./data；打开登记册的命令都可加 --db postgres://用户@主机/数据库，改用 PostgreSQL。出错时以非零状态退出，并在标准错误输出一行说明。")
}

// cli is what every subcommand has in hand.
type cli struct {
	stdout, stderr io.Writer
	now            func() time.Time
	data           string
	db             string
	as             string
	headKey        string
}

// flags makes a subcommand's flag set with the flags that all have.
func (c *cli) flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet("casebook "+name, flag.ContinueOnError)
	fs.SetOutput(c.stderr)
	fs.StringVar(&c.data, "data", "data", "数据目录")
	fs.StringVar(&c.db, "db", "", "PostgreSQL 数据库，如 postgres://用户@主机/数据库（也可放在环境变量 CASEBOOK_DB）；不写则用数据目录里的 SQLite，写了则数据目录只存附件")
	fs.StringVar(&c.headKey, "head-key", "", "签名密钥的文件（也可放在环境变量 CASEBOOK_HEAD_KEY）；不写则是数据目录里的 head.key")
	return fs
}

// parse reads flags that may stand before or after the words: casebook bulletin pdf 1 -o b.pdf.
func parse(fs *flag.FlagSet, args []string) (words []string, err error) {
	out := fs.Output()
	fs.SetOutput(io.Discard) // an error is one line; only who asks gets the list
	defer fs.SetOutput(out)
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			fs.SetOutput(out)
			fmt.Fprintf(out, "%s 的选项：\n", fs.Name())
			fs.PrintDefaults()
			return nil, err
		} else if err != nil {
			return nil, fmt.Errorf("%s；%s -h 列出全部选项", flagWords(err.Error()), fs.Name())
		}
		if args = fs.Args(); len(args) == 0 {
			return words, nil
		}
		words, args = append(words, args[0]), args[1:]
	}
}

// flagWords says in Chinese what the flag package finds.
func flagWords(message string) string {
	for _, w := range []struct{ begins, says string }{
		{"flag provided but not defined: -", "没有 --%s 这个选项"}, {"flag needs an argument: -", "--%s 后面要写内容"}, {"bad flag syntax: ", "选项“%s”写法不对"},
	} {
		if rest, ok := strings.CutPrefix(message, w.begins); ok {
			return fmt.Sprintf(w.says, rest)
		}
	}
	if m := badFlagValue.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("--%s 的内容“%s”不对", m[2], m[1])
	}
	return message
}

var badFlagValue = regexp.MustCompile(`^invalid (?:boolean )?value "(.*)" for (?:flag )?-(\S+): `)

// database is the address of the PostgreSQL database that the register lies in; empty for SQLite. A password in it is nobody's to read: it may stand
// in the environment instead of the command line.
func (c *cli) database() string { return cmp.Or(c.db, os.Getenv("CASEBOOK_DB")) }

// keyFile is where the key that signs lies: beside the database and never in it.
func (c *cli) keyFile() seal.KeyFile {
	return seal.KeyFile(cmp.Or(c.headKey, os.Getenv("CASEBOOK_HEAD_KEY"), filepath.Join(c.data, "head.key")))
}

// open opens the register in the data directory and makes the use cases over it.
func (c *cli) open(ctx context.Context, opt store.Options, log *slog.Logger) (*store.DB, *casework.Service, error) {
	opt.Database = c.database()
	return c.openAt(ctx, opt, log)
}

// openAt opens the register that opt says.
func (c *cli) openAt(ctx context.Context, opt store.Options, log *slog.Logger) (*store.DB, *casework.Service, error) {
	opt.Now, opt.Logger = c.now(), log
	db, err := store.Open(ctx, c.data, opt)
	if err != nil {
		return nil, nil, err
	}
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: c.now, Hasher: auth.NewHasher(auth.Default), Logger: log, Papers: web.Papers, Settable: pdf.Settable, Files: web.Files, HeadKey: c.keyFile()})
	if err := s.LoadKept(ctx); err != nil { // before the laws: the bureau decides which local ones apply
		return nil, nil, errors.Join(fmt.Errorf("read the kept calendar and bureau: %w", err), db.Close())
	}
	if err := s.LoadLaws(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("read the imported laws: %w", err), db.Close())
	}
	return db, s, nil
}

// actor is who a command acts as: the user of --as, who needs the permission like anyone, or the command line itself.
func (c *cli) actor(ctx context.Context, s *casework.Service) (registry.Actor, error) {
	if c.as == "" {
		return registry.CommandLine, nil
	}
	return s.ActorNamed(ctx, c.as)
}
