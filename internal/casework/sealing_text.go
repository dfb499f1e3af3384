package casework

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/ledgerread"
	"casebook/internal/registry"
	"casebook/internal/seal"
)

// A text file (CSV, JSON Lines) has no place for what it is an export of. One that was edited is known by its columns: of the newest exports of its form
// that have them, the one with most of its rows.

// TextOriginal is the export that an edited text file is taken for, with the rows of both, their titles first.
type TextOriginal struct {
	Export  registry.ExportRecord
	Sheet   string
	Was, Is [][]string
}

// mostOriginals is how many exports are made anew to find it, and mostTextRows how many rows are compared.
const (
	mostOriginals = 5
	mostTextRows  = 5000
)

// FindText finds the export of an edited text file; nil where none has its columns, or it is no such file. makers write it anew, by format.
func (s *Service) FindText(ctx context.Context, a registry.Actor, name string, text []byte, makers map[string]FileMaker) (best *TextOriginal, err error) {
	format, rows := textRows(name, text)
	if len(rows) < 2 {
		return nil, nil
	}
	list, _, err := s.Exports(ctx, a, ExportFilter{}, Page{Limit: 200})
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, row := range rows {
		have[strings.Join(row, "\x00")] = true
	}
	most, tried := 0, map[string]bool{}
	for i := range list {
		key := fmt.Sprint(string(list[i].Request), list[i].Branch, list[i].Position.Seq)
		if list[i].Format != format || list[i].State != registry.ExportDone || tried[key] || len(tried) == mostOriginals {
			continue
		}
		tried[key] = true
		x, err := s.textAgain(ctx, a, &list[i], makers[format])
		if registry.KindOf(err) == registry.KindInvalid || registry.KindOf(err) == registry.KindForbidden {
			continue // it cannot be made again
		}
		if err != nil {
			return nil, err
		}
		if len(x.Was) == 0 || !slices.Equal(x.Was[0], rows[0]) {
			continue
		}
		common := 0
		for _, row := range x.Was {
			if have[strings.Join(row, "\x00")] {
				common++
			}
		}
		if common > most {
			most, best = common, x
			best.Is = rows
		}
	}
	return best, nil
}

// textAgain makes a recorded export anew and reads its rows.
func (s *Service) textAgain(ctx context.Context, a registry.Actor, r *registry.ExportRecord, maker FileMaker) (*TextOriginal, error) {
	x, _, err := ExportOf(r.Request)
	if err != nil {
		return nil, registry.Invalid("file", "%s", err)
	}
	var out bytes.Buffer
	claim := seal.Claim{Kind: r.Kind, Request: r.Request, Filters: r.Filters, Branch: r.Branch, Position: r.Position}
	if _, err := s.Again(ctx, a, claim, true, &out, Writers{Ledger: maker(x.Sheet)}); err != nil {
		return nil, err
	}
	_, rows := textRows("."+r.Format, out.Bytes())
	return &TextOriginal{Export: *r, Sheet: x.Sheet, Was: rows}, nil
}

// textRows are the rows of a CSV file, or of lines of JSON: each value under its name; none where it is neither, or longer than what is compared.
func textRows(name string, text []byte) (format string, rows [][]string) {
	switch {
	case bytes.HasPrefix(text, []byte("PK")):
		return "", nil
	case strings.HasSuffix(strings.ToLower(name), ".jsonl"), bytes.HasPrefix(text, []byte("{")):
		return "jsonl", jsonRows(text)
	}
	book, err := ledgerread.Open(text, name)
	if err != nil || len(book.Sheets) != 1 {
		return "", nil
	}
	for row, err := range book.Sheets[0].Plain() {
		if err != nil || len(rows) > mostTextRows {
			return "", nil
		}
		rows = append(rows, row.Cells)
	}
	return "csv", rows
}

func jsonRows(text []byte) (rows [][]string) {
	var names []string
	for line := range bytes.Lines(text) {
		var values map[string]json.RawMessage
		if err := json.Unmarshal(line, &values); err != nil || len(rows) > mostTextRows {
			return nil
		}
		if rows == nil {
			names = slices.Sorted(maps.Keys(values))
			if i := slices.Index(names, "seq"); i > 0 { // the number of the row, which names it
				names = slices.Insert(slices.Delete(names, i, i+1), 0, "seq")
			}
			rows = append(rows, names)
		}
		row := make([]string, len(names))
		for i, name := range names {
			row[i] = strings.Trim(string(values[name]), `"`)
		}
		rows = append(rows, row)
	}
	return rows
}
