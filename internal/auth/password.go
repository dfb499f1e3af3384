package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Params are the cost of one Argon2id hash.
type Params struct {
	MemoryKiB uint32
	Time      uint32
	Threads   uint8
}

// Default costs about 20 ms and 19 MB: the OWASP minimum, small enough for a bureau's old desktop machine.
var Default = Params{MemoryKiB: 19 * 1024, Time: 2, Threads: 1}

// Cheap is for tests only: a suite signs in hundreds of times.
var Cheap = Params{MemoryKiB: 64, Time: 1, Threads: 1}

// Bounds of what Verify accepts, so that a tampered hash cannot ask for gigabytes.
const (
	maxMemoryKiB = 256 * 1024
	maxTime      = 16
	saltLen      = 16
	keyLen       = 32
)

// ErrHash reports a stored hash that is not a PHC string of Argon2id.
var ErrHash = errors.New("auth: not an argon2id hash")

// Hasher hashes and checks passwords, at most two at once: each takes tens of megabytes, and sign-in is open to anybody.
type Hasher struct {
	params Params
	slots  chan struct{}
	dummy  string
	derive deriveKey
}

// deriveKey is argon2.IDKey, or that with a count of its work in a test.
type deriveKey func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte

// NewHasher makes a hasher whose new hashes have the given cost. Existing hashes keep the cost they were made with.
func NewHasher(p Params) *Hasher {
	h := &Hasher{params: p, slots: make(chan struct{}, 2), derive: argon2.IDKey}
	h.dummy = h.phc(randomBytes(saltLen), randomBytes(keyLen)) // no password has this key, and no command waits for one to be derived
	return h
}

// Hash returns a PHC string: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	turn, err := h.Turn(ctx)
	if err != nil {
		return "", err
	}
	defer turn.Done()
	return h.encode(password, randomBytes(saltLen)), nil
}

// Turn is one of the hasher's places. A sign-in keeps its turn until a failure is counted, so that guesses sent at once are
// counted one after another.
type Turn struct{ h *Hasher }

// Turn waits for a free place; Done gives it back.
func (h *Hasher) Turn(ctx context.Context) (Turn, error) {
	select {
	case h.slots <- struct{}{}:
		return Turn{h}, nil
	case <-ctx.Done():
		return Turn{}, fmt.Errorf("wait for a password check: %w", ctx.Err())
	}
}

// Done gives the place back.
func (t Turn) Done() { <-t.h.slots }

// Verify reports whether the password belongs to the hash.
func (t Turn) Verify(password, phc string) (bool, error) {
	p, salt, key, err := decode(phc)
	if err != nil {
		return false, err
	}
	got := t.h.derive([]byte(password), salt, p.Time, p.MemoryKiB, p.Threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, nil
}

// VerifyNothing does the work of a failed Verify: an unknown user name must take as long as a wrong password.
func (t Turn) VerifyNothing(password string) error {
	_, err := t.Verify(password, t.h.dummy)
	return err
}

func (h *Hasher) encode(password string, salt []byte) string {
	p := h.params
	return h.phc(salt, h.derive([]byte(password), salt, p.Time, p.MemoryKiB, p.Threads, keyLen))
}

// phc writes a key as it is stored.
func (h *Hasher) phc(salt, key []byte) string {
	p := h.params
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.MemoryKiB, p.Time, p.Threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

func decode(phc string) (p Params, salt, key []byte, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, nil, nil, ErrHash
	}
	var version int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return p, nil, nil, ErrHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Time, &p.Threads); err != nil {
		return p, nil, nil, ErrHash
	}
	if p.MemoryKiB > maxMemoryKiB || p.Time < 1 || p.Time > maxTime || p.Threads < 1 {
		return p, nil, nil, ErrHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64 {
		return p, nil, nil, ErrHash
	}
	return p, salt, key, nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails since Go 1.24
	return b
}
