package store_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

func TestAttachments(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	attachment := func(entity string, id int64, name string) registry.Attachment {
		return registry.Attachment{Entity: entity, EntityID: id, Filename: name, MediaType: "image/png", SHA256: strings.Repeat("a", 64), Size: 3, CreatedAt: storetest.Now, UploadedBy: "liu"}
	}
	a, b, c := attachment("case", 1, "甲.png"), attachment("case", 1, "乙.png"), attachment("farm", 1, "丙.png")
	again := attachment("farm", 9, "别的.png")
	storetest.Write(t, db, func(tx *store.Tx) error {
		for _, x := range []*registry.Attachment{&a, &b, &c} {
			key := ""
			if x == &a {
				key = "key-1"
			}
			if repeated, err := tx.InsertAttachment(x, key); err != nil || repeated {
				t.Errorf("InsertAttachment(%s) = %v, %v", x.Filename, repeated, err)
			}
		}
		repeated, err := tx.InsertAttachment(&again, "key-1")
		if !repeated || again != a {
			t.Errorf("the same key again: %v, %+v; want the first, %+v", repeated, again, a)
		}
		return err
	})
	storetest.Read(t, db, func(tx *store.Tx) error {
		if got, err := tx.Attachment(b.ID); err != nil || got != b {
			t.Errorf("Attachment = %+v, %v; want %+v", got, err, b)
		}
		if got, err := tx.AttachmentsOf("case", 1); err != nil || !slices.Equal(got, []registry.Attachment{a, b}) {
			t.Errorf("AttachmentsOf = %+v, %v", got, err)
		}
		return nil
	})
	storetest.Write(t, db, func(tx *store.Tx) error { return tx.DeleteAttachment(a.ID) })
	storetest.Read(t, db, func(tx *store.Tx) error {
		if _, err := tx.Attachment(a.ID); registry.KindOf(err) != registry.KindNotFound {
			t.Errorf("a deleted attachment: %v", err)
		}
		if got, err := tx.AttachmentsOf("case", 1); err != nil || !slices.Equal(got, []registry.Attachment{b}) {
			t.Errorf("AttachmentsOf = %+v, %v; want the other", got, err)
		}
		return nil
	})
}

// What is received in part, empty or too large leaves no file.
func TestSaveFileRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	for _, c := range []struct {
		name string
		r    io.Reader
		want string
	}{
		{"nothing", strings.NewReader(""), "文件是空的"},
		{"too large", strings.NewReader(strings.Repeat("x", 1<<20+1)), "文件太大：最大 1 MB"},
		{"broken off", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("abc"))), "receive file: timeout"},
	} {
		if hash, _, err := db.SaveFile(c.r, 1<<20); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s, %v; want %s", c.name, hash, err, c.want)
		}
	}
	left, err := filepath.Glob(filepath.Join(db.Dir(), "attachments", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	hash, size, err := db.SaveFile(strings.NewReader("abc"), 3)
	if err != nil || size != 3 || hash != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("a file of just the limit: %s, %d, %v", hash, size, err)
	}
	if _, err := db.OpenFile(strings.Repeat("0", 64)); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("a file that was never kept: %v", err)
	}
}

// A directory that nobody may write is said, not passed over.
func TestSaveFileWithoutARoom(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t)
	if err := os.WriteFile(filepath.Join(db.Dir(), "attachments"), nil, 0o600); err != nil { // a file where the folder belongs
		t.Fatal(err)
	}
	if _, _, err := db.SaveFile(strings.NewReader("abc"), 3); err == nil || !strings.Contains(err.Error(), "open attachments") {
		t.Errorf("SaveFile = %v", err)
	}
	var pathError *os.PathError
	if _, err := db.OpenFile(strings.Repeat("0", 64)); !errors.As(err, &pathError) {
		t.Errorf("OpenFile = %v, want the file system's error", err)
	}
}
