package registry

import (
	"cmp"
	"fmt"
	"slices"
)

// PictureParts is into how many parts the width and the height of a picture are divided, to say where something is in it.
const PictureParts = 1000

// PictureArea is a rectangle of a picture that stands upright, in thousandths of its width and its height. The zero value is none.
type PictureArea struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// IsZero tells that nothing was marked.
func (a PictureArea) IsZero() bool { return a == PictureArea{} }

func (a PictureArea) validate(p *Problems, field, what string) {
	if a.X < 0 || a.Y < 0 || a.W <= 0 || a.H <= 0 || a.X+a.W > PictureParts || a.Y+a.H > PictureParts {
		p.Add(field, "%s要在图片之内：左、上从 0 起，宽、高大于 0，左加宽、上加高都不超过 %d", what, PictureParts)
	}
}

// PictureCover is a part of a picture that nobody outside shall see.
type PictureCover struct {
	Area PictureArea `json:"area"`
	Fill bool        `json:"fill"` // one colour: for what can be read. Otherwise a coarse mosaic
}

// BulletinPicture is a picture of a bulletin: the file as it came, which stays in the register, what is done to it, and the copy that is published. An approved
// bulletin prints the copy that its writers and its approvers saw, byte for byte.
type BulletinPicture struct {
	FileID AttachmentID `json:"file_id"`           // as it came: an attachment of the bulletin that nothing changes, and the picture's name
	SHA256 string       `json:"sha256"`            // of it, hex
	FromID AttachmentID `json:"from_id,omitempty"` // the file of a case's record that it was chosen from; 0: it was uploaded

	CaseID  CaseID `json:"case_id,omitempty"` // whose it is; 0: it stands with the lead
	Caption string `json:"caption"`
	Credit  string `json:"credit"` // 来源: who took it, as it is printed
	Alt     string `json:"alt"`    // for who cannot see it; empty: the caption
	Wide    bool   `json:"wide"`   // 报纸: across both columns, under the title

	Crop   PictureArea    `json:"crop,omitzero"` // zero: all of it
	Covers []PictureCover `json:"covers,omitempty"`

	CopyID     AttachmentID `json:"copy_id"`
	CopySHA256 string       `json:"copy_sha256"` // hex
	CopySize   int64        `json:"copy_size"`   // bytes
	Width      int          `json:"width"`       // of the copy, in pixels
	Height     int          `json:"height"`

	// CheckedSHA256 is the copy that a writer looked through for faces, plates and whatever else tells who it is. Another copy is not looked through.
	CheckedSHA256 string `json:"checked_sha256,omitempty"`
	CheckerID     UserID `json:"checker_id,omitempty"`
}

const (
	// MaxBulletinPictures is how many pictures a bulletin may have.
	MaxBulletinPictures = 40
	maxCovers           = 60
	maxCaption          = 200
)

// Checked tells that a writer looked through the copy as it is.
func (p *BulletinPicture) Checked() bool {
	return p.CheckedSHA256 != "" && p.CheckedSHA256 == p.CopySHA256
}

// AltText is what stands for the picture where it is not seen.
func (p *BulletinPicture) AltText() string { return cmp.Or(p.Alt, p.Caption) }

// SameLook tells whether two versions of a picture give the same copy.
func (p *BulletinPicture) SameLook(o *BulletinPicture) bool {
	return p.SHA256 == o.SHA256 && p.Crop == o.Crop && slices.Equal(p.Covers, o.Covers)
}

func (p *BulletinPicture) typed() []*string { return []*string{&p.Caption, &p.Credit, &p.Alt} }

// PictureName is what the picture at a place is called in sentences: 图片一.
func PictureName(i int) string { return "图片" + ChineseNumeral(i+1) }

// Picture is the bulletin's picture of a file; -1 where it has none.
func (x *Bulletin) Picture(file AttachmentID) int {
	return slices.IndexFunc(x.Pictures, func(p BulletinPicture) bool { return p.FileID == file })
}

// PicturesOf are the pictures of a case in their order; of 0, those of the lead.
func (x *Bulletin) PicturesOf(id CaseID) (list []BulletinPicture) {
	for _, p := range x.Pictures {
		if p.CaseID == id {
			list = append(list, p)
		}
	}
	return list
}

// HasCase tells whether a case is in the bulletin.
func (x *Bulletin) HasCase(id CaseID) bool {
	return slices.ContainsFunc(x.Cases, func(c BulletinCase) bool { return c.CaseID == id })
}

// keepPictures takes the pictures as they were, without those of cases that are no longer in the bulletin.
func (x *Bulletin) keepPictures(was *Bulletin) {
	x.Pictures = nil
	for _, p := range was.Pictures {
		if p.CaseID == 0 || x.HasCase(p.CaseID) {
			x.Pictures = append(x.Pictures, p)
		}
	}
}

func (x *Bulletin) validatePictures(p *Problems) {
	if n := len(x.Pictures); n > MaxBulletinPictures {
		p.Add("pictures", "一期通报最多 %d 张图片，现有 %d 张", MaxBulletinPictures, n)
	}
	wide := false
	for i := range x.Pictures {
		pic := &x.Pictures[i]
		at := func(name string) string { return fieldAt("pictures", i, name) }
		for _, w := range []struct{ field, label, text string }{{"caption", "图片说明", pic.Caption}, {"credit", "来源", pic.Credit}, {"alt", "替代文字", pic.Alt}} {
			p.text(at(w.field), w.text, maxCaption)
		}
		if pic.CaseID != 0 && !x.HasCase(pic.CaseID) {
			p.Add(at("case_id"), "图片所属的案件不在这期通报里")
		}
		if pic.Wide && pic.CaseID != 0 {
			p.Add(at("wide"), "通栏的图片排在报头下面，要放在导语，不能属于某个案件")
		} else if pic.Wide && wide {
			p.Add(at("wide"), "一期只能有一张通栏的图片，请先去掉另一张的通栏")
		}
		wide = wide || pic.Wide
		if !pic.Crop.IsZero() {
			pic.Crop.validate(p, at("crop"), "裁剪范围")
		}
		if len(pic.Covers) > maxCovers {
			p.Add(at("covers"), "最多遮盖 %d 处，现有 %d 处", maxCovers, len(pic.Covers))
		}
		for k, c := range pic.Covers {
			c.Area.validate(p, fmt.Sprintf("%s.%d.x", at("covers"), k), "遮盖的范围")
		}
	}
}
