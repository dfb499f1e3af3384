package casework

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// PaperMaker writes a bulletin in one format. Same bulletin, same bytes.
type PaperMaker struct {
	Format string // pdf, docx, html: also the ending of the file's name
	Media  string
	Write  func(w io.Writer, b report.Bulletin) error
}

// PaperFormats are the formats that a bulletin can be had in, the first being the usual one.
func (s *Service) PaperFormats() []string {
	list := make([]string, len(s.papers))
	for i, m := range s.papers {
		list[i] = m.Format
	}
	return list
}

func (s *Service) maker(format string) (PaperMaker, error) {
	i := slices.IndexFunc(s.papers, func(m PaperMaker) bool { return m.Format == format })
	if i < 0 {
		return PaperMaker{}, registry.NotFound("这种格式的通报文件", format)
	}
	return s.papers[i], nil
}

// madePaper is a paper on the disk that no row names yet: where none ever does, the next sweep takes it away.
type madePaper struct {
	registry.BulletinPaper
	media   string
	content []byte // the beginning, by which it is told what the file is
}

// makePapers makes and stores the papers of a bulletin as it will be kept.
func (s *Service) makePapers(ctx context.Context, x *registry.Bulletin) ([]madePaper, error) {
	var list []madePaper
	b := printed(x)
	if err := s.db.Read(ctx, func(tx *store.Tx) (err error) { b.Head, err = headAtApproval(tx, x); return err }); err != nil {
		return nil, err
	}
	for _, m := range s.papers {
		content, err := s.make(ctx, m, b)
		if err != nil {
			return nil, err
		}
		p := madePaper{registry.BulletinPaper{Format: m.Format, Filename: paperName(x, m.Format)}, m.Media, content[:min(len(content), registry.ContentHead)]}
		if p.SHA256, p.Size, err = s.db.SaveFile(bytes.NewReader(content), maxFile); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

func (s *Service) make(ctx context.Context, m PaperMaker, b report.Bulletin) ([]byte, error) {
	done, err := s.Paper(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := s.Illustrate(&b); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = m.Write(&out, b)
	return out.Bytes(), err
}

// keepPapers makes the papers attachments of the bulletin.
func (s *Service) keepPapers(tx *store.Tx, a registry.Actor, x *registry.Bulletin, files []madePaper) error {
	x.Papers = nil
	for _, p := range files {
		file := registry.Attachment{Entity: "bulletin", EntityID: int64(x.ID), Filename: p.Filename, MediaType: p.media, Content: registry.ContentOf(p.content),
			SHA256: p.SHA256, Size: p.Size, CreatedAt: s.now(), UploadedBy: a.Username}
		if _, err := tx.InsertAttachment(&file, ""); err != nil {
			return err
		}
		if err := tx.Record(store.Event{Actor: a, At: file.CreatedAt, Action: "留存定稿", Entity: "attachment", EntityID: int64(file.ID), Version: 1, Detail: "bulletin"}, file); err != nil {
			return err
		}
		p.AttachmentID = file.ID
		x.Papers = append(x.Papers, p.BulletinPaper)
	}
	return nil
}

// paperName is what a paper of an approved bulletin is called: its title, which the guard has read. A draft's says that it is one, and nothing more.
func paperName(x *registry.Bulletin, format string) string {
	neutral := fmt.Sprintf("典型案例通报-%d", x.ID)
	if x.State != registry.BulletinApproved && x.State != registry.BulletinWithdrawn {
		return "草稿-未经签发-" + neutral + "." + format
	}
	return report.FileName(x.Title, neutral, format)
}

// BulletinFile is a paper of a bulletin as it is handed out.
type BulletinFile struct {
	Filename, Media string
	SHA256          string // hex; empty of a draft's, which is made anew each time
	Content         []byte
}

// BulletinFile reads a paper of a bulletin and records the export. From its approval on the bytes are the same for ever. One that was
// approved before papers were kept gets its own at the first reading.
func (s *Service) BulletinFile(ctx context.Context, a registry.Actor, id registry.BulletinID, format string) (f BulletinFile, err error) {
	if err := a.May(registry.PermBulletinRead); err != nil {
		return f, err
	}
	m, err := s.maker(format)
	if err != nil {
		return f, err
	}
	x, err := s.Bulletin(ctx, a, id)
	if err != nil {
		return f, err
	}
	if x.ApprovedAt != nil && len(x.Papers) == 0 {
		if x, err = s.FreezeBulletin(ctx, a, id); err != nil {
			return f, err
		}
	}
	f.Media, f.Filename = m.Media, paperName(&x, format)
	if i := slices.IndexFunc(x.Papers, func(p registry.BulletinPaper) bool { return p.Format == format }); i >= 0 {
		f.Filename, f.SHA256 = x.Papers[i].Filename, x.Papers[i].SHA256
		f.Content, err = s.keptFile(f.SHA256)
	} else if x.ApprovedAt != nil {
		return f, registry.NotFound("定稿时留存的文件", format)
	} else {
		s.markQuotes(&x)
		f.Content, err = s.make(ctx, m, printed(&x))
	}
	if err != nil {
		return f, err
	}
	if x.State == registry.BulletinWithdrawn {
		f.Filename = "已撤回-" + f.Filename
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "导出", Entity: "bulletin", EntityID: int64(id), Version: x.Version, Detail: strings.ToUpper(format)}, nil)
	})
	return f, err
}

// keptFile reads a kept file whole.
func (s *Service) keptFile(hash string) ([]byte, error) {
	f, err := s.db.OpenFile(hash)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return io.ReadAll(f)
}

// FreezeBulletin keeps the papers of a bulletin that was approved before papers were kept, with its quotes as they are marked now. One that
// has its papers is returned as it is.
func (s *Service) FreezeBulletin(ctx context.Context, a registry.Actor, id registry.BulletinID) (x registry.Bulletin, err error) {
	if x, err = s.Bulletin(ctx, a, id); err != nil {
		return x, err
	}
	if x.ApprovedAt == nil || len(x.Papers) > 0 || len(s.papers) == 0 {
		return x, nil
	}
	s.markQuotes(&x)
	text := x
	text.State = registry.BulletinApproved // its paper is what was approved, also where it was withdrawn since
	files, err := s.makePapers(ctx, &text)
	if err != nil {
		return x, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		now, err := store.Bulletins.Get(tx, int64(id))
		if err != nil {
			return err
		}
		if len(now.Papers) > 0 { // somebody else was first
			x = now
			return nil
		}
		if now.Version != x.Version {
			return registry.Stale("通报", now.Version, x.Version)
		}
		if err := s.keepPapers(tx, a, &x, files); err != nil {
			return err
		}
		return rewrite(tx, s, act{actor: a, action: "留存定稿", detail: "批准时没有留存，补制"}, store.Bulletins, &x)
	})
	return x, err
}

// settable refuses characters that no font of the papers holds, each at its field.
func (s *Service) settable(x *registry.Bulletin) check {
	return func(*store.Tx) error {
		var p registry.Problems
		for _, w := range s.Unsettable(x) {
			p.Add(w.Field, "%s", w.Text)
		}
		return p.Err()
	}
}

// Unsettable lists where a bulletin, saved or not, has characters that no font of the papers holds, with what is to be done about them.
func (s *Service) Unsettable(x *registry.Bulletin) (list []registry.BulletinWords) {
	if s.glyphs == nil {
		return nil
	}
	for _, w := range x.Words() {
		var missing []string
		for _, r := range w.Text {
			if r == '\n' || s.glyphs(r) {
				continue
			}
			if name := fmt.Sprintf("“%c”（U+%04X）", r, r); !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			w.Text = strings.Join(missing, "、") + "没有字形，印不出来；请改用规范字，或按原件注明字形"
			list = append(list, w)
		}
	}
	return list
}
