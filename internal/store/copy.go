package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// CopyOptions say what is copied where. A side is a data folder with an SQLite register, or the address of a PostgreSQL database with the
// folder of its attachments.
type CopyOptions struct {
	From, FromFiles, To, ToFiles string

	Now    time.Time
	Logger *slog.Logger
	// Progress is told what is being done with how many rows of a table.
	Progress func(what, table string, rows int64)
}

// Copy is a register that was copied and compared row by row, not yet in its place.
type Copy struct {
	*site
	Tables       int
	Rows         int64
	Audit        AuditMark
	Copied, Kept int      // attachments
	Missing      []string // attachments that the source has no longer
}

// isServer tells a database's address from a folder.
func isServer(side string) bool {
	return strings.Contains(side, "://")
}

// source is an end that is only read.
type source interface {
	end
	io.Closer
}

// openSource opens a side to be read at one moment, and says in which folder its attachments are.
func openSource(ctx context.Context, side, files string) (source, string, error) {
	if isServer(side) {
		if err := serverDir(files); err != nil {
			return nil, "", err
		}
		s, err := readServer(ctx, side, files)
		if err != nil {
			return nil, "", err
		}
		return s, files, nil
	}
	f, err := readFile(ctx, side)
	if err != nil {
		return nil, "", err
	}
	return f, side, nil
}

// BeginCopy copies a register to an empty place, of whichever engine, beside the servers of the source: the rows of one moment, then the files
// that they name. It compares every row with the source. The source is only read, and nothing of the register is changed by moving it: the
// target's audit chain ends where the source's does, so a copy writes no entry of its own.
//
// Until Finish the target is marked as unfinished, and nothing opens it but for Place.
func BeginCopy(ctx context.Context, opt CopyOptions) (_ *Copy, err error) {
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	from, fromFiles, err := openSource(ctx, opt.From, opt.FromFiles)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, address := opt.To, ""
	if isServer(opt.To) {
		to, address = opt.ToFiles, opt.To
	}
	if address != "" {
		if err := serverDir(to); err != nil {
			return nil, err
		}
	}
	if err := apart(fromFiles, to); err != nil {
		return nil, fmt.Errorf("来源和目标的目录要分开：%w", err)
	}
	at, err := takeSite(ctx, to, copying, address, Options{Now: opt.Now, Logger: opt.Logger})
	if err != nil {
		return nil, err
	}
	c := &Copy{site: at}
	defer func() {
		if err == nil {
			return
		}
		err = explain(to, err)
		if ctx.Err() != nil {
			err = fmt.Errorf("复制被中断：%w", err)
		}
		words := "目标没有留下任何内容"
		if at.Abandon() {
			words = "目标数据库里留有“未完成”的标记，不能使用；请重新运行同一命令"
		}
		err = fmt.Errorf("%w。%s", err, words)
	}()
	digests, err := at.fill(ctx, from, opt)
	if err != nil {
		return nil, err
	}
	c.Tables = len(digests)
	for _, d := range digests {
		c.Rows += d.rows
	}
	if c.Audit, err = auditMark(ctx, from); err != nil {
		return nil, err
	}
	files, err := filesOf(ctx, from)
	if err != nil {
		return nil, err
	}
	root := to
	if address == "" {
		root = at.Work()
	}
	bring := fileCopy{dir: fromFiles, root: root}
	if _, err := bring.attachments(ctx, files); err != nil {
		return nil, err
	}
	c.Copied, c.Kept, c.Missing = bring.copied, bring.kept, bring.missing
	return c, nil
}

// questioned calls take for the rows of a question to an end.
func questioned(ctx context.Context, from end, take func(row []any) error, query string, args ...any) (err error) {
	rows, err := from.rows(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = take(row)
		}
		if err != nil {
			return err
		}
	}
}

// auditMark is where the audit chain of a register ends.
func auditMark(ctx context.Context, from end) (m AuditMark, err error) {
	return m, questioned(ctx, from, func(row []any) error {
		m.Seq, _ = row[0].(int64)
		switch hash := row[1].(type) {
		case string:
			m.Hash = hash
		case []byte:
			m.Hash = hex.EncodeToString(hash)
		}
		return nil
	}, "SELECT seq, hash FROM audit_head WHERE chain_id = $1", chainID)
}

// filesOf are the attachments that a register names.
func filesOf(ctx context.Context, from end) (files []FileMark, err error) {
	return files, questioned(ctx, from, func(row []any) error {
		hash, _ := row[0].(string)
		size, _ := row[1].(int64)
		if !isHash(hash) {
			return fmt.Errorf("附件记录的摘要“%v”不成样子", row[0])
		}
		files = append(files, FileMark{Path: attachmentPath(hash), Size: size, SHA256: hash})
		return nil
	}, "SELECT DISTINCT sha256, size FROM attachments ORDER BY sha256")
}

// moveFiles moves the attachments of a folder to another on the same disk.
func moveFiles(from, to string) error {
	old := filepath.Join(from, "attachments")
	if !exists(old) {
		return nil
	}
	folders, err := os.ReadDir(old)
	if err != nil {
		return err
	}
	for _, d := range folders {
		target := filepath.Join(to, "attachments", d.Name())
		if err := os.MkdirAll(target, 0o750); err != nil {
			return err
		}
		files, err := os.ReadDir(filepath.Join(old, d.Name()))
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := os.Rename(filepath.Join(old, d.Name(), f.Name()), filepath.Join(target, f.Name())); err != nil {
				return err
			}
		}
		if err := syncDir(target); err != nil {
			return err
		}
	}
	return errors.Join(syncDir(filepath.Join(to, "attachments")), syncDir(to))
}
