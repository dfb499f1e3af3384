package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/docx"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

var shown = flag.String("photos", "", "keep the photo pages in this folder, to be looked at")

// turned is a photo as a phone held upright takes it: the sensor lies on its side, and EXIF orientation 6 says to turn it clockwise. Upright it shows
// grey sky over a brown ditch.
func turned(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300)) // on its side: the sky is on the left
	for y := range 300 {
		for x := range 400 {
			c := color.RGBA{R: 205, G: 215, B: uint8(225 + x%20), A: 255}
			if x > 180 {
				c = color.RGBA{R: uint8(110 + (x*7+y*13)%40), G: uint8(80 + (x*3+y*5)%30), B: 50, A: 255}
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	exif := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

// A photo that a phone took upright stands upright on the photo page, in both files, with its five facts, and without what its camera wrote.
func TestPhotoPageShowsThePhoto(t *testing.T) {
	a := webtest.Demo(t)
	ctx, officer := context.Background(), a.Actor(registry.RoleOfficer)
	file, _, err := a.Service.AddAttachment(ctx, officer, "inspection", 10, "IMG_1.jpg", bytes.NewReader(turned(t)), "k")
	if err != nil {
		t.Fatal(err)
	}
	x := registry.Evidence{InspectionID: 10, Kind: "照片", Title: "沟渠", Subject: "场外沟渠", Place: "场北", Maker: "甲一", MadeOn: registry.Day(2025, 4, 9), MadeTime: "14:35", Proves: "沟内没有废水。", AttachmentID: file.ID}
	if _, err := a.Service.AddEvidence(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	p, err := a.Service.PrintFilePaper(ctx, officer, "photos", "inspection", 10, "pdf")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Missing) != 0 {
		t.Errorf("the page lacks %v", p.Missing)
	}
	made := map[string][]byte{"pdf": made(t, pdf.WritePaper, p.Paper), "docx": made(t, docx.WritePaper, p.Paper)}
	if *shown != "" {
		for ext, b := range made {
			if err := os.WriteFile(filepath.Join(*shown, "photos."+ext), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for ext, text := range map[string]string{"pdf": pdfText(t, made["pdf"]), "docx": docxText(t, made["docx"])} {
		for _, want := range []string{"场外沟渠", "场北", "甲一", "2025年4月9日14时35分", "沟内没有废水"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %s:\n%s", ext, want, text)
			}
		}
	}
	z, err := zip.NewReader(bytes.NewReader(made["docx"]), int64(len(made["docx"])))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "word/media/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		upright(t, b.Bytes())
		seen++
	}
	if seen != 1 {
		t.Errorf("the Word file has %d pictures, want 1", seen)
	}
	at := bytes.Index(made["pdf"], []byte{0xff, 0xd8, 0xff})
	if at < 0 {
		t.Fatal("the PDF has no photo")
	}
	upright(t, made["pdf"][at:])
}

// upright asks that a JPEG be higher than wide, with the sky above, and say nothing of its camera.
func upright(t *testing.T, b []byte) {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	size := img.Bounds().Size()
	if size.Y <= size.X {
		t.Errorf("the photo is %d×%d: it lies on its side", size.X, size.Y)
	}
	blue := func(y int) uint32 { _, _, b, _ := img.At(size.X/2, y).RGBA(); return b }
	if blue(size.Y/8) < blue(size.Y*7/8) {
		t.Error("the photo stands on its head")
	}
	if bytes.Contains(b, []byte("Exif")) {
		t.Error("the photo says what its camera wrote")
	}
}
