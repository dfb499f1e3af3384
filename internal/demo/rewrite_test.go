package demo

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/store/enginetest"
)

// entry is an entry of the chain as the file holds it.
type entry struct {
	seq, at, entityID, version                     int64
	actor, role, remoteIP, action, entity, details string
	digest, hash                                   []byte
}

func (x tampering) chain() (list []entry) {
	x.Helper()
	rows, err := x.raw.Query(`SELECT a.seq, a.at, a.entity_id, a.version, (SELECT word FROM audit_words WHERE id = a.actor), (SELECT word FROM audit_words WHERE id = a.role), a.remote_ip,
		(SELECT word FROM audit_words WHERE id = a.action), a.entity, a.detail, a.digest, a.hash FROM audit_log a ORDER BY a.seq`)
	if err != nil {
		x.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // a test's
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.seq, &e.at, &e.entityID, &e.version, &e.actor, &e.role, &e.remoteIP, &e.action, &e.entity, &e.details, &e.digest, &e.hash); err != nil {
			x.Fatal(err)
		}
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		x.Fatal(err)
	}
	return list
}

// sum hashes an entry as the store does, for whoever knows how and writes the chain anew.
func (e *entry) sum(prev []byte) []byte {
	b := []byte{0}
	digest := ""
	if e.digest != nil {
		digest = hex.EncodeToString(e.digest)
	}
	before := ""
	if prev != nil {
		before = hex.EncodeToString(prev)
	}
	for _, s := range []string{"sha256-v1", "1", fmt.Sprint(e.seq), time.UnixMilli(e.at).UTC().Format("2006-01-02T15:04:05.000Z"), e.actor, e.role, e.remoteIP, e.action, e.entity,
		fmt.Sprint(e.entityID), fmt.Sprint(e.version), e.details, digest, before} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	sum := sha256.Sum256(b)
	return sum[:]
}

// rehash writes the chain anew from an entry on, and the head, so that every hash is right again.
func (x tampering) rehash(from int64) {
	x.Helper()
	var prev []byte
	for _, e := range x.chain() {
		if e.seq >= from {
			e.hash = e.sum(prev)
			x.exec("UPDATE audit_log SET hash = $1 WHERE seq = $2", e.hash, e.seq)
		}
		prev = e.hash
	}
	x.exec("UPDATE audit_head SET seq = (SELECT MAX(seq) FROM audit_log), hash = $1", hex.EncodeToString(prev))
}

// truncate takes the last entries of the chain away, with their revisions, and moves the head.
func (x tampering) truncate(n int) {
	x.Helper()
	list := x.chain()
	last := list[len(list)-1-n]
	x.exec("DELETE FROM revisions WHERE audit_seq > $1", last.seq)
	x.exec("DELETE FROM audit_log WHERE seq > $1", last.seq)
	x.exec("UPDATE audit_head SET seq = $1, hash = $2", last.seq, hex.EncodeToString(last.hash))
}

// within does something to the register and takes it back.
func (x tampering) within(do func()) {
	x.Helper()
	x.exec("BEGIN")
	do()
	x.exec("COMMIT")
}

// TestRewrittenChains: whoever writes a whole chain anew, or cuts its end off with all that hangs on it, leaves a chain that is right in itself. A head that was signed
// before and kept elsewhere finds each. Files that were put in place of each other are found by verify.
func TestRewrittenChains(t *testing.T) {
	enginetest.OnlySQLite(t, "the file written to by another program")
	ctx := context.Background()
	tried, found := map[string]int{}, map[string]int{}
	judge := func(class string, ok bool, what string) {
		t.Helper()
		tried[class]++
		if ok {
			found[class]++
			return
		}
		t.Errorf("%s: %s is not found", class, what)
	}
	x := newTampering(t)
	h, err := x.s.SignHead(ctx, registry.CommandLine)
	if err != nil {
		t.Fatal(err)
	}
	check := func() casework.HeadVerdict {
		t.Helper()
		v, err := x.s.CheckHead(ctx, registry.CommandLine, h.Head, nil)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := check(); !v.OK() {
		t.Fatalf("before anything was changed: %q", v.Findings())
	}
	for _, n := range []string{"audit_log", "revisions", "audit_head"} {
		x.exec("CREATE TABLE kept_" + n + " AS SELECT * FROM " + n)
	}
	restore := func() {
		for _, n := range []string{"revisions", "audit_log", "audit_head"} {
			x.exec("DELETE FROM " + n)
			x.exec("INSERT INTO " + n + " SELECT * FROM kept_" + n)
		}
	}
	chain := x.chain()
	for _, n := range []int{2, 3, 10, len(chain) / 2, len(chain) - 1} { // the last entry tells of the signing itself: the head is of the one before
		x.within(func() { x.truncate(n) })
		v := check()
		judge("a chain cut short", !v.OK() && strings.Contains(strings.Join(v.Findings(), ""), "被截短"), fmt.Sprint("without the last ", n))
		x.within(restore)
	}
	for i := range 20 {
		from := chain[i*len(chain)/20].seq
		if from >= h.Head.Seq {
			continue
		}
		x.within(func() {
			x.exec("UPDATE audit_log SET detail = detail || '甲' WHERE seq = $1", from)
			x.rehash(from)
		})
		v := check()
		words := "被重新写过"
		if from == 1 {
			words = "第一条就不同"
		}
		if entries, broken := x.links(); broken {
			t.Fatalf("the rewritten chain of %d entries is not right in itself: the test writes it wrongly", entries)
		}
		judge("a chain written anew", !v.OK() && (strings.Contains(strings.Join(v.Findings(), ""), words) || strings.Contains(strings.Join(v.Findings(), ""), "重新写过")), fmt.Sprint("from entry ", from))
		x.within(restore)
	}
	x.within(func() { // after the head: its own hash still stands
		x.exec("UPDATE audit_log SET detail = detail || '甲' WHERE seq = $1", h.Head.Seq+1)
	})
	v := check()
	judge("an entry after the head", v.Broken == h.Head.Seq+1, "another detail")
	x.within(restore)
	if list := x.found(); len(list) > 0 {
		t.Fatal("put back as it was:", list)
	}

	files := x.strings("SELECT DISTINCT sha256 FROM attachments ORDER BY id")
	papers := x.strings("SELECT sha256 FROM attachments WHERE entity = 'bulletin' ORDER BY id")
	if len(papers) != 2 || len(files) < 3 {
		t.Fatalf("%d files, %d papers", len(files), len(papers))
	}
	path := func(hash string) string { return filepath.Join(x.dir, "attachments", hash[:2], hash) }
	swap := func(a, b string) {
		t.Helper()
		for _, m := range [][2]string{{path(a), path(a) + "~"}, {path(b), path(a)}, {path(a) + "~", path(b)}} {
			if err := os.Rename(m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, pair := range [][3]string{{"swapped files", files[0], files[len(files)-1]}, {"swapped papers", papers[0], papers[1]}} {
		swap(pair[1], pair[2])
		list := strings.Join(x.found(), "\n")
		judge(pair[0], strings.Contains(list, pair[1][:12]) && strings.Contains(list, pair[2][:12]), list)
		swap(pair[1], pair[2])
	}
	swapRows := func() {
		x.exec("UPDATE attachments SET sha256 = CASE sha256 WHEN $1 THEN $2 ELSE $1 END WHERE sha256 IN ($1, $2)", papers[0], papers[1])
	}
	swapRows()
	judge("swapped papers", len(x.found()) > 0, "the hashes in the rows")
	swapRows()
	x.exec("UPDATE bulletins SET papers = replace(replace(replace(papers, $1, '~'), $2, $1), '~', $2)", papers[0], papers[1])
	judge("swapped papers", len(x.found()) > 0, "the hashes in the bulletin")
	for class, n := range tried {
		t.Logf("%s: %d of %d found", class, found[class], n)
	}
}

// links tells whether each entry has the hash that follows from it and the one before.
func (x tampering) links() (entries int, broken bool) {
	x.Helper()
	var prev []byte
	for _, e := range x.chain() {
		broken = broken || string(e.sum(prev)) != string(e.hash)
		prev = e.hash
		entries++
	}
	return entries, broken
}
