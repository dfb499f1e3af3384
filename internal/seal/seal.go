package seal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"casebook/internal/registry"
)

// Signature ends a signed object: whose it is, and over all that stands before it.
type Signature struct {
	Key       string `json:"key"`        // id of the public key
	PublicKey string `json:"public_key"` // base64
	Value     string `json:"signature,omitempty"`
}

func (s *Signature) signature() *Signature { return s }

// signed is an object that ends with a Signature.
type signed interface{ signature() *Signature }

// canonical is an object without blanks, as it is signed.
func canonical(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func (k Key) sign(v signed) error {
	s := v.signature()
	*s = Signature{Key: k.Public().ID(), PublicKey: k.Public().String()}
	text, err := canonical(v)
	if err != nil {
		return err
	}
	s.Value = base64.StdEncoding.EncodeToString(ed25519.Sign(k.private, text))
	return nil
}

// Text is a signed object as its file holds it.
func Text(v any) ([]byte, error) {
	text, err := canonical(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// read reads the file of a signed object and the key that it says it is signed with. The signature is not looked at.
func read(file []byte, v signed) error {
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	text, err := canonical(v)
	if err != nil {
		return err
	}
	var plain bytes.Buffer
	if err := json.Compact(&plain, file); err != nil {
		return err
	}
	if !bytes.Equal(plain.Bytes(), text) {
		return errors.New("内容不是按原样写的")
	}
	return nil
}

// check reports whether a signature is right for the public key that stands beside it, which is whoever wrote the file's: whose it is, the
// caller must know.
func check(v signed) (PublicKey, bool) {
	s := v.signature()
	public, err := base64.StdEncoding.DecodeString(s.PublicKey)
	if err != nil || len(public) != ed25519.PublicKeySize || PublicKey(public).ID() != s.Key {
		return nil, false
	}
	value, err := base64.StdEncoding.DecodeString(s.Value)
	if err != nil || base64.StdEncoding.EncodeToString(value) != s.Value { // one signature is written one way
		return nil, false
	}
	was := s.Value
	s.Value = ""
	text, err := canonical(v)
	s.Value = was
	return PublicKey(public), err == nil && ed25519.Verify(public, text, value)
}

// Instant is a time as signed files write it: in UTC, to the millisecond, as the chain keeps it.
func Instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

const (
	headFormat   = "casebook-head-1"
	exportFormat = "casebook-export-1"
)

// Head is the end of the audit chain at one moment. Whoever keeps it elsewhere finds out later whether the chain was cut or rewritten.
type Head struct {
	Format   string `json:"format"`
	Register string `json:"register"` // the beginning of the hash of the first entry of the chain
	Name     string `json:"name"`     // of the bureau
	registry.Position
	SignedAt string `json:"signed_at"`
	Signature
}

// Sign completes a head and signs it.
func (h *Head) Sign(k Key) error {
	h.Format = headFormat
	return k.sign(h)
}

// Check is whether the signature is right, with the key that stands in the file.
func (h *Head) Check() (PublicKey, bool) { return check(h) }

// MaxFile is how long the file of a head or a seal may be, in bytes.
const MaxFile = 256 << 10

// ReadHead reads the file of a head.
func ReadHead(file []byte) (h Head, err error) {
	if err := read(file, &h); err != nil || h.Format != headFormat {
		return h, fmt.Errorf("不是链头文件，或内容被改写过（%v）；应是 casebook head 写出的文件，原样不动", reason(err, h.Format))
	}
	return h, nil
}

func reason(err error, format string) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("格式写的是“%s”", format)
}

// Claim is what an export says of itself, in the file and in its seal: what was asked, of which state of the register, and what came out.
type Claim struct {
	Format   string              `json:"format"`
	Register string              `json:"register"`
	Kind     string              `json:"kind"`
	Request  json.RawMessage     `json:"request"` // as data, so that it can be asked again
	Filters  []string            `json:"filters"` // and in words
	Branch   string              `json:"branch"`  // the district of whose records alone it holds; empty: of all
	Position registry.Position   `json:"position"`
	Rows     []registry.RowCount `json:"rows"`
	Sums     []registry.MoneySum `json:"sums"`
}

// Text is the claim as a file holds it inside.
func (c Claim) Text() (string, error) {
	c.Format = exportFormat
	b, err := canonical(c)
	return string(b), err
}

// ReadClaim reads what a file says of itself.
func ReadClaim(text string) (c Claim, err error) {
	if err := json.Unmarshal([]byte(text), &c); err != nil || c.Format != exportFormat {
		return c, fmt.Errorf("文件里的导出声明读不懂（%s）", reason(err, c.Format))
	}
	return c, nil
}

// Export is the seal of an exported file: its hash, and what it claims to be.
type Export struct {
	Claim
	Name   string `json:"name"`   // of the bureau
	Number string `json:"number"` // of the register's record of it
	File   string `json:"file_format"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Signature
}

// Sign completes the seal and signs it.
func (e *Export) Sign(k Key) error {
	e.Format = exportFormat
	return k.sign(e)
}

// Check is whether the signature is right, with the key that stands in the file.
func (e *Export) Check() (PublicKey, bool) { return check(e) }

// ReadExport reads the file of a seal.
func ReadExport(file []byte) (e Export, err error) {
	if err := read(file, &e); err != nil || e.Format != exportFormat {
		return e, fmt.Errorf("不是导出的封签文件，或内容被改写过（%v）；应是与导出文件一起得到的 .seal.json，原样不动", reason(err, e.Format))
	}
	return e, nil
}
