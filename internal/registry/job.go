package registry

import (
	"encoding/json"
	"time"
)

// JobID is the number of a job.
type JobID int64

// JobKind is what a job does.
type JobKind string

// The kinds.
const (
	JobExport JobKind = "导出"
	JobVerify JobKind = "核验"
	JobImport JobKind = "导入"
)

// JobState is how far a job is.
type JobState string

// The states. One that its server lost, because it was killed say, is broken, and can be run again like one that failed or was cancelled.
const (
	JobWaiting   JobState = "排队"
	JobRunning   JobState = "进行中"
	JobDone      JobState = "已完成"
	JobFailed    JobState = "失败"
	JobCancelled JobState = "已取消"
	JobBroken    JobState = "中断"
)

// Job is long work that nobody waits for with an open page: an export of size, a verification of the register, a ledger that is brought in. It is no record of the register: it goes
// when it expires. What an export gave out stays in its ExportRecord.
type Job struct {
	ID       JobID
	Kind     JobKind
	Title    string   // what is exported or verified: 案件台账
	Words    []string // and of what: the filter in words
	Request  json.RawMessage
	Owner    string
	RemoteIP string // from where it was asked for

	State       JobState
	Run         int64  // counts its runs: a server that lost one to another does not write over it
	Node        string // the server that runs it
	Doing       string
	Done, Total int64 // of what it reads; 0 where it cannot tell
	Trouble     string

	Position Position // that the export was first made of: made again it is of the same, and has the same bytes
	Export   ExportID // the record of its last run; 0: none
	SHA256   string   // of the file of its first whole run
	Size     int64
	Filename string
	Report   json.RawMessage // of a verification or an import

	CreatedAt, BegunAt, BeatAt, EndedAt, ExpiresAt time.Time
}

// Open tells whether it waits or runs.
func (x *Job) Open() bool { return x.State == JobWaiting || x.State == JobRunning }

// Percent is how much of it is done, from 0 to 100.
func (x *Job) Percent() int {
	if x.Total <= 0 {
		return 0
	}
	return int(min(100, 100*x.Done/x.Total))
}
