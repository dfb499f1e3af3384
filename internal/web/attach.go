package web

import (
	"errors"
	"fmt"
	"net/http"

	"casebook/internal/registry"
)

// AttachmentBox is the files on a record's page, and the form that adds one.
type AttachmentBox struct {
	Files  []AttachmentRow
	Action string // where to upload; empty where the role may not
	Token  string
}

// AttachmentRow is one file.
type AttachmentRow struct {
	registry.Attachment
	SizeText string
}

// attachments fills the box of a record, as r.attachments("farms", id, p.Attachments).
func (r *request) attachments(noun string, id int64, list []registry.Attachment) AttachmentBox {
	box := AttachmentBox{Token: r.formToken()}
	if r.user.Role.Can(registry.PermRecordWrite) {
		// The key makes a second click harmless; it is in the address because the body is read as it comes.
		box.Action = fmt.Sprintf("/%s/%d/attachments?key=%s", noun, id, newUUID())
	}
	for _, x := range list {
		box.Files = append(box.Files, AttachmentRow{x, sizeText(x.Size)})
	}
	return box
}

func sizeText(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d 字节", n)
	case n < 1<<20:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// attachTo keeps a file on a record of entity and goes back to its page; what is wrong with the file is said there.
func attachTo(entity, noun string) func(*Server, *request) error {
	return func(s *Server, r *request) error {
		id, err := pathID[int64](r, "id")
		if err != nil {
			return err
		}
		x, err := s.receive(r, entity, id, r.QueryParam("key"))
		var e *registry.Error
		switch {
		case err == nil:
			r.flash("ok", "已上传“"+x.Filename+"”。")
		case errors.As(err, &e) && e.Kind == registry.KindInvalid && len(e.Fields) > 0:
			r.flash("danger", "没有上传："+e.Fields[0].Message+"。")
		default:
			return err
		}
		return r.Redirect(http.StatusSeeOther, fmt.Sprintf("/%s/%d#attachments", noun, id))
	}
}
