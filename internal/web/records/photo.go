package records

import (
	"bytes"
	"fmt"
	"net/http"

	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// photoRow is a photo as the page of its inspection shows it.
type photoRow struct {
	casework.Photo
	Taken string // by the camera's clock
	Drawn bool   // a browser can be shown a thumbnail
}

func (s area) photoRows(d *casework.InspectionPage) ([]photoRow, error) {
	photos, err := s.Service.Photos(d)
	if err != nil {
		return nil, err
	}
	list := make([]photoRow, len(photos))
	for i, p := range photos {
		list[i] = photoRow{Photo: p, Drawn: p.File.Content != registry.ContentHEIC}
		if !p.Shot.Taken.IsZero() {
			if list[i].Taken, err = kit.Instant(p.Shot.Taken); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// photoThumb shows a small copy of an image: made of its pixels, so that nothing of the file itself is shown in our origin. What cannot be drawn is
// shown as an icon.
func (s area) photoThumb(r *kit.Request) error {
	err := s.photo(r, "inline", func(id registry.AttachmentID, out *bytes.Buffer) error {
		return s.Service.Thumbnail(r.Ctx(), r.Actor, id, out)
	})
	if registry.KindOf(err) == registry.KindInvalid {
		return r.Blob(http.StatusOK, "image/svg+xml", []byte(noPicture))
	}
	return err
}

const noPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 150"><rect width="200" height="150" fill="#eaf0ee"/>` +
	`<text x="100" y="80" text-anchor="middle" font-size="14" fill="#495754">画不出来，可下载原件</text></svg>`

// photoMarked sends the copy with what is known of the photo at its foot.
func (s area) photoMarked(r *kit.Request) error {
	return s.photo(r, "attachment", func(id registry.AttachmentID, out *bytes.Buffer) error {
		return s.Service.MarkedCopy(r.Ctx(), r.Actor, id, out, pdf.TextFont())
	})
}

func (s area) photo(r *kit.Request, disposition string, draw func(registry.AttachmentID, *bytes.Buffer) error) error {
	id, err := kit.PathID[registry.AttachmentID](r, "id")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := draw(id, &out); err != nil {
		return err
	}
	h := r.Response().Header()
	h.Set("Content-Disposition", fmt.Sprintf("%s; filename=photo-%d.jpg", disposition, id))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	return r.Blob(http.StatusOK, "image/jpeg", out.Bytes())
}
