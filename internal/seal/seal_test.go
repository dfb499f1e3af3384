package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func newKey(t *testing.T) (Key, KeyFile) {
	t.Helper()
	f := KeyFile(filepath.Join(t.TempDir(), "head.key"))
	k, made, err := f.Key()
	if err != nil || !made {
		t.Fatalf("the first use makes a key: made %v, %v", made, err)
	}
	return k, f
}

// The key is made once, readable by its owner alone; one that others may read, or that is damaged, is refused, and one that is lost is replaced by another.
func TestKeyFile(t *testing.T) {
	k, f := newKey(t)
	info, err := os.Stat(string(f))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file has mode %v, %v; want 0600", info.Mode(), err)
	}
	again, made, err := f.Key()
	if err != nil || made || again.Public().ID() != k.Public().ID() {
		t.Errorf("the second use gives key %s, made %v, %v; want %s", again.Public().ID(), made, err, k.Public().ID())
	}
	if public, err := ParsePublicKey(k.Public().PEM()); err != nil || public.String() != k.Public().String() {
		t.Errorf("the public key's file reads as %v, %v", public, err)
	}
	if err := os.Chmod(string(f), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Key(); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that everybody can read: %v", err)
	}
	if err := os.WriteFile(string(f), []byte("-----BEGIN nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(string(f), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Key(); err == nil || !strings.Contains(err.Error(), "已损坏") {
		t.Errorf("a damaged key: %v", err)
	}
	if err := os.Remove(string(f)); err != nil {
		t.Fatal(err)
	}
	other, made, err := f.Key()
	if err != nil || !made || other.Public().ID() == k.Public().ID() {
		t.Errorf("after the loss: key %s, made %v, %v; want another than %s", other.Public().ID(), made, err, k.Public().ID())
	}
}

// Every byte of a head counts: another one at any place, and the file is refused, or its signature is wrong. Line ends and blanks that an editor changes do not count.
func TestEveryByteOfAHeadCounts(t *testing.T) {
	k, _ := newKey(t)
	h := Head{Register: "0123456789abcdef", Name: "江门市生态环境局 <b>&", Position: registry.Position{Seq: 1234, Hash: strings.Repeat("ab", 32), At: "2026-11-29T12:00:00.000Z"}, SignedAt: "2026-11-29T12:00:01.000Z"}
	if err := h.Sign(k); err != nil {
		t.Fatal(err)
	}
	text, err := Text(h)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(text []byte) bool {
		h, err := ReadHead(text)
		if err != nil {
			return false
		}
		public, ok := h.Check()
		return ok && public.ID() == k.Public().ID()
	}
	if !holds(text) || !holds(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))) {
		t.Fatalf("the head does not hold as it was written:\n%s", text)
	}
	for i, b := range text {
		for _, other := range []byte{b ^ 1, ' ', '0', '"'} {
			changed := bytes.Clone(text)
			changed[i] = other
			if bytes.Equal(bytes.Join(bytes.Fields(changed), nil), bytes.Join(bytes.Fields(text), nil)) {
				continue // a blank for a blank
			}
			if holds(changed) {
				t.Errorf("byte %d: %q in place of %q is not found", i, other, b)
			}
		}
	}
	for what, changed := range map[string][]byte{
		"a member twice":   bytes.Replace(text, []byte(`  "seq": 1234,`), []byte(`  "seq": 9, "seq": 1234,`), 1),
		"another member":   bytes.Replace(text, []byte(`  "seq": 1234,`), []byte(`  "seq": 1234, "note": "x",`), 1),
		"more behind it":   append(bytes.Clone(text), text...),
		"cut":              text[:len(text)/2],
		"nothing":          nil,
		"a seal's format":  bytes.Replace(text, []byte(headFormat), []byte(exportFormat), 1),
		"an own spelling":  bytes.Replace(text, []byte(`"seq"`), []byte(`"SEQ"`), 1),
		"a number's zeros": bytes.Replace(text, []byte(`1234,`), []byte(`1234.0,`), 1),
	} {
		if holds(changed) {
			t.Errorf("%s is not found", what)
		}
	}
	stranger, _ := newKey(t)
	forged := h
	forged.Seq = 9
	if err := forged.Sign(stranger); err != nil {
		t.Fatal(err)
	}
	if public, ok := forged.Check(); !ok || public.ID() == k.Public().ID() {
		t.Errorf("a stranger's head holds %v for key %s", ok, public.ID())
	}
	forged.Key = h.Key // and says that it is ours
	if _, ok := forged.Check(); ok {
		t.Error("a stranger's head under our key's name holds")
	}
}
