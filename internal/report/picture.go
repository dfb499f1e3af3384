package report

import (
	"strings"

	"casebook/internal/registry"
)

// Picture is a picture of a bulletin as it is published: the copy, never the file that it was made of.
type Picture struct {
	File          registry.AttachmentID // its address on pages of the register
	SHA256        string                // of the copy, hex
	Width, Height int                   // pixels
	Caption       string
	Credit        string // 来源
	Alt           string
	Wide          bool   // 报纸: across both columns, under the title
	JPEG          []byte // the copy; only where a paper is made
}

// Words stand under the picture: what it shows, and who took it. Empty where nothing is said.
func (p Picture) Words() string {
	words := strings.ReplaceAll(p.Caption, "\n", " ")
	if credit := strings.ReplaceAll(p.Credit, "\n", " "); credit != "" {
		words += "（" + credit + "）"
	}
	return words
}

// AllPictures are the pictures of the bulletin in the order of its cases, those of the lead first.
func (b *Bulletin) AllPictures() (list []*Picture) {
	for i := range b.Pictures {
		list = append(list, &b.Pictures[i])
	}
	for i := range b.Cases {
		for k := range b.Cases[i].Pictures {
			list = append(list, &b.Cases[i].Pictures[k])
		}
	}
	return list
}
