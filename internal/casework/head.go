package casework

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/seal"
	"casebook/internal/store"
)

// A head of the audit chain that is signed and kept elsewhere shows later whether the chain was cut short or written anew: the register alone cannot
// show that, since whoever rewrites its database rewrites all of it consistently.

// KeySource gives the key that signs. made tells that this call has made it: there was none.
type KeySource interface {
	Key() (key seal.Key, made bool, err error)
}

// SignedHead is a signed head of the chain as the register remembers it.
type SignedHead = store.SignedHead

// headKey is the key that signs.
func (s *Service) headKey() (seal.Key, error) {
	if s.key == nil {
		return seal.Key{}, registry.Conflict("没有设置签名密钥，不能签名")
	}
	key, _, err := s.key.Key()
	return key, err
}

// PublicKey is the public half of the key that signs now.
func (s *Service) PublicKey(a registry.Actor) (seal.PublicKey, error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return nil, err
	}
	key, err := s.headKey()
	if err != nil {
		return nil, err
	}
	return key.Public(), nil
}

// SignHead signs the head of the chain as it is now and remembers it.
func (s *Service) SignHead(ctx context.Context, a registry.Actor) (h SignedHead, err error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return h, err
	}
	return s.signHeadUnless(ctx, a, func(SignedHead) bool { return false })
}

// signHeadUnless signs the head unless the newest signed one, by the same key, is enough.
func (s *Service) signHeadUnless(ctx context.Context, a registry.Actor, enough func(SignedHead) bool) (h SignedHead, err error) {
	key, err := s.headKey()
	if err != nil {
		return h, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		newest, err := tx.NewestHead()
		if err != nil && registry.KindOf(err) != registry.KindNotFound {
			return err
		}
		id := key.Public().ID()
		if err == nil && newest.Head.Key == id && enough(newest) {
			h = newest
			return nil
		}
		detail := ""
		if err == nil && newest.Head.Key != id {
			detail = "，换用新密钥"
		}
		if h, err = s.headNow(tx, key); err != nil {
			return err
		}
		h.Actor, h.CreatedAt = a.Username, s.now()
		if err := tx.AddHead(&h); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: h.CreatedAt, Action: "签署链头", Entity: store.HeadEntity, EntityID: h.ID, Version: 1,
			Detail: fmt.Sprintf("第 %d 条，密钥 %s%s", h.Head.Seq, id, detail)}, h)
	})
	return h, err
}

func (s *Service) headNow(tx *store.Tx, key seal.Key) (h SignedHead, err error) {
	seq, _, err := tx.AuditHead()
	if err != nil {
		return h, err
	}
	if seq == 0 {
		return h, registry.Conflict("登记册里还没有任何记录，没有链头可签")
	}
	at, err := tx.EntryAt(seq)
	if err != nil {
		return h, err
	}
	h.Head = seal.Head{Name: s.Bureau().Name, Position: registry.Position{Seq: at.Seq, Hash: at.Hash, At: seal.Instant(at.At)}, SignedAt: seal.Instant(s.now())}
	if h.Head.Register, err = tx.RegisterID(); err != nil {
		return h, err
	}
	return h, h.Head.Sign(key)
}

// ownKey is the key that signs, after a head says that it is the register's: what it signs can be checked even where the key is lost.
func (s *Service) ownKey(ctx context.Context, a registry.Actor) (seal.Key, error) {
	if _, err := s.signHeadUnless(ctx, a, func(SignedHead) bool { return true }); err != nil {
		return seal.Key{}, err
	}
	return s.headKey()
}

// Heads lists the signed heads with numbers below before, newest first; 0 begins at the newest.
func (s *Service) Heads(ctx context.Context, a registry.Actor, before int64, limit int) (list []SignedHead, err error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		list, err = tx.Heads(before, limit)
		return err
	})
	return list, err
}

// headWords are the newest signed head of before an entry, as papers print it; empty where there is none.
func headWords(tx *store.Tx, before int64) (string, error) {
	return wordsOfHead(tx.HeadBefore(before))
}

func wordsOfHead(h SignedHead, err error) (string, error) {
	if registry.KindOf(err) == registry.KindNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("第 %d 条 %.16s 密钥 %s", h.Head.Seq, h.Head.Hash, h.Head.Key), nil
}

// headAtApproval are the signed head that was the newest when a bulletin was approved, whenever its paper is made; empty of a draft.
func headAtApproval(tx *store.Tx, x *registry.Bulletin) (string, error) {
	if x.ApprovedAt == nil {
		return "", nil
	}
	return wordsOfHead(tx.HeadAt(*x.ApprovedAt))
}

const (
	signEvery = time.Hour   // how often it is looked whether today's head is signed
	signAgain = time.Minute // and after a failure
)

// daily is who signs without being asked.
var daily = registry.Actor{Username: "系统:每日签名", DisplayName: "系统:每日签名", Role: registry.RoleSystem}

// SignDaily signs the head once a day and writes it into a folder, until ctx ends. It runs beside the requests of a server.
func (s *Service) SignDaily(ctx context.Context, dir string) {
	for {
		wait := signEvery
		if err := s.signToday(ctx, dir); err != nil && ctx.Err() == nil {
			s.log.LogAttrs(ctx, slog.LevelError, "sign the head of the audit chain", slog.String("error", err.Error()))
			wait = signAgain
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (s *Service) signToday(ctx context.Context, dir string) error {
	if err := s.db.Writable(ctx); err != nil {
		return err
	}
	today := s.Today()
	h, err := s.signHeadUnless(ctx, daily, func(newest SignedHead) bool { return registry.DateOf(newest.CreatedAt) == today })
	if registry.KindOf(err) == registry.KindConflict { // nothing was written yet
		return nil
	}
	if err != nil {
		return err
	}
	return WriteHead(dir, h)
}

// HeadFile is what the file of a signed head is called: head-20261129-1234.json.
func HeadFile(h SignedHead) string {
	return fmt.Sprintf("head-%s-%d.json", strings.ReplaceAll(registry.DateOf(h.CreatedAt).String(), "-", ""), h.Head.Seq)
}

// WriteHead writes the file of a signed head into a folder, unless it is there.
func WriteHead(dir string, h SignedHead) (err error) {
	path := filepath.Join(dir, HeadFile(h))
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	text, err := seal.Text(h.Head)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	tmp := path + ".partial"
	if err := os.WriteFile(tmp, text, 0o644); err != nil { //nolint:gosec // it holds nothing secret and is handed on
		return err
	}
	return os.Rename(tmp, path)
}

// HeadVerdict is what an old head says of today's chain.
type HeadVerdict struct {
	Head    seal.Head
	Signed  bool   // the signature is right for the key that the file names
	Known   string // how the register knows that key; empty where it does not
	Newest  int64  // the number of the newest entry today
	Hash    string // of the entry with the head's number today; empty where there is none
	Same    bool   // register: its chain begins as that of the head
	Broken  int64  // the first entry after the head that does not follow from the one before; 0 where all do
	Covered int64  // entries after the head that were looked at
}

// OK tells whether the head was signed by a key of this register and today's chain goes on from it.
func (v *HeadVerdict) OK() bool {
	return v.Signed && v.Known != "" && v.Hash == v.Head.Hash && v.Broken == 0
}

// Findings are the verdict in sentences.
func (v *HeadVerdict) Findings() (list []string) {
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	h := &v.Head
	switch {
	case !v.Signed:
		add("签名无效：文件的内容与签名不符（密钥 %s），不能作为证据。", h.Key)
	case v.Known == "":
		add("签名与文件里的公钥相符，但这把密钥（%s）不是本登记册用过的：文件可能是别人签的。有当初留存的公钥，请用它核对。", h.Key)
	default:
		add("签名有效：密钥 %s，%s。", h.Key, v.Known)
	}
	switch {
	case v.Hash == h.Hash && v.Broken != 0:
		add("第 %d 条还在、摘要相同，但之后第 %d 条接不上前一条：审计链在此被改动。", h.Seq, v.Broken)
	case v.Hash == h.Hash:
		add("今天的审计链从它接下来：第 %d 条的摘要相同，其后的 %d 条逐条首尾相连。", h.Seq, v.Covered)
	case !v.Same:
		add("审计链的第一条就不同：这是别的登记册的链头，或者整条链被重新写过。")
	case v.Hash == "":
		add("审计链被截短：这个链头是第 %d 条，今天只到第 %d 条，末尾少了至少 %d 条。", h.Seq, v.Newest, h.Seq-v.Newest)
	default:
		add("审计链被重新写过：第 %d 条当时的摘要是 %.16s…，今天是 %.16s…。", h.Seq, h.Hash, v.Hash)
	}
	return list
}

// CheckHead holds today's chain to an old head. given is a public key that was kept outside, which then is the one that counts; nil: those that
// the register knows.
func (s *Service) CheckHead(ctx context.Context, a registry.Actor, h seal.Head, given seal.PublicKey) (v HeadVerdict, err error) {
	v.Head = h
	var key seal.PublicKey
	key, v.Signed = v.Head.Check()
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		if v.Known, err = s.knownKey(tx, key, given); err != nil {
			return err
		}
		if v.Newest, _, err = tx.AuditHead(); err != nil {
			return err
		}
		id, err := tx.RegisterID()
		if err != nil {
			return err
		}
		v.Same = id == h.Register
		if v.Hash, err = tx.HashAt(h.Seq); err != nil || v.Hash != h.Hash {
			return err
		}
		v.Covered, v.Broken, err = tx.FollowChain(h.Seq)
		return err
	})
	return v, err
}

// knownKey says how the register knows a public key: by the file of the key that signs now, or as one that signed before.
func (s *Service) knownKey(tx *store.Tx, key, given seal.PublicKey) (string, error) {
	switch {
	case key == nil:
		return "", nil
	case given != nil && given.String() == key.String():
		return "与给出的公钥相同", nil
	case given != nil:
		return "", nil
	}
	if s.key != nil {
		if own, _, err := s.key.Key(); err == nil && own.Public().String() == key.String() {
			return "是本登记册现在的密钥", nil
		}
	}
	first, err := tx.HeadOfKey(key.ID())
	if registry.KindOf(err) == registry.KindNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if first.Head.PublicKey != key.String() {
		return "", nil
	}
	return "据登记册自己的记载，是 " + registry.DateOf(first.CreatedAt).String() + " 启用的密钥", nil
}

// SealVerdict is what is to be said of the seal of an export.
type SealVerdict struct {
	Signed bool
	Known  string
}

// CheckSeal tells whose the signature of a seal is.
func (s *Service) CheckSeal(ctx context.Context, a registry.Actor, e *seal.Export, given seal.PublicKey) (v SealVerdict, err error) {
	var key seal.PublicKey
	key, v.Signed = e.Check()
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		v.Known, err = s.knownKey(tx, key, given)
		return err
	})
	return v, err
}

// RegisterID tells this register from another.
func (s *Service) RegisterID(ctx context.Context, a registry.Actor) (id string, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		id, err = tx.RegisterID()
		return err
	})
	return id, err
}
