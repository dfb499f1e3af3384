package casework

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Revisions are the versions of a record, oldest first, for who may p.
func (s *Service) Revisions(ctx context.Context, a registry.Actor, p registry.Permission, entity string, id int64) (list []registry.Revision, err error) {
	err = s.read(ctx, a, p, func(tx *store.Tx) error {
		if err := tx.MayRead(entity, "历史记录", id); err != nil {
			return err
		}
		list, err = tx.Revisions(entity, id)
		return err
	})
	return list, err
}

// Change is one step of a record's history as people read it.
type Change struct {
	At       time.Time
	Actor    string
	Action   string
	Entity   string
	EntityID int64
	Version  int64
	AuditSeq int64
	Fields   []FieldChange // what differs from the version before; empty for the first
	Body     []byte        // the record after the change
	Deleted  bool          // this deleted the record, and nobody brought it back
}

// FieldChange is one field that differs. Field is the JSON path (eia.number, herds), which the page turns into words. In a list Row is the
// place from 1, and an item that is an object is given as JSON.
type FieldChange struct {
	Field, Before, After string
	Row                  int
	Item                 bool
}

// Changes compares consecutive revisions, given in any order, and returns the steps newest first.
func Changes(revisions []registry.Revision) []Change {
	byRecord := map[string][]registry.Revision{}
	for _, r := range revisions {
		k := fmt.Sprintf("%s/%d", r.Entity, r.EntityID)
		byRecord[k] = append(byRecord[k], r)
	}
	var out []Change
	for _, list := range byRecord {
		slices.SortFunc(list, func(a, b registry.Revision) int { return cmp.Compare(a.Version, b.Version) })
		var before *image
		for i, r := range list {
			var after *image // nothing is compared with the only version of a record
			if len(list) > 1 {
				after = flatten(r.Body)
			}
			c := Change{At: r.At, Actor: r.Actor, Action: r.Action, Entity: r.Entity, EntityID: r.EntityID, Version: r.Version, AuditSeq: r.AuditSeq, Body: r.Body,
				Deleted: r.Action == deletion && i == len(list)-1}
			if before != nil {
				c.Fields = difference(before, after)
			}
			before = after
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(b.AuditSeq, a.AuditSeq) })
	return out
}

// image is a record's JSON as path → value, its lists apart.
type image struct {
	values map[string]string
	lists  map[string][]string
}

// machineFields follow from what people see, or are nothing to them.
var machineFields = []string{"version", "updated_at", "created_at", "client_uid", "id", "stage", "text_hash", "law_id", "held", "key", "number_normalized", "case_id", "password_hash"}

// flatten turns a record's JSON into path → value; what the machine keeps for itself is left out.
func flatten(body []byte) *image {
	m := &image{map[string]string{}, map[string][]string{}}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // an id has no decimals, and an amount no rounding
	var v any
	if d.Decode(&v) == nil {
		m.walk("", v)
	}
	return m
}

func (m *image) walk(path string, v any) {
	if slices.Contains(machineFields, path[strings.LastIndexByte(path, '.')+1:]) {
		return
	}
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			m.walk(strings.TrimPrefix(path+"."+k, "."), e)
		}
	case []any:
		for _, e := range x {
			m.lists[path] = append(m.lists[path], itemText(e))
		}
	case nil:
	case string:
		if x != "" {
			m.values[path] = x
		}
	default:
		m.values[path] = fmt.Sprint(x)
	}
}

// itemText is an item of a list as text: objects as JSON, with their keys in order.
func itemText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

func difference(before, after *image) []FieldChange {
	var list []FieldChange
	for k, b := range before.values {
		if after.values[k] != b {
			list = append(list, FieldChange{Field: k, Before: b, After: after.values[k]})
		}
	}
	for k, a := range after.values {
		if _, was := before.values[k]; !was {
			list = append(list, FieldChange{Field: k, After: a})
		}
	}
	for k, b := range before.lists {
		list = append(list, listDifference(k, b, after.lists[k])...)
	}
	for k, a := range after.lists {
		if _, was := before.lists[k]; !was {
			list = append(list, listDifference(k, nil, a)...)
		}
	}
	slices.SortFunc(list, func(a, b FieldChange) int {
		return cmp.Or(strings.Compare(a.Field, b.Field), cmp.Compare(a.Row, b.Row))
	})
	return list
}

// maxAligned bounds the table that aligns two lists; longer ones are compared place by place.
const maxAligned = 400

// listDifference says which items went, came or changed. Items that stayed are aligned first, so that a row taken out of the middle is one
// change and not one for every row behind it.
func listDifference(field string, a, b []string) (list []FieldChange) {
	var gone, come []int
	settle := func() {
		for i := range max(len(gone), len(come)) {
			c := FieldChange{Field: field}
			if i < len(gone) {
				c.Before, c.Row = a[gone[i]], gone[i]+1
			}
			if i < len(come) {
				c.After, c.Row = b[come[i]], come[i]+1
			}
			c.Item = strings.HasPrefix(cmp.Or(c.Before, c.After), "{")
			list = append(list, c)
		}
		gone, come = nil, nil
	}
	same := aligned(a, b)
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && same(i, j):
			settle()
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && !same(i, -1):
			gone = append(gone, i)
			i++
		default:
			come = append(come, j)
			j++
		}
	}
	settle()
	return list
}

// aligned finds a longest common subsequence. The answer tells whether i and j are a pair of it; with j < 0, whether i is in any.
func aligned(a, b []string) func(i, j int) bool {
	if len(a) > maxAligned || len(b) > maxAligned {
		return func(i, j int) bool {
			if j < 0 {
				return i < len(b) && a[i] == b[i]
			}
			return i == j && a[i] == b[j]
		}
	}
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	pair := map[int]int{}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pair[i] = j
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return func(i, j int) bool {
		k, ok := pair[i]
		return ok && (j < 0 || k == j)
	}
}
