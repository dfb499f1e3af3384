package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/seal"
	"casebook/internal/store"
)

// headCommand signs the head of the audit chain, or writes the public key that its signatures are checked with.
func headCommand(ctx context.Context, c *cli, args []string) error {
	fs := c.flags("head")
	out := fs.String("o", "", "输出文件；不写则显示出来")
	fs.StringVar(&c.as, "as", "", "以哪个用户的身份签署")
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) > 1 || len(words) == 1 && words[0] != "key" {
		return errors.New("用法：casebook head -o 链头.json，或 casebook head key -o 公钥.pem")
	}
	db, s, err := c.open(ctx, store.Options{MustExist: true}, nil)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what was written was committed
	actor, err := c.actor(ctx, s)
	if err != nil {
		return err
	}
	text, what, err := headText(ctx, s, actor, len(words) == 1)
	if err != nil {
		return err
	}
	if *out == "" {
		_, err = c.stdout.Write(text)
		return err
	}
	if err := writeFile(*out, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s，已写到 %s\n", what, *out)
	return nil
}

func headText(ctx context.Context, s *casework.Service, actor registry.Actor, keyOnly bool) (text []byte, what string, err error) {
	if keyOnly {
		key, err := s.PublicKey(actor)
		if err != nil {
			return nil, "", err
		}
		return key.PEM(), "公钥 " + key.ID(), nil
	}
	h, err := s.SignHead(ctx, actor)
	if err != nil {
		return nil, "", err
	}
	text, err = seal.Text(h.Head)
	return text, fmt.Sprintf("已签署审计链第 %d 条 %.16s（密钥 %s）", h.Head.Seq, h.Head.Hash, h.Head.Key), err
}

// checkHeads holds today's chain to heads that were signed before.
func checkHeads(ctx context.Context, c *cli, s *casework.Service, files []string, key seal.PublicKey) error {
	bad := 0
	for _, file := range files {
		text, err := readSmall(file)
		if err != nil {
			return err
		}
		h, err := seal.ReadHead(text)
		if err != nil {
			return fmt.Errorf("%s：%w", file, err)
		}
		v, err := s.CheckHead(ctx, registry.CommandLine, h, key)
		if err != nil {
			return err
		}
		mark := "✓"
		if !v.OK() {
			bad++
			mark = "✗"
		}
		fmt.Fprintf(c.stdout, "%s 链头 %s：%s，第 %d 条，签于 %s\n", mark, file, h.Name, h.Seq, h.SignedAt)
		for _, line := range v.Findings() {
			fmt.Fprintln(c.stdout, " ", line)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d 个链头与今天的登记册不符", bad)
	}
	return nil
}

// readSmall reads the file of a head, a seal or a key.
func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the file that was named
	if err != nil {
		return nil, fmt.Errorf("无法读取 %s：%w", path, err)
	}
	defer f.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(f, seal.MaxFile+1))
	if err == nil && len(b) > seal.MaxFile {
		err = fmt.Errorf("%s 太大（超过 %d KB），不是链头、封签或公钥文件", path, seal.MaxFile>>10)
	}
	return b, err
}
