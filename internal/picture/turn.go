package picture

// turn is how a picture lies in its file, as EXIF counts: 1 is upright, 6 is to be turned to the right, 8 to the left, 2, 4, 5 and 7 are mirrored.
type turn uint16

// lying tells that width and height are exchanged.
func (t turn) lying() bool { return t >= 5 }

// upright is the size of a picture once it stands.
func (t turn) upright(w, h int) (int, int) {
	if t.lying() {
		return h, w
	}
	return w, h
}

// from is where a pixel of the upright picture lies in the file, whose picture is w wide and h high.
func (t turn) from(x, y, w, h int) (int, int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
