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
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/packing"
)

// kept is a noun whose rows are compared with their histories.
type kept interface {
	noun() (entity, words string)
	table() string
	// images reads up to n rows with an id above after, in order, each as its revision holds it.
	images(tx *Tx, after int64, n int) ([]rowImage, error)
}

// rowImage is a row as a revision of it would be.
type rowImage struct {
	id, version int64
	body        []byte
	on          place
	computed    []string // columns beside the record that do not say what follows from it
}

// keptNouns are all nouns with a history that hold to their rows. A test finds a Table that is missing.
var keptNouns = []kept{Users, Organs, Officers, Bureaus, DocumentKinds, Campaigns, Parties, Farms, PartyMerges, FarmMerges, Inspections, Samples, Cases, EvidenceItems,
	Violations, DiscretionSheets, Documents, Penalties, Payments, ReviewNotes, Publications, Bulletins, BulletinReports, MonthClosings, ExportProfiles, ListViews, ScoreSheets, Draws, DrawResults, Interrogations, SignedPapers, PaperWordings, ZoneMaps, keptAttachments{}, keptExports{}, keptHeads{}}

func (t *Table[T, P]) noun() (entity, words string) { return t.Entity, t.Noun }

func (t *Table[T, P]) table() string { return t.name }

func (t *Table[T, P]) images(tx *Tx, after int64, n int) ([]rowImage, error) {
	list, err := t.list(tx, "WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	if err := t.loadAll(tx, list); err != nil {
		return nil, err
	}
	out := make([]rowImage, len(list))
	for i := range list {
		x := P(&list[i])
		body, err := json.Marshal(t.Image(x))
		if err != nil {
			return nil, err
		}
		out[i] = rowImage{id: t.ID(x), version: x.Base().Version, body: body, on: placeOf(t.Entity, t.ID(x), x, nil)}
	}
	return out, t.compareComputed(tx, list, out)
}

// compareComputed notes the derived columns of some rows that are not what their records give: names folded for search, the marks of lists.
func (t *Table[T, P]) compareComputed(tx *Tx, list []T, out []rowImage) error {
	columnsOf := func(x P) (names []string, want []any) {
		var c columns
		t.bind(x, &c)
		for i, p := range c.ptrs {
			if d, ok := p.(derivedValue); ok {
				names, want = append(names, c.names[i]), append(want, d)
			}
		}
		return names, want
	}
	names, _ := columnsOf(P(new(T)))
	if len(names) == 0 || len(list) == 0 {
		return nil
	}
	have, ptrs := make([]any, len(names)), make([]any, len(names))
	for i := range have {
		ptrs[i] = &have[i]
	}
	n := 0
	return tx.each(func(rows *sql.Rows) error {
		if err := rows.Scan(ptrs...); err != nil {
			return err
		}
		_, want := columnsOf(P(&list[n]))
		for i, w := range want {
			v, err := w.(derivedValue).Value()
			if err != nil {
				return err
			}
			if plainly(have[i]) != plainly(v) {
				out[n].computed = append(out[n].computed, names[i])
			}
		}
		n++
		return nil
	}, "SELECT "+strings.Join(names, ", ")+" FROM "+t.name+" WHERE id >= $1 AND id <= $2 ORDER BY id", out[0].id, out[len(out)-1].id)
}

// plainly is a value of a column as both engines' drivers give it.
func plainly(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "1"
		}
		return "0"
	case []byte:
		return string(v)
	}
	return fmt.Sprint(v)
}

// keptAttachments are the rows of files: written once, so their only version is the first.
type keptAttachments struct{}

func (keptAttachments) noun() (entity, words string) { return "attachment", "附件" }

func (keptAttachments) table() string { return "attachments" }

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
		out = append(out, rowImage{id: int64(list[i].ID), version: 1, body: body, on: placeOf("attachment", int64(list[i].ID), list[i], nil)})
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
	err = db.Read(ctx, func(tx *Tx) error { return tx.verifyOrder(func(text string) { defects = append(defects, text) }) })
	return rows, defects, err
}

// orderedTables are those of what hangs on a record in an order, by the record: the order counts from 1 without a gap.
var orderedTables = [][3]string{{"case_parties", "case_id", "案件"}, {"case_inspections", "case_id", "案件"}, {"sample_results", "sample_id", "样品"}, {"bulletin_cases", "bulletin_id", "通报"}}

func (tx *Tx) verifyOrder(bad func(text string)) error {
	for _, t := range orderedTables {
		if err := tx.each(func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			bad(fmt.Sprintf("%s %d 的明细次序不连续（%s）", t[2], id, t[0]))
			return err
		}, fmt.Sprintf("SELECT %[2]s FROM %[1]s GROUP BY %[2]s HAVING MIN(seq) <> 1 OR MAX(seq) <> COUNT(*) ORDER BY %[2]s LIMIT %[3]d", t[0], t[1], mostDefects)); err != nil {
			return err
		}
	}
	return nil
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
	packed      []byte
	on          place  // the case or inspection under which it is kept
	body        []byte // unpacked; nil where it is damaged
}

// misplaced tells of a revision that is kept under another case or inspection than its record names. A damaged one is told with the chain.
func (h *lastKept) misplaced(entity, words string, row *rowImage, bad func(string, ...any)) {
	body, err := packing.Unpack(h.packed)
	if err != nil {
		return
	}
	h.body = body
	var on place
	if row != nil && bytes.Equal(body, row.body) {
		on = row.on
	} else {
		on = placeOf(entity, h.id, nil, body)
	}
	if on != h.on {
		bad("%s %d 的历史（第 %d 版）记在别的案件或检查之下", words, h.id, h.version)
	}
}

// compareRows compares the rows with ids above after, up to last, with their histories; both are in the order of the ids.
func (tx *Tx) compareRows(entity, words string, rows []rowImage, after, last int64, bad func(string, ...any)) error {
	var h lastKept
	next := func() { // the history that was gathered is whole
		if h.id == 0 {
			return
		}
		for len(rows) > 0 && rows[0].id < h.id {
			bad("%s %d 没有历史：它不是经本系统写入的", words, rows[0].id)
			rows = rows[1:]
		}
		var row *rowImage
		if len(rows) > 0 && rows[0].id == h.id {
			row, rows = &rows[0], rows[1:]
		}
		h.misplaced(entity, words, row, bad)
		if h.versions != h.version {
			bad("%s %d 的历史有 %d 版，应有 %d 版", words, h.id, h.versions, h.version)
		}
		if row != nil {
			h.compare(words, row, bad)
		} else if h.action != deletedAction {
			bad("%s %d 的记录不见了，而历史里没有删除它", words, h.id)
		}
	}
	err := tx.each(func(r *sql.Rows) error {
		var x lastKept
		if err := r.Scan(&x.id, &x.version, &x.action, &x.packed, reference[registry.CaseID]{&x.on.caseID}, reference[registry.InspectionID]{&x.on.inspectionID}); err != nil {
			return err
		}
		if x.id != h.id {
			next()
		} else {
			h.misplaced(entity, words, nil, bad)
			x.versions = h.versions
		}
		x.versions++
		h = x
		return nil
	}, "SELECT r.entity_id, r.version, COALESCE("+wordOf("(SELECT a.action FROM audit_log a WHERE a.seq = r.audit_seq)")+`, ''), r.body, r.case_id, r.inspection_id FROM revisions r
		WHERE r.entity = $1 AND r.entity_id > $2 AND r.entity_id <= $3 ORDER BY r.entity_id, r.version`, entity, after, last)
	if err != nil {
		return err
	}
	next()
	for _, row := range rows {
		bad("%s %d 没有历史：它不是经本系统写入的", words, row.id)
	}
	return nil
}

func (h *lastKept) compare(words string, row *rowImage, bad func(string, ...any)) {
	if len(row.computed) > 0 {
		bad("%s %d 的辅助列与记录不符：%s", words, h.id, strings.Join(row.computed, "、"))
	}
	if h.action == deletedAction {
		bad("%s %d 在历史里已经删除，记录却还在", words, h.id)
		return
	}
	if h.version != row.version {
		bad("%s %d 记为第 %d 版，历史里最新是第 %d 版", words, h.id, row.version, h.version)
		return
	}
	if h.body == nil || bytes.Equal(h.body, row.body) {
		return
	}
	if fields := differences(h.body, row.body); len(fields) > 0 {
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
	if listA != nil || listB != nil || a != b && !sameInstant(a, b) {
		tell(path)
	}
}

// sameInstant tells of two texts whether they are one instant as it is stored: files used to be recorded to the nanosecond.
func sameInstant(a, b any) bool {
	x, _ := a.(string)
	y, _ := b.(string)
	was, errA := time.Parse(time.RFC3339Nano, x)
	is, errB := time.Parse(time.RFC3339Nano, y)
	return errA == nil && errB == nil && asStored(was).Equal(asStored(is))
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
