package picture

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"

	"casebook/internal/registry"
)

// Longest is the longest side of a published copy, in pixels: two columns of a newspaper at 290 dots an inch.
const Longest = 2000

// quality is JPEG's, of every copy.
const quality = 84

// Edit is what is done to a picture before anybody outside sees it.
type Edit struct {
	Crop    registry.PictureArea // zero: all of it
	Covers  []registry.PictureCover
	Longest int // side, in pixels; a picture is never made larger
}

// Render writes the copy of a picture that Look has taken, as JPEG, and says how large it is. The file is read once; beside the decoded picture nothing of its size is
// held. What cannot be decoded is told in Chinese.
func Render(w io.Writer, r io.ReadSeeker, x Info, e Edit) (width, height int, err error) {
	out, err := decoded(r, x, e)
	if err != nil {
		return 0, 0, err
	}
	if err := jpeg.Encode(w, out, &jpeg.Options{Quality: quality}); err != nil {
		return 0, 0, fmt.Errorf("write picture: %w", err)
	}
	return out.Bounds().Dx(), out.Bounds().Dy(), nil
}

// decoded is the picture upright, as e has it.
func decoded(r io.ReadSeeker, x Info, e Edit) (out *image.RGBA, err error) {
	defer func() {
		if p := recover(); p != nil { // of a decoder: one odd picture must not take the server down
			err = refused("%s", errBroken)
		}
	}()
	if err := rewind(r); err != nil {
		return nil, err
	}
	img, err := x.format.decode(bufio.NewReaderSize(r, 1<<16))
	if err != nil {
		return nil, refused("%s", errBroken)
	}
	if fw, fh := x.turn.upright(img.Bounds().Dx(), img.Bounds().Dy()); fw != x.Width || fh != x.Height {
		return nil, refused("%s", errBroken) // a frame of another size than the file told
	}
	crop := e.crop(x)
	out = shrink(source{img, x.turn}, crop, e.Longest)
	for _, c := range e.Covers {
		cover(out, x, crop, c)
	}
	return out, nil
}

// crop is the part of the upright picture that is kept, in its pixels.
func (e Edit) crop(x Info) image.Rectangle {
	all := image.Rect(0, 0, x.Width, x.Height)
	if e.Crop.IsZero() {
		return all
	}
	c := inPixels(e.Crop, x).Intersect(all)
	if c.Empty() {
		return all
	}
	return c
}

// inPixels is an area of the upright picture with every pixel that it touches.
func inPixels(a registry.PictureArea, x Info) image.Rectangle {
	up := func(n, of int) int { return (n*of + registry.PictureParts - 1) / registry.PictureParts }
	down := func(n, of int) int { return n * of / registry.PictureParts }
	return image.Rect(down(a.X, x.Width), down(a.Y, x.Height), up(a.X+a.W, x.Width), up(a.Y+a.H, x.Height))
}

// source is a decoded picture, read upright.
type source struct {
	img  image.Image
	turn turn
}

// row reads the pixels of a row of the upright picture into rgb, three bytes each. What is transparent is on white paper.
func (s source) row(y, x0, x1 int, rgb []byte) {
	b := s.img.Bounds()
	w, h := b.Dx(), b.Dy()
	if p, ok := s.img.(*image.YCbCr); ok { // nearly every photo: ten times as fast as through the interface
		for x := x0; x < x1; x++ {
			px, py := s.turn.from(x, y, w, h)
			px, py = px+b.Min.X, py+b.Min.Y
			i, k := p.YOffset(px, py), p.COffset(px, py)
			rgb[0], rgb[1], rgb[2] = color.YCbCrToRGB(p.Y[i], p.Cb[k], p.Cr[k])
			rgb = rgb[3:]
		}
		return
	}
	at, ok := s.img.(image.RGBA64Image)
	if !ok {
		at = generic{s.img}
	}
	for x := x0; x < x1; x++ {
		px, py := s.turn.from(x, y, w, h)
		c := at.RGBA64At(px+b.Min.X, py+b.Min.Y)
		white := 0xFFFF - c.A
		rgb[0], rgb[1], rgb[2] = byte((c.R+white)>>8), byte((c.G+white)>>8), byte((c.B+white)>>8)
		rgb = rgb[3:]
	}
}

// generic is a picture of a kind that has no short way.
type generic struct{ image.Image }

func (g generic) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(g.At(x, y)).(color.RGBA64)
}

// shrink makes the picture within crop no longer than longest: each pixel is the mean of the pixels, and parts of pixels, that it takes the place of, in whole numbers.
// Rows are read one by one.
func shrink(s source, crop image.Rectangle, longest int) *image.RGBA {
	cw, ch := crop.Dx(), crop.Dy()
	dw, dh := cw, ch
	if m := max(cw, ch); longest > 0 && m > longest {
		dw, dh = max(1, (cw*longest+m/2)/m), max(1, (ch*longest+m/2)/m)
	}
	out := image.NewRGBA(image.Rect(0, 0, dw, dh))
	line, sums, total := make([]byte, 3*cw), make([]uint64, 3*dw), make([]uint64, 3*dw)
	area := uint64(cw) * uint64(ch)
	j := 0
	for y := range ch {
		s.row(crop.Min.Y+y, crop.Min.X, crop.Max.X, line)
		clear(sums)
		spread(cw, dw, func(i, k, n int) {
			sums[3*k] += uint64(n) * uint64(line[3*i])
			sums[3*k+1] += uint64(n) * uint64(line[3*i+1])
			sums[3*k+2] += uint64(n) * uint64(line[3*i+2])
		})
		// The row covers y*dh to (y+1)*dh, where a row of the copy covers ch.
		for from, to := y*dh, (y+1)*dh; from < to; {
			n := min(to, (j+1)*ch) - from
			for i, v := range sums {
				total[i] += uint64(n) * v
			}
			if from += n; from == (j+1)*ch {
				p := out.Pix[j*out.Stride:]
				for k := range dw {
					for c := range 3 {
						p[4*k+c] = byte((total[3*k+c] + area/2) / area)
					}
					p[4*k+3] = 0xFF
				}
				clear(total)
				j++
			}
		}
	}
	return out
}

// spread tells for each of many pixels on which of few they fall, and by how much.
func spread(many, few int, put func(i, k, n int)) {
	k := 0
	for i := range many {
		for from, to := i*few, (i+1)*few; from < to; {
			n := min(to, (k+1)*many) - from
			put(i, k, n)
			if from += n; from == (k+1)*many {
				k++
			}
		}
	}
}

// tiles is how many squares the longer side of a mosaic has. Of a face in six by six squares nobody knows it any more, and nothing can give back what a mean has lost.
const tiles = 6

// filling is the colour of a cover that shows nothing.
var filling = color.RGBA{0x55, 0x55, 0x55, 0xFF}

// cover hides an area of the copy, outward to whole pixels. The squares of a mosaic are measured by the whole area, also where the crop cuts it.
func cover(out *image.RGBA, x Info, crop image.Rectangle, c registry.PictureCover) {
	a := inPixels(c.Area, x).Sub(crop.Min)
	w, h := out.Bounds().Dx(), out.Bounds().Dy()
	scale := func(n, to, of int, up bool) int {
		n *= to
		if up {
			n += of - 1
		}
		if n < 0 {
			n -= of - 1 // down, also below zero
		}
		return n / of
	}
	whole := image.Rect(scale(a.Min.X, w, crop.Dx(), false), scale(a.Min.Y, h, crop.Dy(), false), scale(a.Max.X, w, crop.Dx(), true), scale(a.Max.Y, h, crop.Dy(), true))
	area := whole.Intersect(out.Bounds())
	if area.Empty() {
		return
	}
	if c.Fill {
		tile(out, area, filling)
		return
	}
	side := max(6, (max(whole.Dx(), whole.Dy())+tiles-1)/tiles)
	for y := whole.Min.Y; y < whole.Max.Y; y += side {
		for x := whole.Min.X; x < whole.Max.X; x += side {
			if t := image.Rect(x, y, x+side, y+side).Intersect(area); !t.Empty() {
				tile(out, t, mean(out, t))
			}
		}
	}
}

func mean(p *image.RGBA, area image.Rectangle) color.RGBA {
	var sum [3]int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := p.Pix[p.PixOffset(area.Min.X, y):p.PixOffset(area.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			sum[0], sum[1], sum[2] = sum[0]+int(row[i]), sum[1]+int(row[i+1]), sum[2]+int(row[i+2])
		}
	}
	n := area.Dx() * area.Dy()
	return color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 0xFF}
}

func tile(p *image.RGBA, area image.Rectangle, c color.RGBA) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := p.Pix[p.PixOffset(area.Min.X, y):p.PixOffset(area.Max.X, y)]
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = c.R, c.G, c.B, c.A
		}
	}
}
