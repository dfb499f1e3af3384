package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"casebook/internal/picture/exiftest"
)

// What a camera writes is read out of a JPEG and out of a box of HEIC; what is cut, odd or absent tells nothing and breaks nothing.
func TestReadShot(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	photo := exiftest.JPEG(plain.Bytes(), "2024:12:16 09:12:30", 112.585278, 22.183611)
	s := ReadShot(bytes.NewReader(photo))
	if s.Taken.Format("2006-01-02 15:04:05 -0700") != "2024-12-16 09:12:30 +0800" || s.Device != "Acme Phone" {
		t.Errorf("taken %v with %q", s.Taken, s.Device)
	}
	if got := s.Place.Decimal(); !strings.HasPrefix(got, "112.58527") || !strings.Contains(got, "22.1836") || s.Place.Datum != "WGS-84" {
		t.Errorf("at %s, %s", got, s.Place.Datum)
	}
	if heic := append([]byte("\x00\x00\x00\x18ftypheic"), exiftest.Segment("2099:01:01 00:00:00", 0, 0)...); ReadShot(bytes.NewReader(heic)).Taken.Year() != 2099 {
		t.Error("the time of a HEIC is not read")
	}
	for n := range photo[:400] {
		_ = ReadShot(bytes.NewReader(photo[:n]))
	}
	none := Shot{}
	for name, file := range map[string][]byte{"without EXIF": plain.Bytes(), "nothing": nil, "a mark alone": []byte("Exif\x00\x00II*\x00\xff\xff\xff\xff")} {
		if got := ReadShot(bytes.NewReader(file)); got != none {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A copy with text at its foot is a picture of its own.
func TestMark(t *testing.T) {
	var plain, out bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 400, 300)), nil); err != nil {
		t.Fatal(err)
	}
	r := bytes.NewReader(plain.Bytes())
	x, err := Look(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := Mark(&out, r, x, []string{"no font"}, []byte("none")); err == nil {
		t.Error("a file that is no font is taken for one")
	}
	if binary.LittleEndian.Uint16(plain.Bytes()) != 0xD8FF {
		t.Error("the original was touched")
	}
}

func FuzzReadShot(f *testing.F) {
	f.Add(exiftest.Segment("2024:12:16 09:12:30", 112.5, 22.1))
	f.Fuzz(func(_ *testing.T, b []byte) { _ = ReadShot(bytes.NewReader(b)) })
}
