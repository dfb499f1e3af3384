package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/docx"
	"casebook/internal/paper"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

const sampleCase = 6

// samplePapers are the papers of the invented case, each kind once; of several documents of a kind the last.
func samplePapers(t *testing.T, a *webtest.App) map[string]casework.FilePaper {
	t.Helper()
	officer, papers := a.Actor(registry.RoleOfficer), map[string]casework.FilePaper{}
	file, err := a.Service.CaseFile(context.Background(), officer, sampleCase)
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []struct {
		entity string
		id     int64
	}{{"case", sampleCase}, {"inspection", int64(file.Inspections[0].ID)}} {
		list, err := a.Service.FilePapers(context.Background(), officer, of.entity, of.id)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			papers[p.Kind.Key] = p
		}
	}
	return papers
}

// The papers of the invented case, word for word, as PDF and as Word file; the same input makes the same bytes.
// go test ./internal/paper -run Golden -update
func TestGoldenPapers(t *testing.T) {
	a := webtest.Demo(t)
	papers := samplePapers(t, a)
	for i := range paper.Kinds {
		key := paper.Kinds[i].Key
		p, ok := papers[key]
		if !ok {
			t.Errorf("the invented case has no %s", key)
			continue
		}
		for _, f := range []struct {
			ext   string
			write func(io.Writer, paper.Paper) error
			text  func(t *testing.T, file []byte) string
		}{{"pdf", pdf.WritePaper, pdfText}, {"docx", docx.WritePaper, docxText}} {
			t.Run(key+"."+f.ext, func(t *testing.T) {
				first, again := made(t, f.write, p.Paper), made(t, f.write, p.Paper)
				if !bytes.Equal(first, again) {
					t.Error("the same paper makes other bytes the second time")
				}
				got, path := f.text(t, first), fmt.Sprintf("testdata/%s.%s.txt", key, f.ext)
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("%s differs; see with -update what changed\n%s", path, got)
				}
			})
		}
	}
}

func made(t *testing.T, write func(io.Writer, paper.Paper) error, p paper.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pdfText(t *testing.T, file []byte) string {
	return webtest.PDFText(t, file, "pdftotext", func(f string) []string { return []string{"-layout", f, "-"} })
}

var tags = regexp.MustCompile(`<[^>]*>`)

// docxText is a line a paragraph, of the body and of its footer.
func docxText(t *testing.T, file []byte) string {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, name := range []string{"word/document.xml", "word/footer1.xml"} {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		xml, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(tags.ReplaceAllString(strings.ReplaceAll(string(xml), "</w:p>", "\n"), ""))
	}
	return out.String()
}

// lacks is what nobody has said: who took the minutes.
var lacks = map[string]string{"discussion": "会议记录人"}

// The invented case lacks nothing that its record has; what a bureau says of itself and what the record cannot know is all that is missing.
func TestSampleLacksNothingItHas(t *testing.T) {
	a := webtest.Demo(t)
	for key, p := range samplePapers(t, a) {
		var names []string
		for _, m := range p.Missing {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, "、"); got != lacks[key] {
			t.Errorf("%s lacks %q, want %q", key, got, lacks[key])
		}
	}
}

// What is taken out of the record is a blank on the paper and stands among the missing, with a link to its field.
func TestMissingIsABlankWithALink(t *testing.T) {
	a := webtest.Demo(t)
	officer := a.Actor(registry.RoleOfficer)
	c := a.As(registry.RoleOfficer)
	at := fmt.Sprintf("/cases/%d/papers", sampleCase)
	c.Get(at).Want(200, "行政处罚决定书", "送达回证", "证据目录", "齐全").Check()
	x, err := a.Service.Inspection(context.Background(), officer, 10) // one that found nothing, and no case rests on
	if err != nil {
		t.Fatal(err)
	}
	x.Place, x.Findings = "", ""
	if err := a.Service.ChangeInspection(context.Background(), officer, &x); err != nil {
		t.Fatal(err)
	}
	page := c.Get(fmt.Sprintf("/inspections/%d/papers/visit", x.ID)).Check()
	page.Want(200, fmt.Sprintf(`href="/inspections/%d/edit#f-place"`, x.ID), fmt.Sprintf(`href="/inspections/%d/edit#f-findings"`, x.ID), paper.AsksVisit, paper.Blank)
	c.Get(fmt.Sprintf("/inspections/%d/papers/visit/odt", x.ID)).Want(404)
	c.Get(fmt.Sprintf("/inspections/%d/papers/decision", x.ID)).Want(404)
	if got := c.Get(fmt.Sprintf("/inspections/%d/papers/visit/pdf", x.ID)).Want(200); !strings.HasPrefix(got.Body, "%PDF-") {
		t.Error("the paper is no PDF")
	}
	a.As(registry.RoleAuditor).Get("/audit").Want(200, "现场检查（勘察）笔录 PDF")
}
