package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Each picture is in the file once, as it came, led to by a relationship, with what it shows for who cannot see it; the parts stay XML.
func TestPictures(t *testing.T) {
	one := report.Picture{SHA256: "aa", Width: 1600, Height: 900, Caption: "取样 <现场>", Credit: "供图", Alt: "两名执法人员", JPEG: []byte("\xFF\xD8 one"), Wide: true}
	two := report.Picture{SHA256: "bb", Width: 300, Height: 400, Alt: "配图", JPEG: []byte("\xFF\xD8 two")}
	for _, design := range registry.BulletinDesigns {
		b := sample(design)
		b.Pictures, b.Cases[1].Pictures = []report.Picture{one}, []report.Picture{two, one}
		file := written(t, b)
		if !bytes.Equal(file, written(t, b)) {
			t.Errorf("%s: the same input makes other bytes", design)
		}
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		p := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			p[f.Name] = string(body)
		}
		if p["word/media/image1.jpeg"] != string(one.JPEG) || p["word/media/image2.jpeg"] != string(two.JPEG) || p["word/media/image3.jpeg"] != "" {
			t.Errorf("%s: the pictures are not as they came, or not once", design)
		}
		doc := p["word/document.xml"]
		for s, n := range map[string]int{`r:embed="rId7"`: 2, `r:embed="rId8"`: 1, `descr="两名执法人员"`: 2, "取样 &lt;现场&gt;（供图）": 2, `<wp:docPr id="3"`: 1} {
			if strings.Count(doc, s) != n {
				t.Errorf("%s: document.xml has %s %d times, want %d", design, s, strings.Count(doc, s), n)
			}
		}
		for _, name := range []string{"word/document.xml", "word/_rels/document.xml.rels"} {
			for d := xml.NewDecoder(strings.NewReader(p[name])); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %s is no XML: %v", design, name, err)
				}
			}
		}
		if annexed := strings.Contains(doc, "附件：典型案例图片") && strings.Contains(doc, "图3"); annexed != (design == official) {
			t.Errorf("%s: the pictures are an annex: %v", design, annexed)
		}
	}
}
