package registry

import (
	"cmp"
	"slices"
	"strings"
)

// Exhibit is one piece of evidence as a case lists it: the case's own, one of an inspection that the case rests on, or a file kept on such
// an inspection that no exhibit names yet.
type Exhibit struct {
	Evidence
	From  *Inspection // where it was taken; nil for one of the case alone
	Taken bool        // the case's own, or taken up by it
	File  *Attachment // a file that no exhibit names: Evidence holds only what the file tells
}

// Exhibits are the evidence of a case, each piece once: its own in their order, then those of its inspections, then the files of its
// inspections that no exhibit names.
func (f *CaseFile) Exhibits() []Exhibit {
	visits := make(map[InspectionID]*Inspection, len(f.Inspections))
	order := make(map[InspectionID]int, len(f.Inspections))
	for i := range f.Inspections {
		visits[f.Inspections[i].ID], order[f.Inspections[i].ID] = &f.Inspections[i], i
	}
	named := map[AttachmentID]bool{}
	list := make([]Exhibit, 0, len(f.Evidence)+len(f.Files))
	for _, x := range f.Evidence {
		named[x.AttachmentID] = true
		list = append(list, Exhibit{Evidence: x, From: visits[x.InspectionID], Taken: x.CaseID == f.Case.ID})
	}
	slices.SortStableFunc(list, func(a, b Exhibit) int {
		switch {
		case a.Taken != b.Taken && a.Taken:
			return -1
		case a.Taken != b.Taken:
			return 1
		case a.Taken:
			return 0 // as they were read: by their place
		}
		return cmp.Compare(order[a.InspectionID], order[b.InspectionID])
	})
	for i := range f.Files {
		a := &f.Files[i]
		from := visits[InspectionID(a.EntityID)]
		if a.Entity != "inspection" || from == nil || named[a.ID] {
			continue
		}
		list = append(list, Exhibit{From: from, File: a, Evidence: Evidence{InspectionID: from.ID, Kind: a.EvidenceKind(), Title: a.Filename, AttachmentID: a.ID}})
	}
	return list
}

// Source says where a piece was taken: 检查 2026-03-05; empty for one of the case alone.
func (x *Exhibit) Source() string {
	if x.From == nil {
		return ""
	}
	return strings.TrimSpace(cmp.Or(x.From.Kind, "检查") + " " + x.From.StartedOn.String())
}

// FileOnly is what is said of a file that no exhibit names.
const FileOnly = "检查中的文件，尚未登记证明内容"

// EvidenceKind is the kind of exhibit that a file looks like by its name, for a person to correct.
func (x *Attachment) EvidenceKind() string {
	t, _ := FileTypeOf(x.Filename)
	switch media, _, _ := strings.Cut(t.Media, "/"); media {
	case "image":
		return "照片"
	case "video", "audio":
		return "视听资料"
	}
	return "书证"
}
