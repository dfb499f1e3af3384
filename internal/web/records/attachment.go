package records

import (
	"errors"
	"fmt"
	"mime"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// attachTo keeps a file on a record of entity and goes back to its page; what is wrong with the file is said there.
func (s area) attachTo(entity, noun string) func(*kit.Request) error {
	return func(r *kit.Request) error {
		id, err := kit.PathID[int64](r, "id")
		if err != nil {
			return err
		}
		home := fmt.Sprintf("/%s/%d#attachments", noun, id)
		if noun == "cases" {
			home = view.CasePlace(registry.CaseID(id), "attachments")
		}
		x, _, err := s.Receive(r, entity, id, r.QueryParam("key"))
		var e *registry.Error
		var before *casework.Repeated[registry.Attachment]
		switch {
		case errors.As(err, &before):
			return r.UploadedTwice(before, x, home)
		case err == nil:
			if doubt := x.Mismatch(); doubt != "" {
				r.Flash("warn", "已上传“"+x.Filename+"”，但"+doubt+"，请核对是不是这个文件。")
			} else {
				r.Flash("ok", "已上传“"+x.Filename+"”。")
			}
		case errors.As(err, &e) && e.Kind == registry.KindInvalid && len(e.Fields) > 0:
			r.Flash("danger", "没有上传："+e.Fields[0].Message+"。")
		default:
			return err
		}
		return r.Redirect(http.StatusSeeOther, home)
	}
}

// attachmentShow sends a file as a download: never shown in our origin, whatever it claims to be.
func (s area) attachmentShow(r *kit.Request) error {
	id, err := kit.PathID[registry.AttachmentID](r, "id")
	if err != nil {
		return err
	}
	x, content, err := s.Service.OpenAttachment(r.Ctx(), r.Actor, id)
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
