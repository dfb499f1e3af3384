package store

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// SQLite hands over a row column by column, and each text costs three calls into the library, each with its lock, and a string of its own:
// more than finding the row. A list therefore asks for all the texts of a row as one, which is cut up here. concat_ws is in both engines.

// rowText divides the columns of a list into texts, which are read as one, and the rest.
type rowText struct {
	ptrs  []any          // of the rest
	texts []func(string) // set the fields of the texts, in their order
	err   *error         // of a text that is none of its kind
	row   string         // the texts of the row being read
}

// textSep stands between the texts of a row: a character that nobody types. A text that holds it, or is NULL, makes the number of parts wrong,
// and the list is read column by column.
const textSep = "\x1f"

// fewTexts are not worth the call.
const fewTexts = 3

// maxTexts is what both engines take as arguments of a function, less the separator.
const maxTexts = 99

// textsAsOne makes the SELECT list of some columns, and the targets it is scanned into; ok is false where it is not worth it.
func textsAsOne(names []string, ptrs []any) (p *rowText, list string, ok bool) {
	p = &rowText{err: new(error)}
	var rest, texts []string
	for i, name := range names {
		if set := p.setter(ptrs[i]); set != nil && len(texts) < maxTexts {
			if _, maybe := ptrs[i].(emptyNull); maybe {
				name = "COALESCE(" + name + ", '')"
			}
			texts, p.texts = append(texts, name), append(p.texts, set)
			continue
		}
		rest, p.ptrs = append(rest, name), append(p.ptrs, ptrs[i])
	}
	if len(texts) < fewTexts {
		return nil, "", false
	}
	p.ptrs = append(p.ptrs, &p.row)
	return p, strings.Join(append(rest, fmt.Sprintf("concat_ws('%s', %s)", textSep, strings.Join(texts, ", "))), ", "), true
}

// setter is how a text gets into what is bound to its column; nil where the column is no text, or may be NULL.
func (p *rowText) setter(ptr any) func(string) {
	failed := func(err error) {
		if err != nil && *p.err == nil {
			*p.err = err
		}
	}
	switch x := ptr.(type) {
	case *dateEarliest:
		return func(s string) { x.earliest = s }
	case interface{ set(string) error }: // what is told by the texts before it is set after them
		return func(s string) { failed(x.set(s)) }
	case emptyNull:
		return func(s string) { *x.s = s }
	case sql.Scanner:
		return nil
	}
	if v := reflect.ValueOf(ptr); v.Type().Elem().Kind() == reflect.String {
		to := v.Convert(reflect.TypeFor[*string]()).Interface().(*string)
		return func(s string) { *to = s }
	}
	return nil
}

// errParts tells that a row does not have as many texts as columns.
var errParts = errors.New("a text of the row is NULL or holds the separator")

// cut sets the fields from the texts of the row that was read.
func (p *rowText) cut() error {
	s, last := p.row, len(p.texts)-1
	for i, set := range p.texts {
		end := strings.IndexByte(s, textSep[0])
		if (end < 0) != (i == last) {
			return errParts
		}
		if i == last {
			end = len(s)
		}
		set(s[:end])
		s = s[min(end+1, len(s)):]
	}
	return *p.err
}

// eachRow runs a query whose SELECT list is columns, with the texts of each row read as one where that is possible. begin is called before a
// row is read into the targets, and take after it.
func (tx *Tx) eachRow(columns []string, ptrs []any, begin, take func(), restart func(), from string, args ...any) error {
	if p, list, ok := textsAsOne(columns, ptrs); ok {
		targets := into(p.ptrs...)
		err := tx.each(func(rows *sql.Rows) error {
			begin()
			if err := rows.Scan(targets...); err != nil {
				return err
			}
			if err := p.cut(); err != nil {
				return err
			}
			take()
			return nil
		}, "SELECT "+list+" "+from, args...)
		if !errors.Is(err, errParts) {
			return err
		}
		restart()
	}
	targets := into(ptrs...)
	return tx.each(func(rows *sql.Rows) error {
		begin()
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		take()
		return nil
	}, "SELECT "+strings.Join(columns, ", ")+" "+from, args...)
}
