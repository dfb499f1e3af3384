package kit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// Editing is one record on a form, as the address of a request found it: a new one with what its address says already, or the one that
// is stored. A room declares it for each of its nouns; EditHandler, CreateHandler, UpdateHandler and DeleteHandler do the rest, so that
// a stale edit, a form sent twice and a refused one are answered alike everywhere.
type Editing[T any] struct {
	Record T
	Labels Labels
	Fields func(f *Form, x *T)       // lists the inputs, both ways
	Check  func(f *Form, x *T) error // what only the form can ask, once it is read; may be nil
	Page   func(f *Form, x T) error  // shows the form; x is what was read from it
	Add    func(context.Context, registry.Actor, *T) (repeated bool, err error)
	Change func(context.Context, registry.Actor, *T) error
	Remove func(version int64) error
	Saved  func(x T) error // answers after the record was created or changed

	// For the merge page. Revisions may be nil: those of the record whose id the address has are read where they are needed.
	Revisions []registry.Revision
	Title     func(x T) string         // the record's own words, such as its name
	Address   func(x T) string         // where the form of the stored record posts to; nil where a kept record cannot be changed
	Home      func(x T) string         // the page that shows the record
	Words     func(f *Form, x T)       // gives words to ids and keys of x; may be nil
	Given     func(typed *T, stored T) // fills in what the use case gives a new record, so that it does not differ; may be nil
}

// Opener finds what a request edits.
type Opener[T any] func(*Request) (Editing[T], error)

// EditHandler shows the form of a stored record.
func EditHandler[T any](open Opener[T]) func(*Request) error {
	return func(r *Request) error {
		e, err := open(r)
		if err != nil {
			return err
		}
		if x, ok := any(&e.Record).(interface{ IsVoid() bool }); ok && x.IsVoid() { // before anybody types what cannot be stored
			return registry.Conflict("这条记录已作废，连同其下的内容只读。需要修改的，请先恢复并写明理由。")
		}
		return e.Show(r, e.Record)
	}
}

// CreateHandler creates a record from a posted form. A form that is sent again with the same content leads to the record it made; with
// other content the merge page shows both.
func CreateHandler[T any](open Opener[T]) func(*Request) error {
	return func(r *Request) error {
		e, err := open(r)
		if err != nil {
			return err
		}
		return e.save(r, func(x *T) error {
			_, err := e.Add(r.Ctx(), r.Actor, x)
			return err
		})
	}
}

// UpdateHandler stores a posted form over the record it was opened from. Where somebody else was faster, the merge page shows both.
func UpdateHandler[T any](open Opener[T]) func(*Request) error {
	return func(r *Request) error {
		e, err := open(r)
		if err != nil {
			return err
		}
		return e.save(r, func(x *T) error { return e.Change(r.Ctx(), r.Actor, x) })
	}
}

// DeleteHandler deletes a record in the version that the page showed, and says on the record's page what became of it.
func DeleteHandler[T any](open Opener[T]) func(*Request) error {
	return func(r *Request) error {
		e, err := open(r)
		if err != nil {
			return err
		}
		f, err := r.ReadForm(e.Labels)
		if err != nil {
			return err
		}
		return r.deleted(e.Remove(f.Version), registry.NounFor[T]().Name, e.Home(e.Record))
	}
}

// Show shows a form that is filled in with x.
func (e Editing[T]) Show(r *Request, x T) error { return e.Page(e.Fill(r, x), x) }

// Fill is a form that shows x.
func (e Editing[T]) Fill(r *Request, x T) *Form {
	f := r.NewForm(e.Labels)
	e.Fields(f, &x)
	return f
}

// save reads the posted form and stores it with write. Fields that the form does not show keep their value.
func (e Editing[T]) save(r *Request, write func(*T) error) error {
	f, err := r.ReadForm(e.Labels)
	if err != nil {
		return err
	}
	x := e.Record
	e.Fields(f, &x)
	if e.Check != nil {
		if err := e.Check(f, &x); err != nil {
			return err
		}
	}
	if !f.OK() {
		return e.Page(f, x)
	}
	typed := x
	err = write(&x)
	var before *casework.Repeated[T]
	switch {
	case err == nil:
		return e.Saved(x)
	case errors.As(err, &before):
		return e.repeated(r, err, x, before.Stored)
	case registry.KindOf(err) == registry.KindStale:
		return e.stale(r, err, f.Version, x)
	}
	if err := f.Refuse(err); err != nil {
		return err
	}
	return e.Page(f, typed)
}

// sides are the forms of what was typed and of the record as it is now. Both are made of records, which the use case has cleaned, so that
// 12度30分 and 12.5 do not differ.
func (e Editing[T]) sides(r *Request, typed, stored T) (mine, now *Form) {
	mine, now = e.Fill(r, typed), e.Fill(r, stored)
	if e.Words != nil {
		e.Words(mine, typed)
		e.Words(now, stored)
	}
	return mine, now
}

// stale shows the merge page of an edit that began from an older version than the stored one.
func (e Editing[T]) stale(r *Request, refused error, began int64, typed T) error {
	revisions := e.Revisions
	if revisions == nil {
		id, err := PathID[int64](r, "id")
		if err != nil {
			return err
		}
		if revisions, err = r.Server.Service.Revisions(r.Ctx(), r.Actor, r.route.Permission, registry.NounFor[T]().Entity, id); err != nil {
			return err
		}
	}
	mine, now := e.sides(r, typed, e.Record)
	var base *Form
	for _, v := range revisions {
		var x T
		if v.Version == began && json.Unmarshal(v.Body, &x) == nil {
			base = e.Fill(r, x)
			if e.Words != nil {
				e.Words(base, x)
			}
		}
	}
	p := mergePage{Action: e.Address(e.Record), Reason: ProblemOf(refused).Detail}
	return e.merge(r, p, e.Record, mine, now, base)
}

// repeated answers a create whose form made a record before, out of other content: who goes back, changes something and saves again
// must not lose it. A record that cannot be changed stays, and what was typed may become another one.
func (e Editing[T]) repeated(r *Request, refused error, typed, stored T) error {
	if e.Given != nil {
		e.Given(&typed, stored)
	}
	mine, now := e.sides(r, typed, stored)
	var base *Form
	if now.Version == 1 {
		base = now // nobody else has touched it: only what was typed now is new
	}
	p := mergePage{Reason: ProblemOf(refused).Detail}
	if e.Address == nil {
		p.Action, p.Another = r.Request().URL.Path, true
		mine.ClientUID = NewUUID()
	} else {
		p.Action = e.Address(stored)
	}
	if len(differing(mergeRows(mine, now, base, plain))) == 0 {
		return e.Saved(stored)
	}
	return e.merge(r, p, stored, mine, now, base)
}

func (e Editing[T]) merge(r *Request, p mergePage, stored T, mine, now, base *Form) error {
	noun := registry.NounFor[T]()
	p.What, p.Back = strings.TrimSpace(noun.Name+" "+e.Title(stored)), e.Home(stored)
	return r.merge(p, noun.Fields, mine, now, base)
}

// FormID is the id that an input holds; 0 where it holds none.
func FormID[T ~int64](f *Form, name string) T {
	n, err := strconv.ParseInt(f.Value(name), 10, 64)
	if err != nil {
		return 0
	}
	return T(n)
}

// RowWords tells which row of a list a field is in.
func RowWords(field string) string {
	for part := range strings.SplitSeq(field, ".") {
		if isNumber(part) {
			n, _ := strconv.Atoi(part) // isNumber has looked
			return fmt.Sprintf("（第 %d 行）", n+1)
		}
	}
	return ""
}

// deleted goes back to the page that the deleted record was on, and says there why it could not be deleted.
func (r *Request) deleted(err error, what, href string) error {
	switch registry.KindOf(err) {
	case registry.KindStale:
		r.Flash("warn", "没有删除："+what+"已被他人修改，请看过现在的内容再决定。")
	case registry.KindConflict:
		r.Flash("warn", "没有删除："+ProblemOf(err).Detail)
	default:
		if err != nil {
			return err
		}
		r.Flash("ok", what+"已删除，修改历史中仍可查到。")
	}
	return r.Redirect(http.StatusSeeOther, href)
}

// DoneAt is done for an address that is made already.
func (r *Request) DoneAt(message, href string) error {
	r.Flash("ok", message)
	return r.Redirect(http.StatusSeeOther, href)
}

// GoTo redirects to an address that is made already.
func (r *Request) GoTo(href string) error { return r.Redirect(http.StatusSeeOther, href) }

// differing are the rows that a person is shown.
func differing(rows []mergeRow) []mergeRow {
	return slices.DeleteFunc(slices.Clone(rows), func(row mergeRow) bool { return row.Label == "" })
}
