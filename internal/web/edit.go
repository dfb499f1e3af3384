package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// editing is what the forms of one kind of record share: how its fields are named, and the list of them.
type editing[T any, P casework.Record[T]] struct {
	labels Labels
	fields func(*Form, *T)
}

// fill is a form that shows x.
func (e editing[T, P]) fill(r *request, x *T) *Form {
	f := r.newForm(e.labels)
	e.fields(f, x)
	return f
}

// read reads a posted form into x; fields that the form does not show keep their value.
func (e editing[T, P]) read(r *request, x *T) (*Form, error) {
	f, err := r.readForm(e.labels)
	if err != nil {
		return nil, err
	}
	e.fields(f, x)
	return f, nil
}

// about is what the merge page says of the record that two people edited.
type about struct {
	What      string // 养殖场 某某
	Href      string
	Revisions []registry.Revision
	Names     map[string]string // words for ids: "operator_id=3"
}

// stale shows the merge page of a stale edit. The forms are made of the records, not of what was typed, so that 12度30分 and
// 12.5 do not differ.
func (e editing[T, P]) stale(r *request, err error, began int64, typed, current *T, a about) error {
	P(typed).Clean()
	mine, now := e.fill(r, typed), e.fill(r, current)
	now.names = a.Names
	var base *Form
	for _, v := range a.Revisions {
		var x T
		if v.Version == began && json.Unmarshal(v.Body, &x) == nil {
			base = e.fill(r, &x)
		}
	}
	return r.stale(err, mine, now, base, a.What, a.Href)
}

// formID is the id that an input holds; 0 where it holds none.
func formID[T ~int64](f *Form, name string) T {
	n, err := strconv.ParseInt(f.Value(name), 10, 64)
	if err != nil {
		return 0
	}
	return T(n)
}

// again answers a create that was sent before. Sent twice by a slip, the record is there and that is all. But who goes
// back, changes something and saves again must not lose it: where the two differ, the merge page shows both.
func (e editing[T, P]) again(r *request, typed, stored *T, a about, done string) error {
	P(typed).Clean()
	mine, now := e.fill(r, typed), e.fill(r, stored)
	now.names = a.Names
	var base *Form
	if now.Version == 1 {
		base = now // nobody else has touched it: only what was typed now is new
	}
	rows := mergeRows(mine, now, base, r.s.service.Bureau().DistrictName)
	if !slices.ContainsFunc(rows, func(row mergeRow) bool { return row.Label != "" }) {
		return r.doneAt(done, a.Href)
	}
	mine.Version = now.Version
	reason := fmt.Sprintf("这份表单此前已经保存（现在是第 %d 版），这次提交的内容与它不同。", now.Version)
	return r.pageStatus(http.StatusConflict, mergePage{Layout: r.layout("合并修改"), What: a.What, Action: a.Href, Back: a.Href, Reason: reason, Form: mine, Rows: rows, HasBase: base != nil})
}

// rowWords tells which row of a list a field is in.
func rowWords(field string) string {
	for part := range strings.SplitSeq(field, ".") {
		if isNumber(part) {
			n, _ := strconv.Atoi(part) // isNumber has looked
			return fmt.Sprintf("（第 %d 行）", n+1)
		}
	}
	return ""
}

// deleted goes back to the page of the record that a child was deleted from, and says there why it could not be.
func (r *request) deleted(err error, what, href string) error {
	switch registry.KindOf(err) {
	case registry.KindStale:
		r.flash("warn", "没有删除："+what+"刚被他人修改，请看过现在的内容再决定。")
	case registry.KindConflict:
		r.flash("warn", "没有删除："+problemOf(err).Detail)
	default:
		if err != nil {
			return err
		}
		r.flash("ok", what+"已删除，修改历史中仍可查到。")
	}
	return r.Redirect(http.StatusSeeOther, href)
}

// doneAt is done for an address that is made already.
func (r *request) doneAt(message, href string) error {
	r.flash("ok", message)
	return r.Redirect(http.StatusSeeOther, href)
}
