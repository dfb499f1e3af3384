package kit

import (
	"errors"
	"io"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// UploadLimit is a little over the domain's limit for one file, so that the domain's message answers, not the server's.
const UploadLimit = 66 << 20

// UploadedTwice answers an upload whose page kept another file before: nothing was written, and both files are named.
func (r *Request) UploadedTwice(before *casework.Repeated[registry.Attachment], sent registry.Attachment, back string) error {
	fill := func(x registry.Attachment) *Form {
		f := r.NewForm(LabelsOf(registry.AttachmentFields, nil))
		f.Text("filename", &x.Filename)
		f.IntValue("size", &x.Size)
		f.Text("sha256", &x.SHA256)
		return f
	}
	return r.SentTwice(before, "附件 "+before.Stored.Filename, back, registry.AttachmentFields, fill(sent), fill(before.Stored))
}

// Receive keeps the part named file of a multipart body on a record of entity; repeated tells that it was there already, sent with the same
// key.
func (s *Server) Receive(r *Request, entity string, id int64, key string) (x registry.Attachment, repeated bool, err error) {
	return receive(r, func(name string, part io.Reader) (registry.Attachment, bool, error) {
		return s.Service.AddAttachment(r.Ctx(), r.Actor, entity, id, name, part, key)
	})
}

// ReceiveSigned is Receive for the scan of a document that was printed and signed.
func (s *Server) ReceiveSigned(r *Request, d *registry.Document, key string) (x registry.Attachment, repeated bool, err error) {
	return receive(r, func(name string, part io.Reader) (registry.Attachment, bool, error) {
		return s.Service.AddSignedScan(r.Ctx(), r.Actor, d, name, part, key)
	})
}

func receive(r *Request, keep func(name string, part io.Reader) (registry.Attachment, bool, error)) (x registry.Attachment, repeated bool, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return x, false, BadRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return x, false, registry.Invalid("file", "请选择要上传的文件")
		}
		if err != nil {
			if IsTooLarge(err) {
				return x, false, err
			}
			return x, false, BadRequest("上传的内容不完整，请重试。")
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		return keep(part.FileName(), part)
	}
}
