package store_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// A piece that is still being written keeps another out; what nobody goes on with for a week is swept, and a file longer than it was said to be is
// begun anew.
func TestUploadsOnDisk(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	const user, limit = registry.UserID(7), 1 << 20
	sum := sha256.Sum256([]byte("abcdef"))
	file := store.Upload{ID: "00000000-0000-4000-8000-000000000001", Filename: "a.jpg", Size: 6, SHA256: hex.EncodeToString(sum[:])}
	now := time.Now()
	if _, err := db.BeginUpload(user, file, limit, now); err != nil {
		t.Fatal(err)
	}
	r, w := io.Pipe()
	slow := make(chan error, 1)
	go func() { _, err := db.AppendUpload(user, file.ID, 0, r); slow <- err }()
	if _, err := w.Write([]byte("abc")); err != nil { // it is being taken in
		t.Fatal(err)
	}
	if _, err := db.AppendUpload(user, file.ID, 0, bytes.NewReader([]byte("abc"))); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a second piece at once: %v", err)
	}
	_ = w.CloseWithError(io.ErrUnexpectedEOF)
	if err := <-slow; err == nil {
		t.Error("a piece that was cut is taken for whole")
	}
	u, err := db.UploadOf(user, file.ID)
	if err != nil || u.Offset != 3 {
		t.Fatalf("after the cut: %+v, %v", u, err)
	}
	if u, err = db.AppendUpload(user, file.ID, 3, bytes.NewReader([]byte("def"))); err != nil || !u.Done() {
		t.Fatalf("the rest: %+v, %v", u, err)
	}
	dir := filepath.Join(db.Dir(), "uploads", "7", file.ID)
	if err := os.WriteFile(filepath.Join(dir, "data"), []byte("abcdefg"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.UploadOf(user, file.ID); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("a file that is too long: %v", err)
	}

	if _, err := db.BeginUpload(user, file, limit, now); err != nil {
		t.Fatal(err)
	}
	other := file
	other.ID = "00000000-0000-4000-8000-000000000002"
	if _, err := db.BeginUpload(user, other, limit, now.Add(8*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a week later it is still there: %v", err)
	}
}
