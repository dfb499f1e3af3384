package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A register that is restored or copied is put together in a folder, named for what is done, inside the one that it is for. While that is there
// and no casebook.db beside it, it has not ended, and no server starts on the folder.
const (
	restoring = ".restoring"
	copying   = ".copying"
)

// beingMade has what a person is told of such a folder: what was begun, and what to run again.
var beingMade = map[string]struct{ act, again string }{
	restoring: {"恢复", "casebook restore 备份目录 --data "},
	copying:   {"复制", "casebook copy --from 来源 --to "},
}

// unfinishedIn is the folder of an unfinished act in dir; empty where there is none.
func unfinishedIn(dir string) string {
	for _, mark := range []string{restoring, copying} {
		if exists(filepath.Join(dir, mark)) {
			return mark
		}
	}
	return ""
}

// site is a folder in which a register is put together. Who has it holds the register's lock.
type site struct {
	dir, mark string
	made      bool // dir was not there before
	keep      bool // attachments that are there stay: the server's database tells that they are of an act that did not end
	lock      *sql.DB
	address   string
	server    *serverEnd // the database that is filled; nil where it is a file in the folder
}

// takeSite takes a folder that is empty, not there, or left by an act that did not end. Where address is set the register is for that database,
// and the folder for its attachments alone.
func takeSite(ctx context.Context, dir, mark, address string, opt Options) (_ *site, err error) {
	s := &site{dir: dir, mark: mark, made: !exists(dir), keep: address != "", address: address}
	if err := s.vacant(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.Abandon()
			err = explain(dir, err)
		}
	}()
	if address != "" {
		if s.server, s.keep, err = fillServer(ctx, address, dir, strings.Join(strings.Fields(beingMade[mark].again)[:2], " "), opt); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("无法建立数据目录 %s：%w", dir, err)
	}
	if s.lock, err = registerLock(ctx, dir); err != nil {
		return nil, err
	}
	if err := s.vacant(); err != nil { // again, now that nobody else may fill it
		return nil, err
	}
	return s, s.clear()
}

// vacant refuses a folder in which anything stands but what an earlier act left unfinished.
func (s *site) vacant() error {
	list, err := os.ReadDir(s.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(s.dir, fmt.Errorf("无法读取目录 %s：%w", s.dir, err))
	}
	act := beingMade[s.mark].act
	if exists(filepath.Join(s.dir, fileName)) {
		return fmt.Errorf("目录 %s 里已有登记册，%s不会覆盖它；请指定空目录或新目录", s.dir, act)
	}
	unfinished := unfinishedIn(s.dir) != "" || s.keep
	for _, e := range list {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, lockName), name == probeName, name == restoring, name == copying, name == "lost+found":
		case name == "attachments" && unfinished, name == registerName && s.ours():
		default:
			return fmt.Errorf("目录 %s 不是空的（有“%s”），%s不会覆盖任何内容；请指定空目录或新目录", s.dir, name, act)
		}
	}
	return nil
}

// ours tells that the folder's attachments are of the register that is put together: the act before ended just before its end.
func (s *site) ours() bool {
	id, err := os.ReadFile(filepath.Join(s.dir, registerName))
	return s.keep && err == nil && (s.server == nil || strings.TrimSpace(string(id)) == s.server.register)
}

// Work is the folder in which the register can be opened and verified before it is put in its place.
func (s *site) Work() string { return filepath.Join(s.dir, s.mark) }

// clear begins anew where an earlier act was killed, and makes the folder to work in.
func (s *site) clear() error {
	if unfinishedIn(s.dir) != "" && !s.keep {
		if err := os.RemoveAll(filepath.Join(s.dir, "attachments")); err != nil {
			return err
		}
	}
	for _, mark := range []string{restoring, copying} { // the marks go last
		if err := os.RemoveAll(filepath.Join(s.dir, mark)); err != nil {
			return err
		}
	}
	if err := os.Mkdir(s.Work(), 0o750); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// Place is how the register is opened before it is finished: to be verified.
func (s *site) Place() (dir string, opt Options) {
	if s.server != nil {
		return s.dir, Options{Database: s.address, Unfinished: true, MustExist: true}
	}
	return s.Work(), Options{MustExist: true}
}

// Finish puts the register in its place: the attachments, then by one rename the database, which makes it a register. Nothing may have it
// open any more. In a server's database the mark that it is unfinished goes.
func (s *site) Finish(ctx context.Context) (err error) {
	defer func() {
		if err != nil {
			err = explain(s.dir, err)
			s.Abandon()
		}
	}()
	if s.server != nil {
		return s.finishServer(ctx)
	}
	db := filepath.Join(s.Work(), fileName)
	if size(db+"-wal") > 0 {
		return fmt.Errorf("the log of the new database was not taken into it")
	}
	if err := syncFile(db); err != nil {
		return err
	}
	files := filepath.Join(s.Work(), "attachments")
	if exists(files) {
		if err := os.Rename(files, filepath.Join(s.dir, "attachments")); err != nil {
			return err
		}
	}
	if err := syncDir(s.dir); err != nil {
		return err
	}
	if err := os.Rename(db, filepath.Join(s.dir, fileName)); err != nil {
		return err
	}
	// The register is there. What follows cannot undo it, and what is left of the work is swept at the next start.
	synced := errors.Join(syncDir(s.dir), syncDir(filepath.Dir(s.dir)))
	_ = os.RemoveAll(s.Work())
	synced = errors.Join(synced, s.lock.Close())
	s.lock = nil
	return synced
}

// finishServer: the folder's mark goes first. An act that ends between the two is known by the database's.
func (s *site) finishServer(ctx context.Context) error {
	if err := os.WriteFile(filepath.Join(s.dir, registerName), []byte(s.server.register+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.RemoveAll(s.Work()); err != nil {
		return err
	}
	if err := errors.Join(syncDir(s.dir), syncDir(filepath.Dir(s.dir))); err != nil {
		return err
	}
	if err := s.server.finish(ctx); err != nil {
		return s.server.about.explain(err)
	}
	err := errors.Join(s.server.Close(), s.lock.Close())
	s.server, s.lock = nil, nil
	return err
}

// Abandon takes away what was written so far. After Finish it does nothing. marked tells that a server's database could not be emptied, or was
// found unfinished: it stays marked, and what was begun is to be run again.
func (s *site) Abandon() (marked bool) {
	if s.server != nil {
		marked = s.abandonServer()
	}
	if s.lock == nil {
		return marked
	}
	if !exists(filepath.Join(s.dir, fileName)) && exists(s.Work()) {
		if !s.keep {
			_ = os.RemoveAll(filepath.Join(s.dir, "attachments"))
		}
		_ = os.RemoveAll(s.Work()) // what is left is cleared by the next act
	}
	_ = s.lock.Close()
	s.lock = nil
	if s.made && !exists(filepath.Join(s.dir, fileName)) {
		_ = os.Remove(filepath.Join(s.dir, lockName))
		_ = os.Remove(s.dir) // stays where something is in it
	}
	return marked
}

// abandonServer empties the database on a connection of its own: the one that was used may be in the middle of anything.
func (s *site) abandonServer() (marked bool) {
	_ = s.server.Close()
	s.server = nil
	if s.keep {
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), fillWait)
	defer cancel()
	again, err := connectEnd(ctx, s.address, s.dir)
	if err != nil {
		return true
	}
	if err = again.only(ctx); err == nil {
		err = again.empty(ctx, true)
	}
	return errors.Join(err, again.Close()) != nil
}

// fill makes the register in its place from one that is read, and compares every row.
func (s *site) fill(ctx context.Context, from end, opt CopyOptions) (digests map[string]tableDigest, err error) {
	if s.server != nil {
		if digests, err = copyTables(ctx, from, s.server, opt.toldOf("复制")); err != nil {
			return nil, s.server.about.explain(err)
		}
		if err := s.server.run(ctx, "ANALYZE"); err != nil {
			return nil, s.server.about.explain(err)
		}
		if err := s.server.snapshot(ctx); err != nil {
			return nil, s.server.about.explain(err)
		}
		err := compareTables(ctx, s.server, digests, opt.toldOf("核对"))
		err = errors.Join(err, s.server.tx.Rollback(ctx))
		s.server.tx = nil
		return digests, s.server.about.explain(err)
	}
	return fillNewFile(ctx, s.Work(), from, opt)
}

// toldOf is the progress of one act.
func (opt CopyOptions) toldOf(what string) func(table string, rows int64) {
	return func(table string, rows int64) {
		if opt.Progress != nil {
			opt.Progress(what, table, rows)
		}
	}
}

// fillNewFile makes the database of a register in dir.
func fillNewFile(ctx context.Context, dir string, from end, opt CopyOptions) (digests map[string]tableDigest, err error) {
	empty, err := Open(ctx, dir, Options{Now: opt.Now})
	if err != nil {
		return nil, err
	}
	if err := empty.Close(); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, fileName)
	f, err := fillFile(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if digests, err = copyTables(ctx, from, f, opt.toldOf("复制")); err != nil {
		return nil, err
	}
	return digests, compareTables(ctx, f, digests, opt.toldOf("核对"))
}
