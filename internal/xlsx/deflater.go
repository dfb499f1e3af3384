package xlsx

// deflater compresses rows beside the making of them: deflate is a third of the work, and a second processor is often idle.
// One goroutine serves all sheets of a workbook in the order of their chunks, so the bytes do not depend on timing.
type deflater struct {
	jobs chan chunk
	free chan []byte // emptied buffers on their way back
	done chan error
	err  error
	over bool
}

type chunk struct {
	to   *spool
	rows []byte
}

// chunkSize is when a sheet hands its rows over.
const chunkSize = 64 << 10

func newDeflater() *deflater {
	d := &deflater{jobs: make(chan chunk, 4), free: make(chan []byte, 16), done: make(chan error, 1)}
	go func() {
		var first error
		for c := range d.jobs {
			if first == nil { // after an error the rest is drained, so that nobody waits for ever
				_, first = c.to.Write(c.rows)
			}
			select {
			case d.free <- c.rows[:0]:
			default:
			}
		}
		d.done <- first
	}()
	return d
}

// send hands rows over and returns an empty buffer in their place.
func (d *deflater) send(to *spool, rows []byte) []byte {
	d.jobs <- chunk{to, rows}
	select {
	case b := <-d.free:
		return b
	default:
		return make([]byte, 0, chunkSize+chunkSize/4)
	}
}

// wait ends the goroutine and returns the first error of a spool. It may be called again.
func (d *deflater) wait() error {
	if !d.over {
		d.over = true
		close(d.jobs)
		d.err = <-d.done
	}
	return d.err
}
