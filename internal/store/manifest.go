package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// A backup folder holds any number of backups:
//
//	attachments/ab/abcdef…    the files of all of them, each once, named by the SHA-256 of its content
//	20261129-093658/          one backup, named by its time in Shanghai: casebook.db and manifest.json
//	backup.lock               empty; held while a backup is being made
//
// A dated folder appears by one rename when everything in it, and every file that it names, is on disk: there are no half backups.

const (
	manifestName   = "manifest.json"
	manifestFormat = 1
	engineSQLite   = "sqlite" // of the file, whichever engine it was made of
	backupLock     = "backup.lock"
	partialPrefix  = ".partial-"
	incoming       = "incoming-"
)

var backupName = regexp.MustCompile(`^\d{8}-\d{6}(-\d\d)?$`)

// Manifest says what a backup holds. It ends with the hash of its own text, so that a change of any byte of it is found too.
type Manifest struct {
	Format      int              `json:"format"`
	Engine      string           `json:"engine"`
	Program     string           `json:"program"`
	Schema      int64            `json:"schema"`
	MadeAt      time.Time        `json:"made_at"`
	Counts      map[string]int64 `json:"counts"` // rows by table
	Audit       AuditMark        `json:"audit_head"`
	Database    FileMark         `json:"database"`
	Attachments []FileMark       `json:"attachments"`
	// Missing are attachments that the register had no longer, or not with the content it had recorded: damage from before the backup.
	Missing []string `json:"missing,omitempty"`
}

// AuditMark is the head of the audit chain: what a register restored from here must end with.
type AuditMark struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	At   string `json:"at"`
}

// FileMark is one file of a backup. Path is from the backup folder, with slashes; that of the database from the backup's own.
type FileMark struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func attachmentPath(hash string) string { return "attachments/" + hash[:2] + "/" + hash }

// bytes is the manifest as it is written: its last member is the hash of all text before it.
func (m Manifest) bytes() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return nil, err
	}
	return sealManifest(bytes.TrimSuffix(b, []byte("\n}"))), nil
}

func sealManifest(text []byte) []byte {
	sum := sha256.Sum256(text)
	return fmt.Appendf(slices.Clone(text), sealed, hex.EncodeToString(sum[:]))
}

const (
	sealed    = ",\n \"manifest_sha256\": \"%s\"\n}\n"
	sealedLen = len(sealed) - len("%s") + 2*sha256.Size
)

// readManifest reads and checks the manifest of the backup in a dated folder.
func readManifest(folder string) (m Manifest, err error) {
	path := filepath.Join(folder, manifestName)
	b, err := os.ReadFile(path) //nolint:gosec // of the folder that was named
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("备份 %s 里没有 %s，不完整", folder, manifestName)
	}
	if err != nil {
		return m, explain(folder, err)
	}
	if len(b) < sealedLen || !bytes.Equal(b, sealManifest(b[:len(b)-sealedLen])) {
		return m, fmt.Errorf("备份清单 %s 已损坏：内容与其摘要不符", path)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("备份清单 %s 已损坏：%w", path, err)
	}
	switch {
	case m.Format > manifestFormat:
		return m, fmt.Errorf("备份 %s 由较新的 casebook 制作（格式第 %d 版，本程序只认到第 %d 版）；请换用新版程序", folder, m.Format, manifestFormat)
	case m.Engine != engineSQLite:
		return m, fmt.Errorf("备份 %s 的数据库是 %s，本程序只能恢复 %s", folder, m.Engine, engineSQLite)
	}
	return m, nil
}

// backupsIn lists the finished backups of a backup folder, oldest first.
func backupsIn(root string) (names []string, err error) {
	list, err := os.ReadDir(root)
	for _, e := range list {
		if e.IsDir() && backupName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// leanSchema is the schema in which history was made small.
const leanSchema = 33

// counted are the tables whose rows a manifest counts.
var counted = []string{"farms", "parties", "inspections", "samples", "cases", "violations", "documents", "penalties", "payments", "evidence",
	"bulletins", "attachments", "users", "statute_texts", "law_texts", "revisions", "audit_log"}

// facts fills in what a database file at rest says of itself, and lists the attachments that it names. Nothing else may have it open.
func (m *Manifest) facts(ctx context.Context, path string) (files []FileMark, err error) {
	db, err := sql.Open("sqlite", fileURI(path, "mode=ro", "_pragma=query_only(1)"))
	if err != nil {
		return nil, err
	}
	h := newHandle(inSQLite{}, db, false, 1, nil)
	defer func() { err = errors.Join(err, h.Close()) }()
	m.Counts = map[string]int64{}
	return files, run(ctx, h, func(tx *Tx) error {
		if err := tx.one([]any{&m.Schema}, "SELECT MAX(version_id) FROM goose_db_version WHERE is_applied"); err != nil {
			return err
		}
		for _, table := range counted {
			var n int64
			if err := tx.one([]any{&n}, "SELECT COUNT(*) FROM "+table); err != nil {
				return err
			}
			m.Counts[table] = n
		}
		head := "SELECT at FROM audit_log WHERE seq = $1"
		if m.Schema < leanSchema { // when the chain's number led the key
			head += " AND chain_id = 1"
		}
		if m.Audit.Seq, m.Audit.Hash, err = tx.AuditHead(); err != nil {
			return err
		}
		var at time.Time
		if err := tx.one([]any{instant{&at}}, head, m.Audit.Seq); err == nil {
			m.Audit.At = instantText(at)
		} else if !noRows(err) {
			return err
		}
		return tx.each(func(rows *sql.Rows) error {
			var f FileMark
			err := rows.Scan(&f.SHA256, &f.Size)
			if err == nil && !isHash(f.SHA256) {
				err = fmt.Errorf("附件记录的摘要“%s”不成样子", f.SHA256)
			}
			if err == nil {
				f.Path = attachmentPath(f.SHA256)
				files = append(files, f)
			}
			return err
		}, "SELECT DISTINCT sha256, size FROM attachments ORDER BY sha256")
	})
}

// wholeFile asks SQLite whether a database file at rest is sound: structure, indexes, values.
func wholeFile(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", fileURI(path, "mode=ro", "_pragma=query_only(1)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return checkedBy(ctx, db, "PRAGMA integrity_check(1)")
}

// same tells where the facts of a database differ from those that a manifest names; empty where they do not.
func (m *Manifest) same(have *Manifest) string {
	if m.Schema != have.Schema {
		return fmt.Sprintf("结构应为第 %d 版，实为第 %d 版", m.Schema, have.Schema)
	}
	if m.Audit != have.Audit {
		return fmt.Sprintf("审计链末尾应为第 %d 条 %.12s，实为第 %d 条 %.12s", m.Audit.Seq, m.Audit.Hash, have.Audit.Seq, have.Audit.Hash)
	}
	for table, n := range m.Counts {
		if got, known := have.Counts[table]; known && got != n {
			return fmt.Sprintf("表 %s 应有 %d 行，实有 %d 行", table, n, got)
		}
	}
	return ""
}
