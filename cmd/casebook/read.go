package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"casebook/internal/intake"
	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// read reads a published text into drafts, or a ledger into verdicts, and prints them as JSON. It needs no register and writes nothing.
func read(ctx context.Context, c *cli, args []string) error {
	fs := flag.NewFlagSet("casebook read", flag.ContinueOnError)
	fs.SetOutput(c.stderr)
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) == 2 && words[0] == "ledger" {
		return c.readLedger(ctx, words[1])
	}
	if len(words) < 1 || len(words) > 2 || words[0] != "bulletin" {
		return fmt.Errorf("用法：casebook read bulletin [文件|-]，或 casebook read ledger 文件.xlsx")
	}
	text, err := readText(words[1:])
	if err != nil {
		return err
	}
	return c.printJSON(intake.ReadBulletin(statute.Embedded(), text, registry.Date{}))
}

func (c *cli) printJSON(v any) error {
	e := json.NewEncoder(c.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (c *cli) readLedger(ctx context.Context, name string) error {
	b, err := ledgerFile(name)
	if err != nil {
		return err
	}
	book, err := ledgerread.Open(b, filepath.Base(name))
	if err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	read, err := ledgerread.ReadBook(ctx, book, ledgerread.Options{Bureau: registry.DefaultBureau(), Towns: registry.DefaultTowns(), Law: statute.Embedded()})
	if err != nil {
		return fmt.Errorf("%s：%w", name, err)
	}
	return c.printJSON(read)
}

// ledgerFile reads a file that may be too large by a byte, which its reader refuses.
func ledgerFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	return io.ReadAll(io.LimitReader(f, ledgerread.MaxFile+1))
}
