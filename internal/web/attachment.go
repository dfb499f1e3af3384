package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"casebook/internal/registry"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// uploadLimit is a little over the domain's limit for one file, so that the domain's message answers, not the server's.
const uploadLimit = 66 << 20

// receive keeps the part named file of a multipart body on a record of entity.
func (s *Server) receive(r *request, entity string, id int64, key string) (x registry.Attachment, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return x, badRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return x, registry.Invalid("file", "请选择要上传的文件")
		}
		if err != nil {
			if isTooLarge(err) {
				return x, err
			}
			return x, badRequest("上传的内容不完整，请重试。")
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		return s.service.AddAttachment(r.ctx(), r.actor, entity, id, part.FileName(), part, key)
	}
}

// attachmentShow sends a file as a download: never shown in our origin, whatever it claims to be.
func (s *Server) attachmentShow(r *request) error {
	id, err := pathID[registry.AttachmentID](r, "id")
	if err != nil {
		return err
	}
	x, content, err := s.service.OpenAttachment(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	defer content.Close() //nolint:errcheck // opened for reading
	h := r.Response().Header()
	h.Set("Content-Disposition", dispositionName(x))
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", `"`+x.SHA256+`"`)
	http.ServeContent(r.Response(), r.Request(), "", x.CreatedAt, content)
	return nil
}

// dispositionName is the attachment's file name for a Content-Disposition header.
func dispositionName(x registry.Attachment) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": x.Filename})
}
