package picture

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Shot is what a camera wrote into a file beside the picture: its own clock's time and, where it knew it, the place. It says what the device
// believed, which may be wrong, and what anybody may have changed.
type Shot struct {
	Taken  time.Time // by the device's clock, in the zone that it tells, else Shanghai's; zero where it says nothing
	Place  registry.Place
	Device string // 厂商 型号
}

// shotMost is how much of a file is searched for EXIF: phones write it before the picture, HEIC near its beginning.
const shotMost = 4 << 20

// ReadShot reads EXIF out of a JPEG, PNG, WebP or HEIC. A file without it, or with one that cannot be read, tells nothing.
func ReadShot(r io.Reader) Shot {
	head, err := io.ReadAll(io.LimitReader(r, shotMost))
	if err != nil {
		return Shot{}
	}
	for _, mark := range []string{"Exif\x00\x00", "eXIf", "EXIF"} {
		for rest := head; ; {
			i := bytes.Index(rest, []byte(mark))
			if i < 0 {
				break
			}
			rest = rest[i+len(mark):]
			tiff := rest
			if mark == "EXIF" && len(rest) > 4 { // WebP: the size of the chunk stands between
				tiff = bytes.TrimPrefix(rest[4:], []byte("Exif\x00\x00"))
			}
			if s, ok := shotOf(tiff); ok {
				return s
			}
		}
	}
	return Shot{}
}

// ifd reads the directories of a TIFF, which EXIF is.
type ifd struct {
	tiff  []byte
	order binary.ByteOrder
}

// Tags of EXIF 2.3 that are read.
const (
	tagMake, tagModel, tagExif, tagGPS     = 0x010F, 0x0110, 0x8769, 0x8825
	tagDateTime, tagOriginal, tagOffset    = 0x0132, 0x9003, 0x9011
	tagLatRef, tagLat, tagLongRef, tagLong = 1, 2, 3, 4
)

func shotOf(tiff []byte) (s Shot, ok bool) {
	if len(tiff) < 8 || string(tiff[:4]) != "II*\x00" && string(tiff[:4]) != "MM\x00*" {
		return s, false
	}
	d := ifd{tiff, binary.LittleEndian}
	if tiff[0] == 'M' {
		d.order = binary.BigEndian
	}
	first := d.read(d.order.Uint32(tiff[4:]))
	s.Device = strings.TrimSpace(text(first[tagMake]) + " " + text(first[tagModel]))
	exif := map[uint16][]byte{}
	if at, ok := first[tagExif]; ok && len(at) >= 4 {
		exif = d.read(d.order.Uint32(at))
	}
	taken := text(exif[tagOriginal])
	if taken == "" {
		taken = text(first[tagDateTime])
	}
	zone := registry.Shanghai
	if off, err := time.Parse("-07:00", text(exif[tagOffset])); err == nil {
		_, seconds := off.Zone()
		zone = time.FixedZone("", seconds)
	}
	if t, err := time.ParseInLocation("2006:01:02 15:04:05", taken, zone); err == nil && t.Year() > 1990 {
		s.Taken = t.In(registry.Shanghai)
	}
	if at, ok := first[tagGPS]; ok && len(at) >= 4 {
		gps := d.read(d.order.Uint32(at))
		lng, ok1 := d.degrees(gps[tagLong], text(gps[tagLongRef]) == "W")
		lat, ok2 := d.degrees(gps[tagLat], text(gps[tagLatRef]) == "S")
		if ok1 && ok2 && (lng != 0 || lat != 0) { // phones without a fix write zeros
			s.Place = registry.Place{Longitude: &lng, Latitude: &lat, Datum: "WGS-84"}
		}
	}
	return s, true
}

// read lists the values of a directory by tag; a pointer to another directory is four bytes.
func (d ifd) read(at uint32) map[uint16][]byte {
	values := map[uint16][]byte{}
	if int64(at)+2 > int64(len(d.tiff)) {
		return values
	}
	n := int(d.order.Uint16(d.tiff[at:]))
	size := map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
	for list := d.tiff[at+2:]; n > 0 && len(list) >= 12; n, list = n-1, list[12:] {
		long := size[d.order.Uint16(list[2:])] * int64(d.order.Uint32(list[4:]))
		value := list[8:12]
		if long > 4 {
			from := int64(d.order.Uint32(list[8:]))
			if from+long > int64(len(d.tiff)) {
				continue
			}
			value = d.tiff[from : from+long]
		}
		values[d.order.Uint16(list)] = value
	}
	return values
}

func text(b []byte) string {
	s, _, _ := strings.Cut(string(b), "\x00")
	return strings.TrimSpace(s)
}

// degrees are three rationals: degrees, minutes, seconds.
func (d ifd) degrees(b []byte, negative bool) (float64, bool) {
	if len(b) < 24 {
		return 0, false
	}
	sum, unit := 0.0, 1.0
	for i := range 3 {
		above, below := d.order.Uint32(b[8*i:]), d.order.Uint32(b[8*i+4:])
		if below == 0 {
			return 0, false
		}
		sum += float64(above) / float64(below) / unit
		unit *= 60
	}
	if negative {
		sum = -sum
	}
	return sum, sum >= -180 && sum <= 180
}
