package casework_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
	"casebook/internal/xlsx"
)

// sealed is a register with a case and a key that signs. Its clock moves by a second with each look.
func sealed(t *testing.T) (*casework.Service, seal.KeyFile) {
	t.Helper()
	dir := storetest.Dir(t)
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	key := seal.KeyFile(filepath.Join(dir, "head.key"))
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { now = now.Add(time.Second); return now }, Hasher: auth.NewHasher(auth.Cheap), HeadKey: key})
	for _, a := range []registry.Actor{officer, publisher, publisher2, auditor} {
		if _, err := s.AddUser(ctx, registry.CommandLine, &registry.User{Username: a.Username, DisplayName: a.Username, Role: a.Role}); err != nil {
			t.Fatal(err)
		}
	}
	aCase(t, s, registry.OriginField)
	return s, key
}

func exportAs(t *testing.T, s *casework.Service, a registry.Actor, x casework.Export) (file []byte, r registry.ExportRecord) {
	t.Helper()
	var out bytes.Buffer
	if err := s.SealedLedger(ctx, a, x, &out, xlsx.WriteLedger, &r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), r
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// The same request of the same state of the register is the same file, whoever makes it and whenever: reading, signing in, signing heads and other exports
// change nothing. A changed record is another state.
func TestSameRequestSameBytes(t *testing.T) {
	s, _ := sealed(t)
	x := casework.Export{Cases: casework.LedgerFilter{DistrictCode: "440785"}}
	first, r := exportAs(t, s, auditor, x)
	if r.SHA256 != hashOf(first) || r.Size != int64(len(first)) || r.State != registry.ExportDone || r.Number() != "DC-2026-0001" || len(r.Rows) != int(report.SheetCount) || r.Rows[0].Rows != 1 {
		t.Errorf("the record of the export is %+v; the file has %d bytes and the hash %s", r, len(first), hashOf(first))
	}
	if _, _, err := s.SignIn(ctx, "nobody", "a guess", "10.0.0.1", "test"); err == nil {
		t.Error("nobody signed in")
	}
	if err := s.SetPassword(ctx, auditor.Username, "correct horse battery staple"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SignIn(ctx, auditor.Username, "correct horse battery staple", "10.0.0.1", "test"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignHead(ctx, auditor); err != nil {
		t.Fatal(err)
	}
	if err := s.Ledger(ctx, auditor, casework.Export{}, io.Discard, xlsx.WriteLedger); err != nil {
		t.Fatal(err)
	}
	second, again := exportAs(t, s, officer, x)
	if !bytes.Equal(first, second) || again.Number() != "DC-2026-0003" || again.Position != r.Position {
		t.Errorf("the same request of %+v and %+v: the same bytes %v", r.Position, again.Position, bytes.Equal(first, second))
	}
	c := registry.Case{Title: "另一案", Origin: registry.OriginField, DistrictCode: "440785"}
	if _, err := s.AddCase(ctx, officer, &c); err != nil {
		t.Fatal(err)
	}
	third, later := exportAs(t, s, officer, x)
	if bytes.Equal(second, third) || later.Position.Seq <= r.Position.Seq {
		t.Errorf("after another case: position %+v, the same bytes %v", later.Position, bytes.Equal(second, third))
	}
	ours, err := s.FileByHash(ctx, auditor, hashOf(first))
	if err != nil || len(ours.Exports) != 2 || ours.Exports[0].Actor != auditor.Username || ours.Exports[1].Actor != officer.Username {
		t.Errorf("the records of the file: %+v, %v; want the two", ours.Exports, err)
	}
	if report, err := s.Verify(ctx, auditor); err != nil || len(report.Defects) > 0 {
		t.Errorf("verify: %v, %v", report.Defects, err)
	}
}

// A claim inside the file and the seal beside it say what the record says; what was asked can be asked again from either.
func TestFileSaysWhatItIs(t *testing.T) {
	s, _ := sealed(t)
	x := casework.Export{Cases: casework.LedgerFilter{Q: "绿源", DistrictCode: "440785", From: registry.Month(2025, 1), NoSample: true}, Basis: report.BasisFiled}
	file, r := exportAs(t, s, auditor, x)
	w, err := xlsx.Read(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // a test's
	claim, err := seal.ReadClaim(w.Claim())
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.ExportSeal(ctx, auditor, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := claim.Text()
	if err != nil {
		t.Fatal(err)
	}
	if beside, err := e.Claim.Text(); err != nil || beside != inside {
		t.Errorf("the seal claims %s, the file %s, %v", beside, inside, err)
	}
	asked, masked, err := casework.ExportOf(claim.Request)
	if err != nil || masked || asked.Basis != x.Basis || asked.Cases.Q != x.Cases.Q || asked.Cases.From != x.Cases.From || !asked.Cases.NoSample || asked.Cases.DistrictCode != "440785" {
		t.Errorf("the request reads as %+v, %v, %v", asked, masked, err)
	}
	text, err := seal.Text(e)
	if err != nil {
		t.Fatal(err)
	}
	read, err := seal.ReadExport(text)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.CheckSeal(ctx, auditor, &read, nil)
	if err != nil || !v.Signed || v.Known != "是本登记册现在的密钥" || read.SHA256 != hashOf(file) {
		t.Errorf("the seal: %+v, %v, for the hash %s", v, err, read.SHA256)
	}
	if _, err := s.ExportSeal(ctx, officer, r.ID); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("the seal of another's export, for who does not audit: %v", err)
	}
	var again bytes.Buffer
	if same, err := s.Again(ctx, auditor, claim, false, &again, casework.Writers{Ledger: xlsx.WriteLedger}); err != nil || !same || !bytes.Equal(again.Bytes(), file) {
		t.Errorf("made again: same %v, %v, the same bytes %v", same, err, bytes.Equal(again.Bytes(), file))
	}
	if list, _, err := s.Exports(ctx, auditor, casework.ExportFilter{}, casework.Page{Limit: 9}); err != nil || len(list) != 1 {
		t.Errorf("to make it again for comparison is no export: %d records, %v", len(list), err)
	}
	number := casework.Export{Cases: casework.LedgerFilter{Q: "440785199001011234"}}
	_, r = exportAs(t, s, auditor, number)
	if strings.Contains(string(r.Request), "19900101") || strings.Contains(strings.Join(r.Filters, ""), "19900101") {
		t.Errorf("the record keeps a person's number: %s %v", r.Request, r.Filters)
	}
	if _, masked, err := casework.ExportOf(r.Request); err != nil || !masked {
		t.Errorf("a request with a masked number: masked %v, %v", masked, err)
	}
}

// An export that fails is recorded as failed, with why; while it is made it is recorded as begun, which is what a killed program
// leaves. Neither has a hash.
func TestFailedExports(t *testing.T) {
	s, _ := sealed(t)
	gone, cancel := context.WithCancel(ctx)
	for _, c := range []struct {
		name string
		ctx  context.Context
		out  io.Writer
		want string
	}{
		{"a full disk", ctx, failing{after: 2000, err: syscall.ENOSPC}, "no space left"},
		{"a client that went away", gone, failing{after: 2000, err: errors.New("broken pipe"), also: cancel}, "连接中断"},
	} {
		var r registry.ExportRecord
		if err := s.SealedLedger(c.ctx, auditor, casework.Export{}, c.out, xlsx.WriteLedger, &r); err == nil {
			t.Errorf("%s: no error", c.name)
		}
		list, _, err := s.Exports(ctx, auditor, casework.ExportFilter{}, casework.Page{Limit: 1})
		if err != nil || len(list) != 1 || list[0].State != registry.ExportFailed || list[0].SHA256 != "" || list[0].Size != 0 || !strings.Contains(list[0].Trouble, c.want) {
			t.Errorf("%s: the record is %+v, %v", c.name, list, err)
		}
		if _, err := s.ExportSeal(ctx, auditor, list[0].ID); registry.KindOf(err) != registry.KindConflict {
			t.Errorf("%s: the seal of it: %v", c.name, err)
		}
	}
	half := func(w io.Writer, _ report.Ledger) (*report.Summary, error) { // as whoever kills the program now would leave it
		list, _, err := s.Exports(ctx, auditor, casework.ExportFilter{Actor: auditor.Username, Day: registry.Day(2026, 11, 22)}, casework.Page{Limit: 1})
		if err != nil || len(list) != 1 || list[0].State != registry.ExportBegun || list[0].Position.Seq != 0 {
			t.Errorf("while it is made the record is %+v, %v", list, err)
		}
		return xlsx.WriteLedger(w, report.Ledger{Cases: func(func(*registry.CaseFile, error) bool) {}})
	}
	if err := s.Ledger(ctx, auditor, casework.Export{}, io.Discard, half); err != nil {
		t.Fatal(err)
	}
	if report, err := s.Verify(ctx, auditor); err != nil || len(report.Defects) > 0 {
		t.Errorf("verify: %v, %v", report.Defects, err)
	}
}

// failing takes some bytes and fails then.
type failing struct {
	after int
	err   error
	also  func()
}

func (f failing) Write(p []byte) (int, error) {
	if len(p) < f.after {
		return len(p), nil
	}
	if f.also != nil {
		f.also()
	}
	return 0, f.err
}

// A head that was signed is held to the chain of later: it goes on from it, also where the key was lost since.
func TestHeadsOfBefore(t *testing.T) {
	s, key := sealed(t)
	first, err := s.SignHead(ctx, auditor)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddCase(ctx, officer, &registry.Case{Title: "又一案", Origin: registry.OriginField, DistrictCode: "440785"}); err != nil {
		t.Fatal(err)
	}
	check := func(h seal.Head, given seal.PublicKey, ok bool, words ...string) {
		t.Helper()
		v, err := s.CheckHead(ctx, auditor, h, given)
		if err != nil || v.OK() != ok {
			t.Fatalf("the head holds %v, %v; want %v: %q", v.OK(), err, ok, v.Findings())
		}
		for _, w := range words {
			if !strings.Contains(strings.Join(v.Findings(), ""), w) {
				t.Errorf("of the head it is said %q; want %s", v.Findings(), w)
			}
		}
	}
	public, _ := first.Head.Check()
	check(first.Head, nil, true, "现在的密钥", "其后的 2 条逐条首尾相连")
	check(first.Head, public, true, "与给出的公钥相同")
	if err := os.Remove(string(key)); err != nil {
		t.Fatal(err)
	}
	second, err := s.SignHead(ctx, auditor)
	if err != nil || second.Head.Key == first.Head.Key {
		t.Fatalf("with another key: %+v, %v", second.Head, err)
	}
	check(first.Head, nil, true, "启用的密钥")
	check(second.Head, nil, true, "现在的密钥")
	check(second.Head, public, false, "不是本登记册用过的")
	stranger, _, err := seal.KeyFile(filepath.Join(t.TempDir(), "k")).Key()
	if err != nil {
		t.Fatal(err)
	}
	forged := second.Head
	forged.Seq--
	check(forged, nil, false, "签名无效", "重新写过")
	forged = second.Head
	if err := forged.Sign(stranger); err != nil {
		t.Fatal(err)
	}
	check(forged, nil, false, "可能是别人签的")
	forged.Seq, forged.Hash = 1000, strings.Repeat("ab", 32)
	check(forged, nil, false, "被截短", "末尾少了至少")
	forged.Register = "0123456789abcdef"
	check(forged, nil, false, "别的登记册")
}

// The head is signed once a day by itself, and written where it can be handed on.
func TestDailyHead(t *testing.T) {
	s, _ := sealed(t)
	dir := filepath.Join(t.TempDir(), "heads")
	run, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { s.SignDaily(run, dir); close(ended) }()
	var files []string
	for range 500 {
		if files, _ = filepath.Glob(filepath.Join(dir, "*.json")); len(files) > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	<-ended
	if len(files) != 1 {
		t.Fatalf("files of heads: %q, want one", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	h, err := seal.ReadHead(text)
	if _, ok := h.Check(); err != nil || !ok {
		t.Errorf("the written head %s: %v", text, err)
	}
	run, cancel = context.WithCancel(ctx) // the next start of the same day
	ended = make(chan struct{})
	go func() { s.SignDaily(run, dir); close(ended) }()
	time.Sleep(200 * time.Millisecond)
	cancel()
	<-ended
	if list, err := s.Heads(ctx, auditor, 0, 9); err != nil || len(list) != 1 {
		t.Errorf("%d heads of one day, %v", len(list), err)
	}
}

// The original of an export is made again from the histories after the register has changed: the same bytes. A position that the chain has not is refused.
func TestOriginalIsMadeAgain(t *testing.T) {
	s, _ := sealed(t)
	file, r := exportAs(t, s, auditor, casework.Export{Cases: casework.LedgerFilter{DistrictCode: "440785"}})
	c := registry.Case{Title: "后来的案件", Origin: registry.OriginField, DistrictCode: "440785"}
	if _, err := s.AddCase(ctx, officer, &c); err != nil {
		t.Fatal(err)
	}
	claim := seal.Claim{Kind: r.Kind, Request: r.Request, Filters: r.Filters, Position: r.Position}
	if id, err := s.RegisterID(ctx, auditor); err != nil {
		t.Fatal(err)
	} else {
		claim.Register = id
	}
	var again, today bytes.Buffer
	if same, err := s.Again(ctx, auditor, claim, true, &again, casework.Writers{Ledger: xlsx.WriteLedger}); err != nil || same || !bytes.Equal(again.Bytes(), file) {
		t.Errorf("the original: same %v, %v, the same bytes %v", same, err, bytes.Equal(again.Bytes(), file))
	}
	if same, err := s.Again(ctx, auditor, claim, false, &today, casework.Writers{Ledger: xlsx.WriteLedger}); err != nil || same || bytes.Equal(today.Bytes(), file) {
		t.Errorf("as of today: same %v, %v, the same bytes %v", same, err, bytes.Equal(today.Bytes(), file))
	}
	claim.Position.Hash = strings.Repeat("0", 64)
	if _, err := s.Again(ctx, auditor, claim, true, io.Discard, casework.Writers{Ledger: xlsx.WriteLedger}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a position that the chain has not: %v", err)
	}
}
