package registry

import (
	"encoding/json"
	"fmt"
	"time"
)

// ExportID is the number of a record of an export.
type ExportID int64

// ExportState is how far an export came.
type ExportState string

// The states. One that was cut off, whose program was killed say, stays begun.
const (
	ExportBegun  ExportState = "未完成"
	ExportDone   ExportState = "已完成"
	ExportFailed ExportState = "失败"
)

// ExportRecord is what the register keeps of a file that it gave out: what was asked and of which state of the register, what came out, and the
// hash by which the file is known again. The file itself is not kept: the same request at the same position makes the same bytes.
type ExportRecord struct {
	ID       ExportID        `json:"id"`
	Version  int64           `json:"version"`
	Year     int             `json:"year"`
	Serial   int             `json:"serial"`
	Kind     string          `json:"kind"`    // 台账
	Format   string          `json:"format"`  // xlsx
	Request  json.RawMessage `json:"request"` // as data
	Filters  []string        `json:"filters"` // and in words
	Branch   string          `json:"branch"`  // the district of who could read no other branch's records; empty: all of the register
	Position Position        `json:"position"`
	Rows     []RowCount      `json:"rows"`
	Sums     []MoneySum      `json:"sums"`
	SHA256   string          `json:"sha256"`
	Size     int64           `json:"size"`
	State    ExportState     `json:"state"`
	Trouble  string          `json:"trouble"` // why it failed
	BegunAt  time.Time       `json:"begun_at"`
	EndedAt  time.Time       `json:"ended_at"` // zero while it has not
	Actor    string          `json:"actor"`
}

// Number is what people call the record: DC-2026-0001.
func (x *ExportRecord) Number() string { return fmt.Sprintf("DC-%d-%04d", x.Year, x.Serial) }

// Position is an entry of the audit chain: the register as it was when it was written.
type Position struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	At   string `json:"at"` // when it was written: in UTC, to the millisecond
}

// RowCount is how many rows a sheet has, without its header.
type RowCount struct {
	Sheet string `json:"sheet"`
	Rows  int    `json:"rows"`
}

// MoneySum is a total of a sheet. Unknown is how many amounts are not known and not in it.
type MoneySum struct {
	Name    string `json:"name"`
	Fen     Money  `json:"fen"`
	Unknown int    `json:"unknown"`
}
