package casefile

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// evidencePanel is the evidence of a case on its page: its own and that of its inspections.
type evidencePanel struct {
	Rows     []exhibitView
	Offered  int    // how many pieces of its inspections the case may still take up
	Words    string // how many pieces there are, and where they were taken
	FileOnly string // what is said of a file that no exhibit names
}

// exhibitView is one piece with its picture.
type exhibitView struct {
	registry.Exhibit
	Picture bool // its file can be drawn small
}

func evidenceOf(f *registry.CaseFile) evidencePanel {
	p := evidencePanel{FileOnly: registry.FileOnly}
	pictures := map[registry.AttachmentID]bool{}
	for i := range f.Files {
		pictures[f.Files[i].ID] = slices.Contains(registry.Pictures, f.Files[i].Content)
	}
	for _, x := range f.Exhibits() {
		p.Rows = append(p.Rows, exhibitView{x, pictures[x.AttachmentID]})
	}
	visits, files := 0, 0
	for i := range p.Rows {
		x := &p.Rows[i]
		switch {
		case x.File != nil:
			files++
		case x.From != nil:
			visits++
		}
		if !x.Taken && x.CaseID == 0 {
			p.Offered++
		}
	}
	if visits+files == 0 {
		return p
	}
	words := []string{fmt.Sprintf("共 %d 件", len(p.Rows))}
	if visits > 0 {
		words = append(words, fmt.Sprintf("检查中登记 %d 件", visits))
	}
	if files > 0 {
		words = append(words, fmt.Sprintf("检查中的文件 %d 个", files))
	}
	p.Words = strings.Join(words, "，")
	return p
}
