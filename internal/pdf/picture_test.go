package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// shot is a picture of one colour.
func shot(t testing.TB, name string, w, h int, c color.RGBA) report.Picture {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(p.Pix); i += 4 {
		p.Pix[i], p.Pix[i+1], p.Pix[i+2], p.Pix[i+3] = c.R, c.G, c.B, 255
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return report.Picture{SHA256: name, Width: w, Height: h, Caption: name, JPEG: b.Bytes()}
}

// illustrated is the sample with a picture across the page, one of the lead, and two of the second case, one of them upright.
func illustrated(t testing.TB, design string) report.Bulletin {
	b := designed(design)
	wide, lead := shot(t, "专项行动现场", 1600, 900, color.RGBA{200, 30, 30, 255}), shot(t, "执法人员取样", 800, 600, color.RGBA{30, 200, 30, 255})
	wide.Wide, wide.Credit = true, "执法人员供图"
	b.Pictures = []report.Picture{wide, lead}
	long := shot(t, "氧化塘没有防渗，养殖废水由塘边的缺口流到场外的沟渠，再进入农灌渠；图中可见排放的痕迹，塘面有大量浮渣", 1200, 900, color.RGBA{30, 30, 200, 255})
	b.Cases[1].Pictures = []report.Picture{long, shot(t, "排放口", 600, 1200, color.RGBA{90, 90, 90, 255})}
	return b
}

// Each design prints each picture once, as the bytes that were approved, with its words; the same bulletin gives the same file.
func TestPicturesAreInEveryDesign(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		b := illustrated(t, design)
		file := bulletinBytes(t, b)
		if !bytes.Equal(file, bulletinBytes(t, illustrated(t, design))) {
			t.Errorf("%s: the same input makes other bytes", design)
		}
		for _, p := range b.AllPictures() {
			if n := bytes.Count(file, p.JPEG); n != 1 {
				t.Errorf("%s: %s stands %d times in the file", design, p.Caption, n)
			}
		}
		text := run(t, file, "pdftotext", "-raw")
		for _, p := range b.AllPictures() {
			if !strings.Contains(solid(text), solid(p.Words())) {
				t.Errorf("%s: the words of %s are not printed", design, p.Caption)
			}
		}
		golden := "testdata/" + design + "-图片.txt"
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if text != string(want) {
			t.Errorf("%s says\n%s\nwant\n%s (look at the pages, then: go test ./internal/pdf -run PicturesAreInEveryDesign -update)", design, text, want)
		}
	}
}

// A picture keeps its shape and stands within its column; across the page where it is wide, and small where it has few pixels.
func TestPicturesKeepTheirShape(t *testing.T) {
	d := NewDocument(Info{})
	d.area = area{100, 100, 200, 400}
	for _, c := range []struct {
		w, h  int
		wantW float64
	}{{2000, 1500, 200}, {1500, 2000, 150}, {100, 50, 100 * 72 / fewestDots}} {
		rows := d.picture(pictureLook{200, 9, 13}, shot(t, "图", c.w, c.h, color.RGBA{}), "说明")
		if len(rows) != 2 || !rows[0].keep || rows[1].keep {
			t.Fatalf("%d × %d: %d rows, want the picture kept with its words", c.w, c.h, len(rows))
		}
		want := c.wantW * float64(c.h) / float64(c.w)
		if got := rows[0].height - 3; got < want-0.01 || got > want+0.01 {
			t.Errorf("%d × %d stands %.1f high, want %.1f", c.w, c.h, got, want)
		}
	}
	if rows := d.picture(newsFigure, report.Picture{SHA256: "x", Width: 10, Height: 10}, "没有文件"); rows != nil {
		t.Errorf("a picture without a file has %d rows", len(rows))
	}
}

func TestCaptionWithoutGlyph(t *testing.T) {
	b := illustrated(t, "报纸")
	b.Pictures[1].Caption = "\U0002ebf0"
	var missing *MissingGlyphs
	if err := WriteBulletin(&bytes.Buffer{}, b); !errors.As(err, &missing) {
		t.Errorf("a caption that cannot be set: %v", err)
	}
}
