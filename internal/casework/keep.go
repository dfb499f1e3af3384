package casework

import (
	"context"
	"fmt"
	"io"
	"iter"
	"mime"
	"path"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// AddOrgan, ChangeOrgan, AddOfficer, ChangeOfficer and AddCampaign keep what the administrator keeps.

// AddOrgan adds a unit.
func (s *Service) AddOrgan(ctx context.Context, a registry.Actor, x *registry.Organ) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Organs, x)
}

// ChangeOrgan stores an edited unit. A unit is made inactive, never removed: old cases name it.
func (s *Service) ChangeOrgan(ctx context.Context, a registry.Actor, x *registry.Organ) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Organs, x)
}

// Organs lists all units.
func (s *Service) Organs(ctx context.Context, a registry.Actor) (list []registry.Organ, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		list, err = store.Organs.List(tx, "ORDER BY CASE kind WHEN '市局' THEN 0 WHEN '分局' THEN 1 ELSE 2 END, district_code, id LIMIT 500")
		return err
	})
	return list, err
}

// Organ reads a unit.
func (s *Service) Organ(ctx context.Context, a registry.Actor, id registry.OrganID) (registry.Organ, error) {
	return get(ctx, s, a, registry.PermSelf, store.Organs, int64(id))
}

// AddOfficer adds an officer with a certificate.
func (s *Service) AddOfficer(ctx context.Context, a registry.Actor, x *registry.Officer) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Officers, x, refExists(store.Organs, "organ_id", x.OrganID))
}

// ChangeOfficer stores an edited officer.
func (s *Service) ChangeOfficer(ctx context.Context, a registry.Actor, x *registry.Officer) error {
	return change(ctx, s, act{actor: a, perm: registry.PermAdmin}, store.Officers, x, refExists(store.Organs, "organ_id", x.OrganID))
}

// Officers lists all officers.
func (s *Service) Officers(ctx context.Context, a registry.Actor) (list []registry.Officer, err error) {
	err = s.read(ctx, a, registry.PermSelf, func(tx *store.Tx) error {
		list, err = store.Officers.List(tx, "ORDER BY organ_id, name, id LIMIT 2000")
		return err
	})
	return list, err
}

// Officer reads an officer.
func (s *Service) Officer(ctx context.Context, a registry.Actor, id registry.OfficerID) (registry.Officer, error) {
	return get(ctx, s, a, registry.PermSelf, store.Officers, int64(id))
}

// AddCampaign adds a 专项行动.
func (s *Service) AddCampaign(ctx context.Context, a registry.Actor, x *registry.Campaign) (repeated bool, err error) {
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite}, store.Campaigns, x)
}

// Campaigns lists all campaigns, newest first.
func (s *Service) Campaigns(ctx context.Context, a registry.Actor) (list []registry.Campaign, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list, err = store.Campaigns.List(tx, "ORDER BY year DESC, id DESC LIMIT 500")
		return err
	})
	return list, err
}

// Audit lists audit entries, newest first.
func (s *Service) Audit(ctx context.Context, a registry.Actor, f store.AuditFilter) (list []registry.AuditEntry, err error) {
	err = s.read(ctx, a, registry.PermAuditRead, func(tx *store.Tx) error {
		list, err = tx.AuditEntries(f)
		return err
	})
	return list, err
}

// Verify checks the whole register; nothing is written.
func (s *Service) Verify(ctx context.Context, a registry.Actor) (store.VerifyReport, error) {
	if err := a.May(registry.PermAuditRead); err != nil {
		return store.VerifyReport{}, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	defer done()
	due, err := s.verifiableDue(ctx)
	if err != nil {
		return store.VerifyReport{}, err
	}
	r, err := s.db.Verify(ctx, statute.TextHash, due)
	if err != nil {
		return r, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		texts, checks, err := storedLaws(tx)
		if err != nil {
			return err
		}
		_, broken := s.laws.With(texts, checks)
		for _, b := range broken {
			r.Defects = append(r.Defects, fmt.Sprintf("录入的法规文本 %s/%s 第 %d 次录入不能使用：%s", b.LawID, b.VersionID, b.Revision, b.Why))
		}
		return nil
	})
	return r, err
}

// LedgerFilter selects what a ledger holds.
type LedgerFilter = store.CaseFilter

// batch is how many whole cases are in memory at a time during an export.
const batch = 200

// Ledger opens one read snapshot, so that every sheet agrees, and hands write the cases one by one. The export and its filter
// go into the audit log first: an export that fails half-way was still begun.
func (s *Service) Ledger(ctx context.Context, a registry.Actor, f LedgerFilter, write func(info report.LedgerInfo, o report.LedgerOptions, cases iter.Seq2[*registry.CaseFile, error]) error) error {
	if err := a.May(registry.PermExport); err != nil {
		return err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer done()
	now := s.now()
	words := s.filterWords(f)
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: now, Action: "导出", Entity: "ledger", Detail: "台账 " + strings.Join(words, "；")}, nil)
	}); err != nil {
		return err
	}
	return s.db.Read(ctx, func(tx *store.Tx) error {
		_, hash, err := tx.AuditHead()
		if err != nil {
			return err
		}
		demo, err := tx.Setting(settingDemo)
		if err != nil {
			return err
		}
		labels, err := s.labels(tx)
		if err != nil {
			return err
		}
		info := report.LedgerInfo{Organ: s.Bureau().Name, AsOf: now, Filters: words, Actor: a.DisplayName, AuditHead: hash, Demo: demo != ""}
		return write(info, report.LedgerOptions{Labels: labels}, caseFiles(tx, f))
	})
}

// Summary counts what a ledger of the filter would hold, without rows: the numbers of the export page.
func (s *Service) Summary(ctx context.Context, a registry.Actor, f LedgerFilter) (sum *report.Summary, err error) {
	done, err := s.whole(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		labels, err := s.labels(tx)
		if err != nil {
			return err
		}
		sum, err = report.Summarize(caseFiles(tx, f), report.LedgerOptions{Labels: labels})
		return err
	})
	return sum, err
}

// labels give reports the catalogue's words and the organs' names.
func (s *Service) labels(tx *store.Tx) (report.Labels, error) {
	organs, err := store.Organs.List(tx, "ORDER BY id")
	if err != nil {
		return report.Labels{}, err
	}
	names := map[registry.OrganID]string{}
	for _, o := range organs {
		names[o.ID] = o.Name
	}
	law := s.Law() // one for the whole export
	return report.Labels{
		Bureau: s.Bureau(),
		Violation: func(code string) string {
			if t, ok := law.ViolationType(code); ok {
				return t.Label
			}
			return code
		},
		Version: func(c registry.Citation) string {
			if v, ok := law.Version(c.LawID, c.VersionID); ok {
				return v.Name
			}
			return ""
		},
		Checked: func(c registry.Citation) bool { return law.CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash) },
		Organ:   func(id registry.OrganID) string { return names[id] },
	}, nil
}

// filterWords says a filter in words, as page, workbook and audit log print it.
func (s *Service) filterWords(f LedgerFilter) []string {
	var w []string
	add := func(name, value string) {
		if value != "" {
			w = append(w, name+"："+value)
		}
	}
	add("检索", f.Q)
	if f.DistrictCode != "" {
		add("辖区", s.Bureau().DistrictName(f.DistrictCode))
	}
	add("阶段", f.Stage)
	add("来源", f.Origin)
	if t, ok := s.Law().ViolationType(f.TypeCode); ok {
		add("违法行为", t.Label)
	}
	add("发现日期自", f.From.String())
	add("发现日期至", f.To.String())
	id := func(name string, n int64) {
		if n != 0 {
			w = append(w, fmt.Sprintf("%s：编号 %d", name, n))
		}
	}
	id("专项行动", int64(f.CampaignID))
	id("养殖场", int64(f.FarmID))
	id("当事人", int64(f.PartyID))
	if f.OnTheWay {
		w = append(w, "只含办理中")
	}
	if f.NoSample {
		w = append(w, "不含示例")
	}
	return w
}

func caseFiles(tx *store.Tx, f store.CaseFilter) iter.Seq2[*registry.CaseFile, error] {
	return func(yield func(*registry.CaseFile, error) bool) {
		var after registry.CaseID
		for {
			ids, err := tx.CaseIDs(f, after, batch)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(ids) == 0 {
				return
			}
			after = ids[len(ids)-1]
			files, err := tx.CaseFiles(ids)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, file := range files {
				if !yield(file, nil) {
					return
				}
			}
		}
	}
}

// AddAttachment keeps a file on a record: on disk first, then the row. key makes a repeated upload harmless.
func (s *Service) AddAttachment(ctx context.Context, a registry.Actor, entity string, entityID int64, filename string, content io.Reader, key string) (x registry.Attachment, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return x, err
	}
	x = registry.Attachment{Entity: entity, EntityID: entityID, Filename: cleanFilename(filename), CreatedAt: s.now(), UploadedBy: a.Username}
	ext := strings.ToLower(path.Ext(x.Filename))
	x.MediaType = allowedTypes[ext]
	if x.MediaType == "" {
		return x, registry.Invalid("file", "不接收“%s”类型的文件；可上传图片、PDF、Word、Excel、文本、音视频", ext)
	}
	if err := s.db.Read(ctx, func(tx *store.Tx) error {
		return firstError(recordExists(tx, entity, entityID), openFor(entity, entityID)(tx))
	}); err != nil {
		return x, err
	}
	if x.SHA256, x.Size, err = s.db.SaveFile(content, maxFile); err != nil {
		return x, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := recordExists(tx, entity, entityID); err != nil {
			return err
		}
		if err := openFor(entity, entityID)(tx); err != nil {
			return err
		}
		repeated, err := tx.InsertAttachment(&x, key)
		if err != nil || repeated {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: x.CreatedAt, Action: "上传附件", Entity: "attachment", EntityID: int64(x.ID), Version: 1, Detail: entity}, x)
	})
	return x, err
}

// maxFile bounds one upload. Long video stays with the recorder's own storage; the register keeps where and its hash.
const maxFile = 64 << 20

// allowedTypes are the kinds of files taken, by extension; they are always sent back as downloads.
var allowedTypes = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".heic": "image/heic", ".webp": "image/webp", ".gif": "image/gif", ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff",
	".pdf": "application/pdf", ".ofd": "application/ofd", ".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".wps": "application/vnd.ms-works", ".et": "application/vnd.ms-excel",
	".txt": "text/plain", ".csv": "text/csv", ".mp4": "video/mp4", ".mov": "video/quicktime", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".wav": "audio/wav", ".zip": "application/zip",
}

func cleanFilename(s string) string {
	s = registry.CleanText(strings.ReplaceAll(s, "\\", "/"))
	s = strings.ReplaceAll(path.Base(s), "\n", " ")
	if r := []rune(s); len(r) > 120 {
		ext := path.Ext(s)
		s = string(r[:100]) + ext
	}
	if s == "" || s == "." || s == "/" {
		return "附件"
	}
	return s
}

func recordExists(tx *store.Tx, entity string, id int64) error {
	var err error
	switch entity {
	case "farm":
		_, err = store.Farms.Get(tx, id)
	case "party":
		_, err = store.Parties.Get(tx, id)
	case "inspection":
		_, err = store.Inspections.Get(tx, id)
	case "case":
		_, err = store.Cases.Get(tx, id)
	case "bulletin":
		_, err = store.Bulletins.Get(tx, id)
	default:
		return registry.NotFound("记录种类", entity)
	}
	return err
}

// OpenAttachment opens an attachment for reading; each reading is recorded, since attachments hold personal data.
func (s *Service) OpenAttachment(ctx context.Context, a registry.Actor, id registry.AttachmentID) (x registry.Attachment, content io.ReadSeekCloser, err error) {
	if err := a.May(registry.PermRecordRead); err != nil {
		return x, nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if x, err = tx.Attachment(id); err != nil {
			return err
		}
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "下载附件", Entity: "attachment", EntityID: int64(id), Detail: x.Entity}, nil)
	})
	if err != nil {
		return x, nil, err
	}
	f, err := s.db.OpenFile(x.SHA256)
	return x, f, err
}

// DispositionName is the attachment's file name for a Content-Disposition header.
func DispositionName(x registry.Attachment) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": x.Filename})
}
