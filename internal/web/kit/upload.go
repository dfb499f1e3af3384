package kit

import (
	"errors"
	"io"

	"casebook/internal/registry"
)

// UploadLimit is a little over the domain's limit for one file, so that the domain's message answers, not the server's.
const UploadLimit = 66 << 20

// Receive keeps the part named file of a multipart body on a record of entity.
func (s *Server) Receive(r *Request, entity string, id int64, key string) (x registry.Attachment, err error) {
	parts, err := r.Request().MultipartReader()
	if err != nil {
		return x, BadRequest("上传应是 multipart/form-data，文件放在名为 file 的部分。")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return x, registry.Invalid("file", "请选择要上传的文件")
		}
		if err != nil {
			if IsTooLarge(err) {
				return x, err
			}
			return x, BadRequest("上传的内容不完整，请重试。")
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		return s.Service.AddAttachment(r.Ctx(), r.Actor, entity, id, part.FileName(), part, key)
	}
}
