package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/store/packing"
)

// kept is a noun whose rows are compared with their histories.
type kept interface {
	noun() (entity, words string)
	table() string
	// images reads up to n rows with an id above after, in order, each as its revision holds it: into memory that the next call takes.
	images(tx *Tx, into *bytes.Buffer, after int64, n int) ([]rowImage, error)
}

// rowImage is a row as a revision of it would be.
type rowImage struct {
	id, version int64
	body        []byte
	computed    []string // columns beside the record that do not say what follows from it
}

// keptNouns are all nouns with a history that hold to their rows. A test finds a Table that is missing.
var keptNouns = []kept{Users, Organs, Officers, Bureaus, DocumentKinds, Campaigns, Parties, Farms, PartyMerges, FarmMerges, Inspections, Samples, Cases, EvidenceItems,
	Violations, DiscretionSheets, Documents, Penalties, Payments, ReviewNotes, Publications, Bulletins, BulletinReports, MonthClosings, ExportProfiles, ListViews, ScoreSheets, Draws, DrawResults, Interrogations, SignedPapers, PaperWordings, ZoneMaps, keptAttachments{}, keptExports{}, keptHeads{}}

// nounWords are what people call the records of a noun.
func nounWords(entity string) string {
	for _, k := range keptNouns {
		if name, words := k.noun(); name == entity {
			return words
		}
	}
	return entity
}

func (t *Table[T, P]) noun() (entity, words string) { return t.Entity, t.Noun }

func (t *Table[T, P]) table() string { return t.name }

func (t *Table[T, P]) images(tx *Tx, into *bytes.Buffer, after int64, n int) ([]rowImage, error) {
	expected := 0
	if after > 0 { // they are many, or one that is looked for
		expected = n
	}
	list, computed, err := t.withComputed(tx, expected, "WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", t.Entity, err)
	}
	if err := t.loadAll(tx, list); err != nil {
		return nil, err
	}
	out := make([]rowImage, len(list))
	bodies, err := encoded(into, len(list), func(i int) any { return t.Image(P(&list[i])) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		x := P(&list[i])
		out[i] = rowImage{id: t.ID(x), version: x.Base().Version, body: bodies[i], computed: computed[i]}
	}
	return out, err
}

// encoded are what pointers point at as JSON, written one behind the other.
func encoded(all *bytes.Buffer, n int, of func(i int) any) ([][]byte, error) {
	all.Reset()
	ends := make([]int, n)
	for i := range n {
		b, err := appendJSON(all.AvailableBuffer(), of(i))
		if err != nil {
			return nil, err
		}
		all.Write(b)
		ends[i] = all.Len()
	}
	list, from := make([][]byte, n), 0
	for i, end := range ends {
		list[i], from = all.Bytes()[from:end], end
	}
	return list, nil
}

// withComputed is list that looks also at the columns that the program computes: names folded for search, the marks of lists. It names those of each row that are not what
// the row gives.
func (t *Table[T, P]) withComputed(tx *Tx, expected int, clause string, args ...any) (list []T, wrong [][]string, err error) {
	list = make([]T, 0, expected)
	var x T
	var c columns
	c.col("id", t.id(P(&x)))
	t.bind(P(&x), &c)
	type column struct {
		name string
		have any
		want derivedValue
	}
	var derived []*column
	for i, p := range c.ptrs {
		if want, ok := p.(derivedValue); ok {
			d := &column{name: c.names[i], want: want}
			derived, c.ptrs[i] = append(derived, d), &d.have
		}
	}
	take := func() {
		list, wrong = append(list, x), append(wrong, nil)
		for _, d := range derived {
			want, e := d.want.Value()
			if e != nil && err == nil {
				err = e
			}
			if plainly(d.have) != plainly(want) {
				last := len(wrong) - 1
				wrong[last] = append(wrong[last], d.name)
			}
		}
	}
	e := tx.eachRow(c.names, c.ptrs, func() { x = *new(T) }, take, func() { list, wrong = list[:0], wrong[:0] }, "FROM "+t.name+" "+clause, args...)
	return list, wrong, cmp.Or(e, err)
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
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return fmt.Sprint(v)
}

// keptAttachments are the rows of files: written once, so their only version is the first.
type keptAttachments struct{}

func (keptAttachments) noun() (entity, words string) { return "attachment", "附件" }

func (keptAttachments) table() string { return "attachments" }

func (keptAttachments) images(tx *Tx, into *bytes.Buffer, after int64, n int) (out []rowImage, err error) {
	list, err := tx.attachments(attachmentColumns+"WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	bodies, err := encoded(into, len(list), func(i int) any { return &list[i] })
	if err != nil {
		return nil, err
	}
	for i := range list {
		out = append(out, rowImage{id: int64(list[i].ID), version: 1, body: bodies[i]})
	}
	return out, err
}

// deletedAction is what the last revision of a record that is no more says of it.
const deletedAction = "删除"

// rowsAtOnce are compared in one go.
const rowsAtOnce = 500

// verifyRows compares every row with the newest revision of its record, both ways: a row that differs from what was last written, one
// without a history, a history without its row, a version that is missing. The chain was walked, and the files of all cases were read, before. It returns how many rows
// were compared and what is wrong, twenty a noun. Fields that the program computes are no part of a revision: verification recomputes them.
func (tx *Tx) verifyRows(tell func(VerifyProgress)) (rows int64, defects []string, err error) {
	for _, k := range keptNouns {
		entity, words := k.noun()
		var list []string
		bad := func(format string, args ...any) {
			if len(list) < mostDefects {
				list = append(list, fmt.Sprintf(format, args...))
			}
		}
		if !slices.Contains(nounsOfFiles, entity) {
			if err := tx.sumRows(k, func() { tell(VerifyProgress{Doing: words + "与其历史", Done: tx.sums.rows}) }); err != nil {
				return tx.sums.rows, defects, fmt.Errorf("verify rows of %s: %w", entity, err)
			}
		}
		if err := tx.compareLeft(k, bad); err != nil {
			return tx.sums.rows, defects, fmt.Errorf("verify rows of %s: %w", entity, err)
		}
		defects = append(defects, list...)
	}
	return tx.sums.rows, defects, tx.verifyOrder(func(text string) { defects = append(defects, text) })
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

// sumRows takes the rows of a noun off what the chain says of them.
func (tx *Tx) sumRows(k kept, tell func()) error {
	entity, _ := k.noun()
	var bodies bytes.Buffer
	for after := int64(0); ; tell() {
		rows, err := k.images(tx, &bodies, after, rowsAtOnce)
		if err != nil {
			return err
		}
		for i := range rows {
			row := &rows[i]
			tx.sums.found(entity, row.id, row.version, row.body)
			tx.sums.computed(entity, row.id, row.computed)
		}
		if len(rows) < rowsAtOnce {
			return nil
		}
		after = rows[len(rows)-1].id
	}
}

// compareLeft compares the rows of a noun that cannot all be what the chain says.
func (tx *Tx) compareLeft(k kept, bad func(string, ...any)) error {
	entity, words := k.noun()
	var bodies bytes.Buffer
	for _, n := range tx.sums.left(entity) {
		after, last := max(0, n*idsInRange-1), (n+1)*idsInRange-1
		rows, err := k.images(tx, &bodies, after, idsInRange)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(r rowImage) bool { return r.id > last })
		if err := tx.compareRows(entity, words, rows, after, last, bad); err != nil {
			return err
		}
	}
	return nil
}

// lastKept is the newest revision of a record.
type lastKept struct {
	id, version  int64
	versions     int64 // how many are kept
	seq          int64 // its entry in the chain
	gone         bool  // that says that the record was deleted
	salt, digest string
}

// rowHistory compares rows of a noun with their histories; both are in the order of the ids.
type rowHistory struct {
	tx     *Tx
	words  string
	rows   []rowImage
	odd    []oddRow
	salted []byte
	bad    func(string, ...any)
}

// oddRow is a row that is not what the chain has the digest of, byte by byte: other programs than this one may have written its revision.
type oddRow struct {
	lastKept
	image []byte
}

// compareRows compares the rows with ids above after, up to last, with their histories, one by one. That a revision is what the chain says of it, and lies where it says, is told with
// the chain: a row of which the chain has the digest is what its newest revision says.
func (tx *Tx) compareRows(entity, words string, rows []rowImage, after, last int64, bad func(string, ...any)) error {
	var deleted int64 // the number of the word
	if err := tx.one([]any{&deleted}, "SELECT COALESCE(MAX(id), -1) FROM audit_words WHERE word = $1", deletedAction); err != nil {
		return err
	}
	c := rowHistory{tx: tx, words: words, rows: rows, bad: bad}
	var h, x lastKept
	var action int64
	targets := into(&x.id, &x.version, &x.seq, number{&action}, hexed{&x.salt}, hexed{&x.digest})
	err := tx.each(func(r *sql.Rows) error {
		if err := r.Scan(targets...); err != nil {
			return err
		}
		if x.gone, x.versions = action == deleted, 1; x.id == h.id {
			x.versions += h.versions
		} else {
			c.next(&h)
		}
		h = x
		return nil
	}, `SELECT r.entity_id, r.version, r.audit_seq, a.action, r.salt, a.digest FROM revisions r LEFT JOIN audit_log a ON a.seq = r.audit_seq
		WHERE r.entity = $1 AND r.entity_id > $2 AND r.entity_id <= $3 ORDER BY r.entity_id, r.version`, entity, after, last)
	if err != nil {
		return err
	}
	c.next(&h)
	for _, row := range c.rows {
		bad("%s %d 没有历史：它不是经本系统写入的", words, row.id)
	}
	return c.compareOdd()
}

// next takes the history that was gathered whole.
func (c *rowHistory) next(h *lastKept) {
	if h.id == 0 {
		return
	}
	for len(c.rows) > 0 && c.rows[0].id < h.id {
		c.bad("%s %d 没有历史：它不是经本系统写入的", c.words, c.rows[0].id)
		c.rows = c.rows[1:]
	}
	if h.versions != h.version {
		c.bad("%s %d 的历史有 %d 版，应有 %d 版", c.words, h.id, h.versions, h.version)
	}
	if len(c.rows) > 0 && c.rows[0].id == h.id {
		c.compare(h, &c.rows[0])
		c.rows = c.rows[1:]
	} else if !h.gone {
		c.bad("%s %d 的记录不见了，而历史里没有删除它", c.words, h.id)
	}
}

func (c *rowHistory) compare(h *lastKept, row *rowImage) {
	if len(row.computed) > 0 {
		c.bad("%s %d 的辅助列与记录不符：%s", c.words, h.id, strings.Join(row.computed, "、"))
	}
	if h.gone {
		c.bad("%s %d 在历史里已经删除，记录却还在", c.words, h.id)
		return
	}
	if h.version != row.version {
		c.bad("%s %d 记为第 %d 版，历史里最新是第 %d 版", c.words, h.id, row.version, h.version)
		return
	}
	c.salted = append(append(c.salted[:0], h.salt...), row.body...)
	if !isHex(h.digest, sha256.Sum256(c.salted)) {
		c.odd = append(c.odd, oddRow{*h, row.body})
	}
}

// compareOdd compares the rows that are left with the bodies of their revisions.
func (c *rowHistory) compareOdd() error {
	for few := range slices.Chunk(c.odd, fewIDs) {
		bodies, q := map[int64][]byte{}, newQuery("SELECT audit_seq, body FROM revisions WHERE audit_seq IN ")
		seqs := make([]int64, len(few))
		for i := range few {
			seqs[i] = few[i].seq
		}
		q.add(in(q, seqs))
		if err := c.tx.each(func(r *sql.Rows) error {
			var seq int64
			var packed []byte
			err := r.Scan(&seq, &packed)
			if body, e := packing.Unpack(packed); e == nil { // a damaged one is told with the chain
				bodies[seq] = body
			}
			return err
		}, q.sql(), q.args...); err != nil {
			return err
		}
		for _, o := range few {
			body, ok := bodies[o.seq]
			if !ok || bytes.Equal(body, o.image) {
				continue
			}
			if fields := differences(body, o.image); len(fields) > 0 {
				c.bad("%s %d 与历史里的第 %d 版不同：%s", c.words, o.id, o.version, strings.Join(fields, "、"))
			}
		}
	}
	return nil
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
