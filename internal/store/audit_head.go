package store

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"casebook/internal/registry"
	"casebook/internal/seal"
)

// SignedHead is a signed head of the audit chain that the register remembers. What counts is the copy outside: whoever rewrites the chain rewrites
// this one too.
type SignedHead struct {
	ID        int64     `json:"id"`
	Head      seal.Head `json:"head"`
	Actor     string    `json:"actor"`
	CreatedAt time.Time `json:"created_at"`
}

const headColumns = "SELECT id, seq, key_id, head, actor, created_at FROM audit_heads "

func (tx *Tx) signedHeads(clause string, args ...any) (list []SignedHead, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var x SignedHead
		var seq int64
		var key string
		if err := rows.Scan(number{&x.ID}, number{&seq}, &key, jsonValue{&x.Head}, &x.Actor, instant{&x.CreatedAt}); err != nil {
			return err
		}
		if x.Head.Seq != seq || x.Head.Key != key { // the columns by which it is found are not what was signed
			x.Head.Signature = seal.Signature{}
		}
		list = append(list, x)
		return nil
	}, headColumns+clause, args...)
	return list, err
}

// AddHead keeps a signed head.
func (tx *Tx) AddHead(x *SignedHead) error {
	x.CreatedAt = asStored(x.CreatedAt)
	if err := tx.one([]any{&x.ID}, "INSERT INTO audit_heads (seq, key_id, head, actor, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
		x.Head.Seq, x.Head.Key, jsonValue{&x.Head}, x.Actor, instantText(x.CreatedAt)); err != nil {
		return fmt.Errorf("keep a signed head: %w", translate(err))
	}
	return nil
}

func firstHead(list []SignedHead, err error) (SignedHead, error) {
	if err == nil && len(list) == 0 {
		return SignedHead{}, registry.NotFound("签名链头", "")
	}
	if err != nil {
		return SignedHead{}, err
	}
	return list[0], nil
}

// NewestHead is the head that was signed last.
func (tx *Tx) NewestHead() (SignedHead, error) {
	return firstHead(tx.signedHeads("ORDER BY id DESC LIMIT 1"))
}

// HeadBefore is the newest signed head of before an entry. It is the same whenever it is asked for: what is signed later is of a later entry.
func (tx *Tx) HeadBefore(seq int64) (SignedHead, error) {
	return firstHead(tx.signedHeads("WHERE seq < $1 ORDER BY seq DESC, id DESC LIMIT 1", seq))
}

// HeadAt is the newest head that was signed up to an instant.
func (tx *Tx) HeadAt(at time.Time) (SignedHead, error) {
	return firstHead(tx.signedHeads("WHERE created_at <= $1 ORDER BY created_at DESC, id DESC LIMIT 1", instantText(at)))
}

// HeadOfKey is the first head that a key signed: from then on it was the register's.
func (tx *Tx) HeadOfKey(key string) (SignedHead, error) {
	return firstHead(tx.signedHeads("WHERE key_id = $1 ORDER BY key_id, id LIMIT 1", key))
}

// Heads lists the signed heads, newest first.
func (tx *Tx) Heads(before int64, limit int) ([]SignedHead, error) {
	return tx.signedHeads("WHERE id < $1 ORDER BY id DESC LIMIT $2", before, limit)
}

// HashAt is the hash of an entry of the chain; empty where there is none.
func (tx *Tx) HashAt(seq int64) (hash string, err error) {
	err = tx.one([]any{hexed{&hash}}, "SELECT a.hash FROM audit_log a WHERE a.seq = $1", seq)
	if noRows(err) {
		return "", nil
	}
	return hash, err
}

// EntryAt is an entry of the chain.
func (tx *Tx) EntryAt(seq int64) (p Position, err error) {
	err = tx.one([]any{&p.Seq, actedAt{&p.At}, hexed{&p.Hash}}, "SELECT a.seq, a.at, a.hash FROM audit_log a WHERE a.seq = $1", seq)
	if noRows(err) {
		return p, registry.NotFound("审计记录", seq)
	}
	return p, err
}

// RegisterID tells one register from another, wherever a copy of it lies: the beginning of the hash of the first entry of its chain. Empty where
// nothing has been written yet.
func (tx *Tx) RegisterID() (string, error) {
	hash, err := tx.HashAt(1)
	return hash[:min(len(hash), 16)], err
}

// FollowChain re-hashes the entries after one, each with the hash of the one before: how many there are, and the first that does not follow; 0 where all do.
func (tx *Tx) FollowChain(after int64) (entries, broken int64, err error) {
	prev, err := tx.HashAt(after)
	if err != nil {
		return 0, 0, err
	}
	last, err := tx.tellEntries(after, func(e *registry.AuditEntry) {
		e.PrevHash, prev = prev, e.Hash
		entries++
		if h := hashEntry(e); broken == 0 && (e.Seq != after+entries || hex.EncodeToString(h[:]) != e.Hash) {
			broken = e.Seq
		}
	})
	if err != nil {
		return entries, broken, err
	}
	seq, hash, err := tx.AuditHead()
	if broken == 0 && (seq != max(last, after) || hash != prev) {
		broken = max(last, after) + 1
	}
	return entries, broken, err
}

// tellEntries reads the entries of the chain after one, in order.
func (tx *Tx) tellEntries(after int64, tell func(*registry.AuditEntry)) (last int64, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		last = e.Seq
		tell(&e)
		return err
	}, `SELECT a.seq, a.at, `+wordOf("a.actor")+`, `+wordOf("a.role")+`, a.remote_ip, `+wordOf("a.action")+`, a.entity, a.entity_id, a.version, a.detail, a.digest, NULL, a.hash
		FROM audit_log a WHERE a.seq > $1 ORDER BY a.seq`, after)
	return last, err
}

// verifyHeads checks each signed head that is kept: its signature, and that the chain has the entry that it names.
func (tx *Tx) verifyHeads(bad func(string, ...any)) error {
	for after := int64(0); ; {
		list, err := tx.signedHeads("WHERE id > $1 ORDER BY id LIMIT $2", after, rowsAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for i := range list {
			h := &list[i].Head
			after = list[i].ID
			if _, ok := h.Check(); !ok {
				bad("签名链头 %d 的签名不对", list[i].ID)
				continue
			}
			hash, err := tx.HashAt(h.Seq)
			if err != nil {
				return err
			}
			if hash != h.Hash {
				bad("签名链头 %d（%s 签）记第 %d 条的摘要是 %.12s，审计链上的是 %.12s", list[i].ID, h.SignedAt, h.Seq, h.Hash, hash)
			}
		}
	}
}

// keptHeads are the signed heads among the nouns that verify compares with their histories.
type keptHeads struct{}

func (keptHeads) noun() (entity, words string) { return HeadEntity, "签名链头" }

func (keptHeads) table() string { return "audit_heads" }

func (keptHeads) images(tx *Tx, into *bytes.Buffer, after int64, n int) (out []rowImage, err error) {
	list, err := tx.signedHeads("WHERE id > $1 ORDER BY id LIMIT $2", after, n)
	if err != nil {
		return nil, err
	}
	bodies, err := encoded(into, len(list), func(i int) any { return &list[i] })
	if err != nil {
		return nil, err
	}
	for i := range list {
		out = append(out, rowImage{id: list[i].ID, version: 1, body: bodies[i]})
	}
	return out, err
}
