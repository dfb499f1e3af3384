package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"casebook/internal/registry"
)

// Upload is a file that comes in pieces, over a poor signal: it lies in uploads/<account>/<id> of the data folder until a record takes it. The
// bytes that are on disk are how far it is, so that a server that is stopped, or another of the register's, goes on where the last one was.
type Upload struct {
	ID       string // a UUID, made by who sends
	Filename string
	Size     int64  // of the whole file
	SHA256   string // of the whole file, as the sender says
	Offset   int64  // how much is here
}

// Done reports a file that is here as a whole.
func (u Upload) Done() bool { return u.Offset == u.Size }

const (
	// uploadsOpen is how many files an account may have on the way, uploadsBytes how large together.
	uploadsOpen  = 100
	uploadsBytes = 2 << 30
	// uploadLife is how long a file waits for its next piece or its record: a phone that was away for a week begins it anew.
	uploadLife = 7 * 24 * time.Hour
)

var uploadID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (db *DB) uploadDir(user registry.UserID) string {
	return filepath.Join(db.dir, "uploads", strconv.FormatInt(int64(user), 10))
}

func (db *DB) uploadPath(user registry.UserID, id string) (string, error) {
	if !uploadID.MatchString(id) {
		return "", registry.NotFound("上传", id)
	}
	return filepath.Join(db.uploadDir(user), id), nil
}

// BeginUpload makes room for a file; one that was begun before goes on where it is. now tells which others have waited too long.
func (db *DB) BeginUpload(user registry.UserID, u Upload, limit int64, now time.Time) (Upload, error) {
	path, err := db.uploadPath(user, u.ID)
	if err != nil {
		return u, registry.Invalid("id", "上传的标识应是一个 UUID")
	}
	switch {
	case u.Size <= 0:
		return u, registry.Invalid("size", "文件是空的")
	case u.Size > limit:
		return u, registry.Invalid("size", "文件有 %d MB，太大：最大 %d MB；长的录像留在执法记录仪的存储里，这里登记设备编号和存放处", (u.Size+1<<20-1)>>20, limit>>20)
	case !isHash(u.SHA256):
		return u, registry.Invalid("sha256", "缺少文件的 SHA-256")
	}
	if was, err := db.UploadOf(user, u.ID); err == nil {
		if was.Size != u.Size || was.SHA256 != u.SHA256 {
			return u, registry.Conflict("这个标识正在上传另一个文件。")
		}
		return was, nil
	}
	if err := db.check.admit(context.Background(), writeWait); err != nil {
		return u, err
	}
	if err := db.uploadRoom(user, u.Size, now); err != nil {
		return u, err
	}
	if err := os.MkdirAll(path, 0o750); err != nil {
		return u, db.unavailable(fmt.Errorf("begin upload: %w", err))
	}
	meta, err := json.Marshal(u)
	if err != nil {
		return u, err
	}
	if err := os.WriteFile(filepath.Join(path, "meta"), meta, 0o640); err != nil {
		return u, db.unavailable(fmt.Errorf("begin upload: %w", err))
	}
	return db.UploadOf(user, u.ID)
}

// uploadRoom sweeps what has waited too long and asks whether another file of size has a place.
func (db *DB) uploadRoom(user registry.UserID, size int64, now time.Time) error {
	entries, err := os.ReadDir(db.uploadDir(user))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return db.unavailable(err)
	}
	open, bytes := 0, size
	for _, e := range entries {
		path := filepath.Join(db.uploadDir(user), e.Name())
		info, err := os.Stat(filepath.Join(path, "data"))
		if err != nil {
			info, err = e.Info()
		}
		if err == nil && now.Sub(info.ModTime()) > uploadLife {
			if err := os.RemoveAll(path); err != nil {
				return db.unavailable(err)
			}
			continue
		}
		if u, err := db.UploadOf(user, e.Name()); err == nil {
			open, bytes = open+1, bytes+u.Size
		}
	}
	if open >= uploadsOpen || bytes > uploadsBytes {
		return registry.Conflict("您有 %d 个文件在上传，共 %d MB，已到上限（%d 个，%d MB）；请先提交手机上的记录。", open, bytes>>20, uploadsOpen, uploadsBytes>>20)
	}
	return nil
}

// sweepUploads forgets what has waited too long, of every account, when a server starts.
func (db *DB) sweepUploads() error {
	accounts, err := os.ReadDir(filepath.Join(db.dir, "uploads"))
	if err != nil {
		return ignoreGone(err)
	}
	for _, a := range accounts {
		user, err := strconv.ParseInt(a.Name(), 10, 64)
		if err != nil {
			continue // not ours
		}
		if err := db.uploadRoom(registry.UserID(user), 0, db.opened); err != nil && registry.KindOf(err) != registry.KindConflict {
			return err
		}
	}
	return nil
}

// UploadOf is a file on the way.
func (db *DB) UploadOf(user registry.UserID, id string) (u Upload, err error) {
	path, err := db.uploadPath(user, id)
	if err != nil {
		return u, err
	}
	meta, err := os.ReadFile(filepath.Join(path, "meta"))
	if errors.Is(err, fs.ErrNotExist) {
		return u, registry.NotFound("上传", id[:8])
	}
	if err != nil {
		return u, db.unavailable(err)
	}
	if err := json.Unmarshal(meta, &u); err != nil { // a crash cut it off: the sender begins anew
		return u, registry.NotFound("上传", id[:8])
	}
	u.Offset = 0
	if info, err := os.Stat(filepath.Join(path, "data")); err == nil {
		u.Offset = info.Size()
	}
	if u.Offset > u.Size { // two servers took a piece at once: the sender begins anew
		db.DropUpload(user, id)
		return u, registry.NotFound("上传", id[:8])
	}
	return u, nil
}

// AppendUpload takes the piece that begins at offset and answers once it is on disk. A piece that begins elsewhere than where the file ends is
// refused: u.Offset says where. The last piece is held to the hash that the sender gave; a file with another is forgotten.
func (db *DB) AppendUpload(user registry.UserID, id string, offset int64, piece io.Reader) (u Upload, err error) {
	if u, err = db.UploadOf(user, id); err != nil {
		return u, err
	}
	if offset != u.Offset {
		return u, registry.Conflict("这一段应从第 %d 字节开始。", u.Offset)
	}
	path, _ := db.uploadPath(user, id)
	if _, busy := db.uploading.LoadOrStore(path, true); busy {
		return u, registry.Conflict("这个文件的另一段正在写入。")
	}
	defer db.uploading.Delete(path)
	if again, err := db.UploadOf(user, id); err != nil || again.Offset != u.Offset { // it came between the two looks
		return again, cmp.Or(err, registry.Conflict("这一段应从第 %d 字节开始。", again.Offset))
	}
	f, err := os.OpenFile(filepath.Join(path, "data"), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o640)
	if err != nil {
		return u, db.unavailable(err)
	}
	defer f.Close() //nolint:errcheck // synced before
	n, err := io.Copy(f, io.LimitReader(piece, u.Size-u.Offset))
	if serr := f.Sync(); serr != nil {
		return u, db.unavailable(fmt.Errorf("sync upload: %w", serr))
	}
	u.Offset += n // also of a piece that was cut: what is here stays
	if err != nil {
		return u, fmt.Errorf("receive file: %w", err)
	}
	if !u.Done() {
		return u, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return u, db.unavailable(err)
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return u, db.unavailable(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != u.SHA256 {
		db.DropUpload(user, id)
		return u, registry.Invalid("sha256", "收到的文件与手机上的不同（SHA-256 %s… 应为 %s…），没有保存，请重新上传", got[:12], u.SHA256[:12])
	}
	return u, nil
}

// KeepUpload puts a whole file among the attachments; it stays on the way too until DropUpload, since the record may yet be refused. head is its
// beginning.
func (db *DB) KeepUpload(user registry.UserID, id string, limit int64) (u Upload, head []byte, err error) {
	if u, err = db.UploadOf(user, id); err != nil {
		return u, nil, err
	}
	if !u.Done() {
		return u, nil, registry.Invalid("file", "“%s”还没有传完（%d%%）", u.Filename, 100*u.Offset/u.Size)
	}
	path, _ := db.uploadPath(user, id)
	f, err := os.Open(filepath.Join(path, "data"))
	if err != nil {
		return u, nil, db.unavailable(err)
	}
	defer f.Close() //nolint:errcheck // opened for reading
	head = make([]byte, registry.ContentHead)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return u, nil, db.unavailable(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return u, nil, db.unavailable(err)
	}
	hash, _, err := db.SaveFile(f, limit)
	if err == nil && hash != u.SHA256 {
		err = registry.Invalid("sha256", "“%s”在服务器上已损坏，请重新上传", u.Filename)
	}
	return u, head[:n], err
}

// DropUpload forgets a file on the way.
func (db *DB) DropUpload(user registry.UserID, id string) {
	path, err := db.uploadPath(user, id)
	if err == nil {
		err = os.RemoveAll(path)
	}
	if err != nil {
		db.log.Warn("remove an upload", "err", err) // the sweep of the next one takes it
	}
}
