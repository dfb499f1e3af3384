package view

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
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

// Attachments fills the box of a record, as r.attachments("farms", id, p.Attachments).
func Attachments(r *kit.Request, noun string, id int64, list []registry.Attachment) AttachmentBox {
	box := AttachmentBox{Token: r.FormToken()}
	if r.Can(registry.PermRecordWrite) {
		// The key makes a second click harmless; it is in the address because the body is read as it comes.
		box.Action = fmt.Sprintf("/%s/%d/attachments?key=%s", noun, id, kit.NewUUID())
	}
	for _, x := range list {
		box.Files = append(box.Files, AttachmentRow{x, SizeText(x.Size)})
	}
	return box
}

// SizeText writes a size in bytes.
func SizeText(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d 字节", n)
	case n < 1<<20:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
