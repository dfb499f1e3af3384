package seal

import "casebook/internal/registry"

const markFormat = "casebook-verified-1"

// Mark is where a good verification of the register ended: the next one may begin there. It lies beside the database, not in it, and is signed, so that whoever
// can write to the database cannot move it.
type Mark struct {
	Format   string `json:"format"`
	Register string `json:"register"`
	registry.Position
	Counts    map[string]int64 `json:"counts"`     // rows of each noun then, by the noun
	CheckedAt string           `json:"checked_at"` // when it was verified last
	Full      int64            `json:"full"`       // up to which entry all was verified, and when: what came later was verified from mark to mark
	FullAt    string           `json:"full_at"`
	Signature
}

// Sign completes a mark and signs it.
func (m *Mark) Sign(k Key) error {
	m.Format = markFormat
	return k.sign(m)
}

// Check is whether the signature is right, with the key that stands in the file.
func (m *Mark) Check() (PublicKey, bool) { return check(m) }

// ReadMark reads the file of a mark.
func ReadMark(file []byte) (m Mark, ok bool) {
	err := read(file, &m)
	return m, err == nil && m.Format == markFormat
}
