package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// importCommand turns the cases of a published text into records. Nobody looks at them on the way: what the text leaves open stays open,
// what was only inferred is said, and a case that the register seems to have already is left out.
func importCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("import")
	var source registry.Publication
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份导入")
	fs.StringVar(&source.Name, "source", "", "发布在哪里：报纸或网站的名称")
	fs.StringVar(&source.Medium, "medium", "", "媒体："+strings.Join(registry.PublicationMedia, "、"))
	fs.StringVar(&source.Page, "page", "", "报纸的版面")
	fs.StringVar(&source.URL, "url", "", "网址")
	published := fs.String("published", "", "发布日期")
	district := fs.String("district", "", "台账：没有写明辖区的行属于哪个县（市、区），填代码")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) == 2 && words[0] == "ledger" {
		return c.importLedger(ctx, words[1], *district)
	}
	if len(words) != 2 || words[0] != "bulletin" {
		return fmt.Errorf("用法：casebook import bulletin 文件 [--data 目录] [--as 用户] [--source 报纸或网站] [--medium 报纸] [--page A04版] [--url 网址] [--published 2024-12-16]，或 casebook import ledger 文件.xlsx [--data 目录] [--as 用户] [--district 代码]")
	}
	if source.PublishedOn, err = registry.ParseDate(*published); err != nil {
		return fmt.Errorf("--published：%w", err)
	}
	if err := source.Validate(); err != nil {
		return err
	}
	text, err := readText(words[1:])
	if err != nil {
		return err
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // every import was committed
	actor, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	reading, err := s.ReadBulletin(ctx, actor, text)
	if err != nil {
		return err
	}
	if len(reading.Cases) == 0 {
		return fmt.Errorf("没有读出案件；casebook cite 可列出其中的条款")
	}
	return c.importReading(ctx, s, actor, reading, source)
}

// unseen is a draft on its way in, with its number in the text.
type unseen struct {
	number int
	casework.AcceptedDraft
}

func (c *cli) importReading(ctx context.Context, s *casework.Service, actor registry.Actor, reading casework.Reading, source registry.Publication) error {
	var list []unseen
	had := 0
	skip := func(n int, format string, args ...any) {
		fmt.Fprintf(c.stdout, "案 %d 未导入：%s\n", n, fmt.Sprintf(format, args...))
	}
	drafts := make([]casework.AcceptedDraft, len(reading.Cases))
	for i := range drafts {
		drafts[i] = reading.Draft(i)
	}
	same, err := s.Duplicates(ctx, actor, reading.SHA256, drafts)
	if err != nil {
		return err
	}
	for i, d := range drafts {
		read := &reading.Cases[i]
		switch {
		case len(read.Violated) == 0:
			skip(i+1, "没有认出违反的条款（%s）", d.Title)
		case read.District == "" && read.Party == "":
			skip(i+1, "辖区和当事人都没有认出（%s）", d.Title)
		case len(same[i]) > 0:
			had++
			skip(i+1, "登记册里已有案件 %d“%s”（%s）", same[i][0].CaseID, same[i][0].Title, same[i][0].Why)
		default:
			list = append(list, unseen{i + 1, withFacts(d)})
		}
	}
	for len(list) > 0 {
		drafts := make([]casework.AcceptedDraft, len(list))
		for i := range list {
			drafts[i] = list[i].AcceptedDraft
		}
		err := s.ImportDrafts(ctx, actor, &source, reading.Text, reading.Notice, drafts)
		if err == nil {
			for i, x := range list {
				fmt.Fprintf(c.stdout, "案 %d 已导入：案件 %d“%s”%s\n", x.number, source.Cases[i].CaseID, x.Title, openTypes(x.Violations))
			}
			return nil
		}
		at, why, ok := draftOf(err)
		if !ok || at >= len(list) {
			return err
		}
		skip(list[at].number, "%s（%s）", why, list[at].Title)
		list = append(list[:at], list[at+1:]...)
	}
	if had > 0 {
		return nil
	}
	return fmt.Errorf("读出 %d 案，都没有导入；请在网页的“导入”里补全后再采用", len(reading.Cases))
}

// withFacts gives an act without a type the words that it must have.
func withFacts(d casework.AcceptedDraft) casework.AcceptedDraft {
	for i := range d.Violations {
		v := &d.Violations[i]
		var cited []string
		for _, c := range v.Citations {
			if c.Role == registry.RoleBreached {
				cited = append(cited, c.String())
			}
		}
		if v.TypeCode == "" && v.Facts == "" {
			v.Facts = "据通报，违反" + strings.Join(cited, "、") + "。"
		}
	}
	return d
}

// openTypes says which acts a person has to look at: those without a type, and those whose type the article alone decided.
func openTypes(acts []casework.AcceptedViolation) string {
	open, doubtful := 0, 0
	for _, v := range acts {
		switch {
		case v.TypeCode == "":
			open++
		case v.TypeDoubt:
			doubtful++
		}
	}
	words := ""
	if open > 0 {
		words += fmt.Sprintf("；%d 项违法行为的类型待选", open)
	}
	if doubtful > 0 {
		words += fmt.Sprintf("；%d 项的类型只凭条款推定，请核对", doubtful)
	}
	return words
}

// draftOf tells which draft a refused import stumbled over, and why.
func draftOf(err error) (at int, why string, ok bool) {
	var e *registry.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return 0, "", false
	}
	rest, ok := strings.CutPrefix(e.Fields[0].Field, "drafts.")
	number, _, _ := strings.Cut(rest, ".")
	at, err = strconv.Atoi(number)
	return at, e.Fields[0].Message, ok && err == nil
}
