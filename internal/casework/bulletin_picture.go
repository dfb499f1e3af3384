package casework

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"

	"casebook/internal/picture"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// What is done with the pictures of a bulletin, in the audit log.
const (
	actAddPicture    = "加入图片"
	actChoosePicture = "选用案件图片"
	actEditPicture   = "修改图片"
	actCheckPicture  = "看过图片"
	actMovePicture   = "图片换位"
	actDropPicture   = "移出图片"
)

// AddPicture takes a picture into a draft as it comes, and makes its copy. The file is on disk before the row, streamed; what is refused is swept from there. A key
// under which the same file came before adds nothing: repeated is true.
func (s *Service) AddPicture(ctx context.Context, a registry.Actor, id registry.BulletinID, of registry.CaseID, filename string, content io.Reader, key string) (repeated bool, err error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return false, err
	}
	file := registry.Attachment{Entity: "bulletin", EntityID: int64(id), Filename: cleanFilename(filename), CreatedAt: s.now(), UploadedBy: a.Username}
	if kind, ok := registry.FileTypeOf(file.Filename); ok {
		file.MediaType = kind.Media
	} else {
		return false, registry.Invalid("file", "不接收“%s”类型的文件；可用 JPEG、PNG、GIF、WebP 图片", path.Ext(file.Filename))
	}
	if err := s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error { // before a large file is received
		_, err := draftWithRoom(tx, id, of, 1)
		return err
	}); err != nil {
		return false, err
	}
	head := make([]byte, registry.ContentHead)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, fmt.Errorf("receive picture: %w", err)
	}
	head = head[:n]
	file.Content = registry.ContentOf(head)
	if doubt := file.Mismatch(); doubt != "" && file.Content != registry.ContentHEIC {
		return false, registry.Invalid("file", "%s：请改成真的扩展名，或另存一次再传", doubt)
	}
	if file.SHA256, file.Size, err = s.db.SaveFile(io.MultiReader(bytes.NewReader(head), content), maxFile); err != nil {
		return false, err
	}
	pic := registry.BulletinPicture{SHA256: file.SHA256, CaseID: of}
	made, err := s.makeCopy(ctx, &pic)
	if err != nil {
		return false, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		x, err := draftWithRoom(tx, id, of, 1)
		if err != nil {
			return err
		}
		file := file // a closure may run again
		if key != "" {
			key = fmt.Sprintf("%s %s", key, file.SHA256[:16])
		}
		if repeated, err = tx.InsertAttachment(&file, key); err != nil || repeated {
			return err
		}
		return s.keepPicture(tx, a, &x, pic, &file, made, actAddPicture)
	})
	return repeated, err
}

// draftWithRoom is a bulletin that may be changed and takes more pictures.
func draftWithRoom(tx *store.Tx, id registry.BulletinID, of registry.CaseID, more int) (registry.Bulletin, error) {
	x, err := store.Bulletins.Get(tx, int64(id))
	switch {
	case err != nil:
		return x, err
	case x.State != registry.BulletinDraft:
		return x, registry.Conflict("这期通报%s，不能再改图片；需要改动的请退回草稿或撤回后新建。", x.State)
	case of != 0 && !x.HasCase(of):
		return x, registry.Invalid("case_id", "所选的案件不在这期通报里")
	case len(x.Pictures)+more > registry.MaxBulletinPictures:
		return x, registry.Invalid("file", "一期通报最多 %d 张图片，已有 %d 张", registry.MaxBulletinPictures, len(x.Pictures))
	}
	return x, tx.MayWrite("bulletin", int64(id))
}

// madeCopy is the copy of a picture, on disk.
type madeCopy struct{ head []byte }

// makeCopy renders the copy of a picture and stores it; the picture says then what it is.
func (s *Service) makeCopy(ctx context.Context, p *registry.BulletinPicture) (made madeCopy, err error) {
	jpeg, w, h, err := s.renderPicture(ctx, p.SHA256, picture.Edit{Crop: p.Crop, Covers: p.Covers, Longest: picture.Longest})
	if err != nil {
		return made, err
	}
	p.Width, p.Height = w, h
	p.CopySHA256, p.CopySize, err = s.db.SaveFile(bytes.NewReader(jpeg), maxFile)
	return madeCopy{jpeg[:min(len(jpeg), registry.ContentHead)]}, err
}

// renderPicture renders a kept file. Decoding is heavy: two wait for none, the third for one of them.
func (s *Service) renderPicture(ctx context.Context, hash string, e picture.Edit) (jpeg []byte, w, h int, err error) {
	f, err := s.db.OpenFile(hash)
	if err != nil {
		return nil, 0, 0, err
	}
	defer f.Close() //nolint:errcheck // only read
	x, err := picture.Look(f)
	if err != nil {
		return nil, 0, 0, err
	}
	done, err := s.heavy.Take(ctx, max(x.Memory, heavyRoom/2))
	if err != nil {
		return nil, 0, 0, err
	}
	defer done()
	var out bytes.Buffer
	w, h, err = picture.Render(&out, f, x, e)
	return out.Bytes(), w, h, err
}

// keepPicture puts a picture with its file, which has its row, and its copy at the end of the pictures of its case.
func (s *Service) keepPicture(tx *store.Tx, a registry.Actor, x *registry.Bulletin, p registry.BulletinPicture, file *registry.Attachment, made madeCopy, action string) error {
	if err := tx.Record(store.Event{Actor: a, At: file.CreatedAt, Action: "上传附件", Entity: "attachment", EntityID: int64(file.ID), Version: 1, Detail: "bulletin"}, *file); err != nil {
		return err
	}
	p.FileID = file.ID
	if err := s.keepCopy(tx, a, x, &p, made); err != nil {
		return err
	}
	x.Pictures = append(slices.Clone(x.Pictures), p)
	x.Wrote(a.UserID)
	return changeIn(tx, s, act{actor: a, action: action, detail: registry.PictureName(len(x.Pictures) - 1)}, store.Bulletins, x)
}

// keepCopy makes a copy on disk an attachment of the bulletin. Copies of before stay: the history names them.
func (s *Service) keepCopy(tx *store.Tx, a registry.Actor, x *registry.Bulletin, p *registry.BulletinPicture, made madeCopy) error {
	file := registry.Attachment{Entity: "bulletin", EntityID: int64(x.ID), Filename: "图片成品.jpg", MediaType: "image/jpeg", Content: registry.ContentOf(made.head),
		SHA256: p.CopySHA256, Size: p.CopySize, CreatedAt: s.now(), UploadedBy: a.Username}
	if _, err := tx.InsertAttachment(&file, ""); err != nil {
		return err
	}
	p.CopyID = file.ID
	return tx.Record(store.Event{Actor: a, At: file.CreatedAt, Action: "制作图片成品", Entity: "attachment", EntityID: int64(file.ID), Version: 1, Detail: "bulletin"}, file)
}

// PictureChoice is a picture among the files of a bulletin's case.
type PictureChoice struct {
	File   registry.Attachment
	CaseID registry.CaseID
	N      int // of the case in the bulletin, from 1
	Taken  bool
	HEIC   bool // must be converted first
}

// pictureChoices are the pictures of a case's own files, its inspections, exhibits and documents, each once.
func pictureChoices(tx *store.Tx, x *registry.Bulletin) (list []PictureChoice, err error) {
	ids := make([]registry.CaseID, len(x.Cases))
	for i, c := range x.Cases {
		ids[i] = c.CaseID
	}
	files, err := tx.CaseFiles(ids)
	if err != nil {
		return nil, err
	}
	own, err := tx.FilesOfCases(ids)
	if err != nil {
		return nil, err
	}
	for i, c := range x.Cases {
		at := slices.IndexFunc(files, func(f *registry.CaseFile) bool { return f.Case.ID == c.CaseID })
		if at < 0 {
			continue // another branch's
		}
		seen := map[string]bool{}
		for _, f := range append(slices.Clone(files[at].Files), own[c.CaseID]...) {
			heic := f.Content == registry.ContentHEIC
			if seen[f.SHA256] || !heic && !registry.Pictures.Has(f.Content) {
				continue
			}
			seen[f.SHA256] = true
			taken := slices.ContainsFunc(x.Pictures, func(p registry.BulletinPicture) bool { return p.CaseID == c.CaseID && p.SHA256 == f.SHA256 })
			list = append(list, PictureChoice{f, c.CaseID, i + 1, taken, heic})
		}
	}
	return list, nil
}

// ChoosePictures takes files of a bulletin's cases as its pictures, each for its case. One that is taken already is passed over. It returns how many were taken.
func (s *Service) ChoosePictures(ctx context.Context, a registry.Actor, id registry.BulletinID, chosen map[registry.AttachmentID]registry.CaseID) (n int, err error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return 0, err
	}
	type choice struct {
		PictureChoice
		pic  registry.BulletinPicture
		made madeCopy
	}
	var list []choice
	if err := s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		list = nil
		x, err := draftWithRoom(tx, id, 0, 0)
		if err != nil {
			return err
		}
		all, err := pictureChoices(tx, &x)
		for _, c := range all {
			if of, wanted := chosen[c.File.ID]; wanted && of == c.CaseID && !c.Taken {
				list = append(list, choice{PictureChoice: c, pic: registry.BulletinPicture{SHA256: c.File.SHA256, FromID: c.File.ID, CaseID: c.CaseID}})
			}
		}
		if len(x.Pictures)+len(list) > registry.MaxBulletinPictures {
			return registry.Invalid("file", "一期通报最多 %d 张图片，已有 %d 张，又选了 %d 张", registry.MaxBulletinPictures, len(x.Pictures), len(list))
		}
		return err
	}); err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, registry.Invalid("file", "没有选图片，或所选的已经在通报里")
	}
	for i := range list {
		if list[i].made, err = s.makeCopy(ctx, &list[i].pic); err != nil {
			return 0, named(err, list[i].File.Filename)
		}
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		n = 0
		for _, c := range list {
			x, err := draftWithRoom(tx, id, c.CaseID, 1)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(x.Pictures, func(p registry.BulletinPicture) bool { return p.CaseID == c.CaseID && p.SHA256 == c.pic.SHA256 }) {
				continue // somebody was quicker
			}
			file := c.File // the same file, as an attachment of the bulletin: the case may lose it, the bulletin does not
			file.ID, file.Entity, file.EntityID, file.CreatedAt, file.UploadedBy = 0, "bulletin", int64(id), s.now(), a.Username
			if _, err := tx.InsertAttachment(&file, ""); err != nil {
				return err
			}
			if err := s.keepPicture(tx, a, &x, c.pic, &file, c.made, actChoosePicture); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// named says of which file a refusal is.
func named(err error, filename string) error {
	var e *registry.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	return registry.Invalid("file", "%s：%s", filename, e.Fields[0].Message)
}

// changePicture changes one picture of a draft in the version that the page showed. change may refuse it.
func (s *Service) changePicture(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, action string,
	change func(tx *store.Tx, x *registry.Bulletin, i int) error) error {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return err
	}
	return s.write(ctx, a, func(tx *store.Tx) error {
		x, err := draftWithRoom(tx, id, 0, 0)
		if err != nil {
			return err
		}
		if x.Version != version {
			return registry.Stale("通报", x.Version, version)
		}
		i := x.Picture(file)
		if i < 0 {
			return registry.NotFound("这张图片", file)
		}
		x.Pictures = slices.Clone(x.Pictures)
		name := registry.PictureName(i)
		if err := change(tx, &x, i); err != nil {
			return err
		}
		x.Wrote(a.UserID)
		return changeIn(tx, s, act{actor: a, action: action, detail: name}, store.Bulletins, &x, s.settable(&x))
	})
}

// ChangePicture stores what is said of a picture and done to it. What changes how it looks makes a new copy, which nobody has looked through yet.
func (s *Service) ChangePicture(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, in registry.BulletinPicture) error {
	x, p, err := s.pictureOf(ctx, a, id, in.FileID)
	if err != nil {
		return err
	}
	if x.Version != version {
		return registry.Stale("通报", x.Version, version)
	}
	p.CaseID, p.Caption, p.Credit, p.Alt, p.Wide = in.CaseID, in.Caption, in.Credit, in.Alt, in.Wide
	was := p
	p.Crop, p.Covers = in.Crop, in.Covers
	// What is wrong is said before anything is decoded.
	x.Pictures = slices.Clone(x.Pictures)
	x.Pictures[x.Picture(in.FileID)] = p
	x.Clean()
	if err := x.Validate(); err != nil {
		return atPicture(err, x.Picture(in.FileID))
	}
	var made madeCopy
	looks := !p.SameLook(&was)
	if looks {
		if made, err = s.makeCopy(ctx, &p); err != nil {
			return err
		}
	}
	err = s.changePicture(ctx, a, id, version, in.FileID, actEditPicture, func(tx *store.Tx, x *registry.Bulletin, i int) error {
		p := p
		if looks && p.CopySHA256 != was.CopySHA256 {
			p.CheckedSHA256, p.CheckerID = "", 0
			if err := s.keepCopy(tx, a, x, &p, made); err != nil {
				return err
			}
		}
		x.Pictures[i] = p
		return nil
	})
	return atPicture(err, x.Picture(in.FileID))
}

// atPicture names the problems of a picture's own fields by its form: pictures.2.caption is caption.
func atPicture(err error, i int) error {
	var e *registry.Error
	if !errors.As(err, &e) || e.Kind != registry.KindInvalid {
		return err
	}
	moved := *e
	moved.Fields = slices.Clone(e.Fields)
	own := fmt.Sprintf("pictures.%d.", i)
	for k := range moved.Fields {
		if f := moved.Fields[k].Field; len(f) > len(own) && f[:len(own)] == own {
			moved.Fields[k].Field = f[len(own):]
		}
	}
	return &moved
}

// CheckPicture notes that a writer looked through the copy that the page showed, or with looked false that it is to be looked through again.
func (s *Service) CheckPicture(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, copySHA256 string, looked bool) error {
	return s.changePicture(ctx, a, id, version, file, actCheckPicture, func(_ *store.Tx, x *registry.Bulletin, i int) error {
		p := &x.Pictures[i]
		if p.CheckedSHA256, p.CheckerID = "", 0; !looked {
			return nil
		}
		if copySHA256 != p.CopySHA256 {
			return registry.Conflict("您打开页面之后，这张图片又改过。请看过现在的成品再勾选。")
		}
		p.CheckedSHA256, p.CheckerID = p.CopySHA256, a.UserID
		return nil
	})
}

// MovePicture puts a picture before, or after, its neighbour of the same case.
func (s *Service) MovePicture(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID, up bool) error {
	return s.changePicture(ctx, a, id, version, file, actMovePicture, func(_ *store.Tx, x *registry.Bulletin, i int) error {
		step := 1
		if up {
			step = -1
		}
		for k := i + step; k >= 0 && k < len(x.Pictures); k += step {
			if x.Pictures[k].CaseID == x.Pictures[i].CaseID {
				x.Pictures[i], x.Pictures[k] = x.Pictures[k], x.Pictures[i]
				return nil
			}
		}
		return registry.Conflict("这张图片已经在它那一组的头上或末尾了。")
	})
}

// DropPicture takes a picture out of a draft. Its files stay with the bulletin, whose history names them.
func (s *Service) DropPicture(ctx context.Context, a registry.Actor, id registry.BulletinID, version int64, file registry.AttachmentID) error {
	return s.changePicture(ctx, a, id, version, file, actDropPicture, func(_ *store.Tx, x *registry.Bulletin, i int) error {
		x.Pictures = slices.Delete(x.Pictures, i, i+1)
		return nil
	})
}

// PicturesPage is a draft with its pictures and what it may choose from.
type PicturesPage struct {
	Bulletin registry.Bulletin
	Names    map[registry.AttachmentID]string // of the files as they came
	Checkers map[registry.UserID]string
	Choices  []PictureChoice
}

// PicturesPage reads the page of a bulletin's pictures.
func (s *Service) PicturesPage(ctx context.Context, a registry.Actor, id registry.BulletinID) (p PicturesPage, err error) {
	err = s.read(ctx, a, registry.PermBulletinWrite, func(tx *store.Tx) error {
		if p.Bulletin, err = store.Bulletins.Get(tx, int64(id)); err != nil {
			return err
		}
		files, err := tx.AttachmentsOf("bulletin", int64(id))
		if err != nil {
			return err
		}
		p.Names = map[registry.AttachmentID]string{}
		for _, f := range files {
			p.Names[f.ID] = f.Filename
		}
		if p.Checkers, err = checkers(tx, &p.Bulletin); err != nil {
			return err
		}
		if a.May(registry.PermRecordRead) == nil {
			p.Choices, err = pictureChoices(tx, &p.Bulletin)
		}
		return err
	})
	return p, err
}

// checkers are the names of who looked through the pictures.
func checkers(tx *store.Tx, x *registry.Bulletin) (map[registry.UserID]string, error) {
	names := map[registry.UserID]string{}
	for i := range x.Pictures {
		p := &x.Pictures[i]
		if _, known := names[p.CheckerID]; known || !p.Checked() {
			continue
		}
		u, err := maybe(tx, store.Users, p.CheckerID)
		if err != nil {
			return nil, err
		}
		if u != nil {
			names[p.CheckerID] = u.DisplayName
		}
	}
	return names, nil
}

// pictureOf reads a picture of a bulletin for who writes it.
func (s *Service) pictureOf(ctx context.Context, a registry.Actor, id registry.BulletinID, file registry.AttachmentID) (x registry.Bulletin, p registry.BulletinPicture, err error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return x, p, err
	}
	if x, err = s.Bulletin(ctx, a, id); err != nil {
		return x, p, err
	}
	i := x.Picture(file)
	if i < 0 {
		return x, p, registry.NotFound("这张图片", file)
	}
	return x, x.Pictures[i], nil
}

// PictureFile is a picture as it is shown: JPEG, and the hash of its bytes.
type PictureFile struct {
	SHA256  string
	Content []byte
}

// PictureCopy is the copy of a picture that is, or would be, published.
func (s *Service) PictureCopy(ctx context.Context, a registry.Actor, id registry.BulletinID, file registry.AttachmentID) (f PictureFile, err error) {
	x, err := s.Bulletin(ctx, a, id)
	if err != nil {
		return f, err
	}
	i := x.Picture(file)
	if i < 0 {
		return f, registry.NotFound("这张图片", file)
	}
	return s.keptPicture(x.Pictures[i].CopySHA256)
}

// keptPicture reads a copy and makes sure that it is what was looked through: a file that was changed on disk goes nowhere.
func (s *Service) keptPicture(hash string) (f PictureFile, err error) {
	f.SHA256 = hash
	if f.Content, err = s.keptFile(hash); err != nil {
		return f, err
	}
	if sum := sha256.Sum256(f.Content); hex.EncodeToString(sum[:]) != hash {
		return PictureFile{}, fmt.Errorf("picture %s on disk is not what the register knows: run verify", hash[:12])
	}
	return f, nil
}

const (
	previewLongest = 1200 // pixels of a preview
	thumbLongest   = 360
)

// PreviewPicture renders a picture as it would look, small. Nothing is stored.
func (s *Service) PreviewPicture(ctx context.Context, a registry.Actor, id registry.BulletinID, file registry.AttachmentID, crop registry.PictureArea, covers []registry.PictureCover) ([]byte, error) {
	_, p, err := s.pictureOf(ctx, a, id, file)
	if err != nil {
		return nil, err
	}
	jpeg, _, _, err := s.renderPicture(ctx, p.SHA256, picture.Edit{Crop: crop, Covers: covers, Longest: previewLongest})
	return jpeg, err
}

// OriginalPicture renders a picture upright and whole, small, to draw on. Since it may show whom the copy does not, each reading is recorded.
func (s *Service) OriginalPicture(ctx context.Context, a registry.Actor, id registry.BulletinID, file registry.AttachmentID) ([]byte, error) {
	x, p, err := s.pictureOf(ctx, a, id, file)
	if err != nil {
		return nil, err
	}
	if err := s.write(ctx, a, func(tx *store.Tx) error {
		return tx.Record(store.Event{Actor: a, At: s.now(), Action: "查看原图", Entity: "bulletin", EntityID: int64(id), Version: x.Version, Detail: registry.PictureName(x.Picture(file))}, nil)
	}); err != nil {
		return nil, err
	}
	jpeg, _, _, err := s.renderPicture(ctx, p.SHA256, picture.Edit{Longest: previewLongest})
	return jpeg, err
}

// ChoiceThumbnail renders a picture of a case's files small, for who chooses among them. Each reading is recorded, as of any attachment.
func (s *Service) ChoiceThumbnail(ctx context.Context, a registry.Actor, file registry.AttachmentID) ([]byte, error) {
	if err := a.May(registry.PermBulletinWrite); err != nil {
		return nil, err
	}
	x, content, err := s.OpenAttachment(ctx, a, file)
	if err != nil {
		return nil, err
	}
	if err := content.Close(); err != nil {
		return nil, err
	}
	jpeg, _, _, err := s.renderPicture(ctx, x.SHA256, picture.Edit{Longest: thumbLongest})
	return jpeg, err
}

// PublicPicture is a picture of a bulletin that the site shows, by the hash of its copy. Of one that is withdrawn nothing is shown.
func (s *Service) PublicPicture(ctx context.Context, slug, hash string) (p PublicBulletin, f PictureFile, err error) {
	if p, err = s.PublicBulletin(ctx, slug); err != nil || p.Gone {
		return p, f, err
	}
	for _, pic := range p.Print.AllPictures() {
		if pic.SHA256 == hash {
			f, err = s.keptPicture(hash)
			return p, f, err
		}
	}
	return p, f, registry.NotFound("这张图片", hash[:min(len(hash), 12)])
}

// Illustrate reads the pictures of a bulletin that is to be made into a paper.
func (s *Service) Illustrate(b *report.Bulletin) error {
	for _, p := range b.AllPictures() {
		f, err := s.keptPicture(p.SHA256)
		if err != nil {
			return err
		}
		p.JPEG = f.Content
	}
	return nil
}

// printedPictures are the pictures of a case, or of the lead, as papers and pages show them.
func printedPictures(x *registry.Bulletin, of registry.CaseID) (list []report.Picture) {
	for _, p := range x.PicturesOf(of) {
		list = append(list, report.Picture{File: p.FileID, SHA256: p.CopySHA256, Width: p.Width, Height: p.Height, Caption: p.Caption, Credit: p.Credit, Alt: cmp.Or(p.AltText(), "配图"), Wide: p.Wide})
	}
	return list
}
