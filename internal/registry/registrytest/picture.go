package registrytest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// EXIF is a directory with an orientation, and a secret in it as a camera's owner and as the place: TIFF, big endian.
func EXIF(orientation uint16, secret string) []byte {
	var b bytes.Buffer
	b.WriteString("MM\x00*\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count, value uint32) {
		_ = binary.Write(&b, binary.BigEndian, struct {
			Tag, Kind    uint16
			Count, Value uint32
		}{tag, kind, count, value})
	}
	n := uint32(len(secret))
	_ = binary.Write(&b, binary.BigEndian, uint16(3))
	end := uint32(8 + 2 + 3*12 + 4)
	entry(0x0112, 3, 1, uint32(orientation)<<16)
	entry(0x8825, 4, 1, end+n) // GPS directory, behind the name
	entry(0xA430, 2, n, end)   // CameraOwnerName
	b.Write([]byte{0, 0, 0, 0})
	b.WriteString(secret)
	b.WriteString("\x00\x01\x00\x02\x00\x02\x00\x00\x00\x04N22\x00\x00\x00\x00\x00" + secret)
	return b.Bytes()
}

// WithEXIF puts EXIF into a JPEG, before everything else.
func WithEXIF(jpeg []byte, orientation uint16, secret string) []byte {
	return withSegment(jpeg, 0xE1, append([]byte("Exif\x00\x00"), EXIF(orientation, secret)...))
}

func withSegment(jpeg []byte, marker byte, body []byte) []byte {
	out := append(bytes.Clone(jpeg[:2]), 0xFF, marker, byte((len(body)+2)>>8), byte(len(body)+2))
	return append(append(out, body...), jpeg[2:]...)
}

// PhotoWithSecrets is a JPEG that tells a secret in every way that a phone or an editor has: EXIF with owner and place, a thumbnail, XMP, IPTC, a profile, a comment,
// and behind its end.
func PhotoWithSecrets(jpeg []byte, secret string) []byte {
	out := withSegment(jpeg, 0xFE, []byte(secret))
	out = withSegment(out, 0xED, []byte("Photoshop 3.0\x008BIM\x04\x04"+secret))
	out = withSegment(out, 0xE2, []byte("ICC_PROFILE\x00\x01\x01"+secret))
	out = withSegment(out, 0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret+"</x:xmpmeta>"))
	thumbnail := append([]byte("JFXX\x00\x10"), jpeg...)
	out = withSegment(out, 0xE0, append(thumbnail[:min(len(thumbnail), 60_000)], secret...))
	return append(WithEXIF(out, 1, secret), secret...)
}

// WithPNGChunk puts a chunk behind the head of a PNG.
func WithPNGChunk(png []byte, kind string, body []byte) []byte {
	var b bytes.Buffer
	b.Write(png[:33])
	_ = binary.Write(&b, binary.BigEndian, uint32(len(body)))
	chunk := append([]byte(kind), body...)
	b.Write(chunk)
	_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(chunk))
	b.Write(png[33:])
	return b.Bytes()
}

// WithPNGSize makes a PNG say that it is of another size.
func WithPNGSize(png []byte, w, h int) []byte {
	out := bytes.Clone(png)
	binary.BigEndian.PutUint32(out[16:], uint32(w)) //nolint:gosec // a test's
	binary.BigEndian.PutUint32(out[20:], uint32(h)) //nolint:gosec // a test's
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}
