package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/xlsx"
)

// verifyFlags are those of verify beside the register's.
type verifyFlags struct{ seal, key string }

func (f *verifyFlags) define(fs *flag.FlagSet) {
	fs.StringVar(&f.seal, "seal", "", "导出文件的封签；不写则是文件名后加 .seal.json")
	fs.StringVar(&f.key, "key", "", "当初留存的公钥文件（casebook head key 写出的）；签名须是这把密钥的")
}

func (f *verifyFlags) publicKey() (seal.PublicKey, error) {
	if f.key == "" {
		return nil, nil
	}
	text, err := readSmall(f.key)
	if err != nil {
		return nil, err
	}
	key, err := seal.ParsePublicKey(text)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", f.key, err)
	}
	return key, nil
}

// given tells whether a flag stands on the command line.
func given(fs *flag.FlagSet, name string) (is bool) {
	fs.Visit(func(f *flag.Flag) { is = is || f.Name == name })
	return is
}

// exportCheck is an exported file under check: what it claims, what its seal says, what the register knows.
type exportCheck struct {
	c      *cli
	path   string
	file   *os.File
	size   int64
	sha256 string
	bad    int
}

// verifyExport checks a file that was exported: with its seal alone, or against a register too.
func verifyExport(ctx context.Context, c *cli, words []string, f verifyFlags, register bool) error {
	if len(words) != 2 || words[0] != "export" {
		return errors.New("用法：casebook verify，或 casebook verify export 文件 [--seal 封签] [--key 公钥] [--data 数据目录]")
	}
	x := exportCheck{c: c, path: words[1]}
	if err := x.open(); err != nil {
		return err
	}
	defer x.file.Close() //nolint:errcheck // only read
	fmt.Fprintf(c.stdout, "文件 %s：%d 字节，SHA-256 %s\n", x.path, x.size, x.sha256)
	key, err := f.publicKey()
	if err != nil {
		return err
	}
	sealed, err := x.seal(f, key)
	if err != nil {
		return err
	}
	if register {
		if err := x.register(ctx, sealed, key); err != nil {
			return err
		}
	} else if sealed == nil {
		x.claims()
		x.bad++
		fmt.Fprintln(c.stdout, "没有封签，也没有指定登记册（--data）：不能判断这份文件是否真实")
	}
	if x.bad > 0 {
		return errors.New("这份文件不能确认是登记册导出的原件")
	}
	return nil
}

func (x *exportCheck) open() (err error) {
	if x.file, err = os.Open(x.path); err != nil {
		return fmt.Errorf("无法读取 %s：%w", x.path, err)
	}
	h := sha256.New()
	if x.size, err = io.Copy(h, x.file); err != nil {
		return errors.Join(fmt.Errorf("无法读取 %s：%w", x.path, err), x.file.Close())
	}
	x.sha256 = hex.EncodeToString(h.Sum(nil))
	return nil
}

func (x *exportCheck) say(good bool, format string, args ...any) {
	mark := "✓ "
	if !good {
		mark = "✗ "
		x.bad++
	}
	fmt.Fprintln(x.c.stdout, mark+fmt.Sprintf(format, args...))
}

// seal checks the seal that lies beside the file; nil where there is none.
func (x *exportCheck) seal(f verifyFlags, key seal.PublicKey) (*seal.Export, error) {
	path := f.seal
	if path == "" {
		path = x.path + sealSuffix
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	text, err := readSmall(path)
	if err != nil {
		return nil, err
	}
	e, err := seal.ReadExport(text)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	own, ok := e.Check()
	x.say(ok, "封签 %s 的签名%s：%s %s", path, validity(ok), e.Name, e.Number)
	switch {
	case !ok:
	case key != nil:
		x.say(key.String() == own.String(), "密钥 %s %s给出的公钥", e.Key, map[bool]string{true: "就是", false: "不是"}[key.String() == own.String()])
	default:
		fmt.Fprintf(x.c.stdout, "  密钥 %s 取自封签自己：要知道是谁签的，请用 --key 给出当初留存的公钥\n", e.Key)
	}
	x.say(e.SHA256 == x.sha256 && e.Size == x.size, "文件与封签所记的摘要%s", map[bool]string{true: "相同，没有改动", false: "不同：文件改动过，或不是这份封签的文件"}[e.SHA256 == x.sha256])
	x.tell(e.Claim)
	return &e, nil
}

func validity(ok bool) string {
	if ok {
		return "有效"
	}
	return "无效"
}

// tell prints a claim.
func (x *exportCheck) tell(c seal.Claim) {
	filters := strings.Join(c.Filters, "；")
	if filters == "" {
		filters = "全部案件"
	}
	fmt.Fprintf(x.c.stdout, "  %s，条件：%s；数据位置：审计链第 %d 条 %.16s（%s）\n", c.Kind, filters, c.Position.Seq, c.Position.Hash, c.Position.At)
	for _, r := range c.Rows {
		fmt.Fprintf(x.c.stdout, "  %s %d 行\n", r.Sheet, r.Rows)
	}
	for _, s := range c.Sums {
		fmt.Fprintf(x.c.stdout, "  %s %s 元，未知 %d 项\n", s.Name, s.Fen, s.Unknown)
	}
}

// claims prints what the file says of itself, which proves nothing. It returns the claim where there is one.
func (x *exportCheck) claims() (c seal.Claim, ok bool) {
	w, err := xlsx.Read(x.file, x.size)
	if err != nil {
		fmt.Fprintln(x.c.stdout, "  文件里没有声明自己是哪次导出：只有 Excel 工作簿有")
		return c, false
	}
	defer w.Close() //nolint:errcheck // only read
	c, err = seal.ReadClaim(w.Claim())
	if err != nil {
		fmt.Fprintln(x.c.stdout, "  文件里没有声明自己是哪次导出：不是本程序写的，或由别的程序另存过")
		return c, false
	}
	fmt.Fprintln(x.c.stdout, "  文件自称（没有核实）：")
	x.tell(c)
	return c, true
}

// text looks for the export that a text file was before somebody edited it, and tells what differs.
func (x *exportCheck) text(ctx context.Context, s *casework.Service) error {
	if x.size > ledgerread.MaxFile {
		return nil
	}
	text := make([]byte, x.size)
	if _, err := x.file.ReadAt(text, 0); err != nil {
		return err
	}
	was, err := s.FindText(ctx, registry.CommandLine, x.path, text, web.Files)
	if err != nil || was == nil {
		return err
	}
	d := xlsx.CompareRows(was.Export.Kind, was.Was, was.Is)
	fmt.Fprintf(x.c.stdout, "  看列名和内容，它应是 %s（%s %s）改动后的文件；与重做的原件相比（左：原件，右：文件）：%s\n", was.Export.Number(), was.Export.Kind, was.Export.Format, d.Words())
	for _, l := range d.Lines() {
		fmt.Fprintln(x.c.stdout, "  "+l)
	}
	return nil
}

// register asks a register whether the file is its own, and makes the export again to compare.
func (x *exportCheck) register(ctx context.Context, sealed *seal.Export, key seal.PublicKey) error {
	c := x.c
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing was written
	if sealed != nil {
		v, err := s.CheckSeal(ctx, registry.CommandLine, sealed, key)
		if err != nil {
			return err
		}
		x.say(v.Known != "", "封签的密钥%s", map[bool]string{true: v.Known, false: "不是这个登记册用过的"}[v.Known != ""])
	}
	ours, err := s.FileByHash(ctx, registry.CommandLine, x.sha256)
	if err != nil {
		return err
	}
	for _, a := range ours.Attachments {
		x.say(true, "是本登记册留存的文件 %s（%s %d），%s 存入，没有改动", a.Filename, a.Entity, a.EntityID, registry.DateOf(a.CreatedAt))
	}
	for _, r := range ours.Exports {
		x.say(true, "是本登记册导出的原件 %s：%s 由 %s 导出，没有改动", r.Number(), r.BegunAt.In(registry.Shanghai).Format("2006-01-02 15:04:05"), r.Actor)
	}
	var claim seal.Claim
	original := false
	switch {
	case len(ours.Exports) > 0:
		r := ours.Exports[0]
		if r.Format != "xlsx" { // it is as it was, and there are no sheets to compare with today's
			return nil
		}
		claim = seal.Claim{Kind: r.Kind, Request: r.Request, Branch: r.Branch, Position: r.Position}
	case ours.Ours():
		return nil
	default:
		x.say(false, "本登记册没有导出过这个内容的文件，也没有留存它")
		var ok bool
		if claim, ok = x.claims(); !ok {
			return x.text(ctx, s)
		}
		id, err := s.RegisterID(ctx, registry.CommandLine)
		if err != nil {
			return err
		}
		if claim.Register != id {
			fmt.Fprintf(c.stdout, "  它自称来自另一个登记册（%s），本册是 %s\n", claim.Register, id)
			return nil
		}
		original = true
	}
	return x.again(ctx, s, claim, original)
}

// again makes the export anew, or the original of a file that was edited, and tells what differs.
func (x *exportCheck) again(ctx context.Context, s *casework.Service, claim seal.Claim, original bool) error {
	tmp, err := os.CreateTemp("", "casebook-again-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // of a temporary file
	defer tmp.Close()           //nolint:errcheck // as above
	same, err := s.Again(ctx, registry.CommandLine, claim, original, tmp, casework.Writers{Ledger: xlsx.WriteLedger, Difference: xlsx.WriteDifference,
		Listing: func(w io.Writer, l report.Listing) ([]int, error) { return xlsx.WriteListing(w, l, "") }})
	if err != nil {
		return err
	}
	info, err := tmp.Stat()
	if err != nil {
		return err
	}
	was, err := xlsx.Read(x.file, x.size)
	if err != nil {
		fmt.Fprintln(x.c.stdout, "  不能逐行比较："+err.Error())
		return nil
	}
	defer was.Close() //nolint:errcheck // only read
	now, err := xlsx.Read(tmp, info.Size())
	if err != nil {
		return err
	}
	defer now.Close() //nolint:errcheck // only read
	first, second, words := was, now, "与今天同样条件的导出相比（左：文件，右：今天）"
	if original {
		first, second, words = now, was, "登记册自那以后有改动，按历史重做了当时的原件；文件与原件相比（左：原件，右：文件）"
	}
	if same {
		first, second, words = now, was, "登记册自那以来没有改动，重做了原件；文件与原件相比（左：原件，右：文件）"
	}
	d, err := xlsx.Compare(first, second)
	if err != nil {
		return err
	}
	fmt.Fprintln(x.c.stdout, words+"："+d.Words())
	for _, l := range d.Lines() {
		fmt.Fprintln(x.c.stdout, "  "+l)
	}
	return nil
}
