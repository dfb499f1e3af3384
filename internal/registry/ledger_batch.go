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
	MappingName string // the way its columns are understood was kept under
	New         int    // rows that became records
	Updates     int    // rows that were brought into records that were there
	Rejected    int

	// Not in a list of batches.
	Mapping map[string]string // title → field
	Rows    []LedgerRow
	Made    []MadeRecord    // in the order they were made
	Changed []ChangedRecord // that were there before, in the order they were changed
	Ignored int
	Same    int // rows that the register had already
	Kept    int // rows that it had otherwise, and that were left as they are

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
	Entity string // case, farm or inspection
	ID     int64
	Title  string

	Updated bool `json:",omitempty"` // it was there before
}

// MadeRecord is a record that a batch made, and as what version it left it.
type MadeRecord struct {
	Entity  string
	ID      int64
	Version int64
}

// ChangedRecord is a record that a batch changed: the version that it was before, and that the batch left it as.
type ChangedRecord struct {
	Entity        string
	ID            int64
	Before, After int64
}
