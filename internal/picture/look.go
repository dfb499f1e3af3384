package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"casebook/internal/registry"
)

const (
	// MaxPixels is how large a picture may be: three times what phones take, and no more than decoding can pay for.
	MaxPixels = 60_000_000
	// MaxMemory is what decoding one may need, in bytes. A progressive JPEG needs five times as much as another of its size.
	MaxMemory = 256 << 20
	// maxSide is the longest side: what is longer is no photo.
	maxSide = 30_000
)

// Info is what is known of a picture before it is decoded.
type Info struct {
	Width, Height int   // upright
	Memory        int64 // that decoding needs at most, in bytes

	format *format
	turn   turn
}

// format is a kind of file that is read.
type format struct {
	name   string
	mark   string // at place
	place  int
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// scan says how the picture lies, what a pixel takes in memory (in quarters of a byte), and what is wrong with it.
	scan func(io.ReadSeeker, image.Config) (turn, int64, error)
}

var formats = []format{
	{"JPEG", "\xFF\xD8\xFF", 0, jpeg.DecodeConfig, jpeg.Decode, scanJPEG},
	{"PNG", "\x89PNG\r\n\x1A\n", 0, png.DecodeConfig, png.Decode, scanPNG},
	{"GIF", "GIF8", 0, gif.DecodeConfig, gif.Decode, func(io.ReadSeeker, image.Config) (turn, int64, error) { return 1, 8, nil }},
	{"WebP", "WEBP", 8, webp.DecodeConfig, webp.Decode, scanWebP},
}

// errBroken is what is said of a file that begins like a picture and is none.
var errBroken = errors.New("图片不完整或已损坏，打不开；请换原图再传")

// Look says what a picture is, from its head alone, or in Chinese why it is not taken. Nothing is decoded, and no more is read than marks and their sizes.
func Look(r io.ReadSeeker) (x Info, err error) {
	head := make([]byte, 16)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return x, err
	}
	if x.format, err = formatOf(head[:n]); err != nil {
		return x, err
	}
	if err := rewind(r); err != nil {
		return x, err
	}
	config, err := x.format.config(r)
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return x, refused("%s", errBroken)
	}
	if config.Width > maxSide || config.Height > maxSide || int64(config.Width)*int64(config.Height) > MaxPixels {
		return x, refused("图片有 %d × %d 像素，太大：最多 %d 万像素，请先缩小", config.Width, config.Height, MaxPixels/10_000)
	}
	if err := rewind(r); err != nil {
		return x, err
	}
	var quarters int64
	if x.turn, quarters, err = x.format.scan(r, config); err != nil {
		return x, refused("%s", err)
	}
	x.Width, x.Height = x.turn.upright(config.Width, config.Height)
	if x.Memory = int64(config.Width) * int64(config.Height) * quarters / 4; x.Memory > MaxMemory {
		return x, refused("图片有 %d × %d 像素，存成了很占内存的 %s，读不了；请缩小，或另存为普通 JPEG 再传", config.Width, config.Height, x.format.name)
	}
	return x, rewind(r)
}

func refused(text string, args ...any) error { return registry.Invalid("file", text, args...) }

func rewind(r io.Seeker) error {
	_, err := r.Seek(0, io.SeekStart)
	return err
}

// formatOf tells a file by its first bytes: its name may lie.
func formatOf(head []byte) (*format, error) {
	for i := range formats {
		f := &formats[i]
		if len(head) >= f.place && bytes.HasPrefix(head[f.place:], []byte(f.mark)) {
			return f, nil
		}
	}
	if what := registry.ContentOf(head); what == registry.ContentHEIC {
		return nil, refused("这是 HEIC 图片（苹果手机的“高效”格式），报纸、Word 和公众号都打不开：请在手机“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或在相册、看图软件里导出为 JPEG 再传")
	} else {
		return nil, refused("不是能用的图片（%s）；可用 JPEG、PNG、GIF、WebP 图片", what)
	}
}

// scanJPEG walks the segments up to the picture's data: APP1 says how the camera was held, SOF how the pixels are kept.
func scanJPEG(r io.ReadSeeker, _ image.Config) (t turn, quarters int64, err error) {
	t = 1
	var b [4]byte
	if _, err := io.ReadFull(r, b[:2]); err != nil {
		return t, 0, errBroken
	}
	for range 4096 { // segments: a file of phones has some twenty
		if _, err := io.ReadFull(r, b[:2]); err != nil || b[0] != 0xFF {
			return t, 0, errBroken
		}
		for b[1] == 0xFF { // fill bytes
			if _, err := io.ReadFull(r, b[1:2]); err != nil {
				return t, 0, errBroken
			}
		}
		marker := b[1]
		if marker == 0x01 || marker >= 0xD0 && marker <= 0xD8 {
			continue // without a length
		}
		if _, err := io.ReadFull(r, b[2:]); err != nil {
			return t, 0, errBroken
		}
		size := int64(binary.BigEndian.Uint16(b[2:])) - 2
		if size < 0 {
			return t, 0, errBroken
		}
		body := io.LimitReader(r, size)
		switch {
		case marker == 0xDA: // the data begins, and no SOF was before it
			return t, 0, errBroken
		case marker == 0xE1 && t == 1:
			exif, err := io.ReadAll(body)
			if err != nil {
				return t, 0, err
			}
			if tiff, ok := bytes.CutPrefix(exif, []byte("Exif\x00\x00")); ok {
				t = turnOf(tiff)
			}
		case marker == 0xC0 || marker == 0xC1 || marker == 0xC2:
			sof, err := io.ReadAll(body)
			if err != nil {
				return t, 0, err
			}
			// What follows may still say how the picture lies, but cameras write it before.
			quarters, err := jpegPixel(sof, marker == 0xC2)
			return t, quarters, err
		default:
			if _, err := r.Seek(size, io.SeekCurrent); err != nil {
				return t, 0, err
			}
		}
	}
	return t, 0, errBroken
}

// jpegPixel is what a pixel takes: a byte a sample, and where the file is progressive its coefficient of four bytes beside it.
func jpegPixel(sof []byte, progressive bool) (quarters int64, err error) {
	if len(sof) < 6 || len(sof) < 6+3*int(sof[5]) || sof[5] == 0 {
		return 0, errBroken
	}
	var samples, h, v int64
	for i := range int(sof[5]) {
		hv := sof[6+3*i+1]
		samples += int64(hv>>4) * int64(hv&15)
		h, v = max(h, int64(hv>>4)), max(v, int64(hv&15))
	}
	if h*v == 0 {
		return 0, errBroken
	}
	quarters = max(4, (4*samples+h*v-1)/(h*v))
	if progressive {
		quarters *= 5
	}
	return quarters, nil
}

// scanPNG looks for eXIf before the data. A pixel of 16 bits takes eight bytes, any other at most four, and one of an interlaced file as much again.
func scanPNG(r io.ReadSeeker, _ image.Config) (t turn, quarters int64, err error) {
	t, quarters = 1, 16
	var b [8]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return t, 0, errBroken
	}
	for range 4096 {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return t, 0, errBroken
		}
		size := int64(binary.BigEndian.Uint32(b[:4]))
		switch string(b[4:]) {
		case "IDAT":
			return t, quarters, nil
		case "IHDR":
			var ihdr [13]byte
			if _, err := io.ReadFull(r, ihdr[:]); err != nil || size != 13 {
				return t, 0, errBroken
			}
			if ihdr[8] == 16 {
				quarters *= 2
			}
			if ihdr[12] != 0 {
				quarters *= 2
			}
			size = 0
		case "eXIf":
			if size > exifMost {
				return t, 0, errBroken
			}
			tiff := make([]byte, size)
			if _, err := io.ReadFull(r, tiff); err != nil {
				return t, 0, errBroken
			}
			t, size = turnOf(tiff), 0
		}
		if _, err := r.Seek(size+4, io.SeekCurrent); err != nil { // the sum of the chunk too
			return t, 0, err
		}
	}
	return t, 0, errBroken
}

// scanWebP compares the size that the file tells with the size of the picture in it, which is what decoding pays for, and reads EXIF, which stands behind it.
func scanWebP(r io.ReadSeeker, c image.Config) (t turn, quarters int64, err error) {
	t = 1
	if _, err := r.Seek(12, io.SeekStart); err != nil {
		return t, 0, err
	}
	var b [18]byte
	for range 4096 {
		if _, err := io.ReadFull(r, b[:8]); err != nil {
			break // the end, where there is no EXIF
		}
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		size += size & 1
		read := int64(0)
		switch id := string(b[:4]); id {
		case "VP8 ", "VP8L":
			read = min(10, size)
			if _, err := io.ReadFull(r, b[8:8+read]); err != nil || read < 5 || id == "VP8 " && read < 10 {
				return t, 0, errBroken
			}
			w, h := int(binary.LittleEndian.Uint16(b[14:])&0x3FFF), int(binary.LittleEndian.Uint16(b[16:])&0x3FFF)
			quarters = 16 // three bytes at most, and alpha
			if id == "VP8L" {
				bits := binary.LittleEndian.Uint32(b[9:])
				w, h = int(bits&0x3FFF)+1, int(bits>>14&0x3FFF)+1
				quarters = 32
			}
			if w != c.Width || h != c.Height {
				return t, 0, errBroken
			}
		case "EXIF":
			if size > exifMost {
				return t, 0, errBroken
			}
			tiff := make([]byte, size)
			if _, err := io.ReadFull(r, tiff); err != nil {
				return t, 0, errBroken
			}
			return turnOf(bytes.TrimPrefix(tiff, []byte("Exif\x00\x00"))), max(quarters, 16), nil
		}
		if _, err := r.Seek(size-read, io.SeekCurrent); err != nil {
			return t, 0, err
		}
	}
	if quarters == 0 {
		return t, 0, errBroken
	}
	return t, quarters, nil
}

// exifMost is how much EXIF is read.
const exifMost = 1 << 20

// turnOf reads the orientation out of EXIF: tag 0x0112 of the first directory. What cannot be read lies as it is.
func turnOf(tiff []byte) turn {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	n := int(order.Uint16(tiff[at:]))
	for list := tiff[at+2:]; n > 0 && len(list) >= 12; n, list = n-1, list[12:] {
		if order.Uint16(list) != 0x0112 {
			continue
		}
		if t := turn(order.Uint16(list[8:])); t >= 1 && t <= 8 {
			return t
		}
		return 1
	}
	return 1
}
