package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"casebook/internal/registry"
)

const (
	chainID        = 1
	auditAlgorithm = "sha256-v1"
)

// Event is what casework tells the audit log of one act.
type Event struct {
	Actor    registry.Actor
	At       time.Time
	Action   string
	Entity   string
	EntityID int64
	Version  int64
	Detail   string // words for the log: never a name, number or address of a person
}

// recorded is an act with the body of its revision, encoded as the record was when the act was done.
type recorded struct {
	Event
	body []byte // nil for an act without a record
}

// Record takes an act for the history: an entry of the audit chain, and body, the record after the change, as its revision. body may
// be nil for acts without a record. Nothing is written before WriteHistory.
func (tx *Tx) Record(e Event, body any) error {
	r := recorded{Event: e}
	if body != nil {
		var err error
		if r.body, err = json.Marshal(body); err != nil {
			return fmt.Errorf("encode revision: %w", err)
		}
	}
	tx.acts = append(tx.acts, r)
	return nil
}

// WriteHistory ends a write: it keeps the revisions of the acts that were recorded and appends them to the audit chain, in their order.
// The head of the chain is read and moved under the write lock of the group and never kept longer, since short commands write beside the server.
func (tx *Tx) WriteHistory() error {
	if len(tx.acts) == 0 {
		return nil
	}
	seq, hash, err := tx.AuditHead()
	if err != nil {
		return fmt.Errorf("read the head of the audit chain: %w", err)
	}
	for _, r := range tx.acts {
		seq++
		if hash, err = tx.writeAct(r, seq, hash); err != nil {
			return err
		}
	}
	tx.acts = nil
	tx.head = auditHead{seq, hash}
	return nil
}

// auditHead is the end of the chain as a write transaction moved it; zero where it did not.
type auditHead struct {
	seq  int64
	hash string
}

// moveHead writes the head once for all requests that share a commit.
func (tx *Tx) moveHead(h auditHead) error {
	if _, err := tx.exec("UPDATE audit_head SET seq = $1, hash = $2 WHERE chain_id = $3", h.seq, h.hash, chainID); err != nil {
		return fmt.Errorf("move the head of the audit chain: %w", err)
	}
	return nil
}

// writeAct writes one act as entry seq of the chain after the entry whose hash is prev, and returns its own. The chain holds only a
// salted digest of the body: erasing a revision's personal data never breaks it.
func (tx *Tx) writeAct(r recorded, seq int64, prev string) (hash string, err error) {
	e := registry.AuditEntry{Seq: seq, PrevHash: prev, At: r.At, Actor: r.Actor.Username, Role: string(r.Actor.Role), RemoteIP: r.Actor.RemoteIP,
		Action: r.Action, Entity: r.Entity, EntityID: r.EntityID, Version: r.Version, Detail: r.Detail}
	var salt string
	if r.body != nil {
		var raw [16]byte
		_, _ = rand.Read(raw[:]) // crypto/rand.Read never fails since Go 1.24
		salt = hex.EncodeToString(raw[:])
		e.Digest = digest(salt, r.body)
	}
	e.Hash = hashEntry(e)
	if _, err := tx.exec(`INSERT INTO audit_log (chain_id, seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, prev_hash, hash, algorithm)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		chainID, e.Seq, instantText(e.At), e.Actor, e.Role, e.RemoteIP, e.Action, e.Entity, e.EntityID, e.Version, e.Detail,
		e.Digest, e.PrevHash, e.Hash, auditAlgorithm); err != nil {
		return "", fmt.Errorf("append to the audit log: %w", err)
	}
	if r.body == nil {
		return e.Hash, nil
	}
	if _, err := tx.exec(`INSERT INTO revisions (entity, entity_id, version, audit_seq, at, actor, action, salt, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.Entity, e.EntityID, e.Version, e.Seq, instantText(e.At), e.Actor, e.Action, salt, string(r.body)); err != nil {
		return "", fmt.Errorf("keep revision: %w", translate(err))
	}
	return e.Hash, nil
}

func digest(salt string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(salt))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// hashEntry hashes the fields in order, each with its length before it, so that no two different entries have the same bytes.
func hashEntry(e registry.AuditEntry) string {
	h := sha256.New()
	h.Write([]byte{0})
	for _, s := range []string{auditAlgorithm, fmt.Sprint(chainID), fmt.Sprint(e.Seq), instantText(e.At), e.Actor, e.Role, e.RemoteIP, e.Action, e.Entity,
		fmt.Sprint(e.EntityID), fmt.Sprint(e.Version), e.Detail, e.Digest, e.PrevHash} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		_, _ = io.WriteString(h, s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// AuditHead is the last entry's number and hash: printed on exports, so that a rewritten chain is found out.
func (tx *Tx) AuditHead() (seq int64, hash string, err error) {
	if tx.head.seq > 0 {
		return tx.head.seq, tx.head.hash, nil
	}
	err = tx.one([]any{&seq, &hash}, "SELECT seq, hash FROM audit_head WHERE chain_id = $1", chainID)
	return seq, hash, err
}

// AuditFilter selects audit entries; zero fields select all.
type AuditFilter struct {
	Actor, Action, Entity string
	EntityID              int64
	Before                int64 // only entries with a smaller seq: the keyset
	Limit                 int
}

// AuditEntries lists entries newest first.
func (tx *Tx) AuditEntries(f AuditFilter) ([]registry.AuditEntry, error) {
	q := newQuery(`SELECT seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, prev_hash, hash FROM audit_log WHERE `)
	f.where(q)
	q.andIf(f.Before != 0, "seq < ?", f.Before)
	q.add(" ORDER BY seq DESC LIMIT ?", f.Limit)
	var list []registry.AuditEntry
	err := tx.each(func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		list = append(list, e)
		return err
	}, q.sql(), q.args...)
	return list, err
}

func scanEntry(rows *sql.Rows) (registry.AuditEntry, error) {
	var e registry.AuditEntry
	err := rows.Scan(&e.Seq, instant{&e.At}, &e.Actor, &e.Role, &e.RemoteIP, &e.Action, &e.Entity, &e.EntityID, &e.Version, &e.Detail, &e.Digest, &e.PrevHash, &e.Hash)
	return e, err
}

const revisionColumns = "entity, entity_id, version, audit_seq, at, actor, action, body"

func (tx *Tx) revisions(clause string, args ...any) (list []registry.Revision, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var r registry.Revision
		var body string
		if err := rows.Scan(&r.Entity, &r.EntityID, &r.Version, &r.AuditSeq, instant{&r.At}, &r.Actor, &r.Action, &body); err != nil {
			return err
		}
		r.Body = []byte(body)
		list = append(list, r)
		return nil
	}, "SELECT "+revisionColumns+" FROM revisions "+clause, args...)
	return list, err
}

// Revisions lists the after-images of a record, oldest first.
func (tx *Tx) Revisions(entity string, id int64) ([]registry.Revision, error) {
	return tx.revisions("WHERE entity = $1 AND entity_id = $2 ORDER BY version", entity, id)
}

// revisionsOf are the after-images of several records of one noun, oldest first, by record.
func (tx *Tx) revisionsOf(entity string, ids []int64) (map[int64][]registry.Revision, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := newQuery("WHERE entity = ? AND entity_id IN ", entity)
	q.add(in(q, ids) + " ORDER BY entity_id, version")
	list, err := tx.revisions(q.sql(), q.args...)
	m := map[int64][]registry.Revision{}
	for _, r := range list {
		m[r.EntityID] = append(m[r.EntityID], r)
	}
	return m, err
}

// LastRevision is the newest after-image of a record; of a deleted one, what it was when it was deleted.
func (tx *Tx) LastRevision(entity string, id int64) (r registry.Revision, err error) {
	list, err := tx.revisions("WHERE entity = $1 AND entity_id = $2 ORDER BY version DESC LIMIT 1", entity, id)
	if err == nil && len(list) == 0 {
		return r, registry.NotFound("历史记录", id)
	}
	if err != nil {
		return r, err
	}
	return list[0], nil
}

// CaseHistory lists the after-images of a case and of everything that is or was on it, newest first.
func (tx *Tx) CaseHistory(id registry.CaseID, limit int) ([]registry.Revision, error) {
	return tx.revisions("WHERE case_id = $1 ORDER BY audit_seq DESC LIMIT $2", id, limit)
}

// CountCaseHistory is how long the history of a case is.
func (tx *Tx) CountCaseHistory(id registry.CaseID) (n int, err error) {
	err = tx.one([]any{&n}, "SELECT COUNT(*) FROM revisions WHERE case_id = $1", id)
	return n, err
}

// InspectionHistory lists those of an inspection, its samples and its exhibits, newest first.
func (tx *Tx) InspectionHistory(id registry.InspectionID, limit int) ([]registry.Revision, error) {
	return tx.revisions("WHERE inspection_id = $1 ORDER BY audit_seq DESC LIMIT $2", id, limit)
}

// VerifyAudit walks the whole chain and every revision's digest. It returns how many entries were read and the first defects.
func (db *DB) VerifyAudit(ctx context.Context) (entries int64, defects []string, err error) {
	const most = 20
	bad := func(format string, args ...any) {
		if len(defects) < most {
			defects = append(defects, fmt.Sprintf(format, args...))
		}
	}
	err = db.Read(ctx, func(tx *Tx) error {
		prev := ""
		err := tx.each(func(rows *sql.Rows) error {
			e, err := scanEntry(rows)
			if err != nil {
				return err
			}
			entries++
			if e.Seq != entries {
				bad("审计链在第 %d 条处缺号（记录号 %d）", entries, e.Seq)
				entries = e.Seq
			}
			if e.PrevHash != prev {
				bad("审计记录 %d 与前一条不相连", e.Seq)
			}
			if hashEntry(e) != e.Hash {
				bad("审计记录 %d 的内容被改动", e.Seq)
			}
			prev = e.Hash
			return nil
		}, `SELECT seq, at, actor, role, remote_ip, action, entity, entity_id, version, detail, digest, prev_hash, hash FROM audit_log WHERE chain_id = 1 ORDER BY seq`)
		if err != nil {
			return err
		}
		seq, hash, err := tx.AuditHead()
		if err != nil {
			return err
		}
		if seq != entries || hash != prev {
			bad("审计链末尾缺失：应有 %d 条，实有 %d 条", seq, entries)
		}
		return tx.each(func(rows *sql.Rows) error {
			var entity, salt, body, want string
			var id, version int64
			if err := rows.Scan(&entity, &id, &version, &salt, &body, &want); err != nil {
				return err
			}
			if digest(salt, []byte(body)) != want {
				bad("%s %d 第 %d 版的历史内容与审计摘要不符", entity, id, version)
			}
			return nil
		}, `SELECT r.entity, r.entity_id, r.version, r.salt, r.body, COALESCE(a.digest, '') FROM revisions r LEFT JOIN audit_log a ON a.chain_id = 1 AND a.seq = r.audit_seq`)
	})
	return entries, defects, err
}
