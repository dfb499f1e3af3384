// Package exiftest makes what a camera writes into a photo, for tests. It must not be used outside them.
package exiftest

import (
	"bytes"
	"encoding/binary"
	"math"
)

// JPEG puts EXIF behind the first mark of a JPEG: when (2006:01:02 15:04:05) and, unless both are zero, where in degrees.
func JPEG(plain []byte, taken string, lng, lat float64) []byte {
	seg := Segment(taken, lng, lat)
	head := []byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 0}
	binary.BigEndian.PutUint16(head[4:], uint16(len(seg)+2)) //nolint:gosec // some hundred bytes
	return append(append(head, seg...), plain[2:]...)
}

// Segment is the EXIF alone.
func Segment(taken string, lng, lat float64) []byte {
	le := binary.LittleEndian
	var heap bytes.Buffer
	const room = 200 // of the directories, before the values
	tiff := make([]byte, room)
	copy(tiff, "II*\x00\x08\x00\x00\x00")
	value := func(b []byte) uint32 { at := room + heap.Len(); heap.Write(b); return uint32(at) } //nolint:gosec // small
	entry := func(at int, tag, kind uint16, count, v uint32) {
		le.PutUint16(tiff[at:], tag)
		le.PutUint16(tiff[at+2:], kind)
		le.PutUint32(tiff[at+4:], count)
		le.PutUint32(tiff[at+8:], v)
	}
	le.PutUint16(tiff[8:], 4)
	entry(10, 0x010F, 2, 5, value([]byte("Acme\x00")))
	entry(22, 0x0110, 2, 6, value([]byte("Phone\x00")))
	entry(34, 0x8769, 4, 1, 70)
	entry(46, 0x8825, 4, 1, 100)
	le.PutUint16(tiff[70:], 1)
	entry(72, 0x9003, 2, 20, value(append([]byte(taken), 0)))
	if lng == 0 && lat == 0 {
		return append([]byte("Exif\x00\x00"), append(tiff, heap.Bytes()...)...)
	}
	le.PutUint16(tiff[100:], 4)
	entry(102, 1, 2, 2, uint32('N'))
	entry(114, 2, 5, 3, value(degrees(lat)))
	entry(126, 3, 2, 2, uint32('E'))
	entry(138, 4, 5, 3, value(degrees(lng)))
	return append([]byte("Exif\x00\x00"), append(tiff, heap.Bytes()...)...)
}

func degrees(d float64) []byte {
	whole := math.Floor(d)
	minutes := math.Floor((d - whole) * 60)
	seconds := (d - whole - minutes/60) * 3600
	var b []byte
	for _, v := range []float64{whole, minutes, seconds * 100} {
		below := uint32(1)
		if len(b) == 16 {
			below = 100
		}
		b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, uint32(math.Round(v))), below)
	}
	return b
}
