package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// restoring is the folder, inside the one that a register is restored to, in which it is put together. While it is there and no
// casebook.db beside it, the restore has not ended, and no server starts on the folder.
const restoring = ".restoring"

// mostNamed bounds how many damaged files a message names.
const mostNamed = 20

// Restore is a register being restored: copied and compared with its manifest, not yet in its place.
type Restore struct {
	Manifest Manifest
	From     string // the dated folder

	dir  string
	made bool // dir was not there before
	lock *sql.DB
}

// BeginRestore copies a backup into dir, which must be empty or not there, and compares every byte with the manifest. from is a backup
// folder, of which the newest backup is taken, or one dated folder in it. It holds the register's lock until Finish or Abandon.
func BeginRestore(ctx context.Context, from, dir string) (_ *Restore, err error) {
	folder, err := chosenBackup(from)
	if err != nil {
		return nil, err
	}
	if err := apart(dir, filepath.Dir(folder)); err != nil {
		return nil, err
	}
	m, err := readManifest(folder)
	if err != nil {
		return nil, fmt.Errorf("%w%s", err, olderThan(folder))
	}
	newest, err := newestSchema()
	if err != nil {
		return nil, err
	}
	if m.Schema > newest {
		return nil, fmt.Errorf("备份 %s 由较新的 casebook 制作（结构第 %d 版，本程序只认到第 %d 版）；请换用新版程序", folder, m.Schema, newest)
	}
	if err := vacant(dir); err != nil {
		return nil, err
	}
	begun := &Restore{Manifest: m, From: folder, dir: dir, made: !exists(dir)}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, explain(dir, fmt.Errorf("无法建立数据目录 %s：%w", dir, err))
	}
	if begun.lock, err = registerLock(ctx, dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = explain(dir, err)
			if ctx.Err() != nil {
				err = fmt.Errorf("恢复被中断，没有恢复任何内容：%w", err)
			}
			begun.Abandon()
		}
	}()
	if err := vacant(dir); err != nil { // again, now that nobody else may fill it
		return nil, err
	}
	if err := begun.clear(); err != nil {
		return nil, err
	}
	return begun, begun.fetch(ctx)
}

// chosenBackup is the dated folder that a path means.
func chosenBackup(from string) (string, error) {
	from = filepath.Clean(from)
	if exists(filepath.Join(from, manifestName)) || backupName.MatchString(filepath.Base(from)) && exists(from) {
		return from, nil
	}
	names, err := backupsIn(from)
	if err != nil {
		return "", explain(from, fmt.Errorf("无法读取备份目录 %s：%w", from, err))
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%s 里没有完整的备份；请指定 casebook backup 写过的目录，或其中一个日期目录", from)
	}
	return filepath.Join(from, names[len(names)-1]), nil
}

// olderThan names the backup before a damaged one, where there is one. Which to take, a person decides.
func olderThan(folder string) string {
	root := filepath.Dir(folder)
	names, err := backupsIn(root)
	if i := slices.Index(names, filepath.Base(folder)); err == nil && i > 0 {
		return "。可改用更早的备份 " + filepath.Join(root, names[i-1])
	}
	return ""
}

// vacant refuses a folder in which anything stands but what an earlier restore left unfinished.
func vacant(dir string) error {
	list, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(dir, fmt.Errorf("无法读取目录 %s：%w", dir, err))
	}
	if exists(filepath.Join(dir, fileName)) {
		return fmt.Errorf("目录 %s 里已有登记册，恢复不会覆盖它；请用 --data 指定空目录或新目录", dir)
	}
	unfinished := exists(filepath.Join(dir, restoring))
	for _, e := range list {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, lockName), name == probeName, name == restoring, name == "lost+found":
		case name == "attachments" && unfinished:
		default:
			return fmt.Errorf("目录 %s 不是空的（有“%s”），恢复不会覆盖任何内容；请用 --data 指定空目录或新目录", dir, name)
		}
	}
	return nil
}

// Work is the folder in which the register can be opened and verified before it is put in its place.
func (r *Restore) Work() string { return filepath.Join(r.dir, restoring) }

// clear begins anew where an earlier restore was killed, and makes the folder to work in.
func (r *Restore) clear() error {
	if exists(r.Work()) {
		for _, path := range []string{filepath.Join(r.dir, "attachments"), r.Work()} { // the mark goes last
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	if err := os.Mkdir(r.Work(), 0o750); err != nil {
		return err
	}
	return syncDir(r.dir)
}

// fetch copies the database and the attachments, names every file that differs from the manifest, and checks the database.
func (r *Restore) fetch(ctx context.Context) error {
	var bad []string
	if err := r.file(ctx, r.From, r.Manifest.Database, &bad); err != nil {
		return err
	}
	root := filepath.Dir(r.From)
	folders := map[string]bool{}
	for _, f := range r.Manifest.Attachments {
		if !isHash(f.SHA256) || f.Path != attachmentPath(f.SHA256) {
			return fmt.Errorf("备份清单列有不成样子的附件 %q", f.Path)
		}
		to := filepath.Dir(filepath.Join(r.Work(), filepath.FromSlash(f.Path)))
		if err := os.MkdirAll(to, 0o750); err != nil {
			return err
		}
		folders[to], folders[filepath.Dir(to)] = true, true
		if err := r.file(ctx, root, f, &bad); err != nil {
			return err
		}
		if len(bad) >= mostNamed {
			break
		}
	}
	if len(bad) > 0 {
		return fmt.Errorf("备份 %s 已损坏，没有恢复任何内容：%s%s", r.From, strings.Join(bad, "；"), olderThan(r.From))
	}
	for d := range folders {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	path := filepath.Join(r.Work(), fileName)
	if err := wholeFile(ctx, path); err != nil {
		if inFolder(r.dir, err) == unclear {
			return fmt.Errorf("备份 %s 里的数据文件已损坏：%w", r.From, err)
		}
		return err
	}
	var have Manifest
	if _, err := have.facts(ctx, path); err != nil {
		return fmt.Errorf("read the restored database: %w", err)
	}
	if differs := r.Manifest.same(&have); differs != "" {
		return fmt.Errorf("备份 %s 里的数据文件与清单不符：%s", r.From, differs)
	}
	return nil
}

// file copies one file of the backup, to disk; one that is not what the manifest says is named in bad.
func (r *Restore) file(ctx context.Context, root string, f FileMark, bad *[]string) (err error) {
	from, to := filepath.Join(root, filepath.FromSlash(f.Path)), filepath.Join(r.Work(), filepath.FromSlash(f.Path))
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600) //nolint:gosec // in the data directory
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	hash, n, err := hashFile(ctx, from, out)
	switch {
	case errors.Is(err, os.ErrNotExist):
		*bad = append(*bad, from+" 缺失")
		return nil
	case err != nil && ctx.Err() == nil && troubleOf(err) != diskFull:
		*bad = append(*bad, fmt.Sprintf("%s 读写出错（%v）", from, err))
		return nil
	case err != nil:
		return err
	case n != f.Size:
		*bad = append(*bad, fmt.Sprintf("%s 的大小是 %d 字节，应为 %d 字节", from, n, f.Size))
		return nil
	case hash != f.SHA256:
		*bad = append(*bad, from+" 的内容已改变")
		return nil
	}
	return out.Sync()
}

// Finish puts the register in its place: the attachments, then by one rename the database, which makes it a register. Nothing may have it
// open any more.
func (r *Restore) Finish() (err error) {
	defer func() {
		if err != nil {
			err = explain(r.dir, err)
			r.Abandon()
		}
	}()
	db := filepath.Join(r.Work(), fileName)
	if size(db+"-wal") > 0 {
		return fmt.Errorf("the log of the restored database was not taken into it")
	}
	if err := syncFile(db); err != nil {
		return err
	}
	files := filepath.Join(r.Work(), "attachments")
	if exists(files) {
		if err := os.Rename(files, filepath.Join(r.dir, "attachments")); err != nil {
			return err
		}
	}
	if err := syncDir(r.dir); err != nil {
		return err
	}
	if err := os.Rename(db, filepath.Join(r.dir, fileName)); err != nil {
		return err
	}
	// The register is there. What follows cannot undo it, and what is left of the work is swept at the next start.
	synced := errors.Join(syncDir(r.dir), syncDir(filepath.Dir(r.dir)))
	_ = os.RemoveAll(r.Work())
	synced = errors.Join(synced, r.lock.Close())
	r.lock = nil
	return synced
}

// Abandon takes away what a restore has written so far. After Finish it does nothing.
func (r *Restore) Abandon() {
	if r.lock == nil {
		return
	}
	if !exists(filepath.Join(r.dir, fileName)) && exists(r.Work()) {
		_ = os.RemoveAll(filepath.Join(r.dir, "attachments"))
		_ = os.RemoveAll(r.Work()) // what is left is cleared by the next restore
	}
	_ = r.lock.Close()
	r.lock = nil
	if r.made && !exists(filepath.Join(r.dir, fileName)) {
		_ = os.Remove(filepath.Join(r.dir, lockName))
		_ = os.Remove(r.dir) // stays where something is in it
	}
}
