package field

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// Photos come in pieces. The phone makes an id for the file and says how long it is and its SHA-256 (POST), asks how far it has come (HEAD) and
// sends on from there (PATCH); each answer has Upload-Offset. A piece is on disk before it is answered, and the last one is held to the hash, so
// that a cut, another server or a restart costs the piece that was on the way and nothing else. Where nothing of it is known any more (404), the
// phone begins anew.

// pieceLimit is how large a piece may be; the script sends smaller ones.
const pieceLimit = 4 << 20

const headerOffset = "Upload-Offset"

func (s area) uploadBegin(r *kit.Request) error {
	h := r.Request().Header
	size, err := strconv.ParseInt(h.Get("Upload-Length"), 10, 64)
	if err != nil {
		return kit.BadRequest("Upload-Length 应是文件的字节数。")
	}
	name, err := url.PathUnescape(h.Get("Upload-Name"))
	if err != nil {
		return kit.BadRequest("Upload-Name 应是编码过的文件名。")
	}
	u, err := s.Service.BeginUpload(r.Actor, casework.Upload{ID: h.Get("Upload-Id"), Filename: name, Size: size, SHA256: h.Get("Upload-Sha256")})
	if err != nil {
		return s.uploadRefused(r, u, err)
	}
	r.Response().Header().Set("Location", "/field/uploads/"+u.ID)
	return offset(r, u, http.StatusCreated)
}

func (s area) uploadHead(r *kit.Request) error {
	u, err := s.Service.UploadOf(r.Actor, r.Param("upload"))
	if err != nil {
		return s.uploadRefused(r, u, err)
	}
	return offset(r, u, http.StatusOK)
}

func (s area) uploadAppend(r *kit.Request) error {
	from, err := strconv.ParseInt(r.Request().Header.Get(headerOffset), 10, 64)
	if err != nil {
		return kit.BadRequest("Upload-Offset 应是这一段开始的字节。")
	}
	u, err := s.Service.AppendUpload(r.Actor, r.Param("upload"), from, r.Request().Body)
	if err != nil {
		return s.uploadRefused(r, u, err)
	}
	return offset(r, u, http.StatusOK)
}

func offset(r *kit.Request, u casework.Upload, status int) error {
	r.Response().Header().Set(headerOffset, strconv.FormatInt(u.Offset, 10))
	return r.JSON(status, map[string]any{"offset": u.Offset, "size": u.Size, "done": u.Done()})
}

// uploadRefused says in JSON what is wrong, and how far the file has come.
func (s area) uploadRefused(r *kit.Request, u casework.Upload, err error) error {
	status := map[registry.Kind]int{registry.KindInvalid: http.StatusUnprocessableEntity, registry.KindConflict: http.StatusConflict, registry.KindNotFound: http.StatusNotFound}[registry.KindOf(err)]
	if status == 0 {
		return err
	}
	r.Response().Header().Set(headerOffset, strconv.FormatInt(u.Offset, 10))
	p := kit.ProblemOf(err)
	message := p.Detail
	if len(p.Errors) > 0 {
		message = p.Errors[0].Message
	}
	return r.JSON(status, map[string]any{"message": message, "offset": u.Offset})
}

// photos reads what is said of the photos of a visit: those that came in pieces, and files posted with the form. The five facts are asked once
// for all of them; a photo has its own where they are typed.
func (v *visit) photos(f *kit.Form, x *registry.Inspection) {
	var batch registry.Evidence
	for name, p := range map[string]*string{"batch.subject": &batch.Subject, "batch.place": &batch.Place, "batch.maker": &batch.Maker, "batch.proves": &batch.Proves} {
		f.Text(name, p)
	}
	if batch.Place == "" {
		batch.Place = x.Place
	}
	kit.Rows(f, "photos", &v.Photos, func(f *kit.Form, p *casework.VisitPhoto) {
		p.Evidence = batch
		f.Text("upload", &p.Upload)
		var subject, proves string
		f.Text("title", &p.Title)
		f.Text("subject", &subject)
		f.Text("proves", &proves)
		if subject != "" {
			p.Subject = subject
		}
		if proves != "" {
			p.Proves = proves
		}
	})
	form := v.r.Request().MultipartForm
	if form == nil || !f.OK() {
		return
	}
	for _, h := range form.File["files"] {
		switch {
		case h.Filename == "": // an input where nothing was chosen
			continue
		case h.Size == 0:
			f.Add("files", "“%s”是空的，没有加入", h.Filename)
			continue
		}
		id, err := v.receive(h)
		if err != nil {
			f.Add("files", "%s：%s", h.Filename, kit.FirstProblem(err))
			continue
		}
		p := casework.VisitPhoto{Upload: id, Evidence: batch}
		f.Values.Set("photos."+strconv.Itoa(len(v.Photos))+".upload", id) // a refused form has it already
		f.Counts["photos"]++
		v.Photos = append(v.Photos, p)
	}
}

// receive takes a file that was posted with the form the same way as one that comes in pieces.
func (v *visit) receive(h *multipart.FileHeader) (id string, err error) {
	file, err := h.Open()
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // opened for reading
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	u, err := v.Service.BeginUpload(v.r.Actor, casework.Upload{ID: kit.NewUUID(), Filename: h.Filename, Size: h.Size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	if err != nil {
		return "", err
	}
	_, err = v.Service.AppendUpload(v.r.Actor, u.ID, 0, file)
	return u.ID, err
}
