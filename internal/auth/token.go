package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// NewToken makes a session token of 256 random bits. Only TokenHash of it is stored: a stolen database opens no session.
func NewToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(32)) }

// TokenHash is what a session is found by: SHA-256 in hex. A token is random, so it needs no salt and no slow hash.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// readable leaves out what is misread from paper: 0 O 1 l I and vowels that make words.
const readable = "23456789bcdfghjkmnpqrstvwxyz"

// OneTimePassword makes a password to be read from a screen and typed once: four groups of four, 77 bits.
func OneTimePassword() string {
	out := make([]byte, 0, 19)
	for n := 0; n < 16; {
		for _, b := range randomBytes(32) {
			// 252 = 9 × 28: above it the remainder would favour the first letters.
			if b >= 252 || n == 16 {
				continue
			}
			if n > 0 && n%4 == 0 {
				out = append(out, '-')
			}
			out = append(out, readable[int(b)%len(readable)])
			n++
		}
	}
	return string(out)
}
