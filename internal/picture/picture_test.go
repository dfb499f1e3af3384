package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/registry/registrytest"
)

// corners is a picture whose quarters are red, green, blue and white, from the upper left on.
func corners(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	of := []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, of[2*(2*y/h)+2*x/w])
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rendered(t testing.TB, file []byte, e Edit) (out []byte, img image.Image) {
	t.Helper()
	r := bytes.NewReader(file)
	x, err := Look(r)
	if err != nil {
		t.Fatalf("Look: %v", err)
	}
	var b bytes.Buffer
	w, h, err := Render(&b, r, x, e)
	if err != nil {
		t.Fatalf("Render: %v", err)
	}
	if img, err = jpeg.Decode(bytes.NewReader(b.Bytes())); err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, w, h) {
		t.Errorf("Render says %d × %d and writes %v", w, h, img.Bounds())
	}
	return b.Bytes(), img
}

// near tells that a pixel has about a colour: JPEG is not exact.
func near(img image.Image, x, y int, want color.RGBA) bool {
	r, g, b, _ := img.At(x, y).RGBA()
	for _, d := range []float64{float64(r>>8) - float64(want.R), float64(g>>8) - float64(want.G), float64(b>>8) - float64(want.B)} {
		if math.Abs(d) > 24 {
			return false
		}
	}
	return true
}

// Each of the eight ways in which a camera is held gives the same upright picture, whatever kind of file it is, and the size that Look tells.
func TestOrientation(t *testing.T) {
	const w, h = 96, 64
	upright := corners(w, h)
	for o := turn(1); o <= 8; o++ {
		fw, fh := o.upright(w, h)
		lying := image.NewRGBA(image.Rect(0, 0, fw, fh))
		for y := range h {
			for x := range w {
				px, py := o.from(x, y, fw, fh)
				lying.Set(px, py, upright.At(x, y))
			}
		}
		for name, file := range map[string][]byte{
			"JPEG": registrytest.WithEXIF(asJPEG(t, lying), uint16(o), ""),
			"PNG":  registrytest.WithPNGChunk(asPNG(t, lying), "eXIf", registrytest.EXIF(uint16(o), "")),
		} {
			_, img := rendered(t, file, Edit{})
			if img.Bounds().Dx() != w || img.Bounds().Dy() != h {
				t.Errorf("%s held as %d is %v, want %d × %d", name, o, img.Bounds(), w, h)
				continue
			}
			for i, c := range []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}} {
				if x, y := w/4+w/2*(i%2), h/4+h/2*(i/2); !near(img, x, y, c) {
					t.Errorf("%s held as %d: quarter %d is %v, want %v", name, o, i, img.At(x, y), c)
				}
			}
		}
	}
}

// What a camera, a phone or an editor writes beside the pixels is not in the copy: no byte of it.
func TestNothingOfTheFileStays(t *testing.T) {
	const secret = "GPS-N22.18-E112.30-Zhang-San"
	photo := corners(200, 160)
	for name, file := range map[string][]byte{
		"JPEG": registrytest.PhotoWithSecrets(asJPEG(t, photo), secret),
		"PNG":  registrytest.WithPNGChunk(registrytest.WithPNGChunk(asPNG(t, photo), "tEXt", []byte("Author\x00"+secret)), "eXIf", registrytest.EXIF(1, secret)),
	} {
		if !bytes.Contains(file, []byte(secret)) {
			t.Fatalf("%s: nothing was planted", name)
		}
		out, _ := rendered(t, file, Edit{})
		if bytes.Contains(out, []byte("Zhang")) || bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("http:")) {
			t.Errorf("%s: the copy tells what the file said", name)
		}
		for i := 2; i+4 < len(out) && out[i+1] != 0xDA; i += 2 + int(binary.BigEndian.Uint16(out[i+2:])) {
			if m := out[i+1]; m >= 0xE0 && m <= 0xEF || m == 0xFE { // APPn, COM
				t.Errorf("%s: the copy has a segment %X", name, m)
			}
		}
		again, _ := rendered(t, file, Edit{})
		if !bytes.Equal(out, again) {
			t.Errorf("%s: the same picture gave other bytes", name)
		}
	}
}

func TestCropAndSize(t *testing.T) {
	file := asPNG(t, corners(400, 200))
	_, img := rendered(t, file, Edit{Crop: registry.PictureArea{X: 500, Y: 0, W: 500, H: 500}})
	if img.Bounds() != image.Rect(0, 0, 200, 100) || !near(img, 100, 50, color.RGBA{0, 255, 0, 255}) {
		t.Errorf("the upper right quarter is %v, %v", img.Bounds(), img.At(100, 50))
	}
	_, img = rendered(t, file, Edit{Longest: 100})
	if img.Bounds() != image.Rect(0, 0, 100, 50) || !near(img, 75, 40, color.RGBA{255, 255, 255, 255}) {
		t.Errorf("made smaller it is %v", img.Bounds())
	}
	_, img = rendered(t, file, Edit{Longest: 4000})
	if img.Bounds().Dx() != 400 {
		t.Errorf("a small picture was made larger: %v", img.Bounds())
	}
	_, img = rendered(t, asPNG(t, image.NewNRGBA(image.Rect(0, 0, 20, 20))), Edit{})
	if !near(img, 10, 10, color.RGBA{255, 255, 255, 255}) {
		t.Errorf("what is transparent is %v, want white", img.At(10, 10))
	}
}

// The mean is exact: a picture of noise, shrunk, has the mean of its pixels, whatever the factor is.
func TestShrinkIsTheMean(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	p := image.NewRGBA(image.Rect(0, 0, 97, 61))
	for i := range p.Pix {
		p.Pix[i] = byte(rnd.UintN(256))
		if i%4 == 3 {
			p.Pix[i] = 0xFF
		}
	}
	one := shrink(source{p, 1}, p.Bounds(), 1)
	if one.Bounds().Dx() != 1 || one.Bounds().Dy() != 1 {
		t.Fatalf("shrunk to %v", one.Bounds())
	}
	if want := mean(p, p.Bounds()); math.Abs(float64(one.Pix[0])-float64(want.R)) > 1 || math.Abs(float64(one.Pix[2])-float64(want.B)) > 1 {
		t.Errorf("the mean is %v, want %v", one.RGBAAt(0, 0), want)
	}
}

// face is a picture with fine stripes in the middle: what a cover must hide.
func face(seed byte) *image.RGBA {
	p := corners(800, 800)
	for y := 300; y < 500; y++ {
		for x := 300; x < 500; x++ {
			v := uint8(0)
			if (x/3+y/5+int(seed))%2 == 0 {
				v = 255
			}
			p.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	return p
}

// A mosaic holds at most six by six colours, and a cover none: two faces that differ only in what is lost give the same copy.
func TestCoverIsIrreversible(t *testing.T) {
	area := registry.PictureArea{X: 375, Y: 375, W: 250, H: 250}
	for _, fill := range []bool{false, true} {
		e := Edit{Covers: []registry.PictureCover{{Area: area, Fill: fill}}}
		out := shrink(source{face(0), 1}, image.Rect(0, 0, 800, 800), 0)
		cover(out, Info{Width: 800, Height: 800}, out.Bounds(), e.Covers[0])
		seen := map[color.RGBA]int{}
		for y := 300; y < 500; y++ {
			for x := 300; x < 500; x++ {
				seen[out.RGBAAt(x, y)]++
			}
		}
		if most := map[bool]int{false: tiles * tiles, true: 1}[fill]; len(seen) > most {
			t.Errorf("fill %v leaves %d colours of the face, want at most %d", fill, len(seen), most)
		}
		for c, n := range seen {
			if !fill && n < (200/tiles)*(200/tiles) {
				t.Errorf("a square of %d pixels with %v is finer than a %dth of the face", n, c, tiles)
			}
		}
		if out.RGBAAt(299, 299) != (color.RGBA{255, 0, 0, 255}) || out.RGBAAt(500, 500) != (color.RGBA{255, 255, 255, 255}) {
			t.Errorf("fill %v: the cover reaches beyond its area", fill)
		}
		// The whole way, from file to file: stripes moved by one give the same bytes where only their mean is left.
		if a, _ := rendered(t, asPNG(t, face(0)), e); fill {
			if b, _ := rendered(t, asPNG(t, face(1)), e); !bytes.Equal(a, b) {
				t.Errorf("two faces under a cover give two copies")
			}
		}
	}
}

// A cover holds in a crop that cuts it, and in a copy that is smaller; its squares stay as coarse as the whole area asks.
func TestCoverInCrop(t *testing.T) {
	e := Edit{Crop: registry.PictureArea{X: 450, Y: 450, W: 400, H: 400}, Covers: []registry.PictureCover{{Area: registry.PictureArea{X: 375, Y: 375, W: 250, H: 250}, Fill: true}}, Longest: 100}
	_, img := rendered(t, asPNG(t, face(0)), e)
	if !near(img, 10, 10, filling) || !near(img, 38, 38, filling) || near(img, 60, 60, filling) {
		t.Errorf("in the crop the cover is %v, %v, %v", img.At(10, 10), img.At(38, 38), img.At(60, 60))
	}
	e.Covers[0].Area = registry.PictureArea{X: 0, Y: 0, W: 100, H: 100} // outside the crop
	if _, img = rendered(t, asPNG(t, face(0)), e); near(img, 1, 1, filling) {
		t.Errorf("a cover outside the crop is in it")
	}
}

func TestLookRefuses(t *testing.T) {
	// A PNG that says it is 40,000 × 40,000 and holds next to nothing.
	bomb := asPNG(t, corners(2, 2))
	binary.BigEndian.PutUint32(bomb[16:], 40_000)
	binary.BigEndian.PutUint32(bomb[20:], 40_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	large := bytes.Clone(bomb)
	binary.BigEndian.PutUint32(large[16:], 10_000)
	binary.BigEndian.PutUint32(large[20:], 7_000)
	binary.BigEndian.PutUint32(large[29:], crc32.ChecksumIEEE(large[12:29]))
	deep := bytes.Clone(bomb) // 16 bits, interlaced
	binary.BigEndian.PutUint32(deep[16:], 7_000)
	binary.BigEndian.PutUint32(deep[20:], 7_000)
	deep[24], deep[28] = 16, 1
	binary.BigEndian.PutUint32(deep[29:], crc32.ChecksumIEEE(deep[12:29]))
	progressive := asJPEG(t, corners(16, 16)) // a file that says it is progressive, of 49 million pixels
	at := bytes.Index(progressive, []byte{0xFF, 0xC0})
	progressive[at+1] = 0xC2
	binary.BigEndian.PutUint16(progressive[at+5:], 7000)
	binary.BigEndian.PutUint16(progressive[at+7:], 7000)
	photo := asJPEG(t, corners(64, 64))
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"nothing", nil, "不是能用的图片"},
		{"text", []byte("这不是图片"), "不是能用的图片（文本）"},
		{"PDF", []byte("%PDF-1.7\n%âãÏÓ\n"), "不是能用的图片（PDF 文件）"},
		{"HEIC", append([]byte{0, 0, 0, 24}, "ftypheic\x00\x00\x00\x00mif1heic"...), "“兼容性最佳”"},
		{"only a mark", []byte("\xFF\xD8\xFF\xE0"), "不完整或已损坏"},
		{"half a head", photo[:100], "不完整或已损坏"},
		{"a bomb", bomb, "40000 × 40000 像素，太大"},
		{"too many pixels", large, "10000 × 7000 像素，太大"},
		{"much memory", deep, "很占内存的 PNG"},
		{"progressive", progressive, "很占内存的 JPEG"},
	} {
		if _, err := Look(bytes.NewReader(c.file)); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Look = %v, want %s", c.name, err, c.want)
		}
	}
	half := asJPEG(t, face(0))
	r := bytes.NewReader(half[:len(half)/2]) // looks well, and breaks off
	x, err := Look(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Render(&bytes.Buffer{}, r, x, Edit{}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("half a photo: Render = %v, want a refusal", err)
	}
}

func TestGIFAndWebP(t *testing.T) {
	var b bytes.Buffer
	if err := gif.Encode(&b, corners(60, 40), nil); err != nil {
		t.Fatal(err)
	}
	if _, img := rendered(t, b.Bytes(), Edit{}); !near(img, 10, 10, color.RGBA{255, 0, 0, 255}) {
		t.Errorf("GIF: %v", img.At(10, 10))
	}
	file, err := os.ReadFile("testdata/corners.webp")
	if err != nil {
		t.Fatal(err)
	}
	if _, img := rendered(t, file, Edit{}); img.Bounds() != image.Rect(0, 0, 60, 40) || !near(img, 10, 10, color.RGBA{255, 0, 0, 255}) || !near(img, 50, 30, color.RGBA{255, 255, 255, 255}) {
		t.Errorf("WebP: %v %v", img.Bounds(), img.At(10, 10))
	}
}

// FuzzPicture: whatever comes, nothing panics, and what is not refused is the size that was told. What is decoded takes no more than was told, within the limit of the test.
func FuzzPicture(f *testing.F) {
	photo := asJPEG(f, corners(24, 16))
	f.Add(registrytest.PhotoWithSecrets(photo, "x"), 100, 100, 300, 300)
	f.Add(asPNG(f, corners(24, 16)), 0, 0, 1000, 1000)
	f.Add(registrytest.WithPNGChunk(asPNG(f, corners(9, 7)), "eXIf", registrytest.EXIF(6, "")), -5, 990, 40, 40)
	var g bytes.Buffer
	if err := gif.Encode(&g, corners(12, 9), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(g.Bytes(), 1, 1, 1, 1)
	if file, err := os.ReadFile("testdata/corners.webp"); err == nil {
		f.Add(file, 1, 2, 3, 4)
	}
	f.Fuzz(func(t *testing.T, file []byte, x, y, w, h int) {
		r := bytes.NewReader(file)
		info, err := Look(r)
		if err != nil {
			if registry.KindOf(err) != registry.KindInvalid {
				t.Fatalf("Look: %v is no refusal", err)
			}
			return
		}
		if info.Width <= 0 || info.Height <= 0 || info.Width*info.Height > MaxPixels || info.Memory <= 0 || info.Memory > MaxMemory {
			t.Fatalf("Look takes %+v", info)
		}
		if info.Memory > 4<<20 {
			return // the rest would test the machine
		}
		limit := func(n int) int { return max(-2000, min(n, 2000)) }
		area := registry.PictureArea{X: limit(x), Y: limit(y), W: limit(w), H: limit(h)}
		var out bytes.Buffer
		ow, oh, err := Render(&out, r, info, Edit{Crop: area, Covers: []registry.PictureCover{{Area: area}, {Area: area, Fill: true}}, Longest: 64})
		if err != nil {
			if registry.KindOf(err) != registry.KindInvalid {
				t.Fatalf("Render: %v is no refusal", err)
			}
			return
		}
		if c, err := jpeg.DecodeConfig(&out); err != nil || c.Width != ow || c.Height != oh || max(ow, oh) > 64 {
			t.Fatalf("the copy is %v, %v, want %d × %d", c, err, ow, oh)
		}
	})
}

// A photo of 12 million pixels, as a phone takes it.
func BenchmarkRender(b *testing.B) {
	file := asJPEG(b, corners(4000, 3000))
	b.ReportAllocs()
	for b.Loop() {
		rendered(b, file, Edit{Longest: Longest})
	}
	b.ReportMetric(float64(len(file)), "bytes")
}
