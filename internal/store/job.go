package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"casebook/internal/registry"
)

// Jobs are no records: like sessions they have no history, and go when they expire. All that servers know of them together is in the table, so that each
// shows all jobs and their places in the queue.

const jobColumns = `id, kind, title, words, request, owner, remote_ip, state, run, node, doing, done, total, trouble, as_of, export_id, sha256, size, filename, report,
	created_at, begun_at, beat_at, ended_at, expires_at`

// noInstant is an instant that may be missing, both ways.
type noInstant struct{ plainInstant }

func at(t *time.Time) noInstant { return noInstant{plainInstant{instant{t}}} }

func (n noInstant) text() string {
	if n.t.IsZero() {
		return ""
	}
	return instantText(*n.t)
}

func (tx *Tx) jobs(clause string, args ...any) (list []registry.Job, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x registry.Job
		var request, report string
		if err := rows.Scan(number{(*int64)(&x.ID)}, (*string)(&x.Kind), &x.Title, jsonValue{&x.Words}, &request, &x.Owner, &x.RemoteIP, (*string)(&x.State), number{&x.Run}, &x.Node, &x.Doing,
			number{&x.Done}, number{&x.Total}, &x.Trouble, jsonValue{&x.Position}, reference[registry.ExportID]{&x.Export}, &x.SHA256, number{&x.Size}, &x.Filename, &report,
			at(&x.CreatedAt), at(&x.BegunAt), at(&x.BeatAt), at(&x.EndedAt), at(&x.ExpiresAt)); err != nil {
			return err
		}
		x.Request, x.Report = json.RawMessage(request), json.RawMessage(report)
		list = append(list, x)
		return nil
	}, "SELECT "+jobColumns+" FROM jobs "+clause, args...)
	return list, err
}

// AddJob puts a job at the end of the queue.
func (tx *Tx) AddJob(x *registry.Job) error {
	x.State, x.CreatedAt = registry.JobWaiting, asStored(x.CreatedAt)
	if err := tx.one([]any{(*int64)(&x.ID)}, `INSERT INTO jobs (kind, title, words, request, owner, remote_ip, state, run, node, doing, done, total, trouble, as_of, export_id, sha256, size, filename, report,
		created_at, begun_at, beat_at, ended_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', '', 0, 0, '', $8, NULL, '', 0, '', '', $9, '', '', '', $10) RETURNING id`,
		string(x.Kind), x.Title, jsonValue{&x.Words}, string(x.Request), x.Owner, x.RemoteIP, string(x.State), jsonValue{&x.Position}, instantText(x.CreatedAt), at(&x.ExpiresAt).text()); err != nil {
		return fmt.Errorf("add a job: %w", translate(err))
	}
	tx.rows++
	return nil
}

// Job is one job.
func (tx *Tx) Job(id registry.JobID) (registry.Job, error) {
	list, err := tx.jobs("WHERE id = $1", int64(id))
	if err == nil && len(list) == 0 {
		err = registry.NotFound("任务", id)
	}
	if err != nil {
		return registry.Job{}, err
	}
	return list[0], nil
}

// JobsOf are the newest jobs of a person, JobsOfKind those of everybody.
func (tx *Tx) JobsOf(owner string, kind registry.JobKind, limit int) ([]registry.Job, error) {
	return tx.jobs("WHERE owner = $1 AND kind = $2 ORDER BY id DESC LIMIT $3", owner, string(kind), limit)
}

// JobsOfKind are the newest jobs of a kind.
func (tx *Tx) JobsOfKind(kind registry.JobKind, limit int) ([]registry.Job, error) {
	return tx.jobs("WHERE kind = $1 ORDER BY id DESC LIMIT $2", string(kind), limit)
}

// OpenJobs are those that wait or run, in the order in which they have their turns.
func (tx *Tx) OpenJobs() (list []registry.Job, err error) {
	for _, state := range []registry.JobState{registry.JobRunning, registry.JobWaiting} {
		some, err := tx.jobs("WHERE state = $1 ORDER BY id", string(state))
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	slices.SortFunc(list, func(a, b registry.Job) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// PutJob writes how far a job is, unless another server, or its owner, has changed it since: then it reports false.
func (tx *Tx) PutJob(x *registry.Job, was registry.JobState, run int64) (ok bool, err error) {
	for _, t := range []*time.Time{&x.BegunAt, &x.BeatAt, &x.EndedAt, &x.ExpiresAt} {
		*t = asStored(*t)
	}
	res, err := tx.exec(`UPDATE jobs SET state = $1, run = $2, node = $3, doing = $4, done = $5, total = $6, trouble = $7, as_of = $8, export_id = $9, sha256 = $10, size = $11, filename = $12, report = $13,
		begun_at = $14, beat_at = $15, ended_at = $16, expires_at = $17 WHERE id = $18 AND state = $19 AND run = $20`,
		string(x.State), x.Run, x.Node, x.Doing, x.Done, x.Total, x.Trouble, jsonValue{&x.Position}, reference[registry.ExportID]{&x.Export}, x.SHA256, x.Size, x.Filename, string(x.Report),
		at(&x.BegunAt).text(), at(&x.BeatAt).text(), at(&x.EndedAt).text(), at(&x.ExpiresAt).text(), int64(x.ID), string(was), run)
	if err != nil {
		return false, fmt.Errorf("write job %d: %w", x.ID, translate(err))
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// ExpiredJobs are jobs that have ended and are to go.
func (tx *Tx) ExpiredJobs(now time.Time, limit int) ([]registry.Job, error) {
	return tx.jobs("WHERE expires_at < $1 AND expires_at > '' AND state NOT IN ($2, $3) ORDER BY expires_at, id LIMIT $4", instantText(now), string(registry.JobWaiting), string(registry.JobRunning), limit)
}

// DropJob forgets a job; its file goes with the next sweep.
func (tx *Tx) DropJob(id registry.JobID) error {
	_, err := tx.exec("DELETE FROM jobs WHERE id = $1", int64(id))
	return err
}

// CasesUpTo counts the cases of a filter, up to most; 0 counts all.
func (tx *Tx) CasesUpTo(f CaseFilter, most int) (n int, err error) {
	q := newQuery("SELECT COUNT(*) FROM (SELECT 1 FROM cases x")
	f.where(tx, q)
	if most > 0 {
		q.add(" LIMIT ?", most)
	}
	q.add(") AS found")
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return n, err
}

// Registered counts the cases that had been registered by then, up to most; 0 counts all.
func (p *Past) Registered(most int) (n int, err error) {
	limit := int64(most)
	if most == 0 {
		limit = 1<<63 - 1
	}
	err = p.tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM revisions r WHERE r.entity = 'case' AND r.version = 1 AND r.audit_seq <= $1 AND r.audit_seq > 0 LIMIT $2) AS found", p.Seq, limit)
	return n, err
}
