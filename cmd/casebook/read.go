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
	return e.Encode(bulletinRecordOf(intake.ReadBulletin(statute.Embedded(), text, registry.Date{})))
}

// bulletinRecord is what read bulletin prints. Unknown is null.
type bulletinRecord struct {
	Cases     []draftRecord     `json:"cases"`
	Citations []statute.Mention `json:"citations"`
}

type draftRecord struct {
	Title     *string           `json:"title"`
	Authority *string           `json:"authority"`
	District  *string           `json:"district"`
	FoundOn   registry.Date     `json:"found_on"`
	Party     *string           `json:"party"`
	Species   *string           `json:"species"`
	HeadCount *int64            `json:"head_count"`
	Violated  []provisionRecord `json:"violated"`
	Basis     []provisionRecord `json:"basis"`
	FineYuan  *float64          `json:"fine_yuan"`
	Measures  []string          `json:"measures"`
	Narrative *string           `json:"narrative"`
	Handling  *string           `json:"handling"`
	Quotes    []quoteRecord     `json:"quotes"`
	Warnings  []string          `json:"warnings"`
	Start     int               `json:"start"`
	End       int               `json:"end"`
}

type provisionRecord struct {
	Law       *string `json:"law"`
	Article   int     `json:"article"`
	Sub       *int    `json:"sub"`
	Paragraph *int    `json:"paragraph"`
	Item      *int    `json:"item"`
	Subitem   *int    `json:"subitem"`
}

type quoteRecord struct {
	Citation   string  `json:"citation"`
	Text       string  `json:"text"`
	Matches    *bool   `json:"matches_official"`
	Difference *string `json:"difference"`
}

func bulletinRecordOf(b intake.Bulletin) bulletinRecord {
	r := bulletinRecord{Cases: []draftRecord{}, Citations: append([]statute.Mention{}, b.Citations...)}
	for _, d := range b.Cases {
		x := draftRecord{Title: known(d.Title), Authority: known(d.Authority), District: known(d.District), FoundOn: d.FoundOn, Party: known(d.Party), Species: known(d.Species),
			HeadCount: d.HeadCount, Violated: provisionRecords(d.Violated), Basis: provisionRecords(d.Basis), Measures: append([]string{}, d.Measures...),
			Narrative: known(d.Narrative), Handling: known(d.Handling), Quotes: []quoteRecord{}, Warnings: append([]string{}, d.Warnings...), Start: d.Start, End: d.End}
		if d.Fine != nil {
			yuan := d.Fine.YuanFloat()
			x.FineYuan = &yuan
		}
		for _, q := range d.Quotes {
			x.Quotes = append(x.Quotes, quoteRecord{q.Citation, q.Text, q.Matches, known(q.Difference)})
		}
		r.Cases = append(r.Cases, x)
	}
	return r
}

func provisionRecords(list []intake.Provision) []provisionRecord {
	out := []provisionRecord{}
	for _, p := range list {
		out = append(out, provisionRecord{known(p.Law), p.Article, known(p.Sub), known(p.Paragraph), known(p.Item), known(p.Subitem)})
	}
	return out
}

// known is nil for the zero value, which means not known or not named.
func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
