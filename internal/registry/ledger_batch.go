package registry

import "time"

// LedgerBatchID is the number of a batch.
type LedgerBatchID int64

// LedgerBatch is a ledger that was brought in: what it made, so that it can be taken back as a whole. It is no record of the register: the records have
// their own history.
type LedgerBatch struct {
	ID          LedgerBatchID
	Filename    string
	SHA256      string
	MappingName string            // the way its columns are understood was kept under
	Mapping     map[string]string // title → field
	Rows        []LedgerRow
	Made        []MadeRecord // in the order they were made
	Rejected    int
	Ignored     int
	Same        int // rows that the register had already

	By       string
	At       time.Time
	UndoneBy string
	UndoneAt time.Time
}

// Undone tells that the batch was taken back.
func (x LedgerBatch) Undone() bool { return !x.UndoneAt.IsZero() }

// LedgerRow is a row of the ledger and the record it became.
type LedgerRow struct {
	Sheet  string
	Row    int
	Entity string // case or farm
	ID     int64
	Title  string
}

// MadeRecord is a record that a batch made, and as what version it left it.
type MadeRecord struct {
	Entity  string
	ID      int64
	Version int64
}
