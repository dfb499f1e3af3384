package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"casebook/internal/registry"
)

const exportColumns = `SELECT id, version, year, serial, kind, format, request, filters, branch, as_of, row_counts, sums, sha256, size, state, trouble, begun_at, ended_at, actor FROM exports `

// plainInstant is the instant of a record that may have none yet.
type plainInstant struct{ instant }

func (i plainInstant) Scan(src any) error {
	if s, err := text(src); err != nil || s == "" {
		return err
	}
	return i.instant.Scan(src)
}

func (tx *Tx) exportRecords(clause string, args ...any) (list []registry.ExportRecord, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x registry.ExportRecord
		var request string
		if err := rows.Scan(number{(*int64)(&x.ID)}, number{&x.Version}, &x.Year, &x.Serial, &x.Kind, &x.Format, &request, jsonValue{&x.Filters}, &x.Branch, jsonValue{&x.Position}, jsonValue{&x.Rows}, jsonValue{&x.Sums},
			&x.SHA256, number{&x.Size}, (*string)(&x.State), &x.Trouble, instant{&x.BegunAt}, plainInstant{instant{&x.EndedAt}}, &x.Actor); err != nil {
			return err
		}
		x.Request = json.RawMessage(request)
		list = append(list, x)
		return nil
	}, exportColumns+clause, args...)
	return list, err
}

// AddExport keeps the record of an export that begins, under the next number of its year.
func (tx *Tx) AddExport(x *registry.ExportRecord) error {
	if err := tx.one([]any{&x.Serial}, "SELECT COALESCE(MAX(serial), 0) + 1 FROM exports WHERE year = $1", x.Year); err != nil {
		return fmt.Errorf("number an export: %w", err)
	}
	x.Version, x.BegunAt = 1, asStored(x.BegunAt)
	if err := tx.one([]any{(*int64)(&x.ID)}, `INSERT INTO exports (version, year, serial, kind, format, request, filters, branch, as_of, row_counts, sums, sha256, size, state, trouble, begun_at, ended_at, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id`,
		x.Version, x.Year, x.Serial, x.Kind, x.Format, string(x.Request), jsonValue{&x.Filters}, x.Branch, jsonValue{&x.Position}, jsonValue{&x.Rows}, jsonValue{&x.Sums},
		x.SHA256, x.Size, string(x.State), x.Trouble, instantText(x.BegunAt), "", x.Actor); err != nil {
		return fmt.Errorf("keep the record of an export: %w", translate(err))
	}
	return nil
}

// EndExport notes how an export ended.
func (tx *Tx) EndExport(x *registry.ExportRecord) error {
	x.Version++
	x.EndedAt = asStored(x.EndedAt)
	res, err := tx.exec(`UPDATE exports SET version = $1, as_of = $2, row_counts = $3, sums = $4, sha256 = $5, size = $6, state = $7, trouble = $8, ended_at = $9 WHERE id = $10 AND version = $11`,
		x.Version, jsonValue{&x.Position}, jsonValue{&x.Rows}, jsonValue{&x.Sums}, x.SHA256, x.Size, string(x.State), x.Trouble, instantText(x.EndedAt), int64(x.ID), x.Version-1)
	if err != nil {
		return fmt.Errorf("end the record of an export: %w", translate(err))
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("end the record of export %d: %d rows, %w", x.ID, n, err)
	}
	return nil
}

// ExportRecord is the record of one export.
func (tx *Tx) ExportRecord(id registry.ExportID) (x registry.ExportRecord, err error) {
	list, err := tx.exportRecords("WHERE id = $1", int64(id))
	if err == nil && len(list) == 0 {
		return x, registry.NotFound("导出记录", strconv.FormatInt(int64(id), 10))
	}
	if err != nil {
		return x, err
	}
	return list[0], nil
}

// ExportsOfFile are the exports that gave out a file of this hash, oldest first, up to most.
func (tx *Tx) ExportsOfFile(sha256 string, most int) ([]registry.ExportRecord, error) {
	return tx.exportRecords("WHERE sha256 = $1 AND sha256 <> '' ORDER BY sha256, id LIMIT $2", sha256, most)
}

// ExportFilter selects records of exports.
type ExportFilter struct {
	Actor string
	Day   registry.Date // a day, a month or a year; zero: all
}

// Exports lists records of exports, newest first.
func (tx *Tx) Exports(f ExportFilter, p Page) (list []registry.ExportRecord, next string, err error) {
	q := newQuery("WHERE begun_at > ''")
	q.andIf(f.Actor != "", "actor = ?", f.Actor)
	if !f.Day.IsZero() {
		from, to, err := daySpan(f.Day)
		if err != nil {
			return nil, "", err
		}
		q.add(" AND begun_at >= ? AND begun_at < ?", instantText(from), instantText(to))
	}
	if err := keyset(q, p, false, "id", "begun_at"); err != nil {
		return nil, "", err
	}
	if list, err = tx.exportRecords(q.sql(), q.args...); err != nil {
		return nil, "", err
	}
	if len(list) > p.Limit {
		list = list[:p.Limit]
		last := list[p.Limit-1]
		next = cursor(false, [2]string{instantText(last.BegunAt), strconv.FormatInt(int64(last.ID), 10)})
	}
	return list, next, nil
}

// daySpan is the span of instants that a day, a month or a year in Shanghai names.
func daySpan(d registry.Date) (from, to time.Time, err error) {
	for _, end := range []struct {
		day  string
		more int
		at   *time.Time
	}{{d.Earliest(), 0, &from}, {d.Latest(), 1, &to}} {
		day, err := registry.ParseDate(end.day)
		if err != nil {
			return from, to, err
		}
		*end.at, _ = day.AddDays(end.more).Time()
	}
	return from, to, nil
}

// keptExports are the records of exports among the nouns that verify compares with their histories.
type keptExports struct{}

func (keptExports) noun() (entity, words string) { return ExportEntity, "导出记录" }

func (keptExports) table() string { return "exports" }

func (keptExports) images(tx *Tx, into *bytes.Buffer, after int64, n int) (out []rowImage, err error) {
	list, err := tx.exportRecords("WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	bodies, err := encoded(into, len(list), func(i int) any { return &list[i] })
	if err != nil {
		return nil, err
	}
	for i := range list {
		out = append(out, rowImage{id: int64(list[i].ID), version: list[i].Version, body: bodies[i]})
	}
	return out, err
}

// ExportEntity and HeadEntity are what history calls the records of exports and signed heads. They are about the register and change none of its records.
const (
	ExportEntity = "export"
	HeadEntity   = "audit_head"
)
