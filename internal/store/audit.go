package store

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store/packing"
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
	on   place
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
		r.on = placeOf(e.Entity, e.EntityID, body, r.body)
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
	day := ""
	packed, stop := packAhead(tx.acts)
	defer stop()
	for few := range slices.Chunk(tx.acts, actsPerStatement) {
		var log, revisions []any
		bodies := 0
		for _, r := range few {
			seq++
			if on := registry.DateOf(r.At).String(); on != day {
				day = on
				if err := tx.keepDay(day, seq); err != nil {
					return fmt.Errorf("note the first entry of a day: %w", err)
				}
			}
			var entry, body []any
			if entry, body, hash, err = tx.actRows(r, packed, seq, hash); err != nil {
				return err
			}
			if log = append(log, entry...); body != nil {
				revisions = append(revisions, body...)
				bodies++
			}
		}
		if _, err := tx.exec(logRows[len(few)-1], log...); err != nil {
			return fmt.Errorf("append to the audit log: %w", err)
		}
		if bodies > 0 {
			if _, err := tx.exec(revisionRows[bodies-1], revisions...); err != nil {
				return fmt.Errorf("keep revisions: %w", translate(err))
			}
		}
		tx.rows += int64(len(few) + bodies - 2)
	}
	tx.acts = nil
	tx.head = auditHead{seq, hash}
	return nil
}

// packAhead packs the bodies of acts in their order, for who asks for each in turn. Those of a long write are packed while the rows before them are written.
func packAhead(acts []recorded) (next func(r *recorded) []byte, stop func()) {
	pack := func(r *recorded) []byte { return packing.Pack(r.Entity, r.body) }
	if len(acts) <= 2*actsPerStatement {
		return pack, func() {}
	}
	bodies, end := make(chan []byte, 2*actsPerStatement), make(chan struct{})
	go func() {
		for i := range acts {
			if acts[i].body != nil {
				select {
				case bodies <- pack(&acts[i]):
				case <-end:
					return
				}
			}
		}
	}()
	return func(*recorded) []byte { return <-bodies }, func() { close(end) }
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

// wordOf is a word of the log by its number; one that is lost, which verify tells, is an empty one.
func wordOf(column string) string {
	return "COALESCE((SELECT w.word FROM audit_words w WHERE w.id = " + column + "), '')"
}

// word is the number of an actor, a role or an action. It is not known longer than the transaction: a word that a write added is gone with it where it is rolled
// back.
func (tx *Tx) word(word string) (id int64, err error) {
	id, ok := tx.known.words[word]
	if ok {
		return id, nil
	}
	if err = tx.one([]any{&id}, "SELECT id FROM audit_words WHERE word = $1", word); noRows(err) {
		err = tx.one([]any{&id}, "INSERT INTO audit_words (word) VALUES ($1) RETURNING id", word)
	}
	if err == nil {
		if tx.known.words == nil {
			tx.known.words = map[string]int64{}
		}
		tx.known.words[word] = id
	}
	return id, err
}

// actsPerStatement is how many acts go into the log with one statement: of a long write the calls into the library cost as much as the rows.
const actsPerStatement = 16

// logRows and revisionRows are the statements that write one row, two, and so on.
var (
	logRows      = rowStatements("audit_log", "seq", "at", "actor", "role", "remote_ip", "action", "entity", "entity_id", "version", "detail", "digest", "hash")
	revisionRows = rowStatements("revisions", "audit_seq", "entity", "entity_id", "version", "case_id", "inspection_id", "salt", "body")
)

func rowStatements(table string, columns ...string) (list [actsPerStatement]string) {
	for i := range list {
		list[i] = insertRows(table, i+1, columns...)
	}
	return list
}

// actRows are the rows of one act: entry seq of the chain after the entry whose hash is prev, whose own hash it returns, and its revision. The chain holds only a
// salted digest of the body: erasing a revision's personal data never breaks it.
func (tx *Tx) actRows(r recorded, packed func(*recorded) []byte, seq int64, prev string) (entry, revision []any, hash string, err error) {
	e := registry.AuditEntry{Seq: seq, PrevHash: prev, At: r.At, Actor: r.Actor.Username, Role: string(r.Actor.Role), RemoteIP: r.Actor.RemoteIP,
		Action: r.Action, Entity: r.Entity, EntityID: r.EntityID, Version: r.Version, Detail: r.Detail}
	var salt [16]byte
	var sum []byte
	if r.body != nil {
		_, _ = rand.Read(salt[:]) // crypto/rand.Read never fails since Go 1.24
		d := digest(hex.EncodeToString(salt[:]), r.body)
		sum, e.Digest = d[:], hex.EncodeToString(d[:])
	}
	h := hashEntry(&e)
	var ids [3]int64
	for i, w := range []string{e.Actor, e.Role, e.Action} {
		if ids[i], err = tx.word(w); err != nil {
			return nil, nil, "", fmt.Errorf("number the words of the audit log: %w", err)
		}
	}
	entry = []any{e.Seq, e.At.UnixMilli(), ids[0], ids[1], e.RemoteIP, ids[2], e.Entity, e.EntityID, e.Version, e.Detail, sum, h[:]}
	if r.body != nil {
		revision = []any{e.Seq, e.Entity, e.EntityID, e.Version, reference[registry.CaseID]{&r.on.caseID}, reference[registry.InspectionID]{&r.on.inspectionID}, salt[:],
			packed(&r)}
	}
	return entry, revision, hex.EncodeToString(h[:]), nil
}

// digest is what the chain keeps of a body. The salt goes in as text.
func digest(salt string, body []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	_, _ = io.WriteString(h, salt)
	_, _ = h.Write(body)
	h.Sum(sum[:0])
	return sum
}

// hashEntry hashes the fields in order, each with its length before it, so that no two different entries have the same bytes. Hash and
// digests go in as text, as the first registers kept them.
func hashEntry(e *registry.AuditEntry) [sha256.Size]byte {
	b := make([]byte, 1, 512) // a zero goes before all
	add := func(s string) {
		b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	add(auditAlgorithm)
	add(strconv.Itoa(chainID))
	add(strconv.FormatInt(e.Seq, 10))
	add(instantText(e.At))
	add(e.Actor)
	add(e.Role)
	add(e.RemoteIP)
	add(e.Action)
	add(e.Entity)
	add(strconv.FormatInt(e.EntityID, 10))
	add(strconv.FormatInt(e.Version, 10))
	add(e.Detail)
	add(e.Digest)
	add(e.PrevHash)
	return sha256.Sum256(b)
}

// AuditHead is the last entry's number and hash: printed on exports, so that a rewritten chain is found out.
func (tx *Tx) AuditHead() (seq int64, hash string, err error) {
	if tx.head.seq > 0 {
		return tx.head.seq, tx.head.hash, nil
	}
	err = tx.one([]any{&seq, &hash}, "SELECT seq, hash FROM audit_head WHERE chain_id = $1", chainID)
	return seq, hash, err
}

// WrittenSince reports whether anything was recorded behind an entry of the chain, of other nouns than those beside.
func (tx *Tx) WrittenSince(seq int64, beside ...string) (written bool, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var noun string
		err := rows.Scan(&noun)
		written = written || !slices.Contains(beside, noun)
		return err
	}, "SELECT entity FROM audit_log WHERE seq > $1 ORDER BY seq", seq)
	return written, err
}

// Position is an entry of the audit chain: the register as it was when it was written.
type Position struct {
	Seq  int64
	At   time.Time
	Hash string
}

// NewestRecord is where the newest change of a record stands in the chain: the register is what it was then, whatever was read, exported or
// signed since, and whoever was given an account or a password. Zero where there is none.
func (tx *Tx) NewestRecord() (p Position, err error) { return tx.PositionAt(math.MaxInt64) }

// AuditFilter selects audit entries; zero fields select all.
type AuditFilter struct {
	Actor, Action, Entity string
	EntityID              int64
	From, Until           time.Time // only entries of this span, Until not included
	Before                int64     // only entries with a smaller seq: the keyset
	Limit                 int
}

// AuditEntries lists entries newest first.
func (tx *Tx) AuditEntries(f AuditFilter) ([]registry.AuditEntry, error) {
	q := newQuery(`SELECT a.seq, a.at, ` + wordOf("a.actor") + `, ` + wordOf("a.role") + `, a.remote_ip, ` + wordOf("a.action") + `, a.entity, a.entity_id, a.version, a.detail, a.digest,
		(SELECT b.hash FROM audit_log b WHERE b.seq = a.seq - 1), a.hash FROM audit_log a WHERE `)
	first, err := tx.span(&f)
	if err != nil {
		return nil, err
	}
	f.where(q, first)
	q.add(" ORDER BY a.seq DESC LIMIT ?", f.Limit)
	var list []registry.AuditEntry
	err = tx.each(func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		list = append(list, e)
		return err
	}, q.sql(), q.args...)
	return list, err
}

func scanEntry(rows *sql.Rows) (registry.AuditEntry, error) {
	var e registry.AuditEntry
	err := rows.Scan(&e.Seq, actedAt{&e.At}, &e.Actor, &e.Role, &e.RemoteIP, &e.Action, &e.Entity, number{&e.EntityID}, number{&e.Version}, &e.Detail,
		hexed{&e.Digest}, hexed{&e.PrevHash}, hexed{&e.Hash})
	return e, err
}

func (tx *Tx) revisions(clause string, args ...any) (list []registry.Revision, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var r registry.Revision
		var body []byte
		if err := rows.Scan(&r.Entity, number{&r.EntityID}, number{&r.Version}, &r.AuditSeq, actedAt{&r.At}, &r.Actor, &r.Action, &body); err != nil {
			return err
		}
		if unpacked, err := packing.Unpack(body); err == nil { // a damaged one is nothing: the rest is still read, and verify names it
			r.Body = unpacked
		}
		list = append(list, r)
		return nil
	}, "SELECT r.entity, r.entity_id, r.version, r.audit_seq, a.at, "+wordOf("a.actor")+", "+wordOf("a.action")+
		", r.body FROM revisions r LEFT JOIN audit_log a ON a.seq = r.audit_seq "+clause, args...)
	return list, err
}

// RevisionsAt are the after-images that entries of the log hold, each with the one before it, by their entries.
func (tx *Tx) RevisionsAt(seqs []int64) ([]registry.Revision, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	q := newQuery("WHERE r.audit_seq IN ")
	q.add(in(q, seqs) + " ORDER BY r.audit_seq")
	list, err := tx.revisions(q.sql(), q.args...)
	if err != nil {
		return nil, err
	}
	q = newQuery("WHERE r.audit_seq IN (SELECT p.audit_seq FROM revisions n JOIN revisions p ON p.entity = n.entity AND p.entity_id = n.entity_id AND p.version = n.version - 1 WHERE n.audit_seq IN ")
	q.add(in(q, seqs) + ") ORDER BY r.audit_seq")
	before, err := tx.revisions(q.sql(), q.args...)
	return append(before, list...), err
}

// Revisions lists the after-images of a record, oldest first.
func (tx *Tx) Revisions(entity string, id int64) ([]registry.Revision, error) {
	return tx.revisions("WHERE r.entity = $1 AND r.entity_id = $2 ORDER BY r.version", entity, id)
}

// RevisionsOf are the after-images of several records of one noun, oldest first, by record.
func (tx *Tx) RevisionsOf(entity string, ids []int64) (map[int64][]registry.Revision, error) {
	m := map[int64][]registry.Revision{}
	for few := range slices.Chunk(ids, fewIDs) {
		q := newQuery("WHERE r.entity = ? AND r.entity_id IN ", entity)
		q.add(in(q, few) + " ORDER BY r.entity_id, r.version")
		list, err := tx.revisions(q.sql(), q.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			m[r.EntityID] = append(m[r.EntityID], r)
		}
	}
	return m, nil
}

// LastRevision is the newest after-image of a record; of a deleted one, what it was when it was deleted.
func (tx *Tx) LastRevision(entity string, id int64) (r registry.Revision, err error) {
	list, err := tx.revisions("WHERE r.entity = $1 AND r.entity_id = $2 ORDER BY r.version DESC LIMIT 1", entity, id)
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
	return tx.revisions("WHERE r.case_id = $1 ORDER BY r.audit_seq DESC LIMIT $2", id, limit)
}

// CountCaseHistory is how long the history of a case is.
func (tx *Tx) CountCaseHistory(id registry.CaseID) (n int, err error) {
	err = tx.one([]any{&n}, "SELECT COUNT(*) FROM revisions WHERE case_id = $1", id)
	return n, err
}

// InspectionHistory lists those of an inspection, its samples and its exhibits, newest first.
func (tx *Tx) InspectionHistory(id registry.InspectionID, limit int) ([]registry.Revision, error) {
	return tx.revisions("WHERE r.inspection_id = $1 ORDER BY r.audit_seq DESC LIMIT $2", id, limit)
}
