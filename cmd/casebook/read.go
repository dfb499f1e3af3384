package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// read reads a published text into drafts and prints them as JSON. It needs no register and writes nothing.
func read(_ context.Context, c *cli, args []string) error {
	fs := flag.NewFlagSet("casebook read", flag.ContinueOnError)
	fs.SetOutput(c.stderr)
	words, err := parse(fs, args)
	if err != nil {
		return err
	}
	if len(words) < 1 || len(words) > 2 || words[0] != "bulletin" {
		return fmt.Errorf("用法：casebook read bulletin [文件|-]")
	}
	text, err := readText(words[1:])
	if err != nil {
		return err
	}
	e := json.NewEncoder(c.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(intake.ReadBulletin(statute.Embedded(), text, registry.Date{}))
}
