package store

import "fmt"

// KeepCreation keeps the digest of what a client sent when it made a record. A UUID whose record was deleted may be used again.
func (tx *Tx) KeepCreation(entity, clientUID, digest string) error {
	if _, err := tx.exec(`INSERT INTO creations (entity, client_uid, digest) VALUES ($1, $2, $3)
		ON CONFLICT (entity, client_uid) DO UPDATE SET digest = excluded.digest`, entity, clientUID, digest); err != nil {
		return fmt.Errorf("keep what made %s %s: %w", entity, clientUID, err)
	}
	return nil
}

// Creation is the digest of what a client sent when it made a record; empty where none was kept.
func (tx *Tx) Creation(entity, clientUID string) (digest string, err error) {
	err = tx.one([]any{&digest}, "SELECT digest FROM creations WHERE entity = $1 AND client_uid = $2", entity, clientUID)
	if noRows(err) {
		return "", nil
	}
	return digest, err
}
