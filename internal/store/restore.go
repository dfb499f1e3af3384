package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// mostNamed bounds how many damaged files a message names.
const mostNamed = 20

// Restore is a register being restored: copied and compared with its manifest, not yet in its place.
type Restore struct {
	*site
	Manifest Manifest
	From     string // the dated folder
}

// RestoreOptions say where a register is restored to beside its folder.
type RestoreOptions struct {
	Database string // the address of an empty PostgreSQL database; empty: the folder alone
	Now      time.Time
	Logger   *slog.Logger
	Progress func(what, table string, rows int64)
}

// BeginRestore copies a backup into dir, which must be empty or not there, and compares every byte with the manifest. from is a backup
// folder, of which the newest backup is taken, or one dated folder in it. It holds the register's lock until Finish or Abandon. Where opt names a
// database, the register is copied there, and dir is for its attachments.
func BeginRestore(ctx context.Context, from, dir string, opt RestoreOptions) (_ *Restore, err error) {
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
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
	at, err := takeSite(ctx, dir, restoring, opt.Database, Options{Now: opt.Now, Logger: opt.Logger})
	if err != nil {
		return nil, err
	}
	begun := &Restore{at, m, folder}
	err = begun.fetch(ctx)
	if err == nil && opt.Database != "" {
		err = begun.toServer(ctx, opt)
	}
	if err != nil {
		marked := begun.Abandon()
		err = explain(dir, err)
		switch {
		case marked:
			err = fmt.Errorf("恢复没有完成，目标数据库里留有“未完成”的标记，请重新运行：%w", err)
		case ctx.Err() != nil:
			err = fmt.Errorf("恢复被中断，没有恢复任何内容：%w", err)
		}
		return nil, err
	}
	return begun, nil
}

// toServer copies the fetched register to the database, and its attachments to where they stay.
func (r *Restore) toServer(ctx context.Context, opt RestoreOptions) (err error) {
	db, err := Open(ctx, r.Work(), Options{MustExist: true, Now: opt.Now, Logger: opt.Logger}) // brings it up to date
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	from, err := readFile(ctx, r.Work())
	if err != nil {
		return err
	}
	_, err = r.fill(ctx, from, CopyOptions{Now: opt.Now, Logger: opt.Logger, Progress: opt.Progress})
	if err = errors.Join(err, from.Close()); err != nil {
		return err
	}
	return moveFiles(r.Work(), r.dir)
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
