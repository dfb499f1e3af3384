package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// resource is one noun of /api/v1: POST creates, GET reads with an ETag, PATCH merges under If-Match. Field names are the
// domain's own; what a client may not set is refused.
type resource[T any, P casework.Record[T]] struct {
	path   string // of the collection; a child's holds its parent's :id
	id     func(P) *int64
	parent func(P) *int64 // the id of the record it belongs to; nil for a noun of its own
	get    func(s area, ctx context.Context, a registry.Actor, id int64) (T, error)
	add    func(s area, ctx context.Context, a registry.Actor, x P) (repeated bool, err error)
	second func(s area, ctx context.Context, a registry.Actor, x P, why string) (repeated bool, err error) // add, although there is one like it
	change func(s area, ctx context.Context, a registry.Actor, x P) error
	hide   func(P) // masks personal data for roles that may not see it; nil where there is none
}

// create is POST. A create repeated with its client_uid and content answers with the record made the first time, status 200; with other
// content it is a conflict, which carries both.
func (n resource[T, P]) create(s area, r *kit.Request) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	x := P(new(T))
	body, why, err := n.confirmed(body)
	if err != nil {
		return err
	}
	if err := n.decode(body, x); err != nil {
		return err
	}
	if n.parent != nil {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		*n.parent(x) = id
	}
	add := n.add
	if why != "" {
		add = func(s area, ctx context.Context, a registry.Actor, x P) (bool, error) {
			return n.second(s, ctx, a, x, why)
		}
	}
	repeated, err := add(s, r.Ctx(), r.Actor, x)
	var before *casework.Repeated[T]
	if errors.As(err, &before) {
		return kit.Twice{Err: err, Stored: n.shown(r, &before.Stored), Typed: n.shown(r, x)}
	}
	if err != nil {
		return err
	}
	r.Response().Header().Set("Location", n.address(r)+"/"+kit.Itoa(*n.id(x)))
	if repeated {
		return n.send(r, http.StatusOK, x)
	}
	return n.send(r, http.StatusCreated, x)
}

// confirmed takes out of a create why it is made although the register has one like it. Nouns that do not ask know no such field.
func (n resource[T, P]) confirmed(body []byte) (rest []byte, why string, err error) {
	var asked struct {
		Why json.RawMessage `json:"confirm_duplicate"`
	}
	if n.second == nil || json.Unmarshal(body, &asked) != nil || asked.Why == nil {
		return body, "", nil
	}
	if json.Unmarshal(asked.Why, &why) != nil {
		return body, "", registry.Invalid(casework.ConfirmField, "应为文本")
	}
	object := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &object); err != nil {
		return body, "", err
	}
	delete(object, casework.ConfirmField)
	rest, err = json.Marshal(object)
	return rest, why, err
}

// decode reads what a client sends, and refuses what only the program sets, also where it repeats the present value: whoever
// sends it believes that it can be set.
func (n resource[T, P]) decode(body []byte, x P, more ...string) error {
	if err := decode(body, x); err != nil {
		return err // names the fields as the client wrote them
	}
	return refuseReadOnly(registry.FieldsOf[T](), body, more...)
}

// send answers with the record as it is now and its version as ETag.
func (n resource[T, P]) send(r *kit.Request, status int, x P) error {
	setETag(r, x.Base().Version)
	return r.JSON(status, n.shown(r, x))
}

// shown is a record as the role may see it.
func (n resource[T, P]) shown(r *kit.Request, x P) any {
	if n.hide != nil && !r.Actor.Role.Can(registry.PermPersonalRead) {
		n.hide(x)
	}
	return withLists(x)
}

// withLists turns the record's absent lists into empty ones: a program may go through a list without asking whether it is null.
func withLists(x any) any {
	v := reflect.ValueOf(x).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.IsNil() && f.CanSet() {
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		}
	}
	return x
}

// address is the collection's path as it was asked for.
func (n resource[T, P]) address(r *kit.Request) string {
	if n.parent == nil {
		return n.path
	}
	return r.Request().URL.Path
}

// read finds the record of the path: :id, or :child under its parent's :id.
func (n resource[T, P]) read(s area, r *kit.Request) (T, error) {
	name := "id"
	if n.parent != nil {
		name = "child"
	}
	id, err := kit.PathID[int64](r, name)
	if err != nil {
		var none T
		return none, err
	}
	x, err := n.get(s, r.Ctx(), r.Actor, id)
	if err != nil || n.parent == nil {
		return x, err
	}
	if parent, err := kit.PathID[int64](r, "id"); err != nil || *n.parent(P(&x)) != parent {
		return x, registry.NotFound("这条记录", id)
	}
	return x, nil
}

// show is GET of one record.
func (n resource[T, P]) show(s area, r *kit.Request) error {
	x, err := n.read(s, r)
	if err != nil {
		return err
	}
	return n.send(r, http.StatusOK, P(&x))
}

// patch is a JSON merge patch (RFC 7396) under If-Match.
func (n resource[T, P]) patch(s area, r *kit.Request) error {
	version, err := ifMatch(r)
	if err != nil {
		return err
	}
	x, err := n.read(s, r)
	if err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	if err := n.decode(body, new(T), "client_uid"); err != nil {
		return err
	}
	p := P(&x)
	merged, err := mergePatch(x, body)
	if err != nil {
		return err
	}
	x = *new(T)
	if err := decode(merged, p); err != nil {
		return err
	}
	p.Base().Version = version
	if err := n.change(s, r.Ctx(), r.Actor, p); err != nil {
		return err
	}
	return n.send(r, http.StatusOK, p)
}

// mergePatch applies the patch to the record's JSON: null takes a field away, objects merge, everything else replaces.
func mergePatch(x any, patch []byte) ([]byte, error) {
	b, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	target, err := looseObject(b)
	if err != nil {
		return nil, err
	}
	change, err := looseObject(patch)
	if err != nil {
		return nil, err
	}
	return json.Marshal(mergeObjects(target, change))
}

// looseObject reads an object of any fields; numbers keep all their digits.
func looseObject(b []byte) (x map[string]any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return x, d.Decode(&x)
}

func mergeObjects(target, change map[string]any) map[string]any {
	for k, v := range change {
		switch v := v.(type) {
		case nil:
			delete(target, k)
		case map[string]any:
			inner, _ := target[k].(map[string]any)
			if inner == nil {
				inner = map[string]any{}
			}
			target[k] = mergeObjects(inner, v)
		default:
			target[k] = v
		}
	}
	return target
}

// apiPage reads cursor, limit and sort. A list has one order; any other is refused rather than silently ignored.
func apiPage(r *kit.Request, order string) (casework.Page, error) {
	limit, err := apiLimit(r)
	if err != nil {
		return casework.Page{}, err
	}
	if sort := r.QueryParam("sort"); sort != "" && order == "" {
		return casework.Page{}, registry.Invalid("sort", "这个列表只有一种顺序，不能用 sort")
	} else if sort != "" && sort != order {
		return casework.Page{}, registry.Invalid("sort", "只能是 %s", order)
	}
	return casework.Page{Cursor: r.QueryParam("cursor"), Limit: limit, Uncounted: true}, nil
}

// queryDate reads a date of the query string; text that is no date is an error, not an empty filter.
func queryDate(r *kit.Request, name string) (registry.Date, error) {
	d, err := registry.ParseDate(r.QueryParam(name))
	if err != nil {
		return d, registry.Invalid(name, "%s", err)
	}
	return d, nil
}

// sendItems answers a list; no rows are [], not null.
func sendItems[T any](r *kit.Request, rows []T, next string) error {
	if rows == nil {
		rows = []T{}
	}
	return items(r, rows, next)
}

// sendChildren answers one page of the children of a record, in the order of the record. The cursor is the id of the last one shown: who
// goes on after it neither misses nor repeats one that was added meanwhile.
func sendChildren[T any](r *kit.Request, all []T, id func(T) int64) error {
	p, err := apiPage(r, "")
	if err != nil {
		return err
	}
	if p.Cursor != "" {
		at := slices.IndexFunc(all, func(x T) bool { return childCursor(id(x)) == p.Cursor })
		if at < 0 {
			return registry.Invalid("cursor", "翻页位置无效，请从第一页重新打开")
		}
		all = all[at+1:]
	}
	if len(all) <= p.Limit {
		return sendItems(r, all, "")
	}
	return sendItems(r, all[:p.Limit], childCursor(id(all[p.Limit-1])))
}

func childCursor(id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("c|" + kit.Itoa(id)))
}
