package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/store/packing"
)

// kept is a noun whose rows are compared with their histories.
type kept interface {
	noun() (entity, words string)
	// images reads up to n rows with an id above after, in order, each as its revision holds it.
	images(tx *Tx, after int64, n int) ([]rowImage, error)
}

// rowImage is a row as a revision of it would be.
type rowImage struct {
	id, version int64
	body        []byte
}

// keptNouns are all nouns with a history that hold to their rows. A test finds a Table that is missing.
var keptNouns = []kept{Users, Organs, Officers, Bureaus, DocumentKinds, Campaigns, Parties, Farms, PartyMerges, FarmMerges, Inspections, Samples, Cases, EvidenceItems,
	Violations, DiscretionSheets, Documents, Penalties, Payments, ReviewNotes, Publications, Bulletins, keptAttachments{}}

func (t *Table[T, P]) noun() (entity, words string) { return t.Entity, t.Noun }

func (t *Table[T, P]) images(tx *Tx, after int64, n int) ([]rowImage, error) {
	list, err := t.list(tx, "WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	out := make([]rowImage, len(list))
	for i := range list {
		x := P(&list[i])
		if t.load != nil {
			if err := t.load(tx, x); err != nil {
				return nil, err
			}
		}
		body, err := json.Marshal(t.Image(x))
		if err != nil {
			return nil, err
		}
		out[i] = rowImage{t.ID(x), x.Base().Version, body}
	}
	return out, nil
}

// keptAttachments are the rows of files: written once, so their only version is the first.
type keptAttachments struct{}

func (keptAttachments) noun() (entity, words string) { return "attachment", "附件" }

func (keptAttachments) images(tx *Tx, after int64, n int) (out []rowImage, err error) {
	list, err := tx.attachments(attachmentColumns+"WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	for i := range list {
		body, err := json.Marshal(&list[i])
		if err != nil {
			return nil, err
		}
		out = append(out, rowImage{int64(list[i].ID), 1, body})
	}
	return out, nil
}

// deletedAction is what the last revision of a record that is no more says of it.
const deletedAction = "删除"

// rowsAtOnce are compared in one go.
const rowsAtOnce = 500

// VerifyRecords compares every row with the newest revision of its record, both ways: a row that differs from what was last written, one
// without a history, a history without its row, a version that is missing. It returns how many rows it read and what is wrong, twenty a noun.
// Fields that the program computes are no part of a revision: Verify recomputes them.
func (db *DB) VerifyRecords(ctx context.Context, tell func(VerifyProgress)) (rows int64, defects []string, err error) {
	for _, k := range keptNouns {
		entity, words := k.noun()
		var list []string
		bad := func(format string, args ...any) {
			if len(list) < mostDefects {
				list = append(list, fmt.Sprintf(format, args...))
			}
		}
		if err := db.Read(ctx, func(tx *Tx) error { // a snapshot a noun: a row and its revision are of one
			list = nil
			n, err := tx.verifyRows(k, bad, func(done int64) { tell(VerifyProgress{Doing: words + "与其历史", Done: rows + done}) })
			rows += n
			return err
		}); err != nil {
			return rows, defects, fmt.Errorf("verify rows of %s: %w", entity, err)
		}
		defects = append(defects, list...)
	}
	return rows, defects, nil
}

func (tx *Tx) verifyRows(k kept, bad func(string, ...any), tell func(done int64)) (done int64, err error) {
	entity, words := k.noun()
	for after := int64(0); ; {
		rows, err := k.images(tx, after, rowsAtOnce)
		if err != nil {
			return done, err
		}
		last := int64(1<<63 - 1) // behind the last row there may be histories without one
		if len(rows) == rowsAtOnce {
			last = rows[len(rows)-1].id
		}
		if err := tx.compareRows(entity, words, rows, after, last, bad); err != nil {
			return done, err
		}
		done += int64(len(rows))
		if len(rows) < rowsAtOnce {
			return done, nil
		}
		after = last
		tell(done)
	}
}

// lastKept is the newest revision of a record.
type lastKept struct {
	id, version int64
	versions    int64 // how many are kept
	action      string
	body        []byte
}

// compareRows compares the rows with ids above after, up to last, with their histories; both are in the order of the ids.
func (tx *Tx) compareRows(entity, words string, rows []rowImage, after, last int64, bad func(string, ...any)) error {
	var h lastKept
	next := func() error { // the history that was gathered is whole
		if h.id == 0 {
			return nil
		}
		for len(rows) > 0 && rows[0].id < h.id {
			bad("%s %d 没有历史：它不是经本系统写入的", words, rows[0].id)
			rows = rows[1:]
		}
		if h.versions != h.version {
			bad("%s %d 的历史有 %d 版，应有 %d 版", words, h.id, h.versions, h.version)
		}
		if len(rows) == 0 || rows[0].id != h.id {
			if h.action != deletedAction {
				bad("%s %d 的记录不见了，而历史里没有删除它", words, h.id)
			}
			return nil
		}
		h.compare(words, &rows[0], bad)
		rows = rows[1:]
		return nil
	}
	err := tx.each(func(r *sql.Rows) error {
		var id, version int64
		var action string
		var body []byte
		if err := r.Scan(&id, &version, &action, &body); err != nil {
			return err
		}
		if id != h.id {
			if err := next(); err != nil {
				return err
			}
			h = lastKept{id: id}
		}
		h.version, h.action, h.body, h.versions = version, action, slices.Clone(body), h.versions+1
		return nil
	}, "SELECT r.entity_id, r.version, COALESCE("+wordOf("(SELECT a.action FROM audit_log a WHERE a.seq = r.audit_seq)")+`, ''), r.body FROM revisions r
		WHERE r.entity = $1 AND r.entity_id > $2 AND r.entity_id <= $3 ORDER BY r.entity_id, r.version`, entity, after, last)
	if err != nil {
		return err
	}
	if err := next(); err != nil {
		return err
	}
	for _, row := range rows {
		bad("%s %d 没有历史：它不是经本系统写入的", words, row.id)
	}
	return nil
}

func (h *lastKept) compare(words string, row *rowImage, bad func(string, ...any)) {
	if h.action == deletedAction {
		bad("%s %d 在历史里已经删除，记录却还在", words, h.id)
		return
	}
	if h.version != row.version {
		bad("%s %d 记为第 %d 版，历史里最新是第 %d 版", words, h.id, row.version, h.version)
		return
	}
	body, err := packing.Unpack(h.body)
	if err != nil || bytes.Equal(body, row.body) { // a damaged one is told with the chain
		return
	}
	if fields := differences(body, row.body); len(fields) > 0 {
		bad("%s %d 与历史里的第 %d 版不同：%s", words, h.id, h.version, strings.Join(fields, "、"))
	}
}

// mostFields of a record are named.
const mostFields = 5

// differences names the fields, as paths of the JSON, in which two images differ. What is empty and what an older program did not write are
// the same.
func differences(was, is []byte) (fields []string) {
	a, errA := decoded(was)
	b, errB := decoded(is)
	if errA != nil || errB != nil {
		return []string{"整条记录"}
	}
	walkDifferences("", a, b, func(path string) { fields = append(fields, path) })
	if len(fields) > mostFields {
		fields = append(fields[:mostFields], fmt.Sprintf("等 %d 处", len(fields)))
	}
	return fields
}

func decoded(body []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

func walkDifferences(path string, a, b any, tell func(path string)) {
	if nothing(a) && nothing(b) {
		return
	}
	x, objectA := a.(map[string]any)
	y, objectB := b.(map[string]any)
	if objectA && (objectB || b == nil) || objectB && a == nil {
		keys := map[string]bool{}
		for k := range x {
			keys[k] = true
		}
		for k := range y {
			keys[k] = true
		}
		for _, k := range slices.Sorted(maps.Keys(keys)) {
			walkDifferences(strings.TrimPrefix(path+"."+k, "."), x[k], y[k], tell)
		}
		return
	}
	listA, _ := a.([]any)
	listB, _ := b.([]any)
	if listA != nil && listB != nil && len(listA) == len(listB) {
		for i := range listA {
			walkDifferences(fmt.Sprintf("%s.%d", path, i+1), listA[i], listB[i], tell)
		}
		return
	}
	if listA != nil || listB != nil || a != b {
		tell(path)
	}
}

// nothing tells what an empty field is written as.
func nothing(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return x == ""
	case bool:
		return !x
	case json.Number:
		return x == "0"
	case []any:
		return len(x) == 0
	case map[string]any:
		for _, e := range x {
			if !nothing(e) {
				return false
			}
		}
		return true
	}
	return false
}
