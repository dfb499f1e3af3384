package seal

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Key signs. The zero Key signs nothing.
type Key struct{ private ed25519.PrivateKey }

// Public is the half of a key that is for everybody.
func (k Key) Public() PublicKey { return PublicKey(k.private.Public().(ed25519.PublicKey)) }

// PublicKey checks what a key has signed.
type PublicKey ed25519.PublicKey

// ID is a key as people compare it: the first sixteen figures of the SHA-256 of the public key.
func (p PublicKey) ID() string {
	sum := sha256.Sum256(p)
	return hex.EncodeToString(sum[:8])
}

// String is the key as signed files hold it.
func (p PublicKey) String() string { return base64.StdEncoding.EncodeToString(p) }

// PEM is the key as openssl reads it.
func (p PublicKey) PEM() []byte {
	der, err := x509.MarshalPKIXPublicKey(ed25519.PublicKey(p))
	if err != nil {
		panic(err) // of a key of another kind only
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// ParsePublicKey reads a PEM file.
func ParsePublicKey(file []byte) (PublicKey, error) {
	block, _ := pem.Decode(file)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, errors.New("不是公钥文件：应是 PEM 格式，以 -----BEGIN PUBLIC KEY----- 开头")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if p, ok := key.(ed25519.PublicKey); err == nil && ok {
		return PublicKey(p), nil
	}
	return nil, errors.New("不是 Ed25519 公钥")
}

// KeyFile is where the private key lies: outside the database, readable by its owner alone.
type KeyFile string

// Key reads the key. Made is true where there was none and this call has made it: whoever lost a key signs with a new one from then on.
func (f KeyFile) Key() (k Key, made bool, err error) {
	if k, err = f.read(); !errors.Is(err, fs.ErrNotExist) {
		return k, false, err
	}
	if err := f.make(); err != nil && !errors.Is(err, fs.ErrExist) { // another node may be first
		return k, false, fmt.Errorf("无法建立签名密钥 %s：%w", string(f), err)
	}
	k, err = f.read()
	return k, err == nil, err
}

func (f KeyFile) read() (k Key, err error) {
	info, err := os.Stat(string(f))
	if err != nil {
		return k, err
	}
	if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return k, fmt.Errorf("签名密钥 %s 别人也能读，不能使用；请改为只有本人可读（chmod 600）", string(f))
	}
	b, err := os.ReadFile(string(f))
	if err != nil {
		return k, fmt.Errorf("无法读取签名密钥：%w", err)
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return k, fmt.Errorf("签名密钥 %s 已损坏：不是 PEM 文件；从副本找回，或移走它另建新密钥", string(f))
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := key.(ed25519.PrivateKey)
	if err != nil || !ok {
		return k, fmt.Errorf("签名密钥 %s 已损坏：不是 Ed25519 私钥；从副本找回，或移走它另建新密钥", string(f))
	}
	return Key{private}, nil
}

// make writes a new key under a name of its own and links it: there is never half a key, and never a second one over the first.
func (f KeyFile) make() (err error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	dir := filepath.Dir(string(f))
	tmp, err := os.CreateTemp(dir, ".key-*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(tmp.Name())) }()
	if err := pem.Encode(tmp, &pem.Block{Type: "PRIVATE KEY", Bytes: der}); err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), string(f))
}
