package casework

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Repeated refuses a create whose client UUID made a record before, out of other content. Nothing was written, and the record that
// was sent stands as it was typed, so that both can be shown. It is an error of kind conflict; errors.As finds it.
type Repeated[T any] struct {
	Stored  T     // the record as it is now
	Version int64 // its version
	Noun    string
}

func (e *Repeated[T]) Error() string { return e.Unwrap().Error() }

// Unwrap is the error as every caller understands it.
func (e *Repeated[T]) Unwrap() error {
	return registry.Conflict("这份%s此前已经保存（现在是第 %d 版），这次提交的内容与它不同，没有保存。", e.Noun, e.Version)
}

// creation is what a create was asked for: the digest of the record as it was typed, before the program filled anything in.
type creation string

// creationOf digests x for its client UUID, which is also the salt. It is empty where the client gave none.
func creationOf[T any, P store.Record[T]](t *store.Table[T, P], x P) (creation, error) {
	uid := x.Base().ClientUID
	if uid == "" {
		return "", nil
	}
	x.Clean()
	b, err := json.Marshal(t.Image(x))
	if err != nil {
		return "", fmt.Errorf("encode %s: %w", t.Entity, err)
	}
	content, err := contentOf(b)
	if err != nil {
		return "", err
	}
	if b, err = json.Marshal(content); err != nil { // the keys of a map are written in order
		return "", err
	}
	sum := sha256.Sum256(append([]byte(uid+"\n"), b...))
	return creation(hex.EncodeToString(sum[:])), nil
}

// repeatedIn finds the record that the client UUID of x made before. Made out of the same content it takes the place of x and
// repeated is true; made out of other content it is a *Repeated error, and x stays as it was typed.
func repeatedIn[T any, P store.Record[T]](tx *store.Tx, t *store.Table[T, P], x P, c creation) (repeated bool, err error) {
	uid := x.Base().ClientUID
	stored, found, err := t.ByUID(tx, uid)
	if err != nil || !found {
		return false, err
	}
	have, err := tx.Creation(t.Entity, uid)
	if err != nil {
		return false, err
	}
	same := have == string(c)
	if have == "" {
		if same, err = tellsNothingNew(tx, t, x, t.ID(&stored)); err != nil {
			return false, err
		}
	}
	if !same {
		return false, &Repeated[T]{Stored: stored, Version: P(&stored).Base().Version, Noun: t.Noun}
	}
	*x = stored
	return true, nil
}

// tellsNothingNew compares x with the first revision of a record that was made before digests were kept: whatever x says, that
// revision said too. What only the revision has may have been filled in by the program.
func tellsNothingNew[T any, P store.Record[T]](tx *store.Tx, t *store.Table[T, P], x P, id int64) (bool, error) {
	list, err := tx.Revisions(t.Entity, id)
	if err != nil || len(list) == 0 {
		return false, err
	}
	b, err := json.Marshal(t.Image(x))
	if err != nil {
		return false, fmt.Errorf("encode %s: %w", t.Entity, err)
	}
	sent, err := contentOf(b)
	if err != nil {
		return false, err
	}
	first, err := contentOf(list[0].Body)
	if err != nil {
		return false, err
	}
	return within(sent, first), nil
}

// contentOf is the JSON of a record as people filled it in: without what identifies the record and without empty values, since a
// form sends an empty text where a program leaves the field out.
func contentOf(body []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("read the content of a record: %w", err)
	}
	for _, k := range []string{"id", "version", "client_uid", "created_at", "updated_at"} {
		delete(m, k)
	}
	filled, _ := withoutEmpty(m).(map[string]any)
	return filled, nil
}

// withoutEmpty takes empty values out of objects; nil where nothing is left. The items of a list keep their places.
func withoutEmpty(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if e = withoutEmpty(e); e == nil {
				delete(x, k)
			} else {
				x[k] = e
			}
		}
		if len(x) == 0 {
			return nil
		}
	case []any:
		for i := range x {
			x[i] = withoutEmpty(x[i])
		}
		if len(x) == 0 {
			return nil
		}
	case string:
		if x == "" {
			return nil
		}
	}
	return v
}

// within reports whether b says everything that a says; a zero or a no may be what nobody typed.
func within(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return true
	case json.Number:
		return x == "0" || a == b
	case bool:
		return !x || a == b
	case map[string]any:
		y, _ := b.(map[string]any) // where b is none, it says nothing
		for k, v := range x {
			if !within(v, y[k]) {
				return false
			}
		}
		return true
	case []any:
		y, _ := b.([]any) // likewise
		if len(x) != len(y) {
			return false
		}
		for i := range x {
			if !within(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}
