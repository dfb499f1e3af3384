package registry

import (
	"fmt"
	"strings"
	"testing"
)

func TestExhibits(t *testing.T) {
	f := CaseFile{Case: Case{ID: 1},
		Inspections: []Inspection{{ID: 8, Kind: "复查", StartedOn: Day(2026, 4, 1)}, {ID: 7, StartedOn: Day(2026, 3, 5)}},
		Evidence: []Evidence{
			{ID: 1, InspectionID: 7, Title: "笔录"}, {ID: 2, CaseID: 1, Title: "执照"}, {ID: 3, CaseID: 1, InspectionID: 7, Title: "照片", AttachmentID: 40},
			{ID: 4, InspectionID: 8, Title: "复查照片"}, {ID: 5, CaseID: 2, InspectionID: 7, Title: "另案录像"},
		},
		Files: []Attachment{{ID: 40, Entity: "inspection", EntityID: 7, Filename: "a.jpg"}, {ID: 41, Entity: "inspection", EntityID: 7, Filename: "b.MP4"}, {ID: 42, Entity: "inspection", EntityID: 9, Filename: "c.pdf"}, {ID: 43, Entity: "inspection", EntityID: 8, Filename: "d.pdf"}},
	}
	var got []string
	for _, x := range f.Exhibits() {
		got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %t %t %s", x.Title, x.Source(), x.Taken, x.File != nil, x.Kind), " "))
	}
	want := []string{"执照  true false", "照片 检查 2026-03-05 true false", "复查照片 复查 2026-04-01 false false", "笔录 检查 2026-03-05 false false", "另案录像 检查 2026-03-05 false false",
		"b.MP4 检查 2026-03-05 false true 视听资料", "d.pdf 复查 2026-04-01 false true 书证"}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("Exhibits:\n%s\nwant\n%s", a, b)
	}
}

// A re-check that says whether the order was followed needs no second answer; a person's own answer stays.
func TestResultOfARecheck(t *testing.T) {
	for _, tc := range [][3]string{
		{"已改正", "", NoViolationFound}, {"已改正", Undecided, NoViolationFound}, {"已改正", ViolationFound, ViolationFound}, {"未改正", "", ViolationFound}, {"部分改正", "", ViolationFound},
		{"拒不改正", "", ViolationFound}, {"其他", "", Undecided}, {"", "", Undecided},
	} {
		x := Inspection{Rectified: tc[0], Result: tc[1]}
		if x.Clean(); x.Result != tc[2] {
			t.Errorf("%q with %q: %q, want %q", tc[0], tc[1], x.Result, tc[2])
		}
	}
}
