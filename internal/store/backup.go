package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"casebook/internal/registry"
)

// BackupOptions say who makes a backup and when.
type BackupOptions struct {
	Program string
	Now     time.Time
	// Database is the address of the register's PostgreSQL database; empty: it lies in a file of the data folder.
	Database string
	Progress func(what, table string, rows int64)
}

// BackupResult is a backup that was made, with how many files were copied for it and how many were there already.
type BackupResult struct {
	Folder       string
	Manifest     Manifest
	Copied, Kept int
}

// Backup copies the register in dir to the backup folder target, beside a running server: the database as it was at one moment, and
// every file that it names. It only reads the register; it does not bring its schema up to date. What stood in target before stays. A backup
// is an SQLite file whichever engine the register is on: every row is read again and compared, and it can be restored to either.
func Backup(ctx context.Context, dir, target string, opt BackupOptions) (r BackupResult, err error) {
	if opt.Database == "" {
		if err := registerIn(dir); err != nil {
			return r, err
		}
	} else if err := serverDir(dir); err != nil {
		return r, err
	}
	if err := apart(dir, target); err != nil {
		return r, err
	}
	made := !exists(target)
	if err := os.MkdirAll(target, 0o750); err != nil {
		return r, explain(target, fmt.Errorf("无法建立备份目录 %s：%w", target, err))
	}
	if err := onlyBackups(target); err != nil {
		return r, err
	}
	lock, err := lockFile(ctx, filepath.Join(target, backupLock))
	switch {
	case troubleOf(err) == busy:
		return r, fmt.Errorf("另一个 casebook backup 正在写备份目录 %s，请等它结束", target)
	case err != nil:
		return r, explain(target, err)
	}
	defer func() {
		err = explain(target, errors.Join(err, lock.Close()))
		if ctx.Err() != nil {
			err = fmt.Errorf("备份被中断，没有留下半份备份：%w", err)
		}
		if err != nil && made {
			_ = os.Remove(filepath.Join(target, backupLock))
			_ = os.Remove(target) // stays where something is in it
		}
	}()
	b := backup{fileCopy: fileCopy{dir: dir, root: target}, result: &r}
	if err := b.sweep(); err != nil {
		return r, err
	}
	return r, b.make(ctx, opt)
}

type backup struct {
	fileCopy
	work   string // the unfinished folder
	result *BackupResult
}

// fileCopy brings the attachments of a register in dir to the folder root.
type fileCopy struct {
	dir, root    string
	copied, kept int
	missing      []string // that the register has no longer, or not with the content it had recorded
}

// make writes everything, then the manifest, then gives the folder its name.
func (b *backup) make(ctx context.Context, opt BackupOptions) (err error) {
	if b.work, err = os.MkdirTemp(b.root, partialPrefix); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(b.work) // what is left goes with the next backup
		}
	}()
	m := Manifest{Format: manifestFormat, Engine: engineSQLite, Program: opt.Program, MadeAt: opt.Now.UTC()}
	fetch := b.vacuum
	if opt.Database != "" {
		fetch = func(ctx context.Context) error { return b.fromServer(ctx, opt) }
	}
	if err := fetch(ctx); err != nil {
		return err
	}
	if err := b.database(ctx, &m); err != nil {
		return err
	}
	files, err := m.facts(ctx, filepath.Join(b.work, fileName))
	if err != nil {
		return fmt.Errorf("read the copy: %w", err)
	}
	if newest, err := newestSchema(); err != nil {
		return err
	} else if m.Schema > newest {
		return fmt.Errorf("数据文件由较新的 casebook 建立（结构第 %d 版，本程序只认到第 %d 版）；请用新版程序备份", m.Schema, newest)
	}
	if m.Attachments, err = b.attachments(ctx, files); err != nil {
		return err
	}
	m.Missing, b.result.Copied, b.result.Kept = b.missing, b.copied, b.kept
	if err := b.finish(&m); err != nil {
		return err
	}
	b.result.Manifest = m
	return nil
}

// vacuum copies the file while others write.
func (b *backup) vacuum(ctx context.Context) error {
	source, path := filepath.Join(b.dir, fileName), filepath.Join(b.work, fileName)
	err := vacuumInto(ctx, source, path, "mode=rw")
	if troubleOf(err) == vague && troubleOf(probe(b.dir)) == readOnly && size(source+"-wal") == 0 {
		// A disk that the system has made read-only is the one to be saved from. Nobody can write there, so the file may be read without locks.
		err = vacuumInto(ctx, source, path, "immutable=1")
	}
	switch t := troubleOf(err); {
	case t == vague && probe(b.root) == nil: // it is not the folder that was written
		err = explain(b.dir, err)
	case t == corrupt:
		err = damaged(source, err)
	}
	if err != nil {
		return fmt.Errorf("复制数据文件没有完成：%w", err)
	}
	if err := wholeFile(ctx, path); err != nil {
		if troubleOf(err) == unclear && ctx.Err() == nil {
			err = damaged(source, err)
		}
		return err
	}
	return nil
}

// fromServer copies a server's database to the file while others write.
func (b *backup) fromServer(ctx context.Context, opt BackupOptions) (err error) {
	from, err := readServer(ctx, opt.Database, b.dir)
	if err != nil {
		return err
	}
	defer func() { err = from.about.explain(errors.Join(err, from.Close())) }()
	if _, err := fillNewFile(ctx, b.work, from, CopyOptions{Now: opt.Now, Progress: opt.Progress}); err != nil {
		return err
	}
	return wholeFile(ctx, filepath.Join(b.work, fileName))
}

// database makes the copy durable and hashes it.
func (b *backup) database(ctx context.Context, m *Manifest) (err error) {
	path := filepath.Join(b.work, fileName)
	if err := syncFile(path); err != nil {
		return err
	}
	m.Database.Path = fileName
	m.Database.SHA256, m.Database.Size, err = hashFile(ctx, path, nil)
	return err
}

// vacuumInto reads one snapshot of a database and makes a compact file of it.
func vacuumInto(ctx context.Context, source, path, mode string) (err error) {
	db, err := sql.Open("sqlite", fileURI(source, mode, "_pragma=busy_timeout(10000)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	var id int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID {
		return notOurs(source, id)
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO $1", path)
	return err
}

// attachments brings every file of the register to the backup folder, once: one that is there with the right content is read, not copied.
func (b *fileCopy) attachments(ctx context.Context, files []FileMark) (there []FileMark, err error) {
	there = []FileMark{}
	folders := map[string]bool{}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to := filepath.Join(b.root, filepath.FromSlash(f.Path))
		hash, n, err := hashFile(ctx, to, nil)
		switch {
		case err == nil && hash == f.SHA256 && n == f.Size:
			b.kept++
		case err != nil && !errors.Is(err, fs.ErrNotExist) && troubleOf(err) != failing: // a file that the disk lost is written anew
			return nil, err
		default:
			whole, err := b.copyIn(ctx, f, to)
			if err != nil {
				return nil, err
			}
			if !whole {
				b.missing = append(b.missing, f.SHA256)
				continue
			}
			b.copied++
		}
		folders[filepath.Dir(to)] = true
		there = append(there, f)
	}
	if len(folders) > 0 {
		folders[filepath.Join(b.root, "attachments")] = true
	}
	for d := range folders { // also those of files that were there: a backup before this one may have been killed short of it
		if err := syncDir(d); err != nil {
			return nil, err
		}
	}
	return there, nil
}

// copyIn copies one attachment; whole is false where the register has it no longer, or with other content.
func (b *fileCopy) copyIn(ctx context.Context, f FileMark, to string) (whole bool, err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return false, err
	}
	from, err := os.Open(filepath.Join(b.dir, filepath.FromSlash(f.Path)))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, explain(b.dir, err)
	}
	defer from.Close() //nolint:errcheck // only read
	tmp, err := os.CreateTemp(filepath.Join(b.root, "attachments"), incoming)
	if err != nil {
		return false, err
	}
	defer func() {
		if err != nil || !whole {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	hash, n, err := copyHashed(ctx, tmp, from)
	if err != nil {
		return false, err
	}
	if hash != f.SHA256 || n != f.Size {
		return false, nil
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return false, err
	}
	return true, os.Rename(tmp.Name(), to)
}

// finish writes the manifest, to disk, and only then names the folder.
func (b *backup) finish(m *Manifest) error {
	body, err := m.bytes()
	if err != nil {
		return err
	}
	path := filepath.Join(b.work, manifestName)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(b.work, 0o750), syncFile(path), syncDir(b.work)); err != nil { //nolint:gosec // a folder, as its neighbours
		return err
	}
	stamp := m.MadeAt.In(registry.Shanghai).Format("20060102-150405")
	names, err := backupsIn(b.root)
	if err != nil {
		return err
	}
	name := stamp
	for n := 2; slices.Contains(names, name); n++ {
		if name = fmt.Sprintf("%s-%02d", stamp, n); n > 99 {
			return fmt.Errorf("备份目录 %s 里同一秒已有 99 个备份", b.root)
		}
	}
	b.result.Folder = filepath.Join(b.root, name)
	if err := os.Rename(b.work, b.result.Folder); err != nil {
		return err
	}
	return errors.Join(syncDir(b.root), syncDir(filepath.Dir(b.root)))
}

// sweep removes what a backup that was killed left unfinished. It runs under the folder's lock.
func (b *backup) sweep() error {
	left, err := filepath.Glob(filepath.Join(escapeGlob(b.root), partialPrefix+"*"))
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(escapeGlob(b.root), "attachments", incoming+"*"))
	if err != nil {
		return err
	}
	for _, path := range append(left, files...) {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// escapeGlob keeps the characters of a folder's name from being a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(path)
}

// onlyBackups refuses a folder in which something stands that no backup put there: it may be the wrong folder, or a register.
func onlyBackups(root string) error {
	list, err := os.ReadDir(root)
	if err != nil {
		return explain(root, err)
	}
	for _, e := range list {
		name := e.Name()
		switch {
		case name == "attachments" && e.IsDir(), strings.HasPrefix(name, backupLock), name == probeName, name == "lost+found":
		case e.IsDir() && (backupName.MatchString(name) || strings.HasPrefix(name, partialPrefix)):
		case name == fileName:
			return fmt.Errorf("%s 是登记册的数据目录，不是备份目录；请另指定一个目录", root)
		default:
			return fmt.Errorf("目录 %s 里有不属于备份的“%s”；请指定空目录、新目录，或以前的备份目录", root, name)
		}
	}
	return nil
}

// registerIn refuses a folder without a register.
func registerIn(dir string) error {
	path := filepath.Join(dir, fileName)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return noRegister(dir)
	case err != nil:
		return explain(dir, fmt.Errorf("无法读取数据文件 %s：%w", path, err))
	case info.Size() == 0:
		return emptyFile(path)
	}
	return nil
}

// apart refuses two folders of which one lies in the other, also by way of links.
func apart(data, backups string) error {
	a, b := resolved(data), resolved(backups)
	switch {
	case a == b:
		return fmt.Errorf("备份目录不能就是数据目录（%s）；请指定另一个目录，最好在另一块磁盘", a)
	case within(b, a):
		return fmt.Errorf("备份目录 %s 在数据目录 %s 里面，磁盘坏了会一起丢失；请指定数据目录以外的目录，最好在另一块磁盘", b, a)
	case within(a, b):
		return fmt.Errorf("数据目录 %s 在备份目录 %s 里面；请把两者分开", a, b)
	}
	return nil
}

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolved is a path without links, also where its last parts are not there yet.
func resolved(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	if parent := filepath.Dir(abs); parent != abs {
		return filepath.Join(resolved(parent), filepath.Base(abs))
	}
	return abs
}

// fileURI names a database file to SQLite.
func fileURI(path string, query ...string) string {
	return (&url.URL{Scheme: "file", Opaque: filepath.ToSlash(path), RawQuery: strings.Join(query, "&")}).String()
}

// hashFile reads a file: its SHA-256 and length. Where to is set, what was read is written there too.
func hashFile(ctx context.Context, path string, to io.Writer) (hash string, size int64, err error) {
	f, err := os.Open(path) //nolint:gosec // of a backup or a register
	if err != nil {
		return "", 0, err
	}
	defer f.Close() //nolint:errcheck // only read
	if to == nil {
		to = io.Discard
	}
	return copyHashed(ctx, to, f)
}

func copyHashed(ctx context.Context, to io.Writer, from io.Reader) (hash string, size int64, err error) {
	h := sha256.New()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		n, err := from.Read(buf)
		_, _ = h.Write(buf[:n]) // never fails
		if _, werr := to.Write(buf[:n]); werr != nil {
			return "", 0, werr
		}
		size += int64(n)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), size, nil
		}
		if err != nil {
			return "", 0, err
		}
	}
}

// syncFile makes a file's content durable.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // of a backup or a register
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
