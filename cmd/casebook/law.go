package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/statute"
	"casebook/internal/statute/diff"
	"casebook/internal/store"
)

// law is casebook law import: a law text file with its front matter goes into the catalogue of a register, with what it changes printed.
// A server that runs beside sees it within seconds.
func law(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("law")
	fs.StringVar(&c.as, "as", "", "以哪个用户的名义（默认 系统:命令行）")
	in := casework.LawImport{}
	dry := fs.Bool("dry-run", false, "只显示变更，不写入")
	fs.StringVar(&in.Key, "key", "", "本库没有的法律的代号，如 water-pollution-law")
	fs.StringVar(&in.As, "version", "", "new：作为新版本；版本代号（如 2017）：纠正该版本。默认按版本名称和施行日判断")
	fs.BoolVar(&in.EndPrevious, "end-previous", false, "新版本施行的前一天记为前一版本的失效日")
	fs.StringVar(&in.Note, "note", "", "录入说明")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) != 2 || words[0] != "import" {
		return fmt.Errorf("用法：casebook law import FILE [--data DIR] [--dry-run] [--as USER]")
	}
	file := words[1]
	if in.Text, err = readBounded(file, casework.MaxLawText); err != nil {
		return err
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every transaction was committed; closing tells nothing more
	a, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	plan, err := s.PreviewLaw(ctx, a, in)
	if err != nil {
		return inFile(file, err)
	}
	printPlan(c.stdout, plan, in.EndPrevious)
	if *dry {
		fmt.Fprintln(c.stdout, "没有写入（--dry-run）。")
		return nil
	}
	done, err := s.ImportLaw(ctx, a, in, plan.State)
	if err != nil {
		return inFile(file, err)
	}
	fmt.Fprintf(c.stdout, "已入库：%s/%s，第 %d 次录入，未经官方文本核对。\n", done.LawID, done.VersionID, done.Revision)
	if done.Ended != "" {
		fmt.Fprintf(c.stdout, "已记录%s的失效日。\n", done.Ended)
	}
	return nil
}

// readBounded reads a file of at most so many bytes.
func readBounded(file string, most int64) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("无法读取 %s：%w", file, err)
	}
	defer f.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", fmt.Errorf("无法读取 %s：%w", file, err)
	}
	if int64(len(b)) > most {
		return "", fmt.Errorf("%s 超过 %d MB", file, most>>20)
	}
	return string(b), nil
}

// inFile says which file a line number is of.
func inFile(file string, err error) error {
	var text *statute.TextError
	if errors.As(err, &text) {
		return fmt.Errorf("%s %s", file, text.Error())
	}
	return err
}

func printPlan(w io.Writer, p *casework.LawPreview, endPrevious bool) {
	v := p.New
	what := "新版本"
	switch {
	case p.Revision:
		what = "纠正" + p.Base.Name + "的文本"
	case p.NewLaw:
		what = "新的法规"
	}
	fmt.Fprintf(w, "《%s》（%s）：%s\n%s\n", v.LawName, v.Name, what, p.Counts())
	if p.Doubt != "" {
		fmt.Fprintf(w, "! %s；不对的，用 --version 指明\n", p.Doubt)
	}
	for _, s := range p.Warnings {
		fmt.Fprintln(w, "!", s)
	}
	if p.Ends != nil && !endPrevious {
		fmt.Fprintf(w, "! %s没有记失效日 %s；要一并记录，加 --end-previous\n", p.Ends.Version.Name, p.Ends.To)
	}
	for _, h := range p.Head {
		fmt.Fprintf(w, "  %s：%s → %s\n", h.Label, h.Old, h.New)
	}
	for i := range p.Articles {
		printChange(w, &p.Articles[i])
	}
}

// printChange writes one changed article: [-taken out-] and {+put in+}, unchanged runs shortened.
func printChange(w io.Writer, c *statute.ArticleChange) {
	const keep = 16
	var b strings.Builder
	switch c.Kind {
	case statute.ChangeNone:
		return
	case statute.ChangeNew:
		fmt.Fprintf(w, "+ %s\n", c.Provision)
		return
	case statute.ChangeRemoved:
		fmt.Fprintf(w, "- %s\n", c.Provision)
		return
	}
	for _, e := range c.Edits() {
		if e.Op != diff.Same {
			if e.A != "" {
				b.WriteString("[-" + e.A + "-]")
			}
			if e.B != "" {
				b.WriteString("{+" + e.B + "+}")
			}
			continue
		}
		if r := []rune(e.A); len(r) > 2*keep {
			b.WriteString(string(r[:keep]) + "……" + string(r[len(r)-keep:]))
		} else {
			b.WriteString(e.A)
		}
	}
	fmt.Fprintf(w, "~ %s　%s\n", c.Provision, strings.ReplaceAll(b.String(), "\n", "↵"))
}
