package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"sync"

	"casebook/internal/registry"
	"casebook/internal/store/packing"
)

// mostDefects is how many defects of one kind of check are told one by one.
const mostDefects = 20

// act is an entry of the chain with its revision, as both were read.
type act struct {
	registry.AuditEntry
	words   [3]int64 // actor, role and action
	kept    bool     // it has a revision
	same    bool     // and that is of the same record and version
	on      place    // the case or inspection under which it is kept
	salt    string
	body    []byte
	missing int64 // the number that should have been here; 0 where none is missing
}

const chain = `SELECT a.seq, a.at, a.actor, a.role, a.remote_ip, a.action, a.entity, a.entity_id, a.version, a.detail, a.digest, a.hash,
	r.audit_seq IS NOT NULL, COALESCE(r.entity = a.entity AND r.entity_id = a.entity_id AND r.version = a.version, false), r.case_id, r.inspection_id, r.salt, r.body
	FROM audit_log a LEFT JOIN revisions r ON r.audit_seq = a.seq WHERE a.seq > $1 ORDER BY a.seq`

// targets are where the columns of chain go.
func (a *act) targets() []any {
	return into(&a.Seq, actedAt{&a.At}, number{&a.words[0]}, number{&a.words[1]}, &a.RemoteIP, number{&a.words[2]}, &a.Entity, number{&a.EntityID}, number{&a.Version}, &a.Detail,
		hexed{&a.Digest}, hexed{&a.Hash}, &a.kept, &a.same, reference[registry.CaseID]{&a.on.caseID}, reference[registry.InspectionID]{&a.on.inspectionID}, hexed{&a.salt}, borrowed{&a.body})
}

// borrowed is what a column of bytes holds, until the next row is read.
type borrowed struct{ b *[]byte }

func (b borrowed) Scan(src any) error {
	*b.b, _ = src.([]byte) // what is none, or no bytes, is read as damaged
	return nil
}

// acts are some entries that go to a checker together, with the memory for their bodies.
type acts struct {
	list   []act
	bodies []byte
}

func (b *acts) add(a *act) {
	from := len(b.bodies)
	b.bodies = append(b.bodies, a.body...)
	b.list = append(b.list, *a)
	b.list[len(b.list)-1].body = b.bodies[from:]
}

// found gathers what is wrong from several goroutines, and tells it in the order of the chain.
type found struct {
	sync.Mutex
	list []struct {
		seq  int64
		text string
	}
}

func (f *found) add(seq int64, format string, args ...any) {
	f.Lock()
	defer f.Unlock()
	f.list = append(f.list, struct {
		seq  int64
		text string
	}{seq, fmt.Sprintf(format, args...)})
}

func (f *found) told() (texts []string) {
	slices.SortStableFunc(f.list, func(a, b struct {
		seq  int64
		text string
	}) int {
		return cmp.Compare(a.seq, b.seq)
	})
	for _, d := range f.list[:min(len(f.list), mostDefects)] {
		texts = append(texts, d.text)
	}
	return texts
}

// actsAtOnce is how many acts go to a checker together, and checkers how many of these there are: reading is the other half of the work.
const (
	actsAtOnce = 256
	checkers   = 2
)

// VerifyAudit walks the whole chain with every revision: each entry's hash and place, and that it has the revision it tells of, and no other
// has one. It returns how many entries were read and the first defects.
func (db *DB) VerifyAudit(ctx context.Context) (entries int64, defects []string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		entries, defects, err = tx.verifyChain(0, "", func(int64) {})
		return err
	})
	return entries, defects, err
}

// verifyChain walks the chain behind an entry, of which the hash is known: behind none, all of it. It returns the number of the last entry.
func (tx *Tx) verifyChain(after int64, prev string, progress func(done int64)) (entries int64, defects []string, err error) {
	var f found
	c := chainWalk{last: after, hash: prev, days: map[string]int64{}, timeless: map[int64]bool{}}
	if err := tx.checkedActs(after, &f, func(a *act) { c.step(a) }, func() { progress(c.last) }); err != nil {
		return c.last, nil, err
	}
	defects = f.told()
	seq, hash, err := tx.AuditHead()
	if err != nil {
		return c.last, defects, err
	}
	var heads int64
	if err := tx.one([]any{&heads}, "SELECT COUNT(*) FROM audit_head"); err != nil {
		return c.last, defects, err
	}
	if heads != 1 {
		defects = append(defects, fmt.Sprintf("审计链应有一个链头，实有 %d 个", heads))
	}
	if seq != c.last || hash != c.hash {
		defects = append(defects, fmt.Sprintf("审计链末尾缺失：应有 %d 条，实有 %d 条", seq, c.last))
	}
	if after > 0 { // days that began before are known with the whole chain alone
		more, err := tx.forgedRevisions(after, c.revisions)
		return c.last, slices.Concat(defects, more), err
	}
	if err := tx.verifyAuditDays(c.days, c.timeless, func(text string) { defects = append(defects, text) }); err != nil {
		return c.last, defects, err
	}
	more, err := tx.forgedRevisions(after, c.revisions)
	if err != nil {
		return c.last, defects, err
	}
	leftovers, err := tx.leftovers()
	return c.last, slices.Concat(defects, more, leftovers), err
}

// chainWalk is what is known of the chain up to an entry.
type chainWalk struct {
	last      int64 // entry
	hash      string
	revisions int64
	day       registry.Date
	days      map[string]int64 // the first entry of each
	timeless  map[int64]bool   // entries whose time cannot be read, which are told as changed
}

func (c *chainWalk) step(a *act) {
	if c.last++; a.Seq != c.last {
		a.missing, c.last = c.last, a.Seq
	}
	a.PrevHash, c.hash = c.hash, a.Hash
	if a.At.IsZero() {
		c.timeless[a.Seq] = true
	} else if day := registry.DateOf(a.At); day != c.day {
		c.day = day
		if name := day.String(); c.days[name] == 0 {
			c.days[name] = a.Seq
		}
	}
	if a.kept {
		c.revisions++
	}
}

// checkedActs reads the entries behind one, steps over each in its order, and has it checked meanwhile.
func (tx *Tx) checkedActs(after int64, f *found, step func(*act), progress func()) error {
	names := map[int64]string{}
	if err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var word string
		err := rows.Scan(&id, &word)
		names[id] = word
		return err
	}, "SELECT id, word FROM audit_words"); err != nil {
		return err
	}
	batches, spare := make(chan *acts, checkers), make(chan *acts, 2*checkers+1) // as many as there can be at once
	var running sync.WaitGroup
	for range checkers {
		running.Go(func() {
			c := checker{names: names, found: f, sums: tx.sums}
			for b := range batches {
				for i := range b.list {
					c.check(&b.list[i])
				}
				b.list, b.bodies = b.list[:0], b.bodies[:0]
				spare <- b
			}
		})
	}
	var a act
	b, targets := &acts{}, a.targets()
	err := tx.each(func(rows *sql.Rows) error {
		a.missing = 0
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		step(&a)
		if b.add(&a); len(b.list) == actsAtOnce {
			batches <- b
			select {
			case b = <-spare:
			default:
				b = &acts{}
			}
			progress()
		}
		return nil
	}, chain, above(after))
	batches <- b
	close(batches)
	running.Wait()
	return err
}

// above is what numbers are above that come behind an entry; behind none are also those that no chain has.
func above(after int64) int64 {
	if after == 0 {
		return math.MinInt64
	}
	return after
}

// checker compares entries with their own hashes and with their revisions.
type checker struct {
	names  map[int64]string
	found  *found
	sums   *rowSums
	unpack packing.Unpacker
	salted []byte // the salt and the body of the revision that is looked at
}

func (c *checker) check(a *act) {
	if a.missing != 0 {
		c.found.add(a.Seq, "审计链在第 %d 条处缺号（记录号 %d）", a.missing, a.Seq)
	}
	a.Actor, a.Role, a.Action = c.names[a.words[0]], c.names[a.words[1]], c.names[a.words[2]]
	if !isHex(a.Hash, hashEntry(&a.AuditEntry)) {
		c.found.add(a.Seq, "审计记录 %d 的内容被改动", a.Seq)
	}
	switch {
	case a.Digest == "" && !a.kept:
	case !a.kept:
		c.found.add(a.Seq, "%s %d 第 %d 版的历史缺失（审计记录 %d）", a.Entity, a.EntityID, a.Version, a.Seq)
	case !a.same || a.Digest == "":
		c.found.add(a.Seq, "审计记录 %d 之下的历史不是它所记的 %s %d 第 %d 版", a.Seq, a.Entity, a.EntityID, a.Version)
	default:
		c.checkRevision(a)
	}
}

// checkRevision compares a revision with the digest that the chain has of it, and where it is kept with what it says.
func (c *checker) checkRevision(a *act) {
	salted, err := c.unpack.Append(append(c.salted[:0], a.salt...), a.body)
	if err != nil {
		c.found.add(a.Seq, "%s %d 第 %d 版的历史内容已损坏，无法还原", a.Entity, a.EntityID, a.Version)
		return
	}
	c.salted = salted
	if !isHex(a.Digest, sha256.Sum256(salted)) {
		c.found.add(a.Seq, "%s %d 第 %d 版的历史内容与审计摘要不符", a.Entity, a.EntityID, a.Version)
		return
	}
	body := salted[len(a.salt):]
	c.sums.told(a, body)
	if placeIn(a.Entity, a.EntityID, body) != a.on {
		c.found.add(a.Seq, "%s %d 的历史（第 %d 版）记在别的案件或检查之下", nounWords(a.Entity), a.EntityID, a.Version)
	}
}

// isHex reports whether a text is a sum as the chain keeps it.
func isHex(text string, sum [sha256.Size]byte) bool {
	var b [2 * sha256.Size]byte
	hex.Encode(b[:], sum[:])
	return text == string(b[:])
}

// The keys by which the body of a revision names its place.
var caseKey, inspectionKey, placeKeyEnd = []byte(`"case_id":`), []byte(`"inspection_id":`), []byte(`_id":`)

// placeIn is placeOf of a body alone. Every revision of a register is asked, and decoding them would cost more than their digests: most name no place, and the
// others name it early. Elsewhere than as a key a key's bytes do not stand, since within a text quotation marks are escaped.
func placeIn(entity string, id int64, body []byte) place {
	if entity == "attachment" { // which names its place otherwise
		return placeOf(entity, id, nil, body)
	}
	p := placeOf(entity, id, struct{}{}, nil)
	left := placesNamed(body)
	for i, depth := 0, 0; i < len(body) && left > 0; i++ {
		switch body[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			for _, key := range [][]byte{caseKey, inspectionKey} {
				if !bytes.HasPrefix(body[i:], key) {
					continue
				}
				left--
				n, ok := numberAt(body[i+len(key):])
				switch {
				case depth != 1:
				case !ok:
					return placeOf(entity, id, nil, body)
				case key[1] == 'c':
					p.caseID = max(p.caseID, registry.CaseID(n))
				default:
					p.inspectionID = max(p.inspectionID, registry.InspectionID(n))
				}
			}
			i = textEnd(body, i)
		}
	}
	return p
}

// placesNamed is how often the two keys stand in a body, which is looked through once for what both end with.
func placesNamed(body []byte) (n int) {
	for {
		i := bytes.Index(body, placeKeyEnd)
		if i < 0 {
			return n
		}
		end := i + len(placeKeyEnd)
		if bytes.HasSuffix(body[:end], caseKey) || bytes.HasSuffix(body[:end], inspectionKey) {
			n++
		}
		body = body[end:]
	}
}

// numberAt is the whole number with which a value begins that is one.
func numberAt(b []byte) (n int64, ok bool) {
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9' && i < 18:
			n = 10*n + int64(c-'0')
		default:
			return n, i > 0 && (c == ',' || c == '}')
		}
	}
	return 0, false
}

// textEnd is where the text ends that begins at a quotation mark.
func textEnd(b []byte, at int) int {
	for i := at + 1; ; i++ {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return len(b)
		}
		i += n
		if escapes := len(b[at+1:i]) - len(bytes.TrimRight(b[at+1:i], "\\")); escapes%2 == 0 {
			return i
		}
	}
}

// forgedRevisions are those behind an entry that no entry of the chain tells of; there are some where more are kept than the chain has.
func (tx *Tx) forgedRevisions(after, told int64) (defects []string, err error) {
	var kept int64
	if err := tx.one([]any{&kept}, "SELECT COUNT(*) FROM revisions WHERE audit_seq > $1", above(after)); err != nil || kept == told {
		return nil, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var entity, id, version string
		err := rows.Scan(&entity, &id, &version)
		defects = append(defects, fmt.Sprintf("%s %s 第 %s 版的历史没有审计记录", entity, id, version))
		return err
	}, `SELECT h.entity, h.entity_id, h.version FROM revisions h LEFT JOIN audit_log e ON e.seq = h.audit_seq
		WHERE h.audit_seq > $1 AND (e.seq IS NULL OR e.entity <> h.entity OR e.entity_id <> h.entity_id OR e.version <> h.version) LIMIT 20`, above(after))
	return defects, err
}

// leftovers are what the history of before schema 33 told twice and not alike; nobody but who tampered with it leaves any.
func (tx *Tx) leftovers() (defects []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var seq, said string
		err := rows.Scan(&seq, &said)
		defects = append(defects, fmt.Sprintf("审计记录 %s 在升级前另有不一致的记载：%s", seq, said))
		return err
	}, "SELECT seq, said FROM audit_leftovers ORDER BY seq LIMIT 20")
	return defects, err
}
