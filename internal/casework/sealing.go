package casework

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/seal"
	"casebook/internal/store"
)

// Every file that leaves the register as an export is sealed: a record says what was asked, of which state of the register, what came out and the
// file's hash. The file holds neither the record's number nor who asked and when: the same request of the same state gives the same bytes.

// sealing is an export that is being made.
type sealing struct {
	s      *Service
	a      registry.Actor
	record *registry.ExportRecord
	out    io.Writer
	hash   hash.Hash
}

// beginExport keeps the record of an export that begins.
func (s *Service) beginExport(ctx context.Context, a registry.Actor, x Export, kind string, words []string, record *registry.ExportRecord) (*sealing, error) {
	request, err := requestOf(x)
	if err != nil {
		return nil, err
	}
	now := s.now()
	*record = registry.ExportRecord{Year: now.In(registry.Shanghai).Year(), Kind: kind, Format: cmp.Or(x.Format, "xlsx"), Request: request, Filters: append([]string{}, words...),
		State: registry.ExportBegun, BegunAt: now, Actor: a.Username}
	if len(s.ownWords(a)) > 0 {
		record.Branch = a.Branch.DistrictCode
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		if err := tx.AddExport(record); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: now, Action: "导出", Entity: store.ExportEntity, EntityID: int64(record.ID), Version: 1,
			Detail: record.Kind + " " + strings.Join(words, "；")}, record)
	})
	return &sealing{s: s, a: a, record: record}, err
}

// claim notes of which state of the register the export is, and has the file say so.
func (e *sealing) claim(tx *store.Tx, at store.Position, info *report.LedgerInfo) error {
	id, err := tx.RegisterID()
	if err != nil {
		return err
	}
	r := e.record
	r.Position = registry.Position{Seq: at.Seq, Hash: at.Hash, At: seal.Instant(at.At)}
	info.Claim = &seal.Claim{Register: id, Kind: r.Kind, Request: r.Request, Filters: r.Filters, Branch: r.Branch, Position: r.Position}
	info.SignedHead, err = headWords(tx, at.Seq)
	return err
}

// to is out, with what is written there hashed.
func (e *sealing) to(out io.Writer) io.Writer {
	e.out, e.hash, e.record.Size = out, sha256.New(), 0
	return e
}

func (e *sealing) Write(p []byte) (int, error) {
	n, err := e.out.Write(p)
	_, _ = e.hash.Write(p[:n]) // never fails
	e.record.Size += int64(n)
	return n, err
}

// holds notes what came out.
func (e *sealing) holds(sum *report.Summary) {
	if sum != nil {
		e.record.Rows, e.record.Sums = sum.RowCounts(), sum.Sums()
	}
}

// endPatience is how long the end of an export may take to be noted, also where whoever asked for it has gone.
const endPatience = 10 * time.Second

// end notes how the export ended. One that failed has no hash: whatever was written of it is no export.
func (e *sealing) end(ctx context.Context, failed error) error {
	r, action := e.record, "导出完成"
	r.State, r.EndedAt = registry.ExportDone, e.s.now()
	if failed == nil {
		r.SHA256 = hex.EncodeToString(e.hash.Sum(nil))
	} else {
		action = "导出失败"
		r.State, r.Trouble = registry.ExportFailed, why(ctx, failed)
		r.Rows, r.Sums, r.Size = nil, nil, 0
	}
	detail := strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Number(), r.SHA256, r.Trouble))
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endPatience)
	defer cancel()
	version := r.Version
	err := e.s.write(ctx, e.a, func(tx *store.Tx) error {
		r.Version = version
		if err := tx.EndExport(r); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: e.a, At: r.EndedAt, Action: action, Entity: store.ExportEntity, EntityID: int64(r.ID), Version: r.Version, Detail: detail}, r)
	})
	if failed != nil {
		if err != nil {
			e.s.log.LogAttrs(ctx, slog.LevelError, "note that an export failed", slog.String("export", r.Number()), slog.String("error", err.Error()))
		}
		return failed
	}
	return err
}

// why says in a few words why an export failed.
func why(ctx context.Context, err error) string {
	var said *registry.Error
	switch cause := context.Cause(ctx); {
	case errors.As(cause, &said):
		return said.Message
	case cause != nil:
		return "没有下载完：连接中断或超过时限"
	}
	return clipText(err.Error(), 200)
}

// requestOf is a request as data: its fields that say something, by their names. What a search knows of who asks is not part of it.
func requestOf(x Export) (json.RawMessage, error) {
	x.Cases.Q = withoutNumbers(x.Cases.Q)
	x.Cases.Asking = store.Asking{}
	return json.Marshal(said(reflect.ValueOf(x)))
}

func said(v reflect.Value) any {
	if _, own := v.Interface().(json.Marshaler); own || v.Kind() != reflect.Struct {
		return v.Interface()
	}
	fields := map[string]any{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.IsExported() && f.Type.Kind() != reflect.Func && !v.Field(i).IsZero() {
			fields[f.Name] = said(v.Field(i))
		}
	}
	return fields
}

// ExportOf is the request of a record or a claim. masked tells that it searched for a number of a person, which is not kept: it cannot be asked again.
func ExportOf(request json.RawMessage) (x Export, masked bool, err error) {
	if err := json.Unmarshal(request, &x); err != nil {
		return x, false, fmt.Errorf("read what was asked of an export: %w", err)
	}
	return x, strings.Contains(x.Cases.Q, "*"), nil
}

// ExportFilter selects records of exports.
type ExportFilter = store.ExportFilter

// Exports lists the records of exports, newest first.
func (s *Service) Exports(ctx context.Context, a registry.Actor, f ExportFilter, p Page) (list []registry.ExportRecord, next string, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		list, next, err = tx.Exports(f, p)
		return err
	})
	return list, next, err
}

// ExportSeal is the seal of a finished export, signed: for who exported it, and for who audits.
func (s *Service) ExportSeal(ctx context.Context, a registry.Actor, id registry.ExportID) (x seal.Export, err error) {
	perm := registry.PermAuditRead
	if !a.Role.Can(perm) {
		perm = registry.PermExport
	}
	if err := a.May(perm); err != nil {
		return x, err
	}
	key, err := s.ownKey(ctx, a)
	if err != nil {
		return x, err
	}
	err = s.read(ctx, a, perm, func(tx *store.Tx) error {
		r, err := tx.ExportRecord(id)
		if err != nil {
			return err
		}
		if perm == registry.PermExport && r.Actor != a.Username {
			return registry.NotFound("导出记录", id)
		}
		if r.State != registry.ExportDone {
			return registry.Conflict("导出 %s 没有完成，没有文件可以封签", r.Number())
		}
		register, err := tx.RegisterID()
		if err != nil {
			return err
		}
		x = seal.Export{Claim: seal.Claim{Register: register, Kind: r.Kind, Request: r.Request, Filters: r.Filters, Branch: r.Branch, Position: r.Position, Rows: r.Rows, Sums: r.Sums},
			Name: s.Bureau().Name, Number: r.Number(), File: r.Format, SHA256: r.SHA256, Size: r.Size}
		return x.Sign(key)
	})
	return x, err
}

// OurFile is what the register knows of a file by its hash.
type OurFile struct {
	Exports     []registry.ExportRecord // that gave it out, the first first
	Attachments []registry.Attachment   // as which it is kept: also the papers of bulletins
}

// Ours tells whether anything was found.
func (f *OurFile) Ours() bool { return len(f.Exports)+len(f.Attachments) > 0 }

// mostOfFile is how many records of one file are told.
const mostOfFile = 20

// FileByHash looks for a file by its SHA-256 among the exports and the kept files.
func (s *Service) FileByHash(ctx context.Context, a registry.Actor, sha256 string) (f OurFile, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		if f.Exports, err = tx.ExportsOfFile(sha256, mostOfFile); err != nil {
			return err
		}
		f.Attachments, err = tx.AttachmentsOfFile(sha256, mostOfFile)
		return err
	})
	return f, err
}

// Again makes an export anew without a record of it: for who audits, to compare a file with. original makes it of the state that the claim names, from the
// histories where the register has changed since; else it is made as the register is now. same tells that the register has not changed since.
// Of a draw the results are always today's; of a reconciliation the other system's table is not kept, and it cannot be made.
func (s *Service) Again(ctx context.Context, a registry.Actor, c seal.Claim, original bool, out io.Writer, write Writers) (same bool, err error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return false, err
	}
	x, masked, err := ExportOf(c.Request)
	if err != nil || masked {
		return false, registry.Invalid("file", "这次导出的条件里有证件号一类的号码，登记册没有留存，不能重做来比较")
	}
	switch {
	case x.Table != "":
		return false, registry.Invalid("file", "对方的表不留在登记册里，对账不能照原样重做；要知道今天的差异，请重新上传对方的表核对")
	case x.Brief != nil:
		return false, registry.Invalid("file", "简报是排好版的文件，不能逐行比较；原件凭整个文件的摘要核对，要知道今天的数字，请另导出一份")
	case x.Draw != 0:
		return s.drawAgain(ctx, a, c, x.Draw, out, write.Listing)
	case x.Span != nil:
		err = s.CheckDifference(x, *x.Span)
	default:
		err = s.checkExport(x)
	}
	if err != nil {
		return false, err
	}
	form, err := s.ExportForm(ctx, a, x)
	if err != nil {
		return false, err
	}
	words := s.filterWords(x.Cases)
	if c.Branch != "" {
		d, ok := s.Bureau().District(c.Branch)
		if !ok || a.Branch != nil && a.Branch.DistrictCode != c.Branch {
			return false, registry.Forbidden("这份导出只含一个分局（%s）的记录，不能由您重做", c.Branch)
		}
		a.Branch = &registry.Branch{Name: d.Branch, DistrictCode: d.Code}
		words = append([]string{"范围：" + a.Branch.Name}, words...)
	}
	x.Cases.Asking = s.asking(a)
	done, err := s.whole(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if c.Branch != "" {
			tx.Narrow(a.Branch)
		}
		if original {
			if x, err = s.originally(tx, x, c.Position); err != nil {
				return err
			}
		}
		made := &sealing{s: s, a: a, record: &registry.ExportRecord{Kind: c.Kind, Request: c.Request, Filters: append([]string{}, c.Filters...), Branch: c.Branch}}
		if x.Span != nil {
			_, err := s.difference(tx, x, made, words, func(d report.Difference) (*report.DifferenceSums, error) { return write.Difference(out, d) })
			same = x.At == 0 && made.record.Position == c.Position
			return err
		}
		r, err := s.reading(tx, x)
		if err != nil {
			return err
		}
		same = x.At == 0 && r.at.Seq == c.Position.Seq && r.at.Hash == c.Position.Hash
		l, err := s.ledgerOf(r, x, &form, words)
		if err != nil {
			return err
		}
		if err := made.claim(tx, r.at, &l.Info); err != nil {
			return err
		}
		_, err = write.Ledger(out, l)
		return err
	})
	return same, err
}

// originally has an export read the register as it was at a position of the chain, unless it would read that anyway: the register has not changed since, a
// day's end and a closed month stay what they are. A position that the chain has not is refused.
func (s *Service) originally(tx *store.Tx, x Export, at registry.Position) (Export, error) {
	if hash, err := tx.HashAt(at.Seq); err != nil || hash == "" || hash != at.Hash {
		return x, cmp.Or(err, registry.Invalid("file", "审计链第 %d 条不是文件所说的那一条：文件自称的数据位置与本登记册不符", at.Seq))
	}
	read := s.reading
	if x.Span != nil {
		read = func(tx *store.Tx, x Export) (*reading, error) { return s.readingTo(tx, x, *x.Span) }
	}
	r, err := read(tx, x)
	if err == nil && r.at.Seq != at.Seq && x.AsOf.IsZero() && (x.Span == nil || x.Span.To.IsZero()) {
		x.At = at.Seq
	}
	return x, err
}
