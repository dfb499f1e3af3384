// Package heavy bounds the memory of work that needs much of it: papers, workbooks, reads of the whole register. All of it waits in one queue, by the
// bytes that it is estimated to need at its peak, so that a hundred requests at once take no more than a few.
//
// A server gives it 128 MB: papers take 32, exports and summaries 24 (two at a time beside two jobs), verifications 48; who waits 25 s gets 503 with
// Retry-After. Beside it, a compressor (1.2 MB) is taken when an answer is written, not while a request waits, and nothing of the database's file is mapped:
// eight readers' windows counted as 400 MB and saved no CPU that could be measured. The command's export of 100,000 synthetic cases, with its heap held to
// 40 MB, had a peak of 93.6 MB (/usr/bin/time -v; 34 MB of it the program itself), of 20,000 the same but for 2 MB. A server of 10,000 cases takes 65 MB at rest, 203 at most under 150 case sheets at once, 321 at
// most under 200 people for 40 s, 165 after it, of which 39 are the program's own file:
//
//	casebook demo --cases 10000 --data DIR && go test ./cmd/casebook -run MemoryUnderLoad -v -load DIR
package heavy

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"casebook/internal/registry"
)

// Queue hands out bytes, first come, first served.
type Queue struct {
	size     int64
	patience time.Duration
	room     *semaphore.Weighted
	waiting  atomic.Int64
}

// New makes a queue of so many bytes. Who waits longer than patience is told to come back.
func New(size int64, patience time.Duration) *Queue {
	return &Queue{size: size, patience: patience, room: semaphore.NewWeighted(size)}
}

// Take waits for room; done gives it back and may be called twice. Work that is larger than the queue runs alone. A caller whose context ends leaves the
// queue, and keeps nobody behind it waiting.
func (q *Queue) Take(ctx context.Context, bytes int64) (done func(), err error) {
	bytes = min(bytes, q.size)
	q.waiting.Add(1)
	defer q.waiting.Add(-1)
	patient, cancel := context.WithTimeout(ctx, q.patience)
	defer cancel()
	if err := q.room.Acquire(patient, bytes); err != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil, fmt.Errorf("wait for room: %w", ctx.Err())
		}
		return nil, q.busy()
	}
	var once sync.Once
	return func() { once.Do(func() { q.room.Release(bytes) }) }, nil
}

// Waiting is how many wait.
func (q *Queue) Waiting() int64 { return q.waiting.Load() }

// busy tells somebody who has waited long, or has no more time, to come back.
func (q *Queue) busy() error {
	again := q.patience / 2
	return &registry.Error{Kind: registry.KindUnavailable, RetryAfter: again,
		Message: fmt.Sprintf("正有其他导出、打印或核验在进行，还没有轮到，没有写入任何内容。请约 %.0f 秒后再试。", math.Ceil(again.Seconds()))}
}
