package auth

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestHashVerify(t *testing.T) {
	ctx, h := context.Background(), NewHasher(Cheap)
	phc, err := h.Hash(ctx, "江门-执法-2024-密码")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"江门-执法-2024-密码": true, "江门-执法-2024-密碼": false, "": false} {
		got, err := verify(t, h, password, phc)
		if err != nil || got != want {
			t.Errorf("Verify(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
	again, _ := h.Hash(ctx, "江门-执法-2024-密码")
	if again == phc {
		t.Error("two hashes of one password are equal: the salt is not random")
	}
}

func TestVerifyRefusesForeignHashes(t *testing.T) {
	h := NewHasher(Cheap)
	good, _ := h.Hash(context.Background(), "x")
	for _, phc := range []string{
		"", "plain", "$2a$10$abcdefghijklmnopqrstuv", strings.Replace(good, "argon2id", "argon2i", 1),
		strings.Replace(good, "m=64", "m=4294967295", 1), strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1), good[:len(good)-40],
	} {
		if ok, err := verify(t, h, "x", phc); err == nil || ok {
			t.Errorf("Verify(%q) = %v, %v; want an error", phc, ok, err)
		}
	}
}

// An unknown name must cost what a wrong password costs: as many keys, derived from as much.
func TestVerifyNothingCostsAsMuch(t *testing.T) {
	h := NewHasher(Default)
	phc, err := h.Hash(context.Background(), "right")
	if err != nil {
		t.Fatal(err)
	}
	var work []string
	h.derive = func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte {
		work = append(work, fmt.Sprintf("%d bytes with %d of salt: t=%d m=%d p=%d to %d", len(password), len(salt), time, memory, threads, keyLen))
		return make([]byte, keyLen)
	}
	if ok, err := verify(t, h, "wrong", phc); ok || err != nil {
		t.Fatalf("Verify(wrong) = %v, %v", ok, err)
	}
	wrong := work
	work = nil
	verifyNothing(t, h, "wrong")
	if want := []string{"5 bytes with 16 of salt: t=2 m=19456 p=1 to 32"}; !slices.Equal(wrong, want) || !slices.Equal(work, want) {
		t.Errorf("a wrong password cost %q, an unknown name %q; want %q", wrong, work, want)
	}
}

func TestHasherBounds(t *testing.T) {
	h := NewHasher(Cheap)
	h.slots <- struct{}{}
	h.slots <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := h.Hash(ctx, "third at once"); err == nil {
		t.Error("a third hash ran beside two others")
	}
	<-h.slots
	<-h.slots
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { verifyNothing(t, h, "x") })
	}
	wg.Wait()
}

func TestTokens(t *testing.T) {
	shape := regexp.MustCompile(`^([2-9b-z]{4}-){3}[2-9b-z]{4}$`)
	seen := map[string]bool{}
	for range 1000 {
		token, password := NewToken(), OneTimePassword()
		if len(token) != 43 || len(TokenHash(token)) != 64 || !shape.MatchString(password) {
			t.Fatalf("token %q, hash %q, password %q", token, TokenHash(token), password)
		}
		if seen[token] || seen[password] {
			t.Fatal("repeated")
		}
		seen[token], seen[password] = true, true
	}
}

func verify(t *testing.T, h *Hasher, password, phc string) (bool, error) {
	t.Helper()
	turn, err := h.Turn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer turn.Done()
	return turn.Verify(password, phc)
}

func verifyNothing(t *testing.T, h *Hasher, password string) {
	t.Helper()
	turn, err := h.Turn(context.Background())
	if err != nil {
		t.Error(err)
		return
	}
	defer turn.Done()
	if err := turn.VerifyNothing(password); err != nil {
		t.Error(err)
	}
}

func TestCheckNewPassword(t *testing.T) {
	for password, ok := range map[string]bool{
		"correct horse battery": true, "江门的鹤山有一条河叫沙坪": true, "2b7k-9mxq-4fhd-wtzn": true, "short": false, "officer-li-01": false,
		"aaaaaaaaaaaaaaa": false, "123456789012": false, "password123456": false, "Jiangmen@2024": false, "江门市生态环境局2024": false, "abababababab": false,
		strings.Repeat("长", 129): false, strings.Repeat("甲乙丙丁戊己庚辛", 16): true,
	} {
		if err := CheckNewPassword("Officer-Li-01", password, "江门市生态环境局", "江门"); (err == nil) != ok {
			t.Errorf("CheckNewPassword(%q) = %v, want ok %v", password, err, ok)
		}
	}
}

// A command that signs nobody in makes a hasher too, and must not pay for a key.
func TestNewHasherDerivesNothing(t *testing.T) {
	h := NewHasher(Default)
	_, salt, key, err := decode(h.dummy)
	if err != nil || len(salt) != saltLen || len(key) != keyLen {
		t.Fatalf("the stand-in for an unknown name is %q: %v", h.dummy, err)
	}
	h.derive = func([]byte, []byte, uint32, uint32, uint8, uint32) []byte { return key }
	if phc := h.encode("x", salt); phc != h.dummy {
		t.Errorf("the stand-in %q is not written as a stored hash is: %q", h.dummy, phc)
	}
	if NewHasher(Default).dummy == h.dummy {
		t.Error("two hashers have the same stand-in")
	}
}
