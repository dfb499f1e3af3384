package ledgerread

import (
	"encoding/json"
	"strings"

	"casebook/internal/registry"
)

// provision is a provision of a citation as `casebook read bulletin` prints it.
type provision struct {
	Law       string `json:"law"`
	Article   int    `json:"article"`
	Sub       *int   `json:"sub"`
	Paragraph *int   `json:"paragraph"`
	Item      *int   `json:"item"`
}

// Values are the record's fields by name. What is unknown is not in it.
func (rec *Record) Values() map[string]any {
	v := map[string]any{}
	rec.others(v)
	for i := range fields {
		f := &fields[i]
		if f.to == nil {
			continue
		}
		switch p := f.to(rec).(type) {
		case *string:
			if *p != "" {
				v[f.Name] = *p
			}
		case *registry.Date:
			if !p.IsZero() {
				v[f.Name] = p.String()
			}
		case **registry.Money:
			if *p != nil {
				v[f.Name] = (*p).YuanFloat()
			}
		case **int64:
			if *p != nil {
				v[f.Name] = **p
			}
		case **float64:
			if *p != nil {
				v[f.Name] = **p
			}
		case *[]string:
			if len(*p) > 0 {
				v[f.Name] = *p
			}
		case *[]registry.Citation:
			if len(*p) > 0 {
				v[f.Name] = provisions(*p)
			}
		}
	}
	return v
}

// others are the values that are no single field of the record.
func (rec *Record) others(v map[string]any) {
	if rec.Qualifier != "" {
		v["head_about"] = rec.Qualifier
	}
	if rec.Code != "" {
		v["credit_code"] = rec.Code
	}
	if rec.Person != "" {
		v["id_number"] = rec.Person
	}
	if rec.DistrictCode != "" {
		v["district_code"] = rec.DistrictCode
	}
	if len(rec.Herds) > 0 {
		var all []string
		for _, h := range rec.Herds {
			all = append(all, h.Species+h.CountText())
		}
		v["herds"] = all
	}
	if len(rec.Results) > 0 {
		var all []string
		for _, r := range rec.Results {
			all = append(all, r.Pollutant+r.ValueText()+r.Unit)
		}
		v["results"] = "[" + strings.Join(all, ",") + "]"
	}
	if len(rec.Other) > 0 {
		v[otherField] = rec.Other
	}
}

func provisions(list []registry.Citation) []provision {
	known := func(n int) *int {
		if n == 0 {
			return nil
		}
		return &n
	}
	out := make([]provision, len(list))
	for i, c := range list {
		out[i] = provision{c.Law, c.Article, known(c.Sub), known(c.Paragraph), known(c.Item)}
	}
	return out
}

// leftJSON is a column that nothing is brought in of.
type leftJSON struct {
	Column string `json:"column"`
	Title  string `json:"title"`
	Why    string `json:"why"`
}

// sheetJSON is a table as it was understood.
type sheetJSON struct {
	Name    string            `json:"name"`
	Heads   []int             `json:"header_rows"`
	Columns map[string]string `json:"columns"` // field → letters of its column
	Hidden  []string          `json:"hidden_columns"`
	Left    []leftJSON        `json:"ignored_columns"`
	Holds   string            `json:"holds,omitempty"`
}

func (x *Read) json() sheetJSON {
	out := sheetJSON{x.Name, append([]int{}, x.Heads...), map[string]string{}, []string{}, []leftJSON{}, x.Holds()}
	for i := range x.Columns {
		c := &x.Columns[i]
		if f := c.Field; f != "" {
			out.Columns[f] = strings.TrimPrefix(out.Columns[f]+" "+c.Letters(), " ")
		}
		if c.Hidden {
			out.Hidden = append(out.Hidden, c.Letters())
		}
		if why := c.LeftOut(); why != "" {
			out.Left = append(out.Left, leftJSON{c.Letters(), c.Title, why})
		}
	}
	return out
}

// MarshalJSON is what `casebook read ledger` prints.
func (l *Ledger) MarshalJSON() ([]byte, error) {
	type accepted struct {
		Sheet    string         `json:"sheet"`
		Row      int            `json:"row"`
		Values   map[string]any `json:"values"`
		Warnings []string       `json:"warnings"`
	}
	type rejected struct {
		Sheet  string `json:"sheet"`
		Row    int    `json:"row"`
		Reason string `json:"reason"`
		Column string `json:"column"`
		Value  string `json:"value"`
	}
	type ignored struct {
		Sheet string `json:"sheet"`
		Row   int    `json:"row"`
		Why   string `json:"why"`
	}
	type total struct {
		Sheet    string `json:"sheet"`
		Row      int    `json:"row"`
		Column   string `json:"column"`
		Stated   string `json:"stated"`
		Computed string `json:"computed"`
		Agrees   bool   `json:"agrees"`
		Note     string `json:"note"`
	}
	out := struct {
		Sheets   []sheetJSON `json:"sheets"`
		Accepted []accepted  `json:"accepted"`
		Rejected []rejected  `json:"rejected"`
		Ignored  []ignored   `json:"ignored"`
		Totals   []total     `json:"totals"`
	}{[]sheetJSON{}, []accepted{}, []rejected{}, []ignored{}, []total{}}
	for i := range l.Sheets {
		out.Sheets = append(out.Sheets, l.Sheets[i].json())
	}
	for i := range l.Accepted {
		a := &l.Accepted[i]
		out.Accepted = append(out.Accepted, accepted{a.Sheet, a.Row, a.Record.Values(), append([]string{}, a.Warnings...)})
	}
	for _, r := range l.Rejected {
		out.Rejected = append(out.Rejected, rejected(r))
	}
	for _, r := range l.Ignored {
		out.Ignored = append(out.Ignored, ignored(r))
	}
	for _, r := range l.Totals {
		out.Totals = append(out.Totals, total(r))
	}
	return json.Marshal(out)
}
