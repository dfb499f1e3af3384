package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Mark writes a copy of a picture with lines of text on a dark band at its foot, as JPEG: what a photo shows, when, where and by whom, to be read on
// paper. The original stays the evidence. face is a TrueType font; a character that it lacks is drawn as its empty box.
func Mark(w io.Writer, r io.ReadSeeker, x Info, lines []string, face []byte) error {
	out, err := decoded(r, x, Edit{Longest: Longest})
	if err != nil {
		return err
	}
	parsed, err := opentype.Parse(face)
	if err != nil {
		return fmt.Errorf("read font: %w", err)
	}
	width, height := out.Bounds().Dx(), out.Bounds().Dy()
	size := max(14, min(width, height)/32)
	text, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72})
	if err != nil {
		return fmt.Errorf("read font: %w", err)
	}
	defer text.Close() //nolint:errcheck // holds nothing
	lines = folded(text, lines, fixed.I(max(1, width-size)))
	step := size * 3 / 2
	band := image.Rect(0, max(0, height-step*len(lines)-size/2), width, height)
	draw.Draw(out, band, image.NewUniform(color.NRGBA{A: 170}), image.Point{}, draw.Over)
	d := font.Drawer{Dst: out, Src: image.White, Face: text}
	for i, line := range lines {
		d.Dot = fixed.P(size/2, band.Min.Y+step*(i+1)-size/4)
		d.DrawString(line)
	}
	if err := jpeg.Encode(w, out, &jpeg.Options{Quality: quality}); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}

// folded breaks lines that are wider than the picture.
func folded(face font.Face, lines []string, width fixed.Int26_6) (out []string) {
	for _, line := range lines {
		from := 0
		for i := range line {
			if i > from && font.MeasureString(face, line[from:i]) > width {
				out, from = append(out, line[from:i]), i
			}
		}
		out = append(out, line[from:])
	}
	return out
}
