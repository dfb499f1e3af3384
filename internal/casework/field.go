package casework

import (
	"context"
	"fmt"
	"io"
	"strings"

	"casebook/internal/picture"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// FieldFarm is a farm as a phone keeps it.
type FieldFarm = store.FieldFarm

// fieldFarms is how many farms a phone is given: their names and places are some 300 kB.
const fieldFarms = 2000

// FieldFarms lists the farms that an officer finds without a signal: those of the own branch's district, or of the city, newest first. more tells
// that there are others.
func (s *Service) FieldFarms(ctx context.Context, a registry.Actor) (list []FieldFarm, more bool, err error) {
	district := ""
	if a.Branch != nil {
		district = a.Branch.DistrictCode
	}
	err = s.read(ctx, a, registry.PermRecordWrite, func(tx *store.Tx) error {
		list, err = tx.FieldFarms(district, fieldFarms+1)
		return err
	})
	if more = len(list) > fieldFarms; more {
		list = list[:fieldFarms]
	}
	return list, more, err
}

// LastVisit is the newest inspection of a farm that is not voided; found is false where there is none.
func (s *Service) LastVisit(ctx context.Context, a registry.Actor, farm registry.FarmID) (x registry.Inspection, found bool, err error) {
	if farm == 0 {
		return x, false, a.May(registry.PermRecordRead) // a filter without a farm finds any
	}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		rows, _, err := tx.Inspections(store.InspectionFilter{FarmID: farm}, store.Page{Limit: 1})
		if err != nil || len(rows) == 0 {
			return err
		}
		found = true
		x, err = store.Inspections.Get(tx, int64(rows[0].ID))
		return err
	})
	return x, found, err
}

// JudgeSamples fills in what the catalogue and the numbers say of samples that are being typed at a farm, without storing anything. problems are
// by sample, as storing them would name them; open says for each result why the catalogue gives it no limit.
func (s *Service) JudgeSamples(ctx context.Context, a registry.Actor, x *registry.Inspection, samples []registry.Sample) (problems error, open [][]string, err error) {
	var p registry.Problems
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		farm, err := maybe(tx, store.Farms, x.FarmID)
		if err != nil {
			return err
		}
		for i := range samples {
			p.Merge(fmt.Sprintf("samples.%d.", i), s.judgeSample(x, farm, &samples[i]))
			var why []string
			for _, o := range limitsOf(s.Law(), &samples[i], x, farm).Offers {
				if why = append(why, o.Missing); len(o.Options) > 1 {
					why[len(why)-1] = "可能适用的限值有几项" + o.Words() + "，填上执行标准即选定"
				}
			}
			open = append(open, why)
		}
		return nil
	})
	return p.Err(), open, err
}

// Photo is a photo of an inspection with what its camera wrote into it.
type Photo struct {
	File   registry.Attachment
	Shot   picture.Shot
	Doubts []string
}

// Photos reads what the cameras wrote into the photos of an inspection's page, and compares it with the inspection. The files are read, not
// recorded as downloads: nobody sees more of them than thumbnails.
func (s *Service) Photos(p *InspectionPage) (list []Photo, err error) {
	seen := map[string]string{}
	for _, f := range p.Attachments {
		if f.EvidenceKind() != "照片" {
			continue
		}
		x := Photo{File: f}
		if err := s.shot(&x); err != nil {
			return nil, err
		}
		x.Doubts = s.Bureau().PhotoDoubts(x.Shot.Taken, x.Shot.Place, &p.Inspection, p.Farm.Place, s.now())
		if doubt := f.Mismatch(); doubt != "" {
			x.Doubts = append(x.Doubts, doubt)
		}
		if first := seen[f.SHA256]; first != "" {
			x.Doubts = append(x.Doubts, "与“"+first+"”是同一个文件")
		}
		seen[f.SHA256] = f.Filename
		list = append(list, x)
	}
	return list, nil
}

func (s *Service) shot(x *Photo) error {
	f, err := s.db.OpenFile(x.File.SHA256)
	if registry.KindOf(err) == registry.KindNotFound {
		return nil // verify says what is lost; the page still opens
	}
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	x.Shot = picture.ReadShot(f)
	return nil
}

// thumbSide is the longest side of a thumbnail, in pixels: twice what the page shows, for dense screens.
const thumbSide = 480

// Thumbnail writes a small JPEG of an image among the attachments. What cannot be drawn (HEIC, a broken file) is said in Chinese.
func (s *Service) Thumbnail(ctx context.Context, a registry.Actor, id registry.AttachmentID, w io.Writer) error {
	return s.drawn(ctx, a, id, func(f io.ReadSeeker, info picture.Info, _ registry.Attachment) error {
		_, _, err := picture.Render(w, f, info, picture.Edit{Longest: thumbSide})
		return err
	})
}

// MarkedCopy writes a copy of a photo that has what is known of it at its foot. It is made anew each time; the file that came is never touched.
func (s *Service) MarkedCopy(ctx context.Context, a registry.Actor, id registry.AttachmentID, w io.Writer, face []byte) error {
	return s.drawn(ctx, a, id, func(f io.ReadSeeker, info picture.Info, x registry.Attachment) error {
		lines, err := s.markOf(ctx, a, x)
		if err != nil {
			return err
		}
		return picture.Mark(w, f, info, lines, face)
	})
}

// markOf are the lines at the foot of a photo: its five facts where an exhibit names it, and which file it is a copy of.
func (s *Service) markOf(ctx context.Context, a registry.Actor, x registry.Attachment) (lines []string, err error) {
	if x.Entity != "inspection" {
		return []string{x.Filename, markEnd(x)}, nil
	}
	p, err := s.InspectionPage(ctx, a, registry.InspectionID(x.EntityID))
	if err != nil {
		return nil, err
	}
	lines = []string{p.Farm.Name}
	for _, e := range p.Evidence {
		if e.AttachmentID != x.ID {
			continue
		}
		for _, f := range []struct{ label, value string }{{"证明对象", e.Subject}, {"时间", strings.TrimSpace(e.MadeOn.String() + " " + e.MadeTime)}, {"地点", e.Place}, {"拍摄人", e.Maker}, {"证明内容", e.Proves}} {
			if f.value != "" {
				lines = append(lines, f.label+"："+f.value)
			}
		}
	}
	return append(lines, markEnd(x)), nil
}

func markEnd(x registry.Attachment) string {
	return "水印副本，原件 SHA-256 " + x.SHA256[:16] + "…"
}

// drawn opens an image for drawing, in the queue of heavy work by what decoding needs.
func (s *Service) drawn(ctx context.Context, a registry.Actor, id registry.AttachmentID, draw func(io.ReadSeeker, picture.Info, registry.Attachment) error) error {
	var x registry.Attachment
	err := s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) (err error) {
		x, err = tx.Attachment(id)
		return err
	})
	if err != nil {
		return err
	}
	f, err := s.db.OpenFile(x.SHA256)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // opened for reading
	info, err := picture.Look(f)
	if err != nil {
		return err
	}
	done, err := s.heavy.Take(ctx, info.Memory)
	if err != nil {
		return err
	}
	defer done()
	return draw(f, info, x)
}
