package kit

import (
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

// Editing is what the forms of one kind of record share: how its fields are named, and the list of them.
type Editing[T any, P casework.Record[T]] struct {
	Labels Labels
	Fields func(*Form, *T)
}

// Fill is a form that shows x.
func (e Editing[T, P]) Fill(r *Request, x *T) *Form {
	f := r.NewForm(e.Labels)
	e.Fields(f, x)
	return f
}

// Read reads a posted form into x; fields that the form does not show keep their value.
func (e Editing[T, P]) Read(r *Request, x *T) (*Form, error) {
	f, err := r.ReadForm(e.Labels)
	if err != nil {
		return nil, err
	}
	e.Fields(f, x)
	return f, nil
}

// About is what the merge page says of the record that two people edited.
type About struct {
	What      string // 养殖场 某某
	Href      string
	Revisions []registry.Revision
	Names     map[string]string // words for ids: "operator_id=3"
}

// Stale shows the merge page of a stale edit. The forms are made of the records, not of what was typed, so that 12度30分 and
// 12.5 do not differ.
func (e Editing[T, P]) Stale(r *Request, err error, began int64, typed, current *T, a About) error {
	P(typed).Clean()
	mine, now := e.Fill(r, typed), e.Fill(r, current)
	now.Names = a.Names
	var base *Form
	for _, v := range a.Revisions {
		var x T
		if v.Version == began && json.Unmarshal(v.Body, &x) == nil {
			base = e.Fill(r, &x)
		}
	}
	return r.Stale(err, mine, now, base, a.What, a.Href)
}

// FormID is the id that an input holds; 0 where it holds none.
func FormID[T ~int64](f *Form, name string) T {
	n, err := strconv.ParseInt(f.Value(name), 10, 64)
	if err != nil {
		return 0
	}
	return T(n)
}

// Before is what again is asked with: where a create was refused because its form made another record before, x becomes that record.
func (e Editing[T, P]) Before(x *T, repeated bool, err error) (bool, error) {
	var made *casework.Repeated[T]
	if errors.As(err, &made) {
		*x = made.Stored
		return true, nil
	}
	return repeated, err
}

// Again answers a create that was sent before. Sent twice by a slip, the record is there and that is all. But who goes
// back, changes something and saves again must not lose it: where the two differ, the merge page shows both.
func (e Editing[T, P]) Again(r *Request, typed, stored *T, a About, done string) error {
	P(typed).Clean()
	mine, now := e.Fill(r, typed), e.Fill(r, stored)
	now.Names = a.Names
	var base *Form
	if now.Version == 1 {
		base = now // nobody else has touched it: only what was typed now is new
	}
	rows := mergeRows(mine, now, base, r.Server.Service.Bureau().DistrictName)
	if !slices.ContainsFunc(rows, func(row mergeRow) bool { return row.Label != "" }) {
		return r.DoneAt(done, a.Href)
	}
	mine.Version = now.Version
	reason := fmt.Sprintf("这份表单此前已经保存（现在是第 %d 版），这次提交的内容与它不同。", now.Version)
	return r.PageStatus(http.StatusConflict, mergePage{Layout: r.Layout("合并修改"), What: a.What, Action: a.Href, Back: a.Href, Reason: reason, Form: mine, Rows: rows, HasBase: base != nil})
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

// Deleted goes back to the page of the record that a child was deleted from, and says there why it could not be.
func (r *Request) Deleted(err error, what, href string) error {
	switch registry.KindOf(err) {
	case registry.KindStale:
		r.Flash("warn", "没有删除："+what+"刚被他人修改，请看过现在的内容再决定。")
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
